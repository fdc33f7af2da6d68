"""The wrapper: four outcomes, the same with every version of the library, and tokens that are never lost."""

from __future__ import annotations

import subprocess
import sys
import time
import traceback
import tracemalloc

import pytest

from account.garmin.bodies import packed, workout
from account.garmin.computer import FULL
from negsplit.account.answer_bounds import DEEPEST, HIGHEST, MOST_BYTES, WAITS
from negsplit.account.errors import (
    AccountError,
    Ambiguous,
    NotInstalled,
    NotRenewed,
    RateLimited,
    Rejected,
    SessionDead,
    TooMuch,
)
from negsplit.account.garmin.address import Address
from negsplit.account.garmin.client import Account, Owner
from negsplit.account.garmin.tokens import Tokens, TokenStore
from negsplit.account.pauses import HALF_AN_HOUR, ONE_DAY, wait_seconds
from negsplit.state import StateError

pytest.importorskip("garminconnect", reason="the optional `account` dependencies are not installed")

WORKOUT, WORKOUTS = "/workout-service/workout", "/workout-service/workouts"
TOKEN = "/di-oauth2-service/oauth/token"
ANY = r"/(?:workout|userprofile)-service/.*"
METHODS = ["GET", "POST", "PUT", "DELETE"]


def ask(account: Account, method: str):
    """A request of each kind that succeeds at a new double, which holds workout 900000001 where it must."""
    path = WORKOUTS if method == "GET" else WORKOUT if method == "POST" else f"{WORKOUT}/900000001"
    body = {"POST": workout(), "PUT": workout(workoutId=900000001)}.get(method)
    return account.request(method, path, json=body)


def asked(service, method: str) -> int:
    return [one.method for one in service.log.account].count(method)


def ready(double, logged_in, **knobs):
    service = double(**knobs)
    service.library.add(workout())
    return service, logged_in(service)


@pytest.mark.parametrize("method", METHODS)
def test_what_goes_well(double, logged_in, method):
    service, account = ready(double, logged_in)
    answer = ask(account, method)
    assert answer is None if method in ("PUT", "DELETE") else answer
    assert service.log.holding("null") == set()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("status", [302, 400, 403, 404, 409, 412, 418])
def test_a_refusal_is_a_refusal(double, logged_in, method, status):
    """Also 404, which the library has a class of its own for, and 3xx, which it would follow with another method."""
    service, account = ready(double, logged_in)
    elsewhere = double()
    service.fault(method, ANY, "status", status=status, headers={"Location": elsewhere.url + WORKOUTS})
    with pytest.raises(Rejected) as caught:
        ask(account, method)
    assert (caught.value.status, caught.value.reason) == (status, f"fault {status}")
    assert asked(service, method) == 1
    assert len(elsewhere.log) == 0


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("headers", "seconds"), [({"Retry-After": "77"}, 77), ({}, HALF_AN_HOUR)])
def test_too_many_requests_end_the_run_and_say_until_when(double, logged_in, method, headers, seconds):
    service, account = ready(double, logged_in)
    service.fault(method, ANY, "status", status=429, headers=headers)
    with pytest.raises(RateLimited) as caught:
        ask(account, method)
    assert caught.value.seconds == seconds
    assert asked(service, method) == 1


UNCLEAR = {
    "500": {"kind": "status", "status": 500},
    "503": {"kind": "status", "status": 503},
    "drop": {"kind": "drop"},
    "stall": {"kind": "stall"},
    "cut": {"kind": "cut"},
    "html": {"kind": "html"},
    "badjson": {"kind": "badjson"},
    "empty": {"kind": "empty"},
}
PATIENCE = 0.5
"""Seconds to wait for an answer that does not come: on a busy machine a request needs some of them itself."""
PASSES = {"500", "503", "drop", "stall", "cut"}
NOBODY = {"drop", "stall"}


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("what", UNCLEAR)
def test_no_answer_to_rely_on(double, logged_in, what, method, when):
    """Whether it was done or not cannot be told; a write goes out once, a reading three times where that may help."""
    service, account = ready(double, logged_in)
    # A connection that is kept from an earlier request is where HTTP libraries like to send again.
    account.owner()
    service.log.clear()
    account._timeout = PATIENCE if what == "stall" else account._timeout
    service.fault(method, ANY, when=when, times=9, **UNCLEAR[what])
    with pytest.raises(Ambiguous) as caught:
        ask(account, method)
    assert caught.value.passes is (what in PASSES)
    # Only where nobody answers at all is there no use in asking anything else, and perhaps no network.
    assert caught.value.stops is (what in NOBODY)
    assert ("online" in caught.value.help[0]) is (what in NOBODY)
    assert asked(service, method) == (3 if method == "GET" and what in PASSES else 1)
    assert len(service.library.workouts) == {("POST", "after"): 2, ("DELETE", "after"): 0}.get((method, when), 1)


