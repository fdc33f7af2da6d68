"""What is read before anything is done: no more than needed, and all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from account.garmin.computer import FULL, Computer, Plan, day, meant, run_of
from account.garmin.double import Double
from negsplit.account.errors import Rejected

PLAN = Plan({"w01-tue": (1, run_of(30)), "w01-thu": (3, run_of(40, "Tempo"))}, window=(0, 13))
LONG = Plan(PLAN.sessions | {"w16-sun": (112, run_of(90, "Race"))}, window=(0, 13))


@pytest.fixture
def computer(double: Callable[..., Double], tmp_path: Path) -> Computer:
    return Computer(double(), tmp_path / "state")


def months(computer: Computer) -> list[str]:
    """The months that were read since the last time, counted from 0."""
    read = [one.path.removeprefix("/calendar-service/year/") for one in computer.double.log.requests]
    computer.double.log.clear()
    return [path.replace("/month/", "-") for path in read if "/month/" in path]


def test_a_plan_reads_the_months_of_its_window(computer):
    computer.sync(LONG)
    assert months(computer) == ["2026-1"]
    computer.sync(LONG)
    assert months(computer) == ["2026-1"]


def test_what_the_ledger_does_not_know_is_looked_for_in_every_month_of_the_plan(computer):
    computer.sync(LONG)
    computer.lose_ledger()
    months(computer)
    computer.sync(LONG)
    assert months(computer) == ["2026-1", "2026-2", "2026-3", "2026-4", "2026-5"]


def test_what_does_not_stand_where_it_was_put_is_looked_for_too(computer):
    computer.sync(LONG)
    computer.wait()
    computer.entry("w01-tue")["date"] = day(50).isoformat()
    months(computer)
    assert computer.sync(LONG).conflicts == [("moved", "w01-tue")]
    assert months(computer) == ["2026-1", "2026-2", "2026-3", "2026-4", "2026-5"]


def test_a_stray_entry_beyond_the_window_is_found_with_the_ledger_lost(computer):
    far = Plan({"w01-tue": (70, run_of(30)), "w16-sun": (112, run_of(90, "Race"))}, window=(56, 77))
    computer.sync(far)
    computer.lose_ledger()
    near = Plan({"w01-tue": (1, run_of(30)), "w16-sun": (112, run_of(90, "Race"))}, window=(0, 13))
    assert computer.sync(near).signs == ["> w01-tue"]
    assert computer.holds(near) == meant(near)


def test_the_months_of_the_ledgers_days_are_read(computer):
    far = Plan({"w01-tue": (70, run_of(30))}, window=(56, 77))
    computer.sync(far)
    months(computer)
    near = Plan({"w01-tue": (1, run_of(30))}, window=(0, 13))
    assert computer.sync(near).signs == ["> w01-tue"]
    assert months(computer) == ["2026-1", "2026-3"]


def test_with_the_ledger_lost_the_past_is_looked_through_before_anything_is_removed(computer):
    computer.sync(PLAN)
    computer.lose_ledger()
    computer.today = day(60)
    later = Plan({"w10-sun": (70, run_of(90))}, window=(60, 74))
    ran = computer.sync(later, prune=True, yes_to_many=True)
    assert ran.signs == ["+ w10-sun"]
    assert len(computer.double.library.workouts) == 3


@pytest.mark.parametrize("memory", ["kept", "lost", "of another computer", "lost, and nobody says when it was made"])
def test_what_was_run_long_ago_stays_when_it_is_pruned_from_a_day_ahead(computer, tmp_path, memory):
    """Its plan had it twice, a race later. With the workout, its day in the past would go."""
    assert computer.sync(PLAN).error is None
    number = computer.number("w01-thu")
    computer.entry("w01-thu")["associatedActivityId"] = 77
    computer.today = day(50)
    computer.wait()
    later = Plan({"w01-tue": (51, run_of(30)), "w01-thu": (53, run_of(40, "Tempo"))}, window=(50, 63))
    assert computer.sync(later).signs == ["+ w01-tue", "+ w01-thu"]
    if memory == "of another computer":
        computer = Computer(computer.double, tmp_path / "other", now=computer.now, today=computer.today)
        assert computer.sync(later).at_rest
    elif memory != "kept":
        computer.lose_ledger()
    if "when" in memory:
        computer.double.library.workouts[number]["createdDate"] = None
    ran = computer.sync(Plan({"w01-tue": later.sessions["w01-tue"]}, window=(50, 63)), prune=True)
    assert ran.signs == ["- w01-thu"]
    assert computer.days(number) == [day(3).isoformat()]
    assert number in computer.double.library.workouts


def test_what_somebody_put_on_a_day_long_after_the_plan_is_no_plans_to_prune(computer):
    assert computer.sync(PLAN).error is None
    computer.wait()
    computer.double.calendar.add(day(200).isoformat(), "Tempo", computer.number("w01-thu"))
    ran = computer.sync(Plan({"w01-tue": PLAN.sessions["w01-tue"]}, window=(0, 13)), prune=True)
    assert (ran.writes, ran.conflicts) == ([], [("moved", "w01-thu")])


def test_workouts_of_others_are_not_read_whole(computer):
    for number in range(5):
        computer.double.library.add(run_of(30, f"Other {number}"))
    computer.sync(PLAN)
    computer.double.log.clear()
    computer.sync(PLAN)
    assert len([one for one in computer.double.log.said if one.startswith("GET /workout-service/workout/")]) == 2


def test_a_workout_that_the_list_still_shows_and_is_gone_is_gone(double, tmp_path):
    computer = Computer(double(list_lag=4), tmp_path / "state")
    for _ in range(5):
        computer.sync(PLAN)
    ran = computer.sync(Plan({"w01-tue": PLAN.sessions["w01-tue"]}), prune=True)
    assert ran.signs == ["- w01-thu"]
    computer.lose_ledger()
    assert computer.sync(PLAN).signs == ["+ w01-thu"]
    assert len(computer.double.library.workouts) == computer.entries() == 2


READS: dict[str, tuple[str, str]] = {
    "list": ("GET", "/workout-service/workouts"),
    "month": ("GET", r"/calendar-service/.*"),
}


FAULTS: dict[str, dict[str, Any]] = {
    **{str(status): {"kind": "status", "status": status} for status in (500, 403, 429)},
    **{kind: {"kind": kind} for kind in ("html", "empty", "drop")},
    "other": {"kind": "status", "status": 200, "body": {"x": 1}},
}
SPOILT = list(product(READS, FAULTS, (True, False)))
"""Which read is answered how, and whether the ledger is kept."""


@pytest.mark.parametrize(("place", "fault", "keeps_ledger"), SPOILT if FULL else SPOILT[::4])
def test_what_cannot_be_read_stops_the_run(computer, place, fault, keeps_ledger):
    computer.sync(PLAN)
    if not keeps_ledger:
        computer.lose_ledger()
    computer.wait()
    computer.double.fault(*READS[place], times=3, **FAULTS[fault])
    changed = Plan({"w01-tue": (2, run_of(35))}, window=(0, 13))
    ran = computer.sync(changed, prune=True, yes_to_many=True, force=True, restore=True)
    assert ran.error is not None
    assert ran.writes == []


UNREAD = list(product(FAULTS, (True, False), (True, False)))
"""How it is answered, whether the ledger is kept, and whether the workout is wanted still."""


@pytest.mark.parametrize(("fault", "keeps_ledger", "wanted"), UNREAD if FULL else UNREAD[::5])
def test_a_workout_that_cannot_be_read_keeps_nothing_else_from_being_done(computer, fault, keeps_ledger, wanted):
    """Neither by what it says nor by its silence, be it in the plan still or not; 429 and the network stop the run."""
    assert computer.sync(PLAN).error is None
    if not keeps_ledger:
        computer.lose_ledger()
    computer.wait()
    number = computer.number("w01-tue")
    before = computer.double.library.workouts[number], computer.days(number)
    computer.double.fault("GET", f"/workout-service/workout/{number}", times=3, **FAULTS[fault])
    changed = {"w01-thu": (4, run_of(45, "Tempo"))} | ({"w01-tue": (2, run_of(35))} if wanted else {})
    plan, asked = Plan(changed, window=(0, 13)), {"prune": True, "force": True, "restore": True, "dedupe": True}
    ran = computer.sync(plan, yes_to_many=True, **asked)
    assert (computer.double.library.workouts[number], computer.days(number)) == before
    if fault in ("429", "drop"):
        assert (ran.error is None, ran.writes) == (False, [])
    else:
        assert (ran.error, ran.conflicts) == (None, [("unread", "w01-tue")])
        assert ran.signs == ["~ w01-thu", "> w01-thu"]
    computer.double.faults.clear()
    assert computer.sync(plan, **asked).error is None
    assert computer.holds(plan) == meant(plan)


def test_where_what_may_be_ours_cannot_be_read_and_the_rest_is_a_friends_nothing_is_written(computer):
    assert computer.sync(PLAN).error is None
    theirs = computer.double.library.workouts[computer.number("w01-thu")]
    theirs |= {"ownerId": 11111111, "shared": True, "workoutId": theirs["workoutId"]}
    computer.lose_ledger()
    computer.double.fault("GET", f"/workout-service/workout/{computer.number('w01-tue')}", "status", status=403)
    ran = computer.sync(PLAN)
    assert (type(ran.error), ran.writes) == (Rejected, [])


def test_completed_is_asked_only_where_something_of_ours_stands(computer):
    computer.sync(PLAN)
    assert "POST /graphql-gateway/graphql" not in computer.double.log.said
    computer.sync(PLAN)
    assert "POST /graphql-gateway/graphql" in computer.double.log.said


@pytest.mark.parametrize("field", ["trainingPlanId", "atpPlanId"])
@pytest.mark.parametrize("keeps_ledger", [True, False], ids=["kept", "lost"])
def test_a_workout_that_a_training_plan_took_is_never_touched(computer, field, keeps_ledger):
    computer.sync(PLAN)
    number = computer.number("w01-tue")
    computer.double.library.workouts[number] |= {field: 7, "description": "the coach's"}
    computer.entry("w01-thu")
    before = dict(computer.double.library.workouts[number])
    if not keeps_ledger:
        computer.lose_ledger()
    changed = Plan({"w01-tue": (2, run_of(35)), "w01-thu": PLAN.sessions["w01-thu"]}, window=(0, 13))
    computer.sync(changed, force=True, prune=True, yes_to_many=True)
    assert computer.double.library.workouts[number] == before


def test_what_a_training_plan_took_keeps_its_entry_when_what_is_gone_is_restored(computer):
    computer.sync(PLAN)
    number = computer.number("w01-tue")
    computer.double.library.workouts[number]["trainingPlanId"] = 7
    days = computer.days(number)
    computer.wait()
    told = computer.sync(PLAN)
    assert ("deleted", "w01-tue") in told.conflicts
    assert told.writes == []
    for _ in range(2):
        assert computer.sync(PLAN, restore=True).error is None
    assert computer.days(number) == days


@pytest.mark.parametrize("said_by", ["calendar", "summaries"])
def test_what_was_run_today_is_known_from_either_place_that_says_so(computer, said_by):
    today = Plan({"w01-mon": (0, run_of(30))}, window=(0, 13))
    computer.sync(today)
    entry = computer.entry("w01-mon")
    if said_by == "calendar":
        entry["associatedActivityId"] = 77
    else:
        summary = {"scheduledWorkoutId": entry["id"], "associatedActivityId": 77}
        answer = {"data": {"workoutScheduleSummariesScalar": [summary]}}
        computer.double.fault("POST", "/graphql-gateway/graphql", "status", status=200, body=answer)
    ran = computer.sync(Plan({"w01-mon": (0, run_of(35))}, window=(0, 13)), force=True)
    assert (ran.at_rest, ran.notices) == (True, [("completed", "w01-mon")])


SUMMARIES = ("POST", "/graphql-gateway/graphql")
SILENT: dict[str, dict[str, Any]] = {
    "errors": {"kind": "status", "status": 200, "body": {"errors": [{"message": "no"}], "data": None}},
    "null": {"kind": "status", "status": 200, "body": {"data": {"workoutScheduleSummariesScalar": None}}},
    "html": {"kind": "html"},
    "403": {"kind": "status", "status": 403},
    "of no entry": {
        "kind": "status",
        "status": 200,
        "body": {"data": {"workoutScheduleSummariesScalar": [{"workoutId": 1, "associatedActivityId": 77}]}},
    },
}
"""The last is how a published test of another program has them: nothing tells which entry was run."""
TODAY = {"w01-mon": (0, run_of(30)), "w01-thu": (3, run_of(40, "Tempo"))}
TOMORROW = Plan({"w01-mon": (1, run_of(35)), "w01-thu": (4, run_of(45, "Tempo"))}, window=(0, 13))
TODAYS = Plan(TODAY, window=(0, 13))
SAID = list(product(SILENT, (True, False), (True, False)))
"""How the summaries are silent, whether the calendar says what is done, and whether the ledger is kept."""


@pytest.mark.parametrize(("how", "calendar_says", "keeps_ledger"), SAID if FULL else SAID[::5] + SAID[3::8])
def test_where_nobody_says_what_is_done_the_rest_is(double, tmp_path, how, calendar_says, keeps_ledger):
    """Today's session was run; the whole plan moves by a day, and both sessions have new content."""
    computer = Computer(double(calendar_says_done=calendar_says), tmp_path / "state")
    computer.sync(TODAYS)
    computer.entry("w01-mon")["associatedActivityId"] = 77
    before = computer.double.library.workouts[computer.number("w01-mon")]
    computer.wait()
    computer.double.fault(*SUMMARIES, times=99, **SILENT[how])
    for number in range(3):
        if not keeps_ledger:
            computer.lose_ledger()
        ran = computer.sync(TOMORROW, force=True, restore=True, prune=True, yes_to_many=True)
        assert ran.error is None
        assert ran.changes.unsaid is not calendar_says
        assert ran.conflicts == ([] if calendar_says else [("unsaid", "w01-mon")])
        assert (("completed", "w01-mon") in ran.notices) is calendar_says
        assert ran.signs == ([] if number else ["~ w01-thu", "> w01-thu"])
        computer.wait()
    assert computer.entry("w01-mon")["date"] == day(0).isoformat()
    assert computer.entry("w01-thu")["date"] == day(4).isoformat()
    assert computer.double.library.workouts[computer.number("w01-mon")] is before


