import os
import string
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.watch.door import ROOT, FolderEntry
from negsplit.watch.errors import (
    Busy,
    Full,
    Gone,
    NotThere,
    ReadOnly,
    Refused,
    Taken,
    Unusable,
    WatchError,
)
from negsplit.watch.ways import mtp, mtp_door, usb
from negsplit.watch.ways.mtp_device import STORE_FULL
from watch.fake_watch import dateless
from watch.mtp_double import GENERAL_ERROR, IO_ERROR, READ_ONLY, SERIAL, STORAGE, MtpDouble
from watch.store import Stored

INBOX = ("GARMIN", "NewFiles")
OTHER = {"GARMIN/GarminDevice.xml": b"<Device/>", "GARMIN/NewFiles/old.fit": b"old"}


@pytest.fixture
def watch():
    double = MtpDouble()
    for path, data in OTHER.items():
        double.add(path, data)
    return double


@pytest.fixture
def door(watch):
    door = watch.place().open()
    yield door
    door.close()


@pytest.fixture(autouse=True)
def _silent(capfd, request):
    yield
    said = capfd.readouterr()
    assert (said.out, said.err) == ("", "")


# --- Finding and opening -----------------------------------------------------------------------


def test_a_place_says_which_watch_it_is_and_no_serial_number(watch):
    place = watch.place()
    assert (place.way, place.where) == ("mtp", "Forerunner 945, USB 001:007")
    assert SERIAL not in repr(place)


def test_of_the_devices_on_the_bus_only_garmins_are_places(watch):
    assert len(mtp.find(watch, usb.UsbSystem("darwin", *[Path("/nonexistent")] * 3))) == 1


def test_on_linux_libmtp_is_left_alone_while_no_garmin_is_on_the_bus(tmp_path):
    assert mtp.find(None, usb.UsbSystem("linux", tmp_path, tmp_path, tmp_path)) == []


def test_home_is_only_lent(watch, monkeypatch):
    monkeypatch.delenv("HOME", raising=False)
    watch.place().open().close()
    assert "HOME" not in os.environ


def test_a_watch_that_another_program_holds_is_busy(watch):
    watch.held = True
    with pytest.raises(Busy) as caught:
        watch.place().open()
    assert caught.value.help


def test_a_watch_pulled_after_it_was_found_is_gone(watch):
    place = watch.place()
    watch.pull()
    with pytest.raises(Gone):
        place.open()


def test_a_watch_without_the_folder_garmin_is_let_go_of_again():
    watch = MtpDouble()
    watch.add("DCIM/1.jpg", b"")
    with pytest.raises(Unusable, match="`GARMIN`"):
        watch.place().open()
    assert watch.open_now == 0


def test_a_watch_that_is_locked_is_told_from_one_that_is_gone(watch):
    watch.faults = dict.fromkeys(range(20), GENERAL_ERROR)
    with pytest.raises(Unusable, match="no memory") as caught:
        watch.place().open()
    assert "unlock" in caught.value.help[0]
    assert watch.open_now == 0


def test_closing_twice_is_harmless_and_frees_the_watch(watch):
    door = watch.place().open()
    door.close()
    door.close()
    with pytest.raises(Gone):
        door.list(ROOT)
    watch.place().open().close()


# --- Looking and reading -----------------------------------------------------------------------


def test_a_folder_lists_its_entries_in_the_order_of_names(door):
    assert dateless(door.list(ROOT)) == [FolderEntry("GARMIN", "folder")]
    assert dateless(door.list(("GARMIN",))) == [
        FolderEntry("GarminDevice.xml", "file", 9),
        FolderEntry("NewFiles", "folder"),
    ]


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a\\b"])
def test_an_object_without_a_proper_name_is_seen_and_not_followed(watch, door, name):
    watch.make_folder("GARMIN/x")
    watch.objects[-1].name = name
    assert FolderEntry(name, "other") in door.list(("GARMIN",))
    for call in (door.list, lambda place: door.read(place, 9), door.remove):
        with pytest.raises(Refused):
            call(("GARMIN", name))
    with pytest.raises(Refused):
        door.put(("GARMIN",), name, b"")


