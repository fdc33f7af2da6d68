"""``negsplit plan adapt``: what it shows, what it writes, and what it refuses, with a cure."""

import shlex

import pytest

from strategies.broken_plans import STAGES

ATHLETE = ("--athlete", "5 km in 24:00")
ILL = ("--missed", "2027-03-22..2027-03-31", "--ill")
PLAN = """\
plan: Ten kilometres
race: {on: 2027-04-18, distance: 10 km}   # a Sunday
weeks: 6
sessions:
  - {on: tue, name: Fast, steps: "15 min @ easy, 4x(3 min @ interval, 2 min), 10 min @ easy"}
  - {weeks: 1-5, on: sun, name: Long run, steps: run 12 km @ easy}
"""


@pytest.fixture
def plan(write):
    return write("ten.plan.yaml", PLAN)


def test_it_shows_before_and_after_and_writes_the_plan_once(plan, cli):
    run = cli("plan", "adapt", plan, *ILL, *ATHLETE, "--dry-run")
    assert run.status == 0
    assert "+  - {from: 2027-03-22, to: 2027-03-31, why: ill}" in run.out
    assert plan.read_text() == PLAN
    table = run.out.partition("---")[0]
    run = cli("plan", "adapt", plan, *ILL, *ATHLETE)
    assert run.status == 0
    assert run.out.startswith(table)
    lines = table.splitlines()
    assert lines[0] == "adapted: no running from Mon 2027-03-22 to Wed 2027-03-31 (10 days, ill)."
    assert any(line.startswith("Mon 22 Mar ") and line.endswith("  -") for line in lines)
    assert [line.rpartition("  ")[2] for line in lines if line.startswith("Sun 4 Apr ")] == ["Long run, 4.5 km"]
    assert run.out.endswith("\nten.plan.yaml is changed\n")
    text = plan.read_text()
    assert text.startswith(PLAN)
    assert "- {from: 2027-03-22, to: 2027-03-31, why: ill}" in text
    again = cli("plan", "adapt", plan, *ILL, *ATHLETE)
    assert (again.status, again.err) == (0, "")
    assert again.out == "ten.plan.yaml: the break from 2027-03-22 to 2027-03-31 is in the plan already\n"
    assert plan.read_text() == text


def test_a_plan_from_a_preset(write, cli):
    path = write("mine.plan.yaml", "plan: Mine\nuse: preset:c25k\nstart: 2027-01-04\n")
    assert cli("plan", "adapt", path, "--missed", "2027-02-01..2027-02-07", "--ill").status == 0
    assert "week 6:" in path.read_text()


@pytest.mark.parametrize(
    ("missed", "message", "help"),
    [
        (
            "2027-01-01..2027-01-20",
            "the break ends on 2027-01-20, and the plan begins on 2027-03-09",
            "if you are fitter or less fit than it counts on, make it again from what you run now",
        ),
        (
            "2027-05-01..2027-05-02",
            "the break begins on 2027-05-01, and the plan ends on 2027-04-18",
            "name days that it has",
        ),
        (
            "2027-03-01..2027-03-12",
            "the break begins before the plan does, whose first day is 2027-03-08",
            "write `--missed 2027-03-08..2027-03-12`",
        ),
        (
            "2027-04-10..2027-04-18",
            "the race on 2027-04-18 is among the missed days: there is nothing left to adapt",
            "name the days before it; for another race, make a plan that leads up to that",
        ),
        (
            "2027-03-10..2027-05-10",
            "the race on 2027-04-18 is among the missed days: there is nothing left to adapt",
            "name the days before it; for another race, make a plan that leads up to that",
        ),
        ("2027-03-10", "the plan has no run on these days: nothing was missed", "name the days of the break"),
    ],
)
def test_what_cannot_be_adapted_is_refused_with_a_cure(plan, cli, missed, message, help):
    run = cli("plan", "adapt", plan, "--missed", missed, *ATHLETE)
    assert (run.status, run.out) == (1, "")
    assert run.err == f"error[date]: {message}\n  help: {help}\n"
    assert plan.read_text() == PLAN


def test_a_plan_that_ends_within_the_break(write, cli):
    path = write("stages.plan.yaml", STAGES)
    run = cli("plan", "adapt", path, "--missed", "2027-02-25..2027-03-04")
    assert run.err == (
        "error[date]: the break lasts beyond the plan, which ends on 2027-02-28\n"
        "  help: write `--missed 2027-02-25..2027-02-28`: nothing of it is left behind the break\n"
    )
    assert cli("plan", "adapt", path, "--missed", "2027-02-25..2027-02-28").status == 0


