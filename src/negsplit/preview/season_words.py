"""The words of a season: its plans and races, and what is said of them at its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from negsplit.plan.raced import Raced
from negsplit.plan.season import HIGH_RISE, Month, Season, SeasonPlan, SeasonWeek, Year
from negsplit.plan.totals import SessionTotals, Totals
from negsplit.plan.unchanged import Unchanged, Varied, kinds, next_to_vary, unchanged
from negsplit.preview import plan_words as words
from negsplit.units import PaceUnit, clock
from negsplit.words import count

TITLE: Final = "Season"
REMARKS: Final = "What stays the same, and what to change"
_ADVICE: Final[dict[Varied, str]] = {
    "volume": "a run more each week, or each of them a little longer",
    "speed": "another kind of fast running, or more of it",
    "distance": "a longer long run, or a race over another distance",
}


def unit(season: Season) -> PaceUnit:
    """That of the runner of the last plan."""
    return season.plans[-1].plan.unit


def days(season: Season) -> str:
    """``30 Nov 2026 to 18 Apr 2027``."""
    return words.days_text(season.plans[0].plan.first_day, season.plans[-1].plan.end)


def head(season: Season) -> str:
    """``2 plans, 30 Nov 2026 to 18 Apr 2027, for Anna``."""
    names = dict.fromkeys(one.plan.who for one in season.plans if one.plan.who)
    whom = f", for {' and '.join(names)}" if names else ""
    return f"{count(len(season.plans), 'plan')}, {days(season)}{whom}"


def amount(season: Season, totals: Totals) -> str:
    """``~48.3 km+``, or ``5 h 12`` where it is counted in time."""
    return words.total_distance(totals, unit(season)) if season.in_metres else words.total_time(totals)


def length(season: Season, one: SessionTotals | None) -> str:
    """The same of a run; nothing without one."""
    if one is None:
        return ""
    return words.session_distance(one, unit(season)) if season.in_metres else words.session_time(one)


def vdot(week: SeasonWeek) -> str:
    """``40.2``; nothing where it is not known."""
    return "" if week.vdot is None else f"{week.vdot:.1f}"


def race(season: Season, one: Raced) -> str:
    """``Race: Spring Half, 21.1 km, goal 1:45:00, ran 1:44:10``."""
    said = [words.title(one.session, unit(season))]
    if one.metres:
        said.append(words.far_text(one.metres, unit(season)))
    for what, seconds in (("goal", one.goal_seconds), ("ran", one.result_seconds)):
        if seconds:
            said.append(f"{what} {clock(round(seconds * 1000))}")
    return ", ".join(said)


def missed(week: SeasonWeek) -> str:
    """``3 days missed``; nothing where none was."""
    return f"{count(week.missed, 'day')} missed" if week.missed else ""


def gap_behind(season: Season, before: SeasonPlan | None) -> str:
    """``No plan for 14 days, 19 Apr to 2 May 2027``; nothing where the next plan follows at once."""
    behind = before.plan.end + dt.timedelta(days=1) if before else None
    one = next((gap for gap in season.gaps if gap.first == behind), None)
    if one is None:
        return ""
    return f"No plan for {count(one.days, 'day')}, {words.days_text(one.first, one.last)}"


def week(one: SeasonWeek) -> str:
    """``3``, ``3 again``."""
    return words.week_title(one.week).removeprefix("Week ")


def month(season: Season, one: Month) -> tuple[str, ...]:
    """``Dec 2026``, and what it comes to: all of it, runs, longest run, hard running."""
    totals = one.totals
    return (
        words.month_text(one.first),
        amount(season, totals),
        count(totals.sessions, "run"),
        f"longest {length(season, totals.longest)}" if totals.longest else "",
        f"{words.time_text(totals.hard_seconds)} hard" if totals.hard_seconds else "",
    )


def plan(season: Season, one: SeasonPlan) -> list[str]:
    """What a plan begins with, its highest week, its longest run, and how it is run."""
    found = []
    if one.demand:
        found.append(f"begins with {amount(season, one.demand.totals)} a week")
    if one.peak:
        higher = f" ({words.change_text(one.more)} on the plan before)" if one.more is not None else ""
        title = words.week_title(one.peak.week).lower()
        found.append(f"peak {amount(season, one.peak.training)}, {title}{higher}")
    if one.longest:
        found.append(f"longest run {length(season, one.longest)}")
    if one.easy_share is not None:
        found.append(f"{round(100 * one.easy_share)} % easy")
    return [*found, f"{words.time_text(one.hard_seconds)} hard a week" if one.hard_seconds else "nothing hard"]


def year(season: Season, one: Year) -> list[str]:
    """What a year comes to, how regularly it was run, and its highest week."""
    found = [amount(season, one.totals), f"{count(one.weeks_run, 'week')} with a run"]
    if gap := one.longest_gap:
        when = words.days_text(gap.first, gap.last) if gap.days > 1 else words.date_text(gap.first)
        found.append(f"longest gap {count(gap.days, 'day')}, {when}")
    if one.peak:
        higher = f" ({words.change_text(one.more)} on the year before)" if one.more is not None else ""
        found.append(f"peak {amount(season, one.peak.training)}{higher}")
    return found


def remarks(season: Season) -> Iterator[str]:
    """What a runner should know of a season: peaks that rise a lot, what stays the same, and what to change next."""
    for before, one in zip(season.plans, season.plans[1:], strict=False):
        if one.more is not None and round(one.more, 9) > HIGH_RISE and one.peak and before.peak:
            high, other = (amount(season, week.training) for week in (one.peak, before.peak))
            yield (
                f"{one.plan.plan.name} peaks {round(100 * one.more)} % higher than the plan before, {high} after "
                f"{other}. That is a lot: 10 to 15 % is usual, though nobody has tested it."
            )
    if len(season.plans) > 1:
        yield from _of_what_stays(season)


def _of_what_stays(season: Season) -> Iterator[str]:
    found = unchanged(season)
    for one in found:
        what = f"{one.what.capitalize()} has stayed the same for {one.plans} plans, {one.weeks} weeks"
        yield f"{what}: {_same(season, one)}."
    vary = next_to_vary(found)
    if vary is None:
        yield "Each plan changes something: volume, speed and distance."
    else:
        yield f"Next, change the {vary}: {_ADVICE[vary]}. One thing at a time."


def _same(season: Season, one: Unchanged) -> str:
    last = season.plans[-1]
    match one.what:
        case "volume":
            assert last.peak is not None
            return f"{amount(season, last.peak.training)} in the highest week"
        case "speed":
            hard = f"{words.time_text(last.hard_seconds)} hard a week" if last.hard_seconds else "nothing hard"
            return ", ".join([hard, *kinds(last)])
        case "distance":
            return f"longest run {length(season, last.longest)}"
