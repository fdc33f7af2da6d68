"""Rules for hard running: what leads up to it, how much of it there is, and what comes behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from negsplit.check.rule import Evidence, Finding, rule
from negsplit.check.subject import (
    MARATHON_TO_THRESHOLD,
    SAME_SPEED,
    WorkoutSubject,
    is_paced,
    minutes_text,
    span_of,
)
from negsplit.diagnostics import Help, Severity, Span
from negsplit.estimate.kinds import HARD_SHARE, is_walk
from negsplit.estimate.profile import Bar
from negsplit.program.model import Intensity
from negsplit.units import Distance, shown

WARM_UP: Final = 300.0
"""Seconds on the feet before anything at threshold pace."""
COOL_DOWN, BETTER_COOL_DOWN = 180.0, 300.0
"""Seconds of easy running or walking behind the last hard step."""
HARD_IN_ALL: Final = 180.0
"""Seconds of hard running that ask for a cool-down: a few strides do not."""
COOLING_SHARE: Final = 0.88
"""Of threshold speed: running up to here cools down, whatever it is called."""
STRIDE_SECONDS: Final = 30.0
"""Steps up to here are strides: they end no hard running."""
LONG_BOUT, TOO_LONG_BOUT, BEST_BOUT = 5.5 * 60, 8 * 60.0, 5
"""Seconds at interval pace or faster without a break, and the minutes at which Daniels stops."""
MOST_AT_THRESHOLD: Final = 2400.0
"""Seconds."""


_BEFORE: Final = ("\n", "\n-", " -", ",", "steps:")
"""What a step stands behind in a line of steps; behind a role's key nothing can follow it."""


@rule("S-COOL", "workout", Evidence.SOURCE, Severity.WARNING, Severity.NOTE)
def cool_down(workout: WorkoutSubject) -> Iterator[Finding]:
    """Less than 3 minutes of walking or easy running after the last hard step.

    Five minutes of walking or jogging bring heart rate and breathing down gently (an article on mile-by-mile runs).
    Hard means 95 % of threshold speed or faster, for three minutes or more in all; standing is not a cool-down. After
    half-marathon pace or slower it is a note. Strides of up to 30 seconds may come before or after the cool-down. Races
    and walk-runs are exempt.

    Bad: `10 min @ easy, 20 min @ threshold`
    Good: `10 min @ easy, 20 min @ threshold, cooldown 5 min`
    """
    hard = [bar for bar in _hard(workout, HARD_SHARE) if bar.seconds > STRIDE_SECONDS]
    if workout.is_walk_run or workout.is_race or sum(bar.seconds for bar in hard) < HARD_IN_ALL:
        return
    last = hard[-1]
    seconds = sum(bar.seconds for bar in workout.bars if bar.start > last.start and _cools(workout, bar))
    if seconds < COOL_DOWN - 0.5:
        found = f"only {minutes_text(seconds)} of cool-down" if seconds else "no cool-down"
        least = f"{minutes_text(COOL_DOWN)} at least, {minutes_text(BETTER_COOL_DOWN)} is better"
        is_fast = last.effort > workout.half_share * (1 + SAME_SPEED)
        severity = Severity.WARNING if is_fast else Severity.NOTE
        message = f"{found} after the last hard step ({least})"
        yield Finding(message, span_of(last.step), _cooled_down(workout, last), severity)


@rule("S-WARMUP", "workout", Evidence.CONVENTION)
def warm_up(workout: WorkoutSubject) -> Iterator[Finding]:
    """Running at threshold pace or faster in the first 5 minutes.

    Cold muscles are slow and tear more easily; ten to fifteen easy minutes are usual (coaching convention). A
    progression is its own warm-up and exempt. So are walk-runs, and races, whose warm-up is not part of them.

    Bad: `5x(1 km @ interval, 3 min), cooldown 10 min`
    Good: `warmup 10 min @ easy, 5x(1 km @ interval, 3 min), cooldown 10 min`
    """
    if workout.is_progression or workout.is_walk_run or workout.is_race:
        return
    for bar in _hard(workout, MARATHON_TO_THRESHOLD)[:1]:
        seconds = workout.moved_before(bar)
        if seconds < WARM_UP - 0.5:
            when = f"after a warm-up of only {minutes_text(seconds)}" if seconds else "without a warm-up"
            message = f"{workout.speed_text(bar)} {when} (run easy for at least {minutes_text(WARM_UP)} first)"
            yield Finding(message, span_of(bar.step), "start with `warmup 10 min @ easy`")


