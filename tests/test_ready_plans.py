"""The plans of workouts/plans against what coaches agree on, reckoned here from what the watch is told to do."""

import datetime as dt
import re
from itertools import pairwise
from pathlib import Path

import pytest

from negsplit.plan.compile import CompiledPlan, CompiledSession
from negsplit.units import Duration
from strategies.example_plans import EXAMPLE_PLANS, compiled_example
from strategies.running import executed

WALK_RUN = {"walk-run-10-weeks", "couch-to-5k", "back-after-a-break"}
RUNNING = {"first-progressions", "10k-day-by-day", "half-marathon-12-weeks"}
MADE = {
    *("base-8-weeks", "keep-fit-8-weeks", "5k-faster-10-weeks", "10k-first-10-weeks", "10k-intermediate-10-weeks"),
    *("masters-10k-12-weeks", "half-first-14-weeks", "half-intermediate-12-weeks", "half-three-runs-14-weeks"),
    *("marathon-first-20-weeks", "marathon-18-weeks", "ultra-50k-16-weeks"),
}
"""Begun by `negsplit new` or after its manner, and gone over by hand."""
LONGEST = {"ultra-50k-16-weeks": 205, "marathon-first-20-weeks": 180, "marathon-18-weeks": 180}
"""Minutes of the longest run, races apart; of all others it is two hours and a quarter at most."""
THRESHOLD_LIKE = {"progression", "threshold", "race-pace"}
"""Tags of sessions of which two a week are enough."""


def file(name: str) -> Path:
    return next(file for file in EXAMPLE_PLANS if file.name.startswith(f"{name}.") or file.name.startswith(f"{name}-"))


def plan(name: str, text: str = "") -> CompiledPlan:
    found = compiled_example(file(name), text=text).plan
    assert found is not None
    assert found.plan.id == name
    return found


def runs(compiled: CompiledPlan) -> list[CompiledSession]:
    """Those up to the race, where there is one."""
    return [one for one in compiled.sessions if one.workout and one.planned.week.number <= compiled.plan.weeks]


def minutes(session: CompiledSession) -> float:
    assert session.workout is not None
    assert session.workout.estimate.seconds is not None
    return session.workout.estimate.seconds / 60


def metres(session: CompiledSession) -> float:
    assert session.workout is not None
    assert session.workout.estimate.metres is not None
    return session.workout.estimate.metres


def weeks(compiled: CompiledPlan) -> list[list[CompiledSession]]:
    up_to_race = [week for week in compiled.weeks if week.number <= compiled.plan.weeks]
    return [[one for one in runs(compiled) if one.planned.week == week] for week in up_to_race]


def training(week: list[CompiledSession]) -> float:
    """The minutes of a week, the race aside."""
    return sum(minutes(one) for one in week if one.planned.session.kind != "race")


def is_hard(session: CompiledSession) -> bool:
    """Three minutes or more at marathon effort and above; a few strides are none."""
    assert session.workout is not None
    above = [zone.value or 0 for zone in session.workout.estimate.zones[3:]]
    return sum(above) >= 180 or not THRESHOLD_LIKE.isdisjoint(session.workout.expanded.tags)


def parts(session: CompiledSession, *roles: str) -> list[float]:
    """The seconds of each step of these roles, as often as it is run."""
    assert session.workout is not None
    steps = [step for step in executed(session.workout.program) if step.written.role.value in roles]
    return [step.length.seconds for step in steps if isinstance(step.length, Duration)]


def test_every_plan_is_judged():
    found = [compiled_example(file).plan for file in EXAMPLE_PLANS]
    assert {one and one.plan.id for one in found} == WALK_RUN | RUNNING | MADE


# --- Walk-run ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(WALK_RUN))
def test_walk_run_has_three_days_a_week_and_rest_between(name):
    assert {len(week) for week in weeks(plan(name))} == {3}
    assert min((b.planned.date - a.planned.date).days for a, b in pairwise(runs(plan(name)))) == 2
    assert not [one.planned.key for one in runs(plan(name)) if is_hard(one)]


