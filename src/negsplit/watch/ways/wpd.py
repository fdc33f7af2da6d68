"""Watches that speak MTP, through Windows' portable devices (WPD): what is decided of them, without any COM.

What is asked of Windows itself stands behind :class:`PortableDevices` and :class:`OpenDevice`; `portable_devices.py`
does it. All of it happens in the one thread that began it. No owner of a watch has tried this way yet.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import partial, wraps
from typing import Final, NamedTuple, ParamSpec, Protocol, TypeVar

from negsplit.frozen import dataclass
from negsplit.watch.door import Door, WatchPlace
from negsplit.watch.errors import Gone, NotAllowed, NotInstalled, WatchError
from negsplit.watch.ways import usb
from negsplit.watch.ways.mtp_device import NO_DEVICE, ROOT, STORE_FULL, UNTOLD, MtpError, Object, Storage
from negsplit.watch.ways.mtp_door import entered

DEVICE: Final = "DEVICE"
"""The object above all others of a device (WPD_DEVICE_OBJECT_ID)."""
FOLDER: Final = "{27E2E392-A111-48E0-AB0C-E17705A05F85}"
"""The content type of a folder. These and what follows are from `PortableDevice.h`."""
FUNCTIONAL_OBJECT: Final = "{99ED0160-17FF-4C44-9D98-1D7A6F941921}"
"""The content type of what stands between a device and its folders."""
STORAGE: Final = "{23F05BBC-15DE-4C2A-A55B-A9AF5CE412EF}"
"""The category of a functional object that is a memory."""
READ_WRITE: Final = 0
"""The access to a storage that can be written (WPD_STORAGE_ACCESS_CAPABILITY_READWRITE)."""

_PRODUCT: Final = re.compile(rf"\busb#vid_{usb.GARMIN:04x}&pid_([0-9a-f]{{4}})", re.IGNORECASE)
"""In the path of a device of Garmin's; a serial number stands behind it."""
_DAY: Final = 86_400
_UNIX_EPOCH: Final = 25_569
"""Days from 30 December 1899, from which an automation date counts, to 1970."""
_PIECE: Final = 65_536
"""Bytes to read at once."""


_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")


class WpdError(Exception):
    """A call that Windows, or the device behind it, did not do."""

    def __init__(self, hresult: int) -> None:
        super().__init__(f"{hresult:08x}")
        self.hresult = hresult


class Told(NamedTuple):
    """What a device says of one of its objects; None is what it does not say.

    GUIDs are in capitals and braces, ``size`` and ``free`` in bytes, ``modified`` in days since 30 December 1899.
    """

    name: str | None = None
    file_name: str | None = None
    content_type: str | None = None
    category: str | None = None
    size: int | None = None
    modified: float | None = None
    free: int | None = None
    access: int | None = None


class PortableFile(Protocol):
    """A file being read."""

    def read(self, most: int) -> bytes:
        """The next bytes, few or many; none at the end."""

    def close(self) -> None:
        """Lets go of it."""


class Target(Protocol):
    """A file being written: without ``commit`` there is none. ``piece`` is how many bytes at once are best, or 0."""

    piece: int

    def write(self, data: bytes) -> int:
        """How many of some bytes were taken."""

    def commit(self) -> str:
        """Ends the file; its id."""

    def close(self) -> None:
        """Lets go of it."""


class OpenDevice(Protocol):
    """A device that is open. Objects have ids, which hold as long as it is. All but ``close`` raise WpdError."""

    def children(self, parent: str) -> list[str]:
        """The ids of what lies directly in an object."""

    def told(self, id: str) -> Told:
        """What the device says of an object."""

    def source(self, id: str) -> PortableFile:
        """Opens a file."""

    def target(self, parent: str, name: str, size: int) -> Target:
        """Begins a file."""

    def delete(self, id: str) -> None:
        """Deletes one object, and none below it."""

    def close(self) -> None:
        """Lets go of the device; of its sources and targets before."""


