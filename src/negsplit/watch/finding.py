"""Every watch on the cable, by whichever way; each once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from negsplit.watch.door import WatchPlace
from negsplit.watch.errors import WatchError
from negsplit.watch.ways import volumes


class Found(NamedTuple):
    """The watches found, and what stood in the way of finding more."""

    places: list[WatchPlace]
    hindrances: list[WatchError]


def find(mount: Path | None = None) -> Found:
    """The watches there are, mounted volumes first; with ``mount`` the one in that folder alone."""
    if mount is not None:
        return Found([volumes.at(mount)], [])
    from negsplit.watch.ways import gvfs, mtp, wpd

    hindrances: list[WatchError] = []
    mounted = _by(volumes.find, hindrances)
    shared = _by(gvfs.find, hindrances)
    # What gvfs has mounted libmtp sees too, and cannot have; which is which no one can tell without serial numbers.
    bare = _by(mtp.find, [] if shared else hindrances)[len(shared) :]
    portable = _by(wpd.find, hindrances)
    return Found([*mounted, *shared, *bare, *portable], hindrances)


def _by(way: Callable[[], list[WatchPlace]], hindrances: list[WatchError]) -> list[WatchPlace]:
    """What one way finds; a way that is barred is no reason not to try the others."""
    try:
        return way()
    except WatchError as error:
        hindrances.append(error)
        return []
