"""Several plans one after the other, and what their months and years come to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Final

from negsplit.frozen import dataclass
from negsplit.plan.demand import Demand, amount, demand, is_in_metres, known, missed_days
from negsplit.plan.phases import Phase, phases
from negsplit.plan.raced import Raced, is_goal, raced, training
from negsplit.plan.totals import PlanTotals, SessionTotals, Totals, WeekTotals, totals_of

HIGH_RISE: Final = 0.30
"""Above it, a peak is remarked on that is so much higher than the one before (an opinion: no study tests it)."""
_DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row, both included."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        """How many there are."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class SeasonWeek:
    """A week of one of the plans. ``training`` is what it comes to without the race that the plan leads up to.

    ``missed`` are days; ``vdot`` is what the paces of its last workout come from, None where that is not known.
    """

    week: WeekTotals
    phase: Phase
    training: Totals
    races: tuple[Raced, ...]
    missed: int
    vdot: float | None


@dataclass(frozen=True, slots=True)
class SeasonPlan:
    """One of the plans. ``peak`` is its highest week and ``longest`` its longest run, the goal race apart.

    ``more`` is the peak against that of the plan before, as a share: 0.1 is a tenth more.
    """

    plan: PlanTotals
    weeks: tuple[SeasonWeek, ...]
    demand: Demand | None
    peak: SeasonWeek | None
    longest: SessionTotals | None
    more: float | None

    @property
    def easy_share(self) -> float | None:
        """Of the time moved, what is not hard; None where no time is known."""
        whole = self.plan.whole
        return 1 - whole.hard_seconds / whole.moving_seconds if whole.moving_seconds else None

    @property
    def hard_seconds(self) -> float:
        """Of a week, on average, the goal race apart."""
        return sum(week.training.hard_seconds for week in self.weeks) / len(self.weeks)


@dataclass(frozen=True, slots=True)
class Month:
    """What is run in a month of the calendar, from its ``first`` day."""

    first: dt.date
    totals: Totals


@dataclass(frozen=True, slots=True)
class Year:
    """What is run in a year of the calendar.

    ``weeks_run`` are those from Monday to Sunday that have a run in this year; ``longest_gap`` are the most days
    between two runs, in the year in which they begin. ``peak`` is the highest of the weeks that begin in it, and
    ``more`` that against the year before.
    """

    number: int
    totals: Totals
    weeks_run: int
    longest_gap: Stretch | None
    peak: SeasonWeek | None
    more: float | None


@dataclass(frozen=True, slots=True)
class Season:
    """Plans in the order of their days, counted in metres or in seconds; ``gaps`` are the days between them."""

    in_metres: bool
    plans: tuple[SeasonPlan, ...]
    gaps: tuple[Stretch, ...]
    months: tuple[Month, ...]
    years: tuple[Year, ...]

    @property
    def totals(self) -> Totals:
        """What all of it comes to."""
        return totals_of(one for plan in self.plans for one in plan.plan.sessions)

    def amount(self, totals: Totals) -> float:
        """Metres or seconds, as far as they are known."""
        return amount(totals, in_metres=self.in_metres).value or 0.0

    def known(self, week: SeasonWeek | None) -> float | None:
        """The training of a week, where all of it is known."""
        return known(week.training, in_metres=self.in_metres) if week else None

    def length(self, session: SessionTotals | None) -> float | None:
        """Metres or seconds of a run."""
        return (session.metres if self.in_metres else session.seconds) if session else None


def in_order(plans: Iterable[PlanTotals]) -> list[PlanTotals]:
    """Plans by their first days."""
    return sorted(plans, key=lambda one: (one.first_day, one.last_day))


def overlapping(plans: Iterable[PlanTotals]) -> Iterator[tuple[PlanTotals, PlanTotals]]:
    """Pairs of plans with a day in common, the earlier first; each later plan once."""
    first, *others = in_order(plans)
    for one in others:
        if one.first_day <= first.last_day:
            yield first, one
        first = max(first, one, key=attrgetter("last_day"))


