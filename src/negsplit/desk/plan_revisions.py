"""How new each event of a plan's calendar is, counted from one compile to the next.

Whoever merges calendars keeps, of two events of one session, the one that says it is newer (RFC 5546, 2.1.5). So what
is written now has to be told from what was written before, and that is in the plan's manifest. No clock is asked: the
plan's changes are counted, and a stamp is so many seconds after the day on which the count began.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from negsplit.desk.plan_events import SessionEvent, uid
from negsplit.formats.ics import Event, Revision
from negsplit.frozen import dataclass

MOST_CHANGES: Final = 1_000_000
"""Compiles that changed something: one a minute for two years."""
_MOST_CANCELLED: Final = 1_000
"""Sessions that are no longer in the plan and are remembered: of more than that, those of the first days go."""


@dataclass(frozen=True, slots=True)
class EventRecord:
    """An event as it was written last: changed by the change of the number ``sequence``.

    ``date`` and ``name`` are what is told of it once its session is gone. An empty ``digest`` is that of no event.
    """

    key: str
    date: str
    name: str
    sequence: int
    digest: str
    cancelled: bool


@dataclass(frozen=True, slots=True)
class CalendarRecord:
    """A plan's calendar as it was written last, after so many ``changes`` since a day, YYYY-MM-DD."""

    since: str
    changes: int
    events: tuple[EventRecord, ...]

    def revision(self, sequence: int) -> Revision:
        """How new an event of a change is.

        :raises OverflowError: where there are no such days any more.
        """
        begin = dt.datetime.combine(dt.date.fromisoformat(self.since), dt.time())
        return Revision(sequence, begin + dt.timedelta(seconds=sequence))


def revised(
    before: CalendarRecord | None, events: Sequence[SessionEvent], keys: Collection[str], first: dt.date
) -> CalendarRecord:
    """The record of a calendar with these events.

    ``keys`` are those of all sessions of the plan, also where only some of its weeks are in hand: an event of another
    week stays what it is, and one whose session is gone is cancelled. ``first`` is the day from which the changes of a
    calendar count that was never written.
    """
    number = before.changes + 1 if before else 0
    known = {one.key: one for one in before.events} if before else {}
    written = [_written(one, known.get(one.key), number) for one in events]
    in_hand = {one.key for one in events}
    others = [one for one in known.values() if one.key in keys and one.key not in in_hand]
    gone = [_cancelled(one, number) for one in known.values() if one.key not in keys]
    gone.sort(key=lambda one: one.date)
    records = (*written, *others, *gone[-_MOST_CANCELLED:])
    changes = max((one.sequence for one in records), default=0)
    if before is None:
        return CalendarRecord(first.isoformat(), changes, records)
    return CalendarRecord(before.since, max(changes, before.changes), records)


def _written(one: SessionEvent, was: EventRecord | None, number: int) -> EventRecord:
    digest = one.event.digest
    sequence = was.sequence if was and was.digest == digest and not was.cancelled else number
    return EventRecord(one.key, one.event.day.isoformat(), one.name, sequence, digest, False)


def _cancelled(was: EventRecord, number: int) -> EventRecord:
    return was if was.cancelled else replace(was, sequence=number, cancelled=True)


def told(
    plan_id: str, record: CalendarRecord, events: Sequence[SessionEvent], keys: Collection[str]
) -> Iterator[tuple[Event, Revision]]:
    """What a calendar says, by its record: the events in hand, and those of sessions that are gone, on their days."""
    known = {one.key: one for one in record.events}
    for one in events:
        yield one.event, record.revision(known[one.key].sequence)
    for was in record.events:
        if was.key not in keys:
            day, summary = dt.date.fromisoformat(was.date), f"Cancelled: {was.name}"
            yield Event(uid(plan_id, was.key), day, summary, is_cancelled=True), record.revision(was.sequence)
