"""A list that shows what happened a few readings late, both ways: new things come late, removed ones linger."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class Lag:
    """Counts the readings of one list. ``reads`` is how many of them show nothing of a change."""

    def __init__(self, reads: int) -> None:
        self.reads = reads
        self._read = 0
        self._since: dict[int, int] = {}
        self._ghosts: dict[int, tuple[int, Any]] = {}

    def came(self, number: int) -> None:
        self._since[number] = self._read

    def went(self, number: int, last_seen: Any) -> None:
        if self._shows(self._since.get(number, -self.reads)):
            self._ghosts[number] = (self._read, last_seen)

    def seen(self, things: Iterable[tuple[int, Any]]) -> list[tuple[int, Any]]:
        """What one more reading shows of what there is."""
        there = [one for one in things if self._shows(self._since.get(one[0], -self.reads))]
        ghosts = [(number, thing) for number, (since, thing) in self._ghosts.items() if not self._shows(since)]
        self._read += 1
        return there + ghosts

    def _shows(self, since: int) -> bool:
        return self._read - since >= self.reads
