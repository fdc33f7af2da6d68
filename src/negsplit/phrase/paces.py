"""Paces and speeds: figures, names, offsets, shares, and from one to another."""

from __future__ import annotations

import re
from decimal import Decimal
from math import ceil
from typing import Final, Literal

from negsplit.diagnostics import Help, Span, listed
from negsplit.limits import (
    FASTEST_MPS,
    HIGHEST_BPM,
    HIGHEST_SPM,
    HIGHEST_WATTS,
    LONGEST_RACE,
    LOWEST_BPM,
    LOWEST_SPM,
    LOWEST_WATTS,
    MOST_MARGIN,
    SHORTEST_RACE,
    SLOWEST_MPS,
    is_runnable,
)
from negsplit.phrase.joints import joint
from negsplit.phrase.names import SPEED_UNITS, at_name, is_digit_name, pace_name
from negsplit.phrase.numbers import CANONICAL, numeral
from negsplit.phrase.tokens import Cursor, Token
from negsplit.targets import Between, Named, OneSided, PacePoint, PaceTarget, Scaled, Shifted, Tolerance
from negsplit.units import (
    Distance,
    Pace,
    PaceShift,
    PaceUnit,
    Percent,
    Speed,
    SpeedUnit,
    clock,
    plain,
)

SECONDS: Final = tuple(unit for unit, name in CANONICAL.items() if name == "s" and unit.isalpha())


_OTHER_JOINTS: Final = ("-", "..", "to", "or", "+")
"""What people write between two paces, or behind one; none of them belongs there."""


def pace(cursor: Cursor, start: Token, first: PacePoint | Between | None) -> PaceTarget:
    """A pace, or a range of paces, with the ``±`` written behind it; ``first`` if its figures are read already."""
    pace = first if first is not None else point(cursor)
    is_dash = cursor.sees("-") and isinstance(pace, Named) and pace.name[:1].isdigit() and is_digit_name(cursor, 1)
    if cursor.take("..") or (is_dash and cursor.take("-")):
        if isinstance(pace, Between):
            raise cursor.error("range", "a range has two ends", start, cursor.last)
        pace = Between(pace, point(cursor))
    _refuse_other_joints(cursor, start)
    margin = None
    if sign := cursor.take("±"):
        if isinstance(pace, Between):
            _margin(cursor)
            help = cursor.cure("leave it out", sign, cursor.last, "")
            raise cursor.error("tolerance", "a range is already a band, so it takes no ±", sign, sign, help)
        margin = _margin(cursor)
    return PaceTarget(pace, margin, span=span_from(cursor, start))


def _refuse_other_joints(cursor: Cursor, start: Token) -> None:
    """Gives up on ``marathon - half``, ``marathon to half``, ``easy or slower`` and ``5:00/km + 10 s/km``."""
    if cursor.token.text not in _OTHER_JOINTS:
        return
    sign, other = cursor.token, cursor.ahead(1)
    last = _written(cursor, 1)
    one, following = cursor.raw(start.start, cursor.last.end), cursor.raw(other.start, last.end)
    if sign.text == "or" and following.lower() in ("faster", "slower"):
        message = "a limit on one side is written with `than`"
        written = f"{following.lower()} than {one}"
        help = cursor.cure(f"write `{written}`", start, other, written)
        raise cursor.error("range", message, sign, other, help)
    is_offset = sign.text == "-" and cursor.ahead(2).text in (*SECONDS, "%")
    if (sign.text == "+" and not joint(cursor)) or is_offset:
        offset_help = "write the pace that you mean" if _is_figure(cursor, start) else "write one offset"
        raise cursor.error("offset", "an offset goes after the name of a pace, once", sign, other, offset_help)
    if cursor.sees("..", "to", "or") or (cursor.sees("-") and other.kind in ("word", "number", "clock")):
        if ".." in one or sign.text == "..":
            raise cursor.error("range", "a range has two ends", start, last, "write for example `marathon..half`")
        message = f"`{sign.text}` does not make a range of paces"
        title = f"for a range, write `{one}..{following}`"
        helps = [cursor.cure(title, cursor.last.end, other.start, "..")]
        if sign.text == "-" and other.kind == "word":
            title = f"a cue goes after `--`: `{one} -- {following}`"
            helps.append(cursor.cure(title, cursor.last.end, other.start, " -- "))
        raise cursor.error("range", message, sign, last, *helps)


