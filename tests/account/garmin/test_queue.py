"""The queue for watches, spoken through the real client: what is asked, and what no answer is ever taken for.

The bodies are those that Garmin's web sends, as several programs published them: an array of one message; the list of
devices is a published one without what tells whose it was. What the list of messages gives back is not published.
"""

from __future__ import annotations

import json

import pytest

from account.garmin.computer import run_of
from negsplit.account.errors import Ambiguous, Rejected
from negsplit.account.garmin.queue import Paired, Queue

pytest.importorskip("garminconnect", reason="the optional `account` dependencies are not installed")

MESSAGES = "/device-service/devicemessage/messages"
DEVICES = "/device-service/deviceregistration/devices"


@pytest.fixture
def at(double, logged_in):
    """A double with knobs, and the queue in front of it."""

    def start(**knobs):
        running = double(**knobs)
        return running, Queue(logged_in(running))

    return start


def test_watches_are_what_takes_workouts(at):
    _, queue = at(watches=("fenix 7S", "Edge 540"))
    assert [one.name for one in queue.watches()] == ["fenix 7S", "Edge 540"]
    assert at(watches=())[1].watches() == ()


def test_a_watch_that_says_nothing_of_workouts_may_take_them(at):
    double, queue = at()
    double.devices.registered[:] = [{"deviceId": 7}, {"deviceId": 8, "productDisplayName": "Venu 3"}]
    assert queue.watches() == (Paired(7, "watch 7"), Paired(8, "Venu 3"))


def test_a_message_is_what_the_web_sends(at):
    double, queue = at()
    number = double.library.add(run_of(30))["workoutId"]
    (watch,) = queue.watches()
    assert queue.waiting(watch) == frozenset()
    queue.add(watch, number, "Easy")
    (post,) = double.log.writes
    assert json.loads(post.body) == [
        {
            "deviceId": watch.number,
            "messageUrl": f"workout-service/workout/FIT/{number}",
            "messageType": "workouts",
            "messageName": "Easy",
            "groupName": None,
            "priority": 1,
            "fileType": "FIT",
            "metaDataId": number,
        }
    ]
    assert queue.waiting(watch) == {number}


@pytest.mark.parametrize("message", [{"deviceId": "7", "metaDataId": "900"}, {"deviceId": 7, "metaDataId": 900}])
def test_what_waits_is_told_from_what_waits_for_another(at, message):
    double, queue = at()
    kind = {"messageType": "workouts"}
    others = [{"deviceId": 8, "metaDataId": 901} | kind, {"deviceId": 7, "metaDataId": 902, "messageType": "courses"}]
    double.devices.waiting += [message | kind, *others, {"deviceId": 7} | kind, "?", {}]
    assert queue.waiting(Paired(7, "")) == {900}


@pytest.mark.parametrize("answer", [None, [], "x", {"messages": None}, {"messages": {}}])
def test_no_list_of_messages_is_not_an_empty_one(at, answer):
    double, queue = at()
    double.fault("GET", MESSAGES, "status", status=200, body=answer or {"message": "?"})
    with pytest.raises(Ambiguous):
        queue.waiting(Paired(7, ""))


@pytest.mark.parametrize("answer", [{"devices": []}, ["x"], [{"displayName": "x"}], [{"deviceId": True}]])
def test_no_list_of_watches_is_not_an_empty_one(at, answer):
    double, queue = at()
    double.fault("GET", DEVICES, "status", status=200, body=answer)
    with pytest.raises(Ambiguous):
        queue.watches()


def test_a_message_goes_out_once(at):
    double, queue = at()
    number = double.library.add(run_of(30))["workoutId"]
    (watch,) = queue.watches()
    double.fault("POST", MESSAGES, "drop", when="after")
    with pytest.raises(Ambiguous):
        queue.add(watch, number, "Easy")
    assert double.devices.fetch() == [number]
    with pytest.raises(Rejected):
        queue.add(watch, number + 1, "Gone")
