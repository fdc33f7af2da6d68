"""What happens in the emulated machine: the program as it is finds both watches, copies to them, reads and clears them.

Run by the interpreter of the project's environment, with the folder of the unpacked packages, the list of their
libraries and a folder of compiled workouts.
"""

from __future__ import annotations

import fcntl
import os
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

from gadget import SERIAL_NUMBER, once
from packages import Packages
from timing import times
from watches import KEPT, NEW, DiskWatch, MtpWatch, Watch

from negsplit.cli import main as program

MEMORY = Path("/run")
LOADED = ("cli.watch", "cli.watch_contents", "cli.watch_copy", "cli.watch_remove", "watch.gvfs", "watch.mtp")
FEW = 3
CLAIM_INTERFACE = 0x8004550F  # USBDEVFS_CLAIMINTERFACE of <linux/usbdevice_fs.h>


class Story:
    """One watch and everything that is done with it, in order."""

    def __init__(self, watch: Watch, workouts: list[Path]) -> None:
        self.watch = watch
        self.own, *self.workouts = workouts

    def tell(self) -> None:
        self.watch.store("2025-11-02-07-15-00.FIT", self.own.read_bytes())
        self.watch.plug()
        self.found()
        if isinstance(self.watch, MtpWatch):
            self.held()
        self.timed()
        self.copied()
        self.imported()
        self.pulled_in_the_middle()
        self.mended()
        self.removed()

    def found(self) -> None:
        said = self.negsplit("list")
        for words in (self.watch.name, self.watch.way, f"GARMIN/{NEW}", f"GARMIN/{KEPT}"):
            expect(words in said, f"`{words}` in:\n{said}")

    def held(self) -> None:
        """Another program has the watch."""
        with _interface_claimed():
            said = self.negsplit("list", status=1)
        expect("holds it" in said, f"the one who holds the watch in:\n{said}")

    def timed(self) -> None:
        status, said = finished(lambda: times(min(self.workouts, key=lambda path: path.stat().st_size)))
        expect(status == 0, f"its times, not:\n{said}")
        for line in said.splitlines():
            self.say(line)

    def copied(self) -> None:
        """A few files arrive as they are, once."""
        few = self.workouts[:FEW]
        self.negsplit("copy", *few, "--yes")
        said = self.negsplit("copy", *few, "--yes")
        expect(said.count("already") == FEW, f"nothing copied twice:\n{said}")
        self.watch.unplug()
        self.expect_waiting(few)

    def imported(self) -> None:
        """The watch takes in what was copied, under names of its own, and the program knows it again."""
        for day, name in enumerate(self.watch.names(NEW), start=1):
            self.watch.take_in(name, f"2025-12-0{day}-08-00-00.FIT")
        self.watch.plug()
        said = self.negsplit("contents")
        expect(f"{FEW} imported" in said, f"all {FEW} imported:\n{said}")

    def pulled_in_the_middle(self) -> None:
        """Somebody trips over the cable after the first file."""
        said = self.negsplit("copy", *self.workouts, "--yes", status=1, meanwhile=self.trip)
        self.watch.unplug()
        there, all_of_them = len(self.watch.names(NEW)), len(self.workouts) - FEW
        self.say(f"{there} of {all_of_them} files there when the cable was pulled")
        expect(there < all_of_them, "the cable pulled before all was copied")
        expect("on the watch" in said, f"what is on the watch and what is not in:\n{said}")

    def trip(self) -> None:
        once(lambda: list(self.watch.arriving.iterdir()))
        self.watch.gadget.pull()

    def mended(self) -> None:
        """The next copy brings the rest, whole, and leaves nothing half done.

        A volume whose tables were half written is locked by the kernel as soon as what is broken is removed. Then the
        program must say so, and all is well when the watch is plugged in once more.
        """
        self.watch.plug()
        status, said = self.tried("copy", *self.workouts, "--yes")
        if "mounted read-only" in said:
            self.say("locked by the kernel, plugged in again")
            self.watch.unplug()
            self.watch.plug()
            status, said = self.tried("copy", *self.workouts, "--yes")
        expect(status == 0, f"the rest to be copied:\n{said}")
        self.watch.unplug()
        self.expect_waiting(self.workouts[FEW:])

    def removed(self) -> None:
        """What the program brought goes, what the watch had stays."""
        self.watch.plug()
        self.negsplit("remove", "--yes")
        self.watch.unplug()
        self.expect_waiting([])
        kept = list(self.watch.files(KEPT).values())
        expect(kept == [self.own.read_bytes()], f"the watch with its own workout alone, not {len(kept)}")

    def expect_waiting(self, files: list[Path]) -> None:
        """The watch has these files and no others to import, byte for byte."""
        waiting = self.watch.files(NEW)
        missing = [path.name for path in files if path.read_bytes() not in waiting.values()]
        expect(not missing and len(waiting) == len(files), f"{len(files)} files; {missing} missing in {[*waiting]}")
        self.say(f"{len(files)} files wait on the watch's side, same bytes" if files else "nothing waits any more")

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
        status, said = finished(program, meanwhile)
        self.say(f"watch {command}, {time.monotonic() - start:.2f} s")
        for secret in (str(self.watch.unit), SERIAL_NUMBER):
            expect(secret not in said, f"no number of this one watch in:\n{said}")
        return status, said

    def say(self, words: str) -> None:
        say(f"{self.watch.name}: {words}")


