"""Race distances as the names of paces: ``8k``, ``1500m``, ``15mi``."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from negsplit.athlete.vdot import RACE_METRES
from negsplit.limits import LONGEST_RACE, SHORTEST_RACE
from negsplit.units import DISTANCE_UNITS, Distance

_NAME: Final = re.compile(r"(\d{1,9}(?:\.\d{1,9})?) ?([a-z]+)", re.ASCII)
_ONE_RACE: Final = 0.0025
"""As a share, how far spellings of one distance lie apart at most: ``13.1mi`` and ``6.2mi`` do (a judgement)."""
_IN_METRES: Final = Distance(200_000)
"""Below it runners say metres: ``1500m``."""


@lru_cache(maxsize=256)
def distance_named(name: str) -> Distance | None:
    """The distance that a name in small letters is: ``8k``, ``15 mi``; None for any other name."""
    found = _NAME.fullmatch(name)
    return Distance.of(Decimal(found[1]), found[2]) if found and found[2] in DISTANCE_UNITS else None


def is_race(distance: Distance) -> bool:
    """Whether a pace is known for races so long: 800 m to 50 km."""
    return SHORTEST_RACE <= distance <= LONGEST_RACE


def race_name(distance: Distance) -> str:
    """The one name of a distance, however it is spelt: ``half`` for 13.1 mi, ``8k`` for 8000 m."""
    for name, metres in RACE_METRES.items():
        if abs(distance.metres / metres - 1) <= _ONE_RACE:
            return name
    if distance < _IN_METRES and distance.cm % 100_000 and distance.cm % 100 == 0:
        return f"{distance.cm // 100}m"
    return str(distance).replace(" km", "k").replace(" ", "")
