"""What is on a watch: the workouts it keeps, those that wait to be imported, and its schedule.

Watches write what no encoder would: names without an end, rubbish behind it. What cannot be read is listed all
the same, with the reason, and is never taken for ours.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from negsplit.formats.fit_profile import FILE_TYPE_SCHEDULE, FILE_TYPE_WORKOUT
from negsplit.frozen import dataclass
from negsplit.watch.door import Names
from negsplit.watch.errors import Gone, NotThere, Refused
from negsplit.watch.ledger import Identity

if TYPE_CHECKING:
    from negsplit.watch.attached import Watch

MAX_BYTES: Final = 64 * 1024
"""Largest file that is read here; 50 steps as a watch stores them take 13 kB."""
_MOST_FILES: Final = 500
_NO_NUMBER: Final = 0xFFFFFFFF
"""What some programs write as a serial number where they have none; in FIT that is 0."""


@dataclass(frozen=True, slots=True)
class OnWatch:
    """A file on the watch. ``title`` is the workout's name as stored, without blanks around it; ``fault`` says why the
    file cannot be read.
    """

    place: Names
    data: bytes
    kind: int | None
    identity: Identity | None
    title: str
    fault: str = ""

    @property
    def is_workout(self) -> bool:
        return self.kind == FILE_TYPE_WORKOUT

    @property
    def is_schedule(self) -> bool:
        return self.kind == FILE_TYPE_SCHEDULE


@dataclass(frozen=True, slots=True)
class Inventory:
    """``kept`` are the files in the folder of workouts, ``waiting`` those put there for the watch to import.

    ``schedule`` is the file that the watch keeps its schedule in, None where it has none yet.
    """

    kept: tuple[OnWatch, ...]
    waiting: tuple[OnWatch, ...]
    schedule: OnWatch | None

    @property
    def workouts(self) -> list[OnWatch]:
        """Every workout, imported or waiting."""
        return [one for one in (*self.kept, *self.waiting) if one.is_workout]

    def without(self, places: Collection[Names]) -> Inventory:
        """What is there once some of those that wait are gone."""
        return replace(self, waiting=tuple(one for one in self.waiting if one.place not in places))


def take_inventory(watch: Watch) -> Inventory:
    """Reads what is there.

    :raises WatchError: where a folder cannot be listed, or the watch goes away.
    """
    kept = _files(watch, watch.workouts.kept)
    waiting = () if watch.workouts.into == watch.workouts.kept else _files(watch, watch.workouts.into)
    return Inventory(kept, waiting, _schedule(watch))


def _files(watch: Watch, folder: Names | None) -> tuple[OnWatch, ...]:
    if folder is None:
        return ()
    names = [entry.name for entry in watch.door.list(folder) if entry.kind == "file" and is_fit(entry.name)]
    if len(names) > _MOST_FILES:
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
    from negsplit.formats.fit_reader import FitReadError, read, read_file_id, read_schedule

    kind, identity = None, None
    try:
        file_id = read_file_id(data)
        kind = file_id.type
        if file_id.serial_number not in (None, _NO_NUMBER) and file_id.time_created is not None:
            identity = Identity(file_id.serial_number, file_id.time_created)
        title = read(data).name.strip() if kind == FILE_TYPE_WORKOUT else ""
        if kind == FILE_TYPE_SCHEDULE:
            read_schedule(data)
    except FitReadError as error:
        return OnWatch(place, data, kind, None, "", str(error))
    return OnWatch(place, data, kind, identity, title)
