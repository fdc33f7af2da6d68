"""The sessions of a plan as events of a calendar: what is on the day, with its steps in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from negsplit.compile import CompiledWorkout
from negsplit.desk.remarks import remarks
from negsplit.formats.ics import Event
from negsplit.plan.model import Plan
from negsplit.plan.totals import PlanTotals, SessionTotals
from negsplit.preview.plan_words import title, titled
from negsplit.preview.text import step_lines
from negsplit.preview.text import totals as totals_line
from negsplit.tree.source_lines import short
from negsplit.units import PaceUnit


class SessionEvent(NamedTuple):
    """The event of the session of a ``key``, and what to call it in a few words."""

    key: str
    name: str
    event: Event


def plan_events(plan: PlanTotals) -> list[SessionEvent]:
    """The events of the weeks in hand, in their order."""
    return [_event(plan.plan, one, plan.unit) for one in plan.sessions]


def _event(plan: Plan, one: SessionTotals, unit: PaceUnit) -> SessionEvent:
    session, workout = one.planned.session, one.workout
    timed = session.time if session.kind == "workout" else None
    event = Event(
        uid=uid(plan.id, one.key),
        day=one.planned.date,
        summary=title(one, unit),
        description="\n\n".join(_description(one, workout, unit)),
        categories=session.tags,
        time=timed,
        seconds=None if one.seconds is None or one.is_short else round(one.seconds),
    )
    return SessionEvent(one.key, short(titled(one.planned, one.name) or one.planned.label), event)


def uid(plan_id: str, key: str) -> str:
    """What a calendar knows a session by, wherever it is moved to."""
    return f"{plan_id}-{key}@negsplit"


def _description(one: SessionTotals, workout: CompiledWorkout | None, unit: PaceUnit) -> Iterator[str]:
    """Remarks, steps and totals."""
    session = one.planned.session
    yield from remarks(session, session.notes or (workout.program.notes if workout else ""))
    if workout:
        yield "\n".join(step_lines(workout.program, unit))
        yield totals_line(workout.program, workout.estimate, unit)
