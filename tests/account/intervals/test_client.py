"""What a request to intervals.icu ends with, how much of an answer is read, and where the key goes."""

from __future__ import annotations

import base64
import json
import traceback

import pytest

from account.intervals.double import KEY, Double
from negsplit.account.answer_bounds import MOST_BYTES
from negsplit.account.errors import Ambiguous, RateLimited, Rejected, SessionDead, TooMuch
from negsplit.account.intervals.address import Address, address_from
from negsplit.account.intervals.client import Client, connect
from negsplit.account.intervals.key import KeyStore
from negsplit.account.pauses import Pauses
from negsplit.state import StateError

ATHLETE = "/api/v1/athlete/0"
EVENTS = f"{ATHLETE}/events"
RUN = {"category": "WORKOUT", "type": "Run", "name": "Easy", "start_date_local": "2026-02-10T00:00:00"}


def client(service: Double, key: str = KEY, timeout: float = 5.0) -> Client:
    return Client(Address(service.url), key, pauses=Pauses(0), timeout=timeout)


def test_what_is_asked_is_answered(double):
    service = double()
    kept = client(service).request("POST", "/events", json=RUN | {"external_id": "é"})
    listed = client(service).request("GET", "/events", params={"oldest": "2026-02-10", "newest": "2026-02-10"})
    assert listed == [kept]
    assert kept["external_id"] == "é"


def test_the_key_goes_into_one_header_and_no_redirect_takes_it_anywhere(double):
    service, other = double(), double()
    service.fault("GET", EVENTS, "status", status=302, headers={"Location": f"{other.url}/api/v1/athlete/0"})
    with pytest.raises(Rejected) as caught:
        client(service).request("GET", "/events")
    assert caught.value.status == 302
    assert other.log.requests == []
    for secret in service.secrets:
        assert {part for _, part in service.log.holding(secret)} <= {"authorization"}
    said = base64.b64decode(service.log.requests[0].headers["authorization"].removeprefix("Basic ")).decode()
    assert said == f"API_KEY:{KEY}"


@pytest.mark.parametrize(
    ("status", "error"),
    [(400, Rejected), (403, Rejected), (404, Rejected), (405, Rejected), (422, Rejected), (401, SessionDead)],
)
def test_what_is_refused_is_asked_once(double, status, error):
    service = double()
    service.fault("*", EVENTS, "status", status=status, body={"status": status, "error": "Invalid  type\n[X]"}, times=9)
    with pytest.raises(error) as caught:
        client(service).request("GET", "/events")
    assert len(service.log.requests) == 1
    if error is Rejected:
        assert caught.value.message == f"the account refuses this (status {status}: Invalid type [X])"


def test_a_real_refusal_gives_the_service_s_reason(double):
    with pytest.raises(Rejected, match=r"Invalid type \[Bouldering\]"):
        client(double()).request("POST", "/events", json=RUN | {"type": "Bouldering"})


SENT = base64.b64encode(f"API_KEY:{KEY}".encode()).decode()


@pytest.mark.parametrize(
    "said",
    [
        {"error": f"no {KEY}"},
        {"error": f"Authorization: Basic {SENT}"},
        {"error": f"{'x' * 190} {KEY}"},
        {"error": "runner@example.org is asleep"},
        {"message": "x"},
        ["error"],
        {"error": "x" * 9999},
    ],
)
def test_what_is_no_reason_or_repeats_the_key_is_not_told(double, said):
    service = double()
    service.fault("POST", EVENTS, "status", status=422, body=said)
    with pytest.raises(Rejected) as caught:
        client(service).request("POST", "/events", json=RUN)
    told = "".join(traceback.format_exception(caught.value))
    assert not [secret for secret in service.secrets if secret in told]
    assert len(caught.value.message) < 300


def test_after_too_many_requests_it_says_how_long(double):
    service = double()
    service.fault("GET", EVENTS, "status", status=429, headers={"Retry-After": "61"})
    service.fault("GET", EVENTS, "status", status=429)
    for seconds in (61, 1800):
        with pytest.raises(RateLimited) as caught:
            client(service).request("GET", "/events")
        assert caught.value.seconds == seconds
    assert len(service.log.requests) == 2


