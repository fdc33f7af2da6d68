"""Rules for the race that a plan leads up to."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from negsplit.athlete.vdot import vdot
from negsplit.check.plan_subject import PlanSubject, Run, time_text
from negsplit.check.rule import Evidence, Finding, rule
from negsplit.check.subject import in_percent, is_paced, percent
from negsplit.diagnostics import Severity, Span
from negsplit.estimate.kinds import HARD_SECONDS
from negsplit.plan.calendar import Planned
from negsplit.plan.model import RaceDay
from negsplit.plan.races import GOAL, METRES_A_DAY
from negsplit.plan.returns import A_FEW
from negsplit.targets import Named, PaceTarget, Scaled, Shifted, folded_name
from negsplit.units import MARATHON, PaceShift, Percent, clock

SHORTEST_TAPER, LONGEST_TAPER = 8, 14
"""Days before a race (Bosquet and others, 2007)."""
LEAST_CUT, MOST_CUT = 30, 70
"""How much less is run in them, in per cent: wider than the 41 to 60 % of the same study (a judgement)."""
USUAL_CUT: Final = 0.5
"""The middle of that: the number of days whose cut is nearest to it is taken for the taper."""
BLOCKS_BEFORE: Final = 4
"""Weeks before a taper, of which the highest is what it is compared with."""

LAST_WEEK: Final = 7
"""Days before a race: who has not run since has not run in the week of the race."""
SOME_SHARE, SOME_SECONDS = 0.90, 180.0
"""Of threshold speed, and how long: so little keeps the legs awake."""

LEAST_GAP, LARGE_GAP = 1.5, 8.0
WEEKS_A_VDOT: Final = 4
"""VDOT from what a runner can do to a goal: a gap of so many is none or large however long the plan is, and one in so
many weeks is quick (judgements)."""
FAR_FROM_GOAL_SHARE, FAR_FROM_GOAL_MS = 5_000, 15_000
"""Thousandths of a per cent, milliseconds a kilometre or mile: beyond, a pace is another than that of the race."""

FRESH_WEEKS, OLD_WEEKS = 8, 16
"""Weeks that a result may be old when a plan begins."""

RACE_DAYS, MOST_RACES, LONG_RACE = 28, 2, 15_000.0
"""In so many days, so many races, and one from so many metres up (a judgement)."""
DAYS_AFTER_MARATHON: Final = 21
ABOUT: Final = 200.0
"""Metres by which what is written of a marathon may be short."""
EVE_SECONDS: Final = 600.0
"""Of hard running two days before the race."""

_WARNING, _NOTE = Severity.WARNING, Severity.NOTE


@rule("PL11", "plan", Evidence.META_ANALYSIS)
def taper(plan: PlanSubject) -> Iterator[Finding]:
    """The taper before the race is too small or too big, or nothing fast is left in it.

    Two meta-analyses agree that a taper helps: 8 to 14 days with 41 to 60 % less running, as often and as fast as
    before (Bosquet and others, Medicine & Science in Sports & Exercise, 2007; Wang and others, 2023). The days before
    the race are compared with the biggest seven days of the four weeks before them; of all tapers from 8 to 14 days the
    one closest to half counts. Warns below 30 and above 70 %, when there is no run at all in the last seven days, and
    when the fast running of the plan stops: three minutes at marathon pace, or at RPE 7, are enough to keep it. Weeks
    of your `history`, or of the plan that this one follows, count among the four; those with missed days, and those on
    the way back from them, do not. If there are less than two weeks to compare with, or if more than three days of the
    last two weeks were missed, or if you are still on the way back then, the taper is not judged.

    Bad: as many kilometres in the last week as in the others
    Good: `weeks: 11-12` with about half, and `6x(400 m @ 5k, 1 min)` on the last Tuesday
    """
    race = plan.plan.race
    cuts = [
        cut for days in range(SHORTEST_TAPER, LONGEST_TAPER + 1) if race and (cut := _cut(plan, race, days)) is not None
    ]
    if race is None or not cuts or _is_disturbed(plan, race):
        return
    cut = min(cuts, key=lambda one: abs(one - USUAL_CUT))
    lately = [one for one in plan.runs if 0 < (race.on - one.date).days <= LONGEST_TAPER]
    is_fast_before = any(
        one.seconds_hard >= HARD_SECONDS for one in plan.runs if not one.is_race and one.date < race.on
    )
    if all((race.on - one.date).days >= LAST_WEEK for one in lately):
        message, cure = "no run at all in the last week before the race", "run three or four times, short and easy"
    elif not LEAST_CUT <= in_percent(cut) <= MOST_CUT:
        how = f"cuts your running by {percent(cut)}" if cut >= 0 else f"has {percent(-cut)} more running, not less"
        message = f"your taper {how} ({LEAST_CUT} to {MOST_CUT} % less is fine)"
        cure = (
            "cut the last 8 to 14 days to about half (41 to 60 % less), run as often, and keep something short and fast"
        )
    elif is_fast_before and not any(map(_has_something_fast, lately)):
        message = f"nothing fast in the last {LONGEST_TAPER} days before the race"
        cure = "keep one short fast session: `6x(1 min @ 10k, 2 min)`"
    else:
        return
    keys, weeks = tuple(one.key for one in lately), tuple(dict.fromkeys(one.week.number for one in lately))
    yield Finding(message, race.span or plan.span, cure, _WARNING, keys, weeks)


def _is_disturbed(plan: PlanSubject, race: RaceDay) -> bool:
    """Whether a break, or the way back from one, reaches into the taper: then there is nothing to taper from."""
    begin = race.on - dt.timedelta(days=LONGEST_TAPER)
    return plan.breaks.touch(begin, race.on, more_than=A_FEW) or plan.breaks.is_return(begin)


def _has_something_fast(one: Run) -> bool:
    return one.is_race or max(one.seconds_hard, one.seconds_between(SOME_SHARE, math.inf)) >= SOME_SECONDS


def _cut(plan: PlanSubject, race: RaceDay, days: int) -> float | None:
    """How much less is run a day in the days before the race; None where that, or what came before, cannot be told."""
    begin = race.on - dt.timedelta(days=days)
    tapered = _amount(plan, begin, race.on)
    blocks = []
    for number in range(1, BLOCKS_BEFORE + 1):
        first = begin - dt.timedelta(weeks=number)
        end = first + dt.timedelta(weeks=1)
        before = plan.amount_before(first, min(end, plan.first_day)) if first < plan.first_day else 0.0
        last = end - dt.timedelta(days=1)
        if before is None or plan.breaks.touch(first, last) or plan.breaks.is_return(last):
            continue
        own = _amount(plan, first, end)
        blocks.append(None if own is None else before + own)
    known = [one for one in blocks if one]
    if tapered is None or len(known) < 2 or len(known) < len(blocks):
        return None
    return 1 - (tapered / days) / (max(known) / 7)


def _amount(plan: PlanSubject, first: dt.date, end: dt.date) -> float | None:
    """What is run from a day to before another; None where some of it cannot be told."""
    amounts = [plan.measure.of(one) for one in plan.runs if first <= one.date < end]
    return None if None in amounts else sum(one for one in amounts if one is not None)


@rule("PL17", "plan", Evidence.OPINION, _WARNING, _NOTE)
def far_goal(plan: PlanSubject) -> Iterator[Finding]:
    """The goal is far from what you can run now, or sets your training paces.

    Train for the runner you are: one runner got hurt by a plan for the runner he wanted to be (a coach's article). VDOT
    is Daniels' number for your fitness, worked out from a result. One VDOT in four weeks is quick, so a goal further
    above your result is a note, and one more than twice as far, or more than 8 VDOT away, a warning; less than 1.5 is
    nothing. Races on the way are judged by the weeks up to them, and where you write down results on the way, by the
    last one before it and the weeks since then. A training pace worked out from the goal, such as `goal + 60 s/km` for
    an easy run, is a warning if it is more than 5 % or 15 seconds from the goal itself: easy and threshold pace come
    from a result.

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
    race, main, known = planned.session, plan.plan.race, plan.known_before(planned.date)
    if race.distance is None or race.goal is None:
        return
    result = known.runner.results.nearest(race.distance.metres)
    if result is None:
        return
    weeks = sum(week.last >= known.first for week in plan.weeks[:weeks])
    gap = round(vdot(race.distance, race.goal) - result.vdot, 1)
    quick = max(LEAST_GAP, weeks / WEEKS_A_VDOT)
    if gap > quick:
        now = f"{result.vdot:.1f} now, {result.vdot + gap:.1f} for {race.distance} in {clock(race.goal.ms)}"
        so_long = f"{weeks} week{'s' if weeks > 1 else ''}"
        message = f"your goal is {gap:.1f} VDOT away ({now}) with {so_long} to go; 1 in four weeks is quick"
        cure = "pick a goal on the way there for this race, and keep the big one for a later race"
        span = main.span if main and main.on == planned.date else race.span
        severity = _WARNING if gap > min(2 * quick, LARGE_GAP) else _NOTE
        yield Finding(message, span or plan.span, cure, severity, weight=gap)


def _from_goal(plan: PlanSubject) -> Iterator[Finding]:
    seen: set[tuple[str, int]] = set()
    for key, workout in plan.workouts.items():
        for step in workout.written:
            span: Span | None = step.span
            place = (span.source.name, span.start) if span else (key, 0)
            if place in seen or not any(isinstance(one, PaceTarget) and _is_far(one.pace) for one in step.targets):
                continue
            seen.add(place)
            message = f"{key}: this pace is worked out from your goal, not from what you can run now"
            cure = "train at paces from your result: `easy`, `marathon`, `threshold`"
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


@rule("S-STALE", "plan", Evidence.OPINION, _WARNING, _NOTE)
def stale_result(plan: PlanSubject) -> Iterator[Finding]:
    """The paces of a plan come from an old result.

    Fitness changes within weeks, so paces from an old result are too fast or too slow. Our judgement: a result more
    than 8 weeks old when the plan starts is a note, one more than 16 weeks old a warning. Plans by effort, and results
    without a date, are left alone. A single workout has no date to judge by.

    Bad: `start: 2027-03-01` with `races: 5 km in 22:30 on 2026-10-04`
    Good: a parkrun or a time trial in the weeks before the start, written into the athlete's file
    """
    result = plan.runner.race if plan.runner else None
    if result is None or result.on is None or not plan.runs:
        return
    if not any(is_paced(step) for workout in plan.workouts.values() for step in workout.steps):
        return
    weeks = round((plan.first_day - result.on).days / 7)
    limit = next((edge for edge in (OLD_WEEKS, FRESH_WEEKS) if weeks > edge), None)
    if limit is not None:
        message = f"the paces come from a result {weeks} weeks before the plan begins (over {limit})"
        cure = "run a race or a time trial before it, and write down the result"
        yield Finding(message, plan.span, cure, _WARNING if limit == OLD_WEEKS else _NOTE)


@rule("PL19", "plan", Evidence.CONVENTION)
def many_races(plan: PlanSubject) -> Iterator[Finding]:
    """Races that are too close together.

    A race trains you little and costs you days before and after it. Lydiard let his runners race often, as long as it
    was not every week. More than two races in 28 days are too many, and so are two of 15 km and more, or another race
    within 21 days of a marathon.

    Bad: a parkrun as hard as you can every Saturday
    Good: a parkrun every third Saturday, and `40 min @ easy` on the others
    """
    races = [one for one in plan.runs if one.is_race]
    windows = [[one for one in races if 0 <= _days(first, one) < RACE_DAYS] for first in races]
    crowded = list(dict.fromkeys(one for some in windows if len(some) > MOST_RACES for one in some))
    if crowded:
        days = _days(crowded[0], crowded[-1]) + 1
        time = f"{days} days" if days <= RACE_DAYS else f"{math.ceil(days / 7)} weeks"
        yield _crowd(crowded, f"{len(crowded)} races in {time} ({MOST_RACES} in any four weeks at most)")
    for first, one in combinations(races, 2):
        days = _days(first, one)
        if _metres(plan, first) >= MARATHON.metres - ABOUT and days <= DAYS_AFTER_MARATHON:
            yield _crowd([first, one], f"{one.key}: a race only {days} days after a marathon ({first.key})")
        elif min(_metres(plan, first), _metres(plan, one)) >= LONG_RACE and days < RACE_DAYS:
            message = f"{first.key} and {one.key}: two long races in {days} days (one in four weeks is plenty)"
            yield _crowd([first, one], message)


def _crowd(races: Sequence[Run], message: str) -> Finding:
    cure = "jog some of them as easy runs, or skip them: a race trains you little and costs you days"
    keys = tuple(one.key for one in races)
    weeks = tuple(dict.fromkeys(one.week.number for one in races))
    return Finding(message, races[1].span, cure, _WARNING, keys, weeks, weight=len(races))


def _days(first: Run, one: Run) -> int:
    return (one.date - first.date).days


def _metres(plan: PlanSubject, race: Run) -> float:
    """How far is raced, without warm-up and cool-down; 0 where nobody can tell."""
    goal = plan.plan.race
    if goal and goal.distance and plan.is_goal(race):
        return goal.distance.metres
    return race.metres_run or race.totals.metres or 0.0


@rule("PL20", "plan", Evidence.CONVENTION, _WARNING, _NOTE)
def hard_beside_a_race(plan: PlanSubject) -> Iterator[Finding]:
    """A hard session right before a race, or too soon after it.

    On the day before, it costs you the race. Afterwards, Daniels gives one easy day for every three kilometres raced:
    two days after 5 km, three after 10 km, a week after a half-marathon, two weeks after a marathon. That goes for a
    race in the plan that this one follows, too. From 46 years on coaches give a third more; your age is not known here.
    On the last of these days it is a note, because published plans do so. More than ten minutes of hard running two
    days before the goal race is a note too. Hard is as in PL10b.

    Bad: `20 min @ threshold` on the day before a race
    Good: `25 min @ easy, 4x(20 s @ RPE 8, walk 1 min)` on the day before a race
    """
    yield from _after_the_plan_before(plan)
    for race in (one for one in plan.runs if one.is_race):
        rest = _days_of_rest(plan, race)
        for one in plan.runs:
            days = (one.date - race.date).days
            if one.is_race or not one.is_hard:
                continue
            if days == -1:
                message = f"{one.key}: a hard session the day before a race ({race.key})"
                yield Finding(message, one.span, "run easy that day, or rest", _WARNING, (one.key,))
            elif 0 < days <= rest:
                yield _too_soon(one, days, rest, race.key)
            elif days == -2 and plan.is_goal(race) and one.seconds_hard > EVE_SECONDS:
                message = f"{one.key}: {time_text(one.seconds_hard)} of hard running two days before the race"
                yield Finding(message, one.span, "save your legs: run only a few minutes hard", _NOTE, (one.key,))


def _after_the_plan_before(plan: PlanSubject) -> Iterator[Finding]:
    earlier = plan.earlier
    if earlier is None:
        return
    for race in (one for one in earlier.runs if one.is_race):
        rest = _days_of_rest(earlier, race)
        for one in plan.runs:
            days = (one.date - race.date).days
            if one.is_hard and not one.is_race and 0 < days <= rest:
                yield _too_soon(one, days, rest, f"{race.key} of {plan.totals.before.source}")


def _days_of_rest(plan: PlanSubject, race: Run) -> int:
    return max(1, round(_metres(plan, race) / METRES_A_DAY))


def _too_soon(one: Run, days: int, rest: int, race: str) -> Finding:
    message = f"{one.key}: a hard session on day {days} after a race, {race} (wait until day {rest + 1})"
    severity = _WARNING if days < rest or rest == 1 else _NOTE
    return Finding(message, one.span, "run easy until then, or rest", severity, (one.key,))
