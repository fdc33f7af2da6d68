"""What a watch that speaks MTP stores, in memory, and what it does by itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass
class Stored:
    """What the watch stores. ``parent`` is None at the root, ``data`` in a folder; ``modified`` is 0 where the watch
    tells no dates.
    """

    name: str
    parent: Stored | None
    data: bytes | None
    modified: int = 0


class Store:
    """The memory of a watch of so many bytes."""

    def __init__(self, capacity: int) -> None:
        self.objects: list[Stored] = []
        self.capacity = capacity
        self.clock, self.tells_dates = 1_700_000_000, True

    def files(self) -> dict[str, bytes]:
        return {_path(one): one.data for one in self.objects if one.data is not None}

    def add(self, path: str, data: bytes) -> None:
        folder = self._folder(PurePosixPath(path).parent)
        self.objects.append(Stored(PurePosixPath(path).name, folder, data, self.now()))

    def delete(self, path: str) -> None:
        [found] = [one for one in self.objects if _path(one) == path]
        self.objects.remove(found)

    def make_folder(self, path: str) -> None:
        self._folder(PurePosixPath(path))

    def fill(self, left: int) -> None:
        self.capacity = self.used + left

    @property
    def used(self) -> int:
        return sum(len(one.data or b"") for one in self.objects)

    def now(self) -> int:
        """The watch's clock, which goes on with every file; 0 where it tells no dates."""
        self.clock += 1
        return self.clock if self.tells_dates else 0

    def _folder(self, path: PurePosixPath) -> Stored | None:
        folder = None
        for name in path.parts:
            there = [one for one in self.objects if one.parent is folder and one.name == name and one.data is None]
            if not there:
                there = [Stored(name, folder, None)]
                self.objects += there
            folder = there[0]
        return folder


def _path(stored: Stored) -> str:
    return stored.name if stored.parent is None else f"{_path(stored.parent)}/{stored.name}"
