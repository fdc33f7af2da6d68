"""What the sessions, the weeks and the whole of a compiled plan come to."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Final

from negsplit.compile import CompiledWorkout
from negsplit.estimate.estimate import Estimate
from negsplit.estimate.kinds import BRISK_SECONDS, HARD_SECONDS, is_brisk, is_hard, is_walk
from negsplit.estimate.profile import Bar, Profile
from negsplit.estimate.reckoning import Reckoned, reckon
from negsplit.frozen import dataclass
from negsplit.model import Sport
from negsplit.plan.before import NOTHING, WEEKS_BEFORE, Before, by_history, by_plan
from negsplit.plan.calendar import Planned
from negsplit.plan.compile import CompiledPlan, CompiledSession
from negsplit.plan.model import Plan
from negsplit.plan.runners import RunnerFrom
from negsplit.plan.weeks import Week
from negsplit.program.model import Intensity, Program, ProgramStep
from negsplit.units import PaceUnit

LIGHTER: Final = 0.90
"""Of the highest of the four weeks before: a week of so much at most is a lighter one (coaches cut 10 to 33 %)."""
SAME_TOTAL: Final = 5
"""By how many per cent totals differ that are the same."""
WALKING: Final = 0.1
"""From this share of walking on, running and walking are told apart, not easy and hard running (a judgement)."""

_OR_SOMETHING_ELSE: Final = frozenset(("or", "then"))
_ON_FOOT: Final = (Sport.WALKING, Sport.HIKING)


@dataclass(frozen=True, slots=True)
class Sum:
    """What is known of an amount; ``missing`` are the keys of the sessions that it holds nothing or too little of.

    None where nothing at all is known.
    """

    value: float | None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionTotals:
    """One session on its day: seconds, metres and points of load, as estimated; None where that cannot be told.

    ``run_seconds`` and ``walk_seconds`` leave out rests. Walking are steps written as walk or hike, an open warm-up or
    cool-down whose cue says walk and nothing else, and all that is moved in a workout of those sports.
    ``hard_seconds`` are those of steps that :func:`~negsplit.estimate.kinds.is_hard` says are hard, of any length,
    ``brisk_seconds`` those that :func:`~negsplit.estimate.kinds.is_brisk` says are at marathon pace or faster.
    ``is_short`` says that a stretch of it may last any time and is not counted; ``guessed`` that an open step was
    given its usual length.
    """

    planned: Planned
    name: str
    workout: CompiledWorkout | None
    estimate: Estimate | None = None
    profile: Profile | None = None
    seconds: float | None = None
    metres: float | None = None
    load: float | None = None
    run_seconds: float = 0.0
    walk_seconds: float = 0.0
    hard_seconds: float = 0.0
    brisk_seconds: float = 0.0
    is_short: bool = False
    guessed: bool = False

    @property
    def key(self) -> str:
        """What it is known by, wherever the plan is moved to."""
        return self.planned.key

    @property
    def program(self) -> Program | None:
        """What a watch is given."""
        return self.workout.program if self.workout else None

    @property
    def is_run(self) -> bool:
        """Whether it counts: a workout or a race. Rest, notes and other training do not."""
        return self.workout is not None or self.is_race

    @property
    def is_race(self) -> bool:
        """Whether the plan calls it a race, or its workout has the tag."""
        tags = (*self.planned.session.tags, *(self.workout.expanded.tags if self.workout else ()))
        return self.planned.session.kind == "race" or any(tag.strip().lower() == "race" for tag in tags)

    @property
    def is_hard(self) -> bool:
        """Whether it is a race, has five minutes of hard running, or twenty-five at marathon pace and faster."""
        is_long = round(self.brisk_seconds, 3) >= BRISK_SECONDS
        return self.is_race or is_long or round(self.hard_seconds, 3) >= HARD_SECONDS


@dataclass(frozen=True, slots=True)
class Totals:
    """What some sessions come to. ``guessed`` are the keys of those with open steps given a usual length."""

    sessions: int
    hard: int
    seconds: Sum
    metres: Sum
    load: Sum
    run_seconds: float
    walk_seconds: float
    hard_seconds: float
    longest: SessionTotals | None
    guessed: tuple[str, ...]

    @property
    def moving_seconds(self) -> float:
        """Seconds of running and walking."""
        return self.run_seconds + self.walk_seconds

    @property
    def walks(self) -> bool:
        """Whether so much of it is walked that its time says more than its distance."""
        return self.walk_seconds >= WALKING * self.moving_seconds > 0


@dataclass(frozen=True, slots=True)
class WeekTotals:
    """One week as it is run. ``dropped`` is what it leaves out as a down week.

    ``more_time`` and ``more_distance`` are the change against the highest of the four weeks before, as shares of
    that: 0.1 is a tenth more. Weeks of which something is not known are not compared with. None for a week of which
    something is not known, and where there is nothing usual to compare with: no week at all, or nothing but down
    weeks and a week that was begun in its middle.
    """

    week: Week
    sessions: tuple[SessionTotals, ...]
    dropped: tuple[CompiledSession, ...]
    totals: Totals
    more_time: float | None
    more_distance: float | None

    @property
    def last(self) -> dt.date:
        """Its seventh day."""
        return self.week.first + dt.timedelta(days=6)


@dataclass(frozen=True, slots=True)
class PlanTotals:
    """A plan with its weeks: for ``who``, in their ``unit``, on a ``device``. ``lint`` are the rules it sets aside.

    ``runners`` are what its runner can do from which day on. It has sessions from its ``first_day`` to its
    ``last_day``; ``before`` is what was run before it.
    """

    plan: Plan
    who: str
    unit: PaceUnit
    device: str
    weeks: tuple[WeekTotals, ...]
    runners: tuple[RunnerFrom, ...]
    first_day: dt.date
    last_day: dt.date
    lint: Mapping[str, str] = field(default_factory=dict)
    before: Before = NOTHING

    @property
    def end(self) -> dt.date:
        """The last of its days: of its race where it ends with that, else of its last week."""
        plan, last = self.plan, self.weeks[-1].last
        return min(plan.race.on, last) if plan.race and not plan.weeks_after else last

    @property
    def sessions(self) -> list[SessionTotals]:
        """Those of all weeks, in order."""
        return [session for week in self.weeks for session in week.sessions]

    @property
    def whole(self) -> Totals:
        """What all weeks come to."""
        return totals_of(self.sessions)


def totals(plan: CompiledPlan) -> PlanTotals:
    """Every week of a plan as it is run, from the estimates of its sessions."""
    sessions: dict[Week, list[SessionTotals]] = {week: [] for week in plan.weeks}
    dropped: dict[Week, list[CompiledSession]] = {week: [] for week in plan.weeks}
    for one in _sessions(plan):
        sessions[one.planned.week].append(one)
    for left_out in plan.dropped:
        dropped[left_out.planned.week].append(left_out)
    sums = [totals_of(sessions[week]) for week in plan.weeks]
    weeks = []
    for index, week in enumerate(plan.weeks):
        before = slice(max(index - WEEKS_BEFORE, 0), index)
        is_usual = [not one.is_down and not _is_begun_late(one, plan.plan) for one in plan.weeks[before]]
        times = list(zip((one.seconds for one in sums[before]), is_usual, strict=True))
        distances = list(zip((one.metres for one in sums[before]), is_usual, strict=True))
        weeks.append(
            WeekTotals(
                week,
                tuple(sessions[week]),
                tuple(dropped[week]),
                sums[index],
                _change(sums[index].seconds, times),
                _change(sums[index].metres, distances),
            )
        )
    runner = plan.runner
    return PlanTotals(
        plan.plan,
        runner.name,
        runner.pace_unit,
        plan.device.name,
        tuple(weeks),
        plan.runners,
        plan.first_day,
        plan.last_day,
        plan.lint,
        _before(plan),
    )


def _before(plan: CompiledPlan) -> Before:
    """What was run before a plan: in the one that it follows, else by the runner's history."""
    if plan.followed is None:
        return by_history(plan.runner.history, plan.runner, plan.first_day)
    return by_plan(totals(plan.followed), plan.first_day)


