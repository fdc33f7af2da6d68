"""What was copied to which watch, so that it can be told from what others put there, and be taken away again.

One file a watch, named by a hash of its unit id under a key of this computer: a copied ledger does not say
whose it is. An intent is on the disk before a byte is on the watch.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields, replace
from typing import Final, Literal, NamedTuple, cast, get_args

from negsplit.frozen import dataclass
from negsplit.state import StateError, StateFolder
from negsplit.watch.manifest import UnitId

MAX_BYTES: Final = 4_000_000
"""Of one ledger: some ten thousand workouts."""

_KEY: Final = "watch.key"
_VERSION: Final = 2
"""In the first nothing was carried; it is read all the same."""
_LARGEST: Final = 0xFFFFFFFE
"""Of the numbers in a FIT ``file_id``; one more says that there is none."""
_LONGEST_TEXT: Final = 5_000


State = Literal["copying", "copied", "carrying", "carried"]


class WatchFileIdentity(NamedTuple):
    """What a watch leaves as it was when it takes a file in: together they tell one file from all others."""

    serial_number: int
    time_created: int


@dataclass(frozen=True, slots=True)
class Copied:
    """A workout that is, or was about to be, on a watch.

    ``serial_number`` and ``time_created`` are those of its ``file_id``; ``key`` says what it was compiled from,
    ``file`` what it was called on the watch when it was put there, ``run`` in which run. What was read from the watch
    and put there again is *carried*: it is somebody else's.
    """

    serial_number: int
    time_created: int
    key: str
    name: str
    file: str
    run: int
    state: State = "copying"

    @property
    def is_ours(self) -> bool:
        return self.state in ("copying", "copied")

    @property
    def is_begun(self) -> bool:
        """Whether a part of it may be there, and nobody has seen all of it."""
        return self.state in _DONE

    @property
    def identity(self) -> WatchFileIdentity:
        """What the watch knows it by."""
        return WatchFileIdentity(self.serial_number, self.time_created)


_DONE: Final[dict[str, State]] = {"copying": "copied", "carrying": "carried"}
"""What becomes of what was begun."""
_Entries = dict[WatchFileIdentity, Copied]
_Content = tuple[int, int, _Entries]
"""The last run, the most workouts that were kept, and what was copied."""


class WatchLedger:
    """The ledger of one watch. Every change is on the disk before its method returns.

    Changes are made to what is on the disk then, so that two processes lose nothing of one another's.
    Every method raises :class:`~negsplit.state.StateError` alone; a ledger that cannot be read is left as it is.
    """

    def __init__(self, state: StateFolder, unit: UnitId) -> None:
        self._state = state
        self._stem = f"watch-{pseudonym(state, unit)}"
        self._file = f"{self._stem}.json"
        self._run, self._most_kept, self._copied = self._read()

    @property
    def run(self) -> int:
        """The number of the last run, 0 before the first."""
        return self._run

    @property
    def most_kept(self) -> int:
        """The most workouts that the watch was seen to keep."""
        return self._most_kept

    @property
    def entries(self) -> tuple[Copied, ...]:
        """What is known of the watch, the oldest run first, then by day."""
        return _in_order(self._copied.values())

    def begin(self) -> int:
        """Starts a run and gives its number."""
        with self._changing(runs=1):
            pass
        return self._run

    def entry(self, identity: WatchFileIdentity) -> Copied | None:
        """What is known of a file."""
        return self._copied.get(identity)

    def saw(self, kept: int) -> None:
        """So many workouts are kept on the watch; remembered where it is more than ever."""
        if kept > self._most_kept:
            with self._changing(kept=kept):
                pass

    def note(
        self, identity: WatchFileIdentity, *, key: str, name: str, file: str, run: int, carried: bool = False
    ) -> None:
        """This is about to be copied; or carried, where it is somebody else's."""
        with self._changing() as copied:
            state: State = "carrying" if carried else "copying"
            copied[identity] = Copied(*identity, key=key, name=name, file=file, run=run, state=state)

    def restore(self, identity: WatchFileIdentity, was: Copied | None) -> None:
        """This was not brought: it is as it was before."""
        with self._changing() as copied:
            copied.pop(identity, None)
            if was is not None:
                copied[identity] = was

    def confirm(self, identity: WatchFileIdentity) -> None:
        """This is on the watch; what another process has forgotten meanwhile stays forgotten."""
        with self._changing() as copied:
            if identity in copied:
                one = copied[identity]
                copied[identity] = replace(one, state=_DONE.get(one.state, one.state))

    def forget(self, identities: Iterable[WatchFileIdentity]) -> None:
        """These are no longer on the watch, or never were; what is not known does no harm."""
        with self._changing() as copied:
            for identity in identities:
                copied.pop(identity, None)

    @contextmanager
    def _changing(self, runs: int = 0, kept: int = 0) -> Iterator[_Entries]:
        """What is on the disk, to be changed; it is written at the end."""
        with self._state.lock(f"{self._stem}.lock"):
            run, most_kept, copied = self._read()
            run, most_kept = run + runs, max(most_kept, kept)
            yield copied
            self._state.write(self._file, self._written(run, most_kept, copied))
        self._run, self._most_kept, self._copied = run, most_kept, copied

    def _written(self, run: int, most_kept: int, copied: _Entries) -> bytes:
        """The bytes, read back: what cannot be read again would lock the ledger for good."""
        rows = [asdict(one) for one in _in_order(copied.values())]
        held = {"version": _VERSION, "run": run, "most_kept": most_kept, "copied": rows}
        data = json.dumps(held, indent=1, sort_keys=True).encode()
        if len(data) > MAX_BYTES:
            raise StateError(f"`{self._file}` would be larger than {MAX_BYTES} bytes")
        if _content(json.loads(data)) != (run, most_kept, copied):
            raise AssertionError("a ledger cannot be read back")
        return data

    def _read(self) -> _Content:
        data = self._state.read(self._file, MAX_BYTES)
        if data is None:
            return 0, 0, {}
        content, path = None, self._state.folder / self._file
        try:
            held = json.loads(data)
            if isinstance(held, dict) and _is_whole(held.get("version"), _VERSION + 1):
                raise StateError(f"`{path}` was written by a later negsplit: use that one, or move it away")
            content = _content(held)
        except (ValueError, RecursionError):
            pass
        if content is None:
            raise StateError(f"`{path}` is damaged: move it away, and what was copied so far is no longer known")
        return content


