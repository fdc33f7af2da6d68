"""Plan documents: what is on which day."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from negsplit.diagnostics import Effect, Report
from negsplit.document import workouts
from negsplit.document.choices import UNITS, choice
from negsplit.document.fields import listed
from negsplit.document.library import Library, Texts
from negsplit.document.params import TooMuchError
from negsplit.document.reading import is_meant, shape_of
from negsplit.document.reuse import blocks_of
from negsplit.document.settings import tolerance
from negsplit.document.shapes import PlanShape
from negsplit.model import Workout
from negsplit.plan import header, moves, races, texts
from negsplit.plan.header import WeekCount
from negsplit.plan.missed import missed
from negsplit.plan.model import DayChange, Plan, RaceDay, WeeklySession
from negsplit.plan.races import GOAL, RaceGoal
from negsplit.plan.session_workouts import PlanParts, document_of
from negsplit.plan.sessions import Sessions
from negsplit.plan.use import WholePlan, with_the_other
from negsplit.targets import Target, folded_name
from negsplit.tree.nodes import Fields, Node, Text


class PlanDocument(NamedTuple):
    """A plan as read, and what its sessions are compiled with."""

    plan: Plan
    source: PlanParts


def athlete_path(node: Fields) -> Text | None:
    """The file that a plan names for its athlete."""
    found = node.value("athlete")
    return found if isinstance(found, Text) and found.strip() else None


def read(node: Node, report: Report, library: Library | None = None) -> PlanDocument | None:
    """The plan in a document, or None where its shape leaves nothing to go on with."""
    if not workouts.is_kind(node, "plan", report) or not isinstance(node, Fields):
        return None
    try:
        return _read(node, report, library or Texts({}))
    except TooMuchError as error:
        message = f"with its params this plan comes to more than {error}"
        report.error("too-much", message, next(iter(node)).span, "write shorter values", effect=Effect.GIVES_UP)
        return None


def _read(node: Fields, report: Report, library: Library) -> PlanDocument | None:
    taken = with_the_other(node, library, report)
    whole = taken.node
    shape = shape_of(whole, PlanShape, report)
    if shape is None:
        return None
    race, goal = races.race_day(shape.race, report) if shape.race else (None, RaceGoal())
    weeks = header.weeks(shape, report)
    source = PlanParts(whole, taken.params, _paces(shape, goal, report), _settings(shape, report))
    sessions = _sessions(shape, taken, Sessions(whole, taken.params, weeks, report), report)
    is_whole = "use" not in node or not report.failed  # else what is missing may stand in the other
    plan = _plan(whole, shape, weeks, report, race=race, sessions=sessions)
    last = header.weeks_to_the_race(plan) or _last_week(sessions)
    if is_whole:
        _check_missing(taken, shape.plan, last, report)
    if weeks.usual is None:
        plan = replace(plan, weeks=last)
    elif plan.repeat_weeks or not shape.repeat_weeks:  # else nobody knows in which week the race is
        plan = header.with_the_race_in_its_week(plan, report)
    moves.check_weekdays(plan, shape.moves, report)
    written = sum(len(whole.value(key) or ()) for key in ("sessions", "add"))
    if len(plan.entries) + len(plan.added) == written and not is_meant(whole, "sessions", PlanShape):
        header.check_down(plan, report)  # else what is cut may be missing
    _check_blocks(whole, report, library)
    return PlanDocument(plan, source)


class _Sessions(NamedTuple):
    """What is on which day, without what is at fault: see :class:`~negsplit.plan.model.Plan`."""

    entries: tuple[WeeklySession, ...]
    taken_changes: tuple[DayChange, ...]
    added: tuple[WeeklySession, ...]
    changes: tuple[DayChange, ...]


def _sessions(shape: PlanShape, taken: WholePlan, reader: Sessions, report: Report) -> _Sessions:
    days = None
    if taken.taken_days is not None:
        key = Text.made("days", taken.taken_days.span)
        alone = Fields(taken.taken_days.span, flow=False)
        alone.update({Text.made("plan", shape.plan.span): shape.plan, key: taken.taken_days})
        days = shape_of(alone, PlanShape, report)
    return _Sessions(
        reader.entries(shape.sessions),
        reader.changes(days.days if days else None),
        reader.entries(shape.add),
        reader.changes(shape.days),
    )


def _check_missing(whole: WholePlan, name: Text, last: int, report: Report) -> None:
    """Reports a plan without a day, sessions, or a number of weeks; the ``last`` that it names is proposed."""
    node = whole.node
    if not (is_meant(node, "start", PlanShape) or is_meant(node, "race", PlanShape)):
        header.check_dates(node, name, report)
    has_days = whole.taken_days is not None or bool({"sessions", "days"} & set(node))
    if not has_days and not is_meant(node, "sessions", PlanShape):
        help = "add `sessions:`, or `days:` for a plan of single days"
        report.error("missing-key", "`sessions` is missing", name.span, help)
    if "weeks" not in node and not is_meant(node, "weeks", PlanShape):
        help = f"add how many there are, such as `weeks: {last}`"
        report.error("missing-key", "`weeks` is missing", name.span, help)


def _plan(
    whole: Fields,
    shape: PlanShape,
    weeks: WeekCount,
    report: Report,
    *,
    race: RaceDay | None,
    sessions: _Sessions,
) -> Plan:
    """A plan of so many weeks, with what it says beside its sessions; of as many as can be where they are at fault."""
    down = next((key for key in whole if key == "down_weeks"), shape.plan)
    return Plan(
        name=workouts.bounded_name(shape.plan, report),
        id=header.identifier(shape, report),
        weeks=weeks.first_ones,
        weeks_after=weeks.after,
        start=texts.date(shape.start, report) if shape.start else None,
        race=race,
        week_starts=(texts.weekday(shape.week_starts, report) or 0) if shape.week_starts else 0,
        **sessions._asdict(),
        **moves.moves(shape.moves or {}, report)._asdict(),
        down=header.down_weeks(shape.down_weeks, weeks, down.span, report) if shape.down_weeks else None,
        repeat_weeks=_again(shape, weeks, report),
        notes=workouts.bounded_notes(shape.notes, report) if shape.notes else "",
        units=choice(shape.units, UNITS, report) if shape.units else None,
        missed=missed(shape.missed or (), report),
        follows=shape.follows,
        span=shape.plan.span,
    )


def _last_week(sessions: _Sessions) -> int:
    """The last week that a plan names; one without `weeks:` has sessions in all that there can be."""
    entries, changes = (*sessions.entries, *sessions.added), (*sessions.taken_changes, *sessions.changes)
    named = [entry.weeks[-1] for entry in entries if entry.weeks and len(entry.weeks) < texts.MAX_WEEKS]
    named += [change.day[0] for change in changes if isinstance(change.day, tuple)]
    return min(max(named, default=10), texts.MAX_WEEKS)


def _again(shape: PlanShape, weeks: WeekCount, report: Report) -> tuple[int, ...]:
    written = listed(shape.repeat_weeks)
    found = texts.weeks_named(written, weeks.last, report)
    count = (weeks.usual or 0) + weeks.after + len(found)
    if count > texts.MAX_WEEKS:
        message = f"with the weeks done again this plan has {count}, {texts.MAX_WEEKS} are allowed"
        report.error("out-of-bounds", message, written[0].span, "write fewer weeks")
        return ()
    return tuple(found)


def _paces(shape: PlanShape, goal: RaceGoal, report: Report) -> dict[str, Target]:
    found = workouts.own_paces(shape.paces, report)
    alike = [name for name in found if folded_name(name) == GOAL]
    if goal.pace is None or (alike and not goal.time):
        return found
    for name in alike:
        help = "call the one under `paces` something else, or take `goal` from the race"
        report.error("said-twice", "`goal` is the pace of the race's goal already", found.pop(name).span, help)
    return {**found, GOAL: goal.pace}


def _settings(shape: PlanShape, report: Report) -> Workout:
    lint = workouts.set_aside(shape.lint, report)
    return Workout("", (), tolerance=tolerance(shape.tolerance, report), lint=lint)


def _check_blocks(node: Fields, report: Report, library: Library) -> None:
    """Reports what is wrong with blocks, also with those that no session uses."""
    if (blocks := blocks_of(node)) is not None:
        key = next(key for key in node if key == "blocks")
        lap = Text.made("lap", next(iter(node)).span)
        workouts.workout(document_of(node, lap, {key: blocks}), report, library)
