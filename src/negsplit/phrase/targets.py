"""What a step holds: pace, heart rate, power, cadence or effort, and which of them go together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from negsplit.limits import (
    EASIEST_RPE,
    HARDEST_RPE,
    HIGHEST_BPM,
    HIGHEST_SPM,
    HIGHEST_WATTS,
    LOWEST_BPM,
    LOWEST_SPM,
    LOWEST_WATTS,
    MOST_MARGIN,
    MOST_ZONES,
    WATCH_ZONES,
)
from negsplit.phrase.amounts import checked_bpm
from negsplit.phrase.joints import joint
from negsplit.phrase.names import WATTS, ZONE, at_name, at_watch_zone, ends_name, is_digit_name, pace_name
from negsplit.phrase.numbers import numeral, whole
from negsplit.phrase.paces import figures, offset, offset_first, one_sided, pace, percent, span_from
from negsplit.phrase.tokens import Cursor, Token
from negsplit.targets import (
    AtFault,
    Between,
    CadenceTarget,
    Effort,
    HeartRateShare,
    HeartRateTarget,
    HeartRateZones,
    Margin,
    Named,
    OpenTarget,
    PaceTarget,
    PaceZones,
    PowerShare,
    PowerTarget,
    PowerZone,
    Scaled,
    Target,
)
from negsplit.units import Pace, Percent, Speed, plain

_SHARES: Final[dict[str, Literal["max", "reserve", "threshold"]]] = {
    "hrmax": "max",
    "maxhr": "max",
    "hrr": "reserve",
    "lthr": "threshold",
}
_VAGUE_SHARES: Final = {
    **dict.fromkeys(("hr", "heart"), ("HRmax", "HRR", "LTHR")),
    **dict.fromkeys(("max", "maximum", "mhr"), ("HRmax",)),
    **dict.fromkeys(("ftp", "power"), ("CP",)),
}
"""What people write shares of, and what is known that they may mean."""


def targets(cursor: Cursor, first: Target | None = None) -> tuple[Target, ...]:
    """``target {and target}``, at most two of which occupy a slot on the watch; ``first`` if that is read already."""
    start = cursor.token
    found = [first or target(cursor)]
    while cursor.sees("and") and not joint(cursor):
        cursor.next()
        found.append(target(cursor))
    if problem := conflict(found):
        raise cursor.error("targets", problem[0], start, cursor.last, *problem[1:])
    return tuple(found)


def conflict(found: Sequence[Target]) -> tuple[str, ...]:
    """Why these targets cannot stand together in one step, and what to write; nothing if they can."""
    if len(found) < 2:
        return ()
    slots = [one for one in found if not isinstance(one, Effort | OpenTarget)]
    kinds = [_kind(one) for one in slots if not _is_bare_name(one)]
    if len(set(kinds)) < len(kinds):
        kind = next(one for one in kinds if kinds.count(one) > 1)
        return f"a step takes one {kind} target; these are {kinds.count(kind)}", _BETWEEN[kind]
    if len(slots) > 2:
        return f"a step takes at most two targets; these are {len(slots)}", "leave one of them out"
    if sum(isinstance(one, Effort) for one in found) > 1:
        return "a step has one RPE, these are two", "for a range, write `RPE 3..4`"
    if slots and any(isinstance(one, OpenTarget) for one in found):
        return "`open` means no target, and here is one", "leave `open` out"
    return ()


def _is_bare_name(target: Target) -> bool:
    """Whether only the runner's own names can tell what it is, a pace or a heart rate; or, at fault, nothing can."""
    if not isinstance(target, PaceTarget):
        return False
    return isinstance(target.pace, AtFault) or (isinstance(target.pace, Named) and target.tolerance is None)


_BETWEEN: Final = {
    "pace": "for a range, write `marathon..half`; a cue goes after `--`",
    "heart rate": "for a range, write `HR 140..150`",
    "power": "for a range, write `250..270 W`",
    "cadence": "for a range, write `170..180 spm`",
}


def _kind(target: Target) -> str:
    match target:
        case PaceTarget() | PaceZones():
            return "pace"
        case HeartRateTarget() | HeartRateZones() | HeartRateShare():
            return "heart rate"
        case PowerTarget() | PowerShare() | PowerZone():
            return "power"
        case _:
            return "cadence"


