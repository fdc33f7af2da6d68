"""The process whose forks run the program, from outside."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from faults.calls import Call
from faults.driver import KIND
from faults.world import Ended, World, python


class Forks:
    """Close it, or leave it as a context, and the process ends. One thread uses it at a time."""

    def __init__(self, logs: Path) -> None:
        """``logs`` is a folder for what runs say."""
        self._logs, self._count = logs, 0
        self._process = subprocess.Popen(
            python(str(Path(__file__).with_name("driver.py"))),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Forks:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._process.communicate()

    def run(self, world: World, *command: str) -> Ended:
        """A run that nothing disturbs."""
        return self._ended([self._asked(world, command)])[0]

    def together(self, world: World, commands: Sequence[tuple[str, ...]], pause: float) -> list[Ended]:
        """Runs that begin at once, each of which waits some seconds before every call that changes a file."""
        return self._ended([self._asked(world, command, watched=True, pause=pause) for command in commands])

    def record(self, world: World, command: tuple[str, ...]) -> tuple[Ended, list[Call]]:
        asked = self._asked(world, command, watched=True)
        ended = self._ended([asked])[0]
        kept = json.loads(Path(f"{asked['log']}.calls").read_text(encoding="utf-8"))
        places = [(name, tuple(os.path.relpath(path, world.root) for path in paths)) for name, paths in kept]
        return ended, [Call(name, at, KIND[name], paths) for at, (name, paths) in enumerate(places, 1)]

    def disturb(self, world: World, command: tuple[str, ...], call: Call, fault: str) -> Ended:
        """A run whose call fails with an error, after half of it was written, or at which a signal comes."""
        how = {"watched": True, "number": call.number, "name": call.name, "fault": fault}
        return self._ended([self._asked(world, command, **how)])[0]

    def traced(self, world: World, command: tuple[str, ...], tracer: list[str]) -> Ended:
        """A run under a tracer, which is a command that takes ``-p`` and a process."""
        return self._ended([self._asked(world, command, tracer=tracer)])[0]

    def _asked(self, world: World, command: tuple[str, ...], **how: Any) -> dict[str, Any]:
        self._count += 1
        asked = {"number": 0, "name": "", "fault": "", "pause": 0.0, "watched": False, "tracer": []} | how
        return asked | {
            "command": command,
            "root": str(world.root),
            "desk": str(world.desk),
            "environment": world.environment(),
            "log": str(self._logs / f"run-{self._count}"),
        }

    def _ended(self, asked: list[dict[str, Any]]) -> list[Ended]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{json.dumps(asked)}\n")
        self._process.stdin.flush()
        statuses = json.loads(self._process.stdout.readline())
        return [_ended(status, one["log"]) for status, one in zip(statuses, asked, strict=True)]


def _ended(status: int, log: str) -> Ended:
    out, err = (Path(f"{log}.{stream}").read_text(encoding="utf-8", errors="replace") for stream in ("out", "err"))
    return Ended(status, out, err)