def test_a_file_is_read_whole_up_to_a_limit(watch, door):
    assert door.read((*INBOX, "old.fit"), 3) == b"old"
    with pytest.raises(Refused, match="more than 2 bytes"):
        door.read((*INBOX, "old.fit"), 2)
    assert watch.calls.count("get") == 1


def test_what_is_not_there_or_no_file_is_said_to_be_so(door):
    for place in [("nope",), ("GARMIN", "nope"), ("garmin",), ("GARMIN", "newfiles")]:
        with pytest.raises(NotThere):
            door.list(place)
        with pytest.raises(NotThere):
            door.remove((*place, "x"))
    for place in [ROOT, ("GARMIN",)]:
        with pytest.raises(Refused):
            door.read(place, 9)
    with pytest.raises(Refused):
        door.list(("GARMIN", "GarminDevice.xml"))


def test_a_name_that_two_objects_have_is_refused(watch, door):
    watch.add("GARMIN/NewFiles/old.fit", b"other")
    for call in (lambda: door.read((*INBOX, "old.fit"), 9), lambda: door.remove((*INBOX, "old.fit"))):
        with pytest.raises(Refused, match="several"):
            call()
    assert len(door.list(INBOX)) == 2


def test_a_folder_made_anew_while_the_door_is_open_is_found_again(watch, door):
    door.list(INBOX)
    watch.delete("GARMIN/NewFiles/old.fit")
    watch.delete("GARMIN/NewFiles")
    watch.add("GARMIN/NewFiles/new.fit", b"new")
    assert dateless(door.list(INBOX)) == [FolderEntry("new.fit", "file", 3)]
    assert door.read((*INBOX, "new.fit"), 3) == b"new"


def test_the_root_is_no_file_also_where_it_was_just_listed(door):
    door.list(ROOT)
    with pytest.raises(Refused, match="not a file"):
        door.read(ROOT, 9)


def test_many_files_of_a_folder_are_read_by_one_list(watch, door):
    for number in range(20):
        watch.add(f"GARMIN/NewFiles/{number}.fit", b"%d" % number)
    names = [entry.name for entry in door.list(INBOX)]
    watch.calls.clear()
    assert {door.read((*INBOX, name), 9) for name in names} == {b"old", *(b"%d" % number for number in range(20))}
    assert "children" not in watch.calls


def test_a_file_that_changed_since_its_folder_was_listed_is_read_as_it_is_now(watch, door):
    door.list(INBOX)
    watch.delete("GARMIN/NewFiles/old.fit")
    watch.add("GARMIN/NewFiles/old.fit", b"another")
    assert door.read((*INBOX, "old.fit"), 9) == b"another"
    watch.objects[-1].data = b"as longer"
    assert door.read((*INBOX, "old.fit"), 9) == b"as longer"
    watch.delete("GARMIN/NewFiles/old.fit")
    with pytest.raises(NotThere):
        door.read((*INBOX, "old.fit"), 9)


def test_a_list_cut_short_by_the_cable_is_no_list(watch, door):
    watch.lists_before_pull = 1
    with pytest.raises(Gone):
        door.list(("GARMIN",))


# --- Writing -----------------------------------------------------------------------------------


def test_a_file_put_is_there(watch, door):
    door.put(INBOX, "Tempo ü.fit", b"data")
    assert watch.files() == {**OTHER, "GARMIN/NewFiles/Tempo ü.fit": b"data"}
    assert door.read((*INBOX, "Tempo ü.fit"), 9) == b"data"


