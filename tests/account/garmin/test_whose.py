"""What somebody else shares is never touched, be it marked as ours: by its owner, and by the account in its mark."""

from __future__ import annotations

import copy
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from account.garmin.computer import FULL, Computer, Plan, Stranger, day, meant, run_of
from account.garmin.double import Double
from account.garmin.double.stored import OWNER
from account.garmin.test_converging import PLANS, Scenario, converge, die, judge, killing
from negsplit.account.changes import Create, Schedule
from negsplit.account.errors import NotOurs
from negsplit.account.garmin.content import marked
from negsplit.account.marker import key, read_marker, tag
from negsplit.account.wanted import Wanted

PLAN = Plan({"w01-tue": (1, run_of(30)), "w01-thu": (3, run_of(40, "Tempo"))})
CHANGED = Plan({"w01-tue": (2, run_of(35)), "w01-thu": (3, run_of(40, "Tempo"))})
FRIEND = 11111111
EVERYTHING: dict[str, Any] = dict.fromkeys(("force", "restore", "prune", "tidy", "dedupe", "yes_to_many"), True)
SAYS_OWNER = pytest.mark.parametrize("says_owner", ["everywhere", "whole"])

Start = Callable[..., Computer]


@pytest.fixture
def start(double: Callable[..., Double], tmp_path: Path) -> Start:
    return lambda **knobs: Computer(double(**knobs), tmp_path / "state")


class Friend:
    """What a friend shares: their workouts of a plan, as their own program marked them, one on a day of ours."""

    def __init__(self, computer: Computer, plan: Plan, mark: str) -> None:
        self._double = computer.double
        shared = [
            self._double.library.add(marked(body, plan.key(slot), mark), friend=FRIEND)
            for slot, (_, body) in plan.sessions.items()
        ]
        self.workouts = [one["workoutId"] for one in shared]
        self._double.calendar.add(day(1).isoformat(), "Easy", self.workouts[0])
        self._were = self._now()

    def _now(self) -> Any:
        workouts = [self._double.library.workouts.get(number) for number in self.workouts]
        entries = [one for one in self._double.calendar.entries.values() if one["workoutId"] in self.workouts]
        return copy.deepcopy((workouts, entries))

    @property
    def untouched(self) -> bool:
        return self._were == self._now()


def ours(computer: Computer, friend: Friend, plan: Plan) -> list[tuple[str, str, str]]:
    """What the account holds of a plan besides the friend's."""
    theirs = {number: computer.double.library.workouts.pop(number) for number in friend.workouts}
    held = computer.holds(plan)
    computer.double.library.workouts.update(theirs)
    return held


MARKS = {"old": "", "ours": tag(OWNER), "theirs": tag(FRIEND)}
SHARED = [*product(MARKS, ["everywhere", "whole"], [True, False])]
"""The friend's mark, where the account says whose a workout is, and whether the ledger is kept."""
PAIRED = [
    ("old", "everywhere", True),
    ("old", "whole", False),
    ("ours", "everywhere", False),
    ("ours", "whole", True),
    ("theirs", "everywhere", False),
    ("theirs", "whole", True),
]
"""Enough of those that any two of the three meet."""


@pytest.mark.parametrize(("mark", "says_owner", "keeps_ledger"), SHARED if FULL else PAIRED)
def test_what_a_friend_shares_of_the_same_plan_is_never_touched(start, says_owner, mark, keeps_ledger):
    computer = start(says_owner=says_owner)
    assert computer.sync(PLAN).error is None
    friend = Friend(computer, PLAN, MARKS[mark])
    for plan in (PLAN, CHANGED, Plan({"w09-sun": (60, run_of(90))}, window=(0, 70))):
        for _ in range(2):
            ran = computer.sync(plan, **EVERYTHING)
            assert (ran.error, ran.conflicts) == (None, [])
            if not keeps_ledger:
                computer.lose_ledger()
        assert ours(computer, friend, plan) == meant(plan)
        assert friend.untouched
        assert computer.sync(plan).at_rest


@SAYS_OWNER
@pytest.mark.parametrize("mark", MARKS)
def test_where_all_that_is_marked_is_a_friends_nothing_is_written(start, says_owner, mark):
    computer = start(says_owner=says_owner)
    friend = Friend(computer, PLAN, MARKS[mark])
    for plan in (PLAN, CHANGED):
        ran = computer.sync(plan, **EVERYTHING)
        assert isinstance(ran.error, NotOurs)
        assert ran.writes == []
    assert not computer.ledger.exists()
    # The way forward that the message names: a name of its own for the plan.
    own = Plan(PLAN.sessions, name="my-half")
    assert computer.sync(own, **EVERYTHING).error is None
    assert computer.holds(own) == meant(own)
    assert friend.untouched


def test_a_single_workout_that_a_friend_shares_is_not_taken_for_ours(start):
    computer = start()
    theirs = computer.double.library.add(marked(run_of(30), key("", "easy"), ""), friend=FRIEND)
    ran = computer.upload(Wanted(key("", "easy"), day(1), run_of(35), "Easy"))
    assert isinstance(ran.error, NotOurs)
    assert ran.writes == []
    assert computer.upload(Wanted(key("", "my-easy"), day(1), run_of(35), "Easy")).error is None
    assert theirs in computer.double.library.workouts.values()
    assert computer.days(theirs["workoutId"]) == []


