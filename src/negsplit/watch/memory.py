"""What was read of the files that a watch keeps, so that a copy need not read all of them again.

Only what a watch says the date of is remembered, and never what could not be read. Whoever removes a file, or carries
its bytes elsewhere, reads it anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Final, NamedTuple

from negsplit.state import StateError, StateFolder
from negsplit.watch.door import FolderEntry, Names
from negsplit.watch.ledger import WatchFileIdentity, pseudonym
from negsplit.watch.manifest import UnitId

MAX_BYTES: Final = 1_000_000
"""Of what is remembered of one watch: 500 files take 150 kB."""

EARLIEST: Final = 946_684_800
"""2000-01-01 in seconds since 1970: a date before it is what a clock that was never set gives to every file."""
_READER: Final = 1
"""To be raised when more comes to be read of a file: what an older reader remembered is nothing then."""


class Recalled(NamedTuple):
    """What a file was when it was read; ``size`` and ``modified`` tell whether it still is."""

    size: int
    modified: int
    kind: int | None
    identity: WatchFileIdentity | None
    title: str


class Memory:
    """What is remembered of one watch by places; at first, and without a unit, nothing.

    It is a help and no promise: what cannot be understood is nothing.
    """

    def __init__(self, state: StateFolder | None = None, unit: UnitId | None = None) -> None:
        self._state, self._file = state, ""
        self._held: dict[Names, Recalled] = {}
        if state is not None and unit is not None:
            self._file = f"seen-{pseudonym(state, unit)}.json"
            self._held = _content(state.read(self._file, MAX_BYTES) or b"{}")

    def recall(self, folder: Names, entry: FolderEntry) -> Recalled | None:
        """What a file is that a folder lists, where it is the one that was read."""
        found = self._held.get((*folder, entry.name))
        same = found is not None and (found.size, found.modified) == (entry.size, entry.modified)
        return found if same else None

    def keep(self, seen: Mapping[Names, Recalled]) -> None:
        """Remembers this and nothing else; where it cannot be written, the next run reads all files again."""
        if self._state is None or not self._file or self._held == seen:
            return
        files = [[list(place), *one] for place, one in sorted(seen.items())]
        data = json.dumps({"reader": _READER, "files": files}).encode()
        if len(data) <= MAX_BYTES:
            with suppress(StateError):
                self._state.write(self._file, data)
                self._held = dict(seen)


def _content(data: bytes) -> dict[Names, Recalled]:
    try:
        held = json.loads(data)
        if held["reader"] != _READER:
            return {}
        return dict(map(_file, held["files"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return {}


def _file(row: object) -> tuple[Names, Recalled]:
    """:raises TypeError, ValueError: where it is no row."""
    match row:
        case [list(names), int(size), int(modified), int() | None as kind, list() | None as numbers, str(title)]:
            identity = None if numbers is None else WatchFileIdentity(*map(int, numbers))
            return tuple(map(str, names)), Recalled(size, modified, kind, identity, title)
    raise TypeError(row)
