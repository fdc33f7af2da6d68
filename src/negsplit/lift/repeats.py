"""The outline of a program as repeats: counts joined that a watch had to split, last recoveries skipped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import takewhile
from typing import Final

from negsplit.limits import FARTHEST, LONGEST, NEAREST, SHORTEST
from negsplit.model import Item, LastRecovery, Repeat, Step, Until, Workout
from negsplit.phrase.phrases import MAX_COUNT
from negsplit.program.device import Device
from negsplit.program.model import Jump
from negsplit.program.outline import Group, Part
from negsplit.units import Amount, Duration, shown_apart, size

MAX_NESTING: Final = 10
"""Repeats inside repeats, deeper than anybody runs."""

Note = Callable[[str], None]


def bounded(amount: Amount, note: Note) -> Amount:
    """An amount within the bounds of the language, with a note where it was not."""
    least, most = (SHORTEST, LONGEST) if isinstance(amount, Duration) else (NEAREST, FARTHEST)
    found = least if size(amount) < size(least) else most if size(amount) > size(most) else amount
    if found != amount:
        was, now = shown_apart(amount, found)
        note(f"{was} is written as {now}, the {'least' if found == least else 'most'} there is")
    return found


def nested(
    among: Sequence[Part], step: Callable[[int], Step], device: Device, note: Callable[[int, str], None]
) -> tuple[Item, ...]:
    """The parts of a program as steps and repeats.

    :param step: writes the step at a place of the program.
    :param note: takes a place, and what is written otherwise there or left out.
    """
    items: list[Item] = []
    for part in among:
        if isinstance(part, Group):
            body = nested(part.body, step, device, note)
            items += _repeated(body, part.jump, device, partial(note, part.index))
        else:
            items.append(step(part))
    return tuple(items)


def _repeated(body: tuple[Item, ...], jump: Jump, device: Device, note: Note) -> tuple[Item, ...]:
    """The repeat of a body; the body itself, with a note, where it is left out."""
    times = _times(jump.until, note)
    if times is None:
        return body
    depth = 1 + _depth(body)
    if depth > MAX_NESTING:
        note(f"repeats nest at most {MAX_NESTING} deep: this one is left out")
        return body
    if depth > device.nesting:
        note(f"`{device.name}` runs no repeat inside a repeat this deep: compiled, it is written out")
    if isinstance(times, int) and times > device.repeats:
        note(f"`{device.name}` repeats {device.repeats} times at most: compiled, {times} are split")
    return (Repeat(times, body),)


def _depth(items: Sequence[Item]) -> int:
    """How deep repeats lie in one another."""
    return max((1 + _depth(item.steps) for item in items if isinstance(item, Repeat)), default=0)


def _times(until: int | Amount, note: Note) -> int | Until | None:
    if not isinstance(until, int):
        return Until(bounded(until, note))
    if until < 2:
        note(f"a repeat of {until} {'time' if until == 1 else 'times'} is left out: its steps are run once")
        return None
    if until > MAX_COUNT:
        note(f"{until} times are written as {MAX_COUNT}, the most there is")
    return min(until, MAX_COUNT)


# --- Shorter -------------------------------------------------------------------------------------


def folded(items: Sequence[Item], device: Device) -> tuple[Item, ...]:
    """Repeats joined with what lowering writes behind them: the rest of a split count, a last repetition."""
    made: list[Item] = []
    place = 0
    while place < len(items):
        item = items[place]
        place += 1
        if isinstance(item, Repeat):
            item, place = _joined(item, items, place, device)
        made.append(item)
    return tuple(made)


def _joined(repeat: Repeat, items: Sequence[Item], place: int, device: Device) -> tuple[Repeat, int]:
    """A repeat with as much as belongs to it of the items from a place on, and the place behind them."""
    times, body = repeat.times, repeat.steps
    if not isinstance(times, int):
        return replace(repeat, steps=folded(body, device)), place
    last = times
    while last == device.repeats and place < len(items):
        following = items[place]
        if isinstance(following, Repeat) and following.steps == body and isinstance(following.times, int):
            last, behind = following.times, place + 1
        elif tuple(items[place : place + len(body)]) == body:
            last, behind = 1, place + len(body)
        else:
            break
        if times + last >= MAX_COUNT:
            break
        times, place = times + last, behind
    inner, recoveries = folded(body, device), trailing_recoveries(body)
    if trailing_recoveries(inner) != recoveries:
        inner = body
    work = body[: len(body) - recoveries]
    skips = 0 < recoveries < len(body) and times < MAX_COUNT and tuple(items[place : place + len(work)]) == work
    if skips:
        times, place = times + 1, place + len(work)
    return Repeat(times, inner, "skip" if skips else None), place


def trailing_recoveries(steps: Sequence[Item]) -> int:
    """How many recover, rest and walk steps stand at the end."""
    return sum(1 for _ in takewhile(lambda item: isinstance(item, Step) and item.role.is_recovery, reversed(steps)))


def skipping(workout: Workout) -> Workout:
    """The same with ``last_recovery: skip`` for the whole workout, and ``keep`` where one is run."""
    return replace(workout, last_recovery="skip", steps=tuple(map(_by_default, workout.steps)))


def _by_default(item: Item) -> Item:
    if not isinstance(item, Repeat):
        return item
    can_skip = isinstance(item.times, int) and 0 < trailing_recoveries(item.steps) < len(item.steps)
    own: LastRecovery | None = "keep" if can_skip and item.last_recovery != "skip" else None
    return replace(item, steps=tuple(map(_by_default, item.steps)), last_recovery=own)
