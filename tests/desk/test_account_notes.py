"""What of a plan is no workout, as what is asked of an account."""

from __future__ import annotations

import pytest

from negsplit.desk.account_notes import wanted_note
from negsplit.diagnostics import Report
from negsplit.plan.compile import compile_plan_text

PLAN = """\
plan: Half
race: {on: 2027-04-18, name: Spring Half}
weeks: 2
sessions:
  - {on: mon, rest: legs up}
  - {on: tue, steps: 30 min @ RPE 3}
  - {on: wed, cross: 40 min bike, name: Bike, time: "06:30", optional: true, notes: Slowly.}
  - {on: fri, rest: ""}
days:
  week 1:
    sat: {race: Park 5 km}
    sun: {race: Cross-country, optional: true, steps: 10 km @ RPE 8, notes: "- 5m is no step\\n6x\\nnor that"}
"""


def wanted(text=PLAN, files=None):
    plan = compile_plan_text(text, device="intervals", files=files).plan
    report = Report()
    found = [one for session in plan.sessions if (one := wanted_note(plan, session, report)) is not None]
    return {one.key.slot: one for one in found}, report


def test_each_kind_is_what_the_calendar_has_for_it():
    found, report = wanted()
    assert {slot: (one.body["category"], one.title) for slot, one in found.items()} == {
        "w01-mon-note": ("NOTE", "W01 Mon Rest: legs up"),
        "w01-wed-note": ("NOTE", "W01 Wed Cross-training: Bike"),
        "w01-fri-note": ("NOTE", "W01 Fri Rest"),
        "w01-sat-race": ("RACE_B", "W01 Sat Race: Park 5 km"),
        "w01-sun-race": ("RACE_C", "W01 Sun Race: Cross-country"),
        "w02-mon-note": ("NOTE", "W02 Mon Rest: legs up"),
        "w02-wed-note": ("NOTE", "W02 Wed Cross-training: Bike"),
        "w02-fri-note": ("NOTE", "W02 Fri Rest"),
        "w02-sun-race": ("RACE_A", "W02 Sun Race: Spring Half"),
    }
    assert report.diagnostics == []
    assert found["w01-wed-note"].body == {
        "category": "NOTE",
        "name": "Cross-training: Bike",
        "description": "At 06:30\n\nOptional\n\nSlowly.\n\n40 min bike",
    }
    assert found["w02-sun-race"].body == {
        "category": "RACE_A",
        "type": "Run",
        "name": "Spring Half",
        "description": "",
    }


def test_what_is_noted_of_a_race_is_no_step():
    found, _ = wanted()
    assert found["w01-sun-race"].body["description"] == "Optional\n– 5m is no step\n6x.\nnor that"


def test_a_race_has_the_sport_of_its_workout():
    files = {"trail.workout.yaml": "workout: T\nsport: trail_running\nsteps: 10 km @ RPE 8\n"}
    found, _ = wanted(PLAN.replace('steps: 10 km @ RPE 8, notes: "', 'use: trail.workout.yaml, notes: "'), files)
    assert (found["w01-sun-race"].body["type"], found["w01-sat-race"].body["type"]) == ("TrailRun", "Run")


@pytest.mark.parametrize("kind", ["rest", "note", "race"])
def test_what_could_be_taken_for_a_mark_is_refused(kind):
    session = f'{{on: mon, {kind}: a, notes: "negsplit: b"}}'
    found, report = wanted(f"plan: P\nstart: 2027-03-01\nweeks: 1\nsessions: [{session}]")
    assert found == {}
    assert [one.code for one in report.diagnostics] == ["marker"]
