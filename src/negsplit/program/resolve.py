"""Names to numbers for one runner: targets become whole-number bands and zones of a watch."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from negsplit.athlete.paces import Runner
from negsplit.athlete.speeds import SpeedBand, SpeedBook, widened
from negsplit.diagnostics import Effect, Help, Report, Span
from negsplit.frozen import dataclass
from negsplit.limits import DEFAULT_TOLERANCE, WATCH_ZONES
from negsplit.model import LastRecovery, Repeat, Step, Until, Workout
from negsplit.program.bounds import BOUNDS
from negsplit.program.model import Band, Quantity, Zone
from negsplit.targets import (
    Between,
    CadenceTarget,
    Effort,
    HeartRateShare,
    HeartRateTarget,
    HeartRateZones,
    Margin,
    OneSided,
    OpenTarget,
    PaceTarget,
    PaceZones,
    PowerShare,
    PowerTarget,
    PowerZone,
    Target,
    Tolerance,
)
from negsplit.units import Percent

HEART_RATE_MARGIN, CADENCE_MARGIN = 5, 5
"""Beats and steps a minute that a single number is widened by to each side (a judgement)."""
POWER_MARGIN: Final = 0.05
"""The same for power, as a share of it."""

_NAMES: Final = {
    Quantity.SPEED: "paces",
    Quantity.HEART_RATE: "heart rates",
    Quantity.POWER: "powers",
    Quantity.CADENCE: "cadences",
}
_HOW: Final = {
    "max": ("HRmax", "highest heart rate", "heart_rate: {max: 188}"),
    "reserve": ("HRR", "highest and resting heart rate", "heart_rate: {max: 188, rest: 48}"),
    "threshold": ("LTHR", "threshold heart rate", "heart_rate: {threshold: 170}"),
}


@dataclass(frozen=True, slots=True)
class ResolvedStep:
    """A step with its targets in numbers; ``written`` is the step of the expanded model."""

    written: Step
    target: Band | Zone | None = None
    second: Band | Zone | None = None
    effort: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A repeat whose steps are resolved."""

    times: int | Until
    body: tuple[ResolvedStep | Block, ...]
    last_recovery: LastRecovery
    span: Span | None = None


ResolvedItem = ResolvedStep | Block


