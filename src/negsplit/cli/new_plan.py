"""Plans sized to their runner, for ``negsplit new``: made, looked at by a coach, and only then written."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_args

import click

from negsplit.cli import console
from negsplit.cli.options import athlete_option
from negsplit.cli.wishes import Asked, Said, asked, command
from negsplit.desk import drafts, schemas
from negsplit.desk.inputs import Input
from negsplit.diagnostics import Diagnostic
from negsplit.plan.make.wish import Instead, Kind, Refusal
from negsplit.preview.plan_words import far_text, time_text
from negsplit.tree.layout import scalar

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
_ANYWAY: Final = "`--anyway` writes it all the same, with each warning as a comment"


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
            raise click.UsageError(
                f"{option} is for plans that are made for you, and `--kind {kind}` is the same for all; "
                f"choose `--kind {'`, `'.join(get_args(Kind)[:-1])}` or `{get_args(Kind)[-1]}`"
            )


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
    wanted = asked(kind, title, Said(**{name: options[name] or empty for name, empty in Said.empty().items()}), runner)
    maker = Maker(compiler, path, runner)
    made = maker.anyway(wanted.wish) if anyway else maker.made(wanted.wish, wanted.spare_weeks)
    if isinstance(made, Refusal):
        console.report([_refused(made, path, athlete)])
        raise console.Failed
    schema, fault = drafts.begin(path, f"{schemas.line('plan')}\n{commented(made)}", "plan")
    if fault:
        console.report([fault])
        raise console.Failed
    if not quiet:
        console.say(*_lines(path, made, wanted, athlete, schema))


def _refused(refusal: Refusal, path: Path, athlete: str | None) -> Diagnostic:
    offered = tuple(_offered(one, path, athlete) for one in refusal.instead)
    return Diagnostic("no-plan", refusal.message, None, (*offered, *([] if refusal.is_final else [_ANYWAY])))


def _offered(one: Instead, path: Path, athlete: str | None) -> str:
    """A command that makes another plan; one that is followed gets a file of its own, which the other has to name."""
    if not one.is_followed:
        return f"{one.words}: `{command(str(path), one.wish, athlete)}`"
    stem = Input(path).stem
    before = path.with_name(path.name.replace(stem, f"{stem}-base", 1))
    then = f"then write `follows: {scalar(before.name)}` into the other"
    return f"{one.words}: `{command(str(before), one.wish, athlete)}`; {then}"


def _lines(path: Path, made: Made, wanted: Asked, athlete: str | None, schema: str) -> Iterator[str]:
    """What was written: how it grows, when it begins, and what to do with it."""
    wish, plan = made.wish, made.totals
    beside = f", with {schema}" if schema else ""
    yield f"{path}: {wish.title}{beside}"
    yield f"{console.count(wish.weeks, 'week')}, {console.count(wish.runs, 'run')} a week, {_growth(made)}"
    begins = plan.plan.start or plan.weeks[0].week.first
    yield f"begins on {begins:%A} {begins}" + (", the Monday after today" if wanted.is_from_today else "")
    if made.goal:
        yield made.goal
    if against := len(made.warnings) + bool(made.against):
        yield f"a coach would stop it; why stands in the file, in {console.count(against, 'comment')}"
    name = " ".join([drafts.pasted(path), *(["--athlete", shlex.quote(athlete)] if athlete else [])])
    yield f"next: `negsplit plan show {name}` prints it as a calendar, `negsplit check {name}` what a coach says of it"


def _growth(made: Made) -> str:
    """``34 -> 46 km a week, longest run 17.5 km``, races apart; in time where the plan is written by time."""
    weeks = [[one for one in week.sessions if one.is_run and not one.is_race] for week in made.totals.weeks]
    if made.is_by_time:
        sums = [sum(one.seconds or 0.0 for one in week) for week in weeks]
        longest = max(one.seconds or 0.0 for week in weeks for one in week)
        first, highest, furthest = (time_text(amount) for amount in (sums[0], max(sums), longest))
    else:
        unit = made.totals.unit
        sums = [sum(one.metres or 0.0 for one in week) for week in weeks]
        longest = max(one.metres or 0.0 for week in weeks for one in week)
        highest, furthest = (far_text(amount, unit) for amount in (max(sums), longest))
        first = far_text(sums[0], unit).removesuffix(f" {unit}")
    return f"{first} -> {highest} a week, longest run {furthest}"
