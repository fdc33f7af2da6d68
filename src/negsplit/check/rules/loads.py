"""Rules for how much is run: from day to day, from week to week."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterator
from itertools import groupby
from statistics import fmean, pstdev
from typing import Final

from negsplit.check.plan_subject import PlanSubject, Run, percent, time_text, week_text, weeks_text
from negsplit.check.rule import Evidence, Finding, rule
from negsplit.diagnostics import Severity
from negsplit.plan.totals import WEEKS_BEFORE, WeekTotals

SPIKE_DAYS: Final = 30
"""Days back that a run is compared with the longest of (Frandsen and others, 2025)."""
SMALL_SPIKE, SPIKE, LARGE_SPIKE = 0.1, 0.3, 1.0
"""How much longer a run is, as a share of that one: the steps of the same study."""
SPIKE_METRES, SPIKE_SECONDS = 1000.0, 300.0
"""Smaller increases of a run are not worth a word (a judgement)."""

MORE, MUCH_MORE, MUCH_MORE_AT_FIRST = 0.1, 0.3, 0.2
FIRST_WEEKS: Final = 3
"""How much more a week has, as a share of the highest of the four before, and up to which week less is much: PL02."""
METRES_A_RUN, SECONDS_A_RUN = 1600.0, 600.0
"""What each run of a week may grow by whatever the share: 1 mile, or ten minutes."""

LIGHTER: Final = 0.85
"""Of the highest week of the four before: up to here a week is a lighter one (a judgement)."""
MANY_WEEKS, TOO_MANY_WEEKS = 4, 6
"""Weeks in a row without a lighter one (a judgement: nobody has tested it)."""

SAME_WEEKS: Final = 4
"""So many in a row with the same sessions are a rut (a judgement)."""
SAME_TOTAL: Final = 0.05
"""By what share of each other totals differ that are the same."""
MONOTONOUS, MOST_MONOTONOUS = 2.0, 10.0
"""Mean of a week's daily loads over their standard deviation (Foster, 1998), and the most that is told of it."""

_WARNING, _INFO = Severity.WARNING, Severity.INFO


@rule("PL01", "plan", Evidence.OBSERVATIONAL, _WARNING, _INFO)
def longer_than_lately(plan: PlanSubject) -> Iterator[Finding]:
    """A run is much longer than the longest of the 30 days before.

    In 5205 runners and 588071 runs, single runs more than 10 % beyond the longest of the last 30 days came with about
    one and a half times the rate of overuse injuries, those more than twice as long with over two times (Frandsen and
    others, British Journal of Sports Medicine, 2025). What people reported, not an experiment. Over 10 % is an
    information, over 30 % a warning, over 100 % another; less than 1 km or 5 minutes more is nothing. Races are left
    out, and so are the runs of the first week, which a plan knows no history of.

    Bad: a long run of `13 mi`, a week later `17 mi`
    Good: a long run of `13 mi`, a week later `14 mi`
    """
    if plan.is_walk_run:
        return
    measure = plan.measure
    slack = SPIKE_METRES if measure.in_metres else SPIKE_SECONDS
    lately: deque[tuple[float, Run]] = deque()
    for one in plan.runs:
        length = measure.of(one.totals)
        if length is None:
            continue
        while lately and (one.date - lately[0][1].date).days > SPIKE_DAYS:
            lately.popleft()
        is_begin = (one.date - plan.first_day).days < 7
        longest, earlier = max(lately, key=lambda pair: pair[0], default=(0.0, one))
        if longest and not is_begin and not one.is_race and length - longest >= slack:
            yield from _spike(plan, one, length, earlier, longest)
        lately.append((length, one))


def _spike(plan: PlanSubject, one: Run, length: float, earlier: Run, longest: float) -> Iterator[Finding]:
    share, text = round(length / longest - 1, 6), plan.measure.text
    if share <= SMALL_SPIKE:
        return
    limit = next((edge for edge in (LARGE_SPIKE, SPIKE) if share > edge), SMALL_SPIKE)
    how = "more than twice the longest" if limit == LARGE_SPIKE else f"{percent(share)} more than the longest"
    before = f"{text(longest)} of {earlier.key}"
    message = f"{one.key} is {text(length)}, {how} of the {SPIKE_DAYS} days before, {before} (over {percent(limit)})"
    cure = f"up to {text(longest * (1 + SMALL_SPIKE))} is a usual step; write it shorter, or put a run between"
    yield Finding(message, one.span, cure, _INFO if limit == SMALL_SPIKE else _WARNING, (one.key,))


