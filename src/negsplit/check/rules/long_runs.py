"""Rules for the long run of a week."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from negsplit.check.plan_subject import (
    PlanSubject,
    Run,
    far_text,
    in_minutes,
    time_text,
    week_text,
)
from negsplit.check.rule import Evidence, Finding, rule
from negsplit.check.subject import in_percent, percent
from negsplit.diagnostics import Severity
from negsplit.units import MARATHON

FEWEST_RUNS, MANY_RUNS = 3, 5
SHARE_OF_FEW, SHARE_OF_MANY = 50, 40
"""Per cent of a week that its longest run has at most: in three or four runs, and in five or more."""

LONG_MINUTES, TOO_LONG_MINUTES = 150, 180
"""Two and a half hours, as Daniels has it, and the three of Hansons' plans."""
LITTLE_OVER: Final = 1.01
"""Times the three hours: nobody stops a run for a minute or two."""
SHORT_PEAK, LONG_PEAK, TOO_LONG_PEAK = 32_000.0, 35_400.0, 38_600.0
"""Metres: 20, 22 and 24 miles, of which the first is rounded as coaches in kilometres say it."""
ENOUGH_MINUTES: Final = 165
"""A run of so long, 2 h 45, is a long run before a marathon whatever its distance (a judgement)."""

_WARNING, _NOTE = Severity.WARNING, Severity.NOTE


@rule("PL06", "plan", Evidence.OPINION, _NOTE)
def large_share(plan: PlanSubject) -> Iterator[Finding]:
    """The long run is a large part of its week.

    Daniels (Running Formula) keeps it at 25 to 30 % of the week; published plans have 18 to 40 %, those for a first
    marathon up to 52 %. So the limit is 40 %, and 50 % in weeks of three or four runs. Weeks with fewer runs are left
    out, and so is the goal race.

    Bad: `20 km` in a week of three runs and `34 km`
    Good: `14 km` in a week of three runs and `34 km`
    """
    for week in plan.weeks if not plan.is_all_walk_run else ():
        whole, runs = plan.amount(week), len(plan.runs_of(week))
        if not whole or runs < FEWEST_RUNS or not plan.is_whole(week):
            continue
        share, limit = plan.longest(week) / whole, SHARE_OF_MANY if runs >= MANY_RUNS else SHARE_OF_FEW
        if in_percent(share) > limit:
            message = (
                f"{week_text(week)}: the long run is {percent(share)} of the week ({limit} % at most with {runs} runs)"
            )
            cure = "make the other runs a little longer, or add a short one"
            yield Finding(message, plan.span, cure, _NOTE, (), (week.week.number,), weight=share)


@rule("PL07", "plan", Evidence.OPINION, _WARNING, _NOTE)
def very_long(plan: PlanSubject) -> Iterator[Finding]:
    """A run lasts more than two and a half hours.

    Daniels stops at 150 minutes, and Hansons' marathon plans stop at three hours: beyond that, the days of recovery
    cost more than the run gives you. Over 150 minutes is a note, over 180 (and a minute or two) a warning. Races,
    walk-runs and plans for a race longer than a marathon are left out.

    Bad: `3:15:00 @ easy`
    Good: `2:20:00 @ easy`
    """
    for one in _stoppable(plan):
        seconds = one.totals.seconds or 0.0
        is_too_long = seconds > LITTLE_OVER * 60 * TOO_LONG_MINUTES
        if in_minutes(seconds) > LONG_MINUTES:
            limit = time_text(60 * (TOO_LONG_MINUTES if is_too_long else LONG_MINUTES))
            message = f"{one.key}: about {time_text(seconds)} on your feet (over {limit})"
            cure = f"stop at {time_text(60 * LONG_MINUTES)}; if you want more, run the day before too"
            severity = _WARNING if is_too_long else _NOTE
            yield Finding(message, one.span, cure, severity, (one.key,), weight=seconds)


def _stoppable(plan: PlanSubject) -> list[Run]:
    """The runs that could be shorter: no race, no walk-run, nothing before an ultra."""
    race = plan.plan.race
    is_ultra = race and race.distance and race.distance.metres > MARATHON.metres + 100
    if plan.is_all_walk_run or is_ultra:
        return []
    return [one for one in plan.runs if not one.is_race and not one.is_walk_run]


@rule("PL08", "plan", Evidence.OPINION, _WARNING, _NOTE)
def marathon_long_run(plan: PlanSubject) -> Iterator[Finding]:
    """The longest run of a marathon plan is under 32 km, or over 35 km.

    One coach wants long runs of 20 to 22 miles before a marathon, at least one of 20, and leaves 24 miles to the
    elite. Others differ: Hansons' plans stop at 16 miles, with more running in the week. Under 32 km (20 miles) is a
    note, unless a run lasts 2 h 45, and so is over 35.4 km (22 miles); 38.6 km (24 miles) and more is a warning. Plans
    that are mostly walk-runs are left out.

    Bad: `race: {on: 2027-04-25, distance: marathon}`, with a longest run of `24 km`
    Good: `race: {on: 2027-04-25, distance: marathon}`, with two runs of `32 km`
    """
    race = plan.plan.race
    if race is None or race.distance is None or abs(race.distance.metres - MARATHON.metres) > 100:
        return
    runs = [one for one in plan.runs if one.date < race.on]
    if plan.is_all_walk_run or not runs or any(one.totals.metres is None for one in runs):
        return
    longest = max(runs, key=lambda one: one.totals.metres or 0.0)
    metres, minutes = longest.totals.metres or 0.0, max(in_minutes(one.totals.seconds or 0.0) for one in runs)
    far, short, long = (far_text(one, plan.totals.unit) for one in (metres, SHORT_PEAK, LONG_PEAK))
    if metres < SHORT_PEAK - 1 and minutes < ENOUGH_MINUTES and far != short:
        message = f"{longest.key}: {far} is the longest run before your marathon ({short} is usual)"
    elif metres > LONG_PEAK + 10 and far != long:
        message = f"{longest.key}: {far} in one run before your marathon ({long} at most)"
    else:
        return
    cure = "coaches differ, but most peak at 32 to 35 km (20 to 22 mi), three weeks before the race"
    yield Finding(message, longest.span, cure, _WARNING if metres >= TOO_LONG_PEAK else _NOTE, (longest.key,))
