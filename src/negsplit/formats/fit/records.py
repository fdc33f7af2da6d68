"""The records of a FIT file, read with ``struct`` alone.

It knows the frame (header, definitions, checksums) and nothing of what a message means; it shares nothing
with fit-tool or fitdecode, so that what one of those writes or reads can be judged by it.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Final, NamedTuple

ENUM, TEXT, U16, U32, U32Z = 0x00, 0x07, 0x84, 0x86, 0x8C
"""The base types that workouts use."""

_NUMBERS: Final = {ENUM: ("B", 1, 0xFF), U16: ("H", 2, 0xFFFF), U32: ("I", 4, 0xFFFFFFFF), U32Z: ("I", 4, 0)}
"""Struct code, size and invalid value of the numeric ones."""

_HEADER_SIZE: Final = 14
_PROTOCOL_1_0: Final = 0x10

Fields = Mapping[int, Mapping[int, int]]
"""Base types by message and field number."""


def _crc_table() -> tuple[int, ...]:
    """CRC-16/ARC (polynomial 0xA001, reflected), a byte at a time."""
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0xA001 if byte & 1 else 0)
        table.append(byte)
    return tuple(table)


_CRC: Final = _crc_table()


def _checksum(data: bytes) -> int:
    crc, table = 0, _CRC
    for byte in data:
        crc = crc >> 8 ^ table[(crc ^ byte) & 0xFF]
    return crc


def fault(offset: int, expected: str, found: object) -> str:
    """``byte 61: expected 5 workout steps, found 4``."""
    return f"byte {offset}: expected {expected}, found {found}"


class _Definition(NamedTuple):
    """How to unpack the fields of a message that are of interest; the others are skipped."""

    message: int
    packing: struct.Struct
    fields: tuple[tuple[int, int | None], ...]
    places: Mapping[int, int]


class DataMessage(NamedTuple):
    """A data message: its global number and its valid values; texts are bytes with all that follows them."""

    offset: int
    message: int
    values: Mapping[int, int | bytes]
    places: Mapping[int, int]

    def number(self, field: int) -> int | None:
        """What a field holds, in the file's unit; None where that is a text, or nothing."""
        value = self.values.get(field)
        return value if isinstance(value, int) else None

    def text(self, field: int) -> bytes | None:
        """The bytes of a text; None where a field is a number, or nothing."""
        value = self.values.get(field)
        return value if isinstance(value, bytes) else None

    def fault(self, field: int, expected: str) -> str:
        """A :func:`fault` at one of its fields, or at itself where it has no such field."""
        return fault(self.offset + self.places.get(field, 0), expected, self.values.get(field, "none"))


def walk(data: bytes, fields: Fields) -> tuple[list[DataMessage], list[str]]:
    """The records whose messages and fields are in ``fields``, and what is wrong with the frame around them.

    Reading ends where the bytes stop making sense. Never raises.
    """
    faults = _frame(data)
    if len(data) < _HEADER_SIZE + 2 or data[0] != _HEADER_SIZE or data[8:12] != b".FIT":
        return [], faults
    records: list[DataMessage] = []
    definitions: dict[int, _Definition] = {}
    offset, end = _HEADER_SIZE, len(data) - 2
    while offset < end:
        header = data[offset]
        if header & 0xF0 == 0x40:
            size = 6 + 3 * data[offset + 5] if end - offset > 5 else 6
            if offset + size > end or data[offset + 2]:
                faults.append(fault(offset, f"a little-endian definition of {size} bytes", _excerpt(data, offset, end)))
                break
            definitions[header & 15] = _define(data, offset, fields, faults)
        else:
            definition = definitions.get(header)
            if definition is None:
                faults.append(fault(offset, "a definition, or a record that has one", _excerpt(data, offset, end)))
                break
            size = 1 + definition.packing.size
            if offset + size > end:
                faults.append(fault(offset, f"a record of {size} bytes", f"{end - offset}"))
                break
            if definition.message in fields:
                unpacked = zip(definition.fields, definition.packing.unpack_from(data, offset + 1), strict=True)
                values = {field: value for (field, invalid), value in unpacked if value != invalid}
                records.append(DataMessage(offset, definition.message, values, definition.places))
        offset += size
    return records, faults


def _excerpt(data: bytes, offset: int, end: int) -> str:
    return data[offset : min(offset + 6, end)].hex(" ")


def _frame(data: bytes) -> list[str]:
    """The header and both checksums."""
    if len(data) < _HEADER_SIZE + 2:
        return [fault(0, f"a header and a checksum of {_HEADER_SIZE + 2} bytes", len(data))]
    faults = []
    if data[0] != _HEADER_SIZE:
        faults.append(fault(0, f"a header of {_HEADER_SIZE} bytes", data[0]))
    if data[1] != _PROTOCOL_1_0:
        faults.append(fault(1, "protocol 1.0", f"{data[1] >> 4}.{data[1] & 15}"))
    if (size := int.from_bytes(data[4:8], "little")) != len(data) - _HEADER_SIZE - 2:
        faults.append(fault(4, f"{len(data) - _HEADER_SIZE - 2} bytes of records", size))
    if data[8:12] != b".FIT":
        faults.append(fault(8, "'.FIT'", repr(data[8:12])[1:]))
    for place, covered in ((12, data[:12]), (len(data) - 2, data[14:-2])):
        expected, found = _checksum(covered), int.from_bytes(data[place : place + 2], "little")
        if found != expected:
            faults.append(fault(place, f"checksum 0x{expected:04X}", f"0x{found:04X}"))
    return faults


def _define(data: bytes, offset: int, fields: Fields, faults: list[str]) -> _Definition:
    """The definition at ``offset``; a field of another type than expected is a fault and skipped."""
    message = int.from_bytes(data[offset + 3 : offset + 5], "little")
    expected = fields.get(message, {})
    packing, wanted, places, place = "<", [], dict[int, int](), 1
    for at in range(offset + 6, offset + 6 + 3 * data[offset + 5], 3):
        field, size, base = data[at : at + 3]
        code, width, invalid = _NUMBERS.get(base, (f"{size}s", size, None))
        if field not in expected:
            packing += f"{size}x"
        elif field in places:
            faults.append(fault(at, f"field {field} of message {message} once", "it again"))
            packing += f"{size}x"
        elif base != expected[field] or size != width:
            faults.append(fault(at, f"field {field} as type 0x{expected[field]:02X}", f"{size} bytes of 0x{base:02X}"))
            packing += f"{size}x"
        else:
            packing += code
            wanted.append((field, invalid))
            places[field] = place
        place += size
    return _Definition(message, struct.Struct(packing), tuple(wanted), places)
