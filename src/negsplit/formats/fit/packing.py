"""Rows of numbers and texts as the records and the bytes of a FIT file, each type of message under one definition."""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import compress
from operator import itemgetter
from typing import Final, NamedTuple
from zlib import crc32

from negsplit.formats.fit.frame import BaseType, definition, frame, header, packing
from negsplit.formats.fit.profile import EPOCH, FileIdField, MessageNumber

_MANUFACTURER_GARMIN: Final = 1
_PRODUCT_CONNECT: Final = 65534
_LARGEST_SERIAL: Final = 0xFFFFFFFE
_SOFTWARE_VERSION, _HARDWARE_VERSION = 0, 1

Row = Sequence[int | bytes]
"""Raw values in the order of a layout's fields; where there is none, what a field of the type holds without one."""


class Layout:
    """A message's fields in the order written; each group of optional ones only where some row has one of it."""

    def __init__(
        self,
        local_id: int,
        message: MessageNumber,
        fields: Sequence[tuple[int, BaseType]],
        optional: Sequence[frozenset[int]] = (),
    ) -> None:
        self.local_id, self.message, self.fields = local_id, message, fields
        self.texts = tuple(place for place, (_, base) in enumerate(fields) if base is BaseType.STRING)
        places = [[place for place, (number, _) in enumerate(fields) if number in group] for group in optional]
        self.optional = tuple(tuple((place, fields[place][1].invalid) for place in group) for group in places)


class FileIdentity(NamedTuple):
    """What a schedule finds a file by. ``time_created`` is in seconds since 1989-12-31 00:00 UTC."""

    manufacturer: int
    product: int
    serial_number: int
    time_created: int


_FILE_ID: Final = Layout(
    0,
    MessageNumber.FILE_ID,
    (
        (FileIdField.TYPE, BaseType.ENUM),
        (FileIdField.MANUFACTURER, BaseType.UINT16),
        (FileIdField.PRODUCT, BaseType.UINT16),
        (FileIdField.SERIAL_NUMBER, BaseType.UINT32Z),
        (FileIdField.TIME_CREATED, BaseType.UINT32),
    ),
)


_FILE_CREATOR: Final = Layout(
    3,
    MessageNumber.FILE_CREATOR,
    ((_SOFTWARE_VERSION, BaseType.UINT16), (_HARDWARE_VERSION, BaseType.UINT8)),
)
_CONNECT_AS_CREATOR: Final = (26, 0)
"""What Garmin Connect says of itself in a schedule that it sends to a watch (a published capture of 2026)."""


def fit_file(kind: int, serial_number: int, created: dt.date, content: Sequence[bytes], protocol: int = 1) -> bytes:
    """A FIT file of a type, created at 00:00 UTC of a day; same input, same bytes.

    ``protocol`` is the major version of FIT: 2 where there is developers' data, or a number of 64 bits.
    """
    seconds = (created - EPOCH.date()).days * 86_400
    file_id = (kind, _MANUFACTURER_GARMIN, _PRODUCT_CONNECT, serial_number, seconds)
    start = [*records(_FILE_ID, [file_id]), *records(_FILE_CREATOR, [_CONNECT_AS_CREATOR])]
    return frame(b"".join((*start, *content)), protocol)


def identity(data: bytes) -> FileIdentity:
    """Who a file is that :func:`fit_file` made: its ``file_id`` stands where it was put.

    :raises ValueError: for any other file; those are for :func:`negsplit.formats.fit.read.read_file_id`.
    """
    prepared = _prepared(_FILE_ID, frozenset(), ())
    start = data[0]
    end = start + len(prepared.definition)
    if data[start:end] != prepared.definition:
        raise ValueError("this file was not written here")
    _, _, *known = prepared.packing.unpack_from(data, end)
    return FileIdentity(*known)


def begins(data: bytes, kind: int) -> bool:
    """Whether a file begins as :func:`fit_file` begins those of a type; another may be of that type all the same."""
    prepared = _prepared(_FILE_ID, frozenset(), ())
    ahead = header(int.from_bytes(data[4:8], "little")) + prepared.definition
    return len(data) >= len(ahead) + prepared.packing.size and data.startswith(ahead + bytes((_FILE_ID.local_id, kind)))


def serial_number(parts: Sequence[bytes]) -> int:
    """A number that follows from the parts alone; never 0 or the largest, which say that there is none."""
    checksum = 0
    for part in parts:
        checksum = crc32(part, checksum)
    return checksum % _LARGEST_SERIAL + 1


def renumbered(record: bytes, local_id: int) -> bytes:
    """A record that was packed elsewhere under local number 0, its header included; ``local_id`` is at most 3."""
    compressed = record[0] & 0x80
    return bytes((record[0] | (local_id << 5 if compressed else local_id),)) + record[1:]


class _Prepared(NamedTuple):
    """A definition as a record, and how rows are packed by it: the fields that it has of them."""

    definition: bytes
    packing: struct.Struct
    has: tuple[bool, ...]


def records(layout: Layout, rows: Sequence[Row]) -> list[bytes]:
    """One definition, its texts as long as the longest; then the rows.

    :raises struct.error: for a number that does not fit its field.
    """
    columns = list(zip(*rows, strict=True))
    absent = frozenset[int]().union(*(map(_place, group) for group in layout.optional if _is_blank(group, columns)))
    sizes = tuple(_text_size(columns[place]) for place in layout.texts if place not in absent)
    prepared = _prepared(layout, absent, sizes)
    pack, local_id = prepared.packing.pack, layout.local_id
    if absent:
        rows = [tuple(compress(row, prepared.has)) for row in rows]
    return [prepared.definition, *(pack(local_id, *row) for row in rows)]


_place = itemgetter(0)


def _is_blank(group: Iterable[tuple[int, int | bytes]], columns: Sequence[Sequence[int | bytes]]) -> bool:
    return all(columns[place].count(blank) == len(columns[place]) for place, blank in group)


@lru_cache(maxsize=1_024)
def _prepared(layout: Layout, absent: frozenset[int], sizes: tuple[int, ...]) -> _Prepared:
    """Files of a batch mostly differ in their rows alone: each definition is built once."""
    texts = iter(sizes)
    fields = [
        (number, base, next(texts) if base is BaseType.STRING else struct.calcsize(base.code))
        for place, (number, base) in enumerate(layout.fields)
        if place not in absent
    ]
    has = tuple(place not in absent for place in range(len(layout.fields)))
    return _Prepared(definition(layout.local_id, layout.message, fields), packing(fields), has)


def _text_size(texts: Iterable[int | bytes]) -> int:
    longest = max((len(text) for text in texts if isinstance(text, bytes)), default=0)
    return max(longest, 1) + 1
