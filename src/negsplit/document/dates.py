"""Days as people write them: what is meant by one that is not written as the language does."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from negsplit.diagnostics import Help
from negsplit.tree.nodes import Text

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_FIRST: Final = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})", re.ASCII)
_DAY_FIRST: Final = re.compile(r"(?P<day>\d{1,2})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4})", re.ASCII)
_MONTH_FIRST: Final = re.compile(r"(?P<month>\d{1,2})[-/](?P<day>\d{1,2})[-/](?P<year>\d{4})", re.ASCII)
_IN_WORDS: Final = (
    re.compile(r"(?P<day>\d{1,2})\.? +(?P<name>[a-z]{3,9})\.?,? +(?P<year>\d{4})", re.ASCII | re.IGNORECASE),
    re.compile(r"(?P<name>[a-z]{3,9})\.? +(?P<day>\d{1,2}),? +(?P<year>\d{4})", re.ASCII | re.IGNORECASE),
)


def meant(text: Text, start: int = 0) -> tuple[Help, ...]:
    """The day that is meant by all of a text from ``start``, as a cure; nothing where it may be two or none.

    Which of 4/3 and 3/4 is the day nobody knows: those are left alone, and 4.3, where it comes first, is not certain.
    """
    written = text[start:].strip()
    days = {day for form in (_YEAR_FIRST, _DAY_FIRST, _MONTH_FIRST, *_IN_WORDS) if (day := _day(form, written))}
    if len(days) != 1:
        dotted = _day(_DAY_FIRST, written) if "." in written else None
        if dotted is None:
            return ()
        days = {dotted}
    (day,) = days
    at = start + len(text[start:]) - len(text[start:].lstrip())
    is_certain = "." not in written or bool(_YEAR_FIRST.fullmatch(written))
    return (text.cure(f"did you mean `{day}`?", at, at + len(written), str(day), is_certain=is_certain),)


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
    return next((number for number, month in enumerate(_MONTHS, 1) if name.lower().startswith(month)), 0)
