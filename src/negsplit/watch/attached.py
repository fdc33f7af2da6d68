"""An attached watch: an open door, what its own manifest says of it, and the folders that matter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from negsplit.formats.fit.profile import FILE_TYPE_SCHEDULE, FILE_TYPE_WORKOUT
from negsplit.frozen import dataclass
from negsplit.watch.door import MANIFEST, Door, Names, WatchPlace, located, shown
from negsplit.watch.errors import NotThere, Refused, Unusable
from negsplit.watch.manifest import MAX_BYTES, GarminDevice, Location, parse

_TCX: Final = "fitnessworkouts"
"""What an Edge of the years before FIT calls its workouts, in small letters."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where one kind of file goes in, and where the watch keeps it, as spelt there; None where it has no such folder.

    ``kept_name`` is the name of the one file that the watch keeps them in, empty where it keeps many. Why there is no
    folder is said by ``no_into`` and ``no_kept``.
    """

    into: Names | None
    kept: Names | None
    kept_name: str = ""
    no_into: str = ""
    no_kept: str = ""


@dataclass(frozen=True, slots=True)
class Watch:
    """A watch, open. ``refusal`` says why it takes no workouts; it is empty where it does."""

    place: WatchPlace
    door: Door
    device: GarminDevice
    workouts: Folders
    schedules: Folders
    refusal: str

    @property
    def name(self) -> str:
        """What the watch calls its model."""
        return self.device.model or "unnamed watch"

    @property
    def misses_its_folder(self) -> bool:
        """Whether its manifest names a folder that new workouts go to, and none of that name is there now."""
        return self.workouts.into is None and bool(self.device.into(FILE_TYPE_WORKOUT))

    def close(self) -> None:
        """Lets go of the watch."""
        self.door.close()


def attach(place: WatchPlace) -> Watch:
    """Opens a watch that was found, and reads what it says of itself.

    :raises WatchError: where it cannot be opened, or its manifest cannot be used.
    """
    door = place.open()
    try:
        return _attached(place, door)
    except BaseException:
        door.close()
        raise


def _attached(place: WatchPlace, door: Door) -> Watch:
    try:
        manifest = located(door, MANIFEST)
    except NotThere:
        message = f"there is no `{shown(MANIFEST)}` in {place.where}"
        raise Unusable(message, "every Garmin watch has one: is this the watch's own volume?") from None
    device = parse(door.read(manifest, MAX_BYTES))
    workouts = _folders(door, device, FILE_TYPE_WORKOUT)
    schedules = _folders(door, device, FILE_TYPE_SCHEDULE)
    return Watch(place, door, device, workouts, schedules, _refusal(device, workouts))


def _folders(door: Door, device: GarminDevice, kind: int) -> Folders:
    into, no_into = _first(door, device, device.into(kind), f"to put files of FIT_TYPE_{kind} into")
    kept, no_kept = _first(door, device, device.out_of(kind), f"that it keeps files of FIT_TYPE_{kind} in")
    sole = kept[1] if kept else None
    base_name = f"{sole.base_name}.{sole.extension}" if sole and sole.base_name else ""
    return Folders(into and into[0], kept and kept[0], base_name, no_into, no_kept)


def _first(
    door: Door, device: GarminDevice, named: Sequence[Location], what: str
) -> tuple[tuple[Names, Location] | None, str]:
    """The first folder of some that is there, with what named it; else why there is none."""
    missing, faults = [], []
    for one in named:
        if one.fault:
            faults.append(one.fault)
            continue
        try:
            return (located(door, one.folder), one), ""
        except (NotThere, Refused):  # Refused: a file stands where a folder should
            missing.append(f"`{shown(one.folder)}`")
    if missing:
        names = " and ".join(dict.fromkeys(missing))
        return None, f"its manifest names {names}, which {'is' if len(missing) == 1 else 'are'} not there"
    if faults:
        return None, faults[0]
    if not device.data_types:
        return None, "its manifest names no folders"
    return None, f"its manifest names no folder {what}"


def _refusal(device: GarminDevice, workouts: Folders) -> str:
    into = device.into(FILE_TYPE_WORKOUT)
    if not into and _TCX in device.data_types:
        return "it takes workouts as TCX files (FitnessWorkouts), not as FIT files"
    if not into and device.data_types:
        return "its manifest names no folder for workouts (FIT_TYPE_5): this model has none"
    if workouts.into is None:
        return workouts.no_into
    both = any(one.direction == "InputOutput" for one in into)
    if workouts.into == workouts.kept and not both:
        return "its manifest sends workouts to the same folder that the watch keeps them in"
    return ""
