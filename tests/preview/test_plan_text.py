"""The calendar in the terminal: whole, within its width, and nothing in it but words and bars."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit import compile_plan_text
from negsplit.plan.totals import totals
from negsplit.preview.palette import DARK_TERMINAL
from negsplit.preview.plan_text import calendar
from negsplit.preview.plan_words import time_text, totals_words
from strategies.example_plans import EXAMPLE_PLANS, compiled_example
from strategies.shown_plans import HALF, WALK_RUN, shown

HERE = Path(__file__).parent
ESCAPE = re.compile("\x1b\\[[0-9;]*m")


def lines(text=HALF, athlete="5 km in 22:30", width=100, **how):
    plan = shown(text, athlete)
    return calendar(plan, plan.weeks, width, **{"colors": None, **how})


@pytest.mark.parametrize(("text", "name"), [(HALF, "half"), (WALK_RUN, "walk-run")])
def test_calendars(text, name, golden):
    pages = [lines(text, width=width, ascii=width < 100) for width in (100, 72, 40)]
    golden(HERE / f"plan-{name}.txt", "\n\n".join("".join(f"{line}\n" for line in page) for page in pages))


@settings(max_examples=60)
@given(
    st.sampled_from([HALF, WALK_RUN, HALF.replace("Progression", "P" * 60).replace("legs up", "r" * 200)]),
    st.integers(40, 120),
    st.sampled_from(["5 km in 22:30", ""]),
    st.booleans(),
)
def test_any_calendar_keeps_within_its_width(text, width, athlete, ascii):
    if not athlete:
        text = WALK_RUN
    plain = lines(text, athlete, width, ascii=ascii)
    assert all(len(line) <= width for line in plain)
    assert all(line == line.rstrip() for line in plain)
    if ascii:
        assert "".join(plain).isascii()
    colored = lines(text, athlete, width, ascii=ascii, colors=DARK_TERMINAL)
    assert [ESCAPE.sub("", line) for line in colored] == plain


@pytest.mark.parametrize("file", EXAMPLE_PLANS, ids=lambda file: file.name)
def test_every_session_of_a_ready_plan_stands_in_it_once(file):
    compiled = compiled_example(file).plan
    plan = totals(compiled)
    for width in (40, 100):
        page = calendar(plan, plan.weeks, width, colors=None)
        keys = [line.split()[0] for line in page if re.match(r"w\d\d", line)]
        assert keys == [one.planned.key for one in compiled.sessions]
        assert max(map(len, page)) <= width


def test_some_weeks_alone_and_the_whole_plan_at_the_end():
    plan = shown()
    some = calendar(plan, plan.weeks[2:3], 100, colors=None)
    keys = {line.split()[0] for line in some if re.match(r"w\d\d", line)}
    assert keys == {"w02r-mon", "w02r-tue", "w02r-wed", "w02r-thu", "w02r-sat", "w02r-sun"}
    total = next(line for line in some if line.startswith("Total: "))
    assert total == next(line for line in lines() if line.startswith("Total: "))


def test_a_bar_is_as_wide_as_its_session_is_long():
    text = "plan: P\nstart: 2027-01-04\nweeks: 1\nsessions:\n" + "".join(
        f"  - {{on: {day}, name: S, steps: {minutes} min @ easy}}\n"
        for day, minutes in (("tue", 20), ("thu", 40), ("sun", 80))
    )
    bars = [len(line.split()[-1]) for line in lines(text) if re.match(r"w\d\d", line)]
    assert bars[2] >= 20
    assert [bar / bars[2] for bar in bars] == pytest.approx([0.25, 0.5, 1], abs=0.03)


def test_a_bar_is_as_high_as_its_steps_are_hard():
    text = "plan: P\nstart: 2027-01-04\nweeks: 1\nsessions:\n  - {on: tue, name: S, steps: [%s]}\n"
    steps = "walk 20 min, 20 min @ easy, 20 min @ threshold, 20 min @ mile, rest 20 min"
    (line,) = (line for line in lines(text % steps) if re.match(r"w\d\d", line))
    heights = [" ▁▂▃▄▅▆▇█".index(char) for char in line.split()[-1]]
    walk, easy, threshold, mile, still = (heights[len(heights) * at // 10] for at in (1, 3, 5, 7, 9))
    assert walk < easy < threshold < mile
    assert mile == 8
    assert still == 1


def test_words_say_what_a_colour_or_a_picture_would():
    page = "\n".join(lines())
    assert re.search(r"^Week 3, .*, down week$", page, re.MULTILINE)
    assert re.search(r"^Week 2 again, ", page, re.MULTILINE)
    assert "left out: w03-wed" in page
    assert re.search(r"^w01-mon +28 Dec +Rest: legs up$", page, re.MULTILINE)
    assert re.search(r"^w01-sat .* Cross-training: 45 min bike, or swim$", page, re.MULTILINE)
    assert re.search(r"^w04-fri .* Note: Pick up the shoes$", page, re.MULTILINE)
    assert re.search(r"^w04-sun .* Race: Mile race \(hard\) +unknown +unknown$", page, re.MULTILINE)
    assert re.search(r"^w06-sun +14 Feb +Race: Spring Half \(hard\) +1 h 45 +21.1 km$", page, re.MULTILINE)
    assert re.search(r"^w01-tue +29 Dec +06:30 +Progression \(hard\) +~\d\d min +~\d+.\d km ", page, re.MULTILINE)
    assert "(optional)" in page
    assert page.count("~ includes a guess for open steps") == 1
    assert page.count("+ at least this much: ") == 1


def test_what_nothing_is_known_of_is_unknown():
    text = (
        "plan: P\nstart: 2027-01-04\nweeks: 1\nsessions:\n  - {on: tue, steps: run lap}\n  - {on: wed, steps: 5 km}\n"
    )
    page = "\n".join(lines(text, athlete=""))
    assert re.search(r"^w01-wed .* Run 5 km +unknown +5.0 km", page, re.MULTILINE)
    assert re.search(r"^w01-tue .* Run lap button +unknown +unknown", page, re.MULTILINE)
    assert "2 sessions; unknown, 5.0 km+; longest unknown, 5.0 km; load unknown" in page


def test_miles_for_those_who_run_in_miles():
    plan = replace(shown(), unit="mi", who="")
    page = "\n".join(calendar(plan, plan.weeks, 100, colors=None))
    assert re.search(r"^w06-sun .* 13.1 mi$", page, re.MULTILINE)
    assert " km" not in page


def test_hostile_text_is_only_read():
    evil = '"A\\u001b[31mB\\u202eC\\u0007D"'
    text = (
        f"plan: {evil}\nnotes: {evil}\nrace: {{on: 2027-02-14, name: {evil}}}\nweeks: 1\nsessions:\n"
        f"  - {{on: mon, rest: {evil}}}\n  - {{on: tue, note: {evil}}}\n  - {{on: wed, steps: 5 min, name: {evil}}}\n"
        f"  - {{on: thu, cross: {evil}}}\n"
    )
    for colors in (None, DARK_TERMINAL):
        page = "\n".join(ESCAPE.sub("", line) if colors else line for line in lines(text, colors=colors))
        assert page.replace("\n", "").isprintable()
        assert "\u202e" not in page
        assert page.count("A\\x1b[31mB\\u202eC\\x07D") >= 5


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (29, "29 s"), (30, "30 s"), (31, "1 min"), (3599, "1 h 00"), (3540, "59 min"), (36_000, "10 h 00")],
)
def test_times_are_said_to_the_minute(seconds, words):
    assert time_text(seconds) == words


def test_a_week_without_a_run_says_so():
    text = "plan: T\nstart: 2026-08-03\nweeks: 2\nsessions:\n  - {weeks: 1, on: tue, steps: 10 min}\n"
    plan = compile_plan_text(text).plan
    assert plan is not None
    assert totals_words(totals(plan).weeks[1].totals, "km") == ["no running"]
