"""The values that a plan gives to params: ``30 min``, ``2, 2, 1, 1 min``, ``25 min -> 30 min by 5 min``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from negsplit.diagnostics import Report
from negsplit.phrase import amounts, phrases, step_names
from negsplit.phrase.numbers import CANONICAL
from negsplit.phrase.paces import shift_range
from negsplit.phrase.targets import pace_target, speed_literal, target
from negsplit.phrase.tokens import Cursor
from negsplit.plan.texts import listed, part
from negsplit.plan.values import Constant, Growing, GrowthScale, GrowthValue, Value, WeekByWeek
from negsplit.targets import PaceTarget
from negsplit.tree.nodes import Text
from negsplit.tree.source_lines import short
from negsplit.units import Duration, Pace, PaceShift, PaceUnit, Speed

_ARROW: Final = re.compile(r"->|→|[–−]>")
_LONG_ARROW: Final = re.compile(r"-{2,}>|—>")
_CUE: Final = re.compile(r"(?:--|—)[^,\n]*")
_BY: Final = re.compile(r"\s+by(?=\s|$)", re.IGNORECASE)
_FROM_TO: Final = re.compile(r"(.+?)\s+to\s+(.+)", re.IGNORECASE)
_NUMBER: Final = r"(?P<number>\d+(?:\.\d+)?|(?P<clock>\d{1,3}:\d{2}(?::\d{2})?))"
_LOW: Final = r"(?:\d+(?:\.\d+)?|\d{1,3}:\d{2}(?::\d{2})?)\s*(?:-|–|\.\.\.?|…)\s*"
"""The lower end of a range, whose unit stands behind the upper one."""
_BARE: Final = re.compile(f"(?:{_LOW})?{_NUMBER}", re.ASCII)
_WITH_UNIT: Final = re.compile(
    rf"(?:{_LOW})?{_NUMBER}(?P<unit>\s*(?:%|/?\s*[^\W\d_]{{1,10}}(?:\s*/\s*[^\W\d_]{{1,6}})?))", re.ASCII
)
_RACE: Final = re.compile(r"\d+(?:\.\d+)?k", re.IGNORECASE | re.ASCII)
_COUNT: Final = re.compile(r"\d{1,5}", re.ASCII)
_ENDS: Final = "both ends, and what comes after `by`, are counts, times, distances in one unit, or paces"
_NONE: Final = "none"
"""What a list says of a week that its session leaves out."""


def value(written: Text | Sequence[Text], report: Report) -> Value | None:
    """One value for all weeks, one a week, or from one to another; None, with an error, where it is at fault.

    What holds an ``@`` is text of the language, whatever its arrows go between.
    """
    if not isinstance(written, Text):
        return _listed(written)
    if "@" not in written:
        if meant := _meant_by_long_arrow(written):
            report.error(
                "kind",
                "growth is written `->`, with one dash",
                written.span,
                written.instead(f"write `{meant}`", meant, is_certain=True),
            )
            return None
        if arrow := _arrow(written):
            return _gradual(written, arrow, report)
    if (match := _FROM_TO.fullmatch(written)) and all(_amount(part(written, *match.span(side))) for side in (1, 2)):
        grown = f"{match[1].strip()} -> {match[2].strip()}"
        help = written.instead(f"write `{grown}`", grown, is_certain=True)
        report.error("kind", f"`{short(written)}` is not an amount", written.span, help)
        return None
    if "," in written:
        texts = listed(written, report)
        return _listed(texts) if len(texts) > 1 else Constant(written) if texts else None
    return Constant(written, _read_alone(written))


def _listed(texts: Sequence[Text]) -> WeekByWeek:
    """One text a week; the last unit counts for all that have none."""
    unit = next((match["unit"] for one in reversed(texts) if (match := _WITH_UNIT.fullmatch(one.strip()))), "")
    return WeekByWeek(tuple(None if one.strip().lower() == _NONE else _with_unit(one, unit) for one in texts))


def _with_unit(text: Text, unit: str) -> Text:
    """A bare number, or a range of them, with a unit behind it; a clock time only takes that of a pace."""
    match = _BARE.fullmatch(text.strip())
    if match is None or not unit or (match["clock"] and not unit.lstrip().startswith("/")):
        return text
    return Text.made(text.strip() + unit, text.span)


def _gradual(text: Text, arrow: re.Match[str], report: Report) -> Growing | None:
    if again := _ARROW.search(text, arrow.end()):
        help = "a value goes from one amount to another; write a list, or a session for each part of the weeks"
        report.error("kind", "this is a third amount", text.at(again.start(), len(text)), help)
        return None
    by = _BY.search(text, arrow.end())
    written = [part(text, 0, arrow.start()), part(text, arrow.end(), by.start() if by else len(text))]
    if by:
        written.append(part(text, by.end(), len(text)))
    unit = _WITH_UNIT.fullmatch(written[1])
    texts = [_with_unit(one, unit["unit"]) for one in written] if unit else written
    if named := next((one for one in texts[:2] if _is_named(one)), None):
        report.error("kind", f"`{short(named)}` is not a figure that could grow", text.span, *_both_meanings(text))
        return None
    if other := next((one for one in texts[:2] if _is_no_pace(one)), None):
        help = "write the figures alone, and what they are in the steps: `hr: 140 -> 150`, and there `@ HR $hr`"
        report.error("kind", f"`{short(other)}` is not a figure that could grow", text.span, help)
        return None
    found = [_quantity(one, report) for one in texts[:2]]
    if by:
        found.append(_step_by(written[2], texts[2], found[0], report))
    quantities = [one for one in found if one is not None]
    if len(quantities) < len(found):
        return None
    if len({one.scale for one in quantities}) > 1:
        message = f"`{short(texts[0])}` cannot become `{short(texts[1])}` step by step"
        if quantities[0].scale is quantities[1].scale:
            message = f"`{short(texts[0])}` cannot grow by `{short(texts[2])}`"
        report.error("kind", message, text.span, _ENDS)
        return None
    if all(_RACE.fullmatch(one.strip()) for one in texts[:2]):
        quantities = [GrowthValue(one.value, GrowthScale.RACES) for one in quantities]
    if by and not quantities[2].value:
        report.error("out-of-bounds", "a value cannot grow by nothing", written[2].span, "leave `by` out, or write `1`")
        return None
    return Growing(quantities[0], quantities[1], quantities[2].value if by else None)


def _arrow(text: Text) -> re.Match[str] | None:
    """The arrow of growth; what stands in a cue or in quotes is none."""
    hidden = [*step_names.spans(text), *(cue.span() for cue in _CUE.finditer(text))]
    return next((found for found in _ARROW.finditer(text) if not step_names.is_in(hidden, found.start())), None)


def _meant_by_long_arrow(text: Text) -> str:
    """Growth whose arrow has a dash too many, as it is written with one; nothing where it is none."""
    meant = _LONG_ARROW.sub("->", text)
    if meant == text:
        return ""
    scratch = Report()
    found = value(Text.made(meant, text.span), scratch)
    return meant.strip() if isinstance(found, Growing) and not scratch.failed else ""


def _is_named(text: Text) -> bool:
    """Whether a side is a pace by its name: ``easy``, ``10k - 5 s/km``."""
    if _amount(text) or not text:
        return False
    found = phrases.parse(text, Report(), pace_target)
    return found is not None and not isinstance(found.pace, Pace | Speed)


def _is_no_pace(text: Text) -> bool:
    """Whether a side is a target of another kind: ``HR 140``, ``RPE 6``."""
    found = phrases.parse(text, Report(), target) if text else None
    return found is not None and not isinstance(found, PaceTarget)


def _both_meanings(text: Text) -> tuple[str, ...]:
    """What ``easy -> half`` may mean: growth from week to week, or a progression in every run."""
    line = f"10 km @ {text.strip()}"
    scratch = Report()
    phrases.line(Text.made(line, text.span), scratch)
    within = "10 km @ easy -> half by 1 km" if scratch.failed else line
    return "over the weeks, write it as numbers: `6:00 -> 5:30/km`", f"within every run it goes after `@`: `{within}`"


def _step_by(written: Text, with_unit: Text, first: GrowthValue | None, report: Report) -> GrowthValue | None:
    """What stands behind ``by``: of paces a change, else an amount with the unit of the ends."""
    if first is None or first.scale not in _PACE_SCALES or not written:
        return _quantity(with_unit, report)
    change = phrases.parse(written, report, _change)
    return GrowthValue(Decimal(change.ms) / 1000, _pace_scale(change.unit)) if change else None


def _change(cursor: Cursor) -> PaceShift:
    start = cursor.token
    low, high = shift_range(cursor)
    if low != high:
        raise cursor.error("range", "every step is the same", start, cursor.last, f"for example `by {low}`")
    return low


def _quantity(text: Text, report: Report) -> GrowthValue | None:
    if not text:
        report.error("incomplete", "an amount is missing here", text.span, "for example `25 min -> 30 min by 5 min`")
        return None
    if _COUNT.fullmatch(text):
        return GrowthValue(Decimal(text), GrowthScale.COUNT)
    if "/" in text:
        pace = phrases.parse(text, report, speed_literal)
        if isinstance(pace, Pace):
            return GrowthValue(Decimal(pace.ms) / 1000, _pace_scale(pace.unit))
        if pace is not None:
            report.error("kind", f"`{short(text)}` cannot grow step by step", text.span, f"write a pace; {_ENDS}")
        return None
    found = phrases.parse(text, report, amounts.amount)
    if found is None:
        return None
    if isinstance(found, Duration):
        return GrowthValue(Decimal(found.ms) / 1000, GrowthScale.SECONDS)
    written = _WITH_UNIT.fullmatch(text)
    if written and CANONICAL.get(written["unit"].strip().lower()) == "mi":
        return GrowthValue(Decimal(written["number"]), GrowthScale.MILES)
    return GrowthValue(Decimal(found.cm) / 100, GrowthScale.METRES)


_PACE_SCALES: Final = (GrowthScale.PACE_PER_KM, GrowthScale.PACE_PER_MILE)


def _pace_scale(unit: PaceUnit) -> GrowthScale:
    return GrowthScale.PACE_PER_KM if unit == "km" else GrowthScale.PACE_PER_MILE


def _amount(text: Text) -> GrowthValue | None:
    """The time or distance that a text is, if it is one."""
    found = _read_alone(text)
    return found if found and found.is_amount else None


def _read_alone(text: Text) -> GrowthValue | None:
    """The quantity that a text is, if it is one."""
    scratch = Report()
    found = _quantity(text, scratch) if text else None
    return found if found and not scratch.diagnostics else None
