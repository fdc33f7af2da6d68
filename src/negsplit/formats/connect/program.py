"""The Program that a workout of Garmin Connect means.

Whatever a Program cannot say (calories, grades, exercises) is left out or read as the nearest thing it can, and
each time a note names the step and what was found. Speeds are rounded to 1 mm/s, times to 1 ms, distances to 1 cm.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Final, NamedTuple

from negsplit.formats.connect.ids import STEP_TYPES, TARGET_TYPES, Condition, ConnectTargetType, SportType, StepType
from negsplit.formats.fit.profile import ZONES
from negsplit.formats.json_fields import Object, number, objects, reference, text
from negsplit.model import Lap, Sport, UntilHeartRate
from negsplit.program.model import Band, Intensity, Jump, Length, Program, ProgramStep, Quantity, Target, Zone
from negsplit.program.outline import DEEPEST
from negsplit.units import Distance, Duration

_Note = Callable[[str], None]

_INTENSITIES: Final[dict[int | None, Intensity]] = {kind: intensity for intensity, kind in STEP_TYPES.items()}
_RECOVERIES: Final = frozenset((StepType.RECOVERY, StepType.REST))
_QUANTITIES: Final[dict[int, Quantity]] = {
    **{kind: quantity for quantity, kind in TARGET_TYPES.items()},
    **dict.fromkeys((ConnectTargetType.SPEED_ZONE, ConnectTargetType.SPEED_LAP), Quantity.SPEED),
    ConnectTargetType.HEART_RATE_LAP: Quantity.HEART_RATE,
    **dict.fromkeys((ConnectTargetType.POWER_3S, ConnectTargetType.POWER_10S), Quantity.POWER),
    **dict.fromkeys((ConnectTargetType.POWER_30S, ConnectTargetType.POWER_LAP), Quantity.POWER),
}
_EXACT: Final = frozenset((*TARGET_TYPES.values(), ConnectTargetType.SPEED_ZONE))
"""Targets that are read as what they are."""
_UNSAID: Final = ("category", "exerciseName", "weightValue")
_MOST_STEPS: Final = 10_000
"""Groups that skip a recovery are written out for their last round, which doubles what is inside them."""


class NotAWorkoutError(ValueError):
    """What is no workout of the service."""


class _Fields(NamedTuple):
    """Where a step says a target."""

    kind: str
    one: str
    two: str
    zone: str
    unit: str


_FIRST: Final = _Fields("targetType", "targetValueOne", "targetValueTwo", "zoneNumber", "targetValueUnit")
_SECOND: Final = _Fields(*(f"secondary{name[0].upper()}{name[1:]}" for name in _FIRST))


def to_program(workout: Object) -> tuple[Program, list[str]]:
    """The Program a workout means, and a note for whatever it says that a Program cannot.

    :raises NotAWorkoutError: where there are no steps to read.
    """
    notes: list[str] = []
    segments = objects(workout, "workoutSegments")
    if not segments:
        raise NotAWorkoutError("this is not a workout of Garmin Connect: it has no `workoutSegments`")
    if len(segments) > 1:
        notes.append(f"{len(segments)} segments are read as one")
    sport = _sport(workout, notes.append)
    reader = _Reader(notes)
    for segment in segments:
        reader.read(objects(segment, "workoutSteps"))
    program = Program(text(workout, "workoutName"), sport, tuple(reader.steps), text(workout, "description"))
    return program, notes


def _sport(workout: Object, note: _Note) -> Sport:
    sport = reference(workout, "sportType", "sportTypeId")
    if sport != SportType.RUNNING:
        note("no sport; read as running" if sport is None else f"sport {_words(SportType, sport)} is read as running")
    detail = text(workout, "subSportType")
    if detail not in ("", "GENERIC"):
        note(f"sub-sport {detail!r} is left out")
    return Sport.RUNNING


class _Reader:
    """Writes groups as their steps and a jump back, with notes on the steps in the order in which they stand."""

    def __init__(self, notes: list[str]) -> None:
        self.notes = notes
        self.steps: list[ProgramStep | Jump] = []
        self._number = 0

    def read(self, items: Sequence[Object], depth: int = 0) -> None:
        """Appends steps and groups."""
        for item in items:
            self._number += 1
            note = self._noting(self._number)
            if item.get("type") == "RepeatGroupDTO":
                self._group(item, depth, note)
            else:
                self.steps.append(_step(item, note))

    def _noting(self, at: int) -> _Note:
        return lambda said: self.notes.append(f"step {at}: {said}")

    def _group(self, group: Object, depth: int, note: _Note) -> None:
        if depth == DEEPEST:
            raise NotAWorkoutError("its repeats inside repeats are endless")
        body = objects(group, "workoutSteps")
        times = _times(group, note)
        skips = group.get("skipLastRestStep") is True and times > 1
        if skips and not _ends_on_recovery(body):
            note("no recovery at its end is there to be skipped the last time")
            skips = False
        if words := text(group, "description"):
            note(f"the text of a repeat, {words!r}, is left out")
        first = len(self.steps)
        self.read(body, depth + 1)
        if skips and len(self.steps) > _MOST_STEPS:
            raise NotAWorkoutError("its repeats inside repeats are endless")
        if skips:
            self._without_last(first, times)
        elif times > 1 and len(self.steps) > first:
            self.steps.append(Jump(first, times))

    def _without_last(self, first: int, times: int) -> None:
        """All rounds but the last as a group, then the last one without the recovery at its end."""
        body = self.steps[first:]
        if times > 2:
            self.steps.append(Jump(first, times - 1))
        moved = len(self.steps) - first
        for item in body[:-1]:
            self.steps.append(Jump(item.to + moved, item.until) if isinstance(item, Jump) else item)


def _ends_on_recovery(body: Sequence[Object]) -> bool:
    if len(body) < 2 or body[-1].get("type") == "RepeatGroupDTO":
        return False
    return reference(body[-1], "stepType", "stepTypeId") in _RECOVERIES


def _times(group: Object, note: _Note) -> int:
    """How often a group runs; once, with a note, where it does not say."""
    condition = reference(group, "endCondition", "conditionTypeId")
    if condition not in (None, Condition.ITERATIONS):
        note(f"repeat until {_words(Condition, condition)} is left out; its steps are read once")
        return 1
    for key in ("numberOfIterations", "endConditionValue"):
        found = number(group, key)
        if found is not None and found >= 1:
            return round(found)
    note("a repeat without a number of times; its steps are read once")
    return 1


# --- Steps ---------------------------------------------------------------------------------------


def _step(step: Object, note: _Note) -> ProgramStep:
    for key in _UNSAID:
        if step.get(key) is not None:
            note(f"field {key} is left out")
    return ProgramStep(
        intensity=_intensity(step, note),
        length=_length(step, note),
        target=_target(step, _FIRST, note),
        second=_target(step, _SECOND, note),
        cue=text(step, "description"),
    )


def _intensity(step: Object, note: _Note) -> Intensity:
    kind = reference(step, "stepType", "stepTypeId")
    if kind not in _INTENSITIES:
        what = "a step of no type" if kind is None else f"step type {_words(StepType, kind)}"
        note(f"{what} is read as active")
    return _INTENSITIES.get(kind, Intensity.ACTIVE)


def _length(step: Object, note: _Note) -> Length:
    """What ends a step; the lap button, with a note, where a Program cannot say it."""
    kind, value = reference(step, "endCondition", "conditionTypeId"), number(step, "endConditionValue")
    if kind == Condition.LAP_BUTTON:
        return Lap()
    if kind is None:
        note("nothing ends it; read as until the lap button")
        return Lap()
    name = _words(Condition, kind)
    if value is not None and value > 0:
        match kind:
            case Condition.TIME:
                return Duration(round(value * 1000))
            case Condition.FIXED_REST:
                note(f"{name} is read as time")
                return Duration(round(value * 1000))
            case Condition.DISTANCE:
                return Distance(round(value * 100))
            case Condition.HEART_RATE if step.get("endConditionCompare") in ("lt", "gt"):
                return UntilHeartRate("below" if step["endConditionCompare"] == "lt" else "above", round(value))
    found = "without a number" if value is None else f"{value:g}"
    note(f"until {name} {found} is read as until the lap button")
    return Lap()


def _target(step: Object, fields: _Fields, note: _Note) -> Target:
    """A zone where there is a number of one, else the range; open, with a note, where neither can be said."""
    kind = reference(step, fields.kind, "workoutTargetTypeId")
    if kind is None or kind == ConnectTargetType.NO_TARGET:
        return None
    name = _words(ConnectTargetType, kind)
    quantity = _QUANTITIES.get(kind)
    one, two, zone = (number(step, key) for key in (fields.one, fields.two, fields.zone))
    if quantity is None or step.get(fields.unit) is not None:
        why = "" if quantity is None else ", which has a unit of its own,"
        note(f"target {name}{why} is left out")
        return None
    if kind not in _EXACT:
        note(f"target {name} is read as {_name(quantity)}")
    if zone:
        return _zone(quantity, zone, (one, two), note)
    if one is None or two is None:
        note(f"target {name} without a zone or a range is left out")
        return None
    return _band(quantity, min(one, two), max(one, two), name, note)


def _zone(quantity: Quantity, zone: float, beside: tuple[float | None, float | None], note: _Note) -> Target:
    if any(beside):
        note(f"the range beside zone {zone:g} is left out")
    if quantity in (Quantity.HEART_RATE, Quantity.POWER) and zone in range(1, ZONES[quantity] + 1):
        return Zone(quantity, round(zone))
    note(f"{_name(quantity)} zone {zone:g} is left out")
    return None


def _band(quantity: Quantity, low: float, high: float, name: str, note: _Note) -> Target:
    scale = 1000 if quantity is Quantity.SPEED else 1
    band = Band(quantity, round(low * scale), round(high * scale))
    if band.low <= 0:
        note(f"target {name} {low:g} to {high:g}, which has no low end, is left out")
        return None
    return band


def _name(quantity: Quantity) -> str:
    return quantity.name.lower().replace("_", " ")


def _words(names: type[IntEnum], number: int) -> str:
    """``power 3s``, or the number where it has no name."""
    try:
        return names(number).name.lower().replace("_", " ")
    except ValueError:
        return f"number {number}"
