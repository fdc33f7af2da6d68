"""``negsplit plan show`` and ``check`` for a group: side by side, and each thing once, with for whom."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

PLAN = """\
plan: Eight weeks
start: 2027-01-04
weeks: 8
sessions:
  - {on: tue, name: Threshold, steps: [15 min @ easy, "4x(1 km @ threshold, 1 min)", 10 min @ easy]}
  - {on: thu, steps: 8 km @ easy}
  - {on: sun, name: Long run, steps: run $total @ easy, with: {total: 10 km -> 17 km}}
"""


@pytest.fixture
def group(write):
    write("eight.plan.yaml", PLAN)
    for name, result in {"anna": "10 km in 45:00", "ben": "10 km in 52:30"}.items():
        write(f"runners/{name}.athlete.yaml", f"athlete: {name.capitalize()}\nraces: [{result} on 2026-12-13]\n")
    write("runners/anna.plan.yaml", "plan: Eight weeks\nuse: ../eight.plan.yaml\ndown_weeks: {at: [4], cut: 25 %}\n")


def test_a_finding_is_said_once_with_for_whom(group, cli):
    """Eight weeks without an easier one: six are fine. Anna has one."""
    run = cli("check", "eight.plan.yaml", "--athlete", "runners")
    assert (run.status, run.out) == (0, "2 runners: 1 warning\n")
    assert run.err.startswith("for ben:\neight.plan.yaml:1:7: warning[PL04]")
    assert cli("check", "eight.plan.yaml", "--athlete", "runners", "--strict").status == 1
    notes = cli("check", "eight.plan.yaml", "--athlete", "runners", "-v")
    assert "for anna:\nnote[own-plan]" in notes.err


def test_programs_are_told_for_whom_too(group, cli):
    run = cli("check", "eight.plan.yaml", "--athlete", "runners", "--format", "json")
    found = {(one["code"], *one["runners"]) for one in json.loads(run.out)["diagnostics"]}
    assert {("PL04", "ben"), ("own-plan", "anna")} <= found
    annotations = cli("check", "eight.plan.yaml", "--athlete", "runners", "--format", "github").out
    assert annotations.startswith("::warning file=eight.plan.yaml,line=1,col=7,title=PL04::")
    assert "%0Afor ben" in annotations


@pytest.mark.parametrize("options", [["--fix"], ["--diff"], ["-e", "5 km"], ["--stdin"]])
def test_a_group_is_checked_with_files_alone(group, cli, options):
    paths = [] if options[0] in ("-e", "--stdin") else ["eight.plan.yaml"]
    run = cli("check", *paths, "--athlete", "runners", *options)
    assert run.status == 2
    assert "a group is checked with files alone" in run.err


def test_one_at_fault_is_a_row_that_says_so(group, cli, write):
    write("runners/cleo.athlete.yaml", "athlete: Cleo\nraces: 10 km in fast\n")
    run = cli("plan", "show", "eight.plan.yaml", "--athlete", "runners", "--weeks", "1-2")
    assert run.status == 1
    assert run.out.splitlines()[:11] == [
        "Eight weeks",
        "",
        "Runner  Paces from      On          VDOT  Easy /km   Threshold /km",
        "anna    10 km in 45:00  2026-12-13  45.3  6:01-5:21  4:37",
        "ben     10 km in 52:30  2026-12-13  37.8  6:57-6:11  5:20",
        "cleo    no result       -           -     -          -",
        "",
        "Runner  A week       Mean   Mean time  Messages",
        "anna    27 to 28 km  28 km  2 h 32     -",
        "ben     26 to 27 km  27 km  2 h 51     1 warning",
        "cleo    -            -      -          1 error",
    ]
    assert "cleo    -    -" in run.out
    assert run.codes == ["PL04", "unexpected"]


def test_a_plan_that_is_shorter_stops_nobody_else(group, cli, write):
    write("runners/anna.plan.yaml", "plan: Short\nuse: ../eight.plan.yaml\nweeks: 4\n")
    run = cli("plan", "show", "eight.plan.yaml", "--athlete", "runners", "--weeks", "6")
    assert run.status == 1
    assert "error[weeks]: `runners/anna.plan.yaml`: " in run.err
    assert "W06\nanna    -\nben" in run.out


def test_where_all_are_at_fault_there_is_still_data(group, cli, write):
    write("eight.plan.yaml", PLAN.replace("threshold", "treshold"))
    run = cli("plan", "show", "eight.plan.yaml", "--athlete", "runners", "--format", "json")
    assert run.status == 1
    assert [one["errors"] for one in json.loads(run.out)["runners"]] == [1, 1]
    cli("plan", "show", "eight.plan.yaml", "--athlete", "runners", "-o", "group.html")
    assert not Path("group.html").exists()


def test_it_is_written_as_a_page_and_as_data(group, cli):
    for name in ("group.html", "group.json", "group.txt"):
        assert cli("plan", "show", "eight.plan.yaml", "--athlete", "runners", "-o", name).status == 0
    assert "PL04 (warning), for ben" in Path("group.html").read_text()
    data = json.loads(Path("group.json").read_text())
    assert [(one["name"], len(one["weeks"])) for one in data["runners"]] == [("anna", 8), ("ben", 8)]
    assert [(one["code"], one["runners"]) for one in data["findings"]] == [("PL04", ["ben"])]
    changes = cli("plan", "show", "eight.plan.yaml", "--athlete", "runners", "--changes")
    assert (changes.status, "for one runner" in changes.err) == (2, True)
