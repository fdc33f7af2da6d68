"""``negsplit plan season``: several plans as months and years."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from negsplit.cli import console
from negsplit.cli.options import athlete_option, chosen_device, complete_yaml, library_option, paper_option
from negsplit.cli.plan import forms
from negsplit.cli.plan.compiled import problems
from negsplit.cli.plan.forms import Form, out_option, page_option
from negsplit.desk.compiler import Compiler
from negsplit.desk.inputs import Input, inputs, nothing_found
from negsplit.diagnostics import Diagnostic, has_errors

if TYPE_CHECKING:
    from negsplit.plan.season import Season
    from negsplit.plan.totals import PlanTotals

_ANY_WATCH: Final = "generic"
_FILE: Final = Input(Path("season.plan.yaml"))
"""What is written into a folder is called like this."""


@click.command("season", cls=console.Command, short_help="Show several plans as one season: weeks, months and years.")
@click.argument(
    "paths",
    metavar="PLAN...",
    nargs=-1,
    required=True,
    type=click.Path(readable=False, path_type=Path),
    shell_complete=complete_yaml,
)
@page_option
@out_option
@paper_option
@athlete_option
@library_option
@console.verbose_option
@console.quiet_option
@console.color_option
def season(
    paths: tuple[Path, ...],
    form: Form | None,
    out: Path | None,
    paper: str | None,
    athlete: str | None,
    library: Path | None,
    verbose: bool,
    quiet: bool,
) -> None:
    """Show several plans, or the plans of a folder, in the order of their days.

    \b
    negsplit plan season base.plan.yaml spring.plan.yaml
    negsplit plan season plans --athlete "5 km in 22:30" -o season.html

    Each week is a bar and says what it is for: base, build, race-like, taper, down, recovery or break. Then come the
    sums of months and years, and what has stayed the same from plan to plan. No two plans may have a day in common.
    """
    from negsplit.plan.season import season as season_of
    from negsplit.preview.season_words import head

    shown_as, places = forms.chosen(form, out), forms.places(form, out, pictured=False)
    forms.refuse_picture(shown_as, "a season")
    found, hidden = _plans(
        paths, Compiler(chosen_device(_ANY_WATCH), athlete, library, paths), notes=verbose, quiet=quiet
    )
    if at_fault := list(_overlaps([plan for _, plan in found])):
        console.report(at_fault)
        raise console.Failed
    shown = season_of(plan for _, plan in found)
    if out is not None:
        _spare([item.path for item, _ in found], out, shown_as)
        forms.write(_FILE, _TEXTS[shown_as](shown), places, head(shown), paper, quiet=quiet)
    elif shown_as == "text":
        _draw(shown)
    else:
        forms.say(_TEXTS[shown_as](shown), places, paper)
    if hidden and not quiet:
        console.note(console.kept_back(hidden))


def _plans(
    paths: Sequence[Path], compiler: Compiler, *, notes: bool, quiet: bool
) -> tuple[list[tuple[Input, PlanTotals]], int]:
    """What the plans among some files come to, and how many notes were not said; ends where one has an error."""
    from negsplit.plan.totals import totals

    items, said = inputs(paths)
    found: list[tuple[Input, PlanTotals]] = []
    for item in console.progress(items, quiet=quiet):
        compiled = compiler.file(item, "plan")
        said += problems(compiled, item.path) if compiled.taken or item.named else compiled.diagnostics
        if compiled.plan is not None:
            found.append((item, totals(compiled.plan)))
    if not found and not has_errors(said):
        said.append(nothing_found("plan"))
    shown = said if notes and not quiet else console.without_notes(said)
    console.report(shown)
    if has_errors(said):
        raise console.Failed
    return found, len(said) - len(shown)


def _overlaps(plans: Sequence[PlanTotals]) -> Iterator[Diagnostic]:
    """An error for each plan that begins before another is over."""
    from negsplit.plan.season import overlapping

    for one, other in overlapping(plans):
        first, second = (plan.plan.span.source.name if plan.plan.span else plan.plan.name for plan in (one, other))
        if (one.plan.id, one.first_day) == (other.plan.id, other.first_day):
            message = f"this is the same plan as `{first}`"
            yield Diagnostic("said-twice", message, other.plan.span, ("name one of them",))
        else:
            message = f"this plan begins on {other.first_day}, and `{first}` goes on until {one.last_day}"
            help = f"let it begin later, or leave `{second}` or `{first}` out: a season has one plan at a time"
            yield Diagnostic("date", message, other.plan.span, (help,))


def _spare(sources: Sequence[Path], out: Path, form: Form) -> None:
    """Ends the command where one of the plans would be written over."""
    for source in sources:
        places = forms.places(form, out, pictured=False)
        if fault := places.take(places.place(_FILE), source):
            console.report([fault])
            raise console.Failed


# --- Forms -------------------------------------------------------------------------------------


def _draw(shown: Season) -> None:
    from negsplit.preview.season_text import CHARACTERS, lines

    console.draw(lines(shown, console.width(), colors=console.colors(), ascii=not console.can_write(CHARACTERS)))


def _text(shown: Season) -> str:
    from negsplit.preview.season_text import lines

    return "".join(f"{line}\n" for line in lines(shown, console.WIDTH_OF_FILES, colors=None))


def _json(shown: Season) -> str:
    from negsplit.preview.season_data import season_data

    return json.dumps(season_data(shown), indent=2) + "\n"


def _html(shown: Season) -> str:
    from negsplit.preview.season_html import page

    return page(shown)


_TEXTS: Final[Mapping[Form, Callable[[Season], str]]] = {
    "text": _text,
    "json": _json,
    "html": _html,
    "pdf": _html,
    "png": _html,
}
"""A whole file of each form, or the page that one is drawn from."""
