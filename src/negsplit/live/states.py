"""What tells a file that was saved from the same file before, and a folder with another file in it."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from negsplit.desk.inputs import SUFFIXES, inputs, names_in, sort_of


class Written(NamedTuple):
    """A file: its number on the disk, its size in bytes, and when it was written, in ns since 1970."""

    number: int
    size: int
    at: int


State = Written | tuple[str, ...] | None
"""Of a folder the names of its YAML files; None where nothing is."""


def state(path: Path) -> State:
    """What stands at a path now: both ways to save, another file of that name and other bytes in it, change that."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):  # a name that no file can have
        return None
    if stat.S_ISDIR(found.st_mode):
        return tuple(name for name in names_in(path) if name.lower().endswith(SUFFIXES) and not name.startswith("."))
    return Written(found.st_ino, found.st_size, found.st_mtime_ns)


class Folder:
    """The workouts and plans in a folder and below it. Each is read again only once it has changed."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self._known: dict[Path, tuple[State, bool]] = {}

    def look(self) -> dict[Path, State]:
        """Their states now, in the order of their names.

        What was one remains one as long as it is there: between emptying a file and writing it, it begins as nothing.
        """
        before, self._known = self._known, {}
        for path in (item.path for item in inputs([self.top])[0]):
            now = state(path)
            then, was = before.get(path, (None, False))
            self._known[path] = (now, was or (now != then and sort_of(path) in ("workout", "plan")))
        return {path: now for path, (now, is_one) in self._known.items() if is_one}


def saved_last(files: Mapping[Path, State]) -> Path | None:
    """The file that was written last, by the time it has; None of none."""

    def at(path: Path) -> int:
        found = files[path]
        return found.at if isinstance(found, Written) else -1

    return max(files, key=at, default=None)
