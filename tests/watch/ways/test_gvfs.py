import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from negsplit.state import StateFolder
from negsplit.watch.attached import attach
from negsplit.watch.door import ROOT, FolderEntry, shown
from negsplit.watch.errors import Busy, Full, Gone, NotThere, ReadOnly, Refused, Taken, Unusable, WatchError
from negsplit.watch.inventory import take_inventory
from negsplit.watch.manifest import UnitId
from negsplit.watch.memory import Memory
from negsplit.watch.ways import gvfs, usb
from negsplit.watch.ways.gvfs import Gio, GvfsDoor
from watch.fake_gio import HOST, SERIAL, FakeGio, gvfs_places
from watch.fake_watch import Counting, dateless
from watch.watch_content import FOLDERS, UNIT, WORKOUTS, standard_content

INBOX = ("GARMIN", "NewFiles")
OTHER = {"GARMIN/GarminDevice.xml": b"<Device/>", "GARMIN/NewFiles/old.fit": b"old"}

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the tool is a script that starts with `#!`")


@pytest.fixture
def watch(tmp_path):
    fake = FakeGio(tmp_path)
    fake.add("GARMIN/NewFiles/old.fit", b"old")
    return fake


@pytest.fixture
def door(watch):
    door = watch.place().open()
    yield door
    door.close()


# --- Finding and opening -----------------------------------------------------------------------


