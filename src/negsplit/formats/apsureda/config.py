"""What stands in the block ``config``: named paces and heart rates, margins, and what names begin with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from negsplit.diagnostics import Report, meant
from negsplit.formats.apsureda.targets import BEATS, Margins, Targets, base_names, beats, read_pace, unknown
from negsplit.formats.apsureda.times import SHARE, running, shares, time_of
from negsplit.formats.own_names import own_names, say_renamed
from negsplit.limits import HIGHEST_BPM, LOWEST_BPM
from negsplit.targets import HeartRateTarget, PaceTarget
from negsplit.tree.nodes import Fields, Node, Text
from negsplit.units import Distance, Pace

_NOT_OF_RUNS: Final = ("speeds", "faster_spd", "slower_spd", "athlete_name")
"""What a fork writes for other sports, and whose plan it is: nothing of a run."""
_FIELDS: Final = ("paces", "heart_rates", "margins", "name_prefix", "sport_type", "race_day")
_MARGINS: Final = ("faster", "slower", "hr_up", "hr_down")
_IN_TIME: Final = re.compile(r"(\d{1,6}(?:\.\d{1,4})?)\s*(km|m)\s+in\s+(.*\S)")
_NUMBER: Final = re.compile(r"\d{2,3}")
_PER_CENT: Final = re.compile(r"(\d{1,2})\s*%?")
_DEEPEST: Final = 32
"""Names that build on one another, at most."""


class Config(NamedTuple):
    """The targets of a file's steps, what its workouts' names begin with, their sport, and the day of the race."""

    targets: Targets
    prefix: str
    sport: str
    race_day: Text | None


def read_config(file: Fields, report: Report) -> Config:
    """That of a file, or an empty one; what is wrong or not used in it is reported."""
    fields = _fields(file, "config", report)
    _say_unknown(fields, _FIELDS, report)
    paces, rates, margins = (_fields(fields, key, report) for key in _FIELDS[:3])
    _say_unknown(margins, _MARGINS, report)
    own = own_names([*paces, *(_rate_name(name, paces) for name in rates)])
    pace_names = {str(name): own[name] for name in paces}
    rate_names = {str(name): own[_rate_name(name, paces)] for name in rates}
    renamed = [(key, pace_names[key]) for key in paces] + [(key, rate_names[key]) for key in rates]
    say_renamed(((key, own, key.span) for key, own in renamed), report)
    values: dict[str, PaceTarget | HeartRateTarget | None] = {
        **_without_circles(
            {name: _pace(value, pace_names, report) for name, value in paces.items()}, pace_names, report
        ),
        **_rates(rates, rate_names, margins, report),
    }
    return Config(
        Targets(values, pace_names, rate_names, _pace_margins(margins, report)),
        _text(fields, "name_prefix") or "",
        _text(fields, "sport_type") or "running",
        _text(fields, "race_day"),
    )


def _fields(above: Fields, key: str, report: Report) -> Fields:
    node = above.value(key)
    if isinstance(node, Fields):
        return node
    if node:
        report.error("refused", f"`{key}` has names with values", node.span, "write below it lines of `name: value`")
    return Fields(above.span, flow=False)


def _text(fields: Fields, key: str) -> Text | None:
    value = fields.value(key)
    return value if isinstance(value, Text) else None


def _say_unknown(fields: Fields, known: tuple[str, ...], report: Report) -> None:
    for key in fields:
        if key not in (*known, *_NOT_OF_RUNS):
            help = meant(key, known, None)
            report.note("left-out", f"`{key}` is not used", key.span, *([help] if help else []))


def _rate_name(name: str, paces: Fields) -> str:
    return f"{name} hr" if name in paces else name


# --- Paces ---------------------------------------------------------------------------------------


def _pace(value: Node, names: Mapping[str, str], report: Report) -> PaceTarget | None:
    if not isinstance(value, Text):
        report.error("refused", "a pace is one line", value.span, "write `4:37`, `6:00-5:30` or `80% marathon`")
        return None
    text = value.strip()
    if found := _IN_TIME.fullmatch(text):
        time = time_of(found[3], value.span, report)
        distance = Distance.of(Decimal(found[1]), found[2])
        if time is None or not distance.cm:
            return None
        pace = running(Pace(round(time.ms * 100_000 / distance.cm), "km"), text, value.span, report)
        return PaceTarget(pace, span=value.span) if pace else None
    return read_pace(text, names, value.span, report)


def _without_circles(
    found: Mapping[Text, PaceTarget | None], names: Mapping[str, str], report: Report
) -> dict[str, PaceTarget | None]:
    """By their names here, None for those that build on themselves, or on what is refused."""
    values = {names[name]: value for name, value in found.items()}
    sound: dict[str, PaceTarget | None] = {}
    for key in found:
        name, steps = names[key], 0
        at: PaceTarget | None = values[name]
        while at is not None and steps < _DEEPEST and (below := base_names(at)):
            at, steps = values[below[0]], steps + 1
        if steps == _DEEPEST:
            message = f"`{key}` builds on itself, or on more than {_DEEPEST} others"
            report.error("refused", message, key.span, "write one of them as a number")
        sound[name] = None if steps == _DEEPEST or at is None else values[name]
    return sound


def _pace_margins(margins: Fields, report: Report) -> Margins | None:
    """Those of paces, in milliseconds; None where neither is written."""
    if not {"faster", "slower"} & {*margins}:
        return None
    found = []
    for key in _MARGINS[:2]:
        value = _text(margins, key)
        time = time_of(value.strip(), value.span, report) if value else None
        found.append(time.ms if time else 0)
    return Margins(*found)


# --- Heart rates ---------------------------------------------------------------------------------


def _rates(
    rates: Fields, names: Mapping[str, str], margins: Fields, report: Report
) -> dict[str, HeartRateTarget | None]:
    numbers = {str(key): int(text) for key, value in rates.items() if _NUMBER.fullmatch(text := _line(value))}
    down, up = (_margin(margins, key, report) for key in ("hr_down", "hr_up"))
    return {names[key]: _rate(value, numbers, (down, up), report) for key, value in rates.items()}


def _line(value: Node) -> str:
    return value.strip() if isinstance(value, Text) else ""


def _rate(value: Node, numbers: Mapping[str, int], margins: tuple[int, int], report: Report) -> HeartRateTarget | None:
    """Beats, or per cents of a number of beats, rounded to whole ones as there: a half to the even one.

    A single per cent has margins, which are thousandths of one.
    """
    text = _line(value)
    if found := BEATS.fullmatch(text):
        return beats(int(found[1]), int(found[2] or found[1]))
    found = SHARE.fullmatch(text)
    if found is None:
        help = "write `150-158` or `75-84% max_hr`"
        report.error("refused", "a heart rate is a number or two, or per cents", value.span, help)
        return None
    if found[3] not in numbers:
        unknown(found[3], "number of beats", numbers, value.span, report)
        return None
    low, high = (end.thousandths for end in shares(found))
    if low == high:
        low, high = low - margins[0], high + margins[1]
    ends = [round(numbers[found[3]] * Decimal(end) / 100_000) for end in (low, high)]
    if not all(LOWEST_BPM <= end <= HIGHEST_BPM for end in ends):
        help = f"it comes to {ends[1]} bpm, and heart rates are between {LOWEST_BPM} and {HIGHEST_BPM}"
        report.error("refused", f"`{text}` is no heart rate", value.span, help)
        return None
    return beats(*ends)


def _margin(margins: Fields, key: str, report: Report) -> int:
    """Thousandths of a per cent."""
    value = margins.value(key)
    found = None if value is None else _PER_CENT.fullmatch(_line(value))
    if value is not None and found is None:
        report.error("refused", f"`{key}` is a number of per cents", value.span, f"write `{key}: 5`")
    return int(found[1]) * 1000 if found else 0
