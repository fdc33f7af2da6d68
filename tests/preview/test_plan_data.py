"""The JSON of a plan: its keys are a promise."""

import json

from negsplit.preview.plan_data import plan_data
from strategies.shown_plans import HALF, WALK_RUN, shown


def named(session):
    return f"{session.key} on {session.date}.fit"


def data(text=HALF, athlete="5 km in 22:30"):
    plan = shown(text, athlete)
    return json.loads(json.dumps(plan_data(plan, plan.weeks, named)))


def session(key, **how):
    (found,) = (one for one in data(**how)["sessions"] if one["key"] == key)
    return found


TOTALS = [
    *("sessions", "hard_sessions", "seconds", "metres", "load", "run_seconds", "walk_seconds", "hard_seconds"),
    *("longest", "guessed", "missing"),
]


def test_the_keys():
    found = data()
    assert list(found) == ["plan", "weeks", "sessions", "findings"]
    assert list(found["plan"]) == [
        *("name", "id", "notes", "athlete", "device", "start", "race", "week_starts", "weeks", "weeks_after"),
        *("counts_on", "fitness", "totals"),
    ]
    assert all(
        list(week) == ["week", "again", "first", "last", "down", "totals", "change", "dropped"]
        for week in found["weeks"]
    )
    assert all(list(one["totals"]) == TOTALS for one in (found["plan"], *found["weeks"]))
    assert all(
        list(one)
        == [
            *("key", "week", "again", "date", "time", "kind", "name", "text", "notes", "optional", "tags", "values"),
            *("hard", "seconds", "metres", "load", "run_seconds", "walk_seconds", "hard_seconds", "workout"),
        ]
        for one in found["sessions"]
    )
    workouts = [one["workout"] for one in found["sessions"] if one["workout"]]
    assert len(workouts) == 22
    assert all(list(one) == ["name", "sport", "file", "steps", "estimate", "fidelity", "degraded"] for one in workouts)


def test_a_plan():
    plan = data()["plan"]
    assert plan["race"] == {"date": "2027-02-14", "name": "Spring Half", "metres": 21_098, "goal_seconds": 6300}
    assert (plan["id"], plan["athlete"], plan["device"]) == ("spring-half", "5 km in 22:30", "generic")
    assert (plan["start"], plan["week_starts"], plan["weeks"]) == (None, "mon", 7)
    assert plan["totals"]["sessions"] == 24
    assert plan["totals"]["missing"] == {name: ["w04-sun"] for name in ("seconds", "metres", "load")}
    other = data(WALK_RUN, athlete="")["plan"]
    assert (other["start"], other["race"], other["athlete"]) == ("2027-01-04", None, None)


def test_weeks():
    weeks = data()["weeks"]
    assert [(week["week"], week["again"], week["down"]) for week in weeks] == [
        *((1, 0, False), (2, 0, False), (2, 1, False), (3, 0, True), (4, 0, False), (5, 0, False), (6, 0, True))
    ]
    assert (weeks[0]["first"], weeks[0]["last"]) == ("2026-12-28", "2027-01-03")
    assert [week["dropped"] for week in weeks] == [[], [], [], ["w03-wed"], [], [], []]
    assert weeks[0]["change"] == {"seconds": None, "metres": None}
    assert weeks[2]["change"] == {"seconds": 0.0, "metres": 0.0}
    times = [week["totals"]["seconds"] for week in weeks]
    assert abs(weeks[1]["change"]["seconds"] - (times[1] / times[0] - 1)) <= 0.001
    assert weeks[6]["totals"]["longest"] == {"key": "w06-sun", "seconds": 6300, "metres": 21_098}
    assert weeks[4]["totals"]["missing"]["seconds"] == ["w04-sun"]
    assert weeks[1]["totals"]["guessed"] == ["w02-tue"]


def test_sessions():
    tuesday = session("w01-tue")
    assert (tuesday["date"], tuesday["time"], tuesday["kind"]) == ("2026-12-29", "06:30", "workout")
    assert (tuesday["name"], tuesday["notes"]) == ("Progression", "Start slower than you want to.")
    assert tuesday["values"] == {"total": "9 km"}
    assert tuesday["hard"] is True
    assert tuesday["workout"]["name"] == "W01 Tue Progression"
    assert tuesday["workout"]["file"] == "w01-tue on 2026-12-29.fit"
    assert tuesday["workout"]["steps"] == 4
    assert tuesday["workout"]["estimate"]["seconds"] == tuesday["seconds"]
    assert session("w01-wed")["optional"] is True
    rest = session("w01-mon")
    assert (rest["kind"], rest["name"], rest["text"], rest["workout"]) == ("rest", "legs up", "legs up", None)
    assert (rest["seconds"], rest["metres"], rest["load"], rest["hard"]) == (None, None, None, False)
    race = session("w04-sun")
    assert (race["kind"], race["name"], race["text"], race["seconds"]) == ("race", "Mile race", "a mile", None)


def test_running_and_walking():
    first = session("w01-tue", text=WALK_RUN)
    assert (first["run_seconds"], first["walk_seconds"], first["seconds"]) == (600, 1800, 2400)
    second = session("w02-tue", text=WALK_RUN)
    assert (second["run_seconds"], second["walk_seconds"], second["seconds"]) == (16 * 60, 26 * 60, 42 * 60)


def test_some_weeks_hold_their_own_sessions():
    plan = shown()
    found = plan_data(plan, plan.weeks[1:3], named)
    assert [week["week"] for week in found["weeks"]] == [2, 2]
    assert {one["week"] for one in found["sessions"]} == {2}
    assert found["plan"]["totals"]["sessions"] == 24
