"""How the service stores a workout: numbers decide, keys follow, every field is there, every step is numbered anew."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from itertools import count
from typing import Any

from account.garmin.double.ids import ENDS, ITERATIONS, SPORTS, STEPS, TARGETS, Kinds

NAME_UNITS = 256
"""UTF-16 units that are left of a name."""
OWNER = 99999999

_SHOWN_AS = {("sportTypeId", 4): 3, ("sportTypeId", 10): 4}
"""Where ``displayOrder`` is not the number itself."""


def _names(text: str) -> list[str]:
    return text.split()


WORKOUT = _names(
    "workoutId ownerId workoutName description updatedDate createdDate sportType subSportType trainingPlanId author "
    "sharedWithUsers estimatedDurationInSecs estimatedDistanceInMeters workoutSegments poolLength poolLengthUnit "
    "locale workoutProvider workoutSourceId uploadTimestamp atpPlanId consumer consumerName consumerImageURL "
    "consumerWebsiteURL workoutNameI18nKey descriptionI18nKey avgTrainingSpeed estimateType estimatedDistanceUnit "
    "workoutThumbnailUrl isSessionTransitionEnabled shared"
)
SEGMENT = _names(
    "segmentOrder sportType poolLengthUnit poolLength avgTrainingSpeed estimatedDurationInSecs "
    "estimatedDistanceInMeters estimatedDistanceUnit estimateType description workoutSteps"
)
STEP = _names(
    "type stepId stepOrder stepType childStepId description endCondition endConditionValue preferredEndConditionUnit "
    "endConditionCompare targetType targetValueOne targetValueTwo targetValueUnit zoneNumber secondaryTargetType "
    "secondaryTargetValueOne secondaryTargetValueTwo secondaryTargetValueUnit secondaryZoneNumber endConditionZone "
    "strokeType equipmentType category exerciseName workoutProvider providerExerciseSourceId weightValue weightUnit"
)
REPEAT = _names(
    "type stepId stepOrder stepType childStepId numberOfIterations workoutSteps endConditionValue "
    "preferredEndConditionUnit endConditionCompare endCondition skipLastRestStep smartRepeat"
)
LISTED = _names(
    "workoutId ownerId workoutName description sportType trainingPlanId author createdDate estimatedDurationInSecs "
    "estimatedDistanceInMeters workoutProvider workoutSourceId consumer atpPlanId workoutNameI18nKey "
    "descriptionI18nKey shared workoutThumbnailUrl"
)
"""The fields of a workout in the list, where ``updatedDate`` is spelt ``updateDate``."""

FLOATS = {
    "endConditionValue",
    "targetValueOne",
    "targetValueTwo",
    "secondaryTargetValueOne",
    "secondaryTargetValueTwo",
    "avgTrainingSpeed",
    "estimatedDistanceInMeters",
}


def stored(body: dict[str, Any], identity: dict[str, Any], step_ids: Iterator[int]) -> dict[str, Any]:
    """A workout that passed the refusals, as GET will give it. ``identity`` holds its number, dates and owner."""
    whole = _filled(body, WORKOUT) | {"ownerId": OWNER, "shared": False} | identity
    whole["workoutName"] = cut(body["workoutName"])
    whole["sportType"] = _kind(SPORTS, body["sportType"])
    whole["author"] = _author()
    whole["estimatedDistanceUnit"] = whole["estimatedDistanceUnit"] or {"unitId": None, "unitKey": None, "factor": None}
    orders, groups = count(1), count(1)
    whole["workoutSegments"] = [
        _filled(segment, SEGMENT)
        | {"sportType": _kind(SPORTS, segment["sportType"])}
        | {"workoutSteps": [_step(one, None, orders, groups, step_ids) for one in segment["workoutSteps"]]}
        for segment in body["workoutSegments"]
    ]
    return whole


def single(value: Any) -> Any:
    """A number as the service keeps it: the shortest decimal of the nearest 32-bit float. Texts become numbers."""
    if value is None:
        return None
    nearest = struct.unpack("f", struct.pack("f", float(value)))[0]
    if not math.isfinite(nearest):
        return nearest
    shorter = (float(f"{nearest:.{digits}g}") for digits in range(1, 10))
    return next((one for one in shorter if struct.unpack("f", struct.pack("f", one))[0] == nearest), nearest)


def cut(name: str) -> str:
    """A name as much of it as is kept, with three dots where it was cut."""
    units = name.encode("utf-16-le")
    if len(units) <= 2 * NAME_UNITS:
        return name
    return units[: 2 * (NAME_UNITS - 3)].decode("utf-16-le", "ignore") + "..."


def _step(
    step: dict[str, Any], group: int | None, orders: Iterator[int], groups: Iterator[int], step_ids: Iterator[int]
) -> dict[str, Any]:
    if step["type"] == "RepeatGroupDTO":
        return _repeat(step, orders, groups, step_ids)
    whole = _filled(step, STEP)
    whole |= {"stepId": next(step_ids), "stepOrder": next(orders), "childStepId": group}
    whole["stepType"] = _kind(STEPS, step["stepType"])
    whole["endCondition"] = _end(step["endCondition"])
    whole["targetType"] = _kind(TARGETS, step["targetType"]) if step.get("targetType") else None
    secondary = step.get("secondaryTargetType")
    whole["secondaryTargetType"] = _kind(TARGETS, secondary) if secondary else None
    whole["strokeType"] = {"strokeTypeId": 0, "strokeTypeKey": None, "displayOrder": 0}
    whole["equipmentType"] = {"equipmentTypeId": 0, "equipmentTypeKey": None, "displayOrder": 0}
    return whole


def _repeat(
    step: dict[str, Any], orders: Iterator[int], groups: Iterator[int], step_ids: Iterator[int]
) -> dict[str, Any]:
    group = next(groups)
    whole = _filled(step, REPEAT)
    whole |= {"stepId": next(step_ids), "stepOrder": next(orders), "childStepId": group}
    whole["numberOfIterations"] = int(step["numberOfIterations"])
    whole["stepType"] = _kind(STEPS, step.get("stepType") or {"stepTypeId": 6})
    whole["endCondition"] = _end(step.get("endCondition") or {"conditionTypeId": ITERATIONS})
    if step.get("endConditionValue") is None:
        whole["endConditionValue"] = float(whole["numberOfIterations"])
    whole["workoutSteps"] = [_step(one, group, orders, groups, step_ids) for one in step["workoutSteps"]]
    return whole


def _filled(given: dict[str, Any], fields: list[str]) -> dict[str, Any]:
    """Every field the service has and no other, null where nothing was sent."""
    return {name: single(given.get(name)) if name in FLOATS else given.get(name) for name in fields}


def _kind(kinds: Kinds, value: dict[str, Any]) -> dict[str, Any]:
    number = value[kinds.number]
    order = _SHOWN_AS.get((kinds.number, number), number)
    return {kinds.number: number, kinds.key: kinds.known[number], "displayOrder": order}


def _end(value: dict[str, Any]) -> dict[str, Any]:
    end = _kind(ENDS, value)
    return end | {"displayable": end["conditionTypeId"] != ITERATIONS}


def _author() -> dict[str, Any]:
    pictures = dict.fromkeys(("profileImgNameLarge", "profileImgNameMedium", "profileImgNameSmall"))
    names = {"userProfilePk": OWNER, "displayName": "test-user", "fullName": "Test User"}
    return names | pictures | {"userPro": False, "vivokidUser": False}
