"""Judged by the charts as their coaches published them, row by row on both sides of each edge."""

import csv
from pathlib import Path

import pytest

from negsplit.athlete.heat import by_sum, by_temperature, celsius, dew_point, fahrenheit, heat_sum

SHARED = Path(__file__).parents[3] / "shared" / "data" / "planning" / "heat_temp_plus_dew.csv"
CHART = [
    (101, 110, 0, 0.5),
    (111, 120, 0.5, 1),
    (121, 130, 1, 2),
    (131, 140, 2, 3),
    (141, 150, 3, 4.5),
    (151, 160, 4.5, 6),
    (161, 170, 6, 8),
    (171, 180, 8, 10),
]
"""Mark Hadley, maximumperformancerunning.blogspot.com, July 2013: sums in Fahrenheit, per cents of pace."""


@pytest.mark.parametrize(("first", "last", "low", "high"), CHART)
def test_each_row_of_the_chart_from_its_first_sum_to_its_last(first, last, low, high):
    assert by_sum(first) == by_sum(last) == (low, high)
    assert by_sum(first - 1) != (low, high)
    assert by_sum(last + 1) != (low, high)


def test_nothing_is_added_when_it_is_cool_and_nobody_runs_hard_above_the_chart():
    assert by_sum(-60) == by_sum(100) == (0, 0)
    assert by_sum(181) is by_sum(250) is None


def test_the_chart_is_the_shared_one():
    if not SHARED.exists():
        pytest.skip("the shared reference data is not beside the checkout")
    with SHARED.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == len(CHART) + 2
    for row in rows:
        expected = (float(row["slower_percent_low"]), float(row["slower_percent_high"])) if row["sum_f_to"] else None
        assert by_sum(int(row["sum_f_from"])) == expected


def test_his_own_example():
    """74 and 71 degrees are 145, which calls for 3 to 4.5 %."""
    assert heat_sum(celsius(74), celsius(71)) == 145
    assert by_sum(145) == (3, 4.5)


def test_a_warm_day_in_celsius():
    assert heat_sum(28, 20) == 82 + 68


@pytest.mark.parametrize(
    ("first", "last", "slower"),
    [(55, 59, 1), (60, 64, 3), (65, 69, 5), (70, 74, 7), (75, 79, 12), (80, 85, 20)],
)
def test_galloways_chart(first, last, slower):
    """He prints 55-60, 60-65 and so on: a shared edge counts as the warmer row; above 85 he runs for fun."""
    assert by_temperature(celsius(first)) == by_temperature(celsius(last)) == slower
    assert by_temperature(celsius(first - 1)) != slower
    assert by_temperature(celsius(last + 1)) != slower


def test_galloways_chart_has_two_ends():
    assert by_temperature(celsius(54)) == 0
    assert by_temperature(celsius(86)) is None


@pytest.mark.parametrize(("f", "c"), [(32, 0), (212, 100), (-40, -40), (50, 10)])
def test_fahrenheit(f, c):
    assert fahrenheit(c) == f
    assert celsius(f) == pytest.approx(c)


@pytest.mark.parametrize(
    ("temperature", "humidity", "dew"),
    [(20, 50, 9.3), (25, 60, 16.7), (30, 50, 18.4), (30, 80, 26.2), (10, 90, 8.4), (20, 100, 20)],
)
def test_dew_points_of_psychrometric_tables(temperature, humidity, dew):
    """To a tenth of a degree of what tables of moist air print."""
    assert dew_point(temperature, humidity) == pytest.approx(dew, abs=0.11)
