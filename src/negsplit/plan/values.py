"""What a parameter of a session is in each week: the same, listed, or growing from one amount to another."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import Enum
from typing import Final

from negsplit.diagnostics import Span
from negsplit.frozen import dataclass
from negsplit.tree.nodes import Text
from negsplit.units import Duration, clock, plain


class GrowthScale(Enum):
    """What a quantity is a number of."""

    COUNT = "count"
    SECONDS = "time"
    METRES = "metric distance"
    RACES = "distance of a race"
    """Metres that are written ``8k``: behind ``@`` they are the pace of a race of that length."""
    MILES = "distance in miles"
    PACE_PER_KM = "pace per kilometre"
    PACE_PER_MILE = "pace per mile"


@dataclass(frozen=True, slots=True)
class GrowthValue:
    """A number that can grow: a count, seconds, metres, miles, or seconds per kilometre or mile."""

    value: Decimal
    scale: GrowthScale

    def __str__(self) -> str:
        """As the language writes it."""
        match self.scale:
            case GrowthScale.COUNT:
                return plain(self.value)
            case GrowthScale.SECONDS:
                return str(Duration(int(self.value * 1000)))
            case GrowthScale.METRES:
                in_km = self.value >= 1000 and self.value % 100 == 0
                return f"{plain(self.value / 1000)} km" if in_km else f"{plain(self.value)} m"
            case GrowthScale.RACES:
                return f"{plain(self.value / 1000)}k"
            case GrowthScale.MILES:
                return f"{plain(self.value)} mi"
            case GrowthScale.PACE_PER_KM:
                return f"{clock(int(self.value * 1000))}/km"
            case GrowthScale.PACE_PER_MILE:
                return f"{clock(int(self.value * 1000))}/mi"

    @property
    def is_amount(self) -> bool:
        """Whether it is a time or a distance."""
        return self.scale in (GrowthScale.SECONDS, GrowthScale.METRES, GrowthScale.RACES, GrowthScale.MILES)

    @property
    def can_be_cut(self) -> bool:
        """Whether a down week can cut it: a time, a distance or a count, and no pace."""
        return self.is_amount or self.scale is GrowthScale.COUNT


_FROM_THERE_UP: Final[dict[GrowthScale, tuple[Decimal, Decimal, Decimal]]] = {
    GrowthScale.COUNT: (Decimal(0), Decimal(1), Decimal(1)),
    GrowthScale.SECONDS: (Decimal(600), Decimal(60), Decimal(15)),
    GrowthScale.METRES: (Decimal(5000), Decimal(500), Decimal(100)),
    GrowthScale.RACES: (Decimal(5000), Decimal(500), Decimal(100)),
    GrowthScale.MILES: (Decimal(3), Decimal("0.5"), Decimal("0.1")),
    GrowthScale.PACE_PER_KM: (Decimal(0), Decimal(1), Decimal(1)),
    GrowthScale.PACE_PER_MILE: (Decimal(0), Decimal(1), Decimal(1)),
}
"""An amount, the grid from there up, and the grid below it."""


def grid(quantity: GrowthValue) -> Decimal:
    """What numbers in between are rounded to: a minute from ten minutes up, 500 m from 5 km up, finer below."""
    start, coarse, fine = _FROM_THERE_UP[quantity.scale]
    return coarse if quantity.value >= start else fine


def on_grid(quantity: GrowthValue, by: Decimal | None) -> GrowthValue:
    """The nearest multiple of ``by``, or of the usual grid; never nothing."""
    step = by or grid(quantity)
    multiple = (quantity.value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return GrowthValue(max(multiple, Decimal(1)) * step, quantity.scale)


# --- Values --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Constant:
    """The same text each week; ``quantity`` where it is a number that a down week may cut."""

    text: Text
    quantity: GrowthValue | None = None


@dataclass(frozen=True, slots=True)
class WeekByWeek:
    """One text a week; None leaves the week out."""

    texts: tuple[Text | None, ...]


@dataclass(frozen=True, slots=True)
class Growing:
    """From one quantity to another of its scale, both ends met; ``by`` is the grid in between."""

    first: GrowthValue
    last: GrowthValue
    by: Decimal | None = None


Value = Constant | WeekByWeek | Growing

Given = Text | GrowthValue
"""What a parameter is in one week: as it is written, or a quantity on the way from one to another."""


def beginning(value: Value) -> Given | None:
    """What a value begins with, so that a session whose values do not fit is still checked."""
    if isinstance(value, Growing):
        return value.first
    if isinstance(value, WeekByWeek):
        return next((text for text in value.texts if text is not None), None)
    return value.text


def written(given: Given, place: Span) -> Text:
    """The text of what is given; of a quantity that the plan has reckoned it stands where it is said how."""
    return given if isinstance(given, Text) else Text.made(str(given), place)


def weekly(value: Value, down: Sequence[Decimal | None]) -> list[Given | None]:
    """What each week of an entry is given; ``down`` is the share that a down week cuts, None for a building week.

    In a down week an amount or a count is cut by its share from the highest before, and what grows from one value to
    another rests, so that the last building week meets its end. Raises ``ValueError`` for a list of another length, and
    for one building week that is to be two amounts.
    """
    if isinstance(value, WeekByWeek):
        if len(value.texts) != len(down):
            raise ValueError(f"{_counted(len(value.texts), 'value')} for {_counted(len(down), 'week')}")
        return list(value.texts)
    if isinstance(value, Constant):
        whole = value.quantity
        if whole is None or not whole.can_be_cut:
            return [value.text] * len(down)
        return [reduced(whole, share, None) if share else value.text for share in down]
    steps = iter(gradual(value, sum(share is None for share in down)))
    now = highest = value.first
    found: list[Given | None] = []
    for share in down:
        if share is None:
            now = next(steps)
            highest = max(highest, now, key=lambda one: one.value)
        found.append(reduced(highest, share, value.by) if share and now.can_be_cut else now)
    return found


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def gradual(value: Growing, weeks: int) -> list[GrowthValue]:
    """The quantities of so many weeks: linear, monotone, both ends exactly, on the grid in between.

    :raises ValueError: where one week, or none, is to hold two different ends.
    """
    first, last = value.first, value.last
    if weeks < 2 and first != last:
        raise ValueError(f"from {first} to {last} takes two building weeks, there is {'one' if weeks else 'none'}")
    found = [first] if weeks else []
    for week in range(1, weeks):
        exact = first.value + (last.value - first.value) * week / (weeks - 1)
        nearest = on_grid(GrowthValue(exact, first.scale), value.by).value
        low, high = sorted((found[-1].value, last.value))
        found.append(GrowthValue(min(max(nearest, low), high), first.scale))
    return [*found[:-1], last] if weeks > 1 else found


def reduced(quantity: GrowthValue, share: Decimal, by: Decimal | None) -> GrowthValue:
    """A quantity cut by a share, on its grid; on the usual one where that of ``by`` is too wide to cut anything.

    A count is rounded down, to 1 at least: of three repetitions a quarter less are two.
    """
    exact = GrowthValue(quantity.value * (1 - share), quantity.scale)
    if quantity.scale is GrowthScale.COUNT:
        fewer = exact.value.to_integral_value(ROUND_FLOOR)
        return GrowthValue(min(max(fewer, Decimal(1)), quantity.value), quantity.scale)
    found = on_grid(exact, by)
    if by and found.value >= quantity.value:
        found = on_grid(exact, None)
    return found if found.value < quantity.value else quantity
