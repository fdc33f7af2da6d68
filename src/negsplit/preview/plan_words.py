"""The words of a plan's calendar: days, amounts as a coach says them, and what a session is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Final

from negsplit.diagnostics import listed
from negsplit.plan.calendar import Planned
from negsplit.plan.demand import Demand, demand
from negsplit.plan.runners import RunnerFrom
from negsplit.plan.totals import PlanTotals, SessionTotals, Sum, Totals, WeekTotals
from negsplit.preview.text import in_words
from negsplit.units import METRES_PER, PaceUnit, clock
from negsplit.words import DAYS, count

_LONG_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)
_MONTHS: Final = tuple(month[:3] for month in _LONG_MONTHS)
_KINDS: Final = {"rest": "Rest", "note": "Note", "cross": "Cross-training", "race": "Race"}

GUESSED: Final = "~ includes a guess for open steps"
CHANGES: Final = "% compares with the highest of the four weeks before"
MISSING: Final = "+ at least this much: part of it is open"
DOWN: Final = "down week"
EASIER: Final = "easier week"
"""A down week, for whoever runs it."""


# --- Days ----------------------------------------------------------------------------------------


def date_text(day: dt.date) -> str:
    """``1 Dec``."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def month_text(day: dt.date) -> str:
    """``Dec 2026``."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def long_month_text(day: dt.date) -> str:
    """``December 2026``."""
    return f"{_LONG_MONTHS[day.month - 1]} {day.year}"


def weekday_text(day: dt.date) -> str:
    """``Tue``."""
    return DAYS[day.weekday()].capitalize()


def day_text(day: dt.date) -> str:
    """``Tue 1 Dec``."""
    return f"{weekday_text(day)} {date_text(day)}"


def days_text(first: dt.date, last: dt.date) -> str:
    """``30 Nov to 6 Dec 2026``; the year is said of the first day too where it is another."""
    year = f" {first.year}" if first.year != last.year else ""
    return f"{date_text(first)}{year} to {date_text(last)} {last.year}"


# --- Amounts -------------------------------------------------------------------------------------


def time_text(seconds: float) -> str:
    """``45 s``, ``40 min``, ``1 h 05``: to the minute, as weeks are talked about."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{round(seconds)} s"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d}"


def far_text(metres: float, unit: PaceUnit) -> str:
    """``4.2 km``, ``118 km``."""
    amount = metres / METRES_PER[unit]
    return f"{amount:.1f} {unit}" if amount < 99.95 else f"{amount:.0f} {unit}"


def marked(text: str, *, guessed: bool, missing: bool) -> str:
    """An amount with ``~`` where some of it is guessed, ``+`` where some of it is not counted."""
    return f"{'~' if guessed else ''}{text}{'+' if missing else ''}"


def marks(totals: Totals) -> Iterator[str]:
    """What the marks mean that stand beside some of these amounts."""
    if totals.guessed:
        yield GUESSED
    if any(one.missing and one.value is not None for one in (totals.seconds, totals.metres, totals.load)):
        yield MISSING


def session_time(one: SessionTotals) -> str:
    """``~40 min``; ``unknown``."""
    if one.seconds is None:
        return "unknown"
    return marked(time_text(one.seconds), guessed=one.guessed, missing=one.is_short)


def session_distance(one: SessionTotals, unit: PaceUnit) -> str:
    """``~4.2 km``; ``unknown``."""
    if one.metres is None:
        return "unknown"
    return marked(far_text(one.metres, unit), guessed=one.guessed, missing=one.is_short)


def total_time(totals: Totals) -> str:
    """``~5 h 12+``; ``unknown``."""
    return _sum(totals.seconds, totals, time_text)


def total_distance(totals: Totals, unit: PaceUnit) -> str:
    """``~48.3 km+``; ``unknown``."""
    return _sum(totals.metres, totals, lambda metres: far_text(metres, unit))


def total_load(totals: Totals) -> str:
    """``~212``; ``unknown``."""
    return _sum(totals.load, totals, lambda points: f"{points:.0f}")


def _sum(amount: Sum, totals: Totals, write: Callable[[float], str]) -> str:
    if amount.value is None:
        return "unknown"
    return marked(write(amount.value), guessed=bool(totals.guessed), missing=bool(amount.missing))


def change_text(share: float | None) -> str:
    """``+8 %``, ``-25 %``, ``0 %``; nothing where there is nothing to compare with."""
    if share is None:
        return ""
    percent = round(share * 100)
    return f"{percent:+d} %" if percent else "0 %"


# --- What it is ----------------------------------------------------------------------------------


def _kind(planned: Planned) -> str:
    return _KINDS.get(planned.session.kind, "")


def title(one: SessionTotals, unit: PaceUnit) -> str:
    """What a day holds: the name of its workout, its steps where it has none, ``Rest``, ``Race: Spring Half``."""
    return titled(one.planned, one.name) or (in_words(one.program, unit) if one.program else "")


def titled(planned: Planned, name: str) -> str:
    """``Rest``, ``Race: Spring Half``, the name of a workout; nothing where it has none."""
    kind, own = _kind(planned), "" if name == planned.label else name
    if kind:
        return f"{kind}: {own}" if own and own != planned.session.kind.capitalize() else kind
    return own


def steps_text(one: SessionTotals, unit: PaceUnit) -> str:
    """Its steps in one line; nothing where they are its title already."""
    steps = in_words(one.program, unit) if one.program else ""
    return "" if steps == title(one, unit) else steps


def notes_text(one: SessionTotals) -> str:
    """What it is for: by the plan, else by its workout."""
    return one.planned.session.notes or (one.program.notes if one.program else "")


