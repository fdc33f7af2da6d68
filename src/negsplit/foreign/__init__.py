"""Foreign files to documents of the language: sniffed, read, written, compiled and compared.

Nothing here touches the disk or the terminal, and what is wrong with a file is a diagnostic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from negsplit.compile import device
from negsplit.diagnostics import Diagnostic, Report, Severity
from negsplit.document.workouts import begins_as
from negsplit.foreign.paths import PLAN, WORKOUT, Paths
from negsplit.foreign.plan_text import NO_SCHEDULE, Schedule, plan_text
from negsplit.foreign.readers import BY_NAME, READERS, readers_of
from negsplit.foreign.verdict import Imported, Verdict, imported, page
from negsplit.formats.foreign import MOST_WORKOUTS, NO_OPTIONS, ForeignOptions, ForeignPlan, Found, Reader
from negsplit.formats.foreign_file import FALLBACK, MOST_BYTES, ForeignFile
from negsplit.frozen import dataclass
from negsplit.units import PaceUnit

__all__ = ["READERS", "ForeignResult", "Imported", "Schedule", "Verdict", "of_calendar", "read_foreign"]

WORKOUTS: Final = "workouts/"
"""The folder below that of a plan in which the workouts are that it uses."""

_NO_TEXTS: Final = (b"%PDF", b"PK\x03\x04")
"""How a PDF and a packed document (of Word, say) begin."""
_RECORDED: Final = "<gpx"


@dataclass(frozen=True, slots=True)
class ForeignResult:
    """What came of a file or a book: a document for each workout, and one for the plan where there is one.

    ``paths`` are what the files of the workouts are called (None for one that is not written), ``texts`` the documents
    by these names.
    """

    form: str
    workouts: tuple[Imported, ...]
    paths: tuple[str | None, ...]
    texts: Mapping[str, str]
    plan: str
    plan_path: str
    diagnostics: tuple[Diagnostic, ...]


def read_foreign(
    files: Mapping[str, bytes],
    *,
    form: str | None = None,
    options: ForeignOptions = NO_OPTIONS,
    schedule: Schedule | None = NO_SCHEDULE,
    unit: PaceUnit = "km",
) -> list[ForeignResult]:
    """Reads files of other programs by their names, and writes each of their workouts in the language.

    A file is read in the form that its content shows, or all in that of the reader called ``form``, one of
    :data:`READERS` (KeyError for another). ``schedule`` is when a plan begins or its race is; None asks for no plan.
    ``unit`` is that of paces in the names of steps. What is wrong with a file is a diagnostic of its result.
    """
    paths = Paths()
    return [
        _result(reader, group, report, options, schedule, unit, paths)
        for reader, group, report in _groups([ForeignFile(*item) for item in files.items()], form)
    ]


def _groups(
    files: Sequence[ForeignFile], form: str | None
) -> Iterator[tuple[Reader | None, list[ForeignFile], Report]]:
    """Files with the reader that takes them, all of a book together; None, with an error, where none or several do."""
    books: dict[str, list[ForeignFile]] = {}
    for file in files:
        report = Report()
        reader = _reader(file, form, report)
        if reader is None or not reader.is_book:
            yield reader, [file], report
        else:
            books.setdefault(reader.name, []).append(file)
    for name, group in books.items():
        yield BY_NAME[name], group, Report()


def _reader(file: ForeignFile, form: str | None, report: Report) -> Reader | None:
    if len(file.data) > MOST_BYTES:
        report.error("too-large", f"`{file.name}` is larger than {MOST_BYTES // 1_000_000} MB", None, "split it")
        return None
    found = [BY_NAME[form]] if form else readers_of(file)
    if len(found) == 1:
        return found[0]
    if not found and (kind := begins_as(file.data)):
        message = f"`{file.name}` is {'an' if kind == 'athlete' else 'a'} {kind} of negsplit: nothing to import"
        report.error("foreign-form", message, None, f"use it as it is: `negsplit {file.name}` shows it")
        return None
    what, *help = ("could be one of several forms", "say which:", *_named(found)) if found else _unknown(file)
    report.error("foreign-form", f"`{file.name}` {what}", None, *help)
    return None


def _named(readers: Iterable[Reader]) -> Iterator[str]:
    return (f"`--from {one.name}`: {one.about}" for one in readers)


def _unknown(file: ForeignFile) -> tuple[str, ...]:
    """What is said of a file that no reader takes for its own, and what to do about it."""
    text = file.source.text.strip()
    if not text:
        return "is empty", "save it again in the program that it comes from"
    if 0 in file.data or file.data.startswith(_NO_TEXTS):
        return "is not text, so it cannot be read", "save a table as CSV; copy the words of a mail into a `.txt` file"
    if _RECORDED in text:
        return "is a GPX file: a route or a run that is over, not a workout", "export the workout itself"
    if file.name.lower().endswith(BY_NAME["text"].suffix):
        return (
            "does not say what it is",
            "for a coach's mail, add `--from text`; if it is something else, say so:",
            *_named(READERS[:-1]),
        )
    return "is in no form that can be imported", "if you know what it is, say so:", *_named(READERS)


def _result(
    reader: Reader | None,
    group: Sequence[ForeignFile],
    report: Report,
    options: ForeignOptions,
    schedule: Schedule | None,
    unit: PaceUnit,
    paths: Paths,
) -> ForeignResult:
    if reader is None:
        return ForeignResult("", (), (), {}, "", "", tuple(report.diagnostics))
    found = reader.read(group, options)
    report.extend([*_decoded(reader, group), *found.messages])
    if len(found.workouts) > MOST_WORKOUTS:
        message = f"`{group[0].name}` has {len(found.workouts)} workouts, {MOST_WORKOUTS} are read at most"
        report.error("too-large", message, found.workouts[MOST_WORKOUTS].span, "split it")
        return ForeignResult(reader.name, (), (), {}, "", "", tuple(report.diagnostics))
    on = device() if reader.is_for_watch else page()
    workouts = tuple(imported(one, unit, on=on, at=group[0].name) for one in found.workouts)
    return _written(reader.name, workouts, found.plan, schedule, paths, report)


def of_calendar(form: str, found: Found, messages: Iterable[Diagnostic] = ()) -> ForeignResult:
    """What was found elsewhere than in a file, such as in an account, with days that have dates."""
    workouts = tuple(map(imported, found.workouts))
    return _written(form, workouts, found.plan, NO_SCHEDULE, Paths(), Report([*messages, *found.messages]))


def _written(
    form: str,
    workouts: tuple[Imported, ...],
    days: ForeignPlan | None,
    schedule: Schedule | None,
    paths: Paths,
    report: Report,
) -> ForeignResult:
    names = tuple(paths.of(one.name, one.text, WORKOUT) if one.text else None for one in workouts)
    texts = {name: one.text for name, one in zip(names, workouts, strict=True) if name}
    plan, plan_path = "", ""
    if days is not None and schedule is not None:
        used = tuple(name and f"{WORKOUTS}{name}" for name in names)
        in_folder = {f"{WORKOUTS}{name}": text for name, text in texts.items()}
        plan = plan_text(days, used, in_folder, schedule, report)
        plan_path = paths.of(days.name, plan, PLAN) if plan else ""
    return ForeignResult(form, workouts, names, texts, plan, plan_path, tuple(report.diagnostics))


def _decoded(reader: Reader, group: Sequence[ForeignFile]) -> Iterator[Diagnostic]:
    """A note on texts that do not say what they are written in, and are not in UTF-8; no text has zeros in it."""
    for file in group:
        if not reader.is_for_watch and file.encoding == FALLBACK and 0 not in file.data:
            message = f"`{file.name}` is not in UTF-8: read as Windows-1252; look at the letters beyond a to z"
            yield Diagnostic("differs", message, severity=Severity.NOTE)
