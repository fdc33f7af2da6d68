"""Walk-run: whole rounds of two halves, or as many as an amount takes."""

from __future__ import annotations

from dataclasses import replace

from negsplit.diagnostics import Report
from negsplit.expand.ranges import chosen, chosen_count, divide, resized
from negsplit.model import Item, Origin, Repeat, Role, Step, Until, Volume, WalkRun
from negsplit.targets import Effort
from negsplit.units import Amount, shown, size

RUN_EFFORT = Effort(3, 4)
"""Manageable, by the talk test: the target of a run half that has none."""

NEGLIGIBLE = 0.03
"""How far off its total a walk-run may be before that is said: half a minute in forty is no news (a judgement)."""


def expand(item: WalkRun, volume: Volume, report: Report) -> tuple[Item, ...]:
    """A repeat of both halves; with ``end_on`` the first half, one round fewer and that half alone."""
    halves = tuple(_half(item, part, volume) for part in (1, 2))
    if item.total is not None:
        total = chosen(item.total, volume)
        cycle = _cycle(halves, total)
        if cycle is None:
            return _until(item, halves, total, report)
        rounds = _rounds(item, total, cycle, report)
    else:
        assert item.rounds is not None, "a walk-run has a total or a number of rounds"
        rounds = chosen_count(item.rounds, volume)
    if not rounds:
        return ()
    if item.end_on is None or item.end_on is item.second.role:
        return (Repeat(rounds, halves, span=item.span),)
    before = (Repeat(rounds - 1, halves, span=item.span),) if rounds > 1 else ()
    return *before, halves[0]


def _half(item: WalkRun, part: int, volume: Volume) -> Step:
    written = item.first if part == 1 else item.second
    untargeted = written.role is Role.RUN and not written.targets
    return replace(
        written,
        length=chosen(written.length, volume),
        targets=(RUN_EFFORT,) if untargeted else written.targets,
        span=written.span or item.span,
        origin=Origin("walk_run", part, 2),
    )


def _cycle(halves: tuple[Step, ...], total: Amount) -> Amount | None:
    """One round, if its halves are measured as the total is."""
    sizes = [size(half.length) for half in halves if isinstance(half.length, type(total))]
    return resized(total, sum(sizes)) if len(sizes) == len(halves) else None


def _until(item: WalkRun, halves: tuple[Step, ...], total: Amount, report: Report) -> tuple[Item, ...]:
    if item.end_on is None:
        return (Repeat(Until(total), halves, span=item.span),)
    report.error(
        "end-on",
        f"`end_on` needs whole rounds, but the halves are not measured as the total ({total}) is",
        item.place("end_on"),
        "leave `end_on` out, write `repeats:` instead of `total:`, or measure halves and total alike",
    )
    return ()


def _rounds(item: WalkRun, total: Amount, cycle: Amount, report: Report) -> int:
    """Whole rounds in a total by ``fit``; 0 after an error."""
    whole = divide(total, cycle)
    down, up = whole.times, whole.times + (not whole.exact)
    if item.fit == "exact" and not whole.exact:
        totals = [f"{resized(cycle, n * size(cycle))} for {n} round{'s' * (n > 1)}" for n in (down, up) if n]
        message = f"{shown(total)} is not a whole number of rounds of {shown(cycle)}"
        report.error(
            "rounds", message, item.place("total"), f"write a total of {' or '.join(totals)}, or another `fit`"
        )
        return 0
    halves = divide(resized(total, 2 * size(total)), cycle).times
    rounds = {"nearest": (halves + 1) // 2, "down": down, "up": up, "exact": down}[item.fit]
    if not rounds:
        message = f"a total of {shown(total)} gives no round of {shown(cycle)} (`fit: {item.fit}`)"
        report.error("rounds", message, item.place("total"), f"write a total of at least {cycle}, or `fit: up`")
    found = resized(cycle, rounds * size(cycle))
    if rounds and not item.fit_is_given and abs(size(found) - size(total)) > NEGLIGIBLE * size(total):
        come_to = f"{rounds} round{'s' * (rounds > 1)} are {shown(found)}"
        message = f"{shown(total)} is not a whole number of rounds of {shown(cycle)}: {come_to}"
        help = (f"write `total: {shown(found)}` or `repeats: {rounds}`", "or keep the total and add `fit: nearest`")
        report.warning("rounds", message, item.place("total"), *help)
    return rounds
