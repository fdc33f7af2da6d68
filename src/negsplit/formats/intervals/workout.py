"""The workout that steps of intervals.icu mean for any runner: a share stays one of their threshold, a zone their own.

What the language cannot hold of a step is left out, or read otherwise, and said at its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, Literal

from negsplit.diagnostics import Report
from negsplit.formats.intervals.cue import as_shown
from negsplit.formats.intervals.doc import DocPart, DocRepeat, DocStep, DocTarget
from negsplit.limits import (
    EASIEST_RPE,
    FARTHEST,
    FASTEST_MPS,
    HARDEST_RPE,
    HIGHEST_BPM,
    HIGHEST_SPM,
    HIGHEST_WATTS,
    LONGEST,
    LOWEST_BPM,
    LOWEST_SPM,
    LOWEST_WATTS,
    NEAREST,
    SHORTEST,
    SLOWEST_MPS,
    WATCH_ZONES,
    is_runnable,
)
from negsplit.model import Item, Lap, Length, Ramp, Repeat, Role, Step, Units
from negsplit.program.model import Intensity
from negsplit.targets import (
    Between,
    CadenceTarget,
    Effort,
    HeartRateShare,
    HeartRateTarget,
    HeartRateZones,
    Named,
    OneSided,
    PaceTarget,
    PaceZones,
    PowerShare,
    PowerTarget,
    PowerZone,
    Scaled,
    Target,
)
from negsplit.units import Distance, Duration, Pace, PaceUnit, Percent

_ROLES: Final = {
    "": Role.RUN,
    Intensity.WARMUP.value: Role.WARMUP,
    Intensity.RECOVERY.value: Role.RECOVER,
    Intensity.REST.value: Role.REST,
    Intensity.COOLDOWN.value: Role.COOLDOWN,
}
_PACES: Final[dict[str, tuple[PaceUnit, float]]] = {
    "secs/km": ("km", 1),
    "secs/mi": ("mi", 1),
    "secs/500m": ("km", 2),
    "secs/400m": ("km", 2.5),
    "secs/250m": ("km", 4),
    "secs/100m": ("km", 10),
    "secs/100y": ("mi", 17.6),
}
"""What a pace there is over, and how often that goes into a kilometre or mile."""
_SHARES: Final[dict[str, Literal["max", "threshold"]]] = {"%hr": "max", "%lthr": "threshold"}
_ZONES: Final[dict[str, tuple[str, int]]] = {
    "hr_zone": ("heart-rate zone", WATCH_ZONES),
    "pace_zone": ("pace zone", 5),
    "power_zone": ("power zone", 7),
}
"""The last that every runner of ours has: Friel's 5a to 5c of pace are one here, and three there."""
_EFFORT: Final = re.compile(r"RPE (\d{1,2})(?:-(\d{1,2}))?(?:\. (.+))?", re.ASCII)
_HIGHEST_SHARE: Final = 300
"""Per cent: what is more has no number of anybody's behind it (a judgement)."""


def items(parts: Sequence[DocPart], units: Units | None, ramps: int, report: Report) -> tuple[Item, ...]:
    """The steps of a workout. A length that nobody runs is an error.

    ``units`` are those of paces that do not say theirs, ``ramps`` into how many splits a change of pace is cut: 0 for
    none.
    """
    return _Reader(units, ramps, report).items(parts)


