"""Whatever goes wrong at whichever request: running the same again ends with what was asked for, and nothing more.

By default a selection runs; with ``NEGSPLIT_FULL_MATRIX=1``, as ``make test-sync`` sets, every scenario does.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from account.intervals.computer import TODAY, Computer, Killed, Plan, Ran, Request, Stranger, day, meant, run_of
from account.intervals.double import Double
from negsplit.account.intervals.notes import note, race
from negsplit.account.marker import unsigned

FULL = os.environ.get("NEGSPLIT_FULL_MATRIX") == "1"
EVERY = 1 if FULL else 89
"""Of so many scenarios one runs."""
MOST_RUNS = 8

STRIDES = {"w03-fri": (18, run_of(20, "Strides"))}
PLANS = (
    Plan(
        {"w01-tue": (1, run_of(30)), "w01-thu": (3, run_of(40, "Tempo")), "w02-sun": (13, run_of(90, "Long"))}
        | {"w01-mon-note": (0, note("Rest", "")), "w02-sat-race": (12, race("B", "Run", "Park 5 km", ""))},
        notes=True,
    ),
    Plan(
        {"w01-tue": (1, run_of(35)), "w01-thu": (4, run_of(40, "Tempo")), **STRIDES}
        | {"w01-mon-note": (0, note("Rest", "Sleep.")), "w02-sat-race": (11, race("B", "Run", "Park 5 km", ""))},
        notes=True,
    ),
    Plan(
        {"w01-tue": (2, run_of(45)), "w01-thu": (4, run_of(50, "Tempo")), **STRIDES}
        | {"w02-sat-race": (11, race("A", "Run", "Park 5 km", "All out"))},
        notes=True,
    ),
)
"""Created; then updated, moved, added and pruned; then updated and moved at once."""

HOME = "/api/v1/athlete/0"
WRITES = {
    "create": ("POST", f"{HOME}/events"),
    "change": ("PUT", rf"{HOME}/events/\d+"),
    "delete": ("DELETE", rf"{HOME}/events/\d+"),
}
READS = {"athlete": ("GET", HOME), "list": ("GET", f"{HOME}/events"), "event": ("GET", rf"{HOME}/events/\d+")}
KINDS: dict[str, dict[str, Any]] = {
    "drop": {"kind": "drop"},
    "stall": {"kind": "stall", "delay": 1.0},
    "500": {"kind": "status", "status": 500},
    "503": {"kind": "status", "status": 503},
    "429": {"kind": "status", "status": 429, "headers": {"Retry-After": "60"}},
    "403": {"kind": "status", "status": 403},
    "422": {"kind": "status", "status": 422},
    "html": {"kind": "html"},
    "badjson": {"kind": "badjson"},
    "cut": {"kind": "cut"},
    "empty": {"kind": "empty"},
}
PASSING = ("drop", "stall", "500", "503", "cut")
NEVER_AFTER = ("429", "403", "422")
"""What the service answers only when it did nothing."""
HITS = {"create": 6, "change": 8, "delete": 2, "athlete": 6, "list": 6, "event": 4}
"""How often each endpoint is asked at least when nothing goes wrong, of the writes exactly."""
FIRST_WRITES, SECOND_WRITES = 5, 6
"""What brings the first plan, and what makes the second of it."""
VICTIMS = ("w01-tue", "w01-thu", "w01-mon-note", "w02-sat-race")
"""Slots of the first plan and the second: updated, moved, and both of what is no workout."""
EDITS: dict[str, Callable[[Computer, int], object]] = {
    "edited": lambda computer, number: computer.double.events.edit(number, name="Mine"),
    "unmarked": lambda computer, number: computer.double.events.edit(number, description=bare(computer, number)),
    "recast": lambda computer, number: computer.double.events.edit(number, category="RACE_C", type="Run"),
    "moved": lambda computer, number: computer.double.events.drag(number, day(9)),
    "far": lambda computer, number: computer.double.events.drag(number, day(200)),
    "deleted": lambda computer, number: computer.double.events.remove(number),
    "copied": lambda computer, number: computer.double.events.copy(number, day(9)),
    "done": lambda computer, number: computer.double.events.run(number),
}
"""What people do on the web with an event."""
SEEN_WITHOUT_LEDGER = ("edited", "unmarked", "recast", "copied", "done")
"""What the events themselves tell; where somebody moved one, or deleted it, the ledger alone knows."""
MOST_WRITES = HITS["create"] + HITS["change"] + HITS["delete"]


@dataclass(frozen=True)
class Scenario:
    """What goes wrong: ``place`` is an endpoint, or ``kill`` for the end of the process; ``nth`` counts its hits."""

    place: str
    kind: str
    when: str
    nth: int
    keeps_ledger: bool
    upserts: bool = True
    list_lag: int = 0
    hurried: bool = False
    """Runs follow at once, within the grace; only after each third does time pass."""
    restless: bool = False
    """The service hands on a week, which counts as a change, reports errors and keeps other line ends."""
    edit: str = ""
    """What somebody does on the web when it went wrong: a word of :data:`EDITS`, and the slot."""

    def __str__(self) -> str:
        words = [self.place, self.kind, self.when, str(self.nth), "kept" if self.keeps_ledger else "lost"]
        words += ["no-upsert"] * (not self.upserts) + ["lag"] * self.list_lag + ["hurried"] * self.hurried
        words += ["restless"] * self.restless + ([self.edit] if self.edit else [])
        return "-".join(words)


def scenarios() -> Iterator[Scenario]:
    for keeps, upserts, hurried in product((True, False), repeat=3):
        for nth, when in product(range(1, MOST_WRITES + 1), ("before", "after")):
            yield Scenario("kill", "kill", when, nth, keeps, upserts, hurried=hurried, restless=nth % 2 == 0)
    for keeps, upserts in product((True, False), repeat=2):
        for place, kind, when in product(WRITES, KINDS, ("before", "after")):
            for nth in range(1, min(2, HITS[place]) + 1):
                if kind not in NEVER_AFTER or when == "before":
                    yield Scenario(place, kind, when, nth, keeps, upserts, hurried=nth == 2)
    for keeps, place, kind, nth in product((True, False), READS, KINDS, (1, 3)):
        if place != "event" or keeps:  # without a ledger none is asked for by itself
            # Within the grace, what the ledger knows is asked for by itself.
            yield Scenario(place, kind, "before", nth, keeps, hurried=place == "event")
    for nth, when in product(range(1, MOST_WRITES + 1), ("before", "after")):
        yield Scenario("kill", "kill", when, nth, keeps_ledger=True, list_lag=1, hurried=True)
    for keeps, (at, edit), when in product((True, False), enumerate(EDITS), ("before", "after")):
        for nth in range(FIRST_WRITES + 1, FIRST_WRITES + SECOND_WRITES + 1):
            edited = f"{edit}-{VICTIMS[(at + nth) % len(VICTIMS)]}"
            yield Scenario("kill", "kill", when, nth, keeps, restless=nth % 2 == 0, edit=edited)


def killing(nth: int, when: str) -> Callable[[Request], Request]:
    """Ends a run before or after the ``nth`` write of all runs."""
    writes = 0

    def around(request: Request) -> Request:
        def asked(method: str, path: str, **how: Any) -> Any:
            nonlocal writes
            if method == "GET":
                return request(method, path, **how)
            writes += 1
            if writes == nth and when == "before":
                raise Killed
            answer = request(method, path, **how)
            if writes == nth and when == "after":
                raise Killed
            return answer

        return asked

    return around


def begin(scenario: Scenario, folder: Path) -> Computer:
    odd: dict[str, Any] = {"today": TODAY, "touches": True, "push_errors": True, "normalises": True}
    knobs = odd if scenario.restless else {}
    double = Double(upserts=scenario.upserts, list_lag=scenario.list_lag, **knobs).start()
    computer = Computer(double, folder)
    if scenario.place == "kill":
        computer.around = killing(scenario.nth, scenario.when)
        return computer
    if scenario.kind == "stall":
        computer.timeout = 0.2
    method, path = (WRITES | READS)[scenario.place]
    times = 3 if method == "GET" and scenario.kind in PASSING else 1
    double.fault(method, path, **KINDS[scenario.kind], when=scenario.when, times=times, skip=scenario.nth - 1)
    return computer


def converge(computer: Computer, plan: Plan, scenario: Scenario, **options: bool) -> list[Ran]:
    """Runs until nothing is wrong and nothing is left to do."""
    ran: list[Ran] = []
    while not (ran and ran[-1].at_rest):
        assert len(ran) < 2 * MOST_RUNS, ran[-1]
        if ran and not (scenario.hurried and len(ran) % 3):
            computer.wait()
        ran.append(computer.sync(plan, prune=True, yes_to_many=True, **options))
        if not scenario.keeps_ledger:
            computer.lose_ledger()
    return ran


def judge(computer: Computer, plan: Plan, strangers: list[Stranger]) -> None:
    """Nothing is lost, nothing is doubled, nothing of others was touched."""
    assert computer.holds(plan) == meant(plan)
    assert len(computer.double.events.there) == len(strangers) + len(plan.sessions)
    assert all(one.untouched for one in strangers)
    assert computer.double.log.violations == []


def seen(there: dict[int, Any], edit: str, numbers: Collection[int]) -> dict[int, Any]:
    """What somebody's hand is in: what an event says, its day, or all of it. What else the plan says may come."""
    of_its_day, all_of_it = ["start_date_local"], None
    fields = {"moved": of_its_day, "far": of_its_day, "copied": all_of_it, "done": all_of_it}
    named = fields.get(edit, ["name", "description", "category"])
    found = {number: there[number] for number in sorted(numbers) if number in there}
    return {number: {of: one[of] for of in (named or one)} for number, one in found.items()}


