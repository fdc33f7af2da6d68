"""What the rules for plans look at: its runs in the order of their days, and what its weeks come to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from negsplit.athlete.paces import Runner
from negsplit.check.subject import EASY_FAST_SHARE, WorkoutSubject
from negsplit.diagnostics import Span
from negsplit.estimate.kinds import is_run, is_walk
from negsplit.estimate.profile import Bar
from negsplit.plan.totals import PlanTotals, SessionTotals, Sum, WeekTotals
from negsplit.plan.weeks import Week
from negsplit.units import METRES_PER, Duration, PaceUnit

WALK_RUN_PROGRAMME: Final = 1 / 3
"""A plan with more than this share of walk-run sessions is a walk-run programme, not one for the road (a judgement)."""


class Measure(NamedTuple):
    """What the runs of a plan are compared by: metres, or seconds where more of them have a time than a distance."""

    in_metres: bool
    unit: PaceUnit

    def of(self, one: SessionTotals) -> float | None:
        """The whole of a session, in metres or seconds; None where some of it cannot be told."""
        return None if one.is_short else one.metres if self.in_metres else one.seconds

    def of_week(self, week: WeekTotals) -> float | None:
        """The whole of a week, in metres or seconds; None where some of it cannot be told."""
        found: Sum = week.totals.metres if self.in_metres else week.totals.seconds
        return None if found.missing else found.value

    def change(self, week: WeekTotals) -> float | None:
        """By what share a week has more than the highest of the four before; None where that cannot be told."""
        return week.more_distance if self.in_metres else week.more_time

    def text(self, amount: float) -> str:
        """``12.4 km``, ``1 h 05``."""
        return f"{amount / METRES_PER[self.unit]:.1f} {self.unit}" if self.in_metres else time_text(amount)


class Run:
    """One session that is run, a race among them, with what rules ask of it. Seconds leave out rests."""

    def __init__(self, totals: SessionTotals, workout: WorkoutSubject | None) -> None:
        self.totals, self.workout = totals, workout
        self.key, self.date, self.week = totals.key, totals.planned.date, totals.planned.week
        self.is_race = totals.is_race

    @property
    def span(self) -> Span | None:
        """Where the plan names it."""
        return self.totals.planned.session.span

    @property
    def is_hard(self) -> bool:
        """Whether there is so much fast running in it that it takes a day to get over."""
        return self.totals.is_hard

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Its steps in the order run; none where it has no workout."""
        return self.totals.profile.bars if self.totals.profile else ()

    @cached_property
    def is_walk_run(self) -> bool:
        """Whether it is a session of running and walking."""
        return self.workout is not None and self.workout.is_walk_run

    @cached_property
    def longest_bout(self) -> float:
        """The seconds of the longest stretch that is run without a walk or a rest, warm-up and cool-down apart."""
        longest = now = 0.0
        for bar in self.bars:
            now = now + _once(bar) if is_run(bar.step) else 0.0
            longest = max(longest, now)
        return longest

    @cached_property
    def run_seconds(self) -> float:
        """Seconds run in all, warm-up and cool-down apart."""
        return _seconds([bar for bar in self.bars if is_run(bar.step)])

    @cached_property
    def walk_seconds(self) -> float:
        """Seconds walked between the runs."""
        return sum(bar.seconds for bar in self.bars if is_walk(bar.step))

    def seconds_between(self, low: float, high: float) -> float:
        """Seconds of steps whose middle speed, as a share of threshold speed, is from ``low`` to below ``high``."""
        return sum(bar.seconds for bar in self.bars if not bar.still and low <= round(bar.effort, 6) < high)

    @cached_property
    def moving_seconds(self) -> float:
        """Seconds of running and walking in all."""
        return sum(bar.seconds for bar in self.bars if not bar.still)

    @cached_property
    def is_paced_by_share(self) -> bool:
        """Whether it is known how fast every step is for its runner."""
        return self.workout is not None and all(self.workout.share(bar) is not None for bar in self.bars)

    @cached_property
    def is_all_easy(self) -> bool:
        """Whether no step is faster than easy and no progression asks for more."""
        is_easy = all(round(bar.effort, 4) <= EASY_FAST_SHARE for bar in self.bars)
        return is_easy and not self.is_race and not self.is_progression

    @cached_property
    def is_progression(self) -> bool:
        """Whether its workout is a progression."""
        return self.workout is not None and self.workout.is_progression