@pytest.mark.parametrize("what", sorted(PASSES))
def test_a_reading_gets_over_two_failures(double, logged_in, what):
    service, account = ready(double, logged_in)
    account._timeout = PATIENCE if what == "stall" else account._timeout
    service.fault("GET", ANY, times=2, **UNCLEAR[what])
    assert [one["workoutId"] for one in ask(account, "GET")] == [900000001]
    assert asked(service, "GET") == 3


def test_nobody_there(double, logged_in):
    service, account = ready(double, logged_in)
    service.stop()
    for method in METHODS:
        with pytest.raises(Ambiguous, match="does not answer"):
            ask(account, method)


def test_the_owner(double, logged_in):
    service, account = ready(double, logged_in)
    assert account.owner() == Owner(99999999, "test-user")
    service.fault("GET", ANY, "status", status=200, body={"profileId": 7, "displayName": {"first": "A"}})
    assert account.owner() == Owner(7, "")
    service.fault("GET", ANY, "badjson")
    with pytest.raises(Ambiguous):
        account.owner()


@pytest.mark.parametrize("number", [True, False, None, 0, -5, HIGHEST + 1, 1.0, "99999999", [1]])
def test_what_is_no_number_of_a_profile(double, logged_in, number):
    service, account = ready(double, logged_in)
    service.fault("GET", ANY, "status", status=200, body={"profileId": number})
    with pytest.raises(Ambiguous):
        account.owner()


# What is more than an account can have to say


def nested(levels: int) -> bytes:
    return b"[" * levels + b"]" * levels


@pytest.mark.parametrize(("method", "status"), [*zip(METHODS, [200, 404, 500, 302], strict=True)])
def test_a_long_answer_is_refused_before_it_fills_memory(double, logged_in, method, status):
    """Of any status: the library reads the answers that refuse."""
    service, account = ready(double, logged_in)
    body = packed(8 * MOST_BYTES)
    assert len(body) < MOST_BYTES / 10
    service.fault(method, ANY, "status", status=status, headers={"Content-Encoding": "gzip"}, body=body, times=3)
    tracemalloc.start()
    with pytest.raises(TooMuch) as caught:
        ask(account, method)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 4 * MOST_BYTES
    assert (caught.value.status, caught.value.stops, asked(service, method)) == (status, False, 1)
    assert "4,000,000 bytes" in caught.value.message
    assert "online" not in caught.value.help[0]
    # What is left on the connection is not taken for the next answer.
    service.faults.clear()
    account.owner()


@pytest.mark.parametrize("size", [MOST_BYTES - 2, MOST_BYTES - 1])
def test_the_longest_answer(double, logged_in, size):
    service, account = ready(double, logged_in)
    service.fault("GET", ANY, "status", status=200, body=b"[]" + b" " * size)
    if size + 2 <= MOST_BYTES:
        assert ask(account, "GET") == []
    else:
        with pytest.raises(TooMuch):
            ask(account, "GET")


@pytest.mark.parametrize("levels", [DEEPEST, DEEPEST + 1, 900, 100_000])
def test_a_deep_answer(double, logged_in, levels):
    service, account = ready(double, logged_in)
    service.fault("*", ANY, "status", status=200, body=nested(levels), times=2)
    if levels <= DEEPEST:
        assert ask(account, "GET")
    else:
        for method in ("GET", "POST"):
            with pytest.raises(TooMuch, match="levels"):
                ask(account, method)


