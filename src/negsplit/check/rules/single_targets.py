"""Rules for single targets: what a watch can hold a runner to, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from negsplit.check.rule import Evidence, Finding, rule
from negsplit.check.subject import WorkoutSubject, is_asked, is_paced, span_of
from negsplit.diagnostics import Severity
from negsplit.estimate.kinds import is_run, is_walk
from negsplit.estimate.profile import Bar
from negsplit.model import Lap, Sport
from negsplit.program.bounds import only_edge
from negsplit.program.model import Band, Intensity, ProgramStep, Quantity, Zone
from negsplit.targets import HeartRateZones
from negsplit.units import Distance, Duration, shown

SHORT_SECONDS, SHORT_METRES = 45, 200
"""A watch needs longer to measure a pace (a judgement)."""
LAGGING_SECONDS: Final = 120.0
"""What a heart takes to follow, in seconds."""
NARROWEST_BAND, ROUNDING = 5.0, 0.5
"""Seconds a kilometre: the narrowest in coaches' articles, and what millimetres a second make of it."""
WIDEST_BAND: Final = 20
"""Per cent from slow edge to fast edge, as speeds."""
ABOVE_EASY: Final = 0.90
"""Of threshold speed: running up to here is easy, and a band may be wide."""

HILL: Final = re.compile(
    r"\b(up|down)?hills?\b|\bhilly\b|\bclimb(s|ing)?\b|\bstairs\b|\btrails?\b"
    r"|\b(up|down)?slopes?\b|\binclines?\b|\b(de|a)scents?\b|\bsteep\b",
    re.IGNORECASE,
)
_TRAILS, _HILLS = ("trail", "trails"), ("hill", "hills")
_OWN_EFFORT: Final = re.compile(r"RPE \d+(-\d+)?")
"""A cue that the compiler wrote."""


@rule("S-SHORTPACE", "workout", Evidence.WATCH)
def short_pace(workout: WorkoutSubject) -> Iterator[Finding]:
    """A pace target on a step under 45 seconds or 200 metres.

    A watch needs longer than that to measure a pace, so it beeps at you even when you run it right. Go by effort.

    Bad: `8x(20 s @ repetition, walk 1 min)`
    Good: `8x(20 s @ RPE 9, walk 1 min)`
    """
    for step in workout.steps:
        length = step.length
        if not isinstance(length, Duration | Distance) or Quantity.SPEED not in _quantities(step):
            continue
        if length.seconds < SHORT_SECONDS if isinstance(length, Duration) else length.metres < SHORT_METRES:
            message = (
                f"{shown(length)} is too short for a pace target: a watch needs {SHORT_SECONDS} s or {SHORT_METRES} m"
            )
            yield Finding(message, span_of(step), "run it by effort, for example `@ RPE 9`", Severity.WARNING)


@rule("S-HRSTEP", "workout", Evidence.WATCH)
def short_heart_rate(workout: WorkoutSubject) -> Iterator[Finding]:
    """A heart-rate target on a step under 2 minutes.

    Your heart is one to two minutes behind your legs: on a short step the watch asks for more when you are already too
    fast. Go by pace or effort. Walk-runs are exempt: there it is a ceiling for the whole session.

    Bad: `8x(1 min @ HR 165..175, 1 min)`
    Good: `8x(1 min @ RPE 8, 1 min)`
    """
    if workout.is_walk_run:
        return
    for bar in workout.bars:
        length, seconds = bar.step.length, _seconds(workout, bar)
        if not isinstance(length, Duration | Distance) or seconds is None or seconds >= LAGGING_SECONDS - 0.5:
            continue
        if Quantity.HEART_RATE in _quantities(bar.step):
            message = f"{shown(length)} is too short for a heart-rate target: your heart takes about 2 min to catch up"
            yield Finding(message, span_of(bar.step), "run it by pace or effort, for example `@ RPE 8`")


@rule("S-HILLPACE", "workout", Evidence.SOURCE)
def hill_pace(workout: WorkoutSubject) -> Iterator[Finding]:
    """A pace target on a hill or a trail.

    Pace means nothing on a slope: held uphill it is a race, held downhill a jog. Run hills by effort (an article on
    walking and running; coaching convention). On trails that goes for every step; elsewhere for steps faster than easy
    pace in a workout with the tag `hills`, or whose cue names a hill. Treadmills are exempt: the belt holds the pace.

    Bad: `8x(1 min @ 5k -- up the hill, 2 min)`
    Bad:
        sport: trail_running
        steps: 60 min @ easy
    Good: `8x(1 min @ RPE 8 -- up the hill, 2 min)`
    Good:
        sport: trail_running
        steps: 60 min @ RPE 3
    """
    for bar in workout.bars:
        if is_paced(bar.step) and (is_run(bar.step) or is_walk(bar.step)) and is_uphill(workout, bar):
            message = f"a target of {workout.speed_text(bar)} on a hill or a trail, where pace means little"
            yield Finding(message, span_of(bar.step), "run it by effort, for example `@ RPE 8`, or `RPE 3` for easy")


