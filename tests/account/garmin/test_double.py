"""The double itself, judged by what was recorded of the real service and by the real client."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from account.garmin.bodies import intervals, pace, repeat, step, workout
from account.garmin.computer import one_session
from account.garmin.double.stored import single
from negsplit.account.errors import AccountError, Rejected
from negsplit.account.garmin.address import Address
from negsplit.account.garmin.client import connect, tokens_of

garminconnect = pytest.importorskip("garminconnect", reason="the optional `account` dependencies are not installed")

RECORDED = Path(__file__).parents[4] / "shared" / "data" / "connect"
WORKOUT, WORKOUTS, SCHEDULE = "/workout-service/workout", "/workout-service/workouts", "/workout-service/schedule"
MONTH = "/calendar-service/year/{}/month/{}"


def the_step(body: dict) -> dict:
    return body["workoutSegments"][0]["workoutSteps"][0]


def steps_in_order(steps: list[dict]) -> list[dict]:
    return [one for step in steps for one in (step, *steps_in_order(step.get("workoutSteps", [])))]


# What it stores


def test_a_workout_is_numbered_anew_and_every_field_is_there(double, logged_in):
    """Rules of the recorded pairs: order depth-first over all levels, children carry the number of their repeat."""
    account = logged_in(double(strict=False))
    body = workout(
        step(7, 1, end=(1, 1000), stepId=1),
        repeat(2, 3, repeat(1, 4, step(1), step(2, 4)), step(2, 5)),
        repeat(3, 2, step(1)),
    )
    answer = account.request("POST", WORKOUT, json=body)
    steps = steps_in_order(answer["workoutSegments"][0]["workoutSteps"])
    assert [one["stepOrder"] for one in steps] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [one["childStepId"] for one in steps] == [None, 1, 2, 2, 2, 1, 3, 3]
    assert len({one["stepId"] for one in steps}) == 8
    assert answer["description"] is None
    assert answer["trainingPlanId"] is None
    assert steps[0]["endCondition"] == {
        "conditionTypeId": 1,
        "conditionTypeKey": "lap.button",
        "displayOrder": 1,
        "displayable": True,
    }
    assert steps[0]["endConditionValue"] == 1000.0
    assert steps[1]["endCondition"]["displayable"] is False
    assert answer == account.request("GET", f"{WORKOUT}/{answer['workoutId']}")


def test_numbers_win_over_keys_and_text_over_type(double, logged_in):
    body = workout(step(1, targetType={"workoutTargetTypeId": 6, "workoutTargetTypeKey": "power.zone"}))
    the_step(body).update(targetValueOne="3.5", targetValueTwo=2.7777777777)
    stored = the_step(logged_in(double(strict=False)).request("POST", WORKOUT, json=body))
    assert stored["targetType"] == {
        "workoutTargetTypeId": 6,
        "workoutTargetTypeKey": "pace.zone",
        "displayOrder": 6,
    }
    assert (stored["targetValueOne"], stored["targetValueTwo"]) == (3.5, 2.7777777)


@pytest.mark.parametrize(
    ("name", "kept"),
    [("x" * 256, "x" * 256), ("x" * 559, "x" * 253 + "..."), ("🏃" * 130, "🏃" * 126 + "...")],
)
def test_a_long_name_is_cut(double, logged_in, name, kept):
    answer = logged_in(double(strict=False)).request("POST", WORKOUT, json=workout(name=name))
    assert answer["workoutName"] == kept


@pytest.mark.skipif(not RECORDED.is_dir(), reason="the recorded answers are in ../shared, which is not here")
@pytest.mark.parametrize("name", ["RunningNestedRepeats", "EdgeCases", "StrengthReps"])
def test_it_answers_what_the_service_answered(double, logged_in, name):
    sent, answered = (
        json.loads((RECORDED / f"kaiord_Workout{name}{way}.json").read_text()) for way in ("Input", "Output")
    )
    answer = logged_in(double(strict=False)).request("POST", WORKOUT, json=sent)
    for whole in (answer, answered):
        for field in ("workoutId", "createdDate", "updatedDate"):
            del whole[field]
        for one in steps_in_order(whole["workoutSegments"][0]["workoutSteps"]):
            del one["stepId"]
    assert answer == answered


@pytest.mark.skipif(not RECORDED.is_dir(), reason="the recorded workouts are in ../shared, which is not here")
def test_it_takes_what_the_service_took(double, logged_in):
    account = logged_in(double(strict=False))
    files = [*RECORDED.glob("yesnoj_*.json"), *RECORDED.glob("taxuspt_*.json")]
    assert len(files) == 10
    for file in files:
        sent = json.loads(file.read_text())
        answer = account.request("POST", WORKOUT, json=sent)
        assert values(answer) == values(sent), file.name


def values(body: dict) -> list[list]:
    """The numbers of every step as 32-bit floats: their last digit in print is the service's own."""
    names = ("numberOfIterations", "endConditionValue", "targetValueOne", "targetValueTwo", "zoneNumber")
    steps = steps_in_order(body["workoutSegments"][0]["workoutSteps"])
    return [[single(one.get(name)) for name in (names[:1] if "workoutSteps" in one else names)] for one in steps]


