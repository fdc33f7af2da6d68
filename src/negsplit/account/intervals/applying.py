"""Making the changes, in such a way that the next run goes on wherever this one is stopped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from negsplit.account.changes import Change, Changes, Create, Delete, Done, Move, Undone, Update, day_text
from negsplit.account.errors import AccountError, Overtaken
from negsplit.account.intervals.content import Body, content_hash, differences
from negsplit.account.intervals.service import Event, Service
from negsplit.account.intervals.snapshot import Snapshot
from negsplit.account.ledger import AccountLedger, LedgerRecord, Stood
from negsplit.account.marker import Key
from negsplit.account.wanted import Misread, Wanted


def apply(
    service: Service,
    changes: Changes,
    wanted: Sequence[Wanted],
    snapshot: Snapshot,
    ledger: AccountLedger,
    clock: Callable[[], float],
) -> Iterator[Done | Undone]:
    """Makes the changes one after the other, and gives each when it is made and read back, or cannot be made.

    What is about to be done is in the ledger before, and what is left is what another comparison finds. Whatever is
    there is looked at once more before it is changed: somebody may have been asked for a yes for a long time.

    :param snapshot: what the changes were found in.
    :param wanted: what the changes were found for: each tells what the service reads of it otherwise than was meant.
    :param clock: seconds since 1970.
    :raises AccountError: one that :attr:`~negsplit.account.errors.AccountError.stops`. Nothing follows it.
    :raises StateError: where the ledger cannot be written.
    """
    ledger.keep(*changes.found)
    for key in changes.forgotten:
        ledger.forget(key)
    writing = _Writing(service, snapshot, ledger, clock, {one.key: one.misread for one in wanted})
    for change in changes.changes:
        try:
            made: Done | Undone = writing.make(change)
        except AccountError as error:
            if error.stops:
                raise
            made = Undone(change, error)
        yield made


class _Writing:
    """Each request that changes something, between what the ledger says before and after."""

    def __init__(
        self,
        service: Service,
        snapshot: Snapshot,
        ledger: AccountLedger,
        clock: Callable[[], float],
        misread: Mapping[Key, Misread],
    ) -> None:
        self._service = service
        self._seen = {one.number: one for one in snapshot.events}
        self._ledger = ledger
        self._clock = clock
        self._misread = misread

    def make(self, change: Change) -> Done:
        """Makes a change, and looks at what the account then has."""
        match change:
            case Create(day=dt.date() as day, body=body):
                new = self._create(change, day)
                return self._read_back(change, body, new, _strayed(new, day))
            case Update(workout=number, body=body):
                self._look_again(number)
                kept = self._seen[number] = self._service.update(number, body)
                return self._read_back(change, body, kept)
            case Move(workout=number, day=day):
                self._look_again(number)
                kept = self._move(change.key, number, day)
                return Done(change, _strayed(kept, day), kept.not_handed_on)
            case Delete(workout=number):
                self._look_again(number)
                self._delete(change.key, number)
                return Done(change)
        raise AssertionError(change)

    def _look_again(self, number: int) -> None:
        """:raises Overtaken: where it is no longer what the change was found for; what is gone shows by itself."""
        found = self._service.event(number)
        if found is not None and not found.is_as(self._seen[number]):
            raise Overtaken

    def _create(self, change: Create, day: dt.date) -> Event:
        before = self._ledger.records.get(change.key)
        made, at = (before.made if before is not None else ()), self._clock()
        record = LedgerRecord(change.key, None, content_hash(change.body), at, "creating", made=made)
        with self._ledger.intending(record):
            new = self._service.create(change.body, day)
        stood = (Stood(new.day, new.number, at),)
        self._ledger.keep(replace(record, workout=new.number, status="there", stood=stood, made=(*made, new.number)))
        return new

    def _read_back(self, change: Change, body: Body, kept: Event, otherwise: tuple[str, ...] = ()) -> Done:
        record = self._ledger.records.get(change.key)
        if record is not None and record.workout == kept.number:
            self._ledger.keep(replace(record, hash=kept.hash))
        otherwise += differences(body, kept.body) + self._misread[change.key](kept.body)
        return Done(change, otherwise, kept.not_handed_on)

    def _move(self, key: Key, number: int, day: dt.date) -> Event:
        record, at = self._ledger.records[key], self._clock()
        with self._ledger.intending(record.having(Stood(day, number, at))):
            kept = self._service.move(number, day)
        self._ledger.keep(replace(record, stood=(Stood(kept.day, number, at),)))
        return kept

    def _delete(self, key: Key, number: int) -> None:
        record = self._ledger.records.get(key)
        if record is None or record.workout != number:  # a copy: the ledger is about the one that stays
            self._service.delete(number)
            self._ledger.remove(key, number, self._clock())
            return
        with self._ledger.intending(replace(record, status="deleting")):
            self._service.delete(number)
        self._ledger.remove(key, number, self._clock())
        self._ledger.forget(key)


def _strayed(kept: Event, day: dt.date) -> tuple[str, ...]:
    """Where the account keeps it on another day than it was put on."""
    return () if kept.day == day else (f"it is on {day_text(kept.day)}",)
