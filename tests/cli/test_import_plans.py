"""``negsplit import`` of a table of weeks: its plan compiles to the sessions of the table on their days."""

import csv
import io
from pathlib import Path

import garmin_fit_sdk
import pytest
import yaml

SHEET = """\
Week,Sun,Mon,Tue,Wed,Thu,Fri,Sat
1,"running: Long
- run: 18km @ 6:30-6:00mpk; talk all the way",rest,"running: Hills
- warmup: 15:00
- repeat: 6
  - run: 1:00 @ z4
  - recover: lap-button
- cooldown: 10:00","cycling: Ride
- bike: 60:00",Hills,,legs day
2,Long,,,Hills,,,
"""


def names(folder: Path) -> dict[str, str]:
    """What the workouts of a folder are called, by the dates of their files, as Garmin's decoder reads them."""
    found = {}
    for path in folder.glob("*-w*.fit"):
        messages, errors = garmin_fit_sdk.Decoder(garmin_fit_sdk.Stream.from_file(str(path))).read()
        assert errors == []
        found[path.name[:10]] = messages["workout_mesgs"][0]["wkt_name"]
    return found


def test_the_plan_has_the_sessions_of_the_table_on_their_days(write, cli):
    write("spring.csv", SHEET)
    run = cli("import", "spring.csv", "-o", "mine", "--start", "2027-01-03")
    assert run.status == 0
    assert "row 2, Sat: `legs day` names no workout of this plan; kept as a note" in run.err
    assert run.out.splitlines()[-3:] == [
        "mine/spring.plan.yaml: the plan",
        "2 exact, 1 of other sports",
        "next: `negsplit plan show mine/spring.plan.yaml` prints it as a calendar",
    ]
    assert sorted(str(path) for path in Path("mine").rglob("*.yaml")) == [
        "mine/spring.plan.yaml",
        "mine/workouts/hills.workout.yaml",
        "mine/workouts/long.workout.yaml",
    ]
    assert cli("compile", "mine/spring.plan.yaml", "-o", "fit").status == 0
    assert names(Path("fit")) == {
        "2027-01-03": "W01 Sun Long",
        "2027-01-05": "W01 Tue Hills",
        "2027-01-07": "W01 Thu Hills",
        "2027-01-10": "W02 Sun Long",
        "2027-01-13": "W02 Wed Hills",
    }
    days = yaml.safe_load(Path("mine/spring.plan.yaml").read_text("utf-8"))["days"]
    assert days["week 1"]["wed"] == {"cross": "Ride"}
    assert days["week 1"]["sat"] == {"note": "legs day"}


def test_a_race_is_in_the_last_week(write, cli):
    write("spring.csv", SHEET)
    assert cli("import", "spring.csv", "-o", "mine", "--race", "2027-04-17").status == 0
    assert cli("compile", "mine/spring.plan.yaml", "-o", "fit").status == 0
    assert min(names(Path("fit"))) == "2027-04-04"


def test_a_plan_without_a_day_is_asked_for_one_and_its_workouts_are_written(write, cli, desk):
    write("spring.csv", SHEET)
    run = cli("import", "spring.csv", "-o", "mine")
    assert run.status == 1
    assert run.codes.count("no-dates") == 1
    assert "add `--start DATE`, or `--race DATE` if it ends with a race, or `--workouts-only` for no plan" in run.err
    assert not list(desk.rglob("*.plan.yaml"))
    assert cli("import", "spring.csv", "-o", "other", "--workouts-only").status == 0
    assert sorted(path.name for path in Path("other").iterdir()) == ["hills.workout.yaml", "long.workout.yaml"]


@pytest.mark.parametrize("name", ["spring.plan.yaml", "workouts/long.workout.yaml"])
def test_a_plan_is_not_written_beside_somebody_elses_files(write, cli, name):
    write("spring.csv", SHEET)
    write(f"mine/{name}", "workout: Another\nsteps: 5 km\n")
    run = cli("import", "spring.csv", "-o", "mine", "--start", "2027-01-03")
    assert (run.status, run.codes.count("file-exists")) == (1, 1)
    assert [str(path) for path in Path("mine").rglob("*.yaml")] == [f"mine/{name}"]
    assert Path(f"mine/{name}").read_text("utf-8") == "workout: Another\nsteps: 5 km\n"


def test_a_bom_semicolons_and_line_ends_of_windows_change_nothing(write, cli):
    rows = list(csv.reader(io.StringIO(SHEET)))
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(
        [[cell.replace("\n", "\r\n") for cell in row] for row in rows]
    )
    write("windows.csv", b"\xef\xbb\xbf" + out.getvalue().encode())
    write("spring.csv", SHEET)
    for name in ("windows", "spring"):
        assert cli("import", f"{name}.csv", "-o", name, "--start", "2027-01-03").status == 0
    for name in ("long", "hills"):
        one, other = (Path(folder, "workouts", f"{name}.workout.yaml").read_bytes() for folder in ("windows", "spring"))
        assert one == other
