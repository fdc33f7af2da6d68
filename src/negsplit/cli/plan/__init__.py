"""``negsplit plan``: a plan as a calendar."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from negsplit.cli import console
from negsplit.cli.options import (
    athlete_option,
    chosen_device,
    complete_yaml,
    device_option,
    library_option,
    weeks_option,
)
from negsplit.cli.plan.adapt import adapt
from negsplit.cli.plan.compiled import compiled_plan
from negsplit.cli.plan.moving import move, swap
from negsplit.desk import coach, outputs
from negsplit.desk.compiler import Compiler
from negsplit.desk.inputs import Input
from negsplit.desk.weeks import named_weeks
from negsplit.diagnostics import Severity

if TYPE_CHECKING:
    from negsplit.check import Marked
    from negsplit.plan.calendar import Planned
    from negsplit.plan.totals import PlanTotals, WeekTotals
    from negsplit.preview.plan_remarks import Remark


@click.group("plan", cls=console.CommandGroup, short_help="Show a plan as a calendar, and change it.")
@console.color_option
def command() -> None:
    """Show a plan as a calendar, and change it."""


command.add_command(adapt)
command.add_command(move)
command.add_command(swap)


@command.command("show", short_help="Show a plan as a calendar, with the total of each week.")
@click.argument("path", metavar="PLAN", type=click.Path(readable=False, path_type=Path), shell_complete=complete_yaml)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    help="A calendar, data for programs, or a page to print.  [default: as -o ends, else text]",
)
@click.option(
    "-o",
    "out",
    type=click.Path(readable=False, path_type=Path),
    help="Write a .txt, .json or .html file, or into a folder.",
)
@weeks_option
@athlete_option
@device_option
@library_option
@console.verbose_option
@console.quiet_option
@console.color_option
def show(
    path: Path,
    form: str | None,
    out: Path | None,
    weeks: str | None,
    athlete: str | None,
    device: str,
    library: Path | None,
    verbose: bool,
    quiet: bool,
) -> None:
    """Show the sessions of a plan on their days, and what each week comes to.

    \b
    negsplit plan show spring.plan.yaml
    negsplit plan show spring.plan.yaml --weeks 3-4 --athlete "5 km in 22:30"
    negsplit plan show spring.plan.yaml -o spring.html

    Without --athlete the paces are those of the file that the plan names under `athlete:`, else of the nearest
    athlete.yaml. A bar is as long as its session, and as high as its steps are hard. -v shows notes too;
    --format json always has them.
    """
    from negsplit.plan.totals import totals
    from negsplit.preview.plan_remarks import about

    chosen = _chosen(form, out)
    choices = [f"`{one.extension}`" for one in _FORMS.values()]
    places = outputs.Places(out, chosen.extension, [] if form else choices)
    compiler = Compiler(chosen_device(device), athlete, library)
    item = Input(path)
    all_notes = verbose or chosen is _FORMS["json"]
    compiled = compiler.file(item, "plan")
    plan, hidden = compiled_plan(compiled, item.path, notes=all_notes and not quiet)
    numbers = named_weeks(weeks, plan.plan.last_week)
    shown = totals(plan)
    kept = [week for week in shown.weeks if week.week.number in numbers]
    found = about(_remarks(coach.remarks(compiled, compiler, path, "plan")), kept)
    remarks = found if all_notes else [one for one in found if one.severity is not Severity.NOTE]
    hidden += len(found) - len(remarks)
    if out is not None:
        _write(item, chosen.text(shown, kept, remarks), places, shown.plan.name, quiet)
    elif chosen is _FORMS["text"]:
        _draw(shown, kept, remarks)
    else:
        console.say(*chosen.text(shown, kept, remarks).removesuffix("\n").split("\n"))
    if hidden and not quiet:
        console.note(console.kept_back(hidden))


def _remarks(marked: list[Marked]) -> list[Remark]:
    """What the rules have to say of a plan, warnings first."""
    from negsplit.preview.plan_remarks import Remark

    found = []
    for rule, one in marked:
        keys, weeks = tuple(dict.fromkeys(one.keys)), tuple(dict.fromkeys(one.weeks))
        cure = str(one.cure or "")
        found.append(Remark(rule.code, one.severity, one.message, cure, rule.evidence.value, keys, weeks))
    return sorted(found, key=lambda one: (one.severity is Severity.NOTE, one.code))


# --- Forms -------------------------------------------------------------------------------------


def _draw(plan: PlanTotals, weeks: Sequence[WeekTotals], remarks: Sequence[Remark]) -> None:
    from negsplit.preview.chart import CHARACTERS
    from negsplit.preview.plan_text import calendar

    ascii = not console.can_write(CHARACTERS)
    console.draw(calendar(plan, weeks, console.width(), remarks, color=True, ascii=ascii))


def _text(plan: PlanTotals, weeks: Sequence[WeekTotals], remarks: Sequence[Remark]) -> str:
    from negsplit.preview.plan_text import calendar

    return "".join(f"{line}\n" for line in calendar(plan, weeks, console.WIDTH_OF_FILES, remarks, color=False))


def _json(plan: PlanTotals, weeks: Sequence[WeekTotals], remarks: Sequence[Remark]) -> str:
    from negsplit.desk.file_names import of_workout
    from negsplit.desk.forms import form_for
    from negsplit.preview.plan_data import plan_data

    def file_name(session: Planned) -> str:
        return of_workout(session.date, session.key, form_for(plan.device))

    return json.dumps(plan_data(plan, weeks, file_name, remarks), indent=2) + "\n"


def _html(plan: PlanTotals, weeks: Sequence[WeekTotals], remarks: Sequence[Remark]) -> str:
    from negsplit.preview.plan_html import page

    return page(plan, weeks, remarks)


class _Form(NamedTuple):
    """A form to show a plan in."""

    extension: str
    text: Callable[[PlanTotals, Sequence[WeekTotals], Sequence[Remark]], str]


_FORMS: Final[Mapping[str, _Form]] = {
    "text": _Form(".txt", _text),
    "json": _Form(".json", _json),
    "html": _Form(".html", _html),
}


def _chosen(form: str | None, out: Path | None) -> _Form:
    """The form asked for, else that of the file to write; wrong usage where the two do not agree."""
    ending = out.suffix.lower() if out and not os.path.isdir(out) else ""
    meant = next((one for one in _FORMS.values() if one.extension == ending), None)
    asked = _FORMS[form] if form else None
    if asked and meant and asked is not meant:
        raise click.UsageError(f"--format {form} writes {asked.extension}, and `{out}` ends in {ending}")
    return asked or meant or _FORMS["text"]


def _write(item: Input, text: str, places: outputs.Places, name: str, quiet: bool) -> None:
    target = places.place(item)
    if fault := places.take(target, item.path) or outputs.write_whole(target, text.encode()):
        console.report([fault])
        raise console.Failed
    if not quiet:
        console.say(f"{target}: {name}")
