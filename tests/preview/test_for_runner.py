"""What is handed to a runner: the same numbers in their words, without codes and what only a coach weighs."""

import re
from dataclasses import replace

import pytest

from negsplit import compile_text
from negsplit.athlete.paces import NO_RUNNER
from negsplit.plan.totals import totals
from negsplit.preview.html import Sheet
from negsplit.preview.html import page as workout_page
from negsplit.preview.paces import lines, own_paces
from negsplit.preview.plan_html import page
from negsplit.preview.plan_text import calendar
from negsplit.preview.svg import svg
from negsplit.preview.text import estimate_lines
from negsplit.preview.text import page as workout_text
from pages import read
from strategies.example_plans import EXAMPLE_PLANS, compiled_example
from strategies.shown_plans import HALF, WALK_RUN, shown

WORKOUT = """\
workout: Cruise
steps:
  - warmup: 15 min @ easy
  - repeat: 4
    steps:
      - run: 1 mi @ threshold -- tall
      - recover: 1 min
  - run: 5 min @ half
  - run: 20 s @ RPE 8
  - run: until HR > 150 bpm
  - cooldown: lap
"""
OF_COACHES = re.compile(
    r"\b(load|VDOT|(?-i:down week)|sessions?|PL\d\d|w\d\d-\w+|counts on|left out|exact|degraded|Friel|zones?|middle)\b",
    re.IGNORECASE,
)


def workout(text=WORKOUT):
    (one,) = compile_text(text, athlete="5 km in 22:30").workouts
    return one


def sheet(one, **changes):
    whole = Sheet(one.program, one.profile, one.estimate, one.runner.pace_unit, one.runner.name, for_runner=True)
    return replace(whole, **changes)


def texts(node, tag="", name=""):
    return [one.text for one in node.all(tag, name)]


# --- Workouts ------------------------------------------------------------------------------------


def test_a_page_says_whose_pace_it_is_and_how_it_feels():
    found = read(workout_page([sheet(workout())])).one("body")
    rows = [
        [cell.text for cell in (row.one("th"), *row.all("td"))] for row in found.one("table", "steps").all("tr", "step")
    ]
    assert rows == [
        ["Warm up", "15 min", "6:14-5:33/km your easy pace"],
        ["Run", "1 mi", "4:52-4:41/km your threshold pace. tall"],
        ["Recover", "1 min", "no target"],
        ["Run", "5 min", "5:00-4:48/km your half-marathon pace"],
        ["Run", "20 s", "RPE 8"],
        ["Run", "until HR > 150", "no target"],
        ["Cool down", "lap button", "no target"],
    ]
    paces = [[cell.text for cell in (row.one("th"), *row.all("td"))] for row in found.one("table", "paces").all("tr")]
    assert paces == [
        ["easy", "6:14-5:33/km", "you can talk in whole sentences"],
        ["half", "5:00-4:48/km", "strong: a phrase at a time"],
        ["threshold", "4:52-4:41/km", "comfortably hard: a few words at a time"],
        ["RPE 8", "", "hard: a word or two"],
    ]
    assert "Left to right: time. Upward: pace. The dashed line is your threshold pace: 4:46/km." in found.text
    assert texts(found, "p", "small") == [
        "RPE: how hard it feels, from 1 to 10; the watch has no number to hold",
        "lap button: the step ends when you press it",
        "until HR: the step ends when your heart rate is there",
    ]


def test_a_workout_has_no_words_of_coaches():
    one = workout()
    found = read(workout_page([sheet(one)])).one("body")
    assert texts(found.one("dl"), "dt") == ["Time", "Distance"]
    for text in (
        found.text,
        "\n".join(estimate_lines(one.estimate, "km", 100, for_runner=True)),
    ):
        assert OF_COACHES.findall(text) == []
    assert "load" not in svg(one.program, one.profile, one.estimate, "km", for_runner=True)
    assert OF_COACHES.findall(read(workout_page([sheet(one, for_runner=False)])).text) != []


def test_what_the_watch_does_otherwise_is_still_said():
    assert "the second target is left out" in workout_page(
        [sheet(workout(), degraded=("the second target is left out",))]
    )


def test_a_table_in_the_terminal_says_whose_pace_it_is():
    table = workout_text(workout().program, "km", 100, for_runner=True)
    assert table[2:6] == [
        "Warm up    15 min          6:14-5:33/km  your easy pace",
        "4 x",
        "  Run      1 mi            4:52-4:41/km  your threshold pace. tall",
        "  Recover  1 min           no target",
    ]


def test_paces_without_a_name_are_numbers_alone():
    one = compile_text("workout: W\nsteps: 10 min @ 4:00/km\n", athlete=NO_RUNNER).workouts[0]
    assert own_paces([one.program], "km") == []
    assert lines([one.program], "km", 80) == []


def test_an_easy_pace_that_is_an_effort_is_one():
    one = compile_text("workout: W\nsteps: 10 min @ easy\n", athlete="5 km in 45:00").workouts[0]
    assert own_paces([one.program], "km") == [("easy", ("RPE 3",), "you can talk in whole sentences")]


# --- Plans ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [HALF, WALK_RUN], ids=["half", "walk-run"])
def test_a_plan_has_no_words_of_coaches(text):
    plan = shown(text)
    for found in (
        read(page(plan, plan.weeks, for_runner=True)).one("body").text,
        "\n".join(calendar(plan, plan.weeks, 100, colors=None, for_runner=True)),
    ):
        assert [word for word in OF_COACHES.findall(found) if word not in text] == []
        assert not re.search(r"[+-]\d+ %", found)


def test_a_plan_says_what_to_do_each_day():
    plan = shown()
    for width in (50, 100):
        found = calendar(plan, plan.weeks[:1], width, colors=None, for_runner=True)
        assert all(len(line) <= width for line in found)
        text = " ".join(" ".join(found).split())
        assert "Tue 29 Dec 06:30 Progression (hard)" in text
        assert "Run 3 km 5:35-5:30/km, Run 3 km 5:05-4:54/km, Run 3 km 4:40-4:35/km, Cool down lap button" in text
        assert "Start slower than you want to." in text
        assert "threshold 4:52-4:41/km comfortably hard: a few words at a time" in text


def test_a_plan_has_the_runs_and_amounts_of_its_coachs():
    plan = shown()
    own, coachs = (read(page(plan, plan.weeks, for_runner=one)).one("body") for one in (True, False))
    for part in (("li", "day"), ("svg", "ns-thumb"), ("section", "week")):
        assert len(list(own.all(*part))) == len(list(coachs.all(*part)))
    assert texts(own.one("dl"), "dd", "value") == texts(coachs.one("dl"), "dd", "value")
    assert texts(own.one("dl"), "dt")[0] == "Runs"
    assert texts(own.one("table", "weeks"), "span", "is") == ["easier week"] * 2
    assert [one.text.count("4 runs, 2 hard") for one in own.all("section", "week")][:1] == [1]


def test_a_pace_that_changes_on_the_way_has_both_numbers():
    plan = totals(compiled_example(next(file for file in EXAMPLE_PLANS if "10k-day" in file.name)).plan)
    programs = [one.program for one in plan.sessions if one.program]
    faster = compile_text("workout: W\nsteps: 10 min @ threshold\n", athlete="5 km in 20:00").workouts[0].program
    (row,) = [one for one in own_paces([*programs, faster], "km") if one.name == "threshold"]
    assert len(row.numbers) == 2
    assert re.fullmatch(r"\d:\d\d-\d:\d\d/km, later 4:21-4:11/km", row.shown)
