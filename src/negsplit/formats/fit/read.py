"""What stands in a FIT workout or schedule file, read through fitdecode.

It takes what real watches write: names without a NUL, rubbish after the first NUL, either byte order,
missing fields and unknown ones, developers' data, no type of file. What is not used is counted. Numbers stay
raw; :mod:`negsplit.formats.fit.program` says what they mean.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import fitdecode

from negsplit.formats.fit.memo import LongTextField, Part, continues, joined
from negsplit.formats.fit.profile import (
    EPOCH,
    FILE_TYPE_SCHEDULE,
    FILE_TYPE_WORKOUT,
    FileIdField,
    MemoField,
    MessageNumber,
    ScheduleField,
    StepField,
    WorkoutField,
)
from negsplit.formats.fit.schedule_entry import FitRecord, ScheduleEntry, WatchSchedule
from negsplit.frozen import dataclass

MAX_BYTES: Final = 64 * 1024
"""Largest file that is read; 50 steps with the longest texts take 13 kB."""

_FILE_TYPES: Final = {4: "activity", 5: "workout", 6: "course", 7: "schedule"}


class FitReadError(ValueError):
    """A file that is damaged, or not of the kind asked for.

    ::

        ValueError
        └── FitReadError    offset, expected, found

    ``offset`` is the byte at which reading stopped.
    """

    def __init__(self, offset: int, expected: str, found: str) -> None:
        super().__init__(f"byte {offset}: expected {expected}, found {found}")
        self.offset = offset
        self.expected = expected
        self.found = found


@dataclass(frozen=True, slots=True)
class FileId:
    """What tells files apart. ``time_created`` is in seconds since 1989-12-31 00:00 UTC."""

    type: int | None
    manufacturer: int | None
    product: int | None
    serial_number: int | None
    time_created: int | None

    @property
    def created(self) -> dt.datetime | None:
        """``time_created`` in UTC."""
        return None if self.time_created is None else _date_time(self.time_created).replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class FitStep:
    """One ``workout_step`` message as it stands; None is a field that is missing or invalid.

    ``other`` holds the numbers of the fields with a value that none of the rest shows.
    """

    index: int | None
    name: str
    notes: str
    intensity: int | None
    duration_type: int | None
    duration_value: int | None
    target_type: int | None
    target_value: int | None
    custom_low: int | None
    custom_high: int | None
    secondary_target_type: int | None
    secondary_target_value: int | None
    secondary_custom_low: int | None
    secondary_custom_high: int | None
    other: tuple[int, ...] = ()


LeftOut = tuple[tuple[int, int], ...]
"""Numbers of messages that are not used, and how many of each there are."""


@dataclass(frozen=True, slots=True)
class FitWorkout:
    """A workout file as it stands; ``num_valid_steps`` is how many steps it claims to hold.

    ``software`` is the version of whatever wrote it, as a whole number. ``developer_fields`` counts the values
    beside the profile's own; ``remarks`` says of which texts more stands in the file than could be put together.
    """

    file_id: FileId
    name: str
    sport: int | None
    sub_sport: int | None
    notes: str
    num_valid_steps: int | None
    steps: tuple[FitStep, ...]
    other: tuple[int, ...] = ()
    software: int | None = None
    left_out: LeftOut = ()
    developer_fields: int = 0
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScheduledWorkout:
    """One entry of a schedule: the workout file with this serial number and time, on a day.

    ``scheduled`` is the watch's local time; ``time_created`` is as in :class:`FileId`; ``type`` is 0 for
    workouts and 1 for courses; ``other`` holds the numbers of the fields that are not known.
    """

    serial_number: int | None
    time_created: int | None
    scheduled: dt.datetime | None
    completed: bool
    type: int | None = 0
    other: tuple[int, ...] = ()


def read(data: bytes) -> FitWorkout:
    """The workout in a FIT file: the first, where it holds several; texts that go on in other messages are whole.

    A file that does not say of what type it is may be one.

    :raises FitReadError: when the file is damaged, not a workout, or beyond :data:`MAX_BYTES`.
    """
    file_id, messages, before = _opened(data, FILE_TYPE_WORKOUT)
    found: dict[int, list[_Message]] = {number: [] for number in _USED}
    left_out = Counter(message.number for message in before)
    developer_fields = 0
    for message in messages:
        if message.number not in found or (message.number == MessageNumber.WORKOUT and found[message.number]):
            left_out[message.number] += 1
        else:
            found[message.number].append(message)
            developer_fields += message.developer_fields
    if not found[MessageNumber.WORKOUT]:
        raise FitReadError(len(data), "a workout message", "none")
    (workout,), steps = found[MessageNumber.WORKOUT], found[MessageNumber.WORKOUT_STEP]
    remarks = tuple(_lengthen(workout, steps, found[MessageNumber.MEMO_GLOB]))
    return FitWorkout(
        file_id=file_id,
        name=workout.text(WorkoutField.NAME),
        sport=workout.whole(WorkoutField.SPORT),
        sub_sport=workout.whole(WorkoutField.SUB_SPORT),
        notes=workout.text(WorkoutField.DESCRIPTION),
        num_valid_steps=workout.whole(WorkoutField.NUM_VALID_STEPS),
        steps=tuple(map(_step, steps)),
        other=workout.besides(_WORKOUT_READ),
        software=next((one.whole(_SOFTWARE) for one in found[MessageNumber.FILE_CREATOR]), None),
        left_out=tuple(sorted(left_out.items())),
        developer_fields=developer_fields,
        remarks=remarks,
    )


def read_schedule(data: bytes) -> list[ScheduledWorkout]:
    """The entries of a schedule file (``SCHEDULE.FIT``), in its order.

    :raises FitReadError: when the file is damaged, not a schedule, or beyond :data:`MAX_BYTES`.
    """
    _, messages, _ = _opened(data, FILE_TYPE_SCHEDULE)
    return [_scheduled(message) for message in messages if message.number == MessageNumber.SCHEDULE]


def left_out_of_schedule(data: bytes) -> LeftOut:
    """What a schedule file holds besides its entries.

    :raises FitReadError: as :func:`read_schedule`.
    """
    _, messages, before = _opened(data, FILE_TYPE_SCHEDULE)
    numbers = Counter(message.number for message in (*before, *messages))
    used = (MessageNumber.SCHEDULE, MessageNumber.FILE_CREATOR)
    return tuple(sorted((number, count) for number, count in numbers.items() if number not in used))


def read_entries(data: bytes) -> tuple[ScheduleEntry, ...]:
    """The entries of a schedule file with every value they hold, in its order; as :func:`read_whole_schedule`."""
    return read_whole_schedule(data).entries


def read_whole_schedule(data: bytes) -> WatchSchedule:
    """All of a schedule file, in its order: to be written again with more entries, every message to the bit.

    That is but for ``file_id`` and ``file_creator``, which say who wrote the file and will say so of the next one.

    :raises FitReadError: as :func:`read_schedule`.
    """
    _, messages, before = _opened(data, FILE_TYPE_SCHEDULE)
    entries, others = [], [message.record for message in before]
    for message in messages:
        if message.number == MessageNumber.SCHEDULE:
            entries.append(_entry(message))
        elif message.number == MessageNumber.FILE_ID:
            raise FitReadError(message.offset, "one file_id", "another")
        elif message.number != MessageNumber.FILE_CREATOR:
            others.append(message.record)
    return WatchSchedule(tuple(entries), tuple(others), protocol=data[1] >> 4)


def read_file_id(data: bytes) -> FileId:
    """What a FIT file of any kind says it is; nothing behind that message is read.

    :raises FitReadError: when the file is damaged up to there.
    """
    return _file_id(_first(_messages(data))[0])


_WORKOUT_READ: Final = frozenset(WorkoutField) - {WorkoutField.POOL_LENGTH}
_STEP_READ: Final = frozenset(
    set(StepField)
    - {StepField.EQUIPMENT, StepField.EXERCISE_CATEGORY, StepField.EXERCISE_NAME, StepField.EXERCISE_WEIGHT}
)
"""What :class:`FitStep` shows, and the unit of a weight, which says nothing without one."""
_SOFTWARE: Final = 0
_USED: Final = (
    MessageNumber.WORKOUT,
    MessageNumber.WORKOUT_STEP,
    MessageNumber.FILE_CREATOR,
    MessageNumber.MEMO_GLOB,
)
_DEVELOPERS: Final = (MessageNumber.FIELD_DESCRIPTION, MessageNumber.DEVELOPER_DATA_ID)
"""What developers' fields mean, which may be said before the file says what it is itself."""


