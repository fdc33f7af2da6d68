"""A plan before anybody runs it: read, dated, and each of its workouts read, with no runner's number in it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from negsplit.compile import Documents, Prepared, prepare
from negsplit.diagnostics import Diagnostic, Effect, Report, has_errors, is_sound
from negsplit.document.library import Library, Texts
from negsplit.frozen import dataclass
from negsplit.model import Item, Repeat, Workout
from negsplit.plan import reader, session_workouts
from negsplit.plan.calendar import Planned, calendar
from negsplit.plan.follows import Follows, opened
from negsplit.plan.model import DayChange, Plan
from negsplit.plan.values import Given
from negsplit.program.device import MOST_STEPS
from negsplit.tree.nodes import Node

MAX_SESSIONS: Final = 2_000
"""Sessions of a whole plan: two years with two or three a day."""
MAX_AT_FAULT: Final = 5_000
"""Steps of workouts with errors; behind so many the rest of a plan is not compiled."""
_SOME_MONDAY: Final = dt.date(2026, 1, 5)
"""Where a plan lies that does not say when it is, so that its other mistakes are found."""


@dataclass(frozen=True, slots=True)
class WrittenWorkout:
    """The workout of a session as read, None where it cannot be, and what is wrong with it."""

    prepared: Prepared | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def workout(self) -> Workout | None:
        """Before any runner's number is in it."""
        return self.prepared.workout if self.prepared else None

    def weight(self, found: Sequence[Diagnostic]) -> int:
        """What it counts of :data:`MAX_AT_FAULT` where all this was found; nothing where it may be run."""
        steps = _count(self.workout.steps) if self.workout else 0
        if steps <= MOST_STEPS and not has_errors(found):
            return 0
        gives_up = any(one.effect is Effect.GIVES_UP for one in found)
        return steps + len(found) + MAX_AT_FAULT // 10 * gives_up


@dataclass(frozen=True, slots=True)
class WrittenSession:
    """One session on its day; without a workout where it has none, or where nothing more is read of a plan.

    Those that differ in their day alone have the same ``workout``.
    """

    planned: Planned
    workout: WrittenWorkout | None = None


@dataclass(frozen=True, slots=True)
class WrittenPlan:
    """A plan that any runner can be put into, in another process too.

    ``as_planned`` are its sessions before days were missed and sessions moved, where that decides what down weeks leave
    out. ``lint`` are the rules that it sets aside, and why. ``followed`` is the plan that was run before it.
    """

    plan: Plan
    sessions: tuple[WrittenSession, ...]
    as_planned: tuple[WrittenSession, ...]
    lint: Mapping[str, str]
    followed: Followed | None = None


class PlanRead(NamedTuple):
    """What was read of a plan's text, with all that is wrong with it; no plan where there is none to go on with."""

    plan: WrittenPlan | None
    diagnostics: tuple[Diagnostic, ...]


class Followed(NamedTuple):
    """The plan that was run before another, and where that names it."""

    link: Follows
    read: PlanRead


def read_plan(documents: Documents, library: Library | None) -> PlanRead:
    """The plan of a text, and what its sessions are in the files of the library."""
    report = Report(list(documents.diagnostics))
    nodes = documents.nodes
    if len(nodes) > 1:
        message = f"a plan's file holds one document, this holds {len(nodes)}"
        report.error("not-a-document", message, nodes[1].span, "put each in its own file")
    found = _written(nodes[0], library, report) if nodes else None
    if found is not None and (follows := found.plan.follows) and is_dated(found.plan):
        link = Follows(follows, follows.span, (nodes[0].span.source,))
        found = _with_followed(found, link, library or Texts({}), report)
    return PlanRead(found, tuple(report.diagnostics))


def is_dated(plan: Plan) -> bool:
    """Whether it says when it is."""
    return plan.start is not None or plan.race is not None


def _written(node: Node, library: Library | None, report: Report) -> WrittenPlan | None:
    read = reader.read(node, report, library)
    if read is None:
        return None
    plan = on_days(read.plan)
    if (count := _sessions(plan)) > MAX_SESSIONS:
        message = f"this plan has {count} sessions, {MAX_SESSIONS} are allowed"
        report.error("too-many-sessions", message, plan.span, "write fewer weeks, or fewer sessions")
        return None
    reading = _Reading(read.source, library)
    sessions = as_planned = reading.sessions(calendar(plan, report))
    if plan.down and plan.down.drop and (plan.missed or plan.session_moves):  # neither brings back what is left out
        as_planned = reading.sessions(calendar(replace(plan, missed=(), session_moves={}), Report()))
    return WrittenPlan(read.plan, sessions, as_planned, read.source.settings.lint)


def _with_followed(plan: WrittenPlan, link: Follows, library: Library, report: Report) -> WrittenPlan:
    """A plan with the one that was run before it, and so on."""
    node = opened(link, library, report)
    if node is None:
        return plan
    part = Report()
    found = _written(node, library, part)
    if found is not None and (follows := found.plan.follows) and is_sound(part.diagnostics):
        found = _with_followed(found, link.next(follows, node.span.source), library, report)
    return replace(plan, followed=Followed(link, PlanRead(found, tuple(part.diagnostics))))


def on_days(plan: Plan) -> Plan:
    """A plan on days: where it does not say when it is, on some, so that its other mistakes are found."""
    if is_dated(plan):
        return plan
    return replace(
        plan,
        start=_SOME_MONDAY,
        week_starts=0,
        changes=_of_weeks(plan.changes),
        taken_changes=_of_weeks(plan.taken_changes),
        session_moves={},
        missed=(),
        fitness=(),
    )


def _of_weeks(changes: Sequence[DayChange]) -> tuple[DayChange, ...]:
    return tuple(one for one in changes if not isinstance(one.day, dt.date))


def _sessions(plan: Plan) -> int:
    """How many there are before any is left out."""
    times, entries = Counter(plan.repeat_weeks), (*plan.entries, *plan.added)
    often = sum(len(entry.days) * sum(1 + times[week] for week in entry.weeks) for entry in entries)
    return often + sum(len(change.sessions) for change in (*plan.taken_changes, *plan.changes))


class _Reading:
    """Reads the workouts of a plan's sessions, each once, until too much is at fault."""

    def __init__(self, source: session_workouts.PlanParts, library: Library | None) -> None:
        self.source, self.library = source, library
        self._known: dict[tuple[int, tuple[tuple[str, Given], ...]], WrittenWorkout] = {}
        self._at_fault = 0

    def sessions(self, planned: Sequence[Planned]) -> tuple[WrittenSession, ...]:
        """Sessions with their workouts."""
        return tuple(WrittenSession(one, self._workout(one)) for one in planned)

    def _workout(self, planned: Planned) -> WrittenWorkout | None:
        if planned.session.body is None or self._at_fault > MAX_AT_FAULT:
            return None
        known = (id(planned.session), tuple(planned.values.items()))
        if known not in self._known:
            part = Report()
            found = session_workouts.workout(self.source, planned.session, planned.values, part, self.library)
            self._known[known] = written = WrittenWorkout(prepare(found) if found else None, tuple(part.diagnostics))
            self._at_fault += written.weight(part.diagnostics)
        return self._known[known]


def _count(items: Sequence[Item]) -> int:
    return sum(1 + (_count(item.steps) if isinstance(item, Repeat) else 0) for item in items)
