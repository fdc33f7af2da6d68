"""A thinned set of what `make test-faults` tries: faults at the calls of the module ``os``, in forks of one process.

Each call of a subject is disturbed once, the ways in turn; system calls, all ways at each of them, and processes that
begin anew are left to `make test-faults`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import pytest

from faults import pairs
from faults.calls import faults
from faults.forks import Forks
from faults.scenario import Bench, Scenario
from faults.subjects import SUBJECTS

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no forks")

HALVES = ("HALF", "HALF-KILL")
"""Half of a file is written, then the disk is full or the process ends; only here, strace knows no half calls."""
MOST = 5
"""Calls that are disturbed of one subject; of the plan over an older one, :data:`MOST_OF_A_PLAN`."""
MOST_OF_A_PLAN = 20
PAUSE = 0.003
"""Seconds by which each call is drawn out where two runs are at work."""


@pytest.fixture(scope="module")
def forks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    with Forks(tmp_path_factory.mktemp("forks")) as running:
        yield running


@pytest.fixture
def bench(tmp_path: Path, forks: Forks) -> Callable[[str], Bench]:
    """A subject by its name, ready to be disturbed."""

    def made(name: str) -> Bench:
        (subject,) = (one for one in SUBJECTS if one.name == name)
        return Bench(subject, tmp_path / name, forks, forks.record)

    return made


def thinned(bench: Bench, most: int) -> Iterator[Scenario]:
    """Calls from the first to the last, the ways in turn; and half a writing of each file."""
    ways: dict[str, Iterator[str]] = {}
    step = max(1, -(-len(bench.calls) // most))
    for call in bench.calls[::step]:
        names = [name for _, name in faults([call], every=True) if name != "EINTR"]
        yield Scenario(bench.subject, call, next(ways.setdefault(call.kind, cycle(names))))
        if call.name == "write":
            yield Scenario(bench.subject, call, next(ways.setdefault("half", cycle(HALVES))))


@pytest.mark.parametrize("name", [one.name for one in SUBJECTS])
def test_nothing_is_lost_mixed_or_left(name, bench, forks):
    ready = bench(name)
    assert ready.undisturbed() == []
    chosen = thinned(ready, MOST_OF_A_PLAN if name == "plan-over" else MOST)
    tried = {one.name: ready.broken(one, forks, forks.disturb) for one in chosen}
    assert {one: broken for one, broken in tried.items() if broken} == {}
    assert tried


def test_a_plan_is_written_in_an_order_that_a_power_cut_does_no_harm_to(bench):
    assert bench("plan-over").disorder() == []


@pytest.mark.parametrize("pause", [PAUSE, 4 * PAUSE])
def test_two_versions_of_a_plan_at_once_never_mix(bench, forks, tmp_path, pause):
    world = bench("plan-over").world
    assert (
        pairs.mixed(world, tmp_path / "pair", forks, lambda shared: forks.together(shared, pairs.COMMANDS, pause)) == []
    )
