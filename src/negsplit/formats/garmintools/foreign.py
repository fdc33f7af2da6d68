"""Books of GarminTools as workouts and a plan with dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Final

from negsplit.diagnostics import Report, Source, meant
from negsplit.formats.csv_cells import Cell, rows
from negsplit.formats.foreign import (
    MOST_MISTAKES,
    MOST_PROPOSED,
    ForeignDay,
    ForeignOptions,
    ForeignPlan,
    ForeignSession,
    ForeignWorkout,
    Found,
    Reader,
)
from negsplit.formats.foreign_file import ForeignFile
from negsplit.formats.garmintools.dates import read_dates
from negsplit.formats.garmintools.language import is_rest, read_expression, read_range
from negsplit.formats.garmintools.sheets import Sheet, kind_of, read_sheet
from negsplit.formats.own_names import own_names, say_renamed
from negsplit.model import Item, Repeat, Sport, Step, Workout
from negsplit.targets import Named, PaceTarget

_OLD_BOOK, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
"""How an .xls begins, and whatever is packed."""
_IN_BOOKS: Final = (b"xl/workbook", b"opendocument.spreadsheet")
"""What a packed .xlsx or .ods names inside."""
_MOST_OF_HEADER: Final = 2_000
_SPORTS: Final = {
    **dict.fromkeys(("", "running", "run", "road running"), Sport.RUNNING),
    "trail running": Sport.TRAIL_RUNNING,
}
_OTHERS: Final = frozenset(
    (
        *("cycling", "cycle", "road cycling", "mtb", "mountain biking", "swimming", "swim", "pool swimming", "pool"),
        *("open water swimming", "open water", "cardio", "strength", "hiit", "pilates", "yoga"),
    )
)
"""Sports of that program that are no running; it takes any other word for running."""


def _looks_like(file: ForeignFile) -> bool:
    if _is_book(file):
        return True
    head = rows(Source(file.name, file.source.text.lstrip()[:_MOST_OF_HEADER].split("\n", 1)[0]), Report())
    return bool(head) and kind_of(head[0]) is not None


def _is_book(file: ForeignFile) -> bool:
    is_packed = file.data.startswith(_ZIP) and any(mark in file.data for mark in _IN_BOOKS)
    return is_packed or file.data.startswith(_OLD_BOOK)


def _read(files: Sequence[ForeignFile], options: ForeignOptions) -> Found:
    report = Report()
    for file in files:
        if _is_book(file):
            help = "save each of its sheets as CSV, and give all of these files at once"
            report.error("refused", f"`{file.name}` is a workbook, which cannot be read", None, help)
    sheets = [sheet for file in files if not _is_book(file) and (sheet := read_sheet(file, report))]
    book = _Book(sheets, report)
    book.add_workouts([sheet for sheet in sheets if sheet.kind == "Workout"])
    schedules = [sheet for sheet in sheets if sheet.kind == "Schedule"]
    days = [day for sheet in schedules for day in book.days(sheet, options)]
    plan = ForeignPlan(PurePath(schedules[0].file.name).stem, _by_date(days)) if days else None
    return Found(tuple(book.workouts), plan, tuple(report.diagnostics))


class _Book:
    """The workouts so far, and the names that lead to them: None for a day of rest.

    ``unknown`` counts the names under Schedule that lead to none.
    """

    def __init__(self, sheets: Iterable[Sheet], report: Report) -> None:
        self.report = report
        self.paces: dict[str, PaceTarget] = {}
        written = self._by_name([sheet for sheet in sheets if sheet.kind == "Pace"], ("name", "value"))
        self.names = own_names(written)
        for name, cells in written.items():
            if target := read_range(cells["value"], report):
                self.paces[self.names[name]] = target
            else:
                del self.names[name]
        say_renamed(((name, own, written[name]["name"].span) for name, own in self.names.items()), report)
        self.workouts: list[ForeignWorkout] = []
        self.numbers: dict[str, int | None] = {}
        self.sports: dict[str, str] = {}
        self.unknown = 0

    def _by_name(self, sheets: Iterable[Sheet], titles: tuple[str, str]) -> dict[str, Mapping[str, Cell]]:
        """Rows by their names; of several with one name the last counts, as it does there."""
        found: dict[str, Mapping[str, Cell]] = {}
        for cells in (cells for sheet in sheets for cells in _whole(sheet, titles, self.report)):
            name = cells["name"].text.strip()
            if name in found:
                message = f"`{name}` is there again further down, which counts"
                self.report.note("left-out", message, found[name]["name"].span, "give each a name of its own")
            found[name] = cells
        return found

    # --- Workouts ---

    def add_workouts(self, sheets: Iterable[Sheet]) -> None:
        for name, cells in self._by_name(sheets, ("name", "description")).items():
            self.add(name, cells["description"], cells.get("sport"))

    def add(self, name: str, text: Cell, sport: Cell | None) -> None:
        """A workout by its expression, unless that says rest."""
        self.sports[name] = _word(sport)
        if is_rest(text.text):
            self.report.note("differs", f"`{name}` is a day of rest, `{text.text.strip()}`: no workout", text.span)
            self.numbers[name] = None
            return
        self.numbers[name] = len(self.workouts)
        self.workouts.append(self._workout(name, text, sport))

    def _workout(self, name: str, text: Cell, written: Cell | None) -> ForeignWorkout:
        sport = _word(written)
        if sport in _OTHERS:
            return ForeignWorkout(name, None, (), text.span, sport=sport)
        report = Report()
        if written and sport not in _SPORTS:
            report.note("differs", f"`{written.text.strip()}` is read as running, as it is there", written.span)
        steps = read_expression(text, self.names, report)
        if steps is None:
            return ForeignWorkout(name, None, tuple(report.diagnostics), text.span)
        used = {*_used(steps)}
        paces = {own: target for own, target in self.paces.items() if own in used}
        workout = Workout(name, steps, _SPORTS.get(sport, Sport.RUNNING), paces=paces, span=text.span)
        return ForeignWorkout(name, workout, tuple(report.diagnostics), text.span)

    # --- The schedule ---

    def days(self, sheet: Sheet, options: ForeignOptions) -> Iterator[ForeignDay]:
        """A session for each row with a date; the workout by its name, or written there as an expression."""
        found = list(_whole(sheet, ("date", "workout"), self.report))
        dates = read_dates([cells["date"] for cells in found], options.dates, self.report)
        for cells, on in zip(found, dates, strict=True):
            if self.unknown > MOST_MISTAKES:
                message = "there are so many mistakes up to here that the rest was not read"
                self.report.error("too-many-mistakes", message, cells["date"].span, "fix these first")
                return
            if on:
                yield ForeignDay(on, (self._session(cells["workout"], cells.get("sport")),))

    def _session(self, cell: Cell, sport: Cell | None) -> ForeignSession:
        name = cell.text.strip()
        if name not in self.numbers:
            near = meant(name, [*self.numbers][:MOST_PROPOSED], None)
            if near and not name[:1].isdigit():
                self.unknown += 1
                self.report.error("refused", f"`{name}` is the name of no workout", cell.span, near)
                return ForeignSession("note", name, span=cell.span)
            self.add(name, cell, sport)
        elif sport and _word(sport) != self.sports[name]:
            self.report.note("left-out", f"the sport of `{name}` is that of its workout, not this one", sport.span)
        number = self.numbers[name]
        if number is None:
            return ForeignSession("rest", "" if is_rest(name) or name.lower() == "rest" else name, span=cell.span)
        if self.workouts[number].sport:
            return ForeignSession("cross", name, span=cell.span)
        return ForeignSession("workout", name, number, cell.span)


def _word(cell: Cell | None) -> str:
    return cell.text.strip().lower() if cell else ""


def _whole(sheet: Sheet, titles: tuple[str, str], report: Report) -> Iterator[Mapping[str, Cell]]:
    """The rows that have both cells; what stands alone in a row is said."""
    for cells in sheet.rows:
        missing = [title for title in titles if title not in cells]
        if missing:
            report.note(
                "left-out", f"a row without a {missing[0].title()} is not used", next(iter(cells.values())).span
            )
        else:
            yield cells


def _used(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        match item:
            case Step(targets=(PaceTarget(Named(name)),)):
                yield name
            case Repeat(steps=steps):
                yield from _used(steps)


def _by_date(days: Iterable[ForeignDay]) -> tuple[ForeignDay, ...]:
    """A day each, with all of its sessions in the order of the rows."""
    found: dict[object, ForeignDay] = {}
    for day in days:
        before = found.get(day.on)
        found[day.on] = ForeignDay(day.on, (*before.sessions, *day.sessions) if before else day.sessions)
    return tuple(found.values())


READER: Final = Reader(
    "garmintools", "sheets of a GarminTools workbook as CSV", _looks_like, _read, ".csv", is_book=True
)
