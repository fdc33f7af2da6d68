"""How long a step lasts: times, distances, ranges of them, the lap button, heart rate."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from negsplit.diagnostics import Help
from negsplit.limits import FARTHEST, HIGHEST_BPM, LONGEST, LOWEST_BPM, NEAREST, SHORTEST
from negsplit.model import Claim, Lap, Length, Range, Spelling, Total, UntilHeartRate
from negsplit.phrase import bare_numbers, step_names
from negsplit.phrase.names import LAP
from negsplit.phrase.numbers import CANONICAL, amount_number, clock_seconds, decimals, whole
from negsplit.phrase.tokens import Cursor, PhraseError, Token
from negsplit.units import DISTANCE_UNITS, TIME_UNITS, Amount, Distance, Duration, plain

PER: Final = ("h", "s", "km", "k", "mi", "mile")
"""What stands behind the `/` of a pace or a speed."""
_TWO_NUMBERS: Final = re.compile(r"\d+:\d\d")
_NEXT_SMALLER: Final = {"h": ("min", "s"), "min": ("s",), "s": ()}


class _Measured(NamedTuple):
    """An amount, the unit it begins with, and its last unit with the decimals of the number before that."""

    amount: Amount
    unit: str
    last: str
    decimals: int


class _Part(NamedTuple):
    """A number as written: its value, its decimals (None for a clock time), and what it is to be a number of."""

    value: Decimal
    decimals: int | None
    token: Token
    wanted: str


def starts_amount(cursor: Cursor) -> bool:
    """Whether a number, ``lap`` or ``until`` stands here."""
    return cursor.token.kind in ("number", "clock") or cursor.sees(*LAP, "until")


def length(cursor: Cursor) -> Length:
    """``10 min``, ``400 m``, ``6..8 mi``, ``lap``, ``until HR < 120``."""
    if cursor.take(*LAP):
        return Lap()
    if cursor.take("until"):
        return _until(cursor)
    return total(cursor)


def spelling(cursor: Cursor, start: Token) -> Spelling | None:
    """How the amount from ``start`` to the cursor is written, if it may be meant otherwise.

    A clock of two numbers may be hours and minutes, a single ``m`` minutes, a single ``M`` miles.
    """
    last = cursor.last
    if last.text != "m" and not (last.kind == "clock" and _TWO_NUMBERS.fullmatch(last.text)):
        return None
    return Spelling(cursor.raw(start.start, last.end), span=cursor.text.at(start.start, last.end))


def amount(cursor: Cursor, wanted: str = "a time or a distance") -> Amount:
    """A time or a distance, no range; ``wanted`` is what messages ask for."""
    start = cursor.token
    result = total(cursor, wanted)
    if isinstance(result, Range):
        raise _one_needed(cursor, start, result)
    return result


def _one_needed(cursor: Cursor, start: Token, found: Range) -> PhraseError:
    help = cursor.cure(f"for example `{found.low}`", start, cursor.last, str(found.low))
    return cursor.error("range", "this has to be one amount, not a range", start, cursor.last, help)


def unbounded(cursor: Cursor) -> Amount:
    """A time or a distance of any size: whoever reads it has bounds of its own."""
    return _with_unit(cursor, _part(cursor, "a time or a distance")).amount


def claim(cursor: Cursor) -> Claim:
    """``9 mi``, ``9.0 mi``, ``1 h 5 min``: a time or a distance that is as exact as it is written."""
    start = cursor.token
    found = _measured(cursor, "a time or a distance")
    if isinstance(found, Range):
        raise _one_needed(cursor, start, found)
    places = found.decimals
    while (number := number_of(found.amount, found.last, places)) is None:
        places += 1
    written = number.quantize(Decimal(1).scaleb(-places))
    return Claim(written, found.last, span=cursor.text.at(start.start, cursor.last.end))


def total(cursor: Cursor, wanted: str = "a time or a distance") -> Total:
    """A time or a distance, or a range of either, within the bounds of the language."""
    found = _measured(cursor, wanted)
    return found if isinstance(found, Range) else found.amount


def spelled_total(cursor: Cursor) -> tuple[Total, Spelling | None]:
    """A total, and how it is written."""
    start = cursor.token
    return total(cursor), spelling(cursor, start)


def _measured(cursor: Cursor, wanted: str) -> _Measured | Range:
    start = cursor.token
    low = _part(cursor, wanted)
    if cursor.sees("..", "-") and cursor.ahead(1).kind in ("number", "clock"):
        cursor.next()
        return _range(cursor, start, low, _part(cursor, wanted))
    one = _with_unit(cursor, low)
    if cursor.sees("..", "-") and cursor.ahead(1).kind in ("number", "clock"):
        cursor.next()
        other = _with_unit(cursor, _part(cursor, wanted))
        if other.unit != one.unit and not (one.unit in _NEXT_SMALLER and other.unit in _NEXT_SMALLER):
            raise cursor.error(
                "range", f"both ends need the same unit: `{one.unit}` and `{other.unit}`", start, cursor.last
            )
        return _ordered(cursor, start, one, other)
    _check_bounds(cursor, start, one.amount)
    return one


def duration(cursor: Cursor) -> Duration:
    """A time."""
    start = cursor.token
    result = amount(cursor, "a time")
    if not isinstance(result, Duration):
        raise cursor.error("kind", f"this has to be a time, not a distance (`{result}`)", start, cursor.last, _A_TIME)
    return result


def distance(cursor: Cursor) -> Distance:
    """A distance."""
    start = cursor.token
    result = amount(cursor, "a distance")
    if not isinstance(result, Distance):
        help = "for example `5 km`"
        raise cursor.error("kind", f"this has to be a distance, not a time (`{result}`)", start, cursor.last, help)
    return result


def durations(cursor: Cursor) -> tuple[Duration, Duration]:
    """A time or a range of times, as its shortest and longest."""
    start = cursor.token
    result = total(cursor, "a time")
    low, high = (result.low, result.high) if isinstance(result, Range) else (result, result)
    if not isinstance(low, Duration) or not isinstance(high, Duration):
        raise cursor.error("kind", f"this has to be a time, not a distance (`{low}`)", start, cursor.last, _A_TIME)
    return low, high


def bpm(cursor: Cursor) -> int:
    """Beats per minute, with or without ``bpm``."""
    start = cursor.token
    value = whole(cursor, "a heart rate in beats per minute", "for example `120`")
    cursor.take("bpm")
    return checked_bpm(cursor, start, value)


def checked_bpm(cursor: Cursor, start: Token, value: int) -> int:
    """The value, if it is a heart rate a person can have."""
    if not LOWEST_BPM <= value <= HIGHEST_BPM:
        message = f"a heart rate must be between {LOWEST_BPM} and {HIGHEST_BPM} bpm, not {value}"
        raise cursor.error("out-of-bounds", message, start, cursor.last)
    return value


def _until(cursor: Cursor) -> Length:
    if cursor.take(*LAP):
        return Lap()
    if not cursor.take("hr"):
        raise cursor.unexpected("`HR` after `until`", "write `until HR < 120`, `until HR > 150 bpm`, or `lap`")
    sign = cursor.take("<", ">")
    if sign is None:
        raise cursor.unexpected("`<` or `>`", "write `until HR < 120` or `until HR > 150`")
    return UntilHeartRate("below" if sign.text == "<" else "above", bpm(cursor))


def _part(cursor: Cursor, wanted: str) -> _Part:
    token = cursor.token
    if token.kind == "clock":
        cursor.next()
        return _Part(clock_seconds(cursor, token), None, token, wanted)
    if token.kind != "number":
        raise cursor.unexpected(wanted, _A_TIME if wanted == "a time" else "for example `10 min` or `5 km`")
    token, value = amount_number(cursor)
    return _Part(value, decimals(token), token, wanted)


_A_TIME: Final = "for example `3:30` or `45 s`"


def number_of(amount: Amount, unit: str, decimals: int) -> Decimal | None:
    """The number that reads as this amount of a unit with so many decimals, if there is one."""
    if isinstance(amount, Duration):
        value = Decimal(amount.ms) / TIME_UNITS[unit]
    else:
        value = Decimal(amount.cm) / DISTANCE_UNITS[unit]
    number = round(value, decimals)
    return number if type(amount).of(number, unit) == amount else None


def _with_unit(cursor: Cursor, part: _Part) -> _Measured:
    if part.decimals is None:
        return _clock_amount(cursor, part)
    unit = cursor.token
    name = CANONICAL.get(unit.text)
    if name is None:
        raise bare_numbers.no_unit(cursor, part.token, part.wanted)
    cursor.next()
    if cursor.sees("/") and cursor.ahead(1).text in PER:
        raise bare_numbers.target_first(cursor, part.token, cursor.ahead(1))
    if name in _NEXT_SMALLER:
        return _time(cursor, part, name)
    if name == "m" and cursor.token.kind == "number" and cursor.ahead(1).text in TIME_UNITS:
        raise bare_numbers.metres(cursor, part.token, unit, f"{part.token.text} min")
    return _Measured(Distance.of(part.value, name), name, name, part.decimals)


def _clock_amount(cursor: Cursor, part: _Part) -> _Measured:
    slash = 1 if cursor.sees("min") else 0
    if cursor.ahead(slash).text == "/" and cursor.ahead(slash + 1).text in PER:
        raise bare_numbers.no_unit(cursor, part.token, part.wanted)
    if cursor.token.text in CANONICAL and not step_names.opens(cursor):
        message = f"`{part.token.text}` is already a time and takes no unit"
        written, title = part.token.text, f"write `{part.token.text}`"
        if CANONICAL[cursor.token.text] == "h":
            hours, minutes = part.token.text.split(":")[:2]
            written = f"{hours} h {minutes} min"
            title = f"write `{written}` or `{part.token.text}:00`"
        help = cursor.cure(title, part.token, cursor.token, written)
        raise cursor.error("clock", message, part.token, cursor.token, help)
    return _Measured(Duration.of(part.value, "s"), "s", "s", 0)


def _time(cursor: Cursor, part: _Part, first: str) -> _Measured:
    """``1 h 30 min``, ``1h30``, ``1'30"``: each unit smaller than the one before."""
    unit, places = first, part.decimals or 0
    ms = Duration.of(part.value, unit).ms
    while cursor.token.kind == "number" and _NEXT_SMALLER[unit]:
        smaller = CANONICAL.get(cursor.ahead(1).text, "")
        if unit == "h" and step_names.has_close(cursor, 1):  # `1h30 "Long run"` waits for no unit
            smaller = ""
        if smaller == "m" and len(cursor.token.text) <= 2:
            raise bare_numbers.metres(
                cursor, cursor.token, cursor.ahead(1), f"{cursor.token.text} {_NEXT_SMALLER[unit][0]}"
            )
        has_unit = smaller in _NEXT_SMALLER[unit]
        if unit == "min" and not smaller and _stands_alone(cursor):
            message = f"`{cursor.token.text}` needs a unit"
            sign = '"' if cursor.last.text == "'" else " s"
            title = f"write `{cursor.raw(part.token.start, cursor.token.end)}{sign}`, or a comma between two steps"
            help = cursor.cure(title, cursor.token.end, cursor.token.end, sign)
            raise cursor.error("missing-unit", message, cursor.token, cursor.token, help)
        if not has_unit and (unit != "h" or smaller):
            break
        if places:
            message = "decimals cannot be followed by a smaller unit"
            last = cursor.ahead(1) if has_unit else cursor.token
            raise cursor.error("decimal", message, part.token, last, "write for example `1 min 30 s` or `1:30`")
        places = decimals(cursor.token)
        _, count = amount_number(cursor)
        unit_before, unit = unit, smaller if has_unit else "min"
        if has_unit:
            cursor.next()
        if count >= 60:
            message = f"{plain(count)} {unit} is more than 59 after `{unit_before}`"
            raise cursor.error("clock", message, part.token, cursor.last)
        ms += Duration.of(count, unit).ms
    return _Measured(Duration(ms), first, unit, places)


