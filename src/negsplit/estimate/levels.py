"""How hard a stretch of running is, in six levels that runners know by name."""

from __future__ import annotations

from bisect import bisect_right
from enum import Enum
from typing import Final


class Level(Enum):
    """The levels, from easy to hard; the values are words for people."""

    RECOVERY = "recovery"
    EASY = "easy"
    STEADY = "steady"
    THRESHOLD = "threshold"
    INTERVAL = "interval"
    REPETITION = "repetition"


LEVELS: Final = tuple(Level)
_EDGES: Final = (0.75, 0.87, 0.96, 1.04, 1.1)
"""Where the next level begins, as shares of threshold speed (a judgement).

They lie between the paces of Daniels' tables, from 14:00 to 38:00 for 5 km: easy is 0.81 to 0.83 of threshold speed,
marathon 0.93 to 0.96, interval 1.07 to 1.09, repetition 1.11 to 1.21.
"""


def level_of(share: float) -> Level:
    """The level of a speed, or of an effort that is reckoned as one, as a share of threshold speed."""
    return LEVELS[bisect_right(_EDGES, share)]
