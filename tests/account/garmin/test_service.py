"""The endpoints, spoken through the real client: what is asked, and what no answer is ever taken for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from account.garmin.bodies import intervals
from account.garmin.computer import run_of
from account.garmin.double import Double, Reply
from account.garmin.double.stored import OWNER
from negsplit.account.answer_bounds import HIGHEST, MOST_ITEMS, MOST_PAGES
from negsplit.account.errors import Ambiguous, RateLimited, Rejected, SessionDead, TooMuch
from negsplit.account.garmin.content import marked
from negsplit.account.garmin.service import CalendarEntry, ListedWorkout, Service
from negsplit.account.marker import Marker, key

DAY = dt.date(2026, 3, 3)


@pytest.fixture
def at(double: Callable[..., Double], logged_in: Callable[..., Any]) -> Callable[..., tuple[Double, Service]]:
    """A double with knobs, and the service in front of it."""

    def start(**knobs: Any) -> tuple[Double, Service]:
        running = double(**knobs)
        return running, Service(logged_in(running))

    return start


@pytest.mark.parametrize("base", [0, 1])
@pytest.mark.parametrize("many", [0, 1, 99, 100, 101, 250])
def test_the_list_is_read_whole_wherever_it_begins(at, base, many):
    double, service = at(page_base=base)
    numbers = {double.library.add(run_of(30))["workoutId"] for _ in range(many)}
    listed = service.workouts()
    assert {one.workout for one in listed} == numbers
    assert len(listed) == many


def test_pages_may_be_shorter_than_asked(at, monkeypatch):
    double, service = at()
    monkeypatch.setattr("negsplit.account.garmin.service.PAGE", 3)
    for _ in range(10):
        double.library.add(run_of(30))
    assert len(service.workouts()) == 10


def test_a_workout_that_goes_between_two_pages_hides_no_other(double, logged_in, monkeypatch):
    running = double()
    numbers = [running.library.add(run_of(30))["workoutId"] for _ in range(7)]
    account = logged_in(running)
    ask = account.request

    def between(*how: Any, **more: Any) -> Any:
        answer = ask(*how, **more)
        running.library.workouts.pop(numbers[-1], None)
        return answer

    monkeypatch.setattr("negsplit.account.garmin.service.PAGE", 3)
    monkeypatch.setattr(account, "request", between)
    assert {one.workout for one in Service(account).workouts()} >= set(numbers[:-1])


def test_the_list_says_what_is_marked(at):
    double, service = at()
    body = marked(run_of(30), key("half", "w01-tue"), "5f3a")
    number = double.library.add(body)["workoutId"]
    (listed,) = service.workouts()
    marker = Marker(key("half", "w01-tue"), body["description"][-14:-6], "5f3a")
    assert listed == ListedWorkout(number, marker, "Easy", dt.date(2026, 2, 8), owner=OWNER)


@pytest.mark.parametrize("said", ["everywhere", "whole", "nowhere"])
def test_the_owner_is_taken_from_where_it_is_said(at, said):
    _, service = at(owner=5, says_owner=said)
    made = service.create(run_of(30))
    whole = 5 if said != "nowhere" else None
    assert made.owner == ListedWorkout.of(service.workout(made.workout)).owner == whole
    assert service.workouts()[0].owner == (5 if said == "everywhere" else None)


@pytest.mark.parametrize("odd", ["99999999", True, 5.0, {}])
def test_an_owner_that_is_no_number_is_none(odd):
    assert ListedWorkout.of({"workoutId": 5, "ownerId": odd}).owner is None


@pytest.mark.parametrize("field", ["trainingPlanId", "atpPlanId"])
def test_a_workout_of_a_training_plan_is_told(at, field):
    double, service = at()
    double.library.add(marked(run_of(30), key("half", "w01-tue"), "5f3a") | {field: 7})
    assert service.workouts()[0].foreign


@pytest.mark.parametrize("answer", [{"workouts": []}, "[]", [None], [{"workoutName": "x"}], [{"workoutId": True}]])
def test_a_list_that_is_none_is_not_an_empty_one(at, answer):
    double, service = at()
    double.fault("GET", "/workout-service/workouts", "status", status=200, body=answer)
    with pytest.raises(Ambiguous):
        service.workouts()


def test_a_workout_is_created_read_updated_and_deleted(at):
    double, service = at()
    number = service.create(intervals()).workout
    assert double.library.workouts[number]["description"] == "hard"
    service.update(number, run_of(30))
    body = service.workout(number)
    assert body is not None
    assert body["workoutName"] == "Easy"
    service.delete(number)
    assert service.workout(number) is None
    service.delete(number)


def test_a_workout_is_put_on_a_day_and_taken_off(at):
    _, service = at()
    number = service.create(run_of(30)).workout
    schedule = service.schedule(number, DAY)
    assert service.month(2026, 3) == (CalendarEntry(schedule, DAY, "Easy", number),)
    assert service.month(2026, 6) == ()
    service.unschedule(schedule, DAY)
    service.unschedule(schedule, DAY)
    assert service.month(2026, 3) == ()


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2026, 1, "2026-01-05"), (2026, 12, "2026-12-31"), (2028, 2, "2028-02-29")]
)
def test_months_are_counted_as_people_do(at, year, month, day):
    double, service = at()
    double.calendar.add(day, "Easy", 5)
    assert [one.day.isoformat() for one in service.month(year, month)] == [day]


def test_the_calendar_gives_workouts_alone_and_says_whose_they_are(at):
    double, service = at()
    for kind in ("activity", "event", "note", "fbtAdaptiveWorkout"):
        double.calendar.add("2026-03-03", "x", kind=kind)
    double.calendar.add("2026-03-03", "plan", 1, trainingPlanId=3)
    double.calendar.add("2026-03-03", "atp", 2, atpPlanId=3)
    double.calendar.add("2026-03-03", "protected", 3, protectedWorkoutSchedule=True)
    double.calendar.add("2026-03-03", "run", 4, associatedActivityId=77)
    double.calendar.add("2026-03-03", "mine", 5)
    entries = service.month(2026, 3)
    assert {one.title for one in entries if one.foreign} == {"plan", "atp", "protected"}
    assert {one.title for one in entries if one.completed} == {"run"}
    assert len(entries) == 5


@pytest.mark.parametrize(
    "answer",
    [
        [1],
        {"message": "sorry"},
        {"calendarItems": None},
        {"calendarItems": [1]},
        {"calendarItems": [{"itemType": "workout", "id": 1, "date": "tomorrow"}]},
        {"calendarItems": [{"itemType": "workout", "date": "2026-03-03"}]},
    ],
)
def test_a_month_that_is_none_is_not_an_empty_one(at, answer):
    double, service = at()
    double.fault("GET", "/calendar-service/.*", "status", status=200, body=answer)
    with pytest.raises(Ambiguous):
        service.month(2026, 3)


def test_what_is_completed_between_two_days(at):
    double, service = at()
    run = double.calendar.add("2026-03-03", "run", 4, associatedActivityId=77)["id"]
    not_yet = double.calendar.add("2026-03-04", "not yet", 4)["id"]
    double.calendar.add("2026-03-09", "later", 4, associatedActivityId=78)
    assert service.completed(DAY, dt.date(2026, 3, 8)) == {run: True, not_yet: False}


SILENT = {
    "errors": {"kind": "status", "status": 200, "body": {"errors": [{"message": "no"}], "data": None}},
    "some": {
        "kind": "status",
        "status": 200,
        "body": {"errors": [{"message": "no"}], "data": {"workoutScheduleSummariesScalar": []}},
    },
    "null": {"kind": "status", "status": 200, "body": {"data": None}},
    "null inside": {"kind": "status", "status": 200, "body": {"data": {"workoutScheduleSummariesScalar": None}}},
    "list": {"kind": "status", "status": 200, "body": [1]},
    "odd": {"kind": "status", "status": 200, "body": {"data": {"workoutScheduleSummariesScalar": [1]}}},
    "html": {"kind": "html"},
    "403": {"kind": "status", "status": 403},
    "500": {"kind": "status", "status": 500},
    "drop": {"kind": "drop"},
}
"""How the account does not say what is done. Null, errors and pages for people were met by others."""


@pytest.mark.parametrize("how", SILENT)
def test_not_knowing_what_is_completed_is_not_nothing(at, how):
    double, service = at()
    double.calendar.add("2026-03-03", "run", 4, associatedActivityId=77)
    double.fault("POST", "/graphql-gateway/graphql", **SILENT[how])
    assert service.completed(DAY, DAY) is None


@pytest.mark.parametrize("fault", [{"status": 429}, {"status": 401, "times": 2}])
def test_not_being_let_in_is_no_silence(at, fault):
    double, service = at()
    double.fault("POST", "/graphql-gateway/graphql", "status", **fault)
    with pytest.raises((RateLimited, SessionDead)):
        service.completed(DAY, DAY)


@pytest.mark.parametrize("says", [True, False])
def test_the_calendar_says_what_is_done_or_nothing(at, says):
    double, service = at(calendar_says_done=says)
    double.calendar.add("2026-03-03", "run", 4, associatedActivityId=77)
    double.calendar.add("2026-03-04", "not yet", 4)
    assert [one.completed for one in service.month(2026, 3)] == ([True, False] if says else [None, None])


@pytest.mark.parametrize("answer", [{"workoutId": None}, {"workoutId": "1"}, [1]])
def test_an_answer_without_the_number_may_have_been_a_success(at, answer):
    double, service = at()
    double.fault("POST", "/workout-service/.*", "status", status=200, body=answer, times=2)
    with pytest.raises(Ambiguous):
        service.create(run_of(30))
    with pytest.raises(Ambiguous):
        service.schedule(1, DAY)


def test_another_workout_than_the_one_asked_for_is_no_answer(at):
    double, service = at()
    double.fault("GET", "/workout-service/workout/1", "status", status=200, body={"workoutId": 2})
    with pytest.raises(Ambiguous):
        service.workout(1)


@pytest.mark.parametrize("ask", [("workout", 1), ("delete", 1), ("unschedule", 1, DAY)], ids=str)
def test_only_not_found_is_fine(at, ask):
    double, service = at()
    double.fault("*", "/workout-service/.*", "status", status=403)
    with pytest.raises(Rejected):
        getattr(service, ask[0])(*ask[1:])


# --- What is said to be gone ---------------------------------------------------------------------


def test_what_is_said_to_be_gone_and_shows_is_not_gone(at):
    double, service = at()
    number = service.create(run_of(30)).workout
    schedule = service.schedule(number, DAY)
    double.fault("DELETE", ".*", "status", status=404, times=2)
    with pytest.raises(Ambiguous) as caught:
        service.unschedule(schedule, DAY)
    assert (caught.value.status, caught.value.stops) == (404, False)
    with pytest.raises(Ambiguous):
        service.delete(number)
    service.unschedule(schedule, DAY)
    service.delete(number)
    assert (double.library.workouts, double.calendar.entries) == ({}, {})


# --- Without end ---------------------------------------------------------------------------------


def endless(monkeypatch: pytest.MonkeyPatch, double: Double, page: Callable[[int], Any]) -> None:
    """A list whose pages follow one another for ever."""
    monkeypatch.setattr(double, "answer", lambda request: Reply(200, page(int(request.query["start"]))))


def test_a_list_without_end_is_refused(at, monkeypatch):
    double, service = at()
    endless(monkeypatch, double, lambda start: [{"workoutId": start + 1}, {"workoutId": start + 2}])
    with pytest.raises(TooMuch, match="pages"):
        service.workouts()
    assert len(double.log) == MOST_PAGES


def test_a_page_without_end_is_refused(at, monkeypatch):
    double, service = at()
    endless(monkeypatch, double, lambda _: [{"workoutId": one} for one in range(1, MOST_ITEMS + 2)])
    with pytest.raises(TooMuch, match="list"):
        service.workouts()
    assert len(double.log) == 1


def test_pages_that_are_too_many_together_are_refused(at, monkeypatch):
    double, service = at()
    endless(monkeypatch, double, lambda start: [{"workoutId": start + one} for one in range(1, MOST_ITEMS)])
    with pytest.raises(TooMuch, match="list"):
        service.workouts()
    assert len(double.log) == 2


def test_the_same_page_again_and_again_is_the_end(at, monkeypatch):
    double, service = at()
    endless(monkeypatch, double, lambda _: [{"workoutId": 1}, {"workoutId": 2}])
    assert len(service.workouts()) == 2


@pytest.mark.parametrize("number", [True, 0, -1, HIGHEST + 1, 1.0])
def test_what_is_no_number_of_a_workout(at, number):
    double, service = at()
    double.fault("*", ".*", "status", status=200, body={"workoutId": number, "workoutScheduleId": number}, times=2)
    with pytest.raises(Ambiguous):
        service.create(run_of(30))
    with pytest.raises(Ambiguous):
        service.schedule(1, DAY)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-06-15"])
def test_a_month_that_shows_a_day_far_from_it_is_none(at, day):
    double, service = at()
    item = {"itemType": "workout", "id": 1, "date": day, "workoutId": 1}
    double.fault("GET", "/calendar-service/.*", "status", status=200, body={"calendarItems": [item]})
    with pytest.raises(Ambiguous):
        service.month(2026, 3)


@pytest.mark.parametrize("created", ["0001-01-01T00:00:00.0", "1999-01-01", "", "soon", None])
def test_a_workout_older_than_any_mark_does_not_say_when_it_was_made(created):
    assert ListedWorkout.of({"workoutId": 1, "createdDate": created}).created is None
