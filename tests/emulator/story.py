"""One watch, and the program as a runner uses it with that watch."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

from emulator.gadget import SERIAL_NUMBER
from emulator.watches import Watch
from negsplit.cli import main as program
from watch.importing import unplug
from watch.watch_content import MANIFEST, NEW_FILES, WORKOUTS

DESK = Path("/run/desk")
"""Where the program keeps what it remembers, and texts lie that it is to compile."""
KEEPS = 200
"""Workouts, by these watches."""

Files = dict[str, bytes]


class Story:
    """A watch that nobody has used, and a computer that does not know it.

    ``break_program`` takes something out of the program, in the process in which it runs.
    """

    def __init__(self, watch: Watch, workouts: list[Path], break_program: Callable[[], None] = lambda: None) -> None:
        self.watch, self.workouts, self.break_program = watch, workouts, break_program
        shutil.rmtree(DESK, ignore_errors=True)
        DESK.mkdir()
        os.environ |= {"NEGSPLIT_STATE_DIR": str(DESK / "state"), "NEGSPLIT_CONFIG_DIR": str(DESK / "config")}
        watch.reset()

    # The runner.

    def negsplit(self, command: str, *words: str | Path, status: int = 0, **how: Callable[[], None]) -> str:
        """What `negsplit watch` says; it ends with `status`."""
        ended, said = self.tried(command, *words, **how)
        expect(ended == status, f"`watch {command}` to end with {status}, not {ended}:\n{said}")
        return said

    def tried(
        self, command: str, *words: str | Path, meanwhile: Callable[[], None] = lambda: None
    ) -> tuple[int | None, str]:
        """How `negsplit watch` ends and what it says, which is never a number that is this one watch's."""
        start = time.monotonic()
        sys.argv = ["negsplit", "watch", command, *map(str, words)]
        status, said = self.finished(program, meanwhile)
        self.say(f"watch {command}, {time.monotonic() - start:.2f} s")
        for secret in (str(self.watch.unit), SERIAL_NUMBER):
            expect(secret not in said, f"no number of this one watch in:\n{said}")
        return status, said

    def finished(
        self, work: Callable[[], object], meanwhile: Callable[[], None] = lambda: None
    ) -> tuple[int | None, str]:
        """The exit status and the output of `work`, done in a process of its own which has all modules loaded."""
        with tempfile.TemporaryFile() as output:

            def child() -> None:
                os.dup2(output.fileno(), 1)
                os.dup2(output.fileno(), 2)
                self.break_program()
                work()

            process = get_context("fork").Process(target=child)
            process.start()
            meanwhile()
            process.join()
            output.seek(0)
            return process.exitcode, output.read().decode(errors="replace")

    # The watch.

    @contextmanager
    def plugged(self) -> Iterator[None]:
        """The cable is in."""
        self.watch.plug()
        try:
            yield
        finally:
            self.watch.unplug()

    def takes_in(self) -> None:
        """The watch imports what waits; the cable is out."""
        unplug(self.watch, self.watch.layout, KEEPS)
        expect(not self.waiting(), f"nothing waits any more, not {[*self.waiting()]}")

    def waiting(self) -> Files:
        return self.below(NEW_FILES)

    def kept(self) -> Files:
        return self.below(WORKOUTS)

    def below(self, folder: str) -> Files:
        """The files below a folder of the watch, by their names there; the cable is out."""
        inside = f"{folder}/"
        files = self.watch.files().items()
        return {path.removeprefix(inside): data for path, data in files if path.startswith(inside)}

    def expect_waiting(self, files: list[Path]) -> None:
        """The watch has these files and no others to import, byte for byte."""
        waiting = self.waiting()
        missing = [path.name for path in files if path.read_bytes() not in waiting.values()]
        expect(not missing and len(waiting) == len(files), f"{len(files)} files; {missing} missing in {[*waiting]}")
        self.say(f"{len(files)} files wait on the watch's side, same bytes" if files else "nothing waits any more")

    def expect_as_said(self, said: str, files: list[Path]) -> None:
        """What waits is what the program said to have brought, each whole, and nothing else."""
        brought = re.findall(rf"^{NEW_FILES}/(\S+): ", said, re.MULTILINE)
        waiting, content = self.waiting(), [path.read_bytes() for path in files]
        expect(sorted(brought) == sorted(waiting), f"{brought} to wait, not {[*waiting]}")
        broken = [name for name, data in waiting.items() if data not in content]
        expect(not broken, f"whole files, not {broken}")

    def has_manifest(self, data: bytes, unit: int) -> None:
        """The watch is another one."""
        self.watch.delete(MANIFEST)
        self.watch.add(MANIFEST, data)
        self.watch.unit = unit

    def say(self, words: str) -> None:
        say(f"{self.watch.name}: {words}")


def say(words: str) -> None:
    print(f"{time.monotonic():7.2f}  {words}", flush=True)


def expect(met: object, what: str) -> None:
    if not met:
        raise AssertionError(f"expected {what}")
