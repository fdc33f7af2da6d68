"""``negsplit inspect``: what stands in a FIT file, in words or in the language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NoReturn

import click

from negsplit.athlete.paces import NO_RUNNER
from negsplit.cli import console
from negsplit.desk import outputs
from negsplit.desk.inputs import SUFFIXES, Input, unreadable
from negsplit.desk.runners import Runners
from negsplit.diagnostics import Diagnostic, Severity
from negsplit.estimate.estimate import estimate
from negsplit.files.reading import read
from negsplit.formats.fit.profile import EPOCH, FILE_TYPE_SCHEDULE
from negsplit.formats.fit.program import left_out_texts, remarks, to_program
from negsplit.formats.fit.read import (
    MAX_BYTES,
    FitReadError,
    FitWorkout,
    ScheduledWorkout,
    left_out_of_schedule,
    read_file_id,
    read_schedule,
)
from negsplit.formats.fit.read import read as read_workout
from negsplit.formats.fit.verify import verify
from negsplit.preview.text import estimate_text, page, steps_text, wrapped
from negsplit.units import PaceUnit

_MAKERS: Final = {1: "Garmin", 15: "Dynastream", 255: "development"}
_CONNECT: Final = (1, 65534)
_WORKOUT: Final = ".workout.yaml"
_SCHEDULED: Final = {0: "workout", 1: "course"}


@click.command("inspect", cls=console.Command, short_help="Show what is in a workout or schedule FIT file.")
@click.argument("path", metavar="FILE.fit", type=click.Path(readable=False, path_type=Path))
@click.option("--miles", is_flag=True, help="Show paces per mile.")
@click.option("--as-yaml", is_flag=True, help="Print the workout as YAML, ready to change and compile.")
@click.option(
    "-o",
    "out",
    type=click.Path(readable=False, path_type=Path),
    help="With --as-yaml: write a .yaml file, or into a folder.",
)
@console.quiet_option
@console.color_option
def command(path: Path, miles: bool, as_yaml: bool, out: Path | None, quiet: bool) -> None:
    """Decode any workout or schedule FIT file, from a watch or anywhere else.

    Says too what of it is not used, what a workout here cannot say, and how it differs from what negsplit
    itself writes; -q leaves that out.

    \b
    negsplit inspect tempo.fit
    negsplit inspect tempo.fit --as-yaml -o tempo.workout.yaml
    """
    if out is not None and not as_yaml:
        raise click.UsageError("-o goes with --as-yaml")
    data = _read(path)
    unit: PaceUnit = "mi" if miles else "km"
    if as_yaml:
        _write_yaml(path, data, unit, out, quiet=quiet)
        return
    try:
        is_schedule = read_file_id(data).type == FILE_TYPE_SCHEDULE
        width = console.width()
        lines = _schedule(data, width, quiet=quiet) if is_schedule else _workout(data, unit, width, quiet=quiet)
    except FitReadError as error:
        _fail(f"`{path}` is not a valid workout or schedule file: {error}", path)
    console.say(*lines)


def _read(path: Path) -> bytes:
    try:
        data = read(path, MAX_BYTES)
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
    lines += wrapped(_identity(workout), width)
    if not quiet:
        lines += _list("In the file, but not used:", remarks(workout), width)
        lines += _list("Cannot be written as YAML:", notes, width)
        lines += _list("Different from what negsplit writes:", verify(data), width)
    return lines


def _write_yaml(path: Path, data: bytes, unit: PaceUnit, out: Path | None, *, quiet: bool) -> None:
    """The workout in the language, printed or in a file, and what is otherwise in the file that it was read from."""
    from negsplit.desk.for_others import for_others
    from negsplit.foreign import read_foreign

    item = Input(path)
    places = outputs.Places(out, _WORKOUT, [f"`{suffix}`" for suffix in SUFFIXES])
    target = out if out and any(outputs.is_file(out, suffix) for suffix in SUFFIXES) else places.place(item)
    (result,) = read_foreign({str(path): data}, form="fit", unit=unit)
    (found,) = result.workouts
    others = for_others(found.text, found.compiled, target, Runners()) if found.compiled else []
    notes = (Diagnostic("differs", f"{path}: {one}", severity=Severity.NOTE) for one in others)
    console.report([*found.messages, *notes], quiet=quiet)
    if found.compiled is None:
        raise console.Failed
    if out is None:
        console.say(*found.text.removesuffix("\n").split("\n"))
        return
    fault = _kept(target) if target != out else None
    if fault := fault or places.take(target, path) or outputs.write_whole(target, found.text.encode()):
        console.report([fault])
        raise console.Failed
    if not quiet:
        program = found.compiled.program
        console.say(f"{target}: {program.name}, {steps_text(program)}")


def _kept(target: Path) -> Diagnostic | None:
    """A workout that may have been written by hand is written over only where it is named."""
    if not target.exists():
        return None
    help = f"to overwrite it, name it: `-o {target}`"
    return Diagnostic("exists", f"`{target}` is already there", None, (help,))


def _list(title: str, texts: Iterable[str], width: int) -> list[str]:
    """A title and what stands under it; nothing where there is nothing."""
    lines = [line for text in texts for line in wrapped(text, width, "  ")]
    return ["", title, *lines] if lines else []


def _identity(workout: FitWorkout) -> str:
    """What tells the file apart, numbers in words where they are known."""
    identity, software = workout.file_id, workout.software
    maker = _MAKERS.get(identity.manufacturer or 0)
    connect = (identity.manufacturer, identity.product) == _CONNECT
    return ", ".join(
        (
            f"created {_time(identity.created)}",
            f"serial number {_known(identity.serial_number)}",
            f"manufacturer {_known(identity.manufacturer)}" + (f" ({maker})" if maker else ""),
            f"product {_known(identity.product)}" + (" (Connect)" if connect else ""),
            *((f"software {software}",) if software is not None else ()),
        )
    )


def _schedule(data: bytes, width: int, *, quiet: bool) -> list[str]:
    """One line an entry: its day, and the file it means by number and time."""
    entries = read_schedule(data)
    lines = [f"Schedule: {console.count(len(entries), 'entry', 'entries')}"]
    for entry in entries:
        day = f"{entry.scheduled:%Y-%m-%d %H:%M}" if entry.scheduled else "no day"
        kind = "nothing" if entry.type is None else _SCHEDULED.get(entry.type, f"type {entry.type}")
        created = None if entry.time_created is None else EPOCH + dt.timedelta(seconds=entry.time_created)
        number = f"serial number {_known(entry.serial_number)}"
        lines.append(f"  {day}  {kind}, {number}, created {_time(created)}{', completed' if entry.completed else ''}")
    if not quiet:
        texts = left_out_texts(left_out_of_schedule(data)) + _unknown_fields(entries)
        lines += _list("In the file, but not used:", texts, width)
    return lines


def _unknown_fields(entries: Iterable[ScheduledWorkout]) -> list[str]:
    """``3 values in unknown fields of the entries (7, 10) left out``."""
    numbers = [number for entry in entries for number in entry.other]
    fields = ", ".join(map(str, sorted(set(numbers))))
    values = console.count(len(numbers), "value")
    return [f"{values} in unknown fields of the entries ({fields}) not shown"] if numbers else []


def _time(time: dt.datetime | None) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC" if time else "unknown"


def _known(number: int | None) -> str:
    return "unknown" if number is None else str(number)
