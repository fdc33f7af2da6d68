"""The double refuses what the service refuses, and changes in silence what the service changes.

By the service's API description and the answers that independent projects captured.
"""

from __future__ import annotations

import base64
import datetime as dt
import http.client
import json
from typing import Any

import pytest

from account.intervals.double import KEY, Double

RUN = {"category": "WORKOUT", "type": "Run", "name": "Easy", "start_date_local": "2026-02-10T00:00:00"}
EVENTS = "/api/v1/athlete/0/events"
BASIC = f"Basic {base64.b64encode(f'API_KEY:{KEY}'.encode()).decode()}"


def ask(double: Double, method: str, path: str, body: Any = None, authorization: str | None = BASIC) -> tuple[int, Any]:
    host = http.client.HTTPConnection(double.url.removeprefix("http://"), timeout=5)
    headers = {"Content-Type": "application/json"} | ({"Authorization": authorization} if authorization else {})
    try:
        host.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = host.getresponse()
        said = answer.read()
    finally:
        host.close()
    return answer.status, json.loads(said) if said else None


def basic(user: str, key: str) -> str:
    return f"Basic {base64.b64encode(f'{user}:{key}'.encode()).decode()}"


@pytest.mark.parametrize(
    ("authorization", "path", "status"),
    [
        (None, EVENTS, 401),
        (f"ApiKey {KEY}", EVENTS, 401),
        (basic(KEY, ""), EVENTS, 403),
        (basic("API_KEY", "another"), EVENTS, 403),
        (BASIC, "/api/v1/athlete/i654321", 403),
        (BASIC, "/api/v1/athlete/123456", 403),
    ],
)
def test_who_may_not_ask(double, authorization, path, status):
    found = ask(double(), "GET", path, authorization=authorization)
    assert found == (status, None if status == 401 else {"status": 403, "error": "Access denied"})


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"type": "Bouldering"}, "Invalid type [Bouldering]"),
        ({"type": None}, "type is required"),
        ({"type": None, "category": "RACE_B"}, "type is required"),
        ({"category": "SESSION"}, "Invalid category [SESSION]"),
        ({"start_date_local": "2026-02-10T00:00:00Z"}, "Invalid date [2026-02-10T00:00:00Z]"),
        ({"start_date_local": "2026-02-10"}, "Invalid date [2026-02-10]"),
    ],
)
def test_bad_values_are_refused(double, more, error):
    assert ask(double(), "POST", EVENTS, RUN | more) == (422, {"status": 422, "error": error})


def test_what_it_changes_in_silence(double):
    sent = RUN | {"uid": "mine", "id": 5, "workout_doc": {"steps": []}, "paired_activity_id": "i1", "external_id": "x"}
    service = double()
    status, kept = ask(service, "POST", EVENTS, sent | {"description": "- 10m 5:00/km Pace"})
    assert status == 200
    assert kept["external_id"] == "x"
    assert kept["uid"] != "mine"
    assert kept["id"] != 5
    assert kept["paired_activity_id"] is None
    assert kept["moving_time"] == 600
    assert kept["end_date_local"] == "2026-02-11T00:00:00"
    assert kept["workout_doc"]["steps"] == [{"duration": 600, "pace": {"units": "secs/km", "value": 300}}]
    assert ask(service, "GET", f"{EVENTS}/{kept['id']}") == (200, kept)
    _, changed = ask(service, "PUT", f"{EVENTS}/{kept['id']}", {"name": "Hard"})
    assert changed["updated"] > kept["updated"]
    assert changed == kept | {"name": "Hard", "updated": changed["updated"]}


def test_targets_reach_a_watch_where_the_sport_has_its_threshold_alone(double):
    for threshold, reaches in ((3.5, True), (None, False)):
        service = double(threshold_pace=threshold)
        _, kept = ask(service, "POST", EVENTS, RUN | {"description": "2x\n- 10m 5:00/km Pace"})
        (repeat,) = service.forwarding.got[kept["id"]]
        assert ("pace" in repeat["steps"][0]) is reaches
        assert "pace" in kept["workout_doc"]["steps"][0]["steps"][0]