@rule("S-TEMPO", "workout", Evidence.CONVENTION, Severity.NOTE)
def tempo(workout: WorkoutSubject) -> Iterator[Finding]:
    """More than 40 minutes at threshold pace or faster.

    Threshold pace is what you could race for an hour. Twenty minutes in one go or forty in several pieces are a full
    session (Daniels, *Running Formula*; coaching convention). Races and tests are exempt.

    Bad: `warmup 10 min @ easy, 45 min @ threshold, cooldown 10 min`
    Good: `warmup 10 min @ easy, 3x(10 min @ threshold, 2 min), cooldown 10 min`
    """
    if workout.is_walk_run or workout.is_race_or_test:
        return
    hard = _hard(workout, MARATHON_TO_THRESHOLD)
    seconds = sum(bar.seconds for bar in hard)
    if seconds > MOST_AT_THRESHOLD + 0.5:
        message = f"{minutes_text(seconds)} at threshold pace or faster ({minutes_text(MOST_AT_THRESHOLD)} is plenty)"
        yield Finding(message, span_of(hard[0].step), "run fewer or shorter pieces, or slow them down", Severity.NOTE)


@rule("S-ILONG", "workout", Evidence.OPINION, Severity.WARNING, Severity.NOTE)
def long_bout(workout: WorkoutSubject) -> Iterator[Finding]:
    """More than five and a half minutes at interval pace or faster without a break.

    Intervals at that pace last 3 to 5 minutes (Daniels, *Running Formula*): you could race it for about twelve, and a
    kilometre takes a slow runner twice as long as a fast one. Over five and a half minutes is a note, over eight a
    warning. Only paces are judged; races and tests are exempt.

    Bad: `warmup 15 min, 3x(2 km @ interval, 3 min), cooldown 10 min`
    Good: `warmup 15 min, 5x(4 min @ interval, 3 min), cooldown 10 min`
    """
    if workout.is_walk_run or workout.is_race_or_test:
        return
    for bar in workout.work:
        share = workout.asked(bar) if is_paced(bar.step) else None
        seconds = workout.seconds_once(bar)
        if share is None or share < workout.interval_share * (1 - SAME_SPEED) or round(seconds) <= LONG_BOUT:
            continue
        length = bar.step.length
        so_long = f"{shown(length)} takes you {minutes_text(seconds)}" if isinstance(length, Distance) else f"{length}"
        message = f"{so_long} at interval pace or faster ({BEST_BOUT} min is plenty)"
        severity = Severity.WARNING if round(seconds) > TOO_LONG_BOUT else Severity.NOTE
        yield Finding(message, span_of(bar.step), "run `4 min` instead, or slow down", severity)


def _cooled_down(workout: WorkoutSubject, last: Bar) -> Help:
    """A cool-down behind the last step, where that is a line, or ends one, in a text of steps."""
    title, span = "end with `cooldown 5 min`", span_of(last.step)
    is_last = workout.program.steps[-1:] == (last.step,)
    if span is None or span.notes or not is_last or not span.source.text[: span.start].rstrip(" ").endswith(_BEFORE):
        return title
    end = Span(span.source, span.end, span.end)
    return end.cure(title, "", ", cooldown 5 min")


def _hard(workout: WorkoutSubject, share: float) -> Sequence[Bar]:
    """The work that is asked for at so much of threshold speed and above."""
    return [bar for bar in workout.work if (workout.asked(bar) or 0.0) >= share]


def _cools(workout: WorkoutSubject, bar: Bar) -> bool:
    if bar.still:
        return False
    eases = bar.step.intensity in (Intensity.COOLDOWN, Intensity.RECOVERY) or is_walk(bar.step)
    share = workout.share(bar)
    return eases or (share is not None and share <= COOLING_SHARE)
