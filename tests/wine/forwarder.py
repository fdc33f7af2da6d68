"""A Windows library with nothing in it but one name that leads to another library's: Wine 8 lacks one that is needed.

Compiled Rust asks `bcryptprimitives.dll` for random bytes, which older systems have under another name. The layout is
that of Microsoft's "PE Format": headers, and one section with a table of exports whose only address lies within that
table, which makes it a forwarder.
"""

from __future__ import annotations

import struct
from typing import Final

_BASE: Final = 0x180000000
_SECTION: Final = 0x1000
"""Where the one section lies in memory, and how sections are aligned there."""
_FILE_ALIGNMENT: Final = 0x200
_AMD64, _PE32_PLUS = 0x8664, 0x20B
_EXECUTABLE_LARGE_DLL: Final = 0x2022
_CONSOLE: Final = 3
_READABLE_DATA: Final = 0x40000040


def forwarder(library: str, name: str, to: str) -> bytes:
    """The file of a library for 64 bits that exports ``name`` as ``to``, which is `LIBRARY.name`."""
    exports = _exports(library, name, to)
    padded = exports.ljust(_FILE_ALIGNMENT, b"\0")
    assert len(padded) == _FILE_ALIGNMENT
    directories = struct.pack("<II", _SECTION, len(exports)) + bytes(15 * 8)
    optional = struct.pack(
        "<HBBIIIIIQIIHHHHHHIIIIHHQQQQII",
        *(_PE32_PLUS, 0, 0, 0, _FILE_ALIGNMENT, 0, 0, 0, _BASE, _SECTION, _FILE_ALIGNMENT),
        *(6, 0, 0, 0, 6, 0, 0, 2 * _SECTION, _FILE_ALIGNMENT, 0, _CONSOLE, 0),
        *(0x100000, 0x1000, 0x100000, 0x1000, 0, 16),
    )
    section = struct.pack(
        "<8sIIIIIIHHI", b".edata", len(exports), _SECTION, len(padded), _FILE_ALIGNMENT, 0, 0, 0, 0, _READABLE_DATA
    )
    header = struct.pack("<HHIIIHH", _AMD64, 1, 0, 0, 0, len(optional + directories), _EXECUTABLE_LARGE_DLL)
    dos = b"MZ".ljust(60, b"\0") + struct.pack("<I", 64)
    return (dos + b"PE\0\0" + header + optional + directories + section).ljust(_FILE_ALIGNMENT, b"\0") + padded


def _exports(library: str, name: str, to: str) -> bytes:
    addresses = _SECTION + 40
    texts = addresses + 4 + 4 + 2
    library_at, name_at = texts, texts + len(library) + 1
    to_at = name_at + len(name) + 1
    directory = struct.pack("<IIHHIIIIIII", 0, 0, 0, 0, library_at, 1, 1, 1, addresses, addresses + 4, addresses + 8)
    tables = struct.pack("<IIH", to_at, name_at, 0)
    return directory + tables + b"".join(text.encode() + b"\0" for text in (library, name, to))
