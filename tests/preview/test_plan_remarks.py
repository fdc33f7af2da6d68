"""What is remarked on in a plan: marked where it is, and said with its reasons at the end, in every form."""

import re

import pytest

from negsplit.diagnostics import Severity
from negsplit.preview.plan_data import plan_data
from negsplit.preview.plan_html import page
from negsplit.preview.plan_remarks import Remark
from negsplit.preview.plan_text import calendar
from pages import read
from strategies.shown_plans import HALF, REMARKS, shown

HEAD = "What a coach would say"


def lines(remarks=REMARKS, width=100, weeks=slice(None)):
    plan = shown(HALF)
    return calendar(plan, plan.weeks[weeks], width, remarks, colors=None)


def body(remarks=REMARKS, weeks=slice(None)):
    plan = shown(HALF)
    return read(page(plan, plan.weeks[weeks], remarks)).one("body")


def words(node, tag="", name=""):
    return [one.text for one in node.all(tag, name)]


# --- In the terminal -----------------------------------------------------------------------------


def test_codes_mark_sessions_and_weeks():
    marked = [line for line in lines() if re.search(r"PL\d", line)]
    calendar_lines, reasons = marked[:-4], marked[-4:]
    assert [re.split(r"  +|, ", line)[0] for line in calendar_lines] == [
        *("Week 2", "w02-sun", "Week 2 again", "w04-thu", "w05-sun")
    ]
    assert "(PL01)" in calendar_lines[-1]
    assert "(hard, PL01)" in calendar_lines[-2]
    assert calendar_lines[0].endswith(" 2027, PL02")
    assert [line.split(":")[0] for line in reasons] == [
        *("  PL01 (warning)", "  PL02 (note)", "  PL01 (note)", "  PL04 (warning)"),
    ]


def test_reasons_stand_at_the_end():
    found = lines()
    end = found[found.index(HEAD) :]
    assert end[1:3] == [
        "  PL01 (warning): 31 % longer than any",
        "      run 14.1 km at most; evidence: observational",
    ]
    assert len(end) == 1 + 2 * len(REMARKS)


@pytest.mark.parametrize("width", [40, 60, 100])
def test_remarks_keep_within_the_width_and_lose_no_word(width):
    found = lines(width=width)
    assert max(map(len, found)) <= width
    end = " ".join(" ".join(found[found.index(HEAD) :]).split())
    for one in REMARKS:
        assert one.message in end
        assert f"{one.cure}; evidence: {one.evidence}" in end


def test_nothing_is_said_where_nothing_is_remarked_on():
    assert HEAD not in lines([])
    assert len(lines()) == len(lines([])) + 2 + 2 * len(REMARKS)
    assert HEAD not in body([]).text
    assert "PL0" not in body([]).text


def test_some_weeks_have_their_own_remarks_and_those_of_the_whole():
    found = lines(weeks=slice(0, 2))
    assert [line.split()[0] for line in found[found.index(HEAD) :] if "(" in line] == ["PL02", "PL04"]
    plan = shown(HALF)
    data = plan_data(plan, plan.weeks[5:6], str, REMARKS)
    assert [one["code"] for one in data["findings"]] == ["PL01", "PL01", "PL04"]


# --- As data -------------------------------------------------------------------------------------


def test_findings_are_data():
    plan = shown(HALF)
    found = plan_data(plan, plan.weeks, str, REMARKS)["findings"]
    assert [list(one) for one in found] == [
        ["code", "severity", "message", "cure", "evidence", "weeks", "sessions"] for _ in REMARKS
    ]
    assert found[1] == {
        "code": "PL02",
        "severity": "note",
        "message": "12 % more than before",
        "cure": "leave out a run",
        "evidence": "folk rule",
        "weeks": [2],
        "sessions": ["w02-sun"],
    }
    assert plan_data(plan, plan.weeks, str)["findings"] == []


# --- On the page ---------------------------------------------------------------------------------


def test_marks_on_the_page_lead_to_their_reasons():
    found = body()
    weeks = list(found.one("table", "weeks").one("tbody").all("tr"))
    assert [words(row, name="rule") for row in weeks] == [[], ["PL02"], ["PL02"], [], [], [], []]
    days = {one.one("time").attributes["datetime"]: words(one, name="rule") for one in found.all("li", "day")}
    by_key = {one.key: str(one.planned.date) for one in shown(HALF).sessions}
    assert {day: marks for day, marks in days.items() if marks} == {
        by_key["w02-sun"]: ["PL02"],
        by_key["w04-thu"]: ["PL01"],
        by_key["w05-sun"]: ["PL01"],
    }
    anchors = [one.attributes["id"] for one in found.all("li") if "id" in one.attributes]
    assert anchors == ["rule-PL01", "rule-PL02", "rule-PL04"]
    links = [one.attributes["href"] for one in found.all("a", "rule")]
    assert links
    assert {link.removeprefix("#") for link in links} <= set(anchors)


def test_the_page_lists_every_reason():
    section = body().one("section", "reasons")
    assert section.one("h2").text == HEAD
    items = list(section.all("li"))
    assert [words(one, name="rule") for one in items] == [["PL01"], ["PL02"], ["PL01"], ["PL04"]]
    assert [words(one, "p") for one in items] == [
        [f"{one.severity.value.capitalize()}: {one.message}", f"{one.cure}; evidence: {one.evidence}"]
        for one in REMARKS
    ]


# --- Hostile text --------------------------------------------------------------------------------


def test_hostile_remarks_are_only_read():
    evil = '<script>"A\x1b[31mB\u202eC\x07D'
    remark = Remark("PL01", Severity.WARNING, evil, evil, "observational", keys=("w05-sun",))
    text = "\n".join(lines([remark]))
    assert text.replace("\n", "").isprintable()
    plan = shown(HALF)
    html = page(plan, plan.weeks, [remark])
    assert "<script" not in html
    assert "\x1b" not in html
