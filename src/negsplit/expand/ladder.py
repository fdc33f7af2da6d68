"""Ladders: rungs one after another, with recoveries between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from negsplit.diagnostics import Report
from negsplit.expand.progression import Anchor, Speeds, linear, unit_of, widened
from negsplit.expand.ranges import chosen, pace_unit, share
from negsplit.model import Gradual, Ladder, Origin, Role, Step
from negsplit.targets import Target
from negsplit.units import Distance, Duration, Percent


def expand(item: Ladder, speeds: Speeds, report: Report) -> tuple[Step, ...]:
    """The rungs with their targets, each followed by its recovery."""
    rungs = tuple(replace(rung, length=chosen(rung.length, speeds.volume)) for rung in item.rungs)
    targets = _targets(item, rungs, speeds, report)
    recoveries = _recoveries(item, rungs, speeds, report)
    if targets is None or recoveries is None:
        return ()
    steps: list[Step] = []
    for part, (rung, target) in enumerate(zip(rungs, targets, strict=True), 1):
        origin = Origin("ladder", part, len(rungs))
        for step in (replace(rung, targets=target), *recoveries[part - 1 : part]):
            steps.append(widened(replace(step, span=step.span or item.span, origin=origin), item.tolerance))
    return tuple(steps)


def _targets(
    item: Ladder, rungs: tuple[Step, ...], speeds: Speeds, report: Report
) -> Sequence[tuple[Target, ...]] | None:
    """The targets of each rung; None after an error or where a pace cannot be known."""
    at = item.at
    if not isinstance(at, Gradual) and len(at) <= 1:
        return [rung.targets or at for rung in rungs]
    own = next((number for number, rung in enumerate(rungs, 1) if rung.targets), None)
    if own is not None:
        report.error(
            "ladder-target",
            f"rung {own} has a target of its own, and `at` gives one to every rung",
            rungs[own - 1].span or item.span,
            "write the target in one of the two places",
        )
        return None
    if isinstance(at, Gradual):
        return _gradual(item, at, rungs, speeds, report)
    if len(at) != len(rungs):
        message = f"`at` lists {len(at)} targets for {len(rungs)} rungs"
        report.error("ladder-target", message, item.place("at"), "write one target for all rungs, or one for each")
        return None
    return [(target,) for target in at]


def _gradual(
    item: Ladder, at: Gradual, rungs: tuple[Step, ...], speeds: Speeds, report: Report
) -> Sequence[tuple[Target, ...]] | None:
    if len(rungs) < 2:
        message = "a pace that changes over the rungs needs at least 2, here is 1"
        report.error("too-few-parts", message, item.place("at"), "write one target in `at`, or more rungs")
        return None
    lengths = [rung.length for rung in rungs if isinstance(rung.length, Duration | Distance)]
    unit = unit_of((at.start, at.finish), pace_unit(speeds.unit, *lengths))
    start, finish = Anchor.of(at.start, unit, speeds), Anchor.of(at.finish, unit, speeds)
    if start is None or finish is None:
        return None
    return [(target,) for target in linear(start, finish, len(rungs), unit, item.span)]


def _recoveries(item: Ladder, rungs: tuple[Step, ...], speeds: Speeds, report: Report) -> Sequence[Step] | None:
    """One step a gap, in order; None after an error."""
    keep = item.last_recovery == "keep"
    gaps = len(rungs) if keep else len(rungs) - 1
    if item.recover is None:
        if not keep:
            return ()
        message = "`last_recovery: keep` on a ladder that has no recoveries"
        report.error(
            "last-recovery", message, item.place("last_recovery"), "write `recover:`, or leave `last_recovery` out"
        )
        return None
    if isinstance(item.recover, Percent):
        return _shares(item, item.recover, rungs[:gaps], report)
    steps = tuple(replace(step, length=chosen(step.length, speeds.volume)) for step in item.recover)
    if len(steps) == 1:
        return steps * gaps
    if len(steps) != gaps:
        where = "one after every rung" if keep else "one between every two"
        message = f"`recover` lists {len(steps)} recoveries for {len(rungs)} rungs, which need {gaps} ({where})"
        report.error("recover", message, item.place("recover"), f"write one recovery for all, or {gaps}")
        return None
    return steps


def _shares(item: Ladder, percent: Percent, rungs: tuple[Step, ...], report: Report) -> Sequence[Step] | None:
    steps = []
    for number, rung in enumerate(rungs, 1):
        if not isinstance(rung.length, Duration | Distance):
            report.error(
                "recover",
                f"{percent} of rung {number} cannot be known: it is neither a time nor a distance",
                rung.span or item.span,
                "write the recovery as a time or a distance, such as `recover: 2 min`",
            )
            return None
        steps.append(Step(Role.RECOVER, share(rung.length, percent), span=rung.span))
    return steps
