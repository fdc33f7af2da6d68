"""What a plan counts on: the amounts of its first full week."""

import pytest

from negsplit import compile_plan_text
from negsplit.plan.demand import demand, missed_days
from negsplit.plan.totals import totals
from negsplit.preview.plan_words import counts_on
from strategies.shown_plans import shown

PLAN = "plan: P\nstart: 2027-01-04\nweeks: 3\n"
EASY = "  - {on: tue, steps: $total @ easy, with: {total: 8 km -> 10 km}}\n  - {on: sun, steps: 12 km @ easy}\n"
SHORT = "sessions:\n" + EASY


def asked(text):
    found = demand(shown(text))
    return found and (found.week.week.number, found.in_metres, round(found.totals.metres.value))


def test_the_first_week_of_most_plans():
    assert asked(PLAN + SHORT) == (1, True, 20_000)


@pytest.mark.parametrize(
    "text",
    [
        PLAN.replace("01-04", "01-07") + SHORT,  # begun on a Thursday
        PLAN + "down_weeks: {at: [1], cut: 25 %}\n" + SHORT,
        PLAN + "missed: [{from: 2027-01-09, to: 2027-01-09}]\n" + SHORT,
        PLAN + SHORT + "days: {week 1: {fri: {steps: run lap}}}\n",  # nobody knows how far
        PLAN + "sessions:\n" + EASY.replace("on:", "weeks: 2-3, on:").replace("8 km ->", "9 km ->"),
    ],
    ids=["begun late", "a down week", "a day missed", "an open run", "no run"],
)
def test_a_week_that_is_not_full_is_passed_over(text):
    number, in_metres, metres = asked(text)
    assert (number, in_metres) == (2, True)
    assert metres == (20_000 if "down" in text else 21_000)  # behind a down week growth goes on where it was


def test_a_plan_of_which_nothing_is_known_counts_on_nothing():
    assert asked(PLAN + "sessions: [{on: tue, steps: run lap}]\n") is None


@pytest.mark.parametrize(("walk", "in_metres"), [("6 min", False), ("5 min", True)])
def test_a_plan_with_a_tenth_of_walking_counts_in_time(walk, in_metres):
    text = PLAN + f"sessions: [{{on: tue, steps: '50 min @ easy, walk {walk}'}}]\n"
    found = demand(shown(text))
    assert found.in_metres is in_metres
    assert found.totals.seconds.value == (50 + int(walk.split()[0])) * 60


def test_missed_days_are_counted_within_the_week():
    plan = shown(PLAN + "missed: [{from: 2027-01-09, to: 2027-01-12}, {from: 2027-01-16, to: 2027-01-16}]\n" + SHORT)
    assert [missed_days(week, plan.plan) for week in plan.weeks] == [2, 3, 0]


ATHLETE = "athlete: Me\nraces: 5 km in 22:30\nhistory: {weeks: [28, 31, 27, 30 km], longest: 11 km}\n"


def test_what_was_run_before_is_the_most_of_the_last_four_weeks():
    found = demand(after_history(PLAN + SHORT))
    assert (found.most_before, found.longest_before) == (31_000, 11_000)
    assert demand(shown(PLAN + SHORT)).most_before is None
    words = (
        "Counts on 20.0 km a week, longest run 12.0 km; before it 31.0 km at most, longest run 11.0 km (your history)"
    )
    assert counts_on(after_history(PLAN + SHORT)) == words
    assert counts_on(shown(PLAN + SHORT)).endswith("longest run 12.0 km; growth counts from week 1")


def after_history(text):
    """A plan for a runner who says what was run lately."""
    return totals(compile_plan_text(text, athlete=ATHLETE).plan)
