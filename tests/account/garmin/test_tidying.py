"""What is over is removed where that is asked for: nothing that was run, nothing of others, and few at a time."""

from __future__ import annotations

import copy
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from account.garmin.computer import FULL, Computer, Killed, Plan, Stranger, day, run_of
from account.garmin.double import Double
from account.garmin.test_comparing import TUE, entry, held
from account.garmin.test_converging import die, killing
from negsplit.account.errors import AccountError
from negsplit.account.garmin.scheduled import Standing
from negsplit.account.garmin.tidying import fate

SLOTS = ("w01-tue", "w01-thu", "w02-tue", "w02-thu", "w03-tue", "w03-thu")
PLAN = Plan({slot: (7 * (at // 2) + 1 + at % 2, run_of(30 + at, f"Run {at}")) for at, slot in enumerate(SLOTS)})
LATER = 14
"""Days after which the first two weeks are over: four of six."""

Start = Callable[..., Computer]


@pytest.fixture
def start(double: Callable[..., Double], tmp_path: Path) -> Start:
    """A computer whose plan is in the account, two weeks later."""

    def begin(**knobs: Any) -> Computer:
        computer = Computer(double(**knobs), tmp_path / "state")
        assert computer.sync(PLAN).error is None
        computer.today = day(LATER)
        computer.wait(LATER * 86_400)
        return computer

    return begin


def finish(computer: Computer, *slots: str) -> None:
    for slot in slots:
        computer.entry(slot)["associatedActivityId"] = 77


def slots(computer: Computer) -> list[str]:
    return [slot for slot, _, _ in computer.holds(PLAN)]


def tidied(computer: Computer, **options: Any) -> Any:
    window = Plan(PLAN.sessions, window=(LATER, LATER + 13))
    return computer.sync(window, tidy=True, **options)


@pytest.mark.parametrize("cascades", [True, False])
@pytest.mark.parametrize("keeps_ledger", [True, False], ids=["kept", "lost"])
def test_what_is_over_and_was_not_run_goes(start, cascades, keeps_ledger):
    computer = start(delete_cascades=cascades)
    stranger = Stranger(computer.double, "Run 0", day(1))
    finish(computer, "w01-tue")
    done = copy.deepcopy(computer.entry("w01-tue"))
    if not keeps_ledger:
        computer.lose_ledger()
    ran = tidied(computer)
    assert ran.signs == ["- w01-thu", "- w02-tue", "- w02-thu"]
    assert ran.writes == [one for one in ran.writes if one.startswith("DELETE /workout-service/workout/")]
    reasons = {change.key.slot: change.reason for change in ran.changes.changes}
    assert "11 Feb 2026" in reasons["w01-thu"]
    assert slots(computer) == ["w01-tue", "w03-thu", "w03-tue"]
    assert computer.entry("w01-tue") == done
    # The service decides whether the past entries go, too: nobody asks it to.
    assert computer.entries() == 1 + (3 if cascades else 6)
    assert stranger.untouched
    ran = tidied(computer)
    assert (ran.at_rest, ran.notices) == (True, [("over", "w01-tue")])
    assert "1 whose day is over stays" in ran.changes.notices[0].reason


def test_nothing_is_over_before_its_day_is(start):
    computer = start()
    computer.today = day(1)
    assert tidied(computer).at_rest
    computer.today = day(2)
    assert tidied(computer).signs == ["- w01-tue"]


def test_many_are_removed_only_by_a_yes(start):
    computer = start()
    ran = tidied(computer)
    assert ran.conflicts == [("too many", slot) for slot in SLOTS[:4]]
    assert "its day is over, but 4 of 6 workouts would be removed" in ran.changes.conflicts[0].reason
    assert ran.writes == []
    assert len(tidied(computer, yes_to_many=True).signs) == 4
    assert slots(computer) == ["w03-thu", "w03-tue"]


def test_what_was_not_asked_for_stays(start):
    computer = start()
    window = Plan(PLAN.sessions, window=(LATER, LATER + 13))
    assert computer.sync(window, prune=True, force=True, restore=True, dedupe=True, yes_to_many=True).at_rest
    assert len(slots(computer)) == 6


def test_nobody_knows_of_what_shows_nowhere_whether_it_was_run():
    """Its activity may have taken the entry along, or the calendar may not go back as far."""
    assert fate(held(TUE, 5), Standing(), ()) == "unknown"


def test_what_was_put_ahead_and_does_not_show_yet_is_not_over():
    past = (entry(7, -3, 5, completed=False),)
    assert fate(held(TUE, 5), Standing(unseen=(day(20),)), past) == "ahead"
    assert fate(held(TUE, 5), Standing(), past) == "over"


def edit(computer: Computer) -> None:
    computer.double.library.workouts[computer.number("w01-thu")]["workoutName"] = "Mine"


def unmark(computer: Computer) -> None:
    computer.double.library.workouts[computer.number("w01-thu")]["description"] = "mine"


def take_off(computer: Computer) -> None:
    computer.double.calendar.entries.pop(computer.entry("w01-thu")["id"])


def give_to_a_training_plan(computer: Computer) -> None:
    computer.entry("w01-thu")["trainingPlanId"] = 7


def share(computer: Computer) -> None:
    workout = computer.double.library.workouts[computer.number("w01-thu")]
    workout |= {"ownerId": 11111111, "shared": True, "workoutId": workout["workoutId"]}
    computer.lose_ledger()


def hide_when_it_was_made(computer: Computer) -> None:
    computer.double.library.workouts[computer.number("w01-thu")]["createdDate"] = None


STAYS = [edit, unmark, take_off, give_to_a_training_plan, share, hide_when_it_was_made]
TOUCHED = list(product(STAYS, [True, False]))
"""What somebody did to a workout that is over, and whether the ledger is kept."""


@pytest.mark.parametrize(("touch", "keeps_ledger"), TOUCHED if FULL else TOUCHED[::3])
def test_what_somebody_touched_or_nobody_knows_stays(start, touch, keeps_ledger):
    computer = start()
    finish(computer, "w02-tue", "w02-thu")
    number = computer.number("w01-thu")
    touch(computer)
    if not keeps_ledger:
        computer.lose_ledger()
    before = copy.deepcopy((computer.double.library.workouts[number], computer.days(number)))
    for _ in range(2):
        tidied(computer, yes_to_many=True)
    assert (computer.double.library.workouts[number], computer.days(number)) == before
    assert "w01-tue" not in slots(computer)


@pytest.mark.parametrize("ahead", [20, 200], ids=["in the window", "long after the plan"])
def test_what_somebody_put_ahead_again_stays(start, ahead):
    computer = start()
    finish(computer, "w02-tue", "w02-thu")
    computer.double.calendar.add(day(ahead).isoformat(), "Run 1", computer.number("w01-thu"))
    assert tidied(computer).signs == ["- w01-tue"]
    assert computer.days(computer.number("w01-thu")) == [day(2).isoformat(), day(ahead).isoformat()]
    assert tidied(computer).at_rest


def test_edited_and_over_goes_when_it_is_forced(start):
    computer = start()
    finish(computer, "w02-tue", "w02-thu")
    edit(computer)
    ran = tidied(computer)
    assert (ran.signs, ran.conflicts) == (["- w01-tue"], [("edited", "w01-thu")])
    assert tidied(computer, force=True).signs == ["- w01-thu"]


def test_second_copies_that_are_over_go_only_when_asked(start):
    computer = start()
    finish(computer, "w02-tue", "w02-thu")
    copied = computer.double.library.copy(computer.number("w01-thu"))["workoutId"]
    computer.double.calendar.add(day(2).isoformat(), "Run 1", copied)
    for signs in (["- w01-tue"], []):
        ran = tidied(computer)
        assert (ran.signs, ran.notices[:2]) == (signs, [("second copy", "w01-thu")] * 2)
    assert copied in computer.double.library.workouts
    assert tidied(computer, dedupe=True).signs == ["- w01-thu", "- w01-thu"]
    assert "w01-thu" not in slots(computer)


def test_a_copy_that_somebody_put_ahead_is_not_taken_off_its_day_once_ours_is_over(start):
    computer = start()
    finish(computer, "w02-tue", "w02-thu")
    copied = computer.double.library.copy(computer.number("w01-thu"))["workoutId"]
    computer.double.calendar.add(day(LATER + 5).isoformat(), "Run 1", copied)
    assert tidied(computer).signs == ["- w01-tue"]
    assert tidied(computer).at_rest
    assert computer.days(copied) == [day(LATER + 5).isoformat()]


def test_many_are_counted_with_their_copies(start):
    computer = start()
    for slot in SLOTS[:4]:
        on = computer.entry(slot)["date"]
        computer.double.calendar.add(on, "Run", computer.double.library.copy(computer.number(slot))["workoutId"])
    ran = tidied(computer, dedupe=True)
    assert {one.reason for one in ran.changes.conflicts} == {
        "its day is over, but 8 of 10 workouts would be removed",
    }


def test_two_copies_of_which_one_was_run(start):
    computer = start()
    copied = computer.double.library.copy(computer.number("w01-thu"))["workoutId"]
    computer.double.calendar.add(day(2).isoformat(), "Run 1", copied, associatedActivityId=77)
    tidied(computer, dedupe=True, yes_to_many=True)
    assert copied in computer.double.library.workouts
    assert computer.days(copied) == [day(2).isoformat()]


def test_what_is_no_longer_in_the_plan_and_over_goes_too(start):
    computer = start()
    smaller = Plan({slot: PLAN.sessions[slot] for slot in SLOTS if slot != "w01-thu"}, window=(LATER, LATER + 13))
    finish(computer, "w02-tue", "w02-thu", "w01-tue")
    assert computer.sync(smaller, prune=True).at_rest
    assert computer.sync(smaller, tidy=True).signs == ["- w01-thu"]


def test_a_plan_without_workouts_tidies_nothing(start):
    computer = start()
    ran = computer.sync(Plan({}, window=(LATER, LATER + 13)), tidy=True, prune=True, yes_to_many=True)
    assert (ran.at_rest, ran.notices) == (True, [("empty plan", "w01-thu")])


def test_what_was_run_is_asked_for_as_far_back_as_anything_is_over(start):
    """The double's calendar says nothing by itself here: only the summaries do."""
    computer = start()
    entries = [computer.entry(slot) for slot in SLOTS[:4]]
    done = (77, 77, 77, None)
    summaries = [
        {"scheduledWorkoutId": one["id"], "associatedActivityId": run} for one, run in zip(entries, done, strict=True)
    ]
    answer = {"data": {"workoutScheduleSummariesScalar": summaries}}
    computer.double.fault("POST", "/graphql-gateway/graphql", "status", status=200, body=answer)
    assert tidied(computer).signs == ["- w02-thu"]
    (asked,) = [one for one in computer.double.log.requests if one.path.startswith("/graphql")]
    assert f'startDate:"{day(1).isoformat()}"' in asked.json()["query"].replace(" ", "")


@pytest.mark.parametrize("named", [{}, {"workoutId": 1, "associatedActivityId": 77}], ids=["none", "without a number"])
def test_what_is_over_and_named_by_nobody_stays(start, named):
    """Summaries that leave it out say nothing of it: they may end at some day, or give other numbers."""
    computer = start(calendar_says_done=False)
    answer = {"data": {"workoutScheduleSummariesScalar": [named] if named else []}}
    computer.double.fault("POST", "/graphql-gateway/graphql", "status", status=200, body=answer)
    ran = tidied(computer, yes_to_many=True)
    assert (ran.at_rest, ran.notices) == (True, [("over", "w01-tue")])
    assert "4 whose day is over stay: nothing says whether it was run" in ran.changes.notices[0].reason


@pytest.mark.parametrize("kind", ["html", "drop", "empty"])
def test_where_nobody_says_what_was_run_nothing_is_tidied(start, kind):
    computer = start()
    for one in computer.double.calendar.entries.values():
        one.pop("associatedActivityId", None)
    computer.double.fault("POST", "/graphql-gateway/graphql", kind, times=9)
    ran = tidied(computer, yes_to_many=True)
    assert ran.error is None or isinstance(ran.error, AccountError)
    assert ran.writes == []
    assert len(slots(computer)) == 6


DEATHS = [
    (nth, when, keeps, cascades)
    for nth in (1, 2, 3)
    for when in ("before", "after")
    for keeps in (True, False)
    for cascades in (True, False)
]


@pytest.mark.parametrize(("nth", "when", "keeps_ledger", "cascades"), DEATHS if FULL else DEATHS[::5])
def test_cut_off_while_it_tidies_it_goes_on(start, nth, when, keeps_ledger, cascades):
    computer = start(delete_cascades=cascades)
    stranger = Stranger(computer.double, "Run 0", day(1))
    finish(computer, "w01-tue")
    computer.around = killing(nth, when, die)
    assert isinstance(tidied(computer).error, Killed)
    for _ in range(2):
        if not keeps_ledger:
            computer.lose_ledger()
        computer.wait()
        assert tidied(computer).error is None
    assert slots(computer) == ["w01-tue", "w03-thu", "w03-tue"]
    assert stranger.untouched
    # What was tidied is nobody's loss: it comes again where the plan has it again.
    again = Plan(PLAN.sessions | {"w01-thu": (LATER + 3, run_of(31, "Run 1"))}, window=(LATER, LATER + 13))
    assert computer.sync(again).signs == ["+ w01-thu"]
