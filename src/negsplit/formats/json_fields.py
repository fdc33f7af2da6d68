"""Fields of JSON that somebody else wrote: what is not of the kind expected is as good as absent."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

Object = Mapping[str, Any]


def objects(within: Object, key: str) -> list[Object]:
    """The objects of a list."""
    found = within.get(key)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def reference(within: Object, key: str, name: str) -> int | None:
    """The number in ``{"stepTypeId": 3, "stepTypeKey": "interval"}``; its key says nothing that counts."""
    found = within.get(key)
    number = found.get(name) if isinstance(found, Mapping) else None
    return number if isinstance(number, int) else None


def number(within: Object, key: str) -> float | None:
    """A number, also where it stands in quotes, as the service reads it."""
    found = within.get(key)
    if isinstance(found, bool) or not isinstance(found, int | float | str):
        return None
    try:
        value = float(found)
    except (ValueError, OverflowError):
        return None
    return value if math.isfinite(value) else None


def text(within: Object, key: str) -> str:
    """A text; empty where there is none."""
    found = within.get(key)
    return found if isinstance(found, str) else ""
