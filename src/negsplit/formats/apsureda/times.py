"""Times, paces and per cents as the files of garmin-planner write them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from negsplit.diagnostics import Report, Span
from negsplit.limits import is_runnable
from negsplit.units import Duration, Pace, Percent, clock

_SECONDS: Final = {"h": 3600, "min": 60, "m": 60, "s": 1, "": 1}
_TIME: Final = re.compile(r"(\d{1,6})\s*(h|min|m|s|)")
_CLOCK: Final = re.compile(r"(?:(\d{1,2}):)?(\d{1,4}):(\d{1,2})")
PACES: Final = re.compile(r"(\d{1,2}:\d{1,2})(?:\s*-\s*(\d{1,2}:\d{1,2}))?")
"""A pace, or the two ends of a range."""
SHARE: Final = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)(?:\s*-\s*(\d{1,3}(?:\.\d{1,3})?))?\s*%\s*(.*\S)")
"""Per cents, one or two, and what they are of."""


def time_of(text: str, span: Span, report: Report) -> Duration | None:
    """``13:48``, ``3:15:00``, ``4min``, ``240``: minutes of a clock have no bound where no hours are; else refused."""
    if found := _TIME.fullmatch(text):
        return Duration(int(found[1]) * _SECONDS[found[2]] * 1000)
    found = _CLOCK.fullmatch(text)
    if found is None:
        report.error("refused", f"`{text}` is no time", span, "write `13:48`, `3:15:00` or `4min`")
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    time = Duration(((hours * 60 + minutes) * 60 + seconds) * 1000)
    if seconds > 59 or (found[1] and minutes > 59):
        report.error("refused", f"`{text}` has more than 59 behind a colon", span, f"did you mean `{clock(time.ms)}`?")
        return None
    return time


def pace_of(text: str, span: Span, report: Report) -> Pace | None:
    """``4:37`` a kilometre; refused, with its place, where nobody runs so."""
    time = time_of(text, span, report)
    return None if time is None else running(Pace(time.ms, "km"), text, span, report)


def running(pace: Pace, text: str, span: Span, report: Report) -> Pace | None:
    """A pace, refused where it is not one of a runner."""
    if pace.ms > 0 and is_runnable(pace.mps):
        return pace
    report.error("refused", f"`{text}` is no running pace", span, "paces are between 1:24 and 33:20 a kilometre")
    return None


def shares(found: re.Match[str]) -> tuple[Percent, Percent]:
    """The per cents of a :data:`SHARE`, low and high."""
    ends = [Percent(int(Decimal(part) * 1000)) for part in (found[1], found[2] or found[1])]
    return min(ends), max(ends)
