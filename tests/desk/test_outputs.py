"""Where output goes, and that it gets there whole or not at all."""

import errno
import os
import resource
import signal
from pathlib import Path

import pytest

from negsplit.desk.inputs import Input
from negsplit.desk.outputs import Places, is_file, write_whole
from negsplit.desk.usage import WrongUsageError
from system_words import system_says

OLD, NEW = b"older" * 100, b"newer" * 5000


def listing(folder: str = ".") -> list[str]:
    return sorted(os.listdir(folder))


# --- Writing -----------------------------------------------------------------------------------


def test_writes_into_folders_that_it_makes():
    assert write_whole(Path("a/b/x.fit"), NEW) is None
    assert Path("a/b/x.fit").read_bytes() == NEW
    assert listing("a/b") == ["x.fit"]


def test_replaces_the_whole_of_an_older_file():
    Path("x.fit").write_bytes(NEW)
    before = os.stat("x.fit").st_ino
    with open("x.fit", "rb") as reader:
        assert write_whole(Path("x.fit"), OLD) is None
        assert reader.read() == NEW, "who reads the older file reads it to its end"
    assert Path("x.fit").read_bytes() == OLD
    assert os.stat("x.fit").st_ino != before


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_permissions_follow_the_umask(mask, mode):
    before = os.umask(mask)
    try:
        write_whole(Path("x.fit"), NEW)
    finally:
        os.umask(before)
    assert os.stat("x.fit").st_mode & 0o777 == mode


def test_a_link_is_replaced_and_what_it_points_to_left_alone():
    Path("elsewhere").write_bytes(OLD)
    os.symlink("elsewhere", "x.fit")
    assert write_whole(Path("x.fit"), NEW) is None
    assert Path("elsewhere").read_bytes() == OLD
    assert not Path("x.fit").is_symlink()
    assert Path("x.fit").read_bytes() == NEW


def test_a_link_to_a_folder_is_followed():
    os.mkdir("real")
    os.symlink("real", "out")
    assert write_whole(Path("out/x.fit"), NEW) is None
    assert listing("real") == ["x.fit"]


# --- What goes wrong ---------------------------------------------------------------------------


def fault(path: str) -> str:
    found = write_whole(Path(path), NEW)
    assert found is not None
    assert found.code == "unwritable"
    return found.message


def test_a_disk_that_is_full_leaves_the_older_file_and_no_other():
    """The limit on the size of files stands in for the disk: the system itself breaks off the writing."""
    Path("x.fit").write_bytes(OLD)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        assert fault("x.fit") == "cannot write `x.fit`: file too large"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert listing() == ["x.fit"]
    assert Path("x.fit").read_bytes() == OLD


def test_a_rename_that_fails_leaves_the_older_file_and_no_other(monkeypatch):
    Path("x.fit").write_bytes(OLD)

    def refuse(source, target):
        assert Path(source).read_bytes() == NEW
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "replace", refuse)
    assert fault("x.fit") == "cannot write `x.fit`: input/output error"
    assert listing() == ["x.fit"]
    assert Path("x.fit").read_bytes() == OLD


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit, MemoryError])
def test_an_interruption_leaves_nothing_half_written(monkeypatch, interruption):
    Path("x.fit").write_bytes(OLD)

    def interrupt(source, target):
        raise interruption

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(interruption):
        write_whole(Path("x.fit"), NEW)
    assert listing() == ["x.fit"]
    assert Path("x.fit").read_bytes() == OLD


def test_a_folder_that_may_not_be_written_keeps_what_it_has(unprivileged):
    os.mkdir("out")
    Path("out/x.fit").write_bytes(OLD)
    os.chmod("out", 0o555)
    assert fault("out/x.fit") == f"cannot write `out/x.fit`: {system_says(errno.EACCES)}"
    assert fault("out/new/x.fit") == f"cannot write `out/new/x.fit`: {system_says(errno.EACCES)}"
    os.chmod("out", 0o755)
    assert listing("out") == ["x.fit"]
    assert Path("out/x.fit").read_bytes() == OLD


