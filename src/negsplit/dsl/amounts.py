"""How long a step lasts: times, distances, ranges of them, the lap button, heart rate."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from negsplit.diagnostics import did_you_mean
from negsplit.dsl.tokens import Cursor, PhraseError, Token, decimal
from negsplit.model import Lap, Length, Range, Total, UntilHeartRate
from negsplit.units import DISTANCE_UNITS, TIME_UNITS, Amount, Distance, Duration, plain

SHORTEST, LONGEST = Duration(1_000), Duration(24 * 3_600_000)
NEAREST, FARTHEST = Distance(1_000), Distance(20_000_000)
LOWEST_BPM, HIGHEST_BPM = 30, 220

_TARGET_UNITS: Final = frozenset({"bpm", "w", "watt", "watts", "spm", "mph", "kph", "rpe"})
_CANONICAL: Final = {
    **{unit: "h" for unit, ms in TIME_UNITS.items() if ms == 3_600_000},
    **{unit: "min" for unit, ms in TIME_UNITS.items() if ms == 60_000},
    **{unit: "s" for unit, ms in TIME_UNITS.items() if ms == 1_000},
    **{unit: "m" for unit, cm in DISTANCE_UNITS.items() if cm == 100},
    **{unit: "km" for unit, cm in DISTANCE_UNITS.items() if cm == 100_000},
    **dict.fromkeys(("mi", "mile", "miles"), "mi"),
    **dict.fromkeys(("yd", "yds", "yard", "yards"), "yd"),
}
_NEXT_SMALLER: Final = {"h": ("min", "s"), "min": ("s",), "s": ()}


class _Part(NamedTuple):
    """A number as written: its value, and how many decimals it has (None for a clock time)."""

    value: Decimal
    decimals: int | None
    token: Token


def starts_amount(cursor: Cursor) -> bool:
    """Whether a number, ``lap`` or ``until`` stands here."""
    return cursor.token.kind in ("number", "clock") or cursor.sees("lap", "until")


def length(cursor: Cursor, *, in_group: bool = False) -> Length:
    """``10 min``, ``400 m``, ``6..8 mi``, ``lap``, ``until HR < 120``; warns of metres that look like minutes."""
    if cursor.take("lap"):
        return Lap()
    if cursor.take("until"):
        return _until(cursor)
    start = cursor.token
    result = total(cursor)
    first = result.low if isinstance(result, Range) else result
    _warn_of_metres(cursor, start, first, in_group=in_group)
    return result


def amount(cursor: Cursor) -> Amount:
    """A time or a distance, no range."""
    start = cursor.token
    result = total(cursor)
    if isinstance(result, Range):
        raise cursor.error(
            "range", "one amount is needed here, not a range", start, cursor.last, f"for example `{result.low}`"
        )
    return result


def total(cursor: Cursor) -> Total:
    """A time or a distance, or a range of either, within the bounds of the language."""
    start = cursor.token
    low = _part(cursor)
    if cursor.sees("..", "-") and cursor.ahead(1).kind in ("number", "clock"):
        cursor.next()
        return _range(cursor, start, low, _part(cursor))
    result, unit = _with_unit(cursor, low)
    if cursor.sees("..", "-") and cursor.ahead(1).kind in ("number", "clock"):
        cursor.next()
        high = _part(cursor)
        other, other_unit = _with_unit(cursor, high)
        if other_unit != unit:
            raise cursor.error(
                "range", f"both ends need the same unit: `{unit}` and `{other_unit}`", start, cursor.last
            )
        return _ordered(cursor, start, result, other, unit, max(low.decimals or 0, high.decimals or 0))
    _check_bounds(cursor, start, result)
    return result


def duration(cursor: Cursor) -> Duration:
    """A time."""
    start = cursor.token
    result = amount(cursor)
    if not isinstance(result, Duration):
        raise cursor.error("kind", f"a time is needed here, not a distance (`{result}`)", start, cursor.last)
    return result


def durations(cursor: Cursor) -> tuple[Duration, Duration]:
    """A time or a range of times, as its shortest and longest."""
    start = cursor.token
    result = total(cursor)
    low, high = (result.low, result.high) if isinstance(result, Range) else (result, result)
    if not isinstance(low, Duration) or not isinstance(high, Duration):
        raise cursor.error("kind", f"a time is needed here, not a distance (`{low}`)", start, cursor.last)
    return low, high


def bpm(cursor: Cursor) -> int:
    """Beats per minute, with or without ``bpm``."""
    start = cursor.token
    value = whole(cursor, "a heart rate in beats per minute")
    cursor.take("bpm")
    return checked_bpm(cursor, start, value)


def checked_bpm(cursor: Cursor, start: Token, value: int) -> int:
    """The value, if it is a heart rate a person can have."""
    if not LOWEST_BPM <= value <= HIGHEST_BPM:
        message = f"a heart rate lies between {LOWEST_BPM} and {HIGHEST_BPM} bpm, this is {value}"
        raise cursor.error("out-of-bounds", message, start, cursor.last)
    return value


def whole(cursor: Cursor, what: str) -> int:
    """A whole number."""
    token = cursor.token
    value = cursor.take_number()
    if value is None:
        raise cursor.unexpected(what)
    if value != int(value):
        raise cursor.error("whole-number", f"{what} is a whole number, not {token.text}", token, token)
    return int(value)


def _until(cursor: Cursor) -> Length:
    if cursor.take("lap"):
        return Lap()
    if not cursor.take("hr"):
        raise cursor.unexpected("`HR` after `until`", "write `until HR < 120`, `until HR > 150 bpm`, or `lap`")
    sign = cursor.take("<", ">")
    if sign is None:
        raise cursor.unexpected("`<` or `>`", "write `until HR < 120` or `until HR > 150`")
    return UntilHeartRate("below" if sign.text == "<" else "above", bpm(cursor))


def _part(cursor: Cursor) -> _Part:
    token = cursor.token
    if token.kind == "clock":
        cursor.next()
        return _Part(clock_seconds(cursor, token), None, token)
    if token.kind != "number":
        raise cursor.unexpected("a time or a distance", *_help_for_word(cursor))
    cursor.next()
    value = decimal(token)
    _refuse_fraction(cursor, token)
    return _Part(value, len(token.text.partition(".")[2]), token)


def _help_for_word(cursor: Cursor) -> tuple[str, ...]:
    if cursor.token.kind == "word" and cursor.ahead(1).kind in ("number", "clock"):
        word = cursor.raw(cursor.token.start, cursor.token.end)
        return (f"a target comes after `@`, behind the duration: `10 min @ {word}`",)
    return ("for example `10 min`, `400 m`, `lap`",)


def _refuse_fraction(cursor: Cursor, token: Token) -> None:
    sign, other = cursor.token, cursor.ahead(1)
    if sign.text not in (",", "/") or other.kind != "number":
        return
    if sign.text == "/" or (sign.start == token.end and other.start == sign.end):
        numbers = Decimal(token.text), Decimal(other.text)
        if sign.text == ",":
            wanted, message = f"{token.text}.{other.text}", "decimals are written with a point"
        else:
            message = "fractions are written as decimals"
            wanted = plain(round(numbers[0] / numbers[1], 3)) if numbers[1] else "0.5"
        tail = cursor.ahead(2)
        unit = f" {tail.text}" if tail.text in _CANONICAL else ""
        raise cursor.error("decimal", message, token, other, f"write `{wanted}{unit}`")


def clock_seconds(cursor: Cursor, token: Token) -> Decimal:
    """The seconds of ``m:ss`` or ``h:mm:ss``; minutes may exceed 59 only where they come first."""
    parts = token.text.split(":")
    whole_part = parts[-1].partition(".")[0]
    if len(parts) > 3 or any(len(part) != 2 for part in [*parts[1:-1], whole_part]) or len(parts[0]) > 4:
        raise cursor.error(
            "clock", "a clock time is `m:ss` or `h:mm:ss`", token, token, "for example `4:05` or `1:05:00`"
        )
    if Decimal(parts[-1]) >= 60 or (len(parts) == 3 and int(parts[1]) >= 60):
        raise cursor.error("clock", f"`{token.text}` has more than 59 seconds or minutes in a place", token, token)
    seconds = Decimal(0)
    for part in parts:
        seconds = seconds * 60 + Decimal(part)
    return seconds


def _with_unit(cursor: Cursor, part: _Part) -> tuple[Amount, str]:
    if part.decimals is None:
        return _clock_amount(cursor, part)
    unit = cursor.token
    name = _CANONICAL.get(unit.text)
    if name is None:
        raise _unit_error(cursor, part)
    cursor.next()
    if name in _NEXT_SMALLER:
        return _time(cursor, part, name), name
    return Distance.of(part.value, name), name


def _clock_amount(cursor: Cursor, part: _Part) -> tuple[Amount, str]:
    if cursor.sees("/") or (cursor.sees("min") and cursor.ahead(1).text == "/"):
        raise _unit_error(cursor, part)
    if cursor.token.text in _CANONICAL:
        message = f"`{part.token.text}` is already a time, it takes no unit"
        fix = f"write `{part.token.text}`"
        if _CANONICAL[cursor.token.text] == "h":
            hours, minutes = part.token.text.split(":")[:2]
            fix = f"write `{hours} h {minutes} min` or `{part.token.text}:00`"
        raise cursor.error("clock", message, part.token, cursor.token, fix)
    return Duration.of(part.value, "s"), "s"


def _time(cursor: Cursor, part: _Part, unit: str) -> Duration:
    """``1 h 30 min``, ``1h30``, ``1'30"``: each unit smaller than the one before."""
    ms = Duration.of(part.value, unit).ms
    while cursor.token.kind == "number" and _NEXT_SMALLER[unit]:
        smaller = _CANONICAL.get(cursor.ahead(1).text, "")
        has_unit = smaller in _NEXT_SMALLER[unit]
        if not has_unit and not (unit == "h" and cursor.adjacent()):
            break
        count = decimal(cursor.next())
        unit_before, unit = unit, smaller if has_unit else "min"
        if has_unit:
            cursor.next()
        if count >= 60:
            message = f"{plain(count)} {unit} is more than 59 behind `{unit_before}`"
            raise cursor.error("clock", message, part.token, cursor.last)
        ms += Duration.of(count, unit).ms
    return Duration(ms)


