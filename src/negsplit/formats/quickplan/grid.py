"""Which cells of a table are days: a row for a week, a column for a day of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from negsplit.diagnostics import Report, listed
from negsplit.formats.csv_cells import Cell, Row
from negsplit.formats.quickplan.workouts import holds_workout
from negsplit.words import DAYS_BY_LANGUAGE

_DAYS: Final = range(7)
_COLUMNS: Final = range(1, 8)
"""The columns of days, behind that of the week's number."""
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
    _say_numbers([rows[number][0] for number in weeks], report)
    _say_left_out(rows, weeks, heading, columns, report)
    days = tuple(_days(rows, weeks, heading, columns))
    order = [columns[column] for column in sorted(columns)]
    return Grid(days, tuple(_others(rows, weeks, columns)), 0 if order == sorted(order) else order[0])


def letter(column: int) -> str:
    """What a spreadsheet calls a column, counted from 0: ``A``, ``AA``."""
    return (letter(column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)


def _is_number(cell: Cell) -> bool:
    return re.fullmatch(r"\s*[0-9]+\s*", cell.text) is not None


def _holds_workouts(row: Row, names: Collection[str]) -> bool:
    days = row[_COLUMNS.start : _COLUMNS.stop]
    return any(cell.text.strip() in names or holds_workout(cell.text) for cell in days)


def _days(rows: Sequence[Row], weeks: Sequence[int], heading: Row, columns: Mapping[int, int]) -> Iterator[Day]:
    for week, number in enumerate(weeks, start=1):
        for column, cell in enumerate(rows[number]):
            if column in columns:
                label = heading[column].text.strip() if column < len(heading) else ""
                yield Day(week, columns[column], cell, f"row {number + 1}, {label or letter(column)}")


def _others(rows: Sequence[Row], weeks: Collection[int], columns: Collection[int]) -> Iterator[tuple[Cell, str]]:
    """The cells that are no days, with where they are."""
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if number not in weeks or column not in columns:
                yield cell, f"row {number + 1}, column {letter(column)}"


# --- The heading ---------------------------------------------------------------------------------


def _heading(before: Sequence[Row]) -> Row:
    """Of the rows before the first week the last with names of days, else the first."""
    named = [row for row in before if len(_named(row)) > 1]
    return named[-1] if named else before[0] if before else ()


def _columns(heading: Row, report: Report) -> dict[int, int]:
    """The day of each column: as the heading says, else from Monday on."""
    named, words = _named(heading), _words(heading)
    if len(named) < 2:
        return dict(zip(_COLUMNS, _by_initials([words.get(column, "") for column in _COLUMNS]), strict=True))
    if len({*named.values()}) < len(named):
        message = "the heading names a day twice: its columns are taken as Monday to Sunday"
        report.note("differs", message, heading[_COLUMNS.start].span)
        return dict(zip(_COLUMNS, _DAYS, strict=True))
    first = next(day - column for column, day in named.items())
    in_a_row = {column: (first + column) % len(_DAYS) for column in _COLUMNS}
    if named.items() <= in_a_row.items():
        return {column: day for column, day in in_a_row.items() if column in named or column not in words}
    return named


def _words(heading: Row) -> dict[int, str]:
    """The first word of each column that is called something."""
    found = {column: _WORD.search(heading[column].text.casefold()) for column in _COLUMNS if column < len(heading)}
    return {column: match[0] for column, match in found.items() if match}


def _named(heading: Row) -> dict[int, int]:
    """The days that columns are called after, in the language that knows most of them."""
    words = _words(heading)
    found = [{column: _weekday(word, days) for column, word in words.items()} for days in DAYS_BY_LANGUAGE]
    known = [{column: day for column, day in one.items() if day is not None} for one in found]
    return max(known, key=len)


def _weekday(word: str, days: Sequence[str]) -> int | None:
    return next((number for number, day in enumerate(days) if len(word) > 1 and day.startswith(word)), None)


def _by_initials(words: Sequence[str]) -> list[int]:
    """The days from the one that makes ``s m t w t f s`` of their first letters; else from Monday on."""
    for days in DAYS_BY_LANGUAGE:
        for first in _DAYS:
            order = [(first + more) % len(_DAYS) for more in _DAYS]
            if list(words) == [days[day][0] for day in order]:
                return order
    return [*_DAYS]


# --- What is said of it --------------------------------------------------------------------------


def _say_numbers(cells: Sequence[Cell], report: Report) -> None:
    """Where a week has no number, and where numbers begin to be others than the rows give."""
    is_told = False
    for number, cell in enumerate(cells, start=1):
        if not _is_number(cell):
            message = f"this row has no number of a week, but workouts: it is week {number}"
            report.note("differs", message, cell.span)
        elif cell.text.strip().lstrip("0") != str(number) and not is_told:
            is_told = True
            message = (
                f"weeks are counted by their rows: the one with the number {cell.text.strip()[:9]} is week {number}"
            )
            report.note("differs", message, cell.span)


def _say_left_out(
    rows: Sequence[Row], weeks: Collection[int], heading: Row, columns: Collection[int], report: Report
) -> None:
    """Rows that are no weeks, and columns that are no days; of the heading nothing is lost."""
    idle = [row for number, row in enumerate(rows) if number not in weeks and row is not heading]
    if said := [written for row in idle if (written := _said(row))]:
        more = f", and so are {len(said) - 1} more" if len(said) > 1 else ""
        report.note("left-out", f"this row is no week: it is left out{more}", said[0][0][1].span)
    beside = [one for number in weeks for one in _said(rows[number]) if one[0] and one[0] not in columns]
    if beside:
        names = [letter(column) for column in sorted({column for column, _ in beside})]
        are = f"column {names[0]} is no day" if len(names) == 1 else f"the columns {listed(names, 'and')} are no days"
        report.note("left-out", f"{are}: what stands there is left out", beside[0][1].span)


def _said(row: Row) -> list[tuple[int, Cell]]:
    """The cells that say something, with their columns, but for workouts."""
    return [(at, cell) for at, cell in enumerate(row) if cell.text.strip() and not holds_workout(cell.text)]
