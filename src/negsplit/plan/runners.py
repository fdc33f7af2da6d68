"""Who runs a plan on which day: the same runner, whose paces move with each result on the way."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from negsplit.athlete.paces import Runner, derive
from negsplit.athlete.vdot import vdot
from negsplit.diagnostics import Report
from negsplit.model import Athlete, Race
from negsplit.plan.calendar import Planned
from negsplit.plan.fitness import Dated, dated
from negsplit.plan.model import Plan
from negsplit.plan.weeks import first_and_last
from negsplit.units import clock

MOST_GAIN: Final = 2.0
"""VDOT that somebody gains from one result to the next; more is a slip of the pen, or of who measured the course."""
_ONE_DAY: Final = dt.timedelta(days=1)


class RunnerFrom(NamedTuple):
    """What its runner can do from a day of a plan on."""

    first: dt.date
    runner: Runner


def runner_on(runners: Sequence[RunnerFrom], day: dt.date) -> Runner:
    """The runner of a day; before the first of the ``runners`` the first."""
    return runners[index_on(runners, day)].runner


def index_on(runners: Sequence[RunnerFrom], day: dt.date) -> int:
    """Which of the ``runners`` a day has."""
    return max(bisect_right(runners, day, key=lambda one: one.first) - 1, 0)


def runners_of(plan: Plan, runner: Runner | None, planned: Sequence[Planned], report: Report) -> tuple[RunnerFrom, ...]:
    """The runner from each day on which that changes; first from the day on which the plan begins.

    A result counts from the day after it, so that what is on a day stays the same whatever is run later. None where no
    runner is known: then only the plan is checked.
    """
    tests = dated(plan, planned, report)
    if runner is None:
        return ()
    first, last = first_and_last(plan)
    athlete = runner.athlete or Athlete(runner.name)
    own = athlete.races
    tests = _without(tests, own)
    if not any(tests) and all(race.on is None or race.on < first for race in own):
        return (RunnerFrom(first, runner),)
    _note_early(athlete, first, report)
    results = {race.on + _ONE_DAY for race in (*own, *tests.races) if race.on}
    days = sorted(day for day in {*results, *(share.first for share in tests.shares)} if first < day <= last)
    found = [RunnerFrom(day, _runner(runner, athlete, tests, first, day)) for day in (first, *days)]
    _check_gains(tests, found, report)
    _check_shares(tests, found, report)
    return tuple(found)


def _without(tests: Dated, own: Sequence[Race]) -> Dated:
    """What a plan says without the results that stand in the athlete file too: those count once."""
    known = {(race.on, race.distance) for race in own}
    return tests._replace(races=tuple(race for race in tests.races if (race.on, race.distance) not in known))


def _runner(runner: Runner, athlete: Athlete, tests: Dated, first: dt.date, day: dt.date) -> Runner:
    """The runner of a day: of the athlete with those results that are older, and what is left of them."""
    shares = [share for share in tests.shares if share.first <= day]
    races = [*_known(athlete, day), *(race for race in tests.races if race.on and race.on < day)]
    if len(races) > 1:  # one without a day was run at the latest when the plan began
        races = [race if race.on else replace(race, on=first - _ONE_DAY) for race in races]
    found = derive(replace(athlete, races=tuple(races)), Report(), shares)
    return replace(found, units=runner.units, file=runner.file)


def _known(athlete: Athlete, day: dt.date) -> Sequence[Race]:
    """The athlete's results from before a day; the earliest where nothing else is known of the runner."""
    known = [race for race in athlete.races if race.on is None or race.on < day]
    return known if known or athlete.threshold else _earliest(athlete)


def _earliest(athlete: Athlete) -> Sequence[Race]:
    on = min((race.on for race in athlete.races if race.on), default=None)
    return [race for race in athlete.races if race.on == on]


def _note_early(athlete: Athlete, first: dt.date, report: Report) -> None:
    """Says that a result counts before it was run."""
    if athlete.threshold or not athlete.races or any(race.on is None or race.on < first for race in athlete.races):
        return
    race = _earliest(athlete)[0]
    message = f"{_text(race)} is of {race.on}, and the plan begins on {first}: as the earliest it counts all along"
    report.note("later-result", message, race.span, "an older result in the athlete file counts on the days before it")


def _text(race: Race) -> str:
    return f"{race.name or race.distance} in {clock(race.time.ms)}"


def _check_gains(tests: Dated, runners: Sequence[RunnerFrom], report: Report) -> None:
    """Reports results of the plan that are far better than what counted on their day."""
    for race in tests.races:
        assert race.on is not None
        before = runner_on(runners, race.on).vdot
        gain = round(vdot(race.distance, race.time) - before, 1) if before else 0.0
        if gain > MOST_GAIN:
            message = f"{_text(race)} is {gain:.1f} VDOT more than what counted before: more than {MOST_GAIN:g} at once"
            help = "check the distance and the time; if they are right, put it under `races` in the athlete file"
            report.error("unlikely-race", message, race.span, help)


def _check_shares(tests: Dated, runners: Sequence[RunnerFrom], report: Report) -> None:
    """Says which shares there is nothing to take of."""
    for share, span in tests.shares.items():
        if runner_on(runners, share.first).vdot is None:
            message = "there is no result that this could be a share of: it changes no pace"
            report.warning("no-effect", message, span, "add a result to the athlete file, or leave it out")
