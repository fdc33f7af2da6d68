"""A plan before it is written: which session on which day of which week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Final

from negsplit.frozen import dataclass
from negsplit.plan.make.days import Days, Role, are_apart
from negsplit.plan.make.gauge import Gauge
from negsplit.plan.make.numbers import FEWEST_RUNS, LEAST_EASY, MOST_OF_LONG, NUMBERS, SHORTEST_EASY
from negsplit.plan.make.phases import FINISHES, Fast, Phases
from negsplit.plan.make.races import rest_days
from negsplit.plan.make.sessions import Session, Sessions
from negsplit.plan.make.weeks import Season, Week
from negsplit.plan.make.wish import Wish

_EVE, _STRIDES, _SHORT = 20.0, 25.0, 30.0
"""Minutes of easy running in the week of a race: on the day before, on the second fast day, on others (judgements)."""
_LEAST_WITH_STRIDES: Final = 8.0
"""Minutes of an easy run at least, before four strides."""
_LONGER, _MOST_OF_WEEK = 1.0, 0.5
"""What a fast session may be: so many km more than the longest run before (rule PL01), and so much of its week."""
_CLEAR: Final = 3
"""Days from a fast session to a race at least."""
_SPARED: Final[tuple[Role, ...]] = ("after", "middle", "eve")
"""Which easy run goes first where a week is too short for all."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A session on a day of the week, 0 for Monday, of one week."""

    week: int
    day: int
    session: Session


def date_of(first: dt.date, week: int, day: int, week_starts: int) -> dt.date:
    """The date of a day of a week, of a plan whose week 1 begins on the ``first``."""
    return first + dt.timedelta(weeks=week - 1, days=(day - week_starts) % 7)


