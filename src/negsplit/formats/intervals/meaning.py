"""A Program as intervals.icu is to understand it, and what of it the service cannot be told.

Edges are rounded outward: paces to whole seconds a kilometre, heart rates to whole hundredths of the threshold heart
rate. What comes back of a step otherwise than it is in the program is reported as degraded, but for these seconds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Final

from negsplit.diagnostics import Report, Span
from negsplit.formats.intervals.cue import as_shown, harmless
from negsplit.formats.intervals.doc import DocPart, DocRepeat, DocStep, DocTarget, plain_intensity
from negsplit.formats.intervals.event import kinds
from negsplit.model import Lap, UntilHeartRate
from negsplit.program.bounds import BOUNDS
from negsplit.program.captions import band_text
from negsplit.program.model import Band, Length, Program, ProgramStep, Quantity, Target, Zone
from negsplit.program.outline import Group, Part, parts
from negsplit.units import Distance, Duration

LAP_SECONDS: Final = 600
"""What stands where the lap button ends a step: without an amount the service makes no step (a judgement)."""
HEART_RATE_SECONDS: Final = 180
"""The same for a step that a heart rate was to end."""
PACE_SCALE: Final = 1_000_000
"""Seconds a kilometre are this by mm/s."""
_HEADER: Final = re.compile(r"\d+\s*x$|^main$", re.IGNORECASE)
"""A repeat; and what one project saw a watch of Garmin's lose all notes by, where they begin so."""
_MARKS: Final = {"'": "\u2032", '"': "\u2033"}

_Degraded = Callable[..., None]


def meant(program: Program, lthr: int | None, report: Report, *, is_asked: bool = False) -> tuple[DocPart, ...] | None:
    """The steps as the service is to understand them; None, with an error, where it cannot.

    ``lthr`` is the account's threshold heart rate in bpm; the account ``is_asked`` for it, or it is the runner's.
    """
    writer = _Writer(program, lthr, report, _SET_THERE if is_asked else _ADD_HERE)
    found = tuple(map(writer.part, parts(program.steps)))
    if report.failed:
        return None
    if len(mixed := kinds(found)) > 1:
        names = " and ".join(_KIND_NAMES[kind] for kind in mixed)
        message = f"steps by {names} in one workout: it was seen that a watch then gets none of these targets"
        report.degraded(message, program.span, "hold all steps by one of them")
    if (sent := prose(program.notes)) != program.notes:
        report.degraded(f"the notes are sent as `{sent}`", program.span)
    return found


_ADD_HERE: Final = "add `heart_rate: {threshold: 170}` to the athlete file"
_SET_THERE: Final = "set it for runs on https://intervals.icu/settings"
_KIND_NAMES: Final = {"pace": "pace", "hr": "heart rate", "power": "power"}


def prose(notes: str) -> str:
    """Notes in which no line is a step or a repeat, and no number has the mark of minutes or seconds."""
    lines = (" ".join(one.split()) for one in re.sub(r"(?<=\d)['\"]", _mark, notes).splitlines())
    return "\n".join(_plain(line) for line in lines if line)


def _mark(found: re.Match[str]) -> str:
    return _MARKS[found[0]]


def _plain(line: str) -> str:
    words = f"\u2013{line[1:]}" if line.startswith("-") else line
    return f"{words}." if _HEADER.search(words) else words


