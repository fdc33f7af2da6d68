"""Whatever goes wrong at whichever request: running the same again ends with what was asked for, and nothing more.

By default a selection runs; with ``NEGSPLIT_FULL_MATRIX=1``, as ``make test-sync`` sets, every scenario does.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from account.garmin.computer import FULL, Computer, Killed, Plan, Ran, Request, Stranger, day, meant, run_of
from account.garmin.double import Double

EVERY, FIRST = (1, 0) if FULL else (61, 48)
"""Of so many scenarios one runs, and which is first: each kind and endpoint is among them, and a move cut in two."""
MOST_RUNS = 9

PLANS = (
    Plan({"w01-tue": (1, run_of(30)), "w01-thu": (3, run_of(40, "Tempo")), "w02-sun": (13, run_of(90, "Long"))}),
    Plan({"w01-tue": (1, run_of(35)), "w01-thu": (4, run_of(40, "Tempo")), "w03-fri": (18, run_of(20, "Strides"))}),
    Plan({"w01-tue": (1, run_of(45)), "w01-thu": (4, run_of(50, "Tempo")), "w03-fri": (18, run_of(20, "Strides"))}),
)
"""Created; then updated, moved, added and pruned; then updated again."""

WRITES = {
    "create": ("POST", "/workout-service/workout"),
    "update": ("PUT", r"/workout-service/workout/\d+"),
    "delete": ("DELETE", r"/workout-service/workout/\d+"),
    "schedule": ("POST", r"/workout-service/schedule/\d+"),
    "unschedule": ("DELETE", r"/workout-service/schedule/\d+"),
}
READS = {
    "profile": ("GET", "/userprofile-service/socialProfile"),
    "list": ("GET", "/workout-service/workouts"),
    "workout": ("GET", r"/workout-service/workout/\d+"),
    "month": ("GET", r"/calendar-service/year/\d+/month/\d+"),
    "completed": ("POST", "/graphql-gateway/graphql"),
}
KINDS: dict[str, dict[str, Any]] = {
    "drop": {"kind": "drop"},
    "stall": {"kind": "stall", "delay": 1.0},
    "500": {"kind": "status", "status": 500},
    "503": {"kind": "status", "status": 503},
    "429": {"kind": "status", "status": 429, "headers": {"Retry-After": "60"}},
    "403": {"kind": "status", "status": 403},
    "html": {"kind": "html"},
    "badjson": {"kind": "badjson"},
    "cut": {"kind": "cut"},
    "empty": {"kind": "empty"},
}
LIES: dict[str, dict[str, Any]] = {"404": {"kind": "status", "status": 404}}
"""What is said of a thing to remove, whether it is there or gone."""
SILENCE: dict[str, dict[str, Any]] = {
    "errors": {"kind": "status", "status": 200, "body": {"errors": [{"message": "no"}], "data": None}},
    "null": {"kind": "status", "status": 200, "body": {"data": None}},
}
"""What the summaries say where they do not say what is done."""
PASSING = ("drop", "stall", "500", "503", "cut")
"""What is better in a moment, perhaps: a read is tried again."""
NEVER_AFTER = ("429", "403")
"""What the service answers only when it did nothing."""


@dataclass(frozen=True)
class Scenario:
    """What goes wrong: ``place`` is an endpoint, or ``kill`` for the end of the process; ``nth`` counts its hits."""

    place: str
    kind: str
    when: str
    nth: int
    keeps_ledger: bool
    other: bool = False
    """The service as others report it: entries outlive their workout, and the first workout is number 1."""
    hurried: bool = False
    """Runs follow at once, within the grace, for as long as they are not at rest; only then time passes."""
    silent: bool = False
    """The calendar does not say by itself what is done."""

    def __str__(self) -> str:
        words = [self.place, self.kind, self.when, str(self.nth), "kept" if self.keeps_ledger else "lost"]
        return "-".join(words + ["other"] * self.other + ["hurried"] * self.hurried + ["silent"] * self.silent)


MOST_WRITES = 15
"""Of the three plans, when nothing goes wrong."""
HITS = {"delete": 1, "profile": 6, "list": 12, "workout": 22, "month": 12, "completed": 5}
"""How often each endpoint is asked then, where it is not twice at least; of reads, one of the last is spoilt too."""


def scenarios() -> Iterator[Scenario]:
    for keeps, other, hurried in product((True, False), repeat=3):
        for nth, when in product(range(1, MOST_WRITES + 1), ("before", "after")):
            yield Scenario("kill", "kill", when, nth, keeps, other, hurried)
    for keeps, hurried in product((True, False), repeat=2):
        for place, kind, when, nth in product(WRITES, KINDS, ("before", "after"), (1, 2)):
            if nth <= HITS.get(place, 2) and (kind not in NEVER_AFTER or when == "before"):
                yield Scenario(place, kind, when, nth, keeps, hurried=hurried)
    for keeps, place, kind in product((True, False), READS, KINDS):
        for nth in (1, 2, HITS[place]):
            yield Scenario(place, kind, "before", nth, keeps)
    yield from doubtful()


def doubtful() -> Iterator[Scenario]:
    """A thing to remove that is said to be gone, and silence about what is done."""
    for keeps, hurried, place, when in product(
        (True, False), (True, False), ("unschedule", "delete"), ("before", "after")
    ):
        for nth in range(1, HITS.get(place, 2) + 1):
            yield Scenario(place, "404", when, nth, keeps, hurried=hurried)
    for keeps, kind, nth in product((True, False), KINDS | SILENCE, (1, 2, HITS["completed"])):
        yield Scenario("completed", kind, "before", nth, keeps, silent=True)


def killing(nth: int, when: str, kill: Callable[[], Any]) -> Callable[[Request], Request]:
    """Ends a run before or after the ``nth`` write of all runs."""
    writes = 0

    def around(request: Request) -> Request:
        def asked(method: str, path: str, **how: Any) -> Any:
            nonlocal writes
            if method == "GET" or path.startswith("/graphql"):
                return request(method, path, **how)
            writes += 1
            if writes == nth and when == "before":
                kill()
            answer = request(method, path, **how)
            if writes == nth and when == "after":
                kill()
            return answer

        return asked

    return around


def die() -> None:
    raise Killed


def begin(scenario: Scenario, folder: Path) -> Computer:
    other, says = scenario.other, not scenario.silent
    double = Double(delete_cascades=not other, page_base=int(other), calendar_says_done=says).start()
    computer = Computer(double, folder)
    if scenario.place == "kill":
        computer.around = killing(scenario.nth, scenario.when, die)
        return computer
    if scenario.kind == "stall":
        computer.timeout = 0.2
    method, path = (WRITES | READS)[scenario.place]
    # A read is tried three times while that may help: only what goes wrong three times in a row reaches anybody.
    times = 3 if method == "GET" and scenario.kind in PASSING else 1
    kinds = KINDS | LIES | SILENCE
    double.fault(method, path, **kinds[scenario.kind], when=scenario.when, times=times, skip=scenario.nth - 1)
    return computer


def converge(computer: Computer, plan: Plan, scenario: Scenario) -> list[Ran]:
    """Runs until nothing is wrong and nothing is left to do."""
    ran: list[Ran] = []
    while not (ran and ran[-1].at_rest):
        assert len(ran) < 2 * MOST_RUNS, ran[-1]
        if ran and not (scenario.hurried and len(ran) % 3):
            computer.wait()
        ran.append(computer.sync(plan, prune=True, yes_to_many=True))
        if not scenario.keeps_ledger:
            computer.lose_ledger()
    return ran


def judge(computer: Computer, plan: Plan, stranger: Stranger) -> None:
    """Nothing is lost, nothing is doubled, nothing of others was touched."""
    assert computer.holds(plan) == meant(plan)
    assert len(computer.double.library.workouts) == 1 + len(plan.sessions)
    assert computer.entries() == 1 + len(plan.sessions)
    assert stranger.untouched
    assert computer.double.log.violations == []


SCENARIOS = list(scenarios())


DYING = """
import os, signal, sys
from pathlib import Path
from account.garmin.computer import GRACE, TODAY, Ran, bring
from account.garmin.test_converging import PLANS, killing
from negsplit.account.garmin.address import Address
from negsplit.account.wanted import Options
from negsplit.state import StateFolder

