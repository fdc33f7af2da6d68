"""A login that was made in the wrong browser: whatever uses one that has a name looks at the others first."""

from __future__ import annotations

import pytest

from account.intervals.double import Double as IntervalsDouble
from account.several import Several

pytest.importorskip("garminconnect", reason="the optional `account` dependencies are not installed")

ERROR = (
    "error[same-account]: the login of `ben` opens the same account as that of `anna`\n"
    "  help: whoever is not its owner logs in again: `negsplit account login garmin --for NAME`\n"
    "  help: if both are one runner's, keep one: `negsplit account logout garmin --for anna` forgets the other\n"
)


@pytest.fixture
def log_in(accounts, cli):
    """Logs in under a name, into the account of somebody."""

    def logged_in(name, whose):
        words = f"{accounts[whose].sessions.email}\n{accounts[whose].sessions.password}\n".encode()
        run = cli("account", "login", *(["--for", name] if name else []), stdin=words)
        for one in accounts.values():
            one.log.requests.clear()
        return run

    return logged_in


@pytest.fixture
def wrong(log_in, plan, write, stop_clock):
    """The first day of the spring plan, and a ben who is logged in as anna."""
    stop_clock("2026-11-30 08:00")
    plan()
    write("easy.workout.yaml")
    assert log_in("anna", "anna").status == 0
    return log_in("ben", "anna")


USES = {
    "sync": ["sync", "spring.plan.yaml", "--yes", "--athlete", "5 km in 22:30"],
    "dry run": ["sync", "spring.plan.yaml", "--dry-run", "--athlete", "5 km in 22:30"],
    "upload": ["upload", "easy.workout.yaml"],
    "pull": ["pull", "--days", "2026-12-01..2026-12-02", "-o", "december"],
    "status": ["account", "status"],
}


def test_it_is_said_when_the_login_is_made(wrong):
    assert wrong.status == 1
    assert wrong.err.endswith(ERROR)
    assert "logged in as test-user" in wrong.out


def test_nothing_is_sent_by_it_nor_by_the_one_that_it_is_taken_for(wrong, accounts, cli):
    for use in USES.values():
        run = cli(*use, "--for", "ben")
        assert (run.status, run.err) == (1, ERROR)
        other = cli(*use, "--for", "anna")
        assert other.status == 1
        assert "the login of `anna` opens the same account as that of `ben`" in other.err
    assert not accounts["anna"].log.writes


def test_another_login_by_whoever_is_not_its_owner_mends_it(wrong, log_in, accounts, cli):
    assert log_in("ben", "ben").status == 0
    for name in ("anna", "ben"):
        assert cli(*USES["sync"], "--for", name).status == 0
        assert accounts[name].library.workouts
    assert not accounts[""].library.workouts


def test_it_is_mended_where_the_older_login_was_the_wrong_one(log_in, cli):
    log_in("anna", "ben")
    assert log_in("ben", "ben").codes == ["same-account"]
    assert log_in("anna", "anna").status == 0
    assert cli("account", "status", "--for", "ben").status == 0


def test_what_is_logged_out_is_in_nobodys_way(wrong, cli):
    assert cli("account", "logout", "--for", "anna").status == 0
    assert cli(*USES["sync"], "--for", "ben").status == 0


def test_the_login_without_a_name_is_another_and_is_never_refused_itself(log_in, accounts, cli, plan, stop_clock):
    """A coach logs somebody in, and it is the coach's own account that opens."""
    stop_clock("2026-11-30 08:00")
    plan()
    log_in("", "")
    run = log_in("ben", "")
    assert run.codes == ["same-account"]
    assert "as the one without a name\n" in run.err
    assert "`negsplit account logout garmin` forgets" in run.err
    assert cli(*USES["sync"], "--for", "ben").codes == ["same-account"]
    assert not accounts[""].library.workouts
    assert cli(*USES["sync"]).status == 0
    assert accounts[""].library.workouts


def test_a_login_that_was_not_told_whose_it_is_learns_it_when_it_is_used(log_in, accounts, cli):
    log_in("anna", "anna")
    accounts["anna"].fault("GET", ".*socialProfile", "status", status=503, times=9)
    unknown = log_in("ben", "anna")
    assert unknown.status == 1
    accounts["anna"].faults.clear()
    assert cli("account", "status", "--for", "anna").status == 0
    assert cli("account", "status", "--for", "ben").codes == ["same-account"]
    assert cli("account", "status", "--for", "anna").codes == ["same-account"]


def test_a_group_is_told_before_anything_is_sent(wrong, log_in, accounts, cli, write):
    log_in("cleo", "cleo")
    for name, minutes in {"anna": 20, "ben": 22, "cleo": 24}.items():
        write(f"runners/{name}.athlete.yaml", f"athlete: {name.capitalize()}\nraces: 5 km in {minutes}:30\n")
    run = cli("sync", "spring.plan.yaml", "--yes", "--athlete", "runners")
    assert run.status == 1
    assert run.codes == ["same-account"] * 2
    assert ERROR in run.err
    assert run.out.splitlines()[-3:] == ["anna: not done, see above", "ben: not done, see above", "cleo: done"]
    assert [bool(accounts[name].library.workouts) for name in ("anna", "ben", "cleo")] == [False, False, True]


def test_the_accounts_of_the_other_service_are_compared_among_themselves(state_folder, monkeypatch, cli, write):
    monkeypatch.setenv("NEGSPLIT_PAUSE", "0")
    anna, ben = IntervalsDouble(key="k3y0fanna", athlete="i1"), IntervalsDouble(key="k3y0fben", athlete="i2")
    write("easy.workout.yaml")
    upload = ["upload", "easy.workout.yaml", "--on", "2099-12-01", "--account", "intervals", "--for"]
    with Several(anna, ben) as service:
        monkeypatch.setenv("NEGSPLIT_INTERVALS_URL", service.url)
        assert cli("account", "login", "intervals", "--for", "anna", stdin=b"k3y0fanna\n").status == 0
        wrong = cli("account", "login", "intervals", "--for", "ben", stdin=b"k3y0fanna\n")
        assert (wrong.status, wrong.codes) == (1, ["same-account"])
        assert cli(*upload, "ben").codes == ["same-account"]
        assert not anna.log.writes
        assert cli("account", "login", "intervals", "--for", "ben", stdin=b"k3y0fben\n").status == 0
        assert cli(*upload, "ben").status == 0
    assert (bool(anna.events.there), bool(ben.events.there)) == (False, True)
    assert anna.log.violations == ben.log.violations == []
