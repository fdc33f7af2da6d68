"""A key that the service takes is kept; of the athlete nothing but what is asked for is taken."""

from __future__ import annotations

import datetime as dt

import pytest

from account.intervals.double import KEY
from negsplit.account.errors import Ambiguous, LoginFailed, RateLimited, SessionDead
from negsplit.account.intervals.address import Address
from negsplit.account.intervals.athlete import Athlete, RunSettings, athlete, run_settings
from negsplit.account.intervals.client import Client
from negsplit.account.intervals.key import KeyStore
from negsplit.account.intervals.login import login
from negsplit.account.pauses import Pauses

ATHLETE = "/api/v1/athlete/0"


def log_in(service, state, key=KEY):
    return login(Address(service.url), state, key, pauses=Pauses(0))


def kept(service, state):
    return KeyStore(state, Address(service.url)).read()


def test_the_key_is_kept_once_the_service_took_it(double, state):
    service = double()
    last = dt.datetime(2026, 2, 8, 10, tzinfo=dt.UTC)
    found = Athlete("i123456", "Test Runner", "Europe/Berlin", ("Garmin",), handed_on=last)
    assert log_in(service, state) == found
    assert kept(service, state) == KEY
    assert [f"{one.method} {one.path}" for one in service.log.requests] == [f"GET {ATHLETE}"]


@pytest.mark.parametrize("key", ["", "two words", "é", "a:b", "x" * 201])
def test_what_is_no_key_is_not_even_sent(double, state, key):
    service = double()
    with pytest.raises(LoginFailed):
        log_in(service, state, key)
    assert service.log.requests == []
    assert not state.folder.exists()


def test_a_wrong_key_leaves_the_older_one(double, state):
    service = double()
    log_in(service, state)
    for status in (None, 401):
        if status:
            service.fault("GET", ATHLETE, "status", status=status)
        with pytest.raises(LoginFailed) as caught:
            log_in(service, state, "wr0ng")
        assert "wr0ng" not in f"{caught.value.message} {caught.value.help}"
    assert kept(service, state) == KEY


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "html"}, Ambiguous),
        ({"kind": "status", "status": 429}, RateLimited),
        ({"kind": "status", "status": 503, "times": 3}, Ambiguous),
        ({"kind": "status", "status": 200, "body": ["no athlete"]}, Ambiguous),
        ({"kind": "status", "status": 200, "body": {"name": "without an id"}}, Ambiguous),
    ],
)
def test_where_nobody_knows_nothing_is_kept(double, state, fault, error):
    service = double()
    service.fault("GET", ATHLETE, **fault)
    with pytest.raises(error):
        log_in(service, state)
    assert kept(service, state) is None


def client(service):
    return Client(Address(service.url), service.key, pauses=Pauses(0))


def test_a_key_that_is_no_longer_taken_needs_a_login(double):
    service = double()
    asking = client(service)
    service.key = "n3w"
    with pytest.raises(SessionDead) as caught:
        athlete(asking)
    assert "negsplit account login intervals" in caught.value.help[0]


def test_what_the_service_says_of_the_key_and_the_address_is_not_taken(double):
    service = double()
    said = repr(athlete(client(service))) + repr(run_settings(client(service)))
    assert not [secret for secret in service.secrets if secret in said]


@pytest.mark.parametrize("said", [None, 7, "", "yesterday", "2026-02-08T10:00:00", "0001-01-01T00:00:00+12:00"])
def test_a_moment_that_is_none_is_left_out(double, said):
    service = double()
    service.athlete["icu_garmin_last_upload"] = said
    assert athlete(client(service)).handed_on is None


def test_what_runs_are_measured_by(double):
    found = run_settings(client(double()))
    zones = (140, 148, 156, 165, 170, 175, 188)
    assert found == RunSettings(3.5714285, 170, 188, 300, zones, ("Run", "VirtualRun", "TrailRun"))


@pytest.mark.parametrize("value", [None, "170", True, 0, 10_000, -3])
def test_what_is_not_set_or_no_runner_s_is_left_out(double, value):
    found = run_settings(client(double(threshold_pace=value, lthr=value, max_hr=value, ftp=value)))
    assert found.threshold_mps is found.threshold_bpm is found.highest_bpm is found.critical_watts is None


def test_an_account_without_runs_has_no_settings_for_them(double):
    service = double()
    service.sports = service.sports[:1]
    assert run_settings(client(service)) == RunSettings()