def test_a_folder_in_the_place_of_the_file():
    os.makedirs("x.fit/inside")
    assert fault("x.fit") == "cannot write `x.fit`: a folder has that name"
    assert listing() == ["x.fit"]
    assert listing("x.fit") == ["inside"]


@pytest.mark.parametrize("path", ["out/x.fit", "out/deeper/x.fit"])
def test_a_file_in_the_place_of_the_folder(path):
    Path("out").write_bytes(OLD)
    found = write_whole(Path(path), NEW)
    assert found.message == f"cannot write `{path}`: a file is where its folder should be"
    assert found.help == ("-o is a file if it ends in .fit, else a folder",)
    assert Path("out").read_bytes() == OLD


def test_a_name_that_is_too_long():
    assert "file name too long" in fault("x" * 300 + ".fit")
    assert listing() == []


# --- Places ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("out", "source", "place"),
    [
        (None, Input(Path("a/x.workout.yaml")), "a/x.fit"),
        ("out", Input(Path("a/x.workout.yaml")), "out/x.fit"),
        ("out", Input(Path("a/b/x.workout.yaml"), Path("b"), named=False), "out/b/x.fit"),
        ("y.fit", Input(Path("a/x.workout.yaml")), "y.fit"),
        ("Y.FIT", Input(Path("a/x.workout.yaml")), "Y.FIT"),
        ("out.d/fit", Input(Path("x.yaml")), "out.d/fit/x.fit"),
        (".fit", Input(Path("x.yaml")), ".fit/x.fit"),
    ],
)
def test_places(out, source, place):
    places = Places(out and Path(out), ".fit")
    assert places.place(source) == Path(place)
    second = Path(place).with_name(f"{Path(place).stem}-2{Path(place).suffix}")
    assert places.place(source, 2) == second


def test_out_is_a_folder_where_one_stands():
    os.mkdir("x.fit")
    assert not is_file(Path("x.fit"), ".fit")
    assert Places(Path("x.fit"), ".fit").place(Input(Path("y.yaml"))) == Path("x.fit/y.fit")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("out/x.fit", "out/x.fit"),
        ("out/x.fit", "out/../out/./x.fit"),
        ("out/x.fit", "link/x.fit"),
        ("out/x.fit", "out/X.FIT"),
        ("out/é.fit", "out/e\u0301.fit"),
        ("out/É.fit", "out/e\u0301.fit"),
        ("out/ß.fit", "out/SS.fit"),
        ("out/x.fit", "{here}/out/x.fit"),
    ],
)
def test_one_place_is_given_once_however_it_is_written(one, other):
    os.mkdir("out")
    os.symlink("out", "link")
    places = Places(Path("out"), ".fit")
    assert places.take(Path(one), Path("one.yaml")) is None
    clash = places.take(Path(other.format(here=Path.cwd())), Path("other.yaml"))
    assert clash is not None
    assert clash.code == "same-output"
    assert clash.message.startswith("`other.yaml` and `one.yaml` would both write")


@pytest.mark.parametrize("out", ["/dev/null", "pipe", "link"])
def test_a_pipe_or_a_device_is_no_place(out):
    os.mkfifo("pipe")
    os.symlink("pipe", "link")
    with pytest.raises(WrongUsageError, match="is neither"):
        Places(Path(out), ".fit")


def test_other_places_are_free():
    places = Places(None, ".fit")
    for path in ("a/x.fit", "b/x.fit", "a/x-2.fit", "a/y.fit"):
        assert places.take(Path(path), Path("x.yaml")) is None


def test_nothing_is_written_over_its_own_source():
    clash = Places(None, ".yaml").take(Path("./X.yaml"), Path("x.yaml"))
    assert clash is not None
    assert clash.message == "this would overwrite its own source, `x.yaml`"
