"""A Program as the blocks of a Zwift run, and what of it they cannot say.

Only ``SteadyState`` and ``FreeRide`` are used: QDomyos-Zwift takes ``thresholdSecPerKm`` in no other block, and was
seen to end a ramp at its speed, not its time. So repeats are written out, which comes to no more blocks than the
language runs steps. A block has one speed: a band is run at its middle, and its text has it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from negsplit.diagnostics import Report, Span
from negsplit.formats.zwo.words import with_role
from negsplit.frozen import dataclass
from negsplit.limits import DEFAULT_TOLERANCE
from negsplit.model import Lap, Role, Sport, UntilHeartRate
from negsplit.program.bounds import middle
from negsplit.program.captions import band_text
from negsplit.program.model import Band, Intensity, Program, ProgramStep, Quantity, Target, Zone
from negsplit.program.outline import Group, Part, parts
from negsplit.units import Distance, Duration, PaceUnit

TOO_LONG: Final = 3600
"""Seconds from which QDomyos-Zwift misreads a time: it takes all of its minutes beside the hours."""
_ROLES: Final = {
    Intensity.WARMUP: Role.WARMUP,
    Intensity.RECOVERY: Role.RECOVER,
    Intensity.REST: Role.REST,
    Intensity.COOLDOWN: Role.COOLDOWN,
}

Usual = Callable[[ProgramStep], float]
"""The seconds that a step is reckoned to take; not a number (NaN) or 0 where nobody can tell."""


class Base(NamedTuple):
    """The pace that speeds are shares of: its name, and whole seconds a kilometre, as all files that were seen have."""

    name: str
    seconds: int

    @classmethod
    def of(cls, name: str, mps: float) -> Base:
        """The base that a speed in m/s comes to."""
        return cls(name, round(1000 / mps))

    def share(self, mm_per_s: float) -> float:
        """A speed as a share of the base, to four decimals; of the whole seconds a kilometre that it is, if it is."""
        seconds = 1_000_000 / mm_per_s
        if abs(1_000_000 / round(seconds) - mm_per_s) <= 1:
            seconds = round(seconds)
        return round(self.seconds / seconds, 4)


class Block(NamedTuple):
    """Whole seconds or metres at a share of the base, or at any speed where that is None; ``text`` is what is shown."""

    length: int
    power: float | None
    text: str


@dataclass(frozen=True, slots=True)
class ZwoRun:
    """All blocks of a run, which count metres or seconds."""

    blocks: tuple[Block, ...]
    by_distance: bool
    base: Base


def meant(program: Program, base: Base, usual: Usual, unit: PaceUnit, report: Report) -> ZwoRun | None:
    """The blocks of a program; None, with an error, where there can be none. ``unit`` is that of paces in texts."""
    if program.sport in (Sport.WALKING, Sport.HIKING):
        message = f"a workout of Zwift is a run or a ride, and this is {program.sport.value}"
        report.unsupported(message, program.span, "write it for a watch: `--format fit`")
        return None
    outline = parts(program.steps)
    writer = _Writer(program, base, usual, unit, report)
    blocks = tuple(writer.blocks(outline))
    if report.failed:
        return None
    if repeats := [part for part in outline if isinstance(part, Group)]:
        message = f"repeats are written out: this has {len(blocks)} blocks"
        report.note("degraded", message, repeats[0].jump.span or program.span)
    return ZwoRun(blocks, writer.by_distance, base)


def _times(group: Group) -> int:
    return group.jump.until if isinstance(group.jump.until, int) else 1


class _Writer:
    """Writes steps one by one, and says of each what is lost."""

    def __init__(self, program: Program, base: Base, usual: Usual, unit: PaceUnit, report: Report) -> None:
        self._program, self._base, self._usual, self._unit, self._report = program, base, usual, unit, report
        steps = [one for one in program.steps if isinstance(one, ProgramStep)]
        self.by_distance = all(isinstance(one.length, Distance) for one in steps)
        self._known: dict[int, tuple[Block, ...]] = {}

    def blocks(self, outline: tuple[Part, ...]) -> Iterator[Block]:
        """The blocks in the order in which they are run."""
        for part in outline:
            if isinstance(part, Group):
                for _ in range(_times(part)):
                    yield from self.blocks(part.body)
            else:
                if part not in self._known:
                    self._known[part] = self._step(part)
                yield from self._known[part]

    def _step(self, index: int) -> tuple[Block, ...]:
        step = self._program.steps[index]
        assert isinstance(step, ProgramStep)
        targets = [one for one in (step.target, step.second) if one]
        speed = next((one for one in targets if isinstance(one, Band) and one.quantity is Quantity.SPEED), None)
        words = [step.cue]
        if speed and not _is_one_pace(speed):
            words.append(self._in_words(speed, step, self._middle(speed)))
        for other in targets:
            if other is not speed:
                words.append(self._in_words(other, step, "a treadmill is given speeds alone"))
        power = self._base.share(middle(speed)) if speed else None
        role = step.written.role if step.written else _ROLES.get(step.intensity, Role.RUN)
        text = with_role(role, ", ".join(filter(None, words)))
        return tuple(self._cut(self._length(step), power, text, step))

    def _middle(self, band: Band) -> str:
        pace = band_text(Band(Quantity.SPEED, *[round(middle(band))] * 2), self._unit)
        return f"it is run at {pace}/{self._unit}"

    def _in_words(self, target: Target, step: ProgramStep, why: str) -> str:
        """A target that is no single speed, as text."""
        if isinstance(target, Zone):
            words = f"{_name(target)} zone {target.number}"
        else:
            assert target is not None
            words = band_text(target, self._unit)
            words += f"/{self._unit}" if target.quantity is Quantity.SPEED else ""
        self._degraded(f"{words} goes into the text: {why}", step)
        return words

    def _length(self, step: ProgramStep) -> float:
        """Metres or seconds, unrounded."""
        length = step.length
        if isinstance(length, Duration):
            return length.seconds
        if self.by_distance and isinstance(length, Distance):
            return length.metres
        seconds = self._usual(step)
        if not seconds or math.isnan(seconds):
            message = _ends(step) or f"nobody can tell how long {length} takes here"
            self._report.unsupported(message, _span(step), "give it a time")
            return 1
        said = Duration(max(1, round(seconds)) * 1000)
        if isinstance(length, Distance):
            self._degraded(f"{length} becomes {said}: a file of Zwift counts times or distances, not both", step)
        else:
            self._degraded(f"{_ends(step)}: {said} takes its place", step)
        return seconds

    def _cut(self, length: float, power: float | None, text: str, step: ProgramStep) -> Iterator[Block]:
        """One block, or several alike where a time is too long for one."""
        whole = max(1, round(length))
        sent = Distance(whole * 100) if self.by_distance else Duration(whole * 1000)
        if isinstance(step.length, type(sent)) and step.length != sent:
            self._degraded(f"{step.length} is written as {sent}", step)
        count = 1 if self.by_distance else whole // TOO_LONG + 1
        if count > 1:
            message = f"{sent} is cut into {count} blocks: QDomyos-Zwift misreads an hour or more"
            self._report.note("degraded", message, _span(step))
        least, more = divmod(whole, count)
        for number in range(count):
            yield Block(least + (number < more), power, text if number == 0 else "")

    def _degraded(self, message: str, step: ProgramStep) -> None:
        self._report.degraded(message, _span(step))


def _span(step: ProgramStep) -> Span | None:
    return step.written.span if step.written else None


def _ends(step: ProgramStep) -> str:
    match step.length:
        case Lap():
            return "a treadmill has no lap button"
        case UntilHeartRate(side, bpm):
            return f"a block of Zwift ends at no heart rate, {side} {bpm} bpm"
    return ""


def _is_one_pace(band: Band) -> bool:
    """Whether a band is what a single pace becomes by itself, to the mm/s that both ends are rounded to."""
    centre = (band.low + band.high) / 2
    off = centre * DEFAULT_TOLERANCE.ratio
    return abs(band.low - (centre - off)) <= 1 and abs(band.high - (centre + off)) <= 1


def _name(target: Zone) -> str:
    return target.quantity.name.lower().replace("_", " ")
