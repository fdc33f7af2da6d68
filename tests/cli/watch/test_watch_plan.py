"""``negsplit watch copy`` with plans: their weeks, their days in the watch's schedule, and what becomes of both."""

import datetime as dt
from pathlib import Path

import pytest

from negsplit.formats.fit.read import read_entries, read_file_id, read_schedule
from negsplit.state import StateError
from negsplit.watch.ledger import WatchLedger
from strategies.fit_bytes import file_id, fit, schedule
from watch.connects_plan import KEPT, put_on, records
from watch.fake_watch import waiting
from watch.importing import unplug
from watch.watch_content import SCHEDULE, WORKOUTS, standard_content


@pytest.fixture
def spring(plan, write):
    """The spring plan, with some of its text replaced, for a runner with a race result."""
    write("athlete.yaml", "athlete: Me\nraces: 5 km in 22:30\n")
    return plan


def days(data):
    return [str(one.scheduled.date()) for one in read_schedule(data)]


def test_some_weeks_of_a_plan_with_their_days(watch, spring, cli):
    run = cli("watch", "copy", spring(), "--weeks", "1", "--schedule")
    assert run.status == 0, run.err
    found = waiting(watch)
    assert run.out.count("GARMIN/NewFiles/") == len(found)
    cli("compile", "spring.plan.yaml", "--weeks", "1", "-o", "out", "--device", "forerunner-935")
    with open("out/SCHEDULE.FIT", "rb") as file:
        assert found.pop("SCHEDULE.FIT") == file.read()
    assert found
    for name, data in found.items():
        with open(f"out/{name}", "rb") as file:
            assert file.read() == data
    assert "SCHEDULE.FIT: " in run.out


def test_days_that_the_watch_has_stay(watch, spring, cli):
    cli("watch", "copy", spring(), "--weeks", "1", "--schedule")
    first = read_entries(waiting(watch)["SCHEDULE.FIT"])
    unplug(watch)
    assert read_entries(watch.files()[f"{SCHEDULE}/SCHEDULE.FIT"]) == first
    run = cli("watch", "copy", "spring.plan.yaml", "--weeks", "2", "--schedule")
    assert (
        f"{len(first)} entries already on the watch kept" in run.out
        or f"{len(first)} entry already on the watch kept" in run.out
    )
    second = read_entries(waiting(watch)["SCHEDULE.FIT"])
    assert second[: len(first)] == first
    assert len(second) > len(first)
    run = cli("watch", "copy", "spring.plan.yaml", "--weeks", "1-2", "--schedule")
    assert "schedule: every day is already on the watch" in run.out
    cli("watch", "copy", "spring.plan.yaml", "--weeks", "3", "--schedule")
    assert [name for name in waiting(watch) if name.startswith("SCHEDULE")] == ["SCHEDULE-2.FIT"]
    third = read_entries(waiting(watch)["SCHEDULE-2.FIT"])
    assert third[: len(second)] == second


def test_a_plan_that_moves_takes_its_days_along(watch, spring, cli):
    cli("watch", "copy", spring(), "--weeks", "1", "--schedule")
    first = days(waiting(watch)["SCHEDULE.FIT"])
    unplug(watch)
    moved = spring(("2026-11-30", "2026-12-07"))
    cli("watch", "copy", moved, "--weeks", "1", "--schedule")
    before = waiting(watch)
    assert (
        "schedule: every day is already on the watch" in cli("watch", "copy", moved, "--weeks", "1", "--schedule").out
    )
    assert waiting(watch) == before
    cli("watch", "remove", "--yes", *before)
    run = cli("watch", "copy", moved, "--weeks", "1", "--schedule", "--yes")
    assert run.status == 0, run.err
    second = days(waiting(watch)["SCHEDULE.FIT"])
    assert len(second) == len(first)
    assert not set(first) & set(second)
    assert run.out.count(": removed") == len(first)
    assert "kept" not in run.out
    assert f"{len(first)} entries replaced" in run.out