def offset_first(cursor: Cursor, start: Token, low: Decimal, high: Decimal) -> Shifted | None:
    """``10 s/km slower than marathon``, whose seconds have been read from ``start`` on; None where it is none of these.

    :raises PhraseError: where it does not say of which distance the seconds are.
    """
    at = 1 if cursor.token.text in SECONDS else 0
    unit = cursor.ahead(at + 1).text if cursor.ahead(at).text in ("/", "per") else ""
    at += 2 if unit else 0
    word, number = cursor.ahead(at).text, cursor.raw(start.start, cursor.last.end)
    if word not in ("slower", "faster") or cursor.ahead(at + 1).text != "than" or unit not in ("", "km", "mi"):
        return None
    while cursor.last.text != "than":
        cursor.next()
    first = cursor.token
    base = pace_name(cursor)
    if unit:
        sign, per = (1 if word == "slower" else -1), next(one for one in _units_of_line(cursor) if one == unit)
        return Shifted(base, *(PaceShift(sign * _ms(cursor, start, one), per) for one in (low, high)))
    name, plus_or_minus = cursor.raw(first.start, cursor.last.end), "+" if word == "slower" else "-"
    texts = [f"{name} {plus_or_minus} {number} s/{one}" for one in _units_of_line(cursor)]
    helps = [cursor.cure(f"write `{text}`", start, cursor.last, text) for text in texts]
    raise cursor.error("offset", "an offset goes after the name of a pace", start, cursor.last, *helps)


def _is_figure(cursor: Cursor, start: Token) -> bool:
    """Whether the pace from ``start`` to the cursor begins in figures, and is no name such as ``5k``."""
    at = -1
    while cursor.ahead(at).start > start.start:
        at -= 1
    return start.kind in ("number", "clock") and not is_digit_name(cursor, at)


def one_sided(cursor: Cursor) -> PaceTarget:
    """``faster than 4:30/km``."""
    word = cursor.next()
    if not cursor.take("than"):
        help = cursor.cure(f"write `{word.text} than 4:30/km`", word.end, word.end, " than")
        raise cursor.unexpected("`than`", help)
    side: Literal["faster", "slower"] = "faster" if word.text == "faster" else "slower"
    start = cursor.token
    than = None if cursor.ahead(1).text in ("..", "-") and start.kind in ("number", "clock") else point(cursor)
    if than is None or cursor.sees("..", "-", "±"):
        message = f"`{word.text} than` takes one pace"
        sign = cursor.token if than else cursor.ahead(1)
        raise cursor.error("range", message, start, sign, f"for example `{word.text} than 4:30/km`")
    return PaceTarget(OneSided(side, than), span=span_from(cursor, word))


def tolerance(cursor: Cursor) -> Tolerance:
    """``2 %``, ``± 5 s/km``: how far a point pace is widened to each side."""
    cursor.take("±")
    return _margin(cursor)


def _margin(cursor: Cursor) -> Tolerance:
    start = cursor.token
    value = _shift(cursor, 1)
    if value is None:
        raise cursor.unexpected("a number", "for example `2 %` or `5 s/km`")
    low = value[0]
    if value[0] != value[1]:
        raise cursor.error("range", "a tolerance is one number", start, cursor.last, "for example `2 %` or `5 s/km`")
    if isinstance(low, Percent) and not Percent(0) <= low <= MOST_MARGIN:
        message = f"a tolerance must be between 0 and {MOST_MARGIN}, not {low}"
        raise cursor.error("out-of-bounds", message, start, cursor.last)
    if isinstance(low, PaceShift) and low.ms > 120_000:
        raise cursor.error("out-of-bounds", f"a tolerance is at most 120 s/km, not {low}", start, cursor.last)
    return low


def shift_range(cursor: Cursor) -> tuple[PaceShift, PaceShift]:
    """``15..30 s/mi``: a difference of pace, smaller end first."""
    start = cursor.token
    value = _shift(cursor, 1, percents=False)
    if value is None:
        raise cursor.unexpected("a difference of pace", "for example `20 s/mi`")
    low, high = value
    if not isinstance(low, PaceShift) or not isinstance(high, PaceShift):
        raise cursor.error(
            "kind",
            "this has to be a difference in seconds, not a percentage",
            start,
            cursor.last,
            "for example `15..30 s/mi`",
        )
    low, high = sorted((low, high), key=lambda shift: shift.ms)
    if low.ms <= 0:
        raise cursor.error("out-of-bounds", "a change of pace is more than 0 seconds", start, cursor.last)
    return low, high