def bare(computer: Computer, number: int) -> str:
    return unsigned(computer.double.events.there[number]["description"])


SCENARIOS = list(scenarios())
LATE = "kill-kill-after-1-kept-lag-hurried"
"""Created without an answer, and not shown yet when the next run looks: waiting alone keeps it from being twice."""
SELECTED = SCENARIOS[::EVERY] + [one for one in SCENARIOS if str(one) == LATE and not FULL]


def test_there_are_enough_scenarios_and_each_kind_is_among_them():
    assert len(SCENARIOS) >= 300
    assert {one.place for one in SCENARIOS} == {"kill", *WRITES, *READS}
    assert {one.kind for one in SCENARIOS} == {"kill", *KINDS}
    assert len({one.place for one in SELECTED}) >= 5
    assert {one.when for one in SELECTED} == {"before", "after"}
    assert {one.keeps_ledger for one in SELECTED} == {one.upserts for one in SELECTED} == {True, False}


@pytest.mark.parametrize("scenario", [one for one in SELECTED if one.edit], ids=str)
def test_what_somebody_does_in_between_stays_until_it_is_to_go(scenario: Scenario, tmp_path: Path) -> None:
    edit, _, slot = scenario.edit.partition("-")
    computer = begin(scenario, tmp_path / "state")
    there = computer.double.events.there
    plan = PLANS[1]
    try:
        converge(computer, PLANS[0], scenario)
        ran = [computer.sync(plan, prune=True, yes_to_many=True)]
        assert isinstance(ran[0].error, Killed)
        if not scenario.keeps_ledger:
            computer.lose_ledger()
        known, number = set(there), computer.number(slot)
        EDITS[edit](computer, number)
        copies = there.keys() - known
        left = seen(there, edit, copies or {number})
        for _ in range(2):
            computer.wait()
            ran.append(computer.sync(plan, prune=True, yes_to_many=True))
            if not scenario.keeps_ledger:
                computer.lose_ledger()
        if scenario.keeps_ledger or edit in SEEN_WITHOUT_LEDGER:
            assert seen(there, edit, copies or {number}) == left
        ran += converge(computer, plan, scenario, force=True, restore=True, dedupe=True)
        kept = left if edit in ("copied", "done") else {}
        assert seen(there, edit, kept) == kept
        those = [one for one in meant(plan) if edit != "done" or one[0] != slot]
        assert computer.holds(plan, but=kept) == those
        assert len(there) == len(plan.sessions) + len(copies)
        assert computer.double.log.violations == []
        assert not [one for one in computer.double.secrets if one in repr(ran)]
    finally:
        computer.double.stop()


