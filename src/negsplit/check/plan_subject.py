"""What the rules for plans look at: its runs in the order of their days, and what its weeks come to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, islice, takewhile
from typing import Final, NamedTuple

from negsplit.athlete.paces import Runner
from negsplit.check.breaks import Breaks
from negsplit.check.subject import EASY_EFFORT, EASY_FAST_SHARE, SAME_SPEED, WorkoutSubject, in_percent, percent
from negsplit.diagnostics import Span
from negsplit.estimate.kinds import BRISK_SHARE, HARD_SECONDS, is_run, is_walk
from negsplit.estimate.profile import Bar
from negsplit.estimate.reckoning import WALKING_MPS
from negsplit.plan.before import WEEKS_BEFORE, RunBefore, WeekBefore
from negsplit.plan.runners import RunnerFrom, index_on
from negsplit.plan.totals import PlanTotals, SessionTotals, WeekTotals
from negsplit.plan.weeks import Week, spans
from negsplit.units import METRES_PER, Duration, PaceUnit

WALK_RUN_PROGRAMME, ALL_WALK_RUN = 1 / 3, 2 / 3
"""A plan with more than the first share of walk-run sessions is a walk-run programme, in which a run without a walk is
one more step; with more than the second it is none for the road (judgements)."""
USUAL: Final = 0.90
"""Of the highest week before a break or a plan: who has run so much again is back."""
MANY_TIMES: Final = 4
"""From so many times on growth is no matter of per cents."""
ROUNDING: Final = 1e-6
"""What sums of floating numbers may be off by, as a share."""


class Measure(NamedTuple):
    """What the runs of a plan are compared by: metres, or seconds where more of them have a time than a distance.

    Of walk-runs the running alone counts, ``in_walk_runs`` of everything.
    """

    in_metres: bool
    unit: PaceUnit
    in_walk_runs: bool

    def of(self, run: Run) -> float | None:
        """The whole of a run in metres or seconds; None where that cannot be told."""
        one = run.totals
        whole = None if one.is_short else one.metres if self.in_metres else one.seconds
        if whole is None or not (self.in_walk_runs or run.is_walk_run):
            return whole
        return whole - one.walk_seconds * (WALKING_MPS.middle if self.in_metres else 1)

    def of_before(self, one: WeekBefore | RunBefore) -> float | None:
        """The same of what was run before the plan; nobody can tell how much of it was a walk-run."""
        return None if self.in_walk_runs else one.metres if self.in_metres else one.seconds

    def text(self, amount: float) -> str:
        """``12.4 km``, ``1 h 05``."""
        return far_text(amount, self.unit) if self.in_metres else time_text(amount)


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
    def seconds_hard(self) -> float:
        """Seconds of hard running in it, in steps of any length."""
        return self.totals.hard_seconds

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
    def metres_run(self) -> float:
        """Metres run in steps whose speed is known, warm-up and cool-down apart."""
        mps = self.totals.profile.threshold_mps if self.totals.profile else None
        return sum(bar.seconds * bar.effort for bar in self.bars if is_run(bar.step)) * (mps or 0.0)

    @cached_property
    def walk_seconds(self) -> float:
        """Seconds walked between the runs."""
        return sum(bar.seconds for bar in self.bars if is_walk(bar.step))

    def seconds_between(self, low: float, high: float) -> float:
        """Seconds of steps, walks apart, from ``low`` to below ``high``: shares of threshold speed."""
        moved = [bar for bar in self.bars if not bar.still and not is_walk(bar.step)]
        return sum(bar.seconds for bar in moved if low <= round(bar.effort, 6) < high)

    @cached_property
    def moving_seconds(self) -> float:
        """Seconds of running and walking in all."""
        return sum(bar.seconds for bar in self.bars if not bar.still)

    @property
    def easy_seconds(self) -> float:
        """Seconds moved at easy pace or slower, or at an effort at which one can talk."""
        return sum(bar.seconds for bar in self.bars if not bar.still and _is_easy(bar))

    @cached_property
    def is_paced_by_share(self) -> bool:
        """Whether it is known how fast every step is for its runner."""
        return self.workout is not None and all(self.workout.share(bar) is not None for bar in self.bars)

    @cached_property
    def is_all_easy(self) -> bool:
        """Whether no step is faster than easy and no progression asks for more."""
        return all(map(_is_easy, self.bars)) and not self.is_race and not self.is_progression

    @property
    def ends_fast(self) -> bool:
        """Whether its last running, five minutes or more, is at marathon pace or faster."""
        work = [bar for bar in self.bars if is_run(bar.step)]
        fast = list(takewhile(lambda bar: round(bar.effort, 6) >= BRISK_SHARE, reversed(work)))
        return self.is_paced_by_share and len(fast) < len(work) and _seconds(fast) >= HARD_SECONDS

    @cached_property
    def is_progression(self) -> bool:
        """Whether its workout is a progression."""
        return self.workout is not None and self.workout.is_progression


class Load(NamedTuple):
    """What a week before another came to by the measure: the whole, its longest run, its seconds of hard running.

    ``share`` is how much of that counts for the other, ``source`` where it stands if it is before the plan.
    """

    amount: float
    longest: float
    hard_seconds: float
    is_usual: bool
    share: float = 1.0
    source: str = ""

    @property
    def counted(self) -> float:
        """As much of the whole as counts."""
        return self.amount * self.share


class PlanSubject:
    """A plan with what rules ask of it."""

    def __init__(self, totals: PlanTotals) -> None:
        self.totals, self.plan, self.weeks = totals, totals.plan, totals.weeks

    @property
    def span(self) -> Span | None:
        """Where the plan is named."""
        return self.plan.span

    @cached_property
    def earlier(self) -> PlanSubject | None:
        """The plan that this one follows."""
        return PlanSubject(self.totals.before.plan) if self.totals.before.plan else None

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

    @cached_property
    def sessions_of_workouts(self) -> dict[WorkoutSubject, tuple[str, ...]]:
        """The keys of the sessions of each workout, in the order of days; races apart."""
        found: dict[WorkoutSubject, list[str]] = {}
        for one in self.runs:
            if one.workout and not one.is_race:
                found.setdefault(one.workout, []).append(one.key)
        return {workout: tuple(keys) for workout, keys in found.items()}

    def runs_of(self, week: WeekTotals) -> list[Run]:
        """Those of one week."""
        return self._runs_by_week.get(week.week, [])

    @property
    def runs_by_week(self) -> Iterator[tuple[WeekTotals, list[Run]]]:
        """Every week with its runs."""
        return ((week, self.runs_of(week)) for week in self.weeks)

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

    def known_before(self, day: dt.date) -> RunnerFrom:
        """What its runner can do as far as is known on a day, and since when that is."""
        return self.totals.runners[index_on(self.totals.runners, day)]

    @cached_property
    def measure(self) -> Measure:
        """What its runs are compared by; walk-runs by their time."""
        far = sum(one.totals.metres is not None for one in self.runs)
        timed = sum(one.totals.seconds is not None for one in self.runs)
        in_walk_runs = self._is_walk_run_programme
        return Measure(far >= timed and not in_walk_runs, self.totals.unit, in_walk_runs)

    def amount(self, week: WeekTotals) -> float | None:
        """The whole of a week by the measure; None where some of it cannot be told."""
        return self._amounts[week.week]

    @cached_property
    def _amounts(self) -> dict[Week, float | None]:
        found = {week.week: [self.measure.of(one) for one in self.runs_of(week)] for week in self.weeks}
        return {week: None if None in some else sum(one or 0.0 for one in some) for week, some in found.items()}

    def longest(self, week: WeekTotals) -> float:
        """The longest run of a week by the measure, the race that the plan leads up to apart."""
        lengths = [self.measure.of(one) for one in self.runs_of(week) if not self.is_goal(one)]
        return max((one for one in lengths if one), default=0.0)

    def before(self, week: WeekTotals) -> list[Load]:
        """What the four weeks before come to, the newest first; none where nothing usual is among them.

        That is no week, or down weeks and half ones alone. Weeks with missed days count for nothing, and those before
        a break for as much as is taken up again by now.
        """
        index = self._places[week.week]
        own = (self._load(one, week) for one in reversed(self.weeks[:index]) if not self.is_missed(one))
        earlier = (self._load_before(one, week) for one in reversed(self.totals.before.weeks))
        before = [one for one in islice(chain(own, earlier), WEEKS_BEFORE) if one.amount]
        return before if any(one.is_usual for one in before) else []

    def _load(self, one: WeekTotals, week: WeekTotals) -> Load:
        is_usual = self.is_whole(one) and not one.week.is_down
        share = self.breaks.share_in_week(one.last, week.week.first)
        return Load(self.amount(one) or 0.0, self.longest(one), one.totals.hard_seconds, is_usual, share)

    def _load_before(self, one: WeekBefore, week: WeekTotals) -> Load:
        before, measure = self.totals.before, self.measure
        longest = (measure.of_before(one.longest) if one.longest else None) or 0.0
        share = before.share * self.breaks.share_in_week(one.last, week.week.first)
        return Load(measure.of_before(one) or 0.0, longest, one.hard_seconds or 0.0, one.is_usual, share, before.source)

    @cached_property
    def _places(self) -> dict[Week, int]:
        return {one.week: index for index, one in enumerate(self.weeks)}

    def most_before(self, week: WeekTotals) -> Load | None:
        """The one of the four weeks before of which most counts; None where there is nothing to compare with."""
        return max(self.before(week), key=lambda one: one.counted, default=None)

    @property
    def knows_before(self) -> bool:
        """Whether it is known how much was run in a week before it."""
        return any(self.measure.of_before(one) is not None for one in self.totals.before.weeks)

    def amount_before(self, first: dt.date, end: dt.date) -> float | None:
        """What was run before the plan from a day to before another, each day as much as the others of its week."""
        days = [first + dt.timedelta(days=number) for number in range((end - first).days)]
        weeks = [next((one for one in self.totals.before.weeks if one.first <= day <= one.last), None) for day in days]
        amounts = [self.measure.of_before(week) if week else None for week in weeks]
        known = [amount * self.totals.before.share / 7 for amount in amounts if amount is not None]
        return sum(known) if len(known) == len(days) else None

    @cached_property
    def breaks(self) -> Breaks:
        """The days missed in it, in the plan before, and between the two."""
        return Breaks((*self.totals.before.missed, *self.plan.missed))

    def is_missed(self, week: WeekTotals) -> bool:
        """Whether a day of it was missed."""
        return self.breaks.touch(week.week.first, week.last)

    def climbs_back(self, week: WeekTotals) -> bool:
        """Whether no week since the last break, or since the plan began, had what was usual before."""
        since = self.breaks.last_before(week.week.first) or self.first_day
        own = [(one.last, self.amount(one) or 0.0) for one in self.weeks if one.week.first <= week.week.first]
        before = [(one.last, self.measure.of_before(one) or 0.0) for one in self.totals.before.weeks]
        all_of_them = [*before, *own]
        usual = [amount for last, amount in all_of_them if last < since and amount][-WEEKS_BEFORE:]
        now = [amount for last, amount in all_of_them if last >= since]
        return bool(usual) and max(now, default=0.0) < USUAL * max(usual)

    @cached_property
    def is_all_walk_run(self) -> bool:
        """Whether so many sessions are walk-runs that rules for the road make no sense."""
        return self._walk_run_share > ALL_WALK_RUN

    @property
    def _is_walk_run_programme(self) -> bool:
        return self._walk_run_share > WALK_RUN_PROGRAMME

    @cached_property
    def _walk_run_share(self) -> float:
        return sum(one.is_walk_run for one in self.runs) / max(len(self.runs), 1)

    @cached_property
    def walk_runs(self) -> tuple[Run, ...]:
        """What the rules for walk-run look at: its sessions, in a programme all of it."""
        return tuple(one for one in self.runs if one.is_walk_run or self._is_walk_run_programme)

    @property
    def first_day(self) -> dt.date:
        """The day from which it has sessions."""
        return self.totals.first_day

    def is_goal(self, run: Run) -> bool:
        """Whether it is on the day of the race that the plan leads up to."""
        return self.plan.race is not None and run.date == self.plan.race.on

    def is_goal_week(self, week: WeekTotals) -> bool:
        """Whether the race that the plan leads up to lies in it."""
        race = self.plan.race
        return race is not None and week.week.first <= race.on <= week.last

    def is_behind_the_race(self, week: WeekTotals) -> bool:
        """Whether it is one of those after the race, which are for recovery."""
        return week.week.number > self.plan.weeks

    def is_whole(self, week: WeekTotals) -> bool:
        """Whether the plan was under way on its first day."""
        return week.week.first >= self.first_day


def _is_easy(bar: Bar) -> bool:
    effort = bar.step.written.effort if bar.step.written and bar.step.target is None else None
    return sum(effort) / 2 <= EASY_EFFORT if effort else bar.effort <= EASY_FAST_SHARE + SAME_SPEED / 2


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


def far_text(metres: float, unit: PaceUnit) -> str:
    """``12.4 km``."""
    return f"{metres / METRES_PER[unit]:.1f} {unit}"


def in_minutes(seconds: float) -> int:
    """Seconds in whole minutes, for the same reason."""
    return round(round(seconds, 6) / 60)


def more(share: float) -> str:
    """``31 % more``, ``15 times the``: how much more there is of something."""
    return f"{round(1 + share)} times the" if share > MANY_TIMES - 1 else f"{percent(share)} more"


def more_than(share: float) -> str:
    """``31 % more than``, ``more than twice``, ``15 times``: against an amount that follows."""
    if share > MANY_TIMES - 1:
        return f"{round(1 + share)} times"
    return "more than twice" if in_percent(share) > 100 else f"{percent(share)} more than"


def counted_text(text: Callable[[float], str], amount: float, share: float) -> str:
    """``20.4 km: 68 % of 30.0 km``: an amount of which a share counts."""
    return f"{text(amount * share)}: {percent(share)} of {text(amount)}"


def week_text(week: WeekTotals) -> str:
    """``week 3``, or ``week 3 again``."""
    return f"week {week.week.number}" + (" again" if week.week.again else "")


def weeks_text(numbers: Iterable[int]) -> str:
    """``week 3``, ``weeks 2-4 and 6``, ``weeks 3, 7 and 11``: every week once."""
    *others, last = spans(numbers)
    is_one = not others and last.isdecimal()
    return f"week{'' if is_one else 's'} {' and '.join([', '.join(others), last]) if others else last}"


def rows(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """The runs on two days in a row or more, one for a day."""
    row: list[Run] = []
    for one in {one.date: one for one in runs}.values():
        if row and (one.date - row[-1].date).days != 1:
            yield from [row] if len(row) > 1 else []
            row = []
        row.append(one)
    yield from [row] if len(row) > 1 else []
