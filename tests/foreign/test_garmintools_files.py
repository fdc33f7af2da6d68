"""Sheets of GarminTools with what they mean: written for this by its grammar and its manual, and read by hand.

``at`` is where a message stands in its file, lines and columns from 1.
"""

import json
from pathlib import Path
from random import Random

import pytest
import yaml

from foreign.broken_bytes import broken
from foreign.meaning import assert_means, assert_says, told
from negsplit.foreign import read_foreign
from negsplit.formats.foreign import ForeignOptions
from strategies.examples import examples
from work import at_most_turns

HERE = Path(__file__).parent / "garmintools"
SHEETS = {"language": ["language.csv"], "book": ["book_pace.csv", "book_workout.csv", "book_schedule.csv"]}


def imported(name):
    (result,) = read_foreign({sheet: (HERE / sheet).read_bytes() for sheet in SHEETS[name]})
    assert result.form == "garmintools"
    return result, json.loads((HERE / f"{name}.expected.json").read_text("utf-8"))


@pytest.mark.parametrize("name", SHEETS)
def test_each_book_becomes_what_it_means(name):
    result, meant = imported(name)
    paces = {key: tuple(value["speed"]) for key, value in meant.get("paces", {}).items()}
    assert_says(result.diagnostics, meant)
    for one, workout in zip(result.workouts, meant["workouts"], strict=True):
        assert (one.name, one.verdict) == (workout["name"], workout["verdict"])
        assert_says(one.messages, workout)
        if "steps" in workout:
            assert one.compiled.program.sport.value == workout.get("sport", "running")
            assert_means(one.compiled.fit(), workout["steps"], paces)


def test_every_message_is_told_at_its_place(golden):
    sheets = {path.name: path.read_bytes() for path in sorted((HERE / "messages").glob("*.csv"))}
    (result,) = read_foreign({**sheets, "book.xls": b"\xd0\xcf\x11\xe0\0"}, form="garmintools")
    golden(HERE / "messages" / "all.txt", told(result))


def test_the_schedule_is_a_plan_with_dates():
    result, meant = imported("book")
    plan = yaml.safe_load(result.plan)
    names = {name: one["name"] for name, one in zip(result.paths, meant["workouts"], strict=True)}
    days = {str(on): names.get(Path(one).name, one) for on, one in plan["days"].items()}
    assert days == {on: "rest" if isinstance(name, dict) else name for on, name in meant["plan"]["dates"].items()}
    assert (str(plan["start"]), plan["weeks"]) == (meant["plan"]["start"], meant["plan"]["weeks"])


def scheduled(*dates, order=None):
    text = "Date,Workout\n" + "".join(f'"{one}",5km\n' for one in dates)
    (result,) = read_foreign({"s.csv": text.encode()}, options=ForeignOptions(dates=order))
    found = yaml.safe_load(result.plan)["days"] if result.plan else ()
    return [str(on) for on in found], result.diagnostics


@pytest.mark.parametrize(
    ("dates", "order", "meant"),
    [
        (["13/01/2027", "02/02/2027"], None, ["2027-01-13", "2027-02-02"]),
        (["01/13/27", "02/02/27"], None, ["2027-01-13", "2027-02-02"]),
        (["02/03/2027"], "day-first", ["2027-03-02"]),
        (["02/03/2027"], "month-first", ["2027-02-03"]),
        (["02.03.2027"], None, ["2027-03-02"]),
        (["2027-01-05 00:00:00", "06-Jan-27", "Thu 7 January 2027"], None, ["2027-01-05", "2027-01-06", "2027-01-07"]),
    ],
)
def test_a_column_of_dates_says_how_it_is_read(dates, order, meant):
    assert scheduled(*dates, order=order) == (meant, ())


def test_a_date_that_could_be_two_is_refused_with_what_to_say():
    days, (message,) = scheduled("02/03/2027")
    assert days == []
    assert (message.code, message.span.line) == ("refused", 2)
    assert message.message == "`02/03/2027`: which number is the day, and which the month?"
    assert message.help == ("add `--dates day-first` or `--dates month-first`",)


def test_no_date_is_made_up_for_a_day_that_is_none():
    days, (message,) = scheduled("2027-02-30", "2027-03-01")
    assert days == ["2027-03-01"]
    assert "`2027-02-30` is no date" in message.message


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", b"PK\x03\x04..xl/workbook.xml"])
def test_a_workbook_is_refused_with_what_to_do(data):
    (result,) = read_foreign({"book.xls": data})
    (message,) = result.diagnostics
    assert (message.code, message.help) == (
        "refused",
        ("save each of its sheets as CSV, and give all of these files at once",),
    )
    assert result.workouts == ()


def test_names_that_differ_in_capitals_only_are_kept_apart():
    sheets = {
        "p.csv": b"Name,Value\nLT,4:45-4:35/km\nlt,5:45-5:35/km\nOpen,6:45-6:35/km\n",
        "w.csv": b"Name,Description\nA,1km@LT + 1km@lt + 1km@Open\n",
    }
    (result,) = read_foreign(sheets)
    (one,) = result.workouts
    speeds = {"LT": (3509, 3636), "lt": (2899, 2985), "Open": (2469, 2532)}  # 1000 / 285 s and so on
    assert_means(
        one.compiled.fit(), [{"role": "run", "cm": 100_000, "hold": {"pace": name}} for name in speeds], speeds
    )
    assert "`lt` is `lt 2`" in result.diagnostics[0].message


def test_what_no_row_or_column_is_used_for_is_said():
    sheets = {"w.csv": b"Name,Description,Comments,Pool length\nA,5km,hello,50\nB,\n", "s.csv": b"Date,Workout\n,A\n"}
    (result,) = read_foreign(sheets)
    assert [one.message for one in result.diagnostics] == [
        "the column `Comments` is not used",
        "a row without a Description is not used",
        "a row without a Date is not used",
    ]


@pytest.mark.parametrize("name", SHEETS)
def test_any_bytes_give_messages_and_soon(name):
    for seed in range(examples(8)):
        random = Random(seed)
        sheets = {sheet: broken((HERE / sheet).read_bytes(), random) for sheet in SHEETS[name]}
        with at_most_turns(50_000_000):
            read_foreign(sheets, form="garmintools")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("(" * 100_000, "brackets deep"),
        ("(" * 9 + "10m" + ")*999" * 9, "10000 steps"),
        ("9" * 100_000 + "km", "is not between"),
        ("9:" * 50_000, "is no time"),
        ("5km@0:00-5:00/km", "is no running pace"),
        ("5km@5:75-5:00/km", "`5:75"),
        ("5km@20-30bpm", "20"),
        ("", ""),
    ],
)
def test_what_is_too_much_is_refused_soon(text, says):
    with at_most_turns(50_000_000):
        (result,) = read_foreign({"w.csv": f"Name,Description\nA,{text}\n".encode()})
    assert {one.verdict for one in result.workouts} <= {"refused"}
    assert all(any(says in message.message for message in one.messages) for one in result.workouts)
