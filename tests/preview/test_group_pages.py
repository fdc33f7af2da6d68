"""A group side by side: in the terminal, as data and as a page; and the page that says how to load an archive."""

import json

import pytest

from negsplit import compile_plan_text
from negsplit.athlete.paces import NO_RUNNER
from negsplit.compile import read_athlete, runner_from_words
from negsplit.diagnostics import Severity
from negsplit.plan.totals import totals
from negsplit.preview.group_data import group_data, runner_row
from negsplit.preview.group_html import page
from negsplit.preview.group_text import summary, week_by_week
from negsplit.preview.loading_html import page as loading
from negsplit.preview.plan_remarks import Remark

BASE = """\
plan: Base
start: 2027-01-04
weeks: 3
sessions:
  - {on: tue, steps: 8 km @ easy}
  - {on: sun, steps: $total @ easy, with: {total: 10 km -> 12 km by 1 km}}
"""


def row(name, words, *remarks, text=BASE):
    runner, _ = runner_from_words(words)
    plan = compile_plan_text(text, athlete=runner).plan
    return runner_row(name, runner, [totals(plan)], 0, len(remarks), remarks)


def remark(code, *weeks, keys=()):
    return Remark(code, Severity.WARNING, "too much", "", "expert opinion", keys, weeks)


@pytest.fixture(scope="module")
def rows():
    """The weeks have 18, 19 and 20 km."""
    return [
        row("anna", "5 km in 22:30", remark("PL02", 2), remark("PL08", keys=("w03-sun",))),
        row("a-runner-with-a-name-that-is-far-too-long-for-any-table", "10 km in 52:30"),
        runner_row("dan", NO_RUNNER, [], 1, 0),
    ]


def test_a_line_a_runner(rows):
    anna, long, dan = [*summary(rows)][1:]
    assert anna.split("  ")[0] == "anna"
    assert "5 km in 22:30, VDOT 43.4" in anna
    assert "18 to 20 km" in anna
    assert anna.endswith("2 warnings")
    assert long.startswith("a-runner-with-a-name-that-is-far-too-...  ")
    assert dan.split() == ["dan", "no", "result", "-", "-", "-", "1", "error"]


@pytest.mark.parametrize("width", [26, 40, 100])
def test_the_weeks_fit_side_by_side(rows, width):
    lines = [*week_by_week(rows[:1], width)]
    assert max(map(len, lines)) <= width
    at = lines.index("Distance, km")
    assert lines[at + 2].split() == ["anna", "18", "19", "20"]
    rules = [line for line in lines[lines.index("What a coach would look at") :] if line.startswith("anna")]
    assert " ".join(rules).replace("anna", "").split() == ["-", "PL02", "PL08"]


def test_miles_only_where_all_run_in_miles(rows):
    athlete = "athlete: Mia\nraces: 5 km in 22:30\nunits: imperial\n"
    runner, _ = read_athlete(athlete)
    plan = compile_plan_text(BASE, athlete=runner).plan
    mia = runner_row("mia", runner, [totals(plan)], 0, 0)
    assert "Distance, mi" in [*week_by_week([mia], 100)]
    assert "Distance, km" in [*week_by_week([mia, *rows], 100)]


def test_hostile_names_do_no_harm(rows):
    hostile = runner_row("evil\x1b[31m", NO_RUNNER, [], 0, 0)
    assert "\x1b" not in "".join(summary([hostile]))
    assert "\x1b" not in "".join(week_by_week([*rows, hostile], 100))


def test_data_can_be_written(rows):
    data = json.loads(json.dumps(group_data("Base", rows)))
    assert [one["name"] for one in data["runners"]] == [one.name for one in rows]
    weeks = data["runners"][0]["weeks"]
    assert [round(one["metres"] / 1000) for one in weeks] == [18, 19, 20]
    assert [one["rules"] for one in weeks] == [[], ["PL02"], ["PL08"]]


@pytest.mark.parametrize(("width", "dark"), [(390, False), (1280, True)], ids=["a phone", "a desk in the dark"])
def test_the_page_fits_the_window_and_can_be_read(browser, rows, width, dark):
    from browser import CONTRASTS, SCROLLS

    browser.show(page("Base", [*rows, *rows]), width=width, dark=dark)
    assert browser.run(SCROLLS) == 0
    assert [text for ratio, text in browser.run(CONTRASTS) if ratio < 4.5] == []
    assert browser.axe() == []
    assert browser.run("return document.querySelectorAll('table').length") == 5
    assert [url.rpartition("/")[2] for url in browser.requests()] == ["page.html"]
    assert browser.console() == []


def test_the_page_on_loading_says_what_is_there(browser):
    from browser import SCROLLS

    browser.show(loading("Base", ["a.fit", "plan.html", "plan.ics"]), width=390)
    assert browser.run(SCROLLS) == 0
    heads = browser.run("return [...document.querySelectorAll('h2')].map(one => one.textContent)")
    assert heads == ["Onto your watch", "Into your calendar", "On paper"]
    assert "GARMIN" not in loading("Base", ["plan.ics"])


def test_the_page_on_loading_promises_no_more_than_there_is():
    assert "SCHEDULE.FIT" not in loading("Base", ["a.fit"])
    assert "on their days" in loading("Base", ["a.fit", "SCHEDULE.FIT"])
    two = loading("Two", [f"{plan}/{name}" for plan in ("a", "b") for name in ("x.fit", "SCHEDULE.FIT", "plan.ics")])
    assert "one at a time" in two
    assert "a/plan.ics is" in two
    assert "b/plan.ics is" in two
