"""The workout language: ``2km@Easy|Warmup + (400m@3:55-3:45/km + 200m|Recovery) * 8 + Open|Cooldown``.

::

    list  := step ("+" step)*
    step  := "(" list ")" "*" count  |  ("Open" | time | number unit) goal? ("|" intensity)?
    goal  := "<" pace | ">" pace | "@" (range | NAME | n "-" n "bpm" | n "-" n "W" | "Z"n | "HZ"n | "PZ"n)

``<`` is faster than, ``>`` slower than. Blanks and line ends mean nothing anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from negsplit.diagnostics import Help, Report, Span, meant
from negsplit.formats.csv_cells import Cell
from negsplit.formats.foreign import MOST_PROPOSED, MOST_STEPS, steps_run
from negsplit.limits import FARTHEST, LONGEST, NEAREST, SHORTEST, is_runnable
from negsplit.model import Item, Lap, Repeat, Role, Step
from negsplit.targets import (
    Between,
    HeartRateTarget,
    HeartRateZones,
    Named,
    OneSided,
    PaceTarget,
    PowerTarget,
    PowerZone,
    Target,
)
from negsplit.units import Distance, Duration, Pace, PaceUnit, clock, size

INTENSITIES: Final = {
    "active": Role.RUN,
    "rest": Role.REST,
    "warmup": Role.WARMUP,
    "cooldown": Role.COOLDOWN,
    "recovery": Role.RECOVER,
}
_UNITS: Final = ("m", "mi", "km")
_PER: Final[dict[str, PaceUnit]] = {"mi": "mi", "km": "km"}
_BLANKS: Final = frozenset(" \t\r\n\xa0")
_DASHES: Final = str.maketrans("–−‐", "---")
_LENGTH: Final = re.compile(r"(?P<open>open(?![a-z]))|(?P<clock>\d+(?::\d+)+)|(?P<number>\d+(?:\.\d+)?)", re.IGNORECASE)
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_CHUNK: Final = re.compile(r"[^+|()*<>@]+|.|$")
_CLOCK: Final = re.compile(r"(\d{1,4}):(\d\d)")
_RANGE: Final = re.compile(r"(\d{1,3}:\d\d)-(\d{1,3}:\d\d)/(mi|km)(?![A-Za-z])")
_PACE: Final = re.compile(r"(\d{1,3}:\d\d)/(mi|km)(?![A-Za-z])")
_NUMBERS: Final = re.compile(r"(\d{1,4})-(\d{1,4})(bpm|W)(?![A-Za-z])")
_ZONE: Final = re.compile(r"(PZ[1-7]|H?Z[1-5])(?![A-Za-z0-9])", re.IGNORECASE)
_ZONE_LIKE: Final = re.compile(r"[PH]?Z\d+", re.IGNORECASE)
_COUNT: Final = re.compile(r"\*(\d{1,3})(?!\d)")
_DEEPEST: Final = 32
"""Repeats inside one another."""
_NOTHING: Final = re.compile(r"0+(?:\.0+)?(?:m|mi|km)|0+:00")


class _FaultError(Exception):
    """Ends the reading of a cell; its message is reported already."""


def is_rest(text: str) -> bool:
    """Whether a cell says ``0mi``: the program has no other way to say a day of rest."""
    return _NOTHING.fullmatch("".join(char for char in text if char not in _BLANKS)) is not None


def read_expression(cell: Cell, names: Mapping[str, str], report: Report) -> tuple[Item, ...] | None:
    """The steps of a cell; None, with its first mistake reported at its place. ``names`` are those of the paces."""
    try:
        steps = _Reading(cell, names, report).all()
    except _FaultError:
        return None
    if steps_run(steps) <= MOST_STEPS:
        return steps
    report.error("refused", f"a workout has {MOST_STEPS} steps at most", cell.span, "repeat them less often")
    return None


def read_range(cell: Cell, report: Report) -> PaceTarget | None:
    """``6:10-5:40/km``: what a name of the sheet Pace stands for; None, with a message, for anything else."""
    reading = _Reading(cell, {}, report)
    try:
        target = reading.range()
        if target is None or reading.at < len(reading.text):
            raise reading.fault("is no range of paces", "write for example `6:10-5:40/km`")
    except _FaultError:
        return None
    return target


class _Reading:
    """A place in a cell's text without its blanks."""

    def __init__(self, cell: Cell, names: Mapping[str, str], report: Report) -> None:
        self.cell, self.names, self.report = cell, names, report
        self.places = [at for at, char in enumerate(cell.text) if char not in _BLANKS]
        self.text = "".join(cell.text[at] for at in self.places).translate(_DASHES)
        self.at = 0

    # --- Places and faults ---

    def span(self, start: int, end: int) -> Span:
        """Of characters without blanks, those of the file."""
        if start >= len(self.places):
            after = self.places[-1] + 1 if self.places else 0
            return self.cell.at(after, after)
        return self.cell.at(self.places[start], self.places[max(end, start + 1) - 1] + 1)

    def fault(self, what: str, *help: Help, start: int | None = None) -> _FaultError:
        """Reports that what stands here, or stood at ``start``, is not what has to be."""
        begin = self.at if start is None else start
        found = _CHUNK.match(self.text, begin)
        assert found is not None
        shown = f"`{found[0][:40]}`" if found[0] else "the end"
        self.report.error("refused", f"{shown} {what}", self.span(begin, found.end()), *help)
        return _FaultError()

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        if found := pattern.match(self.text, self.at):
            self.at = found.end()
        return found

    def sees(self, sign: str) -> bool:
        """Steps over a sign, if it stands here."""
        if not self.text.startswith(sign, self.at):
            return False
        self.at += len(sign)
        return True

    # --- The grammar ---

    def all(self) -> tuple[Item, ...]:
        """Every step, with a stack of the repeats that are open."""
        lists: list[list[Item]] = [[]]
        starts: list[int] = []
        while True:
            while self.sees("("):
                starts.append(self.at - 1)
                lists.append([])
                if len(lists) > _DEEPEST:
                    raise self.fault(f"is more than {_DEEPEST} brackets deep", "write it flatter")
            lists[-1].append(self.step())
            while starts and self.sees(")"):
                body = lists.pop()
                lists[-1].append(self.repeat(body, starts.pop()))
            if self.sees("+"):
                continue
            if starts or self.at < len(self.text):
                raise self.fault("is not understood here", "join steps with `+`, and close each `(` with `) * 4`")
            return tuple(lists[0])

    def repeat(self, body: list[Item], start: int) -> Repeat:
        found = self.take(_COUNT)
        if found is None or not int(found[1]):
            raise self.fault("is no count: behind `)` stands how often, `* 4`", "write for example `(400m + 200m) * 4`")
        return Repeat(int(found[1]), tuple(body), span=self.span(start, self.at))

    def step(self) -> Step:
        start = self.at
        length = self.length()
        target = self.goal()
        role = self.intensity() if self.sees("|") else Role.RUN
        return Step(role, length, (target,) if target else (), span=self.span(start, self.at))

    def length(self) -> Lap | Duration | Distance:
        start = self.at
        found = self.take(_LENGTH)
        if found is None:
            raise self.fault("is no step", "a step is `400m`, `1.5mi`, `5km`, `10:00` or `Open`")
        if found["open"]:
            return Lap()
        length: Duration | Distance
        if found["clock"]:
            length = self.time(found["clock"], start)
        else:
            length = Distance.of(Decimal(found["number"][:12]), self.unit(found["number"]))
        low, high = (SHORTEST, LONGEST) if isinstance(length, Duration) else (NEAREST, FARTHEST)
        if not size(low) <= size(length) <= size(high):
            raise self.fault(f"is not between {low} and {high}", start=start)
        return length

    def unit(self, number: str) -> str:
        word = _WORD.match(self.text, self.at)
        if word is None or word[0] not in _UNITS:
            whole = number.isdecimal() and len(number) < 4
            helps = {"min": [f"write `{number}:00`"], "k": [f"write `{number}km`"]} if whole else {}
            raise self.fault("is no unit", *helps.get(word[0] if word else "", ["units are `m`, `mi` and `km`"]))
        self.at = word.end()
        return word[0]

    def time(self, written: str, start: int) -> Duration:
        parts = [int(part) for part in written.split(":") if len(part) < 5]
        found = _CLOCK.fullmatch(written)
        if found and int(found[2]) < 60:
            return Duration((parts[0] * 60 + parts[1]) * 1000)
        if written.count(":") == 2 and len(parts) == 3:
            minutes = (parts[0] * 60 + parts[1]) * 60 + parts[2]
            raise self.fault(
                "has hours, and a time is minutes and seconds", f"write `{_minutes(minutes)}`", start=start
            )
        helps = [f"did you mean `{clock((parts[0] * 60 + parts[1]) * 1000)}`?"] if len(parts) == 2 else []
        raise self.fault("is no time in minutes and seconds, such as `75:00`", *helps, start=start)

    def goal(self) -> Target | None:
        if self.sees("<"):
            return self.one_sided("faster")
        if self.sees(">"):
            return self.one_sided("slower")
        return self.target() if self.sees("@") else None

    def one_sided(self, side: str) -> PaceTarget:
        start = self.at
        found = self.take(_PACE)
        if found is None:
            raise self.fault("is no pace", "write for example `5:00/km` or `8:30/mi`")
        pace = self.pace(found[1], found[2], start)
        return PaceTarget(OneSided("faster" if side == "faster" else "slower", pace), span=self.span(start, self.at))

    def target(self) -> Target:
        start = self.at
        if found := self.range():
            return found
        if numbers := self.take(_NUMBERS):
            low, high = sorted((int(numbers[1]), int(numbers[2])))
            kind = HeartRateTarget if numbers[3] == "bpm" else PowerTarget
            return kind(low, high, margin=0 if low == high else None, span=self.span(start, self.at))
        if word := _WORD.match(self.text, start):
            return self.named(word[0])
        raise self.fault(
            "is no target", "write a range, `4:40-4:30/km` or `140-150bpm`, a zone, `Z2`, or the name of a pace"
        )

    def named(self, word: str) -> Target:
        """A zone, or one of the names of the sheet Pace."""
        start = self.at
        if zone := self.take(_ZONE):
            number, span = int(zone[1][-1]), self.span(start, self.at)
            if zone[1][0] in "Pp":
                return PowerZone(number, span=span)
            return HeartRateZones(number, number, watch=True, span=span)
        if word not in self.names:
            if _ZONE_LIKE.fullmatch(word):
                raise self.fault("is no zone", "zones are `Z1` to `Z5` of heart rate, and `PZ1` to `PZ7` of power")
            near = meant(word, [*self.names][:MOST_PROPOSED], None)
            raise self.fault("is the name of no pace", near or "add it to the sheet Pace, and give that file too")
        self.at += len(word)
        return PaceTarget(Named(self.names[word]), span=self.span(start, self.at))

    def range(self) -> PaceTarget | None:
        start = self.at
        found = self.take(_RANGE)
        if found is None:
            return None
        one, other = (self.pace(end, found[3], start) for end in found.groups()[:2])
        return PaceTarget(Between(one, other), span=self.span(start, self.at))

    def pace(self, written: str, unit: str, start: int) -> Pace:
        pace = Pace(self.time(written, start).ms, _PER[unit])
        if not pace.ms or not is_runnable(pace.mps):
            raise self.fault("is no running pace", "paces are between 1:24 and 33:20 a kilometre", start=start)
        return pace

    def intensity(self) -> Role:
        found = _WORD.match(self.text, self.at)
        role = INTENSITIES.get(found[0].lower()) if found else None
        if found is None or role is None:
            raise self.fault("is no intensity", f"write one of {', '.join(one.title() for one in INTENSITIES)}")
        self.at = found.end()
        return role


def _minutes(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02d}"