def test_the_ladder_of_ten_weeks():
    found = weeks(plan("walk-run-10-weeks"))
    assert [sum(parts(sunday, "run")) / 60 for *_, sunday in found] == [10, 10, 20, 20, 24, 24, 24, 24, 30, 30]
    assert [max(parts(tuesday, "run")) / 60 for tuesday, *_ in found[:9]] == [1, 1, 2, 2, 4, 4, 8, 8, 15]


@pytest.mark.parametrize("name", ["walk-run-10-weeks", "back-after-a-break"])
def test_runs_grow_gently(name):
    """The longest doubles at most, the running of a session grows by ten minutes at most.

    The last steps of the ladder are thirty minutes in parts of ten: they are one run.
    """
    longest, whole = 0.0, 0.0
    for one in runs(plan(name)):
        walks = parts(one, "walk")
        run = max(parts(one, "run")) if walks else sum(parts(one, "run"))
        assert not longest or run <= max(2 * longest, 300)
        assert not whole or sum(parts(one, "run")) <= whole + 600
        longest, whole = max(longest, run), max(whole, sum(parts(one, "run")))


def test_back_after_a_break_for_both_lengths_of_it():
    written = file("back-after-a-break").read_text(encoding="utf-8")
    text = re.sub(r"^  (run|walk): .*\n  # ", "  ", written, flags=re.MULTILINE)
    long_away, not_so_long = weeks(plan("back-after-a-break")), weeks(plan("back-after-a-break", text))
    assert [parts(week[0], "run", "walk")[:2] for week in long_away[:3]] == [[60, 120], [60, 60], [120, 60]]
    assert [parts(week[0], "run", "walk")[:2] for week in not_so_long[:3]] == [[240, 60], [240, 60], [480, 60]]
    for found in (long_away, not_so_long):
        assert parts(found[-1][-1], "run") == [1800]


def test_couch_to_5k_ends_with_five_kilometres():
    last = runs(plan("couch-to-5k"))[-1]
    assert last.planned.key == "w09-sun"
    assert [step.length.metres for step in executed(last.workout.program) if step.written.role.value == "run"] == [5000]


# --- Running -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(RUNNING))
def test_no_run_is_a_tenth_longer_than_the_longest_of_thirty_days(name):
    """From the second week on: what was run before the plan nobody knows."""
    done: list[tuple[dt.date, float, float]] = []
    for one in runs(plan(name)):
        recent = [run for run in done if (one.planned.date - run[0]).days <= 30]
        if one.planned.week.number > 1:
            by_time, by_distance = (max(run[at] for run in recent) for at in (1, 2))
            assert minutes(one) <= 1.1 * by_time or metres(one) <= 1.1 * by_distance, one.planned.key
            assert metres(one) <= 1.1 * by_distance or metres(one) - by_distance < 1000, one.planned.key
        done.append((one.planned.date, minutes(one), metres(one)))


@pytest.mark.parametrize("name", sorted(RUNNING))
def test_weeks_grow_by_a_tenth_at_most_and_lighter_ones_come_in_time(name):
    totals = [training(week) for week in weeks(plan(name))]
    building = 0
    for week in range(1, len(totals)):
        highest = max(totals[max(0, week - 4) : week])
        assert totals[week] <= 1.1 * highest, f"week {week + 1}"
        building = 0 if totals[week] <= 0.85 * highest else building + 1
        assert building <= 4, f"week {week + 1}"


@pytest.mark.parametrize("name", ["first-progressions", "half-marathon-12-weeks"])
def test_lighter_weeks_are_fifteen_to_thirty_per_cent_lighter(name):
    totals = [training(week) for week in weeks(plan(name))]
    for week in (3, 7):
        assert 0.70 <= totals[week] / max(totals[week - 3 : week]) <= 0.85, f"week {week + 1}"


