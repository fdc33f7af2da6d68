"""How fast and how long one step is reckoned to be before anybody has run it, and how far that may be off."""

from __future__ import annotations

import math
from enum import Enum
from typing import Final

from negsplit.athlete.paces import Runner
from negsplit.frozen import dataclass
from negsplit.model import Lap, Role, UntilHeartRate
from negsplit.program.bounds import middle, only_edge
from negsplit.program.model import Band, Intensity, ProgramStep, Quantity, Zone
from negsplit.units import Distance, Duration


@dataclass(frozen=True, slots=True)
class Guess:
    """A number and the ends it lies between; not a number (NaN) where it cannot be told."""

    low: float
    middle: float
    high: float

    @property
    def known(self) -> bool:
        """Whether it can be told at all."""
        return not math.isnan(self.middle)

    def __add__(self, other: Guess) -> Guess:
        return Guess(self.low + other.low, self.middle + other.middle, self.high + other.high)

    def __mul__(self, other: Guess) -> Guess:
        """The product; neither is negative."""
        return Guess(self.low * other.low, self.middle * other.middle, self.high * other.high)

    def __truediv__(self, other: Guess) -> Guess:
        """The quotient, unknown where ``other`` may be nothing."""
        if not other.low:
            return UNKNOWN
        return Guess(self.low / other.high, self.middle / other.middle, self.high / other.low)


def sure(value: float) -> Guess:
    """A number that is as written."""
    return Guess(value, value, value)


UNKNOWN: Final = sure(math.nan)
NOTHING: Final = sure(0.0)
"""Of whatever unit: what nobody can tell, and none of it."""


class How(Enum):
    """What the speed of a step rests on; the values are words for people."""

    PACE = "the middle of each pace range"
    HEART_RATE = "pace estimated from heart rate"
    POWER = "pace estimated from power"
    EFFORT = "pace estimated from effort"
    ZONE = "Garmin's default zones"
    OPEN = "easy pace where none is given"
    WALK = "a brisk walk"
    STILL = "standing still"


@dataclass(frozen=True, slots=True)
class Reckoned:
    """One step: seconds, metres, m/s, and speed as a share of threshold speed.

    ``assumed`` says that what ends it (a button, a heart rate) was given a usual length.
    """

    seconds: Guess
    metres: Guess
    speed: Guess
    share: Guess
    how: How
    assumed: bool = False


WALKING_MPS: Final = Guess(5.0 / 3.6, 5.5 / 3.6, 6.4 / 3.6)
"""A brisk walk in m/s: 5.5 km/h, from 12 min/km to 15 min/mi (a judgement)."""
JOG_SHARE: Final = Guess(0.62, 0.70, 0.78)
"""An open warm-up, cool-down or recovery, as shares of threshold speed (a judgement)."""
EASY_SHARE: Final = Guess(0.75, 0.81, 0.86)
"""An open run, as shares of threshold speed: easy pace, 63-73 % of VDOT."""

_SHARE_OF_EFFORT: Final = {
    1: Guess(0.60, 0.68, 0.72),
    2: Guess(0.65, 0.72, 0.75),
    3: Guess(0.75, 0.805, 0.86),
    4: Guess(0.86, 0.89, 0.92),
    5: Guess(0.92, 0.935, 0.95),
    6: Guess(0.95, 0.97, 0.99),
    7: Guess(0.98, 1.0, 1.02),
    8: Guess(1.02, 1.05, 1.08),
    9: Guess(1.06, 1.11, 1.16),
    10: Guess(1.15, 1.18, 1.30),
}
"""Threshold speed by effort, RPE 1-10 (a judgement; authors differ by one)."""

_SHARE_OF_LTHR: Final = ((0.77, 0.75), (0.883, 0.85), (0.94, 0.915), (0.982, 0.97), (1.007, 1.01), (1.037, 1.06))
"""Threshold speed by share of threshold heart rate; good to 2-3 points."""
_LTHR_OF_MAX: Final = 0.9
_SLOWEST_SHARE: Final = 0.4

_POWER_ZONES: Final = ((0.40, 0.55), (0.56, 0.75), (0.76, 0.90), (0.91, 1.05), (1.06, 1.20), (1.21, 1.50), (1.51, 2.0))
"""Of threshold power, the edges that watches come with."""
_BEYOND_AN_EDGE: Final = 0.05
"""How far a runner told to be faster, or slower, than an edge is taken to go beyond it."""

_OPEN_SECONDS: Final = {
    Intensity.WARMUP: Guess(300, 600, 1200),
    Intensity.RECOVERY: Guess(60, 120, 240),
    Intensity.REST: Guess(60, 120, 240),
    Intensity.COOLDOWN: Guess(180, 300, 600),
}
"""Until the lap button; an open run may last any time."""
_HEART_RATE_SECONDS: Final = Guess(30, 90, 180)


