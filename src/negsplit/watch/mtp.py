"""Watches that speak MTP, through libmtp: every newer Garmin on Linux without a desktop, and on macOS."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Final, TypeVar

from negsplit.watch import libmtp, naming, usb
from negsplit.watch.containment import contained
from negsplit.watch.door import MANIFEST, Door, Entry, Names, Place, shown
from negsplit.watch.errors import (
    Busy,
    Full,
    Gone,
    NotAllowed,
    NotThere,
    ReadOnly,
    Refused,
    Taken,
    Unusable,
    WatchError,
)
from negsplit.watch.libmtp import Attached, Mtp, MtpDevice, MtpError, Object, Storage

_UNTOLD: Final = 2**64 - 1
"""The free bytes of a storage that does not say."""

_Answer = TypeVar("_Answer")


# --- Finding -----------------------------------------------------------------------------------


def find(mtp: Mtp | None = None, system: usb.System = usb.HERE) -> list[Place]:
    """The Garmins that libmtp sees. On Linux it is asked only when the bus has one: it opens every device it tries.

    :raises WatchError: where there is one on the bus and it cannot be had.
    """
    on_bus = [device for device in usb.devices(system) if device.mode != "disk"]
    speaking = [device for device in on_bus if device.mode == "mtp"]
    if system.platform == "linux" and not speaking:
        if on_bus:
            raise usb.gps_mode()
        return []
    mtp = mtp or libmtp.load()
    if mtp is None:
        if not speaking:
            return []
        help = "install it: `sudo apt install libmtp9`, `sudo dnf install libmtp` or `sudo pacman -S libmtp`"
        raise Unusable("a Garmin watch is plugged in, and libmtp, which talks to it, is not installed", help)
    attached = _detected(mtp)
    if speaking and not attached:
        raise usb.hindrance(speaking[0], system)
    names = {(device.bus, device.number): device.name for device in speaking}
    return [_place(mtp, one, names.get((one.bus, one.number), ""), system) for one in attached]


def _detected(mtp: Mtp) -> list[Attached]:
    try:
        with contained():
            return [one for one in mtp.detect() if one.vendor_id == usb.GARMIN]
    except MtpError:
        raise Unusable("libmtp cannot look at the USB bus") from None


def _place(mtp: Mtp, attached: Attached, name: str, system: usb.System) -> Place:
    name = name or usb.plain(attached.name) or "Garmin"
    where = f"{name}, USB {attached.bus:03}:{attached.number:03}"
    return Place("mtp", where, lambda: _opened(mtp, attached, system))


def _opened(mtp: Mtp, attached: Attached, system: usb.System) -> Door:
    try:
        with contained():
            device = mtp.open(attached)
    except MtpError:
        if attached not in _detected(mtp):
            raise Gone() from None
        number = (attached.bus, attached.number)
        raise usb.hindrance(
            next((one for one in usb.devices(system) if (one.bus, one.number) == number), None), system
        ) from None
    door = MtpDoor(device)
    try:
        door.enter()
    except BaseException as error:
        door.close()
        if isinstance(error, Gone) and attached in _detected(mtp):
            raise Unusable("the watch shows no memory", "unlock it, plug it in again and wait a moment") from None
        raise
    return door


# --- The door ----------------------------------------------------------------------------------


class MtpDoor:
    """A watch behind libmtp. What is remembered of it between calls is where its folders are and what the last one that
    was listed holds, and both are doubted.
    """

    def __init__(self, device: MtpDevice) -> None:
        self._device: MtpDevice | None = device
        self._storage = 0
        self._folders: dict[Names, int] = {}
        self._last: tuple[Names, tuple[Object, ...]] | None = None
        self._gone = False

    def enter(self) -> None:
        """Chooses the storage that holds the folder GARMIN; of several the one with the manifest in it.

        :raises Unusable: where none does.
        """
        found = [(storage.id, handle) for storage in self._storages() for handle in self._garmins(storage.id)]
        if not found:
            raise Unusable("the watch shows no folder `GARMIN`", "unlock it, plug it in again and wait a moment")
        self._storage, _ = next((one for one in found if len(found) > 1 and self._has_manifest(*one)), found[0])

    def _garmins(self, storage: int) -> list[int]:
        self._storage = storage
        folders = (one for one in self._listed(libmtp.ROOT) if one.is_folder)
        return [one.handle for one in folders if one.name.casefold() == MANIFEST[0].casefold()]

    def _has_manifest(self, storage: int, garmin: int) -> bool:
        self._storage = storage
        return any(one.name.casefold() == MANIFEST[1].casefold() for one in self._listed(garmin))

    def list(self, folder: Names) -> list[Entry]:
        naming.check(folder)
        return sorted((_entry(one) for one in self._objects(folder)), key=lambda entry: entry[:3])

    def read(self, file: Names, most: int) -> bytes:
        if file and self._last and self._last[0] == file[:-1]:  # a long list takes as long as many files
            with suppress(NotThere, Refused, Unusable):
                return self._read(_plain_file(self._last[1], file), file, most)
        return self._read(self._file(file), file, most)

    def _read(self, found: Object, file: Names, most: int) -> bytes:
        if found.size > most:
            raise Refused(f"`{shown(file)}` holds more than {most} bytes")
        data = self._ask(lambda device: device.get(found.handle))
        if len(data) > most:
            raise Refused(f"`{shown(file)}` holds more than {most} bytes")
        if len(data) != found.size:
            raise Unusable(f"of `{shown(file)}` came {len(data)} of {found.size} bytes", "try again")
        return data

    def put(self, folder: Names, name: str, data: bytes) -> None:
        naming.check((*folder, name))
        before = self._objects(folder)
        naming.check_free(folder, name, (one.name for one in before))
        if not self._memory().writable:
            raise read_only()
        parent, made = self._folders.get(folder, libmtp.ROOT), None
        self._last = None
        try:
            made = self._ask(lambda device: device.send(self._storage, parent, name, data))
            self._verify(folder, name, made, len(data))
        except Gone:
            raise
        except BaseException:
            self._withdraw(folder, name, made, {one.handle for one in before})
            raise

    def remove(self, file: Names) -> None:
        self._delete(self._file(file))

    def free(self) -> int | None:
        free = self._memory().free
        return None if free == _UNTOLD else free

    def close(self) -> None:
        device, self._device = self._device, None
        if device is not None:
            with contained():
                device.release()

    # Making sure that what was sent is there, or nothing.

    def _verify(self, folder: Names, name: str, made: int, size: int) -> None:
        same = [one for one in self._objects(folder) if one.handle == made or one.name.casefold() == name.casefold()]
        if [(one.handle, one.name, one.size) for one in same] == [(made, name, size)]:
            return
        if any(one.handle != made for one in same):
            raise Taken(f"another `{shown((*folder, name))}` came to the watch meanwhile")
        if self._memory().free < size:
            raise Full()  # some keep what has room and say nothing
        raise Unusable(f"the watch did not keep `{shown((*folder, name))}` as it was sent", "restart the watch")

    def _withdraw(self, folder: Names, name: str, made: int | None, before: set[int]) -> None:
        """Removes what a failed put has left, and nothing else: it is told by its handle, or by being new."""
        try:
            for one in self._objects(folder):
                is_new = one.handle not in before and one.name.casefold() == name.casefold()
                if one.handle == made or (made is None and is_new):
                    self._delete(one)
        except Gone:
            raise
        except WatchError as error:
            message = f"a part of `{shown((*folder, name))}` is on the watch and cannot be removed: {error.message}"
            raise Unusable(message, "unplug the watch, plug it in again and remove that file") from None

    # Finding objects by their names.

    def _file(self, file: Names) -> Object:
        naming.check(file)
        if not file:
            raise Refused("`/` is no file")
        return _plain_file(self._objects(file[:-1]), file)

    def _objects(self, folder: Names) -> tuple[Object, ...]:
        """What a folder holds now."""
        self._last = None
        found = self._found(folder)
        self._last = folder, found
        return found

    def _found(self, folder: Names) -> tuple[Object, ...]:
        """What a folder holds. A handle that is no longer good lists nothing or fails: then its name counts anew."""
        if folder in self._folders:
            try:
                if found := self._listed(self._folders[folder]):
                    return found
            except (NotThere, Unusable):
                pass
        handle = libmtp.ROOT
        for depth in range(1, len(folder) + 1):
            found_folder = _only(self._listed(handle), folder[:depth])
            if not found_folder.is_folder:
                raise Refused(f"`{shown(folder[:depth])}` is no folder")
            handle = self._folders[folder[:depth]] = found_folder.handle
        return self._listed(handle)

    def _listed(self, handle: int) -> tuple[Object, ...]:
        found = self._ask(lambda device: device.children(self._storage, handle))
        self._storages()  # libmtp leaves out what it cannot ask for: a list made while the cable came out looks whole
        return tuple(found)

    # Asking the watch.

    def _delete(self, one: Object) -> None:
        self._last = None
        self._ask(lambda device: device.delete(one.handle))

    def _memory(self) -> Storage:
        found = [storage for storage in self._storages() if storage.id == self._storage]
        if not found:
            raise Gone()
        return found[0]

    def _storages(self) -> tuple[Storage, ...]:
        return tuple(self._ask(lambda device: device.storages()))

    def _ask(self, call: Callable[[MtpDevice], _Answer]) -> _Answer:
        if self._device is None or self._gone:
            raise Gone()
        try:
            with contained():
                return call(self._device)
        except MtpError as error:
            code = error.code
        if code not in _FAULTS and not self._answers():
            code = libmtp.NO_DEVICE
        self._gone = code == libmtp.NO_DEVICE
        raise _fault(code)

    def _answers(self) -> bool:
        """Whether the watch is still there after something went wrong for no reason that is known."""
        assert self._device is not None
        try:
            with contained():
                return bool(self._device.storages())
        except MtpError:
            return False


def _entry(one: Object) -> Entry:
    if not naming.is_name(one.name):
        return Entry(one.name, "other")
    if one.is_folder:
        return Entry(one.name, "folder")
    return Entry(one.name, "file", one.size, one.modified or None)


def _only(objects: tuple[Object, ...], place: Names) -> Object:
    """The one object of the last of some names; its case counts."""
    found = [one for one in objects if one.name == place[-1]]
    if not found:
        raise NotThere(f"there is no `{shown(place)}` on the watch")
    if len(found) > 1:
        raise naming.ambiguous(place)
    return found[0]


def _plain_file(objects: tuple[Object, ...], place: Names) -> Object:
    """The one object of that name, which is to be a file."""
    found = _only(objects, place)
    if found.is_folder:
        raise Refused(f"`{shown(place)}` is a folder")
    return found


# --- What it says ------------------------------------------------------------------------------


def read_only() -> ReadOnly:
    """What to say of a watch that takes nothing."""
    return ReadOnly("the watch lets nothing be written", "unlock it, restart it, and look whether its memory is full")


_FAULTS: Final[dict[int | None, Callable[[], WatchError]]] = {
    libmtp.NO_DEVICE: Gone,
    libmtp.STORE_FULL: Full,
    0xA809: Full,  # Object_Too_Large of MTP
    0x2009: lambda: NotThere("what the watch was asked for is no longer there"),  # Invalid_ObjectHandle
    0x201A: lambda: NotThere("the folder is no longer on the watch"),  # Invalid_ParentObject
    0x200D: read_only,  # Object_WriteProtected
    0x200E: read_only,  # Store_Read_Only
    0x200F: lambda: NotAllowed("the watch denies access", "unlock it and plug it in again"),  # Access_Denied
    0x2019: lambda: Busy("the watch is busy", "wait until it is done and try again"),  # Device_Busy
}
"""What the response codes of ISO 15740 and MTP 1.1 come to that say what is wrong."""


def _fault(code: int | None) -> WatchError:
    if code in _FAULTS:
        return _FAULTS[code]()
    said = "and does not say why" if code is None else f"with MTP response {code:04x}"
    return Unusable(f"the watch refuses, {said}", "unplug it, plug it in again and try once more")
