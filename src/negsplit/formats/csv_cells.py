"""Tables as text, by RFC 4180, with the place of every character of every cell, which Python's own reader loses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from negsplit.diagnostics import Report, Source, Span
from negsplit.frozen import dataclass

MOST_ROWS, MOST_COLUMNS = 2_000, 64
"""Of a table that a person made."""
MOST_CHARACTERS: Final = 128_000
"""Of one cell."""
SEPARATORS: Final = ",;\t"
"""What stands between cells; the first row that has one of them says which."""
_QUOTED: Final = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')
_PLAIN: Final = {one: re.compile(rf"[^{one}\r\n]*+") for one in SEPARATORS}
_SEPARATOR: Final = re.compile(f"[{SEPARATORS}]")
_ROW_END: Final = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell without its quotes, which begins at a character ``offset`` of the source.

    ``is_escaped`` says that quotes inside it are written twice there.
    """

    text: str
    source: Source
    offset: int
    is_escaped: bool = False

    def at(self, start: int, end: int) -> Span:
        """The characters of the source that characters ``start`` to ``end`` of the text were read from."""
        return Span(self.source, self._place(start), self._place(end))

    @property
    def span(self) -> Span:
        """All of it, without its quotes."""
        return self.at(0, len(self.text))

    def _place(self, index: int) -> int:
        return self.offset + index + (self.text.count('"', 0, index) if self.is_escaped else 0)


Row = tuple[Cell, ...]


def rows(source: Source, report: Report) -> list[Row]:
    """The rows of a table, each with a cell at least; up to the first fault, which ``report`` gets.

    Too many rows or columns, too long a cell, a quote that nothing closes, or text behind one that closes are faults.
    """
    found: list[Row] = []
    reading = _Reading(source, report)
    for row in reading.rows():
        found.append(row)
        if len(found) > MOST_ROWS:
            message = f"a table has {MOST_ROWS} rows at most"
            reading.refuse("too-large", message, row[0].offset, "split it into several files")
            return found[:MOST_ROWS]
    return found


def separator(text: str) -> str:
    """The sign between cells that the first line with any has most of; a comma where none has."""
    found = _SEPARATOR.search(text)
    if found is None:
        return ","
    start = text.rfind("\n", 0, found.start()) + 1
    end = text.find("\n", start)
    return max(SEPARATORS, key=text[start : len(text) if end < 0 else end].count)


class _Reading:
    def __init__(self, source: Source, report: Report) -> None:
        self.source, self.text, self.report = source, source.text, report
        self.separator = separator(self.text)
        self.at = 0

    def refuse(self, code: Literal["too-large", "refused"], message: str, at: int, help: str) -> None:
        self.report.error(code, message, Span(self.source, at, at + 1), help)

    def rows(self) -> Iterator[Row]:
        while self.at < len(self.text):
            row = self._row()
            if row is None:
                return
            yield row
            if end := _ROW_END.match(self.text, self.at):
                self.at = end.end()

    def _row(self) -> Row | None:
        cells: list[Cell] = []
        while True:
            if len(cells) == MOST_COLUMNS:
                message = f"a row has {MOST_COLUMNS} columns at most"
                self.refuse("too-large", message, self.at, "leave out the columns that are no days")
                return None
            cell = self._cell()
            if cell is None:
                return None
            cells.append(cell)
            if not self.text.startswith(self.separator, self.at):
                return tuple(cells)
            self.at += 1

    def _cell(self) -> Cell | None:
        start = self.at
        is_quoted = self.text.startswith('"', start)
        found = (_QUOTED if is_quoted else _PLAIN[self.separator]).match(self.text, start)
        if found is None:
            self.refuse("refused", "nothing closes this quote", start, 'add a `"` where the cell ends')
            return None
        self.at = found.end()
        is_escaped = is_quoted and '"' in found[1]
        text = found[1].replace('""', '"') if is_quoted else found[0]
        cell = Cell(text, self.source, start + is_quoted, is_escaped)
        if len(cell.text) > MOST_CHARACTERS:
            self.refuse("too-large", f"a cell has {MOST_CHARACTERS} characters at most", start, "shorten it")
            return None
        if is_quoted and self.at < len(self.text) and self.text[self.at] not in f"{self.separator}\r\n":
            line = self.source.position(start)[0]
            message = f"the cell that begins in line {line} ends at this quote, and yet it goes on"
            help = 'add the `"` that is missing where that cell ends; quotes inside a cell are written twice: `""`'
            self.refuse("refused", message, self.at - 1, help)
            return None
        return cell
