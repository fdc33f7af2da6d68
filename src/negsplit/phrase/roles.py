"""The role words of steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from negsplit.model import Role
from negsplit.phrase.tokens import Cursor

_OTHER_WORDS: Final = {
    Role.WARMUP: ("warm-up",),
    Role.RECOVER: ("recovery", "jog"),
    Role.COOLDOWN: ("cool-down",),
}
ROLES: Final = {word: role for role in Role for word in (role.value, *_OTHER_WORDS.get(role, ()))}
"""The role words, as keys (exact) and in text (in any case). Schemas, shapes and messages are made of these alone."""
SHORT_FORMS: Final = {
    **dict.fromkeys(("wu", "w/u"), Role.WARMUP),
    **dict.fromkeys(("cd", "c/d", "warmdown", "warm-down"), Role.COOLDOWN),
}
"""What coaches write for them, understood in text."""
_IN_TEXT: Final = {**ROLES, **SHORT_FORMS}
_FIRST_OF_TWO: Final = frozenset(("warm", "cool", "w", "c"))
_BEHIND: Final = {
    **_IN_TEXT,
    **dict.fromkeys(("running", "on"), Role.RUN),
    "walking": Role.WALK,
    "hiking": Role.HIKE,
    "rests": Role.REST,
    **dict.fromkeys(("recoveries", "jogs", "jogging", "off"), Role.RECOVER),
}
"""What stands behind an amount: ``90 s jog``, ``1 min off``."""
_JOGS: Final = frozenset(("jog", "jogs", "jogging"))


def role(cursor: Cursor) -> Role | None:
    """Steps over a role word; one with a dash, such as ``warm-up``, may be written as two words."""
    token = cursor.token
    word, count = _word(cursor)
    if word not in _IN_TEXT or at_recovery_run(cursor):
        return None
    cursor.step(count)
    if cursor.token.text == ":":
        help = f"in a line of text a role word goes alone: `{cursor.raw(token.start, cursor.last.end)} 10 min`"
        raise cursor.stray("`:` does not belong here", cursor.token, cursor.token, help)
    return _IN_TEXT[word]


def at_recovery_run(cursor: Cursor) -> bool:
    """Whether ``recovery run`` stands here, which is a run."""
    return cursor.sees("recovery") and cursor.ahead(1).text in ("run", "runs")


def _at_walk_or_jog(cursor: Cursor) -> bool:
    """Whether ``walk/jog`` stands here, which leaves it to the runner how to recover."""
    return cursor.ahead(1).text == "/" and {cursor.token.text, cursor.ahead(2).text} == {"walk", "jog"}


def role_behind(cursor: Cursor, jog: Role | None) -> Role | None:
    """Steps over the role words behind an amount, ``recovery jog``; nothing where they do not say one role.

    ``jog`` alone is what ``jog`` says, for between hard steps people recover by it, and between walks it is the run.
    """
    if jog is Role.RECOVER and at_recovery_run(cursor):
        cursor.step(2)
        return jog
    if jog is Role.RECOVER and _at_walk_or_jog(cursor):
        cursor.step(3)
        return jog
    start, words = cursor.index, list(_words_behind(cursor))
    found = {_BEHIND[word] for word in words}
    is_jog = not _JOGS.isdisjoint(words)
    if is_jog and found == {Role.RECOVER, Role.REST}:
        found = {Role.RECOVER}
    if is_jog and len(words) == 1:
        found = {jog} if jog else set()
    if len(found) != 1:
        cursor.step(start - cursor.index)
        return None
    return found.pop()


def _words_behind(cursor: Cursor) -> Iterator[str]:
    while (one := _word(cursor))[0] in _BEHIND:
        cursor.step(one[1])
        yield one[0]


def _word(cursor: Cursor) -> tuple[str, int]:
    """The word that stands here and how many tokens it takes: ``warm up`` and ``w/u`` are one."""
    token = cursor.token
    if token.text in _FIRST_OF_TWO:
        following, last = cursor.ahead(1), cursor.ahead(2)
        if (joined := f"{token.text}-{following.text}") in _IN_TEXT:
            return joined, 2
        if following.text == "/" and (joined := f"{token.text}/{last.text}") in _IN_TEXT and last.end == token.end + 2:
            return joined, 3
    return (token.text, 1) if token.kind == "word" else ("", 0)