@pytest.mark.parametrize("kind", ["drip", "drip head"])
def test_an_answer_that_drips_ends_in_time(double, logged_in, kind):
    """A byte comes before each silence is over, and so no timeout of a socket ends it."""
    service, account = ready(double, logged_in)
    account._timeout = 0.1
    service.fault("POST", WORKOUT, kind, delay=0.02)
    ends = time.monotonic() + WAITS * account._timeout
    with pytest.raises(Ambiguous) as caught:
        ask(account, "POST")
    assert time.monotonic() >= ends
    assert isinstance(caught.value, TooMuch) is (kind == "drip")
    assert caught.value.stops is (kind == "drip head")


@pytest.mark.parametrize(
    "body",
    [b"\xff\xfe\x00", b'{"a": ' + b"9" * 5000 + b"}", b"nothing", b"\x00" * 1000, b"\xe4" * 1000],
)
@pytest.mark.parametrize(("status", "error"), [(200, Ambiguous), (302, Rejected), (400, Rejected)])
def test_an_answer_that_is_no_text_of_json(double, logged_in, body, status, error):
    service, account = ready(double, logged_in)
    service.fault("GET", ANY, "status", status=status, body=body, headers={"Location": "\xff"})
    with pytest.raises(error):
        ask(account, "GET")


def test_a_renewal_that_says_too_much_is_none(double, logged_in):
    service, account = ready(double, logged_in)
    service.sessions.expire()
    service.fault(
        "POST", TOKEN, "status", status=200, body=packed(8 * MOST_BYTES), headers={"Content-Encoding": "gzip"}
    )
    with pytest.raises(NotRenewed) as caught:
        ask(account, "GET")
    assert caught.value.status == 200
    assert "online" not in caught.value.help[0]
    assert len(account._client._http_post.answer.content) <= MOST_BYTES


# Tokens


def stored(state, service) -> Tokens:
    tokens = TokenStore(state, Address(service.url)).read()
    assert tokens is not None
    return tokens


@pytest.mark.parametrize("method", METHODS)
def test_a_token_that_is_over_is_renewed_and_the_request_done_once(double, logged_in, state, method):
    service, account = ready(double, logged_in)
    before = stored(state, service)
    service.sessions.expire()
    ask(account, method)
    after = stored(state, service)
    assert after.access != before.access
    assert {after.refresh} == service.sessions.refresh
    assert [one.status for one in service.log.requests] == [401, 200, 204 if method in ("PUT", "DELETE") else 200]
    assert len(service.library.workouts) == {"POST": 2, "DELETE": 0}.get(method, 1)


def test_a_request_whose_second_answer_is_lost_is_unclear(double, logged_in):
    """Its first answer, 401, says nothing of the second sending, which was done."""
    service, account = ready(double, logged_in)
    service.sessions.expire()
    service.fault("POST", WORKOUT, "drop", when="after", skip=1)
    with pytest.raises(Ambiguous) as caught:
        ask(account, "POST")
    assert caught.value.status is None
    assert len(service.library.workouts) == 2


def test_a_token_that_is_nearly_over_is_renewed_before(double, logged_in, state):
    service, account = ready(double, logged_in, token_ttl=600)
    for _ in range(3):
        ask(account, "GET")
        assert {stored(state, service).refresh} == service.sessions.refresh
    assert service.log.said == [f"POST {TOKEN}", f"GET {WORKOUTS}"] * 3


def test_the_next_run_goes_on_with_what_the_last_one_kept(double, logged_in, state):
    service, account = ready(double, logged_in, reuse_kills=True)
    for _ in range(3):
        service.sessions.expire()
        ask(account, "GET")
        account = Account(Address(service.url), state, pauses=account._pauses)
    assert ask(account, "GET")


def test_of_two_runs_with_one_token_one_renews_it(double, logged_in, state):
    service, first = ready(double, logged_in, reuse_kills=True)
    second = Account(Address(service.url), state, pauses=first._pauses)
    service.sessions.expire()
    assert ask(first, "GET")
    # The second still holds the first pair: its access token is over, and its refresh token was used.
    assert ask(second, "GET")
    assert [one.path for one in service.log.requests].count(TOKEN) == 1


