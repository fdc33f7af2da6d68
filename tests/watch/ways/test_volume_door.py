"""A watch as a mounted volume: nothing is ever reached or left that should not be."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.watch.door import FolderEntry
from negsplit.watch.errors import NotThere, Refused, Taken, WatchError
from negsplit.watch.ways import volume_door, volume_files
from negsplit.watch.ways.volume_door import VolumeDoor
from negsplit.watch.ways.volume_files import DescriptorFolder, Folder, PathFolder
from watch.fake_volume import FakeVolume
from watch.fake_watch import dateless
from watch.system_calls import descriptors, failing, idle

IN = ("GARMIN", "NEWFILES")
BOTH = pytest.mark.parametrize("opened", [DescriptorFolder, PathFolder])


# Files


ODD = [
    "x.fit",
    " spaced ",
    "-rf",
    "ünï—ço∂é.fit",
    "new\nline",
    "\x1b[31m",
    "percent%20#?",
    "~",
    "a" * 200,
    "\udcff.fit",
]


@pytest.mark.parametrize("name", ODD)
def test_what_is_put_is_there(volume, door, name):
    door.put(IN, name, b"some bytes")
    assert door.read((*IN, name), 10) == b"some bytes"
    assert dateless(door.list(IN)) == [FolderEntry(name, "file", 10)]
    assert (volume.root / "GARMIN" / "NEWFILES" / name).read_bytes() == b"some bytes"
    door.remove((*IN, name))
    assert dateless(door.list(IN)) == []


@pytest.mark.parametrize("size", [0, 1, 4096, 3_000_000])
def test_files_of_every_size(door, size):
    data = os.urandom(size)
    door.put(IN, "x.fit", data)
    assert door.read((*IN, "x.fit"), size) == data
    if size:
        with pytest.raises(Refused, match="larger"):
            door.read((*IN, "x.fit"), size - 1)


def test_a_listing_is_in_order_and_says_what_is_what(volume, door):
    volume.add("GARMIN/b", b"12")
    volume.make_folder("GARMIN/C")
    os.mkfifo(volume.root / "GARMIN" / "a")
    expected = [("C", "folder", 0), ("GarminDevice.xml", "file", 9), ("NEWFILES", "folder", 0)]
    assert [entry[:3] for entry in door.list(("GARMIN",))] == [*expected, ("a", "other", 0), ("b", "file", 2)]
    assert [entry.modified for entry in door.list(("GARMIN",)) if entry.kind != "file"] == [None] * 3
    assert dateless(door.list(())) == [FolderEntry("GARMIN", "folder")]


def test_what_goes_while_it_is_listed_is_left_out(volume, door, monkeypatch):
    names = volume_files.os.listdir
    monkeypatch.setattr(volume_files.os, "listdir", lambda folder: [*names(folder), "gone.fit"])
    assert dateless(door.list(())) == [FolderEntry("GARMIN", "folder")]


BAD = ["", ".", "..", "a/b", "/etc", "a\\b", "C:x", "a:stream", "a\0b", "\ud800"]


@pytest.mark.parametrize("name", BAD)
def test_no_name_leads_elsewhere(door, name):
    for call in (
        lambda: door.put(IN, name, b""),
        lambda: door.put((name,), "x.fit", b""),
        lambda: door.read((*IN, name), 10),
        lambda: door.remove((name, "x.fit")),
        lambda: door.list(("GARMIN", name)),
    ):
        with pytest.raises(Refused):
            call()


def test_the_root_is_no_file(door):
    with pytest.raises(Refused):
        door.read((), 10)
    with pytest.raises(Refused):
        door.remove(())


@pytest.mark.parametrize("there", ["Run.FIT", "RUN.fit", "run.fit"])
def test_a_name_is_taken_in_any_case(volume, door, there):
    volume.add(f"GARMIN/NEWFILES/{there}", b"older")
    with pytest.raises(Taken):
        door.put(IN, "run.fit", b"newer")
    assert volume.files()[f"GARMIN/NEWFILES/{there}"] == b"older"
    assert len(volume.files()) == 2


def test_a_folder_takes_a_name_too(volume, door):
    volume.make_folder("GARMIN/NEWFILES/x.fit")
    with pytest.raises(Taken):
        door.put(IN, "X.FIT", b"")


def test_what_is_not_there(door):
    for call in (
        lambda: door.read((*IN, "x.fit"), 10),
        lambda: door.remove((*IN, "x.fit")),
        lambda: door.list(("GARMIN", "WORKOUTS")),
        lambda: door.put(("GARMIN", "WORKOUTS"), "x.fit", b""),
    ):
        with pytest.raises(NotThere, match="GARMIN/"):
            call()


def test_a_folder_is_no_file_and_a_file_no_folder(volume, door):
    before = volume.files()
    for call in (
        lambda: door.read(IN, 10),
        lambda: door.remove(IN),
        lambda: door.list(("GARMIN", "GarminDevice.xml")),
        lambda: door.put(("GARMIN", "GarminDevice.xml"), "x.fit", b""),
    ):
        with pytest.raises(Refused):
            call()
    assert volume.files() == before
    assert (volume.root / "GARMIN" / "NEWFILES").is_dir()


def test_free_is_what_the_system_says(volume, door):
    expected = os.statvfs(volume.root)
    assert abs(door.free() - expected.f_bavail * expected.f_frsize) < 1 << 30
    if volume.is_mounted:
        volume.fill(20_000)
        assert 0 < door.free() <= 20_000


NAMES = st.sampled_from(["a.fit", "A.FIT", "b.fit", "straße", "STRASSE"]) | st.text(
    st.sampled_from("aAbBéÉßſıİ .-~%#?*\"<>|&'\n\t\x1b\x7f—漢🏃\u200f\ufeff\udc80"), min_size=1, max_size=30
).filter(lambda name: name not in (".", ".."))
STEPS = st.lists(st.tuples(st.sampled_from(["put", "read", "remove"]), st.sampled_from([IN, ()]), NAMES, st.binary()))


@BOTH
def test_a_volume_is_a_dictionary(opened):
    with tempfile.TemporaryDirectory() as folder, FakeVolume(Path(folder), opened) as volume:

        @settings(max_examples=40)
        @given(STEPS)
        def compare(steps):
            volume.clear()
            volume.make_folder("GARMIN/NEWFILES")
            door = volume.place().open()
            model = {IN: {}, (): {}}
            for step, where, name, data in steps:
                there = model[where]
                if step == "put" and name.casefold() in {"garmin"} | {one.casefold() for one in there}:
                    with pytest.raises(Taken):
                        door.put(where, name, data)
                elif step == "put":
                    door.put(where, name, data)
                    there[name] = data
                elif name not in there:
                    with pytest.raises((NotThere, Refused)):
                        door.read((*where, name), 1000) if step == "read" else door.remove((*where, name))
                elif step == "read":
                    assert door.read((*where, name), 1000) == there[name]
                else:
                    door.remove((*where, name))
                    del there[name]
            for where, there in model.items():
                files = [entry for entry in door.list(where) if entry.kind == "file"]
                assert dateless(files) == [FolderEntry(name, "file", len(there[name])) for name in sorted(there)]
            door.close()

        compare()


# Links and what else has no business on a watch


def test_links_are_listed_as_what_they_are_and_never_followed(volume, door, outside):
    inside = volume.root / "GARMIN" / "NEWFILES"
    (inside / "file.fit").symlink_to(outside / "diary.fit")
    (inside / "folder").symlink_to(outside)
    (inside / "dangling.fit").symlink_to(outside / "new.fit")
    (inside / "around").symlink_to(inside)
    names = ["around", "dangling.fit", "file.fit", "folder"]
    assert dateless(door.list(IN)) == [FolderEntry(name, "other") for name in names]
    for name in names:
        for call in (
            partial(door.read, (*IN, name), 1000),
            partial(door.remove, (*IN, name)),
            partial(door.list, (*IN, name)),
            partial(door.put, (*IN, name), "x.fit", b"x"),
            partial(door.read, (*IN, name, "diary.fit"), 1000),
            partial(door.remove, (*IN, name, "diary.fit")),
        ):
            with pytest.raises(Refused):
                call()
        with pytest.raises(Taken):
            door.put(IN, name, b"x")
    assert sorted(os.listdir(inside)) == names


def test_the_garmin_folder_may_be_no_link(volume, door, outside):
    (volume.root / "Garmin").symlink_to(outside)
    with pytest.raises(Refused):
        door.put(("Garmin",), "x.fit", b"x")
    with pytest.raises(Refused):
        door.read(("Garmin", "diary.fit"), 1000)


def test_a_link_that_slips_in_behind_the_first_look_is_not_followed(volume, door, outside, monkeypatch):
    (volume.root / "x.fit").symlink_to(outside / "diary.fit")
    os.mkfifo(volume.root / "pipe")
    monkeypatch.setattr(Folder, "_must_be_a_file", idle)
    for name in ("x.fit", "pipe"):
        with pytest.raises(Refused):
            door.read((name,), 1000)


@pytest.mark.parametrize("link", [True, False])
def test_a_name_that_is_taken_behind_the_first_look_is_not_written_to(volume, door, outside, monkeypatch, link):
    there = volume.root / ".negsplit-00.tmp"
    there.symlink_to(outside / "new.fit") if link else there.write_bytes(b"older")
    monkeypatch.setattr(volume_door.secrets, "token_hex", lambda _: "00")
    monkeypatch.setattr(Folder, "remove", idle)
    with pytest.raises(WatchError):
        door.put((), "x.fit", b"x")
    assert there.is_symlink() if link else there.read_bytes() == b"older"


def test_a_file_of_another_volume_is_left_alone(volume, monkeypatch):
    folder = DescriptorFolder(volume.root / "GARMIN")
    folder.identity = folder.identity._replace(device=-1)
    for look in (Folder._must_be_a_file, idle):
        monkeypatch.setattr(Folder, "_must_be_a_file", look)
        with pytest.raises(OSError, match=os.strerror(errno.ELOOP)):
            folder.open("GarminDevice.xml", os.O_RDONLY)
    folder.close()


def test_pipes_and_devices_are_left_alone(volume, door):
    os.mkfifo(volume.root / "pipe.fit")
    for call in (partial(door.read, ("pipe.fit",), 10), partial(door.remove, ("pipe.fit",))):
        with pytest.raises(Refused):
            call()
    assert stat.S_ISFIFO(os.lstat(volume.root / "pipe.fit").st_mode)


def test_a_device_is_not_even_opened(volume, door, monkeypatch):
    os.mkfifo(volume.root / "tape")
    monkeypatch.setattr(volume_files.os, "open", partial(failing, AssertionError("a tape would rewind")))
    with pytest.raises(Refused):
        door.read(("tape",), 10)


def test_another_volume_below_is_not_entered(volume, door):
    with FakeVolume(volume.root / "GARMIN", DescriptorFolder) as other:
        if not other.is_mounted:
            pytest.skip("no file system may be mounted here")
        other.add("x.fit", b"x")
        assert FolderEntry("volume", "other") in door.list(("GARMIN",))
        held = descriptors()
        for call in (
            partial(door.list, ("GARMIN", "volume")),
            partial(door.read, ("GARMIN", "volume", "x.fit"), 10),
            partial(door.put, ("GARMIN", "volume"), "y.fit", b""),
        ):
            with pytest.raises(Refused):
                call()
        assert other.files() == {"x.fit": b"x"}
        assert descriptors() == held


@pytest.mark.parametrize(("attributes", "leads"), [(stat.FILE_ATTRIBUTE_REPARSE_POINT, True), (0, False)])
def test_reparse_points_of_windows_count_as_links(attributes, leads):
    status = SimpleNamespace(st_mode=stat.S_IFDIR, st_file_attributes=attributes)
    assert volume_files.leads_elsewhere(status) is leads


@BOTH
def test_the_root_itself_may_be_no_link(opened, tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    with pytest.raises(Refused):
        VolumeDoor(tmp_path / "link", None, opened)


@pytest.fixture
def folder(tmp_path: Path) -> PathFolder:
    """A folder by its path, `GARMIN/NEWFILES` with one file."""
    new_files = tmp_path / "volume" / "GARMIN" / "NEWFILES"
    new_files.mkdir(parents=True)
    (new_files / "diary.fit").touch()
    opened = PathFolder(tmp_path / "volume").below("GARMIN").below("NEWFILES")
    assert isinstance(opened, PathFolder)
    return opened


def swap(folder: Path, target: Path | None = None) -> None:
    """Puts a link where a folder was: to another one, or to the same where it is now."""
    folder.rename(folder.with_name("old"))
    folder.symlink_to(target or "old")


def test_a_folder_that_is_swapped_for_a_link_meanwhile_is_noticed(tmp_path, folder, outside):
    swap(tmp_path / "volume" / "GARMIN" / "NEWFILES", outside)
    for call in (folder.list, lambda: folder.open("diary.fit", os.O_RDONLY), lambda: folder.remove("diary.fit")):
        with pytest.raises(OSError, match=os.strerror(errno.ELOOP)):
            call()


@pytest.mark.parametrize("swapped", ["GARMIN", "GARMIN/NEWFILES"])
def test_a_link_to_the_very_same_folder_is_a_link_all_the_same(tmp_path, folder, swapped):
    (tmp_path / "volume/GARMIN/NEWFILES/diary.fit").unlink()
    swap(tmp_path / "volume" / swapped)
    with pytest.raises(OSError, match=os.strerror(errno.ELOOP)):
        folder.list()


def test_a_folder_that_is_swapped_at_the_last_moment_is_noticed(tmp_path, folder, outside, monkeypatch):
    def swap_and_open(path: Path, flags: int, mode: int, opened=os.open) -> int:
        swap(tmp_path / "volume" / "GARMIN" / "NEWFILES", outside)
        return opened(path, flags, mode)

    monkeypatch.setattr(volume_files.os, "open", swap_and_open)
    held = descriptors()
    with pytest.raises(OSError, match=os.strerror(errno.ELOOP)):
        volume_files.read(folder, "diary.fit", 1000)
    assert descriptors() == held
