"""Tables of weeks as files. What each means was worked out by hand, by the manuals and sources of quick-plan and
garmin-csv-plan, before there was a reader (see the reference material's README).

The files that were made for it are copied here; the words ``Rest day`` of one are a day off here, and no note.
"""

import csv
import datetime as dt
import io
import json
from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from foreign.broken_bytes import broken
from foreign.meaning import DATA, assert_means, run_out, told
from negsplit.diagnostics import render
from negsplit.foreign import ForeignResult, Schedule, read_foreign
from negsplit.formats.foreign import NO_OPTIONS, ForeignOptions
from strategies.examples import examples
from work import at_most_turns

HERE = Path(__file__).with_name("quickplan")
MADE = sorted(path for path in HERE.glob("*.csv") if path.with_suffix(".expected.json").exists())
START = Schedule(start=dt.date(2027, 1, 4))


def read(data: bytes, options: ForeignOptions = NO_OPTIONS, form: str | None = None) -> ForeignResult:
    (result,) = read_foreign({"plan.csv": data}, options=options, schedule=START, form=form)
    return result


def days(result: ForeignResult):
    """The days of a plan, read by YAML alone, with the names of workouts for their files."""
    names = {f"workouts/{path}": one.name for path, one in zip(result.paths, result.workouts, strict=True) if path}
    plan = yaml.safe_load(result.plan)

    def named(day):
        return [named(one) for one in day] if isinstance(day, list) else names.get(str(day), day)

    return {week: {day: named(one) for day, one in found.items()} for week, found in plan["days"].items()}


def assert_as_expected(path: Path) -> None:
    meant = json.loads(path.with_suffix(".expected.json").read_text("utf-8"))
    result = read(path.read_bytes())
    assert [one.name for one in result.workouts] == [one["name"] for one in meant["workouts"]]
    for one, wanted in zip(result.workouts, meant["workouts"], strict=True):
        text = "\n".join([*map(render, one.messages), one.sport])
        assert [piece for piece in wanted.get("says", ()) if piece not in text] == []
        if wanted["verdict"] == "refused":
            assert (one.verdict, one.text) == ("other sport" if one.sport else "refused", "")
            continue
        assert one.verdict == wanted["verdict"]
        assert yaml.safe_load(one.text).get("notes", "") == wanted.get("notes", "")
        assert one.compiled is not None
        assert_means(one.compiled.fit(), wanted["steps"])
        cues = {step["cue"] for step in run_out(wanted["steps"]) if "cue" in step}
        assert {getattr(step, "cue", "") for step in one.compiled.program.steps} - {""} == cues
    assert [piece for piece in meant.get("says", ()) if piece not in told(result)] == []
    assert days(result) == meant["plan"]["days"]


@pytest.mark.parametrize("path", MADE, ids=lambda path: path.stem)
def test_each_file_becomes_what_it_means(path):
    assert_as_expected(path)


@pytest.mark.skipif(not DATA.exists(), reason="the reference material is not here")
def test_the_examples_of_the_manual_become_what_they_mean(tmp_path):
    """A cell with the word ``rest`` alone may be a day off, their README says."""
    for name in ("readme_15k", "readme_two_weeks"):
        for suffix in (".csv", ".expected.json"):
            text = (DATA / "quickplan" / f"{name}{suffix}").read_text("utf-8")
            (tmp_path / f"{name}{suffix}").write_text(text.replace('{"note": "rest"}', '"rest"'), "utf-8")
        assert_as_expected(tmp_path / f"{name}.csv")


def test_units_are_those_that_somebody_says():
    result = read((HERE / "imperial.csv").read_bytes(), ForeignOptions(units="imperial"))
    assert [one.verdict for one in result.workouts] == ["exact", "exact"]
    miles_at_10_30, miles_at_9_30 = 1_609_344 / 630, 1_609_344 / 570
    assert result.workouts[0].compiled is not None
    warmup = {"role": "warmup", "cm": 160_934, "hold": {"speed": [miles_at_10_30, miles_at_9_30]}}
    meant = json.loads((HERE / "imperial.expected.json").read_text("utf-8"))["workouts"][0]["steps"]
    assert_means(result.workouts[0].compiled.fit(), [warmup, *meant[1:]])


