"""A season as plain data: the JSON of ``plan season``. Its keys are stable."""

from __future__ import annotations

from typing import Any, Final

from negsplit.plan.raced import Raced
from negsplit.plan.season import Month, Season, SeasonPlan, SeasonWeek, Stretch, Year
from negsplit.plan.unchanged import kinds, next_to_vary, unchanged
from negsplit.preview import season_words
from negsplit.preview.plan_data import demand_data, run_data, totals_data

_DECIMALS: Final = 3
"""Of a share, and of a VDOT."""


def season_data(season: Season) -> dict[str, Any]:
    """Dates as in ISO 8601, seconds, metres, points of load, shares; what cannot be told is null.

    ``plan`` of a week is the number of its plan, from 1.
    """
    found = unchanged(season)
    return {
        "season": _season(season),
        "plans": [_plan(one) for one in season.plans],
        "weeks": [_week(week, number) for number, one in enumerate(season.plans, 1) for week in one.weeks],
        "gaps": [_stretch(one) for one in season.gaps],
        "months": [_month(one) for one in season.months],
        "years": [_year(one) for one in season.years],
        "unchanged": [{"what": one.what, "plans": one.plans, "weeks": one.weeks} for one in found],
        "vary": next_to_vary(found),
        "remarks": list(season_words.remarks(season)),
    }


def _season(season: Season) -> dict[str, Any]:
    return {
        "first": season.plans[0].plan.first_day.isoformat(),
        "last": season.plans[-1].plan.end.isoformat(),
        "measure": "metres" if season.in_metres else "seconds",
        "totals": totals_data(season.totals),
    }


def _plan(one: SeasonPlan) -> dict[str, Any]:
    known = one.plan.plan
    return {
        "name": known.name,
        "id": known.id,
        "athlete": one.plan.who or None,
        "first": one.plan.first_day.isoformat(),
        "last": one.plan.end.isoformat(),
        "weeks": len(one.weeks),
        "counts_on": demand_data(one.demand),
        "peak": _peak(one.peak),
        "peak_change": _rounded(one.more),
        "longest": run_data(one.longest),
        "easy_share": _rounded(one.easy_share),
        "hard_seconds_a_week": round(one.hard_seconds),
        "kinds": list(kinds(one)),
        "totals": totals_data(one.plan.whole),
    }


def _week(one: SeasonWeek, plan: int) -> dict[str, Any]:
    week = one.week.week
    return {
        "plan": plan,
        "week": week.number,
        "again": week.again,
        "first": week.first.isoformat(),
        "last": one.week.last.isoformat(),
        "phase": one.phase,
        "missed_days": one.missed,
        "vdot": _rounded(one.vdot),
        "totals": totals_data(one.week.totals),
        "training": totals_data(one.training),
        "races": [_race(race) for race in one.races],
    }


def _race(one: Raced) -> dict[str, Any]:
    return {
        "key": one.session.key,
        "date": one.date.isoformat(),
        "name": one.session.name,
        "metres": one.metres and round(one.metres),
        "goal_seconds": one.goal_seconds and round(one.goal_seconds),
        "result_seconds": one.result_seconds and round(one.result_seconds),
        "is_goal": one.is_goal,
    }


def _peak(one: SeasonWeek | None) -> dict[str, Any] | None:
    """The first day, seconds and metres of a week, its goal race apart."""
    if one is None:
        return None
    sums = {"seconds": one.training.seconds, "metres": one.training.metres}
    known = {name: None if sum.value is None or sum.missing else round(sum.value) for name, sum in sums.items()}
    return {
        "week": one.week.week.number,
        "again": one.week.week.again,
        "first": one.week.week.first.isoformat(),
        **known,
    }


def _month(one: Month) -> dict[str, Any]:
    return {"month": f"{one.first:%Y-%m}", "totals": totals_data(one.totals)}


def _year(one: Year) -> dict[str, Any]:
    return {
        "year": one.number,
        "totals": totals_data(one.totals),
        "weeks_run": one.weeks_run,
        "longest_gap": one.longest_gap and _stretch(one.longest_gap),
        "peak": _peak(one.peak),
        "peak_change": _rounded(one.more),
    }


def _stretch(one: Stretch) -> dict[str, Any]:
    return {"first": one.first.isoformat(), "last": one.last.isoformat(), "days": one.days}


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, _DECIMALS)
