"""Days with something on them as an iCalendar file (RFC 5545) for phones and desks.

Times are floating: 06:30 is 06:30 wherever the runner is. Nothing here asks for the time of day, so that the
same events give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Final

from negsplit.diagnostics import visible
from negsplit.frozen import dataclass

_PRODUCT: Final = "-//negsplit//negsplit//EN"
_LONGEST_LINE: Final = 75
"""Octets of a line without its end (RFC 5545, 3.1)."""
_LINE_END: Final = re.compile(r"\r\n?|\n")
_SPECIAL: Final = re.compile(r"[\\;,]")


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a day: all day, or from a ``time`` on for some ``seconds``, None where nobody knows how many.

    ``uid`` stays the same for good: a calendar takes the event of the same ``uid`` for the same event, moved.
    """

    uid: str
    day: dt.date
    summary: str
    description: str = ""
    categories: tuple[str, ...] = ()
    time: dt.time | None = None
    seconds: int | None = None


def calendar(name: str, events: Sequence[Event], stamp: dt.date, notes: str = "") -> bytes:
    """An iCalendar file of events, in their order, as if made at 00:00 UTC of the day ``stamp``."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN", f"NAME:{escaped(name)}"]
    lines.append(f"X-WR-CALNAME:{escaped(name)}")
    if notes:
        lines.append(f"DESCRIPTION:{escaped(notes)}")
    for event in events:
        lines += _event(event, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def _event(event: Event, stamp: dt.date) -> Iterator[str]:
    """All-day events leave the day free for others."""
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
    if event.time is not None:
        yield f"DTSTART:{event.day:%Y%m%d}T{event.time:%H%M%S}"
        if event.seconds:
            yield f"DURATION:{_duration(event.seconds)}"
    else:
        yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.day + dt.timedelta(days=1):%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{escaped(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{escaped(event.description)}"
    if event.categories:
        yield f"CATEGORIES:{','.join(map(escaped, event.categories))}"
    yield "END:VEVENT"


def _duration(seconds: int) -> str:
    """``PT1H5M40S``; a unit between two others may not be left out (RFC 5545, 3.3.6)."""
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    units = [
        f"{hours}H" if hours else "",
        f"{minutes}M" if minutes or (hours and rest) else "",
        f"{rest}S" * bool(rest),
    ]
    return f"PT{''.join(units)}"


def escaped(text: str) -> str:
    r"""A text as the value of a property (RFC 5545, 3.3.11): ``\n`` for a line's end, control characters visible."""
    lines = (visible(line.replace("\t", " ")) for line in _LINE_END.split(text))
    return r"\n".join(_SPECIAL.sub(r"\\\g<0>", line) for line in lines)


def folded(line: str) -> bytes:
    """A content line in lines of at most 75 octets, broken between characters; those that go on begin with a space."""
    data, parts, start, room = line.encode(), [], 0, _LONGEST_LINE
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:  # within a character
            end -= 1
        parts.append(data[start:end])
        start, room = end, _LONGEST_LINE - 1
    return b"\r\n ".join([*parts, data[start:]]) + b"\r\n"
