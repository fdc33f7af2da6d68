"""A plan brought into the account week after week, with the race moved in between.

By default a short one, moved once each way; with ``NEGSPLIT_FULL_MATRIX=1`` sixteen weeks, moved in more ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from account.garmin.computer import FULL, Computer, Plan, Stranger, day, run_of
from account.garmin.double import Double
from negsplit.account.garmin.content import content_hash
from negsplit.account.marker import read_marker

DAYS = {"tue": 1, "thu": 3, "sun": 6}


def season(weeks: int, moved: int = 0) -> dict[str, tuple[int, dict]]:
    """Every session of the plan; ``moved`` are the weeks by which the race is later than at first."""
    return {
        f"w{week:02}-{name}": (7 * (week - 1 + moved) + at, run_of(30 + week, f"W{week} {name}"))
        for week in range(1, weeks + 1)
        for name, at in DAYS.items()
    }


def windows(plan_of: Callable[[int], dict[str, tuple[int, dict]]], weeks: int) -> Iterator[tuple[int, Plan]]:
    """For each Monday: which it is, counted from today, and the plan with the window of two weeks."""
    for week in range(weeks):
        yield 7 * week, Plan(plan_of(week), window=(7 * week, 7 * week + 13))


def standing(computer: Computer) -> dict[str, list[str]]:
    """The slots on each day."""
    slots = {
        number: marker.key.slot
        for number, body in computer.double.library.workouts.items()
        if (marker := read_marker(body["description"] or ""))
    }
    found: dict[str, list[str]] = {}
    for entry in computer.double.calendar.entries.values():
        if entry["workoutId"] in slots:
            found.setdefault(entry["date"], []).append(slots[entry["workoutId"]])
    return found


SEASONS = [(8, 3, 1, True), (8, 5, -3, False)]
LONG_SEASONS = [
    (16, week, by, keeps_ledger) for keeps_ledger in (True, False) for week, by in ((6, 1), (6, 3), (6, -1), (9, -3))
]
"""How many weeks, in which of them the race is moved, by how many, and whether the ledger is kept."""


@pytest.mark.parametrize(("weeks", "week_of_change", "by", "keeps_ledger"), SEASONS + LONG_SEASONS * FULL)
def test_a_race_that_moves_takes_its_plan_along(
    double: Callable[..., Double], tmp_path: Path, weeks, week_of_change, by, keeps_ledger
):
    computer = Computer(double(), tmp_path / "state")
    stranger = Stranger(computer.double, "W8 tue", day(50))
    past: dict[str, list[str]] = {}
    ever: set[str] = set()
    for monday, plan in windows(lambda week: season(weeks, by if week >= week_of_change else 0), weeks + max(by, 0)):
        computer.today = day(monday)
        computer.wait(7 * 86_400)
        ran = computer.sync(plan, prune=True)
        assert (ran.error, ran.conflicts) == (None, [])
        if not keeps_ledger:
            computer.lose_ledger()
        assert computer.sync(plan, prune=True).at_rest
        first, last = plan.window
        meant = {day(at).isoformat(): [slot] for slot, (at, _) in plan.sessions.items() if first <= at <= last}
        ever |= {slot for (slot,) in meant.values()}
        stands = standing(computer)
        assert {
            at: slots for at, slots in stands.items() if day(first).isoformat() <= at <= day(last).isoformat()
        } == meant
        # What was run stays where it was run.
        assert {at: slots for at, slots in stands.items() if at in past} == past
        past = {at: slots for at, slots in stands.items() if at < day(monday + 7).isoformat()}
    assert len(computer.double.library.workouts) == 1 + len(ever)
    assert stranger.untouched


def test_a_session_whose_content_changes_each_week_is_one_workout(double, tmp_path):
    computer = Computer(double(), tmp_path / "state")
    plan = Plan({"w01-tue": (1, run_of(30))})
    for minutes in range(31, 41):
        plan = replace(plan, sessions={"w01-tue": (1, run_of(minutes))})
        computer.sync(plan)
        (body,) = computer.double.library.workouts.values()
        assert content_hash(body) == content_hash(run_of(minutes))
