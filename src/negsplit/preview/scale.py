"""What a picture of a workout is measured by: paces or efforts upward, time along."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from negsplit.estimate.profile import Profile
from negsplit.frozen import dataclass
from negsplit.units import METRES_PER, PaceUnit, pace_text

_ROOM_BELOW: Final = 0.2
"""What is left of a bar below the slowest effort, as a share of threshold speed."""
_LEAST: Final = 0.3

_WORDS: Final = ((0.8, "easy"), (1.0, "threshold"), (1.15, "fast"))
_SLOWEST: Final = 3599
"""Seconds a kilometre or mile: nothing slower has a mark."""
_PACE_STEPS: Final = (5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600)
_TIME_STEPS: Final = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400)
_LONGEST_IN_MINUTES: Final = 5400
_LONGEST_IN_HOURS: Final = 864_000


class Tick(NamedTuple):
    """A mark on an axis: ``at`` is an effort, or seconds from the start."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class EffortScale:
    """The efforts at the bottom and the top of a picture, as shares of threshold speed."""

    floor: float
    top: float

    def height(self, effort: float) -> float:
        """How high an effort stands: 0 at the bottom, 1 at the top."""
        return min(max((effort - self.floor) / (self.top - self.floor), 0.0), 1.0)


def scale(profile: Profile) -> EffortScale:
    """From some way below the slowest target to just above the fastest, so that differences can be seen.

    Standing still has no height; it does not count.
    """
    moving = [bar for bar in profile.bars if not bar.still]
    lowest = min((bar.low for bar in moving), default=_LEAST)
    highest = max((bar.high for bar in moving), default=1.0)
    floor = max(math.floor(lowest * 10) / 10 - _ROOM_BELOW, 0.0)
    return EffortScale(floor, max(math.ceil(highest * 20) / 20, floor + _LEAST))


def effort_ticks(profile: Profile, by: EffortScale, unit: PaceUnit, gap: float) -> list[Tick]:
    """Round paces, the fastest first, at least ``gap`` of the height apart; words where no pace can be told."""
    mps = profile.mps
    if mps is None:
        return [Tick(at, word) for at, word in reversed(_WORDS) if by.floor < at <= by.top]
    metres = METRES_PER[unit]
    fastest = metres / (by.top * mps)
    slowest = min(metres / ((by.floor + _ROOM_BELOW / 2) * mps), _SLOWEST)
    step = next((step for step in _PACE_STEPS if _is_wide(step, fastest, by, gap)), _PACE_STEPS[-1])
    ticks: list[Tick] = []
    for number in range(math.ceil(fastest / step), math.floor(slowest / step) + 1):
        at = metres / (number * step) / mps
        if by.height(at) >= 0.7 * gap and (not ticks or by.height(ticks[-1].at) - by.height(at) >= gap):
            ticks.append(Tick(at, pace_text(at * mps, unit)))
    return ticks


def _is_wide(step: int, fastest: float, by: EffortScale, gap: float) -> bool:
    """Whether paces a ``step`` apart are far enough from one another where most of the bars end: near the top."""
    return by.height(by.top) - by.height(by.top * fastest / (fastest + step)) >= gap


def time_ticks(seconds: float, most: int) -> list[Tick]:
    """Round times from 0 on, at most so many of them."""
    step = next((step for step in _TIME_STEPS if seconds / step < most), 0)
    if not step:
        step = 86_400 * math.ceil(seconds / 86_400 / most)
    return [Tick(at, time_text(at, seconds)) for at in range(0, math.floor(seconds) + 1, step)]


def time_text(at: float, longest: float) -> str:
    """``30 s``, ``10 min``; from an hour and a half on ``1:30``, where all takes ten days or more ``4 d``."""
    minutes, seconds = divmod(math.floor(at), 60)
    if longest >= _LONGEST_IN_HOURS:
        return f"{minutes // 1440} d"
    if longest > _LONGEST_IN_MINUTES:
        return f"{minutes // 60}:{minutes % 60:02d}"
    if not seconds:
        return f"{minutes} min" if minutes else "0"
    return f"{minutes}:{seconds:02d}" if minutes else f"{seconds} s"
