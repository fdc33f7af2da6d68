"""``negsplit plan adapt``: a plan after days without running."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from negsplit.cli import console
from negsplit.cli.options import athlete_option, chosen_device, complete_yaml, device_option, library_option
from negsplit.cli.plan.editing import dry_run_option, finish, open_plan, refuse

if TYPE_CHECKING:
    from negsplit.desk.plan_edits import Edited
    from negsplit.model import Break
    from negsplit.plan.adapt import Adapted


def _days(_context: click.Context, _param: click.Parameter, value: str) -> tuple[dt.date, dt.date]:
    first, dots, last = value.partition("..")
    try:
        found = dt.date.fromisoformat(first.strip()), dt.date.fromisoformat((last if dots else first).strip())
    except ValueError:
        raise click.BadParameter(
            f"`{value}` is neither a day nor two; write `2026-12-07` or `2026-12-07..2026-12-16`"
        ) from None
    if found[1] < found[0]:
        raise click.BadParameter(f"`{value}` ends before it begins; write `{found[1]}..{found[0]}`")
    return found


@click.command("adapt", cls=console.Command, short_help="Come back into a plan after days without running.")
@click.argument("path", metavar="PLAN", type=click.Path(readable=False, path_type=Path), shell_complete=complete_yaml)
@click.option("--missed", required=True, metavar="DAYS", callback=_days, help="The first and last day: `D..D`, or one.")
@click.option("--ill", is_flag=True, help="You were ill.")
@click.option("--injured", is_flag=True, help="You were injured.")
@click.option("--shift", is_flag=True, help="Do the rest later, in a plan without a race.")
@dry_run_option
@athlete_option
@device_option
@library_option
@console.quiet_option
@console.color_option
def adapt(
    path: Path,
    missed: tuple[dt.date, dt.date],
    ill: bool,
    injured: bool,
    shift: bool,
    dry_run: bool,
    athlete: str | None,
    device: str,
    library: Path | None,
    quiet: bool,
) -> None:
    """Write into a plan what follows from days on which you did not run: how to come back, and how fast.

    \b
    negsplit plan adapt spring.plan.yaml --missed 2026-12-07..2026-12-16 --ill --dry-run
    negsplit plan adapt spring.plan.yaml --missed 2026-12-07..2026-12-16 --ill
    negsplit plan adapt base.plan.yaml --missed 2026-12-07..2026-12-20 --shift

    What was before the break stays as it is, and nothing missed is made up.
    """
    from negsplit.desk.adapting import adapted
    from negsplit.desk.compiler import Compiler

    if ill and injured:
        raise click.UsageError("--ill and --injured are two reasons; choose the one that kept you longer")
    file = open_plan(path, Compiler(chosen_device(device), athlete, library))
    why: Break = "ill" if ill else "injured" if injured else "away"
    found, problems = adapted(file, *missed, why, shift=shift)
    if found is None:
        refuse(*problems)
    if found.edited is None:
        there = found.found.missed
        console.say(f"{path}: the break from {there.first} to {there.last} is in the plan already")
        return
    if not quiet:
        _show(found.found, found.edited)
    finish(found.edited, (), dry_run=dry_run, quiet=quiet)


def _show(found: Adapted, edited: Edited) -> None:
    from negsplit.plan.totals import totals
    from negsplit.preview import plan_before_after

    before, after = totals(edited.before), totals(edited.after)
    console.say(*found.comment, "", *plan_before_after.weeks(before, after))
    console.say("", *plan_before_after.sessions(before, after))
    if found.remarks:
        console.say("", *found.remarks)
    console.say("")
