"""How much room words take in a picture, where no font can be asked."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_NARROW: Final = frozenset(" .,:;!'|ijl()[]/-")
_BROAD: Final = frozenset("mwMW@%")


@lru_cache(maxsize=256)
def width_of(text: str, size: float) -> float:
    """At most how many pixels a text takes: the broadest of the usual fonts."""
    return size * sum(map(_ems, text))


def _ems(char: str) -> float:
    if char in _NARROW:
        return 0.4
    if char in _BROAD:
        return 1.0
    if char.isascii():
        return 0.78 if char.isupper() else 0.64
    return 1.1 if ord(char) < 0x1F000 else 1.4


def shortened(text: str, size: float, room: float) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    if width_of(text, size) <= room:
        return text
    left = room - size
    kept = 0
    for char in text:
        left -= size * _ems(char)
        if left < 0:
            break
        kept += 1
    return text[:kept].rstrip() + "\u2026"
