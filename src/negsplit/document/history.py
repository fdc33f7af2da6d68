"""What a runner has run lately, as an athlete's file says it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from negsplit.diagnostics import Report, Span
from negsplit.document import athletes
from negsplit.document.shapes import HistoryShape
from negsplit.limits import FARTHEST_WEEK, FIRST_YEAR, LAST_YEAR, LONGEST_WEEK, MOST_RUNS, MOST_WEEKS_OF_HISTORY
from negsplit.model import History
from negsplit.phrase import amounts, numbers, phrases
from negsplit.phrase.numbers import CANONICAL
from negsplit.phrase.tokens import Cursor, decimal
from negsplit.tree.nodes import Text
from negsplit.units import Amount, Distance, Duration, shown, size

LITTLE: Final = (Distance(100_000), Duration(300_000))
"""Less than 1 km or 5 min in a week that has any running at all is a unit that was meant otherwise (a judgement)."""
MUCH: Final = (Distance(25_000_000), Duration(25 * 3_600_000))
"""More than 250 km or 25 hours a week is what few runners on earth run (a judgement)."""
USUAL_WEEKS: Final = 4
"""What a single number stands for: it says how much a week usually has."""

_WEEKS: Final = "for example `weeks: [32, 35, 28, 36 km]`, the newest last"


class _Said(NamedTuple):
    """One week: its ``amount``, or a bare ``number`` that waits for a unit; ``unit`` if one alone is written."""

    amount: Amount | None
    number: Decimal | None
    unit: str
    span: Span


class _Week(NamedTuple):
    amount: Amount
    span: Span


def history(shape: HistoryShape | None, report: Report) -> History | None:
    """The history of an athlete's file; None without one, and where its weeks are at fault."""
    if shape is None:
        return None
    weeks = _weeks(shape.weeks, report)
    longest = phrases.parse(shape.longest, report, _longest) if shape.longest else None
    runs = phrases.parse(shape.runs, report, _runs) if shape.runs else None
    until = phrases.parse(shape.until, report, _day) if shape.until else None
    if not weeks:
        return None
    amount, on = longest or (None, None)
    span = shape.longest.span if shape.longest else weeks[0].span
    found = History(tuple(one.amount for one in weeks), amount, on, runs, until, span=weeks[0].span)
    _check_longest(found, span, report)
    return found


def _weeks(written: Text | list[Text], report: Report) -> list[_Week]:
    if isinstance(written, Text):
        said = phrases.parse(written, report, _in_one_text) or []
    else:
        said = [one for text in written if (one := phrases.parse(text, report, _one)) is not None]
        if len(said) < len(written):
            return []
    if len(said) > MOST_WEEKS_OF_HISTORY:
        message = f"a history has up to {MOST_WEEKS_OF_HISTORY} weeks, not {len(said)}"
        report.error("out-of-bounds", message, said[0].span, "write the last four to eight weeks")
        return []
    found = _in_units(said, report)
    kinds = {type(one.amount): one for one in found}
    if len(kinds) > 1:
        first, second = kinds.values()
        message = f"one week is a distance and another a time: {shown(first.amount)}, {shown(second.amount)}"
        report.error("kind", message, second.span, "write all of them in km, or all of them in hours or minutes")
        return []
    sound = [one for one in found if _is_within(one, report)]
    return sound if len(sound) == len(found) else []


def _in_one_text(cursor: Cursor) -> list[_Said]:
    """``36 km``, ``32, 35, 28, 36 km``."""
    _refuse_decimal_comma(cursor)
    found = [_said(cursor)]
    while cursor.take(","):
        found.append(_said(cursor))
    cursor.end(_WEEKS)
    return found


def _refuse_decimal_comma(cursor: Cursor) -> None:
    """Gives up on ``32,5 km``, which may be two weeks or one."""
    first, comma, second = (cursor.ahead(at) for at in range(3))
    is_tight = comma.start == first.end and second.start == comma.end and second.kind == "number"
    if comma.text == "," and is_tight and sum(one.text == "," for one in cursor.tokens) == 1:
        ways = (f"{first.text}.{second.text}", f"{first.text}, {second.text}")
        helps = [cursor.cure(f"write `{one}`", first, second, one) for one in ways]
        raise cursor.error("decimal", "this may be one week or two", first, second, *helps)


def _one(cursor: Cursor) -> _Said:
    found = _said(cursor)
    cursor.end(_WEEKS)
    return found


