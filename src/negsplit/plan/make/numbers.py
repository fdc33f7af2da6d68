"""The numbers that plans are made from: one table, each number once.

They are judgements, fitted to 16 published plans (Pfitzinger, Higdon, Hansons, Daniels' club plans, Boston, Coogan):
their highest week is 1.3 to 1.7 times the first, about 2 times from very little; the long run is 25 to 38 % of the week
in five or six runs and up to half in three or four; the last two or three weeks are .8, .6 and .4 of the highest. The
cut of a taper is Bosquet's (Medicine & Science in Sports & Exercise, 2007). Kilometres and minutes throughout.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from negsplit.frozen import dataclass
from negsplit.plan.make.wish import Kind


@dataclass(frozen=True, slots=True)
class Least:
    """What a runner has to bring: weeks to go, km a week, and km of the longest run."""

    weeks: int
    km: float
    long_km: float


@dataclass(frozen=True, slots=True)
class Reach:
    """What has to be reached before the taper: a long run in km or in minutes, whichever is shorter, and km a week."""

    long_km: float
    long_minutes: float
    km: float


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of one kind of plan.

    ``longest_km`` and ``longest_minutes`` bound the long run; ``growth`` is the highest week at most, in times the
    first; ``minutes_a_run`` bounds what the runs of the highest week take on average. ``taper`` and ``long_taper`` are
    shares of the highest week, the race apart, and of the longest run, for each of the last weeks; the race is in the
    last. ``long_share`` is what the long run may have of a week above :data:`LONG_SHARES`, ``long_step`` the km by
    which it may always grow, ``easy_minutes`` the longest that any other easy run may be.
    """

    least: Least
    reach: Reach
    longest_km: float
    longest_minutes: float
    growth: float
    minutes_a_run: float
    taper: tuple[float, ...] = ()
    long_taper: tuple[float, ...] = ()
    long_share: float = 0.0
    long_step: float = 1.0
    easy_minutes: float = 75.0


NUMBERS: Final[Mapping[Kind, Numbers]] = {
    "5k": Numbers(Least(6, 15, 5), Reach(8, 60, 20), 16, 95, 1.5, 65, (0.70, 0.42), (0.60, 0.0)),
    "10k": Numbers(Least(8, 20, 7), Reach(12, 80, 25), 19, 110, 1.5, 72, (0.70, 0.42), (0.60, 0.0)),
    "half": Numbers(Least(10, 25, 9), Reach(16, 120, 32), 22, 140, 1.6, 82, (0.70, 0.40), (0.60, 0.0), long_share=0.05),
    "marathon": Numbers(
        Least(16, 30, 12),
        Reach(26, 165, 42),
        32,
        180,
        1.67,
        95,
        (0.80, 0.60, 0.36),
        (0.65, 0.45, 0.0),
        long_share=0.12,
        long_step=1.6,
        easy_minutes=95,
    ),
    "base": Numbers(Least(4, 10, 4), Reach(0, 0, 0), 20, 120, 1.5, 75),
}
"""By kind, those that are made here. Fokkema (2020) is behind what a half and a marathon have to reach."""

FIT_FOR_MARATHON: Final = Least(12, 60, 20)
"""Who runs so much needs only twelve weeks."""
MORE_FROM_LITTLE: Final = 2.0
"""A marathon's highest week, in times the first, up to what it has to reach: for those who run less than 30 km."""

LONG_SHARES: Final[Mapping[int, float]] = {3: 0.45, 4: 0.38, 5: 0.33, 6: 0.29}
"""The long run as a share of the week, by the number of runs."""
MOST_OF_WEEK: Final = 0.60
"""What the longest run may have of a week at most: of the one that a runner begins with, and on the way to what a long
run has to reach (published plans for a first marathon: up to 52 %)."""
FIRST_LONG: Final = 1.1, 0.9
"""The first long run: so many times its share of the week at most, and so much of the longest of late at least."""

GROWTH_A_WEEK: Final = 1.06
"""Of the volume from one building week to the next, at most and on average."""
STEP_SHARE, STEP_KM = 0.10, 2.0
"""What a week may have above the highest so far: the larger of the two. One mile a run and week is Daniels'."""
LONG_STEP: Final = 1.6
"""Km by which a long run may always grow until it is what it has to reach: the mile by which published plans step."""
EVEN_STEP, LEAST_LONG_STEP = 1.3, 0.5
"""The long run grows by at most so many times an even step to its aim, and by half a kilometre at least."""

DOWN_EVERY, DOWN = 4, 0.75
"""Every fourth week has so much of the highest week and longest run so far. Coaches cut 10 to 33 %."""
LATE_WEEKS, SHORTER_LONG = 8, 0.75
"""In the last weeks before a marathon's taper every second long run is so much of the longest."""
TUNE_UP: Final = 0.80
"""The volume of a week with a race on the way, in which there is no long run."""

LEAST_EASY, SHORTEST_EASY, MOST_OF_LONG = 20.0, 15.0, 0.80
"""Minutes of the shortest easy run, and where a week has no more left; then the longest, as a share of the long run."""
BY_TIME_FROM: Final = 7.0
"""Minutes a kilometre at the middle of easy pace: slower runners get a plan in minutes."""
USUAL_PACE: Final = 7.0
"""The same for a runner of whom no result is known (a judgement): slow enough for most."""
LOWEST_VDOT: Final = 25.0
"""Below it a plan is by effort: the named paces run together."""

FEWEST_RUNS: Final = 3
"""A week; one of them is fast."""
SECOND_FAST_DAY: Final = 210.0
"""Minutes of running a week, in four runs or more, from which a second fast day is worth it."""
LONG_WARM_UP_FROM: Final = 40.0
"""Minutes of the average run: who runs less warms up for 10 and cools down for 5 minutes, others for 15 and 10."""
