"""``negsplit show``: what the watch will do."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from negsplit.cli import console
from negsplit.cli.options import (
    athlete_option,
    chosen_device,
    device_option,
    files_or_line,
    for_runner_option,
    in_a_file,
    library_option,
    line_option,
    live_option,
    on_paper,
    paper_option,
)
from negsplit.compile import CompiledWorkout
from negsplit.desk import outputs, pages
from negsplit.desk.compiler import Compiled, Compiler
from negsplit.desk.inputs import Input, Sort, sort_of
from negsplit.diagnostics import Diagnostic
from negsplit.preview.text import estimate_lines, page, steps_text, wrapped

if TYPE_CHECKING:
    from negsplit.preview.palette import Colors


class _Show(console.Command):
    """Leaves what another command shows to that one, with every word that was typed."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        lenient = click.Context(self, parent, ignore_unknown_options=True, resilient_parsing=True)
        given, rest, _ = self.make_parser(lenient).parse_args(list(args))
        # Words that no option of this command takes; some may belong to an option of another.
        for word in (given.get("path"), *rest):
            name, command = _other_command(sort_of(Path(word)) if isinstance(word, str) else None)
            if command is not None:
                return command.make_context(name, args, parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


def _other_command(sort: Sort | None) -> tuple[str, click.Command | None]:
    """The command that shows what is no workout, and what it is called."""
    match sort:
        case "plan":
            from negsplit.cli import plan

            return "plan show", plan.show
        case "athlete":
            from negsplit.cli import athlete

            return "athlete show", athlete.show
        case "fit":
            from negsplit.cli import inspect

            return "inspect", inspect.command
    return "", None


@click.command("show", cls=_Show, short_help="Show what the watch will do, step by step.")
@click.argument("path", required=False, type=click.Path(readable=False, path_type=Path))
@line_option
@click.option("--expand", is_flag=True, help="Print the workout as YAML with every step written out.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "svg", "html", "png", "pdf"]),
    help="A table and a drawing, data for programs, a picture (svg, png), or a page to print (html, pdf)."
    "  [default: as -o ends, else text]",
)
@click.option(
    "-o",
    "out",
    type=click.Path(readable=False, path_type=Path),
    help="Write a .txt, .json, .svg, .html, .png, .pdf or .yaml file, or into a folder.",
)
@for_runner_option
@paper_option
@live_option
@athlete_option
@device_option
@library_option
@console.quiet_option
@console.color_option
def command(
    path: Path | None,
    line: str | None,
    expand: bool,
    form: str | None,
    out: Path | None,
    for_runner: bool,
    paper: str | None,
    live: bool,
    athlete: str | None,
    device: str,
    library: Path | None,
    quiet: bool,
) -> None:
    """Show the steps of a workout with targets in the runner's units, a drawing, and what it comes to.

    \b
    negsplit show thirds.workout.yaml --athlete "5 km in 22:30"
    negsplit show thirds.workout.yaml -o thirds.svg
    negsplit show thirds.workout.yaml --for-runner -o thirds.pdf
    negsplit show -e "20 min @ RPE 3, 4x(20 s @ RPE 8, 40 s)"
    negsplit show thirds.workout.yaml --live

    A plan is shown as `negsplit plan show` does, a FIT file as `negsplit inspect`, an athlete as
    `negsplit athlete show`, with the options of those.
    """
    if live:
        from negsplit.cli.live import alone, follow

        others = {"--for-runner": for_runner, "--paper": paper}
        path = alone(path, {"-e": line is not None, "--expand": expand, "--format": form, "-o": out, **others})
        follow(path, lambda profile: Compiler(profile, athlete, library, [path]), device, quiet=quiet)
    files_or_line([path] if path else [], line, "a file to show")
    chosen = _chosen(form, out, expand=expand, for_runner=for_runner)
    choices = [*(f"`{one.extension}`" for one in _FORMS.values()), f"`{_EXPANDED.extension}` with --expand"]
    places = outputs.Places(out, chosen.extension, [] if form or expand else choices)
    item = Input(path) if path else places.typed()
    compiler = Compiler(chosen_device(device), athlete, library)
    found = compiler.file(item, "workout") if line is None else compiler.line(line, item.stem if out else None)
    workouts = _compiled(found, quiet)
    if out is not None:
        _write(item, workouts, chosen, places, paper, quiet)
    elif chosen.extension == ".txt":
        _say(workouts, for_runner=for_runner)
    elif chosen.apart and len(workouts) > 1:
        what = chosen.extension.removeprefix(".").upper()
        message = f"`{path}` has {len(workouts)} workouts, and each {what} is a file of its own"
        console.report([Diagnostic("several-workouts", message, None, ("name a file or a folder with -o",))])
        raise console.Failed
    else:
        console.say(*on_paper(chosen.extension, chosen.text(workouts), paper).removesuffix("\n").split("\n"))


def _chosen(form: str | None, out: Path | None, *, expand: bool, for_runner: bool) -> _Form:
    """The form asked for, else that of the file to write; wrong usage where options do not agree."""
    if expand and form not in (None, "text"):
        raise click.UsageError("--expand prints the language: leave --format out")
    asked = _EXPANDED if expand else _FORMS[form] if form else None
    ending = out.suffix.lower() if out and not os.path.isdir(out) else ""
    meant = next((one for one in (*_FORMS.values(), _EXPANDED) if one.extension == ending), None)
    if asked and meant and asked is not meant:
        wanted = "--expand" if expand else f"--format {form}"
        raise click.UsageError(f"{wanted} writes {asked.extension}, and `{out}` ends in {ending}")
    if not asked and meant is _EXPANDED:
        raise click.UsageError(f"`{out}` is written with --expand: {ending} is a workout in the language")
    chosen = asked or meant or _FORMS["text"]
    if out is None:
        in_a_file(chosen.extension)
    if not for_runner:
        return chosen
    if chosen.own is None:
        raise click.UsageError(f"--for-runner is for what people read, and this makes {chosen.extension}")
    return chosen._replace(text=chosen.own)


def _write(
    item: Input,
    workouts: Sequence[CompiledWorkout],
    form: _Form,
    places: outputs.Places,
    paper: str | None,
    quiet: bool,
) -> None:
    """All of them, to places that are all free; the first fault ends it."""
    from negsplit.desk import rendering

    groups = [[workout] for workout in workouts] if form.apart else [workouts]
    targets = [places.place(item, number) for number in range(1, len(groups) + 1)]
    faults = [fault for target in targets if (fault := places.take(target, item.path))]
    for target, group in zip(targets, groups, strict=True):
        text = "" if faults else on_paper(form.extension, form.text(group), paper)
        if not faults and (fault := rendering.write(target, form.extension, text)):
            faults.append(fault)
        if faults:
            console.report(faults)
            raise console.Failed
        if not quiet:
            console.say(f"{target}: {', '.join(workout.program.name for workout in group)}")


def _compiled(found: Compiled, quiet: bool) -> list[CompiledWorkout]:
    """The workouts; says what is wrong, and ends where that is an error."""
    console.report(found.diagnostics, quiet=quiet)
    if found.failed:
        raise console.Failed
    return [workout for workout in found.workouts if workout]


# --- Text --------------------------------------------------------------------------------------


class _Page(NamedTuple):
    """One workout in the terminal: its table, its drawing, which may hold colours, and what it comes to."""

    above: list[str]
    drawing: list[str]
    below: list[str]


def _page(workout: CompiledWorkout, width: int, *, colors: Colors | None, ascii: bool, for_runner: bool) -> _Page:
    from negsplit.preview.chart import chart

    unit = workout.runner.pace_unit
    drawing = chart(workout.profile, unit, width, colors=colors, ascii=ascii)
    who = f"for {workout.runner.name}" if workout.runner.name else ""
    head = who if for_runner else ", ".join(filter(None, (steps_text(workout.program), workout.fidelity, who)))
    return _Page(
        page(workout.program, unit, width, for_runner=for_runner),
        ["", *drawing] if drawing else [],
        [
            "",
            *wrapped(head, width),
            *estimate_lines(workout.estimate, unit, width, for_runner=for_runner),
            *(_paces(workout, width) if for_runner else []),
        ],
    )


def _paces(workout: CompiledWorkout, width: int) -> list[str]:
    from negsplit.preview.paces import lines

    return lines([workout.program], workout.runner.pace_unit, width)


def _say(workouts: Sequence[CompiledWorkout], *, for_runner: bool) -> None:
    from negsplit.preview.chart import CHARACTERS

    ascii = not console.can_write(CHARACTERS)
    for number, workout in enumerate(workouts):
        shown = _page(workout, console.width(), colors=console.colors(), ascii=ascii, for_runner=for_runner)
        console.say(*(["", ""] if number else []), *shown.above)
        if shown.drawing:
            console.draw(shown.drawing)
        console.say(*shown.below)


def _text(workouts: Sequence[CompiledWorkout], *, for_runner: bool = False) -> str:
    width = console.WIDTH_OF_FILES
    pages = (_page(workout, width, colors=None, ascii=False, for_runner=for_runner) for workout in workouts)
    return "\n\n".join("".join(f"{line}\n" for part in shown for line in part) for shown in pages)


# --- Other forms -------------------------------------------------------------------------------


def _json(workouts: Sequence[CompiledWorkout]) -> str:
    from negsplit.preview.data import program_data

    data = [
        {
            **program_data(workout.program, workout.estimate),
            "fidelity": workout.fidelity,
            "degraded": [one.message for one in workout.degraded],
        }
        for workout in workouts
    ]
    return json.dumps({"workouts": data}, indent=2) + "\n"


def _svg(workouts: Sequence[CompiledWorkout], *, for_runner: bool = False) -> str:
    from negsplit.preview.svg import svg

    [one] = workouts
    return svg(one.program, one.profile, one.estimate, one.runner.pace_unit, for_runner=for_runner)


def _expanded(workouts: Sequence[CompiledWorkout]) -> str:
    from negsplit.document.write import write

    return "---\n".join(write(workout.written_out) for workout in workouts)


class _Form(NamedTuple):
    """A form to show workouts in. ``text`` makes a whole file of them, or what one is drawn from; ``apart`` makes one
    for each. ``own`` makes it for whoever runs them."""

    extension: str
    text: Callable[[Sequence[CompiledWorkout]], str]
    apart: bool = False
    own: Callable[[Sequence[CompiledWorkout]], str] | None = None


_PAGE: Final = _Form(".html", pages.of_workouts, own=partial(pages.of_workouts, for_runner=True))
_PICTURE: Final = _Form(".svg", _svg, apart=True, own=partial(_svg, for_runner=True))
_FORMS: Final[Mapping[str, _Form]] = {
    "text": _Form(".txt", _text, own=partial(_text, for_runner=True)),
    "json": _Form(".json", _json),
    "svg": _PICTURE,
    "html": _PAGE,
    "png": _PICTURE._replace(extension=".png"),
    "pdf": _PAGE._replace(extension=".pdf"),
}
_EXPANDED: Final = _Form(".yaml", _expanded)
