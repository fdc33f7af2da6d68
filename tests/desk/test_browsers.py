"""Which browser is found: in the environment, on the PATH, and where Macs and Windows have programs."""

from pathlib import Path

import pytest

from negsplit.desk.browsers import VARIABLE, browser


def program(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_none_where_there_is_none(tmp_path):
    for system in ("linux", "win32"):
        assert browser({"PATH": str(tmp_path)}, system) is None
        assert browser({}, system) is None


@pytest.mark.parametrize("name", ["chromium", "google-chrome", "microsoft-edge", "brave-browser", "chromium-browser"])
def test_on_the_path(tmp_path, name):
    found = program(tmp_path / name)
    assert browser({"PATH": str(tmp_path)}, "linux") == found


def test_what_may_only_say_what_to_install_comes_last(tmp_path):
    program(tmp_path / "chromium-browser")
    found = program(tmp_path / "google-chrome")
    assert browser({"PATH": str(tmp_path)}, "linux") == found


@pytest.mark.parametrize("name", ["Google Chrome", "Microsoft Edge", "Brave Browser", "Chromium"])
def test_on_a_mac(tmp_path, name):
    if any(Path("/Applications").glob("*.app")):
        pytest.skip("this Mac has applications of its own")
    found = program(tmp_path / "Applications" / f"{name}.app" / "Contents" / "MacOS" / name)
    assert browser({"HOME": str(tmp_path)}, "darwin") == found


@pytest.mark.parametrize("folder", ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"])
def test_on_windows(tmp_path, folder):
    found = program(tmp_path / "Microsoft" / "Edge" / "Application" / "msedge.exe")
    assert browser({folder: str(tmp_path)}, "win32") == found


def test_the_one_that_is_named(tmp_path):
    program(tmp_path / "path" / "chromium")
    path = str(tmp_path / "path")
    for named in (program(tmp_path / "else" / "mine"), program(tmp_path / "path" / "mine")):
        how = named.name if named.parent.name == "path" else str(named)
        assert browser({"PATH": path, VARIABLE: how}, "linux") == named
    assert browser({"PATH": path, VARIABLE: "nowhere"}, "linux") is None