def target(cursor: Cursor) -> Target:
    """One target of any kind."""
    start = cursor.token
    found = _target(cursor)
    if cursor.sees("±") and not isinstance(found, PaceTarget):
        found = _widened(cursor, start, found)
    if cursor.sees("..", "-", "to") and not isinstance(found, PaceTarget | OpenTarget):
        help = "for example `140..150 bpm`, `250..270 W`, `Z2..3`"
        raise cursor.error("range", "a range has two numbers and one unit", start, cursor.token, help)
    return found


def _widened(cursor: Cursor, start: Token, found: Target) -> Target:
    """A single heart rate or power with the ``±`` behind it."""
    is_power = isinstance(found, PowerTarget)
    if not isinstance(found, HeartRateTarget | PowerTarget) or found.low != found.high or found.margin is not None:
        help = "write both ends, for example `HR 140..150`"
        message = "`±` goes after one pace, one heart rate or one power"
        raise cursor.error("tolerance", message, start, cursor.token, help)
    sign = cursor.next()
    margin = _margin(cursor, sign, *(("W", WATTS) if is_power else ("bpm", ("bpm",))))
    width = margin.thousandths * (found.low or 0) if isinstance(margin, Percent) else margin * 100_000
    if width > MOST_MARGIN.thousandths * (found.low or 0):
        help = "for example `± 5 bpm`, `± 10 W` or `± 3 %`"
        raise cursor.error("out-of-bounds", f"a tolerance is at most {MOST_MARGIN}", sign, cursor.last, help)
    return replace(found, margin=margin, span=span_from(cursor, start))


def _margin(cursor: Cursor, sign: Token, unit: str, spellings: tuple[str, ...]) -> Margin:
    """``5 bpm``, ``10 W``, ``3 %``; ``bpm`` goes without saying, as it does behind ``HR``."""
    number, value = numeral(cursor, f"for example `± 5 {unit}` or `± 3 %`")
    if cursor.take("%"):
        return percent(cursor, number, value) if value else Percent(0)
    help = f"write `± {plain(value)} {unit}` or `± {plain(value)} %`"
    if (other := cursor.token).text in (*WATTS, "bpm", "spm") and other.text not in spellings:
        raise cursor.error("kind", f"a tolerance in {unit} is needed here, or a percentage", number, other, help)
    if not cursor.take(*spellings) and unit != "bpm":
        raise cursor.error("missing-unit", f"`{plain(value)}` needs a unit", sign, number, help)
    if value != int(value):
        message = f"a tolerance in {unit} is a whole number, not {plain(value)}"
        raise cursor.error("whole-number", message, sign, cursor.last)
    return int(value)


def _target(cursor: Cursor) -> Target:
    token = cursor.token
    if token.kind in ("number", "clock"):
        return _numeric(cursor, token)
    if token.text in ("+", "-") and cursor.ahead(1).kind in ("number", "clock"):
        help = "an offset goes after the name of a pace: `marathon + 10 s/km`"
        raise cursor.error("offset", f"a pace is missing before the `{token.text}`", token, cursor.ahead(1), help)
    if token.text in ("<", ">") and cursor.ahead(1).kind == "number" and cursor.ahead(2).text == "bpm":
        return _one_sided_beats(cursor, token)
    if token.kind != "word" or ends_name(cursor):
        raise cursor.unexpected("a target", "for example `@ 5:00/km`, `@ easy`, `@ HR 140..150`, `@ RPE 6`")
    following = cursor.ahead(1)
    if token.text == "open":
        cursor.next()
        return OpenTarget(span=span_from(cursor, token))
    if token.text in ("faster", "slower"):
        return one_sided(cursor)
    if token.text == "heart" and following.text == "rate" and _is_heart_rate(cursor.ahead(2)):
        cursor.next()
        return _heart_rate(cursor, token)
    if token.text == "hr" and _is_heart_rate(following):
        return _heart_rate(cursor, token)
    if token.text == "power" and (following.kind == "number" or following.text in ZONE):
        return _power(cursor)
    if token.text == "rpe":
        return _effort(cursor)
    if token.text in ZONE and following.kind == "number":
        return _zone_target(cursor)
    if at_watch_zone(cursor):
        return _watch_zone(cursor)
    _refuse_other_words(cursor)
    return pace(cursor, token, None)