@rule("PL02", "plan", Evidence.OBSERVATIONAL, _WARNING, _INFO)
def more_than_lately(plan: PlanSubject) -> Iterator[Finding]:
    """A week is much more than the highest of the four weeks before.

    Evidence is weak and divided: in a trial of 532 novices a plan of 10 % a week did not spare injuries (Buist and
    others, American Journal of Sports Medicine, 2008); of 873 novices those who grew by over 30 % were hurt more often
    than those under 10 %, not surely (Nielsen and others, JOSPT, 2014); half-marathon runners at first by over 20 %
    (Damsted and others, JOSPT, 2019). So over 10 %, the folk rule, is an information, over 30 % a warning, in weeks 2
    and 3 over 20 %. One mile (1.6 km, else 10 minutes) a run is always fine, as Daniels has it. Weeks with a race are
    left out. The ratio of the last week to the last four (PL03 of the literature) is no rule here: in runners it does
    not tell who gets hurt.

    Bad: a week of `40 km` in four runs, then one of `56 km`
    Good: a week of `40 km` in four runs, then one of `46 km`
    """
    if plan.is_walk_run:
        return
    measure = plan.measure
    for number, week in enumerate(plan.weeks, start=1):
        change, now = measure.change(week), measure.of_week(week)
        runs = plan.runs_of(week)
        if change is None or not now or plan.is_race_week(week):
            continue
        before = now / (1 + change)
        fine = len(runs) * (METRES_A_RUN if measure.in_metres else SECONDS_A_RUN)
        much = MUCH_MORE_AT_FIRST if number <= FIRST_WEEKS else MUCH_MORE
        limit = next((edge for edge in (much, MORE) if round(change, 6) > edge), None)
        if limit is None or now - before <= fine + 1e-6:
            continue
        most = f"{measure.text(before)}, the most of the {WEEKS_BEFORE} weeks before"
        message = (
            f"{week_text(week)} is {measure.text(now)}, {percent(change)} more than {most} (over {percent(limit)})"
        )
        usual = measure.text(max(before * (1 + MORE), before + fine))
        cure = f"up to {usual} is a usual step: shorten runs, or do it later"
        severity = _WARNING if limit == much else _INFO
        yield Finding(message, plan.span, cure, severity, tuple(run.key for run in runs), (week.week.number,))


@rule("PL04", "plan", Evidence.OPINION, _WARNING, _INFO)
def no_down_week(plan: PlanSubject) -> Iterator[Finding]:
    """Many weeks without a lighter one.

    The source texts take a quarter off once or twice in a marathon cycle, other coaches every third or fourth week, by
    10 to 33 %; nobody has tested it. A week counts as lighter when it is a down week of the plan, or at most 85 % of
    the highest of the four before. More than 4 weeks in a row without one are an information, more than 6 a warning: a
    plan of 12 weeks needs one at least.

    Bad: `weeks: 12` of runs that grow all the time
    Good: `down_weeks: {every: 4, cut: 25 %}`
    """
    if plan.is_walk_run:
        return
    for is_lighter, group in groupby(_known_weeks(plan), key=lambda week: _is_lighter(plan, week)):
        building = list(group)
        if is_lighter or len(building) <= MANY_WEEKS:
            continue
        too_many = len(building) > TOO_MANY_WEEKS
        limit = TOO_MANY_WEEKS if too_many else MANY_WEEKS
        message = f"{weeks_text(building)}: {len(building)} weeks without a lighter one (more than {limit})"
        cure = "take a quarter off every fourth week: `down_weeks: {every: 4, cut: 25 %}`"
        numbers = tuple(one.week.number for one in building)
        yield Finding(message, plan.span, cure, _WARNING if too_many else _INFO, (), numbers)


def _known_weeks(plan: PlanSubject) -> list[WeekTotals]:
    return [one for one in plan.weeks if one.week.is_down or plan.measure.of_week(one) is not None]


def _is_lighter(plan: PlanSubject, week: WeekTotals) -> bool:
    now, change = plan.measure.of_week(week), plan.measure.change(week)
    return week.week.is_down or not now or (change is not None and round(1 + change, 6) <= LIGHTER)


@rule("PL05", "plan", Evidence.OPINION)
def week_off(plan: PlanSubject) -> Iterator[Finding]:
    """A week without any run.

    A coach in the source texts: a lighter week makes sense, a whole week off in the middle of training mostly does not.
    A week off for holidays or health is fine; say so under `lint`. Weeks after the race are left out.

    Bad: a plan whose sessions are in `weeks: 1-4, 6-10`
    Good: two short easy runs in week 5
    """
    up_to_race = [one for one in plan.weeks if plan.is_whole(one) and not plan.is_behind_the_race(one)]
    empty = [one for one in up_to_race if not plan.runs_of(one)]
    if empty and plan.runs:
        message = f"{weeks_text(empty)}: no run at all"
        cure = 'put one or two short easy runs there, or say why: `lint: {PL05: "a holiday"}`'
        yield Finding(message, plan.span, cure, _WARNING, (), tuple(one.week.number for one in empty))