@pytest.mark.parametrize("keeps_ledger", [True, False], ids=["kept", "lost"])
@pytest.mark.parametrize("calendar_says", [True, False], ids=["said", "unsaid"])
def test_what_was_done_is_not_put_on_again_on_the_days_after(double, tmp_path, calendar_says, keeps_ledger):
    """A timer that syncs each morning: the plan moved by a day on the day on which its session was run."""
    computer = Computer(double(calendar_says_done=calendar_says), tmp_path / "state")
    computer.sync(TODAYS)
    computer.entry("w01-mon")["associatedActivityId"] = 77
    for morning in range(3):
        computer.today = day(morning)
        if not keeps_ledger:
            computer.lose_ledger()
        ran = computer.sync(TOMORROW, prune=True)
        assert (ran.error, ran.conflicts) == (None, [])
        assert computer.entry("w01-mon")["date"] == day(0).isoformat()
        computer.wait(86_400)


@pytest.mark.parametrize("keeps_ledger", [True, False], ids=["kept", "lost"])
def test_what_was_done_is_not_put_on_again_where_nobody_says_so(double, tmp_path, keeps_ledger):
    computer = Computer(double(calendar_says_done=False), tmp_path / "state")
    computer.sync(TODAYS)
    computer.entry("w01-mon")["associatedActivityId"] = 77
    computer.today = day(2)
    computer.wait(2 * 86_400)
    if not keeps_ledger:
        computer.lose_ledger()
    computer.double.fault("POST", "/graphql-gateway/graphql", "html")
    moved = Plan({"w01-mon": (4, run_of(30))})
    ran = computer.sync(moved)
    assert (ran.writes, ran.conflicts, ran.changes.unsaid) == ([], [("unsaid", "w01-mon")], True)
    assert ("completed", "w01-mon") in computer.sync(moved).notices


def test_what_was_done_in_the_last_days_of_a_month_is_known_in_the_first_of_the_next(double, tmp_path):
    computer = Computer(double(), tmp_path / "state")
    computer.today = day(111)  # Sunday, 31 May: the calendar's June begins with the next day
    computer.sync(Plan({"w01-sun": (111, run_of(30))}, window=(111, 120)))
    computer.entry("w01-sun")["associatedActivityId"] = 77
    computer.today = day(113)
    computer.lose_ledger()
    ran = computer.sync(Plan({"w01-sun": (114, run_of(30))}, window=(113, 120)))
    assert (ran.writes, ran.notices) == ([], [("completed", "w01-sun")])
