"""The Program that a workout of Garmin Connect means.

Whatever a Program cannot say (calories, grades, exercises) is left out or read as the nearest thing it can, and
each time a remark names the step and what was found. Speeds are rounded to 1 mm/s, times to 1 ms, distances to 1 cm.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from itertools import pairwise
from typing import Any, Final, Literal, NamedTuple

from negsplit.diagnostics import listed
from negsplit.formats.connect import fields
from negsplit.formats.connect.canon import without_marker
from negsplit.formats.connect.fields import by_key, says_something, type_key, type_number, unknown
from negsplit.formats.connect.ids import STEP_TYPES, TARGET_TYPES, Condition, ConnectTargetType, SportType, StepType
from negsplit.formats.fit.profile import ZONES
from negsplit.formats.foreign import MOST_STEPS
from negsplit.formats.json_fields import Object, number
from negsplit.formats.json_places import Path
from negsplit.formats.named_numbers import words
from negsplit.limits import FASTEST_MPS, LOWEST_BPM, LOWEST_WATTS, SLOWEST_MPS
from negsplit.model import Lap, Sport, UntilHeartRate
from negsplit.program.model import Band, Intensity, Jump, Length, Program, ProgramStep, Quantity, Target, Zone
from negsplit.program.outline import DEEPEST
from negsplit.tree.source_lines import short
from negsplit.units import Distance, Duration

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
_LOWEST: Final = {
    Quantity.SPEED: round(SLOWEST_MPS * 1000),
    Quantity.HEART_RATE: LOWEST_BPM,
    Quantity.POWER: LOWEST_WATTS,
}
"""What a low end of 0 comes to, which is no end: nobody runs below it."""
_SHOWN: Final = 3
"""Fields that a remark names."""
_MOST: Final = 1e9
"""Of any number that means something: seconds, metres, times."""


class NotAWorkoutError(ValueError):
    """What is no workout of the service; ``path`` is where it fails."""

    def __init__(self, message: str, path: Path = ()) -> None:
        super().__init__(message)
        self.path = path


class Remark(NamedTuple):
    """What a Program has otherwise than the file, of a ``step`` of the file from 1, or of the workout (0)."""

    code: Literal["differs", "left-out"]
    text: str
    path: Path
    step: int = 0

    def __str__(self) -> str:
        return f"step {self.step}: {self.text}" if self.step else self.text


class Meaning(NamedTuple):
    """What a workout means; ``places`` are the number in the file, from 1, and the path of each step of the program."""

    program: Program
    remarks: list[Remark]
    places: list[tuple[int, Path]]


class _Fields(NamedTuple):
    """Where a step says a target."""

    kind: str
    one: str
    two: str
    zone: str
    unit: str


_FIRST: Final = _Fields("targetType", "targetValueOne", "targetValueTwo", "zoneNumber", "targetValueUnit")
_SECOND: Final = _Fields(*(f"secondary{name[0].upper()}{name[1:]}" for name in _FIRST))


def to_program(workout: Object) -> Meaning:
    """The Program a workout means, and a remark for whatever it says that a Program cannot.

    :raises NotAWorkoutError: where there are no steps to read.
    """
    reader = _Reader()
    note = _Notes(reader.remarks, ())
    _sport(workout, note)
    note.unknown(workout, fields.WORKOUT)
    segments = reader.objects(workout, "workoutSegments", note)
    if not segments:
        raise NotAWorkoutError("this is not a workout of Garmin Connect: it has no `workoutSegments`")
    if len(segments) > 1:
        note.differs(f"{len(segments)} segments are read as one", "workoutSegments")
    note.in_order([segment for _, segment in segments], "segmentOrder", "segments", "workoutSegments")
    for path, segment in segments:
        within = _Notes(reader.remarks, path)
        within.unknown(segment, fields.SEGMENT)
        reader.read(segment, within)
    name = note.text(workout, "workoutName")
    description = without_marker(note.text(workout, "description"))
    return Meaning(Program(name, Sport.RUNNING, tuple(reader.steps), description), reader.remarks, reader.places)


def other_sport(workout: Object) -> str:
    """The sport of a workout that is none for running, ``multi sport`` where its segments have several; else empty."""
    whole = _sport_of(workout)
    of_segments = {_sport_of(one) for one in _list(workout, "workoutSegments") if isinstance(one, dict)} - {None}
    if whole in (None, SportType.RUNNING) and of_segments:
        whole = of_segments.pop() if len(of_segments) == 1 else SportType.MULTI_SPORT
    return "" if whole in (None, SportType.RUNNING) else words(SportType, whole)


def _sport_of(within: Object) -> int | None:
    found = type_number(within, "sportType", "sportType")
    return by_key(SportType, type_key(within, "sportType", "sportType")) if found is None else found


def _sport(workout: Object, note: _Notes) -> None:
    found = [_sport_of(one) for one in _list(workout, "workoutSegments") if isinstance(one, dict)]
    if _sport_of(workout) is None and not any(found):
        note.differs("no sport; read as running", "sportType")
    detail = note.text(workout, "subSportType")
    if detail not in ("", "GENERIC"):
        note.left_out(f"sub-sport {short(detail)!r} is left out", "subSportType")


def _list(within: Object, key: str) -> list[Any]:
    found = within.get(key)
    return found if isinstance(found, list) else []


class _Notes:
    """Takes remarks on what stands at a path."""

    def __init__(self, remarks: list[Remark], path: Path, step: int = 0) -> None:
        self._remarks, self.path, self._step = remarks, path, step

    def differs(self, text: str, *within: str) -> None:
        self._remarks.append(Remark("differs", text, (*self.path, *within), self._step))

    def left_out(self, text: str, *within: str) -> None:
        self._remarks.append(Remark("left-out", text, (*self.path, *within), self._step))

    def unknown(self, within: Object, known: frozenset[str]) -> None:
        """A remark on the fields that nobody here knows."""
        self.fields(tuple(unknown(within, known)))

    def fields(self, keys: Sequence[str]) -> None:
        """A remark that fields are left out, at the first of them."""
        if keys:
            shown = [short(key) for key in keys[:_SHOWN]]
            more = [f"{len(keys) - _SHOWN} more"] if len(keys) > _SHOWN else []
            what = f"field {shown[0]} is" if len(keys) == 1 else f"fields {listed([*shown, *more], 'and')} are"
            self.left_out(f"{what} left out", keys[0])

    def text(self, within: Object, key: str) -> str:
        """A text, also where it is a number; what is neither is left out."""
        found = within.get(key)
        if isinstance(found, str):
            return found
        if isinstance(found, int | float) and not isinstance(found, bool):
            return str(found)
        if says_something(found):
            self.left_out(f"`{key}` is no text: it is left out", key)
        return ""

    def in_order(self, parts: Sequence[Object], key: str, what: str, *within: str) -> None:
        """A remark where numbers ask for another order than that of the list, which counts."""
        orders = [order for part in parts if (order := number(part, key)) is not None]
        if any(before > after for before, after in pairwise(orders)):
            self.differs(f"`{key}` has these {what} in another order: they are read as they stand", *within)

    def reference(self, within: Object, key: str, name: str, names: type[IntEnum]) -> int | None:
        """The number of a type, which is what the service goes by, else that of its key."""
        found, word = type_number(within, key, name), type_key(within, key, name)
        meant = by_key(names, word)
        if found is None:
            if word and meant is None:
                self.left_out(f"`{name}Key` is `{short(word)}`, which Garmin Connect does not have", key)
            return meant
        if word and meant != found:
            self.differs(
                f"`{name}Key` is `{short(word)}`, but number {found} is {words(names, found)}: that counts", key
            )
        return found


class _Reader:
    """Writes groups as their steps and a jump back, with remarks on the steps in the order in which they stand."""

    def __init__(self) -> None:
        self.remarks: list[Remark] = []
        self.steps: list[ProgramStep | Jump] = []
        self.places: list[tuple[int, Path]] = []
        self._number = 0

    def objects(self, within: Object, key: str, note: _Notes) -> list[tuple[Path, Object]]:
        """The objects of a list, each with its path."""
        items = _list(within, key)
        found: list[tuple[Path, Object]] = [
            ((*note.path, key, index), one) for index, one in enumerate(items) if isinstance(one, dict)
        ]
        if len(found) < len(items):
            count = len(items) - len(found)
            note.left_out(f"`{key}` has {count} of {len(items)} members that are no object: left out", key)
        return found

    def read(self, within: Object, note: _Notes, depth: int = 0) -> None:
        """Appends the steps and groups of a segment or group."""
        items = self.objects(within, "workoutSteps", note)
        note.in_order([item for _, item in items], "stepOrder", "steps", "workoutSteps")
        for path, item in items:
            self._number += 1
            at = _Notes(self.remarks, path, self._number)
            if _is_group(item):
                self._group(item, depth, at)
            else:
                self._add(_step(item, at), self._number, path)

    def _add(self, step: ProgramStep | Jump, number: int, path: Path) -> None:
        if len(self.steps) == MOST_STEPS:  # a group that skips a recovery is written out, which doubles what is in it
            raise NotAWorkoutError(f"it has more than {MOST_STEPS} steps", path)
        self.steps.append(step)
        self.places.append((number, path))

    def _group(self, group: Object, depth: int, note: _Notes) -> None:
        if depth == DEEPEST:
            raise NotAWorkoutError("its repeats inside repeats are endless", note.path)
        if not isinstance(group.get("workoutSteps"), list):
            raise NotAWorkoutError("a repeat without `workoutSteps`: nobody knows what it repeats", note.path)
        note.unknown(group, fields.GROUP)
        body = [item for _, item in self.objects(group, "workoutSteps", _Notes([], note.path))]
        if not body:
            note.left_out("a repeat without steps is left out")
        times = _times(group, note)
        skips = group.get("skipLastRestStep") is True and times > 1
        if skips and not _ends_on_recovery(body):
            note.differs("no recovery at its end is there to be skipped the last time", "skipLastRestStep")
            skips = False
        if text := note.text(group, "description"):
            note.left_out(f"the text of a repeat, {short(text)!r}, is left out", "description")
        number, first = self._number, len(self.steps)
        self.read(group, note, depth + 1)
        if skips:
            self._without_last(first, times, number, note.path)
        elif times > 1 and len(self.steps) > first:
            self._add(Jump(first, times), number, note.path)

    def _without_last(self, first: int, times: int, number: int, path: Path) -> None:
        """All rounds but the last as a group, then the last one without the recovery at its end."""
        body, places = self.steps[first:], self.places[first:]
        if times > 2:
            self._add(Jump(first, times - 1), number, path)
        moved = len(self.steps) - first
        for item, place in zip(body[:-1], places, strict=False):
            self._add(Jump(item.to + moved, item.until) if isinstance(item, Jump) else item, *place)


def _is_group(item: Object) -> bool:
    """Whether steps are inside it, or are missing there: its type alone is often left away."""
    if isinstance(item.get("workoutSteps"), list) or item.get("type") == "RepeatGroupDTO":
        return True
    kind = type_number(item, "stepType", "stepType")
    return (by_key(StepType, type_key(item, "stepType", "stepType")) if kind is None else kind) == StepType.REPEAT


def _ends_on_recovery(body: Sequence[Object]) -> bool:
    if len(body) < 2 or _is_group(body[-1]):
        return False
    return _Notes([], ()).reference(body[-1], "stepType", "stepType", StepType) in _RECOVERIES


def _times(group: Object, note: _Notes) -> int:
    """How often a group runs; once, with a remark, where it does not say."""
    condition = note.reference(group, "endCondition", "conditionType", Condition)
    if condition not in (None, Condition.ITERATIONS):
        note.left_out(
            f"repeat until {words(Condition, condition)} is left out; its steps are read once", "endCondition"
        )
        return 1
    for key in ("numberOfIterations", "endConditionValue"):
        found = number(group, key)
        if found is not None and found >= 1:
            if found > _MOST:
                raise NotAWorkoutError(f"a repeat of {found:g} times", (*note.path, key))
            if found != round(found):
                note.differs(f"{found:g} times are read as {round(found)}", key)
            other = number(group, "endConditionValue")
            if other is not None and other >= 1 and other != found:
                note.differs(f"{found:g} times or {other:g}: the `{key}` counts", "endConditionValue")
            return round(found)
    note.differs("a repeat without a number of times; its steps are read once")
    return 1


# --- Steps ---------------------------------------------------------------------------------------


def _step(step: Object, note: _Notes) -> ProgramStep:
    note.unknown(step, fields.STEP)
    for key, name in (("strokeType", "strokeTypeId"), ("equipmentType", "equipmentTypeId")):
        if isinstance(found := step.get(key), dict) and number(found, name):
            note.fields((key,))
    return ProgramStep(
        intensity=_intensity(step, note),
        length=_length(step, note),
        target=_target(step, _FIRST, note),
        second=_target(step, _SECOND, note),
        cue=note.text(step, "description"),
    )


def _intensity(step: Object, note: _Notes) -> Intensity:
    kind = note.reference(step, "stepType", "stepType", StepType)
    if kind not in _INTENSITIES:
        what = "a step of no type" if kind is None else f"step type {words(StepType, kind)}"
        note.differs(f"{what} is read as active", "stepType")
    return _INTENSITIES.get(kind, Intensity.ACTIVE)


def _length(step: Object, note: _Notes) -> Length:
    """What ends a step; the lap button, with a remark, where a Program cannot say it."""
    kind = note.reference(step, "endCondition", "conditionType", Condition)
    value = number(step, "endConditionValue")
    if kind == Condition.LAP_BUTTON:
        return Lap()
    if kind is None:
        note.differs("nothing ends it; read as until the lap button", "endCondition")
        return Lap()
    name = words(Condition, kind)
    if value is not None and 0 < value <= _MOST:
        match kind:
            case Condition.TIME:
                return Duration(round(value * 1000))
            case Condition.FIXED_REST:
                note.differs(f"{name} is read as time", "endCondition")
                return Duration(round(value * 1000))
            case Condition.DISTANCE:
                return Distance(round(value * 100))
            case Condition.HEART_RATE if step.get("endConditionCompare") in ("lt", "gt"):
                return UntilHeartRate("below" if step["endConditionCompare"] == "lt" else "above", round(value))
    found = "without a number" if value is None else f"{value:g}"
    note.differs(f"until {name} {found} is read as until the lap button", "endCondition")
    return Lap()


def _target(step: Object, where: _Fields, note: _Notes) -> Target:
    """A zone where there is a number of one, else the range; open, with a remark, where neither can be said."""
    kind = note.reference(step, where.kind, "workoutTargetType", ConnectTargetType)
    one, two, zone = (number(step, key) for key in (where.one, where.two, where.zone))
    _look_inside(step, where, note)
    if kind is None or kind == ConnectTargetType.NO_TARGET:
        if one or two or zone:
            note.left_out("the numbers of a target are left out: it says that there is none", where.kind)
        return None
    name = words(ConnectTargetType, kind)
    quantity = _QUANTITIES.get(kind)
    if quantity is None or says_something(step.get(where.unit)):
        why = "" if quantity is None else ", which has a unit of its own,"
        note.left_out(f"target {name}{why} is left out", where.kind)
        return None
    if kind not in _EXACT:
        note.differs(f"target {name} is read as {_name(quantity)}", where.kind)
    if zone:
        return _zone(quantity, zone, (one, two), note, where)
    if one is None or two is None:
        note.left_out(f"target {name} without a zone or a range is left out", where.kind)
        return None
    return _band(quantity, min(one, two), max(one, two), name, note, where)


def _look_inside(step: Object, where: _Fields, note: _Notes) -> None:
    """A remark on what stands in the type of a target and not beside it, where the service looks for it."""
    found = step.get(where.kind)
    if not isinstance(found, dict):
        return
    known = frozenset(("workoutTargetTypeId", "workoutTargetTypeKey", *fields.TYPE))
    if name := next(unknown(found, known), ""):
        note.left_out(
            f"`{name}` inside `{where.kind}` is left out: Garmin Connect reads it beside that alone", where.kind
        )


def _zone(
    quantity: Quantity, zone: float, beside: tuple[float | None, float | None], note: _Notes, where: _Fields
) -> Target:
    if any(beside):
        note.left_out(f"the range beside zone {zone:g} is left out", where.one)
    if quantity in (Quantity.HEART_RATE, Quantity.POWER) and zone in range(1, ZONES[quantity] + 1):
        return Zone(quantity, round(zone))
    note.left_out(f"{_name(quantity)} zone {zone:g} is left out", where.zone)
    return None


def _band(quantity: Quantity, low: float, high: float, name: str, note: _Notes, where: _Fields) -> Target:
    if quantity is Quantity.SPEED and low > FASTEST_MPS:
        note.left_out(f"target {name} is left out: {low:g} is no speed in m/s; seconds a kilometre?", where.one)
        return None
    scale = 1000 if quantity is Quantity.SPEED else 1
    if high <= 0 or high > _MOST or low < 0 or (low == 0 and quantity not in _LOWEST):
        note.left_out(f"target {name} {low:g} to {high:g}, which has no low end, is left out", where.one)
        return None
    ends = round(low * scale), round(high * scale)
    if scale == 1 and ends != (low, high):
        note.differs(f"target {name} {low:g} to {high:g} is read as {ends[0]} to {ends[1]}", where.one)
    return Band(quantity, ends[0] or _LOWEST[quantity], ends[1])


def _name(quantity: Quantity) -> str:
    return quantity.name.lower().replace("_", " ")
