"""A fast session cut down: fewer rounds, or shorter runs where it has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from negsplit.model import Item, Lap, Length, Range, Repeat, Role, Step
from negsplit.plan.model import Use
from negsplit.plan.totals import SessionTotals
from negsplit.units import Distance, Duration

_MINUTE_MS, _QUARTER_MS, _SHORT_MS, _GRID_CM = 60_000, 15_000, 180_000, 10_000


def part(one: SessionTotals, share: float) -> tuple[Item, ...] | None:
    """The steps of so much of a session; None where they cannot be written so that they still mean the same.

    The paces of a progression come from its length, and a workout in a file may have names of its own for paces.
    """
    workout = one.workout
    if workout is None or any(map(_is_generated, workout.expanded.steps)):
        return None
    body = one.planned.session.body
    is_from_file = isinstance(body, Use) and body.name.lower().endswith((".yaml", ".yml"))
    if is_from_file and (workout.expanded.paces or workout.expanded.tolerance):
        return None
    steps = workout.expanded.steps
    rounds = [item.times for item in steps if isinstance(item, Repeat) and isinstance(item.times, int)]
    if any(times > 1 for times in rounds):
        return tuple(one for item in steps for one in (_fewer(item, share) if isinstance(item, Repeat) else (item,)))
    return tuple(_shorter(item, share) for item in steps)


def _is_generated(item: Item) -> bool:
    if isinstance(item, Repeat):
        return any(map(_is_generated, item.steps))
    return not isinstance(item, Step) or item.origin is not None


def _fewer(repeat: Repeat, share: float) -> tuple[Item, ...]:
    """Fewer rounds, one at least; of one alone nothing is recovered from."""
    if not isinstance(repeat.times, int):
        return (repeat,)
    times = max(round(repeat.times * share), 1)
    if times > 1 or len(repeat.steps) == 1:
        return (replace(repeat, times=times),)
    last = repeat.steps[-1]
    return repeat.steps[:-1] if isinstance(last, Step) and last.role is Role.RECOVER else repeat.steps


def _shorter(item: Item, share: float) -> Item:
    if isinstance(item, Repeat):
        return replace(item, steps=_of_runs(item.steps, share))
    return replace(item, length=_length(item.length, share)) if _is_work(item) and isinstance(item, Step) else item


def _of_runs(steps: Sequence[Item], share: float) -> tuple[Item, ...]:
    return tuple(_shorter(item, share) for item in steps)


def _is_work(item: Item) -> bool:
    return isinstance(item, Step) and item.role is Role.RUN and not isinstance(item.length, Lap | Range)


def _length(length: Length, share: float) -> Length:
    """So much of it, in whole minutes, quarters of a short one, or hundreds of metres."""
    if isinstance(length, Duration):
        grid = _MINUTE_MS if length.ms >= _SHORT_MS else _QUARTER_MS
        return Duration(max(int(length.ms * share) // grid, 1) * grid)
    if isinstance(length, Distance):
        return Distance(max(int(length.cm * share) // _GRID_CM, 1) * _GRID_CM)
    return length
