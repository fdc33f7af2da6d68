"""A plan as its writer means it: which sessions on which days of which weeks, and how they grow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from typing import Literal

from negsplit.diagnostics import Span
from negsplit.frozen import dataclass
from negsplit.model import Break, Race, Units
from negsplit.plan.values import Value
from negsplit.targets import Spanned, Target
from negsplit.tree.nodes import Node, Text
from negsplit.units import Distance, Duration

Kind = Literal["workout", "rest", "note", "cross", "race"]
"""What a day holds. Only workouts, and races with steps, go to a watch."""


@dataclass(frozen=True, slots=True)
class Use:
    """The workout of a block of the plan, or of a file."""

    name: Text


@dataclass(frozen=True, slots=True)
class Steps:
    """A workout of steps that stand in the plan: they are read with the values of each week filled in."""

    node: Node


@dataclass(frozen=True, slots=True)
class Session(Spanned):
    """One thing to do on a day. ``text`` is what a day without a workout says; ``body`` is where it has one.

    ``values`` are for the params of the workout, ``places`` where each is written; ``adds_up_to`` may name them too.
    A race has its ``distance``, the time hoped for, and what ``goal`` is in its steps.
    """

    kind: Kind
    text: str = ""
    body: Use | Steps | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    places: Mapping[str, Span] = field(default_factory=dict)
    name: str = ""
    notes: str = ""
    time: dt.time | None = None
    optional: bool = False
    tags: tuple[str, ...] = ()
    adds_up_to: Text | None = None
    distance: Distance | None = None
    goal: Duration | None = None
    goal_pace: Target | None = None


@dataclass(frozen=True, slots=True)
class WeeklySession(Spanned):
    """A session on some days (0 is Monday) of some weeks (from 1)."""

    weeks: tuple[int, ...]
    days: tuple[int, ...]
    session: Session


@dataclass(frozen=True, slots=True)
class DayChange(Spanned):
    """What a day holds instead of what the entries gave it: a date, or a day of a week."""

    day: dt.date | tuple[int, int]
    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True)
class DownWeeks(Spanned):
    """Weeks that cut the parameters named by ``of`` by a share, or leave out ``drop`` sessions."""

    weeks: frozenset[int]
    cut: Decimal | None = None
    of: tuple[str, ...] = ("total",)
    drop: int = 0


@dataclass(frozen=True, slots=True)
class RaceDay(Spanned):
    """What the plan leads up to."""

    on: dt.date
    name: str = ""
    distance: Distance | None = None
    goal: Duration | None = None


@dataclass(frozen=True, slots=True)
class SessionMove(Spanned):
    """Where the session of a key is moved to, and where that is said: a day of its week, 0 for Monday, or a date."""

    key: Text
    to: int | dt.date


@dataclass(frozen=True, slots=True)
class Missed(Spanned):
    """Days on which nothing could be run, both included."""

    first: dt.date
    last: dt.date
    why: Break = "away"

    @property
    def days(self) -> int:
        """How many there are."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Fitness(Spanned):
    """What paces come from, from a day or from the first day of a week on.

    A ``race`` counts from the day after it; else ``share`` is how much of the VDOT before is left.
    """

    start: dt.date | int
    race: Race | None = None
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Plan(Spanned):
    """A whole plan document. ``start`` or ``race`` fixes its dates; weeks begin on ``week_starts``.

    The race lies in the last of ``weeks``; ``weeks_after`` are numbered on behind it. ``taken_changes`` are those of a
    plan that is used; ``added`` come to its sessions. ``moves`` has sessions on other days of the week, and
    ``session_moves``, by their keys, single ones on a day of their week or on a date. ``follows`` is the file of the
    plan that was run before.
    """

    name: str
    id: str
    weeks: int
    start: dt.date | None = None
    race: RaceDay | None = None
    week_starts: int = 0
    entries: tuple[WeeklySession, ...] = ()
    changes: tuple[DayChange, ...] = ()
    down: DownWeeks | None = None
    repeat_weeks: tuple[int, ...] = ()
    notes: str = ""
    units: Units | None = None
    weeks_after: int = 0
    taken_changes: tuple[DayChange, ...] = ()
    added: tuple[WeeklySession, ...] = ()
    moves: Mapping[int, int] = field(default_factory=dict)
    session_moves: Mapping[str, SessionMove] = field(default_factory=dict)
    missed: tuple[Missed, ...] = ()
    fitness: tuple[Fitness, ...] = ()
    follows: Text | None = None

    @property
    def last_week(self) -> int:
        """The number of its last week."""
        return self.weeks + self.weeks_after
