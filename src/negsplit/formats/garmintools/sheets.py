"""The sheets of a book, each a CSV file of its own, told apart by what stands in their first row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal, NamedTuple

from negsplit.diagnostics import Report
from negsplit.formats.csv_cells import Cell, Row, rows
from negsplit.formats.foreign_file import ForeignFile

Kind = Literal["Pace", "Workout", "Schedule"]
_HEADERS: Final[dict[Kind, tuple[str, str]]] = {
    "Pace": ("name", "value"),
    "Workout": ("name", "description"),
    "Schedule": ("date", "workout"),
}
"""The two columns that each kind of sheet has."""
_MORE: Final[dict[Kind, tuple[str, ...]]] = {
    "Pace": (),
    "Workout": ("sport", "pool length"),
    "Schedule": ("sport", "pool length"),
}
"""Further ones; the length of a pool is nothing of a run."""


class Sheet(NamedTuple):
    """A sheet with its rows, each with the cells of the columns that have a name in the header, by these names."""

    kind: Kind
    file: ForeignFile
    rows: tuple[Mapping[str, Cell], ...]


def kind_of(header: Row) -> Kind | None:
    """What sheet a first row begins; None for another table."""
    titles = {cell.text.strip().lower() for cell in header}
    return next((kind for kind, pair in _HEADERS.items() if titles.issuperset(pair)), None)


def read_sheet(file: ForeignFile, report: Report) -> Sheet | None:
    """A sheet; None, with a message, for a table of another kind. Columns that are not used are said."""
    found = [row for row in rows(file.source, report) if any(cell.text.strip() for cell in row)]
    kind = kind_of(found[0]) if found else None
    if kind is None:
        pairs = ", ".join(f"{name} ({one.title()}, {other.title()})" for name, (one, other) in _HEADERS.items())
        report.error(
            "refused",
            f"`{file.name}` is no sheet of a GarminTools book",
            None,
            f"its first row names the columns: {pairs}",
        )
        return None
    used: dict[str, int] = {}
    for number, cell in enumerate(found[0]):
        title = cell.text.strip().lower()
        if title in (*_HEADERS[kind], *_MORE[kind]):
            used.setdefault(title, number)
        elif any(len(row) > number and row[number].text.strip() for row in found):
            report.note("left-out", f"the column `{cell.text.strip() or number + 1}` is not used", cell.span)
    return Sheet(kind, file, tuple(_rows(found[1:], used)))


def _rows(found: list[Row], used: Mapping[str, int]) -> Iterator[Mapping[str, Cell]]:
    for row in found:
        cells = {title: row[at] for title, at in used.items() if at < len(row) and row[at].text.strip()}
        if cells:
            yield cells
