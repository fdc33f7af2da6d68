"""Rules for what becomes of walking and running in turns over the weeks of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from negsplit.check.plan_subject import PlanSubject, Run, more_than, rows, time_text, week_text
from negsplit.check.rule import Evidence, Finding, rule
from negsplit.check.subject import EASY_EFFORT, in_percent, percent
from negsplit.diagnostics import Severity, listed
from negsplit.estimate.kinds import is_run
from negsplit.plan.returns import A_FEW

LONGEST_GROWTH: Final = 2.0
"""Times the longest run so far without a walk: what runners are known to struggle with, as in Couch to 5K's week 5."""
SHORT_BOUT: Final = 5 * 60
"""Seconds of running without a walk that nobody struggles with, whatever was before; and of more time on feet."""
MORE_RUNNING: Final = 10 * 60
"""Seconds of running that a session may have beyond any before."""
MORE, MORE_ON_FEET, MUCH_MORE_RUNNING = 25, 35, 50
"""How much longer than any before, in per cent: running that is more than those minutes too, time on feet, and what is
a note of running alone (judgements)."""
MANY_PAIRS: Final = 3
"""Of days in a row, from which it is no accident (a judgement)."""

ROUNDING: Final = 0.01
"""Whole rounds make shares of running differ by so much."""

_WARNING, _NOTE = Severity.WARNING, Severity.NOTE


@rule("W-MONO", "plan", Evidence.SOURCE)
def share_falls(plan: PlanSubject) -> Iterator[Finding]:
    """The share of running drops from one week of walk-runs to the next, and no run gets longer.

    Runs should grow and walks shrink; if the share of running drops, two stages are usually in the wrong order. Longer
    runs with longer walks are a step up all the same. Walks at the start and at the end are left out. Down weeks,
    repeated weeks and weeks after the race may have more walking: they are not compared. Behind more than three missed
    days it is right to go back a stage.

    Bad: week 1 `4x(run 4 min, walk 1 min)`, week 2 `8x(run 2 min, walk 1 min)`
    Good: week 1 `8x(run 2 min, walk 1 min)`, week 2 `4x(run 4 min, walk 1 min)`
    """
    before: tuple[float, float] | None = None
    judged = set(plan.walk_runs)
    for week, all_runs in plan.runs_by_week:
        if plan.breaks.touch(week.week.first, week.last, more_than=A_FEW):
            before = None
            continue
        runs = [one for one in all_runs if one in judged]
        running = sum(one.run_seconds for one in runs)
        if week.week.is_down or week.week.again or plan.is_behind_the_race(week) or not running:
            continue
        share, longest = running / (running + sum(one.walk_seconds for one in runs)), max(map(_longest, runs))
        if before and share < before[0] - ROUNDING and longest <= before[1]:
            less = f"{percent(share)} of the time, down from {percent(before[0])} the week before"
            message = f"{week_text(week)}: you run {less}"
            cure = "put the week with more walking first; if you want an easier week, repeat one: `repeat_weeks`"
            keys = tuple(one.key for one in runs)
            yield Finding(message, runs[0].span, cure, _WARNING, keys, (week.week.number,), weight=before[0] - share)
        before = share, longest


