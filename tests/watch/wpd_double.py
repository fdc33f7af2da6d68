"""A watch behind Windows' portable devices, in memory: strict where Windows would crash or keep nothing."""

from __future__ import annotations

import threading

from negsplit.watch.door import WatchPlace
from negsplit.watch.ways import wpd
from negsplit.watch.ways.wpd import DEVICE, FOLDER, FUNCTIONAL_OBJECT, STORAGE, Told, WpdError
from watch.store import Store, Stored

SERIAL = "0000c560c82c"
PATH = rf"\\?\usb#vid_091e&pid_4c29#{SERIAL}#{{6ac27878-a6fa-4155-ba85-f98f491d4f33}}"
CAMERA = r"\\?\usb#vid_04a9&pid_1234#5&1&0&1#{6ac27878-a6fa-4155-ba85-f98f491d4f33}"
CAPACITY = 100_000
RENDERING = "{08600BA4-A7BA-4A01-AB0E-0065D0A356D3}"
"""The category of a functional object that is no memory."""
GENERIC_FILE = "{0085E0A6-8D34-45D7-BC5C-447E59C73D48}"

DISK_FULL = 0x80070070
WRITE_PROTECTED = 0x80070013
NOT_FOUND = 0x80070490
GENERAL_FAILURE = 0x8007001F
ACCESS_DENIED = 0x80070005
NOT_COMMITTED = 0x802A0005
"""E_WPD_OBJECT_NOT_COMMITED"""

EMPTY, INTERNAL = "s1", "s2"
"""The ids of two memories; a Forerunner's folders are in the second."""


class WpdDouble(Store):
    """Windows and the one watch that it knows; ``place`` leads to it through the real door.

    ``faults`` maps the number of a call of an open device to the HRESULT it fails with, ``pull_at`` is the call at
    which the cable comes out, ``takes`` how many bytes go through at once, ``loses`` how many bytes of a file get lost
    without a word, ``refuses`` the HRESULT with which it does not open, ``listed`` what Windows' list of devices says.
    """

    def __init__(self) -> None:
        super().__init__(CAPACITY)
        self.calls: list[str] = []
        self.faults: dict[int, int] = {}
        self.pull_at: int | None = None
        self.takes, self.loses = 7, 0
        self.writable, self.tells_access, self.tells_free = True, True, True
        self.pulled = False
        self.refuses: int | None = None
        self.listed: list[str] | None = None
        self.open_now = 0

    # The watch's own side.

    def place(self) -> WatchPlace:
        was, self.pulled = self.pulled, False
        place = wpd.find(self.system())[0]
        self.pulled = was
        return place

    def system(self) -> wpd.WindowsSystem:
        return wpd.WindowsSystem("win32", lambda: self, self.interfaces)

    def interfaces(self) -> list[str]:
        """What SetupAPI says."""
        return [CAMERA] if self.pulled else [CAMERA, PATH]

    def pull(self) -> None:
        self.pulled = True

    def write_protect(self) -> None:
        self.writable = False

    # The computer's side.

    def paths(self) -> list[str]:
        return self.interfaces() if self.listed is None else self.listed

    def name(self, path: str) -> str:
        if path not in self.interfaces():
            raise WpdError(NOT_FOUND)
        return "Forerunner 945"

    def open(self, path: str) -> wpd.OpenDevice:
        assert path == PATH, "a camera is nobody's business"
        if self.pulled or self.refuses is not None or self.open_now:
            raise WpdError(self.refuses or GENERAL_FAILURE)
        self.open_now += 1
        self.calls.clear()
        return _Open(self)


