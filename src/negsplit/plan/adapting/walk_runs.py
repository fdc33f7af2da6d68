"""Back into a walk-run programme: to an earlier stage, and on from there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from negsplit.estimate.kinds import is_walk
from negsplit.plan.adapting.texts import as_it_is
from negsplit.plan.model import Missed
from negsplit.plan.returns import A_FEW
from negsplit.plan.totals import PlanTotals, SessionTotals, WeekTotals
from negsplit.tree.layout import Fields

_PROGRAMME: Final = 1 / 3
"""A plan with more than this share of walk-run sessions is a walk-run programme (a judgement)."""
_A_STAGE, _TWO_STAGES = 14, 28
"""Days off up to which the last stage that was done is done again, and up to which one goes two stages back.

Beyond, the programme begins again. The advice is that of walk-run programmes for beginners (a judgement).
"""


def is_programme(plan: PlanTotals) -> bool:
    """Whether a plan is one of running and walking."""
    runs = [one for one in plan.sessions if one.is_run]
    return sum(map(_is_walk_run, runs)) > _PROGRAMME * len(runs)


def _is_walk_run(one: SessionTotals) -> bool:
    bars = one.profile.bars if one.profile else ()
    return not one.hard_seconds and any(is_walk(bar.step) for bar in bars)


def stage(plan: PlanTotals, missed: Missed) -> WeekTotals:
    """The week to go on with."""
    done = [week for week in plan.weeks if week.last < missed.first and any(one.is_run for one in week.sessions)]
    stages: list[list[WeekTotals]] = []
    for week in done:
        if stages and _content(stages[-1][-1]) == _content(week):
            stages[-1].append(week)
        else:
            stages.append([week])
    if missed.days > _TWO_STAGES or not stages:
        return plan.weeks[0]
    return stages[-1][-1] if missed.days <= _A_STAGE else stages[max(len(stages) - 3, 0)][0]


def _content(week: WeekTotals) -> list[object]:
    return [one.program.steps for one in week.sessions if one.program]


def first_week(plan: PlanTotals, missed: Missed) -> int:
    """The place of the first week behind a break of which half the sessions or more are left."""

    def is_left(week: WeekTotals) -> bool:
        runs = [one for one in week.sessions if one.is_run]
        return week.last > missed.last and 2 * sum(one.planned.date > missed.last for one in runs) >= len(runs)

    return next((place for place, week in enumerate(plan.weeks) if is_left(week)), len(plan.weeks))


class Delayed(NamedTuple):
    """What sessions behind a break become, by their keys, and what days have more of."""

    instead: dict[str, str | Fields]
    more: dict[dt.date, list[str | Fields]]


def delayed(plan: PlanTotals, missed: Missed, begin: WeekTotals) -> Delayed:
    """The sessions of ``begin`` from a break on, then those of the weeks behind it.

    After a few days off the programme goes on as it is.
    """
    found = Delayed({}, {})
    if missed.days <= A_FEW:
        return found
    by_number = {week.week.number: week for week in reversed(plan.weeks)}
    first = first_week(plan, missed)
    for place, week in enumerate(plan.weeks):
        number = begin.week.number + max(place - first, 0)
        if week.last <= missed.last or number not in by_number or week.week.number > plan.plan.weeks:
            continue
        if number == week.week.number:
            break
        for offset in range(7):
            _change(
                found, plan, missed, [one.week.first + dt.timedelta(days=offset) for one in (week, by_number[number])]
            )
    return found


def _change(found: Delayed, plan: PlanTotals, missed: Missed, days: Sequence[dt.date]) -> None:
    """The first of two days as the second, if it is behind the break."""
    ours, theirs = ([one for one in plan.sessions if one.planned.date == day] for day in days)
    date, race = days[0], plan.plan.race
    is_same = [one.program and one.program.steps for one in ours] == [
        one.program and one.program.steps for one in theirs
    ]
    if is_same or date <= missed.last or (race and date == race.on):
        return
    items = [as_it_is(one) for one in theirs]
    rest = ["rest"] * (len(ours) - len(items))
    found.instead.update(zip((one.key for one in ours), [*items, *rest], strict=False))
    if len(items) > len(ours):
        found.more[date] = items[len(ours) :]


def words(missed: Missed, begin: WeekTotals) -> str:
    """What was done, for the comment."""
    if missed.days <= A_FEW:
        return "the plan goes on as it is, and nothing missed is made up"
    return f"on with week {begin.week.number} again, then week by week as it was planned"


def said(plan: PlanTotals, missed: Missed, begin: WeekTotals) -> Iterator[str]:
    """How far the plan gets then."""
    if missed.days <= A_FEW:
        return
    last = begin.week.number + len(plan.weeks) - first_week(plan, missed) - 1
    if last < plan.plan.weeks:
        more = "" if plan.plan.race else "; `--shift` lets it end later instead"
        yield f"The plan ends with what week {max(last, begin.week.number)} had{more}."
