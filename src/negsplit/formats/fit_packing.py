"""Rows of numbers and texts as the records and the bytes of a FIT file, through fit-tool.

One fixed frame: a 14-byte header, protocol 1.0, little-endian; each type of message under one definition.
fit-tool writes header, definitions, record headers and checksums. The rows are packed here by their
definition: fit-tool's field objects would treble the time.
"""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple
from zlib import crc32

from fit_tool.base_type import BaseType
from fit_tool.definition_message import DefinitionMessage
from fit_tool.field_definition import FieldDefinition
from fit_tool.fit_file import FitFile
from fit_tool.fit_file_header import FitFileHeader, ProfileVersion, ProtocolVersion
from fit_tool.message import Message
from fit_tool.record import Record

from negsplit.formats.fit_profile import EPOCH, FileIdField, MessageNumber

_MANUFACTURER_GARMIN: Final = 1
_PRODUCT_CONNECT: Final = 65534
_LARGEST_SERIAL: Final = 0xFFFFFFFE
_SOFTWARE_VERSION, _HARDWARE_VERSION = 0, 1

Row = dict[int, int | bytes]
"""Raw values by field number; a field left out holds its type's invalid value."""


class Layout:
    """A message's fields in the order written; each group of optional ones only where some row has one of it."""

    def __init__(
        self,
        local_id: int,
        message: MessageNumber,
        fields: Sequence[tuple[int, BaseType]],
        optional: Sequence[frozenset[int]] = (),
    ) -> None:
        self.local_id, self.message, self.fields, self.optional = local_id, message, fields, optional
        self.texts = tuple(number for number, base in fields if base is BaseType.STRING)


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
_CONNECT_AS_CREATOR: Final[Row] = {_SOFTWARE_VERSION: 26, _HARDWARE_VERSION: 0}
"""What Garmin Connect says of itself in a schedule that it sends to a watch (a published capture of 2026)."""


def fit_file(kind: int, serial_number: int, created: dt.date, content: Sequence[Record], protocol: int = 1) -> bytes:
    """A FIT file of a type, created at 00:00 UTC of a day; same input, same bytes.

    ``protocol`` is the major version of FIT: 2 where there is developers' data, or a number of 64 bits.
    """
    file_id: Row = {
        FileIdField.TYPE: kind,
        FileIdField.MANUFACTURER: _MANUFACTURER_GARMIN,
        FileIdField.PRODUCT: _PRODUCT_CONNECT,
        FileIdField.SERIAL_NUMBER: serial_number,
        FileIdField.TIME_CREATED: (created - EPOCH.date()).days * 86_400,
    }
    header = FitFileHeader(0, ProtocolVersion(protocol, 0), ProfileVersion(21, 95), gen_crc=True)
    start = [*records(_FILE_ID, [file_id]), *records(_FILE_CREATOR, [_CONNECT_AS_CREATOR])]
    data: bytes = FitFile(header, [*start, *content]).to_bytes()
    return data


def identity(data: bytes) -> FileIdentity:
    """Who a file is that :func:`fit_file` made: its ``file_id`` stands where it was put.

    Anything else is for :func:`negsplit.formats.fit_reader.read_file_id`, which asks nothing of a file.
    """
    prepared = _prepared(_FILE_ID, frozenset(), ())
    header, definition = data[0], prepared.definition.to_bytes()
    if data[header : header + len(definition)] != definition:
        raise ValueError("this file was not written here")
    return FileIdentity(*prepared.packing.unpack_from(data, header + len(definition) + 1)[1:])


def serial_number(parts: Sequence[bytes]) -> int:
    """A number that follows from the parts alone; never 0 or the largest, which say that there is none."""
    checksum = 0
    for part in parts:
        checksum = crc32(part, checksum)
    return checksum % _LARGEST_SERIAL + 1


class _Packed(Message):  # type: ignore[misc]  # fit-tool has no types
    """A data message whose payload is already packed by its definition."""

    def __init__(self, local_id: int, payload: bytes) -> None:
        super().__init__(local_id=local_id, size=len(payload))
        self.payload = payload

    def to_bytes(self) -> bytes:
        return self.payload


class _Header:
    """The first byte of a record, as it is; fit-tool is told of no time in it, which it would write anew."""

    size, is_time_compressed = 1, False

    def __init__(self, byte: int) -> None:
        self._byte, self.is_definition = byte, byte & 0xC0 == 0x40

    def to_bytes(self) -> bytes:
        return bytes((self._byte,))


def record(data: bytes, local_id: int) -> Record:
    """A record that was packed elsewhere under local number 0, its header included; ``local_id`` is at most 3."""
    compressed = data[0] & 0x80
    header = _Header(data[0] | (local_id << 5 if compressed else local_id))
    return Record(header, _Packed(local_id, data[1:]))


class _Prepared(NamedTuple):
    """A definition as a record, and how rows are packed by it."""

    definition: Record
    packing: struct.Struct
    blanks: tuple[tuple[int, int | bytes], ...]


def records(layout: Layout, rows: Sequence[Row]) -> list[Record]:
    """One definition, its texts as long as the longest; then the rows.

    :raises struct.error: for a number that does not fit its field.
    """
    given = set[int]().union(*rows)
    absent = frozenset[int]().union(*(group for group in layout.optional if not given & group))
    sizes = tuple(_text_size(number, rows) for number in layout.texts if number not in absent)
    definition, packing, blanks = _prepared(layout, absent, sizes)
    payloads = (packing.pack(*[row.get(number, blank) for number, blank in blanks]) for row in rows)
    return [definition, *(Record.from_message(_Packed(layout.local_id, payload)) for payload in payloads)]


@lru_cache(maxsize=1_024)
def _prepared(layout: Layout, absent: frozenset[int], sizes: tuple[int, ...]) -> _Prepared:
    """Files of a batch mostly differ in their rows alone: each definition is built once."""
    texts = iter(sizes)
    fields = [
        FieldDefinition(number, next(texts) if base is BaseType.STRING else base.size, base)
        for number, base in layout.fields
        if number not in absent
    ]
    packing = struct.Struct("<" + "".join(field.base_type.struct_format or f"{field.size}s" for field in fields))
    blanks = tuple(
        (field.field_id, b"" if field.base_type is BaseType.STRING else field.base_type.invalid_raw_value())
        for field in fields
    )
    definition = DefinitionMessage(layout.local_id, layout.message, field_definitions=fields)
    return _Prepared(Record.from_message(definition), packing, blanks)


def _text_size(number: int, rows: Sequence[Row]) -> int:
    longest = max((len(text) for row in rows if isinstance(text := row.get(number), bytes)), default=0)
    return max(longest, 1) + 1