def test_half_a_schedule_of_ours_does_not_bar_the_next(watch, spring, cli, monkeypatch):
    """What the watch keeps of a file whose sending was cut off."""
    with monkeypatch.context() as patch:
        patch.setattr(WatchLedger, "confirm", lambda *_: None)
        cli("watch", "copy", spring(), "--weeks", "1", "--schedule")
    whole = waiting(watch)
    watch.delete("GARMIN/NewFiles/SCHEDULE.FIT")
    watch.add("GARMIN/NewFiles/SCHEDULE.FIT", whole["SCHEDULE.FIT"][:-9])
    assert cli("watch", "copy", "spring.plan.yaml", "--weeks", "1", "--schedule").status == 0
    assert waiting(watch) == whole


TWELVE_WEEKS = """\
plan: Long
id: long
start: 2026-11-30
weeks: 12
sessions:
  - {on: [mon, tue, wed, fri, sun], name: Run, steps: 20 min @ RPE 3}
"""


@pytest.mark.parametrize("layout", ["drive", "mtp"])
def test_a_long_plan_is_shown_part_by_part(watch, write, cli, stop_clock, layout):
    """A watch shows thirty entries; and it ties to them what came with them, and nothing else."""
    write("long.plan.yaml", TWELVE_WEEKS)
    run = cli("watch", "copy", "long.plan.yaml", "--weeks", "1-8", "--schedule", "--yes")
    assert run.status == 0, run.err
    assert run.codes == ["watch-schedule", "watch-overflow"]
    assert "warning[watch-schedule]: 30 of 40 entries: watches show 30; copy again from 2027-01-11 on\n" in run.err
    assert run.out.splitlines()[-2].startswith("GARMIN/NewFiles/SCHEDULE.FIT: 30 days")
    assert run.out.endswith("unplug it now: the watch imports them in one go\n")
    assert len(days(waiting(watch)["SCHEDULE.FIT"])) == 30
    unplug(watch, layout)
    before = watch.files()
    again = cli("watch", "copy", "long.plan.yaml", "--weeks", "1-4", "--schedule")
    assert "schedule: every day is already on the watch\n" in again.out
    assert waiting(watch) == {}
    stop_clock("2026-12-11 23:30")
    run = cli("watch", "copy", "long.plan.yaml", "--weeks", "2", "--schedule")
    assert "schedule: every day is already on the watch, 8 past days left out\n" in run.out
    assert watch.files() == before
    stop_clock("2027-01-11 06:00")
    run = cli("watch", "copy", "long.plan.yaml", "--weeks", "1-8", "--schedule", "--yes")
    there = waiting(watch)
    entries = read_schedule(there.pop("SCHEDULE.FIT"))
    assert [str(one.scheduled.date()) for one in entries][:2] == ["2027-01-11", "2027-01-12"]
    assert len(entries) == 10
    known = {(one.serial_number, one.time_created) for one in map(read_file_id, there.values())}
    assert {(one.serial_number, one.time_created) for one in entries} <= known


@pytest.mark.parametrize("layout", ["drive", "mtp"])
def test_a_week_later_every_workout_of_the_schedule_comes_again(watch, write, cli, stop_clock, layout):
    write("long.plan.yaml", TWELVE_WEEKS)
    cli("watch", "copy", "long.plan.yaml", "--weeks", "1-2", "--schedule")
    unplug(watch, layout)
    kept = {path for path in watch.files() if path.startswith(WORKOUTS)}
    stop_clock("2026-12-07 06:00")
    run = cli("watch", "copy", "long.plan.yaml", "--weeks", "3", "--schedule")
    assert run.out.count(", again, because the schedule needs it\n") == 5
    assert "SCHEDULE.FIT: 5 days, 5 entries already on the watch kept, 5 past days left out\n" in run.out
    assert len(waiting(watch)) == 5 + 5 + 1
    (again,) = [line for line in cli("watch", "contents").out.splitlines() if "of the last copy" in line]
    assert again == "  of the last copy, 10 workouts: 10 waiting: unplug the watch to import"
    unplug(watch, layout)
    after = {path for path in watch.files() if path.startswith(WORKOUTS)}
    assert kept < after
    assert len(after - kept) == 5
    assert len(days(watch.files()[f"{SCHEDULE}/SCHEDULE.FIT"])) == 10
    run = cli("watch", "remove", "--yes")
    assert run.out.endswith("15 files removed\n")