# What it refuses

IMPOSSIBLE = {
    "no name": workout(name=""),
    "no segments": workout() | {"workoutSegments": []},
    "no steps": workout(repeat(1, 2)),
    "an unknown sport": workout(sportType={"sportTypeId": 12}),
    "an unknown step": workout(step(1, 9)),
    "an unknown end": workout(step(1, end=(11, 5.0))),
    "an unknown target": workout(step(1, targetType={"workoutTargetTypeId": 19})),
    "an unknown kind of step": workout(step(1, type="StepDTO")),
    "no time": workout(step(1, end=(2, 0.0))),
    "no distance": workout(step(1, end=(3, None))),
    "a value that is no number": workout(step(1, end=(2, "five"))),
    "no repetitions": workout(repeat(1, 0, step(2))),
    "51 steps": workout(*(step(order) for order in range(1, 52))),
}
REWRITTEN = {
    "a key that says something else": workout(
        step(1, endCondition={"conditionTypeId": 2, "conditionTypeKey": "distance"})
    ),
    "a name that is cut": workout(name="x" * 257),
    "a description that may be cut": workout(description="x" * 1025),
    "a step's text that may be cut": workout(step(1, description="x" * 513)),
    "values inside the target": workout(
        step(1, targetType={"workoutTargetTypeId": 6, "targetValueOne": 4.0, "targetValueTwo": 3.0})
    ),
    "a pace in minutes": workout(step(1, **pace(0.24, 0.25))),
    "a pace in km/h": workout(step(1, **pace(15.0, 14.0))),
    "beats that are none": workout(
        step(1, targetType={"workoutTargetTypeId": 4}, targetValueOne=3.0, targetValueTwo=4.0)
    ),
    "a target without values": workout(step(1, targetType={"workoutTargetTypeId": 6})),
    "values without a target": workout(step(1, targetValueOne=4.0, targetValueTwo=3.5)),
    "a zone without a target": workout(step(1, zoneNumber=3)),
    "a repeat with two counts": workout(repeat(1, 3, step(2)) | {"endConditionValue": 4.0}),
    "a repeat that ends by nothing": workout(
        {name: it for name, it in repeat(1, 3, step(2)).items() if name != "endCondition"}
    ),
    "an order that is not kept": workout(step(1), step(1)),
    "more digits than are kept": workout(step(1, **pace(4.166666667, 4.0))),
    "a field nobody knows": workout(step(1, targetValueThree=1)),
}


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_what_the_service_refuses(double, logged_in, what, strict):
    service = double(strict=strict)
    with pytest.raises(Rejected, match="400"):
        logged_in(service).request("POST", WORKOUT, json=IMPOSSIBLE[what])
    assert service.library.workouts == {}


@pytest.mark.parametrize("what", REWRITTEN)
def test_what_the_service_would_rewrite(double, logged_in, what):
    """Taken with 200 by the real one, and stored as something else: the strict one refuses it."""
    service = double()
    account = logged_in(service)
    with pytest.raises(Rejected, match="400"):
        account.request("POST", WORKOUT, json=REWRITTEN[what])
    service.library.strict = False
    assert account.request("POST", WORKOUT, json=REWRITTEN[what])["workoutId"]


def test_strict_takes_what_survives(double, logged_in):
    zone = step(1, targetType={"workoutTargetTypeId": 4}, zoneNumber=3, description="easy")
    account = logged_in(double())
    for body in (intervals(), workout(zone), workout(*(step(order) for order in range(1, 51)))):
        assert account.request("POST", WORKOUT, json=body)["workoutName"] == "6x1000"


# What happens to a workout


def test_an_update_keeps_number_and_days(double, logged_in):
    service = double()
    account = logged_in(service)
    first = account.request("POST", WORKOUT, json=intervals())
    number = first["workoutId"]
    entry = account.request("POST", f"{SCHEDULE}/{number}", json={"date": "2026-10-05"})
    assert account.request("PUT", f"{WORKOUT}/{number}", json=workout(name="new", workoutId=number)) is None
    second = account.request("GET", f"{WORKOUT}/{number}")
    assert (second["workoutName"], second["createdDate"]) == ("new", first["createdDate"])
    assert second["updatedDate"] > first["updatedDate"]
    assert [one["id"] for one in month(account, 2026, 10)] == [entry["workoutScheduleId"]]
    with pytest.raises(Rejected, match="400"):
        account.request("PUT", f"{WORKOUT}/{number}", json=workout())


