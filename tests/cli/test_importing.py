"""``negsplit import``: where things go, what is said, and what is never touched."""

import json
import os
from pathlib import Path

import pytest

from negsplit import foreign
from negsplit.cli import importing
from negsplit.desk import outputs
from negsplit.foreign import READERS
from negsplit.foreign.readers import BY_NAME
from strategies.fit_bytes import file_id, fit, step, workout

RUN = {"stepType": {"stepTypeId": 3}, "endCondition": {"conditionTypeId": 2}, "endConditionValue": 1200}
PACE = {"targetType": {"workoutTargetTypeId": 6}, "targetValueOne": 3.4, "targetValueTwo": 3.26667}
EASY = "workout: Easy\nsteps:\n  - run: 20 min\n"


def body(name="Easy", *steps, sport=1):
    segments = [{"workoutSteps": [*(steps or (RUN,))]}]
    return {"workoutName": name, "sportType": {"sportTypeId": sport}, "workoutSegments": segments}


def calories(**more):
    return RUN | {"endCondition": {"conditionTypeId": 4}} | more


@pytest.fixture
def saved(write):
    """Writes values as JSON."""
    return lambda name, content: write(name, json.dumps(content, indent=1))


def test_the_forms_are_those_that_there_are_readers_for():
    assert tuple(one.name for one in READERS) == importing.FORMS


def test_one_workout_is_printed_and_with_a_place_it_goes_there(saved, cli):
    saved("x.json", body())
    assert cli("import", "x.json") == (0, EASY, "")
    for out, place in [("a/b.yaml", "a/b.yaml"), ("c.YML", "c.YML"), ("folder", "folder/easy.workout.yaml")]:
        assert cli("import", "x.json", "-o", out) == (0, f"{place}: Easy, 1 step, exact\n", "")
        assert Path(place).read_text() == EASY
    assert cli("import", "x.json", "-q", "-o", "quiet") == (0, "", "")
    run = cli("import", "x.json", "-o", "x.json")
    assert (run.status, run.out) == (2, "")
    assert "only in `.yaml` or `.yml`" in run.err


def test_several_need_a_folder_and_are_added_up(saved, cli):
    library = [body(), body("Hills", RUN, calories()), body("Ride", sport=2), body("Nothing", {"workoutSteps": 3})]
    library[3] |= {"workoutSegments": [{"workoutSteps": []}]}
    saved("x.json", library)
    run = cli("import", "x.json")
    assert (run.status, run.out) == (2, "")
    assert "2 workouts need a folder: add `-o DIR`" in run.err
    assert "need a folder" in cli("import", "x.json", "-o", "a.yaml").err
    assert [path.name for path in Path().iterdir()] == ["x.json"]
    run = cli("import", "x.json", "-o", "all")
    assert run.out == (
        "all/easy.workout.yaml: Easy, 1 step, exact\n"
        "all/hills.workout.yaml: Hills, 2 steps, degraded\n"
        "1 exact, 1 degraded, 1 refused, 1 of other sports\n"
    )
    assert (run.status, run.codes) == (1, ["differs", "passed-over", "refused"])
    assert "`Hills`, step 2: until calories 1200 is read as until the lap button" in run.err
    assert "`Nothing`, it has no steps" in run.err
    assert "`Ride`, this is cycling, not running: passed over" in run.err
    assert sorted(path.name for path in Path("all").iterdir()) == ["easy.workout.yaml", "hills.workout.yaml"]
    assert cli("check", "all", "-q").status == 0


def test_what_ends_with_status_1(saved, cli):
    """A mistake does, another sport does not, and a difference does where everything is to be exact."""
    saved("ride.json", body(sport=2))
    saved("hills.json", body("Hills", calories()))
    assert cli("import", "ride.json").status == 0
    assert cli("import", "hills.json").status == 0
    assert cli("import", "hills.json", "--strict").status == 1
    assert cli("import", "ride.json", "--strict").status == 0
    assert cli("import", "hills.json", "nowhere.json", "-o", "x").codes == ["unreadable", "differs"]
    assert Path("x/hills.workout.yaml").exists()
    assert cli("import", ".").codes == ["unreadable"]
    run = cli("import", "hills.json", "--start", "2027-01-04", "--race", "2027-04-04")
    assert run.status == 2
    assert "a plan begins with --start or ends with --race: give one of them" in run.err


