"""The races of a plan as sessions: the one that it leads up to, and those on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final, NamedTuple

from negsplit.athlete.races import race_name
from negsplit.plan.make.gauge import Gauge
from negsplit.plan.make.sessions import Session
from negsplit.plan.make.wish import Kind, Wish
from negsplit.plan.weeks import week_begin
from negsplit.units import HALF_MARATHON, MARATHON, Distance

DISTANCES: Final[Mapping[Kind, Distance]] = {
    "5k": Distance(500_000),
    "10k": Distance(1_000_000),
    "half": HALF_MARATHON,
    "marathon": MARATHON,
}
_WORDS: Final = {"half": "Half marathon", "marathon": "Marathon"}
_AS_WRITTEN: Final = {"half": "21.1 km", "marathon": "42.2 km"}
_KM_A_DAY: Final = 3.0
"""One easy day behind a race for each three kilometres raced (Daniels)."""
_WARM_UP: Final = 15
_LONG_RACE_KM: Final = 15.0
"""From here up races are warmed up for in :data:`_SHORT_WARM_UP` minutes, and their effort is that of a half."""
_SHORT_WARM_UP: Final = 10


class _Pieces(NamedTuple):
    """How a race is run: so far held back, so far in rhythm; what is left is raced, with its effort and a cue."""

    km: tuple[int, int]
    miles: tuple[int, int]
    effort: int
    cue: str


_PIECES: Final[Mapping[Kind, _Pieces]] = {
    "5k": _Pieces((1, 3), (1, 1), 9, "the last stretch, now race"),
    "10k": _Pieces((3, 4), (2, 2), 9, "the last part, now race"),
    "half": _Pieces((5, 11), (3, 7), 8, "the last quarter, now it may hurt"),
    "marathon": _Pieces((8, 24), (5, 15), 8, "the last quarter, stay tall"),
}


def race_day(wish: Wish) -> dt.date | None:
    """The day of the race that a plan leads up to: where only its start is known, the Sunday of its last week."""
    if wish.race or wish.kind not in DISTANCES:
        return wish.race
    assert wish.start is not None
    return week_begin(wish.start, 0) + dt.timedelta(weeks=wish.weeks, days=-1)


def distance_words(distance: Distance) -> str:
    """A race's distance as a name: ``10 km``, ``Half marathon``."""
    return _WORDS.get(race_name(distance), str(distance))


def distance_key(distance: Distance) -> str:
    """The same behind ``distance:``."""
    name = race_name(distance)
    return name if name in _WORDS else str(distance)


def rest_days(distance: Distance) -> int:
    """Easy days behind a race."""
    return max(1, round(distance.metres / 1000 / _KM_A_DAY))


def tune_up_steps(distance: Distance, gauge: Gauge) -> str:
    """A race on the way, with its warm-up."""
    name, easy = race_name(distance), gauge.target("easy")
    is_long = distance.metres / 1000 >= _LONG_RACE_KM
    target = gauge.target("half" if is_long else "5k") if gauge.by_effort else name
    warm_up = _SHORT_WARM_UP if is_long else _WARM_UP
    written = _AS_WRITTEN.get(name, str(distance))
    return f"warmup {warm_up} min @ {easy}, {written} @ {target}, cooldown 10 min @ {easy}"


def tune_up(distance: Distance, gauge: Gauge) -> Session:
    """The same as a session."""
    words = distance_words(distance)
    return Session(words, 0.0, steps=tune_up_steps(distance, gauge), race=distance_key(distance))


def race_lines(kind: Kind, gauge: Gauge, *, has_goal: bool) -> list[str]:
    """The steps of the race that a plan leads up to, one each: held back, in rhythm, raced."""
    pieces, far = _PIECES[kind], gauge.far
    held, even = pieces.km if far == "km" else pieces.miles
    pace = "goal" if has_goal else gauge.target(kind)
    slower = "3..6 s/km" if far == "km" else "5..10 s/mi"
    back = gauge.target("marathon") if gauge.by_effort and not has_goal else f"{pace} + {slower}"
    warm_up = {"5k": 15, "10k": 15, "half": 10}.get(kind, 5)
    return [
        f"warmup: {warm_up} min @ {gauge.target('easy')}",
        f"run: {held} {far} @ {back} -- hold back, let them go",
        f"run: {even} {far} @ {pace} -- rhythm, nothing else",
        f"run: lap @ RPE {pieces.effort} -- {pieces.cue}",
    ]
