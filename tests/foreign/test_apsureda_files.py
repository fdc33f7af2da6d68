"""Plans of garmin-planner with what each means: written for this by its manual, and run through its own parser.

Of what that parser does otherwise than its manual says, or loses, the manual counts. ``line`` and ``at`` are where a
message stands; equal ends of a speed are a single pace, which the language widens.
"""

import datetime as dt
import json
from pathlib import Path
from random import Random

import pytest
import yaml

from foreign.broken_bytes import broken
from foreign.meaning import assert_means, assert_says, told
from negsplit.foreign import Schedule, read_foreign
from strategies.examples import examples
from work import at_most_turns

HERE = Path(__file__).parent / "apsureda"
SOME_MONDAY = Schedule(dt.date(2027, 1, 4))
FILES = sorted(path.stem for path in HERE.glob("*.yaml"))


def imported(name, schedule=None):
    path = HERE / f"{name}.yaml"
    (result,) = read_foreign({path.name: path.read_bytes()}, schedule=schedule)
    assert result.form == "apsureda"
    return result, json.loads((HERE / f"{name}.expected.json").read_text("utf-8"))


@pytest.mark.parametrize("name", FILES)
def test_each_file_becomes_what_it_means(name):
    result, meant = imported(name)
    assert_says(result.diagnostics, meant)
    for one, workout in zip(result.workouts, meant["workouts"], strict=True):
        assert (one.name, one.verdict) == (workout["name"], workout["verdict"])
        assert_says(one.messages, workout)
        if "steps" in workout:
            assert one.compiled.program.notes == workout.get("notes", "")
            assert_means(one.compiled.fit(), workout["steps"])


@pytest.mark.parametrize("name", ["all", "list", "config"])
def test_every_message_is_told_at_its_place(name, golden):
    path = HERE / "messages" / f"{name}.yaml"
    (result,) = read_foreign({path.name: path.read_bytes()}, form="apsureda", schedule=SOME_MONDAY)
    golden(path.with_suffix(".txt"), told(result))


def planned(text):
    """The days of the plan of a text with the names of their files, and all that came of it."""
    (result,) = read_foreign({"x.yaml": text.encode()}, schedule=SOME_MONDAY)
    return named(result), result


def named(result):
    return {str(on): file_name(day) for on, day in yaml.safe_load(result.plan)["days"].items()}


def file_name(session):
    """``w01s01-easy`` of a path, of the session or the days that hold one, or what else a session says."""
    match session:
        case {"use": path} | str(path):
            return Path(path).name.removesuffix(".workout.yaml")
        case {"cross": _}:
            return session
        case dict():
            return {day: file_name(one) for day, one in session.items()}
        case list():
            return [file_name(one) for one in session]


def test_names_say_the_weeks_and_their_number_the_days():
    result, meant = imported("weeks", SOME_MONDAY)
    files = dict(zip((one["name"] for one in meant["workouts"]), result.paths, strict=True))
    assert named(result) == {
        week: {day: file_name(files[name]) for day, name in days.items()}
        for week, days in meant["plan"]["days"].items()
    }


def test_weeks_that_count_down_are_run_as_they_stand():
    days, result = planned("W02S01 A:\n- rest: 5km\nW01S01 B:\n- rest: 6km\nW00S01 C:\n- rest: 7km\n")
    assert days == {
        "week 1": {"sun": "w02s01-a"},
        "week 2": {"sun": "w01s01-b"},
        "week 3": {"sun": "w00s01-c"},
    }
    assert "count down: 2 is week 1, 0 that of the race" in result.diagnostics[0].message


def test_two_workouts_of_one_number_are_run_on_one_day():
    days, _ = planned("W01S01 AM:\n- rest: 5km\nW01S01 PM:\n- rest: 6km\n")
    assert len(days["week 1"]["sun"]) == 2


def test_a_fork_writes_dates_rounds_and_sports():
    days, result = planned(
        "config:\n  heart_rates: {max_hr: 180, Z1_HR: 62-76% max_hr}\n"
        "A:\n- date: '2027-01-05'\n- repeat: 3\n  steps:\n  - interval: 1km @ Z1_HR\n  - recovery: 2min\n"
        "B:\n- sport_type: cycling\n- date: '2027-01-07'\n- interval: 1h @spd Z2\n"
    )
    run, ride = result.workouts
    assert days == {"2027-01-05": "a", "2027-01-07": {"cross": "B"}}
    beats = {"hr": [112, 137]}  # 111.6 and 136.8
    steps = [
        {"repeat": 3, "steps": [{"role": "run", "cm": 100_000, "hold": beats}, {"role": "recover", "ms": 120_000}]}
    ]
    assert_means(run.compiled.fit(), steps)
    assert (ride.verdict, ride.sport) == ("other sport", "cycling")


@pytest.mark.parametrize("name", FILES)
def test_any_bytes_give_messages_and_soon(name):
    for seed in range(examples(4)):
        data = broken((HERE / f"{name}.yaml").read_bytes(), Random(seed))
        with at_most_turns(50_000_000):
            read_foreign({"x.yaml": data}, form="apsureda", schedule=SOME_MONDAY)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("A:\n- interval: 5km" + " " * 200_000 + "x\n", "is no length"),
        ("A:\n- interval: |\n    5km\n    @ easy\n", "`easy` is no pace"),
        ("A:\n- repeat 999:\n  - repeat 999:\n    - interval: 5km\n", "1 to 10000 steps"),
        ("config: {paces: {a: 90% b, b: 90% a}}\nA:\n- interval: 5km @ a\n", "builds on itself"),
        (
            "".join(f"A{number}:\n- run: 5km\n" for number in range(600)),
            "so many mistakes up to here that the rest was not read\n  A501:\n  ^^^^\n  help: fix these first",
        ),
        ("config: {paces: {a: 5:00}}\nA:\n- interval: 0km\n", "is not between"),
        ("config: {paces: {a: 0:00}}\nA:\n- interval: 5km @ a\n", "is no running pace"),
        ("config: {paces: {a: 5:00}}\nA:\n- interval: 5km @ 5% a\n", "is no running pace"),
        ("config: {margins: {faster: 9:00}}\nA:\n- interval: 5km @ 5:00\n", "not a running speed"),
    ],
)
def test_what_is_too_much_is_refused_soon(text, says):
    with at_most_turns(50_000_000):
        (result,) = read_foreign({"x.yaml": text.encode()}, form="apsureda", schedule=None)
    assert says in told(result)
    assert {one.verdict for one in result.workouts} == {"refused"}
