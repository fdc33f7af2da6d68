"""``negsplit plan show``: the calendar of a plan, in its forms, for its runner."""

import json
import os
import re
from pathlib import Path

import pytest

PLAN = """\
plan: Two weeks
id: two
start: 2027-01-04
weeks: 3
down_weeks: {at: [3], cut: 25 %}
sessions:
  - {on: tue, use: easy.workout.yaml, with: {total: 40 min}}
  - {on: thu, steps: "2x(1 km @ threshold, 1 min)", name: Kilometres}
  - {on: sun, rest: feet up}
"""
EASY = "workout: Easy run\nparams: {total: 30 min}\nsteps: $total @ easy\n"
ATHLETE = ("--athlete", "5 km in 22:30")


@pytest.fixture
def plan(write):
    """A plan beside the workout it uses."""
    write("easy.workout.yaml", EASY)
    return write("two.plan.yaml", PLAN)


def keys(out):
    return [line.split()[0] for line in out.splitlines() if re.match(r"w\d\d", line)]


def test_a_calendar(plan, cli):
    run = cli("plan", "show", plan, *ATHLETE)
    assert (run.status, run.err) == (0, "")
    head, weeks = run.out.split("\n\n", 1)
    assert head == (
        "Two weeks\n3 weeks, 4 Jan to 24 Jan 2027, for 5 km in 22:30\n"
        "Counts on 9.1 km a week, longest run 6.8 km; growth counts from week 1"
    )
    assert weeks.startswith("Week 1, 4 Jan to 10 Jan")
    assert keys(run.out) == [f"w0{week}-{day}" for week in (1, 2, 3) for day in ("tue", "thu", "sun")]
    assert re.search(r"^w01-tue +5 Jan +Easy run +40 min +6\.8 km +▄+$", run.out, re.MULTILINE)
    assert re.search(r"^w03-tue +19 Jan +Easy run +30 min ", run.out, re.MULTILINE)
    assert "Week 3, 18 Jan to 24 Jan 2027, down week" in run.out
    assert "\x1b" not in run.out


def test_it_follows_the_terminal_and_its_encoding(plan, cli, monkeypatch):
    monkeypatch.setattr("negsplit.cli.console.width", lambda *_: 60)
    monkeypatch.setattr("negsplit.cli.console.can_write", lambda _: False)
    run = cli("plan", "show", plan, *ATHLETE)
    assert run.out.isascii()
    assert max(map(len, run.out.splitlines())) <= 60


def test_colours_are_for_those_who_want_them(plan, cli, monkeypatch):
    assert "\x1b[38;5;67m" in cli("plan", "show", plan, *ATHLETE, "--color", "always").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in cli("plan", "show", plan, *ATHLETE).out


@pytest.mark.parametrize(("weeks", "shown"), [("2-3", {2, 3}), ("1, 3", {1, 3}), ("1-3 odd", {1, 3})])
def test_some_weeks(plan, cli, weeks, shown):
    run = cli("plan", "show", plan, *ATHLETE, "--weeks", weeks)
    assert {int(key[1:3]) for key in keys(run.out)} == shown
    whole = cli("plan", "show", plan, *ATHLETE).out
    # A week alone is compared with those before it all the same.
    assert [line for line in run.out.splitlines() if line not in whole.splitlines()] == []


@pytest.mark.parametrize("weeks", ["4", "0", "a", "", "3-2"])
def test_weeks_that_the_plan_has_not(plan, cli, weeks):
    run = cli("plan", "show", plan, *ATHLETE, "--weeks", weeks)
    assert (run.status, run.out) == (2, "")
    assert "--weeks" in run.err


# --- Whose plan ----------------------------------------------------------------------------------


def name_of(cli, *arguments):
    run = cli("plan", "show", *arguments, "--format", "json")
    assert run.status == 0, run.err
    return json.loads(run.out)["plan"]["athlete"]


def test_the_athlete_is_the_one_named_then_the_plans_then_the_nearest(plan, write, cli):
    write("athlete.yaml", "athlete: Nearest\nraces: 5 km in 25:00\n")
    write("people/anna.athlete.yaml", "athlete: Anna\nraces: 5 km in 20:00\n")
    assert name_of(cli, "two.plan.yaml") == "Nearest"
    write("two.plan.yaml", PLAN + "athlete: people/anna.athlete.yaml\n")
    assert name_of(cli, "two.plan.yaml") == "Anna"
    assert name_of(cli, "two.plan.yaml", *ATHLETE) == "5 km in 22:30"


def test_the_plans_athlete_lies_beside_the_plan(write, cli):
    write("plans/easy.workout.yaml", EASY)
    write("plans/two.plan.yaml", PLAN + "athlete: anna.athlete.yaml\n")
    write("plans/anna.athlete.yaml", "athlete: Anna\nraces: 5 km in 20:00\n")
    assert name_of(cli, "plans/two.plan.yaml") == "Anna"


def test_an_athlete_that_is_not_there_is_an_error_at_its_place(plan, write, cli):
    write("two.plan.yaml", PLAN + "athlete: nobody.athlete.yaml\n")
    run = cli("plan", "show", "two.plan.yaml")
    assert (run.status, run.out, run.codes) == (1, "", ["no-athlete"])
    assert "two.plan.yaml:10:10: error" in run.err
    assert cli("plan", "show", "two.plan.yaml", *ATHLETE).status == 0


