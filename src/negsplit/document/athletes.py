"""What an athlete's file says in small texts: races, heart rates, power."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import pairwise
from typing import Final, Literal

from negsplit.diagnostics import Report
from negsplit.document.choices import ZONE_SYSTEMS, choice
from negsplit.document.fields import listed
from negsplit.document.shapes import HeartRateShape
from negsplit.limits import MOST_ZONES
from negsplit.model import Athlete, HeartRates, Race, ZoneSystem
from negsplit.phrase import amounts, numbers, phrases, targets
from negsplit.phrase.numbers import DATE
from negsplit.phrase.tokens import Cursor
from negsplit.tree.nodes import Text
from negsplit.units import HALF_MARATHON, MARATHON, Distance, Pace, Speed

_RACES: Final = {
    **dict.fromkeys(("half marathon", "half", "hm"), HALF_MARATHON),
    "marathon": MARATHON,
    "mile": Distance.of(Decimal(1), "mile"),
    "parkrun": Distance(500_000),
}


def race(cursor: Cursor) -> Race:
    """``5 km in 22:30 on 2026-10-04``, ``half in 1:48:00``, ``5k 22:30``."""
    start = cursor.token
    distance, name = race_named(cursor)
    if not (cursor.take("in") or cursor.token.kind == "clock"):
        raise cursor.unexpected("`in` and a time", "for example `5 km in 22:30 on 2026-10-04`")
    time = amounts.duration(cursor)
    on = day(cursor) if cursor.take("on") else None
    if cursor.token.kind != "end":
        _refuse_rest(cursor)
    return Race(distance, time, on, name, span=cursor.text.at(start.start, cursor.last.end))


def _refuse_rest(cursor: Cursor) -> None:
    """Gives up on text behind a result: another one, or a day without ``on``."""
    if cursor.sees(","):
        raise cursor.error("trailing-text", "`,` does not belong here", cursor.token, cursor.token, _RESULTS)
    if found := DATE.match(cursor.text, cursor.token.start):
        help = cursor.cure(f"write `on {found.group()}`", *found.span(), f"on {found.group()}", is_certain=True)
        raise cursor.error("trailing-text", "a day goes after `on`", found.start(), found.end(), help)
    cursor.end("a result is a distance, a time and a day: `5 km in 22:30 on 2026-10-04`")


_RESULTS: Final = "write several results as a list, each on its own line after `- ` and with its day"


def race_distance(cursor: Cursor) -> Distance:
    """``half``, ``10 km``."""
    return race_named(cursor)[0]


def race_named(cursor: Cursor) -> tuple[Distance, str]:
    """A race's distance, and how it was written."""
    start = cursor.token
    for name, distance in _RACES.items():
        words = name.split()
        if [cursor.ahead(at).text for at in range(len(words))] == words:
            cursor.step(len(words))
            return distance, name
    if start.kind == "word":
        help = f"write a distance such as `5 km`, or one of: {', '.join(_RACES)}"
        raise cursor.error("unknown-race", f"`{start.text}` is not a known race", start, start, help)
    found = amounts.distance(cursor)
    return found, str(cursor.text[start.start : cursor.last.end])


def day(cursor: Cursor) -> dt.date:
    """``2026-10-04``, with something behind it or not."""
    start = cursor.token
    match = DATE.match(cursor.text, start.start)
    if match is None:
        shown = str(cursor.text)[start.start :].partition(" ")[0] or "nothing"
        message = f"expected a day, found `{shown}`" if start.kind != "end" else "a day is missing after `on`"
        from negsplit.document import dates

        help = dates.meant(cursor.text, start.start) or ("days are written `2026-10-04`",)
        raise cursor.error("date", message, start.start, start.start + len(shown), *help)
    cursor.skip_to(match.end())
    try:
        return dt.date.fromisoformat(match.group())
    except ValueError:
        message = f"`{match.group()}` is not a day of the calendar"
        raise cursor.error("date", message, match.start(), match.end(), "days are written `2026-10-04`") from None


