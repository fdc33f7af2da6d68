"""Bands and zones of a watch as the shortest target that comes to exactly the same numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from negsplit.athlete.paces import NO_RUNNER
from negsplit.diagnostics import Report
from negsplit.lift.differences import zone_text
from negsplit.limits import DEFAULT_TOLERANCE, WATCH_ZONES, is_runnable
from negsplit.model import Workout
from negsplit.phrase.wording import target_text
from negsplit.program.bounds import BOUNDS, only_edge
from negsplit.program.model import Band, Quantity, Zone
from negsplit.program.resolve import CADENCE_MARGIN, HEART_RATE_MARGIN, POWER_MARGIN, Resolver
from negsplit.targets import (
    Between,
    CadenceTarget,
    HeartRateTarget,
    HeartRateZones,
    Margin,
    OneSided,
    PaceTarget,
    PowerTarget,
    PowerZone,
    Target,
    Tolerance,
    figures,
)
from negsplit.units import Pace, PaceShift, PaceUnit, Percent, Speed, SpeedUnit

POWER_ZONES: Final = 7
"""Of a watch, as the FIT profile numbers them."""
_PACE_GRIDS: Final = (60_000, 5_000, 1_000, 100, 10, 1)
_SPEED_GRIDS: Final = (1_000, 500, 100, 10, 1)
"""What a number is rounded to, the roundest first: milliseconds a distance, thousandths of a speed's unit."""
_WIDEST_SHARE, _WIDEST_SHIFT = 30, 120
"""What a tolerance may be: per cent, and seconds a kilometre or mile."""
_SPEED_UNITS: Final[tuple[SpeedUnit, ...]] = ("km/h", "mph", "m/s")
_SPEED, _RAW_SPEED, _OTHER_UNIT = 1.5, 6.0, 2.5
"""Characters that a pace may be longer than a speed, or than one in the other unit, and still be preferred."""


# --- What can be said -----------------------------------------------------------------------------


def sayable(found: Band | Zone) -> tuple[Band | Zone | None, str]:
    """The nearest that the language can say, None where nothing is near, and what was changed if anything was."""
    if isinstance(found, Zone):
        last = WATCH_ZONES if found.quantity is Quantity.HEART_RATE else POWER_ZONES
        if 1 <= found.number <= last:
            return found, ""
        return None, f"{zone_text(found)} is left out, they are 1 to {last}"
    bottom, top = BOUNDS[found.quantity]
    low, high = sorted((found.low, found.high))
    if high < bottom or low > top:
        return None, f"the target {_words(found)} is left out, it lies outside {bottom}..{top}"
    band = _apart(Band(found.quantity, max(low, bottom), min(high, top)))
    return band, "" if band == found else f"the target {_words(found)} is written as {_words(band)}"


def _apart(band: Band) -> Band:
    """With even ends, where only those can be said."""
    step = 2 if band.quantity is Quantity.CADENCE else 1
    return Band(band.quantity, band.low - band.low % step, band.high + band.high % step)


def _words(band: Band) -> str:
    return f"{band.low}..{band.high} {band.quantity.value}"


# --- How it is said -------------------------------------------------------------------------------


