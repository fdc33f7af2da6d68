"""What was done in an account: a memory that may be lost, since each workout carries its own mark.

It knows what the account may not show yet, and what somebody else changed there since. What is about to be done
is on the disk before the account is asked.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final, Literal

from negsplit.account.errors import NotRenewed, RateLimited, Rejected, SessionDead
from negsplit.account.marker import Key, tag
from negsplit.frozen import dataclass
from negsplit.state import StateError, StateFolder

MAX_BYTES: Final = 4_000_000
"""Of one ledger: some ten thousand workouts."""

_KEY: Final = "connect.key"
"""What makes the number of an account unreadable."""
_VERSION: Final = 1
_REMEMBERED: Final = 86_400.0
"""Seconds for which an entry that was removed is remembered; no calendar shows it for that long."""
_DAMAGE: Final = (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError)
"""What reading a ledger raises that is none."""


@dataclass(frozen=True, slots=True)
class Stood:
    """A day that a workout was put on at a time in seconds since 1970.

    ``schedule`` is the number of the entry, None as long as no answer came that gave it; ``leaving`` from the
    moment on at which it was to be removed.
    """

    day: dt.date
    schedule: int | None
    at: float
    leaving: bool = False


@dataclass(frozen=True, slots=True)
class LedgerRecord:
    """One workout. ``at`` is when it was created, in seconds since 1970; ``workout`` None until an answer came.

    ``hash`` is that of the content as the account keeps it; ``made`` are the numbers that creates of this computer were
    answered with, of its copies too.
    """

    key: Key
    workout: int | None
    hash: str
    at: float
    status: Literal["creating", "there", "deleting"] = "there"
    stood: tuple[Stood, ...] = ()
    made: tuple[int, ...] = ()

    def on(self, day: dt.date) -> Stood | None:
        """What is known of a day."""
        return next((one for one in self.stood if one.day == day), None)

    def having(self, stood: Stood) -> LedgerRecord:
        """The same, with what is known of a day replaced."""
        others = (one for one in self.stood if one.day != stood.day)
        return replace(self, stood=tuple(sorted((*others, stood), key=lambda one: one.day)))

    def without(self, schedule: int) -> LedgerRecord:
        """The same without an entry."""
        return replace(self, stood=tuple(one for one in self.stood if one.schedule != schedule))


class AccountLedger:
    """The ledger of a ``profile``'s account at a ``place``, for one who only reads; else :func:`open_ledger`.

    ``place`` is a word for names of files, another for each service and each address of it.

    Every change is on the disk when its method returns. Every method raises :class:`~negsplit.state.StateError`
    alone: so does making one where the ledger is damaged, and where it is about another account.
    """

    def __init__(self, state: StateFolder, place: str, profile: int | str) -> None:
        self._state = state
        self._file = f"{_stem(place)}.json"
        if state.read(_KEY) is None and state.read(self._file, MAX_BYTES) is not None:
            raise StateError(
                f"`{state.folder / _KEY}` is gone, and without it nobody can tell whose `{state.folder / self._file}` "
                "is: move that away too; you lose nothing in the account"
            )
        self._key = state.secret(_KEY)
        self._account = self._digest(profile)
        self.tag: Final = tag(profile)
        self._records, self._removed, self._owner = self._read()

    @property
    def records(self) -> Mapping[Key, LedgerRecord]:
        """What is known, by key."""
        return self._records

    @property
    def removed(self) -> Mapping[int, float]:
        """The numbers of entries that were removed, and when, in seconds since 1970: they may still show."""
        return self._removed

    @property
    def made(self) -> frozenset[int]:
        """The numbers of the workouts that this computer created."""
        return frozenset(number for record in self._records.values() for number in record.made)

    @property
    def knows_owner(self) -> bool:
        """Whether an answer to a create ever said whose workouts of ours are."""
        return self._owner is not None

    def owns(self, owner: int) -> bool:
        """Whether a workout of this owner is ours: of our profile, or as the answers to our own creates had it.

        Nobody has shown that the two are one number.
        """
        return self._digest(owner) in (self._account, self._owner)

    @property
    def last(self) -> float | None:
        """When something was last created, put on a day or taken off one, in seconds since 1970."""
        created = [record.at for record in self._records.values()]
        stood = [one.at for record in self._records.values() for one in record.stood]
        return max([*created, *stood, *self._removed.values()], default=None)

    def keep(self, *records: LedgerRecord, owner: int | None = None) -> None:
        """Puts records in the place of those with their keys; ``owner`` is that of a workout of ours, where known."""
        new = self._records | {one.key: one for one in records}
        learned = self._owner if owner is None else self._digest(owner)
        if new != self._records or learned != self._owner:
            self._write(new, self._removed, learned)

    @contextmanager
    def intending(self, record: LedgerRecord) -> Iterator[None]:
        """What is about to be done is kept before, and what stood there again where the account says it was not done.

        :raises AccountError: what doing it raised.
        """
        before = self._records.get(record.key)
        self.keep(record)
        try:
            yield
        except (Rejected, RateLimited, SessionDead, NotRenewed):
            if before is None:
                self.forget(record.key)
            else:
                self.keep(before)
            raise

    def forget(self, key: Key) -> None:
        """A workout is no longer there, or never was."""
        left = {one: record for one, record in self._records.items() if one != key}
        self._write(left, self._removed, self._owner)

    def remove(self, key: Key, schedule: int, at: float) -> None:
        """An entry was removed at a time in seconds since 1970."""
        records = dict(self._records)
        if key in records:
            records[key] = records[key].without(schedule)
        recent = {number: when for number, when in self._removed.items() if abs(at - when) < _REMEMBERED}
        self._write(records, recent | {schedule: at}, self._owner)

    def _digest(self, number: int | str) -> str:
        """What stands for a profile or an owner on the disk, where it is to say nothing to anybody else."""
        return hashlib.blake2b(str(number).encode(), key=self._key, digest_size=8).hexdigest()

    def _write(self, records: dict[Key, LedgerRecord], removed: dict[int, float], owner: str | None) -> None:
        rows = [_row(record) for _, record in sorted(records.items())]
        gone = [[schedule, at] for schedule, at in sorted(removed.items())]
        who = {"account": self._account, "owner": owner}
        held = {"version": _VERSION, **who, "workouts": rows, "removed": gone}
        data = json.dumps(held).encode()
        if len(data) > MAX_BYTES:
            raise StateError(f"`{self._state.folder / self._file}` would be larger than {MAX_BYTES} bytes")
        self._state.write(self._file, data)
        self._records, self._removed, self._owner = records, removed, owner

    def _read(self) -> tuple[dict[Key, LedgerRecord], dict[int, float], str | None]:
        data, path = self._state.read(self._file, MAX_BYTES), self._state.folder / self._file
        if data is None:
            return {}, {}, None
        try:
            held = json.loads(data)
            version, account = held["version"], held["account"]
            if version == _VERSION and account == self._account:
                records = _records(held)
                removed = {int(number): float(at) for number, at in held["removed"]}
                return {one.key: one for one in records}, removed, _words(held.get("owner"))
        except _DAMAGE:
            raise StateError(f"`{path}` is damaged: move it away; you lose nothing in the account") from None
        if version != _VERSION:
            raise StateError(f"`{path}` was written by another negsplit: use that one, or move it away")
        raise StateError(
            f"`{path}` belongs to another account than the one that is logged in: log in to that one, or move it away, "
            "or keep the two apart with `NEGSPLIT_STATE_DIR`"
        )


def records_at(state: StateFolder, place: str) -> tuple[LedgerRecord, ...]:
    """What was brought into an account at a ``place``, whoever's it is, for one who is about another account.

    Nothing where the ledger is damaged: that is said where it is needed.

    :raises StateError: where it cannot be read.
    """
    data = state.read(f"{_stem(place)}.json", MAX_BYTES)
    try:
        return tuple(_records(json.loads(data))) if data is not None else ()
    except _DAMAGE:
        return ()


@contextmanager
def open_ledger(state: StateFolder, place: str, profile: int | str) -> Iterator[AccountLedger]:
    """The ledger of an account, held by one run at a time.

    :raises StateError: where another run holds it, where it is damaged, and where it is about another account.
    """
    with state.lock(f"{_stem(place)}.lock", 0):
        yield AccountLedger(state, place, profile)


def _stem(place: str) -> str:
    return f"{place}-ledger"


def _row(record: LedgerRecord) -> dict[str, Any]:
    stood = [[one.day.isoformat(), one.schedule, one.at, one.leaving] for one in record.stood]
    row = {"plan": record.key.plan, "slot": record.key.slot, "workout": record.workout, "hash": record.hash}
    return row | {"at": record.at, "status": record.status, "stood": stood, "made": list(record.made)}


def _records(held: dict[str, Any]) -> list[LedgerRecord]:
    return [_record(row) for row in held["workouts"]]


def _record(row: dict[str, Any]) -> LedgerRecord:
    stood = tuple(
        Stood(dt.date.fromisoformat(day), _whole(schedule), float(at), bool(leaving))
        for day, schedule, at, leaving in row["stood"]
    )
    if row["status"] not in ("creating", "there", "deleting") or (row["workout"] is None) != (
        row["status"] == "creating"
    ):
        raise ValueError("a record of no status")
    key = Key(str(row["plan"]), str(row["slot"]))
    made = tuple(number for one in row.get("made", ()) if (number := _whole(one)) is not None)
    return LedgerRecord(key, _whole(row["workout"]), str(row["hash"]), float(row["at"]), row["status"], stood, made)


def _words(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise ValueError("no owner")
    return value


def _whole(value: object) -> int | None:
    if value is not None and type(value) is not int:
        raise ValueError("no number of the account")
    return value
