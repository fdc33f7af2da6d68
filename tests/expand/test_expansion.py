from typing import Any

import pytest

from negsplit.diagnostics import Report
from negsplit.expand import MAX_STEPS, expand, is_plain
from negsplit.model import (
    CountRange,
    CutDown,
    Item,
    Ladder,
    Lap,
    LastRecovery,
    Parts,
    Ramp,
    Range,
    Repeat,
    Role,
    Sport,
    Step,
    Until,
    WalkRun,
    Workout,
)
from negsplit.targets import AtFault, Named, OpenTarget, PaceTarget
from negsplit.units import Distance, Duration, Pace, Percent
from work import at_most_calls

MINUTE = Duration(60_000)


def step(role: Role = Role.RUN, length: Any = MINUTE) -> Step:
    return Step(role, length)


RUN, RECOVER, WALK, REST, HIKE = (step(role) for role in (Role.RUN, Role.RECOVER, Role.WALK, Role.REST, Role.HIKE))
RAMP = Ramp(Duration(600_000), 5, PaceTarget(Pace(330_000, "km")), PaceTarget(Pace(270_000, "km")))
UNKNOWN = Ramp(Duration(600_000), 5, PaceTarget(Named("heart")), PaceTarget(Pace(270_000, "km")))
LADDER = Ladder((RUN, RUN), recover=Percent(50_000), last_recovery="keep")
WALK_RUN = WalkRun(RUN, WALK, rounds=4)


def times(number: Any, *steps: Item, last: LastRecovery | None = None) -> Repeat:
    return Repeat(number, steps, last)


def test_a_plain_workout_stays_what_it_is(runner: Any) -> None:
    workout = Workout(
        "Plain", (step(Role.WARMUP, Lap()), times(4, RUN, RECOVER), HIKE), Sport.HIKING, "Notes", ("easy",)
    )
    report = Report()
    assert expand(workout, runner(), report) == workout
    assert report.diagnostics == []


@pytest.mark.parametrize(
    ("item", "is_same"),
    [
        (RUN, True),
        (times(4, RUN, RECOVER, last="skip"), True),
        (times(Until(Duration(600_000)), RUN, times(2, RUN)), True),
        (AtFault(), True),
        (step(length=Range(Distance(482_803), Distance(965_606), "mi", 0)), False),
        (times(2, times(CountRange(8, 11), RUN)), False),
        (times(Until(Range(Duration(1_800_000), Duration(2_700_000), "min", 0)), RUN), False),
        (RAMP, False),
    ],
)
def test_what_is_plain_is_the_same_for_everybody(item: Item, is_same: bool, runner: Any) -> None:
    assert is_plain((RUN, item)) == is_same
    for_each = [
        expand(Workout("T", (RUN, item)), runner(**one), Report()) for one in ({}, {"vdot": 60, "volume": "high"})
    ]
    assert (for_each[0] == for_each[1]) is is_same or item is RAMP


def test_ranges_are_chosen_by_the_volume_of_the_athlete(run: Any) -> None:
    miles = Range(Distance(482_803), Distance(965_606), "mi", 0)
    minutes = Range(Duration(1_800_000), Duration(2_700_000), "min", 0)
    items = (step(length=miles), times(CountRange(8, 11), step(length=miles)), times(Until(minutes), RUN))
    for volume, distance, count, total in (
        ("low", 482_803, 8, 1_800_000),
        ("middle", 643_738, 9, 2_220_000),
        ("high", 965_606, 11, 2_700_000),
    ):
        single, counted, until = run(*items, volume=volume).items
        assert single.length == Distance(distance)
        assert (counted.times, counted.steps[0].length) == (count, Distance(distance))
        assert until.times == Until(Duration(total))


def test_generators_expand_inside_repeats(run: Any) -> None:
    repeat = run(times(3, times(2, RAMP, WALK), LADDER)).repeat
    inner, *ladder = repeat.steps
    assert [item.length for item in inner.steps] == [Duration(120_000)] * 5 + [MINUTE]
    assert [item.role for item in ladder] == [Role.RUN, Role.RECOVER] * 2


def test_expanding_twice_changes_nothing(run: Any) -> None:
    items = (step(length=Range(MINUTE, Duration(120_000), "s", 0)), times(3, RAMP, RECOVER), WALK_RUN, LADDER)
    once = run(*items, last_recovery="skip", volume="middle")
    assert run(*once.items, volume="high") == once


# --- The last recovery -----------------------------------------------------------------------------


@pytest.mark.parametrize("recovery", [RECOVER, WALK, REST])
@pytest.mark.parametrize("written", [None, "keep", "skip"])
@pytest.mark.parametrize("default", ["keep", "skip"])
def test_the_workout_speaks_for_repeats_that_do_not(run: Any, recovery: Step, written: Any, default: Any) -> None:
    repeat = run(times(3, RUN, recovery, last=written), last_recovery=default).repeat
    assert repeat.last_recovery == ("skip" if (written or default) == "skip" else None)


