"""What the rules look at: a workout as it will be run, whatever it was written as."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

from negsplit.compile import CompiledWorkout
from negsplit.diagnostics import Span
from negsplit.estimate.kinds import HARD_SHARE, is_hard, is_run, is_walk
from negsplit.estimate.profile import Bar, Profile
from negsplit.estimate.reckoning import reckon
from negsplit.model import Item, Origin, Repeat, Step
from negsplit.program.model import Band, ProgramStep, Quantity, Zone
from negsplit.units import pace_text

EASY_FAST_SHARE = 0.86
"""The fast edge of easy pace as a share of threshold speed: 73 % of VDOT."""
MARATHON_SHARE = 0.94
"""Marathon pace as a share of threshold speed, where a runner's own is not known."""
HALF_SHARE = 0.965
"""Half-marathon pace as a share of threshold speed, where a runner's own is not known."""
INTERVAL_SHARE = 1.08
"""Interval pace likewise: 97.5 % of VDOT."""
EASY_EFFORT: Final = 4
"""RPE: where easy running ends."""
MARATHON_TO_THRESHOLD = 0.995
"""Speeds from here up count as threshold pace: the centre of a target written as threshold."""
REPETITION_SHARE = 1.1
"""Speeds from here up are run for speed, with full rests: about 3 km pace."""

TURNS: Final = 2
"""So many runs with a walk behind make a walk-run."""
_WALK_RUN: Final = "walk_run"
_NO_PROGRESSIONS: Final = frozenset(("ladder", _WALK_RUN))
FEWEST_PARTS = 3
"""So many steps, each no slower than the one before, make a progression of a run that is not called one."""
WARMED_UP: Final = 300.0
"""Seconds of warm-up behind which a progression does not begin with its first step."""
SAME_SPEED = 0.002
"""Speeds this near to each other are one: what rounding to millimetres a second makes of a pace."""