@pytest.mark.parametrize("method", METHODS)
def test_a_dead_session_ends_at_once(double, logged_in, state, method):
    """No login, no third try: one request, one refresh."""
    service, account = ready(double, logged_in)
    before = stored(state, service)
    service.sessions.revoke()
    with pytest.raises(SessionDead) as caught:
        ask(account, method)
    assert "negsplit account login" in caught.value.help[0]
    assert [one.status for one in service.log.requests] == [401, 400]
    assert stored(state, service) == before
    assert len(service.library.workouts) == 1


def test_a_new_token_that_is_refused(double, logged_in):
    service, account = ready(double, logged_in)
    service.fault("POST", WORKOUT, "status", status=401, times=2)
    with pytest.raises(SessionDead):
        ask(account, "POST")
    assert [one.path for one in service.log.requests] == [WORKOUT, TOKEN, WORKOUT]


REFRESH_FAULTS = {
    "429": ({"kind": "status", "status": 429, "headers": {"Retry-After": "90"}}, RateLimited),
    "400": ({"kind": "status", "status": 400}, SessionDead),
    "401": ({"kind": "status", "status": 401}, SessionDead),
    "403": ({"kind": "status", "status": 403}, NotRenewed),
    "404": ({"kind": "status", "status": 404}, NotRenewed),
    "503": ({"kind": "status", "status": 503}, NotRenewed),
    "no tokens": ({"kind": "status", "status": 200, "body": {"access_token": None, "refresh_token": None}}, NotRenewed),
    "drop": ({"kind": "drop"}, NotRenewed),
    "cut": ({"kind": "cut"}, NotRenewed),
    "html": ({"kind": "html"}, NotRenewed),
    "badjson": ({"kind": "badjson"}, NotRenewed),
    "empty": ({"kind": "empty"}, NotRenewed),
}


@pytest.mark.parametrize("what", REFRESH_FAULTS)
def test_a_refresh_that_fails_does_nothing_and_loses_nothing(double, logged_in, state, what):
    """Never ``Rejected``: a 404 of the token server must not look like the workout that is already gone."""
    service, account = ready(double, logged_in)
    before = stored(state, service)
    service.sessions.expire()
    fault, error = REFRESH_FAULTS[what]
    service.fault("POST", TOKEN, **fault)
    with pytest.raises(error) as caught:
        ask(account, "DELETE")
    assert stored(state, service) == before
    assert caught.value.stops
    assert getattr(caught.value, "seconds", 90) == 90
    assert ("online" in "".join(caught.value.help)) is (what == "drop")
    assert list(service.library.workouts) == [900000001]
    ask(account, "DELETE")
    assert service.library.workouts == {}


def test_a_refresh_goes_nowhere_else(double, logged_in):
    service, account = ready(double, logged_in)
    elsewhere = double()
    service.sessions.expire()
    service.fault("POST", TOKEN, "status", status=307, headers={"Location": elsewhere.url + TOKEN})
    with pytest.raises(NotRenewed):
        ask(account, "GET")
    assert len(elsewhere.log) == 0


def test_a_refresh_whose_answer_is_lost_ends_the_session(double, logged_in):
    """The one loss nobody can prevent; it ends as a dead session and in no loop."""
    service, account = ready(double, logged_in)
    service.sessions.expire()
    service.fault("POST", TOKEN, "drop", when="after")
    with pytest.raises(NotRenewed):
        ask(account, "POST")
    with pytest.raises(SessionDead):
        ask(account, "POST")


def test_tokens_that_cannot_be_kept_are_no_secret_failure(double, logged_in, state, monkeypatch):
    """The library would swallow this, and the login would be lost with the end of the run."""
    service, account = ready(double, logged_in)
    service.sessions.expire()

    def full(*_):
        raise StateError("the disk is full")

    monkeypatch.setattr(type(state), "write", full)
    with pytest.raises(StateError, match="full"):
        ask(account, "GET")


def test_logged_out_meanwhile(double, logged_in, state):
    service, account = ready(double, logged_in)
    TokenStore(state, Address(service.url)).remove()
    service.sessions.expire()
    with pytest.raises(SessionDead, match="logged out"):
        ask(account, "GET")
    assert TokenStore(state, Address(service.url)).read() is None


