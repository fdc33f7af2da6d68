"""What a calendar makes of one file after the other."""

from __future__ import annotations

import datetime as dt

import icalendar


class Store(dict[str, icalendar.Event]):
    """A calendar that keeps, of two events of one UID, the newer one, as RFC 5546 says in 2.1.5.

    Of two that are as new as each other, the one that it has stays: nobody needs to look at the other.
    """

    def merge(self, data: bytes) -> None:
        (found,) = icalendar.Calendar.from_ical(data, multiple=True)
        for event in found.walk("VEVENT"):
            assert not event.errors
            uid = str(event["UID"])
            if uid not in self or newness(event) > newness(self[uid]):
                self[uid] = event

    def kept(self) -> dict[str, icalendar.Event]:
        """What is not cancelled."""
        return {uid: event for uid, event in self.items() if event.get("STATUS") != "CANCELLED"}

    def has(self) -> dict[str, bytes]:
        """The same, without what says how new it is."""
        return {uid: bare(event) for uid, event in self.kept().items()}


def newness(event: icalendar.Event) -> tuple[int, dt.datetime]:
    return int(event.get("SEQUENCE", 0)), event["DTSTAMP"].dt


def bare(event: icalendar.Event) -> bytes:
    """An event without what says how new it is."""
    other = event.copy()
    del other["SEQUENCE"], other["DTSTAMP"]
    return other.to_ical()
