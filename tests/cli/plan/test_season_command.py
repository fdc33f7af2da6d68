"""``negsplit plan season``: plans in the order of their days, their sums by what `plan show` says of each."""

import json
from pathlib import Path

import pytest

from strategies.seasons import BASE, SPRING

ATHLETE = ("--athlete", "5 km in 22:30")
SAME = "this is the same plan as `base.plan.yaml`"
NAME_ONE = "name one of them"


@pytest.fixture
def plans(write):
    """Two plans that follow one another."""
    write("base.plan.yaml", BASE)
    write("spring.plan.yaml", SPRING)
    return ("spring.plan.yaml", "base.plan.yaml")


def test_two_plans(plans, cli):
    run = cli("plan", "season", *plans, *ATHLETE)
    assert (run.status, run.err) == (0, "")
    assert run.out.startswith("Season\n2 plans, 30 Nov 2026 to 21 Mar 2027, for 5 km in 22:30\n")
    assert "\x1b" not in run.out
    assert "\x1b[38;5;67m" in cli("plan", "season", *plans, *ATHLETE, "--color", "always").out


def test_it_follows_the_encoding(plans, cli, monkeypatch):
    monkeypatch.setattr("negsplit.cli.console.can_write", lambda _: False)
    assert cli("plan", "season", *plans, *ATHLETE).out.isascii()


def test_its_sums_are_those_of_the_plans(plans, cli):
    shown = [json.loads(cli("plan", "show", plan, *ATHLETE, "--format", "json").out) for plan in plans]
    season = json.loads(cli("plan", "season", *plans, *ATHLETE, "--format", "json").out)
    assert [one["totals"] for one in season["plans"]] == [one["plan"]["totals"] for one in reversed(shown)]
    assert [one["counts_on"] for one in season["plans"]] == [one["plan"]["counts_on"] for one in reversed(shown)]
    for key in ("sessions", "metres", "seconds", "hard_seconds"):
        total = sum(one["plan"]["totals"][key] for one in shown)
        for parts in (season["months"], season["years"], season["weeks"]):
            assert sum(one["totals"][key] for one in parts) == pytest.approx(total, abs=len(parts))


def test_a_folder_with_plans_among_other_files(plans, write, cli):
    write("easy.workout.yaml", "workout: Easy\nsteps: 30 min @ easy\n")
    write("athlete.yaml", "athlete: Me\nraces: 5 km in 22:30\n")
    run = cli("plan", "season", ".")
    assert (run.status, run.err) == (0, "")
    assert run.out == cli("plan", "season", *plans).out
    assert run.out == cli("plan", "season", ".", *plans).out  # each file once
    assert "for Me\n" in run.out


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_out_is_a_file_or_a_folder(plans, cli, form):
    ending = {"text": ".txt"}.get(form, f".{form}")
    shown = cli("plan", "season", *plans, *ATHLETE, "--format", form).out
    run = cli("plan", "season", *plans, *ATHLETE, "-o", f"a/b{ending}")
    assert (run.status, run.out) == (0, f"a/b{ending}: 2 plans, 30 Nov 2026 to 21 Mar 2027, for 5 km in 22:30\n")
    assert Path(f"a/b{ending}").read_text() == shown
    assert cli("plan", "season", *plans, *ATHLETE, "-q", "--format", form, "-o", "folder").out == ""
    assert Path(f"folder/season{ending}").read_text() == shown


def test_a_plan_is_not_written_over(write, cli):
    write("base.txt", BASE)
    write("spring.txt", SPRING)
    run = cli("plan", "season", "base.txt", "spring.txt", *ATHLETE, "-o", "spring.txt")
    assert (run.status, run.codes) == (1, ["same-output"])
    assert Path("spring.txt").read_text() == SPRING


# --- What goes wrong -----------------------------------------------------------------------------


def test_plans_with_a_day_in_common(plans, write, cli):
    write("base.plan.yaml", BASE.replace("2026-11-30", "2026-12-21"))
    run = cli("plan", "season", *plans, *ATHLETE)
    assert (run.status, run.out, run.codes) == (1, "", ["date"])
    assert "spring.plan.yaml:1:7: error" in run.err
    assert "this plan begins on 2027-01-18, and `base.plan.yaml` goes on until 2027-01-24" in run.err
    help = "let it begin later, or leave `spring.plan.yaml` or `base.plan.yaml` out: a season has one plan at a time"
    assert help in run.err
    for left in plans:
        assert cli("plan", "season", left, *ATHLETE).status == 0


def test_the_same_plan_twice(plans, write, cli):
    write("copy.plan.yaml", BASE)
    run = cli("plan", "season", *plans, "copy.plan.yaml", *ATHLETE)
    assert (run.status, run.out, run.codes) == (1, "", ["said-twice"])
    assert SAME in run.err
    assert NAME_ONE in run.err


def test_every_plan_with_an_error_is_told_of(plans, write, cli):
    write("bad.plan.yaml", BASE.replace("@ easy", "@ esy"))
    write("timeless.plan.yaml", BASE.replace("start: 2026-11-30\n", ""))
    run = cli("plan", "season", *plans, "bad.plan.yaml", "timeless.plan.yaml", *ATHLETE)
    assert (run.status, run.out) == (1, "")
    assert {"unknown-name", "missing-key"} == set(run.codes)


def test_what_is_no_plan(plans, write, cli):
    write("easy.workout.yaml", "workout: Easy\nsteps: 30 min @ easy\n")
    run = cli("plan", "season", *plans, "easy.workout.yaml", *ATHLETE)
    assert (run.status, run.out, run.codes) == (1, "", ["not-a-plan"])
    Path("empty").mkdir()
    run = cli("plan", "season", "empty")
    assert (run.status, run.codes) == (1, ["nothing-found"])
    assert cli("plan", "season").status == 2
    assert "--format json writes .json" in cli("plan", "season", *plans, "--format", "json", "-o", "x.html").err


def test_notes_are_counted_or_said(plans, write, cli):
    race = BASE.replace("start: 2026-11-30", "race: 2027-01-02") + "days: {2027-01-02: {race: 5 km, goal: 25:00}}\n"
    write("base.plan.yaml", race)
    run = cli("plan", "season", "base.plan.yaml", *ATHLETE)
    assert (run.status, run.err) == (0, "1 note: -v shows it\n")
    run = cli("plan", "season", "base.plan.yaml", *ATHLETE, "-v")
    assert run.codes == ["left-out"]
    assert cli("plan", "season", "base.plan.yaml", *ATHLETE, "-q").err == ""
