"""Which fast sessions the weeks of a plan have, and how they grow."""

from __future__ import annotations

from typing import Final, NamedTuple

from negsplit.plan.make.gauge import Gauge
from negsplit.plan.make.numbers import SECOND_FAST_DAY
from negsplit.plan.make.sessions import Session, Sessions
from negsplit.plan.make.weeks import Season, Week
from negsplit.plan.make.wish import Kind

_FROM: Final = 0.6
"""What a session has at the start of its phase, of what its week bears; and what a second one of a week has."""
_HALF_INTERVALS, _LAST_THRESHOLD = 0.8, 0.8
"""What intervals have before a half, and threshold in the first week of a marathon's taper (judgements)."""
_FEWEST_HILLS, _MOST_HILLS = 4, 8
_EASY_START_KM: Final = 25.0
"""Who runs less has no fast session in the first week."""
_FAST_FINISH_FROM_KM: Final = 10.0
"""Of the long run that may end fast."""
_HALF_SLOW: Final = 0.95
"""Of threshold speed: half pace below it is no hard running, and the last fast session is at threshold instead."""

FINISHES: Final[dict[Kind, int]] = {"half": 20, "marathon": 30}
"""Minutes at the end of the long run: towards half pace, or at marathon pace."""


class Fast(NamedTuple):
    """The fast sessions of a week; None is an easy run with strides. ``ends_fast`` says so of the long run."""

    first: Session | None = None
    second: Session | None = None
    ends_fast: bool = False


class Phases:
    """The fast sessions of one plan."""

    def __init__(self, kind: Kind, runs: int, season: Season, sessions: Sessions, gauge: Gauge) -> None:
        self.kind, self.runs, self.season, self.sessions, self.gauge = kind, runs, season, sessions, gauge

    def fast(self, week: Week) -> Fast:
        """Those of a week."""
        if week.tune_up:
            return Fast(self.sessions.bouts("interval", 3, 2))
        if week.phase == "taper":
            return Fast(self._tapering(week))
        if self.kind == "base":
            return Fast(self._of_base(week))
        if week.phase == "down":
            return Fast(self.sessions.progression())
        if week.phase == "base":
            return Fast(self._of_first_third(week))
        if self._ends_fast(week):
            return Fast(self._fitting("threshold", week, _FROM), ends_fast=True)
        first, second = self._building(week)
        is_second = self.runs >= 4 and self._minutes(week) >= SECOND_FAST_DAY
        return Fast(first, second if is_second else None)

    def _of_base(self, week: Week) -> Session | None:
        if week.number <= 2 or week.phase == "down":
            return None
        return self._hills(week) if week.number % 2 else self.sessions.progression()

    def _of_first_third(self, week: Week) -> Session | None:
        if week.number == 1:
            if week.km < _EASY_START_KM:
                return None
            return self._hills(week) if self.kind in ("5k", "10k") else self.sessions.progression()
        return self.sessions.progression() if week.number % 2 else self._hills(week)

    def _building(self, week: Week) -> tuple[Session, Session | None]:
        """The sessions in turn: threshold and intervals, later race pace."""
        is_odd, is_late = week.building % 2 == 1, week.phase == "race-like"
        grown = self._grown(week)
        threshold = self._fitting("threshold", week, grown)
        less = self._fitting("threshold", week, _FROM)
        match self.kind:
            case "5k":
                return (self._fitting("interval", week, grown), less) if is_odd else (threshold, self.sessions.hills(6))
            case "10k":
                return (threshold, None) if is_odd else (self._fitting("interval", week, grown), less)
            case "half" if is_odd:
                return threshold, self._fitting("half", week, _FROM) if is_late else None
            case "half":
                pace, part = ("half", 1.0) if is_late else ("interval", _HALF_INTERVALS)
                return self._fitting(pace, week, part), None
            case _:
                return (self._fitting("marathon", week, grown) if is_late else threshold), None

    def _tapering(self, week: Week) -> Session:
        sessions, left = self.sessions, self.season.weeks[-1].number - week.number
        match self.kind, left:
            case "5k", 1:
                return sessions.bouts("interval", 4, 3)
            case "5k" | "10k", 0:
                return sessions.bouts("interval", 3, 2)
            case "half", 0 if self._is_half_slow:
                return sessions.bouts("threshold", 2, 6)
            case "half", _:
                return sessions.bouts("half", 2 if left else 1, 8)
            case "marathon", 0:
                return sessions.bouts("marathon", 1, 12)
            case "marathon", 1:
                return sessions.bouts("threshold", 3, 6)
            case "marathon", _:
                return self._fitting("threshold", week, _LAST_THRESHOLD)
        return sessions.bouts("threshold", 2, 8)

    @property
    def _is_half_slow(self) -> bool:
        speeds = self.gauge.speeds
        return speeds["half"] < _HALF_SLOW * speeds["threshold"]

    def _ends_fast(self, week: Week) -> bool:
        """Every second week of the last third, counted back from the taper."""
        is_turn = (self.season.before_taper - week.number) % 2 == 1
        return self.kind in FINISHES and week.phase == "race-like" and is_turn and week.long_km >= _FAST_FINISH_FROM_KM

    def _grown(self, week: Week) -> float:
        """The part of its amount that a session has: from :data:`_FROM` at the start of its phase to all of it."""
        begin = self.season.third
        if self.kind == "marathon" and week.phase == "race-like":
            begin = 2 * self.season.third
        whole = max(1, self.season.before_taper - begin)
        return _FROM + (1 - _FROM) * (week.number - begin) / whole

    def _hills(self, week: Week) -> Session:
        return self.sessions.hills(min(_FEWEST_HILLS + week.building, _MOST_HILLS))

    def _fitting(self, pace: str, week: Week, part: float) -> Session:
        return self.sessions.fitting(pace, self._minutes(week), part)

    def _minutes(self, week: Week) -> float:
        return week.km * self.gauge.pace
