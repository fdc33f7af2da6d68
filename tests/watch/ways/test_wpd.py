"""What Windows' portable devices are to a watch that speaks MTP; what every door does is tried by all ways.

That a device is told by `usb#vid_...&pid_...` in its path, that Windows' list may be empty, that a memory is no folder,
and that a write may take less than it is given, is from published programs that talk to such devices.
"""

import pytest

from negsplit.watch.attached import attach
from negsplit.watch.door import FolderEntry
from negsplit.watch.errors import Busy, Full, Gone, NotAllowed, NotInstalled, NotThere, ReadOnly, Unusable, WatchError
from negsplit.watch.ways import wpd
from negsplit.watch.ways.mtp_device import NO_DEVICE, STORE_FULL
from watch.fake_watch import dateless
from watch.wpd_double import (
    ACCESS_DENIED,
    CAMERA,
    DISK_FULL,
    GENERAL_FAILURE,
    NOT_COMMITTED,
    NOT_FOUND,
    PATH,
    SERIAL,
    WpdDouble,
)

INBOX = ("GARMIN", "NewFiles")
OTHER = {"GARMIN/GarminDevice.xml": b"<Device/>", "GARMIN/NewFiles/old.fit": b"old"}
WORKOUT = bytes(range(256)) * 2


@pytest.fixture
def watch():
    return filled()


def filled():
    double = WpdDouble()
    for path, data in OTHER.items():
        double.add(path, data)
    return double


@pytest.fixture
def door(watch):
    door = watch.place().open()
    yield door
    door.close()
    assert watch.open_now == 0


# --- Finding and opening -----------------------------------------------------------------------


def test_a_garmin_is_found_and_neither_a_camera_nor_a_serial_number(watch):
    (place,) = wpd.find(watch.system())
    assert (place.way, place.where) == ("wpd", "Forerunner 945, USB 091e:4c29")
    assert watch.calls == []


def test_two_watches_of_one_model_are_told_apart(watch, monkeypatch):
    monkeypatch.setattr(watch, "interfaces", lambda: [PATH, PATH.replace(SERIAL, "7"), CAMERA])
    first, second = wpd.find(watch.system())
    assert (first.where, second.where) == ("Forerunner 945, USB 091e:4c29", "Forerunner 945, USB 091e:4c29 (2)")


@pytest.mark.parametrize("listed", [[], [CAMERA]])
def test_what_windows_list_lacks_setupapi_has(watch, listed):
    watch.listed = listed
    (place,) = wpd.find(watch.system())
    place.open().close()


def test_a_windows_without_the_list_has_the_devices_all_the_same(watch, monkeypatch):
    def fails(*_):
        raise wpd.WpdError(0x80040154)  # REGDB_E_CLASSNOTREG

    monkeypatch.setattr(watch, "paths", fails)
    monkeypatch.setattr(watch, "name", fails)
    (place,) = wpd.find(watch.system())
    assert place.where == "Garmin, USB 091e:4c29"


def test_without_comtypes_a_watch_is_seen(watch):
    with pytest.raises(NotInstalled) as told:
        wpd.find(wpd.WindowsSystem("win32", lambda: None, watch.interfaces))
    assert SERIAL not in told.value.message
    watch.pull()
    assert wpd.find(wpd.WindowsSystem("win32", lambda: None, watch.interfaces)) == []


def test_nothing_is_asked_on_other_systems():
    def fails():
        raise AssertionError("asked")

    for platform in ("linux", "darwin"):
        assert wpd.find(wpd.WindowsSystem(platform, fails, fails)) == []


@pytest.mark.parametrize(("hresult", "error"), [(GENERAL_FAILURE, Busy), (ACCESS_DENIED, NotAllowed)])
def test_a_watch_that_does_not_open_says_why(watch, hresult, error):
    watch.refuses = hresult
    with pytest.raises(error) as told:
        watch.place().open()
    assert SERIAL not in f"{told.value!r} {told.value.help}"
    watch.pull()
    with pytest.raises(Gone):
        watch.place().open()


def test_a_locked_watch_shows_no_folder_and_is_let_go_of():
    watch = WpdDouble()
    with pytest.raises(Unusable, match="no folder `GARMIN`"):
        watch.place().open()
    assert watch.open_now == 0


# --- Reading and writing -----------------------------------------------------------------------


def test_folders_lie_below_a_memory_and_files_have_their_own_names(watch, door):
    watch.add("GARMIN/NewFiles/Tempo ü.fit", b"1234")
    assert dateless(door.list(())) == [FolderEntry("GARMIN", "folder")]
    assert dateless(door.list(INBOX)) == [FolderEntry("Tempo ü.fit", "file", 4), FolderEntry("old.fit", "file", 3)]


