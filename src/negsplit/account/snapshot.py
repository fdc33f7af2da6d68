"""What the account holds of all that matters to a run, read whole or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from negsplit.account.ledger import Ledger, Record
from negsplit.account.marker import Key, Marker, content_hash
from negsplit.account.service import Entry, Listed, Service
from negsplit.account.standing import A_WEEK, standing
from negsplit.account.wanted import Options, Scope, Wanted
from negsplit.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Held:
    """A workout that the account holds and that has our marker, or that the ledger knows.

    ``marker`` is None where somebody took it away; ``hash`` is that of its content, None where only the list was
    read; ``created`` is None where the service does not say.
    """

    workout: int
    marker: Marker | None
    name: str
    created: dt.date | None
    hash: str | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was found: workouts of ours, and every workout's entries in the months that were read.

    ``unsaid`` where the account does not say of something of ours whether it is done, from today on.
    """

    held: tuple[Held, ...]
    entries: tuple[Entry, ...] = ()
    unsaid: bool = False

    def of(self, key: Key) -> tuple[Held, ...]:
        """The workouts with a key in their markers, the newest first."""
        own = (one for one in self.held if one.marker is not None and one.marker.key == key)
        return tuple(sorted(own, key=lambda one: -one.workout))

    def numbered(self, workout: int | None) -> Held | None:
        """A workout by its number."""
        return next((one for one in self.held if one.workout == workout), None)


def read(service: Service, wanted: Sequence[Wanted], ledger: Ledger, scope: Scope, options: Options) -> Snapshot:
    """Reads what :func:`~negsplit.account.comparing.compare` needs to know. Nothing is changed.

    :raises AccountError: where anything of it cannot be read: what is not known is never taken for not there.
    """
    reading = _Reading(service, wanted, ledger, scope, options)
    reading.read_workouts()
    if scope.plan or any(one.day for one in wanted):
        reading.read_calendar()
    return Snapshot(tuple(reading.held.values()), tuple(reading.entries.values()), reading.unsaid)


class _Reading:
    """One reading of an account. Months are read once, and the further ones only where something is not found."""

    def __init__(
        self, service: Service, wanted: Sequence[Wanted], ledger: Ledger, scope: Scope, options: Options
    ) -> None:
        self._service = service
        self._scope = scope
        self._options = options
        self._days = {one.key: one.day for one in wanted if one.day is None or one.day >= options.today}
        self._ledger = ledger
        self._known = {
            key: record
            for key, record in ledger.records.items()
            if key in self._days or (scope.plan and key.plan == scope.plan)
        }
        self._months: set[tuple[int, int]] = set()
        self.held: dict[int, Held] = {}
        self.entries: dict[int, Entry] = {}
        self.unsaid = False

    # --- Workouts ----------------------------------------------------------------------------

    def read_workouts(self) -> None:
        """The list, and whole what may be changed. What the ledger knows is asked for: the list may come late."""
        listed = {one.workout: one for one in self._service.workouts() if self._is_ours(one)}
        known = {record.workout: key for key, record in self._known.items() if record.workout is not None}
        for number, one in listed.items():
            assert one.marker is not None
            if self._is_changeable(one.marker.key) or self._is_changeable(known.get(number)):
                self._read_workout(number)
            else:
                self.held[number] = Held(number, one.marker, one.name, one.created)
        for number, key in known.items():
            if number not in listed and (self._is_changeable(key) or self._stands_ahead(self._known[key])):
                self._read_workout(number)

    def _is_ours(self, one: Listed) -> bool:
        """Whether a workout is marked as the plan's, or as one that is wanted."""
        if one.marker is None or one.foreign:
            return False
        return one.marker.key in self._days or (self._scope.plan != "" and one.marker.key.plan == self._scope.plan)

    def _is_changeable(self, key: Key | None) -> bool:
        return key is not None and (key in self._days or (self._options.prune and key not in self._scope.days))

    def _stands_ahead(self, record: Record) -> bool:
        return any(one.day >= self._options.today for one in record.stood)

    def _read_workout(self, number: int) -> None:
        """A workout whole; one that is listed and not there was deleted a moment ago."""
        body = self._service.workout(number)
        if body is not None and not (one := Listed.of(body)).foreign:
            self.held[number] = Held(number, one.marker, one.name, one.created, content_hash(body))

    # --- The calendar ------------------------------------------------------------------------

    def read_calendar(self) -> None:
        """The months in which something is wanted, was put or may have been left; then what of it is completed."""
        today, scope = self._options.today, self._scope
        self._read_months(day for day in self._days.values() if day is not None)
        if scope.plan:
            stood = [one.day for record in self._known.values() for one in record.stood if one.day >= today]
            last = max([*scope.days.values(), *stood, today])
            window = scope.last if scope.last < dt.date.max else last
            self._read_months(stood)
            self._read_months(_months_between(max(scope.first, today), window))
            if any(map(self._is_lost, self.held.values())):
                self._read_months(_months_between(today, max(last, window)))
            self._read_past()
            if self.held:
                self._read_months([self._a_week_ago])
        self._read_completed()

    @property
    def _a_week_ago(self) -> dt.date:
        """What was done before that day is put on again where the plan moves."""
        return self._options.today - A_WEEK + dt.timedelta(days=1)

    def _read_completed(self) -> None:
        """What of ours is done: by the account's word, else as far as the calendar says so by itself."""
        numbers, first = self.held.keys(), self._a_week_ago
        own = [one for one in self.entries.values() if one.workout in numbers and one.day >= first]
        if not own:
            return
        done = self._service.completed(first, max(one.day for one in own))
        if done is None:
            self.unsaid = any(one.completed is None and one.day >= self._options.today for one in own)
            return
        self.entries |= {
            one.schedule: replace(one, completed=bool(one.completed) or one.schedule in done) for one in own
        }

    def _is_lost(self, one: Held) -> bool:
        """Whether a workout may stand in other months: the ledger does not know it, or not where it stands."""
        record = next((record for record in self._known.values() if record.workout == one.workout), None)
        entries = [entry for entry in self.entries.values() if entry.workout == one.workout]
        if record is None:
            return bool(entries) or (one.marker is not None and self._is_changeable(one.marker.key))
        return bool(standing(record, one.workout, entries, self._ledger.removed, self._options).missing)

    def _read_past(self) -> None:
        """Where what is no longer in the plan stands, if it does not stand ahead: the past is not removed."""
        if not self._options.prune:
            return
        for one in self.held.values():
            if one.marker is None or one.marker.key in self._scope.days or one.marker.key in self._known:
                continue
            if one.created and not any(entry.workout == one.workout for entry in self.entries.values()):
                today = self._options.today
                self._read_months(_months_between(min(one.created, today), today))

    def _read_months(self, days: Iterable[dt.date]) -> None:
        for month in sorted({(day.year, day.month) for day in days} - self._months):
            self.entries |= {one.schedule: one for one in self._service.month(*month)}
            self._months.add(month)


def _months_between(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The first days of the months from the one of a day to that of another."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + dt.timedelta(days=31)).replace(day=1)
