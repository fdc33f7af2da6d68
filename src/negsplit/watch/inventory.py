"""What is on a watch: the workouts it keeps, those that wait to be imported, and its schedule.

Watches write what no encoder would: names without an end, rubbish behind it. What cannot be read is listed all
the same, with the reason, and is never taken for ours.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from negsplit.formats.fit.profile import FILE_TYPE_SCHEDULE, FILE_TYPE_WORKOUT
from negsplit.frozen import dataclass
from negsplit.watch.door import FolderEntry, Names, shown
from negsplit.watch.errors import Gone, NotThere, Refused
from negsplit.watch.ledger import WatchFileIdentity
from negsplit.watch.memory import EARLIEST, Memory, Recalled

if TYPE_CHECKING:
    from negsplit.watch.attached import Watch

MAX_BYTES: Final = 64 * 1024
"""Largest file that is read here; 50 steps as a watch stores them take 13 kB."""
MOST_FILES: Final = 500
"""That are read below one folder."""
_DEEPEST: Final = 2
"""Folders inside one another below the one that workouts are kept in."""
_BUILT_IN: Final = ("intrvl", "guided")
"""Folders of workouts that come with a watch, in small letters."""
NOTHING: Final = Memory()
_NO_NUMBER: Final = 0xFFFFFFFF
"""What some programs write as a serial number where they have none; in FIT that is 0."""


@dataclass(frozen=True, slots=True)
class OnWatch:
    """A file on the watch. ``title`` is the workout's name as stored, without blanks around it; ``fault`` says why the
    file cannot be read.

    ``data`` is None of a file that is known from an earlier time. ``built_in`` ones came with the watch.
    """

    place: Names
    data: bytes | None
    kind: int | None
    identity: WatchFileIdentity | None
    title: str
    fault: str = ""
    built_in: bool = False

    @property
    def is_workout(self) -> bool:
        return self.kind == FILE_TYPE_WORKOUT

    @property
    def is_schedule(self) -> bool:
        return self.kind == FILE_TYPE_SCHEDULE


@dataclass(frozen=True, slots=True)
class Inventory:
    """``kept`` are the files in the folder of workouts and below it, ``waiting`` those put there to be imported.

    ``schedule`` is the file that the watch keeps its schedule in, None where it has none yet. ``unread`` says what
    was not looked at: whatever is not here may be there.
    """

    kept: tuple[OnWatch, ...]
    waiting: tuple[OnWatch, ...]
    schedule: OnWatch | None
    unread: tuple[str, ...] = ()

    @property
    def workouts(self) -> list[OnWatch]:
        """Every workout, imported or waiting, but for those that came with the watch."""
        return [one for one in (*self.kept, *self.waiting) if one.is_workout and not one.built_in]

    def without(self, places: Collection[Names]) -> Inventory:
        """What is there once some of those that wait are gone."""
        return replace(self, waiting=tuple(one for one in self.waiting if one.place not in places))


def take_inventory(watch: Watch, memory: Memory = NOTHING) -> Inventory:
    """Reads what is there; of the files that are kept, what is not remembered.

    :raises WatchError: where a folder cannot be listed, or the watch goes away.
    :raises StateError: where what was read cannot be remembered.
    """
    kept, unread = _kept(watch, memory)
    waiting = () if watch.workouts.into == watch.workouts.kept else _waiting(watch)
    return Inventory(kept, waiting, _schedule(watch), tuple(unread))


class _Listed(NamedTuple):
    """A FIT file in a folder, not read yet."""

    folder: Names
    entry: FolderEntry


def _kept(watch: Watch, memory: Memory) -> tuple[tuple[OnWatch, ...], list[str]]:
    """The files that the watch keeps, and what of them was not looked at."""
    if watch.workouts.kept is None:
        return (), [f"workouts that it keeps: {watch.workouts.no_kept}"]
    unread: list[str] = []
    listed = list(_walk(watch, watch.workouts.kept, 0, unread))
    if len(listed) > MOST_FILES:
        unread.append(f"{len(listed) - MOST_FILES} files of {len(listed)} below `{shown(watch.workouts.kept)}`")
    found, seen = [], {}
    for folder, entry in listed[:MOST_FILES]:
        known = memory.recall(folder, entry)
        one = _recalled((*folder, entry.name), known) if known else look_at(watch, (*folder, entry.name))
        found.append(replace(one, built_in=_is_built_in(folder)))
        if entry.modified is not None and entry.modified >= EARLIEST and not one.fault:
            seen[one.place] = known or Recalled(entry.size, entry.modified, one.kind, one.identity, one.title)
    memory.keep(seen)
    return tuple(found), unread


def _walk(watch: Watch, folder: Names, depth: int, unread: list[str]) -> Iterator[_Listed]:
    """The FIT files of a folder and those below it, what came with the watch at the end."""
    entries = watch.door.list(folder)
    yield from (_Listed(folder, entry) for entry in entries if entry.kind == "file" and is_fit(entry.name))
    below = [(*folder, entry.name) for entry in entries if entry.kind == "folder"] if folder else []
    for inner in sorted(below, key=lambda one: (_is_built_in(one), one)):
        if inner == watch.workouts.into:
            continue
        if depth == _DEEPEST:
            unread.append(f"the folder `{shown(inner)}`, which lies too deep")
        else:
            yield from _walk(watch, inner, depth + 1, unread)


def _is_built_in(folder: Names) -> bool:
    return any(name.casefold() in _BUILT_IN for name in folder)


def _recalled(place: Names, known: Recalled) -> OnWatch:
    return OnWatch(place, None, known.kind, known.identity, known.title)


def _waiting(watch: Watch) -> tuple[OnWatch, ...]:
    folder = watch.workouts.into
    if folder is None:
        return ()
    names = [entry.name for entry in watch.door.list(folder) if entry.kind == "file" and is_fit(entry.name)]
    if len(names) > MOST_FILES:
        raise Refused(f"a folder of the watch holds {len(names)} FIT files, more than any watch keeps")
    return tuple(look_at(watch, (*folder, name)) for name in names)


def is_fit(name: str) -> bool:
    """Whether a watch would take it for a FIT file; macOS leaves files that begin with a dot beside others."""
    return name.lower().endswith(".fit") and not name.startswith(".")


def _schedule(watch: Watch) -> OnWatch | None:
    folder, name = watch.schedules.kept, watch.schedules.kept_name or "SCHEDULE.FIT"
    if folder is None:
        return None
    names = (entry.name for entry in watch.door.list(folder))  # of any kind: what is no file cannot be read
    found = next((one for one in names if one.casefold() == name.casefold()), None)
    return None if found is None else look_at(watch, (*folder, found))


def look_at(watch: Watch, place: Names) -> OnWatch:
    """Reads and decodes one file; what it holds may be anything.

    :raises Gone: where the watch goes away.
    :raises NotThere: where the file does.
    """
    try:
        data = watch.door.read(place, MAX_BYTES)
    except (Gone, NotThere):
        raise
    except Refused as error:
        return OnWatch(place, b"", None, None, "", error.message)
    return decoded(place, data)


def decoded(place: Names, data: bytes) -> OnWatch:
    """What a file is, as far as it can be read."""
    from negsplit.formats.fit.read import FitReadError, read, read_file_id, read_schedule

    kind, identity = None, None
    try:
        file_id = read_file_id(data)
        kind = file_id.type
        if file_id.serial_number not in (None, _NO_NUMBER) and file_id.time_created is not None:
            identity = WatchFileIdentity(file_id.serial_number, file_id.time_created)
        title = ""
        if kind in (FILE_TYPE_WORKOUT, None):  # old watches' own workouts do not say what they are
            title, kind = read(data).name.strip(), FILE_TYPE_WORKOUT
        if kind == FILE_TYPE_SCHEDULE:
            read_schedule(data)
    except FitReadError as error:
        return OnWatch(place, data, kind, None, "", str(error))
    return OnWatch(place, data, kind, identity, title)
