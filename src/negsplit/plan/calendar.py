"""Weeks to dates: what is on each day of a plan, with the values of its week."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from negsplit.diagnostics import Report
from negsplit.frozen import dataclass
from negsplit.plan.layers import Found, Layers, layers
from negsplit.plan.model import Plan, RaceDay, Session
from negsplit.plan.values import Given
from negsplit.plan.weeks import Week, weeks_of
from negsplit.words import DAYS


@dataclass(frozen=True, slots=True)
class Planned:
    """One session on its day, with what each of its parameters is there.

    ``key`` stays the same wherever the plan, or the session, is moved to: ``w03-tue``, ``w03-tue-2``; ``w03r-tue``
    when the week is done again. ``label`` begins the name of its workout, ``W03 Tue``: it names the day on which the
    session is, and no other session of the plan has it.
    """

    key: str
    week: Week
    date: dt.date
    session: Session
    values: Mapping[str, Given]
    label: str


class _Placed(NamedTuple):
    """A session on the way to its day: ``day`` and ``number`` are those of its key, ``is_single`` that of ``days``."""

    session: Session
    values: Mapping[str, Given]
    day: int
    number: int
    date: dt.date
    is_single: bool = False


def calendar(plan: Plan, report: Report) -> tuple[Planned, ...]:
    """Every session in the order of its day and time; those before the start and after the race are left out.

    A day's key counts its sessions as they are written, whenever they begin, and wherever they are moved to.
    """
    found = layers(plan, report)
    return tuple(one for week in weeks_of(plan) for one in _of_week(plan, week, found, report))


def _of_week(plan: Plan, week: Week, found: Layers, report: Report) -> Iterator[Planned]:
    placed = list(_with_own_days(week, _with_added(week, [*_given(plan, week, found)], found), found))
    if plan.race and plan.race.on in _dates(week):
        placed = list(_with_the_race(plan.race, week, placed, report))
    labels = _labels(week, placed)
    for one in sorted(placed, key=lambda one: (one.date, one.session.time or dt.time())):
        key = _key(week, one)
        if why := _why_left_out(plan, week, one):
            report.note("left-out", f"{key} would be {why}: it is left out", one.session.span)
        else:
            yield Planned(key, week, one.date, one.session, one.values, labels[key])


def _dates(week: Week) -> list[dt.date]:
    return [week.first + dt.timedelta(days=offset) for offset in range(7)]


# --- Layers --------------------------------------------------------------------------------------


def _given(plan: Plan, week: Week, found: Layers) -> Iterator[_Placed]:
    """What comes again, or the single days of the plan that is used, where `moves` puts it."""
    for date in _dates(week):
        day = (week.number, date.weekday())
        single = next((key for key in (date, day) if key in found.taken_days), None)
        sessions = found.sessions.get(day, ()) if single is None else found.taken_days[single]
        for one in _numbered(sessions, date, 0, is_single=single is not None):
            is_dated = isinstance(single, dt.date)
            yield one if is_dated else one._replace(date=_moved(plan, week, one))


def _moved(plan: Plan, week: Week, one: _Placed) -> dt.date:
    """The day that a session is moved to; the race stays, and so does what is left out for it."""
    if plan.race and one.date == plan.race.on:
        return one.date
    if plan.race and one.date > plan.race.on and one.session.kind != "race" and _why_left_out(plan, week, one):
        return one.date
    weekday = plan.moves.get(one.day, one.day)
    return next(date for date in _dates(week) if date.weekday() == weekday)


def _with_added(week: Week, below: Sequence[_Placed], found: Layers) -> Iterator[_Placed]:
    """What is added counts on behind what has keys of its day, wherever that is."""
    yield from below
    often = Counter(one.day for one in below)
    for date in _dates(week):
        yield from _numbered(found.added.get((week.number, date.weekday()), ()), date, often[date.weekday()])


def _with_own_days(week: Week, placed: Iterator[_Placed], found: Layers) -> Iterator[_Placed]:
    """Single days instead of what lies on them; they count on behind what keeps a key of theirs on another day."""
    below = list(placed)
    own = {
        date: single
        for date in _dates(week)
        for single in [next((key for key in (date, (week.number, date.weekday())) if key in found.days), None)]
        if single is not None
    }
    yield from (one for one in below if one.date not in own)
    for date, single in own.items():
        elsewhere = [one.number for one in below if one.day == date.weekday() and one.date != date]
        yield from _numbered(found.days[single], date, max(elsewhere, default=0), is_single=True)


def _numbered(found: Sequence[Found], date: dt.date, behind: int, *, is_single: bool = False) -> Iterator[_Placed]:
    for number, (session, values) in enumerate(found, start=behind + 1):
        yield _Placed(session, values, date.weekday(), number, date, is_single)


# --- The race ------------------------------------------------------------------------------------


def _with_the_race(race: RaceDay, week: Week, placed: Sequence[_Placed], report: Report) -> Iterator[_Placed]:
    """The race on its day, alone but for notes and for what single days put there."""
    on_the_day = [one for one in placed if one.date == race.on]
    yield from (one for one in placed if one.date != race.on)
    if any(one.session.kind == "race" for one in on_the_day):
        yield from (one._replace(session=_the_race(race, one.session)) for one in on_the_day)
        return
    kept = [one for one in on_the_day if one.is_single or one.session.kind == "note"]
    for one in on_the_day:
        if one not in kept:
            message = f"{_key(week, one)} would be on the day of the race: it is left out"
            report.note("left-out", message, one.session.span)
    session = _the_race(race, Session("race", text=race.name or "Race", span=race.span))
    yield _Placed(session, {}, race.on.weekday(), 1, race.on)
    own = [one for one in kept if one.day == race.on.weekday()]
    yield from (one for one in kept if one not in own)
    yield from (one._replace(number=number) for number, one in enumerate(own, start=2))


def _the_race(race: RaceDay, session: Session) -> Session:
    """A session of the day of the race, as far and as fast as that where it is one and does not say so itself."""
    if session.kind != "race" or session.distance not in (None, race.distance):
        return session
    return replace(session, distance=race.distance, goal=session.goal or race.goal)


def _why_left_out(plan: Plan, week: Week, one: _Placed) -> str:
    """Why a session is not run: the plan has not begun, or is over; nothing where it is.

    Behind the race only what names a week or, in the week of the race, a single day of those behind it is run.
    """
    if plan.start and one.date < plan.start:
        return f"before the plan starts on {plan.start}"
    if plan.race is None or one.date <= plan.race.on or week.number > plan.weeks:
        return ""
    return "" if one.is_single and plan.weeks_after else f"after the race on {plan.race.on}"


# --- Keys ----------------------------------------------------------------------------------------


def _key(week: Week, one: _Placed) -> str:
    return f"{_week_part(week)}-{DAYS[one.day]}{f'-{one.number}' if one.number > 1 else ''}"


def _week_part(week: Week) -> str:
    again = "r" * min(week.again, 1) + (str(week.again) if week.again > 1 else "")
    return f"w{week.number:02}{again}"


def _labels(week: Week, placed: Sequence[_Placed]) -> dict[str, str]:
    """By their keys what the sessions of a week are called: by the day they are on, those that were moved last."""
    at_home = {(one.day, one.number) for one in placed if one.date.weekday() == one.day}
    labels = {}
    for one in sorted(placed, key=lambda one: (one.date.weekday() != one.day, one.day, one.number)):
        day, number = one.date.weekday(), one.number
        if day != one.day:
            number = next(free for free in range(1, len(placed) + 1) if (day, free) not in at_home)
            at_home.add((day, number))
        labels[_key(week, one)] = f"{_week_part(week)} {DAYS[day]}{number if number > 1 else ''}".title()
    return labels
