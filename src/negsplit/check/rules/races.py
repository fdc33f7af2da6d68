"""Rules for the race that a plan leads up to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from negsplit.athlete.vdot import vdot
from negsplit.check.plan_subject import PlanSubject, percent
from negsplit.check.rule import Evidence, Finding, rule
from negsplit.check.subject import is_paced, steps_in
from negsplit.diagnostics import Severity, Span
from negsplit.plan.calendar import Planned
from negsplit.plan.model import RaceDay
from negsplit.plan.races import GOAL
from negsplit.targets import Named, PaceTarget, Scaled, Shifted, folded_name
from negsplit.units import PaceShift, Percent, clock

SHORTEST_TAPER, LONGEST_TAPER = 8, 14
"""Days before a race (Bosquet and others, 2007)."""
LEAST_CUT, MOST_CUT = 0.30, 0.70
"""How much less is run in them, as a share: wider than the 41 to 60 % of the same study (a judgement)."""
USUAL_CUT: Final = 0.5
"""The middle of that: the number of days whose cut is nearest to it is taken for the taper."""
BLOCKS_BEFORE: Final = 4
"""Weeks before a taper, of which the highest is what it is compared with."""

FAR_GOAL: Final = 3.0
"""VDOT from what a runner can do to a goal (a judgement)."""
LONG_PLAN: Final = 16
"""Weeks: in a plan that is longer nobody can say how far a runner gets."""
FAR_FROM_GOAL_SHARE, FAR_FROM_GOAL_MS = 5_000, 15_000
"""Thousandths of a per cent, milliseconds a kilometre or mile: beyond, a pace is another than that of the race."""

FRESH_WEEKS, OLD_WEEKS = 8, 16
"""Weeks that a result may be old when a plan begins."""

_WARNING, _INFO = Severity.WARNING, Severity.INFO


@rule("PL11", "plan", Evidence.META_ANALYSIS)
def taper(plan: PlanSubject) -> Iterator[Finding]:
    """The last one or two weeks before the race are not much lighter, or hardly run at all, or have nothing fast.

    Two meta-analyses agree that a taper helps: 8 to 14 days with 41 to 60 % less running, as often and as fast as
    before (Bosquet and others, Medicine & Science in Sports & Exercise, 2007; Wang and others, 2023). Compared are the
    days before the race with the highest seven days of the four weeks before those; of the windows from 8 to 14 days
    the one nearest to half counts. Warns under 30 and over 70 %, and when the hard sessions stop. Plans that begin less
    than two weeks before the taper are left alone.

    Bad: as many kilometres in the last week as in the others
    Good: `weeks: 11-12` with about half, and `6x(400 m @ 5k, 1 min)` on the last Tuesday
    """
    race = plan.plan.race
    if race is None or plan.is_walk_run:
        return
    cuts = [cut for days in range(SHORTEST_TAPER, LONGEST_TAPER + 1) if (cut := _cut(plan, race, days)) is not None]
    if not cuts:
        return
    cut = min(cuts, key=lambda one: abs(one - USUAL_CUT))
    lately = [one for one in plan.runs if 0 < (race.on - one.date).days <= LONGEST_TAPER]
    keys = tuple(one.key for one in lately)
    weeks = tuple(dict.fromkeys(one.week.number for one in lately))
    cure = "cut the last 8 to 14 days to about half (41 to 60 % less), run as often, and keep a little that is fast"
    if not LEAST_CUT <= round(cut, 6) <= MOST_CUT:
        how = f"{percent(cut)} less" if cut >= 0 else f"{percent(-cut)} more"
        bounds = f"{percent(LEAST_CUT)} to {percent(MOST_CUT)} less"
        message = f"the last days before the race have {how} running than the weeks before ({bounds})"
        yield Finding(message, race.span or plan.span, cure, _WARNING, keys, weeks)
    elif not any(one.is_hard for one in lately) and any(
        one.is_hard and not one.is_race and one.date < race.on for one in plan.runs
    ):
        message = (
            f"nothing in the {LONGEST_TAPER} days before the race is fast, and there was before (1 session at least)"
        )
        yield Finding(message, race.span or plan.span, cure, _WARNING, keys, weeks)


def _cut(plan: PlanSubject, race: RaceDay, days: int) -> float | None:
    """How much less is run a day in the days before the race; None where that, or what came before, cannot be told."""
    begin = race.on - dt.timedelta(days=days)
    tapered = _amount(plan, begin, race.on)
    blocks = []
    for number in range(1, BLOCKS_BEFORE + 1):
        first = begin - dt.timedelta(weeks=number)
        if first >= plan.first_day:
            blocks.append(_amount(plan, first, first + dt.timedelta(weeks=1)))
    known = [one for one in blocks if one]
    if tapered is None or len(known) < 2 or len(known) < len(blocks):
        return None
    return 1 - (tapered / days) / (max(known) / 7)


def _amount(plan: PlanSubject, first: dt.date, end: dt.date) -> float | None:
    """What is run from a day to before another; None where some of it cannot be told."""
    amounts = [plan.measure.of(one.totals) for one in plan.runs if first <= one.date < end]
    return None if None in amounts else sum(one for one in amounts if one is not None)


@rule("PL17", "plan", Evidence.OPINION, _WARNING, _INFO)
def far_goal(plan: PlanSubject) -> Iterator[Finding]:
    """The goal is far from what the runner can do now, or sets the paces of training.

    A runner in the source texts was hurt by a plan for where he wanted to be, not for where he was. A goal more than 3
    VDOT above the result that the paces come from is an information in a plan of up to 16 weeks; years have done more
    than that, a cycle rarely does. Races on the way are judged by the weeks up to them. A training pace reckoned from
    the goal, such as `goal + 60 s/km` for an easy run, is a warning beyond 5 % or 15 seconds from the goal itself: easy
    and threshold come from a result.

    Bad: `8 km @ goal + 60 s/km`
    Good: `8 km @ easy, 3 km @ goal`
    """
    for weeks, week in enumerate(plan.weeks, start=1):
        for one in week.sessions:
            if one.planned.session.kind == "race":
                yield from _too_far(plan, weeks, one.planned)
    if plan.plan.race is not None and plan.plan.race.goal is not None:
        yield from _from_goal(plan)


def _too_far(plan: PlanSubject, weeks: int, planned: Planned) -> Iterator[Finding]:
    """The goal of a race that is so many weeks away, beyond what a runner can do now."""
    runner, race, main = plan.runner, planned.session, plan.plan.race
    if race.distance is None or race.goal is None or runner is None or runner.vdot is None or weeks > LONG_PLAN:
        return
    gap = vdot(race.distance, race.goal) - runner.vdot
    if round(gap, 2) > FAR_GOAL:
        now = f"VDOT {runner.vdot:.1f} now, {runner.vdot + gap:.1f} for {race.distance} in {clock(race.goal.ms)}"
        message = f"the goal is {gap:.1f} VDOT away in {weeks} weeks ({now}; over {FAR_GOAL:g})"
        cure = "take a goal on the way for this race, and the big one for a later"
        span = main.span if main and main.on == planned.date else race.span
        yield Finding(message, span or plan.span, cure, _INFO)


def _from_goal(plan: PlanSubject) -> Iterator[Finding]:
    seen: set[tuple[str, int]] = set()
    for key, workout in plan.workouts.items():
        for step in steps_in(workout.workout.expanded.steps):
            span: Span | None = step.span
            place = (span.source.name, span.start) if span else (key, 0)
            if place in seen or not any(isinstance(one, PaceTarget) and _is_far(one.pace) for one in step.targets):
                continue
            seen.add(place)
            message = f"a pace of {key} is reckoned from the goal of the race (more than 5 % or 15 s from it)"
            cure = "take paces from what you can run now: `easy`, `marathon`, `threshold`"
            yield Finding(message, span, cure, _WARNING, (key,))


def _is_far(pace: object) -> bool:
    """Whether a pace is reckoned from the goal and is another than the goal's."""
    match pace:
        case (
            Shifted(base=Named(name=name)) | Shifted(base=Scaled(base=Named(name=name))) | Scaled(base=Named(name=name))
        ) if folded_name(name) != GOAL:
            return False
        case Shifted(base=Scaled() as share) if _is_far(share):
            return True
        case Shifted(near=PaceShift(ms=near), far=PaceShift(ms=far)):
            return abs(near + far) / 2 > FAR_FROM_GOAL_MS
        case Shifted(near=Percent() as near, far=Percent() as far):
            return abs(near.thousandths + far.thousandths) / 2 > FAR_FROM_GOAL_SHARE
        case Scaled(low=low, high=high):
            return abs((low.thousandths + high.thousandths) / 2 - 100_000) > FAR_FROM_GOAL_SHARE
    return False