@pytest.mark.parametrize("layout", ["drive", "mtp"])
def test_a_plan_of_garmin_connects_stays_to_the_bit(watch, write, cli, layout):
    """In the file that is brought, and in what the watch makes of it; its workouts come along and stay theirs."""
    write("long.plan.yaml", TWELVE_WEEKS)
    *theirs, before = put_on(watch, layout, dt.date(2026, 12, 1)).values()
    run = cli("watch", "copy", "long.plan.yaml", "--weeks", "1", "--schedule")
    assert run.out.count(": Coach 10") == run.out.count(", again, because the schedule needs it\n") == 3
    brought = waiting(watch)["SCHEDULE.FIT"]
    assert set(records(before)) < set(records(brought))
    assert [number for number, *_ in records(brought)].count(137) == 1
    unplug(watch, layout)
    assert set(records(before)) < set(records(watch.files()[KEPT]))
    said = cli("watch", "contents").out
    assert "8 days in the schedule" in said
    assert "Coach 101 (ours" not in said
    assert "not on the watch" not in said
    cli("watch", "remove", "--yes")
    kept = [data for path, data in watch.files().items() if path.startswith(WORKOUTS)]
    others = [data for path, data in standard_content().items() if path.startswith(WORKOUTS)]
    assert sorted(kept) == sorted([*theirs, *others])


def test_what_others_scheduled_is_carried_and_never_ours(watch, spring, cli):
    """Also where the watch then has it twice: the second goes, read again and compared, the first stays."""
    theirs = f"{WORKOUTS}/A6DF5659.FIT"
    data = watch.files()[theirs]
    known = read_file_id(data)
    entry = schedule(serial_number=known.serial_number, time_created=known.time_created, scheduled_time=1_166_000_000)
    watch.delete(f"{SCHEDULE}/SCHEDULE.FIT")
    watch.add(f"{SCHEDULE}/SCHEDULE.FIT", fit(file_id(type=7), entry))
    run = cli("watch", "copy", spring(), "--weeks", "1", "--schedule")
    assert "GARMIN/NewFiles/A6DF5659.FIT: 5x800, again, because the schedule needs it\n" in run.out
    assert waiting(watch)["A6DF5659.FIT"] == data
    assert "5x800 (ours" not in cli("watch", "contents").out
    cli("watch", "remove", "--yes")
    assert waiting(watch) == {"A6DF5659.FIT": data}
    watch.delete("GARMIN/NewFiles/A6DF5659.FIT")
    for name, bytes_ in (("B.FIT", data), ("C.FIT", data[:-2] + b"xx")):
        watch.add(f"{WORKOUTS}/{name}", bytes_)
    run = cli("watch", "remove", "--yes")
    assert run.out == (
        "GARMIN/Workouts/B.FIT: 5x800, the same as GARMIN/Workouts/A6DF5659.FIT\nForerunner 935: 1 file removed\n"
    )
    assert {theirs, f"{WORKOUTS}/C.FIT"} <= watch.files().keys()
    assert "nothing on it was copied by negsplit" in cli("watch", "remove", "--yes").out


def test_a_schedule_that_names_what_nobody_has_is_brought_and_that_is_said(watch, spring, cli):
    entries = [schedule(serial_number=number, time_created=5, scheduled_time=1_166_000_000) for number in (1, 2)]
    watch.delete(f"{SCHEDULE}/SCHEDULE.FIT")
    watch.add(f"{SCHEDULE}/SCHEDULE.FIT", fit(file_id(type=7), *entries))
    run = cli("watch", "copy", spring(), "--weeks", "1", "--schedule")
    assert run.status == 0
    assert "warning[watch-schedule]: 2 entries name workouts that are not on the watch\n" in run.err
    assert len(days(waiting(watch)["SCHEDULE.FIT"])) == 4


