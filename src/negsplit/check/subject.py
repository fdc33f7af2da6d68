"""What the rules look at: a workout as it will be run, whatever it was written as."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from negsplit.compile import CompiledWorkout
from negsplit.diagnostics import Span
from negsplit.model import Role
from negsplit.profile import Bar, Profile
from negsplit.program import Band, Intensity, Quantity, Step, Zone
from negsplit.totals import HARD_SHARE
from negsplit.units import pace_text

EASY_FAST_SHARE = 0.86
"""The fast edge of easy pace as a share of threshold speed: 73 % of VDOT."""
MARATHON_SHARE = 0.94
"""Marathon pace as a share of threshold speed, where a runner's own is not known."""
MARATHON_TO_THRESHOLD = 0.995
"""Speeds from here up count as threshold pace: the centre of a target written as threshold."""
REPETITION_SHARE = 1.1
"""Speeds from here up are run for speed, with full rests: about 3 km pace."""

FEWEST_PARTS = 3
"""So many steps, each no slower than the one before, make a progression of a run that is not called one."""
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
    def steps(self) -> Iterator[Step]:
        """Every step once, as it stands in the program."""
        return (step for step in self.program.steps if isinstance(step, Step))

    @cached_property
    def work(self) -> tuple[Bar, ...]:
        """The running it is about: neither warm-up, recovery, rest, walk nor cool-down."""
        return tuple(bar for bar in self.bars if is_run(bar.step))

    # What kind of workout it is.

    def is_tagged(self, *tags: str) -> bool:
        """Whether it bears one of the tags."""
        return any(tag.strip().lower() in tags for tag in self.workout.expanded.tags)

    @cached_property
    def is_walk_run(self) -> bool:
        """Whether running and walking take turns: at least two walks with running before each."""
        return len(self._before_walks) >= 2

    @cached_property
    def is_easy_walk_run(self) -> bool:
        """Whether they do so as a programme of its own, to which the rules for running do not apply.

        Most of its walks have easy running before; walks after hard running are the recoveries of intervals, unless
        the workout has the tag `walk-run`.
        """
        shares = [self.share(bar) for bar in self._before_walks]
        easy = sum(1 for share in shares if share is not None and share < HARD_SHARE)
        return self.is_walk_run and (self.is_tagged("walk-run") or 2 * easy > len(shares))

    @cached_property
    def _before_walks(self) -> tuple[Bar, ...]:
        """The runs that end in a walk."""
        moves = [bar for bar in self.bars if is_run(bar.step) or is_walk(bar.step)]
        return tuple(run for run, walk in pairwise(moves) if not is_walk(run.step) and is_walk(walk.step))

    @cached_property
    def is_progression(self) -> bool:
        """Whether it is called one, or is one: an unbroken run that gets faster in steps and does not begin hard."""
        return self.is_tagged("progression") or self._rises

    @property
    def _rises(self) -> bool:
        work = self.work
        if len(work) < FEWEST_PARTS or not self.is_unbroken(work):
            return False
        if any(not self.can_compare(*pair) for pair in pairwise(work)):
            return False
        starts_hard = (self.share(work[0]) or 0.0) >= HARD_SHARE
        never_slower = all(later.effort >= before.effort * (1 - SAME_SPEED) for before, later in pairwise(work))
        return never_slower and not starts_hard and work[-1].effort > work[0].effort * (1 + SAME_SPEED)

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
        """The fast edge of the runner's easy pace."""
        return self._share_of("easy", EASY_FAST_SHARE)

    @property
    def marathon_share(self) -> float:
        """The runner's marathon pace."""
        return self._share_of("marathon", MARATHON_SHARE)

    def _share_of(self, name: str, usual: float) -> float:
        known, threshold = self.runner.paces.get(name), self.profile.threshold_mps
        return known.fast_mps / threshold if known and threshold else usual

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


def is_walk(step: Step) -> bool:
    """Whether a step is walked or hiked."""
    return bool(step.written and step.written.role in (Role.WALK, Role.HIKE))


def is_run(step: Step) -> bool:
    """Whether a step is work: neither warm-up, recovery, rest nor cool-down."""
    return step.intensity is Intensity.ACTIVE and not is_walk(step)


def is_recovery(step: Step) -> bool:
    """Whether a step is there to recover: jogged, walked or stood."""
    return step.intensity in (Intensity.RECOVERY, Intensity.REST)


def is_paced(step: Step) -> bool:
    """Whether the target is a pace or a speed."""
    return isinstance(step.target, Band) and step.target.quantity is Quantity.SPEED


def is_asked(step: Step) -> bool:
    """Whether a target or an effort says how fast: a cadence does not."""
    target = step.target
    if isinstance(target, Band) and target.quantity is not Quantity.CADENCE:
        return True
    return isinstance(target, Zone) or _effort(step) is not None


def span_of(step: Step) -> Span | None:
    """The line that wrote a step."""
    return step.written.span if step.written else None


def minutes_text(seconds: float) -> str:
    """Seconds for people: ``45 s``, ``2 min``, ``2:30``."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    return f"{minutes}:{rest:02d}" if rest else f"{minutes} min"


def _effort(step: Step) -> tuple[int, int] | None:
    return step.written.effort if step.written else None