def test_every_message_is_told_at_its_cell(golden):
    """Each cell of the sheet is wrong in a way of its own, or read otherwise than somebody could have meant."""
    golden(HERE / "messages.txt", told(read((HERE / "messages.csv").read_bytes())))


@pytest.mark.parametrize(
    ("sheet", "starts", "found"),
    [
        ("Week,Sun,Mon,Tue,Wed,Thu,Fri,Sat\n1,A,,,,,,B\n", "sun", {"sun": "A", "sat": "B"}),
        ("W,S,M,T,W,T,F,S\n1,A,,,,,,B\n", "sun", {"sun": "A", "sat": "B"}),
        ("semaine;lundi;mardi\n1;A;B\n", None, {"mon": "A", "tue": "B"}),
        ("Woche\tDi\tDo\tSo\tNotiz\n1\tA\tB\tC\tgut\n", None, {"tue": "A", "thu": "B", "sun": "C"}),
        ("settimana,domenica,lunedì\n1,A,B\n", "sun", {"sun": "A", "mon": "B"}),
        ("1,A,B\n", None, {"mon": "A", "tue": "B"}),
        ("a plan for me,,\nWeek,sábado,domingo\n1,A,B\n", "sat", {"sat": "A", "sun": "B"}),
    ],
)
def test_the_heading_says_which_days_there_are(sheet, starts, found):
    sign = next(one for one in ",;\t" if one in sheet)
    define = "".join(f'x{sign}"running: {name}\n- run: 5km"\n' for name in "ABC" if name in found.values())
    result = read((sheet + define).encode(), form="quickplan")
    plan = yaml.safe_load(result.plan)
    assert plan.get("week_starts") == starts
    assert days(result)["week 1"] == found


def test_a_heading_that_names_a_day_twice_is_told():
    result = read(b'Week,Mon,Mon,Tue\n1,"running: A\n- run: 5km",,A\n')
    assert days(result)["week 1"] == {"mon": "A", "wed": "A"}
    assert "the heading names a day twice: its columns are taken as Monday to Sunday" in told(result)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"Week,Mon\n1,\n", b"running: A\n- run: 5km\n"])
def test_a_table_without_a_workout_is_refused(data):
    help = "a workout stands in one cell, between quotes: `running: Easy run`, and `- run: 5km` in the next line"
    result = read(data, form="quickplan")
    assert told(result).endswith(f"error[refused]: `plan.csv` is a table without a workout\n  help: {help}\n")
    assert (result.workouts, result.plan) == ((), "")


def test_weeks_are_counted_by_their_rows():
    result = read(b'Week,Mon\n3,"running: A\n- run: 5km"\n2,\n1,A\n')
    assert days(result) == {"week 1": {"mon": "A"}, "week 3": {"mon": "A"}}
    assert told(result).count("weeks are counted by their rows: the one with the number 3 is week 1") == 1


# --- What another program would write ------------------------------------------------------------

WORDS = {"warmup": "warmup", "run": "run", "recover": "recover", "rest": "rest", "cooldown": "cooldown"}


@st.composite
def targets(draw):
    """A target with what it means; paces in mm/s."""
    kind = draw(st.sampled_from(["none", "zone", "pace", "mile pace", "hr", "power", "speed"]))
    low = draw(st.integers(0, 40))
    high = low + draw(st.integers(1, 40))
    match kind:
        case "zone":
            return f" @ z{1 + low % 5}", {"hold": {"hr_zone": 1 + low % 5}}
        case "pace" | "mile pace":
            metres, unit = (1000, " mpk") if kind == "pace" else (1609.344, "mpm")
            slow, fast = 600 - low, 599 - high
            text = f" @{slow // 60}:{slow % 60:02d} - {fast // 60}:{fast % 60:02d}{unit}"
            return text, {"hold": {"speed": [metres * 1000 / slow, metres * 1000 / fast]}}
        case "hr":
            return f" @ {100 + low}-{100 + high}bpm", {"hold": {"hr": [100 + low, 100 + high]}}
        case "power":
            return f" @ {200 + low}-{200 + high} W", {"hold": {"power": [200 + low, 200 + high]}}
        case "speed":
            ends = [8 + low / 10, 8 + high / 10]
            return f" @ {ends[0]:.1f}-{ends[1]:.1f} kph", {"hold": {"speed": [end / 0.0036 for end in ends]}}
        case _:
            return "", {}


