"""The part of the FIT profile that workouts and schedules are made of (profile 21.95).

Numbers of messages, fields and enumerations, and how a watch's file holds the amounts of a Program. The
writer and the reader share them; :mod:`negsplit.formats.fit.verify` keeps its own, so as to judge both.
"""

from __future__ import annotations

import datetime as dt
from enum import IntEnum
from typing import Final

from negsplit.model import Sport
from negsplit.program.model import Intensity, Quantity

EPOCH: Final = dt.datetime(1989, 12, 31)
"""FIT counts seconds from 1989-12-31 00:00, UTC for ``date_time`` and local for ``local_date_time``."""

FILE_TYPE_WORKOUT: Final = 5
FILE_TYPE_SCHEDULE: Final = 7
"""What ``file_id.type`` says of such files (FIT profile, enum ``file``)."""

LONGEST_TEXT: Final = 254
"""Bytes of the longest text a field can hold: 255 with its NUL."""


class MessageNumber(IntEnum):
    """Global message numbers."""

    FILE_ID = 0
    WORKOUT = 26
    WORKOUT_STEP = 27
    SCHEDULE = 28
    FILE_CREATOR = 49
    MEMO_GLOB = 145
    FIELD_DESCRIPTION = 206
    DEVELOPER_DATA_ID = 207


class FileIdField(IntEnum):
    """Fields of ``file_id``."""

    TYPE = 0
    MANUFACTURER = 1
    PRODUCT = 2
    SERIAL_NUMBER = 3
    TIME_CREATED = 4


class MemoField(IntEnum):
    """Fields of ``memo_glob``: a part of a text too long for its field."""

    MEMO = 0
    MESSAGE = 1
    PARENT = 2
    FIELD = 3
    DATA = 4
    PART = 250


class WorkoutField(IntEnum):
    """Fields of ``workout``."""

    SPORT = 4
    CAPABILITIES = 5
    NUM_VALID_STEPS = 6
    NAME = 8
    SUB_SPORT = 11
    POOL_LENGTH = 14
    POOL_LENGTH_UNIT = 15
    DESCRIPTION = 17
    MESSAGE_INDEX = 254


class StepField(IntEnum):
    """Fields of ``workout_step``."""

    NAME = 0
    DURATION_TYPE = 1
    DURATION_VALUE = 2
    TARGET_TYPE = 3
    TARGET_VALUE = 4
    CUSTOM_LOW = 5
    CUSTOM_HIGH = 6
    INTENSITY = 7
    NOTES = 8
    EQUIPMENT = 9
    EXERCISE_CATEGORY = 10
    EXERCISE_NAME = 11
    EXERCISE_WEIGHT = 12
    WEIGHT_DISPLAY_UNIT = 13
    SECONDARY_TARGET_TYPE = 19
    SECONDARY_TARGET_VALUE = 20
    SECONDARY_CUSTOM_LOW = 21
    SECONDARY_CUSTOM_HIGH = 22
    MESSAGE_INDEX = 254


class ScheduleField(IntEnum):
    """Fields of ``schedule``: which workout file, by its ``file_id``, and when."""

    MANUFACTURER = 0
    PRODUCT = 1
    SERIAL_NUMBER = 2
    TIME_CREATED = 3
    COMPLETED = 4
    TYPE = 5
    SCHEDULED_TIME = 6


