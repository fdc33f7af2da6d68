"""The days of a foreign file as a plan document, whose sessions use the files of its workouts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from negsplit.diagnostics import Report, Severity
from negsplit.document.workouts import MAX_NOTES
from negsplit.foreign.verdict import SOME_RUNNER
from negsplit.formats.foreign import ForeignPlan, ForeignSession
from negsplit.plan.compile import compile_plan_text
from negsplit.program.captions import cut
from negsplit.tree.layout import Fields, document
from negsplit.words import DAYS

MOST_WEEKS: Final = 104
"""As of any plan."""


class Schedule(NamedTuple):
    """When weeks without dates begin, or the day of the race in the last of them."""

    start: dt.date | None = None
    race: dt.date | None = None


NO_SCHEDULE: Final = Schedule()


def plan_text(
    plan: ForeignPlan, paths: Sequence[str | None], texts: Mapping[str, str], schedule: Schedule, report: Report
) -> str:
    """The plan, compiled as a whole with the ``texts`` of its workouts by their ``paths``; empty, with an error, if it
    cannot be written: weeks without dates and no schedule, nothing in it, or more weeks than a plan has.
    """
    has_dates = any(isinstance(day.on, dt.date) for day in plan.days)
    if not plan.days:
        return ""
    if not has_dates and schedule == NO_SCHEDULE:
        message = f"when is the plan? the file has {_last_week(plan)} weeks without dates"
        report.error(
            "no-dates", message, None, "add `--start DATE` or `--race DATE`, or leave it out: `--workouts-only`"
        )
        return ""
    long = [one for day in plan.days for one in day.sessions if cut(one.text, MAX_NOTES) != one.text]
    for one in long:
        report.note("left-out", f"a {one.kind} is cut to {MAX_NOTES} characters: `{cut(one.text, 40)}`", one.span)
    text = document(_by_date(plan, paths) if has_dates else _by_week(plan, paths, schedule))
    result = compile_plan_text(text, name=plan.name, athlete=SOME_RUNNER, files=texts)
    faults = [one for one in result.diagnostics if one.severity is Severity.ERROR]
    report.extend(faults)
    return "" if faults else text


def _last_week(plan: ForeignPlan) -> int:
    return max(day.on[0] for day in plan.days if isinstance(day.on, tuple))


def _head(plan: ForeignPlan, when: Fields, weeks: int) -> Fields:
    fields: Fields = {"plan": plan.name, **when, "weeks": str(weeks)}
    if plan.week_starts:
        fields["week_starts"] = DAYS[plan.week_starts]
    return fields | ({"notes": plan.notes} if plan.notes else {})


def _by_week(plan: ForeignPlan, paths: Sequence[str | None], schedule: Schedule) -> Fields:
    when: Fields = {"race": str(schedule.race)} if schedule.race else {"start": str(schedule.start)}
    weeks: dict[int, Fields] = {}
    for day in plan.days:
        assert isinstance(day.on, tuple)
        week, weekday = day.on
        weeks.setdefault(week, {})[DAYS[weekday]] = _sessions(day.sessions, paths)
    return {**_head(plan, when, _last_week(plan)), "days": {f"week {week}": days for week, days in weeks.items()}}


def _by_date(plan: ForeignPlan, paths: Sequence[str | None]) -> Fields:
    days = {day.on: day for day in plan.days if isinstance(day.on, dt.date)}
    first, last = min(days), max(days)
    monday = first - dt.timedelta(first.weekday())
    head = _head(plan, {"start": str(first)}, (last - monday).days // 7 + 1)
    return {**head, "days": {str(on): _sessions(days[on].sessions, paths) for on in sorted(days)}}


def _sessions(sessions: Iterable[ForeignSession], paths: Sequence[str | None]) -> str | Fields | list[str | Fields]:
    found = [_session(one, paths) for one in sessions]
    return found[0] if len(found) == 1 else found


def _session(one: ForeignSession, paths: Sequence[str | None]) -> str | Fields:
    path = None if one.workout is None else paths[one.workout]
    if path is not None:
        return {"use": path}
    if one.kind == "rest":
        return {"rest": one.text} if one.text else "rest"
    kind = "note" if one.kind == "workout" else one.kind
    return {kind: cut(one.text, MAX_NOTES)}