def season(plans: Iterable[PlanTotals]) -> Season:
    """What some plans come to, of which no two have a day in common; there is one at least."""
    ordered = in_order(plans)
    in_metres = is_in_metres(*ordered)
    races: list[Raced] = []
    found: list[SeasonPlan] = []
    for one in ordered:
        before = found[-1].peak if found else None
        found.append(_plan(one, races, before, in_metres=in_metres))
        races += raced(one)
    sessions = [one for plan in ordered for one in plan.sessions if one.is_run]
    weeks = [week for plan in found for week in plan.weeks]
    months, years = tuple(_months(sessions)), tuple(_years(sessions, weeks, in_metres=in_metres))
    return Season(in_metres, tuple(found), tuple(_gaps(ordered)), months, years)


def _gaps(plans: Sequence[PlanTotals]) -> Iterator[Stretch]:
    for before, after in pairwise(plans):
        if after.first_day - before.end > _DAY:
            yield Stretch(before.end + _DAY, after.first_day - _DAY)


def _plan(plan: PlanTotals, earlier: Sequence[Raced], before: SeasonWeek | None, *, in_metres: bool) -> SeasonPlan:
    races = list(raced(plan))
    weeks = tuple(
        SeasonWeek(
            week,
            phase,
            training(week, plan),
            tuple(one for one in races if one.session.planned.week == week.week),
            missed_days(week, plan.plan),
            next((one.workout.runner.vdot for one in reversed(week.sessions) if one.workout), None),
        )
        for week, phase in zip(plan.weeks, phases(plan, [*earlier, *races], in_metres=in_metres), strict=True)
    )
    runs = [one for one in plan.sessions if one.is_run and not is_goal(one, plan)]
    longest = max(runs, key=lambda one: (one.metres if in_metres else one.seconds) or 0.0, default=None)
    peak = _peak(weeks, in_metres=in_metres)
    return SeasonPlan(plan, weeks, demand(plan), peak, longest, _more(peak, before, in_metres=in_metres))


def _peak(weeks: Iterable[SeasonWeek], *, in_metres: bool) -> SeasonWeek | None:
    """The highest of those that are known; of equals the first."""
    sure = [one for one in weeks if known(one.training, in_metres=in_metres)]
    return max(sure, key=lambda one: known(one.training, in_metres=in_metres) or 0.0, default=None)


def _more(now: SeasonWeek | None, before: SeasonWeek | None, *, in_metres: bool) -> float | None:
    high, other = (known(one.training, in_metres=in_metres) if one else None for one in (now, before))
    return high / other - 1 if high and other else None


# --- Months and years ----------------------------------------------------------------------------


def _months(runs: Sequence[SessionTotals]) -> Iterator[Month]:
    """Every month from the first run to the last, also where nothing is run in it."""
    days = [one.planned.date for one in runs]
    begin = min(days).replace(day=1) if days else dt.date.max
    while days and begin <= max(days):
        yield Month(begin, totals_of(one for one in runs if one.planned.date.replace(day=1) == begin))
        begin = (begin + dt.timedelta(days=31)).replace(day=1)


def _years(runs: Sequence[SessionTotals], weeks: Sequence[SeasonWeek], *, in_metres: bool) -> Iterator[Year]:
    """Every year from the first run to the last."""
    numbers = [one.planned.date.year for one in runs]
    gaps = _between_runs(runs)
    before: SeasonWeek | None = None
    for number in range(min(numbers, default=0), max(numbers, default=-1) + 1):
        of_year = [one for one in runs if one.planned.date.year == number]
        weeks_run = len({one.planned.date.isocalendar()[:2] for one in of_year})
        longest = max((one for one in gaps if one.first.year == number), key=attrgetter("days"), default=None)
        peak = _peak((one for one in weeks if one.week.week.first.year == number), in_metres=in_metres)
        yield Year(number, totals_of(of_year), weeks_run, longest, peak, _more(peak, before, in_metres=in_metres))
        before = peak


def _between_runs(runs: Sequence[SessionTotals]) -> list[Stretch]:
    days = sorted({one.planned.date for one in runs})
    return [Stretch(one + _DAY, other - _DAY) for one, other in pairwise(days) if other - one > _DAY]
