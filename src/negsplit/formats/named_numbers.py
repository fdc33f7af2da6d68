"""The numbers of a format in words, for messages."""

from __future__ import annotations

from enum import IntEnum


def words(names: type[IntEnum], number: int) -> str:
    """``power less than``, or ``number 99`` where the format has no name for it."""
    try:
        return names(number).name.lower().replace("_", " ")
    except ValueError:
        return f"number {number}"
