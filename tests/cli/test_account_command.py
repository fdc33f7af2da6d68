"""``negsplit account``: the real client and a double of the service on the loopback."""

from __future__ import annotations

import datetime as dt
import os
import stat

import pytest

pytest.importorskip("garminconnect", reason="the optional `account` dependencies are not installed")


def log_in(cli, service, *, password=None, code=""):
    words = [service.sessions.email, password or service.sessions.password, *([code] if code else [])]
    return cli("account", "login", stdin="".join(f"{word}\n" for word in words).encode())


def kept(state):
    return {path.name: path for path in state.iterdir() if path.suffix == ".json"}


@pytest.mark.parametrize("mfa", [None, "123456"])
def test_login_status_and_logout(service, state_folder, cli, mfa):
    service.sessions.mfa = mfa
    run = log_in(cli, service, code=mfa or "")
    assert run.status == 0, run.err
    assert run.out == "logged in as test-user\n"
    (tokens,) = kept(state_folder).values()
    assert stat.S_IMODE(tokens.stat().st_mode) == 0o600
    assert stat.S_IMODE(state_folder.stat().st_mode) == 0o700
    run = cli("account", "status")
    assert run.status == 0
    assert run.out == "logged in as test-user\ntokens renewed just now\nnothing was changed from here\n"
    run = cli("account", "logout")
    assert run.out == "logged out\n"
    assert kept(state_folder) == {}
    assert cli("account", "logout").out == "nobody was logged in\n"
    run = cli("account", "status")
    assert run.status == 1
    assert run.codes == ["logged-out"]
    assert "`negsplit account login`" in run.err


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


def test_too_many_logins_end_with_75_and_the_time_to_come_back(service, state_folder, cli):
    service.fault("POST", "/mobile/api/login", "status", status=429, headers={"Retry-After": "7200"})
    run = log_in(cli, service)
    assert run.status == 75
    assert run.codes == ["rate-limited"]
    back = dt.datetime.now() + dt.timedelta(hours=2)
    assert f"come back after {back:%H:}" in run.err
    assert "in 120 min" in run.err
    service.log.requests.clear()
    run = log_in(cli, service)
    assert run.status == 75
    assert service.log.requests == []


@pytest.mark.parametrize("words", [b"", b"\n\n", b"runner@example.org\n", b"runner@example.org\n\n"])
def test_without_both_words_nothing_is_asked(service, cli, words):
    run = cli("account", "login", stdin=words)
    assert run.status == 1
    assert run.codes == ["login-failed"]
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
    assert "standard input is no terminal" in run.err


def test_without_the_extra_the_line_that_installs_it(service, cli, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "garminconnect", None)
    monkeypatch.setitem(sys.modules, "garminconnect.client", None)
    log_in(cli, service)
    for command in ("login", "status"):
        run = cli("account", command, stdin=b"a\nb\n")
        assert run.status == 1
        assert run.codes == ["account-not-installed"]
        assert "pip install 'negsplit[account]'" in run.err
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
