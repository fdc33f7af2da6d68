"""The system's calls, watched and made to fail."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

import pytest

from negsplit.watch.ways import volume_door, volume_files

CALLS = {"open", "close", "read", "write", "fsync", "rename", "unlink", "listdir", "stat", "lstat", "fstat"} | {
    "posix_fadvise",
    "fstatvfs",
}


class Calls:
    """`os` as the code under test sees it: something happens at the n-th of its system calls (from 1)."""

    def __init__(self, at: int, before: Callable[[str], None], after: Callable[[str], None]) -> None:
        self.at, self.made, self.before, self.after = at, 0, before, after

    def __getattr__(self, name: str) -> object:
        real = getattr(os, name)
        return partial(self._call, name, real) if name in CALLS else real

    def _call(self, name: str, real: Callable[..., object], *arguments: object, **options: object) -> object:
        self.made += 1
        if self.made != self.at:
            return real(*arguments, **options)
        self.before(name)
        result = real(*arguments, **options)
        try:
            self.after(name)
        except BaseException:
            if name == "open":
                os.close(result)
            raise
        return result

    def stand_in(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(volume_files, "os", self)
        monkeypatch.setattr(volume_door, "os", self)


def descriptors() -> int | None:
    return len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else None


def idle(*arguments: object) -> None:
    """Stands in for what a test leaves out."""


def failing(error: Exception, *arguments: object, **options: object) -> None:
    raise error