def _is_begun_late(week: Week, plan: Plan) -> bool:
    """Whether a plan that begins on a Thursday, say, has little of a first week to compare with."""
    return plan.start is not None and plan.start > week.first


def _change(now: Sum, before: Sequence[tuple[Sum, bool]]) -> float | None:
    """Against the highest of some sums, one of which at least is of a usual week."""
    known = [(one.value, is_usual) for one, is_usual in before if one.value and not one.missing]
    if now.missing or now.value is None or not any(is_usual for _, is_usual in known):
        return None
    return now.value / max(value for value, _ in known) - 1


# --- Sums ----------------------------------------------------------------------------------------


def totals_of(sessions: Iterable[SessionTotals]) -> Totals:
    """What some sessions come to."""
    runs = [one for one in sessions if one.is_run]
    return Totals(
        sessions=len(runs),
        hard=sum(one.is_hard for one in runs),
        seconds=_sum([(one, one.seconds) for one in runs]),
        metres=_sum([(one, one.metres) for one in runs]),
        load=_sum([(one, one.load) for one in runs]),
        run_seconds=sum(one.run_seconds for one in runs),
        walk_seconds=sum(one.walk_seconds for one in runs),
        hard_seconds=sum(one.hard_seconds for one in runs),
        longest=max(runs, key=_length, default=None),
        guessed=tuple(one.key for one in runs if one.guessed),
    )


