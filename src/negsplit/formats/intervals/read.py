"""The Program that a workout text of intervals.icu means.

Paces are rounded to 1 mm/s; shares of a heart rate inward to 1 bpm, as what writes them rounds outward.
"""

from __future__ import annotations

import math
from typing import Final, Literal, NamedTuple

from negsplit.diagnostics import Diagnostic, Report, Source
from negsplit.formats.intervals.cue import as_shown
from negsplit.formats.intervals.doc import DocPart, DocStep, DocTarget
from negsplit.formats.intervals.meaning import PACE_SCALE
from negsplit.formats.intervals.parse import parse
from negsplit.model import Lap, Sport
from negsplit.program.bounds import BOUNDS
from negsplit.program.model import Band, Intensity, Jump, Length, Program, ProgramStep, Quantity, Target, Zone
from negsplit.units import METRES_PER, Distance, Duration

_INTENSITIES: Final = {one.value: one for one in Intensity}
_ZONES: Final[dict[str, tuple[Literal[Quantity.HEART_RATE, Quantity.POWER], int]]] = {
    "hr_zone": (Quantity.HEART_RATE, 5),
    "power_zone": (Quantity.POWER, 7),
}

_METRES: Final = {f"secs/{unit}": metres for unit, metres in METRES_PER.items()}


class Settings(NamedTuple):
    """Numbers of the runner that shares in a text are of: bpm, m/s and W; None where it is not known."""

    lthr: int | None = None
    max_hr: int | None = None
    threshold_mps: float | None = None
    ftp: int | None = None


NOTHING_KNOWN: Final = Settings()


def program(
    source: Source, name: str, sport: Sport = Sport.RUNNING, settings: Settings = NOTHING_KNOWN
) -> tuple[Program | None, tuple[Diagnostic, ...]]:
    """The program of a text, and a note with its place for what it cannot hold; None, with an error, without a step.

    A text says neither name nor sport: they stand beside it in the account.
    """
    report = Report()
    found = parse(source, report)
    steps = in_numbers(found.parts, settings, report)
    if not steps:
        report.error("empty", "this text has no steps", None, "a step is a line such as `- 10m 5:30-5:10/km Pace`")
        return None, tuple(report.diagnostics)
    return Program(name, sport, steps, found.notes), tuple(report.diagnostics)


def in_numbers(parts: tuple[DocPart, ...], settings: Settings, report: Report) -> tuple[ProgramStep | Jump, ...]:
    """Steps that were read already, with a note at its line for what a program cannot hold."""
    return _Reader(settings, report).steps(parts)


