"""``negsplit plan``: a plan as a calendar."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from negsplit.cli import console
from negsplit.cli.group.showing import show_group
from negsplit.cli.options import (
    athletes_option,
    chosen_device,
    complete_yaml,
    device_option,
    for_runner_option,
    library_option,
    live_option,
    paper_option,
    weeks_option,
)
from negsplit.cli.plan import forms
from negsplit.cli.plan.adapt import adapt
from negsplit.cli.plan.compiled import compiled_plan
from negsplit.cli.plan.forms import Form, form_option, out_option
from negsplit.cli.plan.moving import move, swap
from negsplit.cli.plan.season import season
from negsplit.desk import coach, pages
from negsplit.desk.compiler import Compiler
from negsplit.desk.group import folders_of, is_group
from negsplit.desk.inputs import Input
from negsplit.desk.weeks import must_be_weeks
from negsplit.diagnostics import Severity

if TYPE_CHECKING:
    from negsplit.plan.calendar import Planned
    from negsplit.plan.compile import CompiledPlan
    from negsplit.plan.totals import PlanTotals, WeekTotals
    from negsplit.preview.calendar_sheets import Kind
    from negsplit.preview.plan_remarks import Remark


@click.group(
    "plan", cls=console.CommandGroup, short_help="Show a plan as a calendar or several as a season, and change it."
)
@console.color_option
def command() -> None:
    """Show a plan as a calendar or several as a season, and change it."""


command.add_command(adapt)
command.add_command(move)
command.add_command(swap)
command.add_command(season)


_FOR_ONE: Final = {"--changes": "changes", "--for-runner": "for_runner", "--calendar": "calendar"}
"""Options of `plan show` that are of no use for a group, and their parameters."""


@command.command("show", short_help="Show a plan as a calendar, with the total of each week.")
@click.argument("path", metavar="PLAN", type=click.Path(readable=False, path_type=Path), shell_complete=complete_yaml)
@form_option
@out_option
@for_runner_option
@click.option(
    "--calendar",
    type=click.Choice(["month", "week"]),
    help="Make a calendar for the wall of it, one sheet a month or a week, for whoever runs it.",
)
@paper_option
@live_option
@click.option("--changes", is_flag=True, help="Show which workouts the last result on the way changed instead.")
@weeks_option
@athletes_option
@device_option
@library_option
@console.verbose_option
@console.quiet_option
@console.color_option
def show(
    path: Path,
    form: Form | None,
    out: Path | None,
    for_runner: bool,
    calendar: Kind | None,
    paper: str | None,
    live: bool,
    changes: bool,
    weeks: str | None,
    athletes: tuple[str, ...],
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
    negsplit plan show spring.plan.yaml -o spring.svg
    negsplit plan show spring.plan.yaml --for-runner -o spring.pdf
    negsplit plan show spring.plan.yaml --calendar month -o wall.pdf
    negsplit plan show spring.plan.yaml --changes
    negsplit plan show spring.plan.yaml --live
    negsplit plan show spring.plan.yaml --athlete runners -o group.html

    Without --athlete the paces are those of the file that the plan names under `athlete:`, else of the nearest
    athlete.yaml. A bar is as long as its session, and as high as its steps are hard. -v shows notes too;
    --format json always has them. With several athletes, or a folder of athlete files, their weeks stand side by side.
    """
    from negsplit.plan.totals import totals

    if live:
        from negsplit.cli.live import alone, follow

        others = {"--calendar": calendar, "--for-runner": for_runner, "--paper": paper}
        alone(path, {"--changes": changes, "--format": form, "-o": out, **others})
        if is_group(athletes):
            raise click.UsageError("--live is for one runner: name one athlete file")
        must_be_weeks(weeks)
        athlete = next(iter(athletes), None)
        follow(
            path, lambda profile: Compiler(profile, athlete, library, [path]), device, weeks, notes=verbose, quiet=quiet
        )
    if changes and (form or out or weeks or for_runner or calendar):
        raise click.UsageError("--changes is a list of its own: leave out --format, -o, --weeks and what is for pages")
    shown_as, places = forms.chosen(form, out), forms.places(form, out)
    text = _text_of(shown_as, calendar, for_runner=for_runner)
    all_notes = verbose or shown_as == "json"
    if is_group(athletes):
        if option := next((name for name, given in _FOR_ONE.items() if click.get_current_context().params[given]), ""):
            raise click.UsageError(f"{option} is for one runner: name one athlete file")
        group = Compiler(chosen_device(device), None, library, folders_of([path]))
        show_group(group, path, athletes, weeks, form, out, paper, notes=verbose, quiet=quiet)
        return
    compiler = Compiler(chosen_device(device), athletes[0] if athletes else None, library)
    item = Input(path)
    compiled = compiler.file(item, "plan")
    plan, hidden = compiled_plan(compiled, item.path, notes=all_notes and not quiet)
    shown = totals(plan)
    if changes:
        _show_changes(plan, shown)
        return
    said = [] if for_runner or calendar else coach.remarks(compiled, compiler, path, "plan")
    kept, found = pages.weeks_of_plan(shown, weeks, said)
    remarks = found if all_notes else [one for one in found if one.severity is not Severity.NOTE]
    hidden += len(found) - len(remarks)
    if out is not None:
        forms.write(item, text(shown, kept, remarks), places, shown.plan.name, paper, quiet=quiet)
    elif shown_as == "text":
        _draw(shown, kept, remarks, for_runner=for_runner)
    else:
        forms.say(text(shown, kept, remarks), places, paper)
    if hidden and not quiet:
        console.note(console.kept_back(hidden))


