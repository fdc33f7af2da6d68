"""A session that is there twice: two computers at once, or a request that arrived twice. The elder stays, and all that
somebody did by hand.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, product, repeat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from account.garmin.computer import FULL, GRACE, Computer, Killed, Plan, Ran, Request, Stranger, day, meant, run_of
from account.garmin.double import Double
from account.garmin.test_converging import die, killing
from strategies.examples import examples

PLAN = Plan({"w01-tue": (1, run_of(30)), "w01-thu": (3, run_of(40, "Tempo"))})
ONE = Plan({"w01-tue": (1, run_of(30))})

Start = Callable[..., list[Computer]]


@pytest.fixture
def start(double: Callable[..., Double], tmp_path: Path) -> Start:
    """Computers at one account, each with a memory of its own."""

    def computers(number: int = 2, **knobs: Any) -> list[Computer]:
        service = double(**knobs)
        return [Computer(service, tmp_path / f"state{one}") for one in range(number)]

    return computers


class Turns:
    """Lets several runs go on at the same time, one request after the other in a given order; then in any."""

    def __init__(self, order: Sequence[int]) -> None:
        self._order = list(order)
        self._waiting = threading.Condition()
        self._ended: set[int] = set()

    def run(self, *runs: Callable[[Callable[[Request], Request]], Ran]) -> list[Ran]:
        """Each of ``runs`` is given what it is to put around its requests."""
        found: list[Ran | None] = [None] * len(runs)

        def one(number: int) -> None:
            try:
                found[number] = runs[number](lambda request: self._in_turn(number, request))
            finally:
                with self._waiting:
                    self._ended.add(number)
                    self._waiting.notify_all()

        threads = [threading.Thread(target=one, args=(number,)) for number in range(len(runs))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert None not in found, "a run broke down"
        return [one for one in found if one is not None]

    def _in_turn(self, number: int, request: Request) -> Request:
        def asked(*how: Any, **more: Any) -> Any:
            with self._waiting:
                self._waiting.wait_for(lambda: self._next() in (number, None), timeout=30)
                try:
                    return request(*how, **more)
                finally:
                    if self._next() == number:
                        self._order.pop(0)
                    self._waiting.notify_all()

        return asked

    def _next(self) -> int | None:
        """Whose turn it is; None for anybody's. The turns of those that have ended pass."""
        while self._order and self._order[0] in self._ended:
            self._order.pop(0)
        return self._order[0] if self._order else None


def at_once(computers: Sequence[Computer], plan: Plan, order: Sequence[int], **options: Any) -> list[Ran]:
    """Each runs ``negsplit sync`` at the same time, in such an order of requests; what surrounds them already stays."""

    def one(computer: Computer) -> Callable[[Callable[[Request], Request]], Ran]:
        def run(in_turn: Callable[[Request], Request]) -> Ran:
            before = computer.around
            computer.around = lambda request: before(in_turn(request))
            try:
                return computer.sync(plan, **options)
            finally:
                computer.around = before

        return run

    return Turns(order).run(*map(one, computers))


def doubled(computers: Sequence[Computer], plan: Plan = PLAN) -> None:
    """Every computer has looked before any of them writes: each session is there once for each."""
    at_once(computers, plan, list(chain.from_iterable(repeat(range(len(computers)), 60))))
    assert len(computers[0].double.library.workouts) == len(computers) * len(plan.sessions)


def quiet(computers: Sequence[Computer], plan: Plan, runs: int = 4, **options: Any) -> list[Ran]:
    """Runs one after the other, with time in between."""
    ran = []
    for _ in range(runs):
        for computer in computers:
            for one in computers:
                one.wait()
            ran.append(computer.sync(plan, **options))
    return ran


def settled(computers: Sequence[Computer], plan: Plan) -> None:
    """One of each, and nobody has anything left to do or to say."""
    double = computers[0].double
    assert computers[0].holds(plan) == meant(plan)
    assert len(double.calendar.entries) == len(double.library.workouts) == len(plan.sessions)
    for computer in computers:
        ran = computer.sync(plan)
        assert (ran.at_rest, ran.notices) == (True, [])


