"""The Program that a FIT workout means.

Whatever a Program cannot say (calories, grades, swim strokes, shares of a maximum) is left out or read as
the nearest thing it can, and each time a note names the step and the number found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import takewhile
from typing import Final

from negsplit.formats.fit.profile import (
    INTENSITIES,
    SPORTS,
    TARGET_TYPES,
    ZONES,
    DurationType,
    StepField,
    TargetType,
    WorkoutField,
    from_raw,
)
from negsplit.formats.fit.read import FitStep, FitWorkout, LeftOut
from negsplit.formats.named_numbers import words
from negsplit.model import Lap, Sport, UntilHeartRate
from negsplit.program.model import Band, Intensity, Jump, Length, Program, ProgramStep, Quantity, Target, Zone
from negsplit.program.outline import DEEPEST
from negsplit.units import Amount, Distance, Duration

_Note = Callable[[str], None]

_SPORTS_READ: Final = {numbers: sport for sport, numbers in SPORTS.items()}
_SPORT_NAMES: Final = {0: "generic", 2: "cycling", 5: "swimming", 10: "training", 18: "multisport"}
_GENERIC_SUB_SPORT: Final = 0
_INTENSITIES_READ: Final = {number: intensity for intensity, number in INTENSITIES.items()}
_INTENSITY_NAMES: Final = {5: "interval", 6: "other"}
_REPEATS: Final = frozenset(kind for kind in DurationType if kind.name.startswith("REPEAT_"))
_QUANTITIES: Final[dict[int, Quantity]] = {
    **dict.fromkeys((TargetType.SPEED, TargetType.SPEED_LAP), Quantity.SPEED),
    **dict.fromkeys((TargetType.HEART_RATE, TargetType.HEART_RATE_LAP), Quantity.HEART_RATE),
    TargetType.CADENCE: Quantity.CADENCE,
    **dict.fromkeys((TargetType.POWER, TargetType.POWER_3S, TargetType.POWER_10S), Quantity.POWER),
    **dict.fromkeys((TargetType.POWER_30S, TargetType.POWER_LAP), Quantity.POWER),
}


def to_program(workout: FitWorkout) -> tuple[Program, list[str]]:
    """The Program a workout file means, and a note for whatever it says that a Program cannot.

    Texts are as they stand in the file, so they may hold more than a lowered Program's printable ASCII.
    """
    notes: list[str] = []
    sport = _sport(workout.sport, workout.sub_sport, notes.append)
    for field in workout.other:
        notes.append(f"field {words(WorkoutField, field)} is left out")
    steps = _steps(_by_index(workout, notes.append), notes)
    return Program(workout.name, sport, steps, workout.notes), notes


_MESSAGES: Final = {
    0: "another file_id",
    8: "heart-rate zones",
    9: "power zones",
    10: "MET zones",
    26: "another workout",
    53: "speed zones",
    131: "cadence zones",
    158: "parts of a multisport workout",
    206: "developer fields",
    207: "developers",
    264: "titles of exercises",
}
"""What the messages are about that are known and not used."""


def remarks(workout: FitWorkout) -> list[str]:
    """What a workout file holds that is not used, counted, and what it should say and does not."""
    found = [] if workout.file_id.type is not None else ["the file does not say that it is a workout"]
    if count := workout.developer_fields:
        found.append(f"{count} developer field{'' if count == 1 else 's'} left out")
    return [*found, *left_out_texts(workout.left_out), *workout.remarks]


def left_out_texts(left_out: LeftOut) -> list[str]:
    """``2 messages of an unknown kind (137) left out``."""
    return [
        f"{count} message{'' if count == 1 else 's'} "
        f"{f'about {known}' if (known := _MESSAGES.get(number)) else 'of an unknown kind'} ({number}) left out"
        for number, count in left_out
    ]


def _sport(sport: int | None, sub_sport: int | None, note: _Note) -> Sport:
    if sport is None:
        note("no sport; read as running")
        return Sport.RUNNING
    if exact := _SPORTS_READ.get((sport, None if sub_sport == _GENERIC_SUB_SPORT else sub_sport)):
        return exact
    if plain := _SPORTS_READ.get((sport, None)):
        note(f"sub-sport {sub_sport} is left out; read as {plain.value}")
        return plain
    note(f"sport {sport} ({_SPORT_NAMES.get(sport, 'not on foot')}) is read as running")
    return Sport.RUNNING


def _by_index(workout: FitWorkout, note: _Note) -> list[tuple[int, FitStep]]:
    """The steps with their indexes, in their order; in the file's where an index is missing or double."""
    steps = workout.steps
    if workout.num_valid_steps not in (None, len(steps)):
        note(f"the file says it holds {workout.num_valid_steps} steps and holds {len(steps)}")
    indexed = {step.index: step for step in steps if step.index is not None}
    if len(indexed) < len(steps):
        note("not every step has an index of its own; read in the order of the file")
        return list(enumerate(steps))
    return sorted(indexed.items(), key=lambda item: item[0])


def _steps(indexed: list[tuple[int, FitStep]], notes: list[str]) -> tuple[ProgramStep | Jump, ...]:
    steps: list[ProgramStep | Jump] = []
    positions: dict[int | None, int] = {}
    blocks: dict[int, int] = {}
    """Where a repeat may still jump to, and how deep repeats lie in one another there: the blocks so far."""
    for number, (index, step) in enumerate(indexed, start=1):

        def note(text: str, number: int = number) -> None:
            notes.append(f"step {number}: {text}")

        for field in step.other:
            note(f"field {words(StepField, field)} is left out")
        if step.duration_type not in _REPEATS:
            positions[index] = len(steps)
            blocks[len(steps)] = 0
            steps.append(_step(step, note))
        elif jump := _jump(step, positions, blocks, note):
            steps.append(jump)
    return tuple(steps)


