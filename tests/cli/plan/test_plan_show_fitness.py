"""``negsplit plan show`` of a plan with results on the way: from when each counts, and what the last one changed."""

import json

import pytest

PLAN = """\
plan: Threshold and a test
start: 2027-01-04
weeks: 3
fitness:
  - week 2: 5 km in 22:00
sessions:
  - {on: tue, name: Cruise, steps: "warmup 10 min, 3x(1 km @ threshold, 1 min)"}
  - {weeks: 2, on: sat, race: 5 km}
  - {on: sun, name: Long run, steps: 12 km @ RPE 3}
"""
ATHLETE = ("--athlete", "5 km in 22:30")
FROM = (
    "Paces: VDOT 43.4, from 5 km in 22:30",
    "Paces from Sun 17 Jan, in week 2: VDOT 44.5, "
    "from 5 km in 22:00 on 2027-01-16, the best of 2 races within 16 weeks",
)


@pytest.fixture
def plan(write):
    return write("test.plan.yaml", PLAN)


def test_the_calendar_says_which_result_counts_from_when(plan, cli, write):
    lines = cli("plan", "show", plan, *ATHLETE).out.splitlines()
    assert " ".join(lines[3:6]) == " ".join(FROM)
    alone = write("alone.plan.yaml", PLAN.replace("fitness:\n  - week 2: 5 km in 22:00\n", ""))
    assert "Paces" not in cli("plan", "show", alone, *ATHLETE).out, "where they never move"


def test_so_do_data_and_pages(plan, cli, tmp_path):
    assert json.loads(cli("plan", "show", plan, *ATHLETE, "--format", "json").out)["plan"]["fitness"] == [
        {"from": "2027-01-04", "week": 1, "vdot": 43.4, "source": "from 5 km in 22:30"},
        {"from": "2027-01-17", "week": 2, "vdot": 44.5, "source": FROM[1].partition("VDOT 44.5, ")[2]},
    ]
    page = tmp_path / "test.html"
    assert cli("plan", "show", plan, *ATHLETE, "-o", page).status == 0
    assert all(line in page.read_text(encoding="utf-8") for line in FROM)


def test_what_changed(plan, cli):
    out = cli("plan", "show", plan, "--changes", *ATHLETE).out
    assert out.endswith(
        "1 workout changed\n"
        "w03-tue  Tue 19 Jan  Cruise\n"
        "    before: Warm up 10 min, 3 x (Run 1 km 4:52-4:41/km, Recover 1 min)\n"
        "    now: Warm up 10 min, 3 x (Run 1 km 4:46-4:35/km, Recover 1 min)\n"
    )


def test_nothing_changed(cli, write):
    for name, result in (("hot", "5 km in 23:30, hot"), ("none", "")):
        text = PLAN.replace("5 km in 22:00", result) if result else PLAN.replace("  - week 2: 5 km in 22:00\n", "")
        plan = write(f"{name}.plan.yaml", text if result else text.replace("fitness:\n", ""))
        assert cli("plan", "show", plan, "--changes", *ATHLETE).out.endswith("\n\nNo workout changes.\n")


@pytest.mark.parametrize("more", [("--format", "json"), ("-o", "a.html"), ("--weeks", "1")])
def test_changes_are_a_list_of_their_own(plan, cli, more):
    run = cli("plan", "show", plan, "--changes", *more)
    assert run.status == 2
    assert "--changes is a list of its own: leave out --format, -o, --weeks and what is for pages" in run.err