def test_no_file_is_ever_written_over(saved, write, cli):
    saved("x.json", [body(), body("Hills")])
    mine = write("all/easy.workout.yaml", "# mine\n")
    os.symlink("nowhere", "all/hills.workout.yaml")
    run = cli("import", "x.json", "-o", "all")
    assert (run.status, run.codes) == (1, ["file-exists", "file-exists"])
    assert "`all/easy.workout.yaml` is already there" in run.err
    assert mine.read_text() == "# mine\n"
    assert os.readlink("all/hills.workout.yaml") == "nowhere"
    assert not Path("nowhere").exists()
    assert cli("import", "x.json", "-o", "new") == cli("import", "x.json", "-o", "new")


def test_a_file_that_appears_meanwhile_is_kept_too(saved, cli, monkeypatch):
    begin = outputs.begin

    def late(path, data):
        path.parent.mkdir(exist_ok=True)
        path.write_text("mine")
        begin(path, data)

    saved("x.json", body())
    monkeypatch.setattr(outputs, "begin", late)
    assert cli("import", "x.json", "-o", "all").codes == ["file-exists"]
    assert Path("all/easy.workout.yaml").read_text() == "mine"


def test_a_folder_that_cannot_be_made(saved, write, cli):
    saved("x.json", body())
    write("file", "")
    run = cli("import", "x.json", "-o", "file/x.yaml")
    assert (run.status, run.codes) == (1, ["unwritable"])


def test_workouts_of_one_name_have_files_of_their_own_unless_they_are_the_same(saved, cli):
    saved("x.json", [body(), body(), body("Easy!", RUN | {"endConditionValue": 60})])
    saved("y.json", [body(), body("EASY", RUN | {"endConditionValue": 90}), body("跑步")])
    run = cli("import", "x.json", "y.json", "-o", "all")
    assert run.out.splitlines() == [
        "all/easy.workout.yaml: Easy, 1 step, exact",
        "all/easy-2.workout.yaml: Easy!, 1 step, exact",
        "all/easy-3.workout.yaml: EASY, 1 step, exact",
        "all/workout.workout.yaml: 跑步, 1 step, exact",
        "6 exact",
    ]


def test_files_in_no_form_in_our_own_and_too_large_ones(saved, write, cli):
    write("mine.workout.yaml", "# my\nworkout: Easy\nsteps: 20 min\n")
    write("me.yaml", "athlete: Me\n")
    write("x.dat", "nothing at all")
    run = cli("import", "mine.workout.yaml", "me.yaml", "x.dat")
    assert (run.status, run.codes) == (1, ["foreign-form"] * 3)
    assert "`mine.workout.yaml` is a workout of negsplit: nothing to import" in run.err
    assert "use it as it is: `negsplit mine.workout.yaml` shows it" in run.err
    assert "`me.yaml` is an athlete of negsplit: nothing to import" in run.err
    assert "`x.dat` is in no form that can be imported" in run.err
    assert "if you know what it is, say so:\n  help: `--from connect`: workouts of Garmin Connect" in run.err
    run = cli("import", "x.dat", "--from", "connect")
    assert (run.status, run.codes) == (1, ["refused"])


@pytest.mark.parametrize(
    ("name", "data", "what", "cure"),
    [
        ("a.csv", b" \n", "is empty", "save it again"),
        ("a.pdf", b"%PDF-1.4", "is not text", "copy the words of a mail into a `.txt` file"),
        ("a.docx", b"PK\x03\x04word/", "is not text", "save a table as CSV"),
        ("a.gpx", b'<?xml version="1.0"?>\n<gpx version="1.1"/>', "is a GPX file", "export the workout itself"),
        ("A.TXT", b"Tue: 5 km easy", "does not say what it is", "for a coach's mail, add `--from text`"),
    ],
)
def test_a_file_that_is_something_else_is_said_to_be_that(write, cli, name, data, what, cure):
    write(name, data)
    run = cli("import", name)
    assert (run.status, run.codes) == (1, ["foreign-form"])
    assert f"`{name}` {what}" in run.err
    assert cure in run.err


