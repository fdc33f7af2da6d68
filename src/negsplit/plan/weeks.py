"""The weeks of a plan as they are run, from their first days."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

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


def week_of(weeks: Sequence[Week], day: dt.date) -> Week:
    """The one of all weeks of a plan that a day of it lies in."""
    return weeks[(day - weeks[0].first) // dt.timedelta(weeks=1)]


def first_day_of(plan: Plan, weeks: Sequence[Week]) -> dt.date:
    """The first day on which a plan of these weeks can have sessions."""
    return max(plan.start or weeks[0].first, weeks[0].first)


def days_to_run(plan: Plan, weeks: Sequence[Week]) -> tuple[dt.date, dt.date]:
    """The first and the last day on which a plan of these weeks has something to run."""
    if plan.race and not plan.weeks_after:
        return first_day_of(plan, weeks), plan.race.on
    return first_day_of(plan, weeks), weeks[-1].first + dt.timedelta(days=6)


def first_and_last(plan: Plan) -> tuple[dt.date, dt.date]:
    """The first day on which a plan can have sessions, and the last day of its weeks."""
    weeks = weeks_of(plan)
    return first_day_of(plan, weeks), weeks[-1].first + dt.timedelta(days=6)


def week_begin(day: dt.date, week_starts: int) -> dt.date:
    """The first day of the week that a day lies in; ``week_starts`` is its day of the week, 0 for Monday."""
    return day - dt.timedelta(days=(day.weekday() - week_starts) % 7)


def weeks_text(numbers: Iterable[int]) -> str:
    """Weeks as a plan names them, each once: ``1-3, 5``."""
    return ", ".join(spans(numbers))


def spans(numbers: Iterable[int]) -> list[str]:
    """The same one by one: ``1-3`` and ``5``."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
