"""Two watches as a runner's computer meets them: one speaks MTP, one is a disk."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Protocol

from emulator.gadget import Gadget, once
from emulator.packages import Packages
from watch.importing import Layout
from watch.watch_content import FOLDERS, MANIFEST, NEW_FILES, device_xml


class Watch(Protocol):
    """What a runner's hands and the watch itself do. The program under test uses none of it.

    What is on the watch is looked at and changed while the cable is out, by places below the root of its storage.
    """

    name: str
    way: str
    layout: Layout
    unit: int
    gadget: Gadget
    arriving: Path
    """Where the files that the program copies can be seen to arrive while the cable is in."""

    def reset(self) -> None:
        """A watch with its folders and its manifest, and nothing else."""

    def plug(self) -> None:
        """Puts the cable in; returns when a program can find the watch."""

    def unplug(self) -> None:
        """Has the system let go of the watch, as far as it still has it, and pulls the cable."""

    def yank(self) -> None:
        """Pulls the cable without a word to the system."""

    def fill(self, left: int) -> None:
        """Leaves so many bytes free, or a few more."""

    def write_protect(self) -> None:
        """Lets nothing be written until the next reset."""

    def bytes_read(self) -> int:
        """How much the computer has read since the cable was put in."""

    def files(self) -> dict[str, bytes]: ...

    def add(self, path: str, data: bytes) -> None: ...

    def delete(self, path: str) -> None: ...

    def make_folder(self, path: str) -> None: ...


class MtpWatch:
    """A watch that speaks MTP: `umtprd` answers for folders in memory."""

    name, way, unit = "Forerunner 945", "MTP", 3900000945
    layout: Layout = "mtp"
    endpoints = Path("/dev/ffs-umtp")
    room = 4 << 20

    def __init__(self, packages: Packages, memory: Path) -> None:
        self.memory, self.other = memory, memory.with_name("other")
        self.arriving = memory / NEW_FILES
        self.settings = memory.with_suffix(".conf")
        self.responder = (packages.program("umtprd"), "-conf", self.settings)
        self.session: subprocess.Popen[bytes] | None = None
        self.gadget = Gadget(0x4C29, self.name, "ffs.umtp")
        self.endpoints.mkdir()
        subprocess.run(("mount", "-t", "functionfs", "umtp", self.endpoints), check=True)

    def reset(self) -> None:
        self.unplug()
        for folder in (self.memory, self.other):
            if os.path.ismount(folder):
                subprocess.run(("umount", folder), check=True)
            folder.mkdir(exist_ok=True)
            subprocess.run(("mount", "-t", "tmpfs", "-o", f"size={self.room}", "tmpfs", folder), check=True)
        self.storages = [(self.memory, "Primary", "rw")]
        for name in FOLDERS:
            self.make_folder(name)
        self.add(MANIFEST, device_xml(self.name, "006-B3113-00", str(self.unit)))

    def add_storage(self) -> Path:
        """Another memory, which the watch names first; where it lies."""
        self.storages.insert(0, (self.other, "Media", "rw"))
        return self.other

    def _settings(self) -> str:
        """What `umtprd` is told. With events on it stops answering once files come into a folder that was listed."""
        paths = {"dev": "ep0", "epin": "ep1", "epout": "ep2", "epint": "ep3"}
        lines = (
            *(f'storage "{folder}" "{name}" "{mode}"' for folder, name, mode in self.storages),
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
        self.settings.write_text(self._settings())
        self.session = subprocess.Popen(self.responder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        once((self.endpoints / "ep3").exists)
        self.gadget.plug()
        self._read_before = self._read()

    def unplug(self) -> None:
        self.gadget.pull()
        if self.session is not None:
            self.session.terminate()
            self.session.wait()
            self.session = None

    yank = unplug

    def fill(self, left: int) -> None:
        space = os.statvfs(self.memory)
        (self.memory / "music").write_bytes(bytes(space.f_bavail * space.f_bsize - left))

    def write_protect(self) -> None:
        self.storages = [(folder, name, "ro") for folder, name, _ in self.storages]

    def bytes_read(self) -> int:
        """Everything that the responder has read, requests of the computer among it."""
        return self._read() - self._read_before

    def _read(self) -> int:
        assert self.session is not None
        counted = Path(f"/proc/{self.session.pid}/io").read_text()
        return int(counted.split("rchar:")[1].split()[0])

    def files(self) -> dict[str, bytes]:
        return _files(self.memory)

    def add(self, path: str, data: bytes) -> None:
        _write(self.memory / path, data)

    def delete(self, path: str) -> None:
        (self.memory / path).unlink()

    def make_folder(self, path: str) -> None:
        (self.memory / path).mkdir(parents=True, exist_ok=True)


class DiskWatch:
    """A watch that is a disk: an image of a FAT volume, which the watch itself touches only while the cable is out.

    What is added and deleted is written into the image when the cable is put in, by mtools, which read it too.
    """

    name, way, unit = "Forerunner 935", "mounted volume", 3900000935
    layout: Layout = "drive"
    volume = Path("/media/runner/GARMIN")
    arriving = volume / NEW_FILES
    as_desktops_do = "flush"
    """What they mount FAT with: it writes sooner, and not at once."""

    def __init__(self, packages: Packages, image: Path) -> None:
        self.packages, self.image = packages, image
        self.beside = image.with_name("beside")
        self.gadget = Gadget(0xFA35, self.name, "mass_storage.disk")  # a product's number made up: nobody asks for it
        self.backing = self.gadget.function / "lun.0/file"
        (self.gadget.function / "lun.0/removable").write_text("1")
        self.volume.mkdir(parents=True)
        self.options = self.as_desktops_do

    def reset(self) -> None:
        self.unplug()
        self.options = self.as_desktops_do
        (self.gadget.function / "lun.0/ro").write_text("0")
        self.image.unlink(missing_ok=True)
        mkfs = (self.packages.program("mkfs.vfat"), "-C", "-n", "GARMIN", self.image, "16384")
        subprocess.run(mkfs, stdout=subprocess.DEVNULL, check=True)
        self._forget()
        self.content, self.stored = {}, frozenset()
        for name in FOLDERS:
            self.make_folder(name)
        self.add(MANIFEST, device_xml(self.name, "006-B2691-00", str(self.unit)))

    def plug(self) -> None:
        self._write_out()
        self.backing.write_text(str(self.image))
        self.gadget.plug()
        self.disk = once(lambda: [path.name for path in Path("/sys/block").glob("sd*")])[0]
        once((Path("/dev") / self.disk).exists)
        subprocess.run(
            ("mount", "-t", "vfat", "-o", self.options, f"/dev/{self.disk}", self.volume),
            stderr=subprocess.DEVNULL,
            check=True,
        )
        self._read_before = self._read()

    def unplug(self) -> None:
        if os.path.ismount(self.volume):
            subprocess.run(("umount", self.volume), check=True)
        self._pull()

    def yank(self) -> None:
        self.gadget.pull()
        if os.path.ismount(self.volume):
            subprocess.run(("umount", "--lazy", self.volume), check=True)
        self._pull()

    def _pull(self) -> None:
        self.gadget.pull()
        if self.backing.read_text().strip():
            self.backing.write_text("\n")
        once(lambda: not list(Path("/sys/block").glob("sd*")))
        self._forget()

    def fill(self, left: int) -> None:
        self.plug()
        space = os.statvfs(self.volume)
        (self.volume / "music").write_bytes(bytes(space.f_bavail * space.f_bsize - left))
        self.unplug()

    def write_protect(self) -> None:
        self._write_out()
        (self.gadget.function / "lun.0/ro").write_text("1")
        self.options = "ro"

    def bytes_read(self) -> int:
        return self._read() - self._read_before

    def _read(self) -> int:
        sectors = Path(f"/sys/block/{self.disk}/stat").read_text().split()[2]
        return int(sectors) * 512

    def files(self) -> dict[str, bytes]:
        return dict(self._content())

    def add(self, path: str, data: bytes) -> None:
        self._content()[path] = data
        _write(self.beside / path, data)

    def delete(self, path: str) -> None:
        del self._content()[path]
        (self.beside / path).unlink(missing_ok=True)
        if path in self.stored:
            self.deleted.add(path)

    def make_folder(self, path: str) -> None:
        (self.beside / path).mkdir(parents=True, exist_ok=True)

    def _forget(self) -> None:
        """The image may be another one now."""
        self.content: dict[str, bytes] | None = None
        self.deleted: set[str] = set()
        shutil.rmtree(self.beside, ignore_errors=True)
        self.beside.mkdir()

    def _content(self) -> dict[str, bytes]:
        if self.content is None:
            copy = self.image.with_name("copy")
            shutil.rmtree(copy, ignore_errors=True)
            copy.mkdir()
            self._mtools("mcopy", "-s", "-n", "::*", copy)
            self.content = _files(copy)
            self.stored = frozenset(self.content)
        return self.content

    def _write_out(self) -> None:
        if self.deleted:
            self._mtools("mdel", *(f"::{path}" for path in self.deleted))
        if below := sorted(self.beside.iterdir()):
            self._mtools("mcopy", "-s", "-o", *below, "::")
        self._forget()

    def _mtools(self, command: str, *arguments: str | Path) -> None:
        run = (self.packages.program(command), "-i", self.image, *arguments)
        subprocess.run(run, stdout=subprocess.DEVNULL, check=True)


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
