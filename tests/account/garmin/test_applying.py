"""Changes as they are made: what is known before and after each request, and what stops them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from account.garmin.computer import FULL, Computer, Plan, Request, day, meant, run_of
from account.garmin.double import Double
from account.garmin.double.stored import OWNER
from negsplit.account.errors import Ambiguous, NotRenewed, RateLimited, Rejected, SessionDead
from negsplit.account.garmin.rewriting import differences
from negsplit.account.ledger import open_ledger
from negsplit.account.marker import key
from negsplit.account.wanted import Wanted
from negsplit.state import StateError, StateFolder

PLAN = Plan({"w01-tue": (1, run_of(30)), "w01-thu": (3, run_of(40, "Tempo"))})
MOVED = Plan({"w01-tue": (2, run_of(35))})


@pytest.fixture
def start(double: Callable[..., Double], tmp_path: Path) -> Callable[..., Computer]:
    def begin(**knobs: Any) -> Computer:
        return Computer(double(**knobs), tmp_path / "state")

    return begin


@pytest.fixture
def computer(start: Callable[..., Computer]) -> Computer:
    return start()


def ledger_of(computer: Computer) -> dict[str, dict[str, Any]]:
    """The rows on the disk, by slot."""
    return {row["slot"]: row for row in json.loads(computer.ledger.read_text())["workouts"]}


def test_every_intent_is_on_the_disk_before_its_request(computer):
    seen = []

    def watched(request: Request) -> Request:
        def asked(method: str, path: str, **how: Any) -> Any:
            if method != "GET" and "graphql" not in path:
                row = ledger_of(computer).get("w01-tue", {})
                seen.append((method, path.split("/")[2], row.get("status"), [one[1:] for one in row.get("stood", [])]))
            return request(method, path, **how)

        return asked

    computer.around = watched
    first, now = Plan({"w01-tue": (1, run_of(30))}), computer.now
    assert computer.sync(first).error is None
    assert computer.sync(MOVED).error is None
    computer.sync(Plan({"w09-sun": (60, run_of(30))}), prune=True, yes_to_many=True)
    schedules = [one.path for one in computer.double.log.writes]
    old, new = sorted(
        int(path.rsplit("/", 1)[1]) for path in schedules if path.startswith("/workout-service/schedule/7")
    )
    assert seen == [
        ("POST", "workout", "creating", []),
        ("POST", "schedule", "there", [[None, now, False]]),
        ("PUT", "workout", "there", [[old, now, False]]),
        ("POST", "schedule", "there", [[old, now, False], [None, now, False]]),
        ("DELETE", "schedule", "there", [[old, now, True], [new, now, False]]),
        ("DELETE", "schedule", "there", [[new, now, True]]),
        ("DELETE", "workout", "deleting", []),
    ]
    assert ledger_of(computer) == {}


def test_each_change_is_given_when_it_is_made(computer):
    ran = computer.sync(PLAN)
    assert [one.change for one in ran.done] == list(ran.changes.changes)
    assert [one.differences for one in ran.done] == [(), ()]


def test_what_the_account_rewrites_without_a_word_is_told(start):
    computer = start(strict=False)
    body = run_of(30, "n" * 300)
    body["workoutSegments"][0]["workoutSteps"][0] |= {
        "targetType": {"workoutTargetTypeId": 6},
        "targetValueOne": 4.0,
        "targetValueTwo": 3.5,
    }
    plan = Plan({"w01-tue": (1, body), "w01-thu": (3, run_of(40, "Tempo"))})
    ran = computer.sync(plan)
    assert [one.differences for one in ran.done] == [("its name",), ()]
    # It is put on its day all the same, and not taken for somebody's edit afterwards.
    ran = computer.sync(plan)
    assert (ran.at_rest, ran.notices) == (True, [("rewritten", "w01-tue")])
    changed = Plan({"w01-tue": (1, run_of(30, "m" * 300)), "w01-thu": (3, run_of(40, "Tempo"))})
    ran = computer.sync(changed)
    assert (ran.signs, ran.done[0].differences) == (["~ w01-tue"], ("its name",))


def test_differences_are_named_by_step():
    sent, kept = run_of(30), run_of(31, "Other", description="x")
    kept["workoutSegments"][0]["workoutSteps"][0] |= {"stepType": {"stepTypeId": 1}, "description": "fast"}
    assert differences(sent, sent) == ()
    assert differences(sent, kept) == (
        "its name",
        "its notes",
        "step 1: what it is for",
        "step 1: its length",
        "step 1: its cue",
    )
    kept["workoutSegments"][0]["workoutSteps"] *= 2
    assert differences(sent, kept)[-1] == "the number of its steps: 2 instead of 1"
    assert differences(sent | {"description": "a\n[negsplit:x#00000000]"}, sent | {"description": "a"}) == (
        "the mark at the end of its notes",
    )


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "status", "status": 429, "headers": {"Retry-After": "60"}}, RateLimited),
        ({"kind": "status", "status": 401, "times": 2}, SessionDead),
        ({"kind": "drop"}, Ambiguous),
        ({"kind": "drop", "when": "after"}, Ambiguous),
        ({"kind": "stall", "delay": 1.0}, Ambiguous),
    ],
)
def test_nothing_follows_what_would_meet_the_next_request_too(computer, fault, error):
    computer.timeout = 0.2 if fault["kind"] == "stall" else computer.timeout
    computer.double.fault("POST", r"/workout-service/schedule/\d+", **fault)
    ran = computer.sync(PLAN)
    assert isinstance(ran.error, error)
    assert (ran.done, ran.undone) == ([], [])
    assert len([one for one in ran.writes if "schedule" in one]) == fault.get("times", 1)


def test_a_login_that_is_not_renewed_for_now_stops_the_run_and_changes_nothing(computer):
    assert computer.sync(PLAN).error is None
    before = computer.ledger.read_bytes()

    def expiring(request: Request) -> Request:
        def asked(method: str, path: str, **how: Any) -> Any:
            if method == "DELETE":
                computer.double.sessions.expire()
            return request(method, path, **how)

        return asked

    computer.around = expiring
    computer.double.fault("POST", "/di-oauth2-service/oauth/token", "status", status=503, times=9)
    ran = computer.sync(Plan({"w09-sun": (60, run_of(30))}), prune=True, yes_to_many=True)
    assert isinstance(ran.error, NotRenewed)
    assert "online" not in ran.error.help[0]
    assert len(ran.writes) == 1
    assert computer.ledger.read_bytes() == before


FIRST = Plan({"w01-tue": (1, run_of(30)), "w01-thu": (3, run_of(40, "Tempo")), "w02-sun": (13, run_of(90, "Long"))})
SECOND = Plan({"w01-tue": (1, run_of(35)), "w01-thu": (4, run_of(45, "Tempo")), "w03-fri": (18, run_of(20, "Strides"))})
PLACES = {
    "create": ("POST", "/workout-service/workout", "w03-fri"),
    "update": ("PUT", r"/workout-service/workout/\d+", "w01-tue"),
    "schedule": ("POST", r"/workout-service/schedule/\d+", "w03-fri"),
    "unschedule": ("DELETE", r"/workout-service/schedule/\d+", "w01-thu"),
    "delete": ("DELETE", r"/workout-service/workout/\d+", "w02-sun"),
}
"""The first request of each kind that the second plan makes, and whose it is."""
REFUSED: dict[str, dict[str, Any]] = {str(status): {"kind": "status", "status": status} for status in (400, 403, 409)}
UNKNOWN: dict[str, dict[str, Any]] = {
    **{kind: {"kind": kind} for kind in ("html", "badjson", "cut", "empty")},
    "500": {"kind": "status", "status": 500},
    "500 after": {"kind": "status", "status": 500, "when": "after"},
    "cut after": {"kind": "cut", "when": "after"},
}
SPOILT = [*product(PLACES, REFUSED | UNKNOWN)]


@pytest.mark.parametrize(("place", "how"), SPOILT if FULL else SPOILT[::4])
def test_what_is_refused_or_unknown_keeps_nothing_else_from_being_done(computer, place, how):
    assert computer.sync(FIRST).error is None
    computer.wait()
    before = ledger_of(computer)
    method, path, slot = PLACES[place]
    computer.double.fault(method, path, **(REFUSED | UNKNOWN)[how])
    ran = computer.sync(SECOND, prune=True, yes_to_many=True)
    assert ran.error is None
    assert [one.change.key.slot for one in ran.undone] == [slot]
    assert isinstance(ran.undone[0].error, Rejected if how in REFUSED else Ambiguous)
    assert len(ran.done) == len(ran.changes.changes) - 1
    if how in REFUSED and place in ("create", "update", "unschedule"):
        # As it was before, but for what was done to it before: its content, and its new day.
        after, old = ledger_of(computer).get(slot), before.get(slot)
        if place == "unschedule":
            after = after | {"hash": old["hash"], "stood": after["stood"][:1]}
        assert after == old
    if how in REFUSED:
        assert computer.sync(SECOND, prune=True, yes_to_many=True).conflicts == []
    for _ in range(2):
        computer.wait()
        computer.sync(SECOND, prune=True, yes_to_many=True)
    assert computer.sync(SECOND, prune=True).at_rest
    assert computer.holds(SECOND) == meant(SECOND)
    assert computer.entries() == len(computer.double.library.workouts) == 3


def test_what_is_refused_for_good_is_tried_once_a_run(computer):
    """Not again and again, and not in the way of anything behind it."""
    assert computer.sync(FIRST).error is None
    number = computer.number("w01-tue")
    computer.double.fault("PUT", f"/workout-service/workout/{number}", "status", status=403, times=99)
    plan = Plan(FIRST.sessions | {"w01-tue": (1, run_of(31)), "w02-sun": (12, run_of(91, "Long"))})
    for again in (False, True, True):
        ran = computer.sync(plan)
        assert [one.change.key.slot for one in ran.undone] == ["w01-tue"]
        assert len(ran.writes) == (1 if again else 4)
    assert computer.double.library.workouts[number]["description"] != ""
    assert [one[2] for one in computer.holds(plan)] == [one[2] for one in meant(plan)]


def test_everything_refused_is_a_request_for_each_and_no_more(computer):
    computer.double.fault("POST", "/workout-service/workout", "status", status=403, times=99)
    ran = computer.sync(FIRST)
    assert ran.writes == ["POST /workout-service/workout"] * 3
    assert len(ran.undone) == 3
    assert ledger_of(computer) == {}


@pytest.mark.parametrize("keeps_ledger", [True, False], ids=["kept", "lost"])
@pytest.mark.parametrize("place", ["unschedule", "delete"])
def test_what_is_said_to_be_gone_and_is_not_is_removed_by_a_later_run(computer, place, keeps_ledger):
    """And nobody is told that somebody put it there."""
    assert computer.sync(FIRST).error is None
    slot = PLACES[place][2]
    number = computer.number(slot) if place == "delete" else computer.entry(slot)["id"]
    what = "workout" if place == "delete" else "schedule"
    computer.double.fault("DELETE", f"/workout-service/{what}/{number}", "status", status=404, times=2)
    for _ in range(2):
        if not keeps_ledger:
            computer.lose_ledger()
        ran = computer.sync(SECOND, prune=True, yes_to_many=True)
        assert [one.change.key.slot for one in ran.undone] == [slot]
        assert (ran.error, ran.conflicts, ran.notices) == (None, [], [])
        assert slot in ledger_of(computer)
        computer.wait()
    ran = computer.sync(SECOND, prune=True, yes_to_many=True)
    assert (ran.went_wrong, ran.conflicts, ran.notices) == (False, [], [])
    assert computer.holds(SECOND) == meant(SECOND)
    assert computer.sync(SECOND, prune=True).at_rest


def test_what_was_removed_and_shows_for_longer_than_anything_may_is_ours_still(computer):
    """The account said 204, and lied."""
    assert computer.sync(PLAN).error is None
    entry = dict(computer.entry("w01-tue"))
    moved = Plan(PLAN.sessions | {"w01-tue": (2, run_of(30))})
    assert computer.sync(moved).error is None
    computer.double.calendar.entries[entry["id"]] = entry
    computer.double.calendar.lag.came(entry["id"])
    assert computer.sync(moved).at_rest
    computer.wait()
    ran = computer.sync(moved)
    assert (ran.signs, ran.notices) == (["- w01-tue"], [])
    assert computer.holds(moved) == meant(moved)


@pytest.mark.parametrize("path", ["/workout-service/workout", r"/workout-service/schedule/\d+"])
@pytest.mark.parametrize("status", [429, 403])
def test_what_the_account_did_not_do_is_done_by_the_next_run_at_once(computer, path, status):
    computer.double.fault("POST", path, "status", status=status)
    assert computer.sync(PLAN).went_wrong
    ran = computer.sync(PLAN)
    assert (ran.error, ran.conflicts) == (None, [])
    assert computer.holds(PLAN) == meant(PLAN)


def test_a_session_that_dies_stops_the_run(computer):
    def revoked(request: Request) -> Request:
        def asked(method: str, path: str, **how: Any) -> Any:
            if method == "POST" and path == "/workout-service/workout" and computer.double.library.workouts:
                computer.double.sessions.revoke()
            return request(method, path, **how)

        return asked

    computer.around = revoked
    ran = computer.sync(PLAN)
    assert isinstance(ran.error, SessionDead)
    assert len(ran.done) == 1
    assert ledger_of(computer).keys() == {"w01-tue"}


INTERRUPTS = list(product(range(1, 11), ("before", "after")))
"""Before or after which request of a run."""


@pytest.mark.parametrize(("nth", "when"), INTERRUPTS if FULL else INTERRUPTS[::3])
def test_interrupted_anywhere_the_next_run_goes_on(computer, nth, when):
    count = 0

    def interrupted(request: Request) -> Request:
        def asked(method: str, path: str, **how: Any) -> Any:
            nonlocal count
            count += 1
            if count == nth and when == "before":
                raise KeyboardInterrupt
            answer = request(method, path, **how)
            if count == nth:
                raise KeyboardInterrupt
            return answer

        return asked

    computer.around = interrupted
    assert isinstance(computer.sync(PLAN).error, KeyboardInterrupt)
    for _ in range(2):
        computer.sync(PLAN)
        assert len(computer.double.library.workouts) <= 2
        assert computer.entries() <= 2
    computer.wait()
    computer.sync(PLAN)
    assert computer.holds(PLAN) == meant(PLAN)
    assert computer.sync(PLAN).at_rest


def test_a_ledger_that_cannot_be_written_stops_before_the_request(computer, monkeypatch):
    write = StateFolder.write

    def full(self: StateFolder, name: str, data: bytes) -> None:
        if name == computer.ledger.name:
            raise StateError("no space")
        write(self, name, data)

    monkeypatch.setattr(StateFolder, "write", full)
    with pytest.raises(StateError):
        computer.sync(PLAN)
    assert computer.double.log.writes == []


def test_a_workout_that_is_gone_when_it_is_read_back_is_told(computer):
    computer.double.fault("GET", r"/workout-service/workout/\d+", "status", status=404)
    ran = computer.sync(PLAN)
    assert ran.done[0].differences == ("it is not there when it is read back",)


def test_a_second_run_at_the_same_time_is_refused(computer):
    assert computer.sync(PLAN).error is None
    other = Computer(computer.double, computer.folder)
    at_work = open_ledger(computer.state, computer.address.place, OWNER)
    with at_work, pytest.raises(StateError, match="another negsplit"):
        other.sync(PLAN)
    assert other.sync(PLAN).at_rest


# --- Whole runs ----------------------------------------------------------------------------------


def test_nothing_is_asked_of_the_calendar_for_a_workout_without_a_day(computer):
    easy = Wanted(key("", "easy"), None, run_of(30), "Easy")
    assert computer.upload(easy).writes == ["POST /workout-service/workout"]
    assert computer.upload(easy).at_rest
    assert not [one for one in computer.double.log.said if "calendar" in one or "schedule" in one or "graphql" in one]


def test_a_workout_by_itself_goes_onto_days_one_after_the_other(computer):
    def easy(at: int | None) -> Wanted:
        return Wanted(key("", "easy"), None if at is None else day(at), run_of(30), "Easy")

    for at in (3, 5, 40, None, 3):
        assert computer.upload(easy(at)).error is None
        computer.wait()
        computer.lose_ledger()
    number = computer.number("easy")
    assert computer.days(number) == [day(at).isoformat() for at in (3, 5, 40)]
    assert computer.upload(easy(5)).at_rest


def test_two_plans_and_an_upload_share_an_account(computer):
    mine, hers = PLAN, Plan({"w01-tue": (1, run_of(50))}, name="marathon")
    easy = Wanted(key("", "w01-tue"), day(1), run_of(30), "Easy")
    for _ in range(2):
        assert computer.sync(mine, prune=True, yes_to_many=True).error is None
        assert computer.sync(hers, prune=True, yes_to_many=True).error is None
        assert computer.upload(easy).error is None
        computer.lose_ledger()
    assert computer.holds(mine) == meant(mine)
    assert computer.holds(hers) == meant(hers)
    assert computer.entries() == len(computer.double.library.workouts) == 4
    assert computer.sync(mine).at_rest
    assert computer.sync(hers).at_rest
    assert computer.upload(easy).at_rest


def test_the_ledger_of_one_account_is_not_used_for_another(computer):
    assert computer.sync(PLAN).error is None
    before = computer.ledger.read_bytes()
    computer.double.profile = 11111111
    with pytest.raises(StateError, match="another account"):
        computer.sync(MOVED)
    assert computer.ledger.read_bytes() == before
    assert len(computer.double.library.workouts) == 2


def test_a_leap_day_and_the_turn_of_a_year(start):
    computer = start()
    for today in (dt.date(2026, 12, 28), dt.date(2028, 2, 28)):
        computer.today = today
        offset = (today - day(0)).days
        name = f"turn-{today.year}"
        sessions = {f"d{at}": (offset + at, run_of(30, f"Run {at}")) for at in (0, 1, 3, 4, 9)}
        for moved in (0, 1, -1, 0):
            plan = Plan(
                {slot: (max(at + moved, offset), body) for slot, (at, body) in sessions.items()},
                name,
                (offset, offset + 27),
            )
            assert computer.sync(plan).error is None
            computer.lose_ledger()
            computer.wait()
            assert computer.holds(plan) == meant(plan)
            assert computer.sync(plan).at_rest
