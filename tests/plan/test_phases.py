"""What a week is for, on both sides of every limit: plans by time, whose minutes are known whoever runs."""

import pytest

from negsplit.plan.phases import phases
from negsplit.plan.raced import raced
from strategies.shown_plans import shown

HEAD = "plan: P\nstart: 2027-01-04\n"


def of(text, *earlier):
    plan = shown(text)
    before = [race for one in earlier for race in raced(shown(one))]
    return phases(plan, [*before, *raced(plan)], in_metres=False)


def plan(*minutes, head=HEAD, more=""):
    """A plan of one run a week with these lengths; of no run where it is 0."""
    sessions = "".join(
        f"  - {{weeks: {week}, on: tue, steps: {length} min @ easy}}\n"
        for week, length in enumerate(minutes, 1)
        if length
    )
    return f"{head}weeks: {len(minutes)}\n{more}sessions:\n{sessions}"


def racing(*minutes, distance="half", goal="1:40:00"):
    """The same before a race."""
    return plan(*minutes, head=f"plan: R\nrace: {{on: 2027-01-31, distance: {distance}, goal: {goal}}}\n")


def hard(steps, race=""):
    return f"{race or HEAD}weeks: 1\nsessions: [{{on: tue, steps: '{steps}'}}]\n"


def test_a_week_builds_from_a_twentieth_of_hard_running_on():
    assert of(hard("95 min @ easy, 5 min @ RPE 8")) == ["build"]
    assert of(hard("95:10 @ easy, 4:50 @ RPE 8")) == ["base"]


def test_a_week_at_the_pace_of_the_race_is_like_the_race():
    """46:00 is 4:36/km; who runs 5 km in 22:30 runs 10 km in about 46:40. 4:50 is near neither, and hard."""
    race = "plan: R\nrace: {on: 2027-01-17, distance: 10 km, goal: 46:00}\n"

    def at(steps):
        return of(f"{race}weeks: 2\nsessions: [{{weeks: 1, on: tue, steps: '{steps}'}}]\n")[0]

    assert at("40 min @ easy, 4 min @ 4:36/km, 36 min @ easy") == "race-like"
    assert at("40 min @ easy, 4 min @ 10k, 36 min @ easy") == "race-like"
    assert at("40 min @ easy, 4 min @ 4:50/km, 36 min @ easy") == "build"
    assert at("40 min @ easy, 3 min @ 4:36/km, 37 min @ easy") == "base"


def test_a_week_with_a_race_on_the_way_is_like_the_race():
    text = plan(60, 30, 60) + "days: {week 2: {sun: {race: 5 km, goal: 25:00}}}\n"
    assert of(text) == ["base", "race-like", "base"]


@pytest.mark.parametrize(("minutes", "phase"), [(90, "down"), (91, "base")])
def test_a_week_is_down_up_to_nine_tenths_of_the_four_before(minutes, phase):
    assert of(plan(100, minutes)) == ["base", phase]
    assert of(plan(100, 95, 95, 95, minutes))[4] == phase
    assert of(plan(100, 95, 95, 95, 95, minutes))[5] == "base"


def test_a_week_that_the_plan_calls_down_is():
    assert of(plan(60, 60, 60, more="down_weeks: {at: [2], cut: 5 %}\n")) == ["base", "down", "base"]


def test_the_taper_is_the_week_of_the_race_and_up_to_two_lighter_ones_before():
    assert of(racing(100, 100, 90, 50)) == ["base", "base", "taper", "taper"]
    assert of(racing(100, 100, 91, 50)) == ["base", "base", "base", "taper"]
    assert of(racing(100, 80, 80, 80, 40)) == ["base", "down", "taper", "taper", "taper"]


def test_the_race_is_no_training():
    """A marathon would be the highest week of its plan, and all before it a taper."""
    text = racing(100, 100, 95, 50, distance="marathon", goal="4:00:00")
    assert of(text) == ["base", "base", "base", "taper"]


def test_weeks_behind_the_race_are_for_recovery():
    text = racing(60, 60).replace("weeks: 2\n", "weeks: 2\nweeks_after: 2\n")
    behind = "  - {weeks: 3, on: fri, steps: 20 min @ easy}\n"
    assert of(text + behind) == ["base", "taper", "recovery", "break"]


@pytest.mark.parametrize(
    ("distance", "phases_then"),
    [
        ("5 km", ["recovery", "base", "base"]),
        ("half", ["recovery", "base", "base"]),
        ("marathon", ["recovery", "recovery", "base"]),
    ],
)
def test_a_plan_after_a_race_begins_with_recovery(distance, phases_then):
    """One easy day for three kilometres: 2, 7 and 14. The weeks begin 1, 8 and 15 days behind the race."""
    after = plan(30, 30, 30, head="plan: P\nstart: 2027-02-01\n")
    assert of(after, racing(60, 60, distance=distance)) == phases_then


def test_a_hard_week_is_no_recovery():
    text = hard("95 min @ easy, 5 min @ RPE 8", "plan: P\nstart: 2027-02-01\n")
    assert of(text, racing(60, 60, distance="marathon")) == ["build"]


def test_a_week_without_a_run_or_with_four_days_missed_is_a_break():
    missed = "missed: [{from: 2027-01-06, to: 2027-01-09}, {from: 2027-01-13, to: 2027-01-15}]\n"
    assert of(plan(60, 60, 60, more=missed)) == ["break", "base", "base"]
    assert of(plan(60, 0, 60)) == ["base", "break", "base"]


def test_a_walk_run_plan_is_compared_by_what_is_run():
    """From 10 times 2 min with walks to 25 min in one go is no lighter week."""
    text = (
        HEAD + "weeks: 2\nsessions:\n  - {weeks: 1, on: tue, steps: '10x(2 min @ RPE 4, walk 2 min)'}\n"
        "  - {weeks: 2, on: tue, steps: 25 min @ RPE 4}\n"
    )
    assert of(text) == ["base", "base"]
