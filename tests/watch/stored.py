"""Files as a watch writes them anew when it takes them in. They are packed byte by byte, so that tests do not lean on
the code they test; only to know a workout the reader is asked, and fitdecode to know a schedule.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import fitdecode

from negsplit.formats.fit.read import FitStep, FitWorkout, read
from strategies.fit_bytes import ENUM, STRING, UINT8, UINT16, UINT32, UINT32Z, crc

# --- A workout, as a Forerunner 935 stores it ---------------------------------------------------

Fields = tuple[tuple[int, int, int], ...]
"""Number, bytes and base type of each, in the order written."""

_FILE_ID: Fields = (
    (3, 4, UINT32Z),
    (4, 4, UINT32),
    (7, 4, UINT32),
    (1, 2, UINT16),
    (2, 2, UINT16),
    (5, 2, UINT16),
    (0, 1, ENUM),
)
_FILE_CREATOR: Fields = ((2, 20, STRING), (0, 2, UINT16), (1, 1, UINT8))
_WORKOUT: Fields = (
    (5, 4, UINT32Z),
    (8, 16, STRING),
    (10, 4, UINT32),
    (6, 2, UINT16),
    (7, 2, UINT16),
    (12, 2, UINT16),
    (14, 2, UINT16),
    (4, 1, ENUM),
    (9, 1, ENUM),
    (11, 1, ENUM),
    (13, 1, ENUM),
    (15, 1, ENUM),
)
_STEP: Fields = (
    (0, 16, STRING),
    (2, 4, UINT32),
    (4, 4, UINT32),
    (5, 4, UINT32),
    (6, 4, UINT32),
    (8, 200, STRING),
    (254, 2, UINT16),
    (10, 2, UINT16),
    (11, 2, UINT16),
    (12, 2, UINT16),
    (13, 2, UINT16),
    (1, 1, ENUM),
    (3, 1, ENUM),
    (7, 1, ENUM),
    (9, 1, ENUM),
)
_LEFT_IN_MEMORY = b"\xfe\x02\x84 prints with 1min rest 2*10\0\x02\0\0\0 \0\x09@\0\x01\0\x1b\x06\xff" * 5


def as_stored(data: bytes) -> bytes:
    """A workout as the watch writes it anew: each text in a buffer of its own size, cut without a NUL where it is too
    long, and behind its NUL whatever stood in memory; one definition a message; the same number and time.
    """
    found = read(data)
    body = (
        _message(0, _FILE_ID, [_file_id(found)])
        + _message(49, _FILE_CREATOR, [{2: "", 0: 0, 1: 0}])
        + _message(26, _WORKOUT, [_workout(found)])
        + _message(27, _STEP, [_step(one) for one in found.steps])
    )
    return _file(2125, body)


Values = dict[int, int | str | None]


def _file_id(found: FitWorkout) -> Values:
    one = found.file_id
    return {0: one.type, 1: one.manufacturer, 2: one.product, 3: one.serial_number, 4: one.time_created}


def _workout(found: FitWorkout) -> Values:
    return {4: found.sport, 5: 32, 6: found.num_valid_steps, 8: found.name, 11: found.sub_sport}


def _step(one: FitStep) -> Values:
    """Without second targets, which came after this watch."""
    return {
        254: one.index,
        0: one.name,
        1: one.duration_type,
        2: one.duration_value,
        3: one.target_type,
        4: one.target_value,
        5: one.custom_low,
        6: one.custom_high,
        7: one.intensity,
        8: one.notes,
    }


def _message(number: int, fields: Fields, rows: Sequence[Values]) -> bytes:
    definition = struct.pack("<BBBHB", 0x40, 0, 0, number, len(fields)) + b"".join(map(bytes, fields))
    return definition + b"".join(b"\0" + b"".join(_value(row.get(one[0]), *one[1:]) for one in fields) for row in rows)


def _value(value: int | str | None, size: int, base: int) -> bytes:
    if base == STRING:
        text = str(value).encode() + b"\0"
        return text[:size] + _LEFT_IN_MEMORY[len(text) : size]
    if value is None:
        return bytes(size) if base == UINT32Z else b"\xff" * size
    return int(value).to_bytes(size, "little")


def _file(profile: int, body: bytes) -> bytes:
    """Some messages with what goes around them; ``profile`` is the version that the watch's software knows."""
    head = struct.pack("<BBHI4s", 14, 0x10, profile, len(body), b".FIT")
    head += struct.pack("<H", crc(head))
    return head + body + struct.pack("<H", crc(head + body))


# --- A schedule, as a fenix 6X keeps it ---------------------------------------------------------

_PLAN, _ENTRY = 137, 28
"""Messages: a plan of Garmin Connect, which is not in the public profile, and a scheduled workout."""
_OF_THE_UNIT: Fields = ((3, 4, UINT32Z), (4, 4, UINT32), (1, 2, UINT16), (2, 2, UINT16), (5, 2, UINT16), (0, 1, ENUM))
_SOFTWARE: Fields = ((0, 2, UINT16), (1, 1, UINT8))
_ENTRIES: Fields = (
    (0, 2, UINT16),
    (1, 2, UINT16),
    (2, 4, UINT32Z),
    (3, 4, UINT32),
    (5, 1, ENUM),
    (6, 4, UINT32),
    (4, 1, ENUM),
    (10, 1, UINT8),
    (7, 2, UINT16),
    (9, 1, UINT8),
)
_INDEX = 254


class Number(NamedTuple):
    """What a watch knows a file by."""

    serial_number: int | None
    time_created: int | None


def scheduled(data: bytes) -> list[Number]:
    """The workouts that a schedule names, in its order."""
    return [_named(dict(one.values)) for one in _read(data) if one.number == _ENTRY]


def schedule_as_kept(data: bytes, unit: int, has: Callable[[Number], bool]) -> bytes:
    """A schedule written anew: little-endian, under the number of the unit, and of the entries those whose workout
    the watch ``has``.

    After a published reading of one: plans go by index 0, entries by it too (field 7), their field 9 is invalid, and
    field 10 stays as it came.
    """
    messages = list(_read(data))
    entries = [dict(one.values) for one in messages if one.number == _ENTRY]
    body = _message(0, _OF_THE_UNIT, [{0: 7, 1: 1, 2: 3291, 3: unit, 4: None}])
    body += _message(49, _SOFTWARE, [{0: 2802, 1: None}])
    for one in messages:
        if one.number == _PLAN:
            body += _message(_PLAN, one.fields, [dict(one.values) | {_INDEX: 0}])
    body += _message(_ENTRY, _ENTRIES, [one | {7: 0, 9: None} for one in entries if has(_named(one))])
    return _file(21126, body)


def _named(entry: Values) -> Number:
    serial_number, time_created = entry.get(2), entry.get(3)
    assert not isinstance(serial_number, str)
    assert not isinstance(time_created, str)
    return Number(serial_number, time_created)


class _Message(NamedTuple):
    """One of a file, in whatever order of bytes."""

    number: int
    fields: Fields
    values: Values


def _read(data: bytes) -> Iterator[_Message]:
    with fitdecode.FitReader(data, check_crc=fitdecode.CrcCheck.RAISE) as reader:
        for frame in reader:
            if isinstance(frame, fitdecode.FitDataMessage):
                fields = tuple((one.def_num, one.size, one.base_type.identifier) for one in frame.def_mesg.field_defs)
                yield _Message(frame.global_mesg_num, fields, {one.def_num: one.raw_value for one in frame.fields})
