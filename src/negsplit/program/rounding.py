"""Generated paces in as few decimals of a second as come to the same numbers on a watch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from negsplit.athlete.paces import Runner
from negsplit.diagnostics import Report
from negsplit.model import Item, Repeat, Step, Workout
from negsplit.program.resolve import Resolver
from negsplit.targets import PaceTarget, Target
from negsplit.units import Pace, Speed

_GRIDS: Final = ((1_000, 100), (100, 10), (10, 1))
"""Milliseconds that a pace is rounded to, and thousandths of its unit that a speed is, the roundest first."""


def rounded(workout: Workout, runner: Runner) -> Workout:
    """An expanded workout whose generated paces are as round as they can be; what was written stays as it is."""
    resolver = Resolver(runner, workout, Report())

    def items(among: Sequence[Item]) -> tuple[Item, ...]:
        return tuple(map(one, among))

    def one(item: Item) -> Item:
        if isinstance(item, Repeat):
            return replace(item, steps=items(item.steps))
        return _step(item, resolver) if isinstance(item, Step) and item.origin else item

    return replace(workout, steps=items(workout.steps))


def _step(step: Step, resolver: Resolver) -> Step:
    exact = resolver.step(step)
    for grids in _GRIDS:
        rounder = replace(step, targets=tuple(_target(target, *grids) for target in step.targets))
        if replace(resolver.step(rounder), written=step) == exact:
            return rounder
    return step


def _target(target: Target, ms_grid: int, speed_grid: int) -> Target:
    match target:
        case PaceTarget(Pace(ms, unit)):
            return replace(target, pace=Pace(round(ms / ms_grid) * ms_grid, unit))
        case PaceTarget(Speed(thousandths, unit)):
            return replace(target, pace=Speed(round(thousandths / speed_grid) * speed_grid, unit))
        case _:
            return target
