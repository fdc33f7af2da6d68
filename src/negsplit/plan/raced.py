"""The races of a plan: what was hoped for, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from negsplit.frozen import dataclass
from negsplit.model import Race
from negsplit.plan.totals import PlanTotals, SessionTotals, Totals, WeekTotals, totals_of
from negsplit.units import Distance

_SAME: Final = 0.02
"""As a share, how near the distance of a result is to that of its race (a judgement: 13 miles for a half)."""


@dataclass(frozen=True, slots=True)
class Raced:
    """A race on its day: how far it is, the time hoped for, and the result that its plan or its runner names.

    ``is_goal`` says that its plan leads up to it.
    """

    session: SessionTotals
    metres: float | None
    goal_seconds: float | None
    result_seconds: float | None
    is_goal: bool

    @property
    def date(self) -> dt.date:
        """Its day."""
        return self.session.planned.date


def raced(plan: PlanTotals) -> Iterator[Raced]:
    """Every race of a plan in the order of their days."""
    results = _results(plan)
    for one in plan.sessions:
        if one.is_race:
            yield _raced(one, plan, results)


def is_goal(session: SessionTotals, plan: PlanTotals) -> bool:
    """Whether it is on the day of the race that its plan leads up to."""
    return plan.plan.race is not None and session.planned.date == plan.plan.race.on


def training(week: WeekTotals, plan: PlanTotals) -> Totals:
    """What a week comes to without the race that its plan leads up to."""
    return totals_of(one for one in week.sessions if not is_goal(one, plan))


def _raced(session: SessionTotals, plan: PlanTotals, results: Mapping[dt.date, Sequence[Race]]) -> Raced:
    """What a session does not say of the goal race, its plan does; a result is one of that day over its distance."""
    own, goal = session.planned.session, plan.plan.race if is_goal(session, plan) else None
    distance = own.distance or (goal.distance if goal else None)
    time = own.goal or (goal.goal if goal else None)
    found = [one for one in results.get(session.planned.date, ()) if _is_over(one, distance)]
    return Raced(
        session,
        distance.metres if distance else None,
        time.seconds if time else None,
        found[0].time.seconds if found else None,
        goal is not None,
    )


def _is_over(result: Race, distance: Distance | None) -> bool:
    return distance is None or abs(result.distance.metres / distance.metres - 1) <= _SAME


def _results(plan: PlanTotals) -> dict[dt.date, list[Race]]:
    """The results that a plan and its runner name, by their days."""
    runners = {id(one.workout.runner): one.workout.runner for one in plan.sessions if one.workout}
    counted = [one.race for runner in runners.values() for one in runner.results.counted if one.race]
    named = [(one.race.on or one.start, one.race) for one in plan.plan.fitness if one.race]
    found: dict[dt.date, list[Race]] = {}
    for day, race in [*named, *((one.on, one) for one in counted)]:
        if isinstance(day, dt.date):
            found.setdefault(day, []).append(race)
    return found
