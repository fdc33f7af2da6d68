"""The numbers that Garmin Connect gives to sports, kinds of steps, what ends a step, and targets.

The service goes by the numbers: a key that does not agree with its number is overwritten without a word. They
are those of the service's own list, ``/workout-service/workout/types``, with which the workouts that Garmin's
editor and other programs made agree.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Final

from negsplit.model import Sport
from negsplit.program.model import Intensity, Quantity

Json = dict[str, Any]
"""An object of JSON."""

LONGEST_NAME: Final = 256
"""UTF-16 units of a workout's name; the service cuts a longer one without a word."""
LONGEST_DESCRIPTION: Final = 512
"""Characters of what is said about a workout, or about a step, that are known to be kept (UTF-16 units)."""

MOST_TIMES: Final = 99
"""How often a group runs at most: what watches count, which get it from the service."""


class SportType(IntEnum):
    """Sports. There is none for walking or hiking."""

    RUNNING = 1
    CYCLING = 2
    OTHER = 3
    SWIMMING = 4
    STRENGTH_TRAINING = 5
    CARDIO_TRAINING = 6
    YOGA = 7
    PILATES = 8
    HIIT = 9
    MULTI_SPORT = 10
    MOBILITY = 11


class StepType(IntEnum):
    """What a step is for."""

    WARMUP = 1
    COOLDOWN = 2
    INTERVAL = 3
    RECOVERY = 4
    REST = 5
    REPEAT = 6
    OTHER = 7
    MAIN = 8


class Condition(IntEnum):
    """What ends a step."""

    LAP_BUTTON = 1
    TIME = 2
    DISTANCE = 3
    CALORIES = 4
    POWER = 5
    HEART_RATE = 6
    ITERATIONS = 7
    FIXED_REST = 8
    FIXED_REPETITION = 9
    REPS = 10


class ConnectTargetType(IntEnum):
    """What a step asks to hold."""

    NO_TARGET = 1
    POWER_ZONE = 2
    CADENCE = 3
    HEART_RATE_ZONE = 4
    SPEED_ZONE = 5
    PACE_ZONE = 6
    GRADE = 7
    HEART_RATE_LAP = 8
    POWER_LAP = 9
    POWER_3S = 10
    POWER_10S = 11
    POWER_30S = 12
    SPEED_LAP = 13
    SWIM_STROKE = 14
    RESISTANCE = 15
    POWER_CURVE = 16
    SWIM_CSS_OFFSET = 17
    SWIM_INSTRUCTION = 18


def sport_type(of: SportType) -> Json:
    """A sport as the JSON names it."""
    return {"sportTypeId": int(of), "sportTypeKey": of.name.lower()}


def step_type(of: StepType) -> Json:
    """A kind of step as the JSON names it."""
    return {"stepTypeId": int(of), "stepTypeKey": of.name.lower()}


def end_condition(of: Condition) -> Json:
    """What ends a step as the JSON names it."""
    return {"conditionTypeId": int(of), "conditionTypeKey": _dotted(of)}


def target_type(of: ConnectTargetType) -> Json:
    """A kind of target as the JSON names it."""
    return {"workoutTargetTypeId": int(of), "workoutTargetTypeKey": _dotted(of)}


def _dotted(of: IntEnum) -> str:
    return of.name.lower().replace("_", ".")


METER: Final[Json] = {"unitId": 1, "unitKey": "meter", "factor": 100.0}
KILOMETER: Final[Json] = {"unitId": 2, "unitKey": "kilometer", "factor": 100000.0}
"""Units as the service writes them; ``factor`` is how many centimetres one has."""

SPORTS: Final[dict[Sport, SportType]] = {
    Sport.RUNNING: SportType.RUNNING,
    Sport.TRAIL_RUNNING: SportType.RUNNING,
    Sport.TRACK_RUNNING: SportType.RUNNING,
    Sport.TREADMILL: SportType.RUNNING,
    Sport.WALKING: SportType.OTHER,
    Sport.HIKING: SportType.OTHER,
}
"""What a sport is kept as."""

STEP_TYPES: Final[dict[Intensity, StepType]] = {
    Intensity.WARMUP: StepType.WARMUP,
    Intensity.ACTIVE: StepType.INTERVAL,
    Intensity.RECOVERY: StepType.RECOVERY,
    Intensity.REST: StepType.REST,
    Intensity.COOLDOWN: StepType.COOLDOWN,
}

TARGET_TYPES: Final[dict[Quantity, ConnectTargetType]] = {
    Quantity.SPEED: ConnectTargetType.PACE_ZONE,
    Quantity.HEART_RATE: ConnectTargetType.HEART_RATE_ZONE,
    Quantity.POWER: ConnectTargetType.POWER_ZONE,
    Quantity.CADENCE: ConnectTargetType.CADENCE,
}
"""Paces in m/s, heart rates in bpm, power in W, cadence in steps of both feet a minute."""
