"""``negsplit show``: what the watch will do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from negsplit.athlete.paces import Runner
from negsplit.cli import console, outputs
from negsplit.cli.athletes import Athletes
from negsplit.cli.inputs import Input, documents
from negsplit.cli.options import athlete_option, chosen_device, device_option
from negsplit.compile import CompiledWorkout, compile_documents
from negsplit.diagnostics import has_errors
from negsplit.lower import Device
from negsplit.preview.text import estimate_text, page, steps_text, wrapped
from negsplit.units import PaceUnit

_EXTENSIONS = {"text": ".txt", "json": ".json"}
_EXPANDED = ".yaml"


@click.command("show", short_help="Show what the watch will do, step by step.")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--expand", is_flag=True, help="Print the workout in the language, every generator written out.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="A table for people, or data for programs.",
)
@click.option("-o", "out", type=click.Path(path_type=Path), help="Write to a .txt, .json or .yaml file, or a folder.")
@athlete_option
@device_option
@console.quiet_option
@console.color_option
def command(
    path: Path, expand: bool, form: str, out: Path | None, athlete: str | None, device: str, quiet: bool
) -> None:
    """Show the steps of a workout with targets in the runner's units, and its totals.

    \b
    negsplit show thirds.workout.yaml --athlete "5 km in 22:30"
    negsplit show thirds.workout.yaml --format json -o thirds.json
    """
    if expand and form != "text":
        raise click.UsageError("--expand prints the language: leave --format out")
    profile = chosen_device(device)
    item = Input(path)
    workouts, runner = _compiled(item, Athletes(athlete), profile, quiet)
    if expand:
        lines = _expanded(workouts)
    elif form == "json":
        lines = _json(workouts)
    else:
        lines = list(_pages(workouts, runner, console.width(out)))
    if out is None:
        console.say(*lines)
        return
    extension = _EXPANDED if expand else _EXTENSIONS[form]
    places = outputs.Places(out, extension)
    target = places.place(item)
    text = "".join(f"{line}\n" for line in lines)
    if fault := places.take(target, path) or outputs.write_whole(target, text.encode()):
        console.report([fault])
        raise console.Failed
    if not quiet:
        console.say(f"{target}: {', '.join(workout.program.name for workout in workouts)}")


def _compiled(item: Input, athletes: Athletes, device: Device, quiet: bool) -> tuple[list[CompiledWorkout], Runner]:
    """The workouts of a file and their runner; says what is wrong, and ends where that is an error."""
    found, problems = documents(item)
    console.report(problems, quiet=quiet)
    if found is None:
        raise console.Failed
    runner, problems = athletes.runner(item.path)
    console.report(problems, quiet=quiet)
    result = compile_documents(found, runner, device)
    console.report(result.diagnostics, quiet=quiet)
    if runner is None or has_errors(result.diagnostics):
        raise console.Failed
    return [workout for workout in result.workouts if workout], runner


def _pages(workouts: list[CompiledWorkout], runner: Runner, width: int) -> Iterator[str]:
    unit: PaceUnit = "mi" if runner.units == "imperial" else "km"
    who = f"for {runner.name}: " if runner.name else ""
    for number, workout in enumerate(workouts):
        if number:
            yield from ("", "")
        yield from page(workout.program, unit, width)
        totals = f"{steps_text(workout.program)}, {estimate_text(workout.estimate, unit)}, {workout.fidelity}"
        yield from ("", *wrapped(f"{who}{totals}", width))


def _json(workouts: list[CompiledWorkout]) -> list[str]:
    from negsplit.preview.data import program_data

    data = [
        {
            **program_data(workout.program, workout.estimate),
            "fidelity": workout.fidelity,
            "degraded": [one.message for one in workout.degraded],
        }
        for workout in workouts
    ]
    return json.dumps({"workouts": data}, indent=2).split("\n")


def _expanded(workouts: list[CompiledWorkout]) -> list[str]:
    from negsplit.dsl.write import write

    return "---\n".join(write(workout.expanded) for workout in workouts).removesuffix("\n").split("\n")