def test_what_could_be_several_forms_is_asked_about(write, cli, monkeypatch):
    monkeypatch.setattr(foreign, "readers_of", lambda _file: [BY_NAME["zwo"], BY_NAME["fit"]])
    write("x.dat", "x")
    run = cli("import", "x.dat")
    assert (run.status, run.codes) == (1, ["foreign-form"])
    assert "`x.dat` could be one of several forms" in run.err
    which = ["say which:", "`--from zwo`: a run of Zwift", "`--from fit`: a workout for a watch"]
    assert "".join(f"  help: {one}\n" for one in which) in run.err


def test_a_start_without_days_is_said_to_change_nothing(saved, cli):
    saved("x.json", body())
    run = cli("import", "x.json", "--start", "2027-01-04")
    assert (run.status, run.codes) == (0, ["no-effect"])
    assert "no plan is written: `--start` changes nothing" in run.err


def test_a_date_in_another_form_is_shown_one(saved, cli):
    saved("x.json", body())
    assert "--start takes a date such as 2027-01-04" in cli("import", "x.json", "--start", "4.1.2027").err


def test_what_is_too_large_is_not_begun(saved, write, cli, monkeypatch):
    write("large.json", b" " * 4_000_001)
    assert "`large.json` is larger than 4 MB" in cli("import", "large.json").err
    saved("many.json", [body()] * 1001)
    assert "`many.json` has 1001 workouts, 1000 are read at most" in cli("import", "many.json", "-o", "x").err
    assert not Path("x").exists()
    assert importing.MOST_BYTES_IN_ALL == 16_000_000
    monkeypatch.setattr(importing, "MOST_BYTES_IN_ALL", 2_000_000)
    saved("x.json", body())
    write("y.json", b"{" + b" " * 1_999_999)
    run = cli("import", "x.json", "y.json", "z.json", "-q")
    assert (run.status, run.codes, run.out) == (1, ["too-large"], EASY)
    assert "`y.json` and what follows is not read: more than 2 MB in all" in run.err
    assert "import fewer files at a time" in run.err


def test_a_fit_file_is_what_inspect_makes_of_it(write, cli):
    write("x.fit", fit(file_id(), workout(2), step(0, wkt_step_name="Hill"), step(1, intensity=6)))
    inspected = cli("inspect", "x.fit", "--as-yaml")
    assert cli("import", "x.fit") == inspected
    assert inspected.codes == ["differs", "differs"]
    assert "x.fit: step 2: intensity 6 (other) is read as active" in inspected.err
    write("schedule.bin", fit(file_id(type=7)))
    assert cli("import", "schedule.bin").codes == ["not-a-workout-file"]


def test_names_of_a_file_do_no_harm(saved, cli, hostile, harmless):
    saved("x.json", [body(hostile, RUN | {"description": hostile, hostile: 1}), body()])
    run = cli("import", "x.json", "-o", "all")
    assert run.status == 0
    harmless(run.out + run.err)
    assert cli("compile", "all", "-q").status == 0


def test_what_the_athlete_beside_a_file_changes_is_said(saved, write, cli):
    saved("x.json", body("Easy", RUN | PACE))
    assert cli("import", "x.json", "--miles").err == ""
    assert cli("import", "x.json").out == "workout: Easy\nsteps:\n  - run: 20 min @ 5:00/km\n"
    write("athlete.yaml", "athlete: Me\ntolerance: 3 %\n")
    run = cli("import", "x.json", "-o", "y.yaml")
    assert run.out == "y.yaml: Easy, 1 step, exact\n"
    assert "y.yaml: for Me, step 1: compiled, its target is 3233..3433 mm/s instead of 3267..3400 mm/s" in run.err
