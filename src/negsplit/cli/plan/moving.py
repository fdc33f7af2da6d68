"""``negsplit plan move`` and ``negsplit plan swap``: sessions on other days, written into the plan's file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from negsplit.cli import console
from negsplit.cli.options import athlete_option, chosen_device, complete_yaml, library_option
from negsplit.cli.plan.editing import dry_run_option, finish, open_plan, refuse
from negsplit.desk.compiler import Compiler
from negsplit.desk.weeks import named_day
from negsplit.diagnostics import Diagnostic, did_you_mean
from negsplit.words import DAYS, LONG_DAYS

if TYPE_CHECKING:
    from negsplit.desk.plan_edits import OpenPlan
    from negsplit.plan.calendar import Planned

_plan_argument = click.argument(
    "path", metavar="PLAN", type=click.Path(readable=False, path_type=Path), shell_complete=complete_yaml
)


@click.command("move", cls=console.Command, short_help="Move a session of a plan to another day.")
@_plan_argument
@click.argument("key", metavar="SESSION")
@click.argument("day", metavar="DAY")
@dry_run_option
@athlete_option
@library_option
@console.quiet_option
@console.color_option
def move(path: Path, key: str, day: str, dry_run: bool, athlete: str | None, library: Path | None, quiet: bool) -> None:
    """Move a session to a weekday of its week, or to a date; the plan's file says so under `moves`.

    \b
    negsplit plan move spring.plan.yaml w05-tue thu
    negsplit plan move spring.plan.yaml w06-sun 2027-02-13
    negsplit plan move spring.plan.yaml w05-tue tue

    SESSION is a key as `negsplit plan show` prints it. The session keeps it, and stays the workout it is. Moved back
    to its own day, its line goes. Nothing else in the file changes.
    """
    file = open_plan(path, Compiler(chosen_device(), athlete, library))
    one = _session(file, key)
    to = named_day(day, one.home)
    if to == one.date:
        refuse(Diagnostic("no-effect", f"{one.key} is on {_on(to)} already"))
    _moved(file, {one.key: to}, dry_run=dry_run, quiet=quiet)


@click.command("swap", cls=console.Command, short_help="Let two sessions of a plan change their days.")
@_plan_argument
@click.argument("key", metavar="SESSION")
@click.argument("other", metavar="OTHER")
@dry_run_option
@athlete_option
@library_option
@console.quiet_option
@console.color_option
def swap(
    path: Path, key: str, other: str, dry_run: bool, athlete: str | None, library: Path | None, quiet: bool
) -> None:
    """Let two sessions change their days; the plan's file says so under `moves`.

    \b
    negsplit plan swap spring.plan.yaml w05-tue w05-thu

    SESSION and OTHER are keys as `negsplit plan show` prints them. Both keep theirs, and stay the workouts they are.
    Swapped again, they are back on their own days. Nothing else in the file changes.
    """
    file = open_plan(path, Compiler(chosen_device(), athlete, library))
    one, two = _session(file, key), _session(file, other)
    if one.date == two.date:
        refuse(Diagnostic("no-effect", f"{one.key} and {two.key} are both on {_on(one.date)}"))
    _moved(file, {one.key: two.date, two.key: one.date}, dry_run=dry_run, quiet=quiet)


def _session(file: OpenPlan, key: str) -> Planned:
    """The session of a key, in small letters or not; ends the command where there is none that is run."""
    from negsplit.plan.moving import by_key

    sessions, name = by_key(file.plan.plan), key.strip().lower()
    if name not in sessions:
        near = "" if name in (*DAYS, *LONG_DAYS) else did_you_mean(name, sessions)  # a day alone is one of each week
        help = f"did you mean `{near}`?" if near else "`negsplit plan show` prints the key of each session: `w03-tue`"
        refuse(Diagnostic("unknown-name", f"the plan has no session `{key}`", None, (help,)))
    if name in {one.planned.key for one in file.plan.dropped}:
        help = "`down_weeks` says how many sessions that week leaves out"
        refuse(Diagnostic("no-effect", f"{name} is not run: its down week leaves it out", None, (help,)))
    return sessions[name]


def _moved(file: OpenPlan, days: Mapping[str, dt.date], *, dry_run: bool, quiet: bool) -> None:
    from negsplit.desk.plan_edits import edited
    from negsplit.plan.moving import by_key, moved
    from negsplit.tree.changing import NoPlaceError

    try:
        text = moved(file.text, file.plan.plan, days)
    except NoPlaceError as error:
        help = f"write it by hand: `moves: {{{', '.join(f'{key}: {day}' for key, day in days.items())}}}`"
        refuse(Diagnostic("wrong-form", f"`moves` cannot be written into {file.path}: {error}", None, (help,)))
    found, errors = edited(file, text, days)
    if found is None:
        refuse(*errors)
    before, after = by_key(found.before.plan), by_key(found.after.plan)
    if not quiet:
        for key, day in days.items():
            console.say(f"{key}: {_on(before[key].date)} -> {_on(day)}")
        console.say("")
    weeks = {one.week for key in days for one in (before[key], after[key])}
    finish(found, weeks, dry_run=dry_run, quiet=quiet)


def _on(day: dt.date) -> str:
    from negsplit.preview.plan_words import day_text

    return f"{day_text(day)} {day.year}"
