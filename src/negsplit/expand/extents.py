"""How long plain steps and repeats are, as far as that stands in the text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from negsplit.model import Item, Repeat, Step, Until
from negsplit.units import Amount, size


def trailing_recoveries(steps: Sequence[Item]) -> int:
    """How many recover, rest and walk steps stand at the end; a repeat there is none, whatever it holds."""
    return sum(1 for _ in takewhile(lambda step: isinstance(step, Step) and step.role.is_recovery, reversed(steps)))


def extent(items: Sequence[Item], kind: type[Amount]) -> int:
    """Milliseconds or centimetres that items take; 0 if not all of them are measured so."""
    parts = [_extent(item, kind) for item in items]
    return sum(parts) if all(parts) else 0


def _extent(item: Item, kind: type[Amount]) -> int:
    match item:
        case Repeat(times=int(times), steps=steps):
            skipped = trailing_recoveries(steps) if item.last_recovery == "skip" else 0
            once = extent(steps, kind)
            return times * once - extent(steps[len(steps) - skipped :], kind) if once else 0
        case Repeat(times=Until(amount=length)) | Step(length=length):
            return size(length) if isinstance(length, kind) else 0
        case _:
            return 0