def test_without_an_owner_the_mark_decides(start):
    computer = start(says_owner="nowhere")
    computer.double.library.add(marked(run_of(30), PLAN.key("w01-tue"), ""))
    computer.double.library.add(marked(run_of(40, "Tempo"), PLAN.key("w01-thu"), tag(FRIEND)), friend=FRIEND)
    ran = computer.sync(PLAN)
    assert [(type(one), one.key.slot) for one in ran.changes.changes] == [(Create, "w01-thu"), (Schedule, "w01-tue")]
    assert computer.sync(CHANGED).signs == ["~ w01-tue", "> w01-tue"]


def test_a_workout_is_asked_for_its_owner_only_where_the_list_does_not_say(start):
    far = Plan(PLAN.sessions | {"w09-sun": (60, run_of(90))}, window=(0, 70))
    for says_owner, asked in (("everywhere", 2), ("whole", 3)):
        computer = start(says_owner=says_owner)
        assert computer.sync(far).error is None
        computer.double.log.clear()
        assert computer.sync(Plan(far.sessions, window=(0, 13))).at_rest
        said = computer.double.log.said
        assert len([one for one in said if one.startswith("GET /workout-service/workout/")]) == asked


# --- An owner that is not the profile ------------------------------------------------------------


@SAYS_OWNER
def test_the_owner_is_learned_from_the_first_answer(start, says_owner):
    computer = start(owner=5, says_owner=says_owner)
    for plan in (PLAN, CHANGED):
        assert computer.sync(plan).error is None
        assert computer.holds(plan) == meant(plan)
        assert computer.sync(plan).at_rest
    friend = Friend(computer, PLAN, "")
    assert computer.sync(PLAN, **EVERYTHING).error is None
    assert friend.untouched


@pytest.mark.parametrize("says_owner", ["everywhere", "list"])
def test_a_computer_that_knows_no_owner_writes_nothing_until_an_answer_says_it(start, says_owner):
    """Be it that to the create itself, or the list, which shows what was created."""
    computer = start(owner=5, says_owner=says_owner)
    assert computer.sync(PLAN).error is None
    computer.lose_ledger()
    for _ in range(2):
        ran = computer.sync(CHANGED, **EVERYTHING)
        assert isinstance(ran.error, NotOurs)
        assert ran.writes == []
    # The way forward that the message names: any other workout.
    assert computer.upload(Wanted(key("", "shake-out"), None, run_of(20), "Shake-out")).error is None
    assert computer.sync(CHANGED).signs == ["~ w01-tue", "> w01-tue"]
    assert computer.holds(CHANGED) == meant(CHANGED)
    assert computer.sync(CHANGED).at_rest


DEATHS = [(nth, when) for nth in range(1, 16) for when in ("before", "after")]


@pytest.mark.parametrize(("nth", "when"), DEATHS if FULL else DEATHS[:3])
@pytest.mark.parametrize("says_owner", ["everywhere", "whole"] if FULL else ["everywhere"])
def test_cut_off_anywhere_it_goes_on_though_no_answer_said_whose_ours_are(start, nth, when, says_owner):
    computer = start(owner=5, says_owner=says_owner)
    scenario = Scenario("kill", "kill", when, nth, True)
    stranger = Stranger(computer.double, "Easy", day(1))
    computer.around = killing(nth, when, die)
    for plan in PLANS:
        converge(computer, plan, scenario)
        judge(computer, plan, stranger)


def test_a_friends_workout_that_an_older_ledger_took_for_ours_is_let_go(start):
    """As it was before owners were looked at: adopted by its mark, and put on a day."""
    computer = start(says_owner="nowhere")
    friend = Friend(computer, Plan({"w01-tue": PLAN.sessions["w01-tue"]}), "")
    assert computer.sync(PLAN).signs == ["+ w01-thu"]
    computer.double.library.says_owner = "everywhere"
    for _ in range(2):
        assert computer.sync(CHANGED, **EVERYTHING).error is None
    assert ours(computer, friend, CHANGED) == meant(CHANGED)
    assert friend.untouched


# --- The tag -------------------------------------------------------------------------------------


def test_a_tag_is_short_and_of_the_profile_alone():
    assert tag(OWNER) == tag(OWNER) != tag(FRIEND)
    assert len({tag(number) for number in range(1000)}) > 950
    assert str(OWNER) not in tag(OWNER)


def tags(computer: Computer) -> dict[str, str]:
    return {
        one["workoutName"]: read_marker(one["description"]).tag for one in computer.double.library.workouts.values()
    }


def test_an_old_mark_stays_until_its_workout_changes(start, monkeypatch):
    computer = start()
    with monkeypatch.context() as before_tags:
        before_tags.setattr("negsplit.account.ledger.tag", lambda _number: "")
        assert computer.sync(PLAN).error is None
    assert tags(computer) == {"Easy": "", "Tempo": ""}
    for _ in range(2):
        ran = computer.sync(PLAN)
        assert (ran.at_rest, ran.changes.unchanged) == (True, 2)
        computer.lose_ledger()
    assert computer.sync(CHANGED).signs == ["~ w01-tue", "> w01-tue"]
    assert tags(computer) == {"Easy": tag(OWNER), "Tempo": ""}
