"""The days of a plan as sheets of a calendar, one a month or one a week, with how large its letters may be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from typing import Final, Literal, NamedTuple, get_args

from negsplit.plan.totals import PlanTotals, SessionTotals, WeekTotals
from negsplit.plan.weeks import week_begin
from negsplit.preview import plan_words as words
from negsplit.preview.lettering import shortened, width_of
from negsplit.preview.paces import own_paces
from negsplit.preview.text import in_words, step_lines
from negsplit.units import PaceUnit

Kind = Literal["month", "week"]

_DAYS: Final = 7
_BOLD: Final = 1.08
"""How much wider bold letters are."""


class Day(NamedTuple):
    """A day of a sheet: what is on it, and whether it is in the plan at all."""

    date: dt.date
    sessions: tuple[SessionTotals, ...]
    in_plan: bool


class Row(NamedTuple):
    """Seven days, None for those of another sheet, and the week of the plan that they are."""

    week: WeekTotals | None
    days: tuple[Day | None, ...]


class Sheet(NamedTuple):
    """What stands on one side of paper."""

    title: str
    rows: tuple[Row, ...]

    @property
    def days(self) -> list[Day]:
        """Those that are on it."""
        return [day for row in self.rows for day in row.days if day]

    @property
    def sessions(self) -> list[SessionTotals]:
        """All of its days."""
        return [one for day in self.days for one in day.sessions]


def sheets(plan: PlanTotals, weeks: Sequence[WeekTotals], kind: Kind) -> list[Sheet]:
    """Some weeks of a plan on one sheet each, or on those of their months, which show all days of the month."""
    rows = [Row(week, _days(plan, week)) for week in weeks]
    if kind == "week":
        return [Sheet(words.week_title(row.week), (row,)) for row in rows if row.week]
    inside = [day for row in rows for day in row.days if day and day.in_plan]
    known = {day.date: day for day in inside}
    of_week = {row.week.week.first: row.week for row in rows if row.week}
    months = [month for month, _ in groupby((day.date.year, day.date.month) for day in inside)]
    return [_month(year, month, plan.plan.week_starts, known, of_week) for year, month in months]


def _days(plan: PlanTotals, week: WeekTotals) -> tuple[Day, ...]:
    first = max(filter(None, (plan.weeks[0].week.first, plan.plan.start)))
    dates = [week.week.first + dt.timedelta(days=number) for number in range(_DAYS)]
    return tuple(
        Day(date, tuple(one for one in week.sessions if one.planned.date == date), first <= date <= plan.end)
        for date in dates
    )


def _month(
    year: int, month: int, week_starts: int, known: dict[dt.date, Day], of_week: dict[dt.date, WeekTotals]
) -> Sheet:
    first = dt.date(year, month, 1)
    begin, rows = week_begin(first, week_starts), []
    while (begin.year, begin.month) <= (year, month):
        dates = [begin + dt.timedelta(days=number) for number in range(_DAYS)]
        days = tuple(known.get(date, Day(date, (), False)) if date.month == month else None for date in dates)
        rows.append(Row(of_week.get(begin), days))
        begin += dt.timedelta(days=_DAYS)
    return Sheet(words.long_month_text(first), tuple(rows))


# --- What is said ------------------------------------------------------------------------------


def amounts(one: SessionTotals, unit: PaceUnit) -> str:
    """``06:30, 46 min, 8.7 km, hard``: when, how long and how far, and what else is said in a word."""
    start = one.planned.session.time
    known = [words.session_time(one)] if one.seconds is not None else []
    known += [words.session_distance(one, unit)] if one.metres is not None else []
    marks = [] if one.is_race else words.marks_of(one)
    return ", ".join([*([f"{start:%H:%M}"] if start else []), *known, *marks])


def name_of(one: SessionTotals, unit: PaceUnit) -> str:
    """What a session is called where its steps stand below: by its sport if it has no name and several steps."""
    title = words.title(one, unit)
    if one.program is None or title != in_words(one.program, unit) or len(one.program.steps) == 1:
        return title
    return one.program.sport.value.replace("_", " ").capitalize()


def week_words(week: WeekTotals, unit: PaceUnit) -> list[str]:
    """What stands beside a week: its number, whether it is easier, and what it comes to."""
    easier = [words.EASIER] if week.week.is_down else []
    totals = [words.total_time(week.totals), words.total_distance(week.totals, unit)] if week.totals.sessions else []
    return [words.week_title(week), *easier, *totals]


def paces(sheet: Sheet, unit: PaceUnit) -> str:
    """The paces of a sheet in one line, as they are on the watch; nothing without any."""
    programs = [one.program for one in sheet.sessions if one.program]
    return "; ".join(
        f"{' '.join(filter(None, (one.name, one.shown)))}{f' ({one.feel})' if one.feel else ''}"
        for one in own_paces(programs, unit)
    )


# --- How large it is ---------------------------------------------------------------------------


Detail = Literal["all", "less", "least"]
"""How much of a session is on a sheet. Of a month: its picture, its whole name, or two lines of that. Of a week: its
steps one a line, all in one line, or neither steps nor notes."""


class Fit(NamedTuple):
    """Letters of so many points, and how much they have to say."""

    size: float
    detail: Detail = "all"


SIZES: Final = (12, 11, 10.5, 10, 9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6, 5.5, 5)
"""Points of letters, from what is read across a kitchen to what is read in the hand."""
LEADING: Final = 1.25
"""The height of a line as a share of its letters'."""
THUMB: Final = 1.9
"""The height of a picture, in lines of a month's sheet."""

