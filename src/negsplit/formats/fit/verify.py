"""The rules a workout file must keep to work on a watch, checked on its bytes.

No decoder checks what a workout means: the wrong number of steps, a repeat that jumps forward or a heart
rate without its offset pass them all. The rules share neither library nor numbers with the writer, so that
a mistake there shows here. Numbers are those of FIT profile 21, ranges of amounts those of the language.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from negsplit.formats.fit.records import ENUM, TEXT, U16, U32, U32Z, DataMessage, Reader, fault

_FILE_ID, _WORKOUT, _STEP = 0, 26, 27
_TYPE, _MANUFACTURER, _PRODUCT, _SERIAL_NUMBER, _TIME_CREATED = range(5)
_SPORT, _NUM_VALID_STEPS, _NAME, _SUB_SPORT, _DESCRIPTION = 4, 6, 8, 11, 17
_STEP_NAME, _DURATION_TYPE, _DURATION_VALUE, _INTENSITY, _NOTES, _INDEX = 0, 1, 2, 7, 8, 254
_TARGET: Final = (3, 4, 5, 6)
_SECONDARY: Final = (19, 20, 21, 22)
"""Fields of a target: type, value, custom low and high."""

_READER: Final = Reader(
    {
        _FILE_ID: {_TYPE: ENUM, _MANUFACTURER: U16, _PRODUCT: U16, _SERIAL_NUMBER: U32Z, _TIME_CREATED: U32},
        _WORKOUT: {_SPORT: ENUM, _NUM_VALID_STEPS: U16, _NAME: TEXT, _SUB_SPORT: ENUM, _DESCRIPTION: TEXT},
        _STEP: {
            _INDEX: U16,
            **dict.fromkeys((_STEP_NAME, _NOTES), TEXT),
            **dict.fromkeys((_DURATION_TYPE, _TARGET[0], _SECONDARY[0], _INTENSITY), ENUM),
            **dict.fromkeys((_DURATION_VALUE, *_TARGET[1:], *_SECONDARY[1:]), U32),
        },
    }
)
_PLAIN: Final = re.compile(rb"([ -~]*)\0+")
"""A text as it should be."""
_LARGEST_SERIAL: Final = 0xFFFFFFFE
_SPORTS: Final = {1: (None, 1, 3, 4), 11: (None,), 17: (None,)}
"""Running, walking and hiking with the sub-sports they may have (treadmill, trail, track)."""

_TIME: Final = (1_000, 86_400_000, "ms")
_DISTANCE: Final = (1_000, 20_000_000, "cm")
_SPEED: Final = (500, 12_000, "mm/s")
_HEART_RATE: Final = (130, 320, "bpm + 100")
_POWER: Final = (1_001, 3_000, "W + 1000")
_CADENCE: Final = (30, 150, "revolutions a minute")
_COUNT: Final = (2, 0xFFFFFFFE, "repetitions")
_ANY: Final = (0, 0xFFFFFFFE, "")

_INTENSITIES: Final = frozenset(range(7))
_OPEN_DURATION: Final = 5
_DURATIONS: Final = {
    **dict.fromkeys((0, 28, 31), _TIME),
    1: _DISTANCE,
    **dict.fromkeys((2, 3), _HEART_RATE),
    **dict.fromkeys((4, 14, 15, 16, *range(19, 27), 29), _ANY),
}
_REPEATS: Final = {6: _COUNT, 7: _TIME, 8: _DISTANCE, **dict.fromkeys((*range(9, 14), 17, 18, 27), _ANY)}
"""The amount or count that ends a repeat, by ``duration_type``."""

_TARGETS: Final = {
    **dict.fromkeys((0, 12), (_SPEED, 10)),
    **dict.fromkeys((1, 13), (_HEART_RATE, 5)),
    3: (_CADENCE, 10),
    **dict.fromkeys((4, 7, 8, 9, 10), (_POWER, 7)),
}
"""The range of a custom target and the number of zones, by ``target_type``."""
_OTHER_TARGETS: Final = (2, 5, 6, 11)
"""Open, grade, resistance, swim stroke."""


def verify(data: bytes, *, max_steps: int = 250, max_step_name: int = 15, max_notes: int = 199) -> list[str]:
    """What is wrong with a workout file, each with its byte offset; empty when it keeps every rule.

    ``max_step_name`` and ``max_notes`` are bytes without the NUL. Never raises.
    """
    records, faults = _READER.walk(data)
    if not records:
        return faults or [fault(len(data), "a file_id, a workout and its steps", "no record")]
    steps = [record for record in records if record.message == _STEP]
    faults += _file_id(records)
    faults += _workout(records, steps)
    if len(steps) > max_steps:
        faults.append(fault(steps[max_steps].offset, f"at most {max_steps} steps", len(steps)))
    for index, step in enumerate(steps):
        faults += _step(step, index)
        faults += _text(step, _STEP_NAME, max_step_name)
        faults += _text(step, _NOTES, max_notes)
    faults += _repeats(steps)
    return faults


def _file_id(records: list[DataMessage]) -> Iterator[str]:
    """First and only, a workout's, with all that identifies a file."""
    first, *others = records
    if first.message != _FILE_ID:
        yield fault(first.offset, "file_id first", f"message {first.message}")
        return
    if first.number(_TYPE) != 5:
        yield first.fault(_TYPE, "file type 5 (workout)")
    for field, what in ((_MANUFACTURER, "a manufacturer"), (_PRODUCT, "a product"), (_TIME_CREATED, "a time")):
        if first.number(field) is None:
            yield first.fault(field, what)
    if not 0 < (first.number(_SERIAL_NUMBER) or 0) <= _LARGEST_SERIAL:
        yield first.fault(_SERIAL_NUMBER, f"a serial number from 1 to {_LARGEST_SERIAL}")
    for other in others:
        if other.message == _FILE_ID:
            yield fault(other.offset, "one file_id", "another")