class Speller:
    """Finds the shortest target for a band in a workout with some ``tolerance``, for a runner without numbers."""

    def __init__(self, unit: PaceUnit, tolerance: Tolerance | None) -> None:
        self.unit = unit
        self._tolerance = tolerance or DEFAULT_TOLERANCE
        self._resolver = Resolver(NO_RUNNER, Workout("", (), tolerance=tolerance), Report())
        self._known: dict[Band | Zone, tuple[Target, ...]] = {}

    def targets(self, found: Band | Zone) -> tuple[Target, ...]:
        """Targets for what is :func:`sayable`, the shortest first; there is always one.

        Each is tried: what is given comes to exactly these numbers.
        """
        if found not in self._known:
            self._known[found] = tuple(one for one in self._in_order(found) if self._comes_to(one) == found)
        return self._known[found]

    def _comes_to(self, target: Target) -> Band | Zone | None:
        return self._resolver.target(target, None, None)

    def _in_order(self, found: Band | Zone) -> list[Target]:
        return sorted(self._candidates(found), key=self._cost)

    def _candidates(self, found: Band | Zone) -> Iterator[Target]:
        match found:
            case Zone(Quantity.HEART_RATE, number):
                yield HeartRateZones(number, number, watch=True)
            case Zone(Quantity.POWER, number):
                yield PowerZone(number)
            case Band(Quantity.HEART_RATE, low, high):
                yield from _heart_rates(low, high)
            case Band(Quantity.POWER, low, high):
                yield from (PowerTarget(one, one) for one in _middles(low, high, POWER_MARGIN))
                yield PowerTarget(low, high, _margin(low, high))
            case Band(Quantity.CADENCE, low, high):
                single = {low + CADENCE_MARGIN + 1, high - CADENCE_MARGIN - 1}
                yield from (CadenceTarget(one, one) for one in sorted(single))
                yield CadenceTarget(low, high, _margin(low, high))
            case Band(_, low, high):
                yield from self._speeds(low, high)

    def _cost(self, target: Target) -> float:
        """Characters, and what makes a pace less usual: decimals of a second, the other unit, a speed."""
        points = figures(target)
        return len(target_text(target)) + sum(map(_excess, points)) + max(map(self._unusual, points), default=0)

    def _unusual(self, point: Pace | Speed) -> float:
        if point.unit == "m/s":
            return _RAW_SPEED
        is_ours = point.unit in (("km", "km/h") if self.unit == "km" else ("mi", "mph"))
        return (_SPEED if isinstance(point, Speed) else 0) + (0 if is_ours else _OTHER_UNIT)

    def _speeds(self, low: int, high: int) -> Iterator[PaceTarget]:
        """Points with each tolerance that could have made the band, and the band in every unit; one-sided only so."""
        if edge := only_edge(Band(Quantity.SPEED, low, high)):
            side: Literal["faster", "slower"] = "faster" if edge[0] == ">" else "slower"
            yield from (PaceTarget(OneSided(side, point)) for point in _spelled(_rounding_to(edge[1])))
            return
        for tolerance in dict.fromkeys((self._tolerance, DEFAULT_TOLERANCE, *_tolerances(low, high))):
            own = None if tolerance == self._tolerance else tolerance
            points = _spelled(_widened_to(low, high, tolerance))
            yield from (PaceTarget(point, own) for point in points if _agrees(own, point))
        for slow in _spelled(_rounding_to(low)):
            for fast in _spelled(_rounding_to(high)):
                if slow.unit == fast.unit and (slow != fast or low == high):
                    yield PaceTarget(Between(slow, fast))


def _agrees(tolerance: Tolerance | None, point: Pace | Speed) -> bool:
    """Whether seconds are of the pace they are added to: nobody mixes kilometres and miles."""
    return not isinstance(tolerance, PaceShift) or point.unit == tolerance.unit


def _excess(point: Pace | Speed) -> int:
    """What it costs to have decimals beyond what people write: none of a second, one of a speed."""
    thousandths = point.ms if isinstance(point, Pace) else int(point.thousandths)
    decimals = len(f"{thousandths % 1000:03d}".rstrip("0"))
    return decimals if isinstance(point, Pace) else 0 if point.unit == "m/s" else 3 * max(decimals - 1, 0)


def _heart_rates(low: int, high: int) -> Iterator[Target]:
    bottom, top = BOUNDS[Quantity.HEART_RATE]
    for one in sorted({low + HEART_RATE_MARGIN, high - HEART_RATE_MARGIN}):
        if bottom <= one <= top:
            yield HeartRateTarget(one, one)
    if low == bottom:
        yield HeartRateTarget(None, high)
    if high == top:
        yield HeartRateTarget(low, None)
    yield HeartRateTarget(low, high, _margin(low, high))


