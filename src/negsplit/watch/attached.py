"""An attached watch: an open door, what its own manifest says of it, and the folders that matter."""

from __future__ import annotations

from typing import Final

from negsplit.formats.fit_profile import FILE_TYPE_SCHEDULE, FILE_TYPE_WORKOUT
from negsplit.frozen import dataclass
from negsplit.watch import garmin_device
from negsplit.watch.door import Door, Names, Place, located, shown
from negsplit.watch.errors import NotThere, Unusable
from negsplit.watch.garmin_device import GarminDevice, Location

MANIFEST: Final[Names] = ("GARMIN", "GarminDevice.xml")


@dataclass(frozen=True, slots=True)
class Folders:
    """Where one kind of file goes in, and where the watch keeps it, as spelt there; None where it has no such folder.

    ``kept_name`` is the name of the one file that the watch keeps them in, empty where it keeps many.
    """

    into: Names | None
    kept: Names | None
    kept_name: str = ""


@dataclass(frozen=True, slots=True)
class Watch:
    """A watch, open. ``refusal`` says why it takes no workouts; it is empty where it does."""

    place: Place
    door: Door
    device: GarminDevice
    workouts: Folders
    schedules: Folders
    refusal: str

    @property
    def name(self) -> str:
        """What the watch calls its model."""
        return self.device.model or "unnamed watch"

    def close(self) -> None:
        """Lets go of the watch."""
        self.door.close()


def attach(place: Place) -> Watch:
    """Opens a watch that was found, and reads what it says of itself.

    :raises WatchError: where it cannot be opened, or its manifest cannot be used.
    """
    door = place.open()
    try:
        return _attached(place, door)
    except BaseException:
        door.close()
        raise


def _attached(place: Place, door: Door) -> Watch:
    try:
        manifest = located(door, MANIFEST)
    except NotThere:
        message = f"there is no `{shown(MANIFEST)}` in {place.where}"
        raise Unusable(message, "every Garmin watch has one: is this the watch's own volume?") from None
    device = garmin_device.parse(door.read(manifest, garmin_device.MAX_BYTES))
    workouts = _folders(door, device, FILE_TYPE_WORKOUT)
    schedules = _folders(door, device, FILE_TYPE_SCHEDULE)
    return Watch(place, door, device, workouts, schedules, _refusal(device, workouts))


def _folders(door: Door, device: GarminDevice, kind: int) -> Folders:
    into, out_of = device.into(kind), device.out_of(kind)
    base_name = f"{out_of.base_name}.{out_of.extension}" if out_of and out_of.base_name else ""
    return Folders(_folder(door, into), _folder(door, out_of), base_name)


def _folder(door: Door, location: Location | None) -> Names | None:
    if location is None:
        return None
    try:
        return located(door, location.folder)
    except NotThere:
        return None


def _refusal(device: GarminDevice, workouts: Folders) -> str:
    into, out_of = device.into(FILE_TYPE_WORKOUT), device.out_of(FILE_TYPE_WORKOUT)
    if into is None:
        return "its manifest names no folder for workouts (FIT_TYPE_5): this model takes none"
    if workouts.into is None:
        return f"its manifest sends workouts to `{shown(into.folder)}`, and there is no such folder"
    if out_of is not None and out_of is not into and workouts.into == workouts.kept:
        return "its manifest sends workouts to the very folder that the watch keeps them in"
    return ""