class Resolver:
    """Targets in numbers for one runner in one workout; mistakes go to ``report``."""

    def __init__(self, runner: Runner, workout: Workout, report: Report) -> None:
        self.runner, self.report = runner, report
        self.volume = runner.volume
        self.tolerance = workout.tolerance or runner.tolerance or DEFAULT_TOLERANCE
        self.book = SpeedBook(runner, workout.paces, report)
        self.unit = self.book.unit
        self._asked_for: set[str] = set()
        self._zones: dict[bool, HeartRateZones | PaceZones] = {}
        self._told: set[str] = set()
        self.book.check(workout.paces)

    def speeds(self, target: PaceTarget, span: Span | None = None) -> SpeedBand | None:
        """The speeds of a pace before any widening; None, with a diagnostic, where they cannot be known."""
        return self.book.speeds(target, span)

    # What expansion asks.

    def fast_edge(self, target: PaceTarget) -> float | None:
        """The fast edge in m/s, before any widening; None, with a diagnostic, where it cannot be known."""
        band = self.speeds(target)
        return band.fast if band else None

    def is_point(self, target: PaceTarget) -> bool:
        """Whether a pace is one, not a band; a one-sided one counts as its edge."""
        band = self.speeds(target)
        return band is not None and band.is_point

    def is_open(self, target: PaceTarget) -> bool:
        """Whether a pace is open to one side."""
        found = self.book.followed(target)
        return isinstance(found, PaceTarget) and isinstance(found.pace, OneSided)

    # Steps.

    def items(self, items: Sequence[object]) -> tuple[ResolvedItem, ...]:
        """Steps and repeats in numbers. Every fault is reported; what is left out was at fault.

        :raises TypeError: for what expansion would have written as steps and repeats.
        """
        result: list[ResolvedItem] = []
        for item in items:
            if isinstance(item, Repeat):
                result.append(self._block(item))
            elif isinstance(item, Step):
                result.append(self.step(item))
            else:
                raise TypeError(f"not expanded: {item!r}")
        return tuple(result)

    def _block(self, repeat: Repeat) -> Block:
        if not isinstance(repeat.times, int | Until):
            raise TypeError(f"not expanded: {repeat!r}")
        return Block(repeat.times, self.items(repeat.steps), repeat.last_recovery or "keep", repeat.span)

    def step(self, step: Step) -> ResolvedStep:
        """One step in numbers."""
        if not step.targets:
            return ResolvedStep(step)
        found = self._meanings(step)
        efforts = [(one.low, one.high) for one in found if isinstance(one, Effort)]
        numbers = [(one, self.target(one, step.tolerance, step.span)) for one in found if one is not None]
        self._say_single(numbers, step.span)
        slots = [number for _, number in numbers if number is not None]
        if len(slots) > 1:
            self._refuse_alike(slots, step)
        if len(efforts) > 1:
            self.report.error("targets", "a step has one RPE, these are two", step.span, "leave one of them out")
        if step.tolerance and step.origin is None and any(isinstance(one, PaceTarget) for one in step.targets):
            self._warn_of_idle_tolerance(found, step)
        first, second = (*slots, None, None)[:2]
        return ResolvedStep(step, first, second, efforts[0] if efforts else None)

    def _refuse_alike(self, slots: Sequence[Band | Zone], step: Step) -> None:
        kinds = [slot.quantity for slot in slots]
        if len(set(kinds)) < len(kinds):
            message = f"both targets of this step are {_NAMES[kinds[0]]}"
            speeds = kinds.count(Quantity.SPEED) > 1
            help = "for a range, write `marathon..half`" if speeds else "leave one of them out"
            self.report.error("targets", message, step.targets[-1].span or step.span, help)

    def _meanings(self, step: Step) -> list[Target | None]:
        """What the targets of a step are run by; an effort that is written wins over that of a pace."""
        found = []
        for target in step.targets:
            one = self.book.meaning(target)
            if isinstance(one, Effort) and isinstance(self.book.followed(target), PaceTarget):
                self._say_by_effort(one)
                if any(isinstance(other, Effort) for other in step.targets):
                    continue
            found.append(one)
        return found

    def _say_by_effort(self, effort: Effort) -> None:
        """Once an athlete: no pace is on the watch where a text names one."""
        if "effort" in self._told:
            return
        self._told.add("effort")
        race = self.runner.race
        message = "`easy` is an effort for you, RPE 3, without a pace: run and walk as you like"
        help = "your easy pace would be a walk; one of your own goes under `paces:` of the athlete, as in easy: 9:45/km"
        self.report.note("easy-by-effort", message, (race and race.span) or effort.span, help)

    def _say_single(self, found: Iterable[tuple[Target, Band | Zone | None]], span: Span | None) -> None:
        """Once a workout, where one value is written on both sides: a watch finds a runner off it nearly always."""
        for target, number in found:
            is_one = isinstance(number, Band) and number.low == number.high
            if is_one and "single" not in self._told and _is_twice(target):
                self._told.add("single")
                message = "both ends are the same, so your watch will nearly always say that you are off"
                help = "write it once, `5:00/km` or `HR 145`, and it is widened; `HR 145 ± 3 bpm` says by how much"
                self.report.note("single-value", message, target.span or span, help)

    def _warn_of_idle_tolerance(self, found: Sequence[Target | None], step: Step) -> None:
        paces = [target for target in found if isinstance(target, PaceTarget)]
        is_faulty = None in found or any(self.speeds(pace) is None for pace in paces)
        if is_faulty or any(self._is_single(pace) and not pace.tolerance for pace in paces):
            return
        message = "the tolerance has no effect: it widens a single pace that has no ± of its own"
        self.report.warning("no-effect", message, step.span, "leave it out")

    def _is_single(self, target: PaceTarget) -> bool:
        return not isinstance(target.pace, OneSided | Between) and self.is_point(target)

    def target(self, target: Target, tolerance: Tolerance | None, span: Span | None) -> Band | Zone | None:
        """What a target is run by in numbers; None for an open one and where a fault was reported."""
        span = target.span or span
        match target:
            case PaceTarget():
                return self._pace(target, tolerance, span)
            case HeartRateTarget(low, high, margin):
                return self._beats(low, high, span, margin)
            case HeartRateShare():
                return self._heart_rate_share(target, span)
            case HeartRateZones():
                self._tell_zones_apart(target)
                return self._heart_rate_zones(target, span)
            case PaceZones():
                self._tell_zones_apart(target)
                return self._pace_zones(target, span)
            case PowerTarget(low, high, margin):
                return self._watts(low, high, span, margin)
            case PowerShare():
                return self._power_share(target, span)
            case PowerZone(zone):
                return Zone(Quantity.POWER, zone)
            case CadenceTarget(low, high, margin):
                # FIT counts the revolutions of one leg: only even numbers of steps can be written.
                width = _width(low, high, margin, CADENCE_MARGIN)
                return self._band(Quantity.CADENCE, low, high, span, width, step=2)
            case OpenTarget() | Effort():
                return None

    def _pace(self, target: PaceTarget, tolerance: Tolerance | None, span: Span | None) -> Band | Zone | None:
        band, pace = self.book.edges(target, span), target.pace
        if band is None:
            return None
        is_single = band.is_point and not isinstance(pace, OneSided | Between)
        if target.tolerance and not is_single:
            self.report.warning("no-effect", "this is not a single pace: the ± has no effect", span, "leave it out")
        if isinstance(pace, OneSided):
            (bottom, top), edge = BOUNDS[Quantity.SPEED], round(band.slow * 1000)
            return Band(Quantity.SPEED, *((edge, top) if pace.side == "faster" else (bottom, edge)))
        if is_single:
            band = widened(band.slow, target.tolerance or tolerance or self.tolerance)
        return Band(Quantity.SPEED, round(band.slow * 1000), round(band.fast * 1000))

    # Heart rate, power and cadence.

    def _beats(self, low: float | None, high: float | None, span: Span | None, margin: Margin | None) -> Band | None:
        bottom, top = BOUNDS[Quantity.HEART_RATE]
        ends = bottom if low is None else low, top if high is None else high
        is_single = low is not None and low == high
        width = _width(*ends, margin, HEART_RATE_MARGIN) if is_single else 0
        return self._band(Quantity.HEART_RATE, *ends, span, width)

    def _heart_rate_share(self, target: HeartRateShare, span: Span | None) -> Band | None:
        low = self.runner.heart_rate_share(target.low, target.of)
        high = self.runner.heart_rate_share(target.high, target.of)
        if low is None or high is None:
            what, number, example = _HOW[target.of]
            self._ask_for(number, f"a percentage of {what} needs the athlete's {number}", span, example)
            return None
        return self._beats(low, high, span, target.margin)

    def _heart_rate_zones(self, target: HeartRateZones, span: Span | None) -> Band | Zone | None:
        if target.watch:
            return Zone(Quantity.HEART_RATE, target.low)
        count = self.runner.zone_count or WATCH_ZONES
        if target.high > count:
            help = "if you have more, give their edges in the athlete file: `heart_rate: {zones: [120, 140, ...]}`"
            self.report.error("out-of-bounds", f"there is no zone {target.high}, the last is {count}", span, help)
            return None
        if self.runner.zones is None and target.low == target.high:
            return Zone(Quantity.HEART_RATE, target.low)
        first, last = self.runner.heart_rate_zone(target.low), self.runner.heart_rate_zone(target.high)
        if first is None or last is None:
            self._ask_for_zones(span)
            return None
        self._say_whose_zones(span)
        bottom, top = BOUNDS[Quantity.HEART_RATE]
        return Band(Quantity.HEART_RATE, max(first[0], bottom), min(last[1], top))

    def _ask_for_zones(self, span: Span | None) -> None:
        """Says that a range of zones cannot be left to the watch."""
        if self.runner.heart_rates.zones == "watch":
            message = "a watch takes one of its zones, so with `zones: watch` you cannot give a range"
            self.report.error("out-of-bounds", message, span, "name one zone, or write the beats: `HR 120..150`")
            return
        _, number, example = _HOW["threshold"]
        message = f"a range of zones needs the athlete's {number}: a watch takes one zone"
        self._ask_for("zones", message, span, example, "or name one zone")

    def _say_whose_zones(self, span: Span | None) -> None:
        """Once an athlete: another watch, or the same one, may be set to other zones."""
        if "zones" in self._told or self.runner.zones is None:
            return
        self._told.add("zones")
        message = f"heart-rate zones are the athlete's, not the watch's: {self.runner.zones.source}"
        help = "`watch Z2` in a step, or `heart_rate: {zones: watch}` for the athlete, leaves them to the watch"
        self.report.note("athlete-zones", message, self.runner.heart_rates.span or span, help)

    def _tell_zones_apart(self, target: HeartRateZones | PaceZones) -> None:
        """Warns once of a plain `Z3` in a workout that has a `Z2 pace`: it may have been meant as pace too."""
        is_pace = isinstance(target, PaceZones)
        if is_pace or (isinstance(target, HeartRateZones) and target.plain):
            self._zones.setdefault(is_pace, target)
        if len(self._zones) < 2 or "apart" in self._told:
            return
        self._told.add("apart")
        beats, pace = self._zones[False], self._zones[True]
        message = f"`Z{beats.low}` is a heart rate, and `Z{pace.low} pace` is in this workout too"
        written = f"Z{beats.low}" if beats.low == beats.high else f"Z{beats.low}..{beats.high}"
        helps = (
            _cure(f"{words} write `{by}`", beats.span, written, by)
            for words, by in (("for the heart rate,", f"HR {written}"), ("for the pace,", f"{written} pace"))
        )
        self.report.warning("zones-apart", message, beats.span or pace.span, *helps)

    def _pace_zones(self, target: PaceZones, span: Span | None) -> Band | None:
        zones = self.book.pace_zones(target, span)
        if zones is None:
            return None
        if target.high > zones.last:
            message = f"there is no pace zone {target.high}, the last is {zones.last}"
            self.report.error("out-of-bounds", message, span, f"write a zone from 1 to {zones.last}")
            return None
        (bottom, top), (slow, fast) = BOUNDS[Quantity.SPEED], zones.speeds(target.low, target.high)
        if slow is None and fast is None:
            self.report.error("out-of-bounds", "all pace zones together are any pace", span, "leave the target out")
            return None
        ends = bottom if slow is None else round(slow * 1000), top if fast is None else round(fast * 1000)
        return Band(Quantity.SPEED, *ends)

    def _watts(self, low: float, high: float, span: Span | None, margin: Margin | None) -> Band | None:
        return self._band(Quantity.POWER, low, high, span, _width(low, high, margin, POWER_MARGIN * low))

    def _power_share(self, target: PowerShare, span: Span | None) -> Band | None:
        power = self.runner.critical_power
        if power is None:
            message = "a percentage of CP needs the athlete's critical power"
            self._ask_for("critical power", message, span, "power: {critical: 280 W}")
            return None
        return self._watts(power * target.low.ratio, power * target.high.ratio, span, target.margin)

    def _ask_for(self, number: str, message: str, span: Span | None, example: str, *help: str) -> None:
        """Once a workout and number: one line in the athlete's file is the cure of them all."""
        if number not in self._asked_for:
            self._asked_for.add(number)
            self.report.error(
                "needs-athlete", message, span, f"add `{example}` to the athlete file", *help, effect=Effect.ASKS_RUNNER
            )

    def _band(
        self, quantity: Quantity, low: float, high: float, span: Span | None, margin: float = 0, step: int = 1
    ) -> Band | None:
        """A band rounded outward, in units of ``step``. A margin ends at the bounds, a target beyond is an error."""
        bottom, top = BOUNDS[quantity]
        if not bottom <= low <= high <= top:
            found = f"{low:g}" if low == high else f"{low:g}..{high:g}"
            message = f"this comes to {found} {quantity.value}, outside {bottom}..{top} {quantity.value}"
            self.report.error("out-of-bounds", message, span, "write less of it, or look at the athlete's number")
            return None
        floor, ceil = _outward(low - margin, step, math.floor), _outward(high + margin, step, math.ceil)
        return Band(quantity, max(floor, bottom), min(ceil, top))


def _cure(title: str, span: Span | None, written: str, by: str) -> Help:
    return span.cure(title, written, by) if span else title


def _is_twice(target: Target) -> bool:
    """Whether both ends are written, and may be one value."""
    match target:
        case PaceTarget(pace):
            return isinstance(pace, Between)
        case HeartRateTarget() | HeartRateShare() | PowerTarget() | PowerShare() | CadenceTarget():
            return target.margin == 0
        case _:
            return False


def _width(low: float, high: float, margin: Margin | None, usual: float) -> float:
    """How far the ends go outward: nowhere unless they are one number."""
    if low != high:
        return 0
    if margin is None:
        return usual
    return low * margin.ratio if isinstance(margin, Percent) else margin


def _outward(value: float, step: int, whole: Callable[[float], int]) -> int:
    """Down or up to whole units, but for what floating point adds."""
    return whole(round(value / step, 6)) * step
