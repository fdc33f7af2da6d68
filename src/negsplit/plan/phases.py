"""What each week of a plan is for, told from what is in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal, get_args

from negsplit.athlete.races import race_name
from negsplit.plan.before import WEEKS_BEFORE
from negsplit.plan.demand import known, missed_days
from negsplit.plan.raced import Raced, is_goal, training
from negsplit.plan.races import METRES_A_DAY
from negsplit.plan.totals import LIGHTER, PlanTotals, SessionTotals, Totals, WeekTotals
from negsplit.program.model import Intensity

Phase = Literal["base", "build", "race-like", "taper", "down", "recovery", "break"]
PHASES: Final[tuple[Phase, ...]] = get_args(Phase)

MUCH_MISSED: Final = 4
"""Days of a week: where so many were missed, all of it is a break (a judgement)."""
MUCH: Final = 0.05
"""Of the time of a week: from so much hard running on it builds, and from so much at the pace of the race it is like
the race (a judgement: half of what Daniels allows at threshold in a week)."""
LONGEST_TAPER: Final = 3
"""Weeks, the race's among them (Smyth and Lawlor, 2021: of marathoners, those with three weeks were fastest)."""
SAME_PACE: Final = 0.02
"""As a share, how near a pace is to that of the race to be it (a judgement: threshold and half pace are 3 % apart)."""


def phases(plan: PlanTotals, earlier: Iterable[Raced], *, in_metres: bool) -> list[Phase]:
    """What each week is for, by the first of these that holds; ``earlier`` are races, of the plans before too.

    * *break*: no run, or four missed days.
    * *recovery*: behind the race that the plan leads up to; or nothing hard, and begun within the easy days behind
      any goal race (one for 3 km, Daniels).
    * *taper*: the week of that race, and up to two before it that have at most 90 % of the plan's highest.
    * *down*: what the plan calls so, or at most 90 % of the highest of the four weeks before.
    * *race-like*: a race on the way, or within 2 % of the pace of the race for 5 % of the time.
    * *build*: hard running for 5 % of the time.
    * *base*: what is left.

    Weeks are compared by distance or by time; those of a plan with much walking by the time that is run.
    """
    amounts = [_amount(training(week, plan), plan, in_metres=in_metres) for week in plan.weeks]
    races, tapers = list(earlier), _tapers(plan, amounts)
    found: list[Phase] = []
    for index, week in enumerate(plan.weeks):
        is_lighter = _is_lighter(amounts[index], amounts[max(index - WEEKS_BEFORE, 0) : index])
        if not week.totals.sessions or missed_days(week, plan.plan) >= MUCH_MISSED:
            found.append("break")
        elif week.week.number > plan.plan.weeks or (not week.totals.hard and _recovers(week, races)):
            found.append("recovery")
        elif index in tapers:
            found.append("taper")
        elif week.week.is_down or is_lighter:
            found.append("down")
        else:
            found.append(_by_its_running(week, plan))
    return found


def _amount(totals: Totals, plan: PlanTotals, *, in_metres: bool) -> float | None:
    return totals.run_seconds if plan.whole.walks else known(totals, in_metres=in_metres)


def _by_its_running(week: WeekTotals, plan: PlanTotals) -> Phase:
    much = MUCH * week.totals.moving_seconds
    if any(one.is_race for one in week.sessions) or 0 < much <= round(_at_race_pace(week, plan), 6):
        return "race-like"
    return "build" if 0 < much <= round(week.totals.hard_seconds, 6) else "base"


def _tapers(plan: PlanTotals, amounts: Sequence[float | None]) -> range:
    """The places of the weeks of the taper."""
    race = plan.plan.race
    at = next((i for i, one in enumerate(plan.weeks) if race and one.week.first <= race.on <= one.last), None)
    if at is None:
        return range(0)
    most, first = max((one for one in amounts if one), default=0.0), at
    while first > max(at - LONGEST_TAPER + 1, 0) and 0 < (amounts[first - 1] or 0.0) <= LIGHTER * most:
        first -= 1
    return range(first, at + 1)


def _is_lighter(now: float | None, before: Sequence[float | None]) -> bool:
    highest = max((one for one in before if one), default=None)
    return now is not None and highest is not None and round(now / highest, 9) <= LIGHTER


def _recovers(week: WeekTotals, races: Iterable[Raced]) -> bool:
    """Whether a week begins within the easy days behind a goal race."""
    behind = [((week.week.first - one.date).days, one.metres) for one in races if one.is_goal]
    return any(0 < days <= round(metres / METRES_A_DAY) for days, metres in behind if metres)


# --- The pace of the race ------------------------------------------------------------------------


def _at_race_pace(week: WeekTotals, plan: PlanTotals) -> float:
    """Seconds at the pace of the race that the plan leads up to, hoped for or predicted; none where none is known."""
    race = plan.plan.race
    if race is None or race.distance is None:
        return 0.0
    hoped = [race.distance.metres / race.goal.seconds] if race.goal else []
    seconds = 0.0
    for one in week.sessions:
        if one.workout and not is_goal(one, plan):
            edges = one.workout.runner.speeds(race_name(race.distance))
            seconds += _near(one, [*hoped, sum(edges) / 2] if edges else hoped)
    return seconds


def _near(session: SessionTotals, speeds: Sequence[float]) -> float:
    """Seconds of the work of a session that are near one of some speeds in m/s; what has no target is near none."""
    threshold = session.profile.threshold_mps if session.profile else None
    return sum(
        bar.seconds
        for bar in (session.profile.bars if session.profile and threshold else ())
        if bar.step.intensity is Intensity.ACTIVE
        and bar.step.target is not None
        and any(abs(bar.effort * (threshold or 0.0) / mps - 1) <= SAME_PACE for mps in speeds)
    )
