"""Two watches as a runner's computer meets them: one speaks MTP, one is a disk."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Protocol

from gadget import Gadget, once
from manifest import manifest
from packages import Packages

NEW, KEPT = "NewFiles", "WORKOUTS"
FOLDERS = (NEW, KEPT, "ACTIVITY", "SCHEDULE")


class Watch(Protocol):
    """What a runner's hands and the watch itself do. The program under test uses none of it."""

    name: str
    way: str
    unit: int
    gadget: Gadget
    arriving: Path
    """Where the files that the program copies can be seen to arrive while the cable is in."""

    def plug(self) -> None:
        """Puts the cable in; returns when a program can find the watch."""

    def unplug(self) -> None:
        """Has the system let go of the watch, as far as it still has it, and pulls the cable."""

    def names(self, folder: str) -> list[str]:
        """The files that the watch itself lists in a folder below GARMIN, whole or not; the cable is out."""

    def files(self, folder: str) -> dict[str, bytes]:
        """The same files with what is in them."""

    def store(self, name: str, content: bytes) -> None:
        """Gives the watch a workout that it keeps; the cable is out."""

    def take_in(self, name: str, kept_as: str) -> None:
        """Imports one file, as the watch does by itself after the cable was pulled."""


class MtpWatch:
    """A watch that speaks MTP: `umtprd` answers for a folder in memory."""

    name, way, unit = "Forerunner 945", "MTP", 3900000945
    endpoints = Path("/dev/ffs-umtp")

    def __init__(self, packages: Packages, memory: Path) -> None:
        self.garmin = memory / "GARMIN"
        self.arriving = self.garmin / NEW
        for folder in FOLDERS:
            (self.garmin / folder).mkdir(parents=True)
        (self.garmin / "GarminDevice.xml").write_text(manifest(self.name, "006-B3113-00", self.unit))
        settings = memory.with_suffix(".conf")
        settings.write_text(self._settings(memory))
        self.responder = (packages.program("umtprd"), "-conf", settings)
        self.session: subprocess.Popen[bytes] | None = None
        self.gadget = Gadget(0x4C29, self.name, "ffs.umtp")
        self.endpoints.mkdir()
        subprocess.run(("mount", "-t", "functionfs", "umtp", self.endpoints), check=True)

    def _settings(self, memory: Path) -> str:
        """What `umtprd` is told. With events on it stops answering once files come into a folder that was listed."""
        paths = {"dev": "ep0", "epin": "ep1", "epout": "ep2", "epint": "ep3"}
        lines = (
            f'storage "{memory}" "Primary" "rw"',
            'manufacturer "Garmin"',
            f'product "{self.name}"',
            "usb_vendor_id 0x091E",
            "usb_product_id 0x4C29",
            "usb_class 0x6",
            "usb_subclass 0x1",
            "usb_protocol 0x1",
            "usb_functionfs_mode 0x1",
            "no_inotify 0x1",
            *(f'usb_{use}_path "{self.endpoints / file}"' for use, file in paths.items()),
        )
        return "\n".join((*lines, ""))

    def plug(self) -> None:
        self.session = subprocess.Popen(self.responder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        once((self.endpoints / "ep3").exists)
        self.gadget.plug()

    def unplug(self) -> None:
        self.gadget.pull()
        if self.session is not None:
            self.session.terminate()
            self.session.wait()

    def names(self, folder: str) -> list[str]:
        return sorted(path.name for path in (self.garmin / folder).iterdir())

    def files(self, folder: str) -> dict[str, bytes]:
        return {name: (self.garmin / folder / name).read_bytes() for name in self.names(folder)}

    def store(self, name: str, content: bytes) -> None:
        (self.garmin / KEPT / name).write_bytes(content)

    def take_in(self, name: str, kept_as: str) -> None:
        (self.garmin / NEW / name).rename(self.garmin / KEPT / kept_as)


class DiskWatch:
    """A watch that is a disk: an image of a FAT volume, which the watch itself touches only while the cable is out."""

    name, way, unit = "Forerunner 935", "mounted volume", 3900000935
    volume = Path("/media/runner/GARMIN")
    arriving = volume / "GARMIN" / NEW

    def __init__(self, packages: Packages, image: Path) -> None:
        self.packages, self.image = packages, image
        mkfs = (packages.program("mkfs.vfat"), "-C", "-n", "GARMIN", image, "16384")
        subprocess.run(mkfs, stdout=subprocess.DEVNULL, check=True)
        self._mtools("mmd", "::GARMIN", *(f"::GARMIN/{folder}" for folder in FOLDERS))
        self._write("GarminDevice.xml", manifest(self.name, "006-B2691-00", self.unit).encode())
        self.gadget = Gadget(0xFA35, self.name, "mass_storage.disk")  # a product's number made up: nobody asks for it
        self.backing = self.gadget.function / "lun.0/file"
        (self.gadget.function / "lun.0/removable").write_text("1")
        self.volume.mkdir(parents=True)

    def plug(self) -> None:
        self.backing.write_text(str(self.image))
        self.gadget.plug()
        disk = Path("/dev") / once(lambda: [path.name for path in Path("/sys/block").glob("sd*")])[0]
        once(disk.exists)
        subprocess.run(("mount", "-t", "vfat", "-o", "flush", disk, self.volume), check=True)

    def unplug(self) -> None:
        subprocess.run(("umount", self.volume), check=True)
        self.gadget.pull()
        self.backing.write_text("\n")
        once(lambda: not list(Path("/sys/block").glob("sd*")))

    def names(self, folder: str) -> list[str]:
        listed = self._mtools("mdir", "-b", f"::GARMIN/{folder}").decode().splitlines()
        return sorted(path.rpartition("/")[2] for path in listed)

    def files(self, folder: str) -> dict[str, bytes]:
        return {name: self._mtools("mtype", f"::GARMIN/{folder}/{name}") for name in self.names(folder)}

    def store(self, name: str, content: bytes) -> None:
        self._write(f"{KEPT}/{name}", content)

    def take_in(self, name: str, kept_as: str) -> None:
        self._mtools("mmove", f"::GARMIN/{NEW}/{name}", f"::GARMIN/{KEPT}/{kept_as}")

    def _write(self, path: str, content: bytes) -> None:
        self._mtools("mcopy", "-", f"::GARMIN/{path}", given=content)

    def _mtools(self, command: str, *arguments: str, given: bytes = b"") -> bytes:
        run = (self.packages.program(command), "-i", self.image, *arguments)
        return subprocess.run(run, input=given, stdout=subprocess.PIPE, check=True).stdout