def test_of_two_computers_at_once_the_elder_of_each_session_stays(start):
    computers = start()
    doubled(computers)
    elder = {body["workoutName"]: number for number, body in sorted(computers[0].double.library.workouts.items())[::-1]}
    ran = [computer.sync(PLAN) for computer in computers]
    signs = sorted(chain.from_iterable(one.signs for one in ran))
    assert signs == ["- w01-thu", "- w01-tue"]
    assert all("twice" in change.reason for one in ran for change in one.changes.changes)
    assert all(one.error is None for one in ran)
    assert sorted(computers[0].double.library.workouts) == sorted(elder.values())
    settled(computers, PLAN)
    # Each knows the one that stayed, and moves it rather than make another.
    for at, computer in enumerate(computers, 2):
        moved = Plan({"w01-tue": (at, run_of(30 + at)), "w01-thu": PLAN.sessions["w01-thu"]})
        assert computer.sync(moved).signs == ["~ w01-tue", "> w01-tue"]
        quiet(computers, moved, runs=1)
        settled(computers, moved)
    assert sorted(computers[0].double.library.workouts) == sorted(elder.values())


def test_of_three_copies_each_computer_withdraws_its_own(start):
    computers = start(3)
    doubled(computers)
    for computer in computers:
        assert computer.sync(PLAN).error is None
    settled(computers, PLAN)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_create_that_arrives_twice(start, when):
    """Where the second arrival was answered, the younger is known as ours; else only `--dedupe` says so."""
    (computer,) = start(1)
    computer.double.fault("POST", "/workout-service/workout", "twice", when=when)
    assert computer.sync(ONE).error is None
    assert len(computer.double.library.workouts) == 2
    for _ in range(3):
        computer.wait()
        assert computer.sync(ONE).error is None
    if when == "before":
        assert computer.sync(ONE).notices == [("second copy", "w01-tue")]
        assert computer.sync(ONE, dedupe=True).signs == ["- w01-tue"]
    settled([computer], ONE)


def test_a_create_that_arrives_twice_and_is_not_answered(start):
    (computer,) = start(1)
    computer.double.fault("POST", "/workout-service/workout", "twice", when="after")
    computer.double.fault("POST", "/workout-service/workout", "drop", when="after")
    computer.around = killing(1, "after", die)
    assert isinstance(computer.sync(ONE).error, Killed)
    assert len(computer.double.library.workouts) == 2
    quiet([computer], ONE)
    assert computer.sync(ONE).notices == [("second copy", "w01-tue")]
    quiet([computer], ONE, dedupe=True)
    settled([computer], ONE)


def test_the_elder_is_remembered_when_its_copy_goes(start):
    computers = start()
    doubled(computers, ONE)
    elder, younger = sorted(computers[0].double.library.workouts)
    (loser,) = [one for one in computers if f'"workout": {younger},' in one.ledger.read_text()]
    assert loser.sync(ONE).signs == ["- w01-tue"]
    computers[0].double.library.workouts.pop(elder)
    for number in [one["id"] for one in computers[0].double.calendar.entries.values()]:
        computers[0].double.calendar.entries.pop(number)
    loser.wait()
    ran = loser.sync(ONE)
    assert (ran.conflicts, ran.writes) == ([("deleted", "w01-tue")], [])


# --- By hand -------------------------------------------------------------------------------------


def edit(computer: Computer, number: int) -> None:
    computer.double.library.workouts[number]["workoutName"] = "My run"


def drag(computer: Computer, number: int) -> None:
    for one in computer.double.calendar.entries.values():
        if one["workoutId"] == number:
            one["date"] = day(9).isoformat()


def put_on_another_day_too(computer: Computer, number: int) -> None:
    computer.double.calendar.add(day(200).isoformat(), "Easy", number)


def unmark(computer: Computer, number: int) -> None:
    computer.double.library.workouts[number]["description"] = "mine"


def finish(computer: Computer, number: int) -> None:
    for one in computer.double.calendar.entries.values():
        if one["workoutId"] == number:
            one["associatedActivityId"] = 77


def ran_last_week(computer: Computer, number: int) -> None:
    computer.double.calendar.add(day(-1).isoformat(), "Easy", number)