@pytest.mark.parametrize("told", [True, False])
def test_a_date_counts_from_1970_where_there_is_one(watch, door, told):
    watch.tells_dates, watch.clock = told, 1_790_000_000
    watch.add("GARMIN/NewFiles/new.fit", b"")
    assert [one.modified for one in door.list(INBOX) if one.name == "new.fit"] == [1_790_000_001 if told else None]


@pytest.mark.parametrize("takes", [1, 100, 1000])
def test_every_byte_arrives_however_few_go_through_at_once(watch, door, takes):
    watch.takes = takes
    door.put(INBOX, "new.fit", WORKOUT)
    assert watch.files() == {**OTHER, "GARMIN/NewFiles/new.fit": WORKOUT}
    assert door.read((*INBOX, "new.fit"), 1000) == WORKOUT


def test_a_device_that_takes_nothing_is_not_asked_for_ever(watch, door):
    watch.takes = 0
    with pytest.raises(Unusable):
        door.put(INBOX, "new.fit", b"data")
    assert watch.files() == OTHER


def test_a_full_watch_keeps_no_part(watch, door):
    watch.fill(left=10)
    assert door.free() == 10
    with pytest.raises(Full):
        door.put(INBOX, "new.fit", b"12345678901")
    assert watch.files() == OTHER


def test_what_is_shortened_without_a_word_is_removed(watch, door):
    watch.loses = 1
    with pytest.raises(Unusable, match="did not keep"):
        door.put(INBOX, "new.fit", b"123456")
    assert watch.files() == OTHER


def test_a_memory_that_says_little_is_written_to_and_one_that_says_read_only_is_not(watch, door):
    watch.tells_access = watch.tells_free = False
    assert door.free() is None
    door.put(INBOX, "new.fit", b"data")
    watch.tells_access = True
    watch.write_protect()
    with pytest.raises(ReadOnly):
        door.put(INBOX, "newer.fit", b"data")
    assert watch.calls.count("target") == 1


# --- When something goes wrong -----------------------------------------------------------------


def calls_of_a_put():
    watch = filled()
    put_by(watch)
    return len(watch.calls)


def put_by(watch):
    """Opens, puts and closes; what went wrong, or None."""
    try:
        door = watch.place().open()
    except WatchError as error:
        return error
    try:
        door.put(INBOX, "new.fit", b"some data")
    except WatchError as error:
        return error
    finally:
        door.close()
    return None


@pytest.mark.parametrize("hresult", [GENERAL_FAILURE, DISK_FULL, NOT_FOUND, NOT_COMMITTED])
def test_a_fault_at_any_call_of_a_put_leaves_all_or_nothing(hresult):
    failed = 0
    for number in range(calls_of_a_put()):
        watch = filled()
        watch.faults = {number: hresult}
        error = put_by(watch)
        failed += error is not None
        assert watch.files() == {**OTHER, **({} if error else {"GARMIN/NewFiles/new.fit": b"some data"})}, number
        assert SERIAL not in f"{error!r} {getattr(error, 'help', '')}"
        assert watch.open_now == 0
    assert failed > calls_of_a_put() // 2


def test_a_cable_pulled_at_any_call_leaves_what_was_there_and_is_said():
    for number in range(calls_of_a_put()):
        watch = filled()
        watch.pull_at = number
        assert isinstance(put_by(watch), Gone), number
        assert OTHER.items() <= watch.files().items()
        assert watch.open_now == 0


@pytest.mark.parametrize(
    ("hresult", "code"),
    [
        (0x80070070, STORE_FULL),
        (0x8007048F, NO_DEVICE),
        (0x80042009, 0x2009),
        (0x8004A809, 0xA809),
        (0x80040154, 0x80040154),
        (0x802A0006, 0x802A0006),
        (0x80070057, 0x80070057),
    ],
)
def test_an_hresult_is_a_response_code_where_microsoft_says_so(hresult, code):
    assert wpd._code(hresult) == code


def test_an_error_that_nobody_knows_is_told_by_its_number(watch, door):
    watch.faults = {len(watch.calls): 0x80070057}
    with pytest.raises(Unusable, match="error 80070057 of the system"):
        door.list(())


def test_what_went_away_meanwhile_is_not_there(watch, door):
    assert len(door.list(INBOX)) == 1
    watch.delete("GARMIN/NewFiles/old.fit")
    with pytest.raises(NotThere):
        door.remove((*INBOX, "old.fit"))


def test_a_watch_without_a_manifest_is_let_go_of(watch):
    watch.delete("GARMIN/GarminDevice.xml")
    with pytest.raises(Unusable):
        attach(watch.place())
    assert watch.open_now == 0
