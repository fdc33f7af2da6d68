"""Folders that lie in one another, deeper than calls may: every command that takes a folder gets to the bottom."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from negsplit.desk import runners
from negsplit.desk.runners import Runners

DEPTH = sys.getrecursionlimit() + 100
BOTTOM = Path(*["t", *"d" * DEPTH])


@pytest.fixture
def deep(write, desk) -> Iterator[None]:
    """A tree with a workout at its top and at its bottom. It is taken away from the bottom up: pytest's own way with
    temporary folders goes down by calls.
    """
    write("t/top.workout.yaml")
    os.chdir("t")
    for _ in range(DEPTH):
        os.mkdir("d")
        os.chdir("d")
    write("bottom.workout.yaml")
    os.chdir(desk)
    yield
    os.chdir(BOTTOM)
    for name in os.listdir():
        os.unlink(name)
    for _ in range(DEPTH):
        os.chdir("..")
        os.rmdir("d")


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no paths of that length")
def test_a_tree_is_worked_on_to_its_bottom(deep, cli):
    run = cli("compile", "t")
    assert (run.status, run.err) == (0, "")
    assert [line.partition(":")[0] for line in run.out.splitlines()] == ["t/top.fit", f"{BOTTOM}/bottom.fit"]
    assert (BOTTOM / "bottom.fit").exists()


def test_a_wide_tree_is_walked_in_order(write, cli):
    for number in range(300):
        write(f"t/{number % 30:02}/{number:03}.yaml", "# nothing of ours\n")
    run = cli("check", "-v", "t")
    said = [line.partition("`")[2].partition("`")[0] for line in run.err.splitlines() if "passed-over" in line]
    assert said == sorted(f"t/{number % 30:02}/{number:03}.yaml" for number in range(300))


def test_the_athlete_of_a_deep_tree_is_looked_for_once_in_each_folder(desk, monkeypatch):
    """As from the top down, so from the bottom up."""
    looked = []
    names_in = runners.names_in
    monkeypatch.setattr(runners, "names_in", lambda folder: looked.append(folder) or names_in(folder))
    folders = [Path(*"d" * depth) for depth in range(1, 61)]
    folders[-1].mkdir(parents=True)
    Path("d/d/athlete.yaml").write_text("athlete: Anna\nraces: 5 km in 22:30\n", encoding="utf-8")
    for order in (folders, folders[::-1]):
        looked.clear()
        mine = Runners()
        found = {folder: mine.for_document(folder / "x.workout.yaml")[0] for folder in order}
        assert [found[folder].name for folder in folders] == ["", *["Anna"] * 59]
        assert max(map(looked.count, looked)) <= 2  # the configuration is at the end of several ways
        assert len(looked) < 60 + len(desk.parents) + 4
