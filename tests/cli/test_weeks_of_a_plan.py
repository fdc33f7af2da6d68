"""A plan that is moved, adapted and synced week after week: every session is in the calendar once, on its day.

The commands that a runner gives, over the real client and a real socket, with the calendar file beside them. What
has to be on which day is read from the compiled plan, which knows nothing of accounts. By default a short plan and one
edit of each kind; with ``NEGSPLIT_FULL_MATRIX=1`` six weeks with edits drawn at random.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from account.garmin.computer import FULL, Stranger
from account.garmin.double import Double
from calendars import Store
from negsplit.account.marker import read_marker
from negsplit.words import DAYS

pytest.importorskip("garminconnect", reason="the optional `account` dependencies are not installed")

MONDAY = dt.date(2026, 11, 30)
WEEK = dt.timedelta(days=7)
PLAN = """\
plan: Spring  # mine
id: spring
start: 2026-11-30
weeks: {weeks}
sessions:
  - on: [tue, sat]
    name: Easy
    steps: run $total @ RPE 3
    with: {{total: 30 min -> 50 min}}
  - {{on: thu, name: Fast, steps: "10 min @ RPE 3, 6x(1 min @ RPE 8, 1 min)"}}
  - {{on: sun, name: Long, steps: "run $far @ RPE 3", with: {{far: 60 min -> 90 min}}}}
"""


class Runner:
    """Somebody with a plan, an account and a phone, at a day of theirs."""

    def __init__(self, cli: Callable, service: Double, stop_clock: Callable[[str], None], weeks: int) -> None:
        self.cli, self.service, self.stop_clock = cli, service, stop_clock
        self.today, self.end = MONDAY, MONDAY + weeks * WEEK
        self.phone = Store()
        self.past: dict[str, str] = {}
        Path("spring.plan.yaml").write_text(PLAN.format(weeks=weeks))

    def wakes_up(self, day: dt.date) -> None:
        self.past = {slot: on for slot, on in self.account().items() if on < str(day)}
        self.today = day
        self.stop_clock(f"{day} 08:00")

    def plan(self) -> dict[str, str]:
        """The day of each workout of the plan, by its key, as it is compiled now."""
        assert self.cli("compile", "spring.plan.yaml", "-q").status == 0
        files = json.loads(Path("spring/manifest.json").read_text(encoding="utf-8"))["files"]
        return {one["key"]: one["date"] for one in files}

    def account(self) -> dict[str, str]:
        """The day of each workout of ours in the account's calendar, each once."""
        held = self.service.library.workouts.items()
        slots = {number: read_marker(body["description"] or "") for number, body in held}
        entries = self.service.calendar.entries.values()
        found = [(slots[one["workoutId"]].key.slot, one["date"]) for one in entries if slots[one["workoutId"]]]
        assert max(Counter(slot for slot, _ in found).values(), default=1) == 1, "a session is there twice"
        return dict(found)

    def edits(self, *words: str) -> int:
        """Gives a command that writes into the plan, which may have reasons not to."""
        return self.cli("plan", words[0], "spring.plan.yaml", *words[1:], "-q").status

    def syncs(self) -> None:
        """Brings this week and the next up to date, and looks at account and phone."""
        run = self.cli("sync", "spring.plan.yaml", "--yes", "--prune", "-q")
        assert (run.status, run.err) == (0, "")
        plan, account = self.plan(), self.account()
        last = str(self.today - dt.timedelta(days=self.today.weekday()) + 2 * WEEK)
        ahead = {key: on for key, on in plan.items() if str(self.today) <= on < last and key not in self.past}
        assert {key: on for key, on in account.items() if str(self.today) <= on < last} == ahead
        assert {key: on for key, on in account.items() if key in self.past} == self.past, "what is over stays"
        self.phone.merge(Path("spring/plan.ics").read_bytes())
        shown = {uid.partition("-")[2].removesuffix("@negsplit"): event for uid, event in self.phone.kept().items()}
        assert {key: str(event["DTSTART"].dt)[:10] for key, event in shown.items() if key in plan} == plan


@pytest.fixture
def begins(service, cli, write, stop_clock) -> Callable[[int], Runner]:
    stop_clock(f"{MONDAY} 08:00")
    words = f"{service.sessions.email}\n{service.sessions.password}\n".encode()
    assert cli("account", "login", stdin=words).status == 0
    return lambda weeks: Runner(cli, service, stop_clock, weeks)


def ends_with_every_session_once(runner: Runner, strangers: list[Stranger]) -> None:
    plan, account = runner.plan(), runner.account()
    assert {key: account.get(key) for key in plan} == plan
    assert all(account[key] < str(runner.today) for key in account if key not in plan), "days that were missed"
    assert all(stranger.untouched for stranger in strangers)


def test_each_edit_once(begins):
    runner = begins(4)
    strangers = [Stranger(runner.service, "W02 Tue Easy", MONDAY + dt.timedelta(days)) for days in (8, 9)]
    runner.syncs()
    assert runner.edits("move", "w02-tue", "wed") == 0
    assert runner.edits("swap", "w03-thu", "w03-sat") == 0
    runner.wakes_up(MONDAY + WEEK)
    runner.syncs()
    runner.wakes_up(MONDAY + 2 * WEEK)
    assert runner.edits("adapt", "--missed", "2026-12-10..2026-12-13", "--ill") == 0
    runner.syncs()
    runner.wakes_up(MONDAY + 4 * WEEK)
    ends_with_every_session_once(runner, strangers)
    assert runner.account()["w02-tue"] == "2026-12-09"
    assert runner.account()["w02-sun"] == "2026-12-13", "it was missed, and stays where it was"


def drawn(chance: random.Random, runner: Runner) -> Iterator[tuple[str, ...]]:
    """Edits as they come: of sessions ahead to days ahead or of their week, and of days without a run just before."""
    ahead = [key for key, on in runner.plan().items() if on >= str(runner.today)]
    for _ in range(chance.randrange(3)):
        if len(ahead) > 2:
            key, other = chance.sample(ahead[:8], 2)
            day = chance.choice([runner.today + dt.timedelta(chance.randrange(14)), chance.choice(DAYS)])
            yield chance.choice([("move", key, str(day)), ("swap", key, other)])
    if chance.random() < 0.3:
        first = runner.today - dt.timedelta(chance.randrange(1, 12))
        last = runner.today - dt.timedelta(1)
        yield ("adapt", "--missed", f"{first}..{last}", *chance.choice([(), ("--ill",), ("--injured",)]))


@pytest.mark.skipif(not FULL, reason="takes a while: `make test-sync`")
@pytest.mark.parametrize("seed", range(12))
def test_six_weeks_of_edits(begins, seed):
    chance, runner = random.Random(seed), begins(6)
    strangers = [Stranger(runner.service, "W04 Tue Easy", MONDAY + dt.timedelta(29 + days)) for days in range(3)]
    while runner.today < runner.end:
        for edit in drawn(chance, runner):
            runner.edits(*edit)
        runner.syncs()
        runner.wakes_up(runner.today + dt.timedelta(chance.choice([2, 5, 7])))
    ends_with_every_session_once(runner, strangers)
