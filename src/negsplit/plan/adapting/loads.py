"""What a plan's runs and weeks come to, in distance or in time, as it is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from negsplit.estimate.profile import Bar
from negsplit.frozen import dataclass
from negsplit.plan.totals import PlanTotals, SessionTotals, WeekTotals
from negsplit.program.model import Intensity
from negsplit.units import METRES_PER, Distance, Duration, PaceUnit

WEEKS: Final = 3
"""What a week had before a break is the mean of so many weeks."""
LIGHTER: Final = 0.9
"""A week below this share of the highest before it is a lighter one: coaches cut 10 to 33 %."""
_SOME_FAST: Final = 120.0
"""Seconds of hard running beyond which a session is fast: strides have fewer."""
_EASY_MPS: Final = 2.5
"""6:40/km, where nobody knows how fast a runner is."""
_LEAST_KM, _LEAST_MINUTES = 3.0, 20.0
"""No run is made shorter than this: it is hardly worth the shoes."""
_GRID_MINUTES, _GRID_FAR = 5, 0.5


@dataclass(frozen=True, slots=True)
class Gauge:
    """What the runs of a plan are measured by: metres, or seconds where most of its easy ones are by time."""

    in_metres: bool
    unit: PaceUnit
    mps: float

    def of(self, run: SessionTotals) -> float:
        """A run in metres or seconds; of one that nobody can tell whatever is known of it."""
        known, other = (run.metres, run.seconds) if self.in_metres else (run.seconds, run.metres)
        if known is not None:
            return known
        return (other or 0.0) * (self.mps if self.in_metres else 1 / self.mps)

    def from_seconds(self, seconds: float) -> float:
        """What is run easily in so many seconds."""
        return seconds * self.mps if self.in_metres else seconds

    def seconds(self, amount: float) -> float:
        """The time of an easy run."""
        return amount / self.mps if self.in_metres else amount

    @property
    def least(self) -> float:
        """The shortest run worth it."""
        return _LEAST_KM * 1000 if self.in_metres else _LEAST_MINUTES * 60

    def written(self, amount: float) -> Distance | Duration:
        """An amount as a plan says it: halves of a kilometre or mile, or five minutes, rounded down."""
        if not self.in_metres:
            minutes = int(amount / 60 + 1e-6)
            return Duration((minutes - minutes % _GRID_MINUTES or minutes or 1) * 60_000)
        halves = max(int(amount / METRES_PER[self.unit] / _GRID_FAR + 1e-6), 1)
        return Distance(round(halves * _GRID_FAR * METRES_PER[self.unit] * 100))


def gauge(plan: PlanTotals) -> Gauge:
    """What suits a plan."""
    easy = [one for one in plan.sessions if one.workout and not is_fast(one)]
    runs = easy or [one for one in plan.sessions if one.workout]
    far = sum(_is_by_distance(one) for one in runs)
    both = [one for one in runs if one.metres and one.seconds]
    mps = sum(one.metres or 0 for one in both) / sum(one.seconds or 0 for one in both) if both else _EASY_MPS
    return Gauge(2 * far > len(runs), plan.unit, mps)


def _is_by_distance(one: SessionTotals) -> bool:
    bars: Sequence[Bar] = one.profile.bars if one.profile else ()
    return bool(bars) and isinstance(max(bars, key=lambda bar: bar.seconds).step.length, Distance)


def is_fast(one: SessionTotals) -> bool:
    """Whether there is more fast running in a session than strides, or it is a race."""
    return one.is_hard or max(one.hard_seconds, one.brisk_seconds) > _SOME_FAST


def has_strides(one: SessionTotals) -> bool:
    """Whether an easy run has a little fast running in it."""
    return not is_fast(one) and one.hard_seconds > 0


def work_share(one: SessionTotals) -> float:
    """How much of its time a session is neither warm-up nor cool-down."""
    bars: Sequence[Bar] = one.profile.bars if one.profile else ()
    around = (Intensity.WARMUP, Intensity.COOLDOWN)
    whole = sum(bar.seconds for bar in bars)
    return sum(bar.seconds for bar in bars if bar.step.intensity not in around) / whole if whole else 1.0


def trained(plan: PlanTotals, week: WeekTotals) -> list[SessionTotals]:
    """The runs of a week but for the race that the plan leads up to."""
    race = plan.plan.race
    return [one for one in week.sessions if one.is_run and not (race and one.planned.date == race.on)]
