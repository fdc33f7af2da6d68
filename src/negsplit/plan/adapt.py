"""A plan after a break: what its days become, by published guidance, as edits of its text."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from negsplit.frozen import dataclass
from negsplit.model import Break
from negsplit.plan import returns
from negsplit.plan.adapting import race_left, walk_runs
from negsplit.plan.adapting.days import Becomes, Before, Days, in_order
from negsplit.plan.adapting.guidance import (
    LONG,
    LONGEST,
    Return,
    fitness_left,
    fitness_left_with_other_training,
    way_back,
)
from negsplit.plan.adapting.loads import gauge, is_fast
from negsplit.plan.adapting.texts import Writing
from negsplit.plan.adapting.words import amount_text, comment
from negsplit.plan.adapting.written import Edit, Written
from negsplit.plan.compile import CompiledPlan
from negsplit.plan.model import Missed
from negsplit.plan.returns import A_FEW
from negsplit.plan.totals import PlanTotals, totals
from negsplit.tree.nodes import Fields
from negsplit.units import plain

_ONE_DAY = dt.timedelta(days=1)


class Refusal(NamedTuple):
    """Why a plan cannot be adapted, and what to do instead."""

    message: str
    help: str


@dataclass(frozen=True, slots=True)
class Adapted:
    """What a break makes of a plan, as edits of its text.

    ``missed`` is the break as the plan has it then; ``joined`` is the one of the plan that it grows out of. ``edits``
    are those of its days; ``vdot`` is the fitness left from ``back`` on, None where no paces come from one. ``comment``
    goes above the break, ``remarks`` are said. Nothing changes if it ``is_there``.
    """

    missed: Missed
    back: dt.date
    joined: Missed | None = None
    edits: tuple[Edit, ...] = ()
    vdot: Decimal | None = None
    comment: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    is_there: bool = False


def adapt(compiled: CompiledPlan, node: Fields, first: dt.date, last: dt.date, why: Break) -> Adapted | Refusal:
    """What days that were missed, both included, make of a plan, whose document is ``node``.

    Nothing before the first of them changes, and nothing missed is made up.
    """
    plan = totals(compiled)
    touching = [one for one in compiled.plan.missed if one.first <= last + _ONE_DAY and first <= one.last + _ONE_DAY]
    if len(touching) > 1:
        help = "write them as one break under `missed:`, then adapt the plan to the days after it"
        return Refusal("these days join two breaks that the plan has already", help)
    joined = touching[0] if touching else None
    missed = Missed(min([first, *(one.first for one in touching)]), max([last, *(one.last for one in touching)]), why)
    back = missed.last + _ONE_DAY
    if joined and (joined.first, joined.last, joined.why) == (missed.first, missed.last, why):
        return Adapted(joined, back, joined, is_there=True)
    if refusal := _refusal(compiled, plan, missed):
        return refusal
    return _Adapting(compiled, plan, node, missed, joined).adapted()


def _refusal(compiled: CompiledPlan, plan: PlanTotals, missed: Missed) -> Refusal | None:
    sessions, race = plan.sessions, compiled.plan.race
    begins = min((one.planned.date for one in sessions), default=compiled.weeks[0].first)
    ends = max((one.planned.date for one in sessions), default=begins)
    if missed.last < begins:
        help = "if you are fitter or less fit than it counts on, make it again from what you run now"
        return Refusal(f"the break ends on {missed.last}, and the plan begins on {begins}", help)
    if missed.first > ends:
        return Refusal(f"the break begins on {missed.first}, and the plan ends on {ends}", "name days that it has")
    if missed.first < compiled.weeks[0].first:
        help = f"write `--missed {compiled.weeks[0].first}..{missed.last}`"
        return Refusal(f"the break begins before the plan does, whose first day is {compiled.weeks[0].first}", help)
    if race and missed.first <= race.on <= missed.last:
        help = "name the days before it; for another race, make a plan that leads up to that"
        return Refusal(f"the race on {race.on} is among the missed days: there is nothing left to adapt", help)
    if missed.last > ends:
        help = f"write `--missed {missed.first}..{ends}`: nothing of it is left behind the break"
        return Refusal(f"the break lasts beyond the plan, which ends on {ends}", help)
    if missed.days > LONGEST:
        return _too_long(plan, missed)
    if not any(one.is_run for one in sessions if missed.first <= one.planned.date <= missed.last):
        return Refusal("the plan has no run on these days: nothing was missed", "name the days of the break")
    return None


def _too_long(plan: PlanTotals, missed: Missed) -> Refusal:
    """What to do instead: from the beginning with a programme, else back to what was run before."""
    begin = missed.last + _ONE_DAY
    if walk_runs.is_programme(plan):
        message = f"after {missed.days} days off, a walk-run programme is not gone on with: begin it again"
        new = "a later `race`" if plan.plan.race else f"`start: {begin}`"
        return Refusal(message, f"copy the file, and give the copy {new}")
    message = f"after {missed.days} days off, a plan is not gone on with: begin again, with a third of what you ran"
    before, measure = Before(plan, missed, gauge(plan)), gauge(plan)
    volume, longest = (amount_text(one, measure).replace(" ", "") for one in (before.load, before.longest))
    weeks = round(sum(days for days, _ in returns.stages(missed.days)) / 7)
    size = f"--weeks {weeks} --runs {before.runs} --volume {volume} --long {longest}"
    return Refusal(message, f"`negsplit new back --kind return --start {begin} {size}` makes a plan for the way back")


class _Adapting:
    """One break of one plan."""

    def __init__(
        self, compiled: CompiledPlan, plan: PlanTotals, node: Fields, missed: Missed, joined: Missed | None
    ) -> None:
        self.compiled, self.plan, self.node, self.missed, self.joined = compiled, plan, node, missed, joined
        self.back = missed.last + _ONE_DAY

    def adapted(self) -> Adapted:
        days = self.missed.days
        writing = Written(self.plan, self.node, self.missed)
        if walk_runs.is_programme(self.plan):
            stage = walk_runs.stage(self.plan, self.missed)
            edits, left = writing.edits(*walk_runs.delayed(self.plan, self.missed, stage))
            note = comment(self.missed, walk_runs.words(self.missed, stage))
            said = (*self._stay(left), *walk_runs.said(self.plan, self.missed, stage))
            return Adapted(self.missed, self.back, self.joined, edits, None, note, said)
        way = way_back(days, self.missed.why)
        deciding = Days(self.plan, self.missed, days, way)
        found = deciding.found()
        vdot = fitness_left(days) if days >= LONG and self.compiled.runner.vdot is not None else None
        texts = Writing(deciding.gauge, by_effort=_is_by_effort(self.compiled))
        edits, left = writing.edits({one.was.key: texts.session(one) for one in in_order(found, self.plan)}, {})
        before = amount_text(deciding.before.load, deciding.gauge)
        note = comment(self.missed, _words(way, before, vdot))
        said = (*self._stay(left), *self._said(deciding, found, way))
        return Adapted(self.missed, self.back, self.joined, edits, vdot, note, said)

    def _stay(self, left: Sequence[str]) -> Iterator[str]:
        names = {one.key: one.name for one in self.plan.sessions}
        for key in left:
            yield f"{key} {names[key]} stays as it is: a session that was moved before the break is written with it."

    def _long_run(self, deciding: Days) -> Iterator[str]:
        """After a few days off, otherwise well, a long run missed on the last of them may be a day late."""
        if self.missed.days > A_FEW or self.missed.why != "away":
            return
        runs = [
            one for week in self.plan.weeks if week.week.first <= self.missed.last <= week.last for one in week.sessions
        ]
        longest = max((one for one in runs if one.is_run), key=deciding.gauge.of, default=None)
        near = [one for one in self.plan.sessions if 0 <= (one.planned.date - self.back).days <= 1]
        is_free = not any((one.is_run and one.planned.date == self.back) or one.is_race or is_fast(one) for one in near)
        ends = self.compiled.weeks[-1].first + dt.timedelta(weeks=1)
        if (
            longest
            and longest.planned.date == self.missed.last
            and not is_fast(longest)
            and is_free
            and self.back < ends
        ):
            command = f"negsplit plan move {shlex.quote(self.node.span.source.name)} {longest.key} {self.back}"
            yield f"You missed {longest.name}. It may be a day late, with nothing hard around it: `{command}`"

    def _said(self, deciding: Days, found: dict[str, Becomes], way: Return) -> Iterator[str]:
        days, race = self.missed.days, self.compiled.plan.race
        for one in found.values():
            if one.was.is_race:
                yield f"{one.was.name} on {one.was.planned.date} is too soon: run easily that day, or not at all."
        left = [
            found[one.key].amount if one.key in found else deciding.gauge.of(one)
            for one in self.plan.sessions
            if one.is_run and one.planned.date > self.missed.last and not (race and one.planned.date >= race.on)
        ]
        longest = max(left, default=0.0)
        metres = longest if deciding.gauge.in_metres else longest * deciding.gauge.mps
        end = self.missed.last + dt.timedelta(days=way.days)
        yield from race_left.said(self.plan, days, end, metres)
        yield from self._long_run(deciding)
        if days >= LONG and self.compiled.runner.vdot is not None:
            other = _percent(fitness_left_with_other_training(days))
            yield f"Did you train otherwise meanwhile? Then write `vdot: {other}` under `fitness`."
        if self.missed.why == "injured":
            yield "Stop where it hurts, and ask someone who sees you."


def _words(way: Return, before: str, vdot: Decimal | None) -> str:
    loads: dict[float, int] = {}
    for one in way.phases:
        loads[one.load] = loads.get(one.load, 0) + one.days
    parts = []
    if 1.0 in loads:
        parts.append(f"{way.days} easy days")
    elif loads:
        text = ", then ".join(f"{days} days at {_whole_percent(share)}" for share, days in loads.items())
        parts.append(f"{text} of {before} a week, all easy")
    if any(one.walks for one in way.phases):
        parts.append("the first third as walk-run")
    if way.slow_days:
        parts.append(f"no fast session for {way.slow_days} days")
    if way.fast < 1:
        parts.append(f"the first fast session at {_whole_percent(way.fast)}")
    if vdot is not None:
        parts.append(f"paces from {_percent(vdot)} of the VDOT")
    return "; ".join(parts) or "the plan goes on as it is, and nothing missed is made up"


def _whole_percent(share: float) -> str:
    return f"{round(100 * share)} %"


def _percent(share: Decimal) -> str:
    return f"{plain(share * 100)} %"


def _is_by_effort(compiled: CompiledPlan) -> bool:
    """Whether a plan names no pace, or its runner has none that is easy."""
    runner = compiled.runner
    has_easy = "easy" in (*runner.paces, *runner.efforts, *runner.own)
    steps = [step for one in compiled.sessions if one.workout for step in one.workout.program.steps]
    return not has_easy or not any(getattr(step, "target", None) is not None for step in steps)
