"""Reads regular files, and nothing else: a pipe would wait for its writer, and opening a device may do something."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Final

_CAREFULLY: Final[int] = sum(getattr(os, flag, 0) for flag in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"))


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
    with open(descriptor, "rb") as file:
        _must_be_a_file(os.fstat(descriptor), path)  # another may stand there by now
        return file.read(most + 1)


def _must_be_a_file(found: os.stat_result, path: str | Path) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(found.st_mode):
        raise NotAFileError(path)


def is_file(path: Path) -> bool:
    """Whether a regular file stands there itself, no link to one."""
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except OSError:
        return False
