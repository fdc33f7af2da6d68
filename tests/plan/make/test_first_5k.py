"""The plan from walking to 5 km: against the example of the design page, which was written by hand."""

import datetime as dt
import re
from functools import cache

import pytest

from negsplit import Severity, compile_plan_text
from negsplit.check import check_plan
from negsplit.plan.make import first_5k
from negsplit.plan.make.wish import Wish
from negsplit.plan.totals import totals
from negsplit.units import Duration

EXAMPLE = ["1/2 24", "1/2 24", "2/1 24", "2/1 27", "4/1 25", "4/1 30", "8/1 27", "8/1 27"]
"""Minutes run and walked in turn, and of both together, in the weeks 1 to 8 of the example; then it runs through."""


@cache
def plan(longest, weeks=None, **dates):
    start = {} if dates else {"start": dt.date(2026, 12, 7)}
    time = Duration(longest * 60_000)
    text = first_5k.text(
        Wish("first-5k", "T", weeks or first_5k.weeks_from(time), 3, Duration(0), time, **start, **dates)
    )
    result = compile_plan_text(text)
    assert result.plan, result.diagnostics
    return totals(result.plan)


def stages(plan):
    found = []
    for week in plan.weeks:
        tuesday, _, sunday = week.sessions
        if ratio := re.match(r"(\d+/\d+) walk-run", tuesday.name):
            found.append(f"{ratio[1]} {(tuesday.seconds - 600) / 60:.0f}")
        else:
            found.append(f"{(tuesday.seconds - 600) / 60:.0f}, {(sunday.seconds - 600) / 60:.0f}")
    return found


def test_from_walking():
    found = plan(0)
    assert stages(found) == [*EXAMPLE, "15, 20", "20, 25", "25, 30", "25, 35"]
    assert {one.planned.date.strftime("%a") for one in found.sessions} == {"Tue", "Thu", "Sun"}


@pytest.mark.parametrize(
    ("minutes", "first", "weeks"),
    [(1, "1/2 24", 12), (3, "2/1 24", 10), (4, "4/1 25", 8), (7, "4/1 25", 8), (8, "8/1 27", 6), (15, "15, 20", 4)],
)  # fmt: skip
def test_who_runs_some_minutes_begins_later(minutes, first, weeks):
    found = plan(minutes)
    assert (stages(found)[0], len(found.weeks)) == (first, weeks)


def test_more_weeks_do_stages_again():
    found = stages(plan(0, weeks=24))
    assert found[::2] == found[1::2] == [*EXAMPLE, "15, 20", "20, 25", "25, 30", "25, 35"]


def test_no_coach_would_stop_it():
    for minutes in (0, 2, 4, 8, 15):
        for weeks in (None, 15):
            assert [one for one in check_plan(plan(minutes, weeks)) if one.severity is Severity.WARNING] == []
