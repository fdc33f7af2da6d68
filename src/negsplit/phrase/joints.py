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
    return 1 if token.text in ("+", "plus") and _begins_amount(cursor, 1) else 0


def take_joint(cursor: Cursor) -> bool:
    """Steps over what joins another step, if it stands here."""
    cursor.step(count := joint(cursor))
    return bool(count)


def _begins_amount(cursor: Cursor, at: int) -> bool:
    """Whether a time, a distance or a count stands there: ``+ 5 s/km`` and ``+ 5 s`` are offsets of a pace."""
    number, unit = cursor.ahead(at), cursor.ahead(at + 1)
    is_unit = unit.text in CANONICAL and unit.text not in _SECONDS
    return number.kind == "number" and (is_unit or unit.text == "x") and cursor.ahead(at + 2).text != "/"