class Schedule:
    """Puts the sessions of a wish on their days. ``first`` is the first day of week 1, ``race`` that of the race."""

    def __init__(
        self, wish: Wish, gauge: Gauge, days: Days, season: Season, first: dt.date, race: dt.date | None
    ) -> None:
        self.wish, self.gauge, self.days, self.season = wish, gauge, days, season
        self.first, self.race = first, race
        self.numbers = NUMBERS[wish.kind]
        self.sessions = Sessions(gauge, gauge.amount(wish.volume) * gauge.pace / wish.runs)
        self.phases = Phases(wish.kind, wish.runs, season, self.sessions, gauge)

    def entries(self) -> list[Entry]:
        """Everything that is run but the races, in the order of days."""
        return [Entry(week.number, day, one) for week in self.season.weeks for day, one in self._week(week)]

    def _week(self, week: Week) -> Iterator[tuple[int, Session]]:
        race = self.race if week.is_last else week.tune_up.on if week.tune_up else None
        found = self._before_a_race(week, race) if race else self._usual(week)
        for day in self.days.roles:
            if day in found and not (self.wish.start and self._date(week, day) < self.wish.start):
                yield day, found[day]

    def _date(self, week: Week, day: int) -> dt.date:
        return date_of(self.first, week.number, day, self.days.week_starts)

    # --- Weeks without a race -----------------------------------------------------------------

    def _usual(self, week: Week) -> dict[int, Session]:
        fast = self._allowed(week, self.phases.fast(week))
        first, second, long = self.days.day("first"), self.days.day("second"), self.days.day("long")
        placed = {first: fast.first, second: fast.second, long: self._long(week, fast)}
        found = {day: session for day, session in placed.items() if session}
        left = week.km - sum(one.km for one in found.values())
        free = self._kept([day for day in self.days.roles if day not in found], left)
        whole = sum(map(self.days.weight, free))
        most = min(MOST_OF_LONG * week.long_km, self.gauge.km(self.numbers.easy_minutes))
        least = max(self.gauge.km(SHORTEST_EASY), min(self.gauge.km(LEAST_EASY), left / max(1, len(free))))
        for day in free:
            found[day] = self._easy(day, max(least, left * self.days.weight(day) / whole), most)
        return found

    def _long(self, week: Week, fast: Fast) -> Session:
        if fast.ends_fast and self.wish.kind in FINISHES:
            return self.sessions.fast_finish(week.long_km, FINISHES[self.wish.kind], self.wish.kind)
        return self.sessions.long(week.long_km)

    def _easy(self, day: int, km: float, most: float) -> Session:
        """The easy run of a day; on fast days with strides on top of ``most``, where there is enough for both."""
        strides = self.sessions.strides_km
        if self.days.roles[day] in ("first", "second") and km > strides + self.gauge.km(_LEAST_WITH_STRIDES):
            return self.sessions.strides(min(km, most + strides))
        return self.sessions.easy(min(km, most))

    def _allowed(self, week: Week, fast: Fast) -> Fast:
        """The fast sessions that a week and its days bear: apart from each other, and from a race before.

        None is much longer than the long runs before, or more than half of the week. Of three runs one is fast, be it
        the long one.
        """
        first, second, long = self.days.day("first"), self.days.day("second"), self.days.day("long")
        one, two, ends_fast = fast
        if self._is_tired(week, first):
            one, two = None, one
        if self._is_tired(week, second) or not (are_apart(second, first) and are_apart(second, long)):
            two = None
        if self._is_tired(week, long) or not are_apart(first, long):
            ends_fast = False
        if ends_fast and len(self.days.roles) == FEWEST_RUNS:
            one = two = None
        if week.has_long:
            before = [one.long_km for one in self.season.weeks if one.number < week.number]
            most = min(max(before, default=week.long_km) + _LONGER, _MOST_OF_WEEK * week.km)
            one, two = (session if session and session.km <= most else None for session in (one, two))
        return Fast(one, two, ends_fast)

    def _is_tired(self, week: Week, day: int) -> bool:
        """Whether a race on the way is too near behind."""
        date = self._date(week, day)
        return any(0 < (date - one.on).days <= rest_days(one.distance) for one in self.wish.tune_ups)

    def _kept(self, free: list[int], left: float) -> list[int]:
        """The easy days that a week has enough left for; the others are days of rest, where it has not."""
        kept = list(free)
        while left < len(kept) * self.gauge.km(LEAST_EASY) and (day := self._spare(kept)) is not None:
            kept.remove(day)
        return kept

    def _spare(self, days: Collection[int]) -> int | None:
        """The easy run that is missed least; None where no other is left than those of the table for three runs."""
        return next((day for role in _SPARED for day in days if self.days.roles[day] == role), None)

    # --- Weeks of a race ----------------------------------------------------------------------

    def _before_a_race(self, week: Week, race: dt.date) -> dict[int, Session]:
        """Short runs, one of them fast; nothing behind the race that the plan leads up to.

        A race on a day without a run takes the place of the long run.
        """
        left = self._days_before(week, race)
        fast_days = [day for day in (self.days.day("first"), self.days.day("second")) if left.get(day, 0) >= _CLEAR]
        fast = self._allowed(week, self.phases.fast(week)).first
        found = {fast_days[0]: fast} if fast and fast_days else {}
        others = [day for day in left if day not in found]
        most = (week.km - sum(one.km for one in found.values())) / max(1, len(others))
        found |= {day: self._short(day, left[day], max(most, self.gauge.km(_EVE))) for day in others}
        return self._spared(week, found)

    def _days_before(self, week: Week, race: dt.date) -> dict[int, int]:
        """The days that are run in the week of a race, and how many days before it they are."""
        left = {day: (race - self._date(week, day)).days for day in self.days.roles}
        dropped = None if race.weekday() in left else self.days.day("long")
        return {day: days for day, days in left.items() if days and day != dropped and not (week.is_last and days < 0)}

    def _short(self, day: int, left: int, most: float) -> Session:
        """An easy run so many days before a race, with strides on a fast day."""
        role = self.days.roles[day]
        if role in ("first", "second") and left > 1:
            return self._easy(day, min(most, self.gauge.km(_STRIDES) + self.sessions.strides_km), most)
        minutes = _EVE if left == 1 or role == "eve" else _SHORT
        return self.sessions.easy(min(most, self.gauge.km(minutes)))

    def _spared(self, week: Week, found: dict[int, Session]) -> dict[int, Session]:
        """Without the easy runs that are more than the week should have, a race on the way among it."""
        raced = week.tune_up.distance.metres / 1000 if week.tune_up else 0.0
        while sum(one.km for one in found.values()) + raced > week.km and (day := self._spare(found)) is not None:
            del found[day]
        return found
