"""Logging in with the real client: one attempt, by one way, and tokens or nothing."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
import time
import traceback
import tracemalloc
from urllib.parse import quote_plus

import pytest

from account.garmin.bodies import packed
from account.garmin.computer import FULL
from negsplit.account.answer_bounds import MOST_BYTES
from negsplit.account.errors import AccountError, LoginFailed, NotInstalled, RateLimited
from negsplit.account.garmin.address import Address
from negsplit.account.garmin.client import Owner, library
from negsplit.account.garmin.login import login, login_with
from negsplit.account.garmin.tokens import Tokens, TokenStore
from negsplit.account.garmin.way_in import ONE_HOUR, App, Web
from negsplit.account.pauses import Pauses

pytest.importorskip("garminconnect", reason="the optional `account` dependencies are not installed")

PAGE, PASSWORD, CODE = "/mobile/sso/en_US/sign-in", "/mobile/api/login", "/mobile/api/mfa/verifyCode"
TOKEN, PROFILE = "/di-oauth2-service/oauth/token", "/userprofile-service/socialProfile"
OLDER = Tokens("a.b.c", "older", "CLIENT")


EMBED, FORM, CODE_FORM = "/sso/embed", "/sso/signin", "/sso/verifyMFA/loginEnterMfaCode"


def log_in(service, state, *, password=None, code="123456", way=App):
    sessions = service.sessions
    return login(
        Address(service.url),
        state,
        sessions.email,
        password or sessions.password,
        lambda: code,
        way=way,
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
    with pytest.raises(LoginFailed, match="password") as caught:
        log_in(service, state, password="wrong")
    assert any("Google" in help and "--tokens FILE" in help for help in caught.value.help)
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
    assert ("does not answer" in caught.value.message) is (what == "drop")
    assert [paths(service).count(path) for path in (PAGE, PASSWORD)] == [1, 1]
    assert paths(service).count(CODE) <= 1
    assert hosts == {service.url}
    assert not state.folder.exists()
    text = "\n".join([*traceback.format_exception(caught.value), repr(caught.value), caplog.text])
    assert [one for one in service.secrets if one in text] == []
    assert [one for one in caplog.records if one.name.startswith("garminconnect")] == []


@pytest.mark.parametrize("path", [PASSWORD, TOKEN, "/sso/embed", "/sso/signin"])
def test_a_page_that_is_too_long_fills_no_memory(double, state, path):
    service = double()
    packed_up = {"headers": {"Content-Encoding": "gzip"}, "body": packed(8 * MOST_BYTES)}
    service.fault("*", path, "status", status=200, times=9, **packed_up)
    tracemalloc.start()
    with pytest.raises(LoginFailed, match="status 200"):
        log_in(service, state, way=Web if path.startswith("/sso/") else App)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 6 * MOST_BYTES


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
from negsplit.account.garmin.address import Address
from negsplit.account.garmin.login import login
from negsplit.state import StateFolder
url, folder, email, password = sys.argv[1:]
def code():
    print("asked", flush=True)
    time.sleep(30)
login(Address(url), StateFolder(Path(folder)), email, password, code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is killed like that there")
@pytest.mark.parametrize("step", ["password", "code", "token", "profile"] if FULL else ["code", "profile"])
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


# --- By the web -------------------------------------------------------------------------------


@pytest.mark.parametrize("mfa", [None, "123456"])
def test_the_web_is_one_attempt_and_its_tokens(double, state, mfa):
    service = double(mfa=mfa)
    assert log_in(service, state, way=Web).owner() == Owner(99999999, "test-user")
    asked = [f"{one.method} {one.path}" for one in service.log.logins]
    code = [f"GET {CODE_FORM}", f"POST {CODE_FORM}", "GET /sso/login"] if mfa else []
    assert asked == [f"GET {EMBED}", f"GET {FORM}", f"POST {FORM}", *code, f"POST {TOKEN}"]
    assert {store(service, state).read().refresh} == service.sessions.refresh
    log, sessions = service.log, service.sessions
    assert log.holding(quote_plus(sessions.password)) == {(FORM, "body")}
    assert log.holding(sessions.password) == set()
    assert mfa is None or log.holding(mfa) == {(CODE_FORM, "body")}


def test_the_web_refuses_a_password_once(double, state):
    service = double()
    store(service, state).write(OLDER)
    with pytest.raises(LoginFailed, match="this e-mail address and password"):
        log_in(service, state, password="wrong", way=Web)
    assert paths(service) == [EMBED, FORM, FORM]
    assert store(service, state).read() == OLDER


def test_the_web_refuses_a_code_once(double, state):
    service = double(mfa="123456")
    with pytest.raises(LoginFailed, match="this code"):
        log_in(service, state, code="654321", way=Web)
    assert paths(service) == [EMBED, FORM, FORM, CODE_FORM, CODE_FORM]
    assert not state.folder.exists()


def test_a_page_for_the_code_that_looks_like_the_one_for_the_password(double, state):
    """Which of the two it is only the newer library can tell; with the older one it is at least not called wrong."""
    service = double(mfa="123456", code_title="GARMIN Authentication Application")
    if hasattr(library(), "sso"):
        assert log_in(service, state, way=Web).owner()
        assert paths(service).count("/sso/verifyMFA/mfaCode") == 1
        return
    with pytest.raises(LoginFailed, match="asks for a code") as caught:
        log_in(service, state, way=Web)
    assert any("--tokens FILE" in help for help in caught.value.help)
    assert [(one.method, one.path) for one in service.log.requests].count(("POST", FORM)) == 1


WEB_STEPS = {
    "embed": ("GET", EMBED),
    "form": ("GET", FORM),
    "password": ("POST", FORM),
    "code form": ("GET", CODE_FORM),
    "code": ("POST", CODE_FORM),
    "login": ("GET", "/sso/login"),
    "token": ("POST", TOKEN),
}


@pytest.mark.parametrize("what", FAULTS if FULL else ["drop", "html"])
@pytest.mark.parametrize("step", WEB_STEPS)
def test_a_bad_day_is_one_login_by_the_web_too(double, state, step, what):
    service = double(mfa="123456")
    service.fault(*WEB_STEPS[step], times=99, **FAULTS[what])
    with pytest.raises(LoginFailed) as caught:
        log_in(service, state, way=Web)
    posts = [one.path for one in service.log.requests if one.method == "POST"]
    assert max(posts.count(FORM), posts.count(CODE_FORM)) <= 1
    assert not [path for path in paths(service) if path.startswith(("/mobile", "/portal"))]
    assert not state.folder.exists()
    text = "\n".join([*traceback.format_exception(caught.value), repr(caught.value)])
    assert [one for one in service.secrets if one in text] == []


@pytest.mark.parametrize("where", ["http://127.0.0.1:9/sso/login", "/portal/sso", "", "/sso/embed"])
def test_the_web_leads_nowhere_else(double, state, where):
    """A redirect is followed within the form alone, by GET, and not for ever."""
    service = double()
    service.fault("*", "/sso/.*", "status", status=302, headers={"Location": where}, times=99, skip=2)
    with pytest.raises(LoginFailed):
        log_in(service, state, way=Web)
    assert [one.method for one in service.log.requests].count("POST") == 1
    assert len(service.log) <= 3 + 5
    assert {path.split("/")[1] for path in paths(service)} == {"sso"}


@pytest.mark.parametrize("status", [307, 308])
def test_a_password_goes_on_to_no_second_place(double, state, status):
    service = double()
    service.fault("POST", FORM, "status", status=status, headers={"Location": "/sso/login"})
    with pytest.raises(LoginFailed):
        log_in(service, state, way=Web)
    assert paths(service) == [EMBED, FORM, FORM]


@pytest.mark.parametrize("step", ["embed", "form", "password", "code", "token"])
def test_each_way_remembers_its_own_429(double, state, step):
    """The service counts them apart; the message of one names the other, and what needs neither."""
    service = double(mfa="123456")
    service.fault(*WEB_STEPS[step], "status", status=429)
    for _ in range(2):
        with pytest.raises(RateLimited) as caught:
            log_in(service, state, way=Web)
        assert [help for help in caught.value.help if "--web" in help] == []
        assert any("--tokens FILE" in help for help in caught.value.help)
    service.fault("POST", PASSWORD, "status", status=429)
    service.log.clear()
    for _ in range(2):
        with pytest.raises(RateLimited) as caught:
            log_in(service, state)
        assert [sum(word in help for help in caught.value.help) for word in ("--web", "--tokens FILE")] == [1, 1]
    assert paths(service) == [PAGE, PASSWORD]


def test_the_library_is_left_as_it_was(double, state):
    before = library().cffi_requests
    log_in(double(), state, way=Web)
    assert library().cffi_requests is before


# --- With tokens made elsewhere ---------------------------------------------------------------


def made_elsewhere(service) -> Tokens:
    issued = service.sessions.issue()
    return Tokens(issued["access_token"], issued["refresh_token"], "CLIENT")


def bring(service, state, tokens):
    return login_with(Address(service.url), state, tokens, pauses=Pauses(0))


def test_tokens_are_tried_and_kept(double, state):
    service = double()
    tokens = made_elsewhere(service)
    store(service, state).write(OLDER)
    assert bring(service, state, tokens).owner() == Owner(99999999, "test-user")
    assert store(service, state).read() == tokens
    assert paths(service) == [PROFILE, PROFILE]


def test_tokens_that_are_over_are_renewed_and_the_new_ones_kept(double, state):
    service = double()
    tokens = made_elsewhere(service)
    service.sessions.expire()
    assert bring(service, state, tokens).owner()
    assert {store(service, state).read().refresh} == service.sessions.refresh
    assert tokens.refresh in service.sessions.spent


@pytest.mark.parametrize("way", ["unknown", "403"])
def test_tokens_that_are_refused_replace_nothing(double, state, way):
    service = double()
    store(service, state).write(OLDER)
    tokens = made_elsewhere(service)
    if way == "unknown":
        service.sessions.revoke()
    else:
        service.fault("GET", PROFILE, "status", status=403)
    with pytest.raises(LoginFailed, match="does not accept these tokens"):
        bring(service, state, tokens)
    assert store(service, state).read() == OLDER


BUSY = [{"kind": "status", "status": 503}, {"kind": "drop"}, {"kind": "status", "status": 429}]


@pytest.mark.parametrize("fault", BUSY)
@pytest.mark.parametrize("path", [PROFILE, TOKEN])
def test_tokens_that_could_not_be_tried_replace_nothing(double, state, fault, path):
    service = double()
    store(service, state).write(OLDER)
    tokens = made_elsewhere(service)
    if path == TOKEN:
        service.sessions.expire()
    service.fault("*", path, **fault)
    with pytest.raises(AccountError):
        bring(service, state, tokens)
    assert store(service, state).read() == OLDER


@pytest.mark.parametrize("fault", BUSY)
def test_a_new_pair_is_not_lost_by_a_busy_account(double, state, fault):
    """The one that was given is used up by then."""
    service = double()
    tokens = made_elsewhere(service)
    service.sessions.expire()
    service.fault("GET", PROFILE, skip=1, **fault)
    assert bring(service, state, tokens).owner()
    assert {store(service, state).read().refresh} == service.sessions.refresh


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