def _unit_error(cursor: Cursor, part: _Part) -> PhraseError:
    token, number = cursor.token, part.token
    text = number.text
    if token.text == "/" or (token.text == "min" and cursor.ahead(1).text == "/"):
        per = cursor.ahead(1 if token.text == "/" else 3).text
        wanted = f"{text}/{per if per in ('km', 'mi') else 'km'}"
        return cursor.error("target-first", "a pace comes after `@`", number, token, f"write `10 min @ {wanted}`")
    if token.text in _TARGET_UNITS or token.text == "%":
        shown = cursor.raw(number.start, token.end)
        return cursor.error(
            "target-first", f"`{shown}` is a target, no duration", number, token, f"write `10 min @ {shown}`"
        )
    if token.text == "x":
        rest = cursor.raw(token.end, len(cursor.text)).strip().partition(",")[0].rstrip(") ")
        wanted = f"{text}x({rest or '400 m @ 5k, 200 m'})"
        return cursor.error("repeat", "a repeat needs parentheses", number, token, f"write `{wanted}`")
    if token.kind == "word" and cursor.adjacent():
        shown = cursor.raw(number.start, token.end)
        near = ", ".join(f"`{text} {unit}`" for unit in ("min", "s", "km", "m", "mi"))
        return cursor.error("unknown-unit", f"`{shown}` has no known unit", token, token, f"write {near}")
    if token.kind == "word" and token.text not in ("in", "at", "and"):
        shown = cursor.raw(token.start, token.end)
        nearest = did_you_mean(token.text, _CANONICAL)
        units = f"write `{text} min`, `{text} s`, `{text} km` or `{text} m`; a target comes after `@`"
        help = f"did you mean `{text} {nearest}`?" if nearest else units
        return cursor.error("unknown-unit", f"`{shown}` is no unit of time or distance", token, token, help)
    return cursor.error(
        "missing-unit",
        f"`{text}` needs a unit",
        number,
        number,
        f"write `{text} min`, `{text} s`, `{text} km` or `{text} m`",
    )