class WorkoutSubject:
    """A compiled workout with what rules ask of it. Bars are its steps in the order run, repeats unrolled."""

    def __init__(self, workout: CompiledWorkout, *, in_plan: bool = False) -> None:
        self.workout, self.in_plan = workout, in_plan
        self.program, self.runner = workout.program, workout.runner

    @cached_property
    def profile(self) -> Profile:
        """Its steps in the order run."""
        return self.workout.profile

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Every step as it is run, in order."""
        return self.profile.bars

    @property
    def span(self) -> Span | None:
        """Where the workout is named."""
        return self.workout.expanded.span

    @property
    def steps(self) -> Iterator[ProgramStep]:
        """Every step once, as it stands in the program."""
        return (step for step in self.program.steps if isinstance(step, ProgramStep))

    @cached_property
    def written(self) -> tuple[Step, ...]:
        """Every step once, as its text says it."""
        return tuple(steps_in(self.workout.expanded.steps))

    def written_as(self, step: ProgramStep) -> Step | None:
        """The step of the text that a step of the program comes from; None for one that a progression wrote."""
        place = span_of(step)
        return self._written_at.get((place.source.name, place.start)) if place else None

    @cached_property
    def _written_at(self) -> dict[tuple[str, int], Step]:
        return {(one.span.source.name, one.span.start): one for one in self.written if one.span}

    @cached_property
    def work(self) -> tuple[Bar, ...]:
        """The running it is about: neither warm-up, recovery, rest, walk nor cool-down."""
        return tuple(bar for bar in self.bars if is_run(bar.step))

    # What kind of workout it is.

    def is_tagged(self, *tags: str) -> bool:
        """Whether it bears one of the tags."""
        return any(tag.strip().lower() in tags for tag in self.workout.expanded.tags)

    @property
    def is_race(self) -> bool:
        """Whether it has the tag `race`: rules for training leave it alone."""
        return self.is_tagged("race")

    @property
    def is_race_or_test(self) -> bool:
        """Whether it is run for what comes out, not for training."""
        return self.is_tagged("race", "test")

    @property
    def is_called_walk_run(self) -> bool:
        """Whether it has the tag."""
        return self.is_tagged("walk-run", "walk run", "run-walk")

    @cached_property
    def is_walk_run(self) -> bool:
        """Whether it is a session of running and walking, to which the rules for running do not apply.

        It has the tag `walk-run`, or walking takes turns with most of its running. What `walk_run` wrote is a turn at
        any speed; of other runs with a walk behind, those are not that are hard, or of which that is not known: they
        may be intervals, hills or strides.
        """
        moves = [bar for bar in self.bars if is_run(bar.step) or is_walk(bar.step)]
        before_walks = [run for run, walk in pairwise(moves) if not is_walk(run.step) and is_walk(walk.step)]
        written = [bar for bar in self.work if _generator(bar.step) == _WALK_RUN]
        easy = [bar for bar in before_walks if _generator(bar.step) != _WALK_RUN and self._is_known_not_hard(bar)]
        in_turns = sum(bar.seconds for bar in (*written, *easy))
        is_most = 2 * in_turns >= sum(bar.seconds for bar in self.work)
        return self.is_called_walk_run or (is_most and (bool(written) or len(easy) >= TURNS))

    def _is_known_not_hard(self, bar: Bar) -> bool:
        reckoned = reckon(bar.step, self.runner)
        return reckoned.share.known and not is_hard(bar.step, reckoned)

    @cached_property
    def is_progression(self) -> bool:
        """Whether it is called one, was written as one, or is one.

        That is an unbroken run that gets faster in three steps or more, to more than easy, but for one that begins
        hard behind a warm-up: that is a tempo run.
        """
        return self.is_tagged("progression") or self._is_written_as_one or self._rises

    @property
    def _is_written_as_one(self) -> bool:
        """Whether a progression makes its running, once: one that comes again in a repeat makes intervals."""
        parts: dict[Span | None, list[int]] = {}
        for bar in self.work:
            origin = _origin(bar.step)
            if origin and origin.generator not in _NO_PROGRESSIONS:
                parts.setdefault(span_of(bar.step), []).append(origin.part)
        return any(run.count(min(run)) == 1 for run in parts.values())

    @property
    def _rises(self) -> bool:
        work = self.work
        if len(work) < FEWEST_PARTS or not self.is_unbroken(work):
            return False
        if any(not self.can_compare(*pair) for pair in pairwise(work)):
            return False
        is_tempo = (self.share(work[0]) or 0.0) >= HARD_SHARE and self.moved_before(work[0]) >= WARMED_UP
        never_slower = all(later.effort >= before.effort * (1 - SAME_SPEED) for before, later in pairwise(work))
        is_faster = work[-1].effort > max(work[0].effort * (1 + SAME_SPEED), self.easy_fast_share)
        return never_slower and is_faster and not is_tempo

    def is_unbroken(self, bars: Sequence[Bar]) -> bool:
        """Whether they follow each other without anything between."""
        first = self.bars.index(bars[0]) if bars else 0
        return list(self.bars[first : first + len(bars)]) == list(bars)

    # How fast its steps are.

    def share(self, bar: Bar) -> float | None:
        """Speed as a share of threshold speed; None where that is not known.

        That is a pace without anybody's threshold, a heart rate or a power without anybody's numbers.
        """
        target = bar.step.target
        if is_paced(bar.step):
            return None if self.profile.threshold_mps is None else bar.effort
        if isinstance(target, Band) and _effort(bar.step) is None:
            rates = self.runner.heart_rates
            if target.quantity is Quantity.HEART_RATE and not (rates.threshold or rates.max):
                return None
            if target.quantity is Quantity.POWER and not self.runner.critical_power:
                return None
        return bar.effort

    def asked(self, bar: Bar) -> float | None:
        """The share of threshold speed that a target or an effort asks for; None where that is not known."""
        return self.share(bar) if is_asked(bar.step) else None

    def can_compare(self, one: Bar, other: Bar) -> bool:
        """Whether it is known which of two is to be run faster: two paces need nobody's threshold for that."""
        if is_paced(one.step) and is_paced(other.step):
            return True
        return self.asked(one) is not None and self.asked(other) is not None

    @property
    def easy_fast_share(self) -> float:
        """The fast edge of the runner's easy pace, as a share of threshold speed."""
        return self._share_of("easy", EASY_FAST_SHARE)

    @property
    def marathon_share(self) -> float:
        """The runner's marathon pace, as a share of threshold speed."""
        return self._share_of("marathon", MARATHON_SHARE)

    @property
    def half_share(self) -> float:
        """The runner's half-marathon pace, as a share of threshold speed."""
        return self._share_of("half", HALF_SHARE)

    @property
    def interval_share(self) -> float:
        """The runner's interval pace, as a share of threshold speed."""
        return self._share_of("interval", INTERVAL_SHARE)

    def _share_of(self, name: str, usual: float) -> float:
        known, threshold = self.runner.paces.get(name), self.profile.threshold_mps
        return known.fast_mps / threshold if known and threshold else usual

    def seconds_once(self, bar: Bar) -> float:
        """The seconds of a step; where a profile is too long for all rounds, one bar stands for all of them."""
        once = reckon(bar.step, self.runner).seconds
        return once.middle if once.known and once.middle else bar.seconds

    @cached_property
    def is_folded(self) -> bool:
        """Whether it is so long that one bar stands for all rounds of a repeat."""
        return any(bar.seconds > self.seconds_once(bar) + 0.5 for bar in self.bars if not bar.assumed)

    def moved_before(self, bar: Bar) -> float:
        """Seconds on the feet before it."""
        return sum(one.seconds for one in self.bars if one.start < bar.start and not one.still)

    # What messages say.

    def speed_text(self, bar: Bar, share: float | None = None) -> str:
        """How fast a step is, as it was asked for: ``4:58/km``, ``RPE 6``, ``97 % of threshold speed``."""
        effort = _effort(bar.step)
        if is_paced(bar.step):
            share = bar.effort if share is None else share
            return self.pace_text(share)
        if effort and bar.step.target is None:
            low, high = effort
            return f"RPE {low}" if low == high else f"RPE {low}-{high}"
        return f"{(bar.effort if share is None else share) * 100:.0f} % of threshold speed"

    def pace_text(self, share: float) -> str:
        """A share of threshold speed as a pace; of what the picture is drawn to where no threshold is known."""
        mps = self.profile.mps
        if mps is None:
            return f"{share * 100:.0f} % of threshold speed"
        return f"{pace_text(share * mps, self.runner.pace_unit)}/{self.runner.pace_unit}"


