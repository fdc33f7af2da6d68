"""What a runner has run lately, as an athlete's file says it; amounts are reckoned here by hand."""

import datetime as dt

import pytest

from negsplit import read_athlete
from negsplit.model import History
from negsplit.units import Distance, Duration


def history(written: str) -> History | None:
    found, said = read_athlete(f"athlete: A\nhistory: {written}\n")
    assert [one.message for one in said] == []
    assert found is not None
    return found.history


def km(*numbers: float) -> tuple[Distance, ...]:
    return tuple(Distance(round(number * 100_000)) for number in numbers)


def minutes(*numbers: int) -> tuple[Duration, ...]:
    return tuple(Duration(number * 60_000) for number in numbers)


def test_all_that_a_history_may_say() -> None:
    written = "{weeks: [32, 35, 28, 36 km], longest: 12 km on 2026-11-22, runs: 4, until: 2026-11-29}"
    day = dt.date(2026, 11, 22)
    assert history(written) == History(km(32, 35, 28, 36), *km(12), day, 4, dt.date(2026, 11, 29))


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        ("36 km", km(36)),
        ("[36km]", km(36)),
        ("'32, 35, 28, 36 km'", km(32, 35, 28, 36)),
        ("'32,35,28,36 km'", km(32, 35, 28, 36)),
        ("[32.5, 35 km]", km(32.5, 35)),
        ("[10, 20 mi]", km(16.09344, 32.18688)),
        ("[20 mi, 35 km]", km(32.18688, 35)),
        ("[210, 0 km]", km(210, 0)),
        ("3 h", minutes(180)),
        ("[0, 150, 180 min]", minutes(0, 150, 180)),
        ("[2:30:00, 3 h 15 min, 1 h 30]", minutes(150, 195, 90)),
    ],
)
def test_the_unit_behind_the_last_is_that_of_all(weeks: str, expected: tuple[Distance | Duration, ...]) -> None:
    found = history(f"{{weeks: {weeks}}}")
    assert found is not None
    assert found.weeks == expected


def test_a_longest_run_may_be_a_time_beside_weeks_in_kilometres() -> None:
    found = history("{weeks: 36 km, longest: 1 h 30 min}")
    assert found is not None
    assert (found.longest, found.longest_on) == (*minutes(90), None)


def test_an_athlete_without_a_history_has_none() -> None:
    found, _ = read_athlete("athlete: A\nraces: 5 km in 22:30\n")
    assert found is not None
    assert found.history is None
