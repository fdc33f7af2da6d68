"""Days on which nothing could be run, as a plan names them, and what is on them then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from negsplit.diagnostics import Report
from negsplit.document.choices import BREAKS, choice
from negsplit.document.shapes import MissedShape
from negsplit.plan import texts
from negsplit.plan.model import Missed, Plan, Session
from negsplit.plan.placed import Placed
from negsplit.plan.weeks import Week, days_to_run


def missed(shapes: Sequence[MissedShape], report: Report) -> tuple[Missed, ...]:
    """The breaks of a plan in the order of their days, without those at fault."""
    found = sorted((one for shape in shapes if (one := _missed(shape, report))), key=attrgetter("first"))
    for earlier, later in pairwise(found):
        if later.first <= earlier.last:
            message = f"{later.first} is in the break from {earlier.first} to {earlier.last} already"
            report.error("date", message, later.span, "write one break for these days")
    return tuple(found)


def _missed(shape: MissedShape, report: Report) -> Missed | None:
    first, last = texts.date(shape.from_, report), texts.date(shape.to, report)
    why = (choice(shape.why, BREAKS, report) if shape.why else None) or "away"
    if first is None or last is None:
        return None
    if last < first:
        help = shape.to.instead(f"write `{first}` for one day", str(first))
        report.error("date", f"this break ends on {last}, before it begins on {first}", shape.to.span, help)
        return None
    return Missed(first, last, why, span=shape.from_.span)


def with_breaks(plan: Plan, weeks: Sequence[Week], placed: Iterable[Placed], report: Report) -> Iterator[Placed]:
    """Rest on each missed day, once, for all that would be done; notes stay, and what the plan's own `days` say.

    The race that the plan leads up to stays too. What becomes of a race is said.
    """
    first, last = days_to_run(plan, weeks)
    for some in plan.missed:
        if some.last < first or last < some.first:
            message = f"the break from {some.first} to {some.last} is not in the plan"
            report.warning("no-effect", message, some.span, f"the plan runs from {first} to {last}")
    rests: set[dt.date] = set()
    for one in placed:
        missed = next((some for some in plan.missed if some.first <= one.date <= some.last), None)
        if missed is None or one.is_own or one.session.kind in ("rest", "note"):
            yield one
            continue
        is_goal = plan.race is not None and one.date == plan.race.on
        if one.session.kind == "race":
            message = f"the race on {one.date} is in the break from {missed.first} to {missed.last}"
            help = (
                "change `race` to a later day" if is_goal else f"it becomes rest; `days: {{{one.date}: ...}}` keeps it"
            )
            report.warning("date", message, missed.span, help)
        if is_goal:
            yield one
        elif one.date not in rests:
            rests.add(one.date)
            yield one._replace(session=Session("rest", text=missed.why, span=one.session.span), values={})
