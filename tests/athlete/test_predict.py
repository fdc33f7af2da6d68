"""A marathon from kilometres: judged by figures reckoned elsewhere, and by the models as their paper words them.

`TABLE` are rows of a table made for this project by another program, from the constants that three unrelated
programs quote of the Additional file 1 of Vickers & Vertosick (2016): no line of this one was used for it.
"""

import math

import pytest

from negsplit.athlete.predict import marathon_from_one, marathon_from_two
from negsplit.athlete.vdot import race_time
from negsplit.model import Athlete, History
from negsplit.targets import PaceTarget
from negsplit.units import Distance, Duration, Pace, clock
from strategies.athletes import known, race

FIVE, HALF, MARATHON = 5_000.0, 21_097.5, 42_195.0
TABLE = [
    (FIVE, 1200, None, 30, "3:35:38"),
    (FIVE, 1200, None, 80, "3:23:12"),
    (FIVE, 2100, None, 50, "5:40:49"),
    (HALF, 5400, None, 50, "3:23:44"),
    (HALF, 6120, None, 30, "3:53:47"),
    (HALF, 7200, None, 80, "4:11:18"),
    (FIVE, 1200, 5510, 30, "3:27:03"),
    (FIVE, 1200, 6120, 50, "3:44:28"),
    (FIVE, 1500, 7200, 80, "4:21:07"),
]
RACES = (race("5 km", "20:00", "2026-10-04"), race("half", "1:42:00", "2026-09-20"))


def ran(*km: float) -> History:
    return History(tuple(Distance(round(one * 100_000)) for one in km))


def marathon(*races, history=None, **more) -> str:
    runner = known(Athlete("Runner", races=races, history=history, **more))
    return clock(round(MARATHON / runner.paces["marathon"].fast_mps) * 1000)


@pytest.mark.parametrize(("metres", "seconds", "half", "km", "time"), TABLE)
def test_the_table(metres: float, seconds: float, half: float | None, km: float, time: str) -> None:
    if half is None:
        found = marathon_from_one(metres, seconds, km * 1000)
    else:
        found = marathon_from_two((metres, seconds), (HALF, half), km * 1000)
    assert clock(round(found) * 1000) == time


def test_one_race_by_hand() -> None:
    """The known slip of copied code, a coefficient ten times as large, would give 2:25 for a half of 1:42."""
    riegel = 6120 * 2**1.07
    mps = 0.16018617 + 0.83076202 * (MARATHON / riegel) + 0.06423826 * (48.28032 / 16.09344)
    assert marathon_from_one(HALF, 6120, 48_280.32) == pytest.approx(MARATHON / mps, rel=1e-12)
    assert 3.7 < marathon_from_one(HALF, 6120, 48_280.32) / 3600 < 3.9


def test_two_races_by_hand() -> None:
    slowing = math.log(6120 / 1200) / math.log(HALF / FIVE)
    exponent = 1.4510756 - 0.23797948 * slowing - 0.01410023 * 3
    expected = math.exp(math.log(6120) + exponent * math.log(2))
    assert marathon_from_two((FIVE, 1200), (HALF, 6120), 48_280.32) == pytest.approx(expected, rel=1e-12)


def test_weeks_beyond_those_of_the_study_count_as_its_least_and_its_most() -> None:
    least, most = (marathon_from_one(FIVE, 1200, miles * 1609.344) for miles in (10, 80))
    assert marathon_from_one(FIVE, 1200, 0) == least > most == marathon_from_one(FIVE, 1200, 1_000_000)


# --- Of a runner ---------------------------------------------------------------------------------


def test_a_runner_with_kilometres_has_the_time_of_the_study() -> None:
    assert marathon(RACES[0], history=ran(20, 40)) == "3:35:38"
    assert marathon(RACES[1], history=ran(30)) == "3:53:47"
    assert marathon(*RACES, history=ran(50, 50, 50, 50)) == "3:44:28"


def test_both_are_said() -> None:
    source = known(Athlete("Runner", races=RACES[:1], history=ran(30))).paces["marathon"].source
    alone = clock(round(race_time(MARATHON, known(Athlete("Runner", races=RACES[:1])).vdot or 0)) * 1000)
    assert source == (
        "3:35:38, predicted from 5 km in 20:00 and 30 km a week (Vickers and Vertosick); "
        f"without `history` 4:32/km, {alone}, by VDOT 49.8"
    )


@pytest.mark.parametrize(
    ("races", "history"),
    [
        (RACES[:1], None),
        (RACES[:1], History((Duration(10_800_000),))),
        (RACES[:1], History((Duration(10_800_000), Distance(3_000_000)))),
        ((race("3k", "11:30", "2026-10-04"),), ran(30)),
        ((race("marathon", "3:30:00", "2026-10-04"),), ran(30)),
        ((race("5 km", "13:50", "2026-10-04"),), ran(80)),  # 2:27
        ((race("5 km", "37:00", "2026-10-04"),), ran(30)),  # 6:13
    ],
    ids=["no history", "weeks in time", "some in time", "too short", "a marathon", "too fast", "too slow"],
)
def test_beyond_the_study_it_is_as_without_history(races, history) -> None:
    with_it, without = (known(Athlete("Runner", races=races, history=one)) for one in (history, None))
    assert with_it.paces == without.paces


def test_only_the_marathon_moves() -> None:
    with_it, without = (known(Athlete("Runner", races=RACES, history=one)) for one in (ran(30), None))
    assert {name for name in with_it.paces if with_it.paces[name] != without.paces[name]} == {"marathon"}


def test_a_second_race_counts_from_twice_the_distance_on() -> None:
    ten = race("10 km", "41:30", "2026-09-20")
    eight = race("8 km", "33:00", "2026-09-20")
    assert marathon(RACES[0], ten, history=ran(30)) != marathon(ten, history=ran(30))
    assert marathon(RACES[0], eight, history=ran(30)) == marathon(eight, history=ran(30))


def test_an_own_marathon_pace_wins_and_a_threshold_alone_says_nothing_of_it() -> None:
    own = {"marathon": PaceTarget(Pace(305_000, "km"))}
    assert known(Athlete("Runner", races=RACES, history=ran(30), paces=own)).own == own
    threshold = Pace(255_200, "km")
    alone, with_it = (known(Athlete("R", threshold=threshold, history=one)) for one in (None, ran(30)))
    assert alone.paces == with_it.paces
