"""A plan before and after it was changed: the weeks and the sessions that differ, side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from negsplit.plan.totals import PlanTotals, SessionTotals, Totals, WeekTotals
from negsplit.preview.plan_words import day_text, session_distance, session_time, total_distance, total_time
from negsplit.units import PaceUnit

_NOTHING = "-"


def weeks(before: PlanTotals, after: PlanTotals) -> Iterator[str]:
    """A row for each week that comes to something else, below a head; nothing where none does."""
    others = {week.week.first: week for week in before.weeks}
    rows = [
        (f"{day_text(week.week.first)}", _week(others.get(week.week.first), after.unit), _week(week, after.unit))
        for week in after.weeks
    ]
    changed = [row for row in rows if row[1] != row[2]]
    yield from _columns([("week of", "before", "after"), *changed]) if changed else ()


def sessions(before: PlanTotals, after: PlanTotals) -> Iterator[str]:
    """A row for each day that holds something else."""
    ours, theirs = _by_day(after), _by_day(before)
    rows = []
    for date in sorted({*ours, *theirs}):
        was, now = (_day(plan.get(date, []), after.unit) for plan in (theirs, ours))
        if was != now:
            rows.append((day_text(date), was, now))
    yield from _columns([("day", "before", "after"), *rows]) if rows else ()


def _by_day(plan: PlanTotals) -> dict[dt.date, list[SessionTotals]]:
    found: dict[dt.date, list[SessionTotals]] = {}
    for one in plan.sessions:
        found.setdefault(one.planned.date, []).append(one)
    return found


def _week(week: WeekTotals | None, unit: PaceUnit) -> str:
    if week is None or not week.totals.sessions:
        return _NOTHING
    totals: Totals = week.totals
    known = [text for text in (total_distance(totals, unit), total_time(totals)) if text != "unknown"]
    longest = totals.longest
    far = session_distance(longest, unit) if longest else ""
    far = session_time(longest) if longest and far == "unknown" else far
    return ", ".join([*known, f"longest {far}"])


def _day(found: list[SessionTotals], unit: PaceUnit) -> str:
    return " + ".join(_one(one, unit) for one in found) or _NOTHING


def _one(one: SessionTotals, unit: PaceUnit) -> str:
    if not one.is_run:
        return one.name
    far = session_distance(one, unit)
    return f"{one.name}, {session_time(one) if far == 'unknown' else far}"


def _columns(rows: list[tuple[str, str, str]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    for first, second, third in rows:
        yield f"{first:{widths[0]}}  {second:{widths[1]}}  {third}"
