"""Reads regular files, and nothing else: a pipe would wait for its writer, and opening a device may do something."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_CAREFULLY: Final[int] = sum(getattr(os, flag, 0) for flag in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"))

_PIECE: Final = 32_768
"""Bytes that are read at once: nearly every file whole."""


class NotAFileError(OSError):
    """What stands there is a pipe, a socket or a device."""

    def __init__(self, path: str | Path) -> None:
        super().__init__(errno.EINVAL, "it is not a file", str(path))


def read(path: str | Path, most: int) -> bytes:
    """A regular file, or as much of it as shows that it has more than ``most`` bytes.

    Links are followed. :class:`OSError` where there is nothing to read, :class:`IsADirectoryError` for a folder,
    :class:`NotAFileError` for anything else that is no file.
    """
    _must_be_a_file(os.stat(path), path)
    descriptor = os.open(path, os.O_RDONLY | _CAREFULLY)
    try:
        _must_be_a_file(os.fstat(descriptor), path)  # another may stand there by now
        return b"".join(_pieces(descriptor, most + 1))
    finally:
        os.close(descriptor)


def _pieces(descriptor: int, most: int) -> Iterator[bytes]:
    """Not all that may be read at once: there would be room made for it, however small the file is."""
    while most and (piece := os.read(descriptor, min(most, _PIECE))):
        yield piece
        most -= len(piece)


def _must_be_a_file(found: os.stat_result, path: str | Path) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(found.st_mode):
        raise NotAFileError(path)


def plain_file(path: Path) -> os.stat_result | None:
    """What is known of a regular file that stands there itself, no link to one; None where there is none."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return found if stat.S_ISREG(found.st_mode) else None


def holds(path: Path, data: bytes) -> bool:
    """Whether a regular file stands there itself, and has that content; OSError where nobody can read it."""
    found = plain_file(path)
    return found is not None and found.st_size == len(data) and read(path, len(data)) == data


def is_file(path: Path) -> bool:
    """Whether a regular file stands there itself, no link to one."""
    return plain_file(path) is not None
