"""A file at work: under a name of ours beside the place it is for, in the hands of one process.

The process holds a lock on the open file itself, which the system takes back whatever way the process ends. So
whoever finds such a file knows whether somebody is still at work, and what a process left that was cut off is
swept up by the next one that comes to the same place. No other lock, and no other file, is needed for that.
"""

from __future__ import annotations

import errno
import os
import stat
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from negsplit.files.flushing import flush
from negsplit.files.reading import plain_file

if os.name == "posix":
    import fcntl

PREFIX: Final = ".negsplit-"
"""How the names of all files begin that are at work."""
PATIENCE: Final = 10.0
"""Seconds to wait for another process that is at work in the same place."""
_SUFFIX: Final = ".tmp"
_LONGEST_NAME: Final = 255
"""Bytes of a name that all usual file systems take."""
_A_MOMENT: Final = 0.02
_PLAIN: Final[int] = sum(
    getattr(os, flag, 0) for flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
)
_NONE: Final = -1
"""The descriptor of a file that is not made."""
_MAKE: Final = os.O_RDWR | os.O_CREAT | os.O_EXCL | _PLAIN
_NO_LOCKS: Final = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.ENOLCK)
"""What file systems answer that have no locks: there the file alone has to do."""


class BusyError(OSError):
    """Another process is at work there."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EBUSY, "another negsplit is writing there", str(path))


class LeftoverError(OSError):
    """Everything is done, but a file of ours could not be removed: the next run in the same place does it."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(error.errno, error.strerror, str(path))


def remove(path: Path) -> None:
    """Removes a file of ours, if it is there; :class:`LeftoverError` where it cannot."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise LeftoverError(path, error) from error


def beside(path: Path) -> Path:
    """Where a file is at work that is to become ``path``."""
    name = f"{PREFIX}{path.name}{_SUFFIX}"
    if len(os.fsencode(name)) > _LONGEST_NAME >= len(os.fsencode(path.name)):
        name = f"{PREFIX}{zlib.crc32(os.fsencode(path.name)):08x}{_SUFFIX}"
    return path.with_name(name)


class Work:
    """A file that this process alone writes, once it is made."""

    def __init__(self, path: Path) -> None:
        self.path, self._descriptor = path, _NONE
        self._stays = False

    def make(self, mode: int) -> bool:
        """Whether the file is made and ours.

        :raises FileExistsError: where something has its name.
        """
        try:
            self._descriptor = descriptor = os.open(self.path, _MAKE, mode)
        except OSError:
            raise
        except BaseException:  # a signal came when the file was made, and before anybody knew
            self._forget()
            raise
        if _locked(descriptor) and (os.name != "posix" or _is_at(descriptor, self.path)):
            return True
        self._descriptor = _NONE
        os.close(descriptor)  # somebody took it for left behind, in the moment before it was locked
        return False

    def write(self, data: bytes) -> None:
        """Adds to the file."""
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]

    def flush(self) -> None:
        """What was written is on the disk on return."""
        flush(self._descriptor)

    def take_mode(self, place: Path) -> None:
        """Gives the file the permissions of the one that it is to replace, and its owner where the system allows it."""
        if os.name != "posix" or not (old := plain_file(place)):
            return
        new = os.fstat(self._descriptor)
        if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
            with suppress(PermissionError):  # only root gives files to others
                os.fchown(self._descriptor, old.st_uid, old.st_gid)
        if stat.S_IMODE(old.st_mode) != stat.S_IMODE(new.st_mode):
            os.fchmod(self._descriptor, stat.S_IMODE(old.st_mode))

    def replace(self, place: Path) -> None:
        """Becomes the file at a place, whatever stood there."""
        self._let_go()
        os.replace(self.path, place)
        self._stays = True  # as another: there is nothing to remove

    def begin(self, place: Path) -> None:
        """Becomes the file at a place where none may stand: FileExistsError otherwise."""
        self._let_go()
        if os.name != "posix":
            os.rename(self.path, place)  # which replaces nothing there
            return
        try:
            os.link(self.path, place, follow_symlinks=False)
        except FileExistsError:
            raise
        except OSError:  # file systems without links, such as FAT, leave a moment between the two
            if os.path.lexists(place):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place)) from None
            os.rename(self.path, place)

    def stay(self, *, stays: bool = True) -> None:
        """Whether it is still to be there at the end, though it became no other."""
        self._stays = stays

    def end(self) -> None:
        """Lets go of the file, and removes it where it became no other.

        :raises LeftoverError: where it cannot be removed.
        """
        if self._descriptor == _NONE:
            return
        try:
            if not self._stays and (os.name != "posix" or _is_at(self._descriptor, self.path)):
                self._let_go()
                remove(self.path)
        finally:
            with suppress(OSError):
                os.close(self._descriptor)

    def _forget(self) -> None:
        """Removes a file that was only just made: what a process left that was cut off holds something."""
        with suppress(OSError):
            if os.lstat(self.path).st_size == 0:
                sweep(self.path)

    def _let_go(self) -> None:
        """Windows renames and removes no file that is open."""
        if os.name != "posix":
            with suppress(OSError):
                os.close(self._descriptor)


@contextmanager
def held(path: Path, *, mode: int = 0o666, clear: Callable[[Path], None] = os.unlink) -> Iterator[Work]:
    """Makes a file that this process alone has, and removes it at the end unless it became another.

    ``clear`` takes away what a process left there that is gone. It waits :data:`PATIENCE` seconds for one that is at
    work.

    :raises BusyError: where that one takes longer.
    :raises LeftoverError: where it cannot be removed at the end.
    :raises OSError: where the file cannot be made, or something else has its name.
    """
    work = Work(path)
    try:
        _make(work, mode, clear)
        yield work
    except BaseException:
        with suppress(OSError):
            work.end()
        raise
    work.end()


def sweep(path: Path) -> None:
    """Takes away what a process left at ``path`` that is gone; what somebody is at work with stays."""
    with suppress(OSError):
        if os.path.lexists(path):
            _cleared(path, os.unlink)


def _make(work: Work, mode: int, clear: Callable[[Path], None]) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            if work.make(mode):
                return
        except FileExistsError:
            if not _cleared(work.path, clear):
                if time.monotonic() > until:
                    raise BusyError(work.path) from None
                time.sleep(_A_MOMENT)


def _cleared(path: Path, clear: Callable[[Path], None]) -> bool:
    """Whether nobody is at work with what stands there; it is cleared away then."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        if os.name != "posix":
            return _cleared_on_windows(path, clear)
        descriptor = os.open(path, os.O_RDONLY | _PLAIN)
    except FileNotFoundError:
        return True
    try:
        if not _locked(descriptor):
            return False
        if _is_at(descriptor, path):
            clear(path)
        return True
    finally:
        os.close(descriptor)


def _cleared_on_windows(path: Path, clear: Callable[[Path], None]) -> bool:
    """There an open file cannot be renamed, be it to its own name: that is the lock."""
    try:
        os.rename(path, path)
    except PermissionError:
        return False
    clear(path)
    return True


def _locked(descriptor: int) -> bool:
    """Whether the lock on an open file is ours now; where there are no locks it counts as ours."""
    if os.name != "posix":
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
    return True


def _is_at(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.lstat(path))
    except FileNotFoundError:
        return False
