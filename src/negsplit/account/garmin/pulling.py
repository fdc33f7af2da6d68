"""The calendar of a Garmin account, read to be written down elsewhere: a month at a time, each workout whole, once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from negsplit.account.errors import AccountError
from negsplit.account.garmin.content import content_hash
from negsplit.account.garmin.service import WORKOUT, CalendarEntry, ListedWorkout, Service
from negsplit.account.garmin.snapshot import months_between
from negsplit.account.garmin.whose import is_foreign
from negsplit.account.ledger import AccountLedger
from negsplit.account.marker import unsigned
from negsplit.account.pulled import Kind, Pulled
from negsplit.formats.json_fields import text

_KINDS: Final[dict[str, Kind]] = {"race": "race", "event": "note", "note": "note"}
"""What is planned besides workouts, by what the calendar calls it."""
_PASSED_OVER: Final = frozenset(("activity",))
"""What was done, not planned."""
_GONE: Final = "it is no longer there"


def pull(service: Service, ledger: AccountLedger, first: dt.date, last: dt.date) -> Iterator[Pulled]:
    """All that is planned on some days, both among them: workouts, events and notes; not what was done.

    :raises AccountError: where the calendar cannot be read. A single workout that cannot be is given with why.
    """
    entries = {
        (one.kind, one.schedule): one
        for at in months_between(first, last)
        for one in service.calendar(at.year, at.month)
    }
    read: dict[int, Pulled] = {}
    for one in sorted(entries.values(), key=lambda one: (one.day, one.schedule)):
        if not first <= one.day <= last or one.kind in _PASSED_OVER:
            continue
        if one.kind != WORKOUT:
            yield Pulled(one.day, one.title or one.kind, _KINDS.get(one.kind, "other"))
        elif one.workout is None:
            yield Pulled(one.day, one.title, unread="the account does not say which workout it is")
        else:
            if one.workout not in read:
                read[one.workout] = _workout(service, ledger, one, one.workout)
            yield replace(read[one.workout], day=one.day)


def _workout(service: Service, ledger: AccountLedger, entry: CalendarEntry, number: int) -> Pulled:
    try:
        body = service.workout(number)
    except AccountError as error:
        if error.stops:
            raise
        return Pulled(entry.day, entry.title, unread=error.message)
    if body is None:
        return Pulled(entry.day, entry.title, unread=_GONE)
    one = ListedWorkout.of(body)
    record = next((record for record in ledger.records.values() if record.workout == number), None)
    owner = one.owner if one.marker is not None and one.marker.tag == ledger.tag else None
    known_as = one.marker.key if one.marker else record.key if record else None
    key = None if one.foreign or is_foreign(one, ledger, owner) else known_as
    sent = {one.marker.hash if one.marker else "", record.hash if record else ""}
    is_edited = key is not None and content_hash(body) not in sent
    whole = body | {"description": unsigned(text(body, "description"))}
    return Pulled(entry.day, one.name, body=whole, key=key, is_edited=is_edited)