@pytest.mark.parametrize("upserts", [True, False])
def test_whether_the_same_external_id_is_the_same_event_is_a_knob(double, upserts):
    service = double(upserts=upserts)
    bulk = f"{EVENTS}/bulk?upsert=true"
    (first,) = ask(service, "POST", bulk, [RUN | {"external_id": "negsplit:a/b"}])[1]
    (second,) = ask(service, "POST", bulk, [RUN | {"external_id": "negsplit:a/b", "name": "Hard"}])[1]
    assert (first["id"] == second["id"]) is upserts
    assert len(service.events.there) == 2 - upserts


def test_a_week_is_handed_on_and_the_rest_as_days_pass(double):
    service = double(today=dt.date(2026, 2, 10), touches=True)
    bodies = [RUN | {"description": "- 10m", "start_date_local": f"2026-02-{day}T00:00:00"} for day in (16, 17)]
    soon, later = (ask(service, "POST", EVENTS, body)[1] for body in bodies)
    assert set(service.forwarding.got) == {soon["id"]}
    service.pass_to(dt.date(2026, 2, 11))
    assert set(service.forwarding.got) == {soon["id"], later["id"]}
    _, passed = ask(service, "GET", f"{EVENTS}/{later['id']}")
    assert passed == later | {"updated": passed["updated"]}
    assert passed["updated"] > later["updated"]
    assert ask(service, "GET", f"{EVENTS}/{soon['id']}") == (200, soon)


@pytest.mark.parametrize(("threshold", "errors"), [(3.5, None), (None, ["WAHOO"])])
def test_a_maker_that_refuses_is_named_in_the_event(double, threshold, errors):
    service = double(push_errors=True, threshold_pace=threshold)
    _, kept = ask(service, "POST", EVENTS, RUN | {"description": "- 10m 5:00/km Pace"})
    assert (kept["push_errors"] and [one["service"] for one in kept["push_errors"]]) == errors


def test_so_many_requests_and_no_more_until_it_rested(double):
    service = double(rate=2)
    days = f"{EVENTS}?oldest=2026-02-11&newest=2026-02-12"
    assert [ask(service, "GET", days)[0] for _ in range(3)] == [200, 200, 429]
    service.rest()
    assert ask(service, "GET", days)[0] == 200


def test_a_description_may_be_kept_with_other_ends_of_lines(double):
    _, kept = ask(double(normalises=True), "POST", EVENTS, RUN | {"description": "- 10m  \n\nwords \n\n"})
    assert kept["description"] == "- 10m\r\n\r\nwords"


def test_a_note_needs_no_sport_and_has_no_steps(double):
    note = {one: RUN[one] for one in ("name", "start_date_local")} | {"category": "NOTE", "description": "- 10m"}
    _, kept = ask(double(), "POST", EVENTS, note)
    assert (kept["type"], "workout_doc" in kept) == (None, False)


def test_the_list_has_both_ends_and_may_lag(double):
    service = double(list_lag=1)
    days = f"{EVENTS}?oldest=2026-02-10&newest=2026-02-10&category=WORKOUT"
    _, kept = ask(service, "POST", EVENTS, RUN)
    assert [ask(service, "GET", days)[1] for _ in range(2)] == [[], [kept]]
    assert ask(service, "GET", f"{EVENTS}?oldest=2026-02-11&newest=2026-02-12")[1] == []
    assert ask(service, "DELETE", f"{EVENTS}/{kept['id']}?others=false")[0] == 200
    assert [ask(service, "GET", days)[1] for _ in range(2)] == [[kept], []]
    assert ask(service, "DELETE", f"{EVENTS}/{kept['id']}?others=false")[0] == 404


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/api/v1/athlete-profile", None),
        ("DELETE", f"{EVENTS}", None),
        ("GET", f"{EVENTS}?oldest=2026-02-10&newest=2026-02-10&colour=red", None),
        ("POST", EVENTS, RUN | {"colour": "red"}),
        ("POST", f"{EVENTS}/bulk?upsert=true", [RUN]),
    ],
)
def test_what_no_client_should_ask_is_a_violation(double, method, path, body):
    service = double()
    ask(service, method, path, body)
    assert len(service.log.violations) == 1
    service.log.violations.clear()
