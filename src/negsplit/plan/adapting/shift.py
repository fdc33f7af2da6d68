"""A plan without a race after a break: the rest later instead of less."""

from __future__ import annotations

import datetime as dt

from negsplit.plan.adapt import Refusal
from negsplit.plan.adapting import walk_runs
from negsplit.plan.compile import CompiledPlan
from negsplit.plan.model import Missed
from negsplit.plan.totals import totals
from negsplit.tree.changing import put


def shifted(compiled: CompiledPlan, text: str, first: dt.date, last: dt.date) -> str | Refusal:
    """The text of a plan in which the week of a break is done again as often as it takes.

    Weeks of a plan with a race count back from it: there it would move the past. Nothing of a plan was run where the
    break comes before its first session, and then its start moves.

    :raises NoPlaceError: where the keys have no place in the text.
    """
    plan = compiled.plan
    if plan.race is not None:
        help = "leave `--shift` out: the weeks before the race are adapted instead"
        return Refusal(f"the race on {plan.race.on} does not move, and so nothing can be later", help)
    if any(one.first <= last + _DAY and first <= one.last + _DAY for one in plan.missed):
        return text
    place = next((at for at, week in enumerate(compiled.weeks) if week.first + _WEEK > first), None)
    if place is None or last < compiled.weeks[0].first:
        return text  # which is refused anyway
    after = sum(week.first <= last + _DAY for week in compiled.weeks) - 1
    count = after - place
    shown = totals(compiled)
    missed = Missed(first, last)
    if walk_runs.is_programme(shown):
        begin = walk_runs.stage(shown, missed)
        count = walk_runs.first_week(shown, missed) - next(at for at, one in enumerate(shown.weeks) if one is begin)
    if count <= 0:
        help = "leave `--shift` out: the week goes on"
        return Refusal("the break is over within its week: there is nothing to move", help)
    weeks = sorted([*plan.repeat_weeks, *[compiled.weeks[place].number] * count])
    return put(text, ("repeat_weeks",), f"[{', '.join(map(str, weeks))}]")


_DAY, _WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)
