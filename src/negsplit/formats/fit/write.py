"""A Program as the bytes of a FIT workout file: ``file_id``, ``workout``, then every ``workout_step``."""

from __future__ import annotations

import datetime as dt
from typing import Final

from negsplit.formats.fit.frame import BaseType
from negsplit.formats.fit.packing import Layout, Row, fit_file, records, serial_number
from negsplit.formats.fit.profile import (
    FILE_TYPE_WORKOUT,
    INTENSITIES,
    LONGEST_TEXT,
    SPORTS,
    TARGET_TYPES,
    DurationType,
    MessageNumber,
    StepField,
    TargetType,
    WorkoutField,
    to_raw,
)
from negsplit.model import Lap, UntilHeartRate
from negsplit.program.model import Band, Jump, Length, Program, ProgramStep, Quantity, Target, Zone
from negsplit.units import Amount, Distance, Duration

DEFAULT_CREATED: Final = dt.date(2026, 1, 1)
"""The ``time_created`` of a workout that has no date of its own."""

_CAPABILITIES_TCX: Final = 32

_WORKOUT: Final = Layout(
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
_STEP: Final = Layout(
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
    (
        frozenset({StepField.NAME}),
        frozenset({StepField.NOTES}),
        frozenset(
            {
                StepField.SECONDARY_TARGET_TYPE,
                StepField.SECONDARY_TARGET_VALUE,
                StepField.SECONDARY_CUSTOM_LOW,
                StepField.SECONDARY_CUSTOM_HIGH,
            }
        ),
    ),
)
_NO_NAME: Final = 0xFF
_NOTHING: Final = 0xFFFFFFFF
"""What a field of names, and one of amounts, holds without a value."""
_TIME, _DISTANCE = DurationType.TIME, DurationType.DISTANCE
_OPEN: Final = (TargetType.OPEN, 0, _NOTHING, _NOTHING)
_NO_TARGET: Final = (_NO_NAME, _NOTHING, _NOTHING, _NOTHING)


def encode(program: Program, *, created: dt.date = DEFAULT_CREATED) -> bytes:
    """The FIT workout file of ``program``, created at 00:00 UTC of a day; same input, same bytes.

    The serial number follows from everything but ``created``.

    :raises ValueError: for what no lowered Program holds: text beyond ASCII or 254 bytes, an odd cadence.
    :raises struct.error: for a number that does not fit its field.
    """
    steps = [_jump(i, one) if isinstance(one, Jump) else _step(i, one) for i, one in enumerate(program.steps)]
    content = [*records(_WORKOUT, [_workout(program)]), *records(_STEP, steps)]
    number = serial_number(content)
    return fit_file(FILE_TYPE_WORKOUT, number, created, content)


def _text(text: str, what: str) -> bytes:
    data = text.encode("ascii")
    if len(data) > LONGEST_TEXT:
        raise ValueError(f"the {what} is {len(data)} bytes long; a FIT file holds {LONGEST_TEXT}")
    return data


def _workout(program: Program) -> Row:
    sport, sub_sport = SPORTS[program.sport]
    return (
        _text(program.name, "name of the workout"),
        sport,
        _NO_NAME if sub_sport is None else sub_sport,
        _CAPABILITIES_TCX,
        len(program.steps),
        _text(program.notes, "workout's notes"),
    )


def _step(index: int, step: ProgramStep) -> Row:
    return (
        index,
        _text(step.name, "name of a step"),
        *_duration(step.length),
        *_target(step.target),
        *(_NO_TARGET if step.second is None else _target(step.second)),
        INTENSITIES[step.intensity],
        _text(step.cue, "cue of a step"),
    )


def _duration(length: Length) -> tuple[int, int]:
    """Its type and ``duration_value``, which stays invalid for a step that waits for the lap button."""
    match length:
        case Duration(ms):
            return _TIME, ms
        case Distance(cm):
            return _DISTANCE, cm
        case UntilHeartRate(side, bpm):
            kind = DurationType.HR_LESS_THAN if side == "below" else DurationType.HR_GREATER_THAN
            return kind, to_raw(Quantity.HEART_RATE, bpm)
        case Lap():
            return DurationType.OPEN, _NOTHING


def _target(target: Target) -> tuple[int, int, int, int]:
    """Its type, a zone, and the low and the high end of a custom range beside zone 0."""
    match target:
        case None:
            return _OPEN
        case Band(quantity, slow, fast):
            return TARGET_TYPES[quantity], 0, to_raw(quantity, slow), to_raw(quantity, fast)
        case Zone(quantity, number):
            return TARGET_TYPES[quantity], number, _NOTHING, _NOTHING


def _jump(index: int, jump: Jump) -> Row:
    """A repeat: ``duration_value`` is the first step of its body, ``target_value`` how often or how much."""
    kind, value = _until(jump.until)
    return (index, b"", kind, jump.to, _NO_NAME, value, _NOTHING, _NOTHING, *_NO_TARGET, _NO_NAME, b"")


def _until(until: int | Amount) -> tuple[DurationType, int]:
    match until:
        case Duration(ms):
            return DurationType.REPEAT_UNTIL_TIME, ms
        case Distance(cm):
            return DurationType.REPEAT_UNTIL_DISTANCE, cm
        case _:
            return DurationType.REPEAT_UNTIL_STEPS_CMPLT, until