def reckon(step: ProgramStep, runner: Runner) -> Reckoned:
    """One step at the middle speed of its target, or of what its effort or role suggests; edges as it allows."""
    speed, share, how = _pace_of(step, runner)
    length = step.length
    assumed = isinstance(length, Lap | UntilHeartRate)
    if isinstance(length, Distance):
        metres = sure(length.metres)
        return Reckoned(metres / speed, metres, speed, share, how)
    if isinstance(length, Duration):
        seconds = sure(length.seconds)
    elif isinstance(length, UntilHeartRate):
        seconds = _HEART_RATE_SECONDS
    else:
        seconds = _OPEN_SECONDS.get(step.intensity, NOTHING)
    return Reckoned(seconds, seconds * speed if seconds.high else NOTHING, speed, share, how, assumed)


def _pace_of(step: ProgramStep, runner: Runner) -> tuple[Guess, Guess, How]:
    """Speed in m/s, its share of threshold speed, and what they rest on."""
    threshold = sure(runner.threshold_mps or math.nan)
    target = step.target
    if isinstance(target, Band) and target.quantity is Quantity.SPEED:
        speed = _within(target) * sure(0.001)
        return speed, speed / threshold, How.PACE
    role = step.written.role if step.written else None
    if step.intensity is Intensity.REST and not isinstance(step.length, Distance):
        return NOTHING, NOTHING, How.STILL
    if role in (Role.WALK, Role.HIKE) or step.intensity is Intensity.REST:
        return WALKING_MPS, WALKING_MPS / threshold, How.WALK
    share, how = share_of(step, runner)
    speed = share * threshold
    return _no_slower(speed, WALKING_MPS) if how in (How.EFFORT, How.OPEN) else speed, share, how


def _no_slower(speed: Guess, least: Guess) -> Guess:
    """Nobody runs slower than a walk, however slow a share of threshold speed is."""
    if not speed.known:
        return speed
    return Guess(max(speed.low, least.low), max(speed.middle, least.middle), max(speed.high, least.high))


def _within(band: Band) -> Guess:
    edge = only_edge(band)
    if edge is None:
        return Guess(band.low, middle(band), band.high)
    sign, value = edge
    if sign == "<":
        return Guess(value * (1 - _BEYOND_AN_EDGE), value, value)
    return Guess(value, value, value * (1 + _BEYOND_AN_EDGE))


def share_of(step: ProgramStep, runner: Runner) -> tuple[Guess, How]:
    """How hard a step without a pace is, as the share of threshold speed of a run that hard, and what says so."""
    target = step.target
    if isinstance(target, Band) and target.quantity is Quantity.HEART_RATE:
        rates = runner.heart_rates
        lthr = rates.threshold or (rates.max * _LTHR_OF_MAX if rates.max else None)
        if lthr:
            return _from_heart_rate(_within(target) / sure(lthr)), How.HEART_RATE
    if isinstance(target, Band) and target.quantity is Quantity.POWER and runner.critical_power:
        return _within(target) / sure(runner.critical_power), How.POWER
    if isinstance(target, Zone):
        return _zone(target), How.ZONE
    if step.written and step.written.effort:
        low, high = (_SHARE_OF_EFFORT[effort] for effort in step.written.effort)
        return Guess(low.low, (low.middle + high.middle) / 2, high.high), How.EFFORT
    return (EASY_SHARE if step.intensity is Intensity.ACTIVE else JOG_SHARE), How.OPEN


def _zone(zone: Zone) -> Guess:
    """A watch's own zone: tenths of maximum heart rate from 50 % up, or shares of threshold power."""
    if zone.quantity is Quantity.HEART_RATE:
        low, high = 0.4 + 0.1 * zone.number, 0.5 + 0.1 * zone.number
        return _from_heart_rate(Guess(low, (low + high) / 2, high) / sure(_LTHR_OF_MAX))
    low, high = _POWER_ZONES[zone.number - 1]
    return Guess(low, (low + high) / 2, high)


def _from_heart_rate(share: Guess) -> Guess:
    return Guess(*(_speed_at(end) for end in (share.low, share.middle, share.high)))


def _speed_at(share: float) -> float:
    """Threshold speed for a share of threshold heart rate, by straight lines between known points."""
    points = _SHARE_OF_LTHR
    index = next((i for i, (lthr, _) in enumerate(points[1:], 1) if share <= lthr), len(points) - 1)
    (x0, y0), (x1, y1) = points[index - 1], points[index]
    return max(_SLOWEST_SHARE, y0 + (share - x0) * (y1 - y0) / (x1 - x0))
