"""A second pair of eyes: what fit-tool reads in a workout file, against the program it was made from.

fit-tool reads by Garmin's profile, in seconds, metres and metres a second, and knows nothing of how the file was
written: what is expected stands here in its terms, not in those of :mod:`negsplit.formats.fit.profile`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from fit_tool.fit_file import FitFile
from fit_tool.profile.messages.workout_message import WorkoutMessage
from fit_tool.profile.messages.workout_step_message import WorkoutStepMessage
from fit_tool.profile.profile_type import Intensity, SubSport, WorkoutStepDuration, WorkoutStepTarget
from fit_tool.profile.profile_type import Sport as FitSport

from negsplit.model import Lap, Sport, UntilHeartRate
from negsplit.program.model import Band, Jump, Length, Program, ProgramStep, Quantity, Target, Zone
from negsplit.units import Amount, Distance, Duration

_NO_NAME, _NOTHING = 0xFF, 0xFFFFFFFF
"""What a field of names and one of amounts holds without a value; fit-tool gives some of them as they are."""
_ALIKE: Final = 1e-6
"""Of seconds, metres, metres a second: fit-tool divides what stands there by a thousand or a hundred."""
_NAMED: Final[dict[str, Any]] = {
    "sport": FitSport,
    "sub_sport": SubSport,
    "intensity": Intensity,
    "duration_type": WorkoutStepDuration,
    "target_type": WorkoutStepTarget,
    "secondary_target_type": WorkoutStepTarget,
}
_SPORTS: Final = {
    Sport.RUNNING: ("RUNNING", None),
    Sport.TRAIL_RUNNING: ("RUNNING", "TRAIL"),
    Sport.TRACK_RUNNING: ("RUNNING", "TRACK"),
    Sport.TREADMILL: ("RUNNING", "TREADMILL"),
    Sport.WALKING: ("WALKING", None),
    Sport.HIKING: ("HIKING", None),
}
_TARGETS: Final = {
    Quantity.SPEED: ("SPEED", "speed", 0.001, 0),
    Quantity.HEART_RATE: ("HEART_RATE", "heart_rate", 1, 100),
    Quantity.POWER: ("POWER", "power", 1, 1_000),
    Quantity.CADENCE: ("CADENCE", "cadence", 0.5, 0),
}
"""By quantity: the type, the word in fit-tool's names, how many of its units one of ours is, and what it adds."""


def differences(data: bytes, program: Program) -> list[str]:
    """What fit-tool reads otherwise than it stands in the program, step by step; empty where it reads the same."""
    messages = [record.message for record in FitFile.from_bytes(data).records]
    workouts = [one for one in messages if isinstance(one, WorkoutMessage)]
    steps = [one for one in messages if isinstance(one, WorkoutStepMessage)]
    if len(workouts) != 1 or len(steps) != len(program.steps):
        return [f"{len(workouts)} workouts of {len(steps)} steps instead of one of {len(program.steps)}"]
    found = list(_compared("workout", workouts[0], _workout(program)))
    for index, (message, step) in enumerate(zip(steps, program.steps, strict=True)):
        wanted = _jump(step) if isinstance(step, Jump) else _step(step)
        found += _compared(f"step {index + 1}", message, {"message_index": index, **wanted})
    return found


def _compared(what: str, message: Any, wanted: Mapping[str, object]) -> Iterator[str]:
    for name, value in wanted.items():
        read = getattr(message, name)
        if read == (_NO_NAME if name in _NAMED else _NOTHING):
            read = None
        read = next((one.name for one in _NAMED.get(name, ()) if one.value == read), read)
        is_same = abs(read - value) < _ALIKE if isinstance(value, float) and read is not None else read == value
        if not is_same:
            yield f"{what}: {name} is read as {read!r} instead of {value!r}"


def _workout(program: Program) -> dict[str, object]:
    sport, sub_sport = _SPORTS[program.sport]
    return {
        "workout_name": program.name,
        "workout_description": program.notes or None,
        "sport": sport,
        "sub_sport": sub_sport,
        "num_valid_steps": len(program.steps),
    }


def _step(step: ProgramStep) -> dict[str, object]:
    return {
        "workout_step_name": step.name or None,
        "notes": step.cue or None,
        "intensity": step.intensity.name,
        **_length(step.length),
        **_target(step.target, "target", "custom_target"),
        **(_target(step.second, "secondary_target", "secondary_custom_target") if step.second else {}),
        **({} if step.second else {"secondary_target_type": None}),
    }


def _length(length: Length) -> dict[str, object]:
    match length:
        case Duration(ms):
            return {"duration_type": "TIME", "duration_time": ms / 1_000}
        case Distance(cm):
            return {"duration_type": "DISTANCE", "duration_distance": cm / 100}
        case UntilHeartRate("below", bpm):
            return {"duration_type": "HR_LESS_THAN", "duration_hr": bpm + 100}
        case UntilHeartRate(_, bpm):
            return {"duration_type": "HR_GREATER_THAN", "duration_hr": bpm + 100}
        case Lap():
            return {"duration_type": "OPEN", "duration_value": None}


def _target(target: Target, zoned: str, custom: str) -> dict[str, object]:
    match target:
        case None:
            return {f"{zoned}_type": "OPEN"}
        case Zone(quantity, number):
            kind, word, _, _ = _TARGETS[quantity]
            return {f"{zoned}_type": kind, f"{zoned}_{'hr' if word == 'heart_rate' else word}_zone": number}
        case Band(quantity, low, high):
            kind, word, unit, more = _TARGETS[quantity]
            ends = {"low": low, "high": high}
            return {
                f"{zoned}_type": kind,
                f"{zoned}_value": 0,
                **{f"{custom}_{word}_{end}": float(amount * unit + more) for end, amount in ends.items()},
            }


def _jump(jump: Jump) -> dict[str, object]:
    return {"duration_step": jump.to, **_until(jump.until)}


def _until(until: int | Amount) -> dict[str, object]:
    match until:
        case Duration(ms):
            return {"duration_type": "REPEAT_UNTIL_TIME", "target_repeat_time": ms / 1_000}
        case Distance(cm):
            return {"duration_type": "REPEAT_UNTIL_DISTANCE", "target_repeat_distance": cm / 100}
        case _:
            return {"duration_type": "REPEAT_UNTIL_STEPS_CMPLT", "target_repeat_steps": until}
