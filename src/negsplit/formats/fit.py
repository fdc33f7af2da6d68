"""A Program as the bytes of a FIT workout file, through fit-tool.

One fixed layout: a 14-byte header, protocol 1.0, little-endian; ``file_id``, ``workout`` and all
``workout_step`` messages under one definition each. fit-tool writes header, definitions, record headers and
checksums. The rows are packed here by their definition: fit-tool's field objects would treble the time.
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

from negsplit.formats.fit_profile import (
    EPOCH,
    FILE_TYPE_WORKOUT,
    INTENSITIES,
    LONGEST_TEXT,
    SPORTS,
    TARGET_TYPES,
    DurationType,
    FileIdField,
    MessageNumber,
    StepField,
    TargetType,
    WorkoutField,
    to_raw,
)
from negsplit.model import Lap, UntilHeartRate
from negsplit.program import Band, Jump, Length, Program, Quantity, Step, Target, Zone
from negsplit.units import Amount, Distance, Duration

DEFAULT_CREATED: Final = dt.date(2026, 1, 1)
"""The ``time_created`` of a workout that has no date of its own."""

_MANUFACTURER_GARMIN: Final = 1
_PRODUCT_CONNECT: Final = 65534
_CAPABILITIES_TCX: Final = 32
_LARGEST_SERIAL: Final = 0xFFFFFFFE

_Row = dict[int, int | bytes]
"""Raw values by field number; a field left out holds its type's invalid value."""


class _Layout(NamedTuple):
    """A message's fields in the order written; each group of optional ones only where some row has one of it."""

    local_id: int
    message: MessageNumber
    fields: tuple[tuple[int, BaseType], ...]
    optional: tuple[frozenset[int], ...] = ()

    @property
    def texts(self) -> tuple[int, ...]:
        return tuple(number for number, base in self.fields if base is BaseType.STRING)


