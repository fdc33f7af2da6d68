"""Folders are made where they are missing, and taken away when nothing came of it."""

import os
from contextlib import suppress
from pathlib import Path

import pytest

from negsplit.files.parents import made


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_what_is_missing_is_made_and_stays():
    with made(Path("a/b/c")):
        assert Path("a/b/c").is_dir()
    with made(Path("a/b/c")), made(Path("a")), made(Path()):
        pass
    assert Path("a/b/c").is_dir()


@pytest.mark.parametrize("failure", [OSError, KeyboardInterrupt])
def test_what_was_made_for_nothing_is_gone_again(failure):
    os.mkdir("a")
    with pytest.raises(failure), made(Path("a/b/c")):
        raise failure
    assert os.listdir("a") == []


def test_what_holds_something_meanwhile_stays():
    with suppress(KeyboardInterrupt), made(Path("a/b/c")):
        Path("a/theirs").write_text("")
        raise KeyboardInterrupt
    assert os.listdir("a") == ["theirs"]


@pytest.mark.parametrize("folder", ["file", "file/b", "file/b/c"])
def test_a_file_in_the_way_is_an_error_and_nothing_is_left(folder):
    Path("file").write_text("mine")
    with pytest.raises((FileExistsError, NotADirectoryError)), made(Path(folder)):
        pytest.fail("it was not made")
    assert Path("file").read_text() == "mine"


def test_depth_is_no_matter():
    """1500 folders of one letter are below the 4096 bytes that Linux takes in a path."""
    deep = Path(*["d"] * 1500)
    with suppress(KeyboardInterrupt), made(deep):
        assert os.path.isdir(deep)
        raise KeyboardInterrupt
    assert os.listdir() == []
