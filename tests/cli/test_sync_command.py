"""``negsplit sync``: what a runner sees and what the account holds; the engine's own proof is in tests/account."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from negsplit.account.marker import read_marker

pytest.importorskip("garminconnect", reason="the optional `account` dependencies are not installed")


@pytest.fixture(autouse=True)
def logged_in(service, cli, write, monkeypatch):
    """A runner on the first day of the spring plan."""
    monkeypatch.setenv("NEGSPLIT_TODAY", "2026-11-30")
    write("athlete.yaml", "athlete: Me\nraces: 5 km in 22:30\n")
    words = f"{service.sessions.email}\n{service.sessions.password}\n".encode()
    assert cli("account", "login", stdin=words).status == 0
    service.log.requests.clear()


def held(service):
    return list(service.library.workouts.values())


def days(service):
    """The days of the calendar and what stands on them."""
    names = {one["workoutId"]: one["workoutName"] for one in held(service)}
    return sorted((entry["date"], names[entry["workoutId"]]) for entry in service.calendar.entries.values())


def sync(cli, *arguments, stdin=b""):
    return cli("sync", "spring.plan.yaml", *arguments, stdin=stdin)


def test_this_week_and_the_next(service, plan, cli):
    plan()
    run = sync(cli, "--yes")
    assert (run.status, run.err) == (0, "")
    heading, off, *lines = run.out.splitlines()
    assert heading == "Spring half, 2026-11-30 to 2026-12-13"
    assert "stay off the account" in off
    assert all(line.startswith("+ W0") for line in lines[:-2])
    assert lines[-2:] == [f"{len(lines) - 2} to create", f"{len(lines) - 2} changes done"]
    assert len(held(service)) == len(days(service)) == len(lines) - 2
    assert {day for day, _ in days(service)} <= {f"2026-12-{day:02}" for day in range(1, 14)}
    assert {read_marker(one["description"]).key.plan for one in held(service)} == {"spring"}


def test_again_writes_nothing(service, plan, cli):
    plan()
    sync(cli, "--yes")
    service.log.requests.clear()
    run = sync(cli, "--yes")
    assert run.status == 0
    assert run.out.splitlines()[-1].endswith(" unchanged")
    assert service.log.writes == []


def test_a_dry_run_writes_nothing(service, plan, cli, state_folder):
    plan()
    run = sync(cli, "--dry-run")
    assert run.status == 0
    assert " to create" in run.out.splitlines()[-1]
    assert service.log.writes == []
    assert not list(state_folder.glob("*ledger.json"))


@pytest.mark.parametrize("answer", [b"n\n", b"", b"\n"])
def test_without_a_yes_nothing_is_done(service, plan, cli, answer):
    plan()
    run = sync(cli, stdin=answer)
    assert run.status == 1
    assert "changes? [y/N]" in run.err
    assert "nothing was done" in run.err
    assert service.log.writes == []


def test_a_yes_does_it(service, plan, cli):
    plan()
    assert sync(cli, stdin=b"yes\n").status == 0
    assert held(service)


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        (["--week", "1"], "2026-11-30 to 2026-12-06"),
        (["--week", "3"], "2026-12-14 to 2026-12-20"),
        (["--from", "2026-12-02", "--to", "2026-12-04"], "2026-12-02 to 2026-12-04"),
        (["--from", "2026-12-20"], "2026-12-20 to 2026-12-27"),
        (["--to", "2026-12-03"], "2026-11-30 to 2026-12-03"),
    ],
)
def test_days_that_are_asked_for(service, plan, cli, arguments, window):
    plan()
    run = sync(cli, "--yes", *arguments)
    assert run.status == 0, run.err
    assert run.out.startswith(f"Spring half, {window}\n")
    first, _, last = window.partition(" to ")
    assert all(first <= day <= last for day, _ in days(service))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--week", "9"], "the plan has no week 9: it has 1 to 4"),
        (["--week", "1", "--from", "2026-12-01"], "only one of the two"),
        (["--from", "soon"], "write for example `2026-12-06`"),
        (["--from", "2026-12-03", "--to", "2026-12-01"], "2026-12-01 is before 2026-12-03"),
    ],
)
def test_what_is_wrong_with_the_command_line(service, plan, cli, arguments, words):
    plan()
    run = sync(cli, *arguments)
    assert run.status == 2
    assert words in run.err
    assert service.log.requests == []


def test_a_workout_is_no_plan(service, write, cli):
    write("easy.workout.yaml")
    run = cli("sync", "easy.workout.yaml")
    assert run.status == 2
    assert "`negsplit upload easy.workout.yaml`" in run.err


def test_a_plan_with_mistakes_asks_the_account_nothing(service, plan, cli):
    plan(("weeks: 4", "weeks: four"))
    assert sync(cli, "--yes").status == 1
    assert service.log.requests == []


def test_outside_the_plan_it_is_said_where_the_plan_is(service, plan, cli, monkeypatch):
    monkeypatch.setenv("NEGSPLIT_TODAY", "2026-10-01")
    plan()
    run = sync(cli, "--yes")
    assert run.status == 0
    assert "the plan has nothing on these days; it runs from 2026-11-30 to " in run.out
    assert held(service) == []


def test_a_plan_that_moves_takes_its_workouts_along(service, plan, cli):
    plan()
    sync(cli, "--yes")
    before = {one["workoutId"] for one in held(service)}
    plan(("start: 2026-11-30", "start: 2026-12-07"))
    run = sync(cli, "--yes")
    assert run.status == 0, run.err
    assert "> W01 " in run.out
    assert {one["workoutId"] for one in held(service)} == before
    assert all(day >= "2026-12-07" for day, _ in days(service))
    assert len(days(service)) == len(before)
    service.log.requests.clear()
    sync(cli, "--yes")
    assert service.log.writes == []


def test_what_the_plan_no_longer_has_goes_only_when_pruned(service, plan, cli):
    plan()
    sync(cli, "--yes")
    count = len(held(service))
    smaller = plan(("  - {weeks: 2, on: wed, cross: 45 min bike}\n", ""), ("on: tue", "on: mon"))
    run = sync(cli, "--yes", "--dry-run")
    assert smaller
    assert "no longer in the plan; `--prune` removes it" in run.out
    run = sync(cli, "--yes", "--prune")
    assert run.status == 0, run.err
    assert "\n- W0" in run.out
    assert len(held(service)) == count


def test_a_conflict_is_told_and_the_rest_is_done(service, plan, cli):
    plan()
    sync(cli, "--yes", "--week", "1")
    mine = held(service)[0]
    mine["workoutName"] = "Mine"
    run = sync(cli, "--yes")
    assert run.status == 1
    assert "it was changed on the web; `--force` overwrites that" in run.out
    assert "1 conflict" in run.out
    assert any(name.startswith("W02") for _, name in days(service))
    assert mine["workoutName"] == "Mine"
    assert sync(cli, "--yes", "--force").status == 0
    assert sync(cli, "--yes").status == 0


def test_too_many_requests_stop_with_what_is_left(service, plan, cli):
    plan()
    service.fault("POST", "/workout-service/workout", "status", status=429, headers={"Retry-After": "1800"}, skip=2)
    run = sync(cli, "--yes")
    assert run.status == 75
    assert run.codes == ["rate-limited"]
    assert "2 of " in run.err
    assert "run the same command again: it goes on from here" in run.err
    assert "in 30 min" in run.err
    assert sync(cli, "--yes").status == 0
    assert (
        len({read_marker(one["description"]).key for one in held(service)}) == len(held(service)) == len(days(service))
    )


def test_hostile_names_from_the_account_do_not_drive_the_terminal(service, plan, cli, hostile, harmless):
    plan()
    sync(cli, "--yes")
    for one in held(service):
        one["workoutName"] = hostile
    run = sync(cli, "--yes")
    harmless(run.out + run.err)
    plan(("id: spring", "id: autumn"))
    run = sync(cli, "--yes")
    harmless(run.out + run.err)


def test_an_interrupt_in_the_middle_says_what_is_left(service, plan, cli, tmp_path):
    """A real process and a real signal."""
    plan()
    service.fault("POST", "/workout-service/workout", "stall", skip=1, delay=20)
    command = [sys.executable, "-m", "negsplit", "sync", "spring.plan.yaml", "--yes"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ) as process:
        deadline = time.monotonic() + 20
        while len(service.log.writes) < 3 and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert b"run the same command again: it goes on from here" in said
    assert b"interrupted" in said
    count = len(held(service))
    run = sync(cli, "--yes")
    assert run.status in (0, 75)  # 75: what was being sent may have come, and is not known for some minutes
    assert len(held(service)) > count
    assert len({read_marker(one["description"]).key for one in held(service)}) == len(held(service))


def test_two_at_once_are_one(service, plan, cli, state_folder):
    plan()
    sync(cli, "--yes", "--week", "1")
    from filelock import FileLock

    (lock,) = state_folder.glob("*ledger.lock")
    with FileLock(lock):
        run = sync(cli, "--yes")
    assert run.status == 1
    assert run.codes == ["state"]
    assert "another negsplit is at work" in run.err


def test_no_secret_is_said_or_sent_where_it_does_not_belong(service, plan, cli):
    plan()
    said = [sync(cli, "--yes"), sync(cli, "--dry-run")]
    service.sessions.revoke()
    service.sessions.refresh.clear()
    said.append(sync(cli, "--yes"))
    assert said[-1].codes == ["logged-out"]
    text = "".join(run.out + run.err for run in said)
    assert not [secret for secret in service.secrets if secret in text]
    assert json.dumps(service.sessions.password) not in "".join(str(one.body) for one in service.log.requests)
