"""The page of a plan, read as a browser would: whole, true to the plan, and safe."""

import re
from itertools import pairwise

import pytest

from negsplit.plan.totals import totals
from negsplit.preview.plan_html import page
from pages import read
from strategies.example_plans import EXAMPLE_PLANS, compiled_example
from strategies.shown_plans import HALF, WALK_RUN, shown
from work import at_most_calls


def html(text=HALF, athlete="5 km in 22:30"):
    plan = shown(text, athlete)
    return page(plan, plan.weeks)


def body(text=HALF, athlete="5 km in 22:30"):
    return read(html(text, athlete)).one("body")


def words(node, tag="", name=""):
    return [one.text for one in node.all(tag, name)]


def test_the_head_says_what_it_is_for_whom_and_when():
    found = body()
    assert found.one("h1").text == "Spring Half"
    assert words(found.one("main"), "p", "about")[:2] == [
        "7 weeks, 28 Dec 2026 to 14 Feb 2027, for 5 km in 22:30",
        "Race: Spring Half, Sun 14 Feb 2027, 21.1 km in 1:45:00",
    ]
    assert found.one("p", "notes").text == "One progression and one long run a week. Every third week is easier."
    assert read(html()).one("head").one("title").text == "Spring Half"
    assert [one.text for one in found.one("dl", "totals").all("dt")] == ["Sessions", "Time", "Distance"]


def test_the_weeks_at_a_glance():
    rows = list(body().one("table", "weeks").one("tbody").all("tr"))
    assert [row.one("th").text for row in rows] == ["1", "2", "2 again", "3", "4", "5", "6"]
    assert [row.attributes["class"] for row in rows] == [
        *("building", "building", "building", "down", "building", "building", "down")
    ]
    assert words(rows[3], name="mark") == ["down week"]
    assert words(rows[4], name="mark") == ["Race: Mile race"]
    assert words(rows[6], name="mark") == ["down week", "Race: Spring Half"]
    assert words(rows[4], "td")[-4:] == ["~2 h 32+", "~28.1 km+", "~200+", "~1 h 01"]


def shares(row):
    """The widths of the bars of a week, in percent of the widest week."""
    return [
        float(one.attributes["style"].removeprefix("width:").rstrip("%"))
        for one in row.one("td", "bars").one("div").all("span")
    ]


def test_a_bar_is_as_long_as_its_week():
    plan = shown()
    rows = body().one("table", "weeks").one("tbody").all("tr")
    seconds = [week.totals.run_seconds + week.totals.walk_seconds for week in plan.weeks]
    for row, week, moving in zip(rows, plan.weeks, seconds, strict=True):
        widths = shares(row)
        assert sum(widths) == pytest.approx(100 * moving / max(seconds), abs=0.11)
        assert widths[-1] == pytest.approx(100 * week.totals.hard_seconds / max(seconds), abs=0.06)


def test_a_plan_that_walks_shows_running_and_walking():
    table = body(WALK_RUN).one("table", "weeks")
    assert table.one("thead").one("td", "bars").text == "running walking"
    first, second = table.one("tbody").all("tr")
    # 10 rounds of 1 and 2 minutes, then 8 of 2 and 2, with 10 minutes walked around them.
    assert shares(first) == pytest.approx([100 * 10 / 42, 100 * 30 / 42], abs=0.1)
    assert shares(second) == pytest.approx([100 * 16 / 42, 100 * 26 / 42], abs=0.1)
    assert body().one("table", "weeks").one("thead").one("td", "bars").text == "easy hard"


def test_links_lead_to_the_weeks():
    found = body()
    sections = [one.attributes["id"] for one in found.all("section", "week")]
    assert sections == ["w01", "w02", "w02r1", "w03", "w04", "w05", "w06"]
    assert [one.attributes["href"] for one in found.one("table", "weeks").all("a")] == [f"#{one}" for one in sections]


def test_every_day_stands_in_its_week():
    plan = shown()
    for week, section in zip(plan.weeks, body().all("section", "week"), strict=True):
        days = list(section.all("li", "day"))
        assert [day.one("time").attributes["datetime"] for day in days] == [
            str(one.planned.date) for one in week.sessions
        ]
        for day, one in zip(days, week.sessions, strict=True):
            assert bool(list(day.all("svg"))) is (one.profile is not None)
            assert ("off" in day.attributes["class"].split()) is not one.is_run


def test_a_day_says_what_to_do():
    weeks = list(body().all("section", "week"))
    monday, tuesday, wednesday, *_ = weeks[0].all("li")
    assert monday.text == "Mon 28 Dec Rest: legs up"
    assert tuesday.one("div", "date").text == "Tue 29 Dec W01 Tue, 06:30"
    assert tuesday.one("h3").text == "Progression hard"
    assert words(tuesday, "p") == [
        "Run 3 km 5:35-5:30/km, Run 3 km 5:05-4:54/km, Run 3 km 4:40-4:35/km, Cool down lap button",
        "Start slower than you want to.",
    ]
    assert words(tuesday.one("div", "amount"), "span") == ["~50 min", "~9.7 km"]
    # Without a name, its steps are what it is called, once.
    assert wednesday.one("h3").text == "Run 40 min 6:14-5:33/km optional"
    assert words(wednesday, "p") == []
    assert "down week" in weeks[3].one("h2").text
    assert "down week" not in weeks[2].one("h2").text
    assert "left out: w03-wed" in weeks[3].text
    race = list(weeks[6].all("li"))[-1]
    assert race.one("h3").text == "Race: Spring Half hard"


