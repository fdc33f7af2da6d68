"""Plan documents: what is on which day."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

from negsplit.diagnostics import Effect, Report
from negsplit.document import workouts
from negsplit.document.fields import listed
from negsplit.document.library import Library, Texts
from negsplit.document.params import TooMuchError
from negsplit.document.reading import is_meant, shape_of
from negsplit.document.reuse import blocks_of
from negsplit.document.settings import tolerance
from negsplit.document.shapes import PlanShape, RaceDayShape
from negsplit.model import Workout
from negsplit.plan import header, texts
from negsplit.plan.model import DayChange, Plan, RaceDay, WeeklySession
from negsplit.plan.session_workouts import PlanParts, document_of
from negsplit.plan.sessions import Sessions
from negsplit.plan.use import with_the_other
from negsplit.targets import AtFault, Covering, PaceTarget, Target, folded_name
from negsplit.tree.nodes import Fields, Node, Text

_GOAL: Final = "goal"
"""The pace of a race's goal."""


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
    whole, params = with_the_other(node, library, report)
    shape = shape_of(whole, PlanShape, report)
    if shape is None:
        return None
    is_whole = "use" not in node or not report.failed  # else what is missing may stand in the other
    if not (is_meant(whole, "start", PlanShape) or is_meant(whole, "race", PlanShape)):
        header.check_dates(whole, shape.plan, report)
    race = header.race(shape.race, report) if shape.race else None
    weeks = header.weeks(shape.weeks, report) if shape.weeks else None
    source = PlanParts(whole, params, _paces(shape, race, report), _settings(shape, report))
    reader = Sessions(whole, params, weeks, report)
    entries = reader.entries(shape)
    changes = reader.changes(shape)
    last = _last_week(entries, changes)
    if is_whole:
        _check_missing(whole, shape.plan, last, report)
    plan = _plan(whole, shape, weeks, report, race=race, entries=entries, changes=changes)
    plan = replace(plan, weeks=weeks or last)
    if len(entries) == len(whole.value("sessions") or ()) and not is_meant(whole, "sessions", PlanShape):
        header.check_down(plan, report)  # else what is cut may be missing
    _check_blocks(whole, report, library)
    return PlanDocument(plan, source)


def _check_missing(whole: Fields, name: Text, last: int, report: Report) -> None:
    """Reports a plan without sessions, or without a number of weeks; the ``last`` that it names is proposed."""
    if not {"sessions", "days"} & set(whole) and not is_meant(whole, "sessions", PlanShape):
        help = "add `sessions:`, or `days:` for a plan of single days"
        report.error("missing-key", "`sessions` is missing", name.span, help)
    if "weeks" not in whole and not is_meant(whole, "weeks", PlanShape):
        help = f"add how many there are, such as `weeks: {last}`"
        report.error("missing-key", "`weeks` is missing", name.span, help)


def _plan(
    whole: Fields,
    shape: PlanShape,
    weeks: int | None,
    report: Report,
    *,
    race: RaceDay | None,
    entries: tuple[WeeklySession, ...],
    changes: tuple[DayChange, ...],
) -> Plan:
    """A plan of so many weeks, with what it says beside its sessions; of as many as can be where they are at fault."""
    count = weeks or texts.MAX_WEEKS
    down = next((key for key in whole if key == "down_weeks"), shape.plan)
    return Plan(
        name=workouts.bounded_name(shape.plan, report),
        id=header.identifier(shape, report),
        weeks=count,
        start=texts.date(shape.start, report) if shape.start else None,
        race=race,
        week_starts=(texts.weekday(shape.week_starts, report) or 0) if shape.week_starts else 0,
        entries=entries,
        changes=changes,
        down=header.down_weeks(shape.down_weeks, count, down.span, report) if shape.down_weeks else None,
        repeat_weeks=_again(shape, weeks, report),
        notes=workouts.bounded_notes(shape.notes, report) if shape.notes else "",
        span=shape.plan.span,
    )


def _last_week(entries: tuple[WeeklySession, ...], changes: tuple[DayChange, ...]) -> int:
    """The last week that a plan names; one without `weeks:` has sessions in all that there can be."""
    named = [entry.weeks[-1] for entry in entries if entry.weeks and len(entry.weeks) < texts.MAX_WEEKS]
    named += [change.day[0] for change in changes if isinstance(change.day, tuple)]
    return min(max(named, default=10), texts.MAX_WEEKS)


def _again(shape: PlanShape, weeks: int | None, report: Report) -> tuple[int, ...]:
    written = listed(shape.repeat_weeks)
    found = texts.weeks_named(written, weeks or texts.MAX_WEEKS, report)
    count = (weeks or 0) + len(found)
    if count > texts.MAX_WEEKS:
        message = f"with the weeks done again this plan has {count}, {texts.MAX_WEEKS} are allowed"
        report.error("out-of-bounds", message, written[0].span, "write fewer weeks")
        return ()
    return tuple(found)


def _paces(shape: PlanShape, race: RaceDay | None, report: Report) -> dict[str, Target]:
    found = workouts.own_paces(shape.paces, report)
    if race and race.goal and race.distance:
        for name in [name for name in found if folded_name(name) == _GOAL]:
            help = "call the one under `paces` something else, or take `goal` from the race"
            report.error("said-twice", "`goal` is the pace of the race's goal already", found.pop(name).span, help)
        found[_GOAL] = PaceTarget(Covering(race.distance, race.goal, race.goal), span=race.span)
    elif isinstance(shape.race, RaceDayShape) and shape.race.goal:  # at fault, and sessions may name it
        found.setdefault(_GOAL, PaceTarget(AtFault()))
    return found


def _settings(shape: PlanShape, report: Report) -> Workout:
    lint = workouts.set_aside(shape.lint, report)
    return Workout("", (), tolerance=tolerance(shape.tolerance, report), lint=lint)


def _check_blocks(node: Fields, report: Report, library: Library) -> None:
    """Reports what is wrong with blocks, also with those that no session uses."""
    if (blocks := blocks_of(node)) is not None:
        key = next(key for key in node if key == "blocks")
        lap = Text.made("lap", next(iter(node)).span)
        workouts.workout(document_of(node, lap, {key: blocks}), report, library)
