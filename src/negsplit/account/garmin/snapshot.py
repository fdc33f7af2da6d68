"""What the account holds of all that matters to a run: the list and the calendar whole or not at all."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Final

from negsplit.account.errors import AccountError, NotOurs
from negsplit.account.garmin.content import content_hash
from negsplit.account.garmin.scheduled import A_WEEK, standing
from negsplit.account.garmin.service import CalendarEntry, ListedWorkout, Service
from negsplit.account.garmin.whose import is_foreign, owner_of_ours
from negsplit.account.ledger import AccountLedger, LedgerRecord
from negsplit.account.marker import Key, Marker
from negsplit.account.wanted import Options, SyncScope, Wanted
from negsplit.frozen import dataclass

_BY_HAND: Final = dt.timedelta(days=366)
"""How far ahead somebody may have put on a day by hand what is to be removed: no calendar tells its last day."""


@dataclass(frozen=True, slots=True)
class Held:
    """A workout of ours that the account holds: one that has our marker, or that the ledger knows.

    ``marker`` is None where somebody took it away; ``hash`` is that of its content, None where only the list was
    read; ``created`` is None where the service does not say; ``listed`` where the list shows it, too.
    """

    workout: int
    marker: Marker | None
    name: str
    created: dt.date | None
    hash: str | None = None
    listed: bool = True

    @property
    def is_untouched(self) -> bool:
        """Whether the content is what was written with the marker."""
        return self.marker is not None and self.hash == self.marker.hash


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was found: workouts of ours, and every workout's entries in the months that were read.

    ``unsaid`` where the account does not say of something of ours whether it is done, lately or ahead. ``foreign`` are
    the numbers of workouts that look like ours and are somebody else's, ``taken`` of those of ours that a training plan
    of the service's rules over now, ``gone`` of those that this computer made and that are no longer there, though
    entries of theirs are; ``owner`` is that of ours, where only this reading showed. ``unread`` is why the account does
    not show a workout that the list or the ledger knows, by its key: of that nothing is known.
    """

    held: tuple[Held, ...]
    entries: tuple[CalendarEntry, ...] = ()
    unsaid: bool = False
    foreign: frozenset[int] = frozenset()
    taken: frozenset[int] = frozenset()
    gone: frozenset[int] = frozenset()
    owner: int | None = None
    unread: Mapping[Key, AccountError] = field(default_factory=dict)

    def of(self, key: Key) -> tuple[Held, ...]:
        """The workouts with a key in their markers, the newest first."""
        own = (one for one in self.held if one.marker is not None and one.marker.key == key)
        return tuple(sorted(own, key=lambda one: -one.workout))

    def numbered(self, workout: int | None) -> Held | None:
        """A workout by its number."""
        return next((one for one in self.held if one.workout == workout), None)


def read(
    service: Service, wanted: Sequence[Wanted], ledger: AccountLedger, scope: SyncScope, options: Options
) -> Snapshot:
    """Reads what :func:`~negsplit.account.garmin.comparing.compare` needs to know. Nothing is changed.

    :raises NotOurs: where all that is marked like this is somebody else's.
    :raises AccountError: where the list or the calendar cannot be read: what is not known is never taken for not there.
    """
    reading = _Reading(service, wanted, ledger, scope, options)
    reading.read_workouts()
    if scope.plan or any(one.day for one in wanted):
        reading.read_calendar()
    entries = tuple(reading.entries.values())
    foreign, taken, gone = frozenset(reading.foreign), frozenset(reading.taken), frozenset(reading.gone)
    held = tuple(reading.held.values())
    return Snapshot(held, entries, reading.unsaid, foreign, taken, gone, reading.owner, reading.unread)


