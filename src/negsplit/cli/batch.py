"""Files that belong together, written all at once or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path

from negsplit.cli import console
from negsplit.diagnostics import Diagnostic


def write_together(folder: Path, files: Mapping[str, bytes], stale: Collection[str] = ()) -> Diagnostic | None:
    """Writes files into a folder, made where there is none, and removes the stale ones; why not, where it cannot.

    All of them are written under names nobody can guess before the first takes its place, and what they replace
    is kept aside until the last has: on any error the folder holds what it held before. Files that hold the same
    already are left as they are.
    """
    change = _Change(folder)
    try:
        change.begin()
        for name, data in files.items():
            if not _holds(folder / name, data):
                change.stage(name, data)
        change.commit(stale)
    except OSError as error:
        change.undo()
        return _unwritable(change.place, error)
    except BaseException:
        change.undo()
        raise
    change.clean()
    return None


def is_file(path: Path) -> bool:
    """Whether a regular file stands there itself, no link to one."""
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except OSError:
        return False


def _holds(path: Path, data: bytes) -> bool:
    try:
        return is_file(path) and path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


class _Change:
    """What is done to a folder, and how to undo it. ``place`` is where it is at work."""

    def __init__(self, folder: Path) -> None:
        self.folder = self.place = folder
        self.made: list[Path] = []
        self.staged: list[tuple[Path, Path]] = []
        self.aside: list[tuple[Path, Path]] = []
        self.placed: list[Path] = []

    def begin(self) -> None:
        at = self.folder
        while not os.path.lexists(at):
            self.made.append(at)
            at = at.parent
        self.folder.mkdir(parents=True, exist_ok=True)

    def stage(self, name: str, data: bytes) -> None:
        self.place = self.folder / name
        if self.place.is_dir() and not self.place.is_symlink():
            raise IsADirectoryError
        beside = self._unguessable()
        self.staged.append((beside, self.place))
        with open(beside, "xb") as file:
            file.write(data)

    def commit(self, stale: Collection[str]) -> None:
        for beside, place in self.staged:
            self.place = place
            self._set_aside()
            self.placed.append(place)
            os.rename(beside, place)
        for name in stale:
            self.place = self.folder / name
            self._set_aside()

    def _set_aside(self) -> None:
        if os.path.lexists(self.place):
            aside = self._unguessable()
            self.aside.append((aside, self.place))
            os.rename(self.place, aside)

    def _unguessable(self) -> Path:
        return self.folder / f".{os.urandom(8).hex()}.tmp"

    def undo(self) -> None:
        for place in self.placed:
            with suppress(OSError):
                place.unlink(missing_ok=True)
        for aside, place in self.aside:
            with suppress(OSError):  # it was not moved yet, or cannot be moved back
                os.rename(aside, place)
        for beside, _ in self.staged:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
        for folder in self.made:
            with suppress(OSError):
                folder.rmdir()

    def clean(self) -> None:
        for aside, _ in self.aside:
            with suppress(OSError):
                aside.unlink()


def _unwritable(path: Path, error: OSError) -> Diagnostic:
    why = console.reason(error) if error.strerror else ""
    if isinstance(error, IsADirectoryError):
        why = "a folder has that name"
    elif isinstance(error, FileExistsError | NotADirectoryError):
        why = "a file stands where its folder should be"
    return Diagnostic("unwritable", f"cannot write `{path}`: {why}", None, ("nothing of this plan was written",))
