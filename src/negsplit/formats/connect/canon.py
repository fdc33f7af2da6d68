"""What a workout of Garmin Connect means, so that one that was sent can be compared with one that came back.

Only what changes the workout is taken, from a list of its own: whatever else the service adds or fills in, today
or one day, makes no difference. Numbers are compared as the service keeps them, as float32.
"""

from __future__ import annotations

import re
import struct
from typing import Final, NamedTuple

from negsplit.formats.connect.ids import Condition, ConnectTargetType
from negsplit.formats.json_fields import Object, number, objects, reference, text

_MARKER: Final = re.compile(r"\s*^\[negsplit:[^\]\n]*\]\s*\Z", re.MULTILINE)
_COMPARED: Final = frozenset((Condition.HEART_RATE, Condition.POWER))
"""Conditions that end a step on one side of a value."""

CanonicalTarget = tuple[int, int | None, tuple[str, ...]]
"""Its number, its zone, and without one its ends in ascending order."""


class CanonicalStep(NamedTuple):
    """One step; ``value`` is None for the lap button, which keeps any."""

    step_type: int | None
    condition: int | None
    value: str | None
    compare: str | None
    target: CanonicalTarget | None
    second: CanonicalTarget | None
    text: str


class CanonicalRepeat(NamedTuple):
    """A group."""

    times: str | None
    skips_last: bool
    steps: tuple[CanonicalStep | CanonicalRepeat, ...]


class Canonical(NamedTuple):
    """A workout. It is made of numbers, texts, None and tuples alone, so that it can be written as JSON."""

    name: str
    description: str
    sport: int | None
    steps: tuple[CanonicalStep | CanonicalRepeat, ...]


def canonical(workout: Object) -> Canonical:
    """The meaning of a workout, whether it is about to be sent or came from the service."""
    segments = [step for segment in objects(workout, "workoutSegments") for step in objects(segment, "workoutSteps")]
    return Canonical(
        name=text(workout, "workoutName"),
        description=without_marker(text(workout, "description")),
        sport=reference(workout, "sportType", "sportTypeId"),
        steps=tuple(map(_part, segments)),
    )


def without_marker(description: str) -> str:
    """A description without its last line where that is a mark such as ``[negsplit:half/w03-tue#1a2b3c4d]``."""
    return _MARKER.sub("", description)


def _part(step: Object) -> CanonicalStep | CanonicalRepeat:
    if step.get("type") == "RepeatGroupDTO":
        times = _kept(step, "numberOfIterations") or _kept(step, "endConditionValue")
        children = tuple(map(_part, objects(step, "workoutSteps")))
        return CanonicalRepeat(times, bool(step.get("skipLastRestStep")), children)
    condition = reference(step, "endCondition", "conditionTypeId")
    return CanonicalStep(
        step_type=reference(step, "stepType", "stepTypeId"),
        condition=condition,
        value=None if condition == Condition.LAP_BUTTON else _kept(step, "endConditionValue"),
        compare=text(step, "endConditionCompare") if condition in _COMPARED else None,
        target=_target(step, "targetType", "targetValueOne", "targetValueTwo", "zoneNumber"),
        second=_target(
            step, "secondaryTargetType", "secondaryTargetValueOne", "secondaryTargetValueTwo", "secondaryZoneNumber"
        ),
        text=text(step, "description"),
    )


def _target(step: Object, kind: str, one: str, two: str, zone: str) -> CanonicalTarget | None:
    found = reference(step, kind, "workoutTargetTypeId")
    if found is None or found == ConnectTargetType.NO_TARGET:
        return None
    if in_zone := number(step, zone):
        return found, int(in_zone), ()
    ends = sorted(filter(None, (_kept(step, one), _kept(step, two))), key=float)
    return found, None, tuple(ends)


def _kept(within: Object, key: str) -> str | None:
    """A number as the service keeps it, in six significant digits: what is sure to survive."""
    found = number(within, key)
    return None if found is None else f"{_float32(found):.6g}"


def _float32(value: float) -> float:
    try:
        return float(struct.unpack("<f", struct.pack("<f", value))[0])
    except OverflowError:
        return value
