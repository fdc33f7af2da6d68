"""A group without a command line: who is in it, whose plan is their own, what is found for whom, and each one's row."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from negsplit.desk.compiler import Compiler
from negsplit.desk.group import Member, counted, folders_of, is_group, members, plan_of
from negsplit.desk.group_findings import circle, for_whom
from negsplit.desk.group_show import remarks, show_for
from negsplit.desk.usage import WrongUsageError
from negsplit.diagnostics import Diagnostic, Severity
from negsplit.program.device import devices

PLAN = """\
plan: Eight weeks
start: 2027-01-04
weeks: 8
sessions:
  - {on: tue, steps: [15 min @ easy, "4x(1 km @ threshold, 1 min)", 10 min @ easy]}
  - {on: thu, steps: 8 km @ easy}
  - {on: sun, steps: $total @ easy, with: {total: 10 km -> 17 km}}
"""
ANNA = "athlete: Anna\nraces: [10 km in 45:00 on 2026-12-13]\n"
NOTE, WARNING = Severity.NOTE, Severity.WARNING


@pytest.fixture
def shown(write):
    """What a plan comes to for anna."""

    def show(weeks=None, own="", athlete=ANNA):
        write("eight.plan.yaml", PLAN)
        write("runners/anna.athlete.yaml", athlete)
        if own:
            write("runners/anna.plan.yaml", own)
        path = Path("eight.plan.yaml")
        (member,), _ = members(["runners"])
        compiler = Compiler(devices()["generic"], None, None, folders_of([path]))
        return show_for(compiler, member, path, weeks)

    return show


def said(problems):
    return [(one.code, one.message, *one.help) for one in problems]


# --- Who is in it --------------------------------------------------------------------------------


def test_a_folder_is_a_group_and_so_are_two_files(write):
    write("runners/anna.athlete.yaml", ANNA)
    assert is_group(["runners"])
    assert is_group(["5 km in 20:00", "5 km in 21:00"])
    assert not is_group(["runners/anna.athlete.yaml"])
    assert not is_group([])


def test_runners_are_called_like_their_files_their_folders_or_their_words(write):
    write("runners/anna.athlete.yaml", ANNA)
    write("runners/anna.plan.yaml", "plan: Mine\n")
    write("runners/notes.yaml", "athlete: Zoe\n")
    write("runners/a.workout.yaml")
    write("Ben B/athlete.yaml", "athlete: B\n")
    write("Ben B/athlete.plan.yaml", "plan: His\n")
    found, problems = members(["runners", "Ben B/athlete.yaml", "10 km in 45:00", "runners/anna.athlete.yaml"])
    assert problems == []
    assert found == [
        Member("anna", "runners/anna.athlete.yaml", Path("runners/anna.plan.yaml")),
        Member("notes", "runners/notes.yaml"),
        Member("ben-b", "Ben B/athlete.yaml", Path("Ben B/athlete.plan.yaml")),
        Member("10-km-in-45-00", "10 km in 45:00"),
    ]
    assert found[0].anywhere().athlete == str(Path.cwd() / "runners/anna.athlete.yaml")
    assert found[0].anywhere().plan == Path.cwd() / "runners/anna.plan.yaml"
    assert found[3].anywhere() == found[3]


def test_two_runners_of_one_name_are_said(write):
    write("runners/anna.athlete.yaml", ANNA)
    write("more/anna.athlete.yaml", ANNA)
    found, problems = members(["runners", "more"])
    assert [one.athlete for one in found] == ["runners/anna.athlete.yaml"]
    message = "`runners/anna.athlete.yaml` and `more/anna.athlete.yaml` would both be called `anna`"
    assert said(problems) == [("same-output", message, "rename one of the files: each runner needs a folder")]


def test_a_folder_without_athletes_is_said(desk):
    Path("empty").mkdir()
    found, problems = members(["empty"])
    assert found == []
    help = "an athlete file begins with `athlete: NAME`, and is best named `*.athlete.yaml`"
    assert said(problems) == [("no-athlete", "there is no athlete file in `empty`", help)]


# --- Whose plan is their own ---------------------------------------------------------------------


@pytest.mark.parametrize("use", ["../eight.plan.yaml", "../x/../eight.plan.yaml"])
def test_a_plan_that_uses_that_of_all_takes_its_place(write, use):
    write("eight.plan.yaml", PLAN)
    Path("x").mkdir()
    own = write("runners/anna.plan.yaml", f"plan: Mine\nuse: {use}\n")
    plan, note = plan_of(Member("anna", "", own), Path("eight.plan.yaml"))
    assert (plan, note.code, note.severity) == (own, "own-plan", NOTE)


@pytest.mark.parametrize(
    "text", ["plan: Mine\n", "plan: Mine\nuse: other.plan.yaml\n", "plan: Mine\nuse: [a]\n", "{", ""]
)
def test_any_other_plan_does_not_and_that_is_said(write, text):
    common = write("eight.plan.yaml", PLAN)
    own = write("runners/anna.plan.yaml", text)
    plan, note = plan_of(Member("anna", "", own), common)
    assert plan == common
    message = "`runners/anna.plan.yaml` does not use `eight.plan.yaml`, so `anna` gets that as it is"
    help = "if it should count, it begins with `plan: ...` and `use: ../eight.plan.yaml`"
    assert said([note]) == [("own-plan", message, help)]


def test_nothing_is_said_of_who_has_none(write):
    common = write("eight.plan.yaml", PLAN)
    assert plan_of(Member("anna", ""), common) == (common, None)


# --- What is found for whom ----------------------------------------------------------------------


def problem(message, severity=WARNING):
    return Diagnostic("PL04", message, None, (), severity)


def test_what_is_the_same_for_several_is_said_once_and_the_widest_circle_first():
    found = [("anna", [problem("a"), problem("b"), problem("b")]), ("ben", [problem("b"), problem("c")])]
    assert [(names, [one.message for one in problems]) for names, problems in for_whom(found)] == [
        (("anna", "ben"), ["b"]),
        (("anna",), ["a"]),
        (("ben",), ["c"]),
    ]
    assert [(one.whose, one.message) for one in remarks(found)] == [("anna and ben", "b"), ("anna", "a"), ("ben", "c")]


def test_a_circle_is_named_or_counted():
    assert circle(["anna"], 3) == "anna"
    assert circle(["anna", "ben"], 2) == "anna and ben"
    assert circle(["anna", "ben", "cleo"], 3) == "all 3 runners"
    assert circle([*"abcdefg"], 9) == "a, b, c, d, e and 2 more"


def test_errors_and_warnings_are_counted_and_notes_are_not():
    assert counted([problem("a"), problem("b", Severity.ERROR), problem("c", NOTE), problem("d")]) == (1, 2)


# --- The row of one ------------------------------------------------------------------------------


def test_a_row_has_the_weeks_the_result_and_no_own_plan(shown):
    one = shown()
    assert (one.name, one.plan, one.row.own_plan) == ("anna", "Eight weeks", "")
    assert (one.row.basis, one.row.result_on) == ("10 km in 45:00", dt.date(2026, 12, 13))
    assert [week.number for week in one.row.weeks] == [*range(1, 9)]
    assert [one.code for one in one.found] == ["PL04"]
    assert (one.row.errors, one.row.warnings) == (0, 1)


def test_some_weeks_of_a_plan_of_ones_own(shown):
    one = shown("3-4", own="plan: Mine\nuse: ../eight.plan.yaml\nstart: 2027-01-18\ndown_weeks: {at: [4], cut: 25 %}\n")
    assert (one.plan, one.row.own_plan) == ("Mine", "runners/anna.plan.yaml")
    assert [(week.number, week.monday, week.is_down) for week in one.row.weeks] == [
        (3, dt.date(2027, 2, 1), False),
        (4, dt.date(2027, 2, 8), True),
    ]
    assert one.found[0].code == "own-plan"


def test_weeks_that_the_plan_of_all_lacks_are_wrong_usage_and_of_a_small_plan_a_finding(shown):
    with pytest.raises(WrongUsageError):
        shown("9")
    one = shown("6", own="plan: Mine\nuse: ../eight.plan.yaml\nweeks: 4\n")
    assert [problem.code for problem in one.found][:2] == ["own-plan", "weeks"]
    assert one.row.weeks == ()


def test_one_at_fault_has_a_row_without_weeks(shown):
    one = shown(athlete="athlete: Anna\nraces: 10 km in fast\n")
    assert (one.plan, one.row.errors, one.row.basis, one.row.weeks) == ("", 1, "", ())
