"""A watch as a mounted volume: files come whole or not at all, and nothing outside the volume is touched."""

from __future__ import annotations

import errno
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from negsplit.watch.door import LEFTOVER, ROOT, FolderEntry, Names, shown
from negsplit.watch.errors import (
    Busy,
    Full,
    Gone,
    NotAllowed,
    NotThere,
    ReadOnly,
    Refused,
    Taken,
    Unusable,
    WatchError,
)
from negsplit.watch.ways import volume_files
from negsplit.watch.ways.volume_files import Folder, FolderIdentity, open_root


class VolumeDoor:
    """A watch as a mounted volume.

    ``known`` tells which folder it was when it was found. It is opened as it is, and on a system that has
    descriptors of folders the volume cannot be unmounted before the door is closed.
    """

    def __init__(
        self, root: Path, known: FolderIdentity | None = None, opened: Callable[[Path], Folder] = open_root
    ) -> None:
        self._path = root
        self._root: Folder | None = None
        try:
            self._root = opened(root)
        except OSError as error:
            if known is not None and isinstance(error, FileNotFoundError):
                raise Gone from None
            raise _as_watch_error(error, f"`{root}`") from error
        if known not in (None, self._root.identity):
            self.close()
            raise Gone

    def list(self, folder: Names) -> list[FolderEntry]:
        with self._folder(folder, folder) as here:
            return here.list()

    def read(self, file: Names, most: int) -> bytes:
        with self._folder(file[:-1], file) as here:
            return volume_files.read(here, _name(file), most)

    def put(self, folder: Names, name: str, data: bytes) -> None:
        file = (*folder, name)
        with self._folder(folder, file) as here:
            if name.casefold() in {entry.name.casefold() for entry in here.list()}:
                raise Taken(f"there is a `{shown(file)}` already on the watch")
            beside = f"{LEFTOVER}{secrets.token_hex(8)}.tmp"
            try:
                volume_files.create(here, beside, data)
            except BaseException:
                with suppress(OSError):
                    here.remove(beside)
                raise
            try:
                here.rename(beside, name)
                volume_files.settle(here, name)
            except BaseException:
                _withdraw(here, beside, name)
                raise

    def remove(self, file: Names) -> None:
        with self._folder(file[:-1], file) as here:
            here.remove(_name(file))
            here.flush()

    def free(self) -> int | None:
        with self._folder(ROOT, ROOT) as here:
            return here.free()

    def close(self) -> None:
        root, self._root = self._root, None
        if root is not None:
            root.close()

    @contextmanager
    def _folder(self, folder: Names, place: Names) -> Iterator[Folder]:
        """A folder below the root while it is used for something with ``place``, which errors name."""
        for name in place:
            _must_be_a_name(name)
        root = self._attached()
        try:
            with ExitStack() as held:
                here = root
                for name in folder:
                    here = held.enter_context(closing(here.below(name)))
                yield here
        except OSError as error:
            self._attached()
            raise _as_watch_error(error, f"`{shown(place)}` on the watch") from error

    def _attached(self) -> Folder:
        """The root, if the volume is still mounted where it was: else its files are out of everybody's sight."""
        if self._root is None:
            raise Unusable("the watch was let go of already")
        try:
            now = volume_files.identity(os.lstat(self._path))
        except OSError:
            raise Gone from None
        if now != self._root.identity:
            raise Gone
        return self._root


def _withdraw(folder: Folder, beside: str, name: str) -> None:
    """Removes what a put has left, under whichever of its two names it has by now."""
    with suppress(OSError):
        try:
            folder.remove(beside)
        except FileNotFoundError:
            folder.remove(name)


def _name(file: Names) -> str:
    if not file:
        raise Refused("the root of the watch is not a file")
    return file[-1]


def _must_be_a_name(name: str) -> None:
    """Refuses what leads to somewhere else on one system or another; no FAT volume can hold such a name."""
    if name in ("", ".", "..") or any(character in name for character in "/\\:\0"):
        raise Refused(f"`{name}` is not a name of a file on a watch")
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        raise Refused(f"`{name}` is not a name of a file on a watch") from None


_GONE: Final = {errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ENOTCONN}
_NOT_PLAIN: Final = {errno.ELOOP, errno.EMLINK, errno.ENOTDIR, errno.EISDIR, errno.EXDEV}
_WINDOWS: Final = {
    19: errno.EROFS,  # ERROR_WRITE_PROTECT
    21: errno.ENODEV,  # ERROR_NOT_READY
    32: errno.EBUSY,  # ERROR_SHARING_VIOLATION
    433: errno.ENODEV,  # ERROR_NO_SUCH_DEVICE
    1006: errno.ENODEV,  # ERROR_FILE_INVALID: the volume was changed from outside
    1117: errno.EIO,  # ERROR_IO_DEVICE
    1167: errno.ENODEV,  # ERROR_DEVICE_NOT_CONNECTED
}
"""Errors of winerror.h that Python gives an errno of another meaning, or none."""


def _as_watch_error(error: OSError, what: str) -> WatchError:
    code = _WINDOWS.get(getattr(error, "winerror", None) or 0, error.errno)
    if code in _GONE:
        return Gone()
    if code in (errno.ENOSPC, errno.EDQUOT):
        return Full()
    if code == errno.EROFS:
        return ReadOnly("the watch is mounted read-only", _unlock())
    if code in (errno.EACCES, errno.EPERM):
        return NotAllowed(f"the system does not let you use {what}", _allow())
    if code in (errno.EBUSY, errno.ETXTBSY):
        return Busy(f"another program is using {what}", "close it, then try again")
    if code == errno.ENOENT:
        return NotThere(f"there is no {what}")
    if code == errno.EEXIST:
        return Taken(f"there is {what} already")
    if code in _NOT_PLAIN:
        return Refused(f"{what} is a link, a device or something else unexpected, so it is left alone")
    if code == errno.EFBIG:
        return Refused(f"{what} is larger than it may be")
    return Unusable(f"{what} cannot be used: {os.strerror(code or 0).lower()}")


def _unlock() -> str:
    why = "this happens when the watch was unplugged without being ejected: eject it and plug it in again"
    return f"{why}, have the system check the disk" if sys.platform in ("darwin", "win32") else why


def _allow() -> str:
    if sys.platform == "darwin":
        return "let your terminal use removable volumes: System Settings, Privacy & Security, Files and Folders"
    return "let the file manager mount the watch: then its files are yours"
