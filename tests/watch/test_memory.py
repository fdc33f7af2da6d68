"""What is read once of a watch, and what is read again."""

import json
from contextlib import closing

import pytest

from negsplit.watch.attached import attach
from negsplit.watch.door import FolderEntry
from negsplit.watch.inventory import take_inventory
from negsplit.watch.ledger import WatchFileIdentity, WatchLedger
from negsplit.watch.manifest import UnitId
from negsplit.watch.memory import Memory, Recalled
from negsplit.watch.removing import ours, take_back
from strategies.fit_bytes import file_id, fit, step, workout
from watch.fake_watch import Counting, fill_in
from watch.mtp_double import MtpDouble
from watch.watch_content import UNIT, WORKOUTS

PLACE = ("GARMIN", "Workouts", "a.fit")
KNOWN = Recalled(305, 1_700_000_000, 5, WatchFileIdentity(7, 100), "Easy")


def memory(state):
    return Memory(state, UnitId(UNIT))


def file(number):
    return fit(file_id(serial_number=number, time_created=100), workout(1, wkt_name=f"{number:04}"), step(0))


def taken(fake, state):
    """What is there, and what was read for that, by file name."""
    with closing(attach(fake.place())) as watch:
        counted = Counting(watch)
        found = take_inventory(counted.watch, memory(state))
    return found, counted.read


def test_of_sixty_files_that_are_kept_none_is_read_again(fake, state):
    for number in range(1, 61):
        fake.add(f"{WORKOUTS}/{number}.FIT", file(number))
    first, read = taken(fake, state)
    assert len(read) == 63  # with two that were there, and the schedule
    again, read = taken(fake, state)
    assert read == ["SCHEDULE.FIT"]
    assert [(one.place, one.kind, one.identity, one.title) for one in again.kept] == [
        (one.place, one.kind, one.identity, one.title) for one in first.kept
    ]
    fake.add(f"{WORKOUTS}/new.FIT", file(99))
    fake.delete(f"{WORKOUTS}/7.FIT")
    found, read = taken(fake, state)
    assert sorted(read) == ["SCHEDULE.FIT", "new.FIT"]
    assert WatchFileIdentity(99, 100) in {one.identity for one in found.kept}
    assert WatchFileIdentity(7, 100) not in {one.identity for one in found.kept}


def test_another_file_of_that_name_is_read(fake, state):
    fake.add(f"{WORKOUTS}/a.FIT", file(7))
    taken(fake, state)
    fake.delete(f"{WORKOUTS}/a.FIT")
    fake.add(f"{WORKOUTS}/a.FIT", file(8))  # as long as the one before
    found, read = taken(fake, state)
    assert "a.FIT" in read
    assert WatchFileIdentity(8, 100) in {one.identity for one in found.kept}


@pytest.mark.parametrize("clock", [None, 0, 315_532_800, 631_065_600])
def test_where_no_date_is_told_that_could_be_one_nothing_is_remembered(state, clock):
    """None at all, or where the clocks of FAT and of FIT begin."""
    fake = MtpDouble()
    fake.tells_dates, fake.clock = clock is not None, clock or 0
    fill_in(fake)
    for _ in range(2):
        _, read = taken(fake, state)
        assert {"A68I4316.FIT", "A6DF5659.FIT"} <= set(read)


def test_what_cannot_be_read_is_tried_again(fake, state):
    fake.add(f"{WORKOUTS}/a.FIT", file(7)[:-3])
    for _ in range(2):
        found, read = taken(fake, state)
        assert "a.FIT" in read
    assert [one.place[-1] for one in found.kept if one.fault] == ["a.FIT"]


def test_a_removal_reads_the_file_again(fake, state):
    """Also where a watch gives another file the same name, size and date."""
    fake.add(f"{WORKOUTS}/a.FIT", file(7))
    known = WatchLedger(state, UnitId(UNIT))
    known.note((7, 100), key="seven", name="7", file="a.FIT", run=known.begin())
    taken(fake, state)
    with closing(attach(fake.place())) as watch:
        counted = Counting(watch)
        (mine,) = ours(take_inventory(counted.watch, memory(state)), known)
        assert counted.read == ["SCHEDULE.FIT"]
        list(take_back(counted.watch, [mine], known))
    assert counted.read == ["SCHEDULE.FIT", "a.FIT"]


def test_it_is_kept_for_one_watch_and_does_not_say_which(state):
    memory(state).keep({PLACE: KNOWN})
    entry = FolderEntry("a.fit", "file", 305, 1_700_000_000)
    assert memory(state).recall(PLACE[:-1], entry) == KNOWN
    assert Memory(state, UnitId("3900000018")).recall(PLACE[:-1], entry) is None
    assert memory(state).recall(("GARMIN",), entry) is None
    for other in (entry._replace(size=306), entry._replace(modified=1), entry._replace(modified=None)):
        assert memory(state).recall(PLACE[:-1], other) is None
    (path,) = state.folder.glob("seen-*.json")
    assert UNIT.encode() not in path.read_bytes()
    memory(state).keep({})
    assert memory(state).recall(PLACE[:-1], entry) is None


def test_without_a_unit_there_is_nothing_to_remember_it_by(state):
    Memory(state, None).keep({PLACE: KNOWN})
    assert not list(state.folder.glob("seen-*")) if state.folder.exists() else True


ROW = [list(PLACE), 305, 1_700_000_000, 5, [7, 100], "Easy"]


@pytest.mark.parametrize(
    "held",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"[" * 100_000,
        json.dumps({"files": [ROW]}).encode(),
        json.dumps({"reader": 0, "files": [ROW]}).encode(),
        *(
            json.dumps({"reader": 1, "files": rows}).encode()
            for rows in (1, [1], [ROW[:-1]], [[*ROW[:1], "x", *ROW[2:]]], [[*ROW[:4], 7, "x"]], [[*ROW[:4], [1], "x"]])
        ),
    ],
)
def test_what_cannot_be_understood_is_nothing(state, held):
    memory(state).keep({PLACE: KNOWN})
    (path,) = state.folder.glob("seen-*.json")
    path.write_bytes(held)
    again = memory(state)
    assert again.recall(PLACE[:-1], FolderEntry("a.fit", "file", 305, 1_700_000_000)) is None
    again.keep({PLACE: KNOWN})
    assert memory(state).recall(PLACE[:-1], FolderEntry("a.fit", "file", 305, 1_700_000_000)) == KNOWN