@pytest.mark.parametrize("base", [0, 1])
def test_pages_from_0_or_from_1(double, logged_in, base):
    account = logged_in(double(page_base=base))
    numbers = [account.request("POST", WORKOUT, json=workout(name=f"w{n}"))["workoutId"] for n in range(5)]
    page = account.request("GET", WORKOUTS, params={"start": base, "limit": 2})
    rest = account.request("GET", WORKOUTS, params={"start": base + 2, "limit": 100})
    assert [one["workoutId"] for one in page + rest] == numbers[::-1]
    assert "updateDate" in page[0]
    assert "workoutSegments" not in page[0]


def test_the_list_is_late(double, logged_in):
    account = logged_in(double(list_lag=2))
    number = account.request("POST", WORKOUT, json=workout())["workoutId"]
    assert [len(account.request("GET", WORKOUTS)) for _ in range(4)] == [0, 0, 1, 1]
    assert account.request("GET", f"{WORKOUT}/{number}")["workoutId"] == number
    account.request("DELETE", f"{WORKOUT}/{number}")
    assert [len(account.request("GET", WORKOUTS)) for _ in range(4)] == [1, 1, 0, 0]
    with pytest.raises(Rejected, match="404"):
        account.request("GET", f"{WORKOUT}/{number}")


@pytest.mark.parametrize("cascades", [True, False])
def test_deleting_leaves_the_calendar_or_not(double, logged_in, cascades):
    account = logged_in(double(delete_cascades=cascades))
    number = account.request("POST", WORKOUT, json=workout())["workoutId"]
    account.request("POST", f"{SCHEDULE}/{number}", json={"date": "2026-10-05"})
    account.request("DELETE", f"{WORKOUT}/{number}")
    assert [one["workoutId"] for one in month(account, 2026, 10)] == ([] if cascades else [number])


# The calendar


def month(account, year: int, number: int) -> list[dict]:
    return account.request("GET", MONTH.format(year, number - 1))["calendarItems"]


def test_a_month_shows_the_days_of_its_neighbours(double, logged_in):
    account = logged_in(double())
    number = account.request("POST", WORKOUT, json=workout())["workoutId"]
    for day in ("2026-12-27", "2026-12-28", "2027-01-01", "2027-01-31", "2027-02-01"):
        account.request("POST", f"{SCHEDULE}/{number}", json={"date": day})
    shown = {(year, at): [one["date"] for one in month(account, year, at)] for year, at in ((2026, 12), (2027, 1))}
    assert shown == {
        (2026, 12): ["2026-12-27", "2026-12-28", "2027-01-01"],
        (2027, 1): ["2026-12-28", "2027-01-01", "2027-01-31"],
    }
    with pytest.raises(Rejected, match="400"):
        account.request("GET", MONTH.format(2026, 12))


def test_a_workout_stands_on_a_day_twice_and_the_calendar_is_late(double, logged_in):
    account = logged_in(double(calendar_lag=1))
    number = account.request("POST", WORKOUT, json=workout())["workoutId"]
    twice = [account.request("POST", f"{SCHEDULE}/{number}", json={"date": "2024-02-29"}) for _ in range(2)]
    assert [len(month(account, 2024, 2)) for _ in range(3)] == [0, 2, 2]
    assert account.request("DELETE", f"{SCHEDULE}/{twice[0]['workoutScheduleId']}") is None
    assert [len(month(account, 2024, 2)) for _ in range(3)] == [2, 1, 1]


@pytest.mark.parametrize(
    "body", [{"date": "2026-02-30"}, {"date": "20260203"}, {"date": None}, {"date": "2026-02-03", "hour": 5}, []]
)
def test_a_schedule_is_a_day_and_nothing_else(double, logged_in, body):
    account = logged_in(double())
    number = account.request("POST", WORKOUT, json=workout())["workoutId"]
    with pytest.raises(Rejected, match="400"):
        account.request("POST", f"{SCHEDULE}/{number}", json=body)