@dataclass(frozen=True, slots=True)
class _Message:
    """A data message: its valid values by field number, and the records of its definition and its data."""

    offset: int
    number: int
    values: dict[int, object]
    definition: bytes
    data: bytes
    developer_fields: int = 0

    @property
    def record(self) -> FitRecord:
        """Both, without the local number that they go by in this file."""
        compressed = self.data[0] & 0x80  # such a header has its local number elsewhere, beside a time
        header = self.data[0] & (0x9F if compressed else 0xF0)
        return FitRecord(bytes((self.definition[0] & 0xF0,)) + self.definition[1:], bytes((header,)) + self.data[1:])

    def whole(self, field: int) -> int | None:
        value = self.values.get(field)
        if value is None or isinstance(value, int):
            return value
        raise FitReadError(self.offset, f"a whole number in field {field} of message {self.number}", repr(value))

    def text(self, field: int) -> str:
        value = self.values.get(field, "")
        if isinstance(value, str):
            return value
        raise FitReadError(self.offset, f"a text in field {field} of message {self.number}", repr(value))

    def array(self, field: int) -> bytes:
        """An array of bytes; one that is invalid, which for text is padding, counts as 0."""
        value = self.values.get(field, ())
        array = value if isinstance(value, tuple) else (value,)
        try:
            return bytes(0 if one is None else one for one in array)
        except (TypeError, ValueError):
            raise FitReadError(self.offset, f"bytes in field {field} of message {self.number}", repr(value)) from None

    def besides(self, known: frozenset[int]) -> tuple[int, ...]:
        return tuple(sorted(self.values.keys() - known))


