"""The frame of a FIT file: base types, the definition of a message, header and checksums.

As Garmin's FIT protocol has it (developer.garmin.com/fit/protocol): little-endian, a 14-byte header, and the same
checksum over the header and over the whole file. :mod:`negsplit.formats.fit.records` reads it with numbers of its own.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from enum import Enum
from typing import Final

_HEADER: Final = struct.Struct("<BBHI4s")
_HEADER_SIZE: Final = 14
_PROFILE: Final = 2195
"""Profile 21.95, as the header counts it."""
_DEFINES: Final = 0x40
_CRC: Final = (
    *(0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401),
    *(0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400),
)
"""CRC-16/ARC half a byte at a time."""


class BaseType(Enum):
    """How a field is packed: the type's number, its ``struct`` code, and what a field without a value holds."""

    ENUM = (0x00, "B", 0xFF)
    UINT8 = (0x02, "B", 0xFF)
    STRING = (0x07, "s", b"")
    UINT16 = (0x84, "H", 0xFFFF)
    UINT32 = (0x86, "I", 0xFFFFFFFF)
    UINT32Z = (0x8C, "I", 0)

    def __init__(self, number: int, code: str, invalid: int | bytes) -> None:
        self.number, self.code, self.invalid = number, code, invalid


def packing(fields: Sequence[tuple[int, BaseType, int]]) -> struct.Struct:
    """How a message's values are packed; each field is its number, its type and, for a text, its size in bytes."""
    return struct.Struct(
        "<" + "".join(f"{size}s" if base is BaseType.STRING else base.code for _, base, size in fields)
    )


def definition(local_id: int, message: int, fields: Sequence[tuple[int, BaseType, int]]) -> bytes:
    """The record that says how the messages behind it with its local number are packed; sizes in bytes."""
    rows = b"".join(bytes((number, size, base.number)) for number, base, size in fields)
    return struct.pack("<BBBHB", _DEFINES | local_id, 0, 0, message, len(fields)) + rows


def frame(records: bytes, protocol: int) -> bytes:
    """A FIT file of some records; ``protocol`` is the major version of FIT that they need."""
    header = _HEADER.pack(_HEADER_SIZE, protocol << 4, _PROFILE, len(records), b".FIT")
    whole = header + _checksum(header) + records
    return whole + _checksum(whole)


def _checksum(data: bytes) -> bytes:
    crc, table = 0, _CRC
    for byte in data:
        crc = crc >> 4 ^ table[(crc ^ byte) & 15]
        crc = crc >> 4 ^ table[(crc ^ byte >> 4) & 15]
    return crc.to_bytes(2, "little")
