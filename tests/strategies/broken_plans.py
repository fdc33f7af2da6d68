"""Plans with a break in them: two that a generator made, and what adapting makes of a text."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

from negsplit.compile import parse
from negsplit.diagnostics import Source
from negsplit.plan.adapt import Adapted, Refusal, adapt
from negsplit.plan.adapting.patch import patched
from negsplit.plan.adapting.shift import shifted
from negsplit.plan.compile import CompiledPlan, compile_plan_text
from negsplit.plan.totals import PlanTotals, totals

TEN_K = """\
# 10k plan for 4 runs a week, from 35 km a week and a longest run of 11 km
plan: Ten kilometres
race: {on: 2027-04-18, distance: 10 km}   # a Sunday
weeks: 10
down_weeks: {at: [4], cut: 25 %}
blocks:
  easy: {params: {total: }, steps: run $total @ easy}
  strides: {params: {total: }, steps: "run $total @ easy, 4x(20 s @ RPE 8, walk 60 s), cooldown 5 min @ easy"}
  hills: {steps: "warmup 15 min @ easy, 5x(1 min @ RPE 8, jog 2 min), cooldown 10 min @ easy"}
  tempo: {steps: "warmup 15 min @ easy, 3x(6 min @ threshold, 1 min), cooldown 10 min @ easy"}
  cruise: {steps: "warmup 15 min @ easy, 2x(8 min @ threshold, 2 min), cooldown 10 min @ easy"}
  intervals: {steps: "warmup 15 min @ easy, 5x(4 min @ interval, 3 min), cooldown 10 min @ easy"}
  sharpener: {steps: "warmup 15 min @ easy, 3x(2 min @ interval, 2 min), cooldown 10 min @ easy"}
sessions:
  - {weeks: 1-4, on: tue, name: Hills, use: hills}
  - {weeks: 5, on: tue, name: Threshold, use: tempo}
  - {weeks: 6-8, on: tue, name: Intervals, use: intervals}
  - {weeks: 9, on: tue, name: Threshold, use: cruise}
  - {weeks: 10, on: tue, name: Sharpener, use: sharpener}
  - {weeks: "1-5, 7, 9-10", on: thu, name: Strides, use: strides, with: {total: "9, 9.5, 9.5, 6, 9, 9.5, 7, 4 km"}}
  - {weeks: "6, 8", on: thu, name: Cruise, use: cruise}
  - {on: sat, name: Easy, use: easy, with: {total: "8, 8, 8, 5.5, 7.5, 9.5, 7.5, 11.5, 6, 3 km"}}
  - {weeks: 1-9, on: sun, name: Long run, use: easy, with: {total: "11, 12, 13.5, 10, 14.5, 16, 17, 17.5, 10.5 km"}}
"""
"""The second worked example of a made plan: 24:00 for 5 km; from 35 to 46 km a week."""

MARATHON = """\
plan: Marathon
race: {on: 2027-04-18, distance: marathon}
weeks: 18
down_weeks: {at: [4, 8, 12], cut: 25 %}
sessions:
  - on: tue
    name: Threshold
    steps: "warmup 15 min @ easy, ${n}x(8 min @ threshold, 2 min), cooldown 10 min @ easy"
    with: {n: "2, 2, 2, 2, 3, 3, 3, 2, 3, 4, 4, 2, 4, 3, 4, 3, 2, 1"}
  - on: wed
    name: Easy
    steps: run $t @ easy
    with: {t: "14.5, 15.5, 15.5, 11, 15.5, 14, 14.5, 11, 14, 17, 15.5, 12, 15.5, 17, 17, 15, 11.5, 5 km"}
  - on: fri
    name: Easy
    steps: run $t @ easy
    with: {t: "12, 12, 12, 8.5, 12, 11, 11.5, 8.5, 11, 14, 12, 9.5, 12, 16.5, 13, 12, 9.5, 6 km"}
  - on: sat
    name: Easy
    steps: run $t @ easy
    with: {t: "8, 8.5, 8.5, 6, 8.5, 7.5, 7.5, 6, 7.5, 9.5, 7, 6.5, 7, 11, 7.5, 8, 6.5, 4 km"}
  - weeks: 1-17
    on: sun
    name: Long run
    steps: run $t @ easy
    with: {t: "18, 20, 22, 16.5, 24, 26, 28, 21, 30, 22.5, 32, 24, 32, 24, 32, 21, 14.5 km"}
"""
"""The fourth, its fast days made alike: 21:30 for 5 km; from 60 to 84 km a week."""

ROOT = Path(__file__).parents[2] / "workouts"
FILES = {f"../{path.name}": path.read_text(encoding="utf-8") for path in ROOT.glob("*.workout.yaml")}
FIVE_KM = "5 km in 24:00"


@cache
def compiled(text: str, athlete: str | None = FIVE_KM) -> CompiledPlan:
    result = compile_plan_text(text, athlete=athlete, files=FILES)
    assert result.plan, [one.message for one in result.diagnostics]
    return result.plan


def days(missed: str) -> tuple[dt.date, dt.date]:
    first, _, last = missed.partition("..")
    return dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)


@cache
def decided(text: str, missed: str, why: str = "away", athlete: str | None = FIVE_KM) -> Adapted | Refusal:
    node = parse(Source("p.plan.yaml", text)).nodes[0]
    return adapt(compiled(text, athlete), node, *days(missed), why)


@cache
def adapted(text: str, missed: str, why: str = "away", athlete: str | None = FIVE_KM, *, shift: bool = False) -> str:
    """The text of a plan after a break."""
    if shift:
        text = shifted(compiled(text, athlete), text, *days(missed))
        assert isinstance(text, str), text
    found = decided(text, missed, why, athlete)
    assert isinstance(found, Adapted), found
    return patched(text, found)


@cache
def shown(text: str, athlete: str | None = FIVE_KM) -> PlanTotals:
    return totals(compiled(text, athlete))
