"""Workouts as they are sent, for tests: no helper of the code under test makes them."""

from __future__ import annotations

import gzip
from functools import cache
from typing import Any

RUNNING = {"sportTypeId": 1, "sportTypeKey": "running"}


def step(order: int, kind: int = 3, *, end: tuple[int, float | None] = (2, 300.0), **more: Any) -> dict[str, Any]:
    """One step: ``kind`` is its number, ``end`` the number of its end and the value."""
    return {
        "type": "ExecutableStepDTO",
        "stepOrder": order,
        "stepType": {"stepTypeId": kind},
        "endCondition": {"conditionTypeId": end[0]},
        "endConditionValue": end[1],
        "targetType": {"workoutTargetTypeId": 1},
    } | more


def pace(fast: float, slow: float) -> dict[str, Any]:
    """A target of two speeds in metres a second."""
    target = {"workoutTargetTypeId": 6, "workoutTargetTypeKey": "pace.zone"}
    return {"targetType": target, "targetValueOne": fast, "targetValueTwo": slow}


def repeat(order: int, times: int, *steps: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "RepeatGroupDTO",
        "stepOrder": order,
        "stepType": {"stepTypeId": 6, "stepTypeKey": "repeat"},
        "numberOfIterations": times,
        "smartRepeat": False,
        "endCondition": {"conditionTypeId": 7, "conditionTypeKey": "iterations"},
        "endConditionValue": float(times),
        "workoutSteps": list(steps),
    }


def workout(*steps: dict[str, Any], name: str = "6x1000", **more: Any) -> dict[str, Any]:
    segment = {"segmentOrder": 1, "sportType": RUNNING, "workoutSteps": list(steps) or [step(1)]}
    return {"workoutName": name, "sportType": RUNNING, "workoutSegments": [segment]} | more


def intervals() -> dict[str, Any]:
    """15 min, 6 times 1000 m at 4:00 to 4:10 with 2 min between, 10 min until the button."""
    return workout(
        step(1, 1, end=(2, 900.0)),
        repeat(2, 6, step(3, end=(3, 1000.0), **pace(4.16667, 4.0)), step(4, 4, end=(2, 120.0))),
        step(5, 2, end=(1, None)),
        description="hard",
    )


@cache
def packed(size: int) -> bytes:
    """So many spaces behind a list, packed as ``gzip`` does."""
    return gzip.compress(b"[]" + b" " * size, 1)