class _Reader:
    """Reads steps with their numbers, and says at its line what a program cannot hold of one."""

    def __init__(self, settings: Settings, report: Report) -> None:
        self.settings, self.report = settings, report

    def steps(self, parts: tuple[DocPart, ...]) -> tuple[ProgramStep | Jump, ...]:
        """The steps as a program has them."""
        found: list[ProgramStep | Jump] = []
        self._append(parts, found)
        return tuple(found)

    def _append(self, parts: tuple[DocPart, ...], found: list[ProgramStep | Jump]) -> None:
        for part in parts:
            if isinstance(part, DocStep):
                found.append(self._step(part))
                continue
            first = len(found)
            self._append(part.steps, found)
            if part.times > 1 and len(found) > first:
                found.append(Jump(first, part.times))

    def _note(self, step: DocStep, message: str, *help: str) -> None:
        self.report.warning("left-out", message, step.span, *help)

    def _step(self, step: DocStep) -> ProgramStep:
        slots = [slot for one in step.targets if (slot := self._target(step, one))]
        if step.cadence:
            slots += filter(None, [self._cadence(step, *sorted(step.cadence))])
        if len(slots) > 2:
            self._note(step, "a step holds two targets, the others are left out")
        if step.ramp:
            self._note(step, "a ramp is read as a target from one end to the other")
        if step.intensity not in ("", *_INTENSITIES):
            self._note(step, f"the intensity `{step.intensity}` is read as active")
        first, second = (*slots, None, None)[:2]
        intensity = _INTENSITIES.get(step.intensity, Intensity.ACTIVE)
        return ProgramStep(intensity, self._length(step), first, second, cue=as_shown(step.text))

    def _length(self, step: DocStep) -> Length:
        if step.until_lap:
            return Lap()
        if step.metres:
            return Distance(round(step.metres * 100))
        if step.seconds:
            return Duration(round(step.seconds * 1000))
        self._note(step, "nothing ends it; read as until the lap button")
        return Lap()

    def _target(self, step: DocStep, target: DocTarget) -> Target:
        low, high = sorted((target.start, target.end))
        found: Target = None
        if target.units in _ZONES:
            quantity, most = _ZONES[target.units]
            found = Zone(quantity, round(low)) if low == high and 1 <= low <= most else None
        elif target.kind == "pace":
            found = self._pace(target.units, low, high)
        else:
            found = self._share(target.units, low, high)
        if found is None:
            shown = f"{target.start:g} to {target.end:g}" if low != high else f"{low:g}"
            self._note(step, f"the target {target.kind} {shown} {target.units} is left out", *_cure(target.units))
        return found

    def _cadence(self, step: DocStep, low: float, high: float) -> Band | None:
        """Steps of both feet, of one foot's."""
        found = _bounded(Quantity.CADENCE, round(2 * low), round(2 * high))
        if found is None:
            self._note(step, f"nobody runs at a cadence of {low:g} to {high:g} rpm: it is left out")
        return found

    def _pace(self, units: str, low: float, high: float) -> Band | None:
        """Seconds a kilometre or mile, or shares of threshold speed."""
        if units == "%pace":
            mps = self.settings.threshold_mps
            return _speeds(mps * low / 100, mps * high / 100) if mps else None
        metres = _METRES.get(units)
        return _speeds(metres / high, metres / low) if metres and low > 0 else None

    def _share(self, units: str, low: float, high: float) -> Band | None:
        settings = self.settings
        of_watts = 100  # which are hundredths of this
        whole = {"%lthr": settings.lthr, "%hr": settings.max_hr, "%ftp": settings.ftp, "w": of_watts}.get(units)
        if whole is None:
            return None
        quantity = Quantity.POWER if units in ("w", "%ftp") else Quantity.HEART_RATE
        low, high = _inward(whole * low / 100, whole * high / 100)
        return _bounded(quantity, _at_bound(quantity, low, whole), _at_bound(quantity, high, whole))


def _at_bound(quantity: Quantity, end: int, whole: float) -> int:
    """An edge; less than a hundredth beyond a bound it stands for the bound, for shares are whole."""
    bottom, top = BOUNDS[quantity]
    nearest = min(max(end, bottom), top)
    return nearest if abs(end - nearest) < whole / 100 else end


def _cure(units: str) -> tuple[str, ...]:
    of = {"%lthr": "threshold heart rate", "%hr": "highest heart rate", "%ftp": "power", "%pace": "threshold pace"}
    if units in of:
        return (f"it can be reckoned where the {of[units]} of the runner is known",)
    return ("of which distance this is a pace is not said: write `/km` after it",) if units == "secs" else ()


def _inward(low: float, high: float) -> tuple[int, int]:
    """Whole numbers between two, but for what floating point adds; the nearest where there is none between."""
    ends = math.ceil(round(low, 6)), math.floor(round(high, 6))
    return ends if ends[0] <= ends[1] else (round(low), round(low))


def _speeds(slow: float, fast: float) -> Band | None:
    """Edges in m/s. The seconds of a pace are whole, so the whole second beyond the fastest speed stands for it."""
    _, top = BOUNDS[Quantity.SPEED]
    low, high = round(slow * 1000), round(fast * 1000)
    if high > top and round(1000 / fast, 6) >= math.floor(PACE_SCALE / top):
        high = top
    return _bounded(Quantity.SPEED, low, high)


def _bounded(quantity: Quantity, low: int, high: int) -> Band | None:
    bottom, top = BOUNDS[quantity]
    return Band(quantity, low, high) if bottom <= low <= high <= top else None
