"""Foreign files to documents of the language: sniffed, read, written, compiled and compared.

Nothing here touches the disk or the terminal, and what is wrong with a file is a diagnostic.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from negsplit.diagnostics import Diagnostic, Report, listed
from negsplit.document.settings import from_name
from negsplit.foreign.paths import PLAN, paths
from negsplit.foreign.plan_text import NO_SCHEDULE, Schedule, plan_text
from negsplit.foreign.readers import BY_NAME, READERS, readers_of
from negsplit.foreign.verdict import Imported, Verdict, imported
from negsplit.formats.foreign import NO_OPTIONS, ForeignOptions, Reader
from negsplit.formats.foreign_file import MOST_BYTES, ForeignFile
from negsplit.frozen import dataclass
from negsplit.units import PaceUnit

__all__ = ["READERS", "ForeignResult", "Imported", "Schedule", "Verdict", "read_foreign"]

WORKOUTS: Final = "workouts/"
"""The folder below that of a plan in which the workouts are that it uses."""


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
    """Reads files by their names, each in the form that it is in, or all in that of the reader called ``form``.

    ``schedule`` is when a plan begins or its race is; None asks for no plan. ``unit`` is that of paces in the names
    of steps.
    """
    return [
        _result(reader, group, report, options, schedule, unit)
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
    known = listed([f"`--from {one.name}` ({one.about})" for one in found or READERS], "or")
    what = "could be one of several forms" if found else "is in no form that can be imported"
    report.error("foreign-form", f"`{file.name}` {what}", None, f"if you know better, say it: {known}")
    return None


def _result(
    reader: Reader | None,
    group: Sequence[ForeignFile],
    report: Report,
    options: ForeignOptions,
    schedule: Schedule | None,
    unit: PaceUnit,
) -> ForeignResult:
    if reader is None:
        return ForeignResult("", (), (), {}, "", "", tuple(report.diagnostics))
    found = reader.read(group, options)
    report.extend(found.messages)
    workouts = tuple(imported(one, unit) for one in found.workouts)
    names = tuple(paths(workouts))
    texts = {name: one.text for name, one in zip(names, workouts, strict=True) if name}
    plan, plan_path = "", ""
    if found.plan is not None and schedule is not None:
        used = tuple(name and f"{WORKOUTS}{name}" for name in names)
        in_folder = {f"{WORKOUTS}{name}": text for name, text in texts.items()}
        plan = plan_text(found.plan, used, in_folder, schedule, report)
        plan_path = f"{from_name(found.plan.name) or 'plan'}{PLAN}"
    return ForeignResult(reader.name, workouts, names, texts, plan, plan_path, tuple(report.diagnostics))