def _sum(amounts: Sequence[tuple[SessionTotals, float | None]]) -> Sum:
    known = [amount for _, amount in amounts if amount is not None]
    missing = tuple(one.key for one, amount in amounts if amount is None or one.is_short)
    return Sum(sum(known) if known or not amounts else None, missing)


def _length(session: SessionTotals) -> tuple[float, float]:
    return session.seconds or 0.0, session.metres or 0.0


# --- One session ---------------------------------------------------------------------------------


def _sessions(plan: CompiledPlan) -> Iterator[SessionTotals]:
    """Every session in order; those that differ in their day alone are reckoned once."""
    known: dict[tuple[int, int], SessionTotals] = {}
    for one in plan.sessions:
        if one.workout is None:
            yield _session(one, plan)
            continue
        same = id(one.workout.program.steps), id(one.workout.runner)
        if same not in known:
            known[same] = _session(one, plan)
        yield replace(known[same], planned=one.planned, name=one.name, workout=one.workout)


def _session(session: CompiledSession, plan: CompiledPlan) -> SessionTotals:
    planned, workout = session.planned, session.workout
    if workout is None:
        return _without_a_workout(session, plan)
    estimate, profile = workout.estimate, workout.profile
    reckoned = {bar.index: reckon(bar.step, workout.runner) for bar in profile.bars}
    known = [bar for bar in profile.bars if _has_a_length(reckoned[bar.index])]
    moving = [bar for bar in known if bar.step.intensity is not Intensity.REST]
    walks = [bar for bar in moving if _is_walk(bar.step, workout.program.sport)]
    walked = _seconds(walks)
    is_short = any(one.seconds.known and not one.seconds.middle for one in reckoned.values())
    is_known = not is_short or bool(known)  # of a single run that may last any time nothing is
    return SessionTotals(
        planned,
        session.name,
        workout,
        estimate,
        profile,
        seconds=estimate.seconds if is_known else None,
        metres=estimate.metres if is_known else None,
        load=estimate.load.value if is_known else None,
        run_seconds=_seconds(moving) - walked,
        walk_seconds=walked,
        hard_seconds=_seconds(bar for bar in moving if is_hard(bar.step, reckoned[bar.index])),
        brisk_seconds=_seconds(bar for bar in moving if is_brisk(reckoned[bar.index])),
        is_short=is_short,
        guessed=any(bar.assumed for bar in known),
    )


def _without_a_workout(session: CompiledSession, plan: CompiledPlan) -> SessionTotals:
    """A rest day, a note, other training, or a race; what is known of the race is what the plan says of it."""
    planned = session.planned
    if planned.session.kind != "race":
        return SessionTotals(planned, session.name, None)
    distance, goal = planned.session.distance, planned.session.goal
    seconds, metres = goal.seconds if goal else None, distance.metres if distance else None
    return SessionTotals(
        planned,
        session.name,
        None,
        seconds=seconds,
        metres=metres,
        load=_load(seconds, metres, plan.runner_on(planned.date).threshold_mps),
        run_seconds=seconds or 0.0,
        hard_seconds=seconds or 0.0,
    )


def _load(seconds: float | None, metres: float | None, threshold_mps: float | None) -> float | None:
    """Hours by the square of speed as a share of threshold speed, 100 for an hour at threshold: as of a workout."""
    if not seconds or not metres or not threshold_mps:
        return None
    share: float = metres / seconds / threshold_mps
    return seconds / 3600 * share**2 * 100


def _has_a_length(one: Reckoned) -> bool:
    """Whether the time of a step is more than a width in a picture."""
    return one.seconds.known and one.seconds.middle > 0


def _seconds(bars: Iterable[Bar]) -> float:
    return sum(bar.seconds for bar in bars)


def _is_walk(step: ProgramStep, sport: Sport) -> bool:
    if sport in _ON_FOOT or is_walk(step):
        return True
    words = re.findall(r"\w+", f"{step.own_name} {step.cue}".lower())
    is_around = step.intensity in (Intensity.WARMUP, Intensity.COOLDOWN) and step.target is None
    return is_around and words[:1] == ["walk"] and _OR_SOMETHING_ELSE.isdisjoint(words)
