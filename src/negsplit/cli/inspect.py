"""``negsplit inspect``: what stands in a FIT file."""

from __future__ import annotations

from pathlib import Path

import click

from negsplit.cli import console


@click.command("inspect", short_help="Decode a workout or schedule FIT file and explain it.")
@click.argument("path", metavar="FILE.fit", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--miles", is_flag=True, help="Paces per mile.")
def command(path: Path, miles: bool) -> None:
    """Decode any workout or schedule FIT file, and say where it breaks the rules of workout files."""
    from negsplit.formats.fit_profile import FILE_TYPE_SCHEDULE
    from negsplit.formats.fit_reader import FitReadError, read, read_file_id, read_schedule

    try:
        data = path.read_bytes()
        if read_file_id(data).type == FILE_TYPE_SCHEDULE:
            lines = _schedule(read_schedule(data))
        else:
            lines = _workout(read(data), data, "mi" if miles else "km")
    except FitReadError as error:
        raise click.ClickException(f"{path}: {error}") from None
    except OSError as error:
        raise click.ClickException(f"cannot read {path}: {error.strerror or error}") from None
    console.say("\n".join(lines))


def _workout(workout, data, unit):  # type: ignore[no-untyped-def]
    from negsplit.athlete.paces import NO_RUNNER
    from negsplit.estimate import estimate
    from negsplit.formats.fit_program import to_program
    from negsplit.formats.verify import verify
    from negsplit.preview.text import estimate_text, steps_text, table

    program, notes = to_program(workout)
    identity = workout.file_id
    created = f"{identity.created:%Y-%m-%d %H:%M} UTC" if identity.created else "unknown"
    lines = [
        f"{program.name or '(no name)'} ({program.sport.value.replace('_', ' ')})",
        *([program.notes] if program.notes else []),
        table(program, unit),
        f"{steps_text(program)}, {estimate_text(estimate(program, NO_RUNNER), unit)}",
        f"created {created}, serial number {identity.serial_number}, "
        f"manufacturer {identity.manufacturer}, product {identity.product}",
    ]
    if notes:
        lines += ["What a workout here cannot say:", *(f"  {note}" for note in notes)]
    if faults := verify(data):
        lines += ["Against the rules of workout files:", *(f"  {fault}" for fault in faults)]
    return lines