url, folder, now, plan, nth, when = sys.argv[1:]
around = killing(int(nth), when, lambda: os.kill(os.getpid(), signal.SIGKILL))
asked = PLANS[int(plan)]
options = Options(TODAY, float(now), GRACE, prune=True, yes_to_many=True)
bring(Ran([]), Address(url), StateFolder(Path(folder)), around, asked.wanted, asked.scope, options)
"""
"""A run in a process of its own, which really ends."""


DEATHS = [
    (1, 7, "after", False),
    (0, 1, "after", True),
    (0, 2, "before", True),
    (0, 4, "after", False),
    (1, 3, "after", True),
    (1, 5, "before", False),
]
"""At which plan, at which of its writes, when, and whether the ledger is kept."""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system kills nobody")
@pytest.mark.parametrize(("version", "nth", "when", "keeps_ledger"), DEATHS if FULL else DEATHS[:1])
def test_a_process_that_is_killed_is_the_same(version, nth, when, keeps_ledger, tmp_path):
    scenario = Scenario("kill", "kill", when, nth, keeps_ledger)
    with Double() as double:
        computer = Computer(double, tmp_path / "state")
        stranger = Stranger(double, "Easy", day(1))
        for plan in PLANS[:version]:
            converge(computer, plan, scenario)
        command = [sys.executable, "-c", DYING, double.url, str(computer.folder), str(computer.now), str(version)]
        tests = str(Path(__file__).parents[2])
        killed = subprocess.run([*command, str(nth), when], env=os.environ | {"PYTHONPATH": tests}, check=False)
        assert killed.returncode == -signal.SIGKILL
        for plan in PLANS[version:]:
            converge(computer, plan, scenario)
            judge(computer, plan, stranger)


DOUBTFUL = ("delete-404-before-1-lost", "completed-null-before-1-kept-silent")
SELECTED = SCENARIOS[FIRST::EVERY] + [one for one in SCENARIOS if str(one) in DOUBTFUL and not FULL]


def test_each_kind_and_endpoint_is_among_the_scenarios():
    assert ("kill", "after", 10) in {(one.place, one.when, one.nth) for one in SELECTED}  # put on its new day, not off
    assert {one.kind for one in SELECTED} >= {"kill", *KINDS, *LIES, "null"}
    assert {one.place for one in SELECTED} == {"kill", *WRITES, *READS}
    assert {one.when for one in SELECTED} == {"before", "after"}


@pytest.mark.parametrize("scenario", SELECTED, ids=str)
def test_every_scenario_converges(scenario: Scenario, tmp_path: Path) -> None:
    computer = begin(scenario, tmp_path / "state")
    try:
        stranger = Stranger(computer.double, "Easy", day(1))
        ran: list[Ran] = []
        for plan in PLANS:
            ran += converge(computer, plan, scenario)
            judge(computer, plan, stranger)
        faults = [one.fault for one in computer.double.log.requests if one.fault]
        assert faults or any(one.error for one in ran), "nothing went wrong"
        assert len(ran) <= MOST_RUNS + 2 * scenario.hurried
        assert computer.sync(PLANS[-1], prune=True).at_rest
    finally:
        computer.double.stop()
