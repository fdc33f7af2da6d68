"""``negsplit compile --format connect``: what an account keeps, in JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from negsplit.formats.connect.program import to_program
from strategies.spring_plan import ATHLETE, START, contents, events, manifest

WORKOUT = "workout: Größe\nlast_recovery: skip\nsteps: warmup 10 min, 3x(4x(400 m @ 4:00/km, 1 min), rest 3 min)\n"


def body(path: str | Path) -> dict[str, object]:
    text = Path(path).read_text(encoding="utf-8")
    assert text.endswith("}\n")
    return json.loads(text)


def test_a_workout_becomes_json_beside_its_source(write, cli):
    write("x.workout.yaml", WORKOUT)
    run = cli("compile", "x.workout.yaml", "--format", "connect")
    assert (run.status, run.err) == (0, "")
    assert run.out == "x.json: Größe, 8 steps and 3 repeats, about 44:12, exact\n"
    assert sorted(path.name for path in Path().iterdir()) == ["x.json", "x.workout.yaml"]
    found = body("x.json")
    assert found["workoutName"] == "Größe"
    assert found["estimatedDurationInSecs"] > 1800
    _, outer = found["workoutSegments"][0]["workoutSteps"]
    inner, rest = outer["workoutSteps"]
    assert (outer["numberOfIterations"], outer["skipLastRestStep"]) == (3, True)
    assert (inner["numberOfIterations"], inner["skipLastRestStep"]) == (4, True)
    assert rest["stepType"]["stepTypeKey"] == "rest"
    assert to_program(found)[1] == []


def test_the_same_input_gives_the_same_bytes(write, cli):
    write("x.workout.yaml", WORKOUT)
    cli("compile", "x.workout.yaml", "--format", "connect", "-o", "a.json")
    cli("compile", "x.workout.yaml", "--device", "connect", "-o", "b.json")
    assert Path("a.json").read_bytes() == Path("b.json").read_bytes()


def test_without_the_option_it_is_fit_as_ever(write, cli):
    write("x.workout.yaml", WORKOUT)
    assert cli("compile", "x.workout.yaml").out.startswith("x.fit: Groesse, ")
    first = Path("x.fit").read_bytes()
    cli("compile", "x.workout.yaml", "--format", "fit")
    assert Path("x.fit").read_bytes() == first


def test_a_workout_typed_on_the_command_line(cli):
    assert cli("compile", "-e", "6x(400 m, 1 min)", "--format", "connect", "-o", "w.json").status == 0
    assert body("w.json")["workoutName"] == "w"


def test_folders_become_folders(write, cli):
    write("in/a.workout.yaml", WORKOUT)
    write("in/b/c.workout.yaml", WORKOUT)
    assert cli("compile", "in", "--format", "connect", "-o", "out", "-q").status == 0
    assert sorted(str(path) for path in Path("out").rglob("*.json")) == ["out/a.json", "out/b/c.json"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--format", "connect", "-o", "x.fit"), "here, only in `.json`"),
        (("-o", "x.json"), "here, only in `.fit`"),
        (("--format", "connect", "--device", "forerunner-935"), "leave --device out"),
        (("--format", "fit", "--device", "connect"), "`--format connect`"),
        (("--format", "connect", "--device", "nothing"), "no device"),
        (("--format", "tcx"), "--format takes fit, connect, intervals or zwo"),
    ],
)
def test_options_that_do_not_agree(write, cli, arguments, words):
    write("x.workout.yaml", WORKOUT)
    run = cli("compile", "x.workout.yaml", *arguments)
    assert run.status == 2
    assert words in run.err
    assert [path.name for path in Path().iterdir()] == ["x.workout.yaml"]


def test_what_an_account_cannot_say_is_an_error_and_nothing_is_written(write, cli):
    write("x.workout.yaml", "workout: T\nsteps:\n  - repeat: {until: 10 km}\n    steps: [lap @ RPE 3]\n")
    run = cli("compile", "x.workout.yaml", "--format", "connect")
    assert (run.status, run.codes) == (1, ["unsupported"])
    assert not Path("x.json").exists()


def test_what_is_kept_otherwise_is_said(write, cli):
    write("x.workout.yaml", "workout: T\nsport: hiking\nsteps: hike 10 km\n")
    run = cli("compile", "x.workout.yaml", "--format", "connect")
    assert (run.status, run.codes) == (0, ["degraded"])
    assert "degraded: `connect` has no sport hiking, it keeps this as another sport" in run.out


# --- Plans ----------------------------------------------------------------------------------------

CONNECT = ("compile", "spring.plan.yaml", "--format", "connect", *ATHLETE)


def test_a_plan_becomes_a_folder_of_json(plan, cli):
    plan()
    run = cli(*CONNECT)
    assert (run.status, run.err) == (0, "")
    assert run.out.startswith("spring: Spring half, 8 workouts in 4 weeks, ")
    names = list(contents("spring"))
    assert names == [
        "2026-12-01-w01-tue.json",
        "2026-12-03-w01-thu.json",
        "2026-12-08-w02-tue.json",
        "2026-12-10-w02-thu.json",
        "2026-12-15-w03-tue.json",
        "2026-12-17-w03-thu.json",
        "2026-12-22-w04-tue.json",
        "2026-12-24-w04-thu.json",
        "manifest.json",
        "plan.ics",
    ]
    assert body("spring/2026-12-01-w01-tue.json")["workoutName"] == "W01 Tue Tempo"
    assert body("spring/2026-12-01-w01-tue.json")["description"] == "Hold back."
    listed = manifest()["files"]
    assert [one["name"] for one in listed] == names[:8]
    assert {one["serial_number"] for one in listed} == {None}
    assert manifest()["others"] == ["plan.ics"]


def test_the_calendar_is_the_same_for_both(plan, cli):
    plan()
    cli("compile", "spring.plan.yaml", "-o", "watch", *ATHLETE)
    cli(*CONNECT, "-o", "account")
    watch, account = (events(folder) for folder in ("watch", "account"))
    assert watch.keys() == account.keys()
    assert {uid: one["DTSTART"].dt for uid, one in watch.items()} == {
        uid: one["DTSTART"].dt for uid, one in account.items()
    }


def test_a_folder_follows_its_plan(plan, cli):
    plan()
    cli(*CONNECT)
    Path("spring/mine.json").write_text("mine")
    plan((START, "start: 2027-01-04"))
    assert "removed 8 files" in cli(*CONNECT).out
    assert len(list(Path("spring").glob("2027-*.json"))) == 8
    assert not list(Path("spring").glob("2026-*.json"))
    assert Path("spring/mine.json").read_text() == "mine"


def test_weeks_leave_those_of_other_weeks(plan, cli):
    plan()
    cli(*CONNECT)
    before = contents("spring")
    assert cli(*CONNECT, "--weeks", "2").status == 0
    after = contents("spring")
    assert {name for name in after if name.endswith(".json")} == {name for name in before if name.endswith(".json")}
    assert len(manifest()["files"]) == 8


def test_the_form_of_a_folder_can_change(plan, cli):
    plan()
    cli("compile", "spring.plan.yaml", *ATHLETE)
    assert "removed 9 files" in cli(*CONNECT).out
    assert not list(Path("spring").glob("*.fit"))
    assert "removed 8 files" in cli("compile", "spring.plan.yaml", *ATHLETE).out
    assert sorted(path.name for path in Path("spring").glob("*.json")) == ["manifest.json"]


def test_an_account_keeps_more_than_a_watch(plan, cli):
    long = ("weeks: 4\nsessions", "weeks: 20\nsessions"), ("{n: 2 -> 5}", "{n: 4}")
    plan(*long)
    assert cli("compile", "spring.plan.yaml", *ATHLETE).codes == ["many-workouts"]
    assert cli(*CONNECT, "-o", "account").codes == []


def test_a_plan_with_what_an_account_cannot_say_writes_nothing(plan, cli):
    plan(("steps: run $total @ easy", "steps: [{repeat: {until: $total}, steps: [50 m]}]"))
    run = cli(*CONNECT)
    assert run.status == 1
    assert "unsupported" in run.codes
    assert not Path("spring").exists()
