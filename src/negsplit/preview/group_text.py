"""A group in the terminal: a line a runner, then what the weeks of each come to, side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from negsplit.diagnostics import visible
from negsplit.preview.group_data import PACES, RunnerRow, WeekCell
from negsplit.units import METRES_PER, PaceUnit
from negsplit.words import count

_GAP: Final = "  "
_LONGEST: Final = 40
"""Columns of the longest text in a table; the rest of it is left out, with dots."""
_HEAD: Final = ("Runner", "Paces from", *(name.capitalize() for name in PACES), "A week", "Messages")
UNKNOWN: Final = "-"


def summary(rows: Sequence[RunnerRow]) -> Iterator[str]:
    """Who is in the group, which paces from which result, how much a week, and how many messages."""
    yield from _table([_HEAD, *(_about(row) for row in rows)])


def _about(row: RunnerRow) -> tuple[str, ...]:
    paces = (row.paces.get(name, UNKNOWN) for name in PACES)
    return row.name, row.basis, *paces, volume(row), messages(row)


def volume(row: RunnerRow) -> str:
    """``28 to 61 km``: the lowest and the highest week; a dash where no distance is known."""
    known = [one.metres / METRES_PER[row.unit] for one in row.weeks if one.metres is not None]
    if not known:
        return UNKNOWN
    low, high = round(min(known)), round(max(known))
    return f"{low} to {high} {row.unit}" if low < high else f"{low} {row.unit}"


def messages(row: RunnerRow) -> str:
    """``1 error, 2 warnings``; a dash for none."""
    errors = [count(row.errors, "error")] if row.errors else []
    warnings = [count(row.warnings, "warning")] if row.warnings else []
    return ", ".join([*errors, *warnings]) or UNKNOWN


def week_by_week(rows: Sequence[RunnerRow], width: int) -> Iterator[str]:
    """What the weeks come to: distance, load, fast minutes, and the rules that have something to say of them.

    As many weeks stand side by side as there is room for, the others below.
    """
    numbers = sorted({one.number for row in rows for one in row.weeks})
    for title, write in measures(rows):
        cells = {row.name: {one.number: write(one) for one in row.weeks} for row in rows}
        texts = [text for row in cells.values() for text in row.values()]
        column = max(3, *map(len, texts)) if texts else 3
        left = max(len(_short(row.name)) for row in rows)
        side = max(1, (width - left) // (column + len(_GAP)))
        for at in range(0, len(numbers), side):
            part = numbers[at : at + side]
            yield ""
            yield title
            head = ("", *(f"W{number:02}".rjust(column) for number in part))
            found = [(row.name, *(cells[row.name].get(one, UNKNOWN).rjust(column) for one in part)) for row in rows]
            yield from _table([head, *found])


def measures(rows: Sequence[RunnerRow]) -> Iterator[tuple[str, Callable[[WeekCell], str]]]:
    """What is shown of the weeks of these runners, with how it is written; rules only where one has something to say.

    Side by side there is one unit: kilometres, unless all run in miles.
    """
    unit: PaceUnit = "mi" if rows and all(row.unit == "mi" for row in rows) else "km"
    yield from (
        (f"Distance, {unit}", lambda one: _whole(one.metres and one.metres / METRES_PER[unit])),
        ("Load, points", lambda one: _whole(one.load)),
        ("Hard, minutes", lambda one: _whole(one.hard_seconds / 60)),
    )
    if any(one.codes for row in rows for one in row.weeks):
        yield "What a coach would look at", lambda one: " ".join(one.codes) or UNKNOWN


def _whole(amount: float | None) -> str:
    return UNKNOWN if amount is None else f"{amount:.0f}"


def _short(text: str) -> str:
    text = visible(text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    shown = [[_short(text) for text in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    for row in shown:
        yield _GAP.join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
