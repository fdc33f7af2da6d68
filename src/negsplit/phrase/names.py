"""The names of paces: where one stands, how far it reaches, and which words cannot be one."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from negsplit.limits import SHORTEST_RACE
from negsplit.phrase.roles import ROLES
from negsplit.phrase.tokens import Cursor, PhraseError, Token
from negsplit.targets import Named
from negsplit.units import DISTANCE_UNITS, TIME_UNITS, SpeedUnit

WATTS: Final = ("w", "watt", "watts")
SPEED_UNITS: Final[dict[str, SpeedUnit]] = {"kph": "km/h", "kmh": "km/h", "mph": "mph"}
"""Speeds in one word."""

LAP: Final = ("lap", "lap-button")
"""Until the lap button is pressed."""
ZONE: Final = ("z", "zone")
"""What a zone is called before its number: ``Z2``, ``zone 2``."""
STOPS: Final = frozenset(("and", "in", "at", "of", "until", "than", "to", "or"))
"""Words that end a name."""
_STOPS_BEFORE_NUMBERS: Final = ("by", "with", "then", "x")
"""Words that end a name before a number, ``5k x 8``: ``by feel`` and ``run with dog`` are names."""
RESERVED: Final = STOPS | frozenset(
    (*LAP, "open", "faster", "slower", "hr", "power", "rpe", "hrmax", "maxhr", "hrr", "lthr", "cp")
)
"""Words that no own name begins with."""
CERTAIN: Final = frozenset(
    ("easy", "very easy", "steady", "moderate", "long", "tempo", "threshold", "lt", "mp", "hmp", *"emti")
)
"""Names of paces that mean nothing else beside an amount; others have ``pace`` behind them: ``3 km goal pace``."""
_UNITS: Final = frozenset((*TIME_UNITS, *DISTANCE_UNITS, *WATTS, "bpm", "spm")) - {"mile"}
"""What no own pace is named; ``mile`` is a pace too."""


def at_name(cursor: Cursor) -> bool:
    """Whether the name of a pace stands here."""
    token = cursor.token
    if token.kind == "number":
        return is_digit_name(cursor)
    return token.kind == "word" and token.text not in RESERVED and not at_watch_zone(cursor) and not ends_name(cursor)


def ends_name(cursor: Cursor) -> bool:
    """Whether a word of the language stands here, which no name goes on with."""
    token, following = cursor.token, cursor.ahead(1)
    if token.text in _STOPS_BEFORE_NUMBERS:
        return following.kind in ("number", "clock") or (token.text == "then" and following.text in ROLES)
    return token.text in STOPS or is_with_slash(cursor) or (token.text, following.text) == ("followed", "by")


def at_short_with(cursor: Cursor) -> bool:
    """Whether something stands here that people write for ``with``."""
    return is_with_slash(cursor) or cursor.sees("including", "incl")


def is_with_slash(cursor: Cursor) -> bool:
    """Whether ``w/`` or ``w.`` stands here, as people shorten ``with``."""
    return cursor.token.text == "w" and cursor.ahead(1).text in ("/", ".") and cursor.ahead(1).start == cursor.token.end


def is_digit_name(cursor: Cursor, at: int = 0) -> bool:
    """``10k``, ``5k goal``: a number that touches a word which is no unit of a target. ``15 mi pace`` is one too."""
    number, word, after = cursor.ahead(at), cursor.ahead(at + 1), cursor.ahead(at + 2)
    if number.kind != "number" or word.kind != "word":
        return False
    if word.start != number.end:
        return word.text in DISTANCE_UNITS and after.text == "pace"
    if after.text == "/" and cursor.ahead(at + 3).text in ("h", "s"):
        return False
    if word.text == "m":
        return Decimal(number.text) * DISTANCE_UNITS["m"] >= SHORTEST_RACE.cm
    return word.text not in (*WATTS, *SPEED_UNITS, "bpm", "spm", "min")


def at_watch_zone(cursor: Cursor) -> bool:
    """Whether a zone of the watch's own stands here: ``watch Z2``."""
    return cursor.token.text == "watch" and cursor.ahead(1).text in ZONE


def pace_name(cursor: Cursor) -> Named:
    """Words and digits up to the next sign or word of the language; a trailing ``pace`` is ignored.

    Inside stand ``_`` too, and ``-`` before a letter, both without blanks; ``+`` ends a name unless a number follows.
    """
    start = cursor.next()
    text, whole = start.text, True
    if start.kind == "number" and cursor.token.kind == "word":  # of `15 mi pace` the blank says nothing
        text += cursor.next().text
    while part := _next_part(cursor):
        text, whole = text + part, False
        if part == "+":
            cursor.take("pace")
            break
    span = cursor.text.at(start.start, cursor.last.end)
    return Named(text if whole else text.removesuffix(" pace"), span=span)


def _next_part(cursor: Cursor) -> str:
    """Steps over what goes on with a name, and returns it with the blank before it; empty where the name ends."""
    before, token, following = cursor.last, cursor.token, cursor.ahead(1)
    if token.kind in ("word", "number") and not ends_name(cursor):
        cursor.next()
        return token.text if token.start == before.end else f" {token.text}"
    if token.start != before.end:
        return ""
    joined = {"_": ("word", "number"), "-": ("word",)}.get(token.text, ())
    if following.kind in joined and following.start == token.end:
        cursor.step(2)
        return token.text + following.text
    if token.text == "+" and following.kind not in ("number", "clock"):
        cursor.next()
        return "+"
    return ""


def own_name(cursor: Cursor) -> str:
    """The name of an own pace, refused where it could not be told from the language's own words."""
    token, following = cursor.token, cursor.ahead(1)
    if token.kind != "word" and not is_digit_name(cursor):
        help = "names begin with a letter, or with digits that touch one: `park loop`, `5k goal`"
        raise cursor.unexpected("a name", help)
    is_target = (token.text in (*ZONE, "cadence") and following.kind == "number") or at_watch_zone(cursor)
    if is_target or (token.text, following.text) == ("heart", "rate"):
        raise _reserved(cursor, token, following)
    if token.text in RESERVED or ends_name(cursor):
        raise _reserved(cursor, token, token)
    result = pace_name(cursor).name
    if result in _UNITS:
        raise _reserved(cursor, token, cursor.last)
    if cursor.token.kind != "end":
        sign = cursor.token
        before = " before a number" if sign.text in _STOPS_BEFORE_NUMBERS else ""
        message = f"`{cursor.raw(sign.start, sign.end)}`{before} is not allowed in the name of a pace"
        raise cursor.error("bad-name", message, sign, sign, _NAMES)
    return result


_NAMES: Final = "names are words and digits, `_` or `-` between two words, and a `+` at the end: `park_loop`, `R1+`"


def _reserved(cursor: Cursor, first: Token, last: Token) -> PhraseError:
    shown = cursor.raw(first.start, last.end)
    message = f"`{shown}` already means something, so a pace cannot be called that"
    return cursor.error("reserved-name", message, first, last, "give it another name, for example `park loop`")
