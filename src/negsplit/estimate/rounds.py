"""Repeats until an amount is done as a number of rounds, for what cannot count otherwise."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from negsplit.athlete.paces import Runner
from negsplit.diagnostics import Report
from negsplit.estimate.reckoning import Reckoned, reckon
from negsplit.program.model import Jump, Program, ProgramStep
from negsplit.program.outline import Group, Part, inside_out, parts
from negsplit.units import Amount, Distance

_JUST_DONE = 0.001
"""A part of a round: what is reckoned to end there is not begun again."""


def counted(program: Program, runner: Runner, name: str, most: int, report: Report) -> Program | None:
    """The program with a number of rounds wherever it repeats until a time or a distance is done.

    As on a watch a round that is begun is run to its end. What that rests on is reported as degraded. None, with an
    error, where nobody can tell how long a round is, or it would take more than ``most`` of them. ``name`` is
    that of the device.
    """
    reckoned = {
        index: reckon(step, runner) for index, step in enumerate(program.steps) if isinstance(step, ProgramStep)
    }
    times: dict[int, int] = {}
    failed = False
    for group in inside_out(parts(program.steps)):
        until, span = group.jump.until, group.jump.span
        if isinstance(until, int):
            times[group.index] = until
            continue
        rounds = _rounds(until, _once(group.body, reckoned, times, type(until)))
        if rounds is None or rounds > most:
            why = (
                "there is no telling how many rounds that is"
                if rounds is None
                else f"{rounds} rounds are too many ({most} at most)"
            )
            message = f"`{name}` cannot repeat until an amount is done, and {why}"
            help = "say how many times: `6x(...)`, `repeat: 6`, in a `walk_run` `repeats: 6`"
            report.unsupported(message, span, help)
            failed = True
            rounds = 1
        else:
            message = f"`{name}` cannot repeat until an amount is done: it gets {rounds} rounds, which should be enough"
            report.degraded(message, span, "write the number yourself if you want another")
        times[group.index] = rounds
    steps = (
        replace(step, until=times[index]) if isinstance(step, Jump) else step
        for index, step in enumerate(program.steps)
    )
    return None if failed else replace(program, steps=tuple(steps))


def _once(
    body: Sequence[Part], reckoned: Mapping[int, Reckoned], times: Mapping[int, int], kind: type[Amount]
) -> float:
    """How many metres or seconds, by the ``kind`` of amount, a body takes; ``times`` has the repeats in it."""
    lengths: list[float] = []
    for part in body:
        if isinstance(part, Group):
            lengths.append(times[part.index] * _once(part.body, reckoned, times, kind))
        else:
            one = reckoned[part]
            lengths.append((one.metres if kind is Distance else one.seconds).middle)
    return math.fsum(lengths)


def _rounds(amount: Amount, once: float) -> int | None:
    """How many rounds of so many metres or seconds do an amount; None where it cannot be told."""
    if not once > 0:  # nor where it is not a number
        return None
    whole = amount.metres if isinstance(amount, Distance) else amount.seconds
    return max(1, math.ceil(whole / once - _JUST_DONE))