@pytest.mark.parametrize(
    "item",
    [
        times(3, RECOVER, RUN),
        times(3, RUN, HIKE),
        times(3, RECOVER, WALK),
        times(3, RUN, times(2, WALK, REST)),
        times(3, RUN, WALK_RUN),
        times(Until(Distance(1_000_000)), RUN, RECOVER),
    ],
)
def test_where_nothing_can_be_skipped(run: Any, item: Repeat) -> None:
    assert run(item, last_recovery="skip").repeat.last_recovery is None
    assert run(Repeat(item.times, item.steps, "keep"), last_recovery="skip").repeat.last_recovery is None
    error = run(Repeat(item.times, item.steps, "skip")).error
    assert error.code == "last-recovery"


def test_a_body_that_ends_in_a_ladder_with_its_recovery_can_be_skipped(run: Any) -> None:
    assert run(times(3, LADDER, last="skip")).repeat.last_recovery == "skip"


@pytest.mark.parametrize("left_out", [UNKNOWN, times(2, UNKNOWN)])
def test_a_repeat_with_something_left_out_is_not_judged(run: Any, left_out: Any) -> None:
    expanded = run(times(3, RUN, RECOVER, left_out, last="skip"), times(2, RUN, left_out, last="skip"))
    assert expanded.diagnostics == []
    assert expanded.items[1].steps == (RUN,)


def test_a_repeat_of_nothing_is_left_out(run: Any) -> None:
    expanded = run(RUN, times(3, UNKNOWN, last="skip"))
    assert (expanded.items, expanded.diagnostics) == ((RUN,), [])


def test_every_mistake_of_a_workout_is_reported(run: Any) -> None:
    thirds = Parts("thirds", Distance(1_000_000), (OpenTarget(),))
    expanded = run(times(2, RUN, last="skip"), thirds, times(2, thirds, RECOVER), RUN)
    assert [found.code for found in expanded.diagnostics] == ["last-recovery", "paces", "paces"]
    assert expanded.items[-1] == RUN


# --- Counting --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("items", "executed"),
    [
        ((times(MAX_STEPS, RUN),), MAX_STEPS),
        ((times(5_000, RUN, RECOVER),), 10_000),
        ((times(100, times(50, RUN, RECOVER)),), 10_000),
        ((times(2_000, RAMP),), 10_000),
        ((times(9_995, RUN), RAMP), 10_000),
        ((times(2_500, WALK_RUN.first, LADDER.rungs[0], WALK, RUN),), 10_000),
        ((times(1_250, WALK_RUN),), 10_000),
        ((times(Until(Duration(10_000 * 60_000)), RUN),), 10_000),
        ((times(Until(Duration(2_500 * 60_000)), times(2, RUN), times(Until(Duration(60_000)), RUN)),), 2_502),
    ],
)
def test_a_workout_may_run_ten_thousand_steps(run: Any, items: tuple[Item, ...], executed: int) -> None:
    spare = MAX_STEPS - executed
    assert run(*items, *(times(spare, RUN) for _ in range(spare > 0))).diagnostics == []
    expanded = run(times(spare + 1, RUN), *items)
    assert expanded.error.code == "too-many-steps"
    assert "10000" in expanded.error.message
    assert expanded.items == ()


def test_a_skipped_recovery_does_not_count(run: Any) -> None:
    assert run(times(5_000, RUN, RECOVER, last="skip"), RUN).diagnostics == []
    assert run(times(5_000, RUN, RECOVER, last="skip"), RUN, RUN).error.code == "too-many-steps"


def test_rounds_that_cannot_be_counted_count_once(run: Any) -> None:
    assert run(times(10_000 // 2, times(Until(Distance(20_000_000)), RUN, RECOVER))).diagnostics == []
    assert run(times(10_000 // 2, times(Until(Duration(86_400_000)), RUN, step(length=Lap())))).diagnostics == []
    assert run(times(Until(Duration(86_400_000)), times(5_000, RUN, step(length=Lap())))).diagnostics == []


def test_the_error_points_at_the_item_that_exceeds_the_count(run: Any, span: Any) -> None:
    first, second = (Repeat(9_999, (RUN,), span=span(word)) for word in ("first", "second"))
    assert run(first, second, first).error.span is second.span


def bomb(depth: int, body: tuple[Item, ...]) -> tuple[Item, ...]:
    for _ in range(depth):
        body = (Repeat(9_999, body),)
    return body


@pytest.mark.parametrize(
    "items",
    [
        bomb(2, (RUN,)),
        bomb(60, (RUN,)),
        bomb(60, (RAMP, RECOVER)),
        (times(99_999, CutDown(Distance(9_999_000), Distance(1_000), RAMP.start, RAMP.finish)),),
        (CutDown(Distance(9_999_000), Distance(1_000), RAMP.start, RAMP.finish),) * 500,
    ],
)
def test_a_bomb_costs_nothing(run: Any, items: tuple[Item, ...]) -> None:
    with at_most_calls(1_000_000):
        assert run(*items).error.code == "too-many-steps"


def test_a_long_split_in_every_level_of_a_nest_costs_no_more_than_its_count(run: Any) -> None:
    long = CutDown(Distance(9_999_000), Distance(1_000), RAMP.start, RAMP.finish)
    body: tuple[Item, ...] = (long,)
    for _ in range(60):
        body = (long, Repeat(1, body))
    with at_most_calls(1_000_000):
        assert run(*body).error.code == "too-many-steps"
