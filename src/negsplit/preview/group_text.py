"""A group in the terminal: a line a runner, then what the weeks of each come to, side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import Final

from negsplit.diagnostics import visible
from negsplit.preview.group_data import (
    PACES,
    RunnerRow,
    WeekCell,
    calendar_weeks,
    common_unit,
    measures,
)
from negsplit.preview.plan_words import date_text, time_text
from negsplit.preview.text import wrapped
from negsplit.units import METRES_PER, PaceUnit
from negsplit.words import count

UNKNOWN: Final = "-"
DOWN: Final = "*"
"""Behind what a down week comes to."""
CODES: Final = "What a coach would look at"
_GAP: Final = "  "
_NARROWEST: Final = 6
"""Columns that a text is wrapped at, at the least."""
_AMOUNT: Final = 3
"""Columns of what a week comes to, at the least: that of a month above it."""


def summary(rows: Sequence[RunnerRow], width: int) -> Iterator[str]:
    """Who is in the group, which paces from which result, how much a week, and how many messages.

    In lines of at most ``width`` columns; all in one unit, which is said.
    """
    unit = common_unit(rows)
    yield from _table([paces_head(unit), *((row.name, *paces_of(row, unit)) for row in rows)], width)
    yield ""
    yield from _table([WEEKS_HEAD, *((row.name, *weeks_of(row, unit)) for row in rows)], width)
    own = [f"{row.name} has a plan of their own: {row.own_plan}" for row in rows if row.own_plan]
    if own:
        yield ""
    for line in own:
        yield from wrapped(line, width)


def paces_head(unit: PaceUnit) -> tuple[str, ...]:
    """What stands above :func:`paces_of`."""
    return "Runner", "Paces from", "On", "VDOT", *(f"{name.capitalize()} /{unit}" for name in PACES)


def paces_of(row: RunnerRow, unit: PaceUnit) -> tuple[str, ...]:
    """The result that a runner's paces come from, its day, and the paces."""
    paces = row.paces(unit)
    vdot = UNKNOWN if row.vdot is None else f"{row.vdot:.1f}"
    on = row.result_on.isoformat() if row.result_on else UNKNOWN
    return row.basis or "no result", on, vdot, *(paces.get(name, UNKNOWN) for name in PACES)


WEEKS_HEAD: Final = ("Runner", "A week", "Mean", "Mean time", "Messages")
"""What stands above :func:`weeks_of`."""


def weeks_of(row: RunnerRow, unit: PaceUnit) -> tuple[str, ...]:
    """The lowest and the highest week, the mean of all, and the messages."""
    far = UNKNOWN if row.mean_metres is None else f"{row.mean_metres / METRES_PER[unit]:.0f} {unit}"
    long = UNKNOWN if row.mean_seconds is None else time_text(row.mean_seconds)
    return _volume(row, unit), far, long, _messages(row)


def _volume(row: RunnerRow, unit: PaceUnit) -> str:
    """``28 to 61 km``; a dash where no distance is known."""
    known = [one.metres / METRES_PER[unit] for one in row.weeks if one.metres is not None]
    if not known:
        return UNKNOWN
    low, high = round(min(known)), round(max(known))
    return f"{low} to {high} {unit}" if low < high else f"{low} {unit}"


def _messages(row: RunnerRow) -> str:
    """``1 error, 2 warnings``; a dash for none."""
    errors = [count(row.errors, "error")] if row.errors else []
    warnings = [count(row.warnings, "warning")] if row.warnings else []
    return ", ".join([*errors, *warnings]) or UNKNOWN


# --- The weeks -----------------------------------------------------------------------------------


def week_by_week(rows: Sequence[RunnerRow], width: int) -> Iterator[str]:
    """What the weeks come to: distance, load, fast minutes, and the rules that have something to say of them.

    Runners stand side by side by calendar weeks. As many of those as there is room for are in a line, the others below.
    """
    has_down = any(one.is_down for row in rows for one in row.weeks)
    for title, amount in measures(rows):
        yield from _side_by_side(title, rows, width, lambda one, of=amount: _amount(one, of, has_down))  # type: ignore[misc]
    if any(one.codes for row in rows for one in row.weeks):
        yield from _side_by_side(CODES, rows, width, codes)
    if has_down:
        yield from ("", f"{DOWN} a down week")


def codes(week: WeekCell) -> str:
    """The rules that have something to say of a week; a dash for none."""
    return " ".join(week.codes) or UNKNOWN


def whole(amount: float | None) -> str:
    """``25``; a dash where it is unknown."""
    return UNKNOWN if amount is None else f"{amount:.0f}"


def _amount(week: WeekCell, of: Callable[[WeekCell], float | None], has_down: bool) -> str:
    mark = DOWN if week.is_down else " "
    return whole(of(week)) + (mark if has_down else "")


def _side_by_side(title: str, rows: Sequence[RunnerRow], width: int, write: Callable[[WeekCell], str]) -> Iterator[str]:
    weeks = calendar_weeks(rows)
    cells = [{one.monday: write(one) for one in row.weeks} for row in rows]
    texts = [text for row in cells for text in row.values()]
    column = max([_AMOUNT, *map(len, texts)])
    behind = " " if any(text.endswith((" ", DOWN)) for text in texts) else ""
    left = min(max(len(visible(row.name)) for row in rows), max(_NARROWEST, width // 3))
    side = max(1, (width - left) // (column + len(_GAP)))
    mondays = [*weeks]
    for at in range(0, len(mondays), side):
        part = mondays[at : at + side]
        heads = _heads(part, [weeks[one] for one in part])
        yield ""
        yield title
        found = [
            (row.name, *(cell.get(one, UNKNOWN + behind).rjust(column) for one in part))
            for row, cell in zip(rows, cells, strict=True)
        ]
        yield from _table([("", *((one + behind).rjust(column) for one in head)) for head in heads] + found, width)


def _heads(mondays: Sequence[dt.date], numbers: Sequence[int | None]) -> Iterator[list[str]]:
    """The months where they begin, the days, and the weeks of the plan of all."""
    months = [date_text(one).partition(" ")[2] for one in mondays]
    yield [month if month != before else "" for month, before in zip(months, ["", *months[:-1]], strict=True)]
    yield [str(one.day) for one in mondays]
    if any(one is not None for one in numbers):
        yield [UNKNOWN if one is None else week_name(one) for one in numbers]


def week_name(number: int) -> str:
    """``W01``."""
    return f"W{number:02}"


def _table(rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """Columns as wide as they need to be; where all are too wide together, texts of the widest are wrapped."""
    shown = [[visible(text) for text in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    room = width - len(_GAP) * (len(widths) - 1)
    while sum(widths) > room and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    for row in shown:
        cells = [[text] if len(text) <= wide else wrapped(text, wide) for text, wide in zip(row, widths, strict=True)]
        for parts in zip_longest(*cells, fillvalue=""):
            yield _GAP.join(text.ljust(wide) for text, wide in zip(parts, widths, strict=True)).rstrip()
