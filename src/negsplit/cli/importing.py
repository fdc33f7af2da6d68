"""``negsplit import``: workouts and plans of other programs, as files of the language."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import click

from negsplit.cli import console
from negsplit.desk import drafts, outputs
from negsplit.desk.inputs import SUFFIXES, unreadable
from negsplit.diagnostics import Diagnostic, Severity, has_errors
from negsplit.files.reading import read
from negsplit.formats.foreign import ForeignOptions
from negsplit.formats.foreign_file import MOST_BYTES, MOST_BYTES_IN_ALL
from negsplit.formats.zwo.paces import BASES
from negsplit.limits import MOST_SPLITS

if TYPE_CHECKING:
    from negsplit.compile import CompiledWorkout
    from negsplit.foreign import ForeignResult, Imported, Verdict

FORMS: Final = ("connect", "intervals", "quickplan", "garmintools", "apsureda", "zwo", "fit", "text")
"""What `--from` takes: the names of :data:`negsplit.foreign.READERS`, without loading any."""
SAID: Final[dict[Verdict, str]] = {
    "exact": "exact",
    "degraded": "degraded",
    "refused": "refused",
    "other sport": "of other sports",
}


@click.command("import", cls=console.Command, short_help="Bring in workouts and plans of other programs.")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(readable=False, path_type=Path))
@click.option("-o", "out", type=click.Path(readable=False, path_type=Path), help="A .workout.yaml file, or a folder.")
@click.option("--from", "form", type=click.Choice(FORMS), help="What the files are, if negsplit cannot tell.")
@click.option("--start", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="When the plan begins.")
@click.option(
    "--race", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="The day of the race that the plan ends with."
)
@click.option("--workouts-only", is_flag=True, help="Write no plan, only its workouts.")
@click.option(
    "--units",
    type=click.Choice(["metric", "imperial"]),
    help="What paces without a unit are in: per kilometre or per mile.",
)
@click.option("--dates", type=click.Choice(["day-first", "month-first"]), help="Which number of 3/4/2027 is the day.")
@click.option("--base", type=click.Choice(BASES), help="The pace that shares are of, if a ZWO file does not say.")
@click.option(
    "--ramps",
    metavar="N",
    type=click.IntRange(2, MOST_SPLITS),
    help="Cut each ramp, a steady change of pace, into N splits.",
)
@click.option("--miles", is_flag=True, help="Write paces per mile, if the file has none of its own, only speeds.")
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
    dates: Literal["day-first", "month-first"] | None,
    base: str | None,
    ramps: int | None,
    miles: bool,
    strict: bool,
    quiet: bool,
) -> None:
    """Turn files of other programs into workouts and plans. No other file is written over.

    Each workout is exact, degraded (something is different, and you are told what) or refused (you are told why). A
    single workout is printed; with -o it goes into a file. Several workouts, or a plan, go into a folder.

    \b
    negsplit import tempo.json
    negsplit import library.json -o library
    negsplit import plan.csv -o spring --start 2027-01-04
    """
    from negsplit.foreign import Schedule, read_foreign

    if start and race:
        raise click.UsageError("a plan begins with --start or ends with --race: give one of them")
    schedule = None if workouts_only else Schedule(start and start.date(), race and race.date())
    data, faults = _read(paths)
    options = ForeignOptions(units=units, base=base or "", ramps=ramps or 0, dates=dates)
    results = read_foreign(data, form=form, options=options, schedule=schedule, unit="mi" if miles else "km")
    found = documents(results, out)
    messages = [*faults, *(one for result in results for one in _messages(result)), *_for_others(found)]
    if (start or race) and not any(result.plan for result in results) and not has_errors(messages):
        messages.append(_no_plan("--start" if start else "--race"))
    console.report(messages, quiet=quiet)
    faults = _written(found, is_printed=out is None, quiet=quiet)
    console.report(faults)
    verdicts = Counter(one.verdict for result in results for one in result.workouts)
    if not quiet and not faults and verdicts.total() > 1:
        console.say(", ".join(f"{verdicts[name]} {said}" for name, said in SAID.items() if verdicts[name]))
    for line in look(found) if out and not quiet and not faults else ():
        console.say(line)
    if has_errors([*messages, *faults]) or (strict and verdicts["degraded"]):
        raise console.Failed


def _read(paths: Sequence[Path]) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """The files by their names, and why some are not read."""
    found: dict[str, bytes] = {}
    faults: list[Diagnostic] = []
    for path in paths:
        try:
            found[str(path)] = read(path, MOST_BYTES)
        except OSError as error:
            faults.append(unreadable(path, error, ()))
        if sum(map(len, found.values())) > MOST_BYTES_IN_ALL:
            del found[str(path)]
            message = f"`{path}` and what follows is not read: more than {MOST_BYTES_IN_ALL // 1_000_000} MB in all"
            return found, [*faults, Diagnostic("too-large", message, None, ("import fewer files at a time",))]
    return found, faults


def _messages(result: ForeignResult) -> Iterator[Diagnostic]:
    yield from result.diagnostics
    for one in result.workouts:
        yield from one.messages


# --- What is written -----------------------------------------------------------------------------


class Document(NamedTuple):
    """A text and where it goes; ``compiled`` is None for that of a plan."""

    path: Path
    text: str
    about: str
    compiled: CompiledWorkout | None = None


def documents(results: Sequence[ForeignResult], out: Path | None) -> list[Document]:
    """All that is to be written, each text once; wrong usage where it does not fit to ``-o``."""
    places = outputs.Places(out, ".yaml", [f"`{suffix}`" for suffix in SUFFIXES])
    found = {one.path: one for result in results for one in _of(result, places.out or Path())}
    is_file = any(outputs.is_file(out, suffix) for suffix in SUFFIXES)
    if len(found) > 1 and (out is None or is_file):
        what = "a plan and its workouts" if any(result.plan for result in results) else f"{len(found)} workouts"
        raise click.UsageError(f"{what} need a folder: add `-o DIR`")
    return [one._replace(path=out) if is_file and out else one for one in found.values()]


def _of(result: ForeignResult, folder: Path) -> Iterator[Document]:
    for name, one in zip(result.paths, result.workouts, strict=True):
        if name is not None:
            path = folder / ("workouts" if result.plan else "") / name
            yield Document(path, one.text, _about(one), one.compiled)
    if result.plan:
        yield Document(folder / result.plan_path, result.plan, "the plan")


def _about(one: Imported) -> str:
    """``Easy, 1 step, exact``."""
    from negsplit.preview.text import steps_text

    assert one.compiled is not None
    program = one.compiled.program
    return f"{program.name}, {steps_text(program)}, {one.verdict}"


def _no_plan(option: str) -> Diagnostic:
    message = f"no plan is written: `{option}` changes nothing"
    return Diagnostic("no-effect", message, severity=Severity.NOTE)


def look(documents: Sequence[Document]) -> list[str]:
    """What shows the plan that was written, if there is one."""
    plans = [one.path for one in documents if one.compiled is None]
    return [f"next: `negsplit plan show {drafts.pasted(path)}` prints it as a calendar" for path in plans]


def _for_others(documents: Sequence[Document]) -> Iterator[Diagnostic]:
    """Notes on what the athlete beside a file changes."""
    from negsplit.desk.for_others import for_others
    from negsplit.desk.runners import Runners

    runners = Runners()
    for one in documents:
        for note in for_others(one.text, one.compiled, one.path, runners) if one.compiled else ():
            yield Diagnostic("differs", f"{one.path}: {note}", severity=Severity.NOTE)


def _written(documents: Sequence[Document], *, is_printed: bool, quiet: bool) -> list[Diagnostic]:
    """Prints or writes all documents; what could not be written."""
    if not is_printed:
        return write_new(documents, quiet=quiet)
    console.say(*(line for one in documents for line in one.text.removesuffix("\n").split("\n")))
    return []


def write_new(documents: Sequence[Document], *, quiet: bool) -> list[Diagnostic]:
    """Writes documents, each whole and none over another, and says what is written; what could not be.

    With a plan, all or nothing: it names its workouts by their paths, and another file may stand there.
    """
    has_plan = any(one.compiled is None for one in documents)
    faults = [fault for one in documents if has_plan and (fault := outputs.in_the_way(one.path, one.text.encode()))]
    for one in documents if not faults else ():
        if fault := outputs.write_new(one.path, one.text.encode()):
            faults.append(fault)
            if has_plan:
                break
        elif not quiet:
            console.say(f"{one.path}: {one.about}")
    return faults
