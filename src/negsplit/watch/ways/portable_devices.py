"""Windows' portable devices (WPD) through comtypes: each call of `wpd.py` in a few lines, and nothing decided.

The interfaces are declared by hand, their methods in the order of `PortableDeviceApi.h` and `PortableDeviceTypes.h` as
Microsoft's win32metadata has it. That order and all ids were compared with what comtypes makes of the type libraries
in `PortableDeviceApi.dll` and `PortableDeviceTypes.dll`, as a published program carries it: they agree. Only the
directions of arguments differ there (`GetCount` and `GetAt` take what they give), so none is declared: whatever is
given back goes through a pointer, and what COM has allocated is freed here.

comtypes initialises COM for the thread that imports this, and ends it when Python ends: by then every interface has to
be let go of, so none outlives the call it is for, but for those of an open device, until it is closed.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from contextlib import suppress
from ctypes import POINTER, Structure, byref, c_double, c_long, c_uint64, c_void_p, c_wchar_p
from ctypes.wintypes import DWORD, ULONG, USHORT
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

from comtypes import CLSCTX_INPROC_SERVER, GUID, STDMETHOD, CoCreateInstance, COMError, IUnknown

from negsplit.watch.ways.wpd import OpenDevice, PortableFile, Target, Told, WpdError

_AT_ONCE: Final = 64
"""Ids to ask for in one call."""
_VT_DATE, _VT_ERROR, _VT_LPWSTR = 7, 10, 31
_STGM_READ: Final = 0
_STGC_DEFAULT: Final = 0
_NO_RECURSION: Final = 0
_SECURITY_IMPERSONATION: Final = 0x20000
"""As `winbase.h` has it, and every sample passes it on."""


_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")


class _Key(Structure):
    _fields_ = [("format", GUID), ("id", DWORD)]


class _Variant(Structure):
    """A PROPVARIANT as far as it is looked at. Its union is as long as a count and a pointer."""

    class _Union(ctypes.Union):
        class _Longest(Structure):
            _fields_ = [("count", ULONG), ("pointer", c_void_p)]

        _fields_ = [("date", c_double), ("error", c_long), ("text", c_void_p), ("longest", _Longest)]

    _anonymous_ = ("value",)
    _fields_ = [("type", USHORT), ("reserved", USHORT * 3), ("value", _Union)]


_ole32 = ctypes.OleDLL("ole32")  # type: ignore[attr-defined]
_ole32.CoTaskMemFree.restype, _ole32.CoTaskMemFree.argtypes = None, [c_void_p]
_ole32.PropVariantClear.argtypes = [POINTER(_Variant)]


# --- The interfaces ----------------------------------------------------------------------------


def _methods(*named: str | tuple[Any, ...]) -> list[Any]:
    """The methods of an interface in their order. Those that are not called are here for their places alone."""
    result = ctypes.HRESULT  # type: ignore[attr-defined]
    return [STDMETHOD(result, *([one] if isinstance(one, str) else [one[0], one[1:]])) for one in named]


class _Values(IUnknown):
    _iid_ = GUID("{6848F6F2-3155-4F86-B6F5-263EEEAB3143}")
    _methods_ = _methods(
        *("GetCount", "GetAt", "SetValue", ("GetValue", POINTER(_Key), POINTER(_Variant))),
        *(("SetStringValue", POINTER(_Key), c_wchar_p), ("GetStringValue", POINTER(_Key), POINTER(c_void_p))),
        *(
            ("SetUnsignedIntegerValue", POINTER(_Key), ULONG),
            ("GetUnsignedIntegerValue", POINTER(_Key), POINTER(ULONG)),
        ),
        *("SetSignedIntegerValue", "GetSignedIntegerValue"),
        ("SetUnsignedLargeIntegerValue", POINTER(_Key), c_uint64),
        ("GetUnsignedLargeIntegerValue", POINTER(_Key), POINTER(c_uint64)),
        *("SetSignedLargeIntegerValue", "GetSignedLargeIntegerValue", "SetFloatValue", "GetFloatValue"),
        *("SetErrorValue", "GetErrorValue", "SetKeyValue", "GetKeyValue", "SetBoolValue", "GetBoolValue"),
        *("SetIUnknownValue", "GetIUnknownValue"),
        *(("SetGuidValue", POINTER(_Key), POINTER(GUID)), ("GetGuidValue", POINTER(_Key), POINTER(GUID))),
    )


class _Keys(IUnknown):
    _iid_ = GUID("{DADA2357-E0AD-492E-98DB-DD61C53BA353}")
    _methods_ = _methods("GetCount", "GetAt", ("Add", POINTER(_Key)))


class _Variants(IUnknown):
    _iid_ = GUID("{89B2E422-4F1B-4316-BCEF-A44AFEA83EB3}")
    _methods_ = _methods(("GetCount", POINTER(DWORD)), ("GetAt", DWORD, POINTER(_Variant)), ("Add", POINTER(_Variant)))


class _Ids(IUnknown):
    _iid_ = GUID("{10ECE955-CF41-4728-BFA0-41EEDF1BBF19}")
    _methods_ = _methods(("Next", ULONG, POINTER(c_void_p), POINTER(ULONG)))


class _Sequential(IUnknown):
    _iid_ = GUID("{0C733A30-2A1C-11CE-ADE5-00AA0044773D}")
    _methods_ = _methods(
        ("Read", c_void_p, ULONG, POINTER(ULONG)),
        ("Write", c_void_p, ULONG, POINTER(ULONG)),
    )


class _Stream(_Sequential):
    _iid_ = GUID("{0000000C-0000-0000-C000-000000000046}")
    _methods_ = _methods(
        *("Seek", "SetSize", "CopyTo", ("Commit", DWORD), "Revert", "LockRegion", "UnlockRegion", "Stat", "Clone")
    )


class _DataStream(_Stream):
    _iid_ = GUID("{88E04DB3-1012-4D64-9996-F703A950D3F4}")
    _methods_ = _methods(("GetObjectID", POINTER(c_void_p)))


class _Properties(IUnknown):
    _iid_ = GUID("{7F6D695C-03DF-4439-A809-59266BEEE3A6}")
    _methods_ = _methods(
        *("GetSupportedProperties", "GetPropertyAttributes"),
        ("GetValues", c_wchar_p, POINTER(_Keys), POINTER(POINTER(_Values))),
    )


class _Resources(IUnknown):
    _iid_ = GUID("{FD8878AC-D841-4D17-891C-E6829CDB6934}")
    _methods_ = _methods(
        *("GetSupportedResources", "GetResourceAttributes"),
        ("GetStream", c_wchar_p, POINTER(_Key), DWORD, POINTER(DWORD), POINTER(POINTER(_Stream))),
    )


class _Content(IUnknown):
    _iid_ = GUID("{6A96ED84-7C73-4480-9938-BF5AF477D426}")
    _methods_ = _methods(
        ("EnumObjects", DWORD, c_wchar_p, POINTER(_Values), POINTER(POINTER(_Ids))),
        *(("Properties", POINTER(POINTER(_Properties))), ("Transfer", POINTER(POINTER(_Resources)))),
        "CreateObjectWithPropertiesOnly",
        (
            *("CreateObjectWithPropertiesAndData", POINTER(_Values), POINTER(POINTER(_Stream))),
            *(POINTER(DWORD), POINTER(c_void_p)),
        ),
        ("Delete", DWORD, POINTER(_Variants), POINTER(POINTER(_Variants))),
    )


class _Device(IUnknown):
    _iid_ = GUID("{625E2DF8-6392-4CF0-9AD1-3CFA5F17775C}")
    _methods_ = _methods(
        ("Open", c_wchar_p, POINTER(_Values)),
        *("SendCommand", ("Content", POINTER(POINTER(_Content))), "Capabilities", "Cancel", ("Close",)),
    )


class _Manager(IUnknown):
    _iid_ = GUID("{A1567595-4C2F-4574-A6FA-ECEF917B9A40}")
    _methods_ = _methods(
        *(("GetDevices", POINTER(c_void_p), POINTER(DWORD)), "RefreshDeviceList"),
        ("GetDeviceFriendlyName", c_wchar_p, c_void_p, POINTER(DWORD)),
        ("GetDeviceDescription", c_wchar_p, c_void_p, POINTER(DWORD)),
    )


_CLASSES: Final = {
    _Manager: GUID("{0AF10CEC-2ECD-4B92-9581-34F6AE0637F3}"),
    _Device: GUID("{728A21C5-3D9E-48D7-9810-864848F0F404}"),
    _Values: GUID("{0C15D503-D017-47CE-9016-7B3F978721CC}"),
    _Keys: GUID("{DE2D022D-2480-43BE-97F0-D1FA2CF98F4F}"),
    _Variants: GUID("{08A99E2F-6D6D-4B80-AF5A-BAF2BCBE4CB9}"),
}

# --- Properties, from PortableDevice.h ---------------------------------------------------------


def _keys(format: str, *ids: int) -> list[_Key]:
    return [_Key(GUID(format), id) for id in ids]


_PARENT, _NAME, _FORMAT, _CONTENT_TYPE, _SIZE, _FILE_NAME, _MODIFIED = _keys(
    "{EF6B490D-5CD8-437A-AFFC-DA8B60EE4A3C}", 3, 4, 6, 7, 11, 12, 19
)
(_CATEGORY,) = _keys("{8F052D93-ABCA-4FC5-A5AC-B01DF4DBE598}", 2)
_FREE, _ACCESS = _keys("{01A3057A-74D6-4E80-BEA7-DC4C212CE50A}", 5, 11)
_CLIENT_NAME, _QUALITY_OF_SERVICE = _keys("{204D9F0C-2292-4080-9F42-40664E70F859}", 2, 8)
(_DATA,) = _keys("{E81E79BE-34F0-41BF-B53F-F1A06AE87842}", 0)
_GENERIC_FILE: Final = GUID("{0085E0A6-8D34-45D7-BC5C-447E59C73D48}")
_UNSPECIFIED: Final = GUID("{30000000-AE6C-4804-98BA-C57B46965FE7}")
_TOLD: Final = (_NAME, _FILE_NAME, _CONTENT_TYPE, _CATEGORY, _SIZE, _MODIFIED, _FREE, _ACCESS)

# --- Small things ------------------------------------------------------------------------------


def _told(call: Callable[_Given, _Answer]) -> Callable[_Given, _Answer]:
    """A call whose failures are :class:`WpdError`.

    The error of comtypes is gone before: it holds the calls it came through, and those hold interfaces.
    """

    @wraps(call)
    def told(*given: _Given.args, **named: _Given.kwargs) -> _Answer:
        try:
            return call(*given, **named)
        except COMError as error:
            hresult = error.hresult & 0xFFFFFFFF
        raise WpdError(hresult)

    return told


def _made(interface: Any) -> Any:
    return CoCreateInstance(_CLASSES[interface], interface, CLSCTX_INPROC_SERVER)


def _given(interface: Any, call: Callable[..., Any], *arguments: Any) -> Any:
    """The interface that a call gives through its last argument."""
    pointer = POINTER(interface)()
    call(*arguments, byref(pointer))
    return pointer


def _text(address: c_void_p) -> str:
    """A text that COM has allocated, and that is freed."""
    try:
        return ctypes.wstring_at(address)
    finally:
        _ole32.CoTaskMemFree(address)


# --- What Windows knows ------------------------------------------------------------------------


class WindowsPortableDevices:
    """The devices attached. No interface is held from call to call."""

    @_told
    def paths(self) -> list[str]:
        manager, count = _made(_Manager), DWORD()
        manager.GetDevices(None, byref(count))
        if not count.value:
            return []
        paths = (c_void_p * count.value)()
        manager.GetDevices(paths, byref(count))
        return [_text(c_void_p(path)) for path in paths[: count.value] if path]

    @_told
    def name(self, path: str) -> str:
        manager = _made(_Manager)
        try:
            return _named(manager.GetDeviceFriendlyName, path)
        except COMError:
            return _named(manager.GetDeviceDescription, path)

    @_told
    def open(self, path: str) -> OpenDevice:
        client, device = _made(_Values), _made(_Device)
        client.SetStringValue(byref(_CLIENT_NAME), "negsplit")
        client.SetUnsignedIntegerValue(byref(_QUALITY_OF_SERVICE), _SECURITY_IMPERSONATION)
        device.Open(path, client)
        return _Opened(device)


def _named(call: Callable[..., Any], path: str) -> str:
    length = DWORD()
    call(path, None, byref(length))
    name = ctypes.create_unicode_buffer(length.value + 1)
    call(path, name, byref(length))
    return name.value


# --- An open device ----------------------------------------------------------------------------


class _Opened:
    def __init__(self, device: Any) -> None:
        self._device = device
        self._content = _given(_Content, device.Content)
        self._properties = _given(_Properties, self._content.Properties)
        self._keys = _made(_Keys)
        for key in _TOLD:
            self._keys.Add(byref(key))

    @_told
    def children(self, parent: str) -> list[str]:
        ids = _given(_Ids, self._content.EnumObjects, 0, parent, None)
        found: list[str] = []
        while True:
            some, count = (c_void_p * _AT_ONCE)(), ULONG()
            ids.Next(_AT_ONCE, some, byref(count))
            if not count.value:
                return found
            found += (_text(c_void_p(one)) for one in some[: count.value])

    @_told
    def told(self, id: str) -> Told:
        values = _given(_Values, self._properties.GetValues, id, self._keys)
        return Told(
            _string(values, _NAME),
            _string(values, _FILE_NAME),
            _guid(values, _CONTENT_TYPE),
            _guid(values, _CATEGORY),
            _number(values.GetUnsignedLargeIntegerValue, _SIZE, c_uint64()),
            _date(values, _MODIFIED),
            _number(values.GetUnsignedLargeIntegerValue, _FREE, c_uint64()),
            _number(values.GetUnsignedIntegerValue, _ACCESS, ULONG()),
        )

    @_told
    def source(self, id: str) -> PortableFile:
        resources, stream, best = _given(_Resources, self._content.Transfer), POINTER(_Stream)(), DWORD()
        resources.GetStream(id, byref(_DATA), _STGM_READ, byref(best), byref(stream))
        return _Reading(stream)

    @_told
    def target(self, parent: str, name: str, size: int) -> Target:
        values, stream, best = _made(_Values), POINTER(_Stream)(), DWORD()
        values.SetStringValue(byref(_PARENT), parent)
        values.SetStringValue(byref(_NAME), name)
        values.SetStringValue(byref(_FILE_NAME), name)
        values.SetUnsignedLargeIntegerValue(byref(_SIZE), size)
        values.SetGuidValue(byref(_CONTENT_TYPE), byref(_GENERIC_FILE))
        values.SetGuidValue(byref(_FORMAT), byref(_UNSPECIFIED))
        self._content.CreateObjectWithPropertiesAndData(values, byref(stream), byref(best), None)
        return _Writing(stream, best.value)

    def delete(self, id: str) -> None:
        if failure := self._failure_to_delete(id):
            raise WpdError(failure)

    @_told
    def _failure_to_delete(self, id: str) -> int:
        """The call as a whole succeeds where an object was not deleted: its result says so."""
        ids, text = _made(_Variants), ctypes.create_unicode_buffer(id)
        one = _Variant(_VT_LPWSTR)
        one.text = ctypes.addressof(text)  # which lives until this ends
        ids.Add(byref(one))
        results, count = _given(_Variants, self._content.Delete, _NO_RECURSION, ids), DWORD()
        if results:
            results.GetCount(byref(count))
        errors = (_error_at(results, index) for index in range(count.value))
        return next((error for error in errors if error), 0)

    def close(self) -> None:
        """The device comes last. That it does not answer any more is no reason to hold it."""
        self._keys = self._properties = self._content = None
        device, self._device = self._device, None
        if device is not None:
            with suppress(COMError):
                device.Close()


def _error_at(results: Any, index: int) -> int:
    """An HRESULT that says failure, or 0."""
    result = _Variant()
    results.GetAt(index, byref(result))
    error = int(result.error) if result.type == _VT_ERROR else 0
    _ole32.PropVariantClear(byref(result))
    return error & 0xFFFFFFFF if error < 0 else 0


class _Reading:
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    @_told
    def read(self, most: int) -> bytes:
        data, count = ctypes.create_string_buffer(most), ULONG()
        self._stream.Read(data, most, byref(count))
        return data.raw[: count.value]

    def close(self) -> None:
        self._stream = None


class _Writing:
    def __init__(self, stream: Any, piece: int) -> None:
        self._stream, self.piece = stream, piece

    @_told
    def write(self, data: bytes) -> int:
        count = ULONG()
        self._stream.Write(data, len(data), byref(count))
        return count.value

    @_told
    def commit(self) -> str:
        self._stream.Commit(_STGC_DEFAULT)
        made, id = self._stream.QueryInterface(_DataStream), c_void_p()
        made.GetObjectID(byref(id))
        return _text(id)

    def close(self) -> None:
        self._stream = None


# --- What is said of an object -----------------------------------------------------------------


def _string(values: Any, key: _Key) -> str | None:
    text = c_void_p()
    try:
        values.GetStringValue(byref(key), byref(text))
    except COMError:
        return None
    return _text(text)


def _guid(values: Any, key: _Key) -> str | None:
    guid = GUID()
    try:
        values.GetGuidValue(byref(key), byref(guid))
    except COMError:
        return None
    return str(guid).upper()


def _number(get: Callable[..., Any], key: _Key, number: Any) -> int | None:
    try:
        get(byref(key), byref(number))
    except COMError:
        return None
    return int(number.value)


def _date(values: Any, key: _Key) -> float | None:
    value = _Variant()
    try:
        values.GetValue(byref(key), byref(value))
    except COMError:
        return None
    date = float(value.date) if value.type == _VT_DATE else None
    _ole32.PropVariantClear(byref(value))
    return date
