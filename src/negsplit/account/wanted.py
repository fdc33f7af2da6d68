"""What the account is to hold, how far that says something about what it holds already, and what may be done."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Final

from negsplit.account.ledger import LedgerRecord
from negsplit.account.marker import Key
from negsplit.formats.connect.ids import Json
from negsplit.frozen import dataclass

GRACE: Final = 600.0
"""Seconds for which the account's calendar and its list may not show yet what was done."""
MOST_REMOVED: Final = 5
"""Workouts that one run removes without being told that it may be many; nor ever more than half of them."""


Misread = Callable[[Json], tuple[str, ...]]
"""What an account's own reading of a workout that it keeps says otherwise than was meant, in a runner's words."""


def _reads_nothing(_kept: Json) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """One workout that the account is to hold.

    ``body`` is what the account takes, without a marker: of :func:`negsplit.formats.connect.write.encode` or
    :func:`negsplit.formats.intervals.write.event`; ``day`` is the one that it is to stand on, None for none; ``title``
    is what it is called in messages. ``misread`` is for an account that reads a text by itself.
    """

    key: Key
    day: dt.date | None
    body: Json
    title: str
    misread: Misread = field(default=_reads_nothing, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class SyncScope:
    """How far what is wanted goes.

    ``plan`` is the first half of the keys, empty for workouts by themselves: then entries of other days stay, and
    nothing that is not wanted is looked at. ``first`` and ``last`` are the days of the window that is brought up to
    date. ``days`` holds every workout of the whole plan with its day, those outside the window too: what is marked
    as the plan's and is not in ``days`` is no longer in the plan. ``notes`` where what of the plan is no workout goes
    there, too, and stands in ``days``; else what went there before is left alone.
    """

    plan: str = ""
    first: dt.date = dt.date.min
    last: dt.date = dt.date.max
    days: Mapping[Key, dt.date] = field(default_factory=dict)
    notes: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """What may be done, and when that is.

    ``today`` is the runner's, ``now`` is in seconds since 1970, ``grace`` in seconds. ``force`` overwrites what was
    changed or moved on the web, ``restore`` brings back what was removed there, ``prune`` removes what is no longer
    in the plan, ``tidy`` what is over, ``yes_to_many`` either even where that is a lot; ``dedupe`` withdraws second
    copies that this computer did not make.
    """

    today: dt.date
    now: float
    grace: float = GRACE
    force: bool = False
    restore: bool = False
    prune: bool = False
    tidy: bool = False
    dedupe: bool = False
    yes_to_many: bool = False

    def fresh(self, at: float) -> bool:
        """Whether something that was done at a time, in seconds since 1970, may not show in the account yet."""
        return abs(self.now - at) < self.grace

    def wait(self, at: float) -> int:
        """Whole seconds, one at least, until the account must show what was done at a time in seconds since 1970."""
        return max(1, math.ceil(self.grace - (self.now - at)))

    def removes(self, many: int, of: int) -> bool:
        """Whether so many workouts of a plan may be removed at once."""
        return self.yes_to_many or (many <= MOST_REMOVED and 2 * many <= of)

    def withdraws(self, workout: int, known: LedgerRecord | None) -> bool:
        """Whether it is for this run to withdraw a copy: its own, and where it is asked to, any.

        :param known: what the ledger knows of its key.
        """
        return self.dedupe or (known is not None and workout in known.made)