def watts(cursor: Cursor) -> int:
    """``280 W``, ``280``."""
    start = cursor.token
    value = numbers.whole(cursor, "power in watts")
    cursor.take("w", "watt", "watts")
    if not 50 <= value <= 800:
        raise cursor.error(
            "out-of-bounds", f"critical power must be between 50 and 800 W, not {value} W", start, cursor.last
        )
    return value


def heart_rates(shape: HeartRateShape | None, report: Report) -> HeartRates:
    """The heart rates of an athlete's file, each above the one before: rest, threshold, max."""
    if shape is None:
        return HeartRates()
    written = {name: text for name in ("rest", "threshold", "max") if (text := getattr(shape, name)) is not None}
    found = {name: bpm for name, text in written.items() if (bpm := phrases.parse(text, report, amounts.bpm))}
    for (lower, low), (higher, high) in pairwise(list(found.items())):
        if low >= high:
            message = f"the {lower} heart rate, {low} bpm, is not below the {higher} heart rate, {high} bpm"
            help = "rest is below threshold, and threshold below max"
            report.error("heart-rate-order", message, written[lower].span, help)
            found.pop(lower, None)
    places = {name: text.span for name, text in written.items()}
    if edges := listed(shape.zones):
        places["zones"] = edges[0].span
    zones = _zones(shape.zones, report)
    return HeartRates(**found, zones=zones, places=places, span=next(iter(places.values()), None))


def _zones(written: Text | list[Text] | None, report: Report) -> ZoneSystem | Literal["watch"] | tuple[int, ...] | None:
    if written is None:
        return None
    if isinstance(written, Text):
        if any(char.isdigit() for char in written):
            report.error(
                "wrong-form", "write the edges of zones as a list", written.span, "for example `[120, 140, 155, 170]`"
            )
            return None
        return choice(written, ZONE_SYSTEMS, report)
    edges = [phrases.parse(text, report, amounts.bpm) for text in written]
    known = [edge for edge in edges if edge is not None]
    if len(known) < len(edges):
        return None
    for text, (low, high) in zip(written[1:], pairwise(known), strict=True):
        if low >= high:
            message = f"the zone edges have to go up: {low} bpm is followed by {high}"
            report.error("zone-edges-order", message, text.span, "write each edge above the one before it")
            return None
    return tuple(known)


def pace_zones(written: list[Text] | None, report: Report) -> tuple[Pace | Speed, ...]:
    """The edges between an athlete's pace zones, each faster than the one before; none where one is at fault."""
    if not written:
        return ()
    if len(written) >= MOST_ZONES:
        message = f"{len(written)} edges make {len(written) + 1} pace zones: there are at most {MOST_ZONES}"
        report.error("out-of-bounds", message, written[0].span, _PACE_EDGES)
        return ()
    edges = [phrases.parse(text, report, targets.speed_literal) for text in written]
    known = [edge for edge in edges if edge is not None]
    if len(known) < len(edges):
        return ()
    for text, (slow, fast) in zip(written[1:], pairwise(known), strict=True):
        if slow.mps >= fast.mps:
            message = f"the edges of pace zones go from slow to fast: {slow} is followed by {fast}"
            report.error("zone-edges-order", message, text.span, _PACE_EDGES)
            return ()
    return tuple(known)


_PACE_EDGES: Final = "for example `[6:10/km, 5:30/km, 5:05/km, 4:50/km]`, which makes five zones"


def athlete_from_text(text: Text, report: Report) -> Athlete | None:
    """``5 km in 22:30`` or ``threshold 4:40/km``: an athlete on the command line."""
    if not text.strip():
        report.error("empty", "this says nothing about the athlete", text.span, "for example `5 km in 22:30`")
    return phrases.parse(text, report, _in_words)


def _in_words(cursor: Cursor) -> Athlete:
    name = str(cursor.text).strip()
    if cursor.take("threshold"):
        return Athlete(name, threshold=targets.speed_literal(cursor))
    return Athlete(name, races=(race(cursor),))
