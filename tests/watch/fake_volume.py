"""A watch that shows itself as a mounted volume: a small file system in memory, or a mere folder where none may be
mounted.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import weakref
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType

import pytest

from negsplit.watch.door import WatchPlace
from negsplit.watch.ways.volume_door import VolumeDoor
from negsplit.watch.ways.volume_files import Folder, identity, open_root

CAPACITY = 4 << 20
"""Bytes, on a file system of its own."""


class FakeVolume:
    """Leave it, as a context, and nothing stays mounted."""

    def __init__(self, tmp_path: Path, opened: Callable[[Path], Folder] = open_root) -> None:
        self.root = tmp_path / "volume"
        self.root.mkdir()
        self.clock = 1_700_000_000
        self.is_mounted = _mounts(self.root, f"size={CAPACITY}")
        self.close = weakref.finalize(self, _unmount if self.is_mounted else _nothing, self.root)
        known = identity(os.lstat(self.root))
        self._place = WatchPlace("volume", str(self.root), partial(VolumeDoor, self.root, known, opened))

    def __enter__(self) -> FakeVolume:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def place(self) -> WatchPlace:
        return self._place

    def files(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in self.root.rglob("*")
            if path.is_file() and not path.is_symlink()
        }

    def add(self, path: str, data: bytes) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        self.clock += 2  # as FAT counts
        os.utime(target, (self.clock, self.clock))

    def delete(self, path: str) -> None:
        (self.root / path).unlink()

    def make_folder(self, path: str) -> None:
        (self.root / path).mkdir(parents=True, exist_ok=True)

    def clear(self) -> None:
        """Deletes everything."""
        for path in self.root.iterdir():
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()

    def pull(self) -> None:
        """The bare folder that the volume was mounted on is left, and empty."""
        if self.is_mounted:
            self.close()
        else:
            self.root.rename(self.root.with_name("pulled"))
            self.root.mkdir()

    def fill(self, left: int) -> None:
        """Rounded down to whole pages of memory."""
        volume = os.statvfs(self.root)
        size = (volume.f_blocks - volume.f_bfree + left // volume.f_frsize) * volume.f_frsize
        assert size, "an empty file system has no smallest size: put something there before it is filled"
        self._remount(f"size={size}", _REMOUNT)

    def write_protect(self) -> None:
        self._remount("", _REMOUNT | _READ_ONLY)

    def _remount(self, options: str, flags: int) -> None:
        if not self.is_mounted:
            pytest.skip("no file system may be mounted here")
        assert _mounts(self.root, options, flags)


_REMOUNT, _READ_ONLY, _LAZY = 32, 1, 2
"""MS_REMOUNT and MS_RDONLY of mount(2), MNT_DETACH of umount2(2)."""


def _mounts(root: Path, options: str, flags: int = 0) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    return bool(ctypes.CDLL(None).mount(b"negsplit-test", os.fsencode(root), b"tmpfs", flags, options.encode()) == 0)


def _unmount(root: Path) -> None:
    assert ctypes.CDLL(None).umount2(os.fsencode(root), _LAZY) == 0


def _nothing(root: Path) -> None:
    """A folder goes with the folder it is in."""
