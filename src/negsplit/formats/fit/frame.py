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
_REVERSED: Final = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


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
    """How a message is packed: its local number, then its values. A field is a number, a type and a size in bytes."""
    codes = (f"{size}s" if base is BaseType.STRING else base.code for _, base, size in fields)
    return struct.Struct("<B" + "".join(codes))


def definition(local_id: int, message: int, fields: Sequence[tuple[int, BaseType, int]]) -> bytes:
    """The record that says how the messages behind it with its local number are packed; sizes in bytes."""
    rows = b"".join(bytes((number, size, base.number)) for number, base, size in fields)
    return struct.pack("<BBBHB", _DEFINES | local_id, 0, 0, message, len(fields)) + rows


def frame(records: bytes, protocol: int) -> bytes:
    """A FIT file of some records; ``protocol`` is the major version of FIT that they need."""
    whole = header(len(records), protocol) + records
    return whole + _checksum(whole)


def header(size: int, protocol: int = 1) -> bytes:
    """What a FIT file begins with whose records take that many bytes."""
    packed = _HEADER.pack(_HEADER_SIZE, protocol << 4, _PROFILE, size, b".FIT")
    return packed + _checksum(packed)


def _checksum(data: bytes) -> bytes:
    """CRC-16/ARC: what is left of the bits, a polynomial over GF(2), times x^16 modulo x^16 + x^15 + x^2 + 1.

    That is (x + 1)(x^15 + x + 1). Modulo the second factor x^15s is x^s + 1 for each power s of two, so long integers
    fold in a few steps, where a loop over the bytes would be the slowest part of a file; the first factor is parity.
    """
    bits = int.from_bytes(data.translate(_REVERSED), "big") << 16
    rest, step = bits, 1 << max(bits.bit_length() // 15, 1).bit_length()
    while step := step >> 1:
        while high := rest >> 15 * step:
            rest ^= high << 15 * step ^ high << step ^ high
    if (bits.bit_count() ^ rest.bit_count()) & 1:
        rest ^= 0x8003
    return rest.to_bytes(2, "big").translate(_REVERSED)