def _refuse_other_words(cursor: Cursor) -> None:
    """Gives up on words for heart rate, power and zones that the language has other words for."""
    token = cursor.token
    words = [cursor.ahead(at) for at in range(3)]
    texts = [word.text for word in words]
    if texts[0] == "cadence" and words[1].kind == "number":
        help = cursor.cure(f"write `{texts[1]} spm`", token, words[1], f"{texts[1]} spm")
        raise cursor.stray("write cadence as a number and `spm`", token, words[1], help)
    if texts[:2] == ["heart", "rate"]:
        help = "name the beats or the zone: `HR 140..150`, `HR Z2`"
        raise cursor.stray("write heart rate as `HR`", token, words[1], help)
    if texts[0] == "hr":
        help = "write `HR 140..150`, `HR < 150`, `HR Z2`, or `75..80 % HRmax`"
        raise cursor.stray("`HR` needs a number or a zone after it", token, token, help)
    if texts[0] == "power":
        help = "write `power Z3`, `250..270 W` or `90..95 % CP`"
        raise cursor.stray("`power` needs a zone or watts after it", token, token, help)


def pace_target(cursor: Cursor) -> PaceTarget:
    """A target that is a pace or a speed."""
    start = cursor.token
    result = target(cursor)
    if not isinstance(result, PaceTarget):
        raise cursor.error(
            "kind", "this has to be a pace", start, cursor.last, "for example `easy`, `5:00/km`, `10k - 5 s/km`"
        )
    return result


def speed_literal(cursor: Cursor) -> Pace | Speed:
    """``4:40/km``, ``12 km/h``: a pace or speed in figures."""
    start = cursor.token
    result = target(cursor)
    if isinstance(result, PaceTarget) and isinstance(result.pace, Pace | Speed) and result.tolerance is None:
        return result.pace
    help = "for example `4:40/km`"
    if isinstance(result, HeartRateTarget):
        help = "a heart rate goes under `heart_rate:`, as `threshold: 170`"
    elif isinstance(result, PowerTarget):
        help = "power goes under `power:`, as `critical: 280 W`"
    raise cursor.error("kind", "a single pace or speed in figures is needed here", start, cursor.last, help)


def _numeric(cursor: Cursor, start: Token) -> Target:
    if is_digit_name(cursor):
        return pace(cursor, start, None)
    numbers = [numeral(cursor)]
    if cursor.sees("..", "-") and cursor.ahead(1).kind in ("number", "clock"):
        cursor.next()
        numbers.append(numeral(cursor))
    clocks = {token.kind == "clock" for token, _ in numbers}
    if len(clocks) > 1:
        help = "for example `4:50..5:10/km`"
        raise cursor.error("range", "write both ends of a range the same way", start, cursor.last, help)
    is_clock = clocks.pop()
    ends = _Ends(numbers[0][1], numbers[-1][1], is_range=len(numbers) > 1)
    if not is_clock and cursor.take("%"):
        return _share(cursor, start, ends)
    if not is_clock and cursor.take(*WATTS):
        return _watts(cursor, start, ends)
    if not is_clock and cursor.take("bpm"):
        return _beats(cursor, start, ends)
    if not is_clock and cursor.take("spm"):
        return _cadence(cursor, start, ends)
    if not is_clock and (found := offset_first(cursor, start, ends.low, ends.high)):
        return pace(cursor, start, found)
    return pace(cursor, start, figures(cursor, start, numbers))


class _Ends(NamedTuple):
    """One number, or the two of a range."""

    low: Decimal
    high: Decimal
    is_range: bool

    @property
    def margin(self) -> Margin | None:
        """What widens them: nothing where one number stands on both sides."""
        return 0 if self.is_range and self.low == self.high else None