@st.composite
def steps(draw):
    kind, number = draw(st.sampled_from(["km", "m", "mi", "yds", "time", "lap"])), draw(st.integers(1, 40))
    lengths = {
        "km": (f"{number / 2}km", {"cm": number * 50_000}),
        "m": (f"{number * 100} m", {"cm": number * 10_000}),
        "mi": (f"{number}mi", {"cm": round(number * 160_934.4)}),
        "yds": (f"{number * 100}yds", {"cm": round(number * 9_144)}),
        "time": (f"{number * 4}:{number:02d}", {"ms": number * 241_000}),
        "lap": ("lap-button", {"lap": True}),
    }
    (text, amount), (aim, hold) = lengths[kind], draw(targets())
    word = draw(st.sampled_from([*WORDS]))
    return [f"- {word}: {text}{aim}"], {"role": WORDS[word], **amount, **hold}


@st.composite
def repeats(draw, inside):
    times, indent = draw(st.integers(1, 9)), " " * draw(st.integers(1, 4))
    found = draw(st.lists(inside, min_size=1, max_size=3))
    lines = [f"- repeat: {times}", *(f"{indent}{line}" for lines, _ in found for line in lines)]
    return lines, {"repeat": times, "steps": [meant for _, meant in found]}


WORKOUT = st.lists(st.recursive(steps(), repeats, max_leaves=4), min_size=1, max_size=4)
ENDS = st.sampled_from(["\n", "\r\n"])


@settings(max_examples=examples(28))
@given(st.dictionaries(st.integers(0, 13), WORKOUT, min_size=1, max_size=2), ENDS, st.sampled_from(",;\t"))
def test_a_grid_of_workouts_means_what_was_written(grid, end, sign):
    out = io.StringIO()
    rows = [["Week", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], ["1"] + [""] * 7, ["2"] + [""] * 7]
    for place, workout in grid.items():
        lines = [line for lines, _ in workout for line in lines]
        rows[1 + place // 7][1 + place % 7] = end.join([f"running: On {place}", *lines])
    csv.writer(out, delimiter=sign, lineterminator=end).writerows(rows)
    result = read(out.getvalue().encode(), ForeignOptions(units="metric"))
    found = {one.name: one for one in result.workouts}
    assert told(result) == ""
    for place, workout in grid.items():
        one = found[f"On {place}"]
        assert (one.verdict, one.compiled is None) == ("exact", False)
        assert one.compiled is not None
        assert_means(one.compiled.fit(), [meant for _, meant in workout])
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    on = {(place // 7, names[place % 7]): f"On {place}" for place in grid}
    assert {(int(week[5:]) - 1, day): name for week, held in days(result).items() for day, name in held.items()} == on


# --- Any bytes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MADE, ids=lambda path: path.stem)
def test_any_bytes_give_messages_and_soon(path):
    for seed in range(examples(24)):
        data = broken(path.read_bytes(), Random(seed))
        with at_most_turns(50_000_000):
            read(data, form="quickplan")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"Week,Mon\n1," + b'"running: A\n- run: 5km"\n' + b"," * 200_000, "64 columns"),
        (b'Week,Mon\n1,"running: A\n' + b"- run: 5km\n" * 11_000 + b'"\n', "10000 steps"),
        (b'Week,Mon\n1,"running: A\n' + b"- repeat: 9999\n  - run: 5km\n" * 2 + b'"\n', "10000 steps"),
        (
            b'Week,Mon\n1,"running: A\n' + b"- walk: 5km\n" * 600 + b'"\n',
            "row 2, Mon: there are so many mistakes up to here that the rest was not read",
        ),
        (b'Week,Mon\n1,"running: A\n' + b"".join(b" " * n + b"- repeat: 2\n" for n in range(100)) + b'"\n', "4 deep"),
    ],
    ids=["columns", "lines", "steps", "mistakes", "levels"],
)
def test_what_is_too_much_is_refused_soon(data, says):
    with at_most_turns(50_000_000):
        result = read(data)
    assert says in told(result)
    assert "help: " in told(result)
    assert result.plan == ""
