"""Which cells of a table are days: a row for a week, a column for a day of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from negsplit.diagnostics import Report, listed
from negsplit.formats.csv_cells import Cell, Row
from negsplit.formats.quickplan.workouts import holds_workout

_DAYS: Final = (
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"),
    ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"),
)
"""The days of a week in the languages whose headings are understood; short forms are their beginnings."""
_WEEK: Final = range(7)
_FIRST: Final = 1
"""The column of the first day."""
_WORD: Final = re.compile(r"[^\W\d_]+")


class Day(NamedTuple):
    """A cell of a week, counted from 1, and of a day, 0 for Monday; ``where`` it is, in the words of a spreadsheet."""

    week: int
    weekday: int
    cell: Cell
    where: str


class Grid(NamedTuple):
    """The cells that are days, in the order of the table, those that are none, and the day that weeks begin on."""

    days: tuple[Day, ...]
    others: tuple[tuple[Cell, str], ...]
    week_starts: int


def grid(rows: Sequence[Row], names: Collection[str], report: Report) -> Grid:
    """The weeks are the rows that begin with a number, and others whose days hold workouts, or their ``names``.

    Weeks are counted by their rows, as quick-plan and garmin-csv-plan do; ``report`` is told where their numbers are
    others, and which rows and columns are left out.
    """
    weeks = [number for number, row in enumerate(rows) if _is_number(row[0]) or _holds_workouts(row, names)]
    heading = _heading(rows[: weeks[0]] if weeks else ())
    columns = _columns(heading, report)
    days: list[Day] = []
    for week, number in enumerate(weeks, start=1):
        for column, cell in list(enumerate(rows[number]))[_FIRST : _FIRST + len(_WEEK)]:
            label = heading[column].text.strip() if column < len(heading) else ""
            where = f"row {number + 1}, {label or letter(column)}"
            days.append(Day(week, columns[column - _FIRST], cell, where))
    others = tuple(_others(rows, weeks))
    _say_numbers([rows[number][0] for number in weeks], report)
    _say_left_out(rows, weeks, heading, report)
    is_in_order = columns == sorted(columns)
    return Grid(tuple(days), others, 0 if is_in_order else columns[0])


def letter(column: int) -> str:
    """What a spreadsheet calls a column, counted from 0: ``A``, ``AA``."""
    return (letter(column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)


def _is_number(cell: Cell) -> bool:
    return re.fullmatch(r"\s*[0-9]+\s*", cell.text) is not None


def _holds_workouts(row: Row, names: Collection[str]) -> bool:
    days = row[_FIRST : _FIRST + len(_WEEK)]
    return any(cell.text.strip() in names or holds_workout(cell.text) for cell in days)


def _others(rows: Sequence[Row], weeks: Sequence[int]) -> Iterator[tuple[Cell, str]]:
    """The cells that are no days, with where they are."""
    days = range(_FIRST, _FIRST + len(_WEEK))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if number not in weeks or column not in days:
                yield cell, f"row {number + 1}, column {letter(column)}"


# --- The heading ---------------------------------------------------------------------------------


def _heading(before: Sequence[Row]) -> Row:
    """Of the rows before the first week the last with names of days, else the first."""
    named = [row for row in before if sum(one is not None for one in _weekdays(row)) > 1]
    return (named or before or [()])[-1 if named else 0]


def _words(heading: Row) -> list[str]:
    cells = [*heading[_FIRST : _FIRST + len(_WEEK)], *[None] * len(_WEEK)][: len(_WEEK)]
    found = [_WORD.search(cell.text.casefold()) if cell else None for cell in cells]
    return [word[0] if word else "" for word in found]


def _weekdays(heading: Row) -> list[int | None]:
    """The day that each column is called after, in the language that knows most of them."""
    words = _words(heading)
    by_language = [[_weekday(word, days) for word in words] for days in _DAYS]
    return max(by_language, key=lambda days: sum(day is not None for day in days))


def _weekday(word: str, days: Sequence[str]) -> int | None:
    return next((number for number, day in enumerate(days) if len(word) > 1 and day.startswith(word)), None)


def _columns(heading: Row, report: Report) -> list[int]:
    """The day of each column: as the heading says, else from Monday on."""
    named = _weekdays(heading)
    known = [(column, day) for column, day in enumerate(named) if day is not None]
    if len(known) < 2:
        return _by_initials(_words(heading))
    first = (known[0][1] - known[0][0]) % len(_WEEK)
    found = [(first + column) % len(_WEEK) if day is None else day for column, day in enumerate(named)]
    used = found[: max(column for column, _ in known) + 1]
    if len({*used}) == len(used):
        return found
    message = "the heading names a day twice: its columns are taken as Monday to Sunday"
    report.note("differs", message, heading[_FIRST].span)
    return list(_WEEK)


def _by_initials(words: Sequence[str]) -> list[int]:
    """The days from the one that makes ``s m t w t f s`` of their first letters."""
    for days in _DAYS:
        for first in _WEEK:
            if list(words) == [days[(first + column) % len(_WEEK)][0] for column in _WEEK]:
                return [(first + column) % len(_WEEK) for column in _WEEK]
    return list(_WEEK)


# --- What is said of it --------------------------------------------------------------------------


def _say_numbers(cells: Sequence[Cell], report: Report) -> None:
    numbers = [int(cell.text) if _is_number(cell) and len(cell.text) < 10 else None for cell in cells]
    for number, (cell, written) in enumerate(zip(cells, numbers, strict=True), start=1):
        if written is None:
            message = f"this row has no number of a week, but workouts: it is week {number}"
            report.note("differs", message, cell.span)
        elif written != number:
            message = f"row by row, the week with the number {written} is week {number}, and so on"
            report.note("differs", message, cell.span, "the days follow the rows, as in quick-plan")
            return


def _say_left_out(rows: Sequence[Row], weeks: Sequence[int], heading: Row, report: Report) -> None:
    """Rows that are no weeks, and columns that are no days; of the heading nothing is lost."""
    idle = [row for number, row in enumerate(rows) if number not in weeks and row is not heading]
    if said := [written for row in idle if (written := _said(row))]:
        more = f", and so are {len(said) - 1} more" if len(said) > 1 else ""
        report.note("left-out", f"this row is no week: it is left out{more}", said[0][0][1].span)
    behind = [one for number in weeks for one in _said(rows[number]) if one[0] >= _FIRST + len(_WEEK)]
    if behind:
        names = [letter(column) for column in sorted({column for column, _ in behind})]
        are = f"column {names[0]} is no day" if len(names) == 1 else f"the columns {listed(names, 'and')} are no days"
        report.note("left-out", f"{are}: what stands there is left out", behind[0][1].span)


def _said(row: Row) -> list[tuple[int, Cell]]:
    """The cells that say something, with their columns, but for workouts."""
    return [(at, cell) for at, cell in enumerate(row) if cell.text.strip() and not holds_workout(cell.text)]
