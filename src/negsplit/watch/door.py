"""The one interface behind which every way into a watch stands: folders and files, whole, by their names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal, NamedTuple, Protocol

from negsplit.frozen import dataclass
from negsplit.watch.errors import NotThere

Names = tuple[str, ...]
"""A place on a watch: the names from the root of its storage down, as they are spelt there."""
Way = Literal["volume", "gvfs", "mtp", "wpd"]

ROOT: Final[Names] = ()
MANIFEST: Final[Names] = ("GARMIN", "GarminDevice.xml")
"""Where every Garmin watch says what it is, in whatever case."""


class FolderEntry(NamedTuple):
    """What a folder lists. ``size`` is in bytes, 0 where it is no file; links and devices are ``other``.

    ``modified`` is when a file was last written, in seconds of whatever clock the watch goes by; None where it does
    not say.
    """

    name: str
    kind: Literal["file", "folder", "other"]
    size: int = 0
    modified: int | None = None


class Door(Protocol):
    """An open way into one watch. Every method raises a :class:`~negsplit.watch.errors.WatchError` alone.

    No name is followed where it leads through a link, and no name holds a separator or is ``..``.
    """

    def list(self, folder: Names) -> list[FolderEntry]:
        """What a folder holds, in the order of the names."""

    def read(self, file: Names, most: int) -> bytes:
        """A file whole, from the watch and no cache where that can be had.

        :raises Refused: where it holds more than ``most`` bytes.
        :raises Unusable: where it cannot be read, or not all of it came.
        """

    def put(self, folder: Names, name: str, data: bytes) -> None:
        """A new file. On return the watch has every byte; on any error there is no file of that name.

        Where not even that can be done, because the watch is gone, what it got is whatever it got.

        :raises Taken: where the name is taken, also in another case; nothing is written over.
        :raises Unusable: where the watch did not keep it as it was sent.
        """

    def remove(self, file: Names) -> None:
        """Removes a file.

        :raises Unusable: where it stays.
        """

    def free(self) -> int | None:
        """Bytes that are free on the watch; None where it does not say."""

    def close(self) -> None:
        """Lets go of the watch, so that others may have it. Harmless when called again."""


@dataclass(frozen=True, slots=True)
class WatchPlace:
    """A watch that was found and is not open yet.

    ``where`` tells it from others and is shown to people: a mount point, a place on the bus; no serial number.
    ``let_go`` has whatever shares the watch let go of it, where closing or unmounting is not all there is to do.
    """

    way: Way
    where: str
    open: Callable[[], Door]
    let_go: Callable[[], None] | None = None


def located(door: Door, names: Names, within: Names = ROOT) -> Names:
    """A place as it is spelt on the watch: manifests write upper case, folders are in any case.

    :raises NotThere: where it is not there.
    """
    found = within
    for name in names:
        there = [entry.name for entry in door.list(found)]
        exact = [name] if name in there else [one for one in there if one.casefold() == name.casefold()]
        if not exact:
            raise NotThere(f"there is no `{shown((*found, name))}` on the watch")
        found = (*found, exact[0])
    return found


def shown(place: Names) -> str:
    """A place as people write it."""
    return "/".join(place) or "/"


LEFTOVER: Final = ".negsplit-"
"""How a file is called while it is written, where it can be renamed afterwards."""


def is_leftover(name: str) -> bool:
    """Whether a name is that of a file which was being written when the cable was pulled."""
    return name.startswith(LEFTOVER) and name.endswith(".tmp")
