"""What stands before a repeat and behind it, worked out by hand from the total."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.model import CountRange, Lap, Range, Repeat, Role, RunWith, Step, UntilHeartRate
from negsplit.targets import HeartRateZones, Named, PaceTarget
from negsplit.units import Amount, Distance, Duration
from strategies.examples import examples

EASY, FIVE = PaceTarget(Named("easy")), PaceTarget(Named("5k"))


def metres(count: float) -> Distance:
    return Distance(round(count * 100))


def miles(count: str) -> Distance:
    return Distance.of(Decimal(count), "mi")


def minutes(count: float) -> Duration:
    return Duration(round(count * 60_000))


def repeat(times: Any, work: Amount, rest: Any) -> Repeat:
    return Repeat(times, (Step(Role.RUN, work, (FIVE,)), Step(Role.RECOVER, rest)))


@pytest.mark.parametrize(
    ("total", "held", "before", "behind"),
    [
        (metres(12_000), repeat(6, metres(400), metres(200)), metres(4200), metres(4200)),
        # 10 km less 4050 m are 5950 m, of which the half is nearest to 3.0 km.
        (metres(10_000), repeat(9, metres(250), metres(200)), metres(3000), metres(2950)),
        # 9 mi less 4000 m are 10484.10 m: the half is 3.26 mi.
        (miles("9"), repeat(5, metres(600), metres(200)), miles("3.3"), Distance(1_448_410 - 400_000 - 531_084)),
        (minutes(45), repeat(10, minutes(1), minutes(1)), minutes(13), minutes(12)),
        (minutes(60), repeat(7, minutes(1.5), minutes(1)), minutes(21), minutes(21.5)),
        (metres(5000), repeat(4, metres(600), metres(400)), metres(500), metres(500)),
        (minutes(25), repeat(10, minutes(1), minutes(1)), minutes(3), minutes(2)),
    ],
)
def test_the_first_part_is_round_and_the_second_is_what_is_left(
    run: Any, total: Amount, held: Repeat, before: Amount, behind: Amount
) -> None:
    made = run(RunWith(total, held)).items
    assert made == (Step(Role.RUN, before, (EASY,)), held, Step(Role.RUN, behind, (EASY,)))


def test_its_target_is_for_both_parts(run: Any) -> None:
    first, _, second = run(RunWith(metres(8000), repeat(4, metres(400), metres(400)), (HeartRateZones(2, 2),))).items
    assert first.targets == second.targets == (HeartRateZones(2, 2),)


def test_ranges_and_counts_are_chosen_first(run: Any) -> None:
    item = RunWith(Range(metres(8000), metres(10_000), "km", 0), repeat(CountRange(4, 6), metres(400), metres(400)))
    first, held, second = run(item, volume="high").items
    assert (held.times, first.length, second.length) == (6, metres(2600), metres(2600))


def test_a_last_recovery_that_is_skipped_is_not_run(run: Any) -> None:
    first, held, second = run(RunWith(metres(8000), repeat(4, metres(400), metres(400))), last_recovery="skip").items
    assert held.last_recovery == "skip"
    assert (first.length, second.length) == (metres(2600), metres(2600))


def test_what_is_reckoned_leaves_whole_metres_and_seconds(run: Any) -> None:
    """The runner of these tests takes whatever is asked to be 3456.78 m, or 1234.567 s."""
    first, _, second = run(RunWith(miles("9"), repeat(5, metres(600), minutes(1.5)))).items
    assert (first.length, second.length) == (miles("3.4"), metres(5556))
    first, _, second = run(RunWith(minutes(60), repeat(5, metres(600), minutes(1.5)))).items
    assert (first.length, second.length) == (minutes(20), Duration(1_165_000))


def test_where_nobody_can_tell_the_repeat_is_left_to_be_judged(run: Any) -> None:
    held = repeat(5, metres(600), minutes(1.5))
    assert run(RunWith(minutes(60), held), reckons=False).items == (held,)


@pytest.mark.parametrize("rest", [Lap(), UntilHeartRate("below", 120)])
def test_open_steps_are_an_error(run: Any, rest: Any) -> None:
    assert run(RunWith(metres(9000), repeat(4, metres(400), rest))).error.code == "total"


@pytest.mark.parametrize(
    ("total", "held", "enough"),
    [
        (metres(4000), repeat(6, metres(400), metres(200)), "4600 m"),
        (miles("3"), repeat(6, metres(400), metres(400)), "3.7 mi"),
        (minutes(24), repeat(10, minutes(1), minutes(1)), "25 min"),
        (minutes(10), repeat(9, minutes(1), minutes(1.5)), "28 min"),
    ],
)
def test_too_little_left_is_an_error_whose_cure_is_just_enough(
    run: Any, total: Amount, held: Repeat, enough: str
) -> None:
    error = run(RunWith(total, held)).error
    assert (error.code, error.help) == ("total", ("write fewer repetitions", f"or a total of at least `{enough}`"))
    number, unit = enough.split()
    cured = Duration.of(Decimal(number), unit) if unit == "min" else Distance.of(Decimal(number), unit)
    assert len(run(RunWith(cured, held)).items) == 3


@settings(max_examples=examples(60))
@given(
    st.integers(5_000, 40_000).map(metres) | st.integers(4, 30).map(lambda count: miles(str(count))),
    st.integers(1, 4),
    st.integers(100, 400),
)
def test_the_parts_add_up(run: Any, total: Distance, times: int, work: int) -> None:
    first, _, second = run(RunWith(total, repeat(times, metres(work), metres(400)))).items
    assert first.length.cm + times * (work + 400) * 100 + second.length.cm == total.cm
    assert abs(first.length.cm - second.length.cm) <= 16_094
