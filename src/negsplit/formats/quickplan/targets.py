"""How long a step lasts and what it holds, as cells of quick-plan and garmin-csv-plan say it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from negsplit.diagnostics import Span
from negsplit.formats.csv_cells import Cell
from negsplit.limits import (
    FARTHEST,
    HIGHEST_BPM,
    HIGHEST_SPM,
    HIGHEST_WATTS,
    LONGEST,
    LOWEST_BPM,
    LOWEST_SPM,
    LOWEST_WATTS,
    NEAREST,
    SHORTEST,
    WATCH_ZONES,
    is_runnable,
)
from negsplit.model import Lap, Length, Units
from negsplit.targets import (
    Between,
    CadenceTarget,
    HeartRateTarget,
    HeartRateZones,
    PaceTarget,
    PowerTarget,
    Target,
)
from negsplit.units import Distance, Duration, Pace, PaceUnit, Speed, SpeedUnit

_DASH: Final = "[-\u2010-\u2015\u2212]"
"""A hyphen, and what word processors make of one."""
_DISTANCE: Final = re.compile(
    r"(\d{1,6}(?:\.\d{1,4})?)\s*(km|mi|m|yds?|kilometers|miles|meters)", re.IGNORECASE | re.ASCII
)
_TIME: Final = re.compile(r"(\d{1,3}):(\d\d)", re.ASCII)
_LAP: Final = re.compile(rf"lap(?:{_DASH}| )?button", re.IGNORECASE)
_HOURS: Final = re.compile(r"(\d{1,2}):(\d\d):(\d\d)", re.ASCII)
_NEARLY: Final = re.compile(r"(\d{1,4})(?:[.,](\d{1,2}))?\s*([a-z]*|'|\")", re.IGNORECASE | re.ASCII)
_ZONE: Final = re.compile(r"z(\d)", re.IGNORECASE | re.ASCII)
_PACES: Final = re.compile(rf"(\d{{1,2}}):(\d\d)\s*{_DASH}\s*(\d{{1,2}}):(\d\d)\s*(mpk|mpm)?", re.IGNORECASE | re.ASCII)
_NUMBERS: Final = re.compile(rf"(\d{{1,3}})\s*{_DASH}\s*(\d{{1,3}})\s*(bpm|W|rpm)", re.IGNORECASE | re.ASCII)
_SPEEDS: Final = re.compile(
    rf"(\d{{1,3}}(?:\.\d)?)\s*{_DASH}\s*(\d{{1,3}}(?:\.\d)?)\s*(kph|mph)?", re.IGNORECASE | re.ASCII
)
_SINGLE: Final = re.compile(r"\d{1,2}:\d\d\s*(?:mpk|mpm)?", re.IGNORECASE | re.ASCII)
_PACE_UNITS: Final[dict[str, PaceUnit]] = {"mpk": "km", "mpm": "mi"}
_SPEED_UNITS: Final[dict[str, SpeedUnit]] = {"kph": "km/h", "mph": "mph"}
_SHOWN: Final = 40
"""Characters that a message shows of what it is about."""
_BOTH_FEET: Final = 120
"""Steps a minute that one foot never makes: a cadence up to here counts the steps of one foot."""


class Words(NamedTuple):
    """Some characters of a cell, in a line of it, counted from 1."""

    text: str
    cell: Cell
    start: int
    line: int = 1

    @property
    def span(self) -> Span:
        return self.cell.at(self.start, self.start + len(self.text))

    @property
    def short(self) -> str:
        """Its text, cut where it is long."""
        return self.text if len(self.text) <= _SHOWN else f"{self.text[: _SHOWN - 1]}…"

    def part(self, start: int, end: int | None = None) -> Words:
        """Its characters from ``start`` to ``end``, without the space around them."""
        text = self.text[start:end]
        return Words(text.strip(), self.cell, self.start + start + len(text) - len(text.lstrip()), self.line)


class UnreadError(Exception):
    """Words that say nothing here, and what to write instead."""

    def __init__(self, message: str, words: Words, *help: str) -> None:
        super().__init__(message)
        self.message, self.words, self.help = message, words, help


class Held(NamedTuple):
    """What a step holds; ``differs`` and ``left_out`` say what is read otherwise, or not at all, ``unit`` which it is
    of a pace or a speed that has none.
    """

    target: Target | None
    differs: str = ""
    left_out: str = ""
    unit: PaceUnit | SpeedUnit | None = None

    @property
    def targets(self) -> tuple[Target, ...]:
        return () if self.target is None else (self.target,)


def length(words: Words) -> Length:
    """``5km``, ``400 m``, ``1mi``, ``800yds``, ``90:00`` (minutes and seconds) or ``lap-button``.

    :raises UnreadError: for anything else, and for what no step lasts.
    """
    if found := _DISTANCE.fullmatch(words.text):
        distance = Distance.of(Decimal(found[1]), found[2].lower())
        return _within(distance, NEAREST <= distance <= FARTHEST, f"a step is {NEAREST} to {FARTHEST} long", words)
    if found := _TIME.fullmatch(words.text):
        minutes, seconds = _clock(found[1], found[2], words)
        time = Duration((minutes * 60 + seconds) * 1000)
        return _within(time, SHORTEST <= time <= LONGEST, f"a step lasts {SHORTEST} to {LONGEST}", words)
    if _LAP.fullmatch(words.text):
        return Lap()
    raise UnreadError(f"`{words.short}` is no time and no distance", words, *_meant(words.text))


def _within(found: Duration | Distance, is_within: bool, bounds: str, words: Words) -> Duration | Distance:
    if not is_within:
        raise UnreadError(f"{bounds}, not `{words.text}`", words, "write another number")
    return found


def _clock(minutes: str, seconds: str, words: Words) -> tuple[int, int]:
    if int(seconds) > 59:
        message = f"`{words.text}` has {int(seconds)} seconds, and a minute has 59 at most"
        right = f"{int(minutes) + 1}:{int(seconds) - 60:02d}"
        raise UnreadError(message, words, f"write `{right}`")
    return int(minutes), int(seconds)


def _meant(text: str) -> Iterator[str]:
    """What to write instead of a length that is written otherwise."""
    if found := _HOURS.fullmatch(text):
        yield f"write minutes and seconds: `{int(found[1]) * 60 + int(found[2])}:{found[3]}`"
        return
    found = _NEARLY.fullmatch(text)
    if found is None:
        yield "write for example `5km`, `400m`, `10:00` or `lap-button`"
        return
    number = f"{found[1]}.{found[2]}" if found[2] else found[1]
    match found[3].lower():
        case "k" | "km" | "kms":
            yield f"write `{number}km`"
        case "mile":
            yield f"write `{number}mi`"
        case "s" | "sec" | "secs" | '"' if not found[2]:
            minutes, seconds = divmod(int(number), 60)
            yield f"write minutes and seconds: `{minutes}:{seconds:02d}`"
        case "h" | "hr" | "hrs" if not found[2]:
            yield f"write minutes and seconds: `{int(number) * 60}:00`"
        case "min" | "mins" | "'" | "" if not found[2]:
            yield f"write minutes and seconds: `{number}:00`"
            yield "or a distance: `5km`, `400m`"
        case _:
            yield "write for example `5km`, `400m`, `10:00` or `lap-button`"


# --- Targets -------------------------------------------------------------------------------------


def target(words: Words, units: Units | None) -> Held:
    """``z2``, ``5:10-4:40 mpk``, ``120-135 bpm``, ``240-260 W``, ``85-90 rpm``, ``12.0-13.5 kph``.

    ``units`` are those of paces and speeds without one: kilometres where they are None.

    :raises UnreadError: for anything else, and for what nobody runs.
    """
    if found := _ZONE.fullmatch(words.text):
        zone = int(found[1])
        if 1 <= zone <= WATCH_ZONES:
            return Held(HeartRateZones(zone, zone, watch=True))
        return Held(None, left_out=f"`{words.text}` is left out: a watch has heart-rate zones 1 to {WATCH_ZONES}")
    if found := _PACES.fullmatch(words.text):
        return _paces(found, words, units)
    if found := _NUMBERS.fullmatch(words.text):
        return _numbers(int(found[1]), int(found[2]), found[3].lower(), words)
    if found := _SPEEDS.fullmatch(words.text):
        return _speeds(found, words, units)
    if _SINGLE.fullmatch(words.text):
        raise UnreadError(f"`{words.text}` is a single pace, and a target has two ends", words, *_ends(words.text))
    help = "write for example `z2`, `5:10-4:40`, `120-135 bpm`, `240-260 W` or `12.0-13.5 kph`"
    raise UnreadError(f"`{words.short}` is no target", words, help)


def _ends(pace: str) -> Iterator[str]:
    """Two paces with a single one in their middle."""
    minutes, _, seconds = pace.partition(":")
    middle = int(minutes) * 60 + int(seconds[:2])
    if middle > 5 and int(seconds[:2]) < 60:
        (slow, fast) = (f"{one // 60}:{one % 60:02d}" for one in (middle + 5, middle - 5))
        yield f"write both: `{slow}-{fast}`"


def _paces(found: re.Match[str], words: Words, units: Units | None) -> Held:
    unit = _PACE_UNITS[found[5].lower()] if found[5] else ("mi" if units == "imperial" else "km")
    ends = []
    for minutes, seconds in ((found[1], found[2]), (found[3], found[4])):
        whole = _clock(minutes, seconds, words)
        pace = Pace((whole[0] * 60 + whole[1]) * 1000, unit)
        if not (pace.ms and is_runnable(pace.mps)):
            raise UnreadError(f"nobody runs {pace}", words, "write another pace")
        ends.append(pace)
    return Held(PaceTarget(Between(*ends)), unit=None if found[5] else unit)


def _speeds(found: re.Match[str], words: Words, units: Units | None) -> Held:
    unit = _SPEED_UNITS[found[3].lower()] if found[3] else ("mph" if units == "imperial" else "km/h")
    ends = [Speed(int(Decimal(one) * 1000), unit) for one in (found[1], found[2])]
    for one in ends:
        if not is_runnable(one.mps):
            raise UnreadError(f"nobody runs {one}", words, "a pace has a colon: `5:10-4:40`")
    return Held(PaceTarget(Between(*ends)), unit=None if found[3] else unit)


def _numbers(one: int, other: int, unit: str, words: Words) -> Held:
    low, high = sorted((one, other))
    margin = 0 if low == high else None
    match unit:
        case "bpm":
            _check("a heart beats", low, high, (LOWEST_BPM, HIGHEST_BPM), "times a minute", words)
            return Held(HeartRateTarget(low, high, margin))
        case "w":
            _check("a runner's power is", low, high, (LOWEST_WATTS, HIGHEST_WATTS), "W", words)
            return Held(PowerTarget(low, high, margin))
        case _:
            feet = 2 if high < _BOTH_FEET else 1
            low, high = low * feet, high * feet
            _check("a runner takes", low, high, (LOWEST_SPM, HIGHEST_SPM), "steps a minute", words)
            both = " of both feet" if feet == 2 else ""
            said = f"`{words.text}` is read as {low} to {high} steps a minute{both}"
            return Held(CadenceTarget(low, high, margin), differs=said)


def _check(what: str, low: int, high: int, bounds: tuple[int, int], unit: str, words: Words) -> None:
    if not bounds[0] <= low <= high <= bounds[1]:
        raise UnreadError(f"{what} {bounds[0]} to {bounds[1]} {unit}, not `{words.text}`", words, "write other numbers")