def test_what_others_put_into_the_calendar(double, logged_in):
    service = double(schedule_readable=False)
    account = logged_in(service)
    theirs = service.calendar.add("2026-10-05", "Race", kind="event")
    mine = service.calendar.add("2026-10-05", "Coach", 5, trainingPlanId=77, associatedActivityId=12)
    query = 'query{workoutScheduleSummariesScalar(startDate:"2026-10-05", endDate:"2026-10-06")}'
    found = account.request("POST", "/graphql-gateway/graphql", json={"query": query})
    assert [one["associatedActivityId"] for one in found["data"]["workoutScheduleSummariesScalar"]] == [12]
    for unknown in (theirs["id"], 1):
        with pytest.raises(Rejected, match=f"schedule = {unknown}"):
            account.request("DELETE", f"{SCHEDULE}/{unknown}")
    with pytest.raises(Rejected, match="404"):
        account.request("GET", f"{SCHEDULE}/{mine['id']}")
    assert service.log.writes[0].path.startswith(SCHEDULE)
    assert len(service.log.writes) == 2


def test_unknown_routes_and_writes_that_are_no_json(double, logged_in):
    service = double()
    account = logged_in(service)
    with pytest.raises(Rejected, match="404"):
        account.request("GET", "/workout-service/nothing")
    assert service.log.violations == ["GET /workout-service/nothing"]
    service.log.clear()
    with pytest.raises(Rejected, match="415"):
        account.request("POST", WORKOUT)


# The real client, by its own methods


def test_the_library_s_own_methods(double, monkeypatch):
    """Its login, and its words for what the tests above say in paths."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    service = double()
    garmin = garminconnect.Garmin()
    garmin.client = connect(Address(service.url))
    issued = service.sessions.issue()
    words = {"di_token": issued["access_token"], "di_refresh_token": issued["refresh_token"], "di_client_id": "C"}
    garmin.client.loads(json.dumps(words))
    assert tokens_of(garmin.client).access == issued["access_token"]
    number = garmin.upload_workout(intervals())["workoutId"]
    entry = garmin.schedule_workout(number, "2026-10-05")["workoutScheduleId"]
    assert [one["workoutId"] for one in garmin.get_workouts()] == [number]
    assert garmin.get_workout_by_id(number)["description"] == "hard"
    assert [one["id"] for one in garmin.get_scheduled_workouts(2026, 10)["calendarItems"]] == [entry]
    garmin.unschedule_workout(entry)
    garmin.delete_workout(number)
    assert garmin.get_workouts() == []


def test_a_copy_made_on_the_web_keeps_the_text(double, logged_in):
    service = double()
    first = logged_in(service).request("POST", WORKOUT, json=intervals())
    second = service.library.copy(first["workoutId"])
    assert second["workoutId"] != first["workoutId"]
    assert second["description"] == "hard"
    assert the_step(second)["endConditionValue"] == the_step(copy.deepcopy(first))["endConditionValue"]


def test_a_fault_lets_through_and_ends(double, logged_in):
    service = double()
    account = logged_in(service)
    service.fault("GET", WORKOUTS, "status", status=400, skip=1, times=1)
    answers = []
    for _ in range(3):
        try:
            answers.append(account.request("GET", WORKOUTS))
        except Rejected as refusal:
            answers.append(refusal.status)
    assert answers == [[], 400, []]
    assert [one.fault for one in service.log.requests] == ["", "status before", ""]
    assert service.log.writes == []


# Past the network


HOW = {
    "nothing": {},
    "404": {"kind": "status", "status": 404},
    "429": {"kind": "status", "status": 429, "headers": {"Retry-After": "60"}},
    "503": {"kind": "status", "status": 503},
} | {kind: {"kind": kind} for kind in ("drop", "stall", "html", "badjson", "cut", "empty", "twice")}


@pytest.mark.parametrize("how", HOW)
def test_past_the_network_all_ends_as_it_ends_over_it(double, logged_in, how):
    """What most tests of runs rest on: the same outcome, the same requests, and the same left in the account."""

    def told(past: bool) -> list[object]:
        service = double()
        account = logged_in(service, timeout=0.3 if how == "stall" else 5.0)
        number = service.library.add(workout())["workoutId"]
        found: list[object] = []
        with one_session(account, service if past else None):
            for method, path, json in (
                ("GET", WORKOUTS, None),
                ("POST", WORKOUT, workout()),
                ("PUT", f"{WORKOUT}/{number}", workout(workoutId=number)),
                ("DELETE", f"{WORKOUT}/{number}", None),
            ):
                if HOW[how]:
                    service.fault(method, path, when="after", **HOW[how])
                params = {"start": 0, "limit": 100} if method == "GET" else None
                try:
                    found.append(account.request(method, path, params=params, json=json))
                except AccountError as error:
                    found.append((type(error), vars(error), error.stops))
        log = [
            (one.method, one.path, one.query, json_of(one.body), one.fault, one.status) for one in service.log.requests
        ]
        return [*found, log, list(service.library.workouts)]

    assert told(past=True) == told(past=False)


def json_of(body: bytes) -> object:
    return json.loads(body) if body else None