def is_paced(step: ProgramStep) -> bool:
    """Whether the target is a pace or a speed."""
    return isinstance(step.target, Band) and step.target.quantity is Quantity.SPEED


def is_asked(step: ProgramStep) -> bool:
    """Whether a target or an effort says how fast: a cadence does not."""
    target = step.target
    if isinstance(target, Band) and target.quantity is not Quantity.CADENCE:
        return True
    return isinstance(target, Zone) or _effort(step) is not None


def steps_in(items: tuple[Item, ...]) -> Iterator[Step]:
    """The steps of an expanded workout as they were written, those of repeats once."""
    for item in items:
        if isinstance(item, Repeat):
            yield from steps_in(item.steps)
        elif isinstance(item, Step):
            yield item


def span_of(step: ProgramStep) -> Span | None:
    """The line that wrote a step."""
    return step.written.span if step.written else None


def in_percent(share: float) -> int:
    """A share in whole per cents: what is printed, and what limits are compared with, so that the two agree."""
    return round(100 * round(share, 9))


def percent(share: float) -> str:
    """``31 %``."""
    return f"{in_percent(share)} %"


def minutes_text(seconds: float) -> str:
    """Seconds for people: ``45 s``, ``2 min``, ``2:30``."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    return f"{minutes}:{rest:02d}" if rest else f"{minutes} min"


def _origin(step: ProgramStep) -> Origin | None:
    return step.written.origin if step.written else None


def _generator(step: ProgramStep) -> str:
    origin = _origin(step)
    return origin.generator if origin else ""


def _effort(step: ProgramStep) -> tuple[int, int] | None:
    return step.written.effort if step.written else None
