"""What an athlete's file says in small texts: races, heart rates, power."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from negsplit.diagnostics import Report
from negsplit.dsl import amounts, numbers, phrase, targets
from negsplit.dsl.reading import choice
from negsplit.dsl.shapes import HeartRateShape
from negsplit.dsl.tokens import Cursor
from negsplit.dsl.tree import Text
from negsplit.model import Athlete, HeartRates, Race, ZoneSystem
from negsplit.units import Distance

_RACES: Final = {
    "half marathon": Distance(2_109_750),
    "half": Distance(2_109_750),
    "hm": Distance(2_109_750),
    "marathon": Distance(4_219_500),
    "mile": Distance(160_934),
    "parkrun": Distance(500_000),
}
_SYSTEMS: Final[tuple[ZoneSystem, ...]] = ("friel", "garmin-max", "garmin-hrr", "garmin-lthr")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def race(cursor: Cursor) -> Race:
    """``5 km in 22:30 on 2026-10-04``, ``half in 1:48:00``."""
    start = cursor.token
    distance, name = _race_distance(cursor)
    if not cursor.take("in"):
        raise cursor.unexpected("`in` and a time", "for example `5 km in 22:30 on 2026-10-04`")
    time = amounts.duration(cursor)
    on = _date(cursor) if cursor.take("on") else None
    return Race(distance, time, on, name, span=cursor.text.at(start.start, cursor.last.end))


def _race_distance(cursor: Cursor) -> tuple[Distance, str]:
    start = cursor.token
    for name, distance in _RACES.items():
        words = name.split()
        if [cursor.ahead(at).text for at in range(len(words))] == words:
            cursor.index += len(words)
            return distance, name
    if start.kind == "word":
        help = f"write a distance such as `5 km`, or one of: {', '.join(_RACES)}"
        raise cursor.error("unknown-race", f"`{start.text}` is no known race", start, start, help)
    found = amounts.amount(cursor)
    if not isinstance(found, Distance):
        raise cursor.error("kind", "a race is a distance in a time", start, cursor.last, "for example `5 km in 22:30`")
    return found, cursor.raw(start.start, cursor.last.end)


def _date(cursor: Cursor) -> dt.date:
    start = cursor.token
    match = _DATE.match(str(cursor.text), start.start)
    if match is None:
        raise cursor.unexpected("a date", "dates are written `2026-10-04`")
    cursor.skip_to(match.end())
    try:
        return dt.date.fromisoformat(match.group())
    except ValueError:
        raise cursor.error("date", f"`{match.group()}` is no day of the calendar", match.start(), match.end()) from None


def watts(cursor: Cursor) -> int:
    """``280 W``, ``280``."""
    start = cursor.token
    value = numbers.whole(cursor, "power in watts")
    cursor.take("w", "watt", "watts")
    if not 50 <= value <= 800:
        raise cursor.error(
            "out-of-bounds", f"critical power lies between 50 and 800 W, this is {value}", start, cursor.last
        )
    return value


def heart_rates(shape: HeartRateShape | None, report: Report) -> HeartRates:
    """The heart rates of an athlete's file."""
    if shape is None:
        return HeartRates()
    numbers = {
        name: phrase.parse(text, report, amounts.bpm)
        for name, text in (("max", shape.max), ("rest", shape.rest), ("threshold", shape.threshold))
        if text
    }
    given = [text for text in (shape.max, shape.rest, shape.threshold) if text]
    return HeartRates(**numbers, zones=_zones(shape.zones, report), span=given[0].span if given else None)


def _zones(written: Text | list[Text] | None, report: Report) -> ZoneSystem | tuple[int, ...] | None:
    if written is None:
        return None
    if isinstance(written, Text):
        found = choice(written, _SYSTEMS, report)
        return next((system for system in _SYSTEMS if system == found), None)
    edges = [phrase.parse(text, report, amounts.bpm) for text in written]
    return tuple(edge for edge in edges if edge is not None)


def athlete_from_text(text: Text, report: Report) -> Athlete | None:
    """``5 km in 22:30`` or ``threshold 4:40/km``: an athlete on the command line."""
    return phrase.parse(text, report, _in_words)


def _in_words(cursor: Cursor) -> Athlete:
    name = str(cursor.text).strip()
    if cursor.take("threshold"):
        return Athlete(name, threshold=targets.speed_literal(cursor))
    return Athlete(name, races=(race(cursor),))
