"""What was run in the weeks before a plan: by its runner's history, or in the plan that it follows."""

from __future__ import annotations

import datetime as dt
from dataclasses import field
from typing import TYPE_CHECKING, Final

from negsplit.athlete.paces import Runner
from negsplit.frozen import dataclass
from negsplit.model import History
from negsplit.plan.model import Missed
from negsplit.units import Distance, Duration

if TYPE_CHECKING:
    from negsplit.plan.totals import PlanTotals, SessionTotals, WeekTotals

WEEKS_BEFORE: Final = 4
"""How many weeks back a week is compared with the highest of."""
FRESH_DAYS, OLD_DAYS = 28, 56
"""Up to so many days before a plan a history counts in full; up to the second three quarters of it count, then half
(a judgement: nobody knows what was run since)."""
OLD_SHARE, OLDEST_SHARE = 0.75, 0.50
_WEEK: Final = dt.timedelta(weeks=1)
_DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RunBefore:
    """One run on its day: seconds and metres, None where nobody can tell. ``name`` says which it was."""

    on: dt.date
    seconds: float | None
    metres: float | None
    name: str


@dataclass(frozen=True, slots=True)
class WeekBefore:
    """Seven days from the ``first``: seconds and metres in all, seconds of hard running; None where nobody can tell.

    A down week, and one that a plan has but a part of, is not usual.
    """

    first: dt.date
    seconds: float | None
    metres: float | None
    hard_seconds: float | None = None
    longest: RunBefore | None = None
    is_usual: bool = True

    @property
    def last(self) -> dt.date:
        """Its seventh day."""
        return self.first + _WEEK - _DAY


@dataclass(frozen=True, slots=True)
class Before:
    """What was run before a plan.

    ``weeks`` are up to four, the oldest first, and ``source`` says where they stand: ``your history``, or the name of
    the plan that is followed. ``share`` is how much of them counts, less than 1 where that is an old history.
    ``missed`` are the breaks of the plan before, and the days between it and this one. ``plan`` is that plan, None for
    a history.
    """

    source: str = ""
    weeks: tuple[WeekBefore, ...] = ()
    share: float = 1.0
    missed: tuple[Missed, ...] = ()
    plan: PlanTotals | None = field(default=None, compare=False)


NOTHING: Final = Before()
"""Where nobody knows of anything."""


def by_history(history: History | None, runner: Runner, first_day: dt.date) -> Before:
    """The weeks of a history that ended before the ``first_day`` of a plan."""
    if history is None:
        return NOTHING
    amounts = history.weeks if len(history.weeks) > 1 else history.weeks * WEEKS_BEFORE
    until = _until(history, len(amounts), first_day)
    ends = [until - number * _WEEK for number in reversed(range(len(amounts)))]
    known = [(end, amount) for end, amount in zip(ends, amounts, strict=True) if end < first_day][-WEEKS_BEFORE:]
    if not known:
        return NOTHING
    age = (first_day - known[-1][0]).days - 1
    share = 1.0 if age <= FRESH_DAYS else OLD_SHARE if age <= OLD_DAYS else OLDEST_SHARE
    source = "your history" + (f", {round(age / 7)} weeks before the plan" if share < 1 else "")
    longest = _longest(history, runner, known[-1][0], source)
    weeks = []
    for end, amount in known:
        first = end - _WEEK + _DAY
        of_week = longest if longest and first <= longest.on <= end else None
        weeks.append(WeekBefore(first, *_both(amount, runner), longest=of_week))
    return Before(source, tuple(weeks), share)


def _until(history: History, weeks: int, first_day: dt.date) -> dt.date:
    """The last day of the newest week; where that is not said, as late as it can be."""
    if history.until is not None:
        return history.until
    longest = history.longest_on
    if longest is None:
        return first_day - _DAY
    return longest if longest >= first_day else min(first_day, longest + weeks * _WEEK) - _DAY


def _longest(history: History, runner: Runner, last: dt.date, source: str) -> RunBefore | None:
    if history.longest is None:
        return None
    on = history.longest_on
    return RunBefore(on or last, *_both(history.longest, runner), name=f"{on or 'the longest'} in {source}")


def _both(amount: Distance | Duration, runner: Runner) -> tuple[float | None, float | None]:
    """Seconds and metres, one of them by the middle of the runner's easy pace; None where that is not known."""
    easy = runner.speeds("easy")
    mps = sum(easy) / 2 if easy else None
    if isinstance(amount, Duration):
        return amount.seconds, amount.seconds * mps if mps else None
    return amount.metres / mps if mps else None, amount.metres


def by_plan(followed: PlanTotals, first_day: dt.date) -> Before:
    """The last weeks of a plan that another follows from its ``first_day`` on, and of what was before it."""
    name = f"`{followed.plan.name}`"
    own = [_week(one, followed.first_day, name) for one in followed.weeks if one.week.first <= followed.last_day]
    earlier = followed.before
    weeks = (*earlier.weeks, *own)[-WEEKS_BEFORE:]
    first, last = followed.last_day + _DAY, first_day - _DAY
    gap = (Missed(first, last),) if first <= last else ()
    missed = (*earlier.missed, *followed.plan.missed, *gap)
    return Before(name, weeks, missed=missed, plan=followed)


def _week(week: WeekTotals, first_day: dt.date, plan: str) -> WeekBefore:
    seconds, metres, longest = week.totals.seconds, week.totals.metres, week.totals.longest
    return WeekBefore(
        week.week.first,
        None if seconds.missing else seconds.value,
        None if metres.missing else metres.value,
        week.totals.hard_seconds,
        _run(longest, plan) if longest else None,
        not week.week.is_down and week.week.first >= first_day,
    )


def _run(one: SessionTotals, plan: str) -> RunBefore:
    seconds, metres = (None, None) if one.is_short else (one.seconds, one.metres)
    return RunBefore(one.planned.date, seconds, metres, f"{one.key} of {plan}")
