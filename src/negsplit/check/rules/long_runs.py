"""Rules for the long run of a week."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from negsplit.check.plan_subject import PlanSubject, Run, percent, time_text, week_text, weeks_text
from negsplit.check.rule import Evidence, Finding, rule
from negsplit.diagnostics import Severity
from negsplit.plan.totals import WeekTotals
from negsplit.units import MARATHON

LARGEST_SHARE, SHARE_OF_EVEN = 0.30, 1.25
"""Of a week: three tenths, or a quarter more than if all its runs were even."""
ROUNDING: Final = 0.005
"""What is over a limit is over it in whole per cents too."""

LONG_SECONDS, TOO_LONG_SECONDS = 150 * 60.0, 180 * 60.0
"""Seconds: two and a half hours, as Daniels has it, and the three of Hansons' plans."""
SHORT_PEAK, LONG_PEAK, TOO_LONG_PEAK = 32_000.0, 35_400.0, 38_600.0
"""Metres: 20, 22 and 24 miles, of which the first is rounded as coaches in kilometres say it."""

_WARNING, _INFO = Severity.WARNING, Severity.INFO


@rule("PL06", "plan", Evidence.OPINION, _INFO)
def large_share(plan: PlanSubject) -> Iterator[Finding]:
    """The long run is a large part of its week.

    Daniels (Running Formula) keeps it at 25 to 30 % of the week. Few runs cannot: the limit is 30 %, or a quarter more
    than an even share, so 42 % of three runs and 31 % of four. Weeks with a race, and those with fewer than three runs,
    are left out.

    Bad: `18 km` in a week of three runs and `34 km`
    Good: `14 km` in a week of three runs and `34 km`
    """
    if plan.is_walk_run:
        return
    found = [(share, week) for week in plan.weeks if (share := _share_of_longest(plan, week)) is not None]
    over = [(share, week) for share, week in found if share > _limit(plan, week) + ROUNDING]
    if not over:
        return
    share, week = max(over, key=lambda pair: pair[0] - _limit(plan, pair[1]))
    runs = len(plan.runs_of(week))
    weeks = [one for _, one in over]
    limit = percent(_limit(plan, week))
    message = (
        f"{weeks_text(weeks)}: the long run is {percent(share)} of {week_text(week)} ({limit} of {runs} runs at most)"
    )
    cure = "make the other runs a little longer, or add a short one"
    yield Finding(message, plan.span, cure, _INFO, (), tuple(one.week.number for one in weeks))


def _limit(plan: PlanSubject, week: WeekTotals) -> float:
    return round(max(LARGEST_SHARE, SHARE_OF_EVEN / len(plan.runs_of(week))), 2)


def _share_of_longest(plan: PlanSubject, week: WeekTotals) -> float | None:
    whole, runs = plan.measure.of_week(week), plan.runs_of(week)
    if not whole or len(runs) < 3 or plan.is_race_week(week) or not plan.is_whole(week):
        return None
    return max(plan.measure.of(one.totals) or 0.0 for one in runs) / whole


@rule("PL07", "plan", Evidence.OPINION, _WARNING, _INFO)
def very_long(plan: PlanSubject) -> Iterator[Finding]:
    """A run lasts more than two and a half hours.

    Daniels stops at 150 minutes, a reader in the source texts remembers the same, Hansons' marathon plans stop at three
    hours: beyond, the days it takes to get over it cost more than it gives. Over 150 minutes is an information, over
    180 a warning. Races, walk-runs and plans for a race longer than a marathon are left out.

    Bad: `3:15:00 @ easy`
    Good: `2:20:00 @ easy`
    """
    race = plan.plan.race
    if plan.is_walk_run or (race and race.distance and race.distance.metres > MARATHON.metres + 100):
        return
    for one in _longest_a_place(plan):
        seconds = one.totals.seconds or 0.0
        if seconds > LONG_SECONDS + 1:
            too_long = seconds > TOO_LONG_SECONDS + 1
            limit = time_text(TOO_LONG_SECONDS if too_long else LONG_SECONDS)
            message = f"{one.key} lasts about {time_text(seconds)} (over {limit})"
            cure = f"stop at {time_text(LONG_SECONDS)}, or run on the day before too"
            yield Finding(message, one.span, cure, _WARNING if too_long else _INFO, (one.key,))


def _longest_a_place(plan: PlanSubject) -> list[Run]:
    """Of the runs that one line of the plan gives, the longest."""
    found: dict[object, Run] = {}
    for one in plan.runs:
        if one.is_race or one.is_walk_run or one.totals.seconds is None:
            continue
        place = (one.span.source.name, one.span.start) if one.span else one.key
        if place not in found or (found[place].totals.seconds or 0.0) < one.totals.seconds:
            found[place] = one
    return list(found.values())


@rule("PL08", "plan", Evidence.OPINION, _WARNING, _INFO)
def marathon_long_run(plan: PlanSubject) -> Iterator[Finding]:
    """The longest run of a marathon plan is short of 32 km, or beyond 35 km.

    The coach of the source texts wants long runs of 20 to 22 miles before a marathon, one of 20 at least, and calls 24
    miles something for the elite. Contested: Hansons' plans stop at 16 miles of more running a week. Below 32 km (20
    miles) and above 35.4 km (22) are informations, 38.6 km (24) and above a warning. Walk-run programmes are left out.

    Bad: `race: {on: 2027-04-25, distance: marathon}`, with a longest run of `24 km`
    Good: `race: {on: 2027-04-25, distance: marathon}`, with two runs of `32 km`
    """
    race = plan.plan.race
    if plan.is_walk_run or race is None or race.distance is None or abs(race.distance.metres - MARATHON.metres) > 100:
        return
    before = [one for one in plan.runs if one.date <= race.on]
    lengths = [(one.totals.metres, one) for one in before if one.totals.metres and not one.is_race]
    if not lengths or any(one.totals.metres is None for one in before):
        return
    metres, longest = max(lengths, key=lambda pair: pair[0])
    far = f"{metres / 1000:.1f} km"
    cure = "coaches differ; 32 to 35 km, three weeks before the race, is the usual peak"
    if metres < SHORT_PEAK - 1:
        message = f"the longest run before the marathon is {far}, {longest.key} (under 32 km)"
        yield Finding(message, longest.span, cure, _INFO, (longest.key,))
    elif metres >= TOO_LONG_PEAK:
        message = f"{longest.key} is {far} before a marathon (38.6 km or more)"
        yield Finding(message, longest.span, cure, _WARNING, (longest.key,))
    elif metres > LONG_PEAK + 10:
        yield Finding(
            f"{longest.key} is {far} before a marathon (over 35.4 km)", longest.span, cure, _INFO, (longest.key,)
        )
