"""How much each week of a plan has, and how long its longest run is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from negsplit.frozen import dataclass
from negsplit.plan.make.gauge import Gauge
from negsplit.plan.make.numbers import (
    DOWN,
    DOWN_EVERY,
    EVEN_STEP,
    FIRST_LONG,
    GROWTH_A_WEEK,
    LATE_WEEKS,
    LEAST_LONG_STEP,
    LONG_SHARES,
    LONG_STEP,
    MORE_FROM_LITTLE,
    MOST_OF_WEEK,
    NUMBERS,
    SHORTER_LONG,
    STEP_KM,
    STEP_SHARE,
    TUNE_UP,
    Numbers,
)
from negsplit.plan.make.wish import TuneUp, Wish

Phase = Literal["base", "build", "race-like", "down", "taper"]


@dataclass(frozen=True, slots=True)
class Week:
    """One week: ``km`` of running, the race apart, and the long run in km, 0 where there is none.

    ``building`` is its place among the weeks that build, from 0; that of a down week or of the taper is -1.
    """

    number: int
    phase: Phase
    km: float
    long_km: float
    building: int = -1
    tune_up: TuneUp | None = None
    is_last: bool = False

    @property
    def has_long(self) -> bool:
        """Whether it has a long run."""
        return self.long_km > 0


@dataclass(frozen=True, slots=True)
class Season:
    """The weeks of a plan in order; ``before_taper`` is how many there are before the taper."""

    weeks: tuple[Week, ...]
    before_taper: int

    @property
    def third(self) -> int:
        """The weeks of each phase before the taper."""
        return _third(self.before_taper)

    @property
    def top(self) -> Week:
        """The highest week."""
        return max(self.weeks, key=lambda week: week.km)

    @property
    def longest_km(self) -> float:
        """The longest run."""
        return max(week.long_km for week in self.weeks)

    @property
    def down(self) -> tuple[int, ...]:
        """The numbers of the down weeks."""
        return tuple(week.number for week in self.weeks if week.phase == "down")


def season(wish: Wish, gauge: Gauge, first: dt.date) -> Season:
    """The weeks of a wish, of which the first begins on a day."""
    return _Seasons(wish, gauge, first).season()


def _third(before_taper: int) -> int:
    return max(1, round(before_taper / 3))


class _Seasons:
    def __init__(self, wish: Wish, gauge: Gauge, first: dt.date) -> None:
        self.wish, self.gauge = wish, gauge
        self.numbers: Numbers = NUMBERS[wish.kind]
        self.volume, self.longest = gauge.amount(wish.volume), gauge.amount(wish.longest)
        kept = min(len(self.numbers.taper), wish.weeks)
        self.taper = self.numbers.taper[len(self.numbers.taper) - kept :]
        self.long_taper = self.numbers.long_taper[len(self.numbers.taper) - kept :]
        self.before_taper = wish.weeks - kept
        self.downs = list(range(DOWN_EVERY, self.before_taper, DOWN_EVERY))
        self.building = [week for week in range(1, self.before_taper + 1) if week not in self.downs]
        self.tune_ups = {(one.on - first).days // 7 + 1: one for one in wish.tune_ups}

    def season(self) -> Season:
        km, long_km = self._built()
        for week in self.downs:
            before = [one for one in self.building if one < week]
            km[week] = DOWN * max(km[one] for one in before)
            long_km[week] = 0.0 if week in self.tune_ups else DOWN * max(long_km[one] for one in before)
        most, longest = max(km.values(), default=self.volume), max(long_km.values(), default=self.longest)
        for week, share, long_share in zip(self._tapering, self.taper, self.long_taper, strict=True):
            km[week], long_km[week] = share * most, long_share * longest
        weeks = [self._week(number, km[number], long_km[number]) for number in range(1, self.wish.weeks + 1)]
        return Season(tuple(weeks), self.before_taper)

    @property
    def _tapering(self) -> range:
        return range(self.before_taper + 1, self.wish.weeks + 1)

    def _week(self, number: int, km: float, long_km: float) -> Week:
        building = self.building.index(number) if number in self.building else -1
        is_last = bool(self.taper) and number == self.wish.weeks
        return Week(number, self._phase(number), km, long_km, building, self.tune_ups.get(number), is_last)

    def _phase(self, number: int) -> Phase:
        third = _third(self.before_taper)
        if number in self.downs:
            return "down"
        if number > self.before_taper:
            return "taper"
        return "base" if number <= third else "build" if number <= 2 * third else "race-like"

    def _built(self) -> tuple[dict[int, float], dict[int, float]]:
        """Volume and long run of the weeks that build, in km.

        A long run whose share of the week does not take it to what it has to reach may have more of it, and grows in
        every week until it is there.
        """
        km, usual, most = self._volumes(), self._share, self._most_of_week
        long_km = self._long_runs(km, min(self._longest, usual * self._peak), usual, self.numbers.long_step)
        if max(long_km.values(), default=self._reach) >= self._reach:
            return km, long_km
        return km, self._long_runs(km, min(self._reach, most * self._peak), most, LONG_STEP, is_behind=True)

    def _volumes(self) -> dict[int, float]:
        peak, highest, km = self._peak, self.volume, {}
        for place, week in enumerate(self.building):
            if week in self.tune_ups:
                km[week] = TUNE_UP * highest
                continue
            planned = self.volume + (peak - self.volume) * place / max(1, len(self.building) - 1)
            km[week] = min(planned, highest + max(STEP_SHARE * highest, STEP_KM))
            highest = max(highest, km[week])
        return km

    def _long_runs(
        self, km: Mapping[int, float], aim: float, share: float, least_step: float, *, is_behind: bool = False
    ) -> dict[int, float]:
        """Long runs up to an aim, each with so much of its week at most; only one that ``is_behind`` may grow late."""
        long, found = self._first_long, {}
        aim = max(long, aim)
        full = [week for week in self.building if is_behind or not self._is_late(week)]
        most_even = max(EVEN_STEP * (aim - long) / max(1, len(full) - 1), LEAST_LONG_STEP)
        for place, week in enumerate(self.building):
            if week in self.tune_ups:
                found[week] = 0.0
                continue
            if self._is_late(week) and (long >= aim or not is_behind):
                found[week] = SHORTER_LONG * long
                continue
            if place:
                step = min(max(STEP_SHARE * long, least_step), most_even)
                long = max(long, min(long + step, aim, share * km[week]))
            found[week] = long
        return found

    @property
    def _peak(self) -> float:
        """The highest week."""
        numbers, growing = self.numbers, GROWTH_A_WEEK ** max(0, len(self.building) - 1)
        peak = self.volume * min(numbers.growth, growing)
        if self.wish.kind == "marathon":
            peak = max(peak, min(self.volume * MORE_FROM_LITTLE, numbers.reach.km))
        peak = max(peak, min(self._climbed, numbers.reach.km))
        return max(self.volume, min(peak, self.gauge.km(numbers.minutes_a_run * self.wish.runs)))

    @property
    def _climbed(self) -> float:
        """What a week comes to that is the largest step above the one before it, ever since the first."""
        km = self.volume
        for _ in self.building[1:]:
            km += max(STEP_SHARE * km, STEP_KM)
        return km

    @property
    def _reach(self) -> float:
        """The long run that has to be reached."""
        return min(self.numbers.reach.long_km, self.gauge.km(self.numbers.reach.long_minutes))

    @property
    def _longest(self) -> float:
        return min(self.numbers.longest_km, self.gauge.km(self.numbers.longest_minutes))

    @property
    def _share(self) -> float:
        return LONG_SHARES[self.wish.runs] + self.numbers.long_share

    @property
    def _first_long(self) -> float:
        of_share, of_longest = FIRST_LONG
        usual = LONG_SHARES[self.wish.runs] * of_share * self.volume
        return min(self.longest, self._longest, max(usual, of_longest * self.longest))

    @property
    def _most_of_week(self) -> float:
        """What a long run may have of a week on the way to what it has to reach."""
        return max(MOST_OF_WEEK, self.numbers.reach.long_km / self.numbers.reach.km if self.numbers.reach.km else 0.0)

    def _is_late(self, week: int) -> bool:
        """Whether it is one of those late in a marathon plan whose long run is held back."""
        left = self.before_taper - week
        return self.wish.kind == "marathon" and left < LATE_WEEKS and left % 2 == 1
