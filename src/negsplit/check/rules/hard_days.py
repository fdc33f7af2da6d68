"""Rules for fast running in a plan: how much, how often, and what lies between."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Final, NamedTuple

from negsplit.check.plan_subject import (
    PlanSubject,
    Run,
    far_text,
    in_minutes,
    rows,
    time_text,
    week_text,
    weeks_text,
)
from negsplit.check.rule import Evidence, Finding, rule
from negsplit.check.subject import in_percent, is_paced, percent
from negsplit.diagnostics import Severity, listed
from negsplit.estimate.kinds import HARD_SECONDS, HARD_SHARE, is_run
from negsplit.estimate.profile import Bar
from negsplit.plan.totals import WeekTotals
from negsplit.targets import Named, PaceTarget

LITTLE_EASY, TOO_LITTLE_EASY = 75, 60
"""Per cent of the time that is run: PL09 says from where."""
MOST_THRESHOLD, MOST_HARD = 2, 3
"""Sessions a week."""
ABOVE_THRESHOLD: Final = 1.015
"""Of threshold speed: where threshold running ends."""
FEWEST_RUNS, MANY_WEEKS = 3, 3
"""Weeks of so many runs are judged by the share of them that is hard, and so many of those weeks are too many."""
EASY_WEEKS: Final = 6
"""So many in a row with nothing fast in them are too many (a judgement)."""
WEEKLY_SECONDS: Final = 2.5 * 3600
"""Who runs less in a week of fewer than three runs is only beginning, and may run all of it easily."""

_WARNING, _NOTE = Severity.WARNING, Severity.NOTE


@rule("PL09", "plan", Evidence.META_ANALYSIS, _WARNING, _NOTE)
def little_easy(plan: PlanSubject) -> Iterator[Finding]:
    """Too little of the running is easy.

    Easy means up to 86 % of threshold speed, or RPE 4. The exact share matters less than people say: recreational
    runners did as well with 40 % easy as with 77 % (Festa and others, 2020), and four of five trials in a review found
    no difference. But few runners can take much fast running for long, so under 75 % of the time is a note and under 60
    % a warning. The goal race does not count.

    Bad: `45 min @ marathon` three times a week
    Good: `45 min @ easy` twice a week, and `20 min @ threshold` with a warm-up once
    """
    runs = [one for one in plan.runs if not plan.is_goal(one) and one.bars]
    whole = sum(one.moving_seconds for one in runs)
    if not whole or not all(one.is_paced_by_share for one in runs):
        return
    share = sum(one.easy_seconds for one in runs) / whole
    limit = next((edge for edge in (TOO_LITTLE_EASY, LITTLE_EASY) if in_percent(share) < edge), None)
    if limit is not None:
        sessions = percent(sum(one.is_all_easy for one in runs) / len(runs))
        message = (
            f"{percent(share)} of your running time is easy (under {limit} %); {sessions} of the runs are all easy"
        )
        cure = "slow your easy runs and warm-ups down to easy pace, or make a hard session an easy run"
        yield Finding(message, plan.span, cure, _WARNING if limit == TOO_LITTLE_EASY else _NOTE)


@rule("PL10a", "plan", Evidence.SOURCE)
def many_threshold_days(plan: PlanSubject) -> Iterator[Finding]:
    """More than two progression, tempo or threshold sessions in a week.

    One or two progression runs a week are enough, and the same goes for other runs at tempo or threshold (an article on
    progression runs). What counts: a progression, a long run that ends at marathon pace or faster, or 5 minutes in all
    at 95 to 101 % of threshold speed, about half-marathon to threshold pace, or at that effort. The goal race does not
    count.

    Bad: `progression: cut-down` on Tuesday, Thursday and Saturday
    Good: `progression: cut-down` on Tuesday and Saturday
    """
    what = "progression, tempo or threshold sessions"
    yield from _too_many(plan, MOST_THRESHOLD, what, lambda one, week: _is_threshold_day(plan, one, week))


@rule("PL10b", "plan", Evidence.CONVENTION)
def many_hard_days(plan: PlanSubject) -> Iterator[Finding]:
    """More than three hard sessions in a week.

    A session is hard with 5 minutes in all at 95 % of threshold speed or faster, or at RPE 7 or more, or with 25
    minutes at marathon pace or faster. Most coaches give two or three of these a week: you get faster while you recover
    from them. Races count, except the goal race.

    Bad: intervals, hills, a tempo run and a fast finish in one week
    Good: intervals and a fast finish, the other days easy
    """
    yield from _too_many(plan, MOST_HARD, "hard sessions", lambda one, _: one.is_hard)


def _too_many(plan: PlanSubject, most: int, what: str, counts: Callable[[Run, WeekTotals], bool]) -> Iterator[Finding]:
    for week in plan.weeks:
        found = [one for one in plan.runs_of(week) if not plan.is_goal(one) and counts(one, week)]
        if len(found) > most:
            keys = tuple(one.key for one in found)
            message = f"{week_text(week)}: {len(found)} {what}, {most} at most ({', '.join(keys)})"
            cure = f"keep {most} of them, and run the rest easy"
            yield Finding(message, found[most].span, cure, _WARNING, keys, (week.week.number,), weight=len(found))


def _is_threshold_day(plan: PlanSubject, one: Run, week: WeekTotals) -> bool:
    is_long = (plan.measure.of(one) or 0.0) >= plan.longest(week) > 0.0
    if one.is_progression or (is_long and one.ends_fast):
        return True
    return one.seconds_between(HARD_SHARE, ABOVE_THRESHOLD) >= HARD_SECONDS


@rule("PL10c", "plan", Evidence.CONVENTION)
def hard_days_in_a_row(plan: PlanSubject) -> Iterator[Finding]:
    """Hard sessions on consecutive days.

    Nearly every coach puts an easy day or a day off between two hard sessions. A session is hard with 5 minutes in all
    at 95 % of threshold speed or faster, or at RPE 7 or more, or with 25 minutes at marathon pace or faster. PL20 looks
    at the days around a race.

    Bad: `5x(1 km @ 5k, 2 min)` on Tuesday and `20 min @ threshold` on Wednesday
    Good: the same on Tuesday and Thursday
    """
    hard = [one for one in plan.runs if one.is_hard and not one.is_race]
    for row in rows(hard):
        keys = tuple(one.key for one in row)
        message = f"{len(row)} hard days in a row: {listed(keys, 'and')}"
        cure = "put an easy day or a day off between them"
        yield Finding(message, row[1].span, cure, _WARNING, keys, weight=len(row))


@rule("PL10d", "plan", Evidence.CONVENTION)
def mostly_hard_weeks(plan: PlanSubject) -> Iterator[Finding]:
    """More than half of the runs are hard, in three weeks or more.

    Hard running only works if easy days let you recover from it. With three runs a week, one of them is hard, or two
    for a while. Plans of three hard runs and nothing else exist (FIRST), but they fill the other days with cycling.
    Hard is as in PL10b; weeks of one or two runs are left out.

    Bad: `10x(400 m @ RPE 9, walk 1 min)` on Tuesday, Thursday and Saturday, for weeks
    Good: the same on Tuesday, and `40 min @ easy` on Thursday and Saturday
    """
    found = [(week.week.number, [one for one in runs if one.is_hard], len(runs)) for week, runs in plan.runs_by_week]
    mostly = [(number, hard, of) for number, hard, of in found if of >= FEWEST_RUNS and 2 * len(hard) > of]
    if len(mostly) >= MANY_WEEKS:
        _, worst, runs = max(mostly, key=lambda one: len(one[1]) / one[2])
        numbers = [number for number, hard, of in mostly if (len(hard), of) == (len(worst), runs)]
        others = {number for number, _, _ in mostly} - {*numbers}
        also = f", and more than half in {weeks_text(others)}" if others else ""
        message = f"{len(worst)} of {runs} runs are hard in {weeks_text(numbers)}{also}"
        keys = tuple(one.key for _, hard, _ in mostly for one in hard)
        cure = "make two runs out of three easy: you get faster while you recover from the hard ones"
        yield Finding(message, plan.span, cure, _WARNING, keys, tuple(number for number, _, _ in mostly))


class _Cap(NamedTuple):
    """How much running at a pace a session may have: a share of the week from so many seconds up, or so much at all."""

    name: str
    low: float
    high: float
    share: float | None = None
    least: float = 0.0
    metres: float = math.inf
    seconds: float = math.inf


_CAPS: Final = (
    _Cap("marathon pace", 0.89, 0.95, metres=29_000.0, seconds=110 * 60.0),
    _Cap("threshold pace", 0.98, ABOVE_THRESHOLD, share=15, least=20 * 60.0),
    _Cap("interval pace", 1.05, 1.12, share=12, least=15 * 60.0, metres=10_000.0),
    _Cap("repetition pace", 1.12, 9.0, share=7.5, least=5 * 60.0, metres=8_000.0),
)
"""One and a half times the caps of Daniels (10, 8 and 5 %), from the sessions up that his Table 4.3 has for runners of
up to 48 km a week."""


@rule("PL12", "plan", Evidence.OPINION, _NOTE)
def above_caps(plan: PlanSubject) -> Iterator[Finding]:
    """A session has more fast running than its week can carry.

    Daniels (Running Formula) limits what one session may have: threshold pace to 10 % of the week, interval pace to 8 %
    and 10 km, repetition pace to 5 % and 8 km, marathon pace to 29 km or 110 minutes. His own sessions for runners with
    few kilometres have more, so this rule speaks up from one and a half times these shares, and leaves up to 20, 15 and
    5 minutes at these paces alone. Running by effort does not count, nor do races.

    Bad: `6x(1 mi @ threshold, 1 min)` in a week of `40 km`
    Good: `3x(1 mi @ threshold, 1 min)` in a week of `50 km`
    """
    for week in plan.weeks if not plan.is_all_walk_run else ():
        whole = week.totals.metres.value if not week.totals.metres.missing else None
        if whole and plan.is_whole(week):
            for one in plan.runs_of(week):
                yield from _above_caps(plan, one, week, whole) if not one.is_race else ()


def _above_caps(plan: PlanSubject, one: Run, week: WeekTotals, whole: float) -> Iterator[Finding]:
    threshold = one.workout.runner.threshold_mps if one.workout else None
    for cap in _CAPS if threshold else ():
        bars = [bar for bar in one.bars if is_run(bar.step) and is_paced(bar.step) and cap.low <= bar.effort < cap.high]
        seconds = sum(bar.seconds for bar in bars)
        metres = sum(bar.seconds * bar.effort for bar in bars) * (threshold or 0.0)
        share, unit = metres / whole, plan.totals.unit
        far, most = far_text(metres, unit), far_text(cap.metres, unit)
        if metres > cap.metres and far != most:
            found, allowed = far, most
        elif in_minutes(seconds) > cap.seconds / 60:
            found, allowed = time_text(seconds), time_text(cap.seconds)
        elif cap.share and in_percent(share) > cap.share and seconds > cap.least:
            found, allowed = f"{far}, {percent(share)} of the week,", f"{cap.share:g} %"
        else:
            continue
        name = "goal pace" if all(_is_at_goal(one, bar) for bar in bars) else cap.name
        message = f"{one.key}: {found} at {name} ({allowed} at most)"
        cure = "shorten it, or build up the week first"
        yield Finding(message, one.span, cure, _NOTE, (one.key,), (week.week.number,), weight=share)


def _is_at_goal(one: Run, bar: Bar) -> bool:
    """Whether the text of a step asks for the pace of the plan's goal, whatever other pace that is near to."""
    step = one.workout.written_as(bar.step) if one.workout else None
    paces = [target.pace for target in step.targets if isinstance(target, PaceTarget)] if step else []
    return any(isinstance(pace, Named) and pace.name == "goal" for pace in paces)


