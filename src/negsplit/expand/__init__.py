"""Generators, ranges and defaults of repeats into plain steps and repeats; pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace

from negsplit.diagnostics import Effect, Report, Span
from negsplit.expand import ladder, progression, run_with, walk_run
from negsplit.expand.extents import extent, trailing_recoveries
from negsplit.expand.progression import MAX_STEPS, Speeds
from negsplit.expand.ranges import chosen, chosen_count
from negsplit.frozen import dataclass
from negsplit.limits import FARTHEST, LONGEST, NEAREST, SHORTEST
from negsplit.model import (
    CountRange,
    Item,
    Keyed,
    Ladder,
    LastRecovery,
    Range,
    Repeat,
    RunWith,
    Step,
    Until,
    WalkRun,
    Workout,
)
from negsplit.targets import AtFault
from negsplit.units import Distance, Duration, size

__all__ = ["MAX_STEPS", "Speeds", "expand"]


def expand(workout: Workout, speeds: Speeds, report: Report) -> Workout:
    """The workout in steps and repeats alone, every amount chosen; ``last_recovery`` stands where it is skipped.

    A generator with a mistake in it, or with a pace that ``speeds`` does not know, leaves no steps;
    a workout of more than :data:`MAX_STEPS` executed steps has none at all.
    """
    try:
        steps = _Expansion(speeds, workout.last_recovery, report).items(workout.steps, MAX_STEPS)
    except _TooManyStepsError as error:
        message = f"with this the workout has more than {MAX_STEPS} steps, counting repeats"
        report.error("too-many-steps", message, error.span, "write fewer steps or repeats", effect=Effect.GIVES_UP)
        steps = ()
    return replace(workout, steps=steps, last_recovery="keep")


def is_plain(items: Sequence[Item]) -> bool:
    """Whether expansion asks nothing of a runner: no amount is chosen, and nothing is generated."""
    return all(map(_is_plain, items))


def _is_plain(item: Item) -> bool:
    match item:
        case Step():
            return not isinstance(item.length, Range)
        case Repeat(times, steps):
            amount = times.amount if isinstance(times, Until) else times
            return not isinstance(amount, Range | CountRange) and is_plain(steps)
        case _:
            return isinstance(item, AtFault)


class _TooManyStepsError(Exception):
    """Leaves the recursion at the item that exceeds the count."""

    def __init__(self, span: Span | None) -> None:
        super().__init__()
        self.span = span


@dataclass(frozen=True, slots=True)
class _Expansion:
    speeds: Speeds
    default: LastRecovery
    report: Report
    left_out: list[Item] = field(default_factory=list)
    """What is at fault, and generators that made no steps; a repeat of them cannot be judged."""

    def items(self, items: Sequence[Item], room: int) -> tuple[Item, ...]:
        """The plain items, which run at most ``room`` steps."""
        result: list[Item] = []
        for item in items:
            made = self.item(item, room)
            room -= _executed(made)
            if room < 0:
                raise _TooManyStepsError(item.span)
            result += made
        return tuple(result)

    def item(self, item: Item, room: int) -> tuple[Item, ...]:
        made: tuple[Item, ...]
        match item:
            case Step():
                if not isinstance(item.length, Range):
                    return (item,)
                return (replace(item, length=chosen(item.length, self.speeds.volume)),)
            case Repeat():
                return self.repeat(item, room)
            case AtFault():
                made = ()
            case WalkRun():
                made = walk_run.expand(item, self.speeds.volume, self.report)
            case Ladder():
                made = ladder.expand(item, self.speeds, self.report)
            case RunWith():
                repeat = self.repeat(item.repeat, room)
                made = run_with.expand(item, repeat, self.speeds, self.report) if repeat else ()
            case _:
                made = progression.expand(item, self.speeds, self.report)
        if made and self.within_bounds(made, item):
            return made
        self.left_out.append(item)
        return ()

    def repeat(self, item: Repeat, room: int) -> tuple[Item, ...]:
        left_out = len(self.left_out)
        steps = self.items(item.steps, room)
        if not steps:
            return ()
        times: int | Until
        if isinstance(item.times, Until):
            times = Until(chosen(item.times.amount, self.speeds.volume))
        else:
            times = chosen_count(item.times, self.speeds.volume)
        obstacle = _obstacle_to_skip(times, steps)
        if obstacle and item.last_recovery == "skip" and len(self.left_out) == left_out:
            message = f"`last_recovery: skip` on a repeat that {obstacle}"
            help = "leave it out; it needs a number of times, and a recovery after other steps"
            self.report.error("last-recovery", message, item.place("last_recovery"), help)
        skips = not obstacle and (item.last_recovery or self.default) == "skip"
        return (replace(item, times=times, steps=steps, last_recovery="skip" if skips else None),)

    def within_bounds(self, made: Sequence[Item], item: Item) -> bool:
        """Whether every step lasts as long as a step may; an error for the first that does not."""
        for step in made:
            if not isinstance(step, Step) or not isinstance(step.length, Duration | Distance):
                continue
            shortest, longest = (SHORTEST, LONGEST) if isinstance(step.length, Duration) else (NEAREST, FARTHEST)
            if not size(shortest) <= size(step.length) <= size(longest):
                span = item.place("total") if isinstance(item, Keyed) and step.span == item.span else step.span
                message = f"this makes a step of {step.length}; a step lasts {shortest} to {longest}"
                self.report.error(
                    "out-of-bounds", message, span, "change the total, the number of its parts, or the share"
                )
                return False
        return True


def _obstacle_to_skip(times: int | Until, steps: Sequence[Item]) -> str:
    """Why the last recovery of a repeat cannot be skipped; empty if it can."""
    trailing = trailing_recoveries(steps)
    if isinstance(times, Until):
        return "runs until an amount is done"
    if trailing == len(steps):
        return "is nothing but recoveries"
    return "" if trailing else "does not end in a recovery"


def _executed(items: Sequence[Item]) -> int:
    """How many steps run in all."""
    count = 0
    for item in items:
        if not isinstance(item, Repeat):
            count += 1
            continue
        count += _rounds(item) * _executed(item.steps)
        if item.last_recovery == "skip":
            count -= trailing_recoveries(item.steps)
    return count


def _rounds(repeat: Repeat) -> int:
    """Rounds begun; 1 where an amount ends them and not all steps are measured as it is."""
    match repeat.times:
        case int(times):
            return times
        case Until(amount=(Duration() | Distance()) as amount):
            once = extent(repeat.steps, type(amount))
            return -(-size(amount) // once) if once else 1
        case _:
            return 1
