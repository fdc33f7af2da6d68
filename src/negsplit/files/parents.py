"""The folders that a file is to lie in: made where they are missing, taken away when nothing came of it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def made(folder: Path) -> Iterator[None]:
    """Makes a folder and those above it that are missing; those are gone again where what follows fails.

    :raises OSError: where one cannot be made; FileExistsError or NotADirectoryError where a file has its name.
    """
    missing = _missing(folder)
    try:
        for one in reversed(missing):
            _make(one)
        yield
    except BaseException:
        take_away(missing)
        raise


def _missing(folder: Path) -> list[Path]:
    """Those that are not there, the innermost first."""
    found = []
    while not os.path.isdir(folder) and folder != folder.parent:
        found.append(folder)
        folder = folder.parent
    return found


def _make(folder: Path) -> None:
    try:
        os.mkdir(folder)
    except FileExistsError:  # another process may have made it meanwhile
        if not os.path.isdir(folder):
            raise


def take_away(folders: Sequence[Path]) -> None:
    """Removes folders that are empty, the innermost first; whatever holds something stays."""
    for folder in folders:
        with suppress(OSError):
            os.rmdir(folder)