def _range(cursor: Cursor, start: Token, low: _Part, high: _Part) -> Total:
    if (low.decimals is None) != (high.decimals is None):
        raise cursor.error(
            "range", "both ends of a range are written alike", start, cursor.last, "for example `3:30..4:00`"
        )
    upper, unit = _with_unit(cursor, high)
    if low.decimals is None or isinstance(upper, Duration):
        lower: Amount = Duration.of(low.value, unit)
    else:
        lower = Distance.of(low.value, unit)
    decimals = 0 if low.decimals is None or high.decimals is None else max(low.decimals, high.decimals)
    return _ordered(cursor, start, lower, upper, unit, decimals)


def _ordered(cursor: Cursor, start: Token, one: Amount, other: Amount, unit: str, decimals: int) -> Total:
    low, high = sorted((one, other), key=lambda end: end.ms if isinstance(end, Duration) else end.cm)
    _check_bounds(cursor, start, low)
    _check_bounds(cursor, start, high)
    return low if low == high else Range(low, high, unit, decimals)


def _check_bounds(cursor: Cursor, start: Token, value: Amount) -> None:
    if isinstance(value, Duration):
        if not SHORTEST <= value <= LONGEST:
            raise cursor.error("out-of-bounds", "a time lies between 1 s and 24 h", start, cursor.last)
    elif not NEAREST <= value <= FARTHEST:
        written = start.text if start.kind == "number" else ""
        looks_like_minutes = written and value < NEAREST and cursor.last.text == "m"
        help = (f"`m` is metres; did you mean `{written} min`?",) if looks_like_minutes else ()
        raise PhraseError(
            "out-of-bounds", "a distance lies between 10 m and 200 km", start.start, cursor.last.end, *help
        )


def _warn_of_metres(cursor: Cursor, start: Token, value: Amount, *, in_group: bool) -> None:
    limit = Distance(2_000) if in_group else Distance(10_000)
    if isinstance(value, Distance) and cursor.last.text == "m" and value < limit:
        number = plain(Decimal(value.cm) / 100)
        message = f"`{number} m` is {number} metres"
        end = cursor.last.end
        cursor.warn("metres", message, start.start, end, f"did you mean `{number} min`?")
