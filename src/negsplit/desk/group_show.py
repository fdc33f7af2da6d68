"""What a plan comes to for one runner of a group, with what a coach would say of it; nothing is written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from negsplit.athlete.paces import NO_RUNNER
from negsplit.desk import coach
from negsplit.desk.compiler import Compiler
from negsplit.desk.group import Member, counted, plan_of
from negsplit.desk.group_findings import circle, for_whom
from negsplit.desk.inputs import Input
from negsplit.desk.usage import WrongUsageError
from negsplit.desk.weeks import named_weeks
from negsplit.diagnostics import Diagnostic, Severity
from negsplit.preview.group_data import GroupRemark, RunnerRow, runner_row


class MemberShown(NamedTuple):
    """The row of one runner, and all that is to be said, of the plan and by the rules."""

    name: str
    row: RunnerRow
    found: tuple[Diagnostic, ...]
    plan: str
    """What the plan is called; empty where it has errors."""


def remarks(found: Sequence[tuple[str, Sequence[Diagnostic]]]) -> list[GroupRemark]:
    """What was found for each runner by name, once, with for whom."""
    return [
        GroupRemark(names, circle(names, len(found)), one.severity, one.code, one.message)
        for names, problems in for_whom(found)
        for one in problems
    ]


def show_for(compiler: Compiler, member: Member, path: Path, weeks: str | None) -> MemberShown:
    """The plan at a path for one runner, or their own that uses it; only some of its weeks.

    :raises WrongUsageError: where the plan of all has no such weeks.
    """
    mine = compiler.for_runner(member.athlete)
    own, note = plan_of(member, path)
    called = str(own) if own != path else ""
    compiled = mine.file(Input(own), "plan")
    found = [*([note] if note else []), *compiled.diagnostics]
    runner, _ = mine.runners.for_document(own)
    if compiled.plan is None:
        row = runner_row(member.name, runner or NO_RUNNER, [], *counted(found), own_plan=called)
        return MemberShown(member.name, row, tuple(found), "")
    from negsplit.plan.totals import totals

    summed, marked = totals(compiled.plan), coach.remarks(compiled, mine, own, "plan")
    numbers: Collection[int] = ()
    try:
        numbers = named_weeks(weeks, compiled.plan.plan.last_week)
    except WrongUsageError as error:
        if own == path:
            raise
        found.append(Diagnostic("weeks", f"`{own}`: {error.message}", compiled.plan.plan.span))
    kept = replace(summed, weeks=tuple(week for week in summed.weeks if week.week.number in numbers))
    found += coach.said(marked)
    warned = [one for one in coach.plan_remarks(marked) if one.severity is not Severity.NOTE]
    row = runner_row(member.name, summed.runners[0].runner, [kept], *counted(found), warned, called)
    return MemberShown(member.name, row, tuple(found), summed.plan.name)
