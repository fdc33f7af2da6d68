"""Logging in with the real client: one attempt, by one way, and tokens or nothing."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
import time
import traceback

import pytest

from negsplit.account.address import Address
from negsplit.account.errors import LoginFailed, NotInstalled, RateLimited
from negsplit.account.garmin import Owner, library
from negsplit.account.login import ONE_HOUR, login
from negsplit.account.pauses import Pauses
from negsplit.account.tokens import Tokens, TokenStore

pytest.importorskip("garminconnect", reason="the optional `account` dependencies are not installed")

PAGE, PASSWORD, CODE = "/mobile/sso/en_US/sign-in", "/mobile/api/login", "/mobile/api/mfa/verifyCode"
TOKEN, PROFILE = "/di-oauth2-service/oauth/token", "/userprofile-service/socialProfile"
OLDER = Tokens("a.b.c", "older", "CLIENT")


def log_in(service, state, *, password=None, code="123456"):
    sessions = service.sessions
    return login(
        Address(service.url),
        state,
        sessions.email,
        password or sessions.password,
        lambda: code,
        pauses=Pauses(0),
    )


def store(service, state) -> TokenStore:
    return TokenStore(state, Address(service.url))


def paths(service) -> list[str]:
    return [one.path for one in service.log.requests]


@pytest.mark.parametrize("mfa", [None, "123456"])
def test_one_attempt_and_its_tokens(double, state, mfa):
    service = double(mfa=mfa)
    account = log_in(service, state)
    assert paths(service) == [PAGE, PASSWORD, *([CODE] if mfa else []), TOKEN, PROFILE]
    assert {store(service, state).read().refresh} == service.sessions.refresh
    assert account.owner() == Owner(99999999, "test-user")
    modes = [stat.S_IMODE(path.lstat().st_mode) for path in (state.folder, *state.folder.iterdir())]
    assert set(modes) <= {0o700, 0o600}


def test_each_secret_goes_where_it_belongs(double, state):
    service = double(mfa="123456")
    log_in(service, state)
    log, sessions = service.log, service.sessions
    assert log.holding(sessions.password) == log.holding(sessions.email) == {(PASSWORD, "body")}
    assert log.holding("123456") == {(CODE, "body")}
    kept = store(service, state).read()
    assert log.holding(kept.access) == {(PROFILE, "authorization")}
    assert log.holding(kept.refresh) == set()
    files = b"".join(path.read_bytes() for path in state.folder.iterdir())
    assert [one for one in (sessions.password, sessions.email, "123456", "ST-") if one.encode() in files] == []


def test_a_wrong_password_is_tried_once(double, state):
    service = double()
    store(service, state).write(OLDER)
    with pytest.raises(LoginFailed, match="password"):
        log_in(service, state, password="wrong")
    assert paths(service) == [PAGE, PASSWORD]
    assert store(service, state).read() == OLDER


def test_a_wrong_code_is_tried_once(double, state):
    service = double(mfa="123456")
    with pytest.raises(LoginFailed, match="code"):
        log_in(service, state, code="654321")
    assert paths(service) == [PAGE, PASSWORD, CODE]
    assert not state.folder.exists()


STEPS = {"page": ("GET", PAGE), "password": ("POST", PASSWORD), "code": ("POST", CODE), "token": ("POST", TOKEN)}


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "7200"}])
@pytest.mark.parametrize("step", ["password", "code", "token"])
def test_too_many_logins_are_remembered(double, state, stop_clock, step, headers):
    """The next one within the hour is refused here: asking again makes the wait longer."""
    service = double(mfa="123456")
    wait = int(headers.get("Retry-After", ONE_HOUR))
    service.fault(*STEPS[step], "status", status=429, headers=headers)
    stop_clock(1000.0)
    with pytest.raises(RateLimited) as caught:
        log_in(service, state)
    assert caught.value.seconds == wait
    assert paths(service).count(PASSWORD) == paths(service)[:2].count(PASSWORD) == 1
    assert store(service, state).read() is None
    service.log.clear()
    for later, left in ((1000.0, wait), (1600.0, wait - 600), (999.0 + wait, 1)):
        stop_clock(later)
        with pytest.raises(RateLimited, match="no more logins") as caught:
            log_in(service, state)
        assert caught.value.seconds == left
    assert len(service.log) == 0
    for later in (1000.0 + wait, 1000.0):
        stop_clock(later)
        log_in(service, state)


def test_a_page_that_is_blocked_is_remembered_too(double, state):
    service = double()
    service.fault("GET", PAGE, "status", status=427)
    service.fault("POST", PASSWORD, "status", status=427)
    with pytest.raises(RateLimited):
        log_in(service, state)
    assert paths(service).count(PASSWORD) <= 1


def test_a_clock_set_back_locks_nobody_out_for_years(double, state, stop_clock):
    service = double()
    service.fault("POST", PASSWORD, "status", status=429)
    stop_clock(2e9)
    with pytest.raises(RateLimited):
        log_in(service, state)
    stop_clock(1e9)
    with pytest.raises(RateLimited) as caught:
        log_in(service, state)
    assert caught.value.seconds == 86400


FAULTS = {
    "drop": {"kind": "drop"},
    "cut": {"kind": "cut"},
    "html": {"kind": "html"},
    "badjson": {"kind": "badjson"},
    "empty": {"kind": "empty"},
    "403": {"kind": "status", "status": 403},
    "500": {"kind": "status", "status": 500},
    "302": {"kind": "status", "status": 302, "headers": {"Location": "http://127.0.0.1:9/"}},
}


@pytest.mark.parametrize("what", FAULTS)
@pytest.mark.parametrize("step", ["password", "code", "token"])
def test_a_bad_day_is_one_login_and_leaves_nothing(double, state, monkeypatch, caplog, step, what):
    """The library alone would go through five ways and eleven fingerprints, and to another host for a cookie."""
    service = double(mfa="123456")
    hosts = set()
    session = library().cffi_requests.Session
    ask = session.request

    def watched(self, method, url, *words, **how):
        hosts.add(url[: len(service.url)])
        return ask(self, method, url, *words, **how)

    monkeypatch.setattr(session, "request", watched)
    caplog.set_level("DEBUG")
    service.fault(*STEPS[step], times=99, **FAULTS[what])
    with pytest.raises(LoginFailed) as caught:
        log_in(service, state)
    assert ("does not answer" in caught.value.message) is (what in ("drop", "cut"))
    assert [paths(service).count(path) for path in (PAGE, PASSWORD)] == [1, 1]
    assert paths(service).count(CODE) <= 1
    assert hosts == {service.url}
    assert not state.folder.exists()
    text = "\n".join([*traceback.format_exception(caught.value), repr(caught.value), caplog.text])
    assert [one for one in service.secrets if one in text] == []
    assert [one for one in caplog.records if one.name.startswith("garminconnect")] == []


def test_nobody_there(double, state):
    service = double()
    service.stop()
    with pytest.raises(LoginFailed, match="does not answer"):
        log_in(service, state)


@pytest.mark.parametrize("status", [401, 403])
def test_tokens_the_account_itself_refuses(double, state, status):
    service = double()
    store(service, state).write(OLDER)
    service.fault("GET", PROFILE, "status", status=status, times=99)
    with pytest.raises(LoginFailed, match="tokens"):
        log_in(service, state)
    assert store(service, state).read() == OLDER
    assert paths(service) == [PAGE, PASSWORD, TOKEN, *[PROFILE] * (2 if status == 401 else 1)]


@pytest.mark.parametrize(
    "fault", [{"kind": "status", "status": 503}, {"kind": "drop"}, {"kind": "status", "status": 429}]
)
def test_tokens_that_could_not_be_tried_are_kept(double, state, fault):
    """Throwing them away would cost another login."""
    service = double()
    service.fault("GET", PROFILE, **fault)
    assert log_in(service, state).owner()


def test_somebody_who_gives_up_at_the_code(double, state):
    service = double(mfa="123456")

    def give_up():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        login(Address(service.url), state, service.sessions.email, service.sessions.password, give_up)
    assert not state.folder.exists()


KILLED = """
import sys, time
from pathlib import Path
from negsplit.account.address import Address
from negsplit.account.login import login
from negsplit.state import StateFolder
url, folder, email, password = sys.argv[1:]
def code():
    print("asked", flush=True)
    time.sleep(30)
