"""``negsplit account``: the real client and a double of the service on the loopback."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess

import pytest

from negsplit.account.errors import RateLimited
from negsplit.cli.account.connection import diagnostic
from negsplit.desk.installation import adding
from strategies.zones import BERLIN, KIRITIMATI, NEW_YORK

pytest.importorskip("garminconnect", reason="the optional `account` dependencies are not installed")


NOON = 1_796_472_000.0
"""A day at twelve, UTC."""


def log_in(cli, service, *, password=None, code=""):
    words = [service.sessions.email, password or service.sessions.password, *([code] if code else [])]
    return cli("account", "login", stdin="".join(f"{word}\n" for word in words).encode())


def kept(state):
    return {path.name: path for path in state.iterdir() if path.suffix == ".json"}


def tokens_of(state):
    (found,) = state.glob("*-tokens.json")
    return found


@pytest.mark.parametrize("mfa", [None, "123456"])
def test_login_status_and_logout(service, state_folder, cli, stop_clock, mfa):
    stop_clock(NOON)
    service.sessions.mfa = mfa
    run = log_in(cli, service, code=mfa or "")
    assert run.status == 0, run.err
    assert run.out == "logged in as test-user\n"
    tokens = tokens_of(state_folder)
    assert stat.S_IMODE(tokens.stat().st_mode) == 0o600
    assert stat.S_IMODE(state_folder.stat().st_mode) == 0o700
    run = cli("account", "status")
    assert run.status == 0
    assert run.out == "logged in as test-user\ntokens renewed just now\nnothing was changed from here yet\n"
    run = cli("account", "logout")
    assert run.out == "logged out\n"
    assert kept(state_folder) == {}
    assert cli("account", "logout").out == "nobody was logged in\n"
    run = cli("account", "status")
    assert run.status == 1
    assert run.codes == ["logged-out"]
    assert "`negsplit account login garmin`" in run.err


def test_nothing_secret_is_said_or_kept_but_the_tokens(service, state_folder, cli):
    service.sessions.mfa = "424242"
    said = []
    for run in (
        log_in(cli, service, password="wrong horse 8"),
        log_in(cli, service, code="111111"),
        log_in(cli, service, code="424242"),
        cli("account", "status"),
    ):
        said.append(run.out + run.err)
    service.sessions.revoke()
    said.append(cli("account", "status").err)
    secrets = service.secrets | {"wrong horse 8", "111111"}
    assert not [secret for secret in secrets if any(secret in text for text in said)]
    words = b"".join(path.read_bytes() for path in state_folder.iterdir())
    for secret in (service.sessions.email, service.sessions.password, "424242"):
        assert secret.encode() not in words


def test_a_wrong_password_is_one_attempt_and_leaves_the_older_login(service, state_folder, cli):
    log_in(cli, service)
    before = {name: path.read_bytes() for name, path in kept(state_folder).items()}
    service.log.requests.clear()
    run = log_in(cli, service, password="wrong")
    assert run.status == 1
    assert run.codes == ["login-failed"]
    assert "refuses this e-mail address and password" in run.err
    assert [one.path for one in service.log.logins if one.method == "POST"] == ["/mobile/api/login"]
    assert {name: path.read_bytes() for name, path in kept(state_folder).items()} == before


def test_a_password_keeps_its_spaces_and_address_and_code_lose_theirs(service, cli):
    service.sessions.password, service.sessions.mfa = " two words ", "123456"
    words = f" {service.sessions.email} \n{service.sessions.password}\n123 456\n"
    assert cli("account", "login", stdin=words.encode()).status == 0


def test_at_a_terminal_password_and_code_are_not_shown(service, cli, at_terminal, monkeypatch):
    service.sessions.mfa = "123456"
    answers, asked = iter([service.sessions.password, service.sessions.mfa]), []
    monkeypatch.setattr("negsplit.cli.account.asking.getpass", lambda question: asked.append(question) or next(answers))
    run = cli("account", "login", stdin=f"{service.sessions.email}\n".encode())
    assert run.status == 0
    assert run.err == "E-mail address: "
    assert [question.split()[0] for question in asked] == ["Password", "The"]


def test_an_account_may_have_no_name(service, cli):
    service.fault("GET", "/userprofile-service/socialProfile", "status", status=200, body={"profileId": 7}, times=2)
    assert log_in(cli, service).out == "logged in as somebody without a name\n"


def test_a_login_is_not_called_failed_where_only_the_name_is_missing(service, cli):
    """Whoever logs in again is counted again."""
    service.fault("GET", "/userprofile-service/socialProfile", "status", status=503, times=9)
    run = log_in(cli, service)
    assert (run.status, run.codes) == (1, ["account-unclear"])
    assert "you are logged in anyway" in run.err
    service.faults.clear()
    assert cli("account", "status").out.startswith("logged in as test-user\n")


def test_logout_waits_for_a_refresh(service, state_folder, cli, monkeypatch):
    log_in(cli, service)
    monkeypatch.setattr("negsplit.account.garmin.tokens.PATIENCE", 0)
    from filelock import FileLock

    (lock,) = state_folder.glob("*tokens.json.lock")
    with FileLock(lock, mode=0o600):
        run = cli("account", "logout")
    assert run.codes == ["state"]
    assert kept(state_folder)


def test_quiet_says_nothing_of_what_went_well(service, cli):
    words = f"{service.sessions.email}\n{service.sessions.password}\n".encode()
    assert cli("account", "login", "-q", stdin=words)[:2] == (0, "")
    assert cli("account", "logout", "-q")[:2] == (0, "")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (50, "just now"),
        (60, "1 minute ago"),
        (3500, "58 minutes ago"),
        (3700, "1 hour ago"),
        (86_400, "1 day ago"),
        (864_001, "10 days ago"),
    ],
)
def test_ages_in_the_largest_unit(service, state_folder, write, cli, stop_clock, seconds, words):
    stop_clock(NOON)
    log_in(cli, service)
    assert cli("upload", write("easy.workout.yaml")).status == 0
    service.sessions.ttl = 1e9
    log_in(cli, service)
    stop_clock(NOON + seconds)
    _, *ages = cli("account", "status").out.splitlines()
    assert ages == [f"tokens renewed {words}", f"last change from here {words}"]


@pytest.mark.parametrize("code", ["", " \n"])
def test_no_code_is_not_sent_as_one(service, state_folder, cli, code):
    service.sessions.mfa = "123456"
    run = log_in(cli, service, code=code)
    assert run.status == 1
    assert run.codes == ["login-failed"]
    assert "you need the code to log in" in run.err
    assert [one.path for one in service.log.logins if one.method == "POST"] == ["/mobile/api/login"]
    assert not state_folder.exists()


@pytest.mark.parametrize(
    ("zone", "now", "seconds", "words"),
    [
        ("UTC", "2026-12-05 12:00", 7200, "14:00, in 120 min"),
        ("UTC", "2026-12-05 12:00:01", 59, "12:01, in 1 min"),
        ("UTC", "2026-12-05 12:00:01", 60, "12:02, in 1 min"),
        ("UTC", "2026-12-05 21:59:59", 7200, "Sun 06 Dec 00:00, in 120 min"),
        ("UTC", "2026-12-31 23:30", 1800, "Fri 01 Jan 00:00, in 30 min"),
        ("UTC", "2028-02-28 12:00", 86_400, "Tue 29 Feb 12:00, in 1440 min"),
        ("UTC", "2038-01-19 03:14:07", 1, "03:15, in 1 min"),
        (KIRITIMATI, "2026-12-05 00:30", 7200, "02:30, in 120 min"),
        (BERLIN, "2027-03-28 01:30", 3600, "03:30 CEST, in 60 min"),
        (BERLIN, "2026-10-25 01:30", 7200, "02:30 CET, in 120 min"),
        (BERLIN, "2026-10-24 12:00", 86_400, "Sun 25 Oct 11:00 CET, in 1440 min"),
        (NEW_YORK, "2027-03-14 01:59", 120, "03:01 EDT, in 2 min"),
        (NEW_YORK, "2026-11-01 00:30", 7200, "01:30 EST, in 120 min"),
    ],
)
def test_the_time_to_come_back_across_midnight_and_summer_time(stop_clock, in_zone, zone, now, seconds, words):
    in_zone(zone)
    stop_clock(now)
    assert diagnostic(RateLimited(seconds)).help == (f"wait until {words}; trying earlier makes it longer",)


def test_status_says_who_even_where_the_ledger_is_damaged(service, state_folder, cli):
    log_in(cli, service)
    ledger = state_folder / tokens_of(state_folder).name.replace("tokens", "ledger")
    ledger.touch(mode=0o600)
    run = cli("account", "status")
    assert run.status == 1
    assert run.out.startswith("logged in as test-user\n")
    assert run.codes == ["state"]


@pytest.mark.parametrize(
    ("name", "words"),
    [(name, words) for name in ("NEGSPLIT_PAUSE", "NEGSPLIT_GRACE") for words in ("x", "nan", "inf", "-1")],
)
def test_a_setting_that_is_nonsense_is_said(service, cli, monkeypatch, name, words):
    monkeypatch.setenv(name, words)
    run = cli("account", "status")
    assert run.status == 1
    assert run.codes == ["account-setting"]
    assert f"`{name}` is `{words}`" in run.err


def test_without_a_test_server_the_settings_for_tests_are_not_looked_at(service, cli, monkeypatch):
    monkeypatch.delenv("NEGSPLIT_CONNECT_URL")
    for name in ("NEGSPLIT_PAUSE", "NEGSPLIT_GRACE"):
        monkeypatch.setenv(name, "x")
    assert cli("account", "logout").out == "nobody was logged in\n"


def test_without_standard_input_nothing_is_asked(service, cli, monkeypatch):
    monkeypatch.setattr("negsplit.cli.console.sys.stdin", None)
    assert cli("account", "login").status == 1
    assert service.log.requests == []


def test_too_many_logins_end_with_75_and_the_time_to_come_back(service, state_folder, cli, stop_clock):
    stop_clock("2026-12-05 22:30")
    service.fault("POST", "/mobile/api/login", "status", status=429, headers={"Retry-After": "7200"})
    run = log_in(cli, service)
    assert run.status == 75
    assert run.codes == ["rate-limited"]
    assert "wait until Sun 06 Dec 00:30, in 120 min" in run.err
    service.log.requests.clear()
    run = log_in(cli, service)
    assert run.status == 75
    assert service.log.requests == []


@pytest.mark.parametrize("words", [b"", b"\n\n", b"runner@example.org\n", b"runner@example.org\n\n"])
def test_without_both_words_nothing_is_asked(service, cli, words):
    run = cli("account", "login", stdin=words)
    assert run.status == 1
    assert run.codes == ["login-failed"]
    assert ("Password" in run.err) == words.startswith(b"runner")
    assert service.log.requests == []


@pytest.mark.parametrize(
    "url", ["https://example.org", "http://127.0.0.1.example.org", "http://me@127.0.0.1:1", "http://192.168.0.1"]
)
def test_no_address_but_the_loopback(service, cli, monkeypatch, url):
    monkeypatch.setenv("NEGSPLIT_CONNECT_URL", url)
    for command in ("login", "status", "logout"):
        run = cli("account", command, stdin=b"a\nb\n")
        assert run.status == 1
        assert run.codes == ["account-address"]
    assert service.log.requests == []


def test_at_garmin_itself_a_password_is_not_read_from_a_pipe(service, cli, monkeypatch):
    monkeypatch.delenv("NEGSPLIT_CONNECT_URL")
    run = cli("account", "login", stdin=b"me@example.org\npassword\n")
    assert run.status == 1
    assert "standard input is not a terminal" in run.err


def test_without_the_extra_the_line_that_installs_it(service, cli, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "garminconnect", None)
    monkeypatch.setitem(sys.modules, "garminconnect.client", None)
    log_in(cli, service)
    for command in ("login", "status"):
        run = cli("account", command, stdin=b"a\nb\n")
        assert run.status == 1
        assert run.codes == ["account-not-installed"]
        assert f"  help: install it with `{adding('account')}`\n" in run.err
        assert "install 'negsplit" not in run.err
        assert "E-mail" not in run.err
    assert service.log.requests == []


def test_a_state_folder_that_is_a_link_is_refused(service, state_folder, cli, tmp_path):
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    os.symlink(tmp_path / "elsewhere", state_folder)
    run = log_in(cli, service)
    assert run.status == 1
    assert run.codes == ["state"]
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_without_a_command_there_is_help(cli):
    run = cli("account")
    assert run.status == 2
    assert "login" in run.err


def test_a_folder_that_keeps_no_tokens_is_noticed_before_anybody_is_asked(service, cli, monkeypatch):
    monkeypatch.setenv("NEGSPLIT_STATE_DIR", "/proc/nowhere/state")
    run = log_in(cli, service)
    assert run.status == 1
    assert run.codes == ["state"]
    assert "E-mail" not in run.err
    assert service.log.requests == []


def test_a_pause_is_said_before_anybody_is_asked(service, cli):
    service.fault("POST", "/mobile/api/login", "status", status=429, headers={"Retry-After": "7200"})
    log_in(cli, service)
    run = log_in(cli, service)
    assert run.status == 75
    assert "E-mail" not in run.err


# --- Other ways in ----------------------------------------------------------------------------


def test_by_the_web(service, cli):
    service.sessions.mfa = "123456"
    words = f"{service.sessions.email}\n{service.sessions.password}\n123456\n".encode()
    run = cli("account", "login", "--web", stdin=words)
    assert (run.status, run.out) == (0, "logged in as test-user\n")
    assert {one.path.split("/")[1] for one in service.log.logins} == {"sso", "di-oauth2-service"}


def test_a_way_that_is_closed_names_the_others_and_they_are_open(service, cli):
    service.fault("POST", "/mobile/api/login", "status", status=429)
    run = log_in(cli, service)
    assert run.status == 75
    assert "`negsplit account login garmin --web`" in run.err
    assert "`negsplit account login garmin --tokens FILE`" in run.err
    words = f"{service.sessions.email}\n{service.sessions.password}\n".encode()
    assert cli("account", "login", "--web", stdin=words).status == 0


@pytest.fixture
def brought(service, write):
    """A file of tokens as the library keeps them, made at another computer."""
    issued = service.sessions.issue()
    words = {"di_token": issued["access_token"], "di_refresh_token": issued["refresh_token"], "di_client_id": "CLIENT"}
    path = write("garmin_tokens.json", json.dumps(words))
    path.chmod(0o600)
    return path


def test_with_tokens_made_elsewhere_nobody_is_asked(service, state_folder, cli, brought):
    run = cli("account", "login", "--tokens", brought)
    assert (run.status, run.err) == (0, "")
    assert run.out.splitlines()[0] == "logged in as test-user"
    assert "delete `garmin_tokens.json` now" in run.out
    assert service.log.logins == []
    tokens = tokens_of(state_folder)
    assert stat.S_IMODE(tokens.stat().st_mode) == 0o600
    assert cli("account", "status").status == 0
    assert cli("account", "login", "-q", "--tokens", brought)[:] == (0, "", "")


def test_tokens_that_the_account_does_not_take_leave_the_older_login(service, state_folder, cli, brought):
    log_in(cli, service)
    before = {name: path.read_bytes() for name, path in kept(state_folder).items()}
    issued = json.loads(brought.read_text())
    issued["di_token"] = "unknown.unknown.unknown"
    issued["di_refresh_token"] = "unknown"
    brought.write_text(json.dumps(issued))
    run = cli("account", "login", "--tokens", brought)
    assert (run.status, run.codes) == (1, ["login-failed"])
    assert {name: path.read_bytes() for name, path in kept(state_folder).items()} == before
    assert "unknown" not in run.err + run.out


def test_a_file_of_tokens_that_others_may_read_asks_nothing_of_the_account(service, state_folder, cli, brought):
    brought.chmod(0o644)
    run = cli("account", "login", "--tokens", brought)
    assert (run.status, run.codes) == (1, ["state"])
    (cure,) = re.findall("`(chmod [^`]*)`", run.err)
    subprocess.run(cure, shell=True, check=True)
    assert stat.S_IMODE(brought.stat().st_mode) == 0o600
    assert service.log.requests == []
    assert not state_folder.exists()


def test_one_way_at_a_time(service, cli, brought):
    run = cli("account", "login", "--web", "--tokens", brought)
    assert run.status == 2
    assert service.log.requests == []