def in_unit_of(cursor: Cursor, number: Token, value: Decimal, other: Pace | Speed) -> Pace | Speed:
    """Figures without a unit, in that of another pace."""
    if isinstance(other, Pace):
        point: Pace | Speed = Pace(_ms(cursor, number, value), other.unit)
    else:
        point = Speed(value * 1000, other.unit)
    _check_speed(cursor, number, point)
    return point


def share(cursor: Cursor) -> Percent:
    """``50 %``, one number."""
    start = cursor.token
    _, value = numeral(cursor, "for example `50 %`")
    if not cursor.take("%"):
        raise cursor.unexpected("`%`")
    return percent(cursor, start, value)


def point(cursor: Cursor) -> PacePoint:
    """One end of a range: a pace in figures, or a name with an offset, or a share of a name."""
    start = cursor.token
    if start.kind in ("number", "clock") and not is_digit_name(cursor):
        token, value = numeral(cursor)
        if start.kind == "number" and cursor.take("%"):
            share = percent(cursor, start, value)
            cursor.take("of")
            if not at_name(cursor):
                raise cursor.unexpected("the name of a pace")
            return offset(cursor, Scaled(pace_name(cursor), share, share))
        found = figures(cursor, start, [(token, value)])
        return found if not isinstance(found, Between) else found.one
    if start.text == "z" and cursor.ahead(1).kind == "number":
        help = "write a pace such as `easy`; a range of zones is `Z2..3 pace`"
        raise cursor.error("kind", "a zone is not a single pace", start, cursor.ahead(1), help)
    if not at_name(cursor):
        raise cursor.unexpected("a pace", "for example `5:00/km`, `easy`, `10k - 5 s/km`")
    return offset(cursor, pace_name(cursor))


def offset(cursor: Cursor, base: Named | Scaled) -> PacePoint:
    """A name or a share of one with the offset behind it, read from left to right; as it is where none stands here."""
    is_minus = cursor.sees("-") and cursor.ahead(1).kind in ("number", "clock") and not _before_name(cursor)
    if not (cursor.sees("+") or is_minus) or joint(cursor):
        return base
    sign, start = cursor.next(), cursor.token
    shifts = _shift(cursor, 1 if sign.text == "+" else -1)
    if shifts is None:
        name = base.name if isinstance(base, Named) else base.base.name
        raise cursor.unexpected("a number", f"write `{name} + 10 s/km` or `{name} + 5 %`")
    if isinstance(base, Scaled) and isinstance(shifts[0], Percent):
        help = "write one percentage, or seconds after it: `95 % of 5k + 5 s/km`"
        raise cursor.error("offset", "the offset of a share is in seconds", start, cursor.last, help)
    return Shifted(base, *shifts)


def _before_name(cursor: Cursor) -> bool:
    """Whether ``-`` stands here before a name in digits, as in ``10k-5k``."""
    return is_digit_name(cursor, 1) and cursor.ahead(2).text not in SECONDS


def _shift(
    cursor: Cursor, sign: int, *, percents: bool = True
) -> tuple[PaceShift | Percent, PaceShift | Percent] | None:
    """``25..30 s/km``, ``10 %``, ``0:25/km`` behind a plus or a minus; None where no number stands."""
    start = cursor.token
    if start.kind not in ("number", "clock"):
        return None
    numbers = [numeral(cursor)]
    if cursor.sees("..", "-") and cursor.ahead(1).kind in ("number", "clock"):
        cursor.next()
        numbers.append(numeral(cursor))
    low, high = numbers[0][1], numbers[-1][1]
    is_clock = any(token.kind == "clock" for token, _ in numbers)
    if not is_clock and cursor.take("%"):
        for value in (low, high):
            if value:
                percent(cursor, start, value)
        return Percent(sign * int(low * 1000)), Percent(sign * int(high * 1000))
    if not is_clock:
        cursor.take(*SECONDS)
    if not cursor.sees("/", "per"):
        shown = cursor.raw(start.start, numbers[-1][0].end)
        title = f"write `{shown} s/km` or `{shown} s/mi`" + (f", or `{shown} %`" if percents else "")
        if (word := cursor.token).text in CANONICAL:
            message = f"`{cursor.raw(start.start, word.end)}` is not a change of pace"
            raise cursor.error("kind", message, start, word, title)
        units = [f"s/{unit}" for unit in _units_of_line(cursor)]
        helps = (cursor.cure(f"write `{shown} {unit}`", start, cursor.last, f"{shown} {unit}") for unit in units)
        last = (f"or `{shown} %`",) if percents else ()
        raise cursor.error("missing-unit", f"`{shown}` needs a unit", start, cursor.last, *helps, *last)
    unit = _per_distance(cursor, start)
    low_ms, high_ms = _ms(cursor, start, low), _ms(cursor, start, high)
    if max(low_ms, high_ms) > 600_000:
        raise cursor.error("out-of-bounds", "an offset is at most ten minutes", start, cursor.last)
    return PaceShift(sign * low_ms, unit), PaceShift(sign * high_ms, unit)


