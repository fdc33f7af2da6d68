"""Runs the program in forks of one process that has imported it already; a fork costs a tenth of a start.

A line of JSON on standard input asks for runs that begin at once, and one on standard output says how each ended. In a
fork the calls of the module ``os`` that change files can be recorded, and one of them fails or a signal comes at it.
"""

from __future__ import annotations

import builtins
import errno
import gc
import importlib
import json
import os
import runpy
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any

KIND = {
    "open": "open",
    "write": "write",
    "fsync": "sync",
    "fdatasync": "sync",
    "rename": "rename",
    "replace": "rename",
    "link": "link",
    "symlink": "link",
    "unlink": "unlink",
    "remove": "unlink",
    "rmdir": "unlink",
    "mkdir": "mkdir",
    "chmod": "chmod",
    "fchmod": "chmod",
    "truncate": "truncate",
    "ftruncate": "truncate",
}
_TWO = ("rename", "replace", "link")
_FOLDERS = ("dir_fd", "src_dir_fd", "dst_dir_fd")
_CHANGING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_NEW = os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Calls:
    """Counts the calls on what is below a root, keeps them, and disturbs the one with a number (0: none) and a name."""

    def __init__(self, root: str, number: int, name: str, fault: str, pause: float) -> None:
        self.root, self.number, self.name, self.fault, self.pause = root, number, name, fault, pause
        self.kept: list[tuple[str, list[str]]] = []
        self._held: dict[int, str] = {}

    def install(self) -> None:
        for name in KIND:
            real = getattr(os, name)
            setattr(os, name, self._watched(name, real))
            for able in (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks):
                if real in able:
                    able.add(getattr(os, name))
        opened = builtins.open

        def opening(file: Any, mode: str = "r", *given: Any, **named: Any) -> Any:
            changes = isinstance(file, (str, os.PathLike)) and set(mode) & set("wxa+")
            paths = [os.path.abspath(os.fspath(file))] if changes else []
            return self._call("open", paths, opened, (file, mode, *given), named)

        builtins.open = opening

    def _watched(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            paths = self._paths(name, given, named)
            changes = name != "open" or given[1] & _CHANGING
            result = self._call(name, paths if changes else [], real, given, named)
            if name == "open":
                self._held[result] = paths[0]
            return result

        return call

    def _paths(self, name: str, given: tuple[Any, ...], named: dict[str, Any]) -> list[str]:
        count = 2 if name in _TWO else 1
        if name == "symlink":
            given = given[1:]
        folders = [named[one] for one in _FOLDERS if named.get(one) is not None] or [None] * count
        return [self._path(one, folder) for one, folder in zip(given[:count], folders, strict=True)]

    def _path(self, given: Any, folder: int | None) -> str:
        if isinstance(given, int):
            return self._held.get(given, "")
        return os.path.abspath(os.path.join(self._held[folder] if folder is not None else "", os.fsdecode(given)))

    def _call(self, name: str, paths: list[str], real: Callable[..., Any], given: Any, named: Any) -> Any:
        if not paths or not all(path == self.root or path.startswith(f"{self.root}/") for path in paths):
            return real(*given, **named)
        self.kept.append((name, paths))
        if self.pause:
            time.sleep(self.pause)
        if len(self.kept) != self.number:
            return real(*given, **named)
        if name != self.name:
            raise AssertionError(f"the call {self.number} was `{self.name}` when it was recorded, and is `{name}` now")
        if self.fault == "KILL":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.fault in ("HALF", "HALF-KILL"):
            real(given[0], given[1][: len(given[1]) // 2])
            if self.fault == "HALF-KILL":
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if code := getattr(errno, self.fault, None):
            raise OSError(code, os.strerror(code), *paths[:1])
        result = real(*given, **named)
        os.kill(os.getpid(), signal.Signals[f"SIG{self.fault}"])
        return result


def main() -> None:
    _warm_up()
    for line in sys.stdin:
        runs = json.loads(line)
        children = [_begun(run) for run in runs]
        tracers = [_traced(child, run["tracer"]) for child, run in zip(children, runs, strict=True) if run["tracer"]]
        ended = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        for tracer in tracers:
            tracer.communicate()
        for run in runs:
            _know_what_was_imported(f"{run['log']}.modules")
        print(json.dumps(ended), flush=True)


_PLAN = """\
plan: Warm-up
start: 2026-11-30
weeks: 1
sessions:
  - {on: tue, steps: "3x(1 km @ 4:00/km, 1 min)"}
"""


def _warm_up() -> None:
    """Compiles a plan in this process, since what is built when it is first used costs more than all the rest."""
    here, said = os.getcwd(), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= dict.fromkeys(("HOME", "NEGSPLIT_CONFIG_DIR", "NEGSPLIT_STATE_DIR"), folder)
        os.chdir(folder)
        with open("warm.plan.yaml", "w", encoding="utf-8") as file:
            file.write(_PLAN)
        with suppress(SystemExit):
            _give(["-m", "negsplit", "compile", "--quiet", "warm.plan.yaml"])
        os.chdir(here)
    sys.stdout.flush()
    os.dup2(said, 1)
    for name in ("TERM", "HUP", "INT"):
        signal.signal(signal.Signals[f"SIG{name}"], signal.SIG_DFL if name != "INT" else signal.default_int_handler)


def _begun(run: dict[str, Any]) -> int:
    child = os.fork()
    if child:
        return child
    status = 70
    try:
        status = _run(run)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _traced(child: int, command: list[str]) -> subprocess.Popen[str]:
    """Lets a tracer take hold of a fork that has stopped, and the fork go on."""
    os.waitpid(child, os.WUNTRACED)
    tracer = subprocess.Popen([*command, "-p", str(child)], stderr=subprocess.PIPE, text=True)
    assert tracer.stderr is not None
    while "attached" not in (line := tracer.stderr.readline()):
        assert line, "the tracer did not take hold"
    os.kill(child, signal.SIGCONT)
    return tracer


def _run(run: dict[str, Any]) -> int:
    for stream, path, flags in ((0, os.devnull, os.O_RDONLY), (1, "out", _NEW), (2, "err", _NEW)):
        os.dup2(os.open(path if path == os.devnull else f"{run['log']}.{path}", flags, 0o600), stream)
    os.umask(0o022)
    os.chdir(run["desk"])
    os.environ.clear()
    os.environ.update(run["environment"])
    calls = Calls(run["root"], run["number"], run["name"], run["fault"], run["pause"])
    known = set(sys.modules)
    if run["watched"]:
        calls.install()
    if run["tracer"]:
        os.kill(os.getpid(), signal.SIGSTOP)
    try:
        _give(run["command"])
        status = 0
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    for name, found in (("calls", calls.kept), ("modules", sorted(set(sys.modules) - known))):
        with os.fdopen(os.open(f"{run['log']}.{name}", _NEW, 0o600), "w", encoding="utf-8") as file:
            json.dump(found, file)
    return status


def _give(command: list[str]) -> None:
    kind, what, *arguments = command
    sys.argv = [what, *arguments]
    if kind == "-m":
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        exec(compile(what, "<command>", "exec"), {"__name__": "__main__"})


def _know_what_was_imported(path: str) -> None:
    """The next fork has what this one had to import."""
    try:
        with open(path, encoding="utf-8") as file:
            names = json.load(file)
    except (FileNotFoundError, ValueError):
        return
    for name in names:
        if not name.endswith("__main__"):
            with suppress(ImportError):  # made by another module, and comes with it
                importlib.import_module(name)
    gc.freeze()  # what nobody collects is not copied for a fork either


if __name__ == "__main__":
    main()
