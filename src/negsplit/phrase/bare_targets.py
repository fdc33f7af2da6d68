"""Targets without the ``@`` before them, where nothing else can be meant: ``6 mi easy``, ``5 km 5:30/km``."""

from __future__ import annotations

from typing import Final

from negsplit.phrase import targets
from negsplit.phrase.names import CERTAIN, ZONE, at_name, is_digit_name
from negsplit.phrase.roles import at_recovery_run
from negsplit.phrase.tokens import Cursor, PhraseError, Token
from negsplit.targets import Named, PaceTarget, Target

_MOST_WORDS: Final = 3
"""Words of a name before its ``pace``."""
_LONG: Final = ("medium-long", "med-long", "mid-long")
"""Runs that plans put between an easy and a long one, at the same pace."""
EASY: Final = (Named("easy"), Named("very easy"))
_SIGNS: Final = (*ZONE, "hr", "rpe", "power", "<", ">")


def bare_targets(cursor: Cursor, *, of_repeat: bool = False) -> tuple[Target, ...]:
    """Steps over the targets that stand here without ``@``; nothing where it is not certain that they are.

    ``R`` is a pace behind what is repeated, ``of_repeat``; elsewhere it may be short for a rest.
    """
    start = cursor.index
    if word := cursor.take(*_LONG):
        return (_named("long", cursor, word),)
    if of_repeat and (letter := cursor.take("r")):
        return (_named("r", cursor, letter),)
    if count := _words_of_name(cursor):
        first, words = cursor.token, [cursor.ahead(at).text for at in range(count)]
        cursor.step(count)
        words[-1] = words[-1].removesuffix("-pace")
        name = " ".join(words[:-1] if words[-1] == "pace" else words)
        if first.kind == "number":  # `10k`, and of `15 mi pace` the blank says nothing
            name = name.replace(" ", "", 1)
        return (_named(name, cursor, first),)
    is_figure = cursor.token.kind in ("number", "clock")
    if is_digit_name(cursor) or not (is_figure or cursor.sees(*_SIGNS)):
        return ()
    try:
        return targets.targets(cursor)
    except PhraseError:
        cursor.step(start - cursor.index)
        return ()


def _named(name: str, cursor: Cursor, first: Token) -> PaceTarget:
    span = cursor.text.at(first.start, cursor.last.end)
    return PaceTarget(Named(name, span=span), span=span)


def in_parentheses(cursor: Cursor) -> tuple[Target, ...]:
    """``(marathon pace)`` and ``(5:00/km)`` behind an amount; an easy pace there may be that of the recovery."""
    start = cursor.index
    if cursor.take("("):
        found = bare_targets(cursor)
        is_easy = any(isinstance(one, PaceTarget) and one.pace in EASY for one in found)
        if found and not is_easy and cursor.take(")"):
            return found
    cursor.step(start - cursor.index)
    return ()


def recovery_run(cursor: Cursor) -> tuple[Target, ...]:
    """Steps over ``recovery run``, which is an easy one where it stands by itself."""
    if not at_recovery_run(cursor):
        return ()
    first = cursor.token
    cursor.step(2)
    return (_named("easy", cursor, first),)


def _words_of_name(cursor: Cursor) -> int:
    """How many tokens the name of a pace takes here; 0 where none stands."""
    if is_digit_name(cursor):
        at = 3 if cursor.ahead(2).text == "race" else 2
        return at + 1 if cursor.ahead(at).text == "pace" else 0
    if cursor.token.kind != "word" or not at_name(cursor):
        return 0
    words: list[str] = []
    while len(words) <= _MOST_WORDS and cursor.ahead(len(words)).kind == "word" and not _joins(cursor, len(words)):
        words.append(cursor.ahead(len(words)).text)
        if words[-1].endswith("-pace") or (words[-1] == "pace" and len(words) > 1):
            return len(words)
    return next((count for count in (2, 1) if " ".join(words[:count]) in CERTAIN and len(words) >= count), 0)


def _joins(cursor: Cursor, at: int) -> bool:
    return cursor.ahead(at).text in ("then", "with", "and")