# --- Forms ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_out_is_a_file_or_a_folder_and_says_the_form(plan, cli, form):
    ending = {"text": ".txt"}.get(form, f".{form}")
    shown = cli("plan", "show", plan, *ATHLETE, "--format", form).out
    run = cli("plan", "show", plan, *ATHLETE, "--format", form, "-o", f"a/b{ending}")
    assert (run.status, run.out) == (0, f"a/b{ending}: Two weeks\n")
    assert Path(f"a/b{ending}").read_text() == shown
    assert cli("plan", "show", plan, *ATHLETE, "-q", "-o", f"meant{ending}") == (0, "", "")
    assert Path(f"meant{ending}").read_text() == shown
    assert cli("plan", "show", plan, *ATHLETE, "--format", form, "-o", "folder").status == 0
    assert Path(f"folder/two{ending}").read_text() == shown


def test_a_form_and_an_ending_that_do_not_agree(plan, cli):
    run = cli("plan", "show", plan, "--format", "json", "-o", "x.html")
    assert run.status == 2
    assert "--format json writes .json, and `x.html` ends in .html" in run.err


def test_data_for_programs(plan, cli):
    data = json.loads(cli("plan", "show", plan, *ATHLETE, "--format", "json", "--weeks", "3").out)
    assert [one["key"] for one in data["sessions"]] == ["w03-tue", "w03-thu", "w03-sun"]
    assert data["sessions"][0]["values"] == {"total": "30 min"}
    assert data["plan"]["totals"]["sessions"] == 6


# --- What goes wrong -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (EASY, ["is a workout, not a plan", "`negsplit show x.yaml` shows it; a plan begins with `plan: ...`"]),
        ("athlete: Me\n", ["is an athlete, not a plan", "`negsplit athlete show x.yaml` shows it"]),
        ("race: soon\n", ["not a plan", "begins with `plan: ...`"]),
    ],
)
def test_what_is_no_plan(write, cli, text, words):
    write("x.yaml", text)
    run = cli("plan", "show", "x.yaml")
    assert (run.status, run.out) == (1, "")
    assert len(run.codes) == 1
    for one in words:
        assert one in run.err


def test_a_plan_at_fault_is_not_shown(plan, write, cli):
    write("two.plan.yaml", PLAN.replace("40 min", "40"))
    for form in ("text", "json", "html"):
        run = cli("plan", "show", "two.plan.yaml", *ATHLETE, "--format", form, "-o", "out")
        assert (run.status, run.out) == (1, "")
        assert "missing-unit" in run.codes
    assert not os.path.exists("out")


def test_all_that_is_wrong_is_told_at_once(plan, write, cli):
    write("two.plan.yaml", PLAN.replace("1 km @", "1 @").replace("on: tue", "on: tues"))
    write("athlete.yaml", "athlete: Me\nraces: 5 km in 2:00\n")
    run = cli("plan", "show", "two.plan.yaml")
    assert run.status == 1
    assert len(set(run.codes)) >= 3


def test_a_file_that_is_not_there(cli):
    assert cli("plan", "show", "no.plan.yaml").codes == ["unreadable"]


def test_a_plan_without_an_athlete_asks_for_one(plan, cli):
    run = cli("plan", "show", plan)
    assert (run.status, run.out) == (1, "")
    assert set(run.codes) == {"needs-athlete"}


def test_warnings_and_what_is_left_out_are_said_beside_the_calendar(plan, write, cli):
    write("two.plan.yaml", PLAN.replace("2027-01-04", "2027-01-06"))
    run = cli("plan", "show", "two.plan.yaml", *ATHLETE, "-v")
    assert run.status == 0
    assert run.codes == ["left-out"]
    assert keys(run.out)[0] == "w01-thu"
    notes = run.out.count(" (note): ") + 1
    kept_back = f"{notes} note{'s' if notes > 1 else ''}: -v shows {'them' if notes > 1 else 'it'}\n"
    for form in ("text", "html"):
        run = cli("plan", "show", "two.plan.yaml", *ATHLETE, "--format", form)
        assert (run.codes, run.err) == ([], kept_back)
        assert "(note)" not in run.out
        assert "Note: " not in run.out
    assert cli("plan", "show", "two.plan.yaml", *ATHLETE, "-q").err == ""


def test_a_hostile_plan_drives_no_terminal(write, cli, hostile_yaml, harmless):
    write(
        "x.plan.yaml",
        f"plan: {hostile_yaml}\nnotes: {hostile_yaml}\nstart: 2027-01-04\nweeks: 1\nsessions:\n"
        f"  - {{on: tue, steps: 5 min, name: {hostile_yaml}}}\n  - {{on: wed, note: {hostile_yaml}}}\n",
    )
    for options in ([], ["--format", "json"], ["--format", "html"], ["-o", "out"]):
        run = cli("plan", "show", "x.plan.yaml", *options)
        assert run.status == 0, run.err
        harmless(run.out)
        harmless(run.err)


def test_the_group_alone_shows_its_help(cli):
    run = cli("plan")
    assert (run.status, run.out) == (2, "")
    assert " negsplit plan " in run.err.partition("\n")[0]
    assert "show" in run.err


def test_a_plan_is_a_picture_and_a_season_is_none(write, cli):
    write("two.plan.yaml", "plan: Two weeks\nstart: 2027-01-04\nweeks: 2\nsessions: [{on: tue, steps: 5 km}]\n")
    assert cli("plan", "show", "two.plan.yaml", *ATHLETE, "-o", "two.svg").out == "two.svg: Two weeks\n"
    assert Path("two.svg").read_text().startswith("<svg ")
    assert cli("plan", "show", "two.plan.yaml", *ATHLETE, "--format", "svg").out == Path("two.svg").read_text()
    run = cli("plan", "season", "two.plan.yaml", *ATHLETE, "-o", "s.svg")
    assert run.status == 2
    assert "a season has no picture of its own: make a page of it, with `-o season.html`" in run.err
