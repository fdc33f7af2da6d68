"""What goes wrong on the way to a mounted volume: a put is whole or nothing, and a pulled cable is noticed."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from functools import partial
from itertools import count

import pytest

from negsplit.watch import errors
from negsplit.watch.door import Door, is_leftover
from negsplit.watch.errors import Full, Gone, NotThere, ReadOnly, Refused, Taken, Unusable, WatchError
from negsplit.watch.ways import volume_files
from negsplit.watch.ways.volume_files import DescriptorFolder, Folder, PathFolder
from watch.fake_volume import FakeVolume
from watch.system_calls import Calls, descriptors, failing, idle

IN = ("GARMIN", "NEWFILES")
BOTH = pytest.mark.parametrize("opened", [DescriptorFolder, PathFolder])


FAULTS = [partial(OSError, errno.EIO, "x"), partial(OSError, errno.ENOSPC, "x"), KeyboardInterrupt]


@pytest.mark.parametrize("fault", FAULTS, ids=["EIO", "ENOSPC", "interrupt"])
@pytest.mark.parametrize("done", [False, True], ids=["undone", "done"])
def test_a_fault_at_any_call_leaves_a_put_whole_or_nothing(volume, door, monkeypatch, fault, done):
    volume.add("GARMIN/NEWFILES/neighbour.fit", b"older")
    before, held, failures = volume.files(), descriptors(), 0
    after = before | {"GARMIN/NEWFILES/x.fit": b"new"}

    def fail(call: str) -> None:
        raise fault()

    for at in count(1):
        with monkeypatch.context() as patch:
            # A close that fails has let go of its descriptor all the same.
            calls = Calls(at, lambda call: None if done or call == "close" else fail(call), fail)
            calls.stand_in(patch)
            try:
                door.put(IN, "x.fit", b"new")
            except WatchError:
                failures += 1
                assert volume.files() == before
            except KeyboardInterrupt:  # may come when all is done
                failures += 1
                assert volume.files() in (before, after)
            else:
                assert volume.files() == after
        (volume.root / "GARMIN/NEWFILES/x.fit").unlink(missing_ok=True)
        assert descriptors() == held
        if calls.made < at:
            break
    assert failures > 15


def test_a_device_that_takes_a_few_bytes_at_a_time_gets_all(volume, door, monkeypatch):
    monkeypatch.setattr(volume_files.os, "write", lambda to, data, write=os.write: write(to, data[:7]))
    door.put(IN, "x.fit", bytes(range(100)))
    assert volume.files()["GARMIN/NEWFILES/x.fit"] == bytes(range(100))


def test_a_volume_that_fills_up_in_the_middle(volume, door):
    volume.fill(8192)
    before = volume.files()
    with pytest.raises(Full):
        door.put(IN, "x.fit", bytes(100_000))
    assert volume.files() == before
    door.put(IN, "x.fit", bytes(5000))


def test_a_write_protected_volume(volume, door):
    volume.write_protect()
    before = volume.files()
    with pytest.raises(ReadOnly) as caught:
        door.put(IN, "x.fit", b"x")
    assert "eject" in caught.value.help[0]
    with pytest.raises(ReadOnly):
        door.remove(("GARMIN", "GarminDevice.xml"))
    assert volume.files() == before


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        *((code, Gone) for code in (errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ENOTCONN)),
        *((code, Full) for code in (errno.ENOSPC, errno.EDQUOT)),
        *((code, errors.NotAllowed) for code in (errno.EACCES, errno.EPERM)),
        *((code, Refused) for code in (errno.ELOOP, errno.ENOTDIR, errno.EISDIR, errno.EXDEV, errno.EFBIG)),
        (errno.EROFS, ReadOnly),
        (errno.EBUSY, errors.Busy),
        (errno.ENOENT, NotThere),
        (errno.EEXIST, Taken),
        (errno.ENAMETOOLONG, Unusable),
    ],
)
def test_each_error_of_the_system_has_its_name(door, monkeypatch, code, kind):
    monkeypatch.setattr(Folder, "list", staticmethod(partial(failing, OSError(code, "SERIAL-0815"))))
    with pytest.raises(WatchError) as caught:
        door.list(IN)
    assert type(caught.value) is kind
    assert "SERIAL" not in caught.value.message


@pytest.mark.parametrize(
    ("number", "kind"), [(19, ReadOnly), (21, Gone), (32, errors.Busy), (1167, Gone), (5, errors.NotAllowed)]
)
def test_errors_of_windows(door, monkeypatch, number, kind):
    error = PermissionError(errno.EACCES, "x")
    error.winerror = number
    monkeypatch.setattr(Folder, "list", staticmethod(partial(failing, error)))
    with pytest.raises(kind):
        door.list(IN)


def test_a_file_is_flushed_under_its_new_name_and_the_folder_after_it(door, volume, monkeypatch):
    """Linux writes a renamed file on FAT with no size until the file itself is flushed again."""
    happened = []

    def fsync(descriptor: int) -> None:
        happened.append("file" if stat.S_ISREG(os.fstat(descriptor).st_mode) else "folder")

    def rename(*names: object, rename=os.rename, **folders: object) -> None:
        happened.append("rename")
        rename(*names, **folders)

    monkeypatch.setattr(volume_files.os, "fsync", fsync)
    monkeypatch.setattr(volume_files.os, "rename", rename)
    door.put(IN, "x.fit", b"x")
    folder = ["folder"] if isinstance(door._root, DescriptorFolder) else []
    assert happened == ["file", "rename", "file", *folder]


def test_what_was_removed_stays_so_when_the_cable_is_pulled(volume, door, monkeypatch):
    flushed = []
    monkeypatch.setattr(volume_files.os, "fsync", lambda descriptor: flushed.append(os.listdir(descriptor)))
    volume.add("x.fit", b"x")
    door.remove(("x.fit",))
    assert flushed == ([["GARMIN"]] if isinstance(door._root, DescriptorFolder) else [])


@pytest.mark.skipif(not hasattr(os, "posix_fadvise"), reason="the system cannot be told to forget")
def test_what_is_read_comes_from_the_device(door, monkeypatch):
    happened = []
    monkeypatch.setattr(volume_files.os, "posix_fadvise", lambda *hint: happened.append(hint[1:]))
    monkeypatch.setattr(volume_files.os, "read", lambda *of, read=os.read: (happened.append("read"), read(*of))[1])
    door.put(IN, "x.fit", b"x")
    assert happened == [(0, 0, os.POSIX_FADV_DONTNEED)]
    door.read((*IN, "x.fit"), 1)
    assert happened[1:3] == [(0, 0, os.POSIX_FADV_DONTNEED), "read"]
    monkeypatch.setattr(volume_files.os, "posix_fadvise", partial(failing, OSError(errno.EINVAL, "x")))
    assert door.read((*IN, "x.fit"), 1) == b"x"


def test_a_folder_that_cannot_be_flushed_is_no_fault(volume, door, monkeypatch):
    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "x")

    monkeypatch.setattr(volume_files.os, "fsync", fsync)
    door.put(IN, "x.fit", b"x")
    assert "GARMIN/NEWFILES/x.fit" in volume.files()


def test_while_it_is_written_a_file_has_a_name_that_tells_whose_it_is(door, monkeypatch):
    names = []
    monkeypatch.setattr(volume_files, "settle", idle)
    create = volume_files.create
    monkeypatch.setattr(volume_files, "create", lambda at, name, data: (names.append(name), create(at, name, data)))
    door.put(IN, "x.fit", b"x")
    door.put(IN, "y.fit", b"y")
    assert names[0] != names[1]
    assert all(is_leftover(name) for name in names)


# The cable is pulled


def every_call(door: Door) -> list[Callable[[], object]]:
    return [
        lambda: door.list(()),
        lambda: door.read(("GARMIN", "GarminDevice.xml"), 100),
        lambda: door.put(IN, "x.fit", b"x"),
        lambda: door.put((), "x.fit", b"x"),
        lambda: door.remove(("GARMIN", "GarminDevice.xml")),
        door.free,
    ]


def test_after_the_cable_was_pulled_every_call_says_so(volume, door):
    volume.pull()
    for call in [*every_call(door), volume.place().open]:
        with pytest.raises(Gone):
            call()
    assert os.listdir(volume.root) == []
    door.close()


def test_a_mount_point_that_was_removed(volume, door):
    volume.pull()
    volume.root.rmdir()
    for call in [*every_call(door), volume.place().open]:
        with pytest.raises(Gone):
            call()


def test_another_folder_in_its_place_is_another_watch(volume, door):
    volume.pull()
    volume.add("GARMIN/GarminDevice.xml", b"another")
    volume.make_folder("GARMIN/NEWFILES")
    for call in [*every_call(door), volume.place().open]:
        with pytest.raises(Gone):
            call()
    assert volume.files() == {"GARMIN/GarminDevice.xml": b"another"}


@pytest.mark.parametrize(
    ("opened", "left"),
    [(DescriptorFolder, "GARMIN/NEWFILES"), (DescriptorFolder, ""), (PathFolder, "")],
    ids=["descriptors, same folders below", "descriptors", "paths"],
)
def test_a_cable_pulled_at_any_call_leaves_nothing_where_the_volume_was(tmp_path, monkeypatch, opened, left):
    gone = 0
    for at in count(1):
        (tmp_path / str(at)).mkdir()
        with FakeVolume(tmp_path / str(at), opened) as volume, monkeypatch.context() as patch:
            volume.make_folder("GARMIN/NEWFILES")
            door = volume.place().open()

            def pull(call: str, volume=volume) -> None:
                volume.pull()
                volume.make_folder(left)

            calls = Calls(at, pull, idle)
            calls.stand_in(patch)
            try:
                door.put(IN, "x.fit", b"x")
            except Gone:
                gone += 1
            door.close()
            patch.undo()
            if calls.made < at:
                assert volume.files() == {"GARMIN/NEWFILES/x.fit": b"x"}
                break
            assert volume.files() == {}
    assert gone


def test_a_closed_door_stays_closed(volume, door):
    door.close()
    door.close()
    for call in every_call(door):
        with pytest.raises(Unusable):
            call()
