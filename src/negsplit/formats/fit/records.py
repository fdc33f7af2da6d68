"""The records of a FIT file, read with ``struct`` alone.

It knows the frame (header, definitions, checksums) and nothing of what a message means; it shares nothing
with fit-tool or fitdecode, so that what one of those writes or reads can be judged by it.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

ENUM, TEXT, U16, U32, U32Z = 0x00, 0x07, 0x84, 0x86, 0x8C
"""The base types that workouts use."""

_NUMBERS: Final = {ENUM: ("B", 1, 0xFF), U16: ("H", 2, 0xFFFF), U32: ("I", 4, 0xFFFFFFFF), U32Z: ("I", 4, 0)}
"""Struct code, size and invalid value of the numeric ones."""

_HEADER_SIZE: Final = 14
_PROTOCOL_1_0: Final = 0x10

Fields = Mapping[int, Mapping[int, int]]
"""Base types by message and field number."""


def _checksum(data: bytes) -> int:
    """CRC-16/ARC (polynomial 0xA001, reflected), a bit at a time."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


def _ends_in_checksum(data: bytes) -> bool:
    """Whether the last two bytes are the checksum of the others, at the cost of a few operations on one long integer.

    They are where CRC-16/ARC's polynomial x^16 + x^15 + x^2 + 1 divides them all. It is x + 1, which divides what has
    an even number of ones, times x^15 + x + 1, by which x^15s is x^s + 1 for each power s of two. The first bit, of
    the highest power, is the lowest of the integer: so many of them as are above x^15s are added further down.
    """
    bits, size = int.from_bytes(data, "little"), 8 * len(data)
    if bits.bit_count() & 1:
        return False
    step = 1 << size.bit_length()
    while step := step >> 1:
        while size > 15 * step:
            over = min(size - 15 * step, 14 * step)
            first = bits & ((1 << over) - 1)
            bits = bits >> over ^ first << 15 * step - over ^ first << 14 * step - over
            size -= over
    return not bits


def fault(offset: int, expected: str, found: object) -> str:
    """``byte 61: expected 5 workout steps, found 4``."""
    return f"byte {offset}: expected {expected}, found {found}"


class _Definition(NamedTuple):
    """How to unpack the fields of a message that are of interest; the others are skipped."""

    message: int
    packing: struct.Struct
    fields: tuple[tuple[int, int | None], ...]
    places: Mapping[int, int]
    faults: tuple[tuple[int, str, str], ...]
    """Where in its bytes another was expected, what, and what is found."""


class DataMessage(NamedTuple):
    """A data message: its global number and its valid values; texts are bytes with all that follows them."""

    offset: int
    message: int
    values: Mapping[int, int | bytes]
    places: Mapping[int, int]

    def number(self, field: int) -> int | None:
        """What a field holds that is no text, in the file's unit; None where that is nothing."""
        return self.values.get(field)  # type: ignore[return-value]  # a field has the type that its reader knows

    def text(self, field: int) -> bytes | None:
        """The bytes of a text; None where a field holds nothing."""
        return self.values.get(field)  # type: ignore[return-value]

    def fault(self, field: int, expected: str) -> str:
        """A :func:`fault` at one of its fields, or at itself where it has no such field."""
        return fault(self.offset + self.places.get(field, 0), expected, self.values.get(field, "none"))


class Reader:
    """Reads the records whose messages and fields are of interest."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self._defined = lru_cache(maxsize=256)(self._define)

    def walk(self, data: bytes) -> tuple[list[DataMessage], list[str]]:
        """The records of interest, and what is wrong with the frame around them.

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
                    expected = f"a little-endian definition of {size} bytes"
                    faults.append(fault(offset, expected, _excerpt(data, offset, end)))
                    break
                definition = definitions[header & 15] = self._defined(data[offset : offset + size])
                faults += [fault(offset + at, expected, found) for at, expected, found in definition.faults]
            else:
                known = definitions.get(header)
                if known is None:
                    faults.append(fault(offset, "a definition, or a record that has one", _excerpt(data, offset, end)))
                    break
                size = known.packing.size
                if offset + size > end:
                    faults.append(fault(offset, f"a record of {size} bytes", f"{end - offset}"))
                    break
                if known.message in self.fields:
                    unpacked = zip(known.fields, known.packing.unpack_from(data, offset), strict=True)
                    values = {field: value for (field, invalid), value in unpacked if value != invalid}
                    records.append(DataMessage(offset, known.message, values, known.places))
            offset += size
        return records, faults

    def _define(self, data: bytes) -> _Definition:
        """A definition as read; a field of another type than expected is a fault and skipped."""
        message = int.from_bytes(data[3:5], "little")
        expected = self.fields.get(message, {})
        packing, wanted, places, place, faults = "<x", [], dict[int, int](), 1, []
        for at in range(6, len(data), 3):
            field, size, base = data[at : at + 3]
            code, width, invalid = _NUMBERS.get(base, (f"{size}s", size, None))
            if field not in expected:
                packing += f"{size}x"
            elif field in places:
                faults.append((at, f"field {field} of message {message} once", "it again"))
                packing += f"{size}x"
            elif base != expected[field] or size != width:
                faults.append((at, f"field {field} as type 0x{expected[field]:02X}", f"{size} bytes of 0x{base:02X}"))
                packing += f"{size}x"
            else:
                packing += code
                wanted.append((field, invalid))
                places[field] = place
            place += size
        return _Definition(message, struct.Struct(packing), tuple(wanted), places, tuple(faults))


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
    header = data[:_HEADER_SIZE]
    for covered in (header, data[_HEADER_SIZE:]):
        if not _ends_in_checksum(covered):
            expected, found = _checksum(covered[:-2]), int.from_bytes(covered[-2:], "little")
            place = (_HEADER_SIZE if covered is header else len(data)) - 2
            faults.append(fault(place, f"checksum 0x{expected:04X}", f"0x{found:04X}"))
    return faults
