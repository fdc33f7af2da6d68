"""What somebody wants a plan to be made from."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from negsplit.frozen import dataclass
from negsplit.units import Distance, Duration

Kind = Literal["5k", "10k", "half", "marathon", "base", "first-5k", "return"]
"""What a plan is for: a race, none (``base``), the first 5 km without a walk, or the way back after a break."""


@dataclass(frozen=True, slots=True)
class TuneUp:
    """A race on the way."""

    on: dt.date
    distance: Distance


@dataclass(frozen=True, slots=True)
class Wish:
    """A plan as somebody wants it.

    ``race`` is the day of the race, or ``start`` a day of the first week: one of the two, and always ``weeks``.
    ``volume`` is what a week has now, ``longest`` the longest run of late; both in metres, or both in time. ``days``
    are the days of the week, 0 for Monday, in any order; None leaves them to the table.
    """

    kind: Kind
    title: str
    weeks: int
    runs: int
    volume: Distance | Duration
    longest: Distance | Duration
    race: dt.date | None = None
    start: dt.date | None = None
    days: tuple[int, ...] | None = None
    tune_ups: tuple[TuneUp, ...] = ()
    goal: Duration | None = None
    by_feel: bool = False


@dataclass(frozen=True, slots=True)
class Instead:
    """Another wish, and what to say before its command; one that ``is_followed`` is a plan before the wished one."""

    words: str
    wish: Wish
    is_followed: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why no plan is made, and which would be. ``is_final`` says that nothing at all can be made of the wish."""

    message: str
    instead: tuple[Instead, ...] = ()
    is_final: bool = False
