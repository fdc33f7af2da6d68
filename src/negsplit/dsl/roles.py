"""The role words of steps."""

from __future__ import annotations

from typing import Final

from negsplit.dsl.tokens import Cursor
from negsplit.model import Role

ROLES: Final[dict[str, Role]] = {
    "warmup": Role.WARMUP,
    "warm-up": Role.WARMUP,
    "run": Role.RUN,
    "recover": Role.RECOVER,
    "recovery": Role.RECOVER,
    "jog": Role.RECOVER,
    "rest": Role.REST,
    "walk": Role.WALK,
    "hike": Role.HIKE,
    "cooldown": Role.COOLDOWN,
    "cool-down": Role.COOLDOWN,
}
"""The role words, as keys (exact) and in text (in any case)."""


def role(cursor: Cursor) -> Role | None:
    """Steps over a role word, ``warm up`` and ``cool down`` in two words included."""
    token, following = cursor.token, cursor.ahead(1)
    word = token.text
    if (word, following.text) in (("warm", "up"), ("cool", "down")):
        word += following.text
        cursor.next()
    if token.kind != "word" or word not in ROLES:
        return None
    cursor.next()
    if cursor.token.text == ":":
        help = f"in a line of text a role word stands alone: `{cursor.raw(token.start, cursor.last.end)} 10 min`"
        raise cursor.stray("`:` does not belong here", cursor.token, cursor.token, help)
    return ROLES[word]
