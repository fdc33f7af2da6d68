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
_TARGET: Final = (StepField.TARGET_TYPE, StepField.TARGET_VALUE, StepField.CUSTOM_LOW, StepField.CUSTOM_HIGH)
_SECONDARY: Final = (
    StepField.SECONDARY_TARGET_TYPE,
    StepField.SECONDARY_TARGET_VALUE,
    StepField.SECONDARY_CUSTOM_LOW,
    StepField.SECONDARY_CUSTOM_HIGH,
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
    (frozenset({StepField.NAME}), frozenset({StepField.NOTES}), frozenset(_SECONDARY)),
)


def encode(program: Program, *, created: dt.date = DEFAULT_CREATED) -> bytes:
    """The FIT workout file of ``program``, created at 00:00 UTC of a day; same input, same bytes.

    The serial number follows from everything but ``created``.

    :raises ValueError: for what no lowered Program holds: text beyond ASCII or 254 bytes, an odd cadence.
    :raises struct.error: for a number that does not fit its field.
    """
    content = [*records(_WORKOUT, [_workout(program)]), *records(_STEP, _steps(program))]
    number = serial_number(content)
    return fit_file(FILE_TYPE_WORKOUT, number, created, content)


def _text(text: str, what: str) -> bytes:
    data = text.encode("ascii")
    if len(data) > LONGEST_TEXT:
        raise ValueError(f"the {what} is {len(data)} bytes long; a FIT file holds {LONGEST_TEXT}")
    return data


def _workout(program: Program) -> Row:
    sport, sub_sport = SPORTS[program.sport]
    row: Row = {
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


def _steps(program: Program) -> list[Row]:
    rows = []
    for index, item in enumerate(program.steps):
        row = _jump(item) if isinstance(item, Jump) else _step(item)
        row[StepField.MESSAGE_INDEX] = index
        rows.append(row)
    return rows


def _step(step: ProgramStep) -> Row:
    row: Row = {StepField.INTENSITY: INTENSITIES[step.intensity]}
    row |= _duration(step.length)
    row |= _target(step.target, _TARGET)
    if step.second is not None:
        row |= _target(step.second, _SECONDARY)
    if step.name:
        row[StepField.NAME] = _text(step.name, "name of a step")
    if step.cue:
        row[StepField.NOTES] = _text(step.cue, "cue of a step")
    return row


def _duration(length: Length) -> Row:
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


def _target(target: Target, fields: tuple[StepField, StepField, StepField, StepField]) -> Row:
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


def _jump(jump: Jump) -> Row:
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
