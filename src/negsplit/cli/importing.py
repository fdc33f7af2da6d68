"""``negsplit import``: workouts and plans of other programs, as files of the language."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import click

from negsplit.cli import console
from negsplit.desk import outputs
from negsplit.desk.inputs import unreadable
from negsplit.diagnostics import Diagnostic, Severity
from negsplit.files.reading import read
from negsplit.formats.foreign import ForeignOptions
from negsplit.formats.foreign_file import MOST_BYTES

if TYPE_CHECKING:
    from negsplit.foreign import ForeignResult, Imported, Verdict

FORMS: Final = ("connect", "intervals")
"""What `--from` takes: the names of :data:`negsplit.foreign.READERS`, without loading any."""
_SAID: Final[dict[Verdict, str]] = {
    "exact": "exact",
    "degraded": "degraded",
    "refused": "refused",
    "other sport": "of other sports",
}


@click.command("import", cls=console.Command, short_help="Bring in workouts and plans of other programs.")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(readable=False, path_type=Path))
@click.option("-o", "out", type=click.Path(readable=False, path_type=Path), help="A .workout.yaml file, or a folder.")
@click.option("--from", "form", type=click.Choice(FORMS), help="What the files are, if they do not say so themselves.")
@click.option("--start", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="When the plan begins.")
@click.option(
    "--race", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="The day of the race the plan ends with."
)
@click.option("--workouts-only", is_flag=True, help="Leave the days out.")
@click.option("--units", type=click.Choice(["metric", "imperial"]), help="Those of paces without a unit.")
@click.option("--strict", is_flag=True, help="End with status 1 unless everything is exact.")
@console.quiet_option
@console.color_option
def command(
    paths: tuple[Path, ...],
    out: Path | None,
    form: str | None,
    start: dt.datetime | None,
    race: dt.datetime | None,
    workouts_only: bool,
    units: Literal["metric", "imperial"] | None,
    strict: bool,
    quiet: bool,
) -> None:
    """Write what is in files of other programs as workouts and plans, never over another file.

    Each workout is exact, degraded (what is different is said) or refused (why is said).

    \b
    negsplit import tempo.json
    negsplit import plan.csv -o spring --start 2027-01-04
    """
    from negsplit.foreign import Schedule, read_foreign

    schedule = None if workouts_only else Schedule(start and start.date(), race and race.date())
    options = ForeignOptions(units=units)
    data = {str(path): content for path in paths if (content := _read(path)) is not None}
    results = read_foreign(data, form=form, options=options, schedule=schedule)
    console.report([one for result in results for one in _messages(result)], quiet=quiet)
    faults = _written(results, out, quiet=quiet)
    console.report(faults)
    verdicts = Counter(one.verdict for result in results for one in result.workouts)
    if not quiet and verdicts.total() > 1:
        console.say(", ".join(f"{verdicts[name]} {said}" for name, said in _SAID.items() if verdicts[name]))
    has_errors = any(one.severity is Severity.ERROR for result in results for one in _messages(result))
    if has_errors or faults or len(data) < len(paths) or (strict and verdicts["degraded"]):
        raise console.Failed


def _read(path: Path) -> bytes | None:
    try:
        return read(path, MOST_BYTES)
    except OSError as error:
        console.report([unreadable(path, error, ())])
        return None


def _messages(result: ForeignResult) -> Iterator[Diagnostic]:
    yield from result.diagnostics
    for one in result.workouts:
        yield from one.messages


def _written(results: Sequence[ForeignResult], out: Path | None, *, quiet: bool) -> list[Diagnostic]:
    """Writes all documents, each whole and none over another; what could not be written."""
    texts = {name: text for result in results for name, text in result.texts.items()}
    if out is None and len(texts) <= 1 and not any(result.plan for result in results):
        console.say(*(line for text in texts.values() for line in text.removesuffix("\n").split("\n")))
        return []
    if out is None:
        raise click.UsageError(f"{len(texts)} workouts need a folder: add `-o DIR`")
    faults: list[Diagnostic] = []
    for result in results:
        for name, one in zip(result.paths, result.workouts, strict=True):
            if name is not None:
                faults += _write(out / ("workouts" if result.plan else "") / name, one.text, _about(one), quiet=quiet)
        if result.plan:
            faults += _write(out / result.plan_path, result.plan, "the plan", quiet=quiet)
    return faults


def _about(one: Imported) -> str:
    return f"{one.name}, {one.verdict}"


def _write(path: Path, text: str, about: str, *, quiet: bool) -> list[Diagnostic]:
    if path.exists():
        return [Diagnostic("exists", f"`{path}` is already there", None, ("give another folder with -o",))]
    if fault := outputs.write_whole(path, text.encode()):
        return [fault]
    if not quiet:
        console.say(f"{path}: {about}")
    return []