@pytest.mark.parametrize("name", sorted(RUNNING))
def test_hard_days_are_two_a_week_with_a_day_between(name):
    hard = [one for one in runs(plan(name)) if is_hard(one)]
    assert min((b.planned.date - a.planned.date).days for a, b in pairwise(hard)) >= 2
    for week in weeks(plan(name)):
        assert 1 <= len([one for one in week if is_hard(one)]) <= 2


@pytest.mark.parametrize("name", sorted(RUNNING))
def test_three_quarters_are_easy(name):
    zones = [[zone.value or 0 for zone in one.workout.estimate.zones] for one in runs(plan(name))]
    assert sum(sum(zone[:2]) for zone in zones) >= 0.75 * sum(map(sum, zones))


@pytest.mark.parametrize("name", ["10k-day-by-day", "half-marathon-12-weeks"])
def test_the_taper_halves_the_training_and_keeps_the_speed(name):
    compiled = plan(name)
    *before, last_but_one, last = weeks(compiled)
    usual = max(training(week) for week in before)
    cut = 1 - (training(last_but_one) + training(last)) / 2 / usual
    assert 0.41 <= cut <= 0.60
    assert 1 - training(last) / usual <= 0.70
    for week in (last_but_one, last):
        assert [one for one in week if is_hard(one) and one.planned.session.kind != "race"]
        assert len(week) >= len(before[-1]) - 1
    assert runs(compiled)[-1].planned.session.kind == "race"
    assert runs(compiled)[-1].planned.date == compiled.plan.race.on
    race, longest = metres(runs(compiled)[-1]), max(metres(one) for one in runs(compiled)[:-1])
    assert compiled.plan.race.distance.metres <= 1.1 * longest or race <= longest


def test_the_weeks_after_the_race_are_short_and_easy():
    compiled = plan("half-marathon-12-weeks")
    behind = [one for one in compiled.sessions if one.planned.week.number > 12]
    assert [one.planned.key for one in behind] == ["w13-fri", "w13-sun", "w14-tue", "w14-thu", "w14-sun"]
    assert not [one for one in behind if is_hard(one) or minutes(one) > 40]
    assert (behind[0].planned.date - compiled.plan.race.on).days >= 4


def test_one_progression_a_week_then_two():
    found = weeks(plan("first-progressions"))
    assert [sum("progression" in one.workout.expanded.tags for one in week) for week in found] == [
        1,
        1,
        1,
        1,
        2,
        2,
        2,
        1,
    ]


# --- Begun by `negsplit new` ---------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(MADE))
def test_made_plans_go_by_time_so_that_they_are_as_long_for_slow_runners(name):
    """Tapers, growth and hard days are what the rules look at; tests/check has these plans without a warning."""
    found = [one for one in runs(plan(name)) if one.planned.session.kind != "race"]
    assert {type(step.length) for one in found for step in executed(one.workout.program)} == {Duration}
    longest = max(minutes(one) for one in found)
    assert longest == LONGEST[name] if name in LONGEST else longest <= 135


@pytest.mark.parametrize("name", sorted(MADE))
def test_made_plans_have_lighter_weeks_and_say_so_of_whom_they_are_for(name):
    text = file(name).read_text(encoding="utf-8")
    down = [week.number for week in plan(name).weeks if week.is_down]
    assert all(str(number) in text.partition("plan:")[0] for number in down)
    assert down
    totals = [training(week) for week in weeks(plan(name))]
    for week in down:
        assert 0.65 <= totals[week - 1] / max(totals[: week - 1]) <= 0.85, f"week {week}"
    assert "# For whom: runners who " in text


@pytest.mark.parametrize("name", sorted(MADE))
def test_made_plans_are_mostly_easy_with_a_day_between_hard_ones(name):
    hard = [one for one in runs(plan(name)) if is_hard(one)]
    assert min((b.planned.date - a.planned.date).days for a, b in pairwise(hard)) >= 2
    zones = [[zone.value or 0 for zone in one.workout.estimate.zones] for one in runs(plan(name))]
    assert sum(sum(zone[:2]) for zone in zones) >= 0.75 * sum(map(sum, zones))
