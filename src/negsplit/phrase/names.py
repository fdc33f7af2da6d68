"""The names of paces: where one stands, how far it reaches, and which words cannot be one."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from negsplit.phrase.tokens import Cursor, PhraseError, Token
from negsplit.targets import Named
from negsplit.units import DISTANCE_UNITS, TIME_UNITS, SpeedUnit

WATTS: Final = ("w", "watt", "watts")
SPEED_UNITS: Final[dict[str, SpeedUnit]] = {"kph": "km/h", "kmh": "km/h", "mph": "mph"}
"""Speeds in one word."""

STOPS: Final = frozenset(("and", "in", "at", "of", "until", "than", "to", "or"))
"""Words that end a name."""
RESERVED: Final = STOPS | frozenset(
    ("lap", "open", "faster", "slower", "hr", "power", "rpe", "hrmax", "maxhr", "hrr", "lthr", "cp")
)
"""Words that no own name begins with."""
_UNITS: Final = frozenset((*TIME_UNITS, *DISTANCE_UNITS, *WATTS, "bpm", "spm")) - {"mile"}
"""What no own pace is named; ``mile`` is a pace too."""


def at_name(cursor: Cursor) -> bool:
    """Whether the name of a pace stands here."""
    token = cursor.token
    if token.kind == "number":
        return is_digit_name(cursor)
    return token.kind == "word" and token.text not in RESERVED


def is_digit_name(cursor: Cursor, at: int = 0) -> bool:
    """``10k``, ``5k goal``, ``10mi``: a number that touches a word which is no unit of a target."""
    number, word, after = cursor.ahead(at), cursor.ahead(at + 1), cursor.ahead(at + 2)
    if number.kind != "number" or word.kind != "word" or word.start != number.end:
        return False
    if after.text == "/" and cursor.ahead(at + 3).text in ("h", "s"):
        return False
    return word.text not in (*WATTS, *SPEED_UNITS, "bpm", "spm", "m", "min")


def pace_name(cursor: Cursor) -> Named:
    """Words and digits up to the next sign or word of the language; a trailing ``pace`` is ignored."""
    start, parts = cursor.token, [cursor.next()]
    while cursor.token.kind in ("word", "number") and not _ends_name(cursor):
        parts.append(cursor.next())
    text = parts[0].text
    for before, part in pairwise(parts):
        text += part.text if part.start == before.end else f" {part.text}"
    span = cursor.text.at(start.start, parts[-1].end)
    return Named(text.removesuffix(" pace") if len(parts) > 1 else text, span=span)


def _ends_name(cursor: Cursor) -> bool:
    """Whether a word of the language stands here; ``by`` is one before a number only, so that ``by feel`` is a name."""
    word, following = cursor.token, cursor.ahead(1)
    return word.text in STOPS or (word.text == "by" and following.kind in ("number", "clock"))


def own_name(cursor: Cursor) -> str:
    """The name of an own pace, refused where it could not be told from the language's own words."""
    token, following = cursor.token, cursor.ahead(1)
    if token.kind != "word" and not is_digit_name(cursor):
        help = "names begin with a letter, or with digits that touch one: `park loop`, `5k goal`"
        raise cursor.unexpected("a name", help)
    is_target = token.text in ("z", "zone", "cadence") and following.kind == "number"
    if is_target or (token.text, following.text) == ("heart", "rate"):
        raise _reserved(cursor, token, following)
    if token.text in RESERVED:
        raise _reserved(cursor, token, token)
    result = pace_name(cursor).name
    if result in _UNITS:
        raise _reserved(cursor, token, cursor.last)
    if cursor.token.kind != "end":
        sign = cursor.token
        message = f"`{cursor.raw(sign.start, sign.end)}` cannot stand in the name of a pace"
        raise cursor.error("bad-name", message, sign, sign, "names are words and digits, for example `park loop`")
    return result


def _reserved(cursor: Cursor, first: Token, last: Token) -> PhraseError:
    shown = cursor.raw(first.start, last.end)
    message = f"`{shown}` belongs to the language, a pace cannot have it as name"
    return cursor.error("reserved-name", message, first, last, "give it another name, for example `park loop`")