@rule("S-BAND", "workout", Evidence.WATCH, Severity.NOTE)
def band_width(workout: WorkoutSubject) -> Iterator[Finding]:
    """A pace band narrower than 5 s/km, or one wider than 20 % on running faster than easy.

    The pace on a watch wavers by several seconds, so in a narrow band it beeps all the time. Five seconds are the
    narrowest band in coaches' articles (25 to 30 s/km slower than marathon pace). A wide band says nothing: its ends
    are two different workouts. Easy running may be as narrow or as wide as you like, and so may targets with one end.

    Bad: `20 min @ 4:41..4:38/km`
    Bad: `20 min @ easy..5k`
    Good: `20 min @ 4:45..4:35/km`
    """
    for bar in workout.bars:
        band = bar.step.target
        if not is_paced(bar.step) or not isinstance(band, Band):
            continue
        share = workout.asked(bar)
        if share is None or share <= ABOVE_EASY or only_edge(band):
            continue
        width = 1_000_000 / band.low - 1_000_000 / band.high
        if width < NARROWEST_BAND - ROUNDING:
            message = f"this pace band is {width:.2g} s/km wide: under {NARROWEST_BAND:g} s/km your watch keeps beeping"
            yield Finding(
                message, span_of(bar.step), "write a single pace: it gets 2 % of room on each side", Severity.NOTE
            )
        wide = round(100 * (bar.high / bar.low - 1))
        if is_run(bar.step) and wide > WIDEST_BAND:
            message = f"this pace band is {wide} % wide ({WIDEST_BAND} % at most when faster than easy)"
            yield Finding(message, span_of(bar.step), "write the pace you mean", Severity.NOTE)


@rule("S-OPENEND", "workout", Evidence.WATCH, Severity.NOTE)
def open_end(workout: WorkoutSubject) -> Iterator[Finding]:
    """A step in the middle that only the lap button ends, without a cue.

    In the middle of a run nobody remembers what the watch is waiting for; a cue says it. The warm-up, the cool-down and
    the last step need none.

    Bad: `warmup 10 min, 6x(1 min @ RPE 8, recover lap), cooldown 10 min`
    Good: `warmup 10 min, 6x(1 min @ RPE 8, recover lap -- jog down and press lap), cooldown 10 min`
    """
    if workout.is_walk_run:
        return
    for bar in workout.bars[:-1]:
        step = bar.step
        named = step.intensity in (Intensity.WARMUP, Intensity.COOLDOWN)
        if isinstance(step.length, Lap) and not named and (not step.cue or _OWN_EFFORT.fullmatch(step.cue)):
            message = "this step waits for the lap button, and no cue says when to press it"
            yield Finding(message, span_of(step), "add a cue, such as `-- press lap at the bottom`", Severity.NOTE)


@rule("S-ZONEDEP", "workout", Evidence.WATCH, Severity.NOTE)
def watch_zones(workout: WorkoutSubject) -> Iterator[Finding]:
    """A zone that depends on how the watch is set.

    Without your heart rates, `Z2` is left to the watch: the same file is another workout on another watch. Power zones
    always are; if your critical power is known, percentages of it are the same everywhere. To leave a zone to the watch
    on purpose, write `watch Z2`, or `zones: watch` in your athlete file. You are told once per workout.

    Bad: `30 min @ Z2`, without `heart_rate:` in the athlete
    Good: `30 min @ HR 130..145`
    """
    zones = [(step, one) for step in workout.steps for one in (step.target, step.second) if isinstance(one, Zone)]
    chosen = {
        step.span
        for step in workout.written
        if any(isinstance(target, HeartRateZones) and target.watch for target in step.targets)
    }
    if workout.runner.heart_rates.zones == "watch":
        zones = [(step, one) for step, one in zones if one.quantity is not Quantity.HEART_RATE]
    for quantity in (Quantity.HEART_RATE, Quantity.POWER):
        some = [(step, one.number) for step, one in zones if one.quantity is quantity and span_of(step) not in chosen]
        if not some or (quantity is Quantity.POWER and not workout.runner.critical_power):
            continue
        numbers = sorted({number for _, number in some})
        *others, last = [f"Z{number}" for number in numbers]
        names = f"{', '.join(others)} and {last} depend" if others else f"{last} depends"
        if quantity is Quantity.HEART_RATE:
            message = f"{names} on how your watch is set, because your heart rates are missing"
            cure = "add your own to your athlete file: `heart_rate: {threshold: 170}`"
        else:
            message = f"power {names} on how your watch is set, although your critical power is known"
            cure = "write a percentage of it: `60..75 % CP`"
        yield Finding(message, span_of(some[0][0]), cure, Severity.NOTE, weight=len(numbers))


def is_trail(workout: WorkoutSubject) -> bool:
    """Whether it is run on trails, as far as its sport and its tags say."""
    return workout.program.sport is Sport.TRAIL_RUNNING or workout.is_tagged(*_TRAILS)


def is_uphill(workout: WorkoutSubject, bar: Bar) -> bool:
    """Whether a step is run on a hill or a trail, as far as its sport, its tags, its name and its cue say."""
    if workout.program.sport is Sport.TREADMILL:
        return False
    if is_trail(workout):
        return True
    share = workout.asked(bar)
    if share is None or share <= ABOVE_EASY:
        return False
    return workout.is_tagged(*_HILLS) or HILL.search(f"{bar.step.own_name} {bar.step.cue}") is not None


def _quantities(step: ProgramStep) -> set[Quantity]:
    """What its targets are measured in."""
    return {target.quantity for target in (step.target, step.second) if target is not None}


def _seconds(workout: WorkoutSubject, bar: Bar) -> float | None:
    """How long a step lasts; None where that is not known."""
    length = bar.step.length
    if isinstance(length, Duration):
        return length.seconds
    threshold, share = workout.profile.threshold_mps, workout.share(bar)
    if isinstance(length, Distance) and threshold and share and is_asked(bar.step):
        return length.metres / (share * threshold)
    return None
