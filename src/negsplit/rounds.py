"""Repeats until an amount is done as a number of rounds, for what cannot count otherwise."""

from __future__ import annotations

import math
from dataclasses import replace

from negsplit.athlete.paces import Runner
from negsplit.diagnostics import Report
from negsplit.program import Jump, Program, Step
from negsplit.reckoning import reckon
from negsplit.units import Amount, Distance

_JUST_DONE = 0.001
"""A part of a round: what is reckoned to end there is not begun again."""


def counted(program: Program, runner: Runner, name: str, most: int, report: Report) -> Program | None:
    """The program with a number of rounds wherever it repeats until a time or a distance is done.

    As on a watch a round that is begun is run to its end. What that rests on is reported as degraded. None, with an
    error, where nobody can tell how long a round is, or it would take more than ``most`` of them. ``name`` is
    that of the device.
    """
    steps: list[Step | Jump] = []
    failed = False
    for item in program.steps:
        if not isinstance(item, Jump) or isinstance(item.until, int):
            steps.append(item)
            continue
        rounds = _rounds(steps[item.to :], item.to, item.until, runner)
        if rounds is None or rounds > most:
            why = "and nobody can tell how many" if rounds is None else f"and this would take {rounds}, at most {most}"
            message = f"`{name}` repeats a number of times, not until an amount is done, {why}"
            report.error("unsupported", message, item.span, "give it a number of times: `6x(...)`, `repeats: 6`")
            failed = True
            rounds = 1
        else:
            message = f"`{name}` repeats a number of times, not until an amount is done: {rounds} are reckoned to do it"
            help = "give it a number of times, if another one is better"
            report.degraded(message, item.span, help)
        steps.append(Jump(item.to, rounds, item.span))
    return None if failed else replace(program, steps=tuple(steps))


def _rounds(body: list[Step | Jump], first: int, amount: Amount, runner: Runner) -> int | None:
    """How many rounds of a body, whose first step has number ``first``, do an amount; None where it cannot be told."""
    lengths: list[float] = []
    for item in body:
        if isinstance(item, Jump):
            assert isinstance(item.until, int), "what stands inside is counted already"
            lengths.append((item.until - 1) * math.fsum(lengths[item.to - first :]))
            continue
        reckoned = reckon(item, runner)
        guess = reckoned.metres if isinstance(amount, Distance) else reckoned.seconds
        lengths.append(guess.middle)
    once = math.fsum(lengths)
    if not once > 0:  # nor where it is not a number
        return None
    whole = amount.metres if isinstance(amount, Distance) else amount.seconds
    return max(1, math.ceil(whole / once - _JUST_DONE))