def _messages(data: bytes) -> Iterator[_Message]:
    """The data messages; whatever fitdecode stumbles over becomes a :class:`FitReadError`."""
    _check_header(data)
    offset = 0
    reader = fitdecode.FitReader(
        data,
        processor=None,
        check_crc=fitdecode.CrcCheck.READONLY,
        error_handling=fitdecode.ErrorHandling.IGNORE,
        keep_raw_chunks=True,
    )
    try:
        for frame in reader:
            offset = frame.chunk.offset
            match frame:
                case fitdecode.FitHeader() if frame.crc_matched is False:
                    raise FitReadError(12, f"checksum {_checksum(data[:12])}", f"0x{frame.crc:04X}")
                case fitdecode.FitDefinitionMessage():
                    _check_definition(frame)
                case fitdecode.FitDataMessage():
                    values = {
                        field.field_def.def_num: field.raw_value
                        for field in frame.fields
                        if field.field_def is not None and not field.field_def.is_dev and field.raw_value is not None
                    }
                    records = frame.def_mesg.chunk.bytes, frame.chunk.bytes
                    yield _Message(offset, frame.global_mesg_num, values, *records, _developer_fields(frame))
                case fitdecode.FitCRC() if not frame.matched:
                    raise FitReadError(offset, f"checksum {_checksum(data[:offset])}", f"0x{frame.crc:04X}")
                case fitdecode.FitCRC() if offset + 2 < len(data):
                    raise FitReadError(offset + 2, "the end of the file", f"{len(data) - offset - 2} more bytes")
            offset += len(frame.chunk.bytes)
    except FitReadError:
        raise
    except fitdecode.FitEOFError as error:
        raise FitReadError(error.offset, f"{error.expected} more bytes", str(error.got)) from error
    except Exception as error:  # fitdecode lets assertions and struct's errors through; its words are its own
        raise FitReadError(offset, "a record that can be read", "one that makes no sense") from error
    finally:
        reader.close()


