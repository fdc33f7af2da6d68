"""Numbers of a runner, as the commands about athletes print them."""

from __future__ import annotations

from negsplit.athlete.paces import Runner
from negsplit.athlete.speeds import SpeedBand
from negsplit.diagnostics import Report
from negsplit.model import Workout
from negsplit.preview.text import target_text
from negsplit.program.captions import effort_text
from negsplit.program.model import Band, Zone
from negsplit.program.resolve import Resolver
from negsplit.targets import Effort, Named, OneSided, OpenTarget, PaceTarget, Target
from negsplit.units import PaceUnit, pace_text


def resolver(runner: Runner, report: Report | None = None) -> Resolver:
    """What makes numbers of targets for a runner outside any workout."""
    return Resolver(runner, Workout("", ()), Report() if report is None else report)


def speeds_of(runner: Runner, name: str) -> SpeedBand | None:
    """The speeds of a pace by its name, before any tolerance; None for what is no pace of two ends."""
    numbers = resolver(runner)
    target = PaceTarget(Named(name))
    return None if numbers.is_open(target) else numbers.speeds(target)


def shown(runner: Runner, target: Target, unit: PaceUnit) -> str:
    """A target in numbers, paces before any tolerance; empty where they cannot be known."""
    numbers = resolver(runner)
    meant = numbers.book.meaning(target)
    if isinstance(meant, OpenTarget):
        return "open"
    if isinstance(meant, Effort):
        return effort_text((meant.low, meant.high))
    if isinstance(meant, PaceTarget):
        speeds = numbers.speeds(meant)
        return speeds_text(*_ends(meant, speeds), unit) if speeds else ""
    found = numbers.target(meant, None, None) if meant else None
    return target_text(found, unit) if found else ""


def on_the_watch(found: Band | Zone | None, unit: PaceUnit) -> str:
    """What a watch gets of a target in numbers."""
    return target_text(found, unit) if found else ""


def _ends(target: PaceTarget, speeds: SpeedBand) -> tuple[float | None, float | None]:
    """The slow and the fast end of a pace in m/s; None for an end that it has not."""
    if not isinstance(target.pace, OneSided):
        return speeds.slow, speeds.fast
    return (speeds.slow, None) if target.pace.side == "faster" else (None, speeds.fast)


def speeds_text(slow_mps: float | None, fast_mps: float | None, unit: PaceUnit) -> str:
    """From one pace to another, the slower first; ``slower than 6:05/km`` where there is no slow end."""
    if slow_mps is None or fast_mps is None:
        edge, side = (fast_mps, "slower") if slow_mps is None else (slow_mps, "faster")
        return f"{side} than {pace_text(edge, unit)}/{unit}" if edge else ""
    slow, fast = pace_text(slow_mps, unit), pace_text(fast_mps, unit)
    return f"{slow}/{unit}" if slow == fast else f"{slow}-{fast}/{unit}"
