"""The dates of a schedule: which number of ``3/4/2027`` is the day is told by the whole column."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, Literal

from negsplit.diagnostics import Report
from negsplit.formats.csv_cells import Cell

Order = Literal["day-first", "month-first"]
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")
_NUMBERS: Final = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})")
_WORDS: Final = re.compile(r"(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})[\s-]+([A-Za-z]{3})[a-z]*[\s,-]+(\d{4}|\d{2})")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ORDERS: Final[tuple[Order, ...]] = ("day-first", "month-first")


def read_dates(cells: Sequence[Cell], order: Order | None, report: Report) -> list[dt.date | None]:
    """A date for each cell, None for one that is refused.

    Without an ``order`` that is given, a number above 12 tells it, else that the column ascends in one order only;
    where neither does, no such date is read.
    """
    order = order or _by_size(cells) or _by_ascent(cells, report)
    if order is None and (doubtful := [one for one in cells if _NUMBERS.fullmatch(one.text.strip())]):
        message = f"`{doubtful[0].text.strip()}`: which number is the day, and which the month?"
        report.error("refused", message, doubtful[0].span, "add `--dates day-first` or `--dates month-first`")
    return [_date(one, order, report) for one in cells]


def _by_size(cells: Sequence[Cell]) -> Order | None:
    """What numbers above 12 say, or points between them, which stand behind a day."""
    for one in cells:
        if found := _NUMBERS.fullmatch(one.text.strip()):
            if int(found[1]) > 12 or found[2] == ".":
                return "day-first"
            if int(found[3]) > 12:
                return "month-first"
    return None


def _by_ascent(cells: Sequence[Cell], report: Report) -> Order | None:
    ascending = []
    for order in _ORDERS:
        days = [day for one in cells if (day := _day(one.text.strip(), order))]
        if all(day <= after for day, after in pairwise(days)):
            ascending.append(order)
    doubtful = [one for one in cells if _NUMBERS.fullmatch(one.text.strip())]
    if len(ascending) != 1 or not doubtful:
        return None
    (order,) = ascending
    message = f"`{doubtful[0].text.strip()}` is read {order.replace('-', ' ')}: only so the dates are in order"
    report.note("differs", message, doubtful[0].span, f"if it is not, add `--dates {_other(order)}`")
    return order


def _other(order: Order) -> Order:
    return "month-first" if order == "day-first" else "day-first"


def _date(cell: Cell, order: Order | None, report: Report) -> dt.date | None:
    text = cell.text.strip()
    if order is None and _NUMBERS.fullmatch(text):
        return None
    found = _day(text, order or "day-first")
    if found is None:
        report.error("refused", f"`{text[:40]}` is no date", cell.span, "write it as 2027-01-31")
    return found


def _day(text: str, order: Order) -> dt.date | None:
    year: str | int
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := _NUMBERS.fullmatch(text):
        day, month, year = found[1], found[3], found[4]
        if order == "month-first":
            day, month = month, day
    elif (found := _WORDS.fullmatch(text)) and found[2].lower() in _MONTHS:
        day, month, year = found[1], str(_MONTHS.index(found[2].lower()) + 1), found[3]
    else:
        return None
    try:
        return dt.date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None
