"""A calendar and a list that show late what was done: within the grace, and beyond it.

By default each lag and each thing that lags occur once; with ``NEGSPLIT_FULL_MATRIX=1`` they are crossed.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from account.garmin.computer import FULL, GRACE, Computer, Plan, meant, run_of
from account.garmin.double import Double

PLANS = (
    Plan({"w01-tue": (1, run_of(30)), "w01-thu": (3, run_of(40, "Tempo")), "w02-sun": (13, run_of(90, "Long"))}),
    Plan({"w01-tue": (2, run_of(35)), "w01-thu": (3, run_of(40, "Tempo")), "w03-fri": (18, run_of(20, "Strides"))}),
    Plan({"w01-tue": (1, run_of(35)), "w01-thu": (4, run_of(45, "Tempo")), "w03-fri": (18, run_of(20, "Strides"))}),
)

Start = Callable[..., Computer]


@pytest.fixture
def start(double: Callable[..., Double], tmp_path: Path) -> Start:
    return lambda **knobs: Computer(double(**knobs), tmp_path / "state")


WHAT = (("calendar_lag",), ("list_lag",), ("calendar_lag", "list_lag"))
LAGS = (20, 4, 1)


@pytest.mark.parametrize(("what", "lag"), [*product(WHAT, LAGS)] if FULL else [*zip(WHAT, LAGS, strict=True)])
def test_within_the_grace_runs_that_follow_at_once_double_nothing(start, lag, what):
    computer = start(**dict.fromkeys(what, lag))
    for plan in PLANS:
        for _ in range(4):
            ran = computer.sync(plan, prune=True, yes_to_many=True)
            assert (ran.error, ran.conflicts) == (None, [])
            # An entry that was removed and shows is told from one that is there.
            assert computer.holds(plan) == meant(plan)
            assert computer.entries() == len(computer.double.library.workouts) == 3
        assert ran.at_rest


POSTS = ("/workout-service/workout", r"/workout-service/schedule/\d+")
LOST = ("drop", "html")


@pytest.mark.parametrize(("path", "kind"), [*product(POSTS, LOST)] if FULL else [*zip(POSTS, LOST, strict=True)])
def test_within_the_grace_an_answer_that_was_lost_is_waited_for(start, path, kind):
    """And seen when it shows: nothing is sent a second time."""
    computer = start(calendar_lag=6, list_lag=4)
    computer.double.fault("POST", path, kind, when="after")
    plan = PLANS[0]
    assert computer.sync(plan).went_wrong
    waited = 0
    for _ in range(12):
        ran = computer.sync(plan)
        waited += [kind for kind, _ in ran.conflicts].count("unknown")
        computer.wait(GRACE / 20)
    assert waited
    assert computer.holds(plan) == meant(plan)
    assert computer.entries() == len(computer.double.library.workouts) == 3
    assert computer.sync(plan).at_rest


def test_beyond_the_grace_a_known_entry_is_missed_but_not_made_again(start):
    computer = start(calendar_lag=14)
    plan = PLANS[0]
    computer.sync(plan)
    computer.wait()
    ran = computer.sync(plan)
    assert {kind for kind, _ in ran.conflicts} == {"taken off"}
    assert not ran.writes
    while computer.sync(plan).conflicts:
        computer.wait()
    assert computer.holds(plan) == meant(plan)
    assert computer.sync(plan).at_rest


@pytest.mark.parametrize("keeps_ledger", [True, False], ids=["kept", "lost"])
def test_beyond_the_grace_a_second_entry_is_removed_once_both_show(start, keeps_ledger):
    computer = start(calendar_lag=8)
    plan = PLANS[0]
    if keeps_ledger:
        computer.double.fault("POST", r"/workout-service/schedule/\d+", "drop", when="after")
    for _ in range(4):
        computer.sync(plan, restore=True)
        computer.wait()
        if not keeps_ledger:
            computer.lose_ledger()
    assert computer.entries() > 3
    for _ in range(12):
        computer.sync(plan)
        computer.wait()
        if not keeps_ledger:
            computer.lose_ledger()
    assert computer.holds(plan) == meant(plan)
    assert computer.entries() == len(computer.double.library.workouts) == 3
    assert computer.sync(plan).at_rest


def test_beyond_the_grace_only_a_lost_answer_makes_a_second_workout_which_goes_once_both_show(start):
    computer = start(list_lag=6)
    plan = PLANS[0]
    computer.double.fault("POST", "/workout-service/workout", "drop", when="after")
    most = 0
    for _ in range(9):
        computer.sync(plan)
        most = max(most, len(computer.double.library.workouts))
        computer.wait()
    assert most == 4
    assert computer.holds(plan) == meant(plan)
    assert computer.entries() == len(computer.double.library.workouts) == 3
    ran = computer.sync(plan)
    assert (ran.at_rest, ran.notices) == (True, [])