def _stands_alone(cursor: Cursor) -> bool:
    """Whether the number here is the last of a time: no unit follows, nor another end of a range."""
    following = cursor.ahead(1)
    return following.kind in ("end", "newline") or following.text in (",", ")", "@", "at", "--", "..", "in")


def _range(cursor: Cursor, start: Token, low: _Part, high: _Part) -> _Measured | Range:
    if (low.decimals is None) != (high.decimals is None):
        raise cursor.error(
            "range", "write both ends of a range the same way", start, cursor.last, "for example `3:30..4:00`"
        )
    if cursor.sees("..", "-"):
        raise cursor.error("range", "a range has two ends", start, cursor.token, "for example `6..8 mi`")
    upper = _with_unit(cursor, high)
    lower = type(upper.amount).of(low.value, upper.unit)
    return _ordered(cursor, start, _Measured(lower, upper.unit, upper.unit, low.decimals or 0), upper)


def _ordered(cursor: Cursor, start: Token, *ends: _Measured) -> _Measured | Range:
    """A range in the smallest unit written, with the decimals that both ends take in it."""
    low, high = sorted((end.amount for end in ends), key=lambda end: end.ms if isinstance(end, Duration) else end.cm)
    _check_bounds(cursor, start, low)
    _check_bounds(cursor, start, high)
    unit = min((end.last for end in ends), key=lambda unit: TIME_UNITS.get(unit, 0))
    decimals = max(end.decimals for end in ends if end.last == unit)
    while any(number_of(end, unit, decimals) is None for end in (low, high)):
        decimals += 1
    return ends[0] if low == high else Range(low, high, unit, decimals)


