"""Sessions moved in a plan's text, by `moves`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from negsplit.diagnostics import Report
from negsplit.plan.calendar import Planned, calendar
from negsplit.plan.model import Plan
from negsplit.plan.placed import dates
from negsplit.tree.changing import put, take_out
from negsplit.words import DAYS


def moved(text: str, plan: Plan, days: Mapping[str, dt.date]) -> str:
    """The text of a plan with sessions of these keys on these days.

    The line of one that would be there anyway is taken out. A day of its own week is written as a weekday, so that it
    stays right when all of the plan is moved.

    :raises NoPlaceError: where `moves` cannot be changed without something else.
    """
    others = {key: move for key, move in plan.session_moves.items() if key not in days}
    without = {one.key: one.date for one in calendar(replace(plan, session_moves=others, missed=()), Report())}
    sessions = by_key(plan)
    for key, day in days.items():
        written = plan.session_moves.get(key)
        path = ("moves", str(written.key) if written else key)
        if without.get(key) == day:
            text = take_out(text, path)
        else:
            is_near = day in dates(sessions[key].home)
            text = put(text, path, DAYS[day.weekday()] if is_near else str(day))
    return text


def by_key(plan: Plan) -> dict[str, Planned]:
    """Every session of a plan, those on missed days as they were written."""
    return {one.key: one for one in calendar(replace(plan, missed=()), Report())}
