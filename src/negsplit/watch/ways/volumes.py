"""Watches that show themselves as a mounted volume: most of those without music or maps."""

from __future__ import annotations

import os
import string
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final, NamedTuple

from negsplit.watch.door import WatchPlace
from negsplit.watch.errors import Unusable
from negsplit.watch.ways.volume_door import VolumeDoor
from negsplit.watch.ways.volume_files import FolderIdentity, identity

FOLDER: Final = "garmin"
MANIFEST: Final = "garmindevice.xml"
PATIENCE: Final = 3.0
"""Seconds that a mounted volume has to show what it holds; a server that is gone never answers."""


class Top(NamedTuple):
    """A folder to look for watches in, and how many levels below it they may be mounted."""

    folder: Path
    levels: int


def tops(system: str = sys.platform, root: Path = Path("/")) -> list[Top]:
    """Where a system mounts volumes. ``root`` is the root of its file system."""
    if system == "win32":
        return [Top(drive, 0) for drive in _drives()]
    if system == "darwin":
        return [Top(root / "Volumes", 1)]
    return [Top(root / "media", 2), Top(root / "run" / "media", 2), Top(root / "mnt", 1)]


def _drives() -> list[Path]:
    if sys.platform == "win32":
        import ctypes

        # An empty card reader would put up a window that asks for a disk (SEM_FAILCRITICALERRORS, winbase.h).
        ctypes.windll.kernel32.SetErrorMode(ctypes.windll.kernel32.GetErrorMode() | 1)
    listed: Callable[[], list[str]] | None = getattr(os, "listdrives", None)  # from Python 3.12
    return [Path(drive) for drive in (listed() if listed else (f"{letter}:\\" for letter in string.ascii_uppercase))]


def find(where: list[Top] | None = None) -> list[WatchPlace]:
    """The volumes that hold `GARMIN/GarminDevice.xml`, in any case, each once.

    What is a link, cannot be read or does not answer in time is passed over.
    """
    found: dict[FolderIdentity, Path] = {}
    for root, known in sorted(_holders(tops() if where is None else where)):
        found.setdefault(known, root)
    return [_place(root, known) for known, root in found.items()]


def _holders(where: list[Top]) -> list[tuple[Path, FolderIdentity]]:
    """Looks into each folder in a thread of its own: one that never answers holds up nobody, not even the exit."""
    answers: SimpleQueue[tuple[Top, _Look]] = SimpleQueue()
    waiting, found = 0, []

    def ask(top: Top) -> None:
        threading.Thread(target=lambda: answers.put((top, _look(top.folder))), daemon=True).start()

    for top in where:
        ask(top)
        waiting += 1
    deadline = time.monotonic() + PATIENCE
    while waiting and (left := deadline - time.monotonic()) > 0:
        with suppress(Empty):
            top, look = answers.get(timeout=left)
            waiting -= 1
            if look.watch is not None:
                found.append((top.folder, look.watch))
            for name in look.folders if top.levels else ():
                ask(Top(top.folder / name, top.levels - 1))
                waiting += 1
    return found


class _Look(NamedTuple):
    """What is in a folder: the names of its folders, and which folder it is where it holds a watch."""

    folders: list[str]
    watch: FolderIdentity | None = None


def _look(folder: Path) -> _Look:
    folders: list[str] = []
    try:
        with os.scandir(folder) as entries:
            folders += (entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
        if any(_has_manifest(folder / name) for name in folders if name.casefold() == FOLDER):
            return _Look(folders, identity(os.stat(folder)))
    except OSError:
        pass
    return _Look(folders)


def _has_manifest(folder: Path) -> bool:
    with suppress(OSError), os.scandir(folder) as entries:
        return any(entry.name.casefold() == MANIFEST and entry.is_file(follow_symlinks=False) for entry in entries)
    return False


def at(folder: Path) -> WatchPlace:
    """The watch in a folder that somebody named: the root of its volume, the folder in it, or the one above.

    Whether there is one shows when it is opened.

    :raises Unusable: where the folder is above several.
    """
    root = Path(os.path.realpath(folder))
    if _has_manifest(root):
        root = root.parent
    elif _look(root).watch is None:
        below = sorted(_holders([Top(root, 1)]))
        if len(below) > 1:
            there = " and ".join(f"`{path}`" for path, _ in below)
            raise Unusable(f"there are {len(below)} watches in `{root}`", f"name one of them: {there}")
        if below:
            return _place(*below[0])
    known = None
    with suppress(OSError):
        known = identity(os.lstat(root))
    return _place(root, known)


def _place(root: Path, known: FolderIdentity | None) -> WatchPlace:
    return WatchPlace("volume", str(root), partial(VolumeDoor, root, known))
