"""Whether a total can be run in the splits of a ramp."""

from __future__ import annotations

from negsplit.limits import MOST_SPLITS, NEAREST_SPLIT, SHORTEST_SPLIT
from negsplit.model import Gradual, Range, Splits, Total
from negsplit.units import Amount, Distance, Duration, Pace, PaceShift, size


def split_problem(total: Total, both: Gradual, splits: Splits) -> str:
    """Why a total cannot be run in these splits; nothing if it can."""
    whole = total.low if isinstance(total, Range) else total
    least: Amount = SHORTEST_SPLIT if isinstance(whole, Duration) else NEAREST_SPLIT
    match splits:
        case PaceShift():
            apart = difference(both, splits)
            if apart is None:
                return f"`by {splits}` goes between two paces written per {splits.unit}"
            if apart.ms % splits.ms:
                return f"the paces are {apart} apart, and that is not a whole number of {splits}"
            count = apart.ms // splits.ms + 1
        case Duration() | Distance():
            if type(splits) is not type(whole):
                return f"splits are measured like the total: {whole} cannot be cut into splits of {splits}"
            if size(splits) < size(least):
                return f"splits of {splits} are too short: {least} is the least"
            # Miles are held rounded to whole centimetres, so that two halves of one may miss it by that much.
            count = (size(whole) + 2 * isinstance(whole, Distance)) // size(splits)
        case _:
            count = splits
    if count < 2:
        found = f"here {splits}" if isinstance(splits, int) else f"and {whole} is less than twice {splits}"
        return f"a progression has at least 2 splits, {found}"
    if count > MOST_SPLITS:
        return f"that makes {count} splits; {MOST_SPLITS} are the most"
    if not isinstance(splits, Duration | Distance) and size(whole) // count < size(least):
        return f"{whole} in {count} parts makes splits shorter than {least}"
    return ""


def difference(both: Gradual, change: PaceShift) -> PaceShift | None:
    """How far apart both ends are, where they stand in figures of the unit of the change."""
    start, finish = both.start.pace, both.finish.pace
    if not isinstance(start, Pace) or not isinstance(finish, Pace) or {start.unit, finish.unit} != {change.unit}:
        return None
    return PaceShift(abs(start.ms - finish.ms), change.unit)