FAULTS = [
    ({"kind": "drop"}, None),
    ({"kind": "stall", "delay": 2.0}, None),
    ({"kind": "status", "status": 500}, 500),
    ({"kind": "status", "status": 503}, 503),
    ({"kind": "html"}, 200),
    ({"kind": "badjson"}, 200),
    ({"kind": "cut"}, 200),
]


@pytest.mark.parametrize(("fault", "status"), FAULTS, ids=str)
def test_after_a_write_without_a_good_answer_nobody_knows(double, fault, status):
    service = double()
    service.fault("POST", EVENTS, when="after", times=9, **fault)
    with pytest.raises(Ambiguous) as caught:
        client(service, timeout=0.3).request("POST", "/events", json=RUN)
    assert caught.value.status == status
    assert caught.value.stops == (status is None)
    assert len(service.log.requests) == len(service.events.there) == 1
    assert KEY not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("fault", [{"kind": "drop"}, {"kind": "status", "status": 503}, {"kind": "cut"}])
def test_a_read_is_tried_three_times(double, fault):
    service = double()
    days = {"oldest": "2026-02-10", "newest": "2026-02-10"}
    service.fault("GET", EVENTS, when="after", times=2, **fault)
    assert client(service).request("GET", "/events", params=days) == []
    service.fault("GET", EVENTS, when="after", times=3, **fault)
    with pytest.raises(Ambiguous):
        client(service).request("GET", "/events", params=days)
    assert len(service.log.requests) == 6


def test_nobody_there_is_no_answer():
    with pytest.raises(Ambiguous) as caught:
        Client(Address("http://127.0.0.1:9"), KEY, pauses=Pauses(0)).request("GET", "/events")
    assert caught.value.status is None


def test_an_answer_has_an_end(double):
    service = double()
    for kind, error in (("drip", TooMuch), ("drip head", Ambiguous)):
        service.fault("GET", EVENTS, kind, delay=0.01, times=3)
        with pytest.raises(error):
            client(service, timeout=0.05).request("GET", "/events")
        service.faults.clear()
    for body in ([" " * MOST_BYTES], json.loads("[" * 40 + "]" * 40)):
        service.fault("GET", EVENTS, "status", status=200, body=body)
        with pytest.raises(TooMuch):
            client(service).request("GET", "/events")


def test_an_empty_answer_is_none(double):
    service = double()
    service.fault("DELETE", f"{EVENTS}/5", "empty")
    assert client(service).request("DELETE", "/events/5") is None


# --- The key on disk ---------------------------------------------------------------------------


def test_nobody_is_logged_in_without_a_key(double, state):
    with pytest.raises(SessionDead) as caught:
        connect(Address(double().url), state)
    assert caught.value.help == ("log in with `negsplit account login intervals`",)


def test_the_key_is_private_and_each_address_has_its_own(double, state):
    here, there = Address(double().url), Address()
    KeyStore(state, here).write(KEY)
    (path,) = state.folder.glob("*-key")
    assert path.stat().st_mode & 0o777 == 0o600
    assert KeyStore(state, there).read() is None
    assert connect(here, state, pauses=Pauses(0)).request("GET", "/sport-settings")
    KeyStore(state, here).remove()
    assert KeyStore(state, here).read() is None


@pytest.mark.parametrize("spoilt", [b"", b"two words", b"a:b", b"\xff", b"x" * 201, b"line\n"])
def test_what_holds_no_key_is_told_without_what_it_holds(state, spoilt):
    KeyStore(state, Address()).write("x")
    (path,) = state.folder.glob("*-key")
    path.write_bytes(spoilt)
    with pytest.raises(StateError, match="holds no key") as caught:
        KeyStore(state, Address()).read()
    assert "two words" not in str(caught.value)


def test_the_key_goes_to_the_service_or_to_this_computer():
    assert address_from({}).url == "https://intervals.icu/api/v1/athlete/0"
    assert address_from({"NEGSPLIT_INTERVALS_URL": "http://127.0.0.1:8"}).url == "http://127.0.0.1:8/api/v1/athlete/0"
