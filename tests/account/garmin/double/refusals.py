"""What the service refuses of a workout and, in strict mode, what it would take and store as something else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from account.exchange import Refusal
from account.garmin.double.ids import (
    DISTANCE,
    ENDS,
    HEART_RATE,
    ITERATIONS,
    NO_TARGET,
    PACE,
    SPEED,
    SPORTS,
    STEPS,
    TARGETS,
    TIME,
    Kinds,
)
from account.garmin.double.stored import FLOATS, NAME_UNITS, REPEAT, SEGMENT, STEP, WORKOUT, single

DESCRIPTION, STEP_TEXT = 1024, 512
"""Characters that Garmin's partner interface takes; of this one nobody knows."""
PACES = (0.5, 12.0)
"""Metres a second between which a pace makes sense on foot."""
LEAST_BEATS = 30


def refuse(body: Any, *, strict: bool, max_steps: int) -> None:
    """Raises the 400 that a workout meets, or nothing."""
    _demand(isinstance(body, dict), "the workout is no object")
    _demand(isinstance(body.get("workoutName"), str) and body["workoutName"], "workoutName is missing")
    _known(SPORTS, body.get("sportType"))
    segments = body.get("workoutSegments")
    _demand(isinstance(segments, list) and segments, "workoutSegments is empty")
    for segment in segments:
        _demand(isinstance(segment, dict), "a segment is no object")
        _known(SPORTS, segment.get("sportType"))
        _demand(isinstance(segment.get("workoutSteps"), list) and segment["workoutSteps"], "workoutSteps is empty")
    steps = [step for segment in segments for step in _all(segment["workoutSteps"])]
    _demand(len(steps) <= max_steps, f"more than {max_steps} steps")
    if strict:
        _unchanged_workout(body)
        for order, step in enumerate(steps, 1):
            _demand(step.get("stepOrder") == order, f"stepOrder {step.get('stepOrder')} would become {order}")
            _unchanged_step(step)


def _all(steps: list[Any]) -> Iterator[dict[str, Any]]:
    """Every step, repeats before what they repeat, each looked at as it comes."""
    for step in steps:
        _demand(isinstance(step, dict), "a step is no object")
        if step.get("type") == "RepeatGroupDTO":
            _possible_repeat(step)
            yield step
            yield from _all(step["workoutSteps"])
        else:
            _possible_step(step)
            yield step


def _possible_repeat(step: dict[str, Any]) -> None:
    times = step.get("numberOfIterations")
    _demand(isinstance(times, int) and times >= 1, f"numberOfIterations {times!r}")
    _demand(isinstance(step.get("workoutSteps"), list) and step["workoutSteps"], "a repeat without steps")
    if step.get("endCondition"):
        _known(ENDS, step["endCondition"])


def _possible_step(step: dict[str, Any]) -> None:
    _demand(step.get("type") == "ExecutableStepDTO", f"unknown step type {step.get('type')!r}")
    _known(STEPS, step.get("stepType"))
    end = _known(ENDS, step.get("endCondition"))
    for name in FLOATS & step.keys():
        _demand(step[name] is None or _number(step[name]) is not None, f"{name} is no number")
    if end in (TIME, DISTANCE):
        _demand((_number(step.get("endConditionValue")) or 0) > 0, "endConditionValue is not positive")
    for target in ("targetType", "secondaryTargetType"):
        if step.get(target):
            _known(TARGETS, step[target])


def _unchanged_workout(body: dict[str, Any]) -> None:
    _fields(body, {*WORKOUT, "isWheelchair"})
    _demand(len(body["workoutName"].encode("utf-16-le")) <= 2 * NAME_UNITS, "workoutName would be cut")
    _demand(len(body.get("description") or "") <= DESCRIPTION, "description may be cut")
    _named(SPORTS, body["sportType"])
    for segment in body["workoutSegments"]:
        _fields(segment, set(SEGMENT))
        _demand(segment["sportType"] == body["sportType"], "a segment of another sport")


def _unchanged_step(step: dict[str, Any]) -> None:
    for name in FLOATS & step.keys():
        _demand(single(step[name]) == step[name], f"{name} {step[name]!r} would become {single(step[name])!r}")
    if step["type"] == "RepeatGroupDTO":
        _fields(step, set(REPEAT))
        _demand(ENDS.of(step.get("endCondition")) == ITERATIONS, "a repeat that does not end by iterations")
        _demand(step.get("endConditionValue") == step["numberOfIterations"], "a repeat with two counts")
        return
    _fields(step, set(STEP))
    _named(STEPS, step["stepType"])
    _named(ENDS, step["endCondition"])
    _demand(len(step.get("description") or "") <= STEP_TEXT, "the text of a step may be cut")
    _unchanged_target(step, "targetType", "targetValue", "zoneNumber")
    _unchanged_target(step, "secondaryTargetType", "secondaryTargetValue", "secondaryZoneNumber")


def _unchanged_target(step: dict[str, Any], field: str, prefix: str, zone_field: str) -> None:
    target = step.get(field)
    values = [step[name] for name in (f"{prefix}One", f"{prefix}Two") if step.get(name) is not None]
    zone = step.get(zone_field)
    if not target:
        _demand(not values and zone is None, f"values without {field}")
        return
    _named(TARGETS, target)
    _demand(not any(name.startswith("targetValue") for name in target), f"values inside {field} would be dropped")
    kind = TARGETS.of(target)
    if kind == NO_TARGET:
        _demand(not values and zone is None, f"no.target with values or a zone in {field}")
        return
    _demand((len(values) == 2) != (zone is not None), f"{field} needs two values or one zone")
    if kind in (PACE, SPEED):
        _demand(all(PACES[0] <= one <= PACES[1] for one in values), f"{values} are no metres a second")
    if kind == HEART_RATE:
        _demand(all(one >= LEAST_BEATS for one in values), f"{values} are no beats a minute")


def _known(kinds: Kinds, value: Any) -> int:
    number = kinds.of(value)
    if number is None:
        raise Refusal(400, f"unknown {kinds.number}: {value!r}")
    return number


def _named(kinds: Kinds, value: dict[str, Any]) -> None:
    _demand(kinds.named(value), f"{value} would become {kinds.known[value[kinds.number]]}")


def _fields(given: dict[str, Any], known: set[str]) -> None:
    _demand(given.keys() <= known, f"{sorted(given.keys() - known)} would be dropped")


def _number(value: Any) -> float | None:
    try:
        return None if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        return None


def _demand(held: Any, message: str) -> None:
    if not held:
        raise Refusal(400, message)