def test_without_gio_nothing_is_found(monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    assert gvfs.find() == []


def test_what_is_mounted_and_what_could_be_is_found_once_and_nothing_hostile(watch, tmp_path):
    shares = tmp_path / "shares"
    for name in (f"mtp:host={HOST}", "mtp:host=091E_4ca1_0000d1b2c3d4", "mtp:host=SAMSUNG_1", "mtp:host=Garmin_x;y"):
        (shares / name).mkdir(parents=True)
    places = gvfs_places(tmp_path)
    assert [place.where for place in places] == ["gvfs, Garmin 4ca1", "gvfs, Garmin Forerunner 945"]
    assert {place.way for place in places} == {"gvfs"}
    assert SERIAL not in repr(places)
    assert "d1b2" not in repr(places)


@pytest.mark.parametrize(
    ("host", "where"),
    [
        ("Garmin_fenix_7X_Pro_0000c560c82c", "gvfs, Garmin fenix 7X Pro"),
        ("Garmin_Forerunner_945_0000_c560_c82c", "gvfs, Garmin Forerunner 945"),
        ("Garmin_0000c560c82c", "gvfs, Garmin"),
        ("091E_4CA1_0000c560c82c", "gvfs, Garmin 4CA1"),
        ("091e_0000c560c82c", "gvfs, Garmin"),
    ],
)
def test_a_host_is_shown_without_its_serial_number(host, where):
    assert gvfs._where(host) == where


@pytest.mark.parametrize("storage", ["Primary", "Card"])
def test_of_two_storages_with_the_folder_the_one_with_the_manifest_is_the_real_one(watch, storage):
    for name in ("Primary", "Card"):
        (watch.root / name / "GARMIN" / "NewFiles").mkdir(parents=True, exist_ok=True)
    manifest = watch.root / "Primary" / "GARMIN" / "GarminDevice.xml"
    manifest.rename(watch.root / storage / "GARMIN" / "garmindevice.XML")
    with closing(watch.place().open()) as door:
        door.put(("GARMIN", "NewFiles"), "new.fit", b"data")
    assert (watch.root / storage / "GARMIN" / "NewFiles" / "new.fit").read_bytes() == b"data"


def test_two_watches_of_a_model_are_told_apart(watch, tmp_path):
    (tmp_path / "shares" / "mtp:host=Garmin_Forerunner_945_0000ffff0000").mkdir(parents=True)
    assert [place.where for place in gvfs_places(tmp_path)] == [
        "gvfs, Garmin Forerunner 945",
        "gvfs, Garmin Forerunner 945 (2)",
    ]


def test_a_watch_that_is_not_mounted_is_mounted_for_us_alone(watch):
    watch.set(mounted=False)
    door = watch.place().open()
    assert dateless(door.list(ROOT)) == [FolderEntry("GARMIN", "folder")]
    door.close()
    door.close()
    assert watch.calls()[-1] == ["mount", "--unmount", "--", f"mtp://{HOST}"]
    assert [call[1] for call in watch.calls()].count("--unmount") == 1


def test_a_watch_that_was_mounted_stays_so(watch, door):
    door.close()
    assert watch.calls()[-1][0] == "list"
    with pytest.raises(Gone):
        door.list(ROOT)


def test_a_watch_that_cannot_be_mounted_is_busy(watch, monkeypatch):
    monkeypatch.setattr(usb, "devices", list)
    monkeypatch.setattr(usb, "hindrance", lambda _: Busy("held"))
    watch.set(mounted=False, held=True)
    with pytest.raises(Busy):
        watch.place().open()


def test_a_watch_pulled_after_it_was_found_is_gone(watch):
    watch.pull()
    with pytest.raises(Gone):
        watch.place().open()


def test_a_watch_without_the_folder_garmin_cannot_be_used(watch):
    watch.clear()
    with pytest.raises(Unusable, match="`GARMIN`"):
        watch.place().open()


# --- The door ----------------------------------------------------------------------------------


def test_files_go_in_and_out_whatever_their_names(watch, door):
    name = "Über #1 100%?.fit"
    door.put(INBOX, name, b"\0data")
    assert watch.files() == {**OTHER, f"GARMIN/NewFiles/{name}": b"\0data"}
    assert dateless(door.list(INBOX)) == [FolderEntry("old.fit", "file", 3), FolderEntry(name, "file", 5)]
    assert door.read((*INBOX, name), 5) == b"\0data"
    door.remove((*INBOX, name))
    assert watch.files() == OTHER
    copies = [call for call in watch.calls() if call[0] == "copy"]
    assert copies[0][-1] == f"mtp://{HOST}/Primary/GARMIN/NewFiles/%C3%9Cber%20%231%20100%25%3F.fit"
    assert not any(Path(call[-2]).exists() or Path(call[-1]).exists() for call in copies)


def test_what_is_not_there_or_no_file_is_said_to_be_so(watch, door):
    for call in (
        lambda: door.list(("nope", "x")),
        lambda: door.read((*INBOX, "nope"), 9),
        lambda: door.remove((*INBOX, "nope")),
        lambda: door.put(("GARMIN", "nope"), "new.fit", b""),
    ):
        with pytest.raises(NotThere):
            call()
    for call in (
        lambda: door.list((*INBOX, "old.fit")),
        lambda: door.list(("..",)),
        lambda: door.read(INBOX, 9),
        lambda: door.read((*INBOX, "old.fit"), 2),
        lambda: door.read(ROOT, 2),
        lambda: door.remove(INBOX),
        lambda: door.put(INBOX, "../new.fit", b""),
    ):
        with pytest.raises(Refused):
            call()
    assert watch.files() == OTHER
    assert not any(call[0] == "copy" for call in watch.calls())


@pytest.mark.parametrize("name", ["old.fit", "OLD.fit"])
def test_a_name_that_is_taken_is_not_written_over(watch, door, name):
    with pytest.raises(Taken):
        door.put(INBOX, name, b"data")
    assert watch.files() == OTHER


def test_a_name_that_is_taken_meanwhile_is_not_written_over(watch, door, monkeypatch):
    monkeypatch.setattr(gvfs.naming, "check_free", lambda *_: None)
    with pytest.raises(Taken):
        door.put(INBOX, "old.fit", b"data")
    assert watch.files() == OTHER


@pytest.mark.parametrize("tells_free", [True, False])
@pytest.mark.parametrize("complaint", ["libmtp error:  Could not send object.", "No space left on device"])
def test_a_full_watch_keeps_no_part(watch, door, tells_free, complaint):
    watch.fill(left=3)
    watch.set(tells_free=tells_free, complaint=complaint)
    assert door.free() == (3 if tells_free else None)
    expected = Full if tells_free or "space" in complaint else Unusable
    with pytest.raises(expected):
        door.put(INBOX, "new.fit", b"data")
    assert watch.files() == OTHER


def test_a_read_only_watch_is_said_to_be_one(watch, door):
    watch.write_protect()
    with pytest.raises(ReadOnly):
        door.put(INBOX, "new.fit", b"data")


@pytest.mark.parametrize("fault", [{"loses": 1}, {"fails": True}])
def test_what_was_not_kept_as_it_was_sent_is_removed(watch, door, fault):
    watch.set(**fault)
    with pytest.raises(Unusable):
        door.put(INBOX, "new.fit", b"data")
    assert watch.files() == OTHER


def test_a_part_that_cannot_be_removed_is_told_of(watch, door):
    watch.set(fails=True, sticks=True)
    with pytest.raises(Unusable, match="cannot be removed"):
        door.put(INBOX, "new.fit", b"data")


def test_a_pulled_cable_is_said_at_every_call(watch, door):
    watch.set(pulls=True)
    with pytest.raises(Gone):
        door.put(INBOX, "new.fit", b"data")
    for call in (lambda: door.list(INBOX), lambda: door.read((*INBOX, "old.fit"), 9), door.free):
        with pytest.raises(Gone):
            call()


def test_a_tool_that_hangs_or_is_no_longer_there_leads_nowhere(watch, door, monkeypatch):
    (watch.bin / "gio").write_text("#!/bin/sh\nexec sleep 5\n")
    monkeypatch.setattr(gvfs, "PATIENCE", 0.05)
    with pytest.raises(Gone):
        door.list(ROOT)
    shutil.rmtree(watch.bin)
    with pytest.raises(Gone):
        door.list(ROOT)


def test_no_message_tells_the_serial_number(watch, door):
    watch.set(fails=True, complaint=f"mtp://{HOST}/ failed")
    with pytest.raises(WatchError) as caught:
        door.put(INBOX, "new.fit", b"data")
    assert SERIAL not in f"{caught.value!r} {caught.value.help} {door!r} {watch.place()!r}"


# --- The real tool -----------------------------------------------------------------------------


def test_the_folders_below_are_read_through_gvfs_too_and_none_of_their_files_twice(tmp_path):
    fake = FakeGio(tmp_path)
    for path, data in standard_content().items():
        if path in fake.files():
            fake.delete(path)
        fake.add(path, data)
    for folder in FOLDERS:
        fake.make_folder(folder)
    fake.add(f"{WORKOUTS}/Schedule/5x800.fit", standard_content()[f"{WORKOUTS}/A6DF5659.FIT"])
    state = StateFolder(tmp_path / "state")
    for expected in (["A68I4316.FIT", "A6DF5659.FIT", "5x800.fit", "SCHEDULE.FIT"], ["SCHEDULE.FIT"]):
        with closing(attach(fake.place())) as watch:
            counted = Counting(watch)
            found = take_inventory(counted.watch, Memory(state, UnitId(UNIT)))
        assert counted.read == expected
        assert [shown(one.place[2:]) for one in found.kept] == ["A68I4316.FIT", "A6DF5659.FIT", "Schedule/5x800.fit"]


@pytest.mark.skipif(shutil.which("gio") is None, reason="there is no `gio` here")
def test_the_real_tool_takes_the_same_commands_and_answers_as_the_fake_one(tmp_path):
    inbox = tmp_path / "a share" / "GARMIN" / "NewFiles"
    inbox.mkdir(parents=True)
    (inbox / "link.fit").symlink_to("nowhere")
    door = GvfsDoor(Gio(str(shutil.which("gio"))), (tmp_path / "a share").as_uri())
    name = "Über #1 100%?.fit"
    door.put(INBOX, name, b"\0data")
    assert (inbox / name).read_bytes() == b"\0data"
    os.utime(inbox / name, (1_700_000_000, 1_700_000_000))
    assert door.list(INBOX) == [FolderEntry("link.fit", "other"), FolderEntry(name, "file", 5, 1_700_000_000)]
    assert door.read((*INBOX, name), 5) == b"\0data"
    with pytest.raises(Taken):
        door._send((*INBOX, name), b"over")
    assert (inbox / name).read_bytes() == b"\0data"
    with pytest.raises(NotThere):
        door.list(("GARMIN", "nope", "x"))
    with pytest.raises(Refused):
        door.list((*INBOX, name))
    door.remove((*INBOX, name))
    assert not (inbox / name).exists()
    assert door.free()
    (tmp_path / "a share").rename(tmp_path / "pulled")
    with pytest.raises(Gone):
        door.list(INBOX)