def _said(cursor: Cursor) -> _Said:
    start = cursor.token
    if start.kind == "number" and cursor.ahead(1).text in ("..", "-"):
        raise cursor.error("range", "a week is one amount, not a range", start, cursor.ahead(2), _WEEKS)
    if start.kind == "number" and cursor.ahead(1).kind == "number":
        raise cursor.error("unexpected", "a comma is missing between two weeks", start, cursor.ahead(1), _WEEKS)
    if start.kind == "number" and (cursor.ahead(1).kind == "end" or cursor.ahead(1).text == ","):
        return _Said(None, decimal(cursor.next()), "", cursor.text.at(start.start, start.end))
    found = amounts.unbounded(cursor)
    is_one_unit = cursor.ahead(-2).start == start.start
    unit = CANONICAL.get(cursor.last.text, "") if is_one_unit else ""
    return _Said(found, None, unit, cursor.text.at(start.start, cursor.last.end))


def _in_units(said: Sequence[_Said], report: Report) -> list[_Week]:
    """Every week as an amount: the unit behind the last is that of all that have none."""
    found = []
    for one in said:
        amount = one.amount if one.number is None else _of(one.number, said[-1])
        if amount is None:
            help = "write one behind the last, for all of them: `weeks: [32, 35, 28, 36 km]`"
            report.error("missing-unit", f"`{one.span.text}` needs a unit", one.span, help)
            return []
        found.append(_Week(amount, one.span))
    return found


def _of(number: Decimal, last: _Said) -> Amount | None:
    """A bare number in the unit of the last week, if that has a single one."""
    return type(last.amount).of(number, last.unit) if last.amount is not None and last.unit else None


def _is_within(week: _Week, report: Report) -> bool:
    """Whether a week is one of a runner; one that is hardly so is asked about."""
    is_far = isinstance(week.amount, Distance)
    little, much = (LITTLE[0], MUCH[0]) if is_far else (LITTLE[1], MUCH[1])
    most: Amount = FARTHEST_WEEK if is_far else LONGEST_WEEK
    if size(week.amount) > size(most):
        message = f"a week of running has at most {shown(most)}, not {shown(week.amount)}"
        report.error("out-of-bounds", message, week.span, _WEEKS)
        return False
    if 0 < size(week.amount) < size(little) or size(week.amount) > size(much):
        kind = "little" if size(week.amount) < size(little) else "a lot"
        message = f"{shown(week.amount)} is {kind} for a week of running"
        report.warning(
            "unlikely-history", message, week.span, "check the number and its unit: `km`, `mi`, `h` or `min`"
        )
    return True


def _longest(cursor: Cursor) -> tuple[Amount, dt.date | None]:
    """``12 km on 2026-11-22``, ``1 h 30 min``."""
    found = amounts.amount(cursor)
    on = _bounded(cursor, athletes.day(cursor)) if cursor.take("on") else None
    cursor.end("the longest run is an amount and a day: `12 km on 2026-11-22`")
    return found, on


def _day(cursor: Cursor) -> dt.date:
    found = _bounded(cursor, athletes.day(cursor))
    cursor.end("write the day alone: `until: 2026-11-29`")
    return found


def _bounded(cursor: Cursor, day: dt.date) -> dt.date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        message = f"a history lies between {FIRST_YEAR} and {LAST_YEAR}, not in {day.year}"
        raise cursor.error("date", message, cursor.length - len(day.isoformat()), cursor.length)
    return day


def _runs(cursor: Cursor) -> int:
    start = cursor.token
    found = numbers.whole(cursor, "a number of runs a week", "for example `runs: 4`")
    cursor.end("write the number alone: `runs: 4`")
    if not 1 <= found <= MOST_RUNS:
        message = f"a week has between 1 and {MOST_RUNS} runs, not {found}"
        raise cursor.error("out-of-bounds", message, start, cursor.last, "for example `runs: 4`")
    return found


def _check_longest(found: History, span: Span, report: Report) -> None:
    """Reports a longest run that is none of these weeks'."""
    if found.longest is None:
        return
    most = max(found.weeks, key=size)
    if type(most) is type(found.longest) and size(found.longest) > size(most):
        message = f"the longest run, {shown(found.longest)}, is longer than each of these weeks ({shown(most)} at most)"
        report.error("unlikely-history", message, span, "write the longest single run of these weeks")
    if found.until is None or found.longest_on is None:
        return
    count = len(found.weeks) if len(found.weeks) > 1 else USUAL_WEEKS
    first = found.until - dt.timedelta(weeks=count, days=-1)
    if not first <= found.longest_on <= found.until:
        message = f"these weeks are from {first} to {found.until}, and the longest run is on {found.longest_on}"
        report.error("date", message, span, "write the longest run of these weeks, or the right day after `until`")
