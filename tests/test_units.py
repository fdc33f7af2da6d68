"""Amounts and speeds: what is typed, what is held, and what is printed."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit import compile_line
from negsplit.units import (
    DISTANCE_UNITS,
    TIME_UNITS,
    Distance,
    Duration,
    Pace,
    PaceShift,
    Percent,
    Speed,
    clock,
    pace_text,
    plain,
    shown,
    shown_apart,
)


@pytest.mark.parametrize(
    ("number", "unit", "ms"),
    [
        ("90", "s", 90_000),
        ("2.5", "min", 150_000),
        ("1", "h", 3_600_000),
        ("10", "'", 600_000),
        ("0.0005", "s", 1),
        ("0.0004", "s", 0),
        ("0.33333", "min", 20_000),
    ],
)
def test_a_duration_is_held_in_milliseconds_rounded_half_up(number, unit, ms):
    assert Duration.of(Decimal(number), unit) == Duration(ms)
    assert Duration(ms).seconds == ms / 1000


@pytest.mark.parametrize(
    ("number", "unit", "cm"),
    [
        ("400", "m", 40_000),
        ("1.5", "km", 150_000),
        ("5", "k", 500_000),
        ("1", "mi", 160_934),  # 160934.4
        ("0.25", "mi", 40_234),  # 40233.6
        ("3", "miles", 482_803),  # 482803.2
        ("100", "yd", 9_144),
        ("110", "yards", 10_058),  # 10058.4
        ("0.005", "m", 1),
        ("0.0049", "m", 0),
    ],
)
def test_a_distance_is_held_in_centimetres_rounded_half_up(number, unit, cm):
    assert Distance.of(Decimal(number), unit) == Distance(cm)
    assert Distance(cm).metres == cm / 100


def test_every_unit_is_its_size():
    sizes = {"s": 1_000, "min": 60_000, "h": 3_600_000}
    assert {TIME_UNITS[word] for word in ("s", "sec", "secs", "second", "seconds", '"')} == {sizes["s"]}
    assert {TIME_UNITS[word] for word in ("min", "mins", "minute", "minutes", "'")} == {sizes["min"]}
    assert {TIME_UNITS[word] for word in ("h", "hr", "hrs", "hour", "hours")} == {sizes["h"]}
    assert {word for word, cm in DISTANCE_UNITS.items() if cm == 100} >= {"m", "meter", "metres"}
    assert {word for word, cm in DISTANCE_UNITS.items() if cm == Decimal("160934.4")} == {"mi", "mile", "miles"}
    assert {word for word, cm in DISTANCE_UNITS.items() if cm == Decimal("91.44")} == {"yd", "yds", "yard", "yards"}
    assert not TIME_UNITS.keys() & DISTANCE_UNITS.keys()


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Duration(45_000), "45 s"),
        (Duration(1_500), "1.5 s"),
        (Duration(60_000), "1 min"),
        (Duration(90_000), "1:30"),
        (Duration(90_500), "1:30.5"),
        (Duration(600_000), "10 min"),
        (Duration(3_599_000), "59:59"),
        (Duration(3_600_000), "1 h"),
        (Duration(3_930_000), "1:05:30"),
        (Duration(5_400_000), "90 min"),
        (Distance(40_000), "400 m"),
        (Distance(150_000), "1.5 km"),
        (Distance(1_234_500), "12.345 km"),
        (Distance(160_934), "1 mi"),
        (Distance(80_467), "0.5 mi"),
        (Distance(9_144), "100 yd"),
        (Distance(40_023), "400.23 m"),
    ],
)
def test_amounts_are_printed_as_they_are_typed(amount, text):
    assert str(amount) == text


amounts = st.integers(1_000, 86_400_000).map(Duration) | st.integers(1_000, 20_000_000).map(Distance)
round_amounts = st.integers(1, 86_400).map(lambda s: Duration(s * 1_000)) | st.one_of(
    st.integers(10, 200_000).map(lambda m: Distance(m * 100)),
    st.integers(1, 400).map(lambda quarters: Distance.of(Decimal(quarters) / 4, "mi")),
    st.integers(11, 5_000).map(lambda yards: Distance.of(Decimal(yards), "yd")),
)


@settings(max_examples=150, deadline=None)
@given(amounts | round_amounts)
def test_what_is_printed_is_read_back_as_the_same_amount(amount):
    [workout] = compile_line(str(amount)).workouts
    assert workout.program.steps[0].length == amount


def test_miles_and_yards_are_printed_as_such_only_where_they_are_exact():
    assert [str(Distance(160_934 + extra)) for extra in (-1, 0, 1)] == ["1609.33 m", "1 mi", "1609.35 m"]


@pytest.mark.parametrize(
    ("speed", "mps", "text"),
    [
        (Pace(300_000, "km"), 1000 / 300, "5:00/km"),
        (Pace(483_000, "mi"), 1609.344 / 483, "8:03/mi"),
        (Pace(300_500, "km"), 1000 / 300.5, "5:00.5/km"),
        (Speed(12_000, "km/h"), 12 / 3.6, "12 km/h"),
        (Speed(7_500, "mph"), 7.5 * 1609.344 / 3600, "7.5 mph"),
        (Speed(3_333, "m/s"), 3.333, "3.333 m/s"),
    ],
)
def test_paces_and_speeds_are_metres_per_second(speed, mps, text):
    assert speed.mps == pytest.approx(mps, rel=1e-12)
    assert str(speed) == text


@given(st.floats(0.5, 12), st.sampled_from(["km", "mi"]))
def test_the_pace_of_a_speed_is_within_a_millisecond(mps, unit):
    metres = {"km": 1000, "mi": 1609.344}[unit]
    assert Pace.from_mps(mps, unit).ms == pytest.approx(metres / mps * 1000, abs=0.5001)


def test_a_difference_of_pace_is_seconds_per_metre():
    assert PaceShift(25_000, "km").seconds_per_metre == pytest.approx(0.025)
    assert PaceShift(-10_000, "mi").seconds_per_metre == pytest.approx(-10 / 1609.344)
    assert [str(PaceShift(ms, "mi")) for ms in (25_000, -5_500)] == ["25 s/mi", "5.5 s/mi"]


def test_a_percentage_is_a_ratio():
    assert Percent(2_000).ratio == 0.02
    assert Percent(97_500).ratio == 0.975
    assert [str(Percent(n)) for n in (2_000, 97_500, -10_000)] == ["2 %", "97.5 %", "10 %"]


@pytest.mark.parametrize(
    ("mps", "unit", "text"),
    [(1000 / 271.1, "km", "4:31"), (1000 / 299.6, "km", "5:00"), (2.5, "mi", "10:44"), (12, "km", "1:23")],
)
def test_a_pace_for_people_is_in_whole_seconds(mps, unit, text):
    assert pace_text(mps, unit) == text


def test_clocks_and_plain_numbers():
    assert [clock(ms) for ms in (0, 59_000, 3_599_999, 3_600_000, 86_400_000)] == [
        "0:00",
        "0:59",
        "59:59.999",
        "1:00:00",
        "24:00:00",
    ]
    assert [plain(Decimal(text)) for text in ("2.50", "1E+3", "100", "0.10", "1E-3")] == [
        "2.5",
        "1000",
        "100",
        "0.1",
        "0.001",
    ]


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Distance(266_668), "2667 m"),
        (Distance(160_936), "1 mi"),
        (Distance(160_960), "1610 m"),
        (Distance(160_900), "1609 m"),
        (Distance(120_700), "1207 m"),
        (Distance(120_699), "0.75 mi"),
        (Distance(160_934), "1 mi"),
        (Distance(40_000), "400 m"),
        (Distance(150_000), "1.5 km"),
        (Distance(9_144), "100 yd"),
        (Duration(266_667), "4:27"),
        (Duration(600_000), "10 min"),
        (Duration(12_500), "12.5 s"),
    ],
)
def test_people_are_shown_whole_metres_and_seconds(amount, text):
    assert shown(amount) == text


def test_two_amounts_are_shown_so_that_they_differ() -> None:
    assert shown_apart(Distance(266_668), Distance(400_000)) == ("2667 m", "4 km")
    assert shown_apart(Distance(266_668), Distance(266_701)) == ("2666.68 m", "2667.01 m")
