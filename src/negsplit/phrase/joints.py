"""What joins one step to the next in a line where no comma stands: ``then``, ``;``, ``followed by``, ``+``."""

from __future__ import annotations

from typing import Final

from negsplit.phrase.numbers import CANONICAL
from negsplit.phrase.tokens import Cursor
from negsplit.units import TIME_UNITS

_SECONDS: Final = frozenset(unit for unit in TIME_UNITS if CANONICAL[unit] == "s")


def joint(cursor: Cursor) -> int:
    """How many tokens join another step to what stands before the cursor; 0 if none do."""
    token = cursor.token
    if token.text in (";", "then"):
        return 1
    if token.text == "followed" and cursor.ahead(1).text == "by":
        return 2
    if token.text in ("+", "plus"):
        return 1 if _begins_amount(cursor, 1) else 0
    if token.text == "and":
        return (0 if _is_name(cursor, 1) else 2) if cursor.ahead(1).text == "then" else int(_begins_apart(cursor))
    return 0


def _is_name(cursor: Cursor, at: int) -> bool:
    """Whether no step follows a word: ``@ HR 140 and then -- relaxed`` has the pace that an athlete calls so."""
    behind = cursor.ahead(at + 1)
    return behind.kind in ("end", "newline") or behind.text in (*",)@±+-", "..", "--", '"')


def at_slash(cursor: Cursor) -> bool:
    """Whether a ``/`` stands here between blanks."""
    token = cursor.token
    return token.text == "/" and cursor.last.end < token.start and token.end < cursor.ahead(1).start


def take_joint(cursor: Cursor) -> bool:
    """Steps over what joins another step, if it stands here."""
    cursor.step(count := joint(cursor))
    return bool(count)


def _begins_apart(cursor: Cursor) -> bool:
    """Whether ``and 5 km`` is another step.

    It may be a pace in ``and 5k`` and ``and 5 km pace``, and in ``1 h and 30 min`` more of the same.
    """
    number, unit = cursor.ahead(1), cursor.ahead(2)
    if cursor.last.text in CANONICAL or not _begins_amount(cursor, 1):
        return False
    return unit.start > number.end and cursor.ahead(3).text not in ("pace", "race")


def _begins_amount(cursor: Cursor, at: int) -> bool:
    """Whether a time, a distance or a count stands there: ``+ 5 s/km`` and ``+ 5 s`` are offsets of a pace."""
    number, unit = cursor.ahead(at), cursor.ahead(at + 1)
    is_unit = unit.text in CANONICAL and unit.text not in _SECONDS
    return number.kind == "number" and (is_unit or unit.text == "x") and cursor.ahead(at + 2).text != "/"
