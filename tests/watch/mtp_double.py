"""A watch behind libmtp, in memory: strict where libmtp would crash, hang or do what nobody wants."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from pathlib import Path

from negsplit.watch.door import WatchPlace
from negsplit.watch.ways import mtp, usb
from negsplit.watch.ways.libmtp import Attached
from negsplit.watch.ways.mtp_device import ROOT, STORE_FULL, MtpDevice, MtpError, Object, Storage
from watch.store import Store, Stored

SERIAL = "0000c560c82c"
STORAGE = 0xFFFF0001
OTHER_STORAGE = 0xFFFF0002
CAPACITY = 100_000
IO_ERROR = 0x02FF
GENERAL_ERROR = 0x2002
INVALID_HANDLE = 0x2009
READ_ONLY = 0x200E

NOWHERE = usb.UsbSystem("elsewhere", *[Path("/nonexistent")] * 3)
"""A system that tells nothing of its bus."""

_C = ctypes.CDLL(None)


class MtpDouble(Store):
    """The library and the one watch on the bus; ``place`` leads to it through the real door.

    ``faults`` maps the number of a call in a connection to the code it fails with, ``loses`` is how many bytes of a
    file go missing without a word, ``pull_at`` the call at which the cable comes out.
    """

    def __init__(self) -> None:
        super().__init__(CAPACITY)
        self.elsewhere: list[Stored] = []
        """What is in another memory, which the watch names first and lets nobody write to."""
        self.calls: list[str] = []
        self.faults: dict[int, int | None] = {}
        self.writable = self.says_writable = True
        self.pulled = self.held = False
        self.pull_at: int | None = None
        self.lists_before_pull: int | None = None
        self.loses = 0
        self.tells_full = True
        self.on_send: Callable[[], None] = lambda: None
        self.opened = 0
        self.open_now = 0

    # The watch's own side.

    def place(self) -> WatchPlace:
        places = mtp.find(self, NOWHERE)
        return places[0] if places else self.known

    @property
    def known(self) -> WatchPlace:
        """The place as it was found before the cable was pulled."""
        was, self.pulled = self.pulled, False
        place = mtp.find(self, NOWHERE)[0]
        self.pulled = was
        return place

    def pull(self) -> None:
        self.pulled = True

    def write_protect(self) -> None:
        self.writable = self.says_writable = False

    # The computer's side.

    def detect(self) -> list[Attached]:
        chatter("Device 0 (VID=091e and PID=4c29) is a Garmin Forerunner 945.")
        if self.pulled:
            return []
        camera = Attached(0x04A9, 0x1234, 1, 2, 0, "Camera")
        return [camera, Attached(usb.GARMIN, 0x4C29, 1, 7, 0x18008106, "Forerunner 945")]

    def open(self, attached: Attached) -> MtpDevice:
        chatter("libusb_claim_interface() reports device is busy")
        assert attached.product_id == 0x4C29
        if self.pulled or self.held or self.open_now:
            raise MtpError()
        self.opened += 1
        self.open_now += 1
        self.calls.clear()
        return _Connection(self, self.opened * 1000)


class _Connection:
    """An open device. Its handles begin anew, and elsewhere."""

    def __init__(self, watch: MtpDouble, first: int) -> None:
        self.watch = watch
        self.first = first
        self.handles: list[Stored] = []
        self.told_storages = self.released = False

    def _begin(self, call: str) -> None:
        chatter(f"LIBMTP_{call}() of {SERIAL}")
        assert not self.released, "a released device is used: libmtp would crash"
        number = len(self.watch.calls)
        self.watch.calls.append(call)
        if number == self.watch.pull_at:
            self.watch.pull()
        if self.watch.pulled:
            raise MtpError(IO_ERROR)
        if call != "send" and number in self.watch.faults:
            raise MtpError(self.watch.faults[number])

    def storages(self) -> list[Storage]:
        self._begin("storages")
        self.told_storages = True
        free = max(0, self.watch.capacity - self.watch.used)
        return [Storage(OTHER_STORAGE, 0, False), Storage(STORAGE, free, self.watch.says_writable)]

    def children(self, storage: int, folder: int) -> list[Object]:
        self._begin("children")
        assert self.told_storages, "storages are not known before they were asked for"
        assert storage != 0, "the next call would hang"
        memory = self.watch.objects if storage == STORAGE else self.watch.elsewhere
        parent = None if folder == ROOT else self._stored(folder)
        if folder != ROOT and parent is None:
            return []
        found = [one for one in reversed(memory) if one.parent is parent]
        if self.watch.lists_before_pull is not None:
            del found[self.watch.lists_before_pull :]
            self.watch.pull()
        return [Object(self._handle(one), one.name, _size(one), one.data is None, one.modified) for one in found]

    def send(self, storage: int, folder: int, name: str, data: bytes) -> int:
        self._begin("send")
        assert storage == STORAGE
        parent = None if folder == ROOT else self._stored(folder)
        if folder != ROOT and parent is None:
            raise MtpError(0x201A)
        if not self.watch.writable:
            raise MtpError(READ_ONLY)
        there = [one.name.casefold() for one in self.watch.objects if one.parent is parent]
        assert name.casefold() not in there, "some watches write over it, others keep two"
        self.watch.on_send()
        kept = data[: max(0, self.watch.capacity - self.watch.used)]
        number = len(self.watch.calls) - 1
        if number in self.watch.faults or self.watch.pulled:
            kept = kept[: len(kept) // 2]
        self.watch.objects.append(Stored(name, parent, kept, self.watch.now()))
        if self.watch.pulled:
            raise MtpError(IO_ERROR)
        if number in self.watch.faults:
            raise MtpError(self.watch.faults[number])
        if len(kept) < len(data) and self.watch.tells_full:
            raise MtpError(STORE_FULL)
        self.watch.objects[-1].data = kept[: len(kept) - self.watch.loses]
        return self._handle(self.watch.objects[-1])

    def get(self, handle: int) -> bytes:
        self._begin("get")
        stored = self._stored(handle)
        if stored is None or stored.data is None:
            raise MtpError()
        return stored.data

    def delete(self, handle: int) -> None:
        self._begin("delete")
        stored = self._stored(handle)
        if stored is None:
            raise MtpError(INVALID_HANDLE)
        assert stored.data is not None, "folders are not ours to delete"
        self.watch.objects.remove(stored)

    def release(self) -> None:
        chatter("ERROR: Could not close session!")
        assert not self.released, "a device is released twice"
        self.released = True
        self.watch.open_now -= 1

    def _handle(self, stored: Stored) -> int:
        if not any(one is stored for one in self.handles):
            self.handles.append(stored)
        return self.first + next(number for number, one in enumerate(self.handles) if one is stored)

    def _stored(self, handle: int) -> Stored | None:
        assert 0 <= handle - self.first < len(self.handles), "a handle of another connection, or none"
        stored = self.handles[handle - self.first]
        return stored if any(one is stored for one in (*self.watch.objects, *self.watch.elsewhere)) else None


def chatter(text: str) -> None:
    """Prints as libmtp does, past Python and partly late; it would crash without a HOME."""
    assert "HOME" in os.environ
    _C.printf(b"%s\n", text.encode())
    os.write(2, f"{text}\n".encode())


def _size(stored: Stored) -> int:
    return 40 if stored.data is None else len(stored.data)