def figures(cursor: Cursor, start: Token, numbers: list[tuple[Token, Decimal]]) -> PacePoint | Between:
    """A pace or a speed, or a range of one, whose numbers have been read: the cursor stands on the unit."""
    is_clock = numbers[0][0].kind == "clock"
    values = [value for _, value in numbers]
    if cursor.sees("min") and cursor.ahead(1).text in ("/", "per"):
        cursor.next()
        values = values if is_clock else [value * 60 for value in values]
        is_clock = True
    points: list[Pace] | list[Speed]
    if is_clock:
        unit = _per_distance(cursor, start)
        points = [Pace(_ms(cursor, start, value), unit) for value in values]
    else:
        speed_unit = _speed_unit(cursor, start, values)
        points = [Speed(value * 1000, speed_unit) for value in values]
    for point in points:
        _check_speed(cursor, start, point)
    return points[0] if len(points) == 1 else Between(points[0], points[1])


def _ms(cursor: Cursor, start: Token, seconds: Decimal) -> int:
    if seconds * 1000 != int(seconds * 1000):
        raise cursor.error("too-precise", "a pace has at most three decimals of a second", start, cursor.last)
    return int(seconds * 1000)


def _check_speed(cursor: Cursor, start: Token, point: PacePoint) -> None:
    if not isinstance(point, Pace | Speed):
        return
    if isinstance(point, Pace) and point.ms == 0:
        raise cursor.error("out-of-bounds", "a pace is more than 0:00", start, cursor.last)
    if not is_runnable(point.mps):
        raise cursor.error("out-of-bounds", f"`{point}` is not a running speed", start, cursor.last, _BOUNDS)


_SLOWEST_KMH, _FASTEST_KMH = SLOWEST_MPS * 3.6, FASTEST_MPS * 3.6
_BOUNDS: Final = (
    f"bounds: {clock(int(1000 / SLOWEST_MPS) * 1000)}/km to {clock(ceil(1000 / FASTEST_MPS) * 1000)}/km, "
    f"{_SLOWEST_KMH:g} to {_FASTEST_KMH:g} km/h"
)


def _per_distance(cursor: Cursor, start: Token) -> PaceUnit:
    if cursor.take("/", "per"):
        for unit in ("km", "mi"):
            if cursor.take(unit, "k" if unit == "km" else "mile"):
                return unit
        raise cursor.unexpected("`km` or `mi`", "write a pace as `5:00/km` or `8:03/mi`")
    _refuse_to(cursor, start)
    shown = cursor.raw(start.start, cursor.last.end)
    units = _units_of_line(cursor)
    help = [cursor.cure(f"write `{shown}/{unit}`", start, cursor.last, f"{shown}/{unit}") for unit in units]
    if cursor.sees("..", "-"):
        help = [f"write `{shown}/km` or `{shown}/mi`"]
    elif sign := _sign_before(cursor, start):
        help.append(_covered_in(cursor, sign, start, shown))
    raise cursor.error("missing-unit", f"`{shown}` needs a unit", start, cursor.last, *help)


def _units_of_line(cursor: Cursor) -> tuple[PaceUnit, PaceUnit]:
    """What a pace may be per, miles first where the text has distances in miles alone."""
    written = {CANONICAL.get(token.text) for token in cursor.tokens if token.kind == "word"}
    return ("mi", "km") if "mi" in written and "km" not in written else ("km", "mi")


