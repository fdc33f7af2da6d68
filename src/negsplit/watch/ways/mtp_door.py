"""The door into a watch that speaks MTP, whichever library talks to it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from typing import Final, TypeVar

from negsplit.watch import naming
from negsplit.watch.door import MANIFEST, Door, FolderEntry, Names, shown
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
from negsplit.watch.ways.mtp_device import NO_DEVICE, ROOT, STORE_FULL, UNTOLD, MtpDevice, MtpError, Object, Storage

_Answer = TypeVar("_Answer")
Within = Callable[[], AbstractContextManager[None]]
"""What surrounds every call of a device."""


def entered(device: MtpDevice, is_attached: Callable[[], bool], within: Within = nullcontext) -> Door:
    """The door into a device that was just opened, and that is closed again where there is no way in.

    :raises WatchError: then.
    """
    door = MtpDoor(device, within)
    try:
        door.enter()
    except BaseException as error:
        door.close()
        if isinstance(error, Gone) and is_attached():
            raise Unusable("the watch shows no memory", "unlock it, plug it in again and wait a moment") from None
        raise
    return door


class MtpDoor:
    """A watch that speaks MTP. What is remembered of it between calls is where its folders are and what the last one
    that was listed holds, and both are doubted.
    """

    def __init__(self, device: MtpDevice, within: Within = nullcontext) -> None:
        self._within = within
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
        folders = (one for one in self._listed(ROOT) if one.is_folder)
        return [one.handle for one in folders if one.name.casefold() == MANIFEST[0].casefold()]

    def _has_manifest(self, storage: int, garmin: int) -> bool:
        self._storage = storage
        return any(one.name.casefold() == MANIFEST[1].casefold() for one in self._listed(garmin))

    def list(self, folder: Names) -> list[FolderEntry]:
        naming.check(folder)
        return sorted((_entry(one) for one in self._objects(folder)), key=lambda entry: entry[:3])

    def read(self, file: Names, most: int) -> bytes:
        if file and self._last and self._last[0] == file[:-1]:  # a long list takes as long as many files
            with suppress(NotThere, Refused, Unusable):
                return self._read(_plain_file(self._last[1], file), file, most)
        return self._read(self._file(file), file, most)

    def _read(self, found: Object, file: Names, most: int) -> bytes:
        if found.size > most:
            raise Refused(f"`{shown(file)}` has more than {most} bytes")
        data = self._ask(lambda device: device.get(found.handle))
        if len(data) > most:
            raise Refused(f"`{shown(file)}` has more than {most} bytes")
        if len(data) != found.size:
            raise Unusable(f"only {len(data)} of {found.size} bytes of `{shown(file)}` came", "try again")
        return data

    def put(self, folder: Names, name: str, data: bytes) -> None:
        naming.check((*folder, name))
        before = self._objects(folder)
        naming.check_free(folder, name, (one.name for one in before))
        if not self._memory().writable:
            raise read_only()
        parent, made = self._folders.get(folder, ROOT), None
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
        return None if free == UNTOLD else free

    def close(self) -> None:
        device, self._device = self._device, None
        if device is not None:
            with self._within():
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
            raise Refused("`/` is not a file")
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
        handle = ROOT
        for depth in range(1, len(folder) + 1):
            found_folder = _only(self._listed(handle), folder[:depth])
            if not found_folder.is_folder:
                raise Refused(f"`{shown(folder[:depth])}` is not a folder")
            handle = self._folders[folder[:depth]] = found_folder.handle
        return self._listed(handle)

    def _listed(self, handle: int) -> tuple[Object, ...]:
        found = self._ask(lambda device: device.children(self._storage, handle))
        self._storages()  # what cannot be asked for may be left out: a list made while the cable came out looks whole
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
            with self._within():
                return call(self._device)
        except MtpError as error:
            code = error.code
        if code not in _FAULTS and not self._answers():
            code = NO_DEVICE
        self._gone = code == NO_DEVICE
        raise _fault(code)

    def _answers(self) -> bool:
        """Whether the watch is still there after something went wrong for no reason that is known."""
        assert self._device is not None
        try:
            with self._within():
                return bool(self._device.storages())
        except MtpError:
            return False


def _entry(one: Object) -> FolderEntry:
    if not naming.is_name(one.name):
        return FolderEntry(one.name, "other")
    if one.is_folder:
        return FolderEntry(one.name, "folder")
    return FolderEntry(one.name, "file", one.size, one.modified or None)


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
    return ReadOnly("the watch cannot be written to", "unlock it, restart it, and see whether its memory is full")


_LONGEST_CODE: Final = 0xFFFF
"""Response codes have 16 bits; what is longer comes from whoever passes them on."""
_FAULTS: Final[dict[int | None, Callable[[], WatchError]]] = {
    NO_DEVICE: Gone,
    STORE_FULL: Full,
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
    if code is not None and code > _LONGEST_CODE:
        said = f"with error {code:08x} of the system"
    return Unusable(f"the watch refuses, {said}", "unplug it, plug it in again and try once more")
