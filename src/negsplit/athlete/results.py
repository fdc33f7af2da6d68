"""Which of a runner's results count, and which of them a pace comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from math import log
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


class Result(NamedTuple):
    """A VDOT and what it was reckoned from, in a few words; ``race`` is None for a threshold."""

    vdot: float
    basis: str
    race: Race | None = None

    @property
    def is_long(self) -> bool:
        """Whether it was longer than a marathon or than five hours, where the equations are extrapolated."""
        return self.race is not None and (self.race.distance > MARATHON or self.race.time > LONGEST)

    @property
    def predicts(self) -> str:
        """Where a pace comes from that was predicted from it."""
        return f"predicted from {self.basis} (VDOT {self.vdot:.1f})" + (", extrapolated" if self.is_long else "")


@dataclass(frozen=True, slots=True)
class Results:
    """The results that count, the best VDOT first; ``left_out`` is how many are too old to."""

    counted: tuple[Result, ...] = ()
    left_out: int = 0

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
            return f"estimated from your {self.best.basis}"
        source = f"from {self.best.basis}" + (f" on {race.on}" if race.on else "")
        if len(self.counted) > 1:
            source += f", the best of {len(self.counted)} races within {WEEKS_THAT_COUNT} weeks"
        if self.left_out:
            source += f"; {self.left_out} older {'race' if self.left_out == 1 else 'races'} left out"
        return source


def _distance_to(result: Result, metres: float) -> tuple[float, int]:
    if result.race is None:
        return 0.0, 0
    return round(abs(log(result.race.distance.metres / metres)), 9), -_day(result.race).toordinal()


def results_of(athlete: Athlete, report: Report) -> Results:
    """The likely races within 16 weeks of the newest, else the threshold; what is unlikely is reported."""
    threshold = _likely_threshold(athlete, report)
    if len(athlete.races) > 1:
        _ask_for_dates(athlete.races, report)
    likely = [race for race in athlete.races if _is_likely(race, report)]
    recent = sorted(_recent(likely), key=lambda race: (_vdot(race), _day(race)), reverse=True)
    if not recent and threshold is not None:
        return Results((Result(vdot_of_threshold(threshold.mps), f"threshold {threshold}"),))
    return Results(tuple(Result(_vdot(race), _text(race), race) for race in recent), len(likely) - len(recent))


def _recent(races: Sequence[Race]) -> Sequence[Race]:
    """Those within 16 weeks of the newest; all of them where a date is missing, which is an error already."""
    dates = [race.on for race in races if race.on]
    if not dates or len(dates) < len(races):
        return races
    newest, window = max(dates), dt.timedelta(weeks=WEEKS_THAT_COUNT)
    return [race for race in races if race.on and newest - race.on <= window]


def _day(race: Race) -> dt.date:
    return race.on or dt.date.min


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


def _is_likely(race: Race, report: Report) -> bool:
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
