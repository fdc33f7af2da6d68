"""What is on a watch, as real watches write it."""

from contextlib import closing
from pathlib import Path

import pytest

from negsplit.watch.attached import attach
from negsplit.watch.door import shown
from negsplit.watch.errors import Refused
from negsplit.watch.inventory import MOST_FILES, decoded, is_fit, take_inventory
from negsplit.watch.ledger import WatchLedger
from negsplit.watch.manifest import UnitId
from negsplit.watch.removing import ours
from strategies.fit_bytes import file_id, fit, message, schedule, step, workout
from watch.fake_volume import FakeVolume
from watch.fake_watch import fill_in
from watch.watch_content import MANIFEST, NEW_FILES, SCHEDULE, UNIT, WORKOUTS, device_xml

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


# --- Folders below ------------------------------------------------------------------------------


def small(number, name):
    return fit(file_id(serial_number=number, time_created=100), workout(1, wkt_name=name), step(0))


def test_folders_below_are_read_and_what_came_with_the_watch_is_not_counted(fake):
    """As dumps of a 935 and the listing of a fenix 6X show them; the files are made up."""
    fake.add(f"{WORKOUTS}/INTRVL/INTVRUN.FIT", small(1, "Intervals"))
    fake.add(f"{WORKOUTS}/Guided/CYFTP.FIT", small(2, "FTP test"))
    fake.add(f"{WORKOUTS}/Schedule/W01 Tue.fit", small(3, "W01 Tue"))
    fake.add(f"{WORKOUTS}/a/b/deep.fit", small(4, "Deep"))
    fake.add(f"{WORKOUTS}/a/b/notes.txt", b"")
    found = taken(fake)
    assert [shown(one.place[2:]) for one in found.kept] == [
        "A68I4316.FIT",
        "A6DF5659.FIT",
        "Schedule/W01 Tue.fit",
        "a/b/deep.fit",
        "Guided/CYFTP.FIT",
        "INTRVL/INTVRUN.FIT",
    ]
    assert [one.title for one in found.kept if one.built_in] == ["FTP test", "Intervals"]
    assert [one.title for one in found.workouts][2:] == ["W01 Tue", "Deep"]
    assert found.unread == ()


def test_what_came_with_the_watch_is_never_ours(fake, state):
    fake.add(f"{WORKOUTS}/INTRVL/INTVRUN.FIT", small(1, "Intervals"))
    ledger = WatchLedger(state, UnitId(UNIT))
    ledger.note((1, 100), key="k", name="Intervals", file="x.fit", run=ledger.begin())
    assert ours(taken(fake), ledger) == []


def test_a_folder_that_lies_too_deep_is_said(fake):
    fake.add(f"{WORKOUTS}/a/b/c/deep.fit", small(1, "Deep"))
    found = taken(fake)
    assert len(found.kept) == 2
    assert found.unread == ("the folder `GARMIN/Workouts/a/b/c`, which lies too deep",)


def test_of_more_than_five_hundred_the_rest_is_said(fake, monkeypatch):
    assert MOST_FILES == 500
    monkeypatch.setattr("negsplit.watch.inventory.MOST_FILES", 20)
    for number in range(1, 12):
        fake.add(f"{WORKOUTS}/{number}.FIT", b"")
        fake.add(f"{WORKOUTS}/Schedule/{number}.FIT", b"")
    found = taken(fake)
    assert len(found.kept) == 20
    assert found.unread == ("4 files of 24 below `GARMIN/Workouts`",)


def test_the_folder_that_workouts_wait_in_is_not_kept_though_it_lies_below(fake):
    fake.add(f"{WORKOUTS}/New/x.fit", small(1, "New"))
    types = [(5, "OutputFromUnit", "GARMIN/WORKOUTS"), (5, "InputToUnit", "GARMIN/WORKOUTS/NEW")]
    fake.delete(MANIFEST)
    fake.add(MANIFEST, device_xml(types=types))
    found = taken(fake)
    assert ([one.title for one in found.waiting], len(found.kept)) == (["New"], 2)


def test_where_the_root_is_what_workouts_are_kept_in_nothing_below_it_is_looked_at(fake):
    fake.delete(MANIFEST)
    fake.add(MANIFEST, device_xml(types=[(5, "OutputFromUnit", "."), (5, "InputToUnit", "GARMIN/NEWFILES")]))
    fake.add("x.fit", small(1, "At the root"))
    assert [one.title for one in taken(fake).kept] == ["At the root"]


def test_links_are_not_followed(tmp_path):
    with FakeVolume(tmp_path) as volume:
        fill_in(volume)
        (volume.root / WORKOUTS / "link").symlink_to(volume.root / "GARMIN" / "Activity")
        assert len(taken(volume).kept) == 2


def test_files_of_other_kinds_are_listed_and_no_workouts(fake):
    fake.add(f"{NEW_FILES}/course.fit", fake.files()["GARMIN/Activity/A6EH1200.FIT"])
    (one,) = taken(fake).waiting
    assert (one.kind, one.is_workout, one.fault) == (4, False, "")


def test_a_workout_that_does_not_say_so_is_one():
    nothing = dict.fromkeys(("type", "manufacturer", "product", "serial_number", "time_created"))
    found = decoded(("x.fit",), fit(file_id(**nothing), workout(1, wkt_name="Intervals"), step(0)))
    assert (found.is_workout, found.title, found.identity, found.fault) == (True, "Intervals", None, "")
    found = decoded(("x.fit",), fit(file_id(**nothing), schedule()))
    assert not found.is_workout
    assert "expected a workout message, found none" in found.fault


def test_a_workout_after_developer_data_is_known_by_its_file_id():
    found = decoded(("x.fit",), fit(message(207, {}, {}), file_id(), workout(1), step(0)))
    assert (found.is_workout, found.title, found.identity, found.fault) == (True, "Tempo", (1234, 1_136_160_000), "")


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
