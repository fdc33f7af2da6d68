"""The picture of a plan: sound XML, a row a week, a column a day, all of it on its card, true to the sessions."""

import re
import xml.etree.ElementTree as ET

import pytest

from negsplit.preview.plan_svg import svg
from negsplit.preview.plan_words import week_title
from negsplit.preview.svg import WIDE
from strategies.shown_plans import HALF, WALK_RUN, shown

SVG = "{http://www.w3.org/2000/svg}"


def drawn(text=HALF, athlete="5 km in 22:30"):
    plan = shown(text, athlete)
    return plan, ET.fromstring(svg(plan, plan.weeks))


def spans(group):
    """Left and right edge of each bar of a session, and how high it stands."""
    pieces = [found for path in group.iter(f"{SVG}path") for found in re.findall(BAR, path.get("d"))]
    return sorted((float(x), float(x) + float(wide), float(foot) - float(top)) for x, foot, top, wide in pieces)


BAR = r"M([\d.]+) ([\d.]+)V([\d.]+)h([\d.]+)V"


@pytest.mark.parametrize("text", [HALF, WALK_RUN], ids=["half", "walk-run"])
def test_each_run_stands_in_the_row_of_its_week_and_the_column_of_its_day(text):
    plan, root = drawn(text)
    groups = list(root.iter(f"{SVG}g"))
    runs = [one for week in plan.weeks for one in week.sessions if one.profile]
    assert len(groups) == len(runs)
    day = (WIDE.width - 104 - 84) / 7
    longest = max(one.profile.seconds for one in runs)
    for group, one in zip(groups, runs, strict=True):
        bars = spans(group)
        column = (one.planned.date - one.planned.week.first).days
        assert bars[0][0] == pytest.approx(104 + column * day, abs=0.1)
        assert bars[-1][1] - bars[0][0] == pytest.approx((day - 8) * one.profile.seconds / longest, abs=1)
        assert bars[-1][1] <= 104 + (column + 1) * day
    titles = [text.text for text in root.iter(f"{SVG}text") if text.get("class") == "ns-strong"]
    assert [one for one in titles if one.startswith("Week")] == [week_title(week) for week in plan.weeks]


def test_all_of_it_is_on_its_card():
    _, root = drawn()
    height = float(root.get("height"))
    for text in root.iter(f"{SVG}text"):
        assert 0 < float(text.get("x")) < WIDE.width
        assert 0 < float(text.get("y")) < height
    for bar in (bar for group in root.iter(f"{SVG}g") for bar in spans(group)):
        assert 0 < bar[0] <= bar[1] < WIDE.width


EFFORTS = """\
plan: P
start: 2027-01-04
weeks: 1
sessions:
  - on: tue
    steps: [10 min @ easy, 10 min @ threshold, walk 10 min, rest 5 min]
"""


def test_what_is_harder_is_higher_and_has_its_colour():
    _, root = drawn(EFFORTS)
    [group] = root.iter(f"{SVG}g")
    easy, hard, walk, rest = (high for _, _, high in spans(group))
    assert hard > easy > walk >= rest
    looks = [path.get("class") for path in group.iter(f"{SVG}path")]
    assert looks == ["ns-easy", "ns-threshold", "ns-recovery ns-walked", "ns-rest"]
    assert [text.text for text in root.iter(f"{SVG}text")][-4:] == ["Easy", "Threshold", "Walk", "Rest"]


RACE = """\
plan: P
start: 2027-01-04
weeks: 2
race: {on: 2027-01-17, distance: 5 km, name: Parkrun}
down_weeks: {at: [1], cut: 20 %}
sessions:
  - {on: mon, rest: true}
  - {on: tue, steps: 5 km @ easy}
  - {on: tue, steps: "4x(20 s @ mile, 40 s)"}
"""


def test_down_weeks_races_and_two_runs_of_a_day_are_shown():
    _, root = drawn(RACE)
    words = [text.text for text in root.iter(f"{SVG}text")]
    assert "down week" in words
    assert any(one.startswith("Race: Par") for one in words)
    first, second = (next(group.iter(f"{SVG}path")).get("d") for group in [*root.iter(f"{SVG}g")][:2])
    (left, foot), (other_left, other_foot) = (re.match(r"M([\d.]+) ([\d.]+)", one).groups() for one in (first, second))
    assert left == other_left
    assert foot != other_foot, "one above the other"


EVIL = "</style><script>alert(1)</script>\\u202e&\\\"'" + "w" * 50


def test_a_hostile_plan_is_only_drawn():
    _, root = drawn(
        f'plan: "{EVIL}"\nstart: 2027-01-04\nweeks: 1\nsessions:\n  - {{on: tue, name: "{EVIL}", steps: 5 km}}\n'
    )
    assert {one.tag.removeprefix(SVG) for one in root.iter()} == {
        *("svg", "title", "desc", "style", "rect", "path", "text", "g")
    }
    assert root.find(f"{SVG}title").text.startswith("</style><script>")
    for text in root.iter(f"{SVG}text"):
        assert len(text.text) < 120


def test_it_tells_itself_in_words():
    _, root = drawn()
    assert root.get("role") == "img"
    assert re.match(r"\d+ weeks, .*\d+ sessions, \d+ hard; ", root.find(f"{SVG}desc").text)
