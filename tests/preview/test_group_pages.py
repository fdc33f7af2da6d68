"""A group side by side: in the terminal, as data and as a page; and the page that says how to load an archive."""

import json

import pytest

from negsplit import compile_plan_text
from negsplit.athlete.paces import NO_RUNNER
from negsplit.compile import read_athlete, runner_from_words
from negsplit.diagnostics import Severity
from negsplit.plan.totals import totals
from negsplit.preview.group_data import GroupRemark, group_data, runner_row
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


def row(name, words, *remarks, text=BASE, own_plan=""):
    runner, _ = runner_from_words(words)
    plan = compile_plan_text(text, athlete=runner).plan
    return runner_row(name, runner, [totals(plan)], 0, len(remarks), remarks, own_plan)


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
    lines = [*summary(rows, 200)]
    anna, long, dan = lines[1:4]
    assert lines[0].endswith("  Easy /km   Threshold /km")
    assert anna.split()[-3:] == ["43.4", "6:14-5:33", "4:46"]
    assert "5 km in 22:30" in anna
    assert long.startswith("a-runner-with-a-name-that-is-far-too-long-for-any-table  10 km in 52:30")
    assert dan.split() == ["dan", "no", "result", "-", "-", "-", "-"]
    anna, _, dan = lines[6:9]
    assert anna.endswith("  2 warnings")
    assert "18 to 20 km  19 km" in anna
    assert dan.split() == ["dan", "-", "-", "-", "1", "error"]


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_all_of_it_fits_into_the_width_and_nothing_is_left_out(rows, width):
    lines = [*summary(rows, width), *week_by_week(rows, width)]
    assert max(map(len, lines)) <= width
    written = "".join(word for line in lines for word in line.split())
    assert "a-runner-with-a-name" in "".join(line.split()[0] for line in lines if line.startswith("a-"))
    assert "5kmin22:30" in written or "22:30" in written


@pytest.mark.parametrize("width", [26, 40, 100])
def test_the_weeks_fit_side_by_side(rows, width):
    lines = [*week_by_week(rows[:1], width)]
    assert max(map(len, lines)) <= width
    assert values(lines, "Distance, km", "anna") == ["18", "19", "20"]
    assert values(lines, "What a coach would look at", "anna") == ["-", "PL02", "PL08"]


def values(lines, title, name):
    """What stands in the row of a runner in all blocks of one table."""
    titled, found = False, []
    for line in lines:
        titled = line == title or (titled and line != "")
        if titled and line.startswith(name):
            found += line.split()[1:]
    return found


def test_runners_stand_side_by_side_by_the_calendar(rows):
    """Lea begins two weeks later: her first week is the third of the others, and nobody else's number is hers."""
    later = BASE.replace("2027-01-04", "2027-01-18")
    lea = row("lea", "5 km in 22:30", text=later, own_plan="lea.plan.yaml")
    lines = [*week_by_week([rows[0], lea], 100)]
    assert lines[1:7] == [
        "Distance, km",
        "      Jan                 Feb",
        "        4   11   18   25    1",
        "      W01  W02  W03    -    -",
        "anna   18   19   20    -    -",
        "lea     -    -   18   19   20",
    ]
    assert "lea has a plan of their own: lea.plan.yaml" in [*summary([lea], 100)]


def test_a_week_belongs_to_the_calendar_week_of_most_of_its_days():
    sunday = BASE.replace("start: 2027-01-04", "start: 2027-01-03\nweek_starts: sun")
    days = [one.monday.isoformat() for one in row("sue", "5 km in 22:30", text=sunday).weeks]
    assert days == ["2027-01-04", "2027-01-11", "2027-01-18"]


def test_down_weeks_are_marked_and_explained(rows):
    down = row("deb", "5 km in 22:30", text=BASE + "down_weeks: {at: [2], cut: 25 %}\n")
    lines = [*week_by_week([rows[0], down], 100)]
    marked = [word for word in values(lines, "Distance, km", "deb") if word.endswith("*")]
    assert [word.rstrip("*") for word in marked] == [f"{down.weeks[1].metres / 1000:.0f}"]
    assert lines[-1] == "* a down week"
    assert "*" not in "".join(week_by_week(rows[:1], 100))
    shown = page("Base", [down])
    assert shown.count('title="down week"') == 3
    assert "a down week" in shown
    assert "a down week" not in page("Base", rows[:1])


