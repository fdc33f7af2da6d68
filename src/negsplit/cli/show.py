"""``negsplit show``: what the watch will do."""

from __future__ import annotations

import json
from pathlib import Path

import click

from negsplit.athlete.paces import Runner
from negsplit.cli import console, outputs
from negsplit.cli.inputs import Athletes, Input, documents
from negsplit.cli.options import athlete_option, chosen_device, device_option
from negsplit.compile import CompiledWorkout, compile_documents
from negsplit.diagnostics import has_errors
from negsplit.units import PaceUnit

_EXTENSIONS = {"text": ".txt", "json": ".json"}


@click.command("show", short_help="Show what the watch will do, step by step.")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--expand", is_flag=True, help="Print the workout in the language, every generator written out.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("-o", "out", type=click.Path(path_type=Path), help="Write to a file, or into a folder.")
@athlete_option
@device_option
def command(path: Path, expand: bool, form: str, out: Path | None, athlete: str | None, device: str) -> None:
    """Show the steps of a workout with targets in the runner's units, and its totals."""
    if expand and form != "text":
        raise click.UsageError("--expand prints text: leave --format out")
    profile = chosen_device(device)
    item = Input(path)
    found, problems = documents(item)
    console.report(problems)
    if found is None:
        raise console.Failed
    athletes = Athletes(athlete)
    runner = athletes.runner(path)
    result = compile_documents(found, runner, profile)
    console.report(result.diagnostics)
    if runner is None or has_errors(result.diagnostics):
        raise console.Failed
    workouts = [workout for workout in result.workouts if workout]
    text = _expanded(workouts) if expand else _json(workouts) if form == "json" else _table(workouts, runner)
    if out is None:
        click.echo(text, nl=False) if form == "json" or expand else console.say(text.rstrip("\n"))
        return
    extension = ".yaml" if expand else _EXTENSIONS[form]
    target = out if outputs.is_file(out, extension) else out / f"{item.stem}{extension}"
    try:
        outputs.write_whole(target, text.encode())
    except OSError as error:
        raise click.ClickException(f"cannot write {target}: {error.strerror or error}") from None


def _table(workouts: list[CompiledWorkout], runner: Runner) -> str:
    from negsplit.preview.text import estimate_text, steps_text, table

    unit: PaceUnit = "mi" if runner.units == "imperial" else "km"
    parts = []
    for workout in workouts:
        program = workout.program
        head = f"{program.name} ({program.sport.value.replace('_', ' ')})"
        notes = f"{program.notes}\n" if program.notes else ""
        who = f"for {runner.name}, " if runner.name else ""
        totals = f"{who}{steps_text(program)}, {estimate_text(workout.estimate, unit)}, {workout.fidelity}"
        parts.append(f"{head}\n{notes}{table(program, unit)}\n{totals}\n")
    return "\n".join(parts)


def _json(workouts: list[CompiledWorkout]) -> str:
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


def _expanded(workouts: list[CompiledWorkout]) -> str:
    from negsplit.dsl.write import write

    return "---\n".join(write(workout.expanded) for workout in workouts)
