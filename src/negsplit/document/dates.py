"""Days, weeks and times of day as people write them: what is meant by one that is not written as the language does.

Imported where there is one, so that the patterns cost those nothing who write them well.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from negsplit.diagnostics import Help
from negsplit.tree.nodes import Text

_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_YEAR_FIRST: Final = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})", re.ASCII)
_DAY_FIRST: Final = re.compile(r"(?P<day>\d{1,2})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4})", re.ASCII)
_MONTH_FIRST: Final = re.compile(r"(?P<month>\d{1,2})[-/](?P<day>\d{1,2})[-/](?P<year>\d{4})", re.ASCII)
_IN_WORDS: Final = (
    re.compile(r"(?P<day>\d{1,2})\.? +(?P<name>[a-z]{3,9})\.?,? +(?P<year>\d{4})", re.ASCII | re.IGNORECASE),
    re.compile(r"(?P<name>[a-z]{3,9})\.? +(?P<day>\d{1,2}),? +(?P<year>\d{4})", re.ASCII | re.IGNORECASE),
)
_TIME: Final = re.compile(
    r"(?P<hour>\d{1,2})(?:(?:[:.]|h)(?P<minute>\d{2}))?(?:\s*(?P<half>[ap])\.?m\.?|h|(?<=h\d\d))",
    re.ASCII | re.IGNORECASE,
)


def meant(text: Text, start: int = 0) -> tuple[Help, ...]:
    """The day that is meant by all of a text from ``start``, as a cure; nothing where it may be two or none.

    Which of 4/3 and 3/4 is the day nobody knows: those are left alone, and 4.3, where it comes first, is not certain.
    """
    written = text[start:].strip()
    is_dotted = (found := _DAY_FIRST.fullmatch(written)) is not None and found["sign"] == "."
    days = {day for form in (_YEAR_FIRST, _DAY_FIRST, _MONTH_FIRST, *_IN_WORDS) if (day := _day(form, written))}
    if len(days) != 1:
        return ()
    (day,) = days
    at = start + len(text[start:]) - len(text[start:].lstrip())
    return (text.cure(f"did you mean `{day}`?", at, at + len(written), str(day), is_certain=not is_dotted),)


def week_meant(key: Text) -> tuple[Help, ...]:
    """``w6``, ``week6`` and ``6`` as ``week 6``."""
    found = re.fullmatch(r"(?:w(?:eek)?\s*)?#?0*(\d{1,4})", key.strip(), re.ASCII | re.IGNORECASE)
    is_certain = not key.strip().isdigit()  # a day's number has no place there, but may be what is meant
    return (_instead(key, f"week {found[1]}", is_certain=is_certain),) if found else ()


def time_meant(text: Text) -> Help | None:
    """``6:30 am``, ``6.30 pm`` and ``18h30`` as the clock has them; ``6.30`` alone may be no time of day."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), (found["half"] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    return _instead(text, f"{hour:02}:{minute:02}", is_certain=True) if hour < 24 and minute < 60 else None


def _instead(text: Text, by: str, *, is_certain: bool) -> Help:
    return text.instead(f"write `{by}`", by, is_certain=is_certain)


def _day(form: re.Pattern[str], written: str) -> dt.date | None:
    found = form.fullmatch(written)
    if found is None:
        return None
    parts = found.groupdict()
    month = _month(parts["name"]) if "name" in parts else int(parts["month"])
    try:
        return dt.date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        return None


def _month(name: str) -> int:
    """The number of a month by its English name or the first letters of it; 0 where it is none."""
    return next((number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower())), 0)