login(Address(url), StateFolder(Path(folder)), email, password, code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is killed like that there")
@pytest.mark.parametrize("step", ["password", "code", "token", "profile"])
def test_a_killed_login_leaves_nothing(double, state, step):
    service = double(mfa="123456" if step == "code" else None)
    if step != "code":
        service.fault(*({"profile": ("GET", PROFILE)} | STEPS)[step], "stall")
    words = [service.url, str(state.folder), service.sessions.email, service.sessions.password]
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    last = {"password": PASSWORD, "code": PASSWORD, "token": TOKEN, "profile": PROFILE}[step]
    deadline = time.monotonic() + 20
    while last not in paths(service) and time.monotonic() < deadline:
        time.sleep(0.01)
    if step == "code":
        assert process.stdout.readline() == b"asked\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert last in paths(service)
    assert not state.folder.exists()


def test_a_person_takes_a_moment_to_read_the_page(state, monkeypatch):
    """Towards Garmin, where the older library sends the password without having seen the page."""
    slept, asked = [], []

    class Session:
        def __init__(self, **_):
            pass

        def get(self, url, **_):
            asked.append(("GET", url))

        def post(self, url, *, headers, **_):
            asked.append(("POST", url))
            assert headers["Referer"].startswith("https://sso.garmin.com/mobile/sso/en_US/sign-in")
            raise OSError

    module = library()
    if hasattr(module, "sso"):
        pytest.skip("this library sees the page by itself")
    monkeypatch.setattr(module.cffi_requests, "Session", Session)
    with pytest.raises(LoginFailed):
        login(Address(), state, "runner@example.org", "word", str, sleep=slept.append)
    assert asked == [("GET", f"https://sso.garmin.com{PAGE}"), ("POST", f"https://sso.garmin.com{PASSWORD}")]
    assert 2 <= slept[0] <= 5


def test_without_the_library(monkeypatch, state):
    monkeypatch.setitem(sys.modules, "garminconnect", None)
    monkeypatch.delitem(sys.modules, "garminconnect.client", raising=False)
    with pytest.raises(NotInstalled, match="not installed"):
        login(Address("http://127.0.0.1:9"), state, "runner@example.org", "word", str)
