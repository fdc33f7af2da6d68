"""Runs of the program under strace: recorded, or with one system call failing or a signal sent at it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from faults.calls import SIGNALS, Call
from faults.forks import Forks
from faults.world import Ended, World, python

LIMIT = 60
"""Seconds for one run."""

KINDS = {
    "open": ("openat", "open", "creat"),
    "write": ("write", "pwrite64", "writev", "copy_file_range", "sendfile"),
    "sync": ("fsync", "fdatasync", "sync_file_range"),
    "rename": ("rename", "renameat", "renameat2"),
    "link": ("link", "linkat", "symlink", "symlinkat"),
    "unlink": ("unlink", "unlinkat", "rmdir"),
    "mkdir": ("mkdir", "mkdirat"),
    "chmod": ("chmod", "fchmod", "fchmodat"),
    "truncate": ("truncate", "ftruncate"),
    "lock": ("flock",),
}
KIND = {name: kind for kind, names in KINDS.items() for name in names}

_OPTIONS = ("-f", "-y", "-s", "0", "-o")

_LINE = re.compile(r"\d+ +(?P<name>\w+)\((?P<arguments>.*?)(?:\) += (?P<result>.*)| <unfinished \.\.\.>)$")
_QUOTED = r'"((?:[^"\\]|\\.)*)"'
_PLACE = re.compile(rf"(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?{_QUOTED}(?!\.\.\.)")
"""A path, and the folder it starts from where the call names one."""
_HELD = re.compile(r"\d+<(/[^>]*)>")
_WRITES = re.compile(r"O_(?:WRONLY|RDWR|CREAT|TRUNC)")


class MissedError(Exception):
    """A call that was to be disturbed was another one this time."""


def missing() -> str:
    """Why nothing can be traced here; nothing where it can."""
    if not shutil.which("strace"):
        return "strace is not installed: apt-get install strace"
    run = subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, text=True, check=False)
    return "" if run.returncode == 0 else f"strace may not trace here: {run.stderr.strip().splitlines()[-1]}"


class Tracer:
    """Records and disturbs forks by strace, which writes into a log that the next run begins anew."""

    def __init__(self, forks: Forks, log: Path) -> None:
        self._forks, self._log = forks, log

    def record(self, world: World, command: tuple[str, ...]) -> tuple[Ended, list[Call]]:
        """An undisturbed run and its calls on anything in the world."""
        ended = self._forks.traced(world, command, self._tracer(f"trace={','.join(KIND)}"))
        return ended, calls(self._log, world.root)

    def disturb(self, world: World, command: tuple[str, ...], call: Call, fault: str) -> Ended:
        """A run in which one call fails with an error, or a signal is sent at it: KILL before it, others after it."""
        how = f"signal={fault}" if fault in SIGNALS else f"error={fault}"
        tracer = self._tracer(f"trace={call.name}", f"inject={call.name}:{how}:when={call.number}")
        ended = self._forks.traced(world, command, tracer)
        here = {one.number: str(one) for one in calls(self._log, world.root)}.get(call.number)
        if here != str(call):
            raise MissedError(f"it fell on {here} and not on {call}: the calls differ from run to run")
        return ended

    def _tracer(self, *expressions: str) -> list[str]:
        return ["strace", *_OPTIONS, str(self._log), *(word for one in expressions for word in ("-e", one))]


def record_anew(world: World, command: tuple[str, ...], log: Path) -> tuple[Ended, list[Call]]:
    """The same as :meth:`Tracer.record` of a process that begins anew."""
    tracer = ["strace", *_OPTIONS, str(log), "--seccomp-bpf", "-e", f"trace={','.join(KIND)}"]
    process = started(world, command, tracer)
    return ended(process), calls(log, world.root)


def started(world: World, command: tuple[str, ...], tracer: list[str]) -> subprocess.Popen[str]:
    """A process that begins anew under strace."""
    return subprocess.Popen(
        [*tracer, *python(*command)],
        cwd=world.desk,
        env=world.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        umask=0o022,
    )


def ended(process: subprocess.Popen[str]) -> Ended:
    out, err = process.communicate(timeout=LIMIT)
    return Ended(process.returncode, out, err)


def calls(log: Path, root: Path) -> list[Call]:
    """The calls in a log on anything below a folder, counted with all others of their name."""
    found: list[Call] = []
    counts: dict[str, int] = {}
    first = ""
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        matched = _LINE.match(line)
        if not matched or matched["name"] not in KIND:
            continue
        process = line.split(" ", 1)[0]
        first = first or process
        name = matched["name"]
        paths = _paths(name, matched["arguments"], root)
        if process != first:
            is_reading = _kind(name, matched["arguments"]) == "read"
            assert is_reading or not paths, f"another process than the first one is at work: {line}"
            continue
        counts[name] = counts.get(name, 0) + 1
        if paths:
            works = not (matched["result"] or "").startswith("-1")
            found.append(Call(name, counts[name], _kind(name, matched["arguments"]), paths, works))
    return found


def _kind(name: str, arguments: str) -> str:
    if name == "openat" and not _WRITES.search(arguments):
        return "read"
    return "unlock" if "LOCK_UN" in arguments else KIND[name]


def _paths(name: str, arguments: str, root: Path) -> tuple[str, ...]:
    """The places that a call changes, from the root; nothing where one of them is elsewhere."""
    if KIND[name] in ("write", "sync", "lock") or name in ("fchmod", "ftruncate"):
        held = _HELD.match(arguments)
        places = [held[1]] if held else []
    else:
        places = [os.path.join(folder or root / "desk", path) for folder, path in _PLACE.findall(arguments)]
        places = places[1:] if name.startswith("symlink") else places
    found = [os.path.relpath(place, root) for place in places]
    return () if any(place.startswith("..") for place in found) else tuple(found)
