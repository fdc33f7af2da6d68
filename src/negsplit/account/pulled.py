"""What stands in an account's calendar, read to be written down elsewhere: nothing here changes anything."""

from __future__ import annotations

import datetime as dt
from dataclasses import field
from typing import Any, Final, Literal

from negsplit.account.marker import Key
from negsplit.frozen import dataclass

MOST_DAYS: Final = 366
"""Asked for at a time."""

Kind = Literal["workout", "note", "race", "other"]


@dataclass(frozen=True, slots=True)
class Pulled:
    """One thing on its day. ``body`` is a workout as the account keeps it, but for the mark at the end of its notes.

    ``key`` is what it is known by where it went there from here, ``is_edited`` where it says something else since;
    ``unread`` is why the account does not show a workout.
    """

    day: dt.date
    name: str
    kind: Kind = "workout"
    body: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    key: Key | None = None
    is_edited: bool = False
    unread: str = ""