def _developer_fields(frame: fitdecode.FitDataMessage) -> int:
    """How many values of developers' data it has."""
    developers = (field for field in frame.fields if field.field_def is not None and field.field_def.is_dev)
    return sum(field.raw_value is not None for field in developers)


def _checksum(data: bytes) -> str:
    return f"0x{fitdecode.utils.compute_crc(data):04X}"


def _check_header(data: bytes) -> None:
    if data[8:12] != b".FIT":
        raise FitReadError(8, "'.FIT'", repr(data[8:12])[1:] if len(data) > 8 else f"{len(data)} bytes in total")
    if data[0] not in (12, 14):
        raise FitReadError(0, "a header of 12 or 14 bytes", str(data[0]))


def _check_definition(definition: fitdecode.FitDefinitionMessage) -> None:
    """A field twice is ambiguous, and fitdecode's time for it grows with its cube."""
    numbers = [field.def_num for field in definition.field_defs]
    if len(set(numbers)) < len(numbers):
        twice = next(number for number in numbers if numbers.count(number) > 1)
        raise FitReadError(
            definition.chunk.offset, f"field {twice} of message {definition.global_mesg_num} once", "it again"
        )


class _Opened(NamedTuple):
    """The file_id of a file, what follows, and what stood before it."""

    file_id: FileId
    messages: Iterator[_Message]
    before: list[_Message]


def _opened(data: bytes, kind: int) -> _Opened:
    """A file of that kind; a workout need not say so."""
    messages = _messages(data)
    first, before = _first(messages)
    file_id = _file_id(first)
    if file_id.type != kind and not (file_id.type is None and kind == FILE_TYPE_WORKOUT):
        found = "none" if file_id.type is None else f"{file_id.type} ({_FILE_TYPES.get(file_id.type, 'another kind')})"
        raise FitReadError(first.offset, f"file type {kind} ({_FILE_TYPES[kind]})", found)
    if len(data) > MAX_BYTES:
        raise FitReadError(MAX_BYTES, "the end of the file", f"{len(data) - MAX_BYTES} more bytes")
    return _Opened(file_id, messages, before)


def _first(messages: Iterator[_Message]) -> tuple[_Message, list[_Message]]:
    """The file_id, which is first but for what says what developers' data means."""
    before: list[_Message] = []
    for message in messages:
        if message.number == MessageNumber.FILE_ID:
            return message, before
        if message.number not in _DEVELOPERS:
            raise FitReadError(message.offset, "file_id first", f"message {message.number}")
        before.append(message)
    raise FitReadError(0, "file_id first", "no message")


def _file_id(message: _Message) -> FileId:
    return FileId(
        type=message.whole(FileIdField.TYPE),
        manufacturer=message.whole(FileIdField.MANUFACTURER),
        product=message.whole(FileIdField.PRODUCT),
        serial_number=message.whole(FileIdField.SERIAL_NUMBER),
        time_created=message.whole(FileIdField.TIME_CREATED),
    )


def _step(message: _Message) -> FitStep:
    return FitStep(
        index=message.whole(StepField.MESSAGE_INDEX),
        name=message.text(StepField.NAME),
        notes=message.text(StepField.NOTES),
        intensity=message.whole(StepField.INTENSITY),
        duration_type=message.whole(StepField.DURATION_TYPE),
        duration_value=message.whole(StepField.DURATION_VALUE),
        target_type=message.whole(StepField.TARGET_TYPE),
        target_value=message.whole(StepField.TARGET_VALUE),
        custom_low=message.whole(StepField.CUSTOM_LOW),
        custom_high=message.whole(StepField.CUSTOM_HIGH),
        secondary_target_type=message.whole(StepField.SECONDARY_TARGET_TYPE),
        secondary_target_value=message.whole(StepField.SECONDARY_TARGET_VALUE),
        secondary_custom_low=message.whole(StepField.SECONDARY_CUSTOM_LOW),
        secondary_custom_high=message.whole(StepField.SECONDARY_CUSTOM_HIGH),
        other=message.besides(_STEP_READ),
    )