def _share(cursor: Cursor, start: Token, ends: _Ends) -> Target:
    low, high, _ = ends
    if cursor.sees("..", "-", "to") and cursor.ahead(1).kind == "number":
        title = f"write `{plain(low)}..{cursor.ahead(1).text} %`, and of what"
        help = cursor.cure(title, start, cursor.ahead(1), f"{plain(low)}..{cursor.ahead(1).text}")
        raise cursor.error("range", "a range has two numbers and one `%`", start, cursor.ahead(1), help)
    low, high = sorted((low, high))
    shares = percent(cursor, start, low), percent(cursor, start, high)
    cursor.take("of")
    word, after = cursor.token, cursor.ahead(1)
    if word.text == "z" and after.kind == "number":
        help = f"write just the zone, `Z{after.text} pace`, or a percentage of a pace, `% threshold`"
        raise cursor.error("percentage", "a zone has two edges, so it takes no percentage", word, after, help)
    if word.text in ("hr", "max") and after.text in ("hr", "max") and word.text != after.text:
        cursor.step(2)
        return HeartRateShare(*shares, "max", ends.margin, span=span_from(cursor, start))
    if word.text in _SHARES:
        cursor.next()
        return HeartRateShare(*shares, _SHARES[word.text], ends.margin, span=span_from(cursor, start))
    if cursor.take("cp"):
        return PowerShare(*shares, ends.margin, span=span_from(cursor, start))
    if word.text in _VAGUE_SHARES:
        shown = cursor.raw(word.start, word.end)
        meant = _VAGUE_SHARES[word.text]
        title = f"write {' or '.join(f'`% {one}`' for one in meant)}"
        cure = cursor.cure(title, word, word, meant[0]) if len(meant) == 1 else title
        raise cursor.error("percentage", f"a percentage of `{shown}` is not known", word, word, cure)
    if not at_name(cursor):
        help = "say of what: `% threshold`, `% of 5k`, `% HRmax`, `% HRR`, `% LTHR` or `% CP`"
        raise cursor.error("percentage", "a percentage of what?", start, cursor.last, help)
    found = Scaled(pace_name(cursor), *shares)
    return pace(cursor, start, offset(cursor, found) if ends.margin is None else Between(found, found))


def _integers(cursor: Cursor, start: Token, ends: _Ends, what: str, bounds: tuple[int, int]) -> tuple[int, int]:
    low, high = sorted((ends.low, ends.high))
    for value in (low, high):
        if value != int(value):
            raise cursor.error("whole-number", f"{what} is a whole number, not {plain(value)}", start, cursor.last)
        if not bounds[0] <= value <= bounds[1]:
            message = f"{what} must be between {bounds[0]} and {bounds[1]}, not {plain(value)}"
            raise cursor.error("out-of-bounds", message, start, cursor.last)
    return int(low), int(high)


def _watts(cursor: Cursor, start: Token, ends: _Ends) -> PowerTarget:
    found = _integers(cursor, start, ends, "power in watts", (LOWEST_WATTS, HIGHEST_WATTS))
    return PowerTarget(*found, ends.margin, span=span_from(cursor, start))


def _beats(cursor: Cursor, start: Token, ends: _Ends) -> HeartRateTarget:
    found = _integers(cursor, start, ends, "a heart rate in bpm", (LOWEST_BPM, HIGHEST_BPM))
    return HeartRateTarget(*found, ends.margin, span=span_from(cursor, start))


def _cadence(cursor: Cursor, start: Token, ends: _Ends) -> CadenceTarget:
    found = _integers(cursor, start, ends, "a cadence in steps per minute", (LOWEST_SPM, HIGHEST_SPM))
    return CadenceTarget(*found, ends.margin, span=span_from(cursor, start))


def _zone_target(cursor: Cursor) -> Target:
    """``Z2``, of heart rate, or ``Z2 pace``."""
    start = cursor.token
    low, high = _zones(cursor)
    if not cursor.take("pace"):
        return HeartRateZones(low, high, span=span_from(cursor, start))
    if cursor.sees("+", "-"):
        help = "an offset goes after the name of a pace: `easy - 5 s/km`"
        raise cursor.error("offset", "a pace zone takes no offset", start, cursor.token, help)
    return PaceZones(low, high, span=span_from(cursor, start))


def _watch_zone(cursor: Cursor) -> HeartRateZones:
    """``watch Z2``: a watch holds one of its own zones."""
    start = cursor.next()
    low, high = _zones(cursor)
    if low != high or high > WATCH_ZONES:
        message = f"a watch takes one of its zones, Z1 to Z{WATCH_ZONES}"
        example = f"for example `watch Z{min(low, WATCH_ZONES)}`"
        raise cursor.error("out-of-bounds", message, start, cursor.last, example)
    if cursor.sees("pace"):
        message = "the zones of a watch are of heart rate"
        title = f"write `watch Z{low}`, or `Z{low} pace` for a zone of threshold pace"
        help = cursor.cure(title, cursor.last.end, cursor.token, "")
        raise cursor.error("kind", message, start, cursor.token, help)
    return HeartRateZones(low, high, watch=True, plain=False, span=span_from(cursor, start))


