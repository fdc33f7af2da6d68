"""Amounts and speeds as runners write them, held as the integers a FIT file holds.

Times are milliseconds, distances centimetres, speeds millimetres per second. Parsing a number with
its unit and printing it stand side by side here; the grammar around them is in the room ``phrase``.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

MILE_CM: Final = Decimal("160934.4")
"""International mile: 1609.344 m."""
YARD_CM: Final = Decimal("91.44")
"""International yard: 0.9144 m."""

TIME_UNITS: Final[dict[str, int]] = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", '"'), 1_000),
    **dict.fromkeys(("min", "mins", "minute", "minutes", "'"), 60_000),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3_600_000),
}
"""Milliseconds of one of each unit of time."""

DISTANCE_UNITS: Final[dict[str, Decimal]] = {
    **dict.fromkeys(("m", "meter", "meters", "metre", "metres"), Decimal(100)),
    **dict.fromkeys(("km", "kms", "k", "kilometer", "kilometers", "kilometre", "kilometres"), Decimal(100_000)),
    **dict.fromkeys(("mi", "mile", "miles"), MILE_CM),
    **dict.fromkeys(("yd", "yds", "yard", "yards"), YARD_CM),
}
"""Centimetres of one of each unit of distance; ``m`` is always metres."""

PaceUnit = Literal["km", "mi"]
SpeedUnit = Literal["km/h", "mph", "m/s"]

METRES_PER: Final[dict[PaceUnit, float]] = {"km": 1000.0, "mi": float(MILE_CM / 100)}
"""Metres of the distance that a pace is over."""
_MPS_PER: Final[dict[SpeedUnit, float]] = {"km/h": 1 / 3.6, "mph": METRES_PER["mi"] / 3600, "m/s": 1.0}


def _round(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def plain(value: Decimal) -> str:
    """The shortest plain decimal: ``Decimal("2.50")`` -> ``"2.5"``, never an exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def clock(ms: int) -> str:
    """``m:ss`` or ``h:mm:ss``, with as many decimals of a second as it takes: 90500 -> ``1:30.5``."""
    minutes, rest = divmod(ms, 60_000)
    seconds, fraction = divmod(rest, 1_000)
    tail = f".{fraction:03d}".rstrip("0") if fraction else ""
    if minutes < 60:
        return f"{minutes}:{seconds:02d}{tail}"
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}{tail}"


@dataclass(frozen=True, slots=True, order=True)
class Duration:
    """A length of time in whole milliseconds."""

    ms: int

    @classmethod
    def of(cls, number: Decimal, unit: str) -> Duration:
        """``number`` of a unit in :data:`TIME_UNITS`, rounded half up to 1 ms."""
        return cls(_round(number * TIME_UNITS[unit]))

    @property
    def seconds(self) -> float:
        """Seconds, unrounded."""
        return self.ms / 1000

    def __str__(self) -> str:
        """As the language writes it: ``45 s``, ``10 min``, ``2 h``, ``1:30``, ``1:05:30``."""
        if self.ms < 60_000:
            return f"{plain(Decimal(self.ms) / 1000)} s"
        if self.ms % 3_600_000 == 0:
            return f"{self.ms // 3_600_000} h"
        if self.ms % 60_000 == 0:
            return f"{self.ms // 60_000} min"
        return clock(self.ms)


@dataclass(frozen=True, slots=True, order=True)
class Distance:
    """A distance in whole centimetres."""

    cm: int

    @classmethod
    def of(cls, number: Decimal, unit: str) -> Distance:
        """``number`` of a unit in :data:`DISTANCE_UNITS`, rounded half up to 1 cm."""
        return cls(_round(number * DISTANCE_UNITS[unit]))

    @property
    def metres(self) -> float:
        """Metres, unrounded."""
        return self.cm / 100

    def __str__(self) -> str:
        """As the language writes it: ``400 m``, ``1.5 km``, ``1 mi``, ``100 yd``."""
        if self.cm >= 100_000 and (self.cm % 50_000 == 0 or (self.cm >= 1_000_000 and self.cm % 100 == 0)):
            return f"{plain(Decimal(self.cm) / 100_000)} km"
        if self.cm % 100 == 0:
            return f"{self.cm // 100} m"
        for unit, size, step in _OTHER_GRIDS:
            count = _round(self.cm / (size * step)) * step
            if count and Distance.of(count, unit) == self:
                return f"{plain(count)} {unit}"
        return f"{plain(Decimal(self.cm) / 100)} m"


_OTHER_GRIDS: Final = (
    ("mi", MILE_CM, Decimal("0.25")),
    ("mi", MILE_CM, Decimal("0.1")),
    ("yd", YARD_CM, Decimal(1)),
)
"""Where a distance that is no whole number of metres is looked for."""