def test_a_break_between_two_others(plan, cli):
    breaks = "missed: [{from: 2027-03-09, to: 2027-03-11}, {from: 2027-03-16, to: 2027-03-18}]\n"
    plan.write_text(PLAN + breaks)
    run = cli("plan", "adapt", plan, "--missed", "2027-03-12..2027-03-15", *ATHLETE)
    assert run.err == (
        "error[date]: these days join two breaks that the plan has already\n"
        "  help: write them as one break under `missed:`, then adapt the plan to the days after it\n"
    )


def test_more_than_eight_weeks_off(write, cli):
    path = write("stages.plan.yaml", STAGES.replace("weeks: 8", "weeks: 10").replace("5, 5 min", "5, 5, 5, 5 min"))
    run = cli("plan", "adapt", path, "--missed", "2027-01-12..2027-03-12")
    assert run.err == (
        "error[date]: after 60 days off, a walk-run programme is not gone on with: begin it again\n"
        "  help: copy the file, and give the copy `start: 2027-03-13`\n"
    )


def test_what_is_said_after_more_than_eight_weeks_works(write, cli):
    easy = "{on: [tue, thu, sun], steps: run 60 min @ RPE 3}"
    path = write("easy.plan.yaml", f"plan: Easy\nstart: 2027-01-04\nweeks: 12\nsessions: [{easy}]\n")
    run = cli("plan", "adapt", path, "--missed", "2027-01-12..2027-03-12")
    command = run.err.split("`")[1]
    size = "--weeks 12 --runs 3 --volume 180min --long 60min"
    assert run.err == (
        "error[date]: after 60 days off, a plan is not gone on with: begin again, with a third of what you ran\n"
        f"  help: `negsplit new back --kind return --start 2027-03-13 {size}` makes a plan for the way back\n"
    )
    assert cli(*shlex.split(command)[1:]).status == 0


def test_shifting(plan, write, cli):
    run = cli("plan", "adapt", plan, *ILL, *ATHLETE, "--shift")
    assert run.err == (
        "error[date]: the race on 2027-04-18 does not move, and so nothing can be later\n"
        "  help: leave `--shift` out: the weeks before the race are adapted instead\n"
    )
    path = write(
        "base.plan.yaml", "plan: B\nstart: 2027-01-04\nweeks: 4\nsessions: [{on: tue, steps: 40 min @ RPE 3}]\n"
    )
    run = cli("plan", "adapt", path, "--missed", "2027-01-12..2027-01-13", "--shift")
    assert run.err == (
        "error[date]: the break is over within its week: there is nothing to move\n"
        "  help: leave `--shift` out: the week goes on\n"
    )
    assert cli("plan", "adapt", path, "--missed", "2027-01-12..2027-01-20", "--shift").status == 0
    assert "repeat_weeks: [2]" in path.read_text()


@pytest.mark.parametrize("days", ["tomorrow", "2027-03-09..", "2027-02-30", "2027-03-09..2027-03-01"])
def test_days_that_are_none(plan, cli, days):
    run = cli("plan", "adapt", plan, "--missed", days, *ATHLETE)
    assert (run.status, run.out) == (2, "")
    assert days in run.err


def test_one_reason(plan, cli):
    run = cli("plan", "adapt", plan, *ILL, "--injured", *ATHLETE)
    assert run.status == 2
    assert "--ill and --injured are two reasons" in run.err


def test_a_break_on_lines_of_its_own_that_goes_on(plan, cli):
    plan.write_text(PLAN + "missed:\n  - from: 2027-03-09\n    to: 2027-03-11\n")
    run = cli("plan", "adapt", plan, "--missed", "2027-03-12..2027-03-14", *ATHLETE)
    assert run.err == (
        "error[refused]: the break cannot be written into this plan: `missed` has it on lines of its own;"
        " write it as `{from: 2027-03-09, to: 2027-03-14, why: away}`\n"
    )
    assert plan.read_text() == PLAN + "missed:\n  - from: 2027-03-09\n    to: 2027-03-11\n"


def test_a_long_run_that_was_missed_may_be_a_day_late(plan, cli):
    plan.write_text(PLAN.replace("on: tue", "on: thu"))
    run = cli("plan", "adapt", plan, "--missed", "2027-03-28", *ATHLETE)
    assert run.status == 0
    command = next(line for line in run.out.splitlines() if line.startswith("You missed Long run.")).split("`")[1]
    assert command == f"negsplit plan move {plan} w03-sun 2027-03-29"
    assert cli(*shlex.split(command)[1:], *ATHLETE).status == 0
