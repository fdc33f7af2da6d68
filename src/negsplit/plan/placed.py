"""A session on the way to its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from negsplit.plan.keys import session_key
from negsplit.plan.model import Plan, Session
from negsplit.plan.values import Given
from negsplit.plan.weeks import Week


class Placed(NamedTuple):
    """A session with what its key is made of: ``home``, ``day`` and ``number``; ``date`` is where it is by now.

    ``is_single`` is that of ``days``, and ``is_own`` that of this plan's, not of one that it uses. ``is_moved`` says
    that its key stands under `moves`.
    """

    session: Session
    values: Mapping[str, Given]
    home: Week
    day: int
    number: int
    date: dt.date
    is_single: bool = False
    is_own: bool = False
    is_moved: bool = False

    @property
    def key(self) -> str:
        """What it is known by."""
        return session_key(self.home, self.day, self.number)

    @property
    def is_away(self) -> bool:
        """Whether it is on another day than that of its key."""
        return self.date != on_weekday(self.home, self.day)


def dates(week: Week) -> list[dt.date]:
    """The days of a week."""
    return [week.first + dt.timedelta(days=offset) for offset in range(7)]


def on_weekday(week: Week, day: int) -> dt.date:
    """A day of a week, 0 for its Monday."""
    return week.first + dt.timedelta(days=(day - week.first.weekday()) % 7)


def why_left_out(plan: Plan, one: Placed) -> str:
    """Why a session is not run: the plan has not begun, or is over; nothing where it is.

    Behind the race only what names a week is run, or in the week of the race a single day of those behind it, and
    what was moved there by itself.
    """
    if plan.start and one.date < plan.start:
        return f"before the plan starts on {plan.start}"
    if plan.race is None or one.date <= plan.race.on or one.home.number > plan.weeks or one.is_moved:
        return ""
    return "" if one.is_single and plan.weeks_after else f"after the race on {plan.race.on}"
