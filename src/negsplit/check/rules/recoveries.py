"""Rules for what lies between hard steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from negsplit.check.rule import Evidence, Finding, rule
from negsplit.check.rules.single_targets import is_uphill
from negsplit.check.subject import (
    REPETITION_SHARE,
    SAME_SPEED,
    WorkoutSubject,
    minutes_text,
    span_of,
)
from negsplit.diagnostics import Severity, Span
from negsplit.estimate.kinds import is_recovery, is_run, is_walk
from negsplit.estimate.profile import Bar
from negsplit.program.model import ProgramStep
from negsplit.program.outline import inside_out, parts
from negsplit.units import Distance

STRIDE_SECONDS: Final = 30.0
"""Work up to here is a stride or a sprint: it takes a full recovery."""
LONGER: Final = 1.05
"""Times the work: a recovery up to here is as long as the work."""


@rule("S-ORDER", "workout", Evidence.CONVENTION)
def order(workout: WorkoutSubject) -> Iterator[Finding]:
    """A recovery that is no slower than the work before it.

    A recovery gets you ready for the next piece; most often the two targets were swapped. If you mean to run both, as
    in alternations, write both as `run` (coaching convention).

    Bad: `4x(1 km @ marathon, recover 1 km @ 10k)`
    Good: `4x(1 km @ 10k, recover 1 km @ easy)`
    Good: `4x(1 km @ marathon, run 1 km @ 10k)`
    """
    if workout.is_walk_run:
        return
    for work, recoveries in _pairs(workout):
        for bar in recoveries:
            last = work[-1]
            if is_walk(bar.step) or bar.still or not workout.can_compare(last, bar):
                continue
            if bar.effort >= last.effort * (1 - SAME_SPEED):
                speeds = f"{workout.speed_text(bar)} after {workout.speed_text(last)}"
                message = f"this recovery is no slower than the work before it: {speeds}"
                yield Finding(message, span_of(bar.step), "slow it down, drop its target, or write `run` for both")


@rule("S-LONGREC", "workout", Evidence.CONVENTION, Severity.NOTE)
def long_recovery(workout: WorkoutSubject) -> Iterator[Finding]:
    """Recoveries that are longer than the work before them, in most of the session.

    Intervals work because breathing and heart rate stay up: the jog is as long as the work at most (Daniels, *Running
    Formula*; coaching convention). Long rests belong to speed work, so work of up to 30 seconds and work at 3 km pace
    and faster are exempt. So are walks, hills, tests, and recoveries that end with the lap button or at a heart rate.

    Bad: `6x(2 min @ interval, jog 4 min)`
    Good: `6x(3 min @ interval, jog 2 min)`
    """
    if workout.is_walk_run or workout.is_race_or_test:
        return
    pairs = [pair for pair in _pairs(workout) if _counts(workout, pair)]
    longer = [pair for pair in pairs if _ratio(pair) > LONGER]
    if 2 * len(longer) <= len(pairs):
        return
    work, recoveries = longer[0]
    recovery, worked = (minutes_text(sum(bar.seconds for bar in bars)) for bars in (recoveries, work))
    message = f"{recovery} of recovery is longer than the {worked} of work before it"
    yield Finding(message, span_of(recoveries[0].step), "shorten the recovery, or make the work longer", Severity.NOTE)


@rule("S-FLOAT", "workout", Evidence.CONVENTION, Severity.NOTE)
def run_between(workout: WorkoutSubject) -> Iterator[Finding]:
    """A repeat that ends in a slower step, and does not say whether it is a recovery.

    A step with a target is a run: `last_recovery: skip` keeps it, and the watch shows it as work. If it is the jog
    between, write `recover`; if it is part of the work, as a float is, write `run`.

    Bad: `4x(1600 m @ 5k, 900 m @ Z2)`
    Good: `4x(1600 m @ 5k, recover 900 m @ Z2)`
    Good: `4x(1 km @ 10k, run 1 km @ marathon)`
    """
    if workout.is_walk_run:
        return
    bars = {bar.index: bar for bar in reversed(workout.bars)}
    said: set[Span] = set()
    for group in inside_out(parts(workout.program.steps)):
        ends = [bars[part] for part in group.body[-2:] if isinstance(part, int)]
        if len(ends) < 2 or not all(is_run(bar.step) for bar in ends):
            continue
        work, last = ends
        span = span_of(last.step)
        if span is None or span in said or _says_role(last.step) or not _is_between(workout, work, last):
            continue
        said.add(span)
        written = " ".join(span.text.split())
        help = f"write `recover {written}` if it is the jog between, `run {written}` if it is part of the work"
        yield Finding("each round ends with a slower run, not a recovery", span, help, Severity.NOTE)


def _says_role(step: ProgramStep) -> bool:
    """Whether its role is written, or is not its own to say."""
    written, span = step.written, span_of(step)
    if written is None or span is None or written.origin:
        return True
    before = span.source.text[: span.start].rstrip()
    return before.endswith(":") or span.text.lower().startswith(written.role.value)


def _is_between(workout: WorkoutSubject, work: Bar, last: Bar) -> bool:
    """Whether the last step of a round is slower than the one before; easy, where these cannot be compared."""
    if workout.can_compare(work, last):
        return last.effort < work.effort * (1 - SAME_SPEED)
    share = workout.asked(last)
    return share is not None and share <= workout.easy_fast_share


class _Pair(NamedTuple):
    """Work without a stop, in one step or several, and the recoveries before more of it."""

    work: tuple[Bar, ...]
    recoveries: tuple[Bar, ...]


def _pairs(workout: WorkoutSubject) -> Iterator[_Pair]:
    """Work with its recoveries, where there are any and more work follows."""
    work: list[Bar] = []
    recoveries: list[Bar] = []
    for bar in workout.bars:
        if is_run(bar.step):
            if work and recoveries:
                yield _Pair(tuple(work), tuple(recoveries))
                work, recoveries = [], []
            work.append(bar)
        elif work and is_recovery(bar.step):
            recoveries.append(bar)
        else:
            work, recoveries = [], []


def _counts(workout: WorkoutSubject, pair: _Pair) -> bool:
    """Whether its recovery may not be longer than its work."""
    work, recoveries = pair
    shares = [workout.asked(bar) for bar in work]
    if any(share is None or share >= REPETITION_SHARE for share in shares):
        return False
    if sum(bar.seconds for bar in work) <= STRIDE_SECONDS or any(is_uphill(workout, bar) for bar in work):
        return False
    return not any(bar.assumed or is_walk(bar.step) for bar in (*work, *recoveries))


def _ratio(pair: _Pair) -> float:
    """Recovery to work: of distances where both are measured so, else of time."""
    by_distance = all(isinstance(bar.step.length, Distance) for bars in pair for bar in bars)
    work, recovery = (sum(_size(bar, by_distance=by_distance) for bar in bars) for bars in pair)
    return recovery / work


def _size(bar: Bar, *, by_distance: bool) -> float:
    length = bar.step.length
    return length.metres if by_distance and isinstance(length, Distance) else bar.seconds
