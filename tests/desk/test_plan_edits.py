"""Edits of a plan's file: tried on the whole plan, and what else they would change stops them."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from negsplit.desk.adapting import adapted
from negsplit.desk.compiler import Compiler
from negsplit.desk.plan_edits import ChangesMoreError, Edited, OpenPlan, edited, opened
from negsplit.program.device import devices

PLAN = "plan: P\nstart: 2027-02-01\nweeks: 2\nsessions:\n  - {on: [tue, sun], steps: 5 km @ RPE 3}\n"
MOVED = PLAN + "moves: {w01-tue: wed}\n"


@pytest.fixture
def file(tmp_path: Path) -> OpenPlan:
    path = tmp_path / "p.plan.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + PLAN.replace("\n", "\r\n").encode())
    found, problems = opened(path, Compiler(devices()["generic"]))
    assert found
    assert problems == []
    return found


def done(file: OpenPlan, text: str, *keys: str) -> Edited:
    found, errors = edited(file, text, keys)
    assert found, errors
    return found


def test_all_of_the_file_is_its_text(file: OpenPlan) -> None:
    assert file.text.encode() == file.path.read_bytes()
    assert [one.planned.key for one in file.plan.sessions] == ["w01-tue", "w01-sun", "w02-tue", "w02-sun"]


def test_what_was_named_may_change_and_nothing_else(file: OpenPlan) -> None:
    found = done(file, MOVED, "w01-tue")
    assert (found.file.before, found.file.after) == (file.text, MOVED)
    with pytest.raises(ChangesMoreError, match=r"\Aw01-tue\Z"):
        edited(file, MOVED, ["w01-sun"])


@pytest.mark.parametrize(
    ("old", "new"),
    [("5 km", "6 km"), ("sun", "sat"), ("weeks: 2", "weeks: 3"), ("steps: 5 km @ RPE 3", "rest: "), ("5 km", "5.1 km")],
)
def test_other_workouts_days_and_sessions_are_changes(file: OpenPlan, old: str, new: str) -> None:
    with pytest.raises(ChangesMoreError):
        edited(file, PLAN.replace(old, new), [])


def test_errors_have_no_place_and_warnings_are_those_that_are_new(file: OpenPlan) -> None:
    found, errors = edited(file, PLAN + "moves: {w01-tue: 2028-01-01}\n", [])
    assert found is None
    assert [(one.code, one.span) for one in errors] == [("out-of-bounds", None)]
    assert [one.code for one in done(file, PLAN + "moves: {w01-tue: tue}\n").news] == ["no-effect"]
    assert done(file, file.text).news == ()


def test_a_file_that_changed_meanwhile_is_left(file: OpenPlan) -> None:
    found = done(file, MOVED, "w01-tue")
    file.path.write_text(PLAN)
    with pytest.raises(OSError, match="meantime"):
        found.file.write()
    assert file.path.read_text() == PLAN


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "latin.plan.yaml").write_bytes(b"plan: \xe9")
    for name, code in (("none.plan.yaml", "unreadable"), ("latin.plan.yaml", "encoding")):
        found, problems = opened(tmp_path / name, Compiler(devices()["generic"]))
        assert (found, [one.code for one in problems]) == (None, [code])


MOVED_ABOUT = """\
plan: P
start: 2026-11-30
weeks: 6
sessions:
  - {on: [tue, sat], name: Easy, steps: run 40 min @ RPE 3}
  - {on: tue, name: Second, steps: run 20 min @ RPE 3}
  - {on: thu, name: Fast, steps: "10 min @ RPE 3, 6x(1 min @ RPE 8, 1 min)"}
  - {on: sun, name: Long, steps: run 80 min @ RPE 3}
"""


@pytest.mark.parametrize(
    ("moves", "missed"),
    [
        ("thu: wed, w05-thu: 2026-12-09, w02-thu: 2026-12-30", "2026-12-16..2026-12-23"),
        ("w02-sat: 2027-01-06, sun: sat, sat: sun, w03-sat: 2026-12-12", "2026-12-26..2027-01-02"),
        ("thu: tue, tue: thu, w03-thu: 2027-01-06, w04-sun: 2026-12-06", "2026-12-31..2027-01-04"),
        ("thu: tue, tue: thu, w05-tue: 2026-12-14, w05-sat: 2026-12-24", "2026-12-22..2026-12-29"),
    ],
    ids=["another week", "onto past days", "out of the days behind", "a past one that hangs on a day behind"],
)
def test_a_break_changes_nothing_before_it_wherever_sessions_were_moved(
    tmp_path: Path, moves: str, missed: str
) -> None:
    """Found by random edits: what was moved by its key lost it, since `days` counts a day by its own weekday."""
    path = tmp_path / "p.plan.yaml"
    path.write_text(f"{MOVED_ABOUT}moves: {{{moves}}}\n")
    opened_plan, _ = opened(path, Compiler(devices()["generic"]))
    assert opened_plan
    first, _, last = missed.partition("..")
    found, problems = adapted(
        opened_plan, dt.date.fromisoformat(first), dt.date.fromisoformat(last), "injured", shift=False
    )
    assert found, problems
    assert found.edited
    before, after = (
        Counter(one.planned.date for one in plan.sessions if one.workout)
        for plan in (found.edited.before, found.edited.after)
    )
    behind = {day: count for day, count in before.items() if not first <= str(day) <= last}
    assert {day: count for day, count in after.items() if str(day) < first or count > behind[day]} == {
        day: count for day, count in behind.items() if str(day) < first
    }


def test_rest_on_a_missed_day_may_be_said_by_another_session(tmp_path: Path) -> None:
    path = tmp_path / "p.plan.yaml"
    path.write_text(f"{MOVED_ABOUT}missed: [{{from: 2027-01-05, to: 2027-01-05}}]\n")
    found, _ = opened(path, Compiler(devices()["generic"]))
    assert found
    assert done(found, found.text + "moves: {w06-tue: 2026-12-16}\n", "w06-tue").after.sessions
