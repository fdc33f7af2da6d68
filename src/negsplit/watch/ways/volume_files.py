"""The folders and plain files of one volume, reached name by name so that no link is ever followed.

There are two ways to do that. :class:`DescriptorFolder` opens every folder from the one above it, and what was
opened stays what it is. Windows has no such calls: :class:`PathFolder` looks at every folder on the way before and
after, which leaves a moment in between, on file systems that mostly have no links.

Everything here raises OSError alone. Its errno is ELOOP for what is neither a plain file nor a folder of this
volume, and EFBIG for a file that is larger than it may be.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from negsplit.files.flushing import flush, flush_names
from negsplit.watch.door import FolderEntry

if sys.platform == "darwin":
    import fcntl


class FolderIdentity(NamedTuple):
    """What tells a folder from whatever else comes to stand in its place."""

    device: int
    inode: int


def identity(status: os.stat_result) -> FolderIdentity:
    return FolderIdentity(status.st_dev, status.st_ino)


class Folder(ABC):
    """An open folder. Names are single: whoever calls has seen to it that they hold no separator."""

    identity: FolderIdentity

    def list(self) -> list[FolderEntry]:
        """What the folder holds, in the order of the names."""
        entries = (self._entry(name) for name in sorted(self._names()))
        return [entry for entry in entries if entry is not None]

    def _entry(self, name: str) -> FolderEntry | None:
        try:
            status = self._status(name)
        except FileNotFoundError:  # removed since the names were read
            return None
        if self._is_strange(status):
            return FolderEntry(name, "other")
        if stat.S_ISDIR(status.st_mode):
            return FolderEntry(name, "folder")
        if not stat.S_ISREG(status.st_mode):
            return FolderEntry(name, "other")
        return FolderEntry(name, "file", status.st_size, int(status.st_mtime) or None)

    def open(self, name: str, access: int) -> int:
        """The descriptor of a plain file; ``access`` are flags of ``os.open``."""
        if not access & os.O_CREAT:
            self._must_be_a_file(name)
        descriptor = self._open(name, access | _CAREFULLY)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise not_plain(name)
            self._must_be_here(descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor

    def remove(self, name: str) -> None:
        """Removes a plain file, and nothing else."""
        self._must_be_a_file(name)
        self._unlink(name)

    def _must_be_a_file(self, name: str) -> None:
        status = self._status(name)
        if self._is_strange(status) or not stat.S_ISREG(status.st_mode):
            raise not_plain(name)

    def _is_strange(self, status: os.stat_result) -> bool:
        return status.st_dev != self.identity.device or leads_elsewhere(status)

    @abstractmethod
    def below(self, name: str) -> Folder:
        """Opens a folder in this one."""

    @abstractmethod
    def rename(self, name: str, to: str) -> None:
        """Renames a file within the folder; on most systems what is called ``to`` is replaced."""

    @abstractmethod
    def flush(self) -> None:
        """Has the names in the folder written to the device, where the system can be told to."""

    @abstractmethod
    def free(self) -> int:
        """Bytes that are free on the volume."""

    @abstractmethod
    def close(self) -> None: ...

    @abstractmethod
    def _names(self) -> Sequence[str]: ...

    @abstractmethod
    def _status(self, name: str) -> os.stat_result: ...

    @abstractmethod
    def _open(self, name: str, flags: int) -> int: ...

    @abstractmethod
    def _must_be_here(self, descriptor: int) -> None: ...

    @abstractmethod
    def _unlink(self, name: str) -> None: ...


class DescriptorFolder(Folder):
    """A folder held by its descriptor: it stays the same one whatever is put in its place."""

    def __init__(self, name: str | Path, above: int | None = None) -> None:
        self._descriptor = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=above)
        try:
            self.identity = identity(os.fstat(self._descriptor))
        except BaseException:
            self.close()
            raise

    def below(self, name: str) -> Folder:
        found = DescriptorFolder(name, self._descriptor)
        if found.identity.device != self.identity.device:
            found.close()
            raise not_plain(name)
        return found

    def rename(self, name: str, to: str) -> None:
        os.rename(name, to, src_dir_fd=self._descriptor, dst_dir_fd=self._descriptor)

    def flush(self) -> None:
        flush_names(self._descriptor)

    def free(self) -> int:
        volume = os.fstatvfs(self._descriptor)
        return volume.f_bavail * volume.f_frsize

    def close(self) -> None:
        with suppress(OSError):  # nothing was written through it
            os.close(self._descriptor)

    def _names(self) -> list[str]:
        return os.listdir(self._descriptor)

    def _status(self, name: str) -> os.stat_result:
        return os.stat(name, dir_fd=self._descriptor, follow_symlinks=False)

    def _open(self, name: str, flags: int) -> int:
        return os.open(name, flags, 0o666, dir_fd=self._descriptor)

    def _must_be_here(self, descriptor: int) -> None:
        if os.fstat(descriptor).st_dev != self.identity.device:
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))

    def _unlink(self, name: str) -> None:
        os.unlink(name, dir_fd=self._descriptor)


class PathFolder(Folder):
    """A folder known by its path alone, which is looked at again whenever it is used."""

    def __init__(self, path: Path, above: PathFolder | None = None) -> None:
        self._path, self._above = path, above
        self.identity = self._now()

    def _now(self) -> FolderIdentity:
        status = os.lstat(self._path)
        if leads_elsewhere(status) or not stat.S_ISDIR(status.st_mode):
            raise not_plain(self._path.name)
        return identity(status)

    def _must_stand(self) -> None:
        if self._above is not None:
            self._above._must_stand()
        if self._now() != self.identity:
            raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))

    def _at(self, name: str) -> Path:
        self._must_stand()
        return self._path / name

    def below(self, name: str) -> Folder:
        found = PathFolder(self._at(name), self)
        if found.identity.device != self.identity.device:
            raise not_plain(name)
        return found

    def rename(self, name: str, to: str) -> None:
        os.rename(self._at(name), self._at(to))

    def flush(self) -> None:
        """Nothing: a system without descriptors of folders has no call for it."""

    def free(self) -> int:
        return shutil.disk_usage(self._path).free

    def close(self) -> None:
        """Nothing is held open."""

    def _names(self) -> list[str]:
        self._must_stand()
        return os.listdir(self._path)

    def _status(self, name: str) -> os.stat_result:
        return os.lstat(self._at(name))

    def _open(self, name: str, flags: int) -> int:
        return os.open(self._at(name), flags, 0o666)

    def _must_be_here(self, descriptor: int) -> None:  # noqa: ARG002 - Windows numbers devices otherwise by descriptor
        self._must_stand()

    def _unlink(self, name: str) -> None:
        os.unlink(self._at(name))


HAS_DESCRIPTORS: Final = os.open in os.supports_dir_fd

_CAREFULLY: Final[int] = (
    getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)  # a named pipe would wait for somebody to write
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)
_MOST_AT_ONCE: Final = 1 << 20


def open_root(path: Path) -> Folder:
    """Opens the folder that a volume is mounted on, in the better way of the two that the system has."""
    return DescriptorFolder(path) if HAS_DESCRIPTORS else PathFolder(path)


def leads_elsewhere(status: os.stat_result) -> bool:
    """Whether it is a link, or what Windows has of that kind."""
    attributes: int = getattr(status, "st_file_attributes", 0)
    return stat.S_ISLNK(status.st_mode) or bool(attributes & stat.FILE_ATTRIBUTE_REPARSE_POINT)


def not_plain(name: str) -> OSError:
    return OSError(errno.ELOOP, os.strerror(errno.ELOOP), name)


def read(folder: Folder, name: str, most: int) -> bytes:
    """A file whole, from the device where the system can be told to forget what it keeps of it.

    :raises OSError: as reading it does, and with ``EFBIG`` where it holds more than ``most`` bytes.
    """
    descriptor = folder.open(name, os.O_RDONLY)
    try:
        _pass_by_the_cache(descriptor)
        pieces, left = [], most + 1
        while left and (piece := os.read(descriptor, min(left, _MOST_AT_ONCE))):
            pieces.append(piece)
            left -= len(piece)
    finally:
        os.close(descriptor)
    if not left:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), name)
    return b"".join(pieces)


def create(folder: Folder, name: str, data: bytes) -> None:
    """Writes a file that was not there, and has it written to the device."""
    descriptor = folder.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        flush(descriptor)
    finally:
        os.close(descriptor)


def settle(folder: Folder, name: str) -> None:
    """Has a renamed file and its new name written to the device.

    On FAT the size of a file stands beside its name. Linux writes the new name with a size of 0 and puts that right
    when it next writes the file itself, so the folder alone is not enough.
    """
    descriptor = folder.open(name, os.O_RDWR)
    try:
        flush(descriptor)
        _pass_by_the_cache(descriptor)
    finally:
        os.close(descriptor)
    folder.flush()


def _pass_by_the_cache(descriptor: int) -> None:
    with suppress(OSError):  # a hint: what cannot take it reads what it has
        if sys.platform == "darwin":
            fcntl.fcntl(descriptor, fcntl.F_NOCACHE, 1)
        elif sys.platform != "win32":
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