class _Reader:
    """Reads step by step; what is to be said of a whole workout is said once."""

    def __init__(self, units: Units | None, ramps: int, report: Report) -> None:
        self._units, self._ramps, self._report = units, ramps, report
        self._told: set[str] = set()

    def items(self, parts: Sequence[DocPart]) -> tuple[Item, ...]:
        """Steps and repeats; one that runs once is its steps."""
        found: list[Item] = []
        for part in parts:
            if isinstance(part, DocStep):
                found.append(self._step(part))
            elif part.times == 1:
                found += self.items(part.steps)
            else:
                found += self._repeat(part)
        return tuple(found)

    def _repeat(self, part: DocRepeat) -> Iterator[Repeat]:
        if not 1 <= part.times <= 9999:
            self._report.error("refused", f"nobody repeats anything {part.times} times", None)
        elif body := self.items(part.steps):
            yield Repeat(part.times, body)

    def _step(self, step: DocStep) -> Step | Ramp:
        if step.intensity not in _ROLES:
            self._differs(step, f"the intensity `{step.intensity}` is read as run")
        role, length = _ROLES.get(step.intensity, Role.RUN), self._length(step)
        cue, effort = as_shown(step.text), None
        if (found := _EFFORT.fullmatch(cue)) and (effort := _effort(found)):
            cue = found[3] or ""
        targets = self._targets(step)
        if step.ramp and (ramp := self._ramp(step, role, length, targets, cue)):
            return ramp
        if step.ramp and targets:
            self._differs(step, "a ramp is read as a target from one end to the other")
        return Step(role, length, (*targets, *([effort] if effort else ())), cue, span=step.span)

    def _ramp(self, step: DocStep, role: Role, length: Length, targets: Sequence[Target], cue: str) -> Ramp | None:
        """A change of pace in as many splits as are asked for."""
        if not self._ramps or not targets or not isinstance(length, Duration | Distance):
            return None
        ends = _in_order(step.targets[0], targets[0])
        if ends is None:
            return None
        return Ramp(length, self._ramps, *ends, role=role, beside=tuple(targets[1:]), cue=cue, span=step.span)

    def _length(self, step: DocStep) -> Length:
        if step.until_lap:
            if step.metres or step.seconds:
                self._differs(step, "it also ends by itself there; here the lap button alone ends it")
            return Lap()
        if step.metres:
            metres = Distance(round(step.metres * 100))
            return metres if NEAREST <= metres <= FARTHEST else self._refused(step, metres, NEAREST, FARTHEST)
        if step.seconds:
            time = Duration(round(step.seconds * 1000))
            return time if SHORTEST <= time <= LONGEST else self._refused(step, time, SHORTEST, LONGEST)
        self._differs(step, "nothing ends it: read as until the lap button")
        return Lap()

    def _refused(self, step: DocStep, length: Length, least: Length, most: Length) -> Lap:
        help = f"a step lasts {least} to {most}; `m` is minutes, metres are `mtr`"
        self._report.error("refused", f"no step lasts {length}", step.span, help)
        return Lap()

    # --- What is held ------------------------------------------------------------------------

    def _targets(self, step: DocStep) -> list[Target]:
        """One of a kind, two at most: what more there is is said."""
        found: dict[str, Target] = {}
        for one in step.targets:
            target = self._target(step, one)
            if target is None:
                continue
            if one.kind in found:
                self._left_out(step, one, f"a step holds one {_NAMES[one.kind]}")
            else:
                found[one.kind] = target
        if step.cadence and (cadence := self._cadence(step, *sorted(step.cadence))):
            found["cadence"] = cadence
        for kind in list(found)[2:]:
            del found[kind]
            self._report.note("left-out", f"a step holds two targets: the {_NAMES[kind]} is left out", step.span)
        return list(found.values())

    def _target(self, step: DocStep, target: DocTarget) -> Target | None:
        low, high = sorted((target.start, target.end))
        if target.units in _PACES or target.units == "secs":
            return self._pace(step, target, low, high)
        if target.units in _ZONES:
            return self._zone(step, target, round(low), round(high))
        if target.units in ("bpm", "w"):
            made, least, most = _NUMBERS[target.units]
            if least <= round(low) and round(high) <= most:
                return made(round(low), round(high))
            return self._left_out(step, target, f"they go from {least} to {most}")
        if not 0 < low <= high <= _HIGHEST_SHARE:
            return self._left_out(step, target, "nobody runs that")
        ends = Percent(round(low * 1000)), Percent(round(high * 1000))
        if target.units == "%pace":
            return PaceTarget(Scaled(Named("threshold"), *ends))
        if target.units == "%ftp":
            return PowerShare(*ends)
        if of := _SHARES.get(target.units):
            return HeartRateShare(*ends, of)
        return self._left_out(step, target, "it is of something that is not known here")

    def _pace(self, step: DocStep, target: DocTarget, fast: float, slow: float) -> Target | None:
        unit, often = _PACES.get(target.units, ("km", 1))
        if target.units == "secs":
            unit = "mi" if self._units == "imperial" else "km"
            if self._units is None:
                message = "of which distance this pace is, is not said: it is read per kilometre"
                self._once(step, "secs", message, "`--units imperial` reads it per mile; `/km` after it says so")
        ends = [Pace(round(seconds * often * 1000), unit) for seconds in (slow, fast)] if fast > 0 else []
        if len(ends) == 2 and is_runnable(ends[0].mps) and is_runnable(ends[1].mps):
            if fast == slow:
                return PaceTarget(ends[0])
            if ends[0].mps == SLOWEST_MPS:
                return PaceTarget(OneSided("slower", ends[1]))
            return PaceTarget(Between(*ends))
        if ends and ends[1].mps > FASTEST_MPS and is_runnable(ends[0].mps) and fast < slow:
            return PaceTarget(OneSided("faster", ends[0]))  # as `compile --format intervals` writes it
        return self._left_out(step, target, "nobody runs that")

    def _zone(self, step: DocStep, target: DocTarget, low: int, high: int) -> Target | None:
        what, last = _ZONES[target.units]
        if not 1 <= low <= high <= last:
            return self._left_out(step, target, f"here they go from 1 to {last}")
        if target.units == "power_zone":
            if low != high:
                return self._left_out(step, target, "a watch takes one zone of power")
            self._say_whose(step, what, "the watch's own")
            return PowerZone(low)
        self._say_whose(step, what, "those of your athlete file")
        return PaceZones(low, high) if target.units == "pace_zone" else HeartRateZones(low, high, plain=False)

    def _say_whose(self, step: DocStep, what: str, whose: str) -> None:
        message = f"{what}s are {whose}, which may differ from those set on intervals.icu"
        self._once(step, what, message)

    def _cadence(self, step: DocStep, low: float, high: float) -> CadenceTarget | None:
        """Steps of both feet, of one foot's."""
        ends = round(2 * low), round(2 * high)
        if ends[0] >= LOWEST_SPM and ends[1] <= HIGHEST_SPM:
            return CadenceTarget(*ends)
        message = f"nobody runs at a cadence of {low:g} to {high:g} rpm: it is left out"
        self._report.note("left-out", message, step.span)
        return None

    # --- What is said ------------------------------------------------------------------------

    def _left_out(self, step: DocStep, target: DocTarget, why: str) -> Target | None:
        ends = f"{target.start:g}" if target.start == target.end else f"{target.start:g} to {target.end:g}"
        self._report.note("left-out", f"{target.kind} {ends} {target.units} is left out: {why}", step.span)
        return None

    def _differs(self, step: DocStep, message: str, *help: str) -> None:
        self._report.note("differs", message, step.span, *help)

    def _once(self, step: DocStep, what: str, message: str, *help: str) -> None:
        if what not in self._told:
            self._told.add(what)
            self._differs(step, message, *help)


_NAMES: Final = {"pace": "pace", "hr": "heart rate", "power": "power", "cadence": "cadence"}
_NUMBERS: Final[dict[str, tuple[Callable[[int, int], Target], int, int]]] = {
    "bpm": (HeartRateTarget, LOWEST_BPM, HIGHEST_BPM),
    "w": (PowerTarget, LOWEST_WATTS, HIGHEST_WATTS),
}


def _effort(found: re.Match[str]) -> Effort | None:
    low, high = int(found[1]), int(found[2] or found[1])
    return Effort(low, high) if EASIEST_RPE <= low <= high <= HARDEST_RPE else None


def _in_order(written: DocTarget, found: Target) -> tuple[PaceTarget, PaceTarget] | None:
    """Where a change of pace begins and ends; None for what is no pace, or no two."""
    match found:
        case PaceTarget(Between(slow, fast)):
            ends = PaceTarget(slow), PaceTarget(fast)
            return ends if written.start > written.end else ends[::-1]
        case PaceTarget(Scaled(base, low, high)) if low != high:
            ends = PaceTarget(Scaled(base, low, low)), PaceTarget(Scaled(base, high, high))
            return ends if written.start < written.end else ends[::-1]
    return None
