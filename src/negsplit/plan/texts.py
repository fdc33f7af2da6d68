"""What a plan says in small texts: weeks, days, dates and times."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from negsplit.diagnostics import Help, Report, meant
from negsplit.limits import FIRST_YEAR, LAST_YEAR
from negsplit.phrase import amounts, phrases, step_names
from negsplit.phrase.numbers import DATE, clock_seconds
from negsplit.phrase.tokens import Cursor
from negsplit.tree.nodes import Filled, Text
from negsplit.tree.source_lines import short
from negsplit.units import Duration
from negsplit.words import DAYS, LONG_DAYS

MAX_WEEKS: Final = 104
"""Two years; a plan is written for a season."""

_SEVERAL: Final = {
    **dict.fromkeys(("weekend", "weekends"), DAYS[5:]),
    **dict.fromkeys(("weekday", "weekdays"), DAYS[:5]),
    **dict.fromkeys(("daily", "every day", "all"), DAYS),
}
_SOME_WEEKS: Final = re.compile(
    r"(?P<first>\d{1,4})(?:\s*(?:-|–|\.\.)\s*(?P<last>\d{1,4}))?(?:\s+(?P<only>odd|even))?", re.IGNORECASE | re.ASCII
)
_WEEK: Final = re.compile(r"week\s+(\d{1,4})", re.IGNORECASE | re.ASCII)
_TIME: Final = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)
_BETWEEN_DAYS: Final = re.compile(r"\s*(?:[-–/+&]|\.\.|\b(?:and|to)\b)\s*|\s+")
_FROM_TO: Final = re.compile(r"[-–]|\.\.|\bto\b")
_MOST_COMMAS: Final = 1_000
_SIGNS: Final = re.compile(r"[,()]")


def part(text: Text, start: int, end: int) -> Text:
    """Some characters of a text as a text of its own, without the space around them."""
    written = str(text)[start:end]
    start += len(written) - len(written.lstrip())
    span = text.at(start, start + len(written.strip()))
    return (Text.made if isinstance(text, Filled) else Text)(written.strip(), span)


def listed(text: Text, report: Report) -> list[Text]:
    """The texts between commas; those inside parentheses and names belong to a line of steps. None may be empty."""
    if text.count(",") > _MOST_COMMAS:
        message = f"this text has {text.count(',')} commas, {_MOST_COMMAS} are allowed"
        report.error("too-long", message, text.span, "write fewer values")
        return []
    found, start, depth = [], 0, 0
    names = step_names.spans(text)
    for match in _SIGNS.finditer(text):
        if step_names.is_in(names, match.start()):
            continue
        if match.group() == "," and depth == 0:
            found.append(part(text, start, match.start()))
            start = match.end()
        depth = max(depth + {"(": 1, ")": -1}.get(match.group(), 0), 0)
    found.append(part(text, start, len(text)))
    for one in found:
        if not one and len(found) > 1:
            report.error(
                "empty", "something is missing beside this comma", one.span, "write it, or leave the comma out"
            )
            return []
    return found if any(found) else []


# --- Weeks and days ------------------------------------------------------------------------------


def weeks(texts: Sequence[Text], last: int, report: Report) -> tuple[int, ...]:
    """``1-8``, ``2, 5, 9-11``, ``1-12 odd``: the numbers of weeks, in order, within the plan."""
    return tuple(sorted(set(weeks_named(texts, last, report))))


def weeks_named(texts: Sequence[Text], last: int, report: Report) -> list[int]:
    """The same as often as each is named; none where a part is at fault, since nobody knows which are meant."""
    named = [listed(text, report) for text in texts]
    found = [_some_weeks(one, last, report) for ones in named for one in ones]
    return sorted(week for weeks in found for week in weeks) if all(named) and all(found) else []


def _some_weeks(text: Text, last: int, report: Report) -> Sequence[int]:
    """The weeks that one part names; none, with an error, where it is at fault."""
    match = _SOME_WEEKS.fullmatch(text)
    if match is None:
        help = "write for example `1-8`, `2, 5, 9-11` or `1-12 odd`"
        report.error("weeks", f"`{short(text)}` does not say which weeks", text.span, help)
        return ()
    begin, end = int(match["first"]), int(match["last"] or match["first"])
    only = (match["only"] or "").lower()
    if begin > end:
        report.error("weeks", f"`{text}` ends before it begins", text.span, _instead(text, f"{end}-{begin}"))
    elif not 1 <= begin <= end <= last:
        report.error("weeks", f"there is no week {begin if begin < 1 else end}", text.span, _has_weeks(last))
    elif begin == end and only:
        helps = _instead(text, str(begin)), f"for every other week, `1-{last} {only}`"
        report.error("weeks", f"`{text}` is one week", text.span, *helps)
    else:
        return [week for week in range(begin, end + 1) if not only or (only == "odd") == (week % 2 == 1)]
    return ()


def _instead(text: Text, by: str, *, is_certain: bool = False) -> Help:
    return text.instead(f"write `{by}`", by, is_certain=is_certain)


def _has_weeks(last: int) -> str:
    return "the plan has 1 week" if last == 1 else f"the plan has weeks 1 to {last}"


def weekday(text: Text, report: Report) -> int | None:
    """A day of the week, 0 for Monday."""
    word = text.strip().lower()
    if (day := _day(word)) is not None:
        return day
    days = _SEVERAL.get(word)
    begun = [name for name, long in zip(DAYS, LONG_DAYS, strict=True) if len(word) > 1 and long.startswith(word)]
    if days:
        help: Help | None = _days(text, days)
    elif begun:
        help = text.instead(f"did you mean `{begun[0]}`?", begun[0])
    else:
        help = meant(text, (*DAYS, *LONG_DAYS), text.span)
    help = help or f"the days are {', '.join(DAYS)}"
    report.error("weekday", f"`{short(text)}` is not a day of the week", text.span, help)
    return None


def _day(word: str) -> int | None:
    return next((names.index(word) for names in (DAYS, LONG_DAYS) if word in names), None)


def weekdays(texts: Sequence[Text], report: Report) -> tuple[int, ...]:
    """Days of the week in their order; one that is named twice is an error."""
    found: list[int] = []
    for text in texts:
        for one in listed(text, report):
            if several := _several(one.lower()):
                message = f"`{short(one)}` is not a day of the week"
                report.error("weekday", message, one.span, _days(one, several))
                continue
            day = weekday(one, report)
            if day in found:
                report.error("duplicate-day", f"`{one}` is there twice", one.span, "leave one of them out")
            elif day is not None:
                found.append(day)
    return tuple(sorted(found))


def _days(text: Text, days: Sequence[str]) -> Help:
    """Several days in the place of what was written for them: beside others in the list that they are in."""
    written = ", ".join(days)
    is_listed = text.span.source.text[: text.span.start].rstrip().endswith(("[", ","))
    return text.instead(f"write `[{written}]`", written if is_listed else f"[{written}]")


def _several(words: str) -> list[str]:
    """The days that ``tue thu``, ``tue and thu`` and ``mon-fri`` mean, which are written as a list."""
    days = [_day(word) for word in _BETWEEN_DAYS.split(words)]
    named = [day for day in days if day is not None]
    if len(named) < max(len(days), 2):
        return []
    if len(named) == 2 and _FROM_TO.search(words):
        first, last = named
        named = [(first + more) % len(DAYS) for more in range((last - first) % len(DAYS) + 1)]
    return [DAYS[day] for day in named]


def date(text: Text, report: Report) -> dt.date | None:
    """``2026-11-30``."""
    help = "days are written `2026-11-30`"
    if not DATE.fullmatch(text.strip()):
        from negsplit.document import dates

        report.error("date", f"`{short(text)}` is not a date", text.span, *(dates.meant(text) or (help,)))
        return None
    try:
        found = dt.date.fromisoformat(text.strip())
    except ValueError:
        report.error("date", f"`{text}` is not a day of the calendar", text.span, help)
        return None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        message = f"a plan lies between {FIRST_YEAR} and {LAST_YEAR}, not in {found.year}"
        report.error("date", message, text.span, help)
        return None
    return found


def changed_day(key: Text, report: Report) -> dt.date | int | None:
    """``week 6`` as its number, or a date."""
    if match := _WEEK.fullmatch(key.strip()):
        return int(match[1])
    if DATE.fullmatch(key.strip()):
        return date(key, report)
    from negsplit.document import dates

    known = dates.meant(key) or (*dates.week_meant(key), "write `week 6:` or `2027-01-05:`")
    report.error("day", f"`{short(key)}` is neither a week nor a date", key.span, *known)
    return None


def time_of_day(text: Text, report: Report) -> dt.time | None:
    """``06:30``."""
    match = _TIME.fullmatch(text.strip())
    if match and int(match[1]) < 24 and int(match[2]) < 60:
        return dt.time(int(match[1]), int(match[2]))
    from negsplit.document import dates

    help = dates.time_meant(text) or "write for example `06:30`"
    report.error("time", f"`{short(text)}` is not a time of day", text.span, help)
    return None


def goal(text: Text, report: Report) -> Duration | None:
    """``1:45:00``; what has two parts is minutes and seconds."""
    return phrases.parse(text, report, _goal)


def _goal(cursor: Cursor) -> Duration:
    if cursor.token.kind == "clock":
        return Duration(int(clock_seconds(cursor, cursor.next()) * 1000))
    return amounts.duration(cursor)
