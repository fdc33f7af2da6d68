"""What a day becomes, as a plan says it: one line of YAML."""

from __future__ import annotations

from typing import Final

from negsplit.document.write import steps
from negsplit.plan.adapting.days import Becomes
from negsplit.plan.adapting.loads import Gauge, has_strides, is_fast
from negsplit.plan.adapting.parts import part
from negsplit.plan.compile import CompiledSession
from negsplit.plan.model import Use
from negsplit.plan.totals import SessionTotals
from negsplit.tree.layout import Fields, Node

BY_EFFORT: Final = "RPE 3"
"""Easy, for whom no pace is known, or should not matter."""
_STRIDES: Final = "4x(20 s @ RPE 8, walk 60 s)"
_AFTER_STRIDES: Final = "5 min"
_STRIDES_SECONDS: Final = 4 * 80.0 + 5 * 60.0
_WALKED_MINUTES: Final = (1, 2, 3, 4)
"""Minutes run between walks of one minute, run by run: the stages of walk-run programmes."""
_LEAST_ROUNDS: Final = 3
_CUT: Final = ", cut short"


class Writing:
    """Writes the days of one plan."""

    def __init__(self, measure: Gauge, *, by_effort: bool) -> None:
        self.gauge = measure
        self.easy = BY_EFFORT if by_effort else "easy"
        self._walks = 0

    def session(self, one: Becomes) -> str | Fields:
        """What a session becomes; those of a plan one after the other, as they are run."""
        if one.kind == "rest":
            return "rest"
        session, easy = one.was.planned.session, BY_EFFORT if one.by_effort else self.easy
        fields: Fields = {"name": _name(one), "steps": self._steps(one, easy)}
        if session.time:
            fields["time"] = f"{session.time:%H:%M}"
        if session.optional:
            fields["optional"] = "true"
        return fields

    def _steps(self, one: Becomes, easy: str) -> Node:
        if one.kind == "fast":
            found = part(one.was, one.share)
            assert found is not None, one.was.key
            return steps(found)
        if one.kind == "walks":
            run = _WALKED_MINUTES[min(self._walks, len(_WALKED_MINUTES) - 1)]
            self._walks += 1
            rounds = max(round(self.gauge.seconds(one.amount) / 60 / (run + 1)), _LEAST_ROUNDS)
            return [{"walk_run": f"run {run} min @ {BY_EFFORT} / walk 1 min", "repeats": str(rounds)}]
        if one.kind == "strides":
            left = max(one.amount - self.gauge.from_seconds(_STRIDES_SECONDS), self.gauge.least / 2)
            return f"run {self.gauge.written(left)} @ {easy}, {_STRIDES}, cooldown {_AFTER_STRIDES} @ {easy}"
        return f"run {self.gauge.written(one.amount)} @ {easy}"


def _name(one: Becomes) -> str:
    was = one.was.name
    if one.kind == "walks":
        return "Walk-run"
    if one.kind == "fast":
        return f"{was.removesuffix(_CUT)}{_CUT}"
    if one.kind == "strides":
        return was if has_strides(one.was) else "Easy, strides"
    return "Easy" if is_fast(one.was) or has_strides(one.was) else was


def as_it_is(one: SessionTotals | CompiledSession) -> str | Fields:
    """A session as it was, said for its day alone."""
    session = one.planned.session
    fields: Fields = {}
    if isinstance(session.body, Use):
        fields["use"] = str(session.body.name)
    elif one.workout:
        fields["steps"] = steps(one.workout.written_out.steps)
    if session.kind != "workout":
        fields[session.kind] = session.text or one.name
    if isinstance(session.body, Use) and one.planned.values:
        fields["with"] = {name: str(given) for name, given in one.planned.values.items()}
    if session.name:
        fields["name"] = session.name
    if session.notes:
        fields["notes"] = session.notes
    if session.tags:
        fields["tags"] = session.tags
    if session.time:
        fields["time"] = f"{session.time:%H:%M}"
    if session.optional:
        fields["optional"] = "true"
    if session.distance:
        fields["distance"] = str(session.distance)
    if session.goal:
        fields["goal"] = str(session.goal)
    return "rest" if fields == {"rest": "Rest"} else fields
