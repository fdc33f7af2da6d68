"""``moves``: the sessions of a weekday, or single ones, on other days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from negsplit.diagnostics import Report, meant
from negsplit.plan import texts
from negsplit.plan.keys import is_like_a_key
from negsplit.plan.model import Plan, SessionMove
from negsplit.plan.placed import Placed, on_weekday
from negsplit.plan.weeks import Week, days_to_run
from negsplit.tree.nodes import Text
from negsplit.tree.source_lines import short

K = TypeVar("K")
V = TypeVar("V")


class Moves(NamedTuple):
    """Which days of the week, 0 for Monday, are on which others; and where single sessions are, by their keys."""

    moves: Mapping[int, int]
    session_moves: Mapping[str, SessionMove]


def moves(written: Mapping[Text, Text], report: Report) -> Moves:
    """What a plan has on other days, without what is at fault."""
    days: dict[int, int] = {}
    sessions: dict[str, SessionMove] = {}
    for key, value in written.items():
        name = key.strip().lower()
        if is_like_a_key(name):
            to = day_or_date(value, report) if value.strip() else None
            _take(sessions, name, None if to is None else SessionMove(key, to, span=value.span), key, report)
            continue
        day, to = texts.weekday(key, report), texts.weekday(value, report) if value.strip() else None
        if day is not None:
            _take(days, day, to, key, report)
        if day is not None and day == to:
            report.warning("no-effect", f"`{key}` stays where it is", key.span, "leave it out")
    return Moves(days, sessions)


def day_or_date(value: Text, report: Report) -> int | dt.date | None:
    """Where a session can be moved to: a day of its week, 0 for Monday, or a date."""
    return texts.date(value, report) if value.strip()[:1].isdigit() else texts.weekday(value, report)


def _take(found: dict[K, V], name: K, to: V | None, key: Text, report: Report) -> None:
    if name in found:
        report.error("duplicate-key", f"`{key}` is moved twice", key.span, "leave one of them out")
    elif to is not None:
        found[name] = to


def check_weekdays(plan: Plan, written: Mapping[Text, Text] | None, report: Report) -> None:
    """Says which weekdays are moved on which there is nothing."""
    days = {day for entry in plan.entries for day in entry.days}
    days |= {change.day[1] for change in plan.taken_changes if isinstance(change.day, tuple)}
    for key in written or ():
        day = texts.weekday(key, Report())  # none is that of a session's key
        if days and day is not None and day not in days and plan.moves.get(day, day) != day:
            message = f"there is nothing on `{key}` that this moves"
            report.warning("no-effect", message, key.span, "leave it out")


# --- In the calendar -----------------------------------------------------------------------------


def with_single_moves(plan: Plan, weeks: Sequence[Week], placed: Sequence[Placed], report: Report) -> Iterator[Placed]:
    """Each session whose key is named on the day that is said, beside what is there; at fault, where it was."""
    left = dict(plan.session_moves)
    for one in placed:
        move = left.pop(one.key, None)
        yield _moved(plan, weeks, one, move, report) if move else one
    known = [one.key for one in placed if one.key not in plan.session_moves]
    for name, move in left.items():
        help = meant(name, known, move.key.span) or "`negsplit plan show` prints the key of each session"
        report.error("unknown-name", f"the plan has no session `{short(move.key)}`", move.key.span, help)


def _moved(plan: Plan, weeks: Sequence[Week], one: Placed, move: SessionMove, report: Report) -> Placed:
    date = move.to if isinstance(move.to, dt.date) else on_weekday(one.home, move.to)
    first, last = days_to_run(plan, weeks)
    race = plan.race and plan.race.on
    if one.date == race and one.session.kind == "race":
        help = "change the day under `race` instead"
        report.error("date", f"`{move.key}` is the race that the plan leads up to", move.key.span, help)
    elif not first <= date <= last:
        message = f"`{move.key}` would be on {date}, and that is not in the plan"
        help = f"choose a day from {first} to {last - dt.timedelta(days=last == race)}"
        report.error("out-of-bounds", message, move.span, help)
    elif date == race:
        message = f"`{move.key}` would be on {date}, the day of the race"
        report.error("date", message, move.span, "choose another day")
    elif date == one.date:
        report.warning("no-effect", f"`{move.key}` stays where it is", move.key.span, "leave it out")
    else:
        return one._replace(date=date, is_moved=True)
    return one