@rule("PL14", "plan", Evidence.SOURCE, _NOTE)
def nothing_fast(plan: PlanSubject) -> Iterator[Finding]:
    """Six weeks or more of nothing but easy running.

    Base training is mostly easy, but not all of it: a little speed keeps your legs awake (a coach's article). Four
    strides once a week are enough. Easy means up to 86 % of threshold speed, or RPE 4. Weeks with fewer than three runs
    or less than two and a half hours are left alone: everybody starts somewhere. So are the weeks after the race, which
    are for recovery, and the way back from a break.

    Bad: six weeks of `60 min @ easy`, three times a week
    Good: `35 min @ easy, 4x(20 s @ RPE 8, walk 60 s)` once a week
    """
    for is_easy, group in groupby(plan.weeks, key=lambda week: _is_all_easy(plan, week)):
        numbers = tuple(week.week.number for week in group)
        if is_easy and len(numbers) >= EASY_WEEKS and not plan.is_all_walk_run:
            message = f"{weeks_text(numbers)}: {len(numbers)} weeks of nothing but easy running"
            cure = "wake up your legs with strides in one easy run a week: `4x(20 s @ RPE 8, walk 60 s)`"
            yield Finding(message, plan.span, cure, _NOTE, (), numbers, weight=len(numbers))


def _is_all_easy(plan: PlanSubject, week: WeekTotals) -> bool:
    runs = [] if plan.is_behind_the_race(week) or plan.breaks.is_return(week.week.first) else plan.runs_of(week)
    is_much = len(runs) >= FEWEST_RUNS and week.totals.run_seconds >= WEEKLY_SECONDS
    return is_much and all(one.bars and one.is_paced_by_share and one.is_all_easy for one in runs)