class PlanSubject:
    """A plan with what rules ask of it."""

    def __init__(self, totals: PlanTotals) -> None:
        self.totals, self.plan, self.weeks = totals, totals.plan, totals.weeks

    @property
    def span(self) -> Span | None:
        """Where the plan is named."""
        return self.plan.span

    @cached_property
    def workouts(self) -> dict[str, WorkoutSubject]:
        """The workout of each session, by its key; those that differ in their day alone are one."""
        known: dict[int, WorkoutSubject] = {}
        return {
            one.key: known.setdefault(id(one.workout.program.steps), WorkoutSubject(one.workout, in_plan=True))
            for one in self.totals.sessions
            if one.workout
        }

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Every session that is run, in the order of their days."""
        return tuple(Run(one, self.workouts.get(one.key)) for one in self.totals.sessions if one.is_run)

    def runs_of(self, week: WeekTotals) -> list[Run]:
        """Those of one week."""
        return self._runs_by_week.get(week.week, [])

    @cached_property
    def _runs_by_week(self) -> dict[Week, list[Run]]:
        found: dict[Week, list[Run]] = {}
        for one in self.runs:
            found.setdefault(one.week, []).append(one)
        return found

    @cached_property
    def runner(self) -> Runner | None:
        """Whose plan it is; None for a plan without a workout."""
        return next((one.workout.runner for one in self.runs if one.workout), None)

    @cached_property
    def measure(self) -> Measure:
        """What its runs are compared by."""
        far = sum(one.totals.metres is not None for one in self.runs)
        timed = sum(one.totals.seconds is not None for one in self.runs)
        return Measure(far >= timed, self.totals.unit)

    @cached_property
    def is_walk_run(self) -> bool:
        """Whether this is a walk-run programme, which rules for the road leave alone."""
        return sum(one.is_walk_run for one in self.runs) > WALK_RUN_PROGRAMME * len(self.runs)

    @cached_property
    def first_day(self) -> dt.date:
        """The day from which it has sessions."""
        return max(self.plan.start or self.weeks[0].week.first, self.weeks[0].week.first)

    def is_race_week(self, week: WeekTotals) -> bool:
        """Whether a race lies in it."""
        return any(one.is_race for one in self.runs_of(week))

    def is_behind_the_race(self, week: WeekTotals) -> bool:
        """Whether it is one of those after the race, which are for recovery."""
        return week.week.number > self.plan.weeks

    def is_whole(self, week: WeekTotals) -> bool:
        """Whether the plan was under way on its first day."""
        return week.week.first >= self.first_day


def _once(bar: Bar) -> float:
    """The seconds of a step; where a profile is too long for all rounds, one bar stands for all of them."""
    length = bar.step.length
    return min(bar.seconds, length.seconds) if isinstance(length, Duration) else bar.seconds


def _seconds(bars: Sequence[Bar]) -> float:
    return sum(bar.seconds for bar in bars)


# --- Words -----------------------------------------------------------------------------------------


def time_text(seconds: float) -> str:
    """``90 s``, ``20 min``, ``2:30``, ``1 h 05``: whole minutes from ten minutes up."""
    if seconds < 120:
        return f"{round(seconds)} s"
    if seconds < 600 and round(seconds) % 60:
        return f"{round(seconds) // 60}:{round(seconds) % 60:02d}"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d}"


def percent(share: float) -> str:
    """``31 %``."""
    return f"{100 * share:.0f} %"


def week_text(week: WeekTotals) -> str:
    """``week 3``, or ``week 3 again``."""
    return f"week {week.week.number}" + (" again" if week.week.again else "")


def weeks_text(weeks: Sequence[WeekTotals]) -> str:
    """``week 3``, ``weeks 2-4, 6``: every week once."""
    runs: list[list[int]] = []
    for number in sorted({one.week.number for one in weeks}):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
    return f"week{'s' if sum(map(len, runs)) > 1 else ''} {', '.join(parts)}"


def days_apart(runs: Sequence[Run], days: int) -> Iterator[tuple[Run, Run]]:
    """Pairs of neighbours among some runs that are so many days apart, two on one day taken as one."""
    last = {one.date: one for one in runs}
    for one in last.values():
        behind = last.get(one.date + dt.timedelta(days=days))
        if behind:
            yield one, behind
