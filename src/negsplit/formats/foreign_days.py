"""Things on their days as what a reader found: workouts, and the plan that they stand in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from negsplit.diagnostics import Diagnostic
from negsplit.formats.foreign import ForeignDay, ForeignPlan, ForeignSession, ForeignWorkout, Found
from negsplit.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Dated:
    """Sessions on their day, None where they have none; ``workout`` is the one of them, or one that is no run.

    ``messages`` are about what is no workout.
    """

    day: dt.date | None
    sessions: tuple[ForeignSession, ...]
    workout: ForeignWorkout | None = None
    messages: tuple[Diagnostic, ...] = ()


def gathered(things: Iterable[Dated], name: str, messages: Iterable[Diagnostic] = ()) -> Found:
    """All workouts in the order given, and a plan called ``name`` of what has a day; no plan where nothing has one."""
    workouts: list[ForeignWorkout] = []
    days: dict[dt.date, list[ForeignSession]] = {}
    said = list(messages)
    for one in things:
        said += one.messages
        if one.day is not None and one.sessions:
            at = len(workouts)
            sessions = (replace(it, workout=at) if it.kind == "workout" else it for it in one.sessions)
            days.setdefault(one.day, []).extend(sessions)
        workouts += [one.workout] if one.workout is not None else []
    plan = ForeignPlan(name, tuple(ForeignDay(on, tuple(days[on])) for on in sorted(days))) if days else None
    return Found(tuple(workouts), plan, tuple(said))
