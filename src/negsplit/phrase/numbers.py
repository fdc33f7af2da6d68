"""Numbers and units as runners write them: clock times, whole numbers, and what only looks like a number."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from negsplit.diagnostics import Help
from negsplit.phrase.tokens import MOST_DIGITS_OF_SPEED, Cursor, PhraseError, Token, check_digits, decimal
from negsplit.units import DISTANCE_UNITS, TIME_UNITS, clock, plain

CANONICAL: Final = {
    unit: next(short for short, one in units.items() if one == size)
    for units in (TIME_UNITS, DISTANCE_UNITS)
    for unit, size in units.items()
}
"""The shortest name of each unit of time or distance, which comes first of its names."""

DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
"""What may be a day."""

_MALFORMED: Final[tuple[tuple[re.Pattern[str], Callable[[str], str]], ...]] = (
    (re.compile(r"[0-9]{1,3}(?:[ \u00a0\u2009\u202f_'’′][0-9]{3})+(?![0-9])"), lambda text: re.sub("[^0-9]", "", text)),
    (re.compile(r"[0-9]+(?:_[0-9]+)+"), lambda text: text.replace("_", "")),
    (re.compile(r"[0-9]+(?:\.[0-9]+)?[eE][0-9](?![0-9])"), lambda text: plain(Decimal(text))),
    (re.compile(r"[0-9]+(?:\.[0-9]+){2,}"), lambda text: ".".join(text.split(".")[:2])),
    (re.compile(r"[0-9]+(?:\.[0-9]+)?\.(?![0-9.])"), lambda text: text.rstrip(".")),
)
"""``1 000``, ``1_000``, ``1e3``, ``1.2.3``, ``10.``, and what to write instead."""
_ANY_MALFORMED: Final = re.compile("|".join(pattern.pattern for pattern, _ in _MALFORMED))


_PER: Final = r"\s*(?:min\s*)?/\s*(?:km|k|mi|mile)\b"
_PACE_IN_SIGNS: Final = re.compile(
    rf"([0-9]{{1,2}})[,'’′]([0-5][0-9])(?:[\"”″]|'')?"
    rf"(?=(?:\s*(?:-|–|\.\.|->|→)\s*[0-9]{{1,2}}[,'’′][0-5][0-9](?:[\"”″]|'')?)?{_PER})",
    re.IGNORECASE,
)
"""``4,30/km`` and ``4'30"/km``, also in ``4,20-4,30/km``: minutes and seconds, with another sign for the colon."""

_UNIT: Final = re.compile(r" ?[^\W\d_]{1,12}(?:/[^\W\d_]{1,6})?")


def amount_number(cursor: Cursor) -> tuple[Token, Decimal]:
    """Steps over the number of an amount, and gives up on what only looks like one."""
    token = cursor.token
    if _ANY_MALFORMED.match(cursor.text, token.start):
        raise _malformed(cursor, token)
    value = decimal(cursor.next())
    refuse_comma(cursor, token)
    _refuse_fraction(cursor, token)
    return token, value


def _malformed(cursor: Cursor, token: Token) -> PhraseError:
    """What to raise for a token that only looks like a number."""
    found, fix = next((match, fix) for one, fix in _MALFORMED if (match := one.match(cursor.text, token.start)))
    message = f"`{cursor.raw(*found.span())}` is not a number"
    fixed = fix(cursor.raw(*found.span()).removesuffix("..."))
    title = f"write `{fixed}{_unit_behind(cursor, found.end())}`"
    return cursor.error("number", message, *found.span(), cursor.cure(title, *found.span(), fixed))


def _unit_behind(cursor: Cursor, offset: int) -> str:
    found = _UNIT.match(cursor.text, offset)
    return found.group() if found else ""


def numeral(cursor: Cursor, *help: str) -> tuple[Token, Decimal]:
    """Steps over a number, or over a clock time, which counts in seconds."""
    token = cursor.token
    if token.kind not in ("number", "clock"):
        raise cursor.unexpected("a number", *help)
    if found := _PACE_IN_SIGNS.match(cursor.text, token.start):
        cursor.skip_to(found.end())
        token = Token("clock", f"{found[1]}:{found[2]}", *found.span())
        return token, clock_seconds(cursor, token)
    cursor.next()
    if token.kind == "clock":
        return token, clock_seconds(cursor, token)
    value = decimal(token, MOST_DIGITS_OF_SPEED)
    refuse_comma(cursor, token)
    return token, value