@pytest.mark.parametrize("scenario", [one for one in SELECTED if not one.edit], ids=str)
def test_every_scenario_converges(scenario: Scenario, tmp_path: Path) -> None:
    computer = begin(scenario, tmp_path / "state")
    try:
        strangers = [
            Stranger(computer.double, "Easy", day(1)),
            Stranger(computer.double, "Easy", day(1), external_id="negsplitting:half/w01-tue"),
            Stranger(computer.double, "Rest", day(0), category="NOTE", type=None),
        ]
        ran: list[Ran] = []
        for plan in PLANS:
            ran += converge(computer, plan, scenario)
            judge(computer, plan, strangers)
        faults = [one.fault for one in computer.double.log.requests if one.fault]
        assert faults or any(one.error for one in ran), "nothing went wrong"
        assert computer.sync(PLANS[-1], prune=True).at_rest
        assert not [one for one in computer.double.secrets if one in repr(ran)]
    finally:
        computer.double.stop()


def test_what_the_scenarios_count_on(tmp_path):
    """Without a fault: so many writes, each run once, and the second run of each plan does nothing."""
    with Double() as double:
        computer = Computer(double, tmp_path / "state")
        for plan in PLANS:
            assert not computer.sync(plan, prune=True, yes_to_many=True).at_rest
            assert computer.sync(plan, prune=True).at_rest
        methods = [one.method for one in double.log.writes]
        assert {method: methods.count(method) for method in methods} == {
            "POST": HITS["create"],
            "PUT": HITS["change"],
            "DELETE": HITS["delete"],
        }