_MONTH_CELL: Final = 84.0
_WEEK_CELL: Final = 330.0
"""Points that words have side by side: seven days of the narrower paper, US Letter, or a day of A4."""
_LEAST_LINES: Final = 1.8
"""Lines of a name that is cut, less what is lost at their ends."""
_ACROSS: Final = 500.0
_MONTH_HIGH: Final = 520.0
_WEEK_HIGH: Final = 715.0
"""Points from top to bottom of the shorter paper: A4 in landscape, US Letter upright."""


def fit(sheet: Sheet, unit: PaceUnit, kind: Kind, head: Sequence[str]) -> Fit:
    """The largest letters with which all of a sheet is on one side of either paper.

    Widths are those of the broadest usual font. Where even the smallest letters are too large, there are fewer.
    """
    tried = [Fit(size, detail) for detail in get_args(Detail) for size in SIZES]
    return next((one for one in tried if _is_whole(sheet, unit, kind, head, one)), tried[-1])


def _is_whole(sheet: Sheet, unit: PaceUnit, kind: Kind, head: Sequence[str], fit: Fit) -> bool:
    high = _MONTH_HIGH if kind == "month" else _WEEK_HIGH
    line = fit.size * LEADING
    around = sum(_lines(text, 9.0, _ACROSS) for text in head) * 9.0 * LEADING + 40.0
    around += _lines(paces(sheet, unit), fit.size, _ACROSS) * line
    if kind == "month":
        return around + sum(_row_high(row, unit, fit) for row in sheet.rows) <= high
    return around + sum(_day_high(day, unit, fit) for day in sheet.days) <= high


def _row_high(row: Row, unit: PaceUnit, fit: Fit) -> float:
    """Points of a week in a sheet of a month: those of its fullest day."""
    texts = week_words(row.week, unit) if row.week else []
    beside = sum(_lines(text, fit.size, _MONTH_CELL * 0.65) for text in texts)
    return max(beside, *(_cell_lines(day, unit, fit) for day in row.days)) * fit.size * LEADING + 8.0


def _cell_lines(day: Day | None, unit: PaceUnit, fit: Fit) -> float:
    """Lines of a day in a sheet of a month."""
    sessions = day.sessions if day else ()
    return 1 + sum(
        _lines(title_in_cell(one, unit, fit), fit.size * _BOLD, _MONTH_CELL)
        + _lines(amounts(one, unit), fit.size, _MONTH_CELL)
        + (THUMB if shows_picture(one, fit) else 0)
        + 0.4
        for one in sessions
    )


def title_in_cell(one: SessionTotals, unit: PaceUnit, fit: Fit) -> str:
    """What a session is called on a sheet of a month."""
    title = words.title(one, unit)
    return shortened(title, fit.size * _BOLD, _LEAST_LINES * _MONTH_CELL) if fit.detail == "least" else title


def shows_picture(one: SessionTotals, fit: Fit) -> bool:
    """Whether a sheet of a month has room for its picture."""
    return one.profile is not None and fit.detail == "all"


def _day_high(day: Day, unit: PaceUnit, fit: Fit) -> float:
    """Points of a day in a sheet of a week."""
    lines = 0.0
    for one in day.sessions:
        lines += _lines(name_of(one, unit), fit.size * _BOLD, _WEEK_CELL) + 0.5
        texts = (amounts(one, unit), *steps(one, unit, fit), notes(one, fit))
        lines += sum(_lines(text, fit.size, _WEEK_CELL) for text in texts)
    return max(lines, 2.0) * fit.size * LEADING + 8.0


def steps(one: SessionTotals, unit: PaceUnit, fit: Fit) -> list[str]:
    """The steps of a session as far as a sheet of a week has room for them; none that are its name."""
    if one.program is None or fit.detail == "least":
        return []
    line = in_words(one.program, unit)
    if name_of(one, unit) == line:
        return []
    return [line] if fit.detail == "less" else step_lines(one.program, unit)


def notes(one: SessionTotals, fit: Fit) -> str:
    """What a session is for, where a sheet of a week has room for it."""
    return "" if fit.detail == "least" else words.notes_text(one)


def _lines(text: str, size: float, room: float) -> int:
    """At most how many lines a text takes; a word that is wider than its room is broken."""
    lines, left = 0, 0.0
    for word in text.split():
        wide = width_of(word, size)
        if lines and wide + width_of(" ", size) <= left:
            left -= wide + width_of(" ", size)
            continue
        more = max(int(-(-wide // room)), 1)
        lines, left = lines + more, more * room - wide
    return lines