def _covered_in(cursor: Cursor, sign: Token, start: Token, time: str) -> Help:
    """``in`` for the ``@`` before figures that are the time for a distance."""
    at = -1
    while cursor.ahead(at) != sign:
        at -= 1
    unit = cursor.ahead(at - 1)
    distance = cursor.raw(cursor.ahead(at - 2).start, unit.end) if unit.text in CANONICAL else "400 m"
    title = f"if it is the time for the distance, write `{distance} in {time}`"
    is_touching = cursor.text[sign.end : start.start] == ""
    return cursor.cure(title, sign, sign, "in " if is_touching else "in")


def _sign_before(cursor: Cursor, start: Token) -> Token | None:
    """The ``@`` right before figures."""
    at = -1
    while cursor.ahead(at).start > start.start:
        at -= 1
    before = cursor.ahead(at - 1)
    return before if before.text in ("@", "at") else None


def _written(cursor: Cursor, at: int) -> Token:
    """The last token of the pace that begins ``at`` tokens ahead: figures with their unit, or a name in digits."""
    if cursor.ahead(at + 1).text == "/":
        return cursor.ahead(at + 2)
    if cursor.ahead(at).kind == "number" and cursor.ahead(at + 2).text == "/":
        return cursor.ahead(at + 3)
    return cursor.ahead(at + 1) if is_digit_name(cursor, at) else cursor.ahead(at)


def _refuse_to(cursor: Cursor, start: Token) -> None:
    """Gives up on ``5:10 to 4:50/km`` and ``12 to 13 km/h``."""
    other = cursor.ahead(1)
    if cursor.sees("to") and other.kind in ("number", "clock"):
        last = _written(cursor, 1)
        one, following = cursor.raw(start.start, cursor.last.end), cursor.raw(other.start, last.end)
        title = f"for a range, write `{one}..{following}`"
        help = cursor.cure(title, cursor.last.end, other.start, "..")
        raise cursor.error("range", "`to` does not make a range of paces", cursor.token, last, help)


def _speed_unit(cursor: Cursor, start: Token, values: list[Decimal]) -> SpeedUnit:
    token, slash, per = cursor.token, cursor.ahead(1), cursor.ahead(2)
    if token.text in SPEED_UNITS:
        cursor.next()
        return SPEED_UNITS[token.text]
    if slash.text == "/" and (token.text, per.text) in (("km", "h"), ("m", "s"), ("mi", "h")):
        cursor.step(3)
        return {"km": "km/h", "m": "m/s", "mi": "mph"}[token.text]  # type: ignore[return-value]
    shown = cursor.raw(start.start, cursor.last.end)
    help: Help
    if token.text == "/" and slash.kind == "number":
        help = "write a pace by name or as a number: `easy`, `5:00/km`"
        raise cursor.error("decimal", f"`{shown}/{slash.text}` is not a target", start, slash, help)
    if token.text in SECONDS and slash.text == "/" and per.text in ("km", "mi") and shown.isdigit():
        message = "write a pace in minutes and seconds"
        written = f"{clock(int(shown) * 1000)}/{per.text}"
        raise cursor.error("clock", message, start, per, cursor.cure(f"write `{written}`", start, per, written))
    if token.text == "/":
        message = "write a pace in minutes and seconds"
        help = cursor.cure(f"write `{_as_clock(shown)}/km`", start, cursor.last, _as_clock(shown))
        raise cursor.error("clock", message, start, cursor.last, help)
    if (unit := CANONICAL.get(token.text)) in _RACED:
        help = _instead_of_distance(values, unit)
        raise cursor.error(
            "unknown-name", f"`{cursor.raw(start.start, token.end)}` is not a target", start, token, help
        )
    _refuse_to(cursor, start)
    if token.text == "'" and slash.kind == "number":
        message = "write a pace with a colon"
        quote = cursor.ahead(2)
        last = quote if quote.text == '"' else slash
        unit = "" if cursor.ahead(2 + (last is quote)).text == "/" else "/km"
        written = f"{shown}:{slash.text}{unit}"
        help = cursor.cure(f"write `{shown}:{slash.text}/km`", start, last, written)
        raise cursor.error("clock", message, start, slash, help)
    if token.text in ("rpe", "hr", "z"):
        word = cursor.raw(token.start, token.end)
        help = cursor.cure(f"write `{word} {shown}`", start, token, f"{word} {shown}")
        raise cursor.error("order", f"`{word}` goes before its number", start, token, help)
    if token.text in CANONICAL and CANONICAL[token.text] in ("s", "min") and (sign := _sign_before(cursor, start)):
        help = _covered_in(cursor, sign, start, f"{shown} {token.text}")
        message = f"`{cursor.raw(start.start, token.end)}` is a time, not a target"
        raise cursor.error("kind", message, start, token, help)
    units = [f"`{shown} {unit}`" for unit in _units_that_fit(values)]
    if pace := _as_pace(shown):
        help = f"write {listed([f'`{pace}`', *units], 'or')}"
    else:
        help = f"write {listed(units, 'or')}; a pace is `5:00/km`" if units else "write a pace as `5:00/km`"
    raise cursor.error("missing-unit", f"`{shown}` needs a unit", start, cursor.last, help)


