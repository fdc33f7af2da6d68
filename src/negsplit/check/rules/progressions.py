"""Rules for runs that get faster: thirds, fast finishes, cut-downs, ramps, however they are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from negsplit.check.rule import Evidence, Finding, rule
from negsplit.check.subject import (
    MARATHON_TO_THRESHOLD,
    SAME_SPEED,
    WARMED_UP,
    WorkoutSubject,
    is_paced,
    span_of,
)
from negsplit.diagnostics import Severity
from negsplit.estimate.kinds import HARD_SHARE
from negsplit.estimate.profile import Bar
from negsplit.limits import DEFAULT_TOLERANCE
from negsplit.program.model import Band
from negsplit.targets import PaceTarget, Tolerance
from negsplit.units import METRES_PER, Distance, Duration, Percent

MILE: Final = METRES_PER["mi"]
"""Metres."""
FAST_EDGE_MORE, CENTRE_MORE = 0.01, 0.02
"""How much faster than easy pace a first step may be, as shares of speed."""
EASIEST_EFFORT, STEADY_EFFORT = 4, 5
"""RPE: a progression begins at the first at most; the second is steady running, not easy (a judgement)."""
MOST_MILES: Final = 3.0
"""At threshold pace and faster, in one progression."""
SLOWER: Final = 0.01
"""How much slower than the step before still passes for the same speed, as a share of speed."""
BIGGEST_JUMP: Final = 20
"""Per cent of speed: how much faster one step may be than the one before."""
SPLIT_DROP: Final = (15.0, 30.0)
"""Seconds a mile from split to split of a cut-down."""
BLOCK_DROP: Final = (2.0, 15.0)
"""Seconds a kilometre from block to block of a fast finish."""


@rule("S-START", "workout", Evidence.SOURCE, Severity.NOTE, Severity.WARNING)
def start(workout: WorkoutSubject) -> Iterator[Finding]:
    """A progression that does not start easy.

    The one mistake in progression runs is a fast start: then nothing is left to speed up with. The first part should
    feel almost too slow (an article on progression runs; Daniels' easy pace is the yardstick). A note from 1 % beyond
    the fast end of easy pace or above RPE 4; a warning from 2 % for the middle of the target or from RPE 5, and at
    marathon pace. A cut-down by miles or kilometres may start at marathon pace: its article says so, and then it is a
    note. After five minutes of warm-up the first step is no longer the start.

    Bad:
        progression: thirds
        total: 9 km
        paces: [marathon, half, 10k]
    Good:
        progression: thirds
        total: 9 km
        paces: [easy, marathon, 10k]
    """
    if not workout.is_progression or _is_apart(workout) or not workout.work:
        return
    first = workout.work[0]
    if workout.asked(first) is None or workout.moved_before(first) >= WARMED_UP:
        return
    easy = workout.easy_fast_share
    cure = f"start at {workout.pace_text(easy)} or slower, or by feel at RPE {EASIEST_EFFORT} or less"
    effort = first.step.written.effort if first.step.written and first.step.target is None else None
    if effort:
        if effort[1] > EASIEST_EFFORT:
            severity = Severity.WARNING if effort[0] >= STEADY_EFFORT else Severity.NOTE
            message = f"this progression starts at {workout.speed_text(first)} (RPE {EASIEST_EFFORT} at most)"
            yield Finding(message, span_of(first.step), cure, severity)
        return
    if first.effort >= workout.marathon_share * (1 - SAME_SPEED):
        at_marathon = first.effort <= workout.marathon_share * (1 + CENTRE_MORE)
        severity = Severity.NOTE if at_marathon and splits(workout) else Severity.WARNING
        speed = workout.speed_text(first)
        message = f"this progression starts at {speed}, already marathon pace or faster"
        if round(first.effort, 4) >= HARD_SHARE:
            message = f"this progression starts at {speed}, about threshold pace: nothing is left to speed up with"
        yield Finding(message, span_of(first.step), cure, severity)
        return
    fast = first.effort if _is_single(workout, first) else first.high
    for share, more, severity in (
        (first.effort, CENTRE_MORE, Severity.WARNING),
        (fast, FAST_EDGE_MORE, Severity.NOTE),
    ):
        if share > easy * (1 + more + SAME_SPEED / 2):
            found = f"{workout.speed_text(first, share)}, {share / easy - 1:.1%} faster than easy".replace("%", " %")
            message = f"this progression starts at {found} ({more * 100:.0f} % at most)"
            yield Finding(message, span_of(first.step), cure, severity)
            return


@rule("S-CAP", "workout", Evidence.SOURCE)
def cap(workout: WorkoutSubject) -> Iterator[Finding]:
    """More than 3 miles (4.8 km) of a progression at threshold pace or faster.

    The hard part of a progression is its end, and short: that is why it tires you less than intervals do. Two or three
    miles are enough (an article on mile-by-mile runs). Steps count if their middle is threshold pace or faster.

    Bad:
        progression: cut-down
        total: 6 mi
        every: 1 mi
        from: marathon
        drop: 20 s/mi
        to: 10k
    Good:
        progression: cut-down
        total: 5 mi
        every: 1 mi
        from: easy
        to: 10k
    """
    threshold = workout.profile.threshold_mps
    if not workout.is_progression or _is_apart(workout) or threshold is None:
        return
    hard = [bar for bar in workout.work if (workout.asked(bar) or 0.0) >= MARATHON_TO_THRESHOLD]
    metres, unit = sum(bar.seconds * bar.effort * threshold for bar in hard), workout.runner.pace_unit
    found, most = (round(amount / METRES_PER[unit], 2) for amount in (metres, MOST_MILES * MILE))
    if found > most:
        message = f"{found:g} {unit} of this progression is at threshold pace or faster ({most:g} {unit} at most)"
        yield Finding(message, span_of(hard[0].step), "shorten it, or get to that pace later")


@rule("S-MONO", "workout", Evidence.SOURCE)
def monotone(workout: WorkoutSubject) -> Iterator[Finding]:
    """A step of a workout with the tag `progression` that is slower than the one before.

    A progression ends with its fastest running (an article on progression runs). Recoveries, walks and the cool-down
    may come between and after; up to 1 % slower counts as the same speed.

    Bad:
        tags: [progression]
        steps: 20 min @ easy, 20 min @ half, 20 min @ marathon
    Good:
        tags: [progression]
        steps: 20 min @ easy, 20 min @ marathon, 20 min @ half
    """
    if not workout.is_tagged("progression") or workout.is_walk_run:
        return
    for before, later in pairwise(bar for bar in workout.work if is_paced(bar.step) or workout.asked(bar) is not None):
        if workout.can_compare(before, later) and later.effort < before.effort * (1 - SLOWER):
            slower = f"{workout.speed_text(later)} after {workout.speed_text(before)}"
            message = f"this progression slows down: {slower}"
            yield Finding(message, span_of(later.step), "put the slower part first, or make it a `cooldown`")


@rule("S-JUMP", "workout", Evidence.OPINION, Severity.NOTE)
def jump(workout: WorkoutSubject) -> Iterator[Finding]:
    """A single step of a progression that is more than 20 % faster than the one before.

    A progression is gradual. The rule of thirds goes up by 10 to 16 % in speed, so more than 20 % at once skips a gear
    (our judgement, from the steps in an article).

    Bad: `20 min @ easy, 10 min @ steady, 3 min @ mile, cooldown 10 min`
    Good: `20 min @ easy, 10 min @ steady, 5 min @ threshold, 3 min @ 5k, cooldown 10 min`
    """
    if not workout.is_progression or workout.is_walk_run:
        return
    for before, later in pairwise(workout.work):
        if not workout.can_compare(before, later):
            continue
        more = round(100 * (later.effort / before.effort - 1))
        if more > BIGGEST_JUMP:
            steps = f"from {workout.speed_text(before)} to {workout.speed_text(later)}"
            message = f"{steps} is {more} % faster at once ({BIGGEST_JUMP} % at most)"
            cure = "add something in between, such as a few minutes at marathon pace"
            yield Finding(message, span_of(later.step), cure, Severity.NOTE)


@rule("S-DROP15", "workout", Evidence.SOURCE)
def split_drop(workout: WorkoutSubject) -> Iterator[Finding]:
    """A cut-down whose splits do not get 15 to 30 seconds a mile (9 to 19 s/km) faster.

    Less is hard to feel and to hold, more is a sprint at the end (an article on mile-by-mile runs). The biggest step
    counts: splits may stay at the final pace once it is reached. A cut-down is a run without a break in at least three
    equal splits of a mile or less, each no slower than the one before.

    Bad:
        progression: cut-down
        total: 3 mi
        every: 1 mi
        from: easy
        to: 5k
    Good:
        progression: cut-down
        total: 5 mi
        every: 1 mi
        from: easy
        to: 5k
    """
    bars = splits(workout)
    is_by_miles = bool(bars) and abs(_lengths(bars, Distance)[-1] - MILE) < 1
    unit = "mi" if is_by_miles else workout.runner.pace_unit
    drop = max((round(change * METRES_PER[unit]) for change in _changes(bars)), default=None)
    least, most = (round(seconds * METRES_PER[unit] / MILE) for seconds in SPLIT_DROP)
    if drop is None or least <= drop <= most or _is_apart(workout):
        return
    message = f"the splits get faster by {drop} s/{unit} ({least} to {most} s/{unit} is a good step)"
    few = "run fewer splits, or start slower" if drop < least else "run more splits, or start faster"
    yield Finding(message, span_of(workout.work[0].step), few)


@rule("S-DROP", "workout", Evidence.OPINION, Severity.NOTE)
def block_drop(workout: WorkoutSubject) -> Iterator[Finding]:
    """A fast finish whose blocks do not get 2 to 15 s/km faster.

    The idea is a few seconds per kilometre every five minutes (a coach's article). From easy to half-marathon pace in
    four blocks that is 8 to 11; much less does not get you there, much more is a jump (our judgement). A fast finish is
    a run without a break whose last parts are equally long, and whose first is at least twice as long as they are.

    Bad:
        progression: fast finish
        total: 60 min
        base: easy
        finish: 10 min
        every: 5 min
        to: 5k
    Good:
        progression: fast finish
        total: 90 min
        base: easy
        finish: 20 min
        every: 5 min
        to: half
    """
    drop = max((change * 1000 for change in _changes(blocks(workout))), default=None)
    least, most = BLOCK_DROP
    if drop is None or least <= round(drop) <= most or _is_apart(workout):
        return
    message = f"the blocks of this finish get faster by {drop:.0f} s/km ({least:g} to {most:g} s/km is a good step)"
    cure = "make the finish shorter, or end faster" if drop < least else "make the finish longer, or end slower"
    yield Finding(message, span_of(workout.work[1].step), cure, Severity.NOTE)


# --- What they look at -------------------------------------------------------------------------


def splits(workout: WorkoutSubject) -> Sequence[Bar]:
    """The splits of a cut-down; none if it is no such run. What does not divide is in the first."""
    work = workout.work
    lengths = _lengths(work, Distance)
    if not lengths or lengths[0] >= 2 * lengths[-1] or lengths[-1] > MILE + 1:
        return ()
    return work if _are_faster(workout, work) and _are_equal(lengths) else ()


def blocks(workout: WorkoutSubject) -> Sequence[Bar]:
    """The blocks of a fast finish, without its base; none if it is no such run."""
    work = workout.work
    lengths = _lengths(work, Duration) or _lengths(work, Distance)
    if not lengths or lengths[0] < 2 * lengths[-1] or not workout.is_progression:
        return ()
    finish = work[1:]
    return finish if _are_faster(workout, finish) and _are_equal(lengths[1:]) else ()


def _lengths(bars: Sequence[Bar], kind: type[Distance] | type[Duration]) -> list[float]:
    """Metres or seconds of at least three parts; none where they are not all of a kind."""
    lengths = [bar.step.length for bar in bars]
    found = [one.metres if isinstance(one, Distance) else one.seconds for one in lengths if isinstance(one, kind)]
    return found if len(found) == len(lengths) >= 3 else []


def _are_equal(lengths: Sequence[float]) -> bool:
    """Whether all are as long as the last, but for the first, which may hold what did not divide."""
    return all(abs(one - lengths[-1]) < 1 for one in lengths[1:]) and lengths[0] >= lengths[-1] - 1


def _are_faster(workout: WorkoutSubject, bars: Sequence[Bar]) -> bool:
    rises = all(later.effort >= before.effort * (1 - SAME_SPEED) for before, later in pairwise(bars))
    in_all = bars[-1].effort > bars[0].effort * (1 + SAME_SPEED)
    return rises and in_all and all(is_paced(bar.step) for bar in bars) and workout.is_unbroken(workout.work)


def _changes(bars: Sequence[Bar]) -> list[float]:
    """How much faster each is than the one before, in seconds a metre."""
    paces = [_pace(bar) for bar in bars]
    return [before - later for before, later in pairwise(paces)]


def _pace(bar: Bar) -> float:
    """Seconds a metre at the middle of a pace target."""
    target = bar.step.target
    assert isinstance(target, Band)
    return 2_000 / (target.low + target.high)


def _is_apart(workout: WorkoutSubject) -> bool:
    """Whether it is no training run that gets faster: a race, a test, a session of running and walking."""
    return workout.is_walk_run or workout.is_race_or_test


def _is_single(workout: WorkoutSubject, bar: Bar) -> bool:
    """Whether a pace was written as one and widened: its fast edge is then nobody's wish."""
    target = bar.step.target
    if not is_paced(bar.step) or not isinstance(target, Band):
        return False
    return any(_widens(one, target) for one in _tolerances(workout))


def _tolerances(workout: WorkoutSubject) -> Iterator[Tolerance]:
    """What widens single paces anywhere in the workout."""
    for step in workout.written:
        own = [one.tolerance for one in step.targets if isinstance(one, PaceTarget)]
        yield from (one for one in (step.tolerance, *own) if one)
    yield workout.workout.expanded.tolerance or workout.runner.tolerance or DEFAULT_TOLERANCE


def _widens(tolerance: Tolerance, band: Band) -> bool:
    """Whether a band is as wide as a tolerance makes a single pace."""
    if isinstance(tolerance, Percent):
        return abs((band.high - band.low) / (band.high + band.low) - abs(tolerance.ratio)) < SAME_SPEED / 4
    width = 1000 / band.low - 1000 / band.high
    return abs(width - 2 * abs(tolerance.seconds_per_metre)) < 0.0002
