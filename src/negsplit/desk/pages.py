"""What is on the page of what was compiled, whichever command shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from negsplit.compile import CompiledWorkout
from negsplit.desk import coach
from negsplit.desk.weeks import named_weeks

if TYPE_CHECKING:
    from negsplit.check import Marked
    from negsplit.plan.totals import PlanTotals, WeekTotals
    from negsplit.preview.plan_remarks import Remark


def of_workouts(workouts: Sequence[CompiledWorkout], *, for_runner: bool = False) -> str:
    """Workouts as one HTML file, ``for_runner`` in their words."""
    from negsplit.preview.html import Sheet, page

    sheets = []
    for one in workouts:
        degraded = tuple(found.message for found in one.degraded)
        runner, shown = one.runner, (one.program, one.profile, one.estimate)
        sheets.append(Sheet(*shown, runner.pace_unit, runner.name, degraded, for_runner))
    return page(sheets)


def weeks_of_plan(plan: PlanTotals, words: str | None, found: list[Marked]) -> tuple[list[WeekTotals], list[Remark]]:
    """The weeks that are named, all without words, and what a coach says of them.

    :raises WrongUsageError: where the plan has no such weeks.
    """
    from negsplit.preview.plan_remarks import about

    numbers = named_weeks(words, plan.plan.last_week)
    weeks = [week for week in plan.weeks if week.week.number in numbers]
    return weeks, about(coach.plan_remarks(found), weeks)
