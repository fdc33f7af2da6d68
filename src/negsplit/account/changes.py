"""What has to be done so that the account holds what is wanted, what stands in the way, and what became of it."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Literal, NamedTuple

from negsplit.account.errors import AccountError
from negsplit.account.ledger import LedgerRecord
from negsplit.account.marker import Key
from negsplit.formats.connect.ids import Json
from negsplit.frozen import dataclass


def day_text(day: dt.date) -> str:
    """``Thu 03 Dec 2026``, as messages about an account say a day."""
    return f"{day:%a %d %b %Y}"


class CalendarPlace(NamedTuple):
    """One entry of the account's calendar: its number and its day."""

    schedule: int
    day: dt.date


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to do, of a kind below. ``title`` is the workout's, ``reason`` says why in a runner's words."""

    sign: ClassVar[str]

    key: Key
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Create(Change):
    """A new workout, put on ``day`` where there is one; then entries of one that was deleted are removed.

    ``body`` is what is sent, with its marker.
    """

    sign: ClassVar[str] = "+"

    body: Json
    day: dt.date | None
    leaves: tuple[CalendarPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class Update(Change):
    """New content, with its marker, for a workout that keeps its number and its entries.

    ``day`` is the one that it is wanted on, None for none.
    """

    sign: ClassVar[str] = "~"

    workout: int
    body: Json
    day: dt.date | None


@dataclass(frozen=True, slots=True)
class Schedule(Change):
    """An entry on a day for a workout that is there."""

    sign: ClassVar[str] = "+"

    workout: int
    day: dt.date


@dataclass(frozen=True, slots=True)
class Move(Change):
    """An entry on a new day; only then those that it ``leaves`` are removed."""

    sign: ClassVar[str] = ">"

    workout: int
    day: dt.date
    leaves: tuple[CalendarPlace, ...]


@dataclass(frozen=True, slots=True)
class Unschedule(Change):
    """Entries are removed; the workout stays."""

    sign: ClassVar[str] = "-"

    workout: int
    leaves: tuple[CalendarPlace, ...]


@dataclass(frozen=True, slots=True)
class Delete(Change):
    """The entries are removed, then the workout."""

    sign: ClassVar[str] = "-"

    workout: int
    leaves: tuple[CalendarPlace, ...]


ConflictKind = Literal[
    "edited", "unmarked", "deleted", "taken off", "moved", "unknown", "unsaid", "unread", "second copy", "too many"
]
NoticeKind = Literal[
    "past",
    "completed",
    "look-alike",
    "second copy",
    "also on",
    "no longer in the plan",
    "rewritten",
    "empty plan",
    "over",
    "left",
    "not passed on",
]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that is not done, because of what somebody did on the web or because it is not known yet.

    ``help`` says what to do about it. ``wait`` is above 0 where nothing but time helps: seconds until it is known.
    """

    sign: ClassVar[str] = "!"

    kind: ConflictKind
    key: Key
    title: str
    reason: str
    help: str
    wait: int = 0


def unread(key: Key, title: str, error: AccountError) -> Conflict:
    """Of what the account does not show, nothing is known, and nothing is done."""
    help = "run this again, or delete it on the web and `--restore` it"
    return Conflict("unread", key, title, f"it cannot be read: {error.message}", help)


def unknown(key: Key, title: str, reason: str, wait: int) -> Conflict:
    """What nobody knows for so many seconds, which are above 0."""
    return Conflict("unknown", key, title, reason, f"run this again in {-(-wait // 60)} min", wait)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that was found and is left as it is."""

    kind: NoticeKind
    key: Key
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What :func:`~negsplit.account.garmin.comparing.compare` found.

    ``changes`` stand in the order in which they are made: an account that is left half done has too much rather
    than too little. ``unchanged`` counts what is wanted and there already. ``unsaid`` where the account does not say
    what is done, and everything up to today stays as it is. ``found`` is for the ledger alone, and so is ``owner``,
    that of a workout of ours where only now it is known, and ``forgotten``, what is in neither plan nor account.
    """

    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...] = ()
    notices: tuple[Notice, ...] = ()
    unchanged: int = 0
    found: tuple[LedgerRecord, ...] = ()
    unsaid: bool = False
    owner: int | None = None
    forgotten: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """A change that was made.

    ``differences`` name what the account keeps otherwise than it was sent, ``not_handed_on`` why some watches do not
    get it, in the service's words.
    """

    change: Change
    differences: tuple[str, ...] = ()
    not_handed_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Undone:
    """A change that was not made, or not to its end, or of which nobody knows; ``error`` is what it ended with.

    Where the account refused, the ledger has what was done before that alone; else what may have been done.
    """

    change: Change
    error: AccountError
