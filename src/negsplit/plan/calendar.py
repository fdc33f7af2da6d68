"""Weeks to dates: what is on each day of a plan, with the values of its week."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

from negsplit.diagnostics import Report
from negsplit.frozen import dataclass
from negsplit.plan.keys import week_part
from negsplit.plan.layers import Found, Layers, layers
from negsplit.plan.missed import with_breaks
from negsplit.plan.model import Plan, RaceDay, Session
from negsplit.plan.moves import with_single_moves
from negsplit.plan.placed import Placed, dates, on_weekday, why_left_out
from negsplit.plan.values import Given
from negsplit.plan.weeks import Week, week_of, weeks_of
from negsplit.words import DAYS


@dataclass(frozen=True, slots=True)
class Planned:
    """One session on its day, with what each of its parameters is there.

    ``key`` stays the same wherever the plan, or the session, is moved to: ``w03-tue``, ``w03-tue-2``; ``w03r-tue``
    when the week is done again. ``week`` is the one that its ``date`` lies in, ``home`` that of its key, of which it
    has its values. ``label`` begins the name of its workout, ``W03 Tue``: it names the day on which the session is,
    and no other session of the plan has it. One that ``is_away`` is on another day than that of its key.
    """

    key: str
    week: Week
    date: dt.date
    session: Session
    values: Mapping[str, Given]
    label: str
    home: Week
    is_away: bool


def calendar(plan: Plan, report: Report) -> tuple[Planned, ...]:
    """Every session in the order of its day and time; those before the start and after the race are left out.

    A day's key counts its sessions as they are written, whenever they begin, and wherever they are moved to.
    """
    found, weeks = layers(plan, report), weeks_of(plan)
    placed = [one for week in weeks for one in _of_week(plan, week, found, report)]
    placed = list(with_breaks(plan, weeks, with_single_moves(plan, weeks, placed, report), report))
    labels = _labels(weeks, placed)
    return tuple(
        Planned(
            one.key, week_of(weeks, one.date), one.date, one.session, one.values, labels[one.key], one.home, one.is_away
        )
        for one in sorted(placed, key=lambda one: (one.date, one.session.time or dt.time()))
        if not _is_left_out(plan, one, report)
    )


def _of_week(plan: Plan, week: Week, found: Layers, report: Report) -> list[Placed]:
    """What has keys of a week, on the days that the plan gives whole days to."""
    placed = list(_with_own_days(week, _with_added(week, [*_given(plan, week, found)], found), found))
    if plan.race and plan.race.on in dates(week):
        return list(_with_the_race(plan.race, week, placed, report))
    return placed


def _is_left_out(plan: Plan, one: Placed, report: Report) -> bool:
    if why := why_left_out(plan, one):
        report.note("left-out", f"{one.key} would be {why}: it is left out", one.session.span)
    return bool(why)


# --- Layers --------------------------------------------------------------------------------------


def _given(plan: Plan, week: Week, found: Layers) -> Iterator[Placed]:
    """What comes again, or the single days of the plan that is used, where `moves` puts it."""
    for date in dates(week):
        day = (week.number, date.weekday())
        single = next((key for key in (date, day) if key in found.taken_days), None)
        sessions = found.sessions.get(day, ()) if single is None else found.taken_days[single]
        for one in _numbered(sessions, week, date, 0, is_single=single is not None):
            is_dated = isinstance(single, dt.date)
            yield one if is_dated else one._replace(date=_moved(plan, one))


def _moved(plan: Plan, one: Placed) -> dt.date:
    """The day that its weekday is moved to; the race stays, and so does what is left out for it."""
    if plan.race and one.date == plan.race.on:
        return one.date
    if plan.race and one.date > plan.race.on and one.session.kind != "race" and why_left_out(plan, one):
        return one.date
    return on_weekday(one.home, plan.moves.get(one.day, one.day))


def _with_added(week: Week, below: Sequence[Placed], found: Layers) -> Iterator[Placed]:
    """What is added counts on behind what has keys of its day, wherever that is."""
    yield from below
    often = Counter(one.day for one in below)
    for date in dates(week):
        yield from _numbered(found.added.get((week.number, date.weekday()), ()), week, date, often[date.weekday()])


def _with_own_days(week: Week, placed: Iterator[Placed], found: Layers) -> Iterator[Placed]:
    """Single days instead of what lies on them; they count on behind what keeps a key of theirs on another day."""
    below = list(placed)
    own = {
        date: single
        for date in dates(week)
        for single in [next((key for key in (date, (week.number, date.weekday())) if key in found.days), None)]
        if single is not None
    }
    yield from (one for one in below if one.date not in own)
    for date, single in own.items():
        elsewhere = [one.number for one in below if one.day == date.weekday() and one.date != date]
        behind = max(elsewhere, default=0)
        yield from (
            one._replace(is_own=True) for one in _numbered(found.days[single], week, date, behind, is_single=True)
        )


def _numbered(
    found: Sequence[Found], week: Week, date: dt.date, behind: int, *, is_single: bool = False
) -> Iterator[Placed]:
    for number, (session, values) in enumerate(found, start=behind + 1):
        yield Placed(session, values, week, date.weekday(), number, date, is_single)


# --- The race ------------------------------------------------------------------------------------


def _with_the_race(race: RaceDay, week: Week, placed: Sequence[Placed], report: Report) -> Iterator[Placed]:
    """The race on its day, alone but for notes and for what single days put there."""
    on_the_day = [one for one in placed if one.date == race.on]
    yield from (one for one in placed if one.date != race.on)
    if any(one.session.kind == "race" for one in on_the_day):
        yield from (one._replace(session=_the_race(race, one.session)) for one in on_the_day)
        return
    kept = [one for one in on_the_day if one.is_single or one.session.kind == "note"]
    for one in on_the_day:
        if one not in kept:
            message = f"{one.key} would be on the day of the race: it is left out"
            report.note("left-out", message, one.session.span)
    session = _the_race(race, Session("race", text=race.name or "Race", span=race.span))
    yield Placed(session, {}, week, race.on.weekday(), 1, race.on)
    own = [one for one in kept if one.day == race.on.weekday()]
    yield from (one for one in kept if one not in own)
    yield from (one._replace(number=number) for number, one in enumerate(own, start=2))


def _the_race(race: RaceDay, session: Session) -> Session:
    """A session of the day of the race, as far and as fast as that where it is one and does not say so itself."""
    if session.kind != "race" or session.distance not in (None, race.distance):
        return session
    return replace(session, distance=race.distance, goal=session.goal or race.goal)


# --- Labels --------------------------------------------------------------------------------------


def _labels(weeks: Sequence[Week], placed: Sequence[Placed]) -> dict[str, str]:
    """By their keys what sessions are called: by the week and the day they are on, those that were moved last."""
    at_home = {(one.home, one.day, one.number) for one in placed if not one.is_away}
    labels = {}
    for one in sorted(placed, key=lambda one: (one.is_away, one.is_moved, one.home.first, one.day, one.number)):
        week, day, number = week_of(weeks, one.date), one.date.weekday(), one.number
        if one.is_away:
            number = next(free for free in count(1) if (week, day, free) not in at_home)
            at_home.add((week, day, number))
        labels[one.key] = f"{week_part(week)} {DAYS[day]}{number if number > 1 else ''}".title()
    return labels