_FIGURES: Final = (
    ("bpm", LOWEST_BPM, HIGHEST_BPM),
    ("W", LOWEST_WATTS, HIGHEST_WATTS),
    ("spm", LOWEST_SPM, HIGHEST_SPM),
    ("% threshold", 50, 120),
)
"""What a number in a target may count; the shares of threshold are those that people run at."""


def _units_that_fit(values: list[Decimal]) -> list[str]:
    """The units in which all of these can be a target."""
    speeds = ["km/h"] if all(is_runnable(Speed(int(value * 1000), "km/h").mps) for value in values) else []
    return speeds + [unit for unit, low, high in _FIGURES if all(low <= value <= high for value in values)]


_RACED: Final[dict[str, tuple[str, SpeedUnit]]] = {"km": ("k", "km/h"), "mi": ("mi", "mph"), "m": ("m", "m/s")}
"""How a unit of distance stands in the name of a race's pace, and the unit of speed that begins as it does."""


def _instead_of_distance(values: list[Decimal], unit: str) -> str:
    """What may be meant by distances where a target stands: the pace of a race, or a speed."""
    suffix, speed_unit = _RACED[unit]
    cures = []
    if all(SHORTEST_RACE <= Distance.of(value, unit) <= LONGEST_RACE for value in values):
        cures.append(f"`{'..'.join(f'{plain(value)}{suffix}' for value in values)}`, the pace of a race")
    if all(is_runnable(Speed(int(value * 1000), speed_unit).mps) for value in values):
        cures.append(f"`{'..'.join(map(plain, values))} {speed_unit}`")
    if cures:
        return f"did you mean {', or '.join(cures)}?"
    if all(Distance.of(value, unit) < SHORTEST_RACE for value in values):
        return "a distance goes before `@`; the pace of so short a race is `repetition`"
    return "a distance goes before `@`"


_FIGURE: Final = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_CLOCK_WITHOUT_COLON: Final = re.compile(r"[2-9]\.?[0-5]\d|1\d\.[0-5]\d", re.ASCII)


def _as_pace(shown: str) -> str:
    """``5.30`` and ``530`` may be meant as ``5:30/km``, and so may both ends of a range; nothing for other figures."""
    if not all(map(_CLOCK_WITHOUT_COLON.fullmatch, _FIGURE.findall(shown))):
        return ""
    return f"{_FIGURE.sub(lambda found: _as_clock(found[0]), shown)}/km"


def _as_clock(shown: str) -> str:
    """``4.5`` minutes are ``4:30``; ``4.50`` was probably meant as ``4:50``."""
    whole, _, fraction = shown.partition(".")
    if len(shown) == 3 and shown.isdigit():
        return f"{shown[0]}:{shown[1:]}"
    if not whole.isdigit() or len(fraction) > 2 or not (fraction or "0").isdigit():
        return "4:50"
    return f"{whole}:{fraction}" if len(fraction) == 2 and fraction < "60" else clock(int(Decimal(shown) * 60_000))


def percent(cursor: Cursor, start: Token, value: Decimal) -> Percent:
    """A share above 0 and up to 300 %."""
    thousandths = value * 1000
    if thousandths != int(thousandths):
        raise cursor.error("too-precise", "a percentage has at most three decimals", start, cursor.last)
    if not 0 < value <= 300:
        message = f"a percentage must be above 0 and at most 300, not {plain(value)}"
        raise cursor.error("out-of-bounds", message, start, cursor.last)
    return Percent(int(thousandths))


def span_from(cursor: Cursor, start: Token) -> Span:
    """The characters from a token to the one before the cursor."""
    return cursor.text.at(start.start, cursor.last.end)
