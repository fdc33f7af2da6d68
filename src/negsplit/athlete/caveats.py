"""What a runner should know of the results that the paces come from, where somebody asks about the runner alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from negsplit.athlete.paces import AS_WRITTEN, Runner
from negsplit.athlete.results import Result
from negsplit.athlete.training import TABLES_BEGIN
from negsplit.athlete.vdot import RACE_METRES
from negsplit.codes import Code
from negsplit.diagnostics import Diagnostic, Severity, listed

FAR_APART: Final = 2.0
"""VDOT between two results from which they say different things of a runner (a judgement)."""
_TRAINING: Final = ("easy", "threshold", "interval", "repetition")


def caveats(runner: Runner) -> list[Diagnostic]:
    """Notes on results that lie apart, on long ones, and on a VDOT below the printed tables."""
    return [*_apart(runner), *_long(runner), *_slow(runner)]


def _apart(runner: Runner) -> Iterator[Diagnostic]:
    results = runner.results.counted
    if not results or results[0].vdot - results[-1].vdot <= FAR_APART:
        return
    first, last = results[0], results[-1]
    message = (
        f"{first.basis} is VDOT {first.vdot:.1f} and {last.basis} is {last.vdot:.1f}: more than {FAR_APART:g} apart"
    )
    gives = [f"{one.basis} gives {listed(names, 'and')}" for one in results if (names := _given(runner, one))]
    help = "a race on a bad day says little of other races: end it in `, hot` (or hilly, windy, sick), or leave it out"
    yield _note("results-apart", message, last, "; ".join(gives), help)


def _given(runner: Runner, result: Result) -> list[str]:
    """The paces that come from a result, those of races from short to long."""
    by_length = sorted(RACE_METRES, key=RACE_METRES.__getitem__)
    names = [name for name in by_length if runner.results.nearest(RACE_METRES[name]) is result]
    names += _TRAINING if result is runner.results.best else ()
    return [name for name in names if runner.paces[name].source != AS_WRITTEN and name not in runner.own]


def _long(runner: Runner) -> Iterator[Diagnostic]:
    is_alone = len(runner.results.counted) == 1
    for one in runner.results.counted:
        if one.is_long and (names := _given(runner, one)):
            which = "its paces" if is_alone else listed(names, "and")
            message = f"{one.basis} is longer than the equations describe: {which} may be far off"
            help = "add a race between 3 km and a marathon of less than five hours"
            yield _note("long-race", message, one, help if is_alone else "leave it out, and a shorter race counts")


def _slow(runner: Runner) -> Iterator[Diagnostic]:
    best = runner.results.best
    if best is None or round(best.vdot, 1) >= TABLES_BEGIN:
        return
    message = f"VDOT {best.vdot:.1f} is beyond the printed tables, which begin at {TABLES_BEGIN:g}"
    help = "go by effort first and by pace second: easy is RPE 3, and breaks to walk are part of it"
    yield _note("beyond-tables", message, best, help)


def _note(code: Code, message: str, result: Result, *help: str) -> Diagnostic:
    return Diagnostic(code, message, result.race.span if result.race else None, help, Severity.NOTE)