class PortableDevices(Protocol):
    """What Windows knows of devices. Every method raises WpdError."""

    def paths(self) -> list[str]:
        """The paths of the devices attached."""

    def name(self, path: str) -> str:
        """What Windows calls a device."""

    def open(self, path: str) -> OpenDevice:
        """Opens one."""


def _load() -> PortableDevices | None:
    """Windows' own; None where comtypes is not installed."""
    try:
        from negsplit.watch.ways.portable_devices import WindowsPortableDevices
    except ModuleNotFoundError as error:
        if error.name != "comtypes":
            raise
        return None
    return WindowsPortableDevices()


def _interfaces() -> list[str]:
    from negsplit.watch.ways.device_interfaces import portable_device_paths

    return portable_device_paths()


@dataclass(frozen=True, slots=True)
class WindowsSystem:
    """How Windows is asked. ``interfaces`` tells the paths of devices past ``load``, which needs a package."""

    platform: str = sys.platform
    load: Callable[[], PortableDevices | None] = _load
    interfaces: Callable[[], list[str]] = _interfaces


HERE: Final = WindowsSystem()


# --- Finding -----------------------------------------------------------------------------------


def find(system: WindowsSystem = HERE) -> list[WatchPlace]:
    """The Garmins that Windows knows as portable devices; none on other systems.

    :raises WatchError: where there is one and it cannot be had.
    """
    if system.platform != "win32":
        return []
    devices = system.load()
    if devices is None:
        if not _garmins(system.interfaces()):
            return []
        raise NotInstalled
    return list(_places(devices, _attached(devices, system), system))


def _attached(devices: PortableDevices, system: WindowsSystem) -> list[str]:
    """The paths of the Garmins. Windows' list was seen to be empty while the Explorer showed a device."""
    try:
        listed = devices.paths()
    except WpdError:
        listed = []
    return _garmins(listed) or _garmins(system.interfaces())


def _garmins(paths: Iterable[str]) -> list[str]:
    return [path for path in paths if _PRODUCT.search(path)]


def _places(devices: PortableDevices, paths: Iterable[str], system: WindowsSystem) -> Iterator[WatchPlace]:
    called: list[str] = []
    for path in paths:
        try:
            name = usb.plain(devices.name(path))
        except WpdError:
            name = ""
        product = _PRODUCT.search(path)
        assert product is not None
        where = f"{name or 'Garmin'}, USB {usb.GARMIN:04x}:{product[1].lower()}"
        called.append(where)
        number = f" ({called.count(where)})" if called.count(where) > 1 else ""
        yield WatchPlace("wpd", where + number, partial(_opened, devices, path, system))


def _opened(devices: PortableDevices, path: str, system: WindowsSystem) -> Door:
    """Whatever holds an interface is gone before the reason why it does not open gets out."""
    code = None
    try:
        return entered(_Device(devices.open(path)), lambda: path in _attached(devices, system))
    except WpdError as error:
        code = _code(error.hresult)
    raise _unopened(code, is_attached=path in _attached(devices, system))


def _unopened(code: int, *, is_attached: bool) -> WatchError:
    if not is_attached:
        return Gone()
    if code == _ACCESS_DENIED:
        help = (
            "unlock it and plug it in again; on a computer that others manage, ask whether it allows portable devices"
        )
        return NotAllowed("Windows denies access to the watch", help)
    return usb.perhaps_held()


# --- What went wrong ---------------------------------------------------------------------------