MARATHON, HALF_MARATHON = Distance(4_219_500), Distance(2_109_750)
"""42.195 km (World Athletics, Technical Rule 55), and half of it."""

Amount = Duration | Distance


def shown(amount: Amount) -> str:
    """An amount for people to read: as written, but in whole metres, and from a minute up in whole seconds.

    What is some quarter miles but for the centimetres of a rounding is in miles.
    """
    if isinstance(amount, Distance):
        text = str(_near_miles(amount))
        return str(Distance(_round(Decimal(amount.cm) / 100) * 100)) if "." in text and text.endswith(" m") else text
    text = str(amount)
    return str(Duration(_round(Decimal(amount.ms) / 1000) * 1000)) if amount.ms >= 60_000 else text


def shown_apart(one: Amount, other: Amount) -> tuple[str, str]:
    """Two different amounts as :func:`shown` has them, or exactly where that would be the same."""
    both = shown(one), shown(other)
    return both if both[0] != both[1] else (str(one), str(other))


_ROUNDING_CM: Final = 25
"""What rounding each of some fifty splits to centimetres comes to at most."""


def _near_miles(length: Distance) -> Distance:
    """The quarter miles that it is but for some centimetres: the first of several splits has the rounding of all."""
    quarters = _round(length.cm / MILE_CM * 4)
    miles = Distance.of(Decimal(quarters) / 4, "mi")
    return miles if quarters and length.cm % 100 and abs(miles.cm - length.cm) <= _ROUNDING_CM else length


def size(amount: Amount) -> int:
    """Whole milliseconds of a time, whole centimetres of a distance."""
    return amount.ms if isinstance(amount, Duration) else amount.cm


@dataclass(frozen=True, slots=True)
class Pace:
    """Time per kilometre or mile, in whole milliseconds."""

    ms: int
    unit: PaceUnit

    @property
    def mps(self) -> float:
        """Metres per second, unrounded."""
        return METRES_PER[self.unit] * 1000 / self.ms

    @classmethod
    def from_mps(cls, mps: float, unit: PaceUnit) -> Pace:
        """The pace of a speed in metres per second, rounded to 1 ms per kilometre or mile."""
        return cls(round(METRES_PER[unit] * 1000 / mps), unit)

    def __str__(self) -> str:
        return f"{clock(self.ms)}/{self.unit}"


@dataclass(frozen=True, slots=True)
class Speed:
    """A speed in thousandths of its unit, with all its decimals: ``12 km/h`` is ``Speed(12000, "km/h")``."""

    thousandths: int | Decimal
    unit: SpeedUnit

    @classmethod
    def from_mps(cls, mps: float, unit: SpeedUnit) -> Speed:
        """A speed in metres per second, rounded to a millionth of its unit, which no watch can tell from it."""
        return cls(round(Decimal(mps / _MPS_PER[unit]) * 1000, 3), unit)

    @property
    def mps(self) -> float:
        """Metres per second, unrounded."""
        return float(self.thousandths) / 1000 * _MPS_PER[self.unit]

    def __str__(self) -> str:
        return f"{plain(Decimal(self.thousandths) / 1000)} {self.unit}"


@dataclass(frozen=True, slots=True)
class PaceShift:
    """A difference of pace in milliseconds per kilometre or mile; positive is slower."""

    ms: int
    unit: PaceUnit

    @property
    def seconds_per_metre(self) -> float:
        """Seconds a metre, unrounded; negative where it is faster."""
        return self.ms / 1000 / METRES_PER[self.unit]

    def __str__(self) -> str:
        return f"{plain(Decimal(abs(self.ms)) / 1000)} s/{self.unit}"


@dataclass(frozen=True, slots=True, order=True)
class Percent:
    """A share in thousandths of one per cent: ``2 %`` is ``Percent(2000)``."""

    thousandths: int

    @property
    def ratio(self) -> float:
        """``2 %`` -> 0.02."""
        return self.thousandths / 100_000

    def __str__(self) -> str:
        return f"{plain(Decimal(abs(self.thousandths)) / 1000)} %"


def speed_text(speed: Speed) -> str:
    """A speed with at most two decimals, for people: ``12.86 km/h``."""
    return f"{plain(round(Decimal(speed.thousandths) / 1000, 2))} {speed.unit}"


def pace_text(mps: float, unit: PaceUnit) -> str:
    """A speed in metres per second as a pace in whole seconds, for people: ``4:31``."""
    return clock(round(METRES_PER[unit] / mps) * 1000)
