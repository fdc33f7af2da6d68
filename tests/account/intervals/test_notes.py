"""Rest days, notes and races of a plan in the calendar: as safe as workouts, and left alone where nobody asks."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest

from account.intervals.computer import Computer, Plan, Stranger, day, meant, run_of
from negsplit.account.intervals.notes import is_note, note, note_key, race, race_key
from negsplit.account.marker import Key, key

RUNS = {"w01-tue": (1, run_of(30)), "w02-sun": (13, run_of(20, "Park 5 km"))}
NOTES = {"w01-mon-note": (0, note("Rest", "Sleep.")), "w01-wed-note": (2, note("Cross-training: bike", ""))}
RACE = {"w02-sun-race": (13, race("B", "Run", "Park 5 km", "Wear the blue shirt."))}
PLAN = Plan({**RUNS, **NOTES, **RACE}, notes=True)
RUNS_ALONE = Plan(RUNS)
KEPT_AND_LOST = pytest.mark.parametrize("keeps_ledger", [True, False], ids=["kept", "lost"])


@pytest.fixture
def computer(double, tmp_path):
    computer = Computer(double(), tmp_path / "state")
    assert len(computer.sync(PLAN).writes) == 5
    computer.wait()
    return computer


def event(computer, slot):
    return computer.double.events.there[computer.number(slot)]


def test_keys_of_what_is_no_workout_are_their_own():
    longest = "w104r12-wed-12"
    for known_as in (note_key("half", longest), race_key("half", longest)):
        assert is_note(known_as)
        assert known_as.slot.startswith(longest)
    assert not is_note(key("half", longest))
    assert not is_note(Key("", "marathon-race"))  # a workout by itself may be called so


def test_what_stands_there(computer):
    assert [event(computer, slot)["category"] for slot in (*NOTES, *RACE)] == ["NOTE", "NOTE", "RACE_B"]
    rest = event(computer, "w01-mon-note")
    assert (rest["name"], rest["type"], rest["external_id"]) == ("Rest", None, "negsplit:half/w01-mon-note")
    assert rest["description"].startswith("Sleep.\n\n[negsplit:half/w01-mon-note#")
    there = event(computer, "w02-sun-race")
    assert (there["type"], there["workout_doc"]["steps"]) == ("Run", [])
    assert event(computer, "w02-sun")["category"] == "WORKOUT"


@KEPT_AND_LOST
def test_nothing_is_done_again(computer, keeps_ledger):
    if not keeps_ledger:
        computer.lose_ledger()
    computer.double.log.clear()
    ran = computer.sync(PLAN)
    assert ran.at_rest
    assert ran.changes.unchanged == 5
    (listed,) = [one for one in computer.double.log.requests if one.path.endswith("/events")]
    assert listed.query["category"] == "WORKOUT,NOTE,RACE_A,RACE_B,RACE_C"


@KEPT_AND_LOST
@pytest.mark.parametrize("plan", [RUNS_ALONE, Plan({"w01-tue": RUNS["w01-tue"]})], ids=["same", "shorter"])
def test_without_notes_they_are_not_asked_for_not_touched_and_said_once(computer, keeps_ledger, plan):
    if not keeps_ledger:
        computer.lose_ledger()
    before = {slot: copy.deepcopy(event(computer, slot)) for slot in (*NOTES, *RACE)}
    computer.double.log.clear()
    for today in (0, 14):
        computer.today = day(today)
        ran = computer.sync(plan, prune=True, force=True, restore=True, tidy=True, dedupe=True, yes_to_many=True)
        left = [one for one in ran.changes.notices if one.kind == "left"]
        assert [one.reason for one in left] == (
            ["3 notes and races stay as they are without `--notes`"] if keeps_ledger and not today else []
        )
        assert not [one for one in ran.conflicts if is_note(plan.key(one[1]))]
    assert {slot: event(computer, slot) for slot in before} == before
    asked = {one.path for one in computer.double.log.requests}
    assert not asked & {f"/api/v1/athlete/0/events/{one['id']}" for one in before.values()}
    listed = [one for one in computer.double.log.requests if one.path.endswith("/events") and one.method == "GET"]
    assert {one.query["category"] for one in listed} == {"WORKOUT"}


@KEPT_AND_LOST
def test_without_notes_from_the_start_nobody_s_notes_are_seen(double, tmp_path, keeps_ledger):
    computer = Computer(double(), tmp_path / "state")
    theirs = Stranger(computer.double, "Rest", day(0), category="NOTE", type=None)
    computer.sync(RUNS_ALONE)
    if not keeps_ledger:
        computer.lose_ledger()
    computer.wait()
    assert computer.sync(RUNS_ALONE).notices == []
    ran = computer.sync(PLAN)
    assert [sign for sign in ran.signs if not is_note(PLAN.key(sign[2:]))] == []
    assert len(ran.writes) == 3
    assert ("look-alike", "w01-mon-note") in ran.notices
    assert theirs.untouched


def test_they_change_move_and_go_as_workouts_do(computer):
    changed = {"w01-mon-note": (0, note("Rest", "Sleep more.")), "w02-sun-race": (12, RACE["w02-sun-race"][1])}
    plan = replace(PLAN, sessions=RUNS | changed)
    ran = computer.sync(plan)
    assert ran.signs == ["~ w01-mon-note", "> w02-sun-race"]
    (gone,) = [one for one in ran.changes.notices if one.kind == "no longer in the plan"]
    assert gone.title == f"Cross-training: bike, on {day(2):%a %d %b %Y}"
    assert computer.sync(plan, prune=True).signs == ["- w01-wed-note"]
    assert computer.holds(plan) == meant(plan)
    assert computer.sync(plan).at_rest


@KEPT_AND_LOST
@pytest.mark.parametrize(
    ("slot", "fields"),
    [
        ("w01-mon-note", {"description": "Party"}),
        ("w01-mon-note", {"name": "Party"}),
        ("w02-sun-race", {"category": "RACE_A"}),
        ("w02-sun-race", {"type": "TrailRun"}),
    ],
)
def test_edited_on_the_web(computer, keeps_ledger, slot, fields):
    description = event(computer, slot)["description"]
    if "description" in fields:
        fields = {"description": f"{fields['description']}\n{description}"}
    computer.double.events.edit(computer.number(slot), **fields)
    if not keeps_ledger:
        computer.lose_ledger()
    ran = computer.sync(PLAN)
    assert ran.conflicts == [("edited", slot)]
    assert not ran.writes
    assert computer.sync(PLAN, force=True).signs == [f"~ {slot}"]
    assert computer.holds(PLAN) == meant(PLAN)
    assert computer.sync(PLAN).at_rest


def test_what_a_note_says_of_targets_is_the_service_s_own(computer):
    """It may fill in what a note has no use for."""
    for slot in NOTES:
        computer.double.events.edit(computer.number(slot), target="AUTO", type="Run")
    computer.lose_ledger()
    assert computer.sync(PLAN).at_rest


def test_a_workout_that_somebody_made_a_note_of_is_no_workout(computer):
    computer.double.events.edit(computer.number("w01-tue"), category="NOTE")
    for plan in (PLAN, RUNS_ALONE):
        assert ("edited", "w01-tue") in computer.sync(plan).conflicts
    assert computer.sync(RUNS_ALONE, force=True).signs == ["~ w01-tue"]
    assert event(computer, "w01-tue")["category"] == "WORKOUT"


def test_what_is_past_stays_also_where_it_is_tidied(computer):
    computer.today = day(14)
    ran = computer.sync(PLAN, tidy=True, prune=True, yes_to_many=True)
    assert ran.signs == ["- w01-tue", "- w02-sun"]
    assert computer.sync(replace(PLAN, sessions=RUNS), tidy=True, prune=True).at_rest
    assert [event(computer, slot)["name"] for slot in NOTES] == ["Rest", "Cross-training: bike"]


def test_however_many_notes_there_are_workouts_are_not_let_go_for_that(double, tmp_path):
    computer = Computer(double(), tmp_path / "state")
    notes = {f"w01-mon-{at}-note": (at, note("Rest", "")) for at in range(12)}
    computer.sync(Plan(RUNS | notes, notes=True))
    computer.wait()
    first = dict(list(notes.items())[:5])
    ran = computer.sync(Plan(first, notes=True), prune=True)
    assert {kind for kind, _ in ran.conflicts} == {"too many"}
    assert "2 of 2 workouts" in ran.changes.conflicts[0].reason
    assert "7 of 12 notes and races" in ran.changes.conflicts[-1].reason
    assert not ran.writes
    first = dict(list(notes.items())[:8])
    assert len(computer.sync(Plan(RUNS | first, notes=True), prune=True).signs) == 4
