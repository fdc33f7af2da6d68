"""The role words of steps."""

from __future__ import annotations

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


def role(cursor: Cursor) -> Role | None:
    """Steps over a role word; one with a dash, such as ``warm-up``, may be written as two words."""
    token, following = cursor.token, cursor.ahead(1)
    word = token.text
    if (joined := f"{word}-{following.text}") in ROLES:
        word = joined
        cursor.next()
    if token.kind != "word" or word not in ROLES:
        return None
    cursor.next()
    if cursor.token.text == ":":
        help = f"in a line of text a role word stands alone: `{cursor.raw(token.start, cursor.last.end)} 10 min`"
        raise cursor.stray("`:` does not belong here", cursor.token, cursor.token, help)
    return ROLES[word]
