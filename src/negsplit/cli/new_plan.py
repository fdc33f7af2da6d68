"""Plans sized to their runner, for ``negsplit new``: made, looked at by a coach, and only then written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from negsplit.cli import console
from negsplit.cli.options import athlete_option
from negsplit.cli.wishes import Asked, Said, asked, command
from negsplit.desk import drafts, schemas
from negsplit.diagnostics import Diagnostic
from negsplit.plan.make.wish import Kind, Refusal

if TYPE_CHECKING:
    from negsplit.desk.making import Made

_Command = TypeVar("_Command", bound=Callable[..., Any])

OPTIONS: Final = (
    click.option("--race", metavar="DATE", help="The day of your race: 2027-04-18. The plan ends with it."),
    click.option("--start", metavar="DATE", help="The day on which you begin.  [default: next Monday]"),
    click.option("--weeks", metavar="N", help="How many weeks.  [default: up to a race, as many as it takes]"),
    click.option("--runs", metavar="N", help="How many runs a week, from 3 to 6."),
    click.option("--volume", metavar="AMOUNT", help="What you run in a week now: 35km, 4h."),
    click.option("--long", metavar="AMOUNT", help="Your longest run of the last weeks: 14km, 90min."),
    click.option("--days", metavar="DAYS", help="The days you run on: mon,wed,sat,sun."),
    click.option("--tune-up", "tune_ups", metavar="DATE:DISTANCE", multiple=True, help="A race on the way."),
    click.option("--goal", metavar="TIME", help="The time you hope for: 45:00. It gives a pace, `goal`, no more."),
    click.option("--by-feel", is_flag=True, help="No paces: everything by effort."),
    athlete_option,
    click.option("--anyway", is_flag=True, help="Write the plan although a coach would stop it, with why as comments."),
)
_ONLY_HERE: Final = ("athlete", "anyway")
"""Options that say nothing of a wish."""


def plan_options(function: _Command) -> _Command:
    """Gives a command the options of plans that are sized to their runner."""
    for option in reversed(OPTIONS):
        function = option(function)
    return function


def refuse_options(options: dict[str, Any], kind: str) -> None:
    """Ends the command where an option is given to a kind that starts the same for everybody."""
    for name, value in options.items():
        if value:
            option = "--tune-up" if name == "tune_ups" else f"--{name.replace('_', '-')}"
            raise click.UsageError(f"{option} is for plans that are made for you; `--kind {kind}` is the same for all")


def write(path: Path, title: str, kind: Kind, options: dict[str, Any], *, quiet: bool) -> None:
    """Makes the plan and writes it, or says why not and which plan would do."""
    from negsplit.compile import device
    from negsplit.desk.compiler import Compiler
    from negsplit.desk.making import Maker, commented

    if fault := drafts.taken(path):
        console.report([fault])
        raise console.Failed
    athlete, anyway = options["athlete"], options["anyway"]
    compiler = Compiler(device(), athlete)
    runner, problems = compiler.runners.for_document(path)
    console.report(problems, quiet=quiet)
    if runner is None:
        raise console.Failed
    said = Said(**{name: value or type(value)() if value else _EMPTY[name] for name, value in _said(options)})
    wanted = asked(kind, title, said, runner)
    maker = Maker(compiler, path, runner)
    made = maker.anyway(wanted.wish) if anyway else maker.made(wanted.wish, wanted.spare_weeks)
    if isinstance(made, Refusal):
        console.report([_refused(made, str(path), athlete)])
        raise console.Failed
    text = f"{schemas.line('plan')}\n{commented(made)}"
    schema, fault = drafts.begin(path, text, "plan")
    if fault:
        console.report([fault])
        raise console.Failed
    if not quiet:
        console.say(*_lines(path, made, wanted, athlete, schema))


def _refused(refusal: Refusal, name: str, athlete: str | None) -> Diagnostic:
    offered = tuple(f"{one.words}: `{command(name, one.wish, athlete)}`" for one in refusal.instead)
    return Diagnostic("no-plan", refusal.message, None, (*offered, "`--anyway` writes it all the same, with every warning as a comment"))