def _workout(records: list[DataMessage], steps: list[DataMessage]) -> Iterator[str]:
    """One, before its steps, that names itself and its sport and counts all step messages."""
    workouts = [record for record in records if record.message == _WORKOUT]
    end = records[-1].offset
    if not steps:
        yield fault(end, "at least one step", 0)
    if len(workouts) != 1:
        yield fault(workouts[1].offset if workouts else end, "one workout", len(workouts))
        return
    workout = workouts[0]
    if steps and steps[0].offset < workout.offset:
        yield fault(steps[0].offset, "the workout before its steps", "a step")
    if workout.number(_NUM_VALID_STEPS) != len(steps):
        yield workout.fault(_NUM_VALID_STEPS, f"num_valid_steps {len(steps)}")
    sport = workout.number(_SPORT)
    if sport not in _SPORTS:
        yield workout.fault(_SPORT, "running (1), walking (11) or hiking (17)")
    elif workout.number(_SUB_SPORT) not in _SPORTS[sport]:
        yield workout.fault(_SUB_SPORT, f"a sub-sport of sport {sport}")
    if not (workout.text(_NAME) or b"").partition(b"\0")[0]:
        yield workout.fault(_NAME, "a name")
    yield from _text(workout, _NAME, 254)
    yield from _text(workout, _DESCRIPTION, 254)


def _text(record: DataMessage, field: int, longest: int) -> list[str]:
    """Printable ASCII, ended by a NUL, nothing after it."""
    data = record.text(field)
    if data is None or ((plain := _PLAIN.fullmatch(data)) and plain.end(1) <= longest):
        return []
    faults = []
    text, nul, rest = data.partition(b"\0")
    if not nul or rest.strip(b"\0"):
        faults.append(record.fault(field, "a text with nothing but NUL after it"))
    if len(text) > longest:
        faults.append(record.fault(field, f"a text of at most {longest} bytes"))
    if not text.isascii() or not text.decode("ascii").isprintable():
        faults.append(record.fault(field, "printable ASCII"))
    return faults


def _step(step: DataMessage, index: int) -> list[str]:
    """Its place, what ends it, what to hold and how hard it is."""
    values = step.values
    faults = [] if values.get(_INDEX) == index else [step.fault(_INDEX, f"message_index {index}")]
    duration = step.number(_DURATION_TYPE)
    if duration in _REPEATS:
        return faults + _amount(step, _TARGET[1], _REPEATS[duration])
    if duration in _DURATIONS:
        faults += _amount(step, _DURATION_VALUE, _DURATIONS[duration])
    elif duration != _OPEN_DURATION:
        faults.append(step.fault(_DURATION_TYPE, "a duration type of the profile"))
    elif _DURATION_VALUE in values:
        faults.append(step.fault(_DURATION_VALUE, "no amount for a step that waits for the lap button"))
    if values.get(_INTENSITY) not in _INTENSITIES:
        faults.append(step.fault(_INTENSITY, "an intensity from 0 to 6"))
    faults += _target(step, *_TARGET)
    if not values.keys().isdisjoint(_SECONDARY):
        faults += _target(step, *_SECONDARY)
    return faults


def _amount(step: DataMessage, field: int, limits: tuple[int, int, str]) -> list[str]:
    least, most, unit = limits
    value = step.number(field)
    if value is None or not least <= value <= most:
        return [step.fault(field, f"{least} to {most} {unit}".rstrip())]
    return []


def _target(step: DataMessage, kind: int, zone: int, low: int, high: int) -> list[str]:
    """A zone, or zone 0 and a custom range from low to high."""
    target = step.number(kind)
    if target not in _TARGETS:
        return [] if target in _OTHER_TARGETS else [step.fault(kind, "a target type of the profile")]
    limits, zones = _TARGETS[target]
    slow, fast = step.number(low), step.number(high)
    if slow is None and fast is None:
        if 1 <= (step.number(zone) or 0) <= zones:
            return []
        return [step.fault(zone, f"a zone from 1 to {zones} or a custom range")]
    faults = _amount(step, low, limits) + _amount(step, high, limits)
    if slow is not None and fast is not None and slow > fast:
        faults.append(step.fault(low, f"at most the high end, {fast}"))
    if step.number(zone) != 0:
        faults.append(step.fault(zone, "target_value 0 beside a custom range"))
    return faults


def _repeats(steps: list[DataMessage]) -> Iterator[str]:
    """Every repeat stands behind its body and contains the repeats inside it as a whole."""
    starts: list[int] = []
    for index, step in enumerate(steps):
        if step.number(_DURATION_TYPE) not in _REPEATS:
            starts.append(index)
            continue
        to = step.number(_DURATION_VALUE)
        if to is None or to >= index:
            yield step.fault(_DURATION_VALUE, f"the index of a step before step {index}")
            continue
        place = bisect_left(starts, to)
        if starts[place : place + 1] != [to]:
            yield step.fault(_DURATION_VALUE, "the first step of a body that crosses no other repeat")
        else:
            del starts[place + 1 :]
