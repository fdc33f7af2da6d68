"""``negsplit inspect``: what stands in a FIT file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NoReturn

import click

from negsplit.athlete.paces import NO_RUNNER
from negsplit.cli import console
from negsplit.cli.inputs import SUFFIXES, unreadable
from negsplit.diagnostics import Diagnostic
from negsplit.estimate import estimate
from negsplit.formats.fit_profile import EPOCH, FILE_TYPE_SCHEDULE
from negsplit.formats.fit_program import to_program
from negsplit.formats.fit_reader import MAX_BYTES, FileId, FitReadError, ScheduledWorkout, read_file_id, read_schedule
from negsplit.formats.fit_reader import read as read_workout
from negsplit.formats.verify import verify
from negsplit.preview.text import estimate_text, page, steps_text, wrapped
from negsplit.units import PaceUnit

_MAKERS: Final = {1: "Garmin", 15: "Dynastream", 255: "development"}
_CONNECT: Final = (1, 65534)
_SCHEDULED: Final = {0: "workout", 1: "course"}


@click.command("inspect", short_help="Decode a workout or schedule FIT file and explain it.")
@click.argument("path", metavar="FILE.fit", type=click.Path(path_type=Path))
@click.option("--miles", is_flag=True, help="Paces per mile.")
@console.quiet_option
@console.color_option
def command(path: Path, miles: bool, quiet: bool) -> None:
    """Decode any workout or schedule FIT file, from a watch or anywhere else.

    Says too what of it a workout here cannot say, and how it differs from what negsplit itself writes; -q
    leaves both out.
    """
    data = _read(path)
    try:
        if read_file_id(data).type == FILE_TYPE_SCHEDULE:
            lines = _schedule(read_schedule(data))
        else:
            lines = _workout(data, "mi" if miles else "km", console.width(), quiet=quiet)
    except FitReadError as error:
        _fail(f"`{path}` is no sound workout or schedule file: {error}", path)
    console.say(*lines)


def _read(path: Path) -> bytes:
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        console.report([unreadable(path, error, (".fit",))])
        raise console.Failed from None
    if len(data) > MAX_BYTES:
        _fail(f"`{path}` has more than {MAX_BYTES} bytes: a workout file has far fewer", path)
    return data


def _fail(message: str, path: Path) -> NoReturn:
    help = (f"`negsplit show {path}` shows a workout in YAML",) if path.name.lower().endswith(SUFFIXES) else ()
    console.report([Diagnostic("not-a-workout-file", message, None, help)])
    raise console.Failed


def _workout(data: bytes, unit: PaceUnit, width: int, *, quiet: bool) -> list[str]:
    workout = read_workout(data)
    program, notes = to_program(workout)
    lines = page(program, unit, width, numbered=True)
    lines += ["", f"{steps_text(program)}, {estimate_text(estimate(program, NO_RUNNER), unit)}"]
    lines += wrapped(_identity(workout.file_id), width)
    if not quiet:
        lines += _list("What a workout here cannot say:", notes, width)
        lines += _list("Unlike what negsplit writes:", verify(data), width)
    return lines


def _list(title: str, texts: Iterable[str], width: int) -> list[str]:
    """A title and what stands under it; nothing where there is nothing."""
    lines = [line for text in texts for line in wrapped(text, width, "  ")]
    return ["", title, *lines] if lines else []


def _identity(identity: FileId) -> str:
    """What tells the file apart, numbers in words where they are known."""
    maker = _MAKERS.get(identity.manufacturer or 0)
    connect = (identity.manufacturer, identity.product) == _CONNECT
    return ", ".join(
        (
            f"created {_time(identity.created)}",
            f"serial number {_known(identity.serial_number)}",
            f"manufacturer {_known(identity.manufacturer)}" + (f" ({maker})" if maker else ""),
            f"product {_known(identity.product)}" + (" (Connect)" if connect else ""),
        )
    )


def _schedule(entries: list[ScheduledWorkout]) -> list[str]:
    """One line an entry: its day, and the file it means by number and time."""
    lines = [f"Schedule: {console.count(len(entries), 'entry', 'entries')}"]
    for entry in entries:
        day = f"{entry.scheduled:%Y-%m-%d %H:%M}" if entry.scheduled else "no day"
        kind = "nothing" if entry.type is None else _SCHEDULED.get(entry.type, f"type {entry.type}")
        created = None if entry.time_created is None else EPOCH + dt.timedelta(seconds=entry.time_created)
        number = f"serial number {_known(entry.serial_number)}"
        lines.append(f"  {day}  {kind}, {number}, created {_time(created)}{', completed' if entry.completed else ''}")
    return lines


def _time(time: dt.datetime | None) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC" if time else "unknown"


def _known(number: int | None) -> str:
    return "unknown" if number is None else str(number)
