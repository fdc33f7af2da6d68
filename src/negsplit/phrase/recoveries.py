"""What is done between repetitions, as people write it behind one: ``w/ 90 s jog``, ``(2 min rest)``."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

from negsplit.model import Role
from negsplit.phrase import roles, step
from negsplit.phrase.amounts import starts_amount
from negsplit.phrase.bare_targets import EASY
from negsplit.phrase.joints import at_slash, joint
from negsplit.phrase.names import at_short_with, is_with_slash
from negsplit.phrase.step import IN_LINE, Phrase, at_end
from negsplit.phrase.tokens import Cursor, PhraseError
from negsplit.targets import PaceTarget

_SAID_AGAIN: Final = ("recovery", "rest", "jog")
"""What people write behind ``jog 3 min`` too."""
_BETWEEN: Final = ("reps", "repeats", "repetitions", "each", "them", "sets", "intervals")

_ENDING: Final = ("rest", "rests", "recovery", "recoveries", "off")
"""Words that end a recovery and no easy run: ``10 min jog`` and ``walk`` may be how somebody cools down."""


class Between(NamedTuple):
    """A recovery; ``is_last_left_out`` says that none follows the last repetition."""

    phrase: Phrase
    is_last_left_out: bool


def is_ahead(cursor: Cursor) -> bool:
    """Whether something stands here that a recovery may follow."""
    return cursor.sees("with", "(") or at_short_with(cursor)


def between(cursor: Cursor, *, in_repeat: bool) -> Between | None:
    """Steps over a recovery, if one stands here that says that it is one; else the cursor stays where it is.

    It says so by its role, and behind what is repeated by being easy too.
    """
    start = cursor.index
    opening = cursor.take("(")
    if not opening:
        cursor.step(2 if is_with_slash(cursor) else 1)
    try:
        found = _recovery(cursor, in_repeat=in_repeat)
    except PhraseError:
        found = None
    if found is None or (opening and not cursor.take(")")):
        cursor.step(start - cursor.index)
        return None
    return found


def _recovery(cursor: Cursor, *, in_repeat: bool) -> Between | None:
    first = cursor.token
    role = roles.role(cursor)
    if not starts_amount(cursor):
        return None
    found = step.read(cursor, first, role, jog=Role.RECOVER, ends=(",", ")"), may_go_on=_may_end)
    cursor.take(*_SAID_AGAIN)
    is_between = in_repeat and _take_between(cursor)
    recovers = found.role.is_recovery if found.role else is_between or (in_repeat and _is_easy(found))
    if not recovers or found.gradient:
        return None
    return Between(replace(found, role=found.role or Role.RECOVER), is_between)


def between_sets(cursor: Cursor) -> Phrase | None:
    """``, 4 min between sets`` behind a repeat, whatever joins it; else the cursor stays where it is."""
    start = cursor.index
    if cursor.sees(",", "/") or joint(cursor) or is_ahead(cursor):
        found = between(cursor, in_repeat=True)
        if found and found.is_last_left_out and (at_end(cursor, IN_LINE) or at_slash(cursor)):
            return found.phrase
    cursor.step(start - cursor.index)
    return None


def behind_comma(cursor: Cursor) -> Phrase | None:
    """``, 90 s rest`` where it ends a line: there it can only be what is done between repetitions."""
    start = cursor.index
    if cursor.sees(","):
        found = between(cursor, in_repeat=False)
        if found and cursor.last.text in _ENDING and cursor.token.kind in ("end", "newline"):
            return found.phrase
    cursor.step(start - cursor.index)
    return None


def _is_easy(found: Phrase) -> bool:
    return any(isinstance(one, PaceTarget) and one.pace in EASY for one in found.targets)


def _may_end(cursor: Cursor) -> bool:
    return cursor.sees("between", "in", "(", *_SAID_AGAIN) or at_slash(cursor)


def _take_between(cursor: Cursor) -> bool:
    """Steps over ``between``, ``in between``, ``between reps``; whether they stood here."""
    if cursor.sees("in") and cursor.ahead(1).text == "between":
        cursor.next()
    if not cursor.take("between"):
        return False
    cursor.take(*_BETWEEN)
    return True