class PassingLedger(WatchLedger):
    """What is brought in this run, to a watch that does not say which one it is: at the next it is not known again."""

    def __init__(self) -> None:
        self._run, self._most_kept, self._copied = 0, 0, {}

    @contextmanager
    def _changing(self, runs: int = 0, kept: int = 0) -> Iterator[_Entries]:
        self._run += runs
        self._most_kept = max(self._most_kept, kept)
        yield self._copied


def pseudonym(state: StateFolder, unit: UnitId) -> str:
    """What a watch is called in the names of files: on every computer something else."""
    return unit.keyed_hash(state.secret(_KEY))[:16]


def _in_order(copied: Iterable[Copied]) -> tuple[Copied, ...]:
    return tuple(sorted(copied, key=lambda one: (one.run, one.time_created, one.serial_number)))


def _content(held: object) -> _Content | None:
    """What a ledger holds; None where that is something else. The first ones did not count what is kept."""
    if not isinstance(held, dict) or held.keys() | {"most_kept"} != {"version", "run", "copied", "most_kept"}:
        return None
    most_kept = held.get("most_kept", 0)
    if not _is_whole(most_kept):
        return None
    if not (_is_whole(held["version"], 1, _VERSION) and _is_whole(held["run"]) and type(held["copied"]) is list):
        return None
    if not all(map(_is_row, held["copied"])):
        return None
    copied = [Copied(**row) for row in held["copied"]]
    content = {one.identity: one for one in copied}
    return (cast(int, held["run"]), cast(int, most_kept), content) if len(content) == len(copied) else None


_FIELDS: Final = frozenset(field.name for field in fields(Copied))  # type: ignore[arg-type, unused-ignore]


def _is_row(row: object) -> bool:
    return (
        isinstance(row, dict)
        and row.keys() == _FIELDS
        and _is_whole(row["serial_number"], 1)
        and all(_is_whole(row[number]) for number in ("time_created", "run"))
        and all(isinstance(text := row[field], str) and len(text) <= _LONGEST_TEXT for field in ("key", "name", "file"))
        and row["state"] in get_args(State)
    )


def _is_whole(value: object, least: int = 0, most: int = _LARGEST) -> bool:
    """A whole number within bounds; JSON's true and 1.0 are none."""
    return type(value) is int and least <= value <= most
