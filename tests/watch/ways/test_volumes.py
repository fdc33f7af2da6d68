"""Watches as mounted volumes, found where each system mounts them or named by somebody."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from negsplit.watch.door import FolderEntry
from negsplit.watch.errors import Gone, NotThere, Refused, Unusable, WatchError
from negsplit.watch.ways import volumes
from negsplit.watch.ways.volumes import Top


def watch_in(folder: Path, garmin: str = "GARMIN", manifest: str = "GarminDevice.xml") -> Path:
    (folder / garmin).mkdir(parents=True)
    (folder / garmin / manifest).write_bytes(b"<Device/>")
    return folder


def found(system: str, root: Path) -> list[str]:
    return [os.path.relpath(place.where, root) for place in volumes.find(volumes.tops(system, root))]


def test_where_linux_mounts_volumes(tmp_path):
    expected = ["media/GARMIN", "media/anna/FR935", "mnt/watch", "run/media/anna/GARMIN"]
    for place in [*expected, "home/anna", "media/a/b/c"]:
        watch_in(tmp_path / place)
    assert found("linux", tmp_path) == expected


def test_where_macos_mounts_volumes(tmp_path):
    watch_in(tmp_path / "Volumes" / "GARMIN")
    watch_in(tmp_path / "mnt" / "x")
    (tmp_path / "Volumes" / "Macintosh HD").symlink_to(tmp_path)
    assert found("darwin", tmp_path) == ["Volumes/GARMIN"]


def test_windows_has_drives(tmp_path, monkeypatch):
    watch_in(tmp_path / "E")
    monkeypatch.setattr(os, "listdrives", lambda: [str(tmp_path / letter) for letter in "DEF"], raising=False)
    assert found("win32", tmp_path) == ["E"]


def test_windows_has_letters_before_python_can_tell_its_drives(monkeypatch):
    monkeypatch.delattr(os, "listdrives", raising=False)
    drives = [str(top.folder) for top in volumes.tops("win32")]
    assert len(drives) == 26
    assert "E:\\" in drives


@pytest.mark.parametrize(("garmin", "manifest"), [("Garmin", "GarminDevice.xml"), ("garmin", "GARMINDEVICE.XML")])
def test_a_watch_is_found_in_any_case(tmp_path, garmin, manifest):
    watch_in(tmp_path / "w", garmin, manifest)
    assert len(volumes.find([Top(tmp_path, 1)])) == 1


def test_what_is_no_watch_is_not_found(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    (tmp_path / "bare" / "GARMIN").mkdir(parents=True)
    (tmp_path / "odd" / "GARMIN" / "GarminDevice.xml").mkdir(parents=True)
    assert volumes.find([Top(tmp_path, 1), Top(tmp_path / "missing", 1), Top(tmp_path / "file", 0)]) == []


def test_links_are_passed_over(tmp_path):
    real = watch_in(tmp_path / "elsewhere" / "real")
    top = tmp_path / "media"
    (top / "garmin" / "GARMIN").mkdir(parents=True)
    (top / "volume").symlink_to(real)
    (top / "garmin" / "GARMIN" / "GarminDevice.xml").symlink_to(real / "GARMIN" / "GarminDevice.xml")
    (top / "folder").mkdir()
    (top / "folder" / "GARMIN").symlink_to(real / "GARMIN")
    assert volumes.find([Top(top, 2)]) == []


def test_a_watch_that_can_be_reached_twice_is_found_once(tmp_path):
    watch_in(tmp_path / "run" / "media" / "anna" / "FR")
    (tmp_path / "media").symlink_to("run/media")
    assert found("linux", tmp_path) == ["media/anna/FR"]


def test_what_cannot_be_read_is_passed_over(tmp_path):
    watch_in(tmp_path / "a")
    watch_in(tmp_path / "b" / "private")
    (tmp_path / "b").chmod(0)
    try:
        assert str(tmp_path / "a") in [place.where for place in volumes.find([Top(tmp_path, 2)])]
    finally:
        (tmp_path / "b").chmod(0o700)


def test_a_mount_that_never_answers_holds_up_nobody(tmp_path, monkeypatch):
    watch_in(tmp_path / "alive")
    (tmp_path / "dead").mkdir()
    answer, look, before = threading.Event(), volumes._look, set(threading.enumerate())
    monkeypatch.setattr(volumes, "PATIENCE", 0.1)
    monkeypatch.setattr(
        volumes, "_look", lambda folder: (answer.wait() if folder.name == "dead" else 0, look(folder))[1]
    )
    try:
        assert [Path(place.where).name for place in volumes.find([Top(tmp_path, 1)])] == ["alive"]
        assert all(thread.daemon for thread in set(threading.enumerate()) - before)
    finally:
        answer.set()


def test_a_place_opens_what_was_found_and_nothing_else(tmp_path):
    watch_in(tmp_path / "w")
    (place,) = volumes.find([Top(tmp_path, 1)])
    assert place.way == "volume"
    door = place.open()
    assert door.list(()) == [FolderEntry("GARMIN", "folder")]
    door.close()
    (tmp_path / "w").rename(tmp_path / "gone")
    with pytest.raises(Gone):
        place.open()
    watch_in(tmp_path / "w")
    with pytest.raises(Gone):
        place.open()


@pytest.mark.parametrize("named", ["watch", "watch/GARMIN", "link", "link/GARMIN", "link-to-folder"])
def test_a_named_folder_may_be_a_link_or_the_folder_in_it(tmp_path, named):
    watch_in(tmp_path / "watch")
    (tmp_path / "link").symlink_to("watch")
    (tmp_path / "link-to-folder").symlink_to("watch/GARMIN")
    place = volumes.at(tmp_path / named)
    assert place.where == str(tmp_path / "watch")
    door = place.open()
    assert door.read(("GARMIN", "GarminDevice.xml"), 100) == b"<Device/>"
    door.close()


def test_a_named_folder_may_be_the_one_above(tmp_path):
    watch_in(tmp_path / "media" / "GARMIN")
    (tmp_path / "media" / "other").mkdir()
    assert volumes.at(tmp_path / "media").where == str(tmp_path / "media" / "GARMIN")
    assert volumes.at(tmp_path).where == str(tmp_path)
    watch_in(tmp_path / "media" / "GARMIN 1")
    with pytest.raises(Unusable, match="there are 2 watches in") as refused:
        volumes.at(tmp_path / "media")
    assert "GARMIN 1`" in refused.value.help[0]


def test_a_volume_may_be_called_garmin_itself(tmp_path):
    watch_in(tmp_path / "GARMIN")
    assert volumes.at(tmp_path / "GARMIN").where == str(tmp_path / "GARMIN")


def test_a_named_folder_that_is_none_shows_when_it_is_opened(tmp_path):
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    for name, kind in (("missing", NotThere), ("file", Refused), ("file/below", WatchError), ("loop", WatchError)):
        place = volumes.at(tmp_path / name)
        with pytest.raises(kind, match=name):
            place.open()
