"""The comment on top of a plan: what it goes from and to, how it grows, and what to do after a race."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from negsplit.athlete.races import race_name
from negsplit.diagnostics import listed
from negsplit.plan.make.days import Days
from negsplit.plan.make.gauge import Gauge
from negsplit.plan.make.numbers import USUAL_PACE
from negsplit.plan.make.schedule import Entry, date_of
from negsplit.plan.make.weeks import Season
from negsplit.plan.make.wish import Kind, Wish
from negsplit.units import HALF_MARATHON, METRES_PER, Distance, Duration, pace_text
from negsplit.words import LONG_DAYS

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
    """What is said on top of one plan."""

    def __init__(
        self, wish: Wish, gauge: Gauge, days: Days, season: Season, first: dt.date, entries: Sequence[Entry]
    ) -> None:
        self.wish, self.gauge, self.days, self.season = wish, gauge, days, season
        self.first, self.entries = first, entries

    def lines(self) -> list[str]:
        """The whole comment, each line behind its ``#``."""
        found = [textwrap.wrap(one, _WIDTH, break_on_hyphens=False) or [""] for one in self._paragraphs()]
        return [f"# {line}".rstrip() for lines in found for line in lines]

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
            "does not suit you. Did you miss days? `negsplit plan adapt` tells you how to go on."
        )
        if self.gauge.by_effort:
            yield self._by_effort()
        yield from self._race_on_the_way()
        yield self._afterwards()

    def _from_to(self) -> str:
        gauge, season = self.gauge, self.season
        now = self._told(self.wish.volume), self._told(self.wish.longest)
        kms = {week.number: sum(one.session.km for one in self._of(week.number)) for week in season.weeks}
        biggest = max(kms, key=lambda number: kms[number])
        return (
            f"You run {now[0]} a week now, {now[1]} at most in one go. The biggest week is week {biggest}, with about "
            f"{gauge.about(kms[biggest])}; the longest run is {gauge.about(season.longest_km)}."
        )

    def _told(self, given: Distance | Duration) -> str:
        """What the runner said, and in minutes where the plan has those."""
        written = self.gauge.about(self.gauge.amount(given))
        if isinstance(given, Duration) or self.gauge.unit != "min":
            return written
        return f"{given.metres / METRES_PER[self.gauge.far]:.0f} {self.gauge.far} ({written})"

    def _of(self, week: int) -> list[Entry]:
        return [one for one in self.entries if one.week == week]

    def _growth(self) -> str:
        said = "Weeks grow by a tenth at most."
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
        has_second = any(one.day == days[1] and not one.session.is_easy for one in self.entries)
        other = "has a second fast session in some weeks, else strides" if has_second else "has strides"
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
            far = self.gauge.far
            pace = f"{pace_text(1000 / 60 / USUAL_PACE, far)}/{far}"
            said += f" The minutes are counted at {pace}, a usual easy pace. Is yours another? Then change them."
        return said

    def _race_on_the_way(self) -> Iterator[str]:
        fitting = _ON_THE_WAY.get(self.wish.kind)
        if fitting is None or self.wish.tune_ups:
            return
        last = self.season.weeks[-1].number
        weeks = [week for week in range(last - fitting.most, last - fitting.least + 1) if week >= _FIRST_RACE]
        if weeks:
            week = ([week for week in weeks if week in self.season.down] or weeks)[-1]
            on = date_of(self.first, week, self.days.day("long"), self.days.week_starts)
            yield (
                f"{fitting.words} fits into week {week}, instead of the long run. `negsplit new` with "
                f"`--tune-up {on}:{race_name(fitting.distance)}` makes the plan around it."
            )

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
