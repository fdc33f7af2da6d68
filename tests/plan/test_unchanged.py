"""What stays the same from plan to plan, on both sides of 5 %."""

import pytest

from negsplit.plan.season import season
from negsplit.plan.unchanged import kinds, next_to_vary, unchanged
from strategies.shown_plans import shown


def plan(start, easy=100, long=100, fast=10, at="threshold"):
    """Two weeks of three runs, in minutes."""
    work = f"  - {{on: tue, steps: '20 min @ easy, {fast} min @ {at}'}}\n" if fast else ""
    return (
        f"plan: P\nstart: {start}\nweeks: 2\nsessions:\n{work}"
        f"  - {{on: thu, steps: {easy} min @ easy}}\n  - {{on: sun, steps: {long} min @ easy}}\n"
    )


def same(*texts):
    found = unchanged(season(shown(text) for text in texts))
    return {one.what: (one.plans, one.weeks) for one in found}, next_to_vary(found)


FIRST, SECOND, THIRD = "2026-11-30", "2026-12-14", "2027-01-04"


def test_a_plan_run_again_has_changed_nothing():
    every = {"volume": (2, 4), "speed": (2, 4), "distance": (2, 4)}
    assert same(plan(FIRST), plan(SECOND)) == (every, "volume")
    assert same(plan(FIRST)) == ({}, None)


@pytest.mark.parametrize(
    ("how", "left"),
    [
        ({"easy": 85}, {"speed", "distance"}),
        ({"fast": 11}, {"volume", "distance"}),
        ({"at": "interval"}, {"volume", "distance"}),
        ({"fast": 0}, {"distance"}),
        ({"long": "105.5"}, {"volume", "speed"}),
        ({"long": 105}, {"volume", "speed", "distance"}),
    ],
)
def test_what_has_changed_is_left_out(how, left):
    assert same(plan(FIRST), plan(SECOND, **how))[0].keys() == left


def test_the_longest_row_comes_next():
    """The long run was another in the first plan: only the others have been the same for three."""
    found, vary = same(plan(FIRST, easy=80, long=120, fast=14), plan(SECOND, fast=14), plan(THIRD, fast=14))
    assert found == {"volume": (3, 6), "speed": (3, 6), "distance": (2, 4)}
    assert vary == "volume"
    found, vary = same(plan(FIRST, easy=60), plan(SECOND), plan(THIRD))
    assert found == {"volume": (2, 4), "speed": (3, 6), "distance": (3, 6)}
    assert vary == "speed"


@pytest.mark.parametrize(
    ("at", "kind"),
    [
        ("marathon", "marathon pace"),
        ("threshold", "threshold"),
        ("interval", "intervals"),
        ("mile", "repetitions"),
        ("RPE 8", "hard by effort"),
    ],
)
def test_kinds_of_fast_running(at, kind):
    def of(minutes):
        (found,) = season([shown(plan(FIRST, fast=minutes, at=at))]).plans
        return kinds(found)

    assert of(5) == (kind,)
    assert of(4) == ()
