"""Rules for how much is run: from day to day, from week to week."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterator
from statistics import fmean, pstdev
from typing import Final, NamedTuple

from negsplit.check.plan_subject import (
    ROUNDING,
    Load,
    PlanSubject,
    Run,
    counted_text,
    more,
    more_than,
    time_text,
    week_text,
    weeks_text,
)
from negsplit.check.rule import Evidence, Finding, rule
from negsplit.check.subject import in_percent
from negsplit.diagnostics import Severity
from negsplit.plan import returns
from negsplit.plan.before import WEEKS_BEFORE
from negsplit.plan.totals import LIGHTER, SAME_TOTAL, WeekTotals
from negsplit.units import METRES_PER

SPIKE_DAYS: Final = 30
"""Days back that a run is compared with the longest of (Frandsen and others, 2025)."""
SMALL_SPIKE, SPIKE = 10, 30
"""How much longer a run is, in per cent of that one: the steps of the same study."""

MORE, MUCH_MORE, MUCH_MORE_AT_FIRST = 10, 30, 20
FIRST_WEEKS: Final = 3
"""How much more a week has, in per cent of the highest of the four before, and up to which week less is much: PL02."""
STEP_METRES: Final = METRES_PER["mi"] + 1
"""What a run may grow by whatever the share: the mile by which every published plan steps."""
SPIKE_SECONDS, SECONDS_A_RUN = 900.0, 600.0
"""The same in seconds: of one run, and of each run of a week."""

NEARLY_LIGHTER, SHORTER = 0.95, 0.80
"""Of the highest week of the four before, and of their longest run: up to the first of it a week is a lighter one
where its longest run is that much shorter; otherwise up to ``LIGHTER`` (a judgement)."""
MANY_WEEKS: Final = 6
"""Weeks in a row without a lighter one (a judgement: nobody has tested it)."""
MUCH_RUNNING: Final = 2.5 * 3600
"""Seconds of running a week: who runs less needs no lighter weeks (a judgement)."""

SAME_WEEKS: Final = 4
"""So many in a row with the same sessions are a rut (a judgement)."""
MONOTONOUS, MOST_MONOTONOUS = 2.2, 10.0
"""Mean of a week's daily loads over their standard deviation (Foster, 1998, says 2.0; published plans of six even runs
have 2.2), and the most that is told of it."""
RUNS_OF_MONOTONY: Final = 6
"""A week of fewer runs has days of rest enough to tell hard from easy (a judgement)."""

MORE_FAST, MUCH_MORE_FAST = 300.0, 900.0
"""Seconds of fast running."""
MUCH_FASTER: Final = 50
"""Per cent more of it, beside more running."""

_WARNING, _NOTE = Severity.WARNING, Severity.NOTE


@rule("PL01", "plan", Evidence.OBSERVATIONAL, _WARNING, _NOTE)
def longer_than_lately(plan: PlanSubject) -> Iterator[Finding]:
    """A run is much longer than any in the 30 days before.

    Among 5205 runners and 588071 runs, a run more than 10 % longer than the longest of the last 30 days came with about
    one and a half times the rate of overuse injuries, and one more than twice as long with over two times the rate
    (Frandsen and others, British Journal of Sports Medicine, 2025). These are reports by runners, not an experiment.
    Over 10 % is a note, over 30 % a warning. A step of a mile (1.6 km) or 15 minutes is always fine: every published
    plan steps by miles. Races are not judged, but count for the runs after them. Days that were missed are not among
    the 30, and behind a break of a week or more a run before it counts for a half, then three quarters, until all of it
    is taken up again. The first week of a plan is compared with the `longest` run of your `history`, or with the plan
    that this one follows; without them it has nothing to be compared with.

    Bad: a long run of `13 mi`, a week later `17 mi`
    Good: a long run of `13 mi`, a week later `14 mi`
    """
    slack = STEP_METRES if plan.measure.in_metres else SPIKE_SECONDS
    lately = deque(_runs_before(plan))
    is_known = bool(lately)
    for one in plan.runs:
        length = plan.measure.of(one)
        if length is None:
            continue
        while lately and plan.breaks.days_between(lately[0].on, one.date) > SPIKE_DAYS:
            lately.popleft()
        counted = [earlier.on_day(plan, one.date) for earlier in lately]
        longest = max(counted, key=lambda earlier: earlier.counted, default=None)
        is_begin = not is_known and (one.date - plan.first_day).days < 7
        if longest and not is_begin and not one.is_race and length - longest.counted > slack:
            yield from _spike(plan, one, length, longest, slack)
        lately.append(_Earlier(length, one.date, one.key))


class _Earlier(NamedTuple):
    """A run that another is compared with, by the measure; ``share`` is how much of it counts."""

    length: float
    on: dt.date
    name: str
    share: float = 1.0

    @property
    def counted(self) -> float:
        return self.length * self.share

    def on_day(self, plan: PlanSubject, day: dt.date) -> _Earlier:
        """The same as it counts on a day."""
        return self._replace(share=self.share * plan.breaks.share(self.on, day)) if plan.breaks.missed else self


def _runs_before(plan: PlanSubject) -> Iterator[_Earlier]:
    """The longest run of each week before the plan."""
    before = plan.totals.before
    for one in [week.longest for week in before.weeks if week.longest]:
        if (length := plan.measure.of_before(one)) is not None:
            on = plan.first_day - dt.timedelta(days=1) if before.share < 1 else one.on
            yield _Earlier(length, on, one.name, before.share)


def _spike(plan: PlanSubject, one: Run, length: float, earlier: _Earlier, slack: float) -> Iterator[Finding]:
    longest, text = earlier.counted, plan.measure.text
    share = length / longest - 1
    limit = next((edge for edge in (SPIKE, SMALL_SPIKE) if in_percent(share) > edge), None)
    if limit is None:
        return
    found = text(earlier.length) if earlier.share == 1 else counted_text(text, earlier.length, earlier.share)
    before = f"your longest run of the {SPIKE_DAYS} days before ({found}, {earlier.name})"
    message = f"{one.key}: {text(length)}, {more_than(share)} {before}"
    usual = text(max(longest * (1 + SMALL_SPIKE / 100), longest + slack))
    cure = f"{_next_step(usual, text(length))}shorten it, or add a run in between"
    yield Finding(message, one.span, cure, _WARNING if limit == SPIKE else _NOTE, (one.key,), weight=share)


@rule("PL02", "plan", Evidence.OBSERVATIONAL, _WARNING, _NOTE)
def more_than_lately(plan: PlanSubject) -> Iterator[Finding]:
    """A week has much more running than any of the four before.

    The evidence is weak and divided. In a trial of 532 novices, a plan that grew by 10 % a week did not prevent
    injuries (Buist and others, American Journal of Sports Medicine, 2008). Of 873 novices, those who grew by over 30 %
    got hurt more often than those under 10 %, though that may be chance (Nielsen and others, JOSPT, 2014);
    half-marathon runners got hurt more often at first, with over 20 % (Damsted and others, JOSPT, 2019). So over 10 %,
    the folk rule, is a note, and over 30 % a warning, in weeks 2 and 3 over 20 %. One mile (1.6 km, or 10 minutes) more
    for each run is always fine, as Daniels has it. Your `history`, or the last weeks of the plan that this one follows,
    stand before week 1; then weeks 2 and 3 are judged like the others. Behind a break of a week or more, what was run
    before counts for a half, then three quarters, then all of it. Weeks with missed days are nothing to compare with,
    and the week of the goal race is left out. There is no PL03, which would compare the last week with the last four:
    in runners that does not tell who gets hurt.

    Bad: a week of `40 km` in four runs, then one of `56 km`
    Good: a week of `40 km` in four runs, then one of `46 km`
    """
    text = plan.measure.text
    for number, week in enumerate(plan.weeks, start=1):
        most, now = plan.most_before(week), plan.amount(week)
        if not most or not now or plan.is_goal_week(week):
            continue
        before, runs = most.counted, plan.runs_of(week)
        share = now / before - 1
        fine = len(runs) * (STEP_METRES if plan.measure.in_metres else SECONDS_A_RUN)
        much = MUCH_MORE_AT_FIRST if number <= FIRST_WEEKS and not plan.knows_before else MUCH_MORE
        limit = next((edge for edge in (much, MORE) if in_percent(share) > edge), None)
        if limit is None or now - before <= fine + 1e-6:
            continue
        biggest = f"the biggest of the {WEEKS_BEFORE} weeks before ({_load_text(plan, most)})"
        message = f"{week_text(week)}: {text(now)}, {more_than(share)} {biggest}"
        usual = text(max(before * (1 + MORE / 100), before + fine))
        cure = f"{_next_step(usual, text(now))}shorten some runs, or save the big week for later"
        keys = tuple(run.key for run in runs)
        severity = _WARNING if limit == much else _NOTE
        yield Finding(message, plan.span, cure, severity, keys, (week.week.number,), weight=share)


def _load_text(plan: PlanSubject, load: Load) -> str:
    """``40.0 km``, ``36.0 km in your history``, ``20.0 km: 50 % of 40.0 km, after a break``."""
    text = plan.measure.text
    source = f" in {load.source}" if load.source else ""
    if load.share == 1:
        return f"{text(load.amount)}{source}"
    is_behind_a_break = load.share < (plan.totals.before.share if load.source else 1.0)
    why = ", after a break" if is_behind_a_break else ""
    return f"{counted_text(text, load.amount, load.share)}{source}{why}"


def _next_step(usual: str, found: str) -> str:
    """What would be a usual step, before a cure; nothing where it reads like what was found."""
    return "" if usual == found else f"up to {usual} is a good next step: "


@rule("PL04", "plan", Evidence.OPINION)
def no_down_week(plan: PlanSubject) -> Iterator[Finding]:
    """More than six weeks in a row without a down week.

    Some coaches take a quarter off once or twice before a marathon, others take 10 to 33 % off every third or fourth
    week; nobody has tested it. A down week is one that the plan names so, one with at most 90 % of the biggest of the
    four weeks before, or one with at most 95 % of it and a longest run of at most 80 % of theirs. Weeks of less than
    two and a half hours of running do not count, nor do those that climb back to 90 % of what was usual before a break,
    or in your `history`. After the biggest week and in the week of the race it is taper time.

    Bad: `weeks: 12` of 50 km and more that grow all the time
    Good: `down_weeks: {every: 4, cut: 25 %}`
    """
    for building in _building(plan):
        if len(building) > MANY_WEEKS:
            numbers = tuple(one.week.number for one in building)
            message = f"{weeks_text(numbers)}: {len(building)} weeks without a down week ({MANY_WEEKS} at most)"
            cure = "cut every fourth week by a quarter: `down_weeks: {every: 4, cut: 25 %}`"
            yield Finding(message, plan.span, cure, _WARNING, (), numbers, weight=len(building))


def _building(plan: PlanSubject) -> Iterator[list[WeekTotals]]:
    """The weeks that count in a row without a lighter one, up to the highest of the plan."""
    known = [one for one in plan.weeks if not plan.is_goal_week(one)]
    known = [one for one in known if one.week.is_down or plan.amount(one) is not None]
    most = max((plan.amount(one) or 0.0 for one in known), default=0.0)
    while known and (plan.amount(known[-1]) or 0.0) < most * (1 - ROUNDING):
        known.pop()
    streak: list[WeekTotals] = []
    for week in known:
        if _is_lighter(plan, week):
            yield streak
            streak = []
        elif week.totals.run_seconds >= MUCH_RUNNING and not plan.climbs_back(week):
            streak.append(week)
    yield streak


def _is_lighter(plan: PlanSubject, week: WeekTotals) -> bool:
    now, before = plan.amount(week), plan.before(week)
    if week.week.is_down or not now or not before:
        return week.week.is_down or not now
    longest = max(one.longest for one in before)
    is_shorter = plan.longest(week) <= (SHORTER + ROUNDING) * longest
    most = max(one.amount for one in before)
    return now <= ((NEARLY_LIGHTER if is_shorter else LIGHTER) + ROUNDING) * most


@rule("PL05", "plan", Evidence.OPINION)
def week_off(plan: PlanSubject) -> Iterator[Finding]:
    """A week without any run.

    An easier week makes sense; a whole week off in the middle of training mostly does not (a coach's article). Holidays
    and illness are good reasons: name their days under `missed`. Weeks after the race are left out.

    Bad: a plan whose sessions are in `weeks: 1-4, 6-10`
    Good: two short easy runs in week 5
    """
    up_to_race = [one for one in plan.weeks if plan.is_whole(one) and not plan.is_behind_the_race(one)]
    numbers = tuple(one.week.number for one in up_to_race if not plan.runs_of(one) and not plan.is_missed(one))
    if numbers and plan.runs:
        cure = "add one or two short easy runs, or name the days under `missed`"
        yield Finding(f"{weeks_text(numbers)}: no run at all", plan.span, cure, _WARNING, (), numbers)


@rule("PL13", "plan", Evidence.OPINION, _NOTE)
def always_the_same(plan: PlanSubject) -> Iterator[Finding]:
    """Four weeks or more with the same sessions and about the same total.

    If you always do the same, you stay where you are: your body has adapted (coaches' articles). Sessions are the same
    if their steps have the same targets, however long they are; totals within 5 % are the same. Walk-runs are left out.
    The weeks of the plan that this one follows count, too.

    Bad: `30 min @ easy` three times a week, for eight weeks
    Good: `with: {total: 30 min -> 45 min}`
    """
    if plan.is_all_walk_run:
        return
    for streak in _alike(plan):
        numbers = tuple(one.week.number for of, one in streak if of is plan)
        if len(streak) >= SAME_WEEKS and numbers:
            earlier = len(streak) - len(numbers)
            weeks = weeks_text(numbers) + (f" and the last {earlier} of {plan.totals.before.source}" if earlier else "")
            total = plan.measure.text(plan.amount(streak[-1][1]) or 0.0)
            message = f"{weeks}: {len(streak)} weeks of the same sessions, about {total} each week"
            cure = "let one session grow a little each week, or change one"
            yield Finding(message, plan.span, cure, _NOTE, (), numbers, weight=len(streak))


_WeekOf = tuple[PlanSubject, WeekTotals]


def _alike(plan: PlanSubject) -> Iterator[list[_WeekOf]]:
    """The weeks of a plan in rows of those that are the same, behind those of the plan that it follows at once."""
    weeks: list[_WeekOf] = [(plan, week) for week in plan.weeks]
    earlier = plan.earlier
    if earlier and (plan.first_day - earlier.totals.last_day).days <= returns.UNFELT:
        weeks = [*((earlier, week) for week in earlier.weeks), *weeks]
    streak: list[_WeekOf] = []
    for one in weeks:
        if streak and not _is_alike(streak[0], one):
            yield streak
            streak = []
        streak.append(one)
    yield streak


def _is_alike(one: _WeekOf, other: _WeekOf) -> bool:
    if one[0].measure.in_metres != other[0].measure.in_metres:
        return False
    (before, now), sessions = (plan.amount(week) for plan, week in (one, other)), _sessions(*one)
    if not before or not now or in_percent(abs(now / before - 1)) > SAME_TOTAL:
        return False
    return bool(sessions) and sessions == _sessions(*other)


def _sessions(plan: PlanSubject, week: WeekTotals) -> list[str]:
    """The targets of each session of a week that is no walk-run, in any order."""
    return sorted(
        repr(
            [
                (bar.step.intensity.value, bar.step.target, bar.step.written and bar.step.written.effort)
                for bar in one.bars
            ]
        )
        for one in plan.runs_of(week)
        if not one.is_walk_run
    )


@rule("PL16", "plan", Evidence.CONVENTION, _NOTE)
def monotonous(plan: PlanSubject) -> Iterator[Finding]:
    """Every day of a week is about as hard as the others.

    Monotony is the mean of the seven days' loads divided by their standard deviation; Foster (Medicine & Science in
    Sports & Exercise, 1998) saw illness come with it from about 2.0 on. The evidence is weak, and published plans of
    six even runs have 2.2: above that is a note, in weeks of six runs and more. Make hard days harder and easy days
    easier, or rest.

    Bad: `40 min @ easy` on all seven days
    Good: four days of `40 min @ easy`, a long run, two days of rest
    """
    for week in plan.weeks if not plan.is_all_walk_run else ():
        value = _monotony(plan, week)
        if value is not None and round(value, 1) > MONOTONOUS and len(plan.runs_of(week)) >= RUNS_OF_MONOTONY:
            message = (
                f"{week_text(week)}: every day is about as hard as the next (monotony {value:.1f}, over {MONOTONOUS})"
            )
            cure = "make the easy days shorter and the long run longer, or take a day off"
            yield Finding(message, plan.span, cure, _NOTE, (), (week.week.number,), weight=value)


def _monotony(plan: PlanSubject, week: WeekTotals) -> float | None:
    """Mean over standard deviation of the loads of seven days; None where one cannot be told."""
    if week.totals.load.missing or not week.totals.load.value or not plan.is_whole(week):
        return None
    days = [0.0] * 7
    for one in plan.runs_of(week):
        days[(one.date - week.week.first) // dt.timedelta(days=1)] += one.totals.load or 0.0
    spread = pstdev(days)
    return min(fmean(days) / spread, MOST_MONOTONOUS) if spread else MOST_MONOTONOUS


@rule("PL18", "plan", Evidence.OPINION, _WARNING, _NOTE)
def both_at_once(plan: PlanSubject) -> Iterator[Finding]:
    """A week with both more running and more fast running than the four before.

    Build up to more running and to faster running slowly, and one at a time: then you know which was too much (coaches'
    articles). A note when both are over 10 % above the highest of the four weeks before, a warning when the fast
    running is over 50 % and 15 minutes above it. Fast means 95 % of threshold speed or faster, or RPE 7 or more; up to
    5 minutes more of it is nothing. The four weeks before may lie in your `history` or in the plan that this one
    follows; behind a break they count for less, as in PL02. The week of the goal race is left out.

    Bad: from `40 km` with 20 minutes of tempo to `46 km` with 40 minutes
    Good: from `40 km` with 20 minutes of tempo to `46 km` with 20 minutes
    """
    for week in plan.weeks:
        lately, now, fast = plan.before(week), plan.amount(week), week.totals.hard_seconds
        before = max((one.counted for one in lately), default=0.0)
        fast_before = max((one.hard_seconds * one.share for one in lately), default=0.0)
        if not before or now is None or not fast_before or plan.is_goal_week(week):
            continue
        share, faster, extra = now / before - 1, fast / fast_before - 1, fast - fast_before
        if in_percent(share) > MORE and in_percent(faster) > MORE and extra > MORE_FAST:
            both = f"{more(share)} running and {more(faster)} fast running ({time_text(fast)})"
            message = f"{week_text(week)}: {both}, both at once"
            is_much = in_percent(faster) > MUCH_FASTER and extra > MUCH_MORE_FAST
            keys = tuple(one.key for one in plan.runs_of(week))
            severity = _WARNING if is_much else _NOTE
            cure = "add one of the two at a time"
            yield Finding(message, plan.span, cure, severity, keys, (week.week.number,), weight=faster)
