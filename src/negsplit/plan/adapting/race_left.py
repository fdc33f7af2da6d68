"""What is left of a goal after a break: whether the race can still be what it was, and what would fit."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from negsplit.plan.adapting.days import taper_days
from negsplit.plan.adapting.guidance import LONG, STEP, VERY_LONG
from negsplit.plan.model import RaceDay
from negsplit.plan.totals import PlanTotals
from negsplit.units import METRES_PER


class _Needs(NamedTuple):
    """What a race asks for: ``full_weeks`` of training between the return and the taper, and a long run in metres.

    The weeks are Pfitzinger and Douglas' (*Advanced Marathoning*, chapter 8: after ten days and more within the last
    eight weeks be open to another goal), made numbers by judgement; the long runs are what plans of these kinds reach.
    """

    most_metres: float
    full_weeks: int
    long_metres: float


_NEEDS: Final[Mapping[str, _Needs]] = {
    "marathon": _Needs(math.inf, 4, 26_000),
    "half marathon": _Needs(30_000, 2, 16_000),
    "10 km": _Needs(15_000, 0, 12_000),
    "5 km": _Needs(7_000, 0, 8_000),
}
"""From long to short; a race is the shortest that it is not longer than."""
_AFTER_VERY_LONG: Final = 8
"""Weeks that have to be left after the return from more than four weeks off."""


def said(plan: PlanTotals, days: int, back: dt.date, longest: float) -> Iterator[str]:
    """What to say of the race after so many days off: ``back`` ends the return, ``longest`` is the longest run left.

    ``longest`` is in metres, from the break to the race.
    """
    race = plan.plan.race
    if race is None or race.on <= back - dt.timedelta(days=days) or days < LONG:
        return
    left, taper = (race.on - back).days, taper_days(plan)
    kind, needs = _kind(race)
    weeks = _AFTER_VERY_LONG if days > VERY_LONG else needs.full_weeks
    full = max(left if days > VERY_LONG else left - taper, 0) // 7
    if full < weeks:
        there = "is" if full == 1 else "are"
        yield f"The goal is gone: {_weeks(full)} of full training {there} left, and a {kind} needs {weeks}."
    elif longest < needs.long_metres and needs.full_weeks:
        runs = (
            f"your longest run before it is {_far(longest, plan)}, and a {kind} needs {_far(needs.long_metres, plan)}"
        )
        yield f"The goal is gone: {runs}."
    elif left <= taper:
        yield "Run the race by feel: it comes too soon after the break to go for a time."
        return
    else:
        return
    yield _instead(race, kind, back + dt.timedelta(weeks=weeks, days=taper), longest)


def _kind(race: RaceDay) -> tuple[str, _Needs]:
    metres = race.distance.metres if race.distance else 0.0
    return next((name, one) for name, one in reversed([*_NEEDS.items()]) if metres <= one.most_metres)


def _instead(race: RaceDay, kind: str, earliest: dt.date, longest: float) -> str:
    """A shorter race on the day, or the same later: the long run grows by a step a week."""
    needs = _NEEDS[kind]
    shorter = [name for name, one in _NEEDS.items() if one.most_metres < needs.most_metres]
    fits = next((name for name in shorter if longest >= _NEEDS[name].long_metres), None)
    steps = math.ceil(math.log(needs.long_metres / max(longest, 1)) / math.log(1 + STEP))
    more = dt.timedelta(weeks=max(steps, 0)) if longest < needs.long_metres else dt.timedelta()
    later = max(earliest, race.on + more)
    weeks = math.ceil((later - race.on).days / 7)
    day = f"a {kind} {_weeks(weeks)} later, from {race.on + dt.timedelta(weeks=weeks)} on" if weeks else ""
    on_the_day = f"a {fits} on the day" if fits else ""
    found = " or ".join(one for one in (on_the_day, day) if one) or "the race by feel, as a long run"
    return f"What would fit: {found}."


def _weeks(number: int) -> str:
    return "1 week" if number == 1 else f"{number} weeks"


def _far(metres: float, plan: PlanTotals) -> str:
    return f"{metres / METRES_PER[plan.unit]:.0f} {plan.unit}"
