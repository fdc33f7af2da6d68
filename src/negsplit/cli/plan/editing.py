"""What commands that change a plan's file have in common: they show what they change, then write it whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Never

import click

from negsplit.cli import console
from negsplit.cli.plan.compiled import compiled_plan
from negsplit.desk.outputs import unwritable
from negsplit.diagnostics import Diagnostic

if TYPE_CHECKING:
    from negsplit.desk.compiler import Compiler
    from negsplit.desk.plan_edits import Edited, OpenPlan
    from negsplit.plan.totals import WeekTotals
    from negsplit.plan.weeks import Week
    from negsplit.units import PaceUnit

dry_run_option = click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")


def open_plan(path: Path, compiler: Compiler) -> OpenPlan:
    """A plan without errors, to be edited; ends the command where it has any, or cannot be read."""
    from negsplit.desk.plan_edits import opened

    file, problems = opened(path, compiler)
    if file is None:
        refuse(*problems)
    compiled_plan(file.compiled, path, notes=False)
    return file


def refuse(*problems: Diagnostic) -> Never:
    """Says why nothing is changed, and ends the command."""
    console.report(problems)
    raise console.Failed


def finish(edited: Edited, weeks: Collection[Week], *, dry_run: bool, quiet: bool) -> None:
    """Shows some weeks before and after, and writes the file or shows the difference; says what is newly wrong."""
    from negsplit.plan.totals import totals

    path = edited.file.path
    if not quiet:
        for title, plan in (("before", edited.before), ("after", edited.after)):
            for week in (one for one in totals(plan).weeks if one.week in weeks):
                console.say(*_week(week, title, plan.runner.pace_unit), "")
    if dry_run:
        console.patch(list(edited.file.diff()))
    else:
        try:
            edited.file.write()
        except OSError as error:
            refuse(unwritable(path, error))
    console.report(edited.news)
    if not quiet:
        console.say("nothing is written: leave out --dry-run to do it" if dry_run else f"{path} is changed")


def _week(week: WeekTotals, title: str, unit: PaceUnit) -> Iterator[str]:
    from negsplit.preview import plan_words

    yield f"{plan_words.week_title(week)} {title}"
    for one in week.sessions:
        yield f"  {one.key}  {plan_words.day_text(one.planned.date)}  {plan_words.title(one, unit)}"
