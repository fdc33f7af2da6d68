"""What tells a file that was saved from the same file before."""

import os

import pytest

from live.saving import WAYS
from negsplit.live.states import Folder, saved_last, state


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_both_ways_to_save_change_the_state(desk, way):
    path = desk / "a.workout.yaml"
    path.write_text("before")
    os.utime(path, (1, 1))
    before = state(path)
    assert state(path) == before
    way(path, "behind")
    assert state(path) != before


def test_a_file_with_another_number_a_size_or_a_time_is_another_state(desk):
    path = desk / "a"
    path.write_text("one")
    os.utime(path, (1, 1))
    first = state(path)
    path.write_text("three")
    os.utime(path, (1, 1))
    second = state(path)
    os.utime(path, ns=(1, 2))
    third = state(path)
    (desk / "b").write_text("three")
    os.utime(desk / "b", ns=(1, 2))
    os.replace(desk / "b", path)
    assert len({first, second, third, state(path)}) == 4


@pytest.mark.parametrize("name", ["nothing", "a\0b", "x" * 5000])
def test_where_nothing_is_there_is_no_state(desk, name):
    assert state(desk / name) is None


def test_a_link_has_the_state_of_what_it_leads_to(desk):
    (desk / "a").write_text("a")
    (desk / "link").symlink_to("a")
    before = state(desk / "link")
    (desk / "a").write_text("longer")
    assert state(desk / "link") == state(desk / "a") != before


def test_a_folder_is_what_yaml_files_it_holds(desk):
    empty = state(desk)
    (desk / "notes.txt").write_text("")
    (desk / ".hidden.athlete.yaml").write_text("")
    assert state(desk) == empty
    (desk / "athlete.yaml").write_text("")
    assert state(desk) != empty


def test_a_folder_lists_its_workouts_and_plans_and_nothing_else(desk):
    (desk / "spring").mkdir()
    for name, text in {
        "b.workout.yaml": "workout: B\n",
        "a.yaml": "workout: A\n",
        "spring/half.plan.yaml": "plan: P\n",
        "athlete.yaml": "athlete: Me\n",
        "other.yaml": "else: x\n",
        "c.txt": "workout: C\n",
    }.items():
        (desk / name).write_text(text)
    assert [str(path.relative_to(desk)) for path in Folder(desk).look()] == [
        "a.yaml",
        "b.workout.yaml",
        "spring/half.plan.yaml",
    ]


def test_a_workout_stays_one_while_it_is_being_written(desk):
    path = desk / "a.yaml"
    path.write_text("workout: A\n")
    folder = Folder(desk)
    assert list(folder.look()) == [path]
    path.write_text("")
    assert list(folder.look()) == [path]
    path.unlink()
    assert list(folder.look()) == []
    path.write_text("")
    assert list(folder.look()) == []


def test_the_file_saved_last_is_told_by_its_time(desk):
    for name, at in (("a", 30), ("b", 50), ("c", 40)):
        (desk / name).write_text("")
        os.utime(desk / name, (at, at))
    assert saved_last({desk / name: state(desk / name) for name in ("a", "b", "c", "gone")}) == desk / "b"
    assert saved_last({}) is None
