"""Weeks and days of a plan that are asked for, and the plan with some weeks alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from negsplit.cures import proved
from negsplit.desk.usage import WrongUsageError
from negsplit.diagnostics import Diagnostic, Report, Source, Span

if TYPE_CHECKING:
    from negsplit.plan.compile import CompiledPlan, CompiledSession
    from negsplit.plan.weeks import Week


def named_weeks(words: str | None, last: int) -> Collection[int]:
    """The numbers named, all of a plan's without words.

    :raises WrongUsageError: where it has no such weeks.
    """
    if words is None:
        return range(1, last + 1)
    source, report = Source("--weeks", words), Report()
    found = _read(source, last, report)
    if report.diagnostics or not found:
        raise WrongUsageError(_why(last, report), "--weeks")
    return found


def _read(source: Source, last: int, report: Report) -> Collection[int]:
    from negsplit.plan import texts as plan_texts
    from negsplit.tree.nodes import Text

    return plan_texts.weeks([Text(source.text, Span(source, 0, len(source.text)))], last, report)


def _why(last: int, report: Report) -> str:
    """What is wrong with the words, with those cures that make weeks of them."""

    def again(other: Source) -> list[Diagnostic]:
        _read(other, last, found := Report())
        return found.diagnostics

    for one in proved(report.diagnostics, again):
        return "; ".join((one.message, *one.help))
    return "write for example `3-4`"


def must_be_weeks(words: str | None) -> None:
    """:class:`WrongUsageError` for words that name no weeks of any plan."""
    if words is not None:
        from negsplit.plan.texts import MAX_WEEKS

        named_weeks(words, MAX_WEEKS)


def part_of(plan: CompiledPlan, words: str | None, report: Report, *, alone: bool) -> CompiledPlan | None:
    """The weeks of a plan that are named, as often as they are run.

    A plan that has none such is wrong usage where it is ``alone``; among other inputs it stops none of those, and the
    report says so.
    """
    try:
        numbers = named_weeks(words, plan.plan.last_week)
    except WrongUsageError as error:
        if alone:
            raise
        report.error("weeks", error.message, plan.plan.span)
        return None

    def kept(sessions: tuple[CompiledSession, ...]) -> tuple[CompiledSession, ...]:
        return tuple(one for one in sessions if one.planned.week.number in numbers)

    return replace(
        plan,
        weeks=tuple(week for week in plan.weeks if week.number in numbers),
        sessions=kept(plan.sessions),
        dropped=kept(plan.dropped),
    )


def named_day(words: str, week: Week) -> dt.date:
    """The day that is named: a date, or a weekday of a week.

    :raises WrongUsageError: where it is neither.
    """
    from negsplit.plan.moves import day_or_date
    from negsplit.plan.placed import on_weekday
    from negsplit.tree.nodes import Text

    source, report = Source("DAY", words), Report()
    found = day_or_date(Text(words, Span(source, 0, len(words))), report)
    if found is None:
        [one] = report.diagnostics
        raise WrongUsageError("; ".join((one.message, *one.help)))
    return found if isinstance(found, dt.date) else on_weekday(week, found)