def _show_changes(plan: CompiledPlan, shown: PlanTotals) -> None:
    from negsplit.plan.changes import changes
    from negsplit.preview.plan_changes_text import lines

    console.say(*lines(shown, list(changes(plan)), console.width()))


# --- Forms -------------------------------------------------------------------------------------


def _draw(plan: PlanTotals, weeks: Sequence[WeekTotals], remarks: Sequence[Remark], *, for_runner: bool) -> None:
    from negsplit.preview.chart import CHARACTERS
    from negsplit.preview.plan_text import calendar

    ascii = not console.can_write(CHARACTERS)
    colors = console.colors()
    console.draw(calendar(plan, weeks, console.width(), remarks, colors=colors, ascii=ascii, for_runner=for_runner))


def _text(plan: PlanTotals, weeks: Sequence[WeekTotals], remarks: Sequence[Remark], *, for_runner: bool = False) -> str:
    from negsplit.preview.plan_text import calendar

    lines = calendar(plan, weeks, console.WIDTH_OF_FILES, remarks, colors=None, for_runner=for_runner)
    return "".join(f"{line}\n" for line in lines)


def _json(plan: PlanTotals, weeks: Sequence[WeekTotals], remarks: Sequence[Remark]) -> str:
    from negsplit.desk.file_names import of_workout
    from negsplit.desk.forms import form_for
    from negsplit.preview.plan_data import plan_data

    def file_name(session: Planned) -> str:
        return of_workout(session.date, session.key, form_for(plan.device))

    return json.dumps(plan_data(plan, weeks, file_name, remarks), indent=2) + "\n"


def _html(plan: PlanTotals, weeks: Sequence[WeekTotals], remarks: Sequence[Remark], *, for_runner: bool = False) -> str:
    from negsplit.preview.plan_html import page

    return page(plan, weeks, remarks, for_runner=for_runner)


def _svg(plan: PlanTotals, weeks: Sequence[WeekTotals], _: Sequence[Remark], *, for_runner: bool = False) -> str:
    from negsplit.preview.plan_svg import svg

    return svg(plan, weeks, for_runner=for_runner)


def _calendar(plan: PlanTotals, weeks: Sequence[WeekTotals], _: Sequence[Remark], *, kind: Kind) -> str:
    from negsplit.preview.calendar_html import page

    return page(plan, weeks, kind)


_Text = Callable[["PlanTotals", Sequence["WeekTotals"], Sequence["Remark"]], str]
_TEXTS: Final[Mapping[Form, _Text]] = {
    "text": _text,
    "json": _json,
    "svg": _svg,
    "html": _html,
    "png": _svg,
    "pdf": _html,
}
"""A whole file of each form, or what one is drawn from."""
_OWN: Final[Mapping[Form, _Text]] = {
    "text": partial(_text, for_runner=True),
    "svg": partial(_svg, for_runner=True),
    "html": partial(_html, for_runner=True),
    "png": partial(_svg, for_runner=True),
    "pdf": partial(_html, for_runner=True),
}
"""The same for whoever runs it."""


def _text_of(form: Form, calendar: Kind | None, *, for_runner: bool) -> _Text:
    """What makes the form, for whoever reads it; wrong usage where it is for no runner, or no page."""
    if for_runner and form not in _OWN:
        raise click.UsageError(f"--for-runner is for what people read, and this makes {forms.EXTENSIONS[form]}")
    if calendar is None:
        return _OWN[form] if for_runner else _TEXTS[form]
    if form in ("text", "json", "svg"):
        raise click.UsageError("--calendar makes a page: name a file for it, such as `-o calendar.pdf`")
    return partial(_calendar, kind=calendar)
