"""What somebody did on the web between two runs: it is seen, it stays, and it is undone only where that is asked for.

Each with the ledger kept and with the ledger lost. Larger products are whole with ``NEGSPLIT_FULL_MATRIX=1``; by
default they are thinned so that each value still occurs.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from account.garmin.computer import FULL, Computer, Plan, day, meant, run_of
from account.garmin.double import Double
from negsplit.account.garmin.content import content_hash

PLAN = Plan({"w01-tue": (1, run_of(30)), "w01-thu": (3, run_of(40, "Tempo"))})
CHANGED = Plan({"w01-tue": (1, run_of(35)), "w01-thu": (3, run_of(40, "Tempo"))})
MOVED = Plan({"w01-tue": (2, run_of(30)), "w01-thu": (3, run_of(40, "Tempo"))})

KEPT_AND_LOST = pytest.mark.parametrize("keeps_ledger", [True, False], ids=["kept", "lost"])


@pytest.fixture
def computer(double: Callable[..., Double], tmp_path: Path) -> Iterator[Computer]:
    """One from which the plan was brought into the account, a while ago."""
    made = Computer(double(), tmp_path / "state")
    assert made.sync(PLAN).signs == ["+ w01-tue", "+ w01-thu"]
    assert made.sync(PLAN).at_rest
    made.wait()
    return made


def workout_of(computer: Computer, slot: str = "w01-tue") -> dict[str, Any]:
    return computer.double.library.workouts[computer.number(slot)]


def edit_step(computer: Computer) -> None:
    workout_of(computer)["workoutSegments"][0]["workoutSteps"][0]["endConditionValue"] = 600.0


def edit_name(computer: Computer) -> None:
    workout_of(computer)["workoutName"] = "My run"


def edit_notes(computer: Computer) -> None:
    workout = workout_of(computer)
    workout["description"] = f"mine\n{workout['description']}"


EDITS = list(product([edit_step, edit_name, edit_notes], [True, False], [PLAN, CHANGED]))


@pytest.mark.parametrize(("edit", "keeps_ledger", "plan"), EDITS if FULL else EDITS[::3])
def test_what_was_edited_is_left_until_it_is_forced(computer, edit, keeps_ledger, plan):
    edit(computer)
    before = copy.deepcopy(computer.double.library.workouts)
    for _ in range(2):
        if not keeps_ledger:
            computer.lose_ledger()
        ran = computer.sync(plan)
        assert ran.conflicts == [("edited", "w01-tue")]
        assert "--force" in ran.conflict.help
        assert not ran.writes
    assert computer.double.library.workouts == before
    assert computer.sync(plan, force=True).signs == ["~ w01-tue"]
    assert computer.holds(plan) == meant(plan)
    assert computer.sync(plan).at_rest


def test_an_edit_that_says_what_the_plan_says_is_no_conflict(computer):
    workout_of(computer)["workoutSegments"][0]["workoutSteps"][0]["endConditionValue"] = 35 * 60.0
    assert computer.sync(CHANGED).at_rest
    assert computer.sync(PLAN).conflicts == [("edited", "w01-tue")]


def test_an_edit_does_not_keep_a_workout_from_moving(computer):
    edit_name(computer)
    ran = computer.sync(MOVED)
    assert ran.signs == ["> w01-tue"]
    assert ran.conflicts == [("edited", "w01-tue")]


def unmark(computer: Computer) -> None:
    workout_of(computer)["description"] = "mine"


def test_without_its_mark_it_is_left_until_it_is_forced(computer):
    number = computer.number("w01-tue")
    unmark(computer)
    for _ in range(2):
        ran = computer.sync(CHANGED)
        assert ran.conflicts == [("unmarked", "w01-tue")]
        assert not ran.writes
    assert computer.sync(CHANGED, force=True).signs == ["~ w01-tue"]
    assert computer.number("w01-tue") == number
    assert computer.sync(CHANGED).at_rest


def test_without_its_mark_and_with_the_ledger_lost_it_is_somebody_elses(computer):
    number = computer.number("w01-tue")
    unmark(computer)
    before = copy.deepcopy(computer.double.library.workouts[number])
    computer.lose_ledger()
    ran = computer.sync(CHANGED)
    assert ran.signs == ["+ w01-tue"]
    assert ("look-alike", "w01-tue") in ran.notices
    assert computer.double.library.workouts[number] == before
    assert computer.days(number) == [day(1).isoformat()]
    assert computer.sync(CHANGED).at_rest


def test_a_workout_without_its_mark_is_never_pruned(computer):
    unmark(computer)
    ran = computer.sync(Plan({"w01-thu": PLAN.sessions["w01-thu"]}), prune=True, yes_to_many=True, force=True)
    assert ran.at_rest
    assert len(computer.double.library.workouts) == 2


@KEPT_AND_LOST
def test_a_second_copy_is_told_and_stays(computer, keeps_ledger):
    ours = computer.number("w01-tue")
    copied = computer.double.library.copy(ours)["workoutId"]
    if not keeps_ledger:
        computer.lose_ledger()
    ran = computer.sync(PLAN, prune=True, force=True, restore=True)
    assert ran.notices == [("second copy", "w01-tue")]
    assert ran.at_rest
    # The one that is on its day is ours, though the copy is newer.
    assert computer.sync(CHANGED).signs == ["~ w01-tue"]
    assert content_hash(computer.double.library.workouts[ours]) == content_hash(run_of(35))
    assert content_hash(computer.double.library.workouts[copied]) == content_hash(run_of(30))
    ran = computer.sync(Plan({"w01-thu": PLAN.sessions["w01-thu"]}), prune=True, yes_to_many=True)
    assert ran.conflicts == [("second copy", "w01-tue")]
    assert not ran.writes
    assert {ours, copied} <= computer.double.library.workouts.keys()


@KEPT_AND_LOST
@pytest.mark.parametrize("cascades", [True, False])
def test_deleted_on_the_web(computer, keeps_ledger, cascades):
    number = computer.number("w01-tue")
    computer.double.library.remove(number)
    if cascades or not keeps_ledger:
        # An entry without its workout says nowhere that it was ours: with the ledger lost it stays, as any other's.
        computer.double.calendar.forget(number)
    if keeps_ledger:
        for _ in range(2):
            ran = computer.sync(PLAN, prune=True, force=True)
            assert ran.conflicts == [("deleted", "w01-tue")]
            assert not ran.writes
        assert computer.sync(PLAN, restore=True).signs == ["+ w01-tue"]
    else:
        computer.lose_ledger()
        assert computer.sync(PLAN).signs == ["+ w01-tue"]
    assert computer.holds(PLAN) == meant(PLAN)
    assert computer.entries() == 2
    assert computer.sync(PLAN).at_rest


def drag(computer: Computer, to: int, keeps_id: bool, slot: str = "w01-tue") -> None:
    """What the web does to an entry that is dragged: nobody knows whether its number stays."""
    entry = computer.entry(slot)
    if keeps_id:
        entry["date"] = day(to).isoformat()
    else:
        computer.double.calendar.entries.pop(entry["id"])
        computer.double.calendar.add(day(to).isoformat(), entry["title"], entry["workoutId"])


IDS = pytest.mark.parametrize("keeps_id", [True, False], ids=["same-id", "new-id"])


MOVES = list(product([5, 24, 50], [True, False], [PLAN, MOVED]))
"""Near, in the next month, after the plan."""


@pytest.mark.parametrize(("to", "keeps_id", "plan"), MOVES if FULL else MOVES[::3])
def test_moved_on_the_web(computer, keeps_id, to, plan):
    if to == 50:
        plan = Plan(plan.sessions | {"w09-sun": (55, run_of(90))})
    drag(computer, to, keeps_id)
    for _ in range(2):
        ran = computer.sync(plan, restore=True)
        assert ran.conflicts == [("moved", "w01-tue")]
        assert f"{day(to):%d %b}" in ran.conflict.reason
        assert not ran.writes
    assert computer.sync(plan, force=True).signs == ["> w01-tue"]
    assert computer.holds(plan) == meant(plan)
    assert computer.sync(plan).at_rest


@IDS
def test_moved_on_the_web_with_the_ledger_lost(computer, keeps_id):
    drag(computer, 5, keeps_id)
    computer.lose_ledger()
    assert computer.sync(PLAN).signs == ["> w01-tue"]
    assert computer.holds(PLAN) == meant(PLAN)
    assert computer.sync(PLAN).at_rest


@IDS
@KEPT_AND_LOST
def test_moved_on_the_web_to_where_the_plan_has_it_now(computer, keeps_id, keeps_ledger):
    drag(computer, 2, keeps_id)
    if not keeps_ledger:
        computer.lose_ledger()
    assert computer.sync(MOVED).at_rest
    computer.wait()
    assert computer.sync(MOVED).at_rest
    assert computer.sync(PLAN).signs == ["> w01-tue"]
    assert computer.holds(PLAN) == meant(PLAN)


@KEPT_AND_LOST
@pytest.mark.parametrize("plan", [PLAN, MOVED], ids=["same", "moved"])
def test_taken_off_its_day_on_the_web(computer, keeps_ledger, plan):
    computer.double.calendar.entries.pop(computer.entry("w01-tue")["id"])
    if keeps_ledger:
        for _ in range(2):
            ran = computer.sync(plan, force=True)
            assert ran.conflicts == [("taken off", "w01-tue")]
            assert not ran.writes
        assert computer.sync(plan, restore=True).signs == ["+ w01-tue"]
    else:
        computer.lose_ledger()
        assert computer.sync(plan).signs == ["+ w01-tue"]
    assert computer.holds(plan) == meant(plan)
    assert computer.sync(plan).at_rest


def test_put_on_another_day_too_is_told_and_stays(computer):
    computer.double.calendar.add(day(6).isoformat(), "Easy", computer.number("w01-tue"))
    ran = computer.sync(PLAN, force=True, restore=True)
    assert ran.notices == [("also on", "w01-tue")]
    assert ran.at_rest
    assert computer.sync(MOVED).signs == ["> w01-tue"]
    assert computer.days(computer.number("w01-tue")) == [day(2).isoformat(), day(6).isoformat()]


def without(*slots: str) -> Plan:
    return Plan({slot: session for slot, session in PLAN.sessions.items() if slot not in slots})


@KEPT_AND_LOST
def test_edited_and_no_longer_in_the_plan(computer, keeps_ledger):
    edit_name(computer)
    if not keeps_ledger:
        computer.lose_ledger()
    ran = computer.sync(without("w01-tue"), prune=True)
    assert ran.conflicts == [("edited", "w01-tue")]
    assert not ran.writes
    assert computer.sync(without("w01-tue"), prune=True, force=True).signs == ["- w01-tue"]
    assert computer.entries() == len(computer.double.library.workouts) == 1


def test_moved_on_the_web_and_no_longer_in_the_plan(computer):
    drag(computer, 5, keeps_id=False)
    ran = computer.sync(without("w01-tue"), prune=True)
    assert ran.conflicts == [("moved", "w01-tue")]
    assert not ran.writes
    assert computer.sync(without("w01-tue"), prune=True, force=True).signs == ["- w01-tue"]
    assert computer.entries() == len(computer.double.library.workouts) == 1
