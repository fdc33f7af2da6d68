"""Choosing from ranges by the athlete's volume, and splitting amounts into parts that sum exactly."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple, overload

from negsplit.diagnostics import Report, listed
from negsplit.model import CountRange, Keyed, Lap, Length, Range, Total, UntilHeartRate, Volume
from negsplit.units import DISTANCE_UNITS, TIME_UNITS, Amount, Distance, Duration, PaceUnit, Percent, shown, size


def resized(amount: Amount, size: int) -> Amount:
    """An amount of the same kind, of ``size`` milliseconds or centimetres."""
    return Duration(size) if isinstance(amount, Duration) else Distance(size)


@overload
def chosen(length: Total, volume: Volume) -> Amount: ...
@overload
def chosen(length: Length, volume: Volume) -> Amount | Lap | UntilHeartRate: ...
def chosen(length: Length, volume: Volume) -> Amount | Lap | UntilHeartRate:
    """The amount of a range that ``volume`` stands for; anything else as it is."""
    if not isinstance(length, Range):
        return length
    if volume == "middle":
        return _middle(length)
    return length.low if volume == "low" else length.high


def chosen_count(count: int | CountRange, volume: Volume) -> int:
    """The number of repeats that ``volume`` stands for; the middle of 8..9 is 8."""
    if isinstance(count, int):
        return count
    return {"low": count.low, "middle": (count.low + count.high) // 2, "high": count.high}[volume]


def _middle(between: Range) -> Amount:
    """Half-way, rounded down to the unit and decimals of the range: 1.5..2 km -> 1.7 km."""
    unit, scale = between.unit, Decimal(10) ** between.decimals
    in_time = unit in TIME_UNITS
    # Without the half centimetre that rounding may have cost an end, 3..5 mi would end at 3.
    step, lost = (Decimal(TIME_UNITS[unit]), Decimal(0)) if in_time else (DISTANCE_UNITS[unit], Decimal("0.5"))
    low, high = ((size(end) + lost) * scale // step for end in (between.low, between.high))
    amount = (Duration if in_time else Distance).of((low + high) // 2 / scale, unit)
    return resized(amount, max(size(amount), size(between.low)))


class Division(NamedTuple):
    """How often an amount goes into another; ``rest`` is what is left, in ms or cm."""

    times: int
    rest: int
    exact: bool


def divide(total: Amount, every: Amount) -> Division:
    """Counts whole ``every`` in ``total``, two amounts of one kind.

    Miles and yards are held rounded to whole centimetres, so a written multiple of them may miss by
    up to 1 cm a part: 1 mi is four times 0.25 mi, and ``rest`` -2. Whole metres are taken as exact.
    """
    count, rest = divmod(size(total), size(every))
    if isinstance(every, Duration) or (size(total) % 100 == 0 and every.cm % 100 == 0):
        return Division(count, rest, rest == 0)
    if every.cm - rest <= count + 1:
        return Division(count + 1, rest - every.cm, True)
    return Division(count, rest, rest <= count)


def equal_parts(total: Amount, parts: int, grid: int = 1) -> tuple[Amount, ...]:
    """``parts`` amounts that sum to ``total``, in whole ``grid`` ms or cm; the first takes what is left over."""
    part = size(total) // parts // grid * grid
    return resized(total, size(total) - part * (parts - 1)), *(resized(total, part),) * (parts - 1)


def blocks(total: Amount, every: Amount, count: int) -> tuple[Amount, ...]:
    """``count`` blocks of ``every`` that sum to ``total``; the first takes what is left over."""
    return resized(total, size(total) - (count - 1) * size(every)), *(every,) * (count - 1)


def share(amount: Amount, percent: Percent) -> Amount:
    """A share of an amount, rounded half up to 1 ms or 1 cm."""
    return resized(amount, (2 * size(amount) * percent.thousandths + 100_000) // 200_000)


def kind(amount: Amount) -> str:
    """``time`` or ``distance``, for messages."""
    return "time" if isinstance(amount, Duration) else "distance"


def same_kind(report: Report, item: Keyed, **amounts: Amount) -> bool:
    """Whether all are times or all distances; an error that names the first two keys of an item that differ if not."""
    (name, first), *others = amounts.items()
    for other_name, other in others:
        if type(other) is not type(first):
            message = (
                f"`{name}` is a {kind(first)} ({shown(first)}), `{other_name}` is a {kind(other)} ({shown(other)})"
            )
            report.error(
                "kind",
                message,
                item.place(other_name, name),
                f"write {listed((f'`{key}`' for key in amounts), 'and')} all as times or all as distances",
            )
            return False
    return True


def pace_unit(default: PaceUnit, *amounts: Amount) -> PaceUnit:
    """Per mile where an amount is written in miles, else the athlete's own unit."""
    return "mi" if any(str(amount).endswith(" mi") for amount in amounts) else default