class _Reading:
    """One reading of an account. Months are read once, and the further ones only where something is not found."""

    def __init__(
        self, service: Service, wanted: Sequence[Wanted], ledger: AccountLedger, scope: SyncScope, options: Options
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
        self.foreign: set[int] = set()
        self.taken: set[int] = set()
        self.gone: set[int] = set()
        self.owner: int | None = None
        self.unread: dict[Key, AccountError] = {}
        self.entries: dict[int, CalendarEntry] = {}
        self.unsaid = False

    # --- Workouts ----------------------------------------------------------------------------

    def read_workouts(self) -> None:
        """The list, and whole what may be changed. What the ledger knows is asked for: the list may come late."""
        everything = self._service.workouts()
        listed = {one.workout: one for one in everything if self._is_marked(one)}
        known = {record.workout: key for key, record in self._known.items() if record.workout is not None}
        found: list[tuple[ListedWorkout, str | None]] = []
        for number, one in listed.items():
            assert one.marker is not None
            if one.owner is None or self._is_changeable(one.marker.key) or self._is_changeable(known.get(number)):
                found += self._read_workout(number, one.marker.key, one.owner)
            else:
                found.append((one, None))
        for number, key in known.items():
            if number not in listed and (self._is_changeable(key) or self._stands_ahead(self._known[key])):
                found += self._read_workout(number, key)
        self.owner = owner_of_ours([*everything, *(one for one, _ in found)], self._ledger)
        self._keep_ours(found, listed.keys())

    def _keep_ours(self, found: Sequence[tuple[ListedWorkout, str | None]], listed: Collection[int]) -> None:
        """Tells ours from what others share with us, which nobody but them may touch."""
        for one, hash in found:
            if is_foreign(one, self._ledger, self.owner):
                self.foreign.add(one.workout)
            else:
                self.held[one.workout] = Held(
                    one.workout, one.marker, one.name, one.created, hash, one.workout in listed
                )
        if self.foreign and not self.held:
            raise next(iter(self.unread.values()), NotOurs())

    def _is_marked(self, one: ListedWorkout) -> bool:
        """Whether a workout is marked as the plan's, or as one that is wanted."""
        if one.marker is None or one.foreign:
            return False
        return one.marker.key in self._days or (self._scope.plan != "" and one.marker.key.plan == self._scope.plan)

    def _is_changeable(self, key: Key | None) -> bool:
        if key is None or key in self._days:
            return key is not None
        return (self._options.prune and key not in self._scope.days) or self._is_tidied(key)

    def _is_tidied(self, key: Key) -> bool:
        """Whether a workout of the plan may be over, and it is asked to remove what is."""
        return self._options.tidy and self._scope.days.get(key, dt.date.min) < self._options.today

    def _stands_ahead(self, record: LedgerRecord) -> bool:
        return any(one.day >= self._options.today for one in record.stood)

    def _read_workout(self, number: int, key: Key, owner: int | None = None) -> Iterator[tuple[ListedWorkout, str]]:
        """A workout whole; one that is listed, with an ``owner``, and not there was deleted a moment ago.

        One that the account does not show keeps nothing from being known but what has its key.
        """
        try:
            body = self._service.workout(number)
            if body is None:
                return
            one = ListedWorkout.of(body)
        except AccountError as error:
            if error.stops:
                raise
            self.unread[key] = error
            return
        if one.foreign:
            self.taken.add(number)
        else:
            yield (one if one.owner is not None else replace(one, owner=owner)), content_hash(body)

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
            self._read_months(months_between(max(scope.first, today), window))
            if any(map(self._is_lost, self.held.values())):
                self._read_months(months_between(today, max(last, window)))
            self._read_around()
            self._read_gone()
            if self.held:
                self._read_months([self._a_week_ago])
        self._read_completed()

    @property
    def _a_week_ago(self) -> dt.date:
        """What was done before that day is put on again where the plan moves."""
        return self._options.today - A_WEEK + dt.timedelta(days=1)

    def _read_completed(self) -> None:
        """What of ours is done: by the account's word, else as far as the calendar says so by itself."""
        numbers, first = self.held.keys(), dt.date.min if self._options.tidy else self._a_week_ago
        own = [one for one in self.entries.values() if one.workout in numbers and one.day >= first]
        if not own:
            return
        days = [one.day for one in own]
        said = self._service.completed(min(days) if self._options.tidy else first, max(days))
        if said is not None:
            own = [replace(one, completed=self._is_done(one, said)) for one in own]
            self.entries |= {one.schedule: one for one in own}
        self.unsaid = any(one.completed is None and one.day >= self._a_week_ago for one in own)

    def _is_done(self, one: CalendarEntry, said: Mapping[int, bool]) -> bool | None:
        """What the calendar and the account's word make together.

        Of what neither speaks of nobody knows, but where its day is still to come, or it was put there, or taken away,
        too lately to be spoken of.
        """
        if one.completed or one.schedule in said:
            return one.completed or said[one.schedule]
        return False if one.day > self._options.today or self._is_new(one.schedule) else one.completed

    def _is_new(self, schedule: int) -> bool:
        stood = (one for record in self._known.values() for one in record.stood)
        times = [*(one.at for one in stood if one.schedule == schedule), self._ledger.removed.get(schedule, -math.inf)]
        return any(map(self._options.fresh, times))

    def _is_lost(self, one: Held) -> bool:
        """Whether a workout may stand in other months: the ledger does not know it, or not where it stands."""
        record = next((record for record in self._known.values() if record.workout == one.workout), None)
        entries = [entry for entry in self.entries.values() if entry.workout == one.workout]
        if record is None:
            return bool(entries) or (one.marker is not None and self._is_changeable(one.marker.key))
        return bool(standing(record, one.workout, entries, self._ledger.removed, self._options).missing)

    def _read_around(self) -> None:
        """Where something stood and stands that may be removed as a whole: what was done is kept, and what somebody
        put on a day that no plan asks about.
        """
        for one in self.held.values():
            if one.marker is not None and (self._is_to_go(one.marker.key) or self._is_later_copy(one, one.marker.key)):
                today = self._options.today
                self._read_months(months_between(min(one.created or today, today), today + _BY_HAND))

    def _is_to_go(self, key: Key) -> bool:
        """Whether a workout may be removed that is not wanted now."""
        return key not in self._days and self._is_changeable(key)

    def _is_later_copy(self, one: Held, key: Key) -> bool:
        """Whether it is another's copy, and for this run to withdraw."""
        elder = min(held.workout for held in self.held.values() if held.marker is not None and held.marker.key == key)
        return one.workout > elder and self._options.withdraws(one.workout, self._known.get(key))

    def _read_gone(self) -> None:
        """A copy that another computer withdrew before the calendar showed it where it stands."""
        standing = {one.workout for one in self.entries.values() if one.day >= self._options.today}
        known = (record for key, record in self._known.items() if key not in self.unread)
        made = {number for record in known for number in record.made} - self.held.keys()
        self.gone |= {number for number in made & standing if self._service.workout(number) is None}

    def _read_months(self, days: Iterable[dt.date]) -> None:
        for month in sorted({(day.year, day.month) for day in days} - self._months):
            self.entries |= {one.schedule: one for one in self._service.month(*month)}
            self._months.add(month)


def months_between(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The first days of the months from the one of a day to that of another."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + dt.timedelta(days=31)).replace(day=1)
