"""What a plan gives its days, layer by layer, with the values of each week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from negsplit.diagnostics import Report
from negsplit.plan.model import DayChange, Plan, Session, WeeklySession
from negsplit.plan.values import Constant, Given, Growing, WeekByWeek, beginning, weekly
from negsplit.plan.weeks import weeks_of, weeks_text

Found = tuple[Session, Mapping[str, Given]]
"""A session, and what each of its parameters is."""
Day = tuple[int, int]
"""The number of a week, and a day of it, 0 for Monday."""


class Layers(NamedTuple):
    """Each layer upon the one before: what comes again, single days of the plan that is used, what is added, own days.

    Single days hold what they say instead of what lies below; what is added comes behind it.
    """

    sessions: Mapping[Day, Sequence[Found]]
    taken_days: Mapping[dt.date | Day, Sequence[Found]]
    added: Mapping[Day, Sequence[Found]]
    days: Mapping[dt.date | Day, Sequence[Found]]


def layers(plan: Plan, report: Report) -> Layers:
    """What a plan gives its days."""
    return Layers(
        _weekly(plan.entries, plan, report),
        _single(plan.taken_changes, plan, report),
        _weekly(plan.added, plan, report),
        _single(plan.changes, plan, report),
    )


def _weekly(entries: Sequence[WeeklySession], plan: Plan, report: Report) -> dict[Day, list[Found]]:
    """What some entries give each day of each week."""
    found: dict[Day, list[Found]] = {}
    for entry in entries:
        values = _values(entry, plan, report)
        for week in entry.weeks:
            if (given := values[week]) is not None:
                for day in entry.days:
                    found.setdefault((week, day), []).append((entry.session, given))
    return found


def _values(entry: WeeklySession, plan: Plan, report: Report) -> dict[int, dict[str, Given] | None]:
    """What each parameter is in each week of an entry; None where a list leaves the week out."""
    values: dict[int, dict[str, Given] | None] = {week: {} for week in entry.weeks}
    for name, value in entry.session.values.items():
        if isinstance(value, Growing) and entry.weeks[0] <= plan.weeks < entry.weeks[-1]:
            help = f"give weeks {plan.weeks + 1} and later a session of their own"
            message = f"`{name}`: what grows ends with the race, in week {plan.weeks}"
            report.error("weeks", message, entry.session.places.get(name), help)
        try:
            found = weekly(value, [_cut(plan, week, name) for week in entry.weeks])
        except ValueError as error:
            help = "write one value, or give the session more weeks"
            if isinstance(value, WeekByWeek):
                help = f"its weeks are {weeks_text(entry.weeks)}; write one value a week, one for all, or `A -> B`"
            report.error("weeks", f"`{name}`: {error}", entry.session.places.get(name), help)
            found = [beginning(value)] * len(entry.weeks)
        for week, given in zip(entry.weeks, found, strict=True):
            known = values[week]
            values[week] = None if given is None or known is None else {**known, name: given}
    return values


def _cut(plan: Plan, week: int, name: str) -> Decimal | None:
    """The share that a parameter is cut by in a down week, which may be nothing; None in a building week."""
    down = plan.down
    if down is None or week not in down.weeks:
        return None
    return down.cut if down.cut and name in down.of else Decimal(0)


def _on_one_day(session: Session, report: Report) -> Found:
    """A session of a single day: its values cannot change."""
    values: dict[str, Given] = {}
    for name, value in session.values.items():
        if not isinstance(value, Constant):
            message = f"`{name}` changes from week to week, and this is a single day"
            report.error("weeks", message, session.places.get(name), "write one value")
        if (first := beginning(value)) is not None:
            values[name] = first
    return session, values


def _single(changes: Sequence[DayChange], plan: Plan, report: Report) -> dict[dt.date | Day, list[Found]]:
    """What single days hold; a day that the plan does not have, or that is named twice, is an error."""
    weeks = weeks_of(plan)
    first, last = weeks[0].first, weeks[-1].first + dt.timedelta(days=6)
    once = {week.number: week.first for week in weeks if not plan.repeat_weeks.count(week.number)}
    seen: set[dt.date | Day] = set()
    found: dict[dt.date | Day, list[Found]] = {}
    for change in changes:
        day = change.day
        found[day] = [_on_one_day(session, report) for session in change.sessions]
        date = day
        if isinstance(day, tuple) and day[0] in once:
            date = once[day[0]] + dt.timedelta(days=(day[1] - plan.week_starts) % 7)
        if isinstance(day, dt.date) and not first <= day <= last:
            report.error("out-of-bounds", f"{day} is not in the plan", change.span, f"it runs from {first} to {last}")
        elif isinstance(day, tuple) and not 1 <= day[0] <= plan.last_week:
            help = "the plan has 1 week" if plan.last_week == 1 else f"the plan has weeks 1 to {plan.last_week}"
            report.error("out-of-bounds", f"there is no week {day[0]}", change.span, help)
        elif date in seen:
            report.error("duplicate-key", "this day is there twice", change.span, "write its sessions as a list")
        seen.add(date)
    return found
