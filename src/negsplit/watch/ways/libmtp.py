"""libmtp through ctypes: the few calls that files on a watch need, each pointer looked at before it is followed.

The layouts are those of `libmtp.h` 1.1.20, whose shared library has the version 9. libmtp prints what it thinks and
needs ``HOME``: whoever calls what is here does so inside :func:`~negsplit.watch.ways.containment.contained`.
"""

from __future__ import annotations

import contextlib
import ctypes
import re
import tempfile
from collections.abc import Callable, Iterator
from ctypes import POINTER, c_char_p, c_int, c_long, c_uint8, c_uint16, c_uint32, c_uint64, c_void_p
from typing import IO, Any, Final, NamedTuple, Protocol, TypeVar

from negsplit.watch.ways.mtp_device import NO_DEVICE, STORE_FULL, MtpDevice, MtpError, Object, Storage

_NAMES: Final = (
    "libmtp.so.9",
    "libmtp.9.dylib",
    "/opt/homebrew/lib/libmtp.9.dylib",
    "/usr/local/lib/libmtp.9.dylib",
)
_FOLDER, _UNKNOWN_TYPE = 0, 44
_NO_ERROR, _USB_LAYER, _NO_DEVICE_ATTACHED, _STORAGE_FULL = 0, 3, 5, 6
_READ_WRITE = 0
_ONLY_IDS = 1
"""What the storages are answered with by a device that tells nothing of them but their ids."""
_PTP_CODE: Final = re.compile(rb"^(?:PTP Layer error|Error) ([0-9a-f]{4}):")


class Attached(NamedTuple):
    """A device on the bus that speaks MTP. ``flags`` are libmtp's notes on the model, ``name`` its name for it."""

    vendor_id: int
    product_id: int
    bus: int
    number: int
    flags: int
    name: str


class Mtp(Protocol):
    """The library."""

    def detect(self) -> list[Attached]:
        """The devices on the bus that speak MTP, whoever made them."""

    def open(self, attached: Attached) -> MtpDevice:
        """Opens a device, which nobody else can do until it is released."""


# --- The binding -------------------------------------------------------------------------------


class _Entry(ctypes.Structure):
    _fields_ = [
        ("vendor", c_char_p),
        ("vendor_id", c_uint16),
        ("product", c_char_p),
        ("product_id", c_uint16),
        ("flags", c_uint32),
    ]


class _RawDevice(ctypes.Structure):
    _fields_ = [("entry", _Entry), ("bus", c_uint32), ("number", c_uint8)]


class _Error(ctypes.Structure):
    _fields_ = [("number", c_int), ("text", c_char_p), ("next", c_void_p)]


class _Storage(ctypes.Structure):
    _fields_ = [
        ("id", c_uint32),
        ("kind", c_uint16),
        ("filesystem", c_uint16),
        ("access", c_uint16),
        ("capacity", c_uint64),
        ("free", c_uint64),
        ("free_objects", c_uint64),
        ("description", c_char_p),
        ("volume", c_char_p),
        ("next", c_void_p),
        ("previous", c_void_p),
    ]


class _Device(ctypes.Structure):
    """As far as it is looked at; it is longer."""

    _fields_ = [("bits", c_uint8), ("params", c_void_p), ("usb", c_void_p), ("storage", c_void_p)]


class _File(ctypes.Structure):
    _fields_ = [
        ("handle", c_uint32),
        ("folder", c_uint32),
        ("storage", c_uint32),
        ("name", c_char_p),
        ("size", c_uint64),
        ("modified", getattr(ctypes, "c_time_t", c_long)),
        ("type", c_int),
        ("next", c_void_p),
    ]


# Pointers are numbers here: a pointer that ctypes reads from a structure would lie in that structure's memory.
_CALLS: Final[dict[str, tuple[Any, list[Any]]]] = {
    "Init": (None, []),
    "Detect_Raw_Devices": (c_int, [POINTER(c_void_p), POINTER(c_int)]),
    "Open_Raw_Device_Uncached": (c_void_p, [POINTER(_RawDevice)]),
    "Get_Storage": (c_int, [c_void_p, c_int]),
    "Get_Files_And_Folders": (c_void_p, [c_void_p, c_uint32, c_uint32]),
    "Send_File_From_File_Descriptor": (c_int, [c_void_p, c_int, POINTER(_File), c_void_p, c_void_p]),
    "Get_File_To_File_Descriptor": (c_int, [c_void_p, c_uint32, c_int, c_void_p, c_void_p]),
    "Delete_Object": (c_int, [c_void_p, c_uint32]),
    "Get_Errorstack": (c_void_p, [c_void_p]),
    "Clear_Errorstack": (None, [c_void_p]),
    "Release_Device": (None, [c_void_p]),
    "destroy_file_t": (None, [c_void_p]),
}


def load(opened: Callable[[str], Any] = ctypes.CDLL) -> Mtp | None:
    """libmtp, if this system has it; never one of another version, whose layouts are not known here."""
    for name in _NAMES:
        try:
            return _Library(opened(name))
        except (OSError, AttributeError):
            continue  # not there, or without one of the calls
    return None


