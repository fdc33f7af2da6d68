"""The fields of Garmin Connect's JSON: those that say something of a workout, and those that may be passed over.

What is in neither list is something that nobody here knows, and is said to be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from typing import Any, Final

from negsplit.formats.json_fields import Object, number

_ESTIMATED: Final = (
    "estimatedDurationInSecs estimatedDistanceInMeters estimatedDistanceUnit estimateType avgTrainingSpeed "
    "poolLength poolLengthUnit"
)
"""What the service adds up, or knows of pools."""
_WHOSE: Final = (
    "workoutId ownerId author shared sharedWithUsers locale workoutProvider workoutSourceId createdDate updatedDate "
    "updateDate uploadTimestamp trainingPlanId atpPlanId consumer consumerName consumerImageURL consumerWebsiteURL "
    "workoutThumbnailUrl workoutNameI18nKey descriptionI18nKey displayOrder isSessionTransitionEnabled"
)
"""Whose a workout is, where it came from, and when."""
WORKOUT: Final = frozenset(
    f"workoutName description sportType subSportType workoutSegments {_WHOSE} {_ESTIMATED}".split()
)
SEGMENT: Final = frozenset(f"segmentOrder sportType workoutSteps {_ESTIMATED}".split())
_PART: Final = (
    "type stepId stepOrder childStepId stepType description endCondition endConditionValue preferredEndConditionUnit"
)
GROUP: Final = frozenset(f"{_PART} numberOfIterations smartRepeat skipLastRestStep workoutSteps".split())
_TARGET: Final = ("targetType", "targetValueOne", "targetValueTwo", "targetValueUnit", "zoneNumber")
STEP: Final = frozenset(
    (
        *f"{_PART} endConditionCompare weightUnit strokeType equipmentType".split(),
        *_TARGET,
        *(f"secondary{name[0].upper()}{name[1:]}" for name in _TARGET),
    )
)
TYPE: Final = frozenset(("displayOrder", "displayable"))
"""Of a type, beside its number and key."""
_OTHER_KEYS: Final = {"cadencezone": "cadence"}
"""Keys that the service takes, and keeps under another."""


def unknown(within: Object, known: frozenset[str]) -> Iterator[str]:
    """The fields that say something and are not known."""
    return (key for key in within if key not in known and says_something(within[key]))


def says_something(value: Any) -> bool:
    """Whether a value is more than the service's way to say nothing: null, false, 0, a list of nothing."""
    if isinstance(value, dict):
        return any(key not in TYPE and says_something(one) for key, one in value.items())
    return bool(value) and not (isinstance(value, list) and not any(map(says_something, value)))


def type_number(within: Object, key: str, name: str) -> int | None:
    """The whole number in ``{"stepTypeId": 3, "stepTypeKey": "interval"}``, where ``name`` is ``stepType``."""
    found = within.get(key)
    value = number(found, f"{name}Id") if isinstance(found, dict) else None
    return int(value) if value is not None and value == int(value) else None


def type_key(within: Object, key: str, name: str) -> str:
    """The key beside that number; empty where there is none."""
    found = within.get(key)
    word = found if isinstance(found, str) else found.get(f"{name}Key") if isinstance(found, dict) else None
    return word if isinstance(word, str) else ""


def by_key(names: type[IntEnum], key: str) -> int | None:
    """The number that belongs to a key, however its words are joined: ``heart.rate.zone``, ``HEART_RATE_ZONE``."""
    squeezed = re.sub(r"[^a-z0-9]", "", key.lower())
    known = {one.name.replace("_", "").lower(): one for one in names}
    return known.get(_OTHER_KEYS.get(squeezed, squeezed))
