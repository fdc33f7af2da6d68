"""How long and how far a program is, as far as that can be told beforehand."""

from __future__ import annotations

import math
from typing import Final

from negsplit.athlete.paces import Runner
from negsplit.bounds import middle
from negsplit.frozen import dataclass
from negsplit.model import Lap, Role, UntilHeartRate
from negsplit.program import Band, Intensity, Jump, Program, Quantity, Step
from negsplit.units import Amount, Distance, Duration

WALKING_MPS: Final = 5.5 / 3.6
"""A brisk walk."""
EASY_SHARE, JOG_SHARE = 0.81, 0.70
"""Of threshold speed: an open run, and an open warm-up, cool-down or recovery."""

_SHARE_OF_EFFORT: Final = {1: 0.68, 2: 0.72, 3: 0.805, 4: 0.89, 5: 0.935, 6: 0.97, 7: 1.0, 8: 1.05, 9: 1.11, 10: 1.18}
"""Threshold speed by effort: middles of the usual bands for RPE 1-10 (a judgement; authors differ by one)."""

_SHARE_OF_LTHR: Final = ((0.77, 0.75), (0.883, 0.85), (0.94, 0.915), (0.982, 0.97), (1.007, 1.01), (1.037, 1.06))
"""Threshold speed by share of threshold heart rate; good to 2-3 points."""

_LTHR_OF_MAX: Final = 0.9
_OPEN_SECONDS: Final = {
    Intensity.WARMUP: 600.0,
    Intensity.RECOVERY: 120.0,
    Intensity.REST: 120.0,
    Intensity.COOLDOWN: 300.0,
}
_HEART_RATE_SECONDS: Final = 90.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """Seconds and metres; None where they cannot be told. ``partial`` where an open step was assumed."""

    seconds: float | None
    metres: float | None
    partial: bool = False


@dataclass(frozen=True, slots=True)
class _Run:
    """What a stretch of a program comes to; not a number where it cannot be told."""

    seconds: float
    metres: float

    def __add__(self, other: _Run) -> _Run:
        return _Run(self.seconds + other.seconds, self.metres + other.metres)

    def __mul__(self, times: int) -> _Run:
        return _Run(self.seconds * times, self.metres * times)


def estimate(program: Program, runner: Runner) -> Estimate:
    """Each step at the middle speed of its target, or of what its role and effort suggest."""
    stretches: list[_Run] = []
    for step in program.steps:
        if isinstance(step, Jump):
            body = sum(stretches[step.to :], _Run(0, 0))
            # A body that was folded keeps its indexes, so that later jumps still find their steps.
            folded = [_repeated(body, step.until)] + [_Run(0, 0)] * (len(stretches) - step.to)
            stretches[step.to :] = folded
        else:
            stretches.append(_stretch(step, runner))
    whole = sum(stretches, _Run(0, 0))
    partial = any(isinstance(step, Step) and isinstance(step.length, Lap | UntilHeartRate) for step in program.steps)
    return Estimate(_known(whole.seconds), _known(whole.metres), partial)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _repeated(body: _Run, until: int | Amount) -> _Run:
    if isinstance(until, int):
        return body * until
    done, goal = (body.seconds, until.seconds) if isinstance(until, Duration) else (body.metres, until.metres)
    if math.isnan(done) or done <= 0:
        is_time = isinstance(until, Duration)
        return _Run(until.seconds if is_time else math.nan, math.nan if is_time else until.metres)  # type: ignore[union-attr]
    return body * math.ceil(round(goal / done, 9))


def _stretch(step: Step, runner: Runner) -> _Run:
    speed = speed_of(step, runner)
    length = step.length
    mps = math.nan if speed is None else speed
    if isinstance(length, Distance):
        return _Run(length.metres / mps if mps else math.nan, length.metres)
    if isinstance(length, Duration):
        seconds = length.seconds
    elif isinstance(length, UntilHeartRate):
        seconds = _HEART_RATE_SECONDS
    else:
        seconds = _OPEN_SECONDS.get(step.intensity, 0.0)
    return _Run(seconds, seconds * mps if seconds else 0.0)


def speed_of(step: Step, runner: Runner) -> float | None:
    """The speed in m/s that a step is reckoned with; None where nothing says."""
    threshold = runner.threshold_mps
    target = step.target
    if isinstance(target, Band) and target.quantity is Quantity.SPEED:
        return middle(target) / 1000
    role = step.written.role if step.written else None
    if role in (Role.WALK, Role.HIKE):
        return WALKING_MPS
    if step.intensity is Intensity.REST:
        return WALKING_MPS if isinstance(step.length, Distance) else 0.0
    if threshold is None:
        return None
    return threshold * _share(step, runner)


def _share(step: Step, runner: Runner) -> float:
    target = step.target
    if isinstance(target, Band) and target.quantity is Quantity.HEART_RATE:
        rates = runner.heart_rates
        lthr = rates.threshold or (rates.max * _LTHR_OF_MAX if rates.max else None)
        if lthr:
            return _between(middle(target) / lthr)
    if isinstance(target, Band) and target.quantity is Quantity.POWER and runner.critical_power:
        return middle(target) / runner.critical_power
    if step.written and step.written.effort:
        low, high = step.written.effort
        return (_SHARE_OF_EFFORT[low] + _SHARE_OF_EFFORT[high]) / 2
    return EASY_SHARE if step.intensity is Intensity.ACTIVE else JOG_SHARE


def _between(share: float) -> float:
    """Threshold speed for a share of threshold heart rate, by straight lines between known points."""
    points = _SHARE_OF_LTHR
    index = next((i for i, (lthr, _) in enumerate(points[1:], 1) if share <= lthr), len(points) - 1)
    (x0, y0), (x1, y1) = points[index - 1], points[index]
    return max(0.4, y0 + (share - x0) * (y1 - y0) / (x1 - x0))
