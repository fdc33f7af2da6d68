"""Making the changes, in such a way that the next run goes on wherever this one is stopped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from negsplit.account.changes import (
    CalendarPlace,
    Change,
    Changes,
    Create,
    Delete,
    Done,
    Move,
    Schedule,
    Undone,
    Unschedule,
    Update,
)
from negsplit.account.errors import AccountError
from negsplit.account.garmin.content import content_hash
from negsplit.account.garmin.rewriting import differences
from negsplit.account.garmin.service import Service
from negsplit.account.ledger import AccountLedger, LedgerRecord, Stood
from negsplit.account.marker import Key
from negsplit.formats.connect.ids import Json


def apply(
    service: Service, changes: Changes, ledger: AccountLedger, clock: Callable[[], float]
) -> Iterator[Done | Undone]:
    """Makes the changes one after the other, and gives each when it is made and read back, or cannot be made.

    What is refused, or answered so that nobody knows, concerns that change alone: the others follow. It may be
    stopped anywhere, by what it raises, by the user or by a dead battery: what is about to be done is in
    the ledger before, and what is left is what another comparison finds.

    :param clock: seconds since 1970.
    :raises AccountError: one that :attr:`~negsplit.account.errors.AccountError.stops`. Nothing follows it.
    :raises StateError: where the ledger cannot be written.
    """
    ledger.keep(*changes.found, owner=changes.owner)
    writing = _Writing(service, ledger, clock)
    for change in changes.changes:
        try:
            made: Done | Undone = Done(change, writing.make(change))
        except AccountError as error:
            if error.stops:
                raise
            made = Undone(change, error)
        yield made


class _Writing:
    """Each request that changes something, between what the ledger says before and after."""

    def __init__(self, service: Service, ledger: AccountLedger, clock: Callable[[], float]) -> None:
        self._service = service
        self._ledger = ledger
        self._clock = clock

    def make(self, change: Change) -> tuple[str, ...]:
        """Makes a change and gives what came out otherwise."""
        match change:
            case Create():
                return self._create(change)
            case Update(workout=workout, body=body):
                self._service.update(workout, body)
                return self._read_back(change.key, workout, body)
            case Schedule():
                self._schedule(change.key, change.workout, change.day)
            case Move():
                self._schedule(change.key, change.workout, change.day)
                self._unschedule(change.key, change.leaves)
            case Unschedule():
                self._unschedule(change.key, change.leaves)
            case Delete():
                self._unschedule(change.key, change.leaves)
                self._delete(change.key, change.workout)
        return ()

    def _create(self, change: Create) -> tuple[str, ...]:
        before = self._ledger.records.get(change.key)
        made = before.made if before is not None else ()
        record = LedgerRecord(change.key, None, content_hash(change.body), self._clock(), "creating", made=made)
        with self._ledger.intending(record):
            new = self._service.create(change.body)
        workout = new.workout
        self._ledger.keep(replace(record, workout=workout, status="there", made=(*made, workout)), owner=new.owner)
        found = self._read_back(change.key, workout, change.body)
        if change.day is not None:
            self._schedule(change.key, workout, change.day)
        self._unschedule(change.key, change.leaves)
        return found

    def _read_back(self, key: Key, workout: int, body: Json) -> tuple[str, ...]:
        kept = self._service.workout(workout)
        if kept is None:
            return ("it is not there when it is read back",)
        self._ledger.keep(replace(self._ledger.records[key], hash=content_hash(kept)))
        return differences(body, kept)

    def _schedule(self, key: Key, workout: int, day: dt.date) -> None:
        record, at = self._ledger.records[key], self._clock()
        with self._ledger.intending(record.having(Stood(day, None, at))):
            schedule = self._service.schedule(workout, day)
        self._ledger.keep(record.having(Stood(day, schedule, at)))

    def _unschedule(self, key: Key, places: Iterable[CalendarPlace]) -> None:
        for place in places:
            record = self._ledger.records[key]
            leaving = (replace(one, leaving=one.leaving or one.schedule == place.schedule) for one in record.stood)
            with self._ledger.intending(replace(record, stood=tuple(leaving))):
                self._service.unschedule(place.schedule, place.day)
            self._ledger.remove(key, place.schedule, self._clock())

    def _delete(self, key: Key, workout: int) -> None:
        record = self._ledger.records.get(key)
        if record is None or record.workout != workout:  # a copy: the ledger is about the one that stays
            self._service.delete(workout)
            return
        with self._ledger.intending(replace(record, status="deleting")):
            self._service.delete(workout)
        self._ledger.forget(key)
