"""Rules for a workout of walking and running in turns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from negsplit.check.rule import Evidence, Finding, rule
from negsplit.check.subject import (
    EASY_EFFORT,
    EASY_FAST_SHARE,
    WorkoutSubject,
    in_percent,
    is_paced,
    percent,
    span_of,
)
from negsplit.diagnostics import Severity
from negsplit.estimate.kinds import is_run, is_walk
from negsplit.program.bounds import only_edge
from negsplit.program.model import Band, Jump, ProgramStep, Quantity
from negsplit.units import pace_text, shown

EASY_LTHR: Final = 0.89
"""Of threshold heart rate: where easy running ends."""
LTHR_OF_MAX: Final = 0.9
"""Threshold heart rate where only the maximum is known."""


@rule("W-EASY", "workout", Evidence.SOURCE, Severity.WARNING, Severity.NOTE)
def too_fast(workout: WorkoutSubject) -> Iterator[Finding]:
    """The running in a walk-run is faster than easy, or tied to a pace.

    Running too hard is the most common mistake of walk-run beginners, and watching the pace is next (an article on
    walking and running). Warns above easy pace (86 % of threshold speed), above 89 % of threshold heart rate and above
    RPE 4. A pace that is easy is only a note, because an effort at which you can talk also fits hills, heat and a bad
    night. Intervals with walks between hard runs are not a walk-run.

    Bad: `walk_run: run 2 min @ 10k / walk 1 min`, `total: 24 min`
    Good: `walk_run: run 2 min @ RPE 3..4 / walk 1 min`, `total: 24 min`
    """
    if not workout.is_walk_run:
        return
    easy = "run so that you can talk: `@ RPE 3..4`"
    efforts = {bar.index: workout.share(bar) for bar in workout.bars}
    for index, step in enumerate(workout.program.steps):
        if not isinstance(step, ProgramStep) or not is_run(step):
            continue
        if too_hard := _too_hard(step, efforts.get(index), workout):
            yield Finding(too_hard, span_of(step), easy)
        elif is_paced(step):
            message = "the running is tied to a pace, which is too hard on hills and tired days"
            yield Finding(message, span_of(step), easy, Severity.NOTE)


@rule("W-SKIP", "workout", Evidence.SOURCE)
def skipped_walks(workout: WorkoutSubject) -> Iterator[Finding]:
    """A repeat without a walk in a workout with the tag `walk-run`.

    Skipping the walks is one of the common mistakes (an article on walking and running): they do their work before you
    feel you need them. A timed walk in every round is one that the watch does not let you forget. The last stage of a
    programme, running without walks, has no repeat and is left alone.

    Bad: `tags: walk-run`, `8x(run 2 min @ RPE 3, jog 1 min)`
    Good: `tags: walk-run`, `8x(run 2 min @ RPE 3, walk 1 min)`
    """
    if not workout.is_called_walk_run:
        return
    steps = workout.program.steps
    for index, jump in enumerate(steps):
        if not isinstance(jump, Jump):
            continue
        body = [step for step in steps[jump.to : index] if isinstance(step, ProgramStep)]
        runs = [step for step in body if is_run(step)]
        if runs and not any(map(is_walk, body)):
            often = f"{jump.until} rounds" if isinstance(jump.until, int) else f"rounds until {shown(jump.until)}"
            message = f"{often} without a walk: every round needs one"
            yield Finding(message, span_of(runs[0]), "put the walk back in: `8x(run 2 min, walk 1 min)`")


def _too_hard(step: ProgramStep, share: float | None, workout: WorkoutSubject) -> str:
    """What is too hard about a run; empty where nothing is known to be."""
    runner, target = workout.runner, step.target
    effort = step.written.effort if step.written else None
    if effort and sum(effort) / 2 > EASY_EFFORT:
        return f"the running is at RPE {sum(effort) / 2:g}; easy ends at RPE {EASY_EFFORT}"
    if isinstance(target, Band) and target.quantity is Quantity.HEART_RATE:
        edge = only_edge(target)
        high = edge[1] if edge else target.high
        rates = runner.heart_rates
        threshold = rates.threshold or (rates.max * LTHR_OF_MAX if rates.max else None)
        if threshold and high > EASY_LTHR * threshold:
            easy = f"{int(EASY_LTHR * threshold)} bpm ({percent(EASY_LTHR)} of threshold)"
            return f"the running goes up to {high} bpm; easy ends at {easy}"
        return ""
    if effort is None and target is not None and share is not None and in_percent(share) > in_percent(EASY_FAST_SHARE):
        fast, unit = runner.threshold_mps, runner.pace_unit
        easy = f" ({pace_text(EASY_FAST_SHARE * fast, unit)}/{unit})" if fast else ""
        return f"the running is at {percent(share)} of threshold speed; easy ends at {percent(EASY_FAST_SHARE)}{easy}"
    return ""
