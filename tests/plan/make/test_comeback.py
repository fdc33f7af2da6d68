"""The way back after a break: against the example of the design page, which was made by hand from Daniels' shares."""

import datetime as dt

import pytest

from negsplit import Severity, compile_plan_text
from negsplit.check import check_plan
from negsplit.compile import runner_from_words
from negsplit.plan.make.text import plan_text
from negsplit.plan.make.wish import Wish
from negsplit.plan.totals import totals
from negsplit.units import Distance

EXAMPLE = [70, 75, 115, 135, 160, 190, 215, 185, 230]
"""Minutes of each week after six weeks off, without the strides; before it were 40 km a week."""
LONGEST = [30, 35, 40, 45, 55, 65, 75, 65, 80]


def plan(weeks=9, runs=4, km=40, long_km=14, five_km="27:00"):
    runner, _ = runner_from_words(f"5 km in {five_km}")
    some = Wish(
        "return", "T", weeks, runs, Distance(km * 100_000), Distance(long_km * 100_000), start=dt.date(2026, 12, 7)
    )
    result = compile_plan_text(plan_text(some, runner), athlete=runner)
    assert result.plan, result.diagnostics
    return totals(result.plan)


def easy_minutes(session):
    return session.profile.bars[0].seconds / 60


def test_it_climbs_as_the_example_does():
    """Within 10 %: by hand one rounds as one likes."""
    found = plan()
    assert [sum(map(easy_minutes, week.sessions)) for week in found.weeks] == pytest.approx(EXAMPLE, rel=0.10)
    assert [max(map(easy_minutes, week.sessions)) for week in found.weeks] == pytest.approx(LONGEST, abs=10)
    assert [len(week.sessions) for week in found.weeks] == [3, 3, *[4] * 7]


def test_all_is_easy_with_strides_from_week_three_on():
    for week in plan().weeks:
        names = [one.name for one in week.sessions]
        assert sum("strides" in name for name in names) == (week.week.number >= 3)
        assert week.totals.hard == 0


@pytest.mark.parametrize(
    ("weeks", "runs", "km", "long_km", "five_km"),
    [(2, 3, 30, 10, "27:00"), (4, 5, 60, 18, "19:00"), (8, 5, 80, 20, "17:00"), (12, 6, 90, 28, "22:00"),
     (16, 6, 60, 20, "36:00")],
)  # fmt: skip
def test_no_coach_would_stop_it(weeks, runs, km, long_km, five_km):
    found = plan(weeks, runs, km, long_km, five_km)
    assert [one for one in check_plan(found) if one.severity is Severity.WARNING] == []
    assert len(found.weeks[-1].sessions) == min(runs, 6 if weeks > 3 else 5)
