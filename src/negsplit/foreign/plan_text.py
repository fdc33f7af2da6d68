"""The days of a foreign file as a plan document, whose sessions use the files of its workouts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from negsplit.diagnostics import Diagnostic, Report, Severity, Source, Span, once
from negsplit.document.workouts import MAX_NAME, MAX_NOTES
from negsplit.foreign.verdict import SOME_RUNNER
from negsplit.formats.foreign import ForeignPlan, ForeignSession
from negsplit.plan.compile import compile_plan_text
from negsplit.plan.texts import MAX_WEEKS
from negsplit.program.captions import cut
from negsplit.tree import source
from negsplit.tree.layout import Fields, document
from negsplit.tree.nodes import Fields as FieldsNode
from negsplit.tree.nodes import Items, Node
from negsplit.words import DAYS


class Schedule(NamedTuple):
    """When weeks without dates begin, or the day of the race in the last of them."""

    start: dt.date | None = None
    race: dt.date | None = None


NO_SCHEDULE: Final = Schedule()
_SHOWN: Final = 40
"""Characters of a long text by which a message tells it from others."""


class _Session(NamedTuple):
    """A session with what the plan says of it, which uses a file or holds words."""

    of: ForeignSession
    written: str | Fields


Days = dict[dt.date | tuple[int, int], list[_Session]]
"""What stands on each day, in their order."""


def plan_text(
    plan: ForeignPlan, paths: Sequence[str | None], texts: Mapping[str, str], schedule: Schedule, report: Report
) -> str:
    """The plan, compiled as a whole with the ``texts`` of its workouts by their ``paths``.

    Empty, with an error at its place in the foreign file, if it cannot be written: weeks without dates and no
    schedule, more weeks or sessions than a plan has, a date that is none of a plan. A workout without a path has no
    session; what the plan leaves out by its schedule is told.
    """
    days = _days(plan, paths, schedule)
    _say_refused(plan, paths, report)
    if not days:
        report.note("left-out", "no workout and no note stands on a day: there is no plan to write", None)
        return ""
    head = _head(plan, days, schedule, report)
    if head is None:
        return ""
    _say_cut(days, report)
    text = document({**head, "days": _written(days)})
    result = compile_plan_text(text, name=plan.name, athlete=SOME_RUNNER, files=texts)
    places = _Places(text, days)
    told = [one for one in result.diagnostics if _is_of_days(one, plan)]
    report.extend(once(replace(one, span=places.of(one), fixes=()) for one in told))
    return text if result.ok else ""


def _is_of_days(found: Diagnostic, plan: ForeignPlan) -> bool:
    """Whether a message is an error, or a note on the plan; those of workouts are told of the workouts."""
    of_plan = found.span is None or found.span.source.name == plan.name
    return found.severity is Severity.ERROR or (found.severity is Severity.NOTE and of_plan)


def _days(plan: ForeignPlan, paths: Sequence[str | None], schedule: Schedule) -> Days:
    """What stands on each day, all of one day together; the race where the schedule has it."""
    found: Days = {}
    last = _last_session(plan) if plan.ends_in_race and schedule.race else None
    for day in plan.days:
        for one in day.sessions:
            is_race = one is last
            on = schedule.race if is_race and schedule.race else day.on
            if (written := _session(one, paths, is_race=is_race)) is not None:
                found.setdefault(on, []).append(_Session(one, written))
    return {on: found[on] for on in sorted(found, key=lambda on: _order(on, plan.week_starts))}


def _last_session(plan: ForeignPlan) -> ForeignSession | None:
    held = [day for day in plan.days if day.sessions]
    return max(held, key=lambda day: _order(day.on, plan.week_starts)).sessions[-1] if held else None


def _order(on: dt.date | tuple[int, int], week_starts: int) -> tuple[bool, int, int]:
    """Weeks, with their days as they begin, before dates."""
    return (True, 0, on.toordinal()) if isinstance(on, dt.date) else (False, on[0], (on[1] - week_starts) % len(DAYS))


def _session(one: ForeignSession, paths: Sequence[str | None], *, is_race: bool) -> str | Fields | None:
    """What the plan says of a session; None for a workout that is not written."""
    path = None if one.workout is None else paths[one.workout]
    kind, text = "race" if is_race else one.kind, cut(one.text.strip(), MAX_NOTES)
    if path is not None:
        return {"race": text or "Race", "use": path} if kind == "race" else path
    if _is_refused(one, paths):
        return None
    if kind == "rest":
        return {"rest": text} if text else "rest"
    return {kind: text or kind.capitalize()}


def _is_refused(one: ForeignSession, paths: Sequence[str | None]) -> bool:
    return one.workout is not None and paths[one.workout] is None


def _say_refused(plan: ForeignPlan, paths: Sequence[str | None], report: Report) -> None:
    refused = [one for day in plan.days for one in day.sessions if _is_refused(one, paths)]
    if refused:
        if len(refused) == 1:
            message = f"1 session is not in the plan, because its workout is refused: `{refused[0].text}`"
        else:
            why = f"because their workouts are refused: `{refused[0].text}` is the first"
            message = f"{len(refused)} sessions are not in the plan, {why}"
        report.note("left-out", message, refused[0].span)


def _say_cut(days: Days, report: Report) -> None:
    for one in (held.of for sessions in days.values() for held in sessions if held.of.workout is None):
        if len(one.text.strip()) > MAX_NOTES:
            message = f"a {one.kind} is cut to {MAX_NOTES} characters: `{cut(one.text.strip(), _SHOWN)}`"
            report.note("left-out", message, one.span)


# --- When it is ------------------------------------------------------------------------------------


def _head(plan: ForeignPlan, days: Days, schedule: Schedule, report: Report) -> Fields | None:
    """What stands above the days; None, with an error, where nobody can say when the plan is."""
    start, race = schedule
    weeks = max((day.on[0] for day in plan.days if isinstance(day.on, tuple)), default=None)
    if weeks is not None and schedule == NO_SCHEDULE:
        message = f"when does this plan begin? The file has {_weeks(weeks)}, but no dates"
        help = "add `--start DATE`, or `--race DATE` if it ends with a race, or `--workouts-only` for no plan"
        report.error("no-dates", message, _span(days), help)
        return None
    if weeks is None:
        if start is not None:
            report.note("no-effect", "the file has dates: `--start` changes nothing", _span(days))
        dates = [on for on in days if isinstance(on, dt.date)]
        start = min(dates)
        weeks = _weeks_between(start, race or max(dates), plan.week_starts)
    if not _is_a_count(weeks, start, race, days, report):
        return None
    if len(name := plan.name.strip() or "Plan") > MAX_NAME:
        report.note("differs", f"the name of this plan has {len(name)} characters: {MAX_NAME} are left", _span(days))
    fields: Fields = {"plan": name[:MAX_NAME].strip()}
    fields |= {"start": str(start)} if start else {}
    fields |= {"race": str(race)} if race else {}
    fields["weeks"] = str(weeks)
    fields |= {"week_starts": DAYS[plan.week_starts]} if plan.week_starts else {}
    return fields | ({"notes": plan.notes} if plan.notes else {})


def _is_a_count(weeks: int, start: dt.date | None, race: dt.date | None, days: Days, report: Report) -> bool:
    """Whether a plan can have so many weeks; else ``report`` is told."""
    if weeks < 1 and start and race:
        report.error(
            "date", f"the race on {race} is before the first day, {start}", _span(days), "give a later `--race`"
        )
    elif weeks < 1:
        report.error("weeks", f"weeks are counted from 1, and this is week {weeks}", _span(days), "count from 1")
    elif weeks > MAX_WEEKS:
        last = [*days.values()][-1][0].of.span
        message = f"a plan has {MAX_WEEKS} weeks at most, and up to here it is {weeks}"
        report.error("weeks", message, last, "split the file into several plans")
    return 1 <= weeks <= MAX_WEEKS


def _weeks(count: int) -> str:
    return "1 week" if count == 1 else f"{count} weeks"


def _weeks_between(first: dt.date, last: dt.date, week_starts: int) -> int:
    """How many weeks of a plan two dates lie in; by numbers, since weeks may begin before the first day there is."""
    begin = first.toordinal() - (first.weekday() - week_starts) % len(DAYS)
    return (last.toordinal() - begin) // len(DAYS) + 1


def _span(days: Days) -> Span | None:
    """Where the first session stands in the foreign file."""
    return next(iter(days.values()))[0].of.span


# --- Its text, and where what it says comes from ---------------------------------------------------


def _written(days: Days) -> Fields:
    found: Fields = {}
    for on, sessions in days.items():
        texts = [one.written for one in sessions]
        day = texts[0] if len(texts) == 1 else texts
        if isinstance(on, dt.date):
            found[str(on)] = day
        else:
            week = found.setdefault(f"week {on[0]}", {})
            assert isinstance(week, dict)
            week[DAYS[on[1]]] = day
    return found


class _Places:
    """Where the sessions of a plan's text stand in the foreign file that they were written of."""

    def __init__(self, text: str, days: Days) -> None:
        nodes, _ = source.read(Source("", text))
        written = [*_sessions_in(nodes[0].value("days"))] if nodes and isinstance(nodes[0], FieldsNode) else []
        sessions = [one.of for held in days.values() for one in held]
        self.first = sessions[0].span
        self.places = [*zip((node.span for node in written), (one.span for one in sessions), strict=False)]

    def of(self, found: Diagnostic) -> Span | None:
        """The place of what a message is about: the session that it names, else the first of all."""
        if found.span is None:
            return self.first
        behind = [place for node, place in self.places if node.start <= found.span.start]
        return behind[-1] if behind else self.first


def _sessions_in(node: Node | None) -> Iterator[Node]:
    """The sessions under the days of a plan, in their order."""
    for day in node.values() if isinstance(node, FieldsNode) else ():
        by_weekday = day.values() if isinstance(day, FieldsNode) and {*day} <= {*DAYS} else [day]
        for held in by_weekday:
            yield from held if isinstance(held, Items) else [held]
