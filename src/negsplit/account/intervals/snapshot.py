"""What the account holds, read once: the events of the plan's days, and each that the ledger knows.

Of what is wanted and found in neither, as where the ledger was lost, a year ahead is looked through, too: somebody may
have dragged it far away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from negsplit.account.errors import AccountError
from negsplit.account.intervals.content import WORKOUT
from negsplit.account.intervals.notes import CATEGORIES, is_note
from negsplit.account.intervals.service import Event, Service
from negsplit.account.ledger import AccountLedger, LedgerRecord
from negsplit.account.marker import Key
from negsplit.account.wanted import Options, SyncScope, Wanted
from negsplit.frozen import dataclass

MARGIN: Final = dt.timedelta(days=28)
"""Read before the first and behind the last day, in any case."""
FURTHEST: Final = dt.timedelta(days=366)
"""From today: as far as an event may be dragged and is found without the ledger."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Every event that was read. ``unread`` are keys whose event the account does not show, with why."""

    events: tuple[Event, ...]
    tag: str
    unread: dict[Key, AccountError]

    def of(self, key: Key) -> tuple[Event, ...]:
        """Those that carry a mark of a key, the eldest first; not those that another account's mark is on."""
        return tuple(one for one in self.events if one.key == key and not self.is_foreign(one))

    def numbered(self, number: int | None) -> Event | None:
        """The event with a number."""
        return next((one for one in self.events if one.number == number), None)

    def is_foreign(self, one: Event) -> bool:
        """Whether it has a mark that was made for another account, or none of ours."""
        return one.key is None or (one.marker is not None and one.marker.tag not in ("", self.tag))


def read(
    service: Service, wanted: Sequence[Wanted], ledger: AccountLedger, scope: SyncScope, options: Options
) -> Snapshot:
    """Reads what :func:`~negsplit.account.intervals.comparing.compare` needs to know. Nothing is changed.

    :raises AccountError: where the list cannot be read, and what :attr:`~AccountError.stops`.
    """
    days = [options.today, *scope.days.values(), *(one.day for one in wanted if one.day is not None)]
    removed = {number for number, at in ledger.removed.items() if options.fresh(at)}
    categories = (WORKOUT, *CATEGORIES) if scope.notes else (WORKOUT,)
    first, last = min(days) - MARGIN, max(days) + MARGIN
    listed = service.events(first, last, categories)
    keys = {one.key for one in wanted}
    ahead = {one.key for one in wanted if one.day is not None and one.day >= options.today}
    if ahead - ledger.records.keys() - {one.key for one in listed}:
        listed += service.events(last + dt.timedelta(days=1), options.today + FURTHEST, categories)
    events = {one.number: one for one in listed if one.number not in removed}
    unread: dict[Key, AccountError] = {}
    for key, record in ledger.records.items():
        asked = key in keys or (scope.plan and key.plan == scope.plan and (scope.notes or not is_note(key)))
        if not asked or record.workout is None or (record.workout in events and not _is_fresh(record, options)):
            continue
        try:
            found = service.event(record.workout)
        except AccountError as error:
            if error.stops:
                raise
            unread[key] = error
            continue
        was_listed = events.pop(record.workout, None) is not None
        if found is not None:
            events[found.number] = found.seen(was_listed)
    return Snapshot(tuple(events[number] for number in sorted(events)), ledger.tag, unread)


def _is_fresh(record: LedgerRecord, options: Options) -> bool:
    """Whether the list may show it as it was before."""
    return any(options.fresh(at) for at in (record.at, *(one.at for one in record.stood)))
