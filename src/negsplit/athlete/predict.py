"""The time of a marathon from shorter races and from how much is run in a week.

The two models of Andrew Vickers and Emily Vertosick, *An empirical study of race times in recreational endurance
runners* (BMC Sports Science, Medicine and Rehabilitation 2016, 10.1186/s13102-016-0052-y), fitted to 2303 runners.
Their mean squared errors are 228 and 208, where Riegel's formula has 381. The coefficients are those that three
unrelated programs quote of its Additional file 1.
"""

from __future__ import annotations

from math import log
from typing import Final, NamedTuple

from negsplit.athlete.results import Result, Results
from negsplit.athlete.vdot import race_time
from negsplit.model import History
from negsplit.units import HALF_MARATHON, MARATHON, METRES_PER, Distance

SHORTEST, LONGEST = 5_000.0, HALF_MARATHON.metres * 1.0025
"""Metres of the races that a marathon is predicted from, as in the study; a half is also one of 13.1 mi or 21.1 km."""
FURTHER: Final = 2.0
"""How much longer the one of two races is at least: a smaller step says little of how a runner slows (a judgement)."""
LEAST_MILES, MOST_MILES = 10.0, 80.0
"""Miles a week between which the models were fitted; less and more count as these."""
QUICKEST, SLOWEST = 2.5 * 3600, 6 * 3600.0
"""Seconds between which a predicted marathon is one of the runners of the study."""

_RIEGEL: Final = 1.07


def marathon_from_one(metres: float, seconds: float, weekly_metres: float) -> float:
    """Seconds of a marathon from one race: the speed that Riegel's formula gives (with 1.07), and the miles a week."""
    riegel_mps = MARATHON.metres / (seconds * (MARATHON.metres / metres) ** _RIEGEL)
    mps: float = 0.16018617 + 0.83076202 * riegel_mps + 0.06423826 * _miles(weekly_metres) / 10
    return MARATHON.metres / mps


def marathon_from_two(short: tuple[float, float], long: tuple[float, float], weekly_metres: float) -> float:
    """Seconds of a marathon from two races, as metres and seconds: how a runner slows between them goes on beyond."""
    (metres, seconds), (far, far_seconds) = short, long
    slowing = log(far_seconds / seconds) / log(far / metres)
    exponent = 1.4510756 - 0.23797948 * slowing - 0.01410023 * _miles(weekly_metres) / 10
    longer: float = (MARATHON.metres / far) ** exponent
    return far_seconds * longer


def _miles(weekly_metres: float) -> float:
    return min(max(weekly_metres / METRES_PER["mi"], LEAST_MILES), MOST_MILES)


# --- Of a runner ---------------------------------------------------------------------------------


class Prediction(NamedTuple):
    """Seconds of a marathon, and what they were predicted from."""

    seconds: float
    basis: str


def predicted(results: Results, history: History | None) -> Prediction | None:
    """The marathon of a runner whose results count and whose history gives kilometres; None where these do not do.

    From the result nearest to a marathon and, where there is one at most half as long, from the best of these too. None
    for a result that the study has none of (:data:`SHORTEST`, :data:`LONGEST`), and for a time beyond its runners'.
    """
    weekly, long = weekly_metres(history), results.nearest(MARATHON.metres)
    if weekly is None or long is None or long.race is None or not _is_studied(long):
        return None
    metres, basis = long.race.distance.metres, f"{long.left}{long.basis}"
    short = next((one for one in results.counted if _is_studied(one) and FURTHER * _metres(one) <= metres), None)
    if short is None:
        seconds = marathon_from_one(metres, _seconds(long), weekly)
    else:
        seconds = marathon_from_two((_metres(short), _seconds(short)), (metres, _seconds(long)), weekly)
        basis = f"{short.left}{short.basis}, {basis}"
    if not QUICKEST <= seconds <= SLOWEST:
        return None
    return Prediction(seconds, f"{basis} and {weekly / 1000:.0f} km a week (Vickers and Vertosick)")


def weekly_metres(history: History | None) -> float | None:
    """The mean of a runner's weeks; None where they are in time."""
    weeks = history.weeks if history else ()
    far = [week.metres for week in weeks if isinstance(week, Distance)]
    return sum(far) / len(far) if far and len(far) == len(weeks) else None


def _is_studied(result: Result) -> bool:
    return SHORTEST <= _metres(result) <= LONGEST


def _metres(result: Result) -> float:
    return result.race.distance.metres if result.race else 0.0


def _seconds(result: Result) -> float:
    """What it took, or would take with what is left of it."""
    assert result.race is not None
    return result.race.time.seconds if result.share == 1 else race_time(_metres(result), result.vdot)