def _is_heart_rate(token: Token) -> bool:
    """Whether what stands here makes a target of the ``HR`` before it."""
    return token.kind == "number" or token.text in ("<", ">", *ZONE)


def _heart_rate(cursor: Cursor, word: Token) -> Target:
    """``word`` begins the target, and the cursor stands on the last word of its ``HR`` or ``heart rate``."""
    cursor.next()
    if cursor.sees(*ZONE):
        low, high = _zones(cursor)
        if cursor.sees("pace"):
            title = f"write `HR Z{low}`, or `Z{low} pace` for the pace"
            help = cursor.cure(title, cursor.last.end, cursor.token, "")
            raise cursor.error("kind", "`HR` makes it a zone of heart rate", word, cursor.token, help)
        return HeartRateZones(low, high, plain=False, span=span_from(cursor, word))
    if cursor.sees("<", ">"):
        return _one_sided_beats(cursor, word)
    ends = _plain_range(cursor, "a heart rate")
    if cursor.sees("%"):
        help = "write `75..80 % HRmax`, `% HRR` or `% LTHR`"
        raise cursor.error("percentage", "a percentage of which heart rate?", word, cursor.token, help)
    cursor.take("bpm")
    return _beats(cursor, word, ends)


def _one_sided_beats(cursor: Cursor, start: Token) -> HeartRateTarget:
    """``< 150`` behind ``HR``, and alone with its ``bpm``; ``start`` begins the target."""
    sign, number = cursor.next(), cursor.token
    value = checked_bpm(cursor, number, whole(cursor, "a heart rate in beats per minute"))
    cursor.take("bpm")
    one_side = (None, value) if sign.text == "<" else (value, None)
    return HeartRateTarget(*one_side, span=span_from(cursor, start))


def _power(cursor: Cursor) -> Target:
    word = cursor.next()
    if cursor.sees(*ZONE):
        low, high = _zones(cursor)
        if low != high or low > 7:
            raise cursor.error("out-of-bounds", "power takes one zone, Z1 to Z7", word, cursor.last)
        return PowerZone(low, span=span_from(cursor, word))
    ends = _plain_range(cursor, "power in watts")
    if not cursor.take(*WATTS):
        shown = cursor.raw(word.end, cursor.last.end).strip()
        help = cursor.cure(f"write `{shown} W`", cursor.last.end, cursor.last.end, " W")
        raise cursor.error("missing-unit", f"`{shown}` needs a unit", word, cursor.last, help)
    return _watts(cursor, word, ends)


def _effort(cursor: Cursor) -> Effort:
    word = cursor.next()
    ends = _plain_range(cursor, f"an effort from {EASIEST_RPE} to {HARDEST_RPE}", "for example `RPE 6` or `RPE 3..4`")
    return Effort(*_integers(cursor, word, ends, "RPE", (EASIEST_RPE, HARDEST_RPE)), span=span_from(cursor, word))


def _plain_range(cursor: Cursor, what: str, *help: str) -> _Ends:
    low = cursor.take_number()
    if low is None:
        raise cursor.unexpected(what, *help)
    if cursor.sees("..", "-") and cursor.ahead(1).kind == "number":
        cursor.next()
        return _Ends(low, cursor.take_number() or low, is_range=True)
    return _Ends(low, low, is_range=False)


def _zones(cursor: Cursor) -> tuple[int, int]:
    start = cursor.next()
    low = whole(cursor, "a zone")
    high = low
    if cursor.sees("..", "-") and (cursor.ahead(1).kind == "number" or cursor.ahead(1).text in ZONE):
        cursor.next()
        cursor.take(*ZONE)
        high = whole(cursor, "a zone")
    low, high = sorted((low, high))
    if not 1 <= low <= high <= MOST_ZONES:
        wrong = low if low < 1 else high
        message = f"zones go from 1 to {MOST_ZONES}, and this is {wrong}"
        raise cursor.error("out-of-bounds", message, start, cursor.last)
    return low, high