BY_HAND = [edit, drag, put_on_another_day_too, unmark, finish, ran_last_week]
TOUCHED = list(product(BY_HAND, [True, False]))
"""What somebody did to the copy, and whether all copies are to be withdrawn."""


@pytest.mark.parametrize(("touch", "dedupe"), TOUCHED if FULL else TOUCHED[::2])
def test_a_copy_that_somebody_touched_stays_as_it_is(start, touch, dedupe):
    computers = start(delete_cascades=True)
    today = Plan({"w01-tue": (0, run_of(30))})
    doubled(computers, today)
    library, calendar = computers[0].double.library, computers[0].double.calendar
    younger = max(library.workouts)
    touch(computers[0], younger)
    before = copy.deepcopy(
        (library.workouts[younger], [one for one in calendar.entries.values() if one["workoutId"] == younger])
    )
    quiet(computers, today, runs=2, dedupe=dedupe)
    after = library.workouts[younger], [one for one in calendar.entries.values() if one["workoutId"] == younger]
    assert after == before


def test_a_copy_made_on_the_web_goes_only_when_asked(start):
    (computer,) = start(1)
    computer.sync(ONE)
    copied = computer.double.library.copy(computer.number("w01-tue"))["workoutId"]
    for _ in range(2):
        computer.wait()
        ran = computer.sync(ONE, force=True, restore=True, prune=True)
        assert (ran.at_rest, ran.notices) == (True, [("second copy", "w01-tue")])
    assert computer.sync(ONE, dedupe=True).signs == ["- w01-tue"]
    assert copied not in computer.double.library.workouts
    settled([computer], ONE)


def test_an_entry_that_a_copy_left_behind_goes_too(start):
    """Another computer withdrew the copy and did not see yet where it stands; this account keeps such entries."""
    computers = start(delete_cascades=False)
    doubled(computers, ONE)
    workouts = computers[0].double.library.workouts
    del workouts[max(workouts)]
    quiet(computers, ONE, runs=2)
    settled(computers, ONE)


def test_what_was_edited_of_the_elder_stays(start):
    computers = start()
    doubled(computers, ONE)
    library = computers[0].double.library
    elder = min(library.workouts)
    edit(computers[0], elder)
    before = copy.deepcopy(library.workouts[elder])
    quiet(computers, ONE)
    assert library.workouts == {elder: before}
    assert computers[0].sync(ONE).conflicts == computers[1].sync(ONE).conflicts == [("edited", "w01-tue")]


def test_an_elder_that_was_dragged_stays_and_so_does_the_younger_until_it_is_back(start):
    computers = start()
    doubled(computers, ONE)
    entries = computers[0].double.calendar.entries
    first = min(entries.values(), key=lambda one: one["workoutId"])
    first["date"] = day(9).isoformat()
    before = copy.deepcopy(entries)
    quiet(computers, ONE, runs=2, dedupe=True)
    assert entries == before
    first["date"] = day(1).isoformat()
    quiet(computers, ONE, runs=2)
    settled(computers, ONE)


# --- What does not show yet ----------------------------------------------------------------------


LATE = list(product(["calendar_lag", "list_lag"], [3, 12], [1, GRACE + 1]))
"""What shows late, by how many readings, and the seconds between two runs: within the grace, and beyond it."""


@pytest.mark.parametrize(("what", "lag", "waits"), LATE if FULL else LATE[1::5])
def test_a_list_and_a_calendar_that_show_late(start, what, lag, waits):
    computers = start(**{what: lag})
    at_once(computers, PLAN, [0, 1] * 60)
    assert len(computers[0].double.library.workouts) == 4
    for _ in range(12):
        for computer in computers:
            for one in computers:
                one.wait(waits)
            ran = computer.sync(PLAN)
            assert ran.error is None
            assert len(computer.double.library.workouts) >= 2
            assert {slot for slot, _, days in computer.holds(PLAN) if days} == PLAN.sessions.keys()
    settled(computers, PLAN)