def marks_of(one: SessionTotals) -> list[str]:
    """What is said of a session in a word."""
    return [word for word, holds in (("hard", one.is_hard), ("optional", one.planned.session.optional)) if holds]


def week_title(one: WeekTotals) -> str:
    """``Week 3``, ``Week 3 again``."""
    return f"Week {one.week.number}{' again' if one.week.again else ''}"


def race_text(plan: PlanTotals) -> str:
    """``Race: Spring Half, Sun 18 Apr 2027, 21.1 km in 1:45:00``; nothing without a race."""
    race = plan.plan.race
    if race is None:
        return ""
    words = [f"Race: {race.name}" if race.name else "Race", f"{day_text(race.on)} {race.on.year}"]
    if race.distance:
        goal = f" in {clock(race.goal.ms)}" if race.goal else ""
        words.append(f"{far_text(race.distance.metres, plan.unit)}{goal}")
    return ", ".join(words)


def about(plan: PlanTotals, *, for_runner: bool) -> list[str]:
    """What stands below a plan's name: its race, what it counts on, and what paces come from."""
    known = [_changes(plan)] if for_runner else [counts_on(plan), *fitness_texts(plan)]
    return [text for text in (race_text(plan), *known) if text]


def _changes(plan: PlanTotals) -> str:
    """``Your paces change on Mon 1 Mar, in week 5``; nothing where they never do."""
    days = [f"on {day_text(one.first)}, in week {week_of(plan, one.first)}" for one in plan.runners[1:]]
    return f"Your paces change {listed(days, 'and')}" if days else ""


def when(plan: PlanTotals) -> str:
    """How many weeks, and from when to when: up to the race where the plan ends with one."""
    return f"{count(len(plan.weeks), 'week')}, {days_text(plan.first_day, plan.end)}"


def counts_on(plan: PlanTotals) -> str:
    """``Counts on 35.2 km a week, longest run 14.0 km; growth counts from week 1``; nothing where nobody can tell.

    Where it is known what was run before, that stands at its end: ``; before it 36.0 km at most (your history)``.
    """
    asked = demand(plan)
    longest = asked.totals.longest if asked else None
    if asked is None or longest is None:
        return ""
    if asked.in_metres:
        week, run = total_distance(asked.totals, plan.unit), session_distance(longest, plan.unit)
    else:
        week, run = total_time(asked.totals), session_time(longest)
    return f"Counts on {week} a week, longest run {run}; {_before(asked, plan.unit)}"


def _before(asked: Demand, unit: PaceUnit) -> str:
    """What growth is compared with: what was run before a plan, or its own first weeks."""
    amounts = (asked.most_before, asked.longest_before)
    most, longest = (one and (far_text(one, unit) if asked.in_metres else time_text(one)) for one in amounts)
    if not most:
        return f"growth counts from {week_title(asked.week).lower()}"
    return f"before it {most} at most{f', longest run {longest}' if longest else ''} ({asked.before.source})"


def fitness_texts(plan: PlanTotals) -> list[str]:
    """What paces come from, and from when on what else: nothing where that never changes."""
    if len(plan.runners) < 2:
        return []
    first, *others = (fitness_text(one) for one in plan.runners)
    days = (f"from {day_text(one.first)}, in week {week_of(plan, one.first)}" for one in plan.runners[1:])
    return [f"Paces: {first}", *(f"Paces {day}: {text}" for day, text in zip(days, others, strict=True))]


def fitness_text(one: RunnerFrom) -> str:
    """``VDOT 43.4, from 5 km in 22:30 on 2026-10-04``."""
    known = one.runner.vdot
    return "no result is known" if known is None else f"VDOT {known:.1f}, {one.runner.sources['VDOT']}"


def week_of(plan: PlanTotals, day: dt.date) -> int:
    """The number of the week that a day of the plan is in."""
    return next(one.week.number for one in reversed(plan.weeks) if one.week.first <= day)


def week_words(week: WeekTotals, unit: PaceUnit, *, for_runner: bool) -> list[str]:
    """What a week comes to in groups of words; how that has changed is a coach's business."""
    if for_runner:
        return totals_words(week.totals, unit, for_runner=True)
    return totals_words(week.totals, unit, week.more_time, week.more_distance)


def totals_words(
    totals: Totals,
    unit: PaceUnit,
    more_time: float | None = None,
    more_distance: float | None = None,
    *,
    for_runner: bool = False,
) -> list[str]:
    """Totals in groups of words: sessions, amounts with their change, how they are run, the longest run, load.

    For whoever runs them they are runs, and nobody weighs them.
    """
    if not totals.sessions:
        return ["no running"]
    hard = f", {totals.hard} hard" if totals.hard else ""
    time, far = total_time(totals), total_distance(totals, unit)
    amounts = ", ".join(_with_change(*one) for one in ((time, more_time), (far, more_distance)))
    words = [f"{count(totals.sessions, 'run' if for_runner else 'session')}{hard}", amounts]
    if totals.walk_seconds:
        words.append(f"run {time_text(totals.run_seconds)}, walk {time_text(totals.walk_seconds)}")
    longest = totals.longest
    if longest and totals.sessions > 1 and (longest.seconds or longest.metres):
        words.append(f"longest {session_time(longest)}, {session_distance(longest, unit)}")
    return words if for_runner else [*words, f"load {total_load(totals)}"]


def _with_change(amount: str, change: float | None) -> str:
    return amount if change is None else f"{amount} ({change_text(change)})"


def dropped_text(week: WeekTotals) -> str:
    """``left out: w04-thu Easy run``; nothing where nothing is."""
    names = ", ".join(
        one.planned.key if one.name == one.planned.label else f"{one.planned.key} {one.name}" for one in week.dropped
    )
    return f"left out: {names}" if names else ""
