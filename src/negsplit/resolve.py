"""Names to numbers for one runner: targets become whole-number bands and zones of a watch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from negsplit.athlete.paces import STANDARD_NAMES, Runner, canonical
from negsplit.diagnostics import Report, Span, did_you_mean
from negsplit.model import (
    Between,
    CadenceTarget,
    Covering,
    Effort,
    HeartRateShare,
    HeartRateTarget,
    HeartRateZones,
    LastRecovery,
    Named,
    OneSided,
    OpenTarget,
    PacePoint,
    Paces,
    PaceTarget,
    PowerShare,
    PowerTarget,
    PowerZone,
    Repeat,
    Scaled,
    Shifted,
    Step,
    Target,
    Tolerance,
    Until,
    Workout,
)
from negsplit.program import Band, Quantity, Zone
from negsplit.units import Pace, PaceShift, PaceUnit, Percent, Speed, pace_text

DEFAULT_TOLERANCE: Final = Percent(2_000)
"""A point pace is widened by 2 % of speed to each side."""
HEART_RATE_MARGIN, CADENCE_MARGIN = 5, 5
POWER_MARGIN: Final = 0.05
SLOWEST, FASTEST = 0.5, 12.0
"""Bounds of a speed in m/s."""
WATCH_ZONES: Final = 5
"""Heart-rate zones that every watch has."""

_BOUNDS: Final = {
    Quantity.SPEED: (500, 12_000),
    Quantity.HEART_RATE: (30, 220),
    Quantity.POWER: (1, 2_000),
    Quantity.CADENCE: (60, 300),
}
_MAX_DEPTH: Final = 20
_HOW: Final = {
    "max": ("highest heart rate", "heart_rate: {max: 188}"),
    "reserve": ("highest and resting heart rate", "heart_rate: {max: 188, rest: 48}"),
    "threshold": ("threshold heart rate", "heart_rate: {threshold: 170}"),
}


@dataclass(frozen=True, slots=True)
class SpeedBand:
    """Unrounded speeds in m/s; equal ends are a point."""

    slow: float
    fast: float

    @property
    def is_point(self) -> bool:
        return self.slow == self.fast


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
    """What every name means for one runner in one workout; mistakes go to ``report``."""

    def __init__(self, runner: Runner, workout: Workout, report: Report) -> None:
        self.runner, self.report = runner, report
        self.volume: Literal["low", "middle", "high"] = runner.volume
        self.unit: PaceUnit = "mi" if runner.units == "imperial" else "km"
        self.tolerance = workout.tolerance or runner.tolerance or DEFAULT_TOLERANCE
        written: Paces = {canonical(name): target for name, target in workout.paces.items()}
        self.own: Paces = {**written, **runner.own}
        self._open_names: list[str] = []
        self._asked_for_athlete = False
        self.check(written)

    def check(self, own: Paces) -> None:
        """Reports what is wrong with own paces, used or not."""
        for name, target in own.items():
            if isinstance(target, PaceTarget):
                self._named(Named(name, span=target.span), target.span)

    # What expansion asks.

    def fast_edge(self, target: PaceTarget) -> float | None:
        """The fast edge in m/s, before any widening; None, with a diagnostic, where it cannot be known."""
        band = self.speeds(target)
        return band.fast if band else None

    def is_point(self, target: PaceTarget) -> bool:
        """Whether a pace is a single one, not a band."""
        band = self.speeds(target)
        return band is not None and band.is_point and target.tolerance is None

    # Steps.

    def items(self, items: Sequence[object]) -> tuple[ResolvedItem, ...]:
        """Steps and repeats in numbers. Every fault is reported; what is left out was at fault."""
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
        effort: tuple[int, int] | None = None
        slots: list[Band | Zone] = []
        for target in step.targets:
            found = self._own_target(target) if isinstance(target, PaceTarget) else target
            if isinstance(found, Effort):
                effort = (found.low, found.high)
            elif found is not None and (number := self.target(found, step.tolerance, step.span)) is not None:
                slots.append(number)
                self._warn_of_idle_tolerance(found, step)
        kinds = [slot.quantity for slot in slots]
        if len(set(kinds)) < len(kinds):
            self.report.error("targets", f"both targets of this step are in {kinds[0].value}", step.span)
        first, second = (*slots, None, None)[:2]
        return ResolvedStep(step, first, second, effort)

    def _warn_of_idle_tolerance(self, target: Target, step: Step) -> None:
        if step.origin is None and step.tolerance and isinstance(target, PaceTarget) and not self.is_point(target):
            self.report.warning("no-effect", "this target is a band already, the tolerance has no effect", target.span)

    def target(self, target: Target, tolerance: Tolerance | None, span: Span | None) -> Band | Zone | None:
        """One target in numbers; None for an open one and where a fault was reported."""
        span = target.span or span
        match target:
            case PaceTarget():
                return self._pace(target, tolerance, span)
            case HeartRateTarget(low, high):
                return self._beats(low, high, is_point=low == high, span=span)
            case HeartRateShare():
                return self._heart_rate_share(target, span)
            case HeartRateZones():
                return self._heart_rate_zones(target, span)
            case PowerTarget(low, high):
                return self._power(low, high, span)
            case PowerShare():
                return self._power_share(target, span)
            case PowerZone(zone):
                return Zone(Quantity.POWER, zone)
            case CadenceTarget(low, high):
                margin = CADENCE_MARGIN if low == high else 0
                # FIT counts the revolutions of one leg: only even numbers of steps can be written.
                return self._band(Quantity.CADENCE, (low - margin) // 2 * 2, -(-(high + margin) // 2) * 2, span)
            case OpenTarget() | Effort():
                return None

    def _own_target(self, target: PaceTarget) -> Target | None:
        """The target that a bare own name stands for, through own names that name others."""
        seen: set[str] = set()
        while isinstance(target.pace, Named) and target.tolerance is None:
            name = canonical(target.pace.name)
            own = self.own.get(name)
            if own is None or name in seen:
                break
            seen.add(name)
            if not isinstance(own, PaceTarget):
                return own
            target = PaceTarget(own.pace, own.tolerance, span=target.span)
        return target

    # Paces.

    def _pace(self, target: PaceTarget, tolerance: Tolerance | None, span: Span | None) -> Band | None:
        band = self.speeds(target, span)
        if band is None:
            return None
        if isinstance(target.pace, OneSided):
            return self._band(Quantity.SPEED, *_one_sided(target.pace.side, band), span)
        if not SLOWEST <= band.slow <= band.fast <= FASTEST:
            paces = f"{pace_text(band.slow, self.unit)}..{pace_text(band.fast, self.unit)}/{self.unit}"
            self.report.error("out-of-bounds", f"this comes to {paces}, no speed of a runner", span)
            return None
        if band.is_point:
            band = widened(band.slow, target.tolerance or tolerance or self.tolerance)
        return self._band(Quantity.SPEED, round(band.slow * 1000), round(band.fast * 1000), span)

    def speeds(self, target: PaceTarget, span: Span | None = None) -> SpeedBand | None:
        """The speeds of a pace before widening; None, with a diagnostic, where they cannot be known."""
        span = target.span or span
        pace = target.pace
        if isinstance(pace, OneSided):
            return self._point(pace.than, span)
        if isinstance(pace, Between):
            one, other = self._point(pace.one, span), self._point(pace.other, span)
            if one is None or other is None:
                return None
            return SpeedBand(min(one.slow, other.slow), max(one.fast, other.fast))
        return self._point(pace, span)

    def _point(self, point: PacePoint, span: Span | None) -> SpeedBand | None:
        match point:
            case Pace() | Speed():
                return SpeedBand(point.mps, point.mps)
            case Covering(distance, shortest, longest):
                return SpeedBand(distance.metres / longest.seconds, distance.metres / shortest.seconds)
            case Named():
                return self._named(point, span)
            case Scaled(base, low, high):
                band = self._named(base, span)
                return band and SpeedBand(band.slow * low.ratio, band.fast * high.ratio)
            case Shifted(base, near, far):
                band = self._named(base, span)
                if band is None:
                    return None
                edges = [_shifted(speed, shift) for speed in (band.slow, band.fast) for shift in (near, far)]
                if any(edge is None for edge in edges):
                    self.report.error("out-of-bounds", "this offset leaves no pace to run", base.span or span)
                    return None
                known = [edge for edge in edges if edge is not None]
                return SpeedBand(min(known), max(known))

    def _named(self, named: Named, span: Span | None) -> SpeedBand | None:
        name, span = canonical(named.name), named.span or span
        if name in self.own:
            return self._own_speeds(name, span)
        if known := self.runner.paces.get(name):
            return SpeedBand(known.slow_mps, known.fast_mps)
        self._report_unknown(named.name, name, span)
        return None

    def _own_speeds(self, name: str, span: Span | None) -> SpeedBand | None:
        own = self.own[name]
        if not isinstance(own, PaceTarget):
            self.report.error("kind", f"`{name}` is no pace: a pace is needed here", span)
            return None
        if name in self._open_names:
            circle = " -> ".join([*self._open_names[self._open_names.index(name) :], name])
            self.report.error("cycle", f"`{name}` uses itself: {circle}", own.span or span)
            return None
        if len(self._open_names) >= _MAX_DEPTH:
            self.report.error("too-deep", f"own paces build on one another at most {_MAX_DEPTH} deep", own.span or span)
            return None
        self._open_names.append(name)
        try:
            band = self.speeds(own, span)
        finally:
            self._open_names.pop()
        if band and isinstance(own.pace, OneSided):
            low, high = _one_sided(own.pace.side, band)
            return SpeedBand(low / 1000, high / 1000)
        return widened(band.slow, own.tolerance) if band and own.tolerance and band.is_point else band

    def _report_unknown(self, written: str, name: str, span: Span | None) -> None:
        if name in STANDARD_NAMES:
            self._ask_for_athlete(written, span)
            return
        self.report.error("unknown-name", f"`{written}` is no known pace", span, *self._what_was_meant(written))

    def _ask_for_athlete(self, written: str, span: Span | None) -> None:
        """Once a workout: one athlete is the cure of them all."""
        if self._asked_for_athlete:
            return
        self._asked_for_athlete = True
        if self.runner.name:
            missing = f"`{self.runner.name}` gives none"
            help = ("add `races:` or `threshold:` to the athlete, or name the pace under `paces:`",)
        else:
            missing = "no athlete is given"
            help = (
                'try `--athlete "5 km in 22:30"`',
                "or write `athlete.yaml` beside the workout, with two lines: `athlete: Me` and `races: 5 km in 22:30`",
            )
        self.report.error("needs-athlete", f"`{written}` needs a race result or a threshold, {missing}", span, *help)

    def _what_was_meant(self, written: str) -> tuple[str, ...]:
        known = {*STANDARD_NAMES, *self.own}
        one, dash, other = written.partition("-")
        if dash and canonical(one) in known and canonical(other) in known:
            return (f"from one to another is written `{one}..{other}`",)
        words = written.split()
        for count in range(len(words) - 1, 0, -1):
            if canonical(" ".join(words[:count])) in known:
                rest = " ".join(words[count:])
                return (f"a cue comes after `--`: `{' '.join(words[:count])} -- {rest}`",)
        if near := did_you_mean(written, known):
            return (f"did you mean `{near}`?",)
        return (f"known: {', '.join(STANDARD_NAMES)}; name your own under `paces:`",)

    # Heart rate and power.

    def _beats(self, low: float | None, high: float | None, *, is_point: bool, span: Span | None) -> Band | None:
        margin = HEART_RATE_MARGIN if is_point else 0
        slow, fast = _BOUNDS[Quantity.HEART_RATE]
        bottom = slow if low is None else _floor(low) - margin
        top = fast if high is None else _ceil(high) + margin
        return self._band(Quantity.HEART_RATE, bottom, top, span)

    def _heart_rate_share(self, target: HeartRateShare, span: Span | None) -> Band | None:
        low = self.runner.heart_rate_share(target.low, target.of)
        high = self.runner.heart_rate_share(target.high, target.of)
        if low is None or high is None:
            what, example = _HOW[target.of]
            message = f"a share of it needs the athlete's {what}"
            self.report.error("needs-athlete", message, span, f"add `{example}` to the athlete")
            return None
        return self._beats(low, high, is_point=target.low == target.high, span=span)

    def _heart_rate_zones(self, target: HeartRateZones, span: Span | None) -> Band | Zone | None:
        count = self.runner.zone_count
        if target.high > (count or WATCH_ZONES):
            self.report.error(
                "out-of-bounds", f"there is no zone {target.high}, the last is {count or WATCH_ZONES}", span
            )
            return None
        if count is None and target.low == target.high:
            return Zone(Quantity.HEART_RATE, target.low)
        bottom, top = self.runner.heart_rate_zone(target.low), self.runner.heart_rate_zone(target.high)
        if bottom is None or top is None:
            what, example = _HOW["threshold"]
            message = f"a range of zones needs the athlete's {what}: a watch takes one zone"
            self.report.error("needs-athlete", message, span, f"add `{example}` to the athlete, or name one zone")
            return None
        return self._beats(bottom[0], top[1], is_point=False, span=span)

    def _power(self, low: float, high: float, span: Span | None) -> Band | None:
        if low == high:
            low, high = low * (1 - POWER_MARGIN), high * (1 + POWER_MARGIN)
        return self._band(Quantity.POWER, _floor(low), _ceil(high), span)

    def _power_share(self, target: PowerShare, span: Span | None) -> Band | None:
        power = self.runner.critical_power
        if power is None:
            help = "add `power: {critical: 280 W}` to the athlete"
            self.report.error("needs-athlete", "a share of it needs the athlete's critical power", span, help)
            return None
        return self._power(power * target.low.ratio, power * target.high.ratio, span)

    def _band(self, quantity: Quantity, low: int, high: int, span: Span | None) -> Band | None:
        """A band within the bounds of its quantity: widening stops there, a target beyond is an error."""
        bottom, top = _BOUNDS[quantity]
        if low > top or high < bottom:
            unit = quantity.value
            self.report.error("out-of-bounds", f"{low}..{high} {unit} lies outside {bottom}..{top} {unit}", span)
            return None
        return Band(quantity, max(low, bottom), min(high, top))


def widened(mps: float, tolerance: Tolerance) -> SpeedBand:
    """A point to a band: a percentage of speed, or seconds of pace, to each side."""
    if isinstance(tolerance, Percent):
        return SpeedBand(mps * (1 - tolerance.ratio), mps * (1 + tolerance.ratio))
    margin = tolerance.seconds_per_metre
    return SpeedBand(1 / (1 / mps + margin), 1 / max(1 / mps - margin, 1e-6))


def _shifted(mps: float, shift: PaceShift | Percent) -> float | None:
    pace = 1 / mps
    pace = pace * (1 + shift.ratio) if isinstance(shift, Percent) else pace + shift.seconds_per_metre
    return 1 / pace if pace > 0.01 else None


def _one_sided(side: Literal["faster", "slower"], band: SpeedBand) -> tuple[int, int]:
    slow, fast = _BOUNDS[Quantity.SPEED]
    return (round(band.fast * 1000), fast) if side == "faster" else (slow, round(band.slow * 1000))


def _floor(value: float) -> int:
    return math.floor(round(value, 6))


def _ceil(value: float) -> int:
    return math.ceil(round(value, 6))
