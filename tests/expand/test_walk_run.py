"""The rounds are those of the walk-run table of the training notes, and counted by hand elsewhere."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.model import CountRange, Lap, Origin, Range, Repeat, Role, Step, Until, UntilHeartRate, WalkRun
from negsplit.targets import Effort, HeartRateTarget, OpenTarget
from negsplit.units import Decimal, Distance, Duration

MINUTE = 60_000


def minutes(number: float) -> Duration:
    return Duration(round(number * MINUTE))


def running(length: Any, *targets: Any) -> Step:
    return Step(Role.RUN, length, targets)


def walking(length: Any, *targets: Any) -> Step:
    return Step(Role.WALK, length, targets)


@pytest.mark.parametrize(
    ("work", "rounds"),
    [(20, (7, 7, 4, 2)), (24, (8, 8, 5, 3)), (27, (9, 9, 5, 3)), (30, (10, 10, 6, 3)), (36, (12, 12, 7, 4)),
     (45, (15, 15, 9, 5))],
)  # fmt: skip
def test_the_ten_week_ladder_in_nearest_rounds(run: Any, work: int, rounds: tuple[int, ...]) -> None:
    for (ran, walked), expected in zip(((1, 2), (2, 1), (4, 1), (8, 1)), rounds, strict=True):
        item = WalkRun(running(minutes(ran)), walking(minutes(walked)), total=minutes(work))
        repeat = run(item).repeat
        assert repeat.times == expected
        assert [step.length for step in repeat.steps] == [minutes(ran), minutes(walked)]


@pytest.mark.parametrize(
    ("total", "fit", "rounds"),
    [(25, "down", 8), (25, "up", 9), (25, "nearest", 8), (26, "nearest", 9), (25.5, "nearest", 9), (24, "down", 8),
     (24, "up", 8), (24, "exact", 8), (1, "up", 1), (1.5, "nearest", 1)],
)  # fmt: skip
def test_fit(run: Any, total: float, fit: Any, rounds: int) -> None:
    item = WalkRun(running(minutes(1)), walking(minutes(2)), total=minutes(total), fit=fit)
    assert run(item).repeat.times == rounds


def test_rounds_that_do_not_fill_the_total_say_what_they_come_to(run: Any) -> None:
    item = WalkRun(running(minutes(1.5)), walking(minutes(2)), total=minutes(20), fit_is_given=False)
    (warning,) = run(item).diagnostics
    assert warning.code == "rounds"
    assert warning.message == "20 min is not a whole number of rounds of 3:30: 6 rounds are 21 min"
    assert "`total: 21 min` or `repeats: 6`" in warning.help[0]
    assert run(WalkRun(item.first, item.second, total=minutes(21), fit_is_given=False)).diagnostics == []
    assert run(WalkRun(item.first, item.second, total=minutes(20))).diagnostics == []


def test_exact_names_both_totals_that_would_divide(run: Any) -> None:
    item = WalkRun(running(minutes(1)), walking(minutes(2)), total=minutes(25), fit="exact")
    error = run(item).error
    assert error.code == "rounds"
    assert "25 min" in error.message
    assert "3 min" in error.message
    assert "24 min for 8 rounds or 27 min for 9 rounds" in error.help[0]

    item = WalkRun(running(minutes(1)), walking(minutes(2)), total=minutes(4), fit="exact")
    assert "3 min for 1 round or 6 min for 2 rounds" in run(item).error.help[0]


def test_exact_below_one_round_names_one_total(run: Any) -> None:
    item = WalkRun(running(minutes(1)), walking(minutes(2)), total=minutes(2), fit="exact")
    assert "a total of 3 min for 1 round," in run(item).error.help[0]


@pytest.mark.parametrize(("total", "fit"), [(1.4, "nearest"), (2.9, "down")])
def test_no_round_at_all_is_an_error(run: Any, total: float, fit: Any) -> None:
    item = WalkRun(running(minutes(1)), walking(minutes(2)), total=minutes(total), fit=fit)
    expanded = run(item)
    assert expanded.error.code == "rounds"
    assert expanded.items == ()


@given(st.integers(1, 600), st.integers(1, 600), st.integers(1, 9_999))
@settings(max_examples=100, deadline=None)
def test_whole_rounds_lie_within_one_cycle_of_the_total(run: Any, ran: int, walked: int, work: int) -> None:
    cycle = ran + walked
    times = {}
    for fit in ("down", "nearest", "up"):
        item = WalkRun(running(Duration(ran * 1000)), walking(Duration(walked * 1000)), Duration(work * 1000), fit=fit)
        expanded = run(item)
        times[fit] = 0 if expanded.diagnostics else expanded.repeat.times
    assert times["down"] * cycle <= work <= times["up"] * cycle
    assert times["up"] - times["down"] == (work % cycle != 0)
    assert abs(Fraction(work, cycle) - times["nearest"]) <= Fraction(1, 2)


def test_a_tie_goes_up_in_miles_too(run: Any) -> None:
    quarter, total = (Distance.of(Decimal(number), "mi") for number in ("0.25", "1.25"))
    assert run(WalkRun(running(quarter), walking(quarter), total=total)).repeat.times == 3
    two = Distance.of(Decimal(2), "mi")
    assert run(WalkRun(running(quarter), walking(quarter), total=two, fit="exact")).repeat.times == 4


def test_the_run_half_is_easy_by_effort_unless_it_says_otherwise(run: Any) -> None:
    for targets, expected in (((), (Effort(3, 4),)), ((OpenTarget(),), (OpenTarget(),))):
        repeat = run(WalkRun(running(minutes(1), *targets), walking(minutes(2)), total=minutes(24))).repeat
        assert [step.targets for step in repeat.steps] == [expected, ()]
    heart = HeartRateTarget(None, 150)
    repeat = run(WalkRun(walking(minutes(1), heart), running(minutes(1), heart), total=minutes(24))).repeat
    assert [step.targets for step in repeat.steps] == [(heart,), (heart,)]


def test_the_halves_are_run_as_written(run: Any) -> None:
    repeat = run(WalkRun(walking(minutes(9)), running(minutes(1)), rounds=3)).repeat
    assert repeat.times == 3
    assert repeat.last_recovery is None
    assert [step.role for step in repeat.steps] == [Role.WALK, Role.RUN]
    assert [step.origin for step in repeat.steps] == [Origin("walk_run", 1, 2), Origin("walk_run", 2, 2)]


def test_a_workout_that_skips_last_recoveries_still_ends_a_walk_run_on_its_second_half(run: Any) -> None:
    item = WalkRun(running(minutes(1)), walking(minutes(2)), rounds=3)
    assert run(item, last_recovery="skip").repeat.last_recovery is None


def test_ending_on_the_first_half_leaves_one_second_half_out(run: Any) -> None:
    item = WalkRun(running(minutes(1)), walking(minutes(2)), total=minutes(24), end_on=Role.RUN)
    repeat, last = run(item).items
    assert isinstance(repeat, Repeat)
    assert repeat.times == 7
    assert last == repeat.steps[0]
    assert run(WalkRun(running(minutes(1)), walking(minutes(2)), rounds=1, end_on=Role.RUN)).items == (last,)


def test_ending_on_the_second_half_is_the_default(run: Any) -> None:
    item = WalkRun(running(minutes(1)), walking(minutes(2)), total=minutes(24), end_on=Role.WALK)
    assert run(item).repeat.times == 8


def test_ranges_are_chosen(run: Any) -> None:
    item = WalkRun(running(Range(minutes(1), minutes(4), "min", 0)), walking(minutes(1)), rounds=CountRange(4, 7))
    repeat = run(item, volume="middle").repeat
    assert repeat.times == 5
    assert repeat.steps[0].length == minutes(2)
    item = WalkRun(running(minutes(1)), walking(minutes(1)), total=Range(minutes(20), minutes(30), "min", 0))
    assert [run(item, volume=volume).repeat.times for volume in ("low", "middle", "high")] == [10, 13, 15]


@pytest.mark.parametrize(
    ("ran", "walked", "total"),
    [
        (minutes(4), minutes(1), Distance(500_000)),
        (Distance(40_000), Distance(20_000), minutes(30)),
        (Distance(40_000), minutes(1), minutes(30)),
        (minutes(2), Lap(), minutes(30)),
        (minutes(2), UntilHeartRate("below", 120), Distance(500_000)),
    ],
)
def test_rounds_that_cannot_be_counted_run_until_the_total(run: Any, ran: Any, walked: Any, total: Any) -> None:
    repeat = run(WalkRun(running(ran), walking(walked), total=total)).repeat
    assert repeat.times == Until(total)
    assert [step.length for step in repeat.steps] == [ran, walked]
    for role in (Role.RUN, Role.WALK):
        expanded = run(WalkRun(running(ran), walking(walked), total=total, end_on=role))
        assert expanded.error.code == "end-on"
        assert expanded.items == ()


def test_a_number_of_rounds_takes_halves_of_any_kind(run: Any) -> None:
    item = WalkRun(running(Distance(40_000)), walking(Lap()), rounds=4, end_on=Role.RUN)
    repeat, last = run(item).items
    assert repeat.times == 3
    assert last.length == Distance(40_000)


def test_steps_point_at_their_half_or_at_the_walk_run(run: Any, span: Any) -> None:
    whole, half = span("walk_run"), span("run 1 min")
    item = WalkRun(Step(Role.RUN, minutes(1), span=half), walking(minutes(1)), rounds=2, span=whole)
    repeat = run(item).repeat
    assert repeat.span is whole
    assert [step.span for step in repeat.steps] == [half, whole]