def whole(cursor: Cursor, what: str, *help: Help) -> int:
    """A whole number."""
    token = cursor.token
    value = cursor.take_number()
    if value is None:
        raise cursor.unexpected(what, *help)
    if value != int(value):
        raise cursor.error("whole-number", f"{what} is a whole number, not {token.text}", token, token)
    return int(value)


def decimals(token: Token) -> int:
    """How many decimals a number is written with."""
    return len(token.text.partition(".")[2])


def clock_seconds(cursor: Cursor, token: Token) -> Decimal:
    """The seconds of ``m:ss`` or ``h:mm:ss``; minutes may exceed 59 only where they come first."""
    parts = token.text.split(":")
    if len(parts) > 3 or len(parts[0]) > 4:
        raise cursor.error("clock", "write a time as `m:ss` or `h:mm:ss`", token, token, _CLOCKS)
    check_digits(token)
    if any(len(part.partition(".")[0]) != 2 for part in parts[1:]):
        raise cursor.error(
            "clock", f"`{token.text}` is not a clock time", token, token, *_two_digits(cursor, token, parts)
        )
    seconds = Decimal(0)
    for part in parts:
        seconds = seconds * 60 + Decimal(part)
    if any(Decimal(part) >= 60 for part in parts[1:]):
        place = "seconds" if Decimal(parts[-1]) >= 60 else "minutes"
        meant = clock(int(seconds * 1000))
        help = cursor.cure(f"did you mean `{meant}`?", token, token, meant)
        raise cursor.error("clock", f"`{token.text}` has more than 59 {place}", token, token, help)
    return seconds


_CLOCKS: Final = "for example `4:05` or `1:05:00`"


def _two_digits(cursor: Cursor, token: Token, parts: list[str]) -> tuple[Help, ...]:
    """``4:5`` may be five seconds or fifty."""
    minutes, seconds = parts[0], parts[-1]
    if len(parts) != 2 or len(seconds) != 1:
        return (f"write two digits for seconds, and for minutes after hours: {_CLOCKS}",)
    meant = [f"{minutes}:0{seconds}", *([f"{minutes}:{seconds}0"] if seconds in "12345" else [])]
    return tuple(cursor.cure(f"write `{one}`", token, token, one) for one in meant)


def refuse_comma(cursor: Cursor, token: Token) -> None:
    """Gives up on ``1,5`` and ``1,500``, right behind their first digits."""
    sign, other = cursor.token, cursor.ahead(1)
    if sign.text != "," or other.kind != "number" or sign.start != token.end or other.start != sign.end:
        return
    whole = token.text.replace(".", "") if decimals(token) in (0, 3) else token.text.partition(".")[0]
    unit = _unit_behind(cursor, other.end)
    message = "commas separate steps; write decimals with a point"
    if len(other.text) == 2 and cursor.ahead(2).text == "/" and cursor.ahead(3).text in DISTANCE_UNITS:
        pace = f"{whole}:{other.text}"
        title = f"write a pace with a colon: `{pace}/{cursor.ahead(3).text}`"
        raise cursor.error("decimal", message, token, other, cursor.cure(title, token, other, pace, is_certain=True))
    if not other.text.isdigit():
        raise cursor.error("decimal", message, token, other, "for example `1.5 km`")
    pointed = f"{whole}.{other.text}"
    is_certain = len(other.text) < 3 and bool(unit)
    help = [cursor.cure(f"write `{pointed}{unit}`", token, other, pointed, is_certain=is_certain)]
    if len(other.text) == 3:
        pointed = plain(Decimal(pointed))
        written = (f"{whole}{other.text}", ", without a comma"), (pointed, "")
        help = [cursor.cure(f"write `{one}{unit}`{how}", token, other, one) for one, how in written]
    raise cursor.error("decimal", message, token, other, *help)


def _refuse_fraction(cursor: Cursor, token: Token) -> None:
    """Gives up on ``1/2``."""
    sign, other = cursor.token, cursor.ahead(1)
    if sign.text != "/" or other.kind != "number":
        return
    divisor = Decimal(other.text)
    if Decimal(token.text) >= divisor:
        written = _unit_behind(cursor, other.end)
        unit = written if written.strip() in CANONICAL else " s"
        title = f"two steps are written `{token.text}{unit}, {other.text}{unit}`"
        help = cursor.cure(title, token.end, other.start, f"{unit}, ")
        raise cursor.error("decimal", "amounts cannot be joined by `/`", token, other, help)
    number = plain(round(Decimal(token.text) / divisor, 3)) if divisor else "0.5"
    title = f"write `{number}{_unit_behind(cursor, other.end)}`"
    help = cursor.cure(title, token, other, number)
    raise cursor.error("decimal", "write fractions as decimals", token, other, help)
