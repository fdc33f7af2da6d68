"""What ``compile`` says of a plan: its folder, what its workouts come to, and its weeks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from negsplit.plan.totals import PlanTotals, SessionTotals, WeekTotals
from negsplit.preview.plan_words import days_text, dropped_text, far_text, time_text, week_title
from negsplit.units import PaceUnit
from negsplit.words import count


def lines(folder: Path, plan: PlanTotals, removed: int) -> Iterator[str]:
    """The plan in one line, one line a week, and one for each session that is run otherwise than written."""
    degraded = [(one.key, one.workout.degraded) for one in plan.sessions if one.workout and one.workout.degraded]
    weeks = count(len(plan.weeks), "week")
    fidelity = f"{count(len(degraded), 'workout')} degraded" if degraded else "exact"
    workouts = [one for one in plan.sessions if one.workout]
    about = ", ".join([*_about(workouts, plan.unit), fidelity])
    yield f"{folder}: {plan.plan.name}, {count(len(workouts), 'workout')} in {weeks}, {about}"
    yield from (_week(one, plan.unit) for one in plan.weeks)
    for key, found in degraded:
        yield f"  {key} degraded: {'; '.join(dict.fromkeys(one.message for one in found))}"
    if removed:
        yield f"  removed {count(removed, 'file')} of the plan as it was before"


def _week(one: WeekTotals, unit: PaceUnit) -> str:
    workouts = [session for session in one.sessions if session.workout]
    parts = [count(len(workouts), "workout"), *_about(workouts, unit)]
    parts += ["down week"] if one.week.is_down else []
    parts += [dropped_text(one)] if one.dropped else []
    return f"  {week_title(one).lower()}, {days_text(one.week.first, one.last)}: {', '.join(parts)}"


def _about(workouts: Sequence[SessionTotals], unit: PaceUnit) -> Iterator[str]:
    """``about 3 h 05, 28.4 km``; what is guessed or not all is said, nothing where nothing can be told."""
    seconds = [one.seconds for one in workouts if one.seconds is not None]
    metres = [one.metres for one in workouts if one.metres is not None]
    known = [*([time_text(sum(seconds))] if seconds else []), *([far_text(sum(metres), unit)] if metres else [])]
    if known:
        short = any(one.is_short for one in workouts) or {len(seconds), len(metres)} - {0, len(workouts)}
        guessed = " with a guess for open steps" if any(one.guessed for one in workouts) else ""
        yield f"{'at least' if short else 'about'} {', '.join(known)}{guessed}"