def test_pictures_are_as_wide_as_their_sessions_are_long():
    plan = shown()
    runs = [one for one in plan.sessions if one.profile]
    pictures = list(body().all("svg"))
    longest = max(one.profile.seconds for one in runs)
    for picture, one in zip(pictures, runs, strict=True):
        share = float(re.fullmatch(r"width:([\d.]+)%", picture.attributes["style"])[1])
        assert share == pytest.approx(100 * one.profile.seconds / longest, abs=0.06)
        assert picture.attributes["role"] == "img"
        assert picture.one("title").text


def test_bars_are_as_high_as_they_are_hard():
    steps = "10 min @ 6:00/km, 10 min @ 4:30/km, 10 min @ 5:00/km, rest 10 min"
    text = f"plan: P\nstart: 2027-01-04\nweeks: 1\nsessions:\n  - {{on: tue, name: S, steps: [{steps}]}}\n"
    (picture,) = body(text, "threshold 4:30/km").all("svg")
    paths = {one.attributes["class"]: one.attributes["d"] for one in picture.all("path")}
    tops = [
        100 - float(re.search(r"V([\d.]+)h", paths[f"ns-{level}"])[1]) for level in ("recovery", "threshold", "steady")
    ]
    floor = 0.2
    scale = [(share - floor) / (1.1 - floor) * 100 for share in (270 / 360, 1, 270 / 300)]
    assert tops == pytest.approx(scale, abs=0.2)
    assert re.search(r"V96h", paths["ns-rest"])
    threshold = float(re.fullmatch(r"M0 ([\d.]+)h1000", paths["ns-mark"])[1])
    assert 100 - threshold == pytest.approx(scale[1], abs=0.2)


def test_what_is_not_known_is_said():
    text = "plan: P\nstart: 2027-01-04\nweeks: 1\nsessions:\n  - {on: tue, steps: run lap}\n"
    found = body(text, "")
    assert words(found.one("div", "amount"), "span") == ["unknown", "unknown"]
    assert words(found.one("dl", "totals"), "dd", "value") == ["1", "unknown", "unknown"]
    assert "threshold" not in found.text


EVIL = "</style><script>alert(1)</script>\\u202e\\u0007&\\\"'<img src=x onerror=alert(1)>"


def test_a_hostile_plan_is_only_read():
    text = (
        f'plan: "{EVIL}"\nnotes: "{EVIL}"\nrace: {{on: 2027-02-14, name: "{EVIL}"}}\nweeks: 1\nsessions:\n'
        f'  - {{on: mon, rest: "{EVIL}"}}\n  - {{on: tue, note: "{EVIL}"}}\n'
        f'  - {{on: wed, steps: 5 min, name: "{EVIL}", notes: "{EVIL}"}}\n  - {{on: thu, cross: "{EVIL}"}}\n'
    )
    for found in (html(text), html(text, "")):
        assert found.isascii()
        assert not re.search(r"<(script|img)|[\x00-\x09\x0b-\x1f]", found)
        assert found.count("</style>") == 1
        root = read(found)
        shown_tags = {node.tag for node in root.all()}
        assert not shown_tags & {"script", "img", "iframe", "link", "object", "form", "base"}
        assert "default-src 'none'" in found
        assert "<script>alert(1)</script>" in root.one("h1").text
        assert not any(name.startswith("on") for node in root.all() for name in node.attributes)


def test_the_same_plan_gives_the_same_bytes():
    assert html() == html()


@pytest.mark.parametrize("file", EXAMPLE_PLANS, ids=lambda file: file.name)
def test_ready_plans_are_whole(file):
    compiled = compiled_example(file).plan
    plan = totals(compiled)
    root = read(page(plan, plan.weeks))
    assert [one.attributes["datetime"] for one in root.all("time")] == [
        str(one.planned.date) for one in compiled.sessions
    ]
    assert len(list(root.all("svg"))) == sum(one.workout is not None for one in compiled.sessions)
    headings = [int(node.tag[1]) for node in root.all() if re.fullmatch("h[1-6]", node.tag)]
    assert headings[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))


LONG = """\
plan: Long
start: 2027-01-04
weeks: 16
sessions:
  - on: [mon, tue, wed, thu, sat]
    name: Twenty times twenty
    steps: "warmup 15 min @ easy, 20x(400 m @ interval, 1 min), 5x(2 min @ 10k, 1 min), cooldown 10 min @ easy"
"""


def test_sixteen_weeks_of_intervals_are_small_and_soon_made():
    plan = shown(LONG)
    with at_most_calls(400_000):
        found = page(plan, plan.weeks)
    assert len(found) < 500_000