@rule("W-GROW", "plan", Evidence.OPINION, _WARNING, _NOTE)
def grows_fast(plan: PlanSubject) -> Iterator[Finding]:
    """A walk-run is a big step up from every session before it.

    Walking gives your body time to get used to running, and your breathing adapts sooner than your tendons do. The
    usual 10 % a week would forbid every published walk-run programme, so the limits are set where runners are known to
    struggle, such as the last day of week 5 of Couch to 5K. Warns when the longest run without a walk is more than
    twice the longest so far and above 5 minutes; when a session has more running than any before by over 10 minutes and
    25 %; or more time on your feet by over 5 minutes and 35 %. More than half as much running again is a note. The
    first week is where you start and not a step up; a session counts once, by the first of these that applies. The race
    that the plan leads up to is not judged: it is as long as it is.

    Bad: `8 min` of running without a walk, then `20 min`
    Good: `8 min`, then `15 min`, then `20 min`
    """
    runs = [one for one in plan.runs if one.run_seconds and not one.totals.is_short]
    if not plan.walk_runs or not runs:
        return
    judged = set(plan.walk_runs)
    first = [one for one in runs if one.week == runs[0].week]
    bout, running, on_feet = (max(amount(one) for one in first) for amount in (_longest, _running, _on_feet))
    for one in runs[len(first) :]:
        step_up = _step_up(one, bout, running, on_feet) if one in judged and not plan.is_goal(one) else None
        if step_up:
            message, severity, weight = step_up
            cure = (
                "many runners need two tries at such a step: repeat the week before (`repeat_weeks`), "
                "or first run it with a short walk in the middle"
            )
            yield Finding(f"{one.key}: {message}", one.span, cure, severity, (one.key,), weight=weight)
        bout, running = max(bout, _longest(one)), max(running, _running(one))
        on_feet = max(on_feet, _on_feet(one))


def _step_up(one: Run, bout: float, running: float, on_feet: float) -> tuple[str, Severity, float] | None:
    """What is big about the step to a session, from the most that was done before, and how big that is."""
    longest, now, whole = _longest(one), _running(one), _on_feet(one)
    share, share_on_feet = now / running - 1, whole / on_feet - 1
    if longest > SHORT_BOUT and (times := round(longest / bout, 1)) > LONGEST_GROWTH:
        often = f"{times:.1f} times your longest so far ({time_text(bout)})"
        message = f"{time_text(longest)} of running without a walk, {often}"
        return message, _WARNING, times
    if now - running > MORE_RUNNING and in_percent(share) > MORE:
        much = f"{time_text(now - running)} more than in any session before"
        return f"{time_text(now)} of running, {much}", _WARNING, share
    if whole - on_feet > SHORT_BOUT and in_percent(share_on_feet) > MORE_ON_FEET:
        much = f"{percent(share_on_feet)} more than in any session before ({MORE_ON_FEET} % at most)"
        return f"{time_text(whole)} on your feet, {much}", _WARNING, share_on_feet
    if in_percent(share) > MUCH_MORE_RUNNING:
        much = f"{more_than(share)} any session before"
        return f"{time_text(now)} of running, {much}", _NOTE, share
    return None


def _longest(one: Run) -> float:
    return round(one.longest_bout, 3)


def _running(one: Run) -> float:
    return round(one.run_seconds, 3)


def _on_feet(one: Run) -> float:
    return round(one.moving_seconds, 3)


@rule("W-REST", "plan", Evidence.OPINION, _WARNING, _NOTE)
def no_day_between(plan: PlanSubject) -> Iterator[Finding]:
    """Walk-runs on consecutive days.

    Nearly every published programme, those of the British health service and of armies among them, leaves a day
    between: bones and tendons get stronger on the day off. Walking on that day is welcome. A note once or twice in a
    plan; a warning from three times on, or if you run it harder than RPE 4.

    Bad: `on: [tue, wed, sun]`
    Good: `on: [tue, thu, sun]`
    """
    found = list(rows([one for one in plan.runs if one.is_walk_run]))
    pairs = sum(len(row) - 1 for row in found)
    for row in found:
        is_hard = any(map(_is_run_hard, row))
        keys = tuple(one.key for one in row)
        message = f"{listed(keys, 'and')}: walk-runs on consecutive days"
        severity = _WARNING if is_hard or pairs >= MANY_PAIRS else _NOTE
        cure = "rest or walk on the day between, as nearly every published programme does"
        yield Finding(message, row[1].span, cure, severity, keys, weight=len(row))


def _is_run_hard(one: Run) -> bool:
    efforts = [bar.step.written.effort for bar in one.bars if is_run(bar.step) and bar.step.written]
    return any(effort and sum(effort) / 2 > EASY_EFFORT for effort in efforts)