def test_nothing_is_withdrawn_before_the_list_shows_the_elder(start):
    computers = start()
    doubled(computers, ONE)
    double = computers[0].double
    elder = min(double.library.workouts)
    loser = next(one for one in computers if f'"workout": {elder},' not in one.ledger.read_text())
    double.library.lag.reads = 2
    double.library.lag.came(elder)
    assert loser.sync(ONE).signs == []
    assert loser.sync(ONE).signs == []
    assert loser.sync(ONE).signs == ["- w01-tue"]


# --- Cut off -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cut:
    """Which of two computers ends before or after which of its writes, while both withdraw or one does."""

    nth: int
    when: str
    loses_ledger: bool
    cascades: bool
    dedupe: bool

    def __str__(self) -> str:
        words = [str(self.nth), self.when, "lost" if self.loses_ledger else "kept"]
        return "-".join(words + ["other"] * (not self.cascades) + ["dedupe"] * self.dedupe)


CUTS = [
    Cut(nth, when, loses, cascades, dedupe)
    for nth in (1, 2, 3, 4)
    for when in ("before", "after")
    for loses in (False, True)
    for cascades in (True, False)
    for dedupe in (False, True)
]


@pytest.mark.parametrize("cut", CUTS if FULL else CUTS[::13], ids=str)
def test_cut_off_while_it_withdraws_it_goes_on(start, cut):
    computers = start(delete_cascades=cut.cascades)
    stranger = Stranger(computers[0].double, "Easy", day(1))
    at_once(computers, PLAN, [0, 1] * 60)
    for computer in computers:
        computer.wait()
        computer.around = killing(cut.nth, cut.when, die)
    ran = at_once(computers, PLAN, [0, 1] * 60, dedupe=cut.dedupe)
    if cut.dedupe:
        assert any(isinstance(one.error, Killed) for one in ran)
    for computer in computers:
        computer.around = lambda request: request
    if cut.loses_ledger:
        computers[1].lose_ledger()
    quiet(computers, PLAN, runs=3)
    quiet(computers, PLAN, runs=2, dedupe=True)
    assert computers[0].holds(PLAN) == meant(PLAN)
    assert len(computers[0].double.library.workouts) == computers[0].entries() == 3
    assert stranger.untouched
    assert all(computer.sync(PLAN).at_rest for computer in computers)


def by_hand(double: Double, number: int) -> Any:
    """What only a hand makes of a workout: its text, the days that it was run on, and those that are over."""
    workout = double.library.workouts[number]
    entries = [one for one in double.calendar.entries.values() if one["workoutId"] == number]
    kept = [one["date"] for one in entries if one["associatedActivityId"] or one["date"] < day(0).isoformat()]
    return workout["workoutName"], (workout["description"] or "").partition("#")[0], kept


STAYS = [edit, unmark, finish, ran_last_week]
"""What stays also where a computer forgot what it had done itself, which takes what was dragged back to its day."""


# --- Any order -----------------------------------------------------------------------------------


@settings(max_examples=120 if FULL else examples(16), deadline=None)
@given(
    order=st.lists(st.integers(0, 1), max_size=60),
    cuts=st.tuples(*[st.none() | st.tuples(st.integers(1, 6), st.sampled_from(["before", "after"]))] * 2),
    lost=st.none() | st.integers(0, 1),
    hand=st.none() | st.sampled_from(STAYS),
    cascades=st.booleans(),
)
def test_from_any_order_of_requests_one_of_each_is_left(tmp_path_factory, order, cuts, lost, hand, cascades):
    with Double(delete_cascades=cascades) as double:
        folder = tmp_path_factory.mktemp("computers")
        computers = [Computer(double, folder / name) for name in ("a", "b")]
        for computer, cut in zip(computers, cuts, strict=True):
            if cut is not None:
                computer.around = killing(*cut, die)
        at_once(computers, PLAN, order)
        for computer in computers:
            computer.around = lambda request: request
        youngest = max(double.library.workouts, default=None)
        if hand is not None and youngest is not None:
            hand(computers[0], youngest)
            touched = by_hand(double, youngest)
        if lost is not None:
            computers[lost].lose_ledger()
        quiet(computers, PLAN, runs=3)
        quiet(computers, PLAN, runs=2, dedupe=True)
        if hand is None or youngest is None:
            settled(computers, PLAN)
        else:
            assert by_hand(double, youngest) == touched
        assert double.log.violations == []
