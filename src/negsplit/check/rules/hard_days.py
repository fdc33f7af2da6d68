"""Rules for fast running in a plan: how much, how often, and what lies between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Final, NamedTuple

from negsplit.check.plan_subject import PlanSubject, Run, days_apart, percent, time_text, week_text, weeks_text
from negsplit.check.rule import Evidence, Finding, rule
from negsplit.check.subject import EASY_FAST_SHARE, is_paced
from negsplit.diagnostics import Severity
from negsplit.estimate.kinds import HARD_SECONDS, HARD_SHARE, is_run
from negsplit.plan.totals import WeekTotals
from negsplit.units import METRES_PER, PaceUnit

LITTLE_EASY, TOO_LITTLE_EASY = 0.75, 0.60
"""Shares of the time that is run: PL09 says from where."""
MOST_THRESHOLD, MOST_HARD = 2, 3
"""Sessions a week."""
ABOVE_THRESHOLD: Final = 1.015
"""Of threshold speed: where threshold running ends."""
EASY_WEEKS: Final = 4
"""So many in a row with nothing fast in them are too many (a judgement)."""

_WARNING, _INFO = Severity.WARNING, Severity.INFO


@rule("PL09", "plan", Evidence.META_ANALYSIS, _WARNING, _INFO)
def little_easy(plan: PlanSubject) -> Iterator[Finding]:
    """Little of the running is easy.

    Easy is up to 86 % of threshold speed. The exact share matters less than is told: recreational runners did as well
    with 40 % easy as with 77 % (Festa and others, 2020), and four of five trials in a review found no difference. But
    few can bear much fast running for long: under 75 % of the time is an information, under 60 % a warning. Races are
    left out.

    Bad: `45 min @ marathon` three times a week
    Good: `45 min @ easy` twice a week, and `20 min @ threshold` with a warm-up once
    """
    runs = [one for one in plan.runs if not one.is_race and one.bars]
    if plan.is_walk_run or not runs or not all(one.is_paced_by_share for one in runs):
        return
    whole = sum(one.moving_seconds for one in runs)
    easy = sum(one.seconds_between(0.0, EASY_FAST_SHARE + 1e-3) for one in runs)
    if whole and round(easy / whole, 6) < LITTLE_EASY:
        limit = TOO_LITTLE_EASY if round(easy / whole, 6) < TOO_LITTLE_EASY else LITTLE_EASY
        sessions = percent(sum(one.is_all_easy for one in runs) / len(runs))
        message = (
            f"{percent(easy / whole)} of the time is easy (under {percent(limit)}), {sessions} of the sessions all easy"
        )
        cure = "slow easy days and warm-ups down to easy pace, or make a fast day easy"
        yield Finding(message, plan.span, cure, _WARNING if limit == TOO_LITTLE_EASY else _INFO)


@rule("PL10a", "plan", Evidence.SOURCE)
def many_threshold_days(plan: PlanSubject) -> Iterator[Finding]:
    """More than two progression, tempo or threshold sessions in a week.

    The source text on progression runs would not run one more than once or twice a week, as with other runs at tempo or
    threshold. What counts: a progression, or 5 minutes in all between 95 and 101 % of threshold speed, about
    half-marathon to threshold pace, or at that effort. Races do not count.

    Bad: `progression: cut-down` on Tuesday, Thursday and Saturday
    Good: `progression: cut-down` on Tuesday and Saturday
    """
    yield from _too_many(plan, MOST_THRESHOLD, "progression, tempo or threshold sessions", _is_threshold_day)


@rule("PL10b", "plan", Evidence.CONVENTION)
def many_hard_days(plan: PlanSubject) -> Iterator[Finding]:
    """More than three hard sessions in a week.

    Hard is 5 minutes in all from 95 % of threshold speed up, or from effort 7 up. Coaches let most runners do two or
    three of these a week: what makes you faster is getting over them. Races do not count.

    Bad: intervals, hills, a tempo run and a fast finish in one week
    Good: intervals and a fast finish, the other days easy
    """
    yield from _too_many(plan, MOST_HARD, "hard sessions", lambda one: one.is_hard)


def _too_many(plan: PlanSubject, most: int, what: str, counts: Callable[[Run], bool]) -> Iterator[Finding]:
    for week in plan.weeks if not plan.is_walk_run else ():
        found = [one for one in plan.runs_of(week) if not one.is_race and counts(one)]
        if len(found) > most:
            keys = tuple(one.key for one in found)
            message = f"{week_text(week)} has {len(found)} {what} ({most} at most): {', '.join(keys)}"
            cure = f"make {'one of them' if len(found) == most + 1 else f'{len(found) - most} of them'} an easy run"
            yield Finding(message, found[most].span, cure, _WARNING, keys, (week.week.number,))


def _is_threshold_day(one: Run) -> bool:
    return one.is_progression or one.seconds_between(HARD_SHARE, ABOVE_THRESHOLD) >= HARD_SECONDS


@rule("PL10c", "plan", Evidence.CONVENTION)
def hard_days_in_a_row(plan: PlanSubject) -> Iterator[Finding]:
    """Hard sessions on consecutive days.

    Nearly every coach puts an easy day or a day off between two hard ones. Hard is 5 minutes in all from 95 % of
    threshold speed up, or from effort 7 up; a race, and what lies beside it, is left out.

    Bad: `5x(1 km @ 5k, 2 min)` on Tuesday and `20 min @ threshold` on Wednesday
    Good: the same on Tuesday and Thursday
    """
    if plan.is_walk_run:
        return
    pairs = list(days_apart([one for one in plan.runs if one.is_hard and not one.is_race], 1))
    for _, group in groupby(sorted(pairs, key=_place_of_second), key=_place_of_second):
        some = sorted(group, key=lambda pair: pair[0].date)
        one, behind = some[0]
        often = f", and so in {len(some) - 1} more week{'s' if len(some) > 2 else ''}" if len(some) > 1 else ""
        message = f"{one.key} and {behind.key} are hard, with no day between{often} (1 at least)"
        keys = tuple(run.key for pair in some for run in pair)
        yield Finding(message, behind.span, "put an easy day or a day off between them", _WARNING, keys)


def _place_of_second(pair: tuple[Run, Run]) -> tuple[str, int]:
    span = pair[1].span
    return (span.source.name, span.start) if span else (pair[1].key, 0)


class _Cap(NamedTuple):
    """How much running at a pace one session may have: a share of the week, so many metres, so many seconds."""

    name: str
    low: float
    high: float
    share: float | None
    metres: float | None
    seconds: float | None = None


_CAPS: Final = (
    _Cap("marathon pace", 0.89, 0.95, None, 29_000.0, 110 * 60.0),
    _Cap("threshold pace", 0.98, ABOVE_THRESHOLD, 0.10, None),
    _Cap("interval pace", 1.05, 1.12, 0.08, 10_000.0),
    _Cap("repetition pace", 1.12, 9.0, 0.05, 8_000.0),
)


@rule("PL12", "plan", Evidence.OPINION, _INFO)
def above_caps(plan: PlanSubject) -> Iterator[Finding]:
    """A session has more fast running than its week carries.

    Daniels (Running Formula) caps one session at a part of the week: threshold pace 10 %, interval pace 8 % and 10 km,
    repetition pace 5 % and 8 km; marathon pace 29 km or 110 minutes. An opinion, and a strict one for who runs little:
    an information only, once for each pace. Running by effort is not counted. Weeks with a race are left out.

    Bad: `6x(1 mi @ threshold, 1 min)` in a week of `40 km`
    Good: `3x(1 mi @ threshold, 1 min)` in a week of `50 km`
    """
    if plan.is_walk_run:
        return
    for cap in _CAPS:
        over = []
        for week in plan.weeks:
            whole = week.totals.metres.value if not week.totals.metres.missing else None
            if whole and not plan.is_race_week(week) and plan.is_whole(week):
                over += [(found, week, one) for one in plan.runs_of(week) if (found := _above(cap, one, whole, plan))]
        if over:
            (_, words), week, one = max(over, key=lambda found: found[0][0])
            weeks = [found[1] for found in over]
            message = f"{weeks_text(weeks)}: {one.key} has {words}"
            keys = tuple(run.key for _, _, run in over)
            numbers = tuple(found.week.number for found in weeks)
            yield Finding(message, one.span, "shorten it, or let the week grow first", _INFO, keys, numbers)


def _above(cap: _Cap, one: Run, week: float, plan: PlanSubject) -> tuple[float, str] | None:
    """By how much a session is above a cap, and in which words."""
    threshold = plan.runner.threshold_mps if plan.runner else None
    bars = [bar for bar in one.bars if is_run(bar.step) and is_paced(bar.step) and cap.low <= bar.effort < cap.high]
    if not threshold or not bars:
        return None
    seconds = sum(bar.seconds for bar in bars)
    metres = sum(bar.seconds * bar.effort for bar in bars) * threshold
    limits = [metres / cap.metres] if cap.metres else []
    limits += [metres / (cap.share * week)] if cap.share else []
    limits += [seconds / cap.seconds] if cap.seconds else []
    if max(limits) <= 1.005:
        return None
    allowed = [f"{percent(cap.share)} of the week"] if cap.share else []
    allowed += [_far(cap.metres, plan.totals.unit)] if cap.metres else []
    allowed += [time_text(cap.seconds)] if cap.seconds else []
    share = f", {percent(metres / week)} of its week" if cap.share else f", {time_text(seconds)}"
    amount = _far(metres, plan.totals.unit)
    return max(limits), f"{amount} at {cap.name}{share} (at most {' and '.join(allowed)})"


def _far(metres: float, unit: PaceUnit) -> str:
    return f"{metres / METRES_PER[unit]:.1f} {unit}"


@rule("PL14", "plan", Evidence.SOURCE, _INFO)
def nothing_fast(plan: PlanSubject) -> Iterator[Finding]:
    """Four weeks or more of nothing but easy running.

    A coach in the source texts: a base should not be all easy, though that is its focus; a little of the other systems
    keeps them awake. Four strides once a week are enough. Easy is up to 86 % of threshold speed, or effort 4.
    Weeks after the race are left out: they are for recovery.

    Bad: four weeks of `45 min @ easy`
    Good: `35 min @ easy, 4x(20 s @ RPE 8, walk 60 s)` once a week
    """
    if plan.is_walk_run:
        return
    for is_easy, group in groupby(plan.weeks, key=lambda week: _is_all_easy(plan, week)):
        weeks = list(group)
        if is_easy and len(weeks) >= EASY_WEEKS:
            message = f"{weeks_text(weeks)}: {len(weeks)} weeks of easy running alone (4 or more)"
            cure = "add strides to an easy run once a week: `4x(20 s @ RPE 8, walk 60 s)`"
            yield Finding(message, plan.span, cure, _INFO, (), tuple(one.week.number for one in weeks))


def _is_all_easy(plan: PlanSubject, week: WeekTotals) -> bool:
    runs = [] if plan.is_behind_the_race(week) else plan.runs_of(week)
    return bool(runs) and all(one.bars and one.is_paced_by_share and one.is_all_easy for one in runs)
