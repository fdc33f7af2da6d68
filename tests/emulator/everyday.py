"""Find a watch, copy to it, pull the cable, copy again, look, clear up."""

from __future__ import annotations

import fcntl
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from emulator.gadget import once
from emulator.story import Story, expect
from emulator.timing import times
from watch.watch_content import NEW_FILES, WORKOUTS

FEW = 3
CLAIM_INTERFACE = 0x8004550F  # USBDEVFS_CLAIMINTERFACE of <linux/usbdevice_fs.h>


class Everyday:
    """Everything that is done with one watch, in order."""

    def __init__(self, story: Story) -> None:
        self.story, self.watch = story, story.watch
        self.own, *self.workouts = story.workouts

    def tell(self) -> None:
        self.watch.add(f"{WORKOUTS}/2025-11-02-07-15-00.FIT", self.own.read_bytes())
        with self.story.plugged():
            self.found()
            if self.watch.way == "MTP":
                self.held()
            self.timed()
            self.copied()
        self.story.expect_waiting(self.workouts[:FEW])
        self.imported()
        self.pulled_in_the_middle()
        self.mended()
        self.removed()

    def found(self) -> None:
        said = self.story.negsplit("list")
        for words in (self.watch.name, self.watch.way, NEW_FILES, WORKOUTS):
            expect(words in said, f"`{words}` in:\n{said}")

    def held(self) -> None:
        """Another program has the watch."""
        with _interface_claimed():
            said = self.story.negsplit("list", status=1)
        expect("` is using it" in said, f"the program that holds the watch in:\n{said}")

    def timed(self) -> None:
        smallest = min(self.workouts, key=lambda path: path.stat().st_size)
        status, said = self.story.finished(lambda: times(smallest))
        expect(status == 0, f"its times, not:\n{said}")
        for line in said.splitlines():
            self.story.say(line)

    def copied(self) -> None:
        """A few files arrive as they are, once."""
        few = self.workouts[:FEW]
        self.story.negsplit("copy", *few, "--yes")
        said = self.story.negsplit("copy", *few, "--yes")
        expect(said.count("already") == FEW, f"nothing copied twice:\n{said}")

    def imported(self) -> None:
        """The watch takes in what was copied, under names of its own, and the program knows it again."""
        self.story.takes_in()
        self.watch.plug()
        said = self.story.negsplit("contents")
        expect(f"{FEW} imported" in said, f"all {FEW} imported:\n{said}")

    def pulled_in_the_middle(self) -> None:
        """Somebody trips over the cable after the first file."""
        said = self.story.negsplit("copy", *self.workouts, "--yes", status=1, meanwhile=self.trip)
        self.watch.unplug()
        there, all_of_them = len(self.story.waiting()), len(self.workouts) - FEW
        self.story.say(f"{there} of {all_of_them} files there when the cable was pulled")
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
        status, said = self.story.tried("copy", *self.workouts, "--yes")
        if "mounted read-only" in said:
            self.story.say("locked by the kernel, plugged in again")
            self.watch.unplug()
            self.watch.plug()
            status, said = self.story.tried("copy", *self.workouts, "--yes")
        expect(status == 0, f"the rest to be copied:\n{said}")
        self.watch.unplug()
        self.story.expect_waiting(self.workouts[FEW:])

    def removed(self) -> None:
        """What the program brought goes, what the watch had stays."""
        with self.story.plugged():
            self.story.negsplit("remove", "--yes")
        self.story.expect_waiting([])
        kept = list(self.story.kept().values())
        expect(kept == [self.own.read_bytes()], f"the watch with its own workout alone, not {len(kept)}")


@contextmanager
def _interface_claimed() -> Iterator[None]:
    """Has the watch's USB interface, as a file manager that looks into it would."""
    (watch,) = (path.parent for path in Path("/sys/bus/usb/devices").glob("*/idVendor") if "091e" in path.read_text())
    bus, number = (int((watch / name).read_text()) for name in ("busnum", "devnum"))
    with open(f"/dev/bus/usb/{bus:03}/{number:03}", "r+b", buffering=0) as device:
        fcntl.ioctl(device, CLAIM_INTERFACE, struct.pack("I", 0))
        yield


def everyday(story: Story) -> None:
    """Found, held by another, copied to, imported, pulled in the middle, mended, cleared."""
    Everyday(story).tell()
