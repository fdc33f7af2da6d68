"""Days on which nothing could be run, as a plan names them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter

from negsplit.diagnostics import Report
from negsplit.document.choices import BREAKS, choice
from negsplit.document.shapes import MissedShape
from negsplit.plan import texts
from negsplit.plan.model import Missed


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