def _jump(step: FitStep, positions: Mapping[int | None, int], blocks: dict[int, int], note: _Note) -> Jump | None:
    """Back to the first step of a block; None, with a note, where a Program cannot say it."""
    until = _until(step, note)
    if until is None:
        return None
    to = positions.get(step.duration_value, -1)
    if to not in blocks:
        note(f"a repeat from index {step.duration_value}, where no block before it starts, is left out")
        return None
    repeated = list(takewhile(lambda start: start >= to, reversed(blocks)))
    depth = 1 + max(blocks[start] for start in repeated)
    if depth > DEEPEST:
        note(f"repeats nest at most {DEEPEST} deep: this one is left out")
        return None
    for start in repeated:
        del blocks[start]
    blocks[to] = depth
    for text in filter(None, (step.name, step.notes)):
        note(f"the text of a repeat, {text!r}, is left out")
    return Jump(to, until)


def _until(step: FitStep, note: _Note) -> int | Amount | None:
    """How often or how long a repeat goes on; None, with a note, where a Program cannot say it."""
    kind, value = step.duration_type, step.target_value
    match kind:
        case DurationType.REPEAT_UNTIL_STEPS_CMPLT if value:
            return value
        case DurationType.REPEAT_UNTIL_TIME if value:
            return Duration(value)
        case DurationType.REPEAT_UNTIL_DISTANCE if value:
            return Distance(value)
    note(f"{words(DurationType, kind or 0)} {_or_none(value)} is left out; its steps are read once")
    return None


def _or_none(value: int | None) -> str:
    return "without a number" if value is None else str(value)


def _step(step: FitStep, note: _Note) -> ProgramStep:
    return ProgramStep(
        intensity=_intensity(step.intensity, note),
        length=_length(step.duration_type, step.duration_value, note),
        target=_target(step.target_type, step.target_value, step.custom_low, step.custom_high, note),
        second=_target(
            step.secondary_target_type,
            step.secondary_target_value,
            step.secondary_custom_low,
            step.secondary_custom_high,
            note,
        ),
        name=step.name,
        cue=step.notes,
    )


def _intensity(number: int | None, note: _Note) -> Intensity:
    """Active where the file says nothing, as Garmin's own examples do."""
    if number is None:
        return Intensity.ACTIVE
    if number not in _INTENSITIES_READ:
        note(f"intensity {number} ({_INTENSITY_NAMES.get(number, 'unknown')}) is read as active")
    return _INTENSITIES_READ.get(number, Intensity.ACTIVE)


def _length(kind: int | None, value: int | None, note: _Note) -> Length:
    """What ends a step; the lap button, with a note, where a Program cannot say it."""
    if kind == DurationType.OPEN:
        return Lap()
    if kind is None:
        note("no duration type; read as until the lap button")
        return Lap()
    name = words(DurationType, kind)
    match kind:
        case DurationType.TIME if value is not None:
            return Duration(value)
        case DurationType.REPETITION_TIME | DurationType.TIME_ONLY if value is not None:
            note(f"duration {name} is read as time")
            return Duration(value)
        case DurationType.DISTANCE if value is not None:
            return Distance(value)
        case DurationType.HR_LESS_THAN | DurationType.HR_GREATER_THAN if value is not None:
            if bpm := from_raw(Quantity.HEART_RATE, value):
                return UntilHeartRate("below" if kind == DurationType.HR_LESS_THAN else "above", bpm)
            note(f"duration {name} {value} % of the maximum is read as until the lap button")
            return Lap()
    note(f"duration {name} {_or_none(value)} is read as until the lap button")
    return Lap()


def _target(kind: int | None, zone: int | None, low: int | None, high: int | None, note: _Note) -> Target:
    """A zone where ``target_value`` names one, else the custom range; open, with a note, where neither can be said."""
    if kind is None or kind == TargetType.OPEN:
        return None
    name = words(TargetType, kind)
    quantity = _QUANTITIES.get(kind)
    if quantity is None:
        found = _or_none(zone) if low is None and high is None else f"{low} to {high}"
        note(f"target {name} {found} is left out")
        return None
    if kind not in TARGET_TYPES.values():
        note(f"target {name} is read as {quantity.name.lower()}")
    if zone:
        return _zone(quantity, zone, (low, high), note)
    if low is None or high is None:
        note(f"target {name} without a zone or a range is left out")
        return None
    return _band(quantity, low, high, note)


def _zone(quantity: Quantity, number: int, beside: tuple[int | None, int | None], note: _Note) -> Target:
    if beside not in ((None, None), (0, 0)):
        note(f"the range {beside[0]} to {beside[1]} beside zone {number} is left out")
    if quantity in (Quantity.HEART_RATE, Quantity.POWER) and number <= ZONES[quantity]:
        return Zone(quantity, number)
    note(f"{words(TargetType, TARGET_TYPES[quantity])} zone {number} is left out")
    return None


def _band(quantity: Quantity, low: int, high: int, note: _Note) -> Target:
    """Both ends as amounts, the slower one first."""
    name = words(TargetType, TARGET_TYPES[quantity])
    if low > high:
        note(f"{name} {low} to {high} is read the other way round")
        low, high = high, low
    slow, fast = from_raw(quantity, low), from_raw(quantity, high)
    if slow is None or fast is None:
        note(f"{name} {low} to {high}, a share of the runner's own maximum, is left out")
        return None
    if slow == 0:
        note(f"{name} {low} to {high}, which has no low end, is left out")
        return None
    return Band(quantity, slow, fast)