def finished(work: Callable[[], object], meanwhile: Callable[[], None] = lambda: None) -> tuple[int | None, str]:
    """The exit status and the output of `work`, done in a process of its own which has all modules loaded."""
    with tempfile.TemporaryFile() as output:

        def child() -> None:
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
            work()

        process = get_context("fork").Process(target=child)
        process.start()
        meanwhile()
        process.join()
        output.seek(0)
        return process.exitcode, output.read().decode(errors="replace")


def say(words: str) -> None:
    print(f"{time.monotonic():7.2f}  {words}", flush=True)


def expect(met: bool, what: str) -> None:
    if not met:
        raise AssertionError(f"expected {what}")


@contextmanager
def _interface_claimed() -> Iterator[None]:
    """Has the watch's USB interface, as a file manager that looks into it would."""
    (watch,) = (path.parent for path in Path("/sys/bus/usb/devices").glob("*/idVendor") if "091e" in path.read_text())
    bus, number = (int((watch / name).read_text()) for name in ("busnum", "devnum"))
    with open(f"/dev/bus/usb/{bus:03}/{number:03}", "r+b", buffering=0) as device:
        fcntl.ioctl(device, CLAIM_INTERFACE, struct.pack("I", 0))
        yield


def _started_cold() -> None:
    """The program as a shell starts it, without a watch."""
    start = time.monotonic()
    done = subprocess.run(
        (sys.executable, "-m", "negsplit", "watch", "list"), capture_output=True, text=True, check=False
    )
    say(f"watch list without a watch, the start of the program in it, {time.monotonic() - start:.2f} s")
    expect(done.returncode == 1 and "no watch" in done.stderr, f"no watch to be found:\n{done.stdout}{done.stderr}")


def main(packages: Packages, libraries: Path, workouts: Path) -> None:
    say("the system is up")
    os.environ |= {"NEGSPLIT_STATE_DIR": str(MEMORY / "state"), "NEGSPLIT_CONFIG_DIR": str(MEMORY / "config")}
    subprocess.run(("mount", "--bind", libraries, "/etc/ld.so.cache"), check=True)
    _started_cold()
    for module in LOADED:
        import_module(f"negsplit.{module}")
    say("the program is loaded for the rest")
    watches: tuple[Watch, ...] = (MtpWatch(packages, MEMORY / "watch"), DiskWatch(packages, MEMORY / "watch.img"))
    for watch in watches:
        Story(watch, sorted(workouts.glob("*.fit"))).tell()


if __name__ == "__main__":
    main(Packages(Path(sys.argv[1])), Path(sys.argv[2]), Path(sys.argv[3]))
