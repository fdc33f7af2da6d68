"""Writes one file whole or not at all: after any end there is the older one, the new one, or none."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from negsplit.files.flushing import flush_folder
from negsplit.files.parents import made
from negsplit.files.reading import NotAFileError
from negsplit.files.work_file import beside, held, sweep


def replace(path: Path, data: bytes, *, flush: bool = False) -> None:
    """Writes a file, in folders that are made where they are missing, over an older one.

    The new one has the permissions of the older one. A link is replaced itself, what it leads to stays as it is. With
    ``flush`` the file is on the disk on return: for what cannot be made again.

    :raises OSError: where it cannot be written, where a folder has its name, or what is there is no file.
    """
    must_be_replaceable(path)
    with made(path.parent), held(beside(path)) as work:
        work.take_mode(path)
        work.write(data)
        if flush:
            work.flush()
        work.replace(path)
        if flush:
            flush_folder(path.parent)


def begin(path: Path, data: bytes, *, flush: bool = False) -> None:
    """Writes a file that is not there yet; with ``flush`` it is on the disk on return.

    :raises FileExistsError: where something stands there already.
    :raises OSError: where it cannot be written.
    """
    with made(path.parent), held(beside(path)) as work:
        work.write(data)
        if flush:
            work.flush()
        work.begin(path)
    if flush:
        flush_folder(path.parent)


def tidy(path: Path) -> None:
    """Takes away what a run left beside a place that was cut off there."""
    sweep(beside(path))


def must_be_replaceable(path: Path) -> None:
    """Nothing, unless something stands there that no file replaces.

    :raises IsADirectoryError: for a folder.
    :raises NotAFileError: for a device, a pipe and the like.
    :raises OSError: where nobody can look.
    """
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(found.st_mode) and not stat.S_ISLNK(found.st_mode):
        raise NotAFileError(path)