def test_half_of_what_was_carried_is_cleared_up(watch, spring, cli, monkeypatch):
    data = watch.files()[f"{WORKOUTS}/A6DF5659.FIT"]
    known = read_file_id(data)
    entry = schedule(serial_number=known.serial_number, time_created=known.time_created, scheduled_time=1_166_000_000)
    watch.delete(f"{SCHEDULE}/SCHEDULE.FIT")
    watch.add(f"{SCHEDULE}/SCHEDULE.FIT", fit(file_id(type=7), entry))
    with monkeypatch.context() as patch:
        patch.setattr(WatchLedger, "confirm", lambda *_: None)
        cli("watch", "copy", spring(), "--weeks", "1", "--schedule")
    whole = waiting(watch)
    for name in ("A6DF5659.FIT", "SCHEDULE.FIT"):
        watch.delete(f"GARMIN/NewFiles/{name}")
    watch.add("GARMIN/NewFiles/A6DF5659.FIT", data[:-9])
    assert cli("watch", "copy", "spring.plan.yaml", "--weeks", "1", "--schedule").status == 0
    assert waiting(watch) == whole
    assert watch.files()[f"{WORKOUTS}/A6DF5659.FIT"] == data


def test_where_the_copy_ends_early_no_schedule_is_without_its_workouts(watch, write, cli, monkeypatch):
    write("long.plan.yaml", TWELVE_WEEKS)
    cli("watch", "copy", "long.plan.yaml", "--weeks", "1", "--schedule")
    unplug(watch)
    note = WatchLedger.note
    for number in range(1, 12):
        written = []

        def cut(self, identity, number=number, written=written, **facts):
            written.append(facts["file"])
            if len(written) == number:
                raise StateError("the disk is full")
            note(self, identity, **facts)

        with monkeypatch.context() as patch:
            patch.setattr(WatchLedger, "note", cut)
            run = cli("watch", "copy", "long.plan.yaml", "--weeks", "2", "--schedule")
        there = waiting(watch)
        assert run.status == 1
        assert "SCHEDULE.FIT" not in there
        for name in there:
            watch.delete(f"GARMIN/NewFiles/{name}")
    assert written[-1] == "SCHEDULE.FIT"
    assert cli("watch", "copy", "long.plan.yaml", "--weeks", "2", "--schedule").status == 0
    assert len(waiting(watch)) == 11


def test_a_day_without_a_time_is_at_noon(watch, write, cli):
    write("long.plan.yaml", TWELVE_WEEKS)
    cli("compile", "long.plan.yaml", "--weeks", "1", "-o", "out")
    for one in read_schedule(Path("out/SCHEDULE.FIT").read_bytes()):
        assert one.scheduled.time() == dt.time(12)


@pytest.mark.parametrize("where", [f"{SCHEDULE}/SCHEDULE.FIT", "GARMIN/NewFiles/SCHEDULE.FIT"])
def test_a_schedule_that_cannot_be_read_is_left_and_nothing_copied(watch, spring, cli, where):
    if where in watch.files():
        watch.delete(where)
    watch.add(where, b"no schedule")
    before = watch.files()
    run = cli("watch", "copy", spring(), "--weeks", "1", "--schedule")
    assert run.status == 1
    assert run.codes == ["watch-refused"]
    assert watch.files() == before
    assert cli("watch", "copy", "spring.plan.yaml", "--weeks", "1").status == 0


def test_a_compiled_plan_is_copied_with_its_schedule(watch, spring, cli):
    cli("compile", spring(), "--weeks", "1", "-o", "out")
    files = sorted(map(str, Path("out").glob("*.[fF][iI][tT]")))
    run = cli("watch", "copy", *files)
    assert run.status == 0
    assert "--schedule copies it to the watch too" in run.err
    assert len(waiting(watch)) == len(files) - 1
    run = cli("watch", "copy", *files, "--schedule")
    assert set(waiting(watch)) == {Path(file).name for file in files}
    run = cli("watch", "copy", "out")
    assert run.status == 1
    assert "name the FIT files: `out/*.fit`" in run.err
    assert "`out/SCHEDULE.FIT --schedule` after them copies the days too" in run.err


def test_a_schedule_without_a_day_is_no_wrong_usage(watch, write, cli):
    write("SCHEDULE.FIT", watch.files()[f"{SCHEDULE}/SCHEDULE.FIT"])
    run = cli("watch", "copy", "SCHEDULE.FIT", "--schedule")
    assert (run.status, run.err) == (0, "")
    assert waiting(watch) == {}