def test_there_is_one_unit_for_all_and_miles_only_where_all_run_in_miles(rows):
    athlete = "athlete: Mia\nraces: 5 km in 22:30\nunits: imperial\n"
    runner, _ = read_athlete(athlete)
    plan = compile_plan_text(BASE, athlete=runner).plan
    mia = runner_row("mia", runner, [totals(plan)], 0, 0)
    assert "Distance, mi" in [*week_by_week([mia], 100)]
    alone, together = "".join(summary([mia], 100)), [*summary([mia, rows[0]], 100)]
    assert "Easy /mi" in alone
    assert " mi " in alone
    assert together[1].removeprefix("mia ") == together[2].removeprefix("anna")
    assert together[5].split()[1:6] == together[6].split()[1:6]
    assert "Distance, km" in [*week_by_week([mia, *rows], 100)]


def test_hostile_names_do_no_harm(rows):
    hostile = runner_row("evil\x1b[31m", NO_RUNNER, [], 0, 0, own_plan="\x1b[31m")
    assert "\x1b" not in "".join(summary([hostile], 80))
    assert "\x1b" not in "".join(week_by_week([*rows, hostile], 100))


SCHEMA = {
    "plan": str,
    "unit": str,
    "runners": [
        {
            "name": str,
            "runner": str,
            "basis": str | None,
            "vdot": float | None,
            "result_on": str | None,
            "paces": dict,
            "per": str,
            "own_plan": str | None,
            "errors": int,
            "warnings": int,
            "mean_week": {"seconds": int | None, "metres": int | None},
            "weeks": [
                {
                    "week": int,
                    "monday": str,
                    "from": str,
                    "down": bool,
                    "seconds": int | None,
                    "metres": int | None,
                    "load": float | None,
                    "hard_seconds": int,
                    "rules": list,
                }
            ],
        }
    ],
    "findings": [{"code": str, "severity": str, "message": str, "runners": list}],
}


def agrees(data, schema):
    """Whether data has these keys, each with a value of its kind, and no other."""
    if isinstance(schema, dict):
        return (
            isinstance(data, dict) and data.keys() == schema.keys() and all(agrees(data[k], schema[k]) for k in schema)
        )
    if isinstance(schema, list):
        return isinstance(data, list) and all(agrees(one, schema[0]) for one in data)
    return isinstance(data, schema)


def test_data_can_be_written_and_its_keys_are_stable(rows):
    found = GroupRemark(("anna",), "anna", Severity.WARNING, "PL02", "too much")
    data = json.loads(json.dumps(group_data("Base", rows, [found])))
    assert agrees(data, SCHEMA)
    assert [one["name"] for one in data["runners"]] == [one.name for one in rows]
    weeks = data["runners"][0]["weeks"]
    assert [round(one["metres"] / 1000) for one in weeks] == [18, 19, 20]
    assert [one["monday"] for one in weeks] == ["2027-01-04", "2027-01-11", "2027-01-18"]
    assert [one["rules"] for one in weeks] == [[], ["PL02"], ["PL08"]]
    mean = data["runners"][0]["mean_week"]
    assert mean["metres"] == 19000
    assert mean["seconds"] == round(sum(one["seconds"] for one in weeks) / 3)
    assert data["runners"][2]["mean_week"] == {"seconds": None, "metres": None}


@pytest.mark.parametrize(("width", "dark"), [(390, False), (1280, True)], ids=["a phone", "a desk in the dark"])
def test_the_page_fits_the_window_and_can_be_read(browser, rows, width, dark):
    from browser import CONTRASTS, SCROLLS

    browser.show(page("Base", [*rows, *rows]), width=width, dark=dark)
    assert browser.run(SCROLLS) == 0
    assert [text for ratio, text in browser.run(CONTRASTS) if ratio < 4.5] == []
    assert browser.axe() == []
    seen = (
        "return [...document.querySelectorAll('table')].filter(one => one.checkVisibility()).map(one => one.innerText)"
    )
    tables = browser.run(seen)
    assert len(tables) == 5
    assert all("anna" in table for table in tables)
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
