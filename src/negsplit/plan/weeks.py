"""The weeks of a plan as they are run, from their first days."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from negsplit.frozen import dataclass
from negsplit.plan.model import Plan


@dataclass(frozen=True, slots=True)
class Week:
    """One week as it is run, from its ``first`` day: ``number`` is the plan's, ``again`` its earlier rounds."""

    number: int
    again: int
    first: dt.date
    is_down: bool


def weeks_of(plan: Plan) -> tuple[Week, ...]:
    """The weeks in the order run, those done again among them; the race lies in the last of ``plan.weeks``."""
    numbers = [number for number in range(1, plan.last_week + 1) for _ in range(1 + plan.repeat_weeks.count(number))]
    if plan.start is not None:
        first = week_begin(plan.start, plan.week_starts)
    else:
        assert plan.race is not None
        before = sum(number <= plan.weeks for number in numbers) - 1
        first = week_begin(plan.race.on, plan.week_starts) - dt.timedelta(weeks=before)
    seen: Counter[int] = Counter()
    weeks = []
    for index, number in enumerate(numbers):
        is_down = plan.down is not None and number in plan.down.weeks
        weeks.append(Week(number, seen[number], first + dt.timedelta(weeks=index), is_down))
        seen[number] += 1
    return tuple(weeks)


def week_begin(day: dt.date, week_starts: int) -> dt.date:
    """The first day of the week that a day lies in; ``week_starts`` is its day of the week, 0 for Monday."""
    return day - dt.timedelta(days=(day.weekday() - week_starts) % 7)
