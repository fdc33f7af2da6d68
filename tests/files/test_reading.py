"""Only regular files are read, and nothing else is waited for or so much as opened."""

import errno
import os
import socket
from pathlib import Path

import pytest

from negsplit.files.reading import NotAFileError, is_file, read


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_a_file_is_read_whole_or_as_much_as_shows_that_it_is_too_large():
    Path("x").write_bytes(b"12345")
    assert read("x", 5) == b"12345"
    assert read("x", 3) == b"1234"
    os.symlink("x", "link")
    assert read(Path("link"), 5) == b"12345"


def test_what_is_no_file_is_refused_at_once():
    os.mkfifo("pipe")
    os.symlink("pipe", "link")
    with socket.socket(socket.AF_UNIX) as door:
        door.bind("socket")
        for name in ("pipe", "link", "socket", "/dev/null", "/dev/zero"):
            with pytest.raises(NotAFileError) as refused:
                read(name, 10)
            assert refused.value.filename == name
    os.mkdir("folder")
    with pytest.raises(IsADirectoryError):
        read("folder", 10)
    with pytest.raises(FileNotFoundError):
        read("nothing", 10)


def test_no_device_is_opened(monkeypatch):
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("opening may rewind a tape"))
    with pytest.raises(NotAFileError):
        read("/dev/null", 10)


def test_a_pipe_that_takes_the_place_of_a_file_is_refused(monkeypatch):
    Path("x").write_bytes(b"1")
    real = os.open

    def swapped(path, flags):
        os.unlink("x")
        os.mkfifo("x")
        return real(path, flags)

    monkeypatch.setattr(os, "open", swapped)
    with pytest.raises(NotAFileError):
        read("x", 10)


def test_a_link_is_no_file_itself():
    Path("x").write_bytes(b"1")
    os.symlink("x", "link")
    assert (is_file(Path("x")), is_file(Path("link")), is_file(Path("y"))) == (True, False, False)
    os.symlink("loop", "loop")
    with pytest.raises(OSError, match=os.strerror(errno.ELOOP)):
        read("loop", 1)