@pytest.mark.parametrize(("there", "name"), [("a.fit", "a.fit"), ("a.fit", "A.FIT"), ("A.FIT", "a.fit")])
def test_a_name_that_is_taken_in_whatever_case_is_not_written_over(watch, door, there, name):
    watch.add(f"GARMIN/NewFiles/{there}", b"")
    with pytest.raises(Taken):
        door.put(INBOX, name, b"data")
    assert watch.files() == {**OTHER, f"GARMIN/NewFiles/{there}": b""}
    assert "send" not in watch.calls


def test_a_file_of_that_name_that_came_meanwhile_stays_alone(watch, door):
    watch.on_send = lambda: watch.add("GARMIN/NewFiles/New.FIT", b"theirs")
    with pytest.raises(Taken):
        door.put(INBOX, "new.fit", b"ours")
    assert watch.files() == {**OTHER, "GARMIN/NewFiles/New.FIT": b"theirs"}


@pytest.mark.parametrize("tells", [True, False])
def test_a_full_watch_keeps_no_part(watch, door, tells):
    watch.tells_full = tells
    watch.fill(left=5)
    assert door.free() == 5
    with pytest.raises(Full):
        door.put(INBOX, "new.fit", b"123456")
    assert watch.files() == OTHER


def test_what_the_watch_shortens_without_a_word_is_removed(watch, door):
    watch.loses = 1
    with pytest.raises(Unusable, match="did not keep"):
        door.put(INBOX, "new.fit", b"123456")
    assert watch.files() == OTHER


def test_a_read_only_watch_is_not_even_sent_to(watch, door):
    watch.write_protect()
    with pytest.raises(ReadOnly):
        door.put(INBOX, "new.fit", b"data")
    assert "send" not in watch.calls


def test_a_watch_that_says_only_when_sent_to_that_it_is_read_only(watch, door):
    watch.writable = False
    with pytest.raises(ReadOnly):
        door.put(INBOX, "new.fit", b"data")


def test_a_file_is_removed_and_a_folder_is_not(watch, door):
    door.remove((*INBOX, "old.fit"))
    assert list(watch.files()) == ["GARMIN/GarminDevice.xml"]
    with pytest.raises(Refused):
        door.remove(INBOX)
    with pytest.raises(NotThere):
        door.remove((*INBOX, "old.fit"))


def test_a_watch_that_does_not_say_what_is_free(watch, door, monkeypatch):
    monkeypatch.setattr(MtpDouble, "used", -(2**64) + 1 + watch.capacity)
    assert door.free() is None


# --- When something goes wrong -----------------------------------------------------------------


def calls_of_a_put() -> int:
    watch = MtpDouble()
    for path, data in OTHER.items():
        watch.add(path, data)
    door = watch.place().open()
    door.put(INBOX, "new.fit", b"data")
    door.close()
    return len(watch.calls)


def put_by(place) -> WatchError | None:
    """Opens, puts and closes; what went wrong, or None."""
    try:
        door = place.open()
    except WatchError as error:
        return error
    try:
        door.put(INBOX, "new.fit", b"data")
    except WatchError as error:
        return error
    finally:
        door.close()
    return None


@pytest.mark.parametrize("code", [None, IO_ERROR, GENERAL_ERROR, READ_ONLY, STORE_FULL, 0x2009, 0x2019])
def test_a_fault_at_any_call_of_a_put_leaves_all_or_nothing(watch, code):
    failed = 0
    for number in range(calls_of_a_put()):
        watch.faults = {number: code}
        error = put_by(watch.place())
        if error is None:
            assert watch.files() == {**OTHER, "GARMIN/NewFiles/new.fit": b"data"}, number
            watch.delete("GARMIN/NewFiles/new.fit")
        else:
            failed += 1
            assert watch.files() == OTHER, number
            assert SERIAL not in f"{error!r} {error.help}"
        assert watch.open_now == 0
    assert failed > calls_of_a_put() // 2


