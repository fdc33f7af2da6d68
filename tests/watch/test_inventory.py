"""What is on a watch, as real watches write it."""

from contextlib import closing
from pathlib import Path

import pytest

from negsplit.watch.attached import attach
from negsplit.watch.errors import Refused
from negsplit.watch.inventory import decoded, is_fit, take_inventory
from watch.watch_content import MANIFEST, NEW_FILES, SCHEDULE, WORKOUTS, device_xml

REAL = Path(__file__).parents[3] / "shared" / "data" / "fit"


def taken(fake):
    with closing(attach(fake.place())) as watch:
        return take_inventory(watch)


def test_kept_waiting_and_schedule_are_told_apart(fake):
    fake.add(f"{NEW_FILES}/new.fit", fake.files()[f"{WORKOUTS}/A68I4316.FIT"])
    found = taken(fake)
    assert {one.place[-1] for one in found.kept} == {"A68I4316.FIT", "A6DF5659.FIT"}
    assert [one.place for one in found.waiting] == [("GARMIN", "NewFiles", "new.fit")]
    assert found.schedule is not None
    assert found.schedule.is_schedule
    assert len(found.workouts) == 3


def test_a_watch_without_a_folder_of_schedules(fake):
    fake.delete(f"{SCHEDULE}/SCHEDULE.FIT")
    assert taken(fake).schedule is None
    fake.delete(MANIFEST)
    fake.add(MANIFEST, device_xml(types=[(5, "InputToUnit", "GARMIN/NEWFILES")]))
    found = taken(fake)
    assert (found.kept, found.schedule) == ((), None)


def test_what_stands_for_the_schedule_and_is_no_file_cannot_be_read(fake):
    fake.delete(f"{SCHEDULE}/SCHEDULE.FIT")
    fake.make_folder(f"{SCHEDULE}/Schedule.fit")
    found = taken(fake).schedule
    assert found is not None
    assert found.fault


def test_files_of_other_kinds_are_listed_and_no_workouts(fake):
    fake.add(f"{NEW_FILES}/course.fit", fake.files()["GARMIN/Activity/A6EH1200.FIT"])
    (one,) = taken(fake).waiting
    assert (one.kind, one.is_workout, one.fault) == (4, False, "")


def test_more_files_than_a_watch_has_are_not_read(fake):
    for number in range(501):
        fake.add(f"{NEW_FILES}/{number}.fit", b"")
    with pytest.raises(Refused, match="501 FIT files"):
        taken(fake)


@pytest.mark.parametrize(
    ("name", "counts"),
    [("a.fit", True), ("A.FIT", True), ("._a.fit", False), (".a.fit", False), ("a.fit.tmp", False), ("fit", False)],
)
def test_names_that_count(name, counts):
    assert is_fit(name) is counts


@pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not here")
def test_everything_a_forerunner_935_wrote_is_read():
    files = sorted(REAL.glob("fr935_*.FIT"))
    assert len(files) > 15
    for path in files:
        one = decoded((path.name,), path.read_bytes())
        assert one.fault == "", path.name
        assert one.is_workout or one.is_schedule
        if path.name.startswith("fr935_A"):
            assert one.identity is not None
            assert one.title
