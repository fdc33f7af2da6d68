"""Whether a plan can begin where its runner is now, how many weeks it takes from there, and what to offer if not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from negsplit.limits import is_runnable
from negsplit.plan.make import comeback, first_5k
from negsplit.plan.make.days import week_starts_for
from negsplit.plan.make.gauge import Gauge
from negsplit.plan.make.numbers import (
    DOWN_EVERY,
    FIT_FOR_MARATHON,
    LONG_STEP,
    MOST_OF_WEEK,
    NUMBERS,
    STEP_KM,
    STEP_SHARE,
)
from negsplit.plan.make.races import DISTANCES, race_day
from negsplit.plan.make.wish import Instead, Kind, Refusal, Wish
from negsplit.plan.texts import MAX_WEEKS
from negsplit.plan.weeks import week_begin
from negsplit.units import METRES_PER, Distance, Duration, clock

FEWEST_RUNS, MOST_RUNS = 3, 6
"""Runs a week."""
MOST_WEEKS: Final = 30
"""A longer way is two plans, of which the second follows the first."""
BY_DISTANCE: Final[tuple[Kind, ...]] = ("marathon", "half", "10k", "5k")
"""The kinds that end with a race, the longest first."""
CALLED: Final[Mapping[Kind, str]] = {
    "5k": "a 5k",
    "10k": "a 10k",
    "half": "a half marathon",
    "marathon": "a marathon",
    "base": "a base plan",
    "first-5k": "a first 5k",
    "return": "a way back",
}
_AT_THE_TOP: Final[Mapping[Kind, int]] = {"marathon": 2}
"""Weeks with what has to be reached, before the taper; one for the other kinds."""


def weeks_needed(wish: Wish, gauge: Gauge) -> int:
    """The fewest weeks of a plan of this kind for this runner: what the kind takes, or what growing takes if longer.

    Reckoned forward in steps of 10 % (2 km a week and 1.6 km a long run are always fine), every fourth week lighter,
    until both the week and the long run are what the kind has to reach; then the taper.
    """
    match wish.kind:
        case "first-5k":
            return first_5k.weeks_from(wish.longest)
        case "return":
            return comeback.FEWEST_WEEKS
    numbers, (km, long_km) = NUMBERS[wish.kind], _now(wish, gauge)
    is_fit = wish.kind == "marathon" and km >= FIT_FOR_MARATHON.km and long_km >= FIT_FOR_MARATHON.long_km
    least = FIT_FOR_MARATHON.weeks if is_fit else numbers.least.weeks
    climbing = _weeks_of_growth(km, long_km, *_aim(wish.kind, gauge))
    return max(least, climbing + (_AT_THE_TOP.get(wish.kind, 1) + len(numbers.taper)) * bool(numbers.taper))


def _now(wish: Wish, gauge: Gauge) -> tuple[float, float]:
    return gauge.amount(wish.volume), gauge.amount(wish.longest)


def _aim(kind: Kind, gauge: Gauge) -> tuple[float, float]:
    """The km of a week and of a long run that have to be reached."""
    reach = NUMBERS[kind].reach
    return reach.km, min(reach.long_km, gauge.km(reach.long_minutes))


def _weeks_of_growth(km: float, long_km: float, enough_km: float, enough_long_km: float) -> int:
    weeks = 0
    while km < enough_km or long_km < enough_long_km:
        weeks += 1
        if weeks % DOWN_EVERY:
            km += max(STEP_SHARE * km, STEP_KM)
            long_km += max(STEP_SHARE * long_km, LONG_STEP)
    return weeks


# --- Refusals ------------------------------------------------------------------------------------


def refusal(wish: Wish, gauge: Gauge) -> Refusal | None:
    """Why a wish is refused before anything is made; None where nothing is against it."""
    found = _of_runs(wish) or _of_volume(wish, gauge) or _of_races(wish) or _of_goal(wish)
    return found or _of_weeks(wish, gauge)


def _of_runs(wish: Wish) -> Refusal | None:
    if wish.kind == "first-5k" and wish.runs != first_5k.RUNS:
        message = f"a first 5k has {first_5k.RUNS} runs a week, with a day between, not {wish.runs}"
        other = replace(wish, runs=first_5k.RUNS, days=None)
        return Refusal(message, (Instead(f"with {first_5k.RUNS} runs", other),), is_final=True)
    if FEWEST_RUNS <= wish.runs <= MOST_RUNS:
        return None
    nearest = min(max(wish.runs, FEWEST_RUNS), MOST_RUNS)
    message = f"a plan has {FEWEST_RUNS} to {MOST_RUNS} runs a week, not {wish.runs}"
    other = replace(wish, runs=nearest, days=None)
    return Refusal(message, (Instead(f"with {nearest} runs", other),), is_final=True)


def _of_volume(wish: Wish, gauge: Gauge) -> Refusal | None:
    if wish.kind == "first-5k":
        return None
    km, long_km = _now(wish, gauge)
    if not km or not long_km:
        message = f"{CALLED[wish.kind]} begins with what you run now, and that is nothing yet"
        return Refusal(message, (Instead("from walking to a first 5k", _first(wish, gauge)),), is_final=True)
    if long_km > MOST_OF_WEEK * km:
        share = f"{100 * long_km / km:.0f} %"
        message = (
            f"your longest run, {wish.longest}, is {share} of your week of {wish.volume}: "
            f"{100 * MOST_OF_WEEK:.0f} % at most"
        )
        shorter = replace(wish, longest=_half(wish.volume))
        return Refusal(message, (Instead("if you begin with half of the week as your longest run", shorter),))
    return None


def _of_races(wish: Wish) -> Refusal | None:
    """A race on the way that is none: outside the plan, or on a day of another."""
    first, last = first_day(wish), race_day(wish)
    days = [one.on for one in wish.tune_ups]
    if last and all(first <= one < last for one in days) and len({*days}) == len(days):
        return None
    message = f"races on the way are on days of their own between {first} and {last}"
    return Refusal(message, (Instead("without them", replace(wish, tune_ups=())),), is_final=True) if days else None


def _of_goal(wish: Wish) -> Refusal | None:
    if wish.goal is None or wish.kind not in DISTANCES:
        return None
    distance = DISTANCES[wish.kind]
    if wish.goal.ms and is_runnable(distance.metres / wish.goal.seconds):
        return None
    message = f"nobody runs {distance} in {wish.goal}"
    without = Instead("without a goal", replace(wish, goal=None))
    hours = Duration(wish.goal.ms * 60)  # `3:45` is minutes and seconds; of a marathon, hours and minutes are meant
    if wish.goal.ms and wish.kind in ("half", "marathon") and is_runnable(distance.metres / hours.seconds):
        return Refusal(message, (Instead(f"in {clock(hours.ms)}", replace(wish, goal=hours)), without), is_final=True)
    return Refusal(message, (without,), is_final=True)


def _of_weeks(wish: Wish, gauge: Gauge) -> Refusal | None:
    needed = weeks_needed(wish, gauge)
    most = comeback.MOST_WEEKS if wish.kind == "return" else MOST_WEEKS
    if not 1 <= wish.weeks <= MAX_WEEKS:
        return Refusal(f"a plan has 1 to {most} weeks, not {wish.weeks}", is_final=True)
    if wish.weeks > most:
        return Refusal(f"a plan has up to {most} weeks, not {wish.weeks}", tuple(_in_two(wish, most)))
    if wish.weeks >= needed:
        return None
    return Refusal(_too_few(wish, gauge, needed), tuple(others(wish, gauge)))


def _too_few(wish: Wish, gauge: Gauge, needed: int) -> str:
    """Why so few weeks do not do."""
    weeks = f"{wish.weeks} week{'s' if wish.weeks != 1 else ''}"
    least = f"{CALLED[wish.kind]} takes {needed} weeks from where you are, and you have {weeks}"
    if wish.kind not in NUMBERS or needed <= NUMBERS[wish.kind].least.weeks:
        return least
    pairs = zip(("your week", "your long run"), _now(wish, gauge), _aim(wish.kind, gauge), strict=True)
    grows = [
        f"{what} from {_said(here, wish, gauge)} to {_said(there, wish, gauge)}"
        for what, here, there in pairs
        if here < there
    ]
    return f"{least}: {' and '.join(grows)}, a tenth at a time"


def _said(km: float, wish: Wish, gauge: Gauge) -> str:
    """A length in the unit in which the runner said theirs."""
    if isinstance(wish.volume, Duration):
        return f"{km * gauge.pace:.0f} min"
    return f"{1000 * km / METRES_PER[gauge.far]:.0f} {gauge.far}"


def _half(amount: Distance | Duration) -> Distance | Duration:
    """Half of a week, in whole hundreds of metres or minutes."""
    if isinstance(amount, Distance):
        return Distance(amount.cm // 2 // 10_000 * 10_000)
    return Duration(amount.ms // 2 // 60_000 * 60_000)


# --- What would do -------------------------------------------------------------------------------


def others(wish: Wish, gauge: Gauge) -> Iterator[Instead]:
    """Wishes that may be granted in the place of one: the nearest to it first."""
    yield from _later(wish, gauge)
    yield from _shorter_races(wish, gauge)
    yield from _base(wish)
    yield from _first_5k(wish, gauge)


def _later(wish: Wish, gauge: Gauge) -> Iterator[Instead]:
    needed = weeks_needed(wish, gauge)
    if not wish.weeks < needed <= MOST_WEEKS:
        return
    yield later(wish, needed - wish.weeks)


def later(wish: Wish, weeks: int) -> Instead:
    """The same from the same day on, some weeks longer."""
    longer = replace(wish, weeks=wish.weeks + weeks)
    if wish.race is None:
        return Instead(f"in {longer.weeks} weeks", longer)
    longer = replace(longer, race=wish.race + dt.timedelta(weeks=weeks), goal=wish.goal)
    return Instead(f"a race from {longer.race} on", longer)


def _shorter_races(wish: Wish, gauge: Gauge) -> Iterator[Instead]:
    if wish.kind not in BY_DISTANCE:
        return
    on_the_day = "on your day: " if wish.race else f"in {wish.weeks} weeks: "
    for kind in BY_DISTANCE[BY_DISTANCE.index(wish.kind) + 1 :]:
        other = replace(wish, kind=kind, goal=None, tune_ups=())
        if wish.weeks >= weeks_needed(other, gauge):
            yield Instead(f"{on_the_day}{CALLED[kind]}", other)


def _base(wish: Wish) -> Iterator[Instead]:
    """Weeks without a race, from the day on which the plan would have begun."""
    if wish.kind not in BY_DISTANCE:
        return
    weeks = max(wish.weeks, NUMBERS["base"].least.weeks)
    other = replace(wish, kind="base", weeks=weeks, race=None, start=first_day(wish), goal=None, tune_ups=())
    yield Instead(f"{weeks} weeks of base now, and {CALLED[wish.kind]} after", other)


def _first_5k(wish: Wish, gauge: Gauge) -> Iterator[Instead]:
    """For those who run for less than half an hour, and have no result or no race in mind."""
    if (gauge.is_assumed or wish.kind == "base") and gauge.amount(wish.longest) * gauge.pace < first_5k.WITHOUT_WALK:
        yield Instead("a first 5k", _first(wish, gauge))


def _first(wish: Wish, gauge: Gauge) -> Wish:
    longest = Duration(int(gauge.amount(wish.longest) * gauge.pace) * 60_000)
    return Wish(
        "first-5k",
        wish.title,
        first_5k.weeks_from(longest),
        first_5k.RUNS,
        Duration(0),
        longest,
        start=first_day(wish),
    )


def _in_two(wish: Wish, most: int) -> Iterator[Instead]:
    """The last weeks of a long way alone, and what could be before them."""
    first = first_day(wish)
    yield Instead(f"the last {most} of these weeks", replace(wish, weeks=most, start=_start(wish, first, most)))
    if wish.kind in BY_DISTANCE and NUMBERS["base"].least.weeks <= wish.weeks - most <= MOST_WEEKS:
        base = replace(wish, kind="base", weeks=wish.weeks - most, race=None, start=first, goal=None, tune_ups=())
        yield Instead("before them a plan of its own", base, is_followed=True)


def _start(wish: Wish, first: dt.date, most: int) -> dt.date | None:
    return None if wish.start is None else first + dt.timedelta(weeks=wish.weeks - most)


def first_day(wish: Wish) -> dt.date:
    """The day on which a plan begins: its start, else the Monday of the first of its weeks up to the race."""
    if wish.start is not None:
        return wish.start
    assert wish.race is not None
    return week_begin(wish.race, week_starts_for(wish.race.weekday())) - dt.timedelta(weeks=wish.weeks - 1)
