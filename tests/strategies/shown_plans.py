"""Plans to show: compiled from a text, with what they come to."""

from functools import cache
from typing import Final

from negsplit.athlete.paces import NO_RUNNER
from negsplit.compile import device, parse, runner_from_words
from negsplit.diagnostics import Severity, Source
from negsplit.document.library import Texts
from negsplit.plan.compile import compile_plan
from negsplit.plan.totals import PlanTotals, totals
from negsplit.preview.plan_remarks import Remark

HALF: Final = """\
plan: Spring Half
id: spring-half
notes: One progression and one long run a week. Every third week is easier.
race: {on: 2027-02-14, distance: half, name: Spring Half, goal: 1:45:00}
weeks: 6
repeat_weeks: [2]
down_weeks: {every: 3, drop_sessions: 1}
sessions:
  - {on: mon, rest: legs up}
  - on: tue
    weeks: 1-5
    name: Progression
    notes: Start slower than you want to.
    steps: [{progression: thirds, total: $total}, cooldown lap -- walk or jog]
    with: {total: 9 km -> 12 km by 1 km}
    time: 06:30
  - {on: wed, weeks: 1-5, steps: 40 min @ easy, optional: yes}
  - on: thu
    weeks: 1-5
    name: Cruise intervals
    steps: "warmup 15 min @ easy, 3x(1 mi @ threshold, 1 min), cooldown 10 min @ easy"
  - {on: sat, cross: "45 min bike, or swim"}
  - {on: sun, weeks: 1-5, name: Long run, steps: $far @ easy, with: {far: 12 km -> 18 km}}
days:
  week 4: {fri: {note: Pick up the shoes}, sun: {race: a mile, name: Mile race}}
"""
"""A bit of everything: a race, another, down weeks, a week done again, open steps, days without a run."""
WALK_RUN: Final = """\
plan: Walk-run
start: 2027-01-04
weeks: 2
sessions:
  - on: [tue, sun]
    steps: [warmup 5 min -- walk, {walk_run: run $run / walk 2 min, total: 30 min}, cooldown 5 min -- walk]
    with: {run: "1, 2 min"}
"""
FIVE_KM: Final = "5 km in 22:30"

REMARKS: Final = (
    Remark(
        "PL01",
        Severity.WARNING,
        "31 % longer than any",
        "run 14.1 km at most",
        "observational",
        keys=("w04-thu", "w05-sun"),
    ),
    Remark(
        "PL02", Severity.NOTE, "12 % more than before", "leave out a run", "folk rule", weeks=(2,), keys=("w02-sun",)
    ),
    Remark("PL01", Severity.NOTE, "14 % longer than any", "run less", "observational", keys=("w05-sun",)),
    Remark("PL04", Severity.WARNING, "no down week in 7", "make week 4 easier", "coaching convention"),
)
"""Of a code twice, of a week with the session that counts in it, and of the whole plan."""


@cache
def shown(text: str = HALF, athlete: str = FIVE_KM) -> PlanTotals:
    """What a plan comes to for a runner in words; for nobody without them."""
    runner = runner_from_words(athlete)[0] if athlete else NO_RUNNER
    result = compile_plan(parse(Source("p.plan.yaml", text)), runner, device(), Texts({}))
    assert result.plan, result.diagnostics
    return totals(result.plan)


_LONG: Final = "Threshold with a name that is as long as anybody would write it down"
FULL: Final = f"""\
plan: {_LONG}
start: 2027-01-06
weeks: 8
week_starts: sun
down_weeks: {{every: 3, drop_sessions: 1}}
sessions:
  - on: tue
    name: {_LONG} in the morning
    time: 06:30
    notes: {_LONG}. {_LONG}.
    steps: "warmup 15 min @ easy, 3x(4x(400 m @ 5k -- tall and relaxed, 1 min), 3 min), 10 min @ threshold"
  - {{on: tue, name: {_LONG} in the evening, time: 18:30, steps: 30 min @ easy}}
  - {{on: tue, cross: {"w" * 99}}}
  - on: [wed, thu]
    steps: "warmup 15 min @ easy, 3x(1 mi @ threshold, 1 min), 10 min @ half, 20 s @ RPE 9, cooldown 10 min @ easy"
  - {{on: fri, name: {"w" * 99}, steps: 30 min @ easy}}
  - {{on: sat, steps: 30 min @ easy}}
  - {{on: sun, name: Long run, steps: 20 km @ easy}}
"""
"""As much as anybody may put on a sheet: long names, three sessions a day, a week that begins in its middle."""
