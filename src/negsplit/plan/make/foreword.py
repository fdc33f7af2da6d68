"""The comment on top of a plan: what it goes from and to, how it grows, and what to do after a race."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from negsplit.plan.make.days import Days
from negsplit.plan.make.gauge import Gauge
from negsplit.plan.make.numbers import USUAL_PACE
from negsplit.plan.make.races import distance_key, tune_up_steps
from negsplit.plan.make.weeks import Season, weeks_text
from negsplit.plan.make.wish import Kind, Wish
from negsplit.units import HALF_MARATHON, METRES_PER, Distance, pace_text
from negsplit.words import DAYS, LONG_DAYS

_WIDTH: Final = 116
_NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven")
AIMS: Final[Mapping[Kind, str]] = {
    "5k": "a 5 km race",
    "10k": "a 10 km race",
    "half": "a half marathon",
    "marathon": "a marathon",
    "base": "base training",
}


class _Fitting(NamedTuple):
    """A race that fits on the way, and how many weeks before the race at most and at least (Pfitzinger; judgements)."""

    words: str
    distance: Distance
    most: int
    least: int


_FIVE: Final = _Fitting("a parkrun, or another 5 km race,", Distance(500_000), 7, 2)
_ON_THE_WAY: Final[Mapping[Kind, _Fitting]] = {
    "5k": _FIVE,
    "10k": _FIVE,
    "half": _Fitting("a 10 km race", Distance(1_000_000), 5, 3),
    "marathon": _Fitting("a half marathon", HALF_MARATHON, 6, 4),
}


class Foreword:
    """What is said on top of one plan."""

    def __init__(self, wish: Wish, gauge: Gauge, days: Days, season: Season) -> None:
        self.wish, self.gauge, self.days, self.season = wish, gauge, days, season

    def lines(self) -> list[str]:
        """The whole comment, each line behind its ``#``."""
        found: list[str] = []
        for one in self._paragraphs():
            found += textwrap.wrap(one, _WIDTH, break_on_hyphens=False) if one else [""]
        return [f"# {line}".rstrip() for line in found]

    def _paragraphs(self) -> Iterator[str]:
        aim = AIMS[self.wish.kind]
        weeks, runs = _counted(self.wish.weeks, "week"), _counted(self.wish.runs, "run")
        yield f"{weeks} {'of' if self.wish.kind == 'base' else 'to'} {aim}, with {runs} a week.".capitalize()
        yield ""
        yield self._from_to()
        yield self._growth()
        yield self._fast_days()
        yield self._blocks()
        if self.gauge.by_effort:
            yield self._by_effort()
        yield from self._race_on_the_way()
        yield self._afterwards()

    def _from_to(self) -> str:
        gauge, season = self.gauge, self.season
        now = f"{gauge.about(gauge.amount(self.wish.volume))} a week and a longest run of"
        to = f"{gauge.about(season.top.km)} in week {season.top.number}, and a longest run of"
        return (
            f"It goes from {now} {gauge.about(gauge.amount(self.wish.longest))} to about {to} "
            f"{gauge.about(season.longest_km)}."
        )

    def _growth(self) -> str:
        down, taper = self.season.down, [week for week in self.season.weeks if week.phase == "taper"]
        said = ["Weeks grow by a tenth or less"]
        if down:
            said.append(f"; every fourth is a quarter lighter ({weeks_text(down)}), to let your body catch up")
        said.append(".")
        if taper:
            shares = " and ".join(f"{round(100 * week.km / self.season.top.km)} %" for week in taper)
            which = _counted(len(taper), "week") if len(taper) > 1 else "week"
            said.append(f" The last {which} of it have {shares} of the biggest: now rest makes you fast.")
        return "".join(said)

    def _fast_days(self) -> str:
        first, second = (LONG_DAYS[self.days.day(role)].capitalize() for role in ("first", "second"))
        long = LONG_DAYS[self.days.day("long")].capitalize()
        return (
            f"{first} is the fast day. {second} takes a second fast session in some weeks, or else four strides. {long} "
            "has the long run. All other running is easy: slow enough to talk."
        )

    def _blocks(self) -> str:
        return (
            "Below, `easy` is a run of one pace, and `strides` is the same with four short, quick strides at its end. "
            "Change them under `blocks`, and every session that uses them changes. `total` has a length for each week "
            "of its session. Missed a run? Let it go."
        )

    def _by_effort(self) -> str:
        said = (
            "Everything goes by effort: RPE is how hard it feels, from 1 to 10. At 3 you can talk in sentences, at 7 in "
            "single words."
        )
        if self.gauge.is_assumed and isinstance(self.wish.volume, Distance):
            unit = self._pace_unit
            pace = pace_text(1000 / 60 / USUAL_PACE, unit)
            said += f" Your kilometres were counted at {pace}/{unit}, a usual easy pace; if yours is another, change the minutes."
        return said

    def _race_on_the_way(self) -> Iterator[str]:
        fitting = _ON_THE_WAY.get(self.wish.kind)
        if fitting is None or self.wish.tune_ups:
            return
        last = self.season.weeks[-1].number
        weeks = [week for week in range(last - fitting.most, last - fitting.least + 1) if week > 2]
        lighter = [week for week in weeks if week in self.season.down]
        if not weeks:
            return
        week, day = (lighter or weeks)[-1], DAYS[self.days.day("long")]
        steps = tune_up_steps(fitting.distance, self.gauge)
        yield (
            f"{fitting.words[0].upper()}{fitting.words[1:]} fits in week {week}, in place of the long run. "
            "Under `days`, write"
        )
        yield f'  `week {week}: {{{day}: {{race: {distance_key(fitting.distance)}, steps: "{steps}"}}}}`'

    def _afterwards(self) -> str:
        if self.gauge.by_effort:
            return (
                "With a race result in your athlete.yaml (`negsplit athlete init` makes one), `negsplit new` makes the "
                "same plan with paces."
            )
        return (
            "Paces come from the results in your athlete.yaml. After a race or a test, add the new one there with its "
            "date: the paces change from the next day on."
        )

    @property
    def _pace_unit(self) -> str:
        return "km"


def _counted(number: int, what: str) -> str:
    words = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{words} {what}{'' if number == 1 else 's'}"
