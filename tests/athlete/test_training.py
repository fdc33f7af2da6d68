"""Training speeds: the order of their names, and figures reckoned by hand for slow runners (VDOT 25.6 and 18.7)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.athlete.training import (
    easy_speeds,
    interval_speed,
    is_walked,
    threshold_speed,
    vdot_of_threshold,
)
from negsplit.athlete.vdot import race_speed, training_speed, vdot
from negsplit.units import Distance, Duration, pace_text
from strategies.examples import examples

some = settings(max_examples=examples(60), deadline=None)
WALK_MPS = 5.5 / 3.6
"""10:55/km, as estimates reckon a walk."""
A_LITTLE = 1e-9


def per_km(*speeds: float) -> str:
    return "-".join(pace_text(mps, "km") for mps in speeds)


def test_at_vdot_25_6_threshold_is_10k_pace_and_interval_3k_pace() -> None:
    """By their shares alone they would be 7:15 and 6:42, faster than 10 km in 7:17 and 3 km in 6:50."""
    value = vdot(Distance(500_000), Duration(35 * 60_000))
    assert per_km(training_speed(0.88, value), race_speed(10_000, value)) == "7:15-7:17"
    assert per_km(threshold_speed(value)) == "7:17"
    assert per_km(training_speed(0.975, value), race_speed(3_000, value)) == "6:42-6:50"
    assert per_km(interval_speed(value)) == "6:50"


@pytest.mark.parametrize(
    ("value", "easy", "walked"),
    [(18.67, "11:41-10:32", True), (21.5, "10:35-9:31", True), (21.6, "10:30-9:29", False), (25.6, "9:20-8:22", False)],
)
def test_easy_is_a_walk_below_vdot_21_6(value: float, easy: str, walked: bool) -> None:
    assert (per_km(*easy_speeds(value)), is_walked(value)) == (easy, walked)


@some
@given(st.floats(30, 90))
def test_nothing_differs_inside_the_printed_tables(value: float) -> None:
    speeds = (*easy_speeds(value), threshold_speed(value), interval_speed(value))
    assert speeds == tuple(training_speed(share, value) for share in (0.63, 0.73, 0.88, 0.975))


@some
@given(st.floats(10, 28))
def test_the_names_of_slow_paces_are_in_order(value: float) -> None:
    assert interval_speed(value) <= race_speed(3_000, value) + A_LITTLE
    assert interval_speed(value) <= race_speed(5_000, value) / 0.97
    assert threshold_speed(value) < interval_speed(value) < race_speed(1609.344, value)


@some
@given(st.floats(10, 90))
def test_the_names_of_all_paces_are_in_order(value: float) -> None:
    slow, fast = easy_speeds(value)
    assert slow < fast < threshold_speed(value) <= race_speed(10_000, value)
    assert is_walked(value) or slow >= 1000 / 630 > WALK_MPS


@some
@given(st.floats(10, 89.9), st.floats(1e-4, 0.1))
def test_fitter_is_faster_and_a_little_fitter_only_a_little(value: float, more: float) -> None:
    """VDOT gives about 3 % of speed each, at most 8 % at the slow end; the rule adds no step, at 28 and 30 neither."""
    for speed in (threshold_speed, interval_speed):
        assert speed(value) < speed(value + more) < speed(value) * (1 + 0.1 * more)


@pytest.mark.parametrize("edge", [28.0, 30.0])
def test_no_pace_jumps_where_the_rule_begins_and_ends(edge: float) -> None:
    for speed in (threshold_speed, interval_speed):
        assert speed(edge - 1e-6) == pytest.approx(speed(edge + 1e-6), rel=1e-6)


@some
@given(st.floats(10, 90))
def test_a_threshold_has_the_vdot_that_it_is_of(value: float) -> None:
    assert vdot_of_threshold(threshold_speed(value)) == pytest.approx(value, rel=1e-9)