_TEXTS: Final[dict[tuple[int, int], str]] = {
    (MessageNumber.WORKOUT, WorkoutField.NAME): "the name",
    (MessageNumber.WORKOUT, WorkoutField.DESCRIPTION): "the notes",
    (MessageNumber.WORKOUT_STEP, StepField.NAME): "the name of step {}",
    (MessageNumber.WORKOUT_STEP, StepField.NOTES): "the cue of step {}",
}
"""The texts that may go on in a memo."""


def _part(message: _Message) -> Part:
    """A part of a memo; one that does not say where it belongs belongs to no message of the profile."""
    numbers = [message.whole(one) for one in (MemoField.MESSAGE, MemoField.PARENT, MemoField.FIELD)]
    holder = LongTextField(*(-1 if number is None else number for number in numbers))
    data = message.array(MemoField.DATA) or message.array(MemoField.MEMO)
    return Part(holder, message.whole(MemoField.PART) or 0, data)


def _lengthen(workout: _Message, steps: Iterable[_Message], memos: Iterable[_Message]) -> Iterator[str]:
    """Puts the whole texts where a field holds their beginning; a remark on every other one."""
    parents = {(step.number, step.whole(StepField.MESSAGE_INDEX)): step for step in steps}
    parents[workout.number, 0] = workout
    for holder, memo in joined(map(_part, memos)).items():
        what, parent = _TEXTS.get((holder.message, holder.field)), parents.get((holder.message, holder.parent))
        if what is None or parent is None:
            where = f"field {holder.field} of message {holder.message}, index {holder.parent}"
            yield f"a long text (145) for {where}, left out: {memo.fault or f'`{memo.text}`'}"
            continue
        short, what = parent.text(holder.field), what.format(holder.parent + 1)
        if memo.fault:
            yield f"{what} goes on, but {memo.fault}; what is read of it is `{short}`"
        elif not continues(short, memo.text):
            yield f"{what} is in the file twice; left out is `{memo.text}`"
        else:
            parent.values[holder.field] = memo.text


def _scheduled(message: _Message) -> ScheduledWorkout:
    seconds = message.whole(ScheduleField.SCHEDULED_TIME)
    return ScheduledWorkout(
        serial_number=message.whole(ScheduleField.SERIAL_NUMBER),
        time_created=message.whole(ScheduleField.TIME_CREATED),
        scheduled=None if seconds is None else _date_time(seconds),
        completed=message.whole(ScheduleField.COMPLETED) == 1,
        type=message.whole(ScheduleField.TYPE),
        other=message.besides(frozenset(ScheduleField)),
    )


def _entry(message: _Message) -> ScheduleEntry:
    return ScheduleEntry(
        manufacturer=_number(message, ScheduleField.MANUFACTURER),
        product=_number(message, ScheduleField.PRODUCT),
        serial_number=_number(message, ScheduleField.SERIAL_NUMBER),
        time_created=_number(message, ScheduleField.TIME_CREATED),
        completed=_number(message, ScheduleField.COMPLETED),
        type=_number(message, ScheduleField.TYPE),
        scheduled_time=_number(message, ScheduleField.SCHEDULED_TIME),
        record=message.record,
    )


def _number(message: _Message, field: ScheduleField) -> int | None:
    """What is no number of 32 bits is not known; it stands in the record all the same."""
    value = message.values.get(field)
    return value if isinstance(value, int) and 0 <= value <= 0xFFFF_FFFF else None


def _date_time(seconds: int) -> dt.datetime:
    return EPOCH + dt.timedelta(seconds=seconds)
