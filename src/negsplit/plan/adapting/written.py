"""Where a plan says what its sessions are, and the edits of its text that make some of them others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from negsplit.diagnostics import Report
from negsplit.plan import texts
from negsplit.plan.adapting.texts import as_it_is
from negsplit.plan.calendar import Planned, calendar
from negsplit.plan.compile import CompiledSession
from negsplit.plan.keys import session_key
from negsplit.plan.model import Missed
from negsplit.plan.moving import by_key
from negsplit.plan.placed import dates, on_weekday
from negsplit.plan.totals import PlanTotals, SessionTotals
from negsplit.tree.layout import Fields as Mapped
from negsplit.tree.layout import on_one_line
from negsplit.tree.nodes import Fields, Text
from negsplit.words import DAYS

Session: TypeAlias = "str | Mapped"
"""What a session is, as `days` says it."""
Edit = tuple[tuple[str, ...], str | None]
"""The keys to a value, from the top of a document on, and the value on one line; None takes it out."""


class Edits(NamedTuple):
    """The edits of a text, and the keys of sessions that stay: one before the break is written with them."""

    edits: tuple[Edit, ...]
    left: tuple[str, ...] = ()


class Written:
    """What `days` of a plan says of each day, and what it would have to say.

    A day of `days` holds what is on it before single sessions are moved, and counts it from its own weekday. So it is
    written as a whole, and where `moves` has other weekdays there, what was moved by its key is moved by another one.
    """

    def __init__(self, plan: PlanTotals, node: Fields, missed: Missed) -> None:
        self.plan, self.missed = plan.plan, missed
        self.weeks = [week.week for week in plan.weeks]
        self._run = {one.key: one for one in plan.sessions}
        dropped = [one for week in plan.weeks for one in week.dropped]
        self._as_planned: dict[str, SessionTotals | CompiledSession] = {
            **{one.planned.key: one for one in dropped},
            **self._run,
        }
        self._now = by_key(plan.plan)
        self._own = dict(self._own_days(node))
        without = replace(plan.plan, session_moves={}, missed=())
        self._at = {one.key: one.date for one in calendar(without, Report())}
        below = calendar(replace(without, changes=()), Report())
        self._below = [(one.home, _day(one), _number(one), one.date) for one in below]

    def edits(self, instead: Mapping[str, Session], more: Mapping[dt.date, Sequence[Session]]) -> Edits:
        """What makes sessions others by their keys, adds some to days, and leaves out what was missed."""
        days = {self._day_of(self._now[key]) for key in instead if key in self._now} | {*more}
        days |= {self._day_of(one) for one in self._now.values() if self._was_own_and_missed(one)}
        edits: list[Edit] = []
        left: list[str] = []
        for date in sorted(days):
            listed = self._listed(date)
            keys = self._keys_then(date, listed)
            is_past = any(one.date < self.missed.first and keys[one.key] != one.key for one in listed)
            if is_past:
                left += [one.key for one in listed if one.key in instead]
            else:
                edits += self._edits(date, listed, keys, instead, more.get(date, ()))
        return Edits(tuple(edits), tuple(left))

    def _edits(
        self,
        date: dt.date,
        listed: Sequence[Planned],
        keys: Mapping[str, str],
        instead: Mapping[str, Session],
        more: Sequence[Session],
    ) -> Iterator[Edit]:
        moves = self.plan.session_moves
        items = [self._item(one, instead) for one in listed]
        resting = [one.key for one, item in zip(listed, items, strict=True) if item == "rest"]
        items += more
        while len(items) > 1 and items[-1] == "rest":
            items.pop()
        path = self._own.get(date) or self._path(date)
        yield path, on_one_line(items[0] if len(items) == 1 else items or "rest")
        for key in (one.key for one in listed if one.key in moves):
            is_same = key == keys[key] and key not in resting
            if not is_same:
                yield ("moves", str(moves[key].key)), None
            if not is_same and key not in resting:
                yield ("moves", keys[key]), str(self._now[key].date)

    def _item(self, one: Planned, instead: Mapping[str, Session]) -> Session:
        if one.key in instead:
            return instead[one.key]
        known = self._as_planned.get(one.key)
        was_missed = known is None or known.planned.session.kind != one.session.kind
        return "rest" if known is None or was_missed or self._is_missed(one) else as_it_is(known)

    def _is_missed(self, one: Planned) -> bool:
        return self.missed.first <= one.date <= self.missed.last and one.session.kind != "note"

    def _was_own_and_missed(self, one: Planned) -> bool:
        """What single days say of missed ones goes, since that would win over the break."""
        is_own = self._at.get(one.key) in self._own
        return is_own and self._is_missed(one) and one.key in self._run and self._run[one.key].is_run

    # --- Days and keys ---------------------------------------------------------------------------

    def _day_of(self, one: Planned) -> dt.date:
        """The day on which a session is before it is moved by its key."""
        day = _day(one)
        return self._at.get(one.key) or on_weekday(one.home, self.plan.moves.get(day, day))

    def _listed(self, date: dt.date) -> list[Planned]:
        """The sessions of a day of `days`: those of its own weekday first, as they are counted."""
        found = [one for one in self._now.values() if self._day_of(one) == date]
        return sorted(found, key=lambda one: (_day(one) != date.weekday(), _day(one), _number(one)))

    def _keys_then(self, date: dt.date, listed: Sequence[Planned]) -> dict[str, str]:
        """By their keys those that the sessions of a day have once `days` says what it holds."""
        if date in self._own or not listed:
            return {one.key: one.key for one in listed}
        home, weekday = listed[0].home, date.weekday()
        elsewhere = [number for week, day, number, on in self._below if week == home and day == weekday and on != date]
        begin = max(elsewhere, default=0) + 1
        return {one.key: session_key(home, weekday, number) for number, one in enumerate(listed, start=begin)}

    def _path(self, date: dt.date) -> tuple[str, ...]:
        """Where the plan says what a day holds: by the date in a week that is done again."""
        week = next(one for one in self.weeks if date in dates(one))
        if self.plan.repeat_weeks.count(week.number):
            return "days", str(date)
        return "days", f"week {week.number}", DAYS[date.weekday()]

    def _own_days(self, node: Fields) -> Iterator[tuple[dt.date, tuple[str, ...]]]:
        """The days that a document itself says something of, and the keys of each."""
        days, again = node.value("days"), self.plan.repeat_weeks
        for key, value in days.items() if isinstance(days, Fields) else ():
            day = texts.changed_day(key, Report())
            if isinstance(day, dt.date):
                yield day, ("days", str(key))
            elif day is not None and isinstance(value, Fields) and not again.count(day):
                weeks = [one for one in self.weeks if one.number == day]
                for name in value:
                    weekday = texts.weekday(name, Report())
                    if weekday is not None and weeks and isinstance(name, Text):
                        yield on_weekday(weeks[0], weekday), ("days", str(key), str(name))


def _day(one: Planned) -> int:
    return DAYS.index(one.key.split("-")[1])


def _number(one: Planned) -> int:
    _, _, *number = one.key.split("-")
    return int(number[0]) if number else 1
