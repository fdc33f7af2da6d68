"""How the running of one runner is measured: minutes to kilometres, and back to what stands in the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from negsplit.athlete.paces import Runner
from negsplit.frozen import dataclass
from negsplit.plan.make.numbers import BY_TIME_FROM, LOWEST_VDOT, USUAL_PACE
from negsplit.plan.make.wish import Wish
from negsplit.units import METRES_PER, Distance, Duration, PaceUnit

Unit = Literal["min", "km", "mi"]
"""What easy runs are written in."""

EFFORTS: Final[Mapping[str, int]] = {
    "easy": 3,
    "marathon": 5,
    "half": 6,
    "threshold": 7,
    "10k": 7,
    "interval": 8,
    "5k": 8,
}
"""The RPE that stands for a pace (a judgement; 7 is the effort of an hour's race)."""

_STEPS: Final[Mapping[Unit, float]] = {"min": 5.0, "km": 0.5, "mi": 0.5}
"""What they are rounded to."""
_SHORTEST: Final[Mapping[Unit, float]] = {"min": 15.0, "km": 0.5, "mi": 0.5}


@dataclass(frozen=True, slots=True)
class Gauge:
    """The speeds of a runner in km/min by the name of their pace, and the unit that easy runs are written in.

    ``by_effort`` plans name no pace; there all running counts as easy, so that kilometres are minutes throughout.
    ``is_assumed`` says that not even the easy pace is known. ``far`` is what distances are told in, whatever ``unit``.
    """

    speeds: Mapping[str, float]
    unit: Unit
    far: PaceUnit
    by_effort: bool
    is_assumed: bool

    @property
    def pace(self) -> float:
        """Minutes a kilometre at the middle of easy pace."""
        return 1 / self.speeds["easy"]

    def km(self, minutes: float, pace: str = "easy") -> float:
        """How far so many minutes at a pace take the runner."""
        return minutes * self.speeds[pace]

    def amount(self, given: Distance | Duration) -> float:
        """What a wish names, in km."""
        return given.metres / 1000 if isinstance(given, Distance) else self.km(given.seconds / 60)

    def rounded(self, km: float) -> float:
        """A length of easy running as it is written, again in km."""
        return self._count(km) * self._km_of_one

    def text(self, km: float) -> str:
        """A length of easy running as it is written: ``7.5 km``, ``45 min``."""
        return f"{self._count(km):g} {self.unit}"

    def about(self, km: float) -> str:
        """A length for a comment, in whole units."""
        return self.text(km) if self.unit == "min" else f"{round(km / self._km_of_one)} {self.unit}"

    def target(self, pace: str) -> str:
        """What stands behind the ``@``: the name of a pace, or an effort."""
        return f"RPE {EFFORTS[pace]}" if self.by_effort else pace

    def _count(self, km: float) -> float:
        step = _STEPS[self.unit]
        return max(_SHORTEST[self.unit], round(km / self._km_of_one / step) * step)

    @property
    def _km_of_one(self) -> float:
        return self.speeds["easy"] if self.unit == "min" else METRES_PER[self.unit] / 1000


def gauge(wish: Wish, runner: Runner) -> Gauge:
    """By time where the wish or the runner asks for it: see :data:`BY_TIME_FROM`."""
    vdot, edges = runner.vdot, runner.speeds("easy")
    by_effort = wish.by_feel or vdot is None or vdot < LOWEST_VDOT
    easy = sum(edges) / 2 * 60 / 1000 if edges else 1 / USUAL_PACE
    by_time = by_effort or isinstance(wish.volume, Duration) or 1 / easy > BY_TIME_FROM
    unit: Unit = "min" if by_time else runner.pace_unit
    names = ("threshold", "interval", "half", "marathon", "10k", "5k")
    speeds = {name: easy if by_effort else _middle(runner, name) for name in names}
    return Gauge({**speeds, "easy": easy}, unit, runner.pace_unit, by_effort, is_assumed=edges is None)


def _middle(runner: Runner, name: str) -> float:
    """Of a pace in km/min."""
    edges = runner.speeds(name)
    assert edges is not None
    return sum(edges) / 2 * 60 / 1000
