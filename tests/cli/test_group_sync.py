"""``negsplit sync`` for a group: each runner's account by their own login, whatever happens to another.

All accounts are at one address, as Garmin's are: the token of each request says whose it is.
"""

from __future__ import annotations

import pytest

pytest.importorskip("garminconnect", reason="the optional `account` dependencies are not installed")

NAMES = ("anna", "ben", "cleo")


@pytest.fixture
def group(accounts, cli, write, plan, stop_clock):
    """Three runners who are logged in, on the first day of the spring plan."""
    stop_clock("2026-11-30 08:00")
    plan()
    for name, minutes in zip(NAMES, (20, 22, 24), strict=True):
        write(f"runners/{name}.athlete.yaml", f"athlete: {name.capitalize()}\nraces: 5 km in {minutes}:30\n")
        log_in(cli, accounts, name)
    return accounts


def log_in(cli, accounts, name):
    words = f"{accounts[name].sessions.email}\n{accounts[name].sessions.password}\n".encode()
    assert cli("account", "login", "--for", name, stdin=words).status == 0
    accounts[name].log.requests.clear()


def sync(cli, *arguments, stdin=b""):
    return cli("sync", "spring.plan.yaml", "--athlete", "runners", *arguments, stdin=stdin)


def held(account):
    return sorted(one["workoutName"] for one in account.library.workouts.values())


def test_each_runner_gets_the_plan_in_their_own_account(group, cli):
    run = sync(cli, "--yes")
    assert (run.status, run.err) == (0, "")
    assert run.out.splitlines()[-3:] == ["anna: done", "ben: done", "cleo: done"]
    assert held(group["anna"]) == held(group["ben"]) == held(group["cleo"]) != []
    assert not group[""].log.account
    speeds = [str(next(iter(group[name].library.workouts.values()))["workoutSegments"]) for name in NAMES]
    assert len({*speeds}) == 3
    again = sync(cli, "--yes")
    assert again.status == 0
    assert again.out.count(" unchanged\n") == 3


def test_a_dry_run_and_a_question_are_for_each(group, cli):
    assert sync(cli, "--dry-run").status == 0
    assert not any(held(one) for one in group.values())
    run = sync(cli, stdin=b"y\nn\ny\n")
    assert run.status == 1
    assert run.err.count("[y/N]") == 3
    assert [bool(held(group[name])) for name in NAMES] == [True, False, True]


def test_one_who_is_at_fault_or_not_logged_in_stops_nobody(group, cli, write):
    write("runners/anna.athlete.yaml", "athlete: Anna\nraces: 5 km in fast\n")
    assert cli("account", "logout", "--for", "ben").status == 0
    run = sync(cli, "--yes")
    assert run.status == 1
    assert "`negsplit account login garmin --for ben`" in run.err
    assert run.out.splitlines()[-3:] == ["anna: not done, see above", "ben: not done, see above", "cleo: done"]
    assert [bool(held(group[name])) for name in NAMES] == [False, False, True]


def test_a_service_that_takes_no_more_is_not_asked_again(group, cli):
    group["anna"].fault("GET", ".*", "status", status=429, headers={"Retry-After": "600"}, times=9)
    run = sync(cli, "--yes")
    assert run.status == 75
    assert run.out.splitlines()[-2:] == [
        f"{name}: not reached: the service takes no more for now" for name in NAMES[1:]
    ]
    assert not group["ben"].log.requests
    group["anna"].faults.clear()
    assert sync(cli, "--yes").status == 0


def test_a_busy_service_is_known_by_what_was_asked_for(group, cli, write):
    write("runners/ben.athlete.yaml", "athlete: Ben\nraces: 5 km in 22:30\naccount: intervals\n")
    group["anna"].fault("GET", ".*", "status", status=429, headers={"Retry-After": "600"}, times=9)
    assert sync(cli, "--yes", "--account", "garmin").status == 75
    assert not group["ben"].log.requests


def test_who_logged_out_is_no_login_any_more(group, cli):
    assert cli("account", "logout", "--for", "ana").out == "nobody was logged in: did you mean `--for anna`?\n"
    assert cli("account", "logout", "--for", "anna").out == "logged out\n"
    assert cli("account", "status", "--for", "ben").out.splitlines()[-1] == "logins with a name: ben, cleo"


def test_a_name_for_a_login_is_a_plain_one_and_the_others_are_listed(group, cli):
    run = cli("account", "status", "--for", "Anna!")
    assert run.status == 2
    assert "cannot name a login" in run.err
    near = cli("account", "status", "--for", "ana")
    assert near.status == 1
    assert "did you mean `--for anna`?" in near.err
    assert cli("account", "status", "--for", "anna").out.splitlines()[-1] == "logins with a name: anna, ben, cleo"


def test_no_runner_falls_back_on_the_login_without_a_name(group, cli):
    words = f"{group[''].sessions.email}\n{group[''].sessions.password}\n".encode()
    assert cli("account", "login", stdin=words).status == 0
    cli("account", "logout", "--for", "ben")
    assert sync(cli, "--yes").status == 1
    assert not held(group[""])
