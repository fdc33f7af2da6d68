"""Which days of the week are run, and what each of them is for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import Final, Literal

from negsplit.frozen import dataclass
from negsplit.plan.make.wish import Wish

Role = Literal["first", "second", "long", "eve", "after", "middle"]
"""The first and the second fast day, the long run, the days before and behind it, and those between."""

_MON, _TUE, _WED, _THU, _FRI, _SAT, _SUN = range(7)
DAYS: Final[Mapping[int, tuple[int, ...]]] = {
    3: (_TUE, _THU, _SUN),
    4: (_TUE, _THU, _SAT, _SUN),
    5: (_TUE, _WED, _FRI, _SAT, _SUN),
    6: (_MON, _TUE, _WED, _FRI, _SAT, _SUN),
}
"""The days of so many runs, 0 for Monday."""
_FEW: Final = 4
"""Runs a week with which the easy days weigh more."""
_WEEKEND: Final = {_SUN: 2, _SAT: 1}


@dataclass(frozen=True, slots=True)
class Days:
    """The days that are run with what each is for, in the order of a week that begins on ``week_starts``."""

    roles: Mapping[int, Role]
    week_starts: int

    def day(self, role: Role) -> int:
        """The day of a role that every week has once."""
        return next(day for day, one in self.roles.items() if one == role)

    def weight(self, day: int) -> float:
        """What an easy run gets of what a week has left, against the others (judgements)."""
        is_few = len(self.roles) <= _FEW
        weights: Mapping[Role, float] = {
            "second": 1.15 if len(self.roles) == _FEW else 1.0,
            "eve": 0.85 if is_few else 0.7,
            "after": 0.7,
            "middle": 1.3,
        }
        return weights.get(self.roles[day], 1.0)


def days(wish: Wish, race_day: int | None) -> Days:
    """Those of the wish, else those of the table, before a race on a day of the week."""
    chosen = sorted(wish.days or DAYS[wish.runs])
    first, second, long = max(permutations(chosen, 3), key=lambda some: _merit(some, chosen))
    roles = {day: _role(day, first, second, long) for day in chosen}
    week_starts = _week_starts(race_day)
    ordered = sorted(chosen, key=lambda day: (day - week_starts) % 7)
    return Days({day: roles[day] for day in ordered}, week_starts)


def are_apart(one: int, other: int) -> bool:
    """Whether a day lies between two days of the week, on either side."""
    return min((one - other) % 7, (other - one) % 7) > 1


def _merit(some: Sequence[int], chosen: Sequence[int]) -> tuple[float, ...]:
    """How good three days are for the two fast sessions and the long run.

    All three apart, the long run at the weekend, with three runs behind the longest gap; then the earlier is the first.
    """
    first, second, long = some
    apart = are_apart(first, long), are_apart(first, second), are_apart(second, long)
    before = min((long - day) % 7 for day in chosen if day != long) if len(chosen) < _FEW else 0
    is_in_order = (first - long) % 7 < (second - long) % 7
    return *apart, long in _WEEKEND, before, _WEEKEND.get(long, 0), is_in_order, -first, second


def _role(day: int, first: int, second: int, long: int) -> Role:
    if day in (first, second, long):
        return "first" if day == first else "second" if day == second else "long"
    if (long - day) % 7 == 1:
        return "eve"
    return "after" if (day - long) % 7 == 1 else "middle"


def _week_starts(race_day: int | None) -> int:
    """Monday; before a race early in the week the day behind it, so that the race ends a whole week."""
    return _MON if race_day is None or race_day >= _FRI else (race_day + 1) % 7
