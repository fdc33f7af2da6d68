"""From a race result to VDOT, and from VDOT to the speed of a race or of training.

The equations are those of Jack Daniels and Jimmy Gilbert, *Oxygen Power* (1979). They think in metres per
minute, minutes and ml of oxygen per kg and minute; the functions here take and give metres, seconds and m/s.

They describe races of at least :data:`SHORTEST` and :data:`BRIEFEST`; below, the share of VO2max a runner can
hold passes 1. Beyond :data:`LONGEST` they are extrapolated. Nothing here refuses either: ``results`` warns of the one,
``caveats`` says the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import exp, sqrt
from typing import Final

from negsplit.units import HALF_MARATHON, MARATHON, METRES_PER, Distance, Duration

SHORTEST: Final = Distance(120_000)
BRIEFEST: Final = Duration(180_000)
"""1200 m and 3 min: the shortest race that the equations describe."""
LONGEST: Final = Duration(5 * 3_600_000)
"""About the longest."""

RACE_METRES: Final[Mapping[str, float]] = {
    "marathon": MARATHON.metres,
    "half": HALF_MARATHON.metres,
    "10mi": 16_093.44,
    "15k": 15_000.0,
    "10k": 10_000.0,
    "5k": 5_000.0,
    "3k": 3_000.0,
    "mile": METRES_PER["mi"],
}
"""Metres of the races that paces are named after."""

_QUICKEST_MINUTES: Final = 0.5
_SLOWEST_MINUTES: Final = 2000.0
_PRECISION_MINUTES: Final = 1e-9
_NEAR_MINUTES: Final = 2e-9
"""To each side of what is nearly a time: a hundred times what rounding moves one by, and few halves wide."""


def _oxygen_cost(speed: float) -> float:
    """Oxygen it takes to run at a speed in m/min."""
    return -4.60 + 0.182258 * speed + 0.000104 * speed**2


def _speed_at(oxygen: float) -> float:
    """Speed in m/min that costs so much oxygen: the inverse of :func:`_oxygen_cost`."""
    return (-0.182258 + sqrt(0.182258**2 + 4 * 0.000104 * (4.60 + oxygen))) / (2 * 0.000104)


def _share_held(minutes: float) -> float:
    """Share of VO2max that can be held for so long."""
    return 0.8 + 0.1894393 * exp(-0.012778 * minutes) + 0.2989558 * exp(-0.1932605 * minutes)


def _vdot(metres: float, minutes: float) -> float:
    return _oxygen_cost(metres / minutes) / _share_held(minutes)


def vdot(distance: Distance, time: Duration) -> float:
    """The VDOT of a race result, in ml of oxygen per kg and minute."""
    return _vdot(distance.metres, time.seconds / 60)


def vdot_of_race(metres: float, mps: float) -> float:
    """The VDOT of a race over so many metres at a speed in m/s."""
    return _vdot(metres, metres / mps / 60)


@lru_cache(maxsize=64)
def race_time(metres: float, vdot: float) -> float:
    """Seconds a runner of this VDOT takes to race a distance.

    By bisection: VDOT falls steadily with the time taken, and Newton's method swings between two values
    when VDOT is rounded. All halves but the last few are decided by what is :func:`_nearly` the time. A runner's paces
    ask for the same times again, which are remembered for that.

    :raises ValueError: for a time that is not between 30 s and 2000 min.
    """
    quick, slow = _QUICKEST_MINUTES, _SLOWEST_MINUTES
    near = _nearly(metres, vdot)
    least, most = near - _NEAR_MINUTES, near + _NEAR_MINUTES
    if not (quick < least and most < slow and _vdot(metres, most) < vdot < _vdot(metres, least)):
        least, most = quick, slow
        if not _vdot(metres, slow) <= vdot <= _vdot(metres, quick):
            raise ValueError(f"no race of {metres} m between 30 s and 2000 min has VDOT {vdot}")
    while slow - quick > _PRECISION_MINUTES:
        middle = (quick + slow) / 2
        if middle < least or (middle < most and _vdot(metres, middle) > vdot):
            quick = middle
        else:
            slow = middle
    return 60 * (quick + slow) / 2


def _nearly(metres: float, vdot: float) -> float:
    """Minutes of a race, mostly to 1e-9 of them; whoever asks has to try that.

    A guess allows a share of VDOT, and the speed that costs this takes some time; by three secants that is the guess.
    """
    oxygen = max(vdot, 0.0)

    def taken(minutes: float) -> float:
        return metres / _speed_at(oxygen * _share_held(minutes))

    before = metres / _speed_at(oxygen)
    minutes = taken(before)
    was_off = minutes - before
    for _ in range(3):
        off = taken(minutes) - minutes
        if off == was_off:
            break
        before, minutes, was_off = minutes, minutes - off * (minutes - before) / (off - was_off), off
    return minutes


def race_speed(metres: float, vdot: float) -> float:
    """Average speed in m/s of a race over a distance in metres.

    :raises ValueError: as :func:`race_time` does.
    """
    return metres / race_time(metres, vdot)


def training_speed(share: float, vdot: float) -> float:
    """Speed in m/s that costs a share of VDOT: 0.88 is threshold."""
    return _speed_at(share * vdot) / 60


def vdot_of_training(share: float, mps: float) -> float:
    """The VDOT of which a speed in m/s costs a share: the inverse of :func:`training_speed`."""
    return _oxygen_cost(60 * mps) / share
