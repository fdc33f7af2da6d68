"""The speeds that a runner trains at, from VDOT; those of slow runners by a rule of their own.

The shares of VDOT are fitted to the paces that Daniels prints (*Running Formula*, 3rd ed.) for VDOT 30 to 85. Further
down they leave the order of their names: threshold would be faster than 10 km pace, easy a walk. What is done about it
below :data:`TABLES_BEGIN` is a judgement.
"""

from __future__ import annotations

from typing import Final

from negsplit.athlete.vdot import RACE_METRES, race_speed, training_speed, vdot_of_race, vdot_of_training

EASY_SHARES: Final = (0.63, 0.73)
THRESHOLD_SHARE: Final = 0.88
INTERVAL_SHARE: Final = 0.975
STEADY_SHARES: Final = (0.86, 0.92)
"""Of threshold speed; the others of VDOT. 88 % is within 0.7 s/km of the printed thresholds from VDOT 30 to 80."""

TABLES_BEGIN: Final = 30.0
"""The lowest VDOT of the printed tables: from here up nothing differs from the shares."""
_SLOW_BELOW: Final = 28.0
"""From here down the rule for slow runners holds whole; in between speeds go from one to the other evenly."""

SLOWEST_EASY_MPS: Final = 1000 / 630
"""10:30/km, a little faster than a brisk walk of 5.5 km/h (10:55/km)."""
SLOWEST_RUN_MPS: Final = 1000 / 570
"""9:30/km: slower than this is hardly a run."""


def easy_speeds(vdot: float) -> tuple[float, float]:
    """Slow and fast edge of easy pace in m/s, the slow one no slower than 10:30/km.

    Where :func:`is_walked` they are those of the shares: nothing to run at, but slower than all other paces.
    """
    slow, fast = (training_speed(share, vdot) for share in EASY_SHARES)
    return (slow if is_walked(vdot) or vdot >= TABLES_BEGIN else max(slow, SLOWEST_EASY_MPS)), fast


def is_walked(vdot: float) -> bool:
    """Whether even the fast edge of easy pace is no run, below VDOT 21.6: easy is an effort then."""
    return training_speed(EASY_SHARES[1], vdot) < SLOWEST_RUN_MPS


def threshold_speed(vdot: float) -> float:
    """Threshold in m/s: 88 % of VDOT, no faster than a race of 10 km, which it would be below VDOT 28."""
    return min(training_speed(THRESHOLD_SHARE, vdot), race_speed(RACE_METRES["10k"], vdot))


def interval_speed(vdot: float) -> float:
    """Interval pace in m/s: 97.5 % of VDOT; of slow runners no faster than a race of 3 km.

    That is never faster than 5 km pace less 3 % either, down to VDOT 10.
    """
    usual = training_speed(INTERVAL_SHARE, vdot)
    if vdot >= TABLES_BEGIN:
        return usual
    slow = min(usual, race_speed(RACE_METRES["3k"], vdot))
    share = (TABLES_BEGIN - vdot) / (TABLES_BEGIN - _SLOW_BELOW)
    return slow if share >= 1 else usual + share * (slow - usual)


def vdot_of_threshold(mps: float) -> float:
    """The VDOT whose threshold is a speed in m/s: the inverse of :func:`threshold_speed`."""
    return max(vdot_of_training(THRESHOLD_SHARE, mps), vdot_of_race(RACE_METRES["10k"], mps))
