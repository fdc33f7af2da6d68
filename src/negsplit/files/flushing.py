"""Has what was written reach the disk, so that a power cut finds it there."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

if sys.platform == "darwin":
    import fcntl

_UNKNOWN: Final = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS)
"""What file systems answer that keep no folders to be flushed."""


def flush(descriptor: int) -> None:
    """Has everything written to the device itself, past the device's own cache too."""
    if sys.platform == "darwin":
        with suppress(OSError):  # not every file system knows it
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def flush_names(descriptor: int) -> None:
    """Has the names in an open folder written to the device, where its file system can be told to."""
    try:
        flush(descriptor)
    except OSError as error:
        if error.errno not in _UNKNOWN:
            raise


def flush_folder(folder: Path) -> None:
    """Has the names in a folder written to the device: a rename is there when its folder is. Windows opens none."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        flush_names(descriptor)
    finally:
        os.close(descriptor)