class DurationType(IntEnum):
    """What ends a step (``wkt_step_duration``)."""

    TIME = 0
    DISTANCE = 1
    HR_LESS_THAN = 2
    HR_GREATER_THAN = 3
    CALORIES = 4
    OPEN = 5
    REPEAT_UNTIL_STEPS_CMPLT = 6
    REPEAT_UNTIL_TIME = 7
    REPEAT_UNTIL_DISTANCE = 8
    REPEAT_UNTIL_CALORIES = 9
    REPEAT_UNTIL_HR_LESS_THAN = 10
    REPEAT_UNTIL_HR_GREATER_THAN = 11
    REPEAT_UNTIL_POWER_LESS_THAN = 12
    REPEAT_UNTIL_POWER_GREATER_THAN = 13
    POWER_LESS_THAN = 14
    POWER_GREATER_THAN = 15
    TRAINING_PEAKS_TSS = 16
    REPEAT_UNTIL_POWER_LAST_LAP_LESS_THAN = 17
    REPEAT_UNTIL_MAX_POWER_LAST_LAP_LESS_THAN = 18
    POWER_3S_LESS_THAN = 19
    POWER_10S_LESS_THAN = 20
    POWER_30S_LESS_THAN = 21
    POWER_3S_GREATER_THAN = 22
    POWER_10S_GREATER_THAN = 23
    POWER_30S_GREATER_THAN = 24
    POWER_LAP_LESS_THAN = 25
    POWER_LAP_GREATER_THAN = 26
    REPEAT_UNTIL_TRAINING_PEAKS_TSS = 27
    REPETITION_TIME = 28
    REPS = 29
    TIME_ONLY = 31


class TargetType(IntEnum):
    """What a step asks to hold (``wkt_step_target``)."""

    SPEED = 0
    HEART_RATE = 1
    OPEN = 2
    CADENCE = 3
    POWER = 4
    GRADE = 5
    RESISTANCE = 6
    POWER_3S = 7
    POWER_10S = 8
    POWER_30S = 9
    POWER_LAP = 10
    SWIM_STROKE = 11
    SPEED_LAP = 12
    HEART_RATE_LAP = 13


SPORTS: Final[dict[Sport, tuple[int, int | None]]] = {
    Sport.RUNNING: (1, None),
    Sport.TRAIL_RUNNING: (1, 3),
    Sport.TRACK_RUNNING: (1, 4),
    Sport.TREADMILL: (1, 1),
    Sport.WALKING: (11, None),
    Sport.HIKING: (17, None),
}
"""``sport`` and, where a sport needs one, ``sub_sport``."""

INTENSITIES: Final[dict[Intensity, int]] = {
    Intensity.ACTIVE: 0,
    Intensity.REST: 1,
    Intensity.WARMUP: 2,
    Intensity.COOLDOWN: 3,
    Intensity.RECOVERY: 4,
}

TARGET_TYPES: Final[dict[Quantity, TargetType]] = {
    Quantity.SPEED: TargetType.SPEED,
    Quantity.HEART_RATE: TargetType.HEART_RATE,
    Quantity.POWER: TargetType.POWER,
    Quantity.CADENCE: TargetType.CADENCE,
}

ZONES: Final[dict[Quantity, int]] = {Quantity.HEART_RATE: 5, Quantity.POWER: 7}
"""How many zones of its own a watch has."""

_OFFSETS: Final[dict[Quantity, int]] = {Quantity.HEART_RATE: 100, Quantity.POWER: 1000}
"""``workout_hr`` and ``workout_power``: up to the offset a share of the maximum in per cent, above it the amount."""

_STEPS_PER_REVOLUTION: Final = 2
"""FIT counts the revolutions of one leg, a Program the steps of both feet (unproven on a watch)."""


def to_raw(quantity: Quantity, amount: int) -> int:
    """What a file holds for an amount: mm/s, bpm + 100, W + 1000, spm / 2.

    :raises ValueError: for an odd cadence, which no file can hold.
    """
    if quantity is Quantity.CADENCE:
        if amount % _STEPS_PER_REVOLUTION:
            raise ValueError(f"a cadence of {amount} spm is odd: half of it is not a whole number")
        return amount // _STEPS_PER_REVOLUTION
    return amount + _OFFSETS.get(quantity, 0)


def from_raw(quantity: Quantity, raw: int) -> int | None:
    """The amount that stands in a file; None where it is a share of the runner's maximum instead."""
    if quantity is Quantity.CADENCE:
        return raw * _STEPS_PER_REVOLUTION
    offset = _OFFSETS.get(quantity)
    if offset is None:
        return raw
    return raw - offset if raw > offset else None
