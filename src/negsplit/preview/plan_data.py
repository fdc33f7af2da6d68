"""A compiled plan as plain data: the JSON of ``plan show``. Its keys are stable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from negsplit.plan.calendar import Planned
from negsplit.plan.demand import Demand, demand
from negsplit.plan.model import Plan
from negsplit.plan.runners import RunnerFrom
from negsplit.plan.totals import PlanTotals, SessionTotals, Totals, WeekTotals
from negsplit.preview.data import estimate_data
from negsplit.preview.plan_remarks import Remark, about
from negsplit.preview.plan_words import week_of
from negsplit.words import DAYS

_DECIMALS: Final = 3
"""Of a change as a share."""


def plan_data(
    plan: PlanTotals,
    weeks: Sequence[WeekTotals],
    file_name: Callable[[Planned], str],
    remarks: Sequence[Remark] = (),
) -> dict[str, Any]:
    """The plan, some of its weeks and their sessions: dates as in ISO 8601, seconds, metres, points of load.

    What cannot be told is null; the totals of the plan are those of all its weeks. ``file_name`` is what the file of
    a session's workout is called.
    """
    return {
        "plan": _plan(plan),
        "weeks": [_week(week) for week in weeks],
        "sessions": [_session(one, file_name) for week in weeks for one in week.sessions],
        "findings": [_finding(one) for one in about(remarks, weeks)],
    }


def _plan(plan: PlanTotals) -> dict[str, Any]:
    known = plan.plan
    return {
        "name": known.name,
        "id": known.id,
        "notes": known.notes,
        "athlete": plan.who or None,
        "device": plan.device,
        "start": known.start and known.start.isoformat(),
        "race": _race(known),
        "week_starts": DAYS[known.week_starts],
        "weeks": len(plan.weeks),
        "weeks_after": known.weeks_after,
        "counts_on": demand_data(demand(plan)),
        "fitness": [_fitness(plan, one) for one in plan.runners],
        "totals": totals_data(plan.whole),
    }


def demand_data(asked: Demand | None) -> dict[str, Any] | None:
    """Seconds and metres of the week that a plan counts on, and of its longest run; null where one is not known."""
    if asked is None:
        return None
    totals = asked.totals
    return {
        "week": asked.week.week.number,
        "again": asked.week.week.again,
        "seconds": _whole(None if totals.seconds.missing else totals.seconds.value),
        "metres": _whole(None if totals.metres.missing else totals.metres.value),
        "longest": run_data(totals.longest),
        "before": _before(asked),
    }


def _before(asked: Demand) -> dict[str, Any] | None:
    """The most that was run in a week before the plan, and the longest run; null where nobody knows."""
    if asked.most_before is None:
        return None
    name = "metres" if asked.in_metres else "seconds"
    return {
        "source": asked.before.source,
        name: round(asked.most_before),
        f"longest_{name}": _whole(asked.longest_before),
    }


def _race(plan: Plan) -> dict[str, Any] | None:
    race = plan.race
    if race is None:
        return None
    return {
        "date": race.on.isoformat(),
        "name": race.name,
        "metres": race.distance and round(race.distance.metres),
        "goal_seconds": race.goal and round(race.goal.seconds),
    }


def _fitness(plan: PlanTotals, one: RunnerFrom) -> dict[str, Any]:
    """What paces come from, from a day on; null where nothing is known."""
    vdot, source = one.runner.vdot, one.runner.sources.get("VDOT")
    known = vdot and round(vdot, 1)
    return {"from": one.first.isoformat(), "week": week_of(plan, one.first), "vdot": known, "source": source}


def _week(one: WeekTotals) -> dict[str, Any]:
    week = one.week
    return {
        "week": week.number,
        "again": week.again,
        "first": week.first.isoformat(),
        "last": one.last.isoformat(),
        "down": week.is_down,
        "totals": totals_data(one.totals),
        "change": {"seconds": _share(one.more_time), "metres": _share(one.more_distance)},
        "dropped": [dropped.planned.key for dropped in one.dropped],
    }


def totals_data(totals: Totals) -> dict[str, Any]:
    """Seconds, metres, points of load; ``missing`` are the sessions that a sum holds nothing or too little of."""
    sums = {"seconds": totals.seconds, "metres": totals.metres, "load": totals.load}
    return {
        "sessions": totals.sessions,
        "hard_sessions": totals.hard,
        **{name: _whole(amount.value) for name, amount in sums.items()},
        "run_seconds": round(totals.run_seconds),
        "walk_seconds": round(totals.walk_seconds),
        "hard_seconds": round(totals.hard_seconds),
        "longest": run_data(totals.longest),
        "guessed": list(totals.guessed),
        "missing": {name: list(amount.missing) for name, amount in sums.items()},
    }


def run_data(one: SessionTotals | None) -> dict[str, Any] | None:
    """The key, seconds and metres of a run."""
    return None if one is None else {"key": one.key, "seconds": _whole(one.seconds), "metres": _whole(one.metres)}


def _session(one: SessionTotals, file_name: Callable[[Planned], str]) -> dict[str, Any]:
    planned, session = one.planned, one.planned.session
    return {
        "key": one.key,
        "week": planned.week.number,
        "again": planned.week.again,
        "date": planned.date.isoformat(),
        "time": f"{session.time:%H:%M}" if session.time else None,
        "kind": session.kind,
        "name": one.name,
        "text": session.text,
        "notes": session.notes or (one.program.notes if one.program else ""),
        "optional": session.optional,
        "tags": list(one.workout.expanded.tags if one.workout else session.tags),
        "values": {name: str(given) for name, given in planned.values.items()},
        "hard": one.is_hard,
        "seconds": _whole(one.seconds),
        "metres": _whole(one.metres),
        "load": _whole(one.load),
        "run_seconds": round(one.run_seconds),
        "walk_seconds": round(one.walk_seconds),
        "hard_seconds": round(one.hard_seconds),
        "workout": _workout(one, file_name),
    }


def _workout(one: SessionTotals, file_name: Callable[[Planned], str]) -> dict[str, Any] | None:
    """What a watch is given; null where there is nothing to give."""
    if one.workout is None or one.estimate is None:
        return None
    program = one.workout.program
    return {
        "name": program.name,
        "sport": program.sport.value,
        "file": file_name(one.planned),
        "steps": len(program.steps),
        "estimate": estimate_data(one.estimate),
        "fidelity": one.workout.fidelity,
        "degraded": [found.message for found in one.workout.degraded],
    }


def _finding(one: Remark) -> dict[str, Any]:
    return {
        "code": one.code,
        "severity": one.severity.value,
        "message": one.message,
        "cure": one.cure,
        "evidence": one.evidence,
        "weeks": list(one.weeks),
        "sessions": list(one.keys),
    }


def _share(change: float | None) -> float | None:
    return None if change is None else round(change, _DECIMALS)


def _whole(number: float | None) -> int | None:
    return None if number is None else round(number)