def _check_bounds(cursor: Cursor, start: Token, value: Amount) -> None:
    if isinstance(value, Duration):
        if not SHORTEST <= value <= LONGEST:
            message = f"a time must be between {SHORTEST} and {LONGEST}, not {value}"
            raise cursor.error("out-of-bounds", message, start, cursor.last)
    elif not NEAREST <= value <= FARTHEST:
        message = f"a distance must be between {NEAREST} and {FARTHEST}, not {value}"
        is_other_unit = start.kind == "number" and 0 < value.cm < NEAREST.cm and cursor.last.text == "m"
        help: tuple[Help, ...] = ()
        if is_other_unit:
            unit = cursor.raw(cursor.last.start, cursor.last.end)
            other = ("mi",) if unit == "M" else ("min", "mi")
            meant = (f"{start.text} {one}" for one in other)
            help = tuple(
                cursor.cure(f"`{unit}` is metres; did you mean `{one}`?", start, cursor.last, one) for one in meant
            )
        elif not value.cm and cursor.ahead(-4).start == start.start:
            written = f"lap -- {cursor.text[start.start : cursor.last.end]}"
            help = (
                cursor.cure(f"what may be left out ends with the lap button: `{written}`", start, cursor.last, written),
            )
        raise cursor.error("out-of-bounds", message, start, cursor.last, *help)
