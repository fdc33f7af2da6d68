"""How to come back after a break, by how long it was and why: what the shares of `returns` mean for each run.

A judgement, made from what coaches and studies say. Jack Daniels (V.O2, *VDOT adjustments for time off*): up to five
days as if nothing was; up to four weeks as many days again, half of them at 50 % and half at 75 %, all easy; up to
eight weeks thirds at 33, 50 and 75 %. Pfitzinger and Douglas (*Advanced Marathoning*, chapter 8): up to ten days back
in where the plan is, from ten on be open to another goal. Nieman (2004): with a cold easy running only. And the
convention that nothing missed is made up.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from negsplit.model import Break
from negsplit.plan import returns
from negsplit.plan.make.numbers import STEP_SHARE
from negsplit.plan.returns import A_FEW
from negsplit.units import Duration

LONGEST: Final = returns.THIRDS_TO
"""Days missed beyond which a plan is not gone on with: eight weeks."""
LONG: Final = returns.HALVES_FROM
"""Days missed from which fitness is lost, and the goal is in doubt."""
SHORT: Final = returns.UNFELT
"""Days missed up to which a plan goes on where it is, and nothing is cut behind the return."""
VERY_LONG: Final = returns.HALVES_TO
"""Days missed up to which the days back are as many as the break in two halves; beyond, in thirds."""

_NOTHING_LOST: Final = 5
_LOST_A_DAY: Final = Decimal("0.003")
_LEAST_LEFT: Final = Decimal("0.8")

STEP: Final = STEP_SHARE
"""What a week, and its long run, may have above the highest before the break, for each full week since."""


LEAP_DAYS: Final = 30
LEAP: Final = 1.25
LEAP_METRES, LEAP_SECONDS = 1_500.0, 840.0
"""A run behind a break is no longer than the longest of so many days, those missed left out, by so much, or by so many
metres or seconds: a little under what PL01 warns of, after Frandsen and others (2025), with room for rounding."""


class Phase(NamedTuple):
    """Some days of a return. ``load`` is a share of what a week had before; 1 leaves easy runs as they are.

    ``keeps_one`` leaves one fast session in it; ``by_effort`` names no pace; ``walks`` makes every run a walk-run;
    ``every_other`` has a day off after each run.
    """

    days: int
    load: float
    strides: bool = False
    keeps_one: bool = False
    by_effort: bool = False
    walks: bool = False
    every_other: bool = False


class Return(NamedTuple):
    """The way back: ``phases`` from the first day after the break on.

    ``slow_days`` are those without a fast session, counted from that day too, and ``fast`` is how much of the first one
    is run. The first ``short_runs`` take ``shortest`` at most.
    """

    phases: tuple[Phase, ...] = ()
    fast: float = 1.0
    slow_days: int = 0
    short_runs: int = 0
    shortest: Duration = Duration(30 * 60_000)

    @property
    def days(self) -> int:
        """How long it takes."""
        return sum(one.days for one in self.phases)

    def phase(self, day: int) -> Phase | None:
        """That of a day, 0 for the first after the break; None behind the last."""
        for one in self.phases:
            if day < one.days:
                return one if day >= 0 else None
            day -= one.days
        return None


def way_back(days: int, why: Break) -> Return:
    """How to come back after so many days without running, up to :data:`LONGEST`."""
    if days <= A_FEW:
        return _AFTER_DAYS[why]
    if days <= SHORT:
        return _AFTER_HALF_A_WEEK[why]
    if days < LONG and why != "injured":
        return _AFTER_A_WEEK[why]
    return Return(tuple(_phases(days, walks=why == "injured")), fast=0.6, short_runs=3 if why == "ill" else 0)


_AFTER_DAYS: Final = {
    "away": Return(),
    "ill": Return((Phase(2, 1.0),)),
    "injured": Return((Phase(3, 1.0, by_effort=True),), short_runs=1),
}
_AFTER_HALF_A_WEEK: Final = {
    "away": Return((Phase(2, 1.0),), fast=0.8),
    "ill": Return((Phase(3, 1.0),), slow_days=5),
    "injured": Return((Phase(7, 1.0, by_effort=True, every_other=True),)),
}
_AFTER_A_WEEK: Final = {
    "away": Return(
        tuple(Phase(round(days), share, strides=True, keeps_one=True) for days, share in returns.stages(LONG - 1)),
        fast=0.6,
    ),
    "ill": Return((Phase(4, 0.5), Phase(4, 0.75, strides=True)), fast=0.6),
}


def _phases(days: int, *, walks: bool) -> Iterator[Phase]:
    """As many days as the break had in whole days, cut once more at the end of the first third where that has walks."""
    stages = returns.as_long(days)
    third = math.ceil(days / 3) if walks else 0
    start = 0
    for number, (_, share) in enumerate(stages, start=1):
        end = math.ceil(days * number / len(stages))
        walked = min(max(third - start, 0), end - start)
        strides = number == len(stages)
        yield from [Phase(walked, share, walks=True, every_other=True)] if walked else []
        yield from [Phase(end - start - walked, share, strides)] if end - start > walked else []
        start = end


def fitness_left(days: int) -> Decimal:
    """The share of VDOT that is left after so many days without training.

    Daniels' table (V.O2, *VDOT adjustments for time off*) is a line: nothing is lost in five days, then 0.3 % a day, a
    fifth at most. With other training about half of it is lost.
    """
    return max(1 - _LOST_A_DAY * max(days - _NOTHING_LOST, 0), _LEAST_LEFT)


def fitness_left_with_other_training(days: int) -> Decimal:
    """The same for who trained otherwise meanwhile."""
    return (1 + fitness_left(days)) / 2