_FILE_ID: Final = _Layout(
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
_WORKOUT: Final = _Layout(
    1,
    MessageNumber.WORKOUT,
    (
        (WorkoutField.NAME, BaseType.STRING),
        (WorkoutField.SPORT, BaseType.ENUM),
        (WorkoutField.SUB_SPORT, BaseType.ENUM),
        (WorkoutField.CAPABILITIES, BaseType.UINT32Z),
        (WorkoutField.NUM_VALID_STEPS, BaseType.UINT16),
        (WorkoutField.DESCRIPTION, BaseType.STRING),
    ),
    (frozenset({WorkoutField.SUB_SPORT}), frozenset({WorkoutField.DESCRIPTION})),
)
_TARGET: Final = (StepField.TARGET_TYPE, StepField.TARGET_VALUE, StepField.CUSTOM_LOW, StepField.CUSTOM_HIGH)
_SECONDARY: Final = (
    StepField.SECONDARY_TARGET_TYPE,
    StepField.SECONDARY_TARGET_VALUE,
    StepField.SECONDARY_CUSTOM_LOW,
    StepField.SECONDARY_CUSTOM_HIGH,
)
_STEP: Final = _Layout(
    2,
    MessageNumber.WORKOUT_STEP,
    (
        (StepField.MESSAGE_INDEX, BaseType.UINT16),
        (StepField.NAME, BaseType.STRING),
        (StepField.DURATION_TYPE, BaseType.ENUM),
        (StepField.DURATION_VALUE, BaseType.UINT32),
        (StepField.TARGET_TYPE, BaseType.ENUM),
        (StepField.TARGET_VALUE, BaseType.UINT32),
        (StepField.CUSTOM_LOW, BaseType.UINT32),
        (StepField.CUSTOM_HIGH, BaseType.UINT32),
        (StepField.SECONDARY_TARGET_TYPE, BaseType.ENUM),
        (StepField.SECONDARY_TARGET_VALUE, BaseType.UINT32),
        (StepField.SECONDARY_CUSTOM_LOW, BaseType.UINT32),
        (StepField.SECONDARY_CUSTOM_HIGH, BaseType.UINT32),
        (StepField.INTENSITY, BaseType.ENUM),
        (StepField.NOTES, BaseType.STRING),
    ),
    (frozenset({StepField.NAME}), frozenset({StepField.NOTES}), frozenset(_SECONDARY)),
)
_LAYOUTS: Final = {layout.message: layout for layout in (_FILE_ID, _WORKOUT, _STEP)}


def encode(program: Program, *, created: dt.date = DEFAULT_CREATED) -> bytes:
    """The FIT workout file of ``program``, created at 00:00 UTC of a day; same input, same bytes.

    The serial number follows from everything but ``created``.

    :raises ValueError: for what no lowered Program holds: text beyond ASCII or 254 bytes, an odd cadence.
    :raises struct.error: for a number that does not fit its field.
    """
    content = [*_records(_WORKOUT, [_workout(program)]), *_records(_STEP, _steps(program))]
    file_id: _Row = {
        FileIdField.TYPE: FILE_TYPE_WORKOUT,
        FileIdField.MANUFACTURER: _MANUFACTURER_GARMIN,
        FileIdField.PRODUCT: _PRODUCT_CONNECT,
        FileIdField.SERIAL_NUMBER: _serial_number(content),
        FileIdField.TIME_CREATED: (created - EPOCH.date()).days * 86_400,
    }
    header = FitFileHeader(0, ProtocolVersion(1, 0), ProfileVersion(21, 95), gen_crc=True)
    data: bytes = FitFile(header, [*_records(_FILE_ID, [file_id]), *content]).to_bytes()
    return data


def _serial_number(records: Sequence[Record]) -> int:
    checksum = 0
    for record in records:
        checksum = crc32(record.to_bytes(), checksum)
    return checksum % _LARGEST_SERIAL + 1


class _Packed(Message):  # type: ignore[misc]  # fit-tool has no types
    """A data message whose payload is already packed by its definition."""

    def __init__(self, local_id: int, payload: bytes) -> None:
        super().__init__(local_id=local_id, size=len(payload))
        self.payload = payload

    def to_bytes(self) -> bytes:
        return self.payload


class _Prepared(NamedTuple):
    """A definition as a record, and how rows are packed by it."""

    definition: Record
    packing: struct.Struct
    blanks: tuple[tuple[int, int | bytes], ...]


def _records(layout: _Layout, rows: Sequence[_Row]) -> list[Record]:
    """One definition, its texts as long as the longest; then the rows."""
    given = set[int]().union(*rows)
    absent = frozenset[int]().union(*(group for group in layout.optional if not given & group))
    sizes = tuple(_text_size(number, rows) for number in layout.texts if number not in absent)
    definition, packing, blanks = _prepared(layout.message, absent, sizes)
    payloads = (packing.pack(*[row.get(number, blank) for number, blank in blanks]) for row in rows)
    return [definition, *(Record.from_message(_Packed(layout.local_id, payload)) for payload in payloads)]


@lru_cache(maxsize=1_024)
def _prepared(message: MessageNumber, absent: frozenset[int], sizes: tuple[int, ...]) -> _Prepared:
    """Files of a batch mostly differ in their rows alone: each definition is built once."""
    layout = _LAYOUTS[message]
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


def _text_size(number: int, rows: Sequence[_Row]) -> int:
    longest = max((len(text) for row in rows if isinstance(text := row.get(number), bytes)), default=0)
    return max(longest, 1) + 1


def _text(text: str, what: str) -> bytes:
    data = text.encode("ascii")
    if len(data) > LONGEST_TEXT:
        raise ValueError(f"the {what} is {len(data)} bytes long; a FIT file holds {LONGEST_TEXT}")
    return data


def _workout(program: Program) -> _Row:
    sport, sub_sport = SPORTS[program.sport]
    row: _Row = {
        WorkoutField.NAME: _text(program.name, "name of the workout"),
        WorkoutField.SPORT: sport,
        WorkoutField.CAPABILITIES: _CAPABILITIES_TCX,
        WorkoutField.NUM_VALID_STEPS: len(program.steps),
    }
    if sub_sport is not None:
        row[WorkoutField.SUB_SPORT] = sub_sport
    if program.notes:
        row[WorkoutField.DESCRIPTION] = _text(program.notes, "workout's notes")
    return row


def _steps(program: Program) -> list[_Row]:
    rows = []
    for index, item in enumerate(program.steps):
        row = _jump(item) if isinstance(item, Jump) else _step(item)
        row[StepField.MESSAGE_INDEX] = index
        rows.append(row)
    return rows


def _step(step: Step) -> _Row:
    row: _Row = {StepField.INTENSITY: INTENSITIES[step.intensity]}
    row |= _duration(step.length)
    row |= _target(step.target, _TARGET)
    if step.second is not None:
        row |= _target(step.second, _SECONDARY)
    if step.name:
        row[StepField.NAME] = _text(step.name, "name of a step")
    if step.cue:
        row[StepField.NOTES] = _text(step.cue, "cue of a step")
    return row


def _duration(length: Length) -> _Row:
    """``duration_value`` stays invalid for a step that waits for the lap button."""
    match length:
        case Duration(ms):
            return {StepField.DURATION_TYPE: DurationType.TIME, StepField.DURATION_VALUE: ms}
        case Distance(cm):
            return {StepField.DURATION_TYPE: DurationType.DISTANCE, StepField.DURATION_VALUE: cm}
        case UntilHeartRate(side, bpm):
            kind = DurationType.HR_LESS_THAN if side == "below" else DurationType.HR_GREATER_THAN
            return {StepField.DURATION_TYPE: kind, StepField.DURATION_VALUE: to_raw(Quantity.HEART_RATE, bpm)}
        case Lap():
            return {StepField.DURATION_TYPE: DurationType.OPEN}


def _target(target: Target, fields: tuple[StepField, StepField, StepField, StepField]) -> _Row:
    kind, value, low, high = fields
    match target:
        case None:
            return {kind: TargetType.OPEN, value: 0}
        case Zone(quantity, number):
            return {kind: TARGET_TYPES[quantity], value: number}
        case Band(quantity, slow, fast):
            return {
                kind: TARGET_TYPES[quantity],
                value: 0,
                low: to_raw(quantity, slow),
                high: to_raw(quantity, fast),
            }


def _jump(jump: Jump) -> _Row:
    """A repeat: ``duration_value`` is the first step of its body, ``target_value`` how often or how much."""
    kind, value = _until(jump.until)
    return {StepField.DURATION_TYPE: kind, StepField.DURATION_VALUE: jump.to, StepField.TARGET_VALUE: value}


def _until(until: int | Amount) -> tuple[DurationType, int]:
    match until:
        case Duration(ms):
            return DurationType.REPEAT_UNTIL_TIME, ms
        case Distance(cm):
            return DurationType.REPEAT_UNTIL_DISTANCE, cm
        case _:
            return DurationType.REPEAT_UNTIL_STEPS_CMPLT, until
