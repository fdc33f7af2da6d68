"""``negsplit watch copy`` with plans: their weeks, their days in the watch's schedule, and what becomes of both."""

from pathlib import Path

import pytest

from negsplit.formats.fit_reader import read_entries, read_schedule
from negsplit.watch.ledger import Ledger
from watch.watch_content import SCHEDULE
from watch.ways import unplug, waiting


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
    assert f"{len(first)} entries of the watch kept" in run.out or f"{len(first)} entry of the watch kept" in run.out
    second = read_entries(waiting(watch)["SCHEDULE.FIT"])
    assert second[: len(first)] == first
    assert len(second) > len(first)
    run = cli("watch", "copy", "spring.plan.yaml", "--weeks", "1-2", "--schedule")
    assert "schedule: every day is on the watch already" in run.out
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
        "schedule: every day is on the watch already" in cli("watch", "copy", moved, "--weeks", "1", "--schedule").out
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
        patch.setattr(Ledger, "confirm", lambda *_: None)
        cli("watch", "copy", spring(), "--weeks", "1", "--schedule")
    whole = waiting(watch)
    watch.delete("GARMIN/NewFiles/SCHEDULE.FIT")
    watch.add("GARMIN/NewFiles/SCHEDULE.FIT", whole["SCHEDULE.FIT"][:-9])
    assert cli("watch", "copy", "spring.plan.yaml", "--weeks", "1", "--schedule").status == 0
    assert waiting(watch) == whole


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
    assert "--schedule brings it to the watch too" in run.err
    assert len(waiting(watch)) == len(files) - 1
    run = cli("watch", "copy", *files, "--schedule")
    assert set(waiting(watch)) == {Path(file).name for file in files}
    run = cli("watch", "copy", "out")
    assert run.status == 1
    assert "name the FIT files: `out/*.fit`" in run.err
    assert "`out/SCHEDULE.FIT --schedule` behind them brings the days too" in run.err


def test_a_schedule_without_a_day_is_no_wrong_usage(watch, write, cli):
    write("SCHEDULE.FIT", watch.files()[f"{SCHEDULE}/SCHEDULE.FIT"])
    run = cli("watch", "copy", "SCHEDULE.FIT", "--schedule")
    assert (run.status, run.err) == (0, "")
    assert waiting(watch) == {}
