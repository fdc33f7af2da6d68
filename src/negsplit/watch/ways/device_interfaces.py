"""The paths of portable devices as Windows' SetupAPI tells them, with nothing but ctypes.

Calls and layouts are those of `setupapi.h`.
"""

from __future__ import annotations

import ctypes
import uuid
from collections.abc import Iterator
from ctypes import POINTER, byref, c_size_t, c_void_p, c_wchar_p, sizeof, wintypes
from typing import Any, Final

PORTABLE: Final = uuid.UUID("6AC27878-A6FA-4155-BA85-F98F491D4F33")
"""The interface class of portable devices (GUID_DEVINTERFACE_WPD)."""

_PRESENT_INTERFACES: Final = 0x2 | 0x10
_NONE: Final = c_void_p(-1).value
_LONGEST: Final = 32_768
"""Characters of the longest path that Windows has."""

_Guid = ctypes.c_ubyte * 16


class _Interface(ctypes.Structure):
    _fields_ = [
        ("size", wintypes.DWORD),
        ("guid", _Guid),
        ("flags", wintypes.DWORD),
        ("reserved", c_size_t),
    ]


class _Detail(ctypes.Structure):
    _fields_ = [("size", wintypes.DWORD), ("path", wintypes.WCHAR * _LONGEST)]


_DETAIL_SIZE: Final = 8 if sizeof(c_void_p) == 8 else 6
"""The size of an empty one, as the header packs it."""


def portable_device_paths() -> list[str]:
    """The paths of all that are attached; none where that cannot be asked."""
    setup = _setup()
    portable = _Guid.from_buffer_copy(PORTABLE.bytes_le)
    devices = setup.SetupDiGetClassDevsW(byref(portable), None, None, _PRESENT_INTERFACES)
    if devices == _NONE:
        return []
    try:
        return list(_paths(setup, devices, portable))
    finally:
        setup.SetupDiDestroyDeviceInfoList(devices)


def _paths(setup: Any, devices: int, portable: Any) -> Iterator[str]:
    interface, detail, index = _Interface(sizeof(_Interface)), _Detail(_DETAIL_SIZE), 0
    while setup.SetupDiEnumDeviceInterfaces(devices, None, byref(portable), index, byref(interface)):
        if setup.SetupDiGetDeviceInterfaceDetailW(devices, byref(interface), byref(detail), sizeof(detail), None, None):
            yield detail.path
        index += 1


def _setup() -> Any:
    setup = ctypes.WinDLL("setupapi")  # type: ignore[attr-defined]
    for name, result, *arguments in (
        ("GetClassDevsW", c_void_p, POINTER(_Guid), c_wchar_p, c_void_p, wintypes.DWORD),
        (
            "EnumDeviceInterfaces",
            wintypes.BOOL,
            c_void_p,
            c_void_p,
            POINTER(_Guid),
            wintypes.DWORD,
            POINTER(_Interface),
        ),
        (
            *("GetDeviceInterfaceDetailW", wintypes.BOOL, c_void_p, POINTER(_Interface), POINTER(_Detail)),
            *(wintypes.DWORD, c_void_p, c_void_p),
        ),
        ("DestroyDeviceInfoList", wintypes.BOOL, c_void_p),
    ):
        call = getattr(setup, f"SetupDi{name}")
        call.restype, call.argtypes = result, arguments
    return setup
