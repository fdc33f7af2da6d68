"""Which of the account's workouts are ours, where they stand, and what the ledger is to know of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from negsplit.account.changes import CalendarPlace
from negsplit.account.garmin.copies import elder_and_younger
from negsplit.account.garmin.scheduled import A_WEEK, Standing, standing
from negsplit.account.garmin.service import CalendarEntry
from negsplit.account.garmin.snapshot import Held, Snapshot
from negsplit.account.ledger import AccountLedger, LedgerRecord, Stood
from negsplit.account.marker import Key
from negsplit.account.wanted import Options, SyncScope


class Ownership:
    """What was read, in the light of what was done before."""

    def __init__(self, snapshot: Snapshot, ledger: AccountLedger, scope: SyncScope, options: Options) -> None:
        self._snapshot = snapshot
        self._is_plan = bool(scope.plan)
        self._removed: Mapping[int, float] = ledger.removed
        self._records: Mapping[Key, LedgerRecord] = ledger.records
        self._options = options

    def record(self, key: Key) -> LedgerRecord | None:
        """What the ledger knows of a key; not what it took for ours of somebody else's."""
        record = self._records.get(key)
        return None if record is not None and record.workout in self._snapshot.foreign else record

    def marked_of(self, plan: str) -> Counter[Key]:
        """The keys of a plan that workouts in the account are marked with, and how many are."""
        keys = (one.marker.key for one in self._snapshot.held if one.marker is not None)
        return Counter(key for key in keys if key.plan == plan)

    def known_of(self, plan: str) -> set[Key]:
        """The keys of a plan that the ledger knows."""
        return {key for key in self._records if key.plan == plan}

    def of(self, key: Key, day: dt.date | None) -> tuple[Held | None, tuple[Held, ...]]:
        """The workout that is ours, and its copies.

        Ours is the one that the ledger knows; else one that stands on its ``day``, or on any, before the eldest. Where
        that one is to be withdrawn, the elder is ours already.
        """
        record, marked = self.record(key), self._snapshot.of(key)
        ours = self._snapshot.numbered(record.workout) if record is not None and record.workout is not None else None
        if ours is None and marked:
            entries = [one for one in self._snapshot.entries if one.day >= self._options.today]

            def rank(one: Held) -> tuple[bool, bool]:
                days = {entry.day for entry in entries if entry.workout == one.workout}
                return day in days, bool(days)

            ours = max(reversed(marked), key=rank)
        elder, younger = self.twice(key, day)
        if ours in younger:
            ours = elder
        return ours, tuple(one for one in marked if one is not ours)

    def twice(self, key: Key, day: dt.date | None) -> tuple[Held | None, tuple[Held, ...]]:
        """The elder of several copies, and those that this run withdraws.

        An elder that stands nowhere may be about to be put on its day by the computer that made it, or be what came of
        a request that arrived twice. It is waited for.
        """
        if not self._is_plan:
            return None, ()
        record = self.record(key)
        waited = record is not None and not self._options.fresh(record.at)
        return elder_and_younger(
            self._snapshot.of(key),
            day,
            lambda held: self.standing(key, held),
            lambda held: self.withdraws(key, held),
            unplaced=self._options.dedupe or waited,
        )

    def withdraws(self, key: Key, held: Held) -> bool:
        """Whether it is for this run to withdraw a copy."""
        return self._options.withdraws(held.workout, self.record(key))

    def standing(self, key: Key, held: Held) -> Standing:
        """Where a workout stands."""
        return standing(self.record(key), held.workout, self._snapshot.entries, self._removed, self._options)

    def knows_past(self, key: Key, held: Held) -> bool:
        """Whether every day that a workout stood on was read, or else put there by this computer, which made it."""
        record = self.record(key)
        return held.created is not None or (record is not None and held.workout in record.made)

    def stands_on(self, workout: int, day: dt.date) -> bool:
        """Whether a workout shows on a day, in whatever way."""
        return any(one.workout == workout and one.day == day for one in self._snapshot.entries)

    def may_be_done_for(self, workout: int, day: dt.date) -> bool:
        """Whether it may have been run, though nobody says so, as what its plan has on a day from today on."""
        return any(
            one.workout == workout and not one.foreign and one.completed is None and day - one.day < A_WEEK
            for one in self._snapshot.entries
            if one.day < self._options.today
        )

    def is_taken(self, workout: int) -> bool:
        """Whether a training plan of the service's own rules over a workout that was ours."""
        return workout in self._snapshot.taken

    def left_by(self, workout: int) -> tuple[CalendarPlace, ...]:
        """Entries of a workout that is gone, in an account that does not remove them with it."""
        if self.is_taken(workout):
            return ()
        return standing(None, workout, self._snapshot.entries, self._removed, self._options).there

    def left_by_copies(self, key: Key, held: Held) -> tuple[CalendarPlace, ...]:
        """Entries of copies that this computer made and that another withdrew, once they do not only linger."""
        record = self.record(key)
        if record is None or record.workout != held.workout or self._options.fresh(record.at):
            return ()
        return tuple(place for one in record.made if one in self._snapshot.gone for place in self.left_by(one))

    def is_edited(self, key: Key, held: Held) -> bool:
        """Whether the content is neither what was written with the marker nor what the account made of it."""
        record = self.record(key)
        written = {held.marker.hash} if held.marker is not None else set()
        if record is not None and record.workout == held.workout:
            written.add(record.hash)
        return held.hash not in written

    def has_look_alike(self, key: Key, day: dt.date | None, name: str) -> bool:
        """Whether a workout of that name that is none of ours stands on a day."""
        record = self.record(key)
        ours = {one.workout for one in self._snapshot.held} | ({record.workout} if record else set())
        return any(one.day == day and one.title == name and one.workout not in ours for one in self._snapshot.entries)

    def found(self, key: Key, held: Held, stands: Standing, day: dt.date | None) -> LedgerRecord:
        """What the ledger is to know from now on: not what somebody else changed, but for a move to its ``day``."""
        known = self.record(key)
        if known is None or known.workout != held.workout:
            hash = held.marker.hash if held.marker is not None else ""
            known = LedgerRecord(
                key, held.workout, hash, self._options.now, made=known.made if known is not None else ()
            )
        if held.marker is not None and held.hash == held.marker.hash:
            known = replace(known, hash=held.marker.hash)
        known = replace(known, status="there")
        for place in reversed([*stands.there, *(at for at in stands.added if at.day == day)]):
            before = known.on(place.day)
            if before is None or before.schedule != place.schedule or before.leaving:
                known = known.having(Stood(place.day, place.schedule, before.at if before else self._options.now))
        return known

    def entries(self, workout: int) -> tuple[CalendarEntry, ...]:
        """All that was read of where a workout stands and stood, whoever put it there."""
        return tuple(one for one in self._snapshot.entries if one.workout == workout)


def is_marked(key: Key, held: Held) -> bool:
    """Whether a workout has the marker of a key still."""
    return held.marker is not None and held.marker.key == key