class _Open:
    """An open device: used in one thread, closed once, after what was opened of it."""

    def __init__(self, watch: WpdDouble) -> None:
        self.watch = watch
        self.known: dict[str, Stored] = {}
        self.thread = threading.get_ident()
        self.streams = 0
        self.closed = False

    def begin(self, call: str) -> None:
        assert threading.get_ident() == self.thread, "one thread alone"
        assert not self.closed, "a device that is closed"
        number = len(self.watch.calls)
        self.watch.calls.append(call)
        if number == self.watch.pull_at:
            self.watch.pull()
        if self.watch.pulled:
            raise WpdError(GENERAL_FAILURE)
        if number in self.watch.faults:
            raise WpdError(self.watch.faults[number])

    def children(self, parent: str) -> list[str]:
        self.begin("children")
        if parent == DEVICE:
            return ["r1", EMPTY, INTERNAL]
        if parent == EMPTY:
            return []
        folder = None if parent == INTERNAL else self._folder(parent)
        return [self._id(one) for one in reversed(self.watch.objects) if one.parent is folder]

    def told(self, id: str) -> Told:
        self.begin("told")
        if id == "r1":
            return Told(name="Rendering", content_type=FUNCTIONAL_OBJECT, category=RENDERING)
        if id in (EMPTY, INTERNAL):
            free = max(0, self.watch.capacity - self.watch.used) if self.watch.tells_free else None
            access = int(not self.watch.writable) if self.watch.tells_access else None
            return Told("Primary", None, FUNCTIONAL_OBJECT, STORAGE, free=free, access=access)
        stored = self._stored(id)
        if stored.data is None:
            return Told(stored.name, None, FOLDER)
        date = stored.modified / 86_400 + 25_569 if stored.modified else None
        name = stored.name.rpartition(".")[0] or stored.name
        return Told(name, stored.name, GENERIC_FILE, size=len(stored.data), modified=date)

    def source(self, id: str) -> wpd.PortableFile:
        self.begin("source")
        stored = self._stored(id)
        assert stored.data is not None, "a folder has no data"
        return _Reading(self, stored.data)

    def target(self, parent: str, name: str, size: int) -> wpd.Target:
        self.begin("target")
        folder = None if parent == INTERNAL else self._folder(parent)
        if not self.watch.writable:
            raise WpdError(WRITE_PROTECTED)
        taken = [one.name.casefold() for one in self.watch.objects if one.parent is folder]
        assert name.casefold() not in taken, "some watches write over it, others keep two"
        return _Writing(self, Stored(name, folder, b""), size)

    def delete(self, id: str) -> None:
        self.begin("delete")
        stored = self._stored(id)
        assert stored.data is not None, "folders are not ours to delete"
        if not self.watch.writable:
            raise WpdError(WRITE_PROTECTED)
        self.watch.objects.remove(stored)

    def close(self) -> None:
        assert not self.closed, "a device is closed twice"
        assert not self.streams, "what was opened of it has to be let go of before"
        self.closed = True
        self.watch.open_now -= 1

    def made(self, stored: Stored) -> str:
        self.watch.objects.append(stored)
        return self._id(stored)

    def _id(self, stored: Stored) -> str:
        for id, one in self.known.items():
            if one is stored:
                return id
        id = f"o{len(self.known) + 1:X}"
        self.known[id] = stored
        return id

    def _stored(self, id: str) -> Stored:
        assert id in self.known, "an id of another connection, or none"
        if not any(one is self.known[id] for one in self.watch.objects):
            raise WpdError(NOT_FOUND)
        return self.known[id]

    def _folder(self, id: str) -> Stored:
        stored = self._stored(id)
        assert stored.data is None, "a file holds nothing"
        return stored


class _Reading:
    def __init__(self, device: _Open, data: bytes) -> None:
        self.device, self.data = device, data
        device.streams += 1

    def read(self, most: int) -> bytes:
        self.device.begin("read")
        count = min(most, self.device.watch.takes)
        data, self.data = self.data[:count], self.data[count:]
        return data

    def close(self) -> None:
        self.device.streams -= 1


class _Writing:
    """A file that is there once it is committed, and of which a part is there when the room ends or the cable."""

    def __init__(self, device: _Open, stored: Stored, size: int) -> None:
        self.device, self.stored, self.size = device, stored, size
        self.piece = 2 * device.watch.takes
        device.streams += 1

    def write(self, data: bytes) -> int:
        watch = self.device.watch
        assert 0 < len(data) <= (self.piece or self.size)
        assert self.stored.data is not None
        self.device.begin("write")
        if watch.used + len(self.stored.data) >= watch.capacity:
            self._left()
            raise WpdError(DISK_FULL)
        some = data[: min(watch.takes, watch.capacity - watch.used - len(self.stored.data))]
        self.stored.data += some
        return len(some)

    def commit(self) -> str:
        self._left()
        self.device.begin("commit")
        assert self.stored.data is not None
        if len(self.stored.data) != self.size:
            raise WpdError(NOT_COMMITTED)
        self.device.watch.objects.remove(self.stored)
        self.stored.modified = self.device.watch.now()
        self.stored.data = self.stored.data[: self.size - self.device.watch.loses]
        return self.device.made(self.stored)

    def close(self) -> None:
        self.device.streams -= 1

    def _left(self) -> None:
        self.device.watch.objects.append(self.stored)