class _Writer:
    """Writes parts one by one, and says of each what is lost."""

    def __init__(self, program: Program, lthr: int | None, report: Report, lthr_cure: str) -> None:
        self.program, self.lthr, self.report, self._lthr_cure = program, lthr, report, lthr_cure
        self._asked = False
        """Whether the threshold heart rate was asked for: one line is the cure for all steps."""

    def part(self, part: Part, inside: bool = False) -> DocPart:
        """A step or a repeat."""
        if isinstance(part, Group):
            jump = part.jump
            if inside or not isinstance(jump.until, int):
                what = "inside another" if inside else "until an amount is done"
                message = f"intervals.icu has no repeat {what}"
                self.report.unsupported(message, jump.span, "write its steps as often as they are run")
                return DocRepeat(1, ())
            return DocRepeat(jump.until, tuple(self.part(one, inside=True) for one in part.body))
        step = self.program.steps[part]
        assert isinstance(step, ProgramStep)
        return self._step(step)

    def _step(self, step: ProgramStep) -> DocStep:
        span = step.written.span if step.written else None

        def degraded(message: str, *help: str) -> None:
            self.report.degraded(message, span, *help)

        targets = [one for one in (step.target, step.second) if one]
        main = next((one for one in targets if one.quantity is not Quantity.CADENCE), None)
        others = [one for one in targets if one is not main]
        found = self._target(main, span, degraded) if main else None
        cadence = _cadence(others[0], degraded) if found and others else None
        words = [_cue(step.cue, degraded)]
        words += [_in_words(one, degraded) for one in others if cadence is None]
        if isinstance(step.length, UntilHeartRate):
            words.append(harmless(f"until HR {step.length.side} {step.length.bpm}"))
        metres, seconds = _amount(step.length, degraded)
        return DocStep(
            seconds,
            metres,
            (found,) if found else (),
            cadence,
            ", ".join(filter(None, words)),
            plain_intensity(step.intensity.value),
            until_lap=isinstance(step.length, Lap | UntilHeartRate),
        )

    def _target(self, target: Target, span: Span | None, degraded: _Degraded) -> DocTarget | None:
        match target:
            case Zone(Quantity.HEART_RATE, number):
                degraded(f"zone {number} is the one set in the account, which may differ from the watch's")
                return DocTarget("hr", "hr_zone", number, number)
            case Zone(_, number):
                degraded(f"power zone {number} is the one set in the account, which may differ from the watch's")
                return DocTarget("power", "power_zone", number, number)
            case Band(Quantity.SPEED, low, high):
                ends = _seconds(low, math.ceil), _seconds(high, math.floor)
                return _band(DocTarget("pace", "secs/km", *ends), degraded)
            case Band(Quantity.POWER, low, high):
                return _band(DocTarget("power", "w", low, high), degraded)
            case Band() as beats:
                return self._beats(beats, span, degraded)
        return None

    def _beats(self, band: Band, span: Span | None, degraded: _Degraded) -> DocTarget | None:
        if self.lthr is None:
            if self._asked:
                return None
            self._asked = True
            message = "intervals.icu takes heart rates as percentages of your threshold heart rate, which is not known"
            self.report.unsupported(message, span, self._lthr_cure)
            return None
        lowest, highest = BOUNDS[Quantity.HEART_RATE]  # an edge that is rounded beyond them could not be read back
        low = max(math.floor(100 * band.low / self.lthr), math.ceil(100 * lowest / self.lthr))
        high = min(math.ceil(100 * band.high / self.lthr), math.floor(100 * highest / self.lthr))
        share = f"{low} %" if low == high else f"{low} to {high} %"
        degraded(f"{band_text(band, 'km')} is sent as {share} of the threshold heart rate, {self.lthr} bpm")
        return _band(DocTarget("hr", "%lthr", low, high), degraded)


def _seconds(mm_per_s: int, outward: Callable[[float], int]) -> int:
    """Whole seconds a kilometre: those that were written and rounded to mm/s, else the next outward."""
    written = round(PACE_SCALE / mm_per_s)
    return written if round(PACE_SCALE / written) == mm_per_s else outward(PACE_SCALE / mm_per_s)


def _band(target: DocTarget, degraded: _Degraded) -> DocTarget:
    if target.start == target.end:
        degraded("this target is a single value, which intervals.icu widens to a range of its own")
    return target


def _cadence(target: Band | Zone, degraded: _Degraded) -> tuple[float, float] | None:
    """Revolutions of one foot, outward; None for what is no cadence."""
    if not isinstance(target, Band) or target.quantity is not Quantity.CADENCE:
        return None
    degraded("unproven: nobody has shown that a cadence beside another target reaches a watch")
    return target.low // 2, -(-target.high // 2)


def _in_words(target: Band | Zone, degraded: _Degraded) -> str:
    """What a step cannot hold, for its cue."""
    words = band_text(target, "km") if isinstance(target, Band) else f"zone {target.number}"
    name = target.quantity.name.lower().replace("_", " ")
    degraded(f"the {name} cannot be sent as a target: {words} goes into the cue")
    return harmless(f"{name} {words}")


def _cue(cue: str, degraded: _Degraded) -> str:
    sent = harmless(cue)
    if as_shown(sent) != cue:
        degraded(f"the cue is sent as `{sent}`", "a number in a cue could be taken for the length of the step")
    return sent


def _amount(length: Length, degraded: _Degraded) -> tuple[float | None, float | None]:
    """Metres or seconds; whole seconds, and whole metres but for miles."""
    match length:
        case Duration(ms):
            seconds = max(1, round(ms / 1000))
            if seconds * 1000 != ms:
                degraded(f"{length} is sent as {Duration(seconds * 1000)}")
            return None, seconds
        case Distance(cm):
            sent = length if str(length).endswith(" mi") else Distance(max(1, round(cm / 100)) * 100)
            if sent != length:
                degraded(f"{length} is sent as {sent}")
            return sent.metres, None
        case Lap():
            stands = Duration(LAP_SECONDS * 1000)
            degraded(f"until the lap button: {stands} takes its place, and may end the step without it")
            return None, LAP_SECONDS
        case UntilHeartRate(side, bpm):
            stands = Duration(HEART_RATE_SECONDS * 1000)
            degraded(f"intervals.icu ends no step at a heart rate: {side} {bpm} bpm is a lap button, or {stands}")
            return None, HEART_RATE_SECONDS