def _margin(low: int, high: int) -> Margin | None:
    """What keeps one number from being widened."""
    return 0 if low == high else None


def _middles(low: int, high: int, margin: float) -> Iterator[int]:
    """Whole numbers that a margin to each side, rounded outward, may widen to a band."""
    least = min(low / (1 - margin), high / (1 + margin)) - 1
    most = max(low / (1 - margin), high / (1 + margin)) + 1
    if most - least < 10:
        yield from range(max(round(least), 1), round(most) + 1)


# --- Speeds ---------------------------------------------------------------------------------------


class _Stretch(NamedTuple):
    """Speeds in mm/s, from the slowest to the fastest that will do."""

    slow: float
    fast: float


def _rounding_to(mm_per_s: int) -> _Stretch:
    return _Stretch(mm_per_s - 0.5, mm_per_s + 0.5)


def _widened_to(low: int, high: int, tolerance: Tolerance) -> _Stretch:
    """The points that a tolerance widens to a band; slower than itself where there are none."""
    slow, fast = _rounding_to(low), _rounding_to(high)
    if isinstance(tolerance, Percent):
        if tolerance.ratio >= 1:
            return _Stretch(1, 0)
        slow = _Stretch(*(speed / (1 - tolerance.ratio) for speed in slow))
        fast = _Stretch(*(speed / (1 + tolerance.ratio) for speed in fast))
    else:
        shift = tolerance.seconds_per_metre / 1000
        if 1 / slow.fast <= shift:
            return _Stretch(1, 0)
        slow = _Stretch(*(1 / (1 / speed - shift) for speed in slow))
        fast = _Stretch(*(1 / (1 / speed + shift) for speed in fast))
    return _Stretch(max(slow.slow, fast.slow), min(slow.fast, fast.fast))


def _tolerances(low: int, high: int) -> Iterator[Tolerance]:
    """Simple tolerances that may have made a band: halves of a per cent, whole seconds."""
    width = (high - low) / (high + low) * 100_000
    if width < _WIDEST_SHARE * 1_000:
        yield from (Percent(share) for step in (1_000, 500) if (share := round(width / step) * step))
    units: tuple[PaceUnit, ...] = ("km", "mi")
    for unit in units:
        seconds = (1 / low - 1 / high) * 500 / PaceShift(1_000, unit).seconds_per_metre
        if 1 <= seconds < _WIDEST_SHIFT:
            yield PaceShift(round(seconds) * 1_000, unit)


def _spelled(stretch: _Stretch) -> Iterator[Pace | Speed]:
    """In each unit the roundest figure of a stretch, where it has one."""
    if stretch.slow > stretch.fast:
        return
    units: tuple[PaceUnit, ...] = ("km", "mi")
    for unit in units:
        scale = Pace(1, unit).mps * 1000
        if ms := _roundest(scale / stretch.fast, scale / stretch.slow, _PACE_GRIDS):
            yield from _of_a_runner(Pace(ms, unit))
    for speed_unit in _SPEED_UNITS:
        scale = Speed(1, speed_unit).mps * 1000
        if thousandths := _roundest(stretch.slow / scale, stretch.fast / scale, _SPEED_GRIDS):
            yield from _of_a_runner(Speed(thousandths, speed_unit))


def _of_a_runner(point: Pace | Speed) -> Iterator[Pace | Speed]:
    if is_runnable(point.mps):
        yield point


def _roundest(least: float, most: float, grids: tuple[int, ...]) -> int:
    """The number of the coarsest grid nearest to the middle of a stretch; 0 where it holds none of any."""
    found = (round((least + most) / 2 / grid) * grid for grid in grids)
    return next((number for number in found if least <= number <= most), 0)
