"""The calendar of intervals.icu, read to be written down elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from negsplit.account.intervals.service import Event, Service
from negsplit.account.ledger import AccountLedger, LedgerRecord
from negsplit.account.marker import Key, unsigned
from negsplit.account.pulled import Pulled
from negsplit.formats.json_fields import text


def pull(service: Service, ledger: AccountLedger, first: dt.date, last: dt.date) -> Iterator[Pulled]:
    """All that stands on some days, both among them, of whatever category; what began earlier is on the first.

    :raises AccountError: where the calendar cannot be read.
    """
    known = {record.workout: record for record in ledger.records.values() if record.workout is not None}
    events = {one.number: one for one in service.events(first, last)}
    for one in sorted(events.values(), key=lambda one: (one.day, one.number)):
        record = known.get(one.number)
        key = _ours(one, ledger, record)
        body = one.body | {"description": unsigned(text(one.body, "description"))}
        is_edited = key is not None and not one.is_untouched and one.hash != (record.hash if record else "")
        yield Pulled(max(one.day, first), one.name, body=body, key=key, is_edited=is_edited)


def _ours(one: Event, ledger: AccountLedger, record: LedgerRecord | None) -> Key | None:
    """What it is known by, unless another account's mark is on it."""
    if one.marker is not None and one.marker.tag not in ("", ledger.tag):
        return None
    return one.key or (record.key if record is not None else None)
