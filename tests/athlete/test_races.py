"""Names of race distances: spelt by hand, and their paces judged by the times of Daniels' *Running Formula*, 3rd ed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.athlete.paces import NO_RUNNER, Runner, canonical, derive
from negsplit.athlete.races import distance_named, race_name
from negsplit.athlete.vdot import race_time
from negsplit.diagnostics import Report
from negsplit.model import Athlete, Race
from negsplit.units import Distance, Duration

PRINTED = [
    (40, "1500m", 395), (40, "2mi", 908), (50, "1500m", 324), (50, "2mi", 748),
    (60, "1500m", 275), (60, "2mi", 637), (70, "1500m", 240), (70, "2mi", 556),
]  # fmt: skip
"""VDOT, race and seconds, as transcribed in github.com/tlgs/vdot (0BSD)."""


def at_vdot(value: float) -> Runner:
    time = Duration(round(race_time(10_000, value) * 1000))
    return derive(Athlete("Table", races=(Race(Distance(1_000_000), time),)), Report())


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("5km", "5k"),
        ("5000m", "5k"),
        ("5.0k", "5k"),
        ("3.1mi", "5k"),
        ("8km", "8k"),
        ("8000 m", "8k"),
        ("1.5k", "1500m"),
        ("1500metres", "1500m"),
        ("1000m", "1k"),
        ("2.5km", "2.5k"),
        ("15 miles", "15mi"),
        ("15 mi pace", "15mi"),
        ("1mile", "mile"),
        ("13.1mi", "half"),
        ("21.1k", "half"),
        ("21k", "21k"),
        ("26.2mi", "marathon"),
        ("5k goal", "5k goal"),
        ("5:00", "5:00"),
        ("5kg", "5kg"),
    ],
)
def test_spellings_of_a_distance_are_one_name(written: str, name: str) -> None:
    assert canonical(written) == name


@settings(max_examples=100, deadline=None)
@given(st.integers(80_000, 5_000_000).map(Distance))
def test_the_name_of_a_distance_is_one_of_it(distance: Distance) -> None:
    name = race_name(distance)
    named = distance_named(name)
    assert canonical(name) == name
    assert name in ("marathon", "half", "mile") or named is not None
    assert named is None or abs(named.cm / distance.cm - 1) < 0.003


@pytest.mark.parametrize(("value", "race", "seconds"), PRINTED)
def test_the_pace_of_any_race_is_that_of_the_book(value: int, race: str, seconds: int) -> None:
    distance, speeds = distance_named(race), at_vdot(value).speeds(race)
    assert distance is not None
    assert speeds is not None
    assert distance.metres / speeds[0] == pytest.approx(seconds, abs=1)
    assert speeds[0] == speeds[1]


def test_longer_races_are_run_slower() -> None:
    names = ["800m", "1k", "mile", "2k", "5k", "8k", "10k", "12k", "15mi", "marathon", "50k"]
    speeds = [speed for name in names if (speed := at_vdot(50).speeds(name))]
    assert len(speeds) == len(names)
    assert sorted(speeds, reverse=True) == speeds


@pytest.mark.parametrize("name", ["799m", "51k", "park loop"])
def test_nothing_else_is_a_race(name: str) -> None:
    assert at_vdot(50).speeds(name) is None


def test_nobodys_races_have_no_pace() -> None:
    assert NO_RUNNER.speeds("8k") is None
