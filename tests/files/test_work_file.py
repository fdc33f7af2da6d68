"""Files at work: one process has each, and whoever comes next sweeps up what a process left that is gone."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from negsplit.files import work_file as files
from negsplit.files.work_file import BusyError, beside, held, sweep

HOLD = """
import sys, time
from pathlib import Path
from negsplit.files.work_file import held
with held(Path(sys.argv[1])) as work:
    work.write(b"theirs")
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def other():
    """Another process that has a file at work until it is told to let go, or killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, "x"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_name_says_whose_it_is_and_fits_every_file_system():
    assert beside(Path("a/x.fit")) == Path("a/.negsplit-x.fit.tmp")
    for name in ("x" * 250, "ü" * 125):
        short = beside(Path("a", name))
        assert len(os.fsencode(short.name)) <= 255
        assert short.name.startswith(".negsplit-")
    too_long = Path("x" * 300)
    with pytest.raises(OSError), held(beside(too_long)):  # noqa: PT011 - the system says so
        pass


def test_nothing_is_left_of_what_became_nothing():
    with held(Path("x")) as work:
        work.write(b"1")
        assert Path("x").read_bytes() == b"1"
    assert os.listdir() == []
    with pytest.raises(KeyboardInterrupt), held(Path("x")):
        raise KeyboardInterrupt
    assert os.listdir() == []


def test_who_is_at_work_is_waited_for(other, monkeypatch):
    monkeypatch.setattr(files, "PATIENCE", 0.1)
    with pytest.raises(BusyError), held(Path("x")):
        pass
    sweep(Path("x"))
    assert Path("x").read_bytes() == b"theirs"
    monkeypatch.setattr(files, "PATIENCE", 30)
    other.stdin.write("\n")
    other.stdin.flush()
    with held(Path("x")) as work:
        work.write(b"ours")
        assert Path("x").read_bytes() == b"ours"


def test_what_a_killed_process_left_is_swept_up(other, monkeypatch):
    monkeypatch.setattr(files, "PATIENCE", 0)
    other.kill()
    other.wait()
    assert Path("x").read_bytes() == b"theirs"
    with held(Path("x")) as work:
        work.write(b"1")
        assert Path("x").read_bytes() == b"1"
    Path("x").write_bytes(b"left")
    sweep(Path("x"))
    assert os.listdir() == []


def test_what_was_left_is_handed_to_whoever_can_put_it_right():
    Path("x").write_bytes(b"left")
    seen = []

    def clear(path):
        seen.append(path.read_bytes())
        path.unlink()

    with held(Path("x"), clear=clear):
        pass
    assert seen == [b"left"]


def test_a_file_that_is_swept_up_before_it_is_locked_is_made_anew(monkeypatch):
    real, calls = files._locked, []

    def late(descriptor):
        calls.append(descriptor)
        if len(calls) == 1:
            os.unlink("x")
        return real(descriptor)

    monkeypatch.setattr(files, "_locked", late)
    with held(Path("x")) as work:
        work.write(b"1")
        assert Path("x").read_bytes() == b"1"
    assert len(calls) == 2


@pytest.mark.skipif(os.name != "posix", reason="no file that is open can be removed on Windows")
def test_nothing_is_left_by_a_signal_at_the_moment_of_making(monkeypatch):
    """Seen on a busy machine: a file whose maker was ended before it knew that it had made one."""

    def made(path, flags, mode=0o777, real=os.open):
        descriptor = real(path, flags, mode)
        if flags & os.O_CREAT:
            signal.raise_signal(signal.SIGTERM)
        return descriptor

    def end(_number, _frame):
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        monkeypatch.setattr(os, "open", made)
        with pytest.raises(KeyboardInterrupt), held(Path("x")):
            pass
    finally:
        signal.signal(signal.SIGTERM, before)
    assert os.listdir() == []


@pytest.mark.parametrize("kind", ["folder", "pipe", "link"])
def test_what_is_no_file_is_in_the_way_and_stays(kind):
    {"folder": os.mkdir, "pipe": os.mkfifo, "link": lambda name: os.symlink("elsewhere", name)}[kind]("x")
    with pytest.raises(FileExistsError), held(Path("x")):
        pass
    sweep(Path("x"))
    assert os.path.lexists("x")
    assert os.listdir() == ["x"]


def test_a_file_system_without_locks_has_to_do(monkeypatch):
    def none(*_):
        raise OSError(files._NO_LOCKS[0], "")

    monkeypatch.setattr(files.fcntl, "flock", none)
    with held(Path("x")) as work:
        work.replace(Path("y"))
    assert os.listdir() == ["y"]


def test_a_file_begins_only_where_there_is_none(monkeypatch):
    def no_links(*_, **__):
        raise PermissionError

    for has_links in (True, False):
        if not has_links:
            monkeypatch.setattr(os, "link", no_links)
        with held(Path("x")) as work:
            work.write(b"1")
            work.begin(Path("y"))
        assert os.listdir() == ["y"]
        with pytest.raises(FileExistsError), held(Path("x")) as work:
            work.begin(Path("y"))
        assert Path("y").read_bytes() == b"1"
        assert os.listdir() == ["y"]
        os.unlink("y")