@rule("PL13", "plan", Evidence.OPINION, _INFO)
def always_the_same(plan: PlanSubject) -> Iterator[Finding]:
    """Four weeks or more with the same sessions and about the same total.

    Who always does the same stays where they are, the source texts say: the body has adapted. Sessions are the same
    where their steps have the same targets, whatever their lengths; totals within 5 % are the same.

    Bad: `30 min @ easy` three times a week, for eight weeks
    Good: `with: {total: 30 min -> 45 min}`
    """
    if plan.is_walk_run:
        return
    streak: list[WeekTotals] = []
    for week in [*plan.weeks, None]:
        if week is not None and streak and _is_alike(plan, streak[0], week):
            streak.append(week)
            continue
        if len(streak) >= SAME_WEEKS:
            total = plan.measure.text(plan.measure.of_week(streak[0]) or 0.0)
            message = f"{weeks_text(streak)}: {len(streak)} weeks of the same sessions and about {total} (4 or more)"
            cure = "let one thing grow a little each week, or make one day different"
            yield Finding(message, plan.span, cure, _INFO, (), tuple(one.week.number for one in streak))
        streak = [week] if week is not None else []


def _is_alike(plan: PlanSubject, one: WeekTotals, other: WeekTotals) -> bool:
    before, now = plan.measure.of_week(one), plan.measure.of_week(other)
    if not before or not now or round(abs(now / before - 1), 6) > SAME_TOTAL:
        return False
    return _sessions(plan, one) == _sessions(plan, other)


def _sessions(plan: PlanSubject, week: WeekTotals) -> list[str]:
    """The targets of each session of a week, in any order."""
    return sorted(
        repr(
            [
                (bar.step.intensity.value, bar.step.target, bar.step.written and bar.step.written.effort)
                for bar in one.bars
            ]
        )
        for one in plan.runs_of(week)
    )


@rule("PL16", "plan", Evidence.CONVENTION, _INFO)
def monotonous(plan: PlanSubject) -> Iterator[Finding]:
    """Every day of a week is about as much as the others.

    Monotony is the mean of the seven days' loads over their standard deviation; Foster (Medicine & Science in Sports &
    Exercise, 1998) saw illness come with it. Weak evidence: above 2.0 is an information, below 1.5 what one aims at. It
    shows in weeks of seven even runs; make hard days harder and easy days easier, or rest.

    Bad: `40 min @ easy` on all seven days
    Good: four days of `40 min @ easy`, a long run, two days of rest
    """
    if plan.is_walk_run:
        return
    found = [(value, week) for week in plan.weeks if (value := _monotony(plan, week)) and value > MONOTONOUS]
    if found:
        worst, week = max(found, key=lambda pair: pair[0])
        weeks = [one for _, one in found]
        message = (
            f"{weeks_text(weeks)}: every day is much like the next, monotony {worst:.1f} in {week_text(week)} (over 2)"
        )
        cure = "make easy days shorter and the long one longer, or take a day off"
        yield Finding(message, plan.span, cure, _INFO, (), tuple(one.week.number for one in weeks))


def _monotony(plan: PlanSubject, week: WeekTotals) -> float | None:
    """Mean over standard deviation of the loads of seven days; None where one cannot be told."""
    if week.totals.load.missing or not week.totals.load.value or not plan.is_whole(week):
        return None
    days = [0.0] * 7
    for one in plan.runs_of(week):
        days[(one.date - week.week.first) // dt.timedelta(days=1)] += one.totals.load or 0.0
    spread = pstdev(days)
    return min(fmean(days) / spread, MOST_MONOTONOUS) if spread else MOST_MONOTONOUS


@rule("PL18", "plan", Evidence.OPINION, _INFO)
def both_at_once(plan: PlanSubject) -> Iterator[Finding]:
    """A week with both more running and more fast running than the four before.

    The source texts build up slowly to more running and to faster running; one of the two at a time tells you what was
    too much. An information when both are over 10 % above the highest of the four weeks before; fast is 95 % of
    threshold speed and above, or effort 7 and above, and 5 minutes of it are nothing.

    Bad: from `40 km` with 20 minutes of tempo to `46 km` with 30 minutes
    Good: from `40 km` with 20 minutes of tempo to `46 km` with 20 minutes
    """
    if plan.is_walk_run:
        return
    for index, week in enumerate(plan.weeks):
        change = plan.measure.change(week)
        fast = week.totals.hard_seconds
        before = max((one.totals.hard_seconds for one in plan.weeks[max(index - WEEKS_BEFORE, 0) : index]), default=0.0)
        if change is None or round(change, 6) <= MORE or not before or plan.is_race_week(week):
            continue
        if round(fast / before - 1, 6) > MORE and fast - before > 300:
            both = f"{percent(change)} more running and {percent(fast / before - 1)} more fast running"
            message = (
                f"{week_text(week)} has {both} ({time_text(fast)}) than the weeks before (over {percent(MORE)} each)"
            )
            cure = "let one of the two grow at a time"
            keys = tuple(one.key for one in plan.runs_of(week))
            yield Finding(message, plan.span, cure, _INFO, keys, (week.week.number,))
