"""Which of a runner's results count, and which of them a pace comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from math import log, prod
from typing import Final, NamedTuple

from negsplit.athlete.training import vdot_of_threshold
from negsplit.athlete.vdot import BRIEFEST, LONGEST, SHORTEST, vdot
from negsplit.diagnostics import Report
from negsplit.frozen import dataclass
from negsplit.model import Athlete, Race
from negsplit.units import MARATHON, Duration, Pace, Speed, clock

WEEKS_THAT_COUNT: Final = 16
LOWEST_VDOT, HIGHEST_VDOT = 10.0, 90.0
"""Around every runner: walking pace below, faster than the world records (about 86) above."""


class Share(NamedTuple):
    """How much is left, from a day on, of the VDOT of every result before it: 0.985 after ten days without a run."""

    first: dt.date
    ratio: float


class Result(NamedTuple):
    """A VDOT and what it was reckoned from, in a few words; ``race`` is None for a threshold.

    ``share`` is how much is left of the VDOT that was run.
    """

    vdot: float
    basis: str
    race: Race | None = None
    share: float = 1.0

    @property
    def left(self) -> str:
        """How much of it is left, before what it is of; nothing where that is all."""
        return "" if self.share == 1 else f"{share_text(self.share)} of "

    @property
    def is_long(self) -> bool:
        """Whether it was longer than a marathon or than five hours, where the equations are extrapolated."""
        return self.race is not None and (self.race.distance > MARATHON or self.race.time > LONGEST)

    @property
    def predicts(self) -> str:
        """Where a pace comes from that was predicted from it."""
        return f"predicted from {self.left}{self.basis} (VDOT {self.vdot:.1f})" + (
            ", extrapolated" if self.is_long else ""
        )


@dataclass(frozen=True, slots=True)
class Results:
    """The results that count, the best VDOT first.

    ``left_out`` is how many are too old to; ``excused`` are slower ones whose condition says why.
    """

    counted: tuple[Result, ...] = ()
    left_out: int = 0
    excused: tuple[Result, ...] = ()

    @property
    def best(self) -> Result | None:
        """The one that training paces come from; of equals the newer."""
        return self.counted[0] if self.counted else None

    def nearest(self, metres: float) -> Result | None:
        """The one that the pace of a race comes from: the nearest in log distance; of equals the newer, then the best.

        So runs a runner who is better over short distances than over long ones, or the other way round.
        """
        return min(self.counted, key=lambda one: _distance_to(one, metres), default=None)

    @property
    def source(self) -> str:
        """Where the VDOT comes from."""
        if self.best is None:
            return ""
        if (race := self.best.race) is None:
            return f"estimated from {self.best.left}your {self.best.basis}{self._excused}"
        source = f"from {self.best.left}{self.best.basis}" + (f" on {race.on}" if race.on else "")
        if len(self.counted) > 1:
            source += f", the best of {len(self.counted)} races within {WEEKS_THAT_COUNT} weeks"
        if self.left_out:
            source += f"; {self.left_out} older {'race' if self.left_out == 1 else 'races'} left out"
        return source + self._excused

    @property
    def _excused(self) -> str:
        named = ((one.basis, one.race.condition) for one in self.excused if one.race)
        return "".join(f"; {basis} left out ({condition})" for basis, condition in named)


def _distance_to(result: Result, metres: float) -> tuple[float, int]:
    if result.race is None:
        return 0.0, 0
    return round(abs(log(result.race.distance.metres / metres)), 9), -_day(result).toordinal()


def results_of(athlete: Athlete, report: Report, shares: Sequence[Share] = ()) -> Results:
    """The likely races within 16 weeks of the newest, else the threshold; what is unlikely is reported.

    Of ``shares`` those count for a race that begin after it; a race without a day, and a threshold, were before all.
    """
    threshold = _likely_threshold(athlete, report)
    if len(athlete.races) > 1:
        _ask_for_dates(athlete.races, report)
    likely = [_result(race, shares) for race in athlete.races if is_likely(race, report)]
    estimate = _of_threshold(threshold, shares) if threshold is not None else None
    recent = sorted(_counting(likely, estimate), key=lambda one: (one.vdot, _day(one)), reverse=True)
    rest = sorted((one for one in likely if one not in recent), key=_day)
    excused = tuple(one for one in rest if _is_excused(one))
    if not recent and estimate is not None:
        return Results((estimate,), excused=excused)
    return Results(tuple(recent), len(rest) - len(excused), excused)


def _result(race: Race, shares: Sequence[Share]) -> Result:
    left = prod(one.ratio for one in shares if race.on is None or race.on < one.first)
    return Result(_vdot(race) * left, _text(race), race, left)


def _of_threshold(threshold: Pace | Speed, shares: Sequence[Share]) -> Result:
    left = prod(one.ratio for one in shares)
    return Result(vdot_of_threshold(threshold.mps) * left, f"threshold {threshold}", None, left)


def _counting(results: Sequence[Result], threshold: Result | None) -> list[Result]:
    """Those within 16 weeks of the newest. One of a bad day that is worse than these neither counts nor makes them old.

    All count where a date is missing, which is an error already.
    """
    counted: list[Result] = []
    for one in sorted(results, key=lambda one: (_day(one), one.vdot)):
        if not (_is_excused(one) and one.vdot < _best(counted)):
            counted = [*(older for older in counted if _is_recent(older, one)), one]
    is_alone = threshold is not None and all(map(_is_excused, counted))
    least = max(_best(counted), threshold.vdot if threshold and is_alone else 0.0)
    return [one for one in counted if not (_is_excused(one) and one.vdot < least)]


def _best(results: Sequence[Result]) -> float:
    return max((one.vdot for one in results), default=0.0)


def _is_excused(result: Result) -> bool:
    """Whether something is said that made it slower."""
    return result.race is not None and result.race.condition is not None


def _is_recent(older: Result, newest: Result) -> bool:
    days = [one.race.on for one in (older, newest) if one.race and one.race.on]
    return len(days) < 2 or days[1] - days[0] <= dt.timedelta(weeks=WEEKS_THAT_COUNT)


def share_text(share: float) -> str:
    """``98.5 %``."""
    return f"{100 * share:.4g} %"


def _day(result: Result) -> dt.date:
    return (result.race and result.race.on) or dt.date.min


def _vdot(race: Race) -> float:
    return vdot(race.distance, race.time)


def _text(race: Race) -> str:
    return f"{race.name or race.distance} in {clock(race.time.ms)}"


# --- What is unlikely --------------------------------------------------------------------------


def _ask_for_dates(races: tuple[Race, ...], report: Report) -> None:
    for race in (race for race in races if race.on is None):
        report.error(
            "race-without-date",
            f"{_text(race)} has no date, and there are {len(races)} results to choose from",
            race.span,
            f"add the day: {_text(race)} on YYYY-MM-DD",
        )


def _is_human(value: float) -> bool:
    return LOWEST_VDOT <= value <= HIGHEST_VDOT


def is_likely(race: Race, report: Report) -> bool:
    """Whether a race can be a runner's; if so, warns where the equations are stretched."""
    if not _is_human(_vdot(race)):
        report.error(
            "unlikely-race",
            f"{_text(race)} would be VDOT {_vdot(race):.0f}; runners are between 10 and 90",
            race.span,
            *_what_was_meant(race),
        )
        return False
    if race.distance < SHORTEST or race.time < BRIEFEST:
        report.warning(
            "short-race",
            f"{_text(race)} is too short to predict other paces well: they may be far off",
            race.span,
            "give a race of at least 1200 m and 3 min, best 3 km or more",
        )
    return True


def _what_was_meant(race: Race) -> list[str]:
    """Hours and minutes are easily written as minutes and seconds, and the other way round."""
    for ms in (race.time.ms * 60, race.time.ms // 60):
        meant = Race(race.distance, Duration(ms), name=race.name)
        if ms and _is_human(_vdot(meant)):
            return [f"did you mean {_text(meant)}? times are m:ss or h:mm:ss"]
    help = ["this looks like a slip: check the distance, and write the time as m:ss or h:mm:ss"]
    if _vdot(race) < LOWEST_VDOT:
        help.append("for a walker, write the paces under `paces:`, as in easy: 11:00/km")
    return help


def _likely_threshold(athlete: Athlete, report: Report) -> Pace | Speed | None:
    threshold = athlete.threshold
    if threshold is None or _is_human(vdot_of_threshold(threshold.mps)):
        return threshold
    report.error(
        "unlikely-threshold",
        f"threshold {threshold} would be VDOT {vdot_of_threshold(threshold.mps):.0f}; runners are between 10 and 90",
        athlete.span,
        "write the pace you could race at for an hour, as in 4:40/km",
    )
    return None
