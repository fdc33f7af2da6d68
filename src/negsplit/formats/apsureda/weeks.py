"""Weeks and days of workouts whose names say them: ``W03S02 Tempo`` is session 2 of week 3."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from negsplit.diagnostics import Report
from negsplit.formats.foreign import ForeignDay, ForeignPlan, ForeignSession
from negsplit.tree.nodes import Text

DAYS: Final[dict[int, tuple[int, ...]]] = {
    1: (6,),
    2: (2, 6),
    3: (1, 3, 6),
    4: (1, 3, 4, 6),
    5: (1, 2, 3, 4, 6),
    6: (1, 2, 3, 4, 5, 6),
    7: (0, 1, 2, 3, 4, 5, 6),
}
"""The days of the sessions by how many a week has, 0 is Monday; that of one and two is ours, theirs is at fault."""
_PLACE: Final = re.compile(r"\bW(\d{1,3})S(\d{1,3})\b", re.IGNORECASE)
MOST_SESSIONS: Final = 7
"""Of a week, one a day."""


class Placed(NamedTuple):
    """A workout by its number in the file, with the name that says its place, and the day that a fork writes."""

    workout: int
    name: Text
    is_run: bool = True
    date: dt.date | None = None


def read_weeks(name: str, workouts: Sequence[Placed], report: Report) -> ForeignPlan | None:
    """The plan of some workouts: by their dates where all have one, else by week and session; None where none has.

    Weeks that count down are run as they stand in the file: the last is that of the race.
    """
    if workouts and all(one.date for one in workouts):
        return _by_date(name, workouts)
    if dated := [one for one in workouts if one.date]:
        message = f"dates are not used: {len(dated)} of {len(workouts)} workouts have one"
        report.note("left-out", message, dated[0].name.span, "give every workout its `date`")
    weeks = _weeks(workouts)
    if not weeks:
        return None
    placed = {one for week in weeks.values() for _, one in week}
    for one in workouts:
        if one not in placed:
            message = f"`{one.name}` is not in the plan: its name has no week, such as `W01S02`"
            report.note("left-out", message, one.name.span)
    days = [day for number, week in enumerate(_in_order(weeks, report), start=1) for day in _days(number, week, report)]
    return ForeignPlan(name, tuple(days), ends_in_race=True)


def _weeks(workouts: Sequence[Placed]) -> dict[int, list[tuple[int, Placed]]]:
    """Workouts with their sessions, by their weeks, in the order of the file."""
    found: dict[int, list[tuple[int, Placed]]] = {}
    for one in workouts:
        if place := _PLACE.search(one.name):
            found.setdefault(int(place[1]), []).append((int(place[2]), one))
    return found


def _in_order(weeks: Mapping[int, list[tuple[int, Placed]]], report: Report) -> Iterator[list[tuple[int, Placed]]]:
    numbers = list(weeks)
    counts_down = len(numbers) > 1 and numbers == sorted(numbers, reverse=True)
    if counts_down:
        message = f"the weeks count down: {numbers[0]} is week 1, {numbers[-1]} that of the race"
        report.note("differs", message, weeks[numbers[0]][0][1].name.span)
    for number in sorted(weeks, reverse=counts_down):
        yield weeks[number]


def _days(number: int, week: Sequence[tuple[int, Placed]], report: Report) -> list[ForeignDay]:
    on = DAYS.get(max(session for session, _ in week), DAYS[MOST_SESSIONS])
    found: dict[int, list[ForeignSession]] = {}
    for session, one in sorted(week, key=lambda item: item[0]):
        if 1 <= session <= len(on):
            found.setdefault(on[session - 1], []).append(_session(one))
        else:
            message = f"`{one.name}` is not in the plan: a week has sessions 1 to {MOST_SESSIONS}"
            report.note("left-out", message, one.name.span)
    return [ForeignDay((number, day), tuple(sessions)) for day, sessions in sorted(found.items())]


def _by_date(name: str, workouts: Sequence[Placed]) -> ForeignPlan:
    found: dict[dt.date, list[ForeignSession]] = {}
    for one in workouts:
        assert one.date is not None
        found.setdefault(one.date, []).append(_session(one))
    return ForeignPlan(name, tuple(ForeignDay(on, tuple(sessions)) for on, sessions in sorted(found.items())))


def _session(one: Placed) -> ForeignSession:
    if one.is_run:
        return ForeignSession("workout", str(one.name), one.workout, one.name.span)
    return ForeignSession("cross", str(one.name), span=one.name.span)
