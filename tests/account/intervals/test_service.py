"""The list of a long time is asked for in parts that leave no day out; what is no event is no answer."""

from __future__ import annotations

import datetime as dt

import pytest

from account.intervals.computer import Stranger, day
from account.intervals.double import KEY
from negsplit.account.answer_bounds import MOST_BYTES
from negsplit.account.errors import Ambiguous, Rejected, TooMuch
from negsplit.account.intervals.address import Address
from negsplit.account.intervals.client import Client
from negsplit.account.intervals.content import WORKOUT
from negsplit.account.intervals.service import Service
from negsplit.account.pauses import Pauses

EVENTS = "/api/v1/athlete/0/events"


def service(double):
    return Service(Client(Address(double.url), KEY, pauses=Pauses(0)))


@pytest.mark.parametrize("days", [0, 1, 90, 91, 92, 400])
def test_a_long_time_is_read_day_by_day_in_parts(double, days):
    there = double()
    service(there).events(day(0), day(days), [WORKOUT])
    asked = [(one.query["oldest"], one.query["newest"]) for one in there.log.requests]
    read = [
        first + dt.timedelta(days=at)
        for first, last in [tuple(map(dt.date.fromisoformat, one)) for one in asked]
        for at in range((last - first).days + 1)
    ]
    assert read == [day(at) for at in range(days + 1)]
    assert len(asked) == days // 91 + 1


def test_nothing_is_asked_of_no_days(double):
    there = double()
    assert service(there).events(day(1), day(0), [WORKOUT]) == []
    assert there.log.requests == []


def test_a_season_beyond_what_one_answer_may_hold_is_read_all_the_same(double):
    there, long = double(), "x" * (MOST_BYTES // 6)
    for at in range(8):
        Stranger(there, long, day(at * 40))
    assert len(service(there).events(day(0), day(300), [WORKOUT])) == 8
    for at in range(8):
        Stranger(there, long, day(at))
    with pytest.raises(TooMuch):
        service(there).events(day(0), day(300), [WORKOUT])


@pytest.mark.parametrize(
    "said",
    [
        {},
        None,
        [1],
        [None],
        [{"id": 1}],
        [{"id": True, "start_date_local": "2026-02-10T00:00:00"}],
        [{"id": 1, "start_date_local": 20260210}],
        [{"id": 1, "start_date_local": "tomorrow"}],
        [{"id": 1, "start_date_local": "2026-02-10T00:00:00", "description": ["x"]}],
        [{"id": 1, "start_date_local": "2026-02-10T00:00:00", "external_id": 5}],
    ],
)
def test_what_is_no_event_is_no_answer(double, said):
    there = double()
    there.fault("GET", EVENTS, "status", status=200, body=said or b"{}")
    with pytest.raises(Ambiguous):
        service(there).events(day(0), day(1), [WORKOUT])


def test_another_event_than_the_one_asked_for_is_no_answer(double):
    there = double()
    one, other = Stranger(there, "Easy", day(0)).number, Stranger(there, "Hard", day(0)).number
    there.fault("GET", f"{EVENTS}/{one}", "status", status=200, body=there.events.there[other])
    with pytest.raises(Ambiguous):
        service(there).event(one)
    assert service(there).event(one).name == "Easy"


@pytest.mark.parametrize(
    ("fault", "error"),
    [({"kind": "empty"}, Ambiguous), ({"kind": "status", "status": 404}, Rejected)],
)
def test_what_is_said_to_be_gone_is_looked_at(double, fault, error):
    there = double()
    number = Stranger(there, "Easy", day(0)).number
    there.fault("DELETE", f"{EVENTS}/{number}", **fault)
    with pytest.raises(error):
        service(there).delete(number)
    service(there).delete(number)
    service(there).delete(number)
    assert there.events.there == {}
