"""The comment on top of a plan: what it goes from and to, how it grows, and what to do after a race."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from negsplit.diagnostics import listed
from negsplit.plan.make.days import Days
from negsplit.plan.make.gauge import Gauge
from negsplit.plan.make.numbers import USUAL_PACE
from negsplit.plan.make.races import distance_key, tune_up_steps
from negsplit.plan.make.weeks import Season
from negsplit.plan.make.wish import Kind, Wish
from negsplit.units import HALF_MARATHON, Distance, pace_text
from negsplit.words import DAYS, LONG_DAYS

_WIDTH: Final = 116
_NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven")
_AIMS: Final[Mapping[Kind, str]] = {
    "5k": "to a 5 km race",
    "10k": "to a 10 km race",
    "half": "to a half marathon",
    "marathon": "to a marathon",
    "base": "of base training",
}


class _Fitting(NamedTuple):
    """A race that fits on the way, and how many weeks before the race at most and at least (judgements)."""

    words: str
    distance: Distance
    most: int
    least: int


_FIVE: Final = _Fitting("A parkrun, or another 5 km race,", Distance(500_000), 7, 2)
_ON_THE_WAY: Final[Mapping[Kind, _Fitting]] = {
    "5k": _FIVE,
    "10k": _FIVE,
    "half": _Fitting("A 10 km race", Distance(1_000_000), 5, 3),
    "marathon": _Fitting("A half marathon", HALF_MARATHON, 6, 4),
}
_FIRST_RACE: Final = 3
"""The first week in which one is recommended."""


class Foreword:
    """What is said on top of one plan; ``has_second`` where it has weeks of two fast sessions."""

    def __init__(self, wish: Wish, gauge: Gauge, days: Days, season: Season, *, has_second: bool) -> None:
        self.wish, self.gauge, self.days, self.season = wish, gauge, days, season
        self.has_second = has_second

    def lines(self) -> list[str]:
        """The whole comment, each line behind its ``#``."""
        found: list[str] = []
        for one in self._paragraphs():
            is_code = one.startswith(" ")
            found += [one] if is_code else textwrap.wrap(one, _WIDTH, break_on_hyphens=False) or [""]
        return [f"# {line}".rstrip() for line in found]

    def _paragraphs(self) -> Iterator[str]:
        weeks, runs = _counted(self.wish.weeks, "week"), _counted(self.wish.runs, "run")
        yield f"{weeks} {_AIMS[self.wish.kind]}, with {runs} a week.".capitalize()
        yield ""
        yield self._from_to()
        yield self._growth()
        yield self._days_of_the_week()
        yield (
            "`easy` and `strides` are blocks, below: an easy run, and one that ends with four short, quick strides. "
            "Change a block, and all its sessions change. `total` says how long a run is, week by week. Change what "
            "does not suit you. If you miss a run, let it go."
        )
        if self.gauge.by_effort:
            yield self._by_effort()
        yield from self._race_on_the_way()
        yield self._afterwards()

    def _from_to(self) -> str:
        gauge, season = self.gauge, self.season
        now = gauge.about(gauge.amount(self.wish.volume)), gauge.about(gauge.amount(self.wish.longest))
        top, longest = gauge.about(season.top.km), gauge.about(season.longest_km)
        return (
            f"You run {now[0]} a week now, {now[1]} at most in one go. The biggest week is week {season.top.number}, "
            f"with about {top}; the longest run is {longest}."
        )

    def _growth(self) -> str:
        said = "A week has a tenth more than those before, or less."
        if down := [str(week) for week in self.season.down]:
            which = f"Week {down[0]} is" if len(down) == 1 else f"Weeks {listed(down, 'and')} are"
            said += f" {which} a quarter lighter: then your body catches up."
        shares = [f"{100 * week.km / self.season.top.km:.0f}" for week in self.season.weeks if week.phase == "taper"]
        if shares:
            said += f" The last {_counted(len(shares), 'week')} have {listed(shares, 'and')} % of the biggest"
            said += ", and the race: now rest makes you fast."
        return said

    def _days_of_the_week(self) -> str:
        days = self.days.day("first"), self.days.day("second"), self.days.day("long")
        first, second, long = (LONG_DAYS[day].capitalize() for day in days)
        other = "has a second fast session in some weeks, else strides" if self.has_second else "has strides"
        return (
            f"{first} is for fast running, {second} {other}, and {long} has the long run. Everything else is easy: "
            "slow enough to talk."
        )

    def _by_effort(self) -> str:
        said = (
            "Everything goes by effort. RPE is how hard it feels, from 1 to 10: at 3 you talk in sentences, at 7 in "
            "single words."
        )
        if self.gauge.is_assumed and isinstance(self.wish.volume, Distance):
            pace = f"{pace_text(1000 / 60 / USUAL_PACE, self.gauge.far)}/{self.gauge.far}"
            said += f" Your week was turned into minutes at {pace}, a usual easy pace. Is yours another? Change them."
        return said

    def _race_on_the_way(self) -> Iterator[str]:
        fitting = _ON_THE_WAY.get(self.wish.kind)
        if fitting is None or self.wish.tune_ups:
            return
        last = self.season.weeks[-1].number
        weeks = [week for week in range(last - fitting.most, last - fitting.least + 1) if week >= _FIRST_RACE]
        if weeks:
            week = ([week for week in weeks if week in self.season.down] or weeks)[-1]
            steps = tune_up_steps(fitting.distance, self.gauge)
            race = f'{{race: {distance_key(fitting.distance)}, steps: "{steps}"}}'
            yield f"{fitting.words} fits into week {week}, instead of the long run. Write it under `days`, at the end:"
            yield f"  week {week}: {{{DAYS[self.days.day('long')]}: {race}}}"

    def _afterwards(self) -> str:
        if self.gauge.by_effort:
            return (
                "If you race or run a test, write the result into your athlete.yaml (`negsplit athlete init` makes "
                "one): your next plan can then have paces."
            )
        return (
            "Paces come from the results in your athlete.yaml. After a race or a test add the new one, with its date: "
            "from the next day on, the paces are those."
        )


def _counted(number: int, what: str) -> str:
    words = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{words} {what}{'' if number == 1 else 's'}"
