"""Days with something on them as an iCalendar file (RFC 5545) for phones and desks.

Times are floating: 06:30 is 06:30 wherever the runner is. Nothing here asks for the time of day, so that the
same events give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple
from zlib import crc32

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

    ``uid`` stays the same for good: a calendar takes the event of the same ``uid`` for the same event, moved. One that
    ``is_cancelled`` is told all the same, so that whoever has it takes it away.
    """

    uid: str
    day: dt.date
    summary: str
    description: str = ""
    categories: tuple[str, ...] = ()
    time: dt.time | None = None
    seconds: int | None = None
    is_cancelled: bool = False

    @property
    def digest(self) -> str:
        """The CRC-32 of all that is said of it: two events of other digests are not the same."""
        return f"{crc32(b''.join(map(folded, _properties(self)))):08x}"


class Revision(NamedTuple):
    """How new an event is.

    Of two events of the same ``uid`` that with the higher ``sequence`` is newer, and of the same ``sequence`` that with
    the later ``stamp``, a moment in UTC (RFC 5546, 2.1.5). Without a METHOD the stamp says when the event was last
    changed (RFC 5545, 3.8.7.2), so that it needs no LAST-MODIFIED.
    """

    sequence: int
    stamp: dt.datetime


def calendar(name: str, events: Iterable[tuple[Event, Revision]], notes: str = "") -> bytes:
    """An iCalendar file of events, in their order, each with how new it is."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN", f"NAME:{escaped(name)}"]
    lines.append(f"X-WR-CALNAME:{escaped(name)}")
    if notes:
        lines.append(f"DESCRIPTION:{escaped(notes)}")
    for event, revision in events:
        lines += _event(event, revision)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def _event(event: Event, revision: Revision) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{revision.stamp:%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{revision.sequence}"
    yield from _properties(event)
    yield "END:VEVENT"


def _properties(event: Event) -> Iterator[str]:
    """All but what says which event it is and how new; all-day events leave the day free for others."""
    if event.is_cancelled:
        yield "STATUS:CANCELLED"
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