_ACCESS_DENIED: Final = 0x200F
_WIN32: Final = {
    2: 0x2009,  # ERROR_FILE_NOT_FOUND
    5: _ACCESS_DENIED,
    19: 0x200E,  # ERROR_WRITE_PROTECT
    39: STORE_FULL,  # ERROR_HANDLE_DISK_FULL
    112: STORE_FULL,  # ERROR_DISK_FULL
    170: 0x2019,  # ERROR_BUSY
    433: NO_DEVICE,  # ERROR_NO_SUCH_DEVICE
    1167: NO_DEVICE,  # ERROR_DEVICE_NOT_CONNECTED
    1168: 0x2009,  # ERROR_NOT_FOUND
}
"""The response codes of MTP that errors of Windows come to (`winerror.h`)."""
_FROM_WIN32: Final = 0x8007
_FROM_MTP: Final = 0x8004
"""The upper halves of HRESULTs whose lower half is such an error, or the response code itself: Microsoft's page "MTP
Error Codes" has 0x80042009 for 0x2009."""
_MTP_CODES: Final = (range(0x2000, 0x3000), range(0xA800, 0xB000))


def _code(hresult: int) -> int:
    """What an HRESULT comes to; itself where nothing is known of it."""
    origin, code = hresult >> 16, hresult & 0xFFFF
    if origin == _FROM_MTP and any(code in codes for codes in _MTP_CODES):
        return code
    return _WIN32.get(code, hresult) if origin == _FROM_WIN32 else hresult


def _translated(call: Callable[_Given, _Answer]) -> Callable[_Given, _Answer]:
    """A call whose errors are those of every device that speaks MTP; what they held is let go of before."""

    @wraps(call)
    def translated(*given: _Given.args, **named: _Given.kwargs) -> _Answer:
        try:
            return call(*given, **named)
        except WpdError as error:
            code = _code(error.hresult)
        raise MtpError(code)

    return translated


# --- The device --------------------------------------------------------------------------------


class _Device:
    """An open device with numbers for its objects, which Windows tells by texts."""

    def __init__(self, device: OpenDevice) -> None:
        self._device = device
        self._ids: list[str] = []
        self._numbers: dict[str, int] = {}

    @_translated
    def storages(self) -> list[Storage]:
        return [
            Storage(self._number(id), UNTOLD if told.free is None else told.free, told.access in (None, READ_WRITE))
            for id, told in self._below(DEVICE)
            if told.content_type == FUNCTIONAL_OBJECT and told.category in (None, STORAGE)
        ]

    @_translated
    def children(self, storage: int, folder: int) -> list[Object]:
        parent = self._ids[storage if folder == ROOT else folder]
        return [_object(self._number(id), told) for id, told in self._below(parent)]

    @_translated
    def send(self, storage: int, folder: int, name: str, data: bytes) -> int:
        parent = self._ids[storage if folder == ROOT else folder]
        with closing(self._device.target(parent, name, len(data))) as target:
            _write(target, data)
            return self._number(target.commit())

    @_translated
    def get(self, handle: int) -> bytes:
        with closing(self._device.source(self._ids[handle])) as source:
            return b"".join(iter(lambda: source.read(_PIECE), b""))

    @_translated
    def delete(self, handle: int) -> None:
        self._device.delete(self._ids[handle])

    def release(self) -> None:
        self._device.close()

    def _below(self, parent: str) -> Iterator[tuple[str, Told]]:
        for id in self._device.children(parent):
            yield id, self._device.told(id)

    def _number(self, id: str) -> int:
        if id not in self._numbers:
            self._numbers[id] = len(self._ids)
            self._ids.append(id)
        return self._numbers[id]


def _write(target: Target, data: bytes) -> None:
    """Writes all of it: that fewer bytes were taken than were given is no error and not the end."""
    rest = data
    while rest:
        taken = target.write(rest[: target.piece or len(rest)])
        if not 0 < taken <= len(rest):
            raise MtpError()
        rest = rest[taken:]


def _object(number: int, told: Told) -> Object:
    name = told.file_name or told.name or ""
    modified = 0 if told.modified is None else round((told.modified - _UNIX_EPOCH) * _DAY)
    return Object(number, name, told.size or 0, told.content_type == FOLDER, max(0, modified))