class _Library:
    def __init__(self, library: Any) -> None:
        self._calls: dict[str, Callable[..., Any]] = {}
        for name, (result, arguments) in _CALLS.items():
            call = getattr(library, f"LIBMTP_{name}")
            call.restype, call.argtypes = result, arguments
            self._calls[name] = call
        self._free = ctypes.CDLL(None).free
        self._free.restype, self._free.argtypes = None, [c_void_p]
        self._begun = False

    def call(self, name: str, *arguments: Any) -> Any:
        if not self._begun:
            self._begun = True
            self._calls["Init"]()
        return self._calls[name](*arguments)

    def detect(self) -> list[Attached]:
        listed, count = c_void_p(), c_int()
        error = self.call("Detect_Raw_Devices", ctypes.byref(listed), ctypes.byref(count))
        if error not in (_NO_ERROR, _NO_DEVICE_ATTACHED):
            raise MtpError()
        if not listed.value:
            return []
        found = [_attached(raw) for raw in (_RawDevice * max(0, count.value)).from_address(listed.value)]
        self._free(listed)
        return found

    def open(self, attached: Attached) -> MtpDevice:
        entry = _Entry(None, attached.vendor_id, None, attached.product_id, attached.flags)
        device = self.call("Open_Raw_Device_Uncached", ctypes.byref(_RawDevice(entry, attached.bus, attached.number)))
        if not device:
            raise MtpError()
        return _OpenDevice(self, device)


def _attached(raw: _RawDevice) -> Attached:
    name = (raw.entry.product or b"").decode(errors="replace").strip()
    return Attached(raw.entry.vendor_id, raw.entry.product_id, raw.bus, raw.number, raw.entry.flags, name)


class _OpenDevice:
    def __init__(self, library: _Library, address: int) -> None:
        self._library = library
        self._address: int | None = address

    def _ask(self, name: str, *arguments: Any) -> Any:
        """A call on the device, with nothing of earlier calls left on its stack of errors."""
        if not self._address:
            raise MtpError(NO_DEVICE)
        self._library.call("Clear_Errorstack", self._address)
        return self._library.call(name, self._address, *arguments)

    def _do(self, name: str, *arguments: Any) -> None:
        if self._ask(name, *arguments) != 0:
            raise MtpError(_code(self._errors()))

    def _errors(self) -> list[tuple[int, bytes]]:
        first = self._library.call("Get_Errorstack", self._address)
        return [(error.number, error.text or b"") for error in _chain(_Error, first)]

    def storages(self) -> list[Storage]:
        if self._ask("Get_Storage", 0) not in (0, _ONLY_IDS):
            raise MtpError(_code(self._errors()))
        first = _Device.from_address(self._address).storage if self._address else None
        return [Storage(one.id, one.free, one.access == _READ_WRITE) for one in _chain(_Storage, first)]

    def children(self, storage: int, folder: int) -> list[Object]:
        first = self._ask("Get_Files_And_Folders", storage, folder)
        if not first and (errors := self._errors()):
            raise MtpError(_code(errors))
        found = []
        for file in _chain(_File, first):
            name = (file.name or b"").decode(errors="surrogateescape")
            found.append(Object(file.handle, name, file.size, file.type == _FOLDER, file.modified))
            self._library.call("destroy_file_t", ctypes.addressof(file))
        return found

    def send(self, storage: int, folder: int, name: str, data: bytes) -> int:
        spelt = ctypes.create_string_buffer(name.encode(errors="surrogateescape"))  # for some models it is changed
        file = _File(0, folder, storage, ctypes.cast(spelt, c_char_p), len(data), 0, _UNKNOWN_TYPE)
        with _temporary() as source:
            source.write(data)
            source.seek(0)  # flushes, too
            self._do("Send_File_From_File_Descriptor", source.fileno(), ctypes.byref(file), None, None)
        return int(file.handle)

    def get(self, handle: int) -> bytes:
        with _temporary() as target:
            self._do("Get_File_To_File_Descriptor", handle, target.fileno(), None, None)
            target.seek(0)
            return target.read()

    def delete(self, handle: int) -> None:
        self._do("Delete_Object", handle)

    def release(self) -> None:
        address, self._address = self._address, None
        if address:
            self._library.call("Release_Device", address)


_Link = TypeVar("_Link", _Error, _Storage, _File)


def _chain(link: type[_Link], address: int | None) -> Iterator[_Link]:
    """A linked list; each link may be freed before the next one is asked for."""
    while address:
        one = link.from_address(address)
        address = one.next
        yield one


def _code(errors: list[tuple[int, bytes]]) -> int | None:
    """What a device's errors come to."""
    for number, text in errors:
        if found := _PTP_CODE.match(text):
            return int(found[1], 16)
        if number == _STORAGE_FULL:
            return STORE_FULL
        if number in (_USB_LAYER, _NO_DEVICE_ATTACHED):
            return NO_DEVICE
    return None


@contextlib.contextmanager
def _temporary() -> Iterator[IO[bytes]]:
    """A file without a name, for libmtp to read and write; nobody else can open it."""
    try:
        with tempfile.TemporaryFile() as file:
            yield file
    except OSError:
        raise MtpError() from None