@pytest.mark.parametrize("number", range(calls_of_a_put()))
def test_a_cable_pulled_at_any_call_leaves_what_was_there_and_is_said(watch, number):
    watch.pull_at = number
    assert isinstance(put_by(watch.place()), Gone)
    assert OTHER.items() <= watch.files().items()
    assert watch.open_now == 0


def test_after_the_cable_was_pulled_libmtp_is_asked_no_more(watch, door):
    watch.pull()
    with pytest.raises(Gone):
        door.list(ROOT)
    asked = len(watch.calls)
    with pytest.raises(Gone):
        door.list(ROOT)
    assert len(watch.calls) == asked


def test_a_part_that_cannot_be_removed_is_told_of(watch, door):
    watch.fill(left=2)
    watch.on_send = lambda: watch.faults.update({len(watch.calls) + 2: READ_ONLY})
    with pytest.raises(Unusable, match="cannot be removed"):
        door.put(INBOX, "new.fit", b"data")
    assert watch.files() == {**OTHER, "GARMIN/NewFiles/new.fit": b"da"}


def test_an_interrupted_put_leaves_nothing(watch, door, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(mtp_door.MtpDoor, "_verify", interrupt)
    with pytest.raises(KeyboardInterrupt):
        door.put(INBOX, "new.fit", b"data")
    assert watch.files() == OTHER


def test_the_real_storage_is_the_one_with_the_folder(door):
    assert door._storage == STORAGE


def test_of_two_storages_with_the_folder_the_one_with_the_manifest_is_the_real_one(watch):
    garmin = Stored("garmin", None, None)
    watch.elsewhere = [garmin, Stored("NewFiles", garmin, None)]
    with closing(watch.place().open()) as door:
        door.put(INBOX, "new.fit", b"data")
    assert watch.files()["GARMIN/NewFiles/new.fit"] == b"data"
    watch.delete("GARMIN/GarminDevice.xml")
    watch.elsewhere.append(Stored("GARMINDEVICE.XML", garmin, b"<Device/>"))
    with closing(watch.place().open()) as door:
        assert [entry.name for entry in door.list(("garmin",))] == ["GARMINDEVICE.XML", "NewFiles"]


# --- Against a model ---------------------------------------------------------------------------

NAMES = st.sampled_from(["a.fit", "A.fit", "b.fit", "ü.fit"]) | st.text(string.ascii_letters, min_size=1, max_size=3)
STEPS = st.lists(st.tuples(st.sampled_from(["put", "remove", "read"]), NAMES, st.binary(max_size=40)), max_size=12)


@settings(max_examples=30)
@given(STEPS, st.integers(0, 200))
def test_the_door_does_what_a_mere_dictionary_does(steps, room):
    watch, model = MtpDouble(), dict[str, bytes]()
    watch.make_folder("GARMIN/NewFiles")
    watch.fill(room)
    door = watch.place().open()
    for step, name, data in steps:
        expected = expectation(model, room, step, name, data)
        try:
            done = taken(door, step, name, data)
        except WatchError as error:
            done = type(error)
        assert done == expected
        assert watch.files() == {f"GARMIN/NewFiles/{name}": data for name, data in model.items()}
        assert dateless(door.list(INBOX)) == [
            FolderEntry(name, "file", len(data)) for name, data in sorted(model.items())
        ]
    door.close()


def taken(door, step, name, data):
    """Takes a step."""
    if step == "put":
        return door.put(INBOX, name, data)
    return door.remove((*INBOX, name)) if step == "remove" else door.read((*INBOX, name), 40)


def expectation(model, room, step, name, data):
    """What a step comes to; the model takes it."""
    if step != "put":
        if name not in model:
            return NotThere
        data = model[name]
        if step == "remove":
            del model[name]
        return data if step == "read" else None
    if name.casefold() in {one.casefold() for one in model}:
        return Taken
    if len(data) + sum(map(len, model.values())) > room:
        return Full
    model[name] = data
    return None
