"""Which workouts of a plan the last result on its way changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from negsplit.compile import CompiledWorkout, compile_model
from negsplit.diagnostics import Report
from negsplit.plan.compile import CompiledPlan, CompiledSession


class Change(NamedTuple):
    """A session, and its workout as the paces before the last change of fitness would have it."""

    session: CompiledSession
    before: CompiledWorkout


def changes(plan: CompiledPlan) -> Iterator[Change]:
    """The sessions from the last change of fitness on whose steps are others for it, in the order of their days."""
    if len(plan.runners) < 2:
        return
    before, last = plan.runners[-2:]
    known: dict[int, CompiledWorkout | None] = {}
    for one in plan.sessions:
        if one.planned.date < last.first or one.written is None or one.workout is None:
            continue
        key = id(one.written)
        if key not in known:
            known[key] = compile_model(one.written, before.runner, plan.device, Report(), is_titled=False)
        found = known[key]
        if found is not None and found.program.steps != one.workout.program.steps:
            yield Change(one, found)