@rule("S-STALE", "plan", Evidence.OPINION, _WARNING, _INFO)
def stale_result(plan: PlanSubject) -> Iterator[Finding]:
    """The paces of a plan come from an old result.

    Fitness changes in weeks, and paces of a runner one used to be are too fast or too slow. A judgement: a result more
    than 8 weeks old when the plan begins is an information, one more than 16 weeks old a warning. Plans by effort, and
    results without a day, are left alone.

    Bad: `start: 2027-03-01` with `races: 5 km in 22:30 on 2026-10-04`
    Good: a parkrun or a time trial in the weeks before the start, written into the athlete's file
    """
    result = plan.runner.race if plan.runner else None
    if result is None or result.on is None or not plan.runs:
        return
    if not any(is_paced(step) for workout in plan.workouts.values() for step in workout.steps):
        return
    weeks = (plan.first_day - result.on).days / 7
    if weeks > FRESH_WEEKS:
        message = f"the paces come from a result {weeks:.0f} weeks before the plan begins (over {FRESH_WEEKS})"
        severity = _INFO
        if weeks > OLD_WEEKS:
            message, severity = message.replace(f"over {FRESH_WEEKS}", f"over {OLD_WEEKS}"), _WARNING
        yield Finding(message, plan.span, "run a race or a time trial before it, and write down the result", severity)
