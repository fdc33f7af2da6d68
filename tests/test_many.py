"""One text for many runners gives what it gives each of them alone, wherever the work is done."""

import logging
from concurrent.futures import ThreadPoolExecutor

import pytest

from negsplit import Runner, UnknownDeviceError, compile_many, compile_plan_text, compile_text, render
from negsplit.spread import Jobs

WORKOUTS = """\
workout: Tempo
steps: [15 min @ easy, 20 min @ threshold, "6x(400 m @ 5k, 200 m)", 10 min]
---
workout: By heart
steps: [30 min @ 80..85 % HRmax]
"""
PLAN = """\
plan: Four weeks
start: 2026-11-30
weeks: 4
sessions:
  - {on: tue, use: tempo, with: {n: 3 -> 6}}
  - {on: sun, name: Long run, steps: run $total @ easy, with: {total: 12 km -> 18 km}}
blocks:
  tempo: {params: {n: 3}, steps: [15 min @ easy, "$n x(1 km @ threshold, 1 min)"]}
"""
OWN = """\
workout: Own names
steps: [30 min -- relaxed @ park, 1:15 @ easy, 1:15 @ easy]
---
workout: Amounts of each
steps: ["6..8 mi @ easy", "4..6x(1 min @ 5k, 1 min)", {progression: thirds, total: 12 km}]
---
workout: Miles
units: imperial
steps: [10 min @ 10k + 5 s/mi, 20 min @ slower than easy]
"""
"""What is the same for all of its runners, and what is not."""
ANNA = "athlete: Anna\nraces: [10 km in 45:00]\nheart_rate: {max: 190}\n"
BEN = "athlete: Ben\nraces: [10 km in fast]\n"
GROUP = [ANNA, *(f"5 km in {minutes}:30" for minutes in range(17, 40)), BEN, "threshold 4:40/km, HRmax 188"]
GROUP += ["athlete: Cleo\nraces: [5 km in 24:00]\npaces: {park: 5:30/km}\nvolume: high\n", "5 km in 45:00"]


def alone(text, athlete):
    """What comes of a text for one runner by the functions for one."""
    if text is PLAN:
        result = compile_plan_text(text, athlete=athlete)
        files = [(one.planned.key, one.workout.fit()) for one in result.plan.sessions] if result.plan else []
    else:
        result = compile_text(text, athlete=athlete)
        files = [("", one.fit()) if one else None for one in result.workouts]
    return files, [*map(render, result.diagnostics)]


def together(text, executor=None):
    results = compile_many(text, iter(GROUP), executor=executor, chunk=4)
    return [
        ([one and (one.key, one.fit) for one in each.workouts], [*map(render, each.diagnostics)]) for each in results
    ]


@pytest.fixture(scope="module", params=[WORKOUTS, OWN, PLAN], ids=["workouts", "own", "plan"])
def wanted(request):
    return request.param, [alone(request.param, athlete) for athlete in GROUP]


@pytest.fixture(scope="module")
def jobs():
    with Jobs(2) as found:
        yield found


@pytest.fixture(scope="module")
def cluster():
    """A client of one, whose only worker is a thread here."""
    distributed = pytest.importorskip("distributed")
    how = {"n_workers": 1, "threads_per_worker": 1, "processes": False, "dashboard_address": None}
    with (
        distributed.LocalCluster(**how, silence_logs=logging.ERROR) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def test_it_is_the_same_as_for_one_after_another(wanted):
    text, each = wanted
    assert together(text) == each
    at_fault = [number for number, (_, said) in enumerate(each) if any("error[" in one for one in said)]
    assert GROUP.index(BEN) in at_fault
    assert len(at_fault) < len(GROUP)


def test_other_processes_and_threads_give_the_same(wanted, jobs):
    text, each = wanted
    assert together(text, jobs) == each
    with ThreadPoolExecutor(2) as threads:
        assert together(text, threads) == each


def test_a_cluster_gives_the_same(wanted, cluster):
    text, each = wanted
    assert together(text, cluster.get_executor()) == each


def test_what_is_wrong_for_everybody_is_said_to_each():
    text = "workout: Nothing to skip\nsteps: [{repeat: 4, last_recovery: skip, steps: [1 km @ threshold]}]\n"
    found = list(compile_many(text, ["5 km in 20:00", "5 km in 25:00"]))
    assert [[one.code for one in each.diagnostics] for each in found] == [["last-recovery"]] * 2
    assert [each.workouts for each in found] == [(None,)] * 2


def test_who_is_named_and_how_each_did():
    found = list(compile_many(WORKOUTS, [ANNA, BEN, Runner("Cleo")]))
    assert [one.name for one in found] == ["Anna", "", "Cleo"]
    assert [one.ok for one in found] == [True, False, False]
    assert [workout.name for workout in found[0].workouts] == ["Tempo", "By heart"]


def test_a_watch_that_nobody_knows_is_said_before_anything_is_drawn():
    with pytest.raises(UnknownDeviceError):
        compile_many(WORKOUTS, [], device="sundial")