def test_nobody_logged_in(double, state):
    service = double()
    with pytest.raises(SessionDead, match="nobody is logged in"):
        Account(Address(service.url), state)
    assert len(service.log) == 0
    assert not state.folder.exists()


# What surrounds it


def test_a_netrc_does_not_take_the_place_of_the_token(double, logged_in, tmp_path, monkeypatch):
    (tmp_path / ".netrc").write_text("default login someone password else\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    service, account = ready(double, logged_in)
    assert ask(account, "GET")
    assert service.log.requests[0].headers["authorization"].startswith("Bearer ")


def test_requests_are_paced(double, logged_in):
    service = double()
    waits = []

    class Counted:
        def request(self):
            waits.append("request")

        def failed(self, tries):
            waits.append(f"failed {tries}")

    account = logged_in(service, pauses=Counted())
    service.fault("GET", ANY, "drop", times=2)
    ask(account, "GET")
    ask(account, "POST")
    assert waits == ["request", "failed 1", "request", "failed 2", "request", "request"]


def test_without_the_library(monkeypatch, state):
    monkeypatch.setitem(sys.modules, "garminconnect", None)
    monkeypatch.delitem(sys.modules, "garminconnect.client", raising=False)
    with pytest.raises(NotInstalled):
        Account(Address("http://127.0.0.1:9"), state)


def test_the_library_is_loaded_when_it_is_used():
    code = "import sys, negsplit.account.garmin.login; sys.exit(bool({'garminconnect', 'requests'} & {*sys.modules}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("0", 1), ("5", 5), ("999999", ONE_DAY), ("", HALF_AN_HOUR), ("soon", HALF_AN_HOUR), ("-5", HALF_AN_HOUR)],
)
def test_how_long_to_stay_away(said, seconds):
    assert wait_seconds({"Retry-After": said}) == seconds


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 100),
        ("Sun, 06 Nov 1994 08:47:57 GMT", 1),
        ("Sun, 06 Nov 1994 08:47:58 GMT", 1),
        ("Sun, 06 Nov 1994 08:40:00 GMT", 1),
        ("Mon, 06 Nov 2034 08:49:37 GMT", ONE_DAY),
        ("Sun, 06 Nov 1994 08:49:37 -0000", HALF_AN_HOUR),
    ],
)
def test_how_long_to_stay_away_by_a_date(said, seconds, stop_clock):
    stop_clock(784_111_777.0 - 100 + 0.25)  # the first date is RFC 9110's example, in seconds as `date +%s` gives it
    assert wait_seconds({"Retry-After": said}) == seconds


@pytest.mark.parametrize("method", METHODS if FULL else ["GET", "POST"])
def test_no_failure_says_a_secret(double, logged_in, caplog, capfd, method):
    """Whatever goes wrong, on the way or while the tokens are renewed, and with every logger at its loudest."""
    service, account = ready(double, logged_in)
    account._timeout = PATIENCE
    caplog.set_level("DEBUG")
    told = [repr(account)]
    kinds = [*UNCLEAR.values(), {"kind": "status", "status": 400}, {"kind": "status", "status": 429}]
    for path in (TOKEN, ANY):
        for fault in kinds:
            if path == TOKEN:
                service.sessions.expire()
                if fault["kind"] == "stall":
                    continue
            service.faults.clear()
            service.fault("*", path, times=9, **fault)
            with pytest.raises(AccountError) as caught:
                ask(account, method)
            told += [*traceback.format_exception(caught.value), repr(caught.value), *caught.value.help]
            service.faults.clear()
            account.owner()
    text = "\n".join([*told, caplog.text, *capfd.readouterr()])
    assert [one for one in service.secrets if one in text] == []
    assert [one for one in caplog.records if one.name.startswith("garminconnect")] == []
    assert service.log.holding(service.sessions.password) == set()


def test_a_refusal_that_repeats_the_token_is_not_passed_on(double, logged_in, state):
    service, account = ready(double, logged_in)
    echo = {"message": f"no such token {stored(state, service).access}"}
    service.fault("GET", ANY, "status", status=400, body=echo)
    with pytest.raises(Rejected) as caught:
        ask(account, "GET")
    assert caught.value.reason == ""
