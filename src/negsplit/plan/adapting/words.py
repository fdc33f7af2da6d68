"""What is said of a break: in the plan, as a comment above it."""

from __future__ import annotations

import datetime as dt
from textwrap import wrap
from typing import Final

from negsplit.plan.adapting.loads import Gauge
from negsplit.plan.model import Missed
from negsplit.units import METRES_PER
from negsplit.words import DAYS

MARK: Final = "adapted: "
"""What the comment begins with."""
_WIDTH: Final = 100
_WHY: Final = {"ill": ", ill", "injured": ", injured", "away": ""}


def comment(missed: Missed, what: str) -> tuple[str, ...]:
    """Lines of a comment: what was missed, what was done, and on which guidance."""
    days = f"{missed.days} days" if missed.days > 1 else "1 day"
    first = f"{MARK}no running from {_day(missed.first)} to {_day(missed.last)} ({days}{_WHY[missed.why]})."
    then = f"{what[:1].upper()}{what[1:]}. After Daniels, and Pfitzinger and Douglas, on missed training."
    return first, *wrap(then, _WIDTH)


def _day(day: dt.date) -> str:
    return f"{DAYS[day.weekday()].capitalize()} {day}"


def amount_text(amount: float, measure: Gauge) -> str:
    """A week's load: ``38 km``, ``240 min``."""
    if measure.in_metres:
        return f"{amount / METRES_PER[measure.unit]:.0f} {measure.unit}"
    return f"{amount / 60:.0f} min"
