"""The sheets of a calendar, read as a browser would: every day once, in its place, with what its runner needs."""

import datetime as dt
import re

import pytest

from negsplit.plan.totals import totals
from negsplit.preview.calendar_html import page
from negsplit.preview.calendar_sheets import SIZES, fit, sheets
from pages import read
from strategies.example_plans import EXAMPLE_PLANS, compiled_example
from strategies.shown_plans import FULL, HALF, WALK_RUN, shown

KINDS = ("month", "week")


def body(kind, text=HALF, weeks=slice(None)):
    plan = shown(text)
    return read(page(plan, plan.weeks[weeks], kind)).one("body")


def words(node, tag="", name=""):
    return [one.text for one in node.all(tag, name)]


def cells(found):
    """Each day of a calendar and its cell, or its row."""
    for cell in (*found.all("td"), *found.all("tr")):
        times = list(cell.all("time"))
        if len(times) == 1:
            yield dt.date.fromisoformat(times[0].attributes["datetime"]), cell


def test_a_sheet_a_month_shows_all_of_its_days():
    found = body("month")
    assert words(found, "h2")[1:] == ["December 2026", "January 2027", "February 2027"]
    for sheet, (year, month, rows) in zip(
        found.all("section", "month"), ((2026, 12, 5), (2027, 1, 5), (2027, 2, 4)), strict=True
    ):
        days = [dt.date.fromisoformat(one.attributes["datetime"]) for one in sheet.all("time")]
        assert [day.day for day in days] == list(range(1, len(days) + 1))
        assert {(day.year, day.month) for day in days} == {(year, month)}
        assert (days[-1] + dt.timedelta(days=1)).day == 1
        assert len(list(sheet.one("tbody").all("tr"))) == rows


@pytest.mark.parametrize(("text", "first"), [(HALF, 0), (FULL, 6)], ids=["Monday", "Sunday"])
def test_days_stand_below_their_weekday(text, first):
    for sheet in body("month", text).all("section", "month"):
        heads = words(sheet.one("thead"), "th")[1:]
        assert heads[0] == ("Mon", "Sun")[first > 0]
        for row in sheet.one("tbody").all("tr"):
            for column, cell in enumerate(row.all("td")):
                for one in cell.all("time"):
                    day = dt.date.fromisoformat(one.attributes["datetime"])
                    assert (day.weekday() - first) % 7 == column
                    assert f"{day:%a}" == heads[column]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("file", EXAMPLE_PLANS, ids=lambda file: file.name)
def test_every_session_stands_on_its_day_once(file, kind):
    plan = totals(compiled_example(file).plan)
    found = dict(cells(read(page(plan, plan.weeks, kind))))
    on_sheets = {day: len(list(cell.all("div", "session"))) for day, cell in found.items()}
    planned = [one.planned.date for one in plan.sessions]
    assert {day: number for day, number in on_sheets.items() if number} == {day: planned.count(day) for day in planned}


@pytest.mark.parametrize("kind", KINDS)
def test_days_that_are_free_say_so_and_days_outside_are_blank(kind):
    found = dict(cells(body(kind)))
    assert found[dt.date(2027, 1, 8)].text.endswith("Rest")
    assert "Rest: legs up" in found[dt.date(2027, 1, 4)].text
    for day, cell in found.items():
        outside = not dt.date(2026, 12, 28) <= day <= dt.date(2027, 2, 14)
        assert ("out" in cell.attributes.get("class", "").split()) is outside
        assert bool(list(cell.all("div", "session"))) is False or not outside
        assert "Rest" not in cell.text or not outside
    begun_late = dict(cells(body(kind, FULL)))
    assert "Rest" not in begun_late[dt.date(2027, 1, 5)].text
    assert begun_late[dt.date(2027, 1, 6)].text != ""


def test_a_race_and_an_easier_week_are_marked():
    for kind in KINDS:
        races = list(body(kind).all("div", "race"))
        assert [one.one("b").text for one in races] == ["Race: Mile race", "Race: Spring Half"]
        assert races[0].text == "Race: Mile race"  # of which nobody knows how far it is
        assert races[1].text == "Race: Spring Half 1 h 45, 21.1 km"
    easier = [row.one("th").text for row in body("month").all("tr") if "easier week" in row.text]
    assert [one.split(" easier")[0] for one in easier] == ["Week 3", "Week 6"]
    assert words(body("week"), name="easier") == ["easier week"] * 2


def test_a_sheet_a_week_has_every_step_and_its_cue():
    sheet = next(iter(body("week").all("section", "week-sheet")))
    assert sheet.one("h2").text == "Week 1"
    assert "28 Dec 2026 to 3 Jan 2027 4 runs, 2 hard; ~3 h 32, ~38.1 km" in sheet.text
    _, tuesday, _, thursday, *_ = sheet.all("tr")
    assert words(tuesday.one("ul", "steps"), "li") == [
        *("Run 3 km 5:35-5:30/km", "Run 3 km 5:05-4:54/km", "Run 3 km 4:40-4:35/km"),
        "Cool down lap button (walk or jog)",
    ]
    assert "06:30, ~50 min, ~9.7 km, hard" in tuesday.text
    assert words(tuesday, "p")[-1] == "Start slower than you want to."
    assert words(thursday.one("ul", "steps"), "li")[1:4] == ["3 x", "- Run 1 mi 4:52-4:41/km", "- Recover 1 min"]
    assert len(list(sheet.all("svg"))) == 4


def test_what_has_no_name_is_called_by_its_steps_or_its_sport():
    wednesday = dict(cells(body("week")))[dt.date(2026, 12, 30)]
    assert wednesday.one("b").text == "Run 40 min 6:14-5:33/km"
    assert list(wednesday.all("li")) == []
    thursday = dict(cells(body("week", FULL)))[dt.date(2027, 1, 7)]
    assert thursday.one("b").text == "Running"
    assert words(thursday, "li")[0] == "Warm up 15 min 6:14-5:33/km"


def test_paces_stand_at_the_foot_of_each_sheet():
    assert words(body("month"), "p", "foot")[1] == (
        "Your paces: easy 6:14-5:33/km (you can talk in whole sentences); "
        "threshold 4:52-4:41/km (comfortably hard: a few words at a time)"
    )
    assert len(words(body("week"), "p", "foot")) == 6  # but for the week of the race


@pytest.mark.parametrize("kind", KINDS)
def test_some_weeks_alone(kind):
    found = body(kind, weeks=slice(1, 2))
    runs = [day for day, cell in cells(found) if list(cell.all("div", "session"))]
    assert min(runs) == dt.date(2027, 1, 4)
    assert max(runs) == dt.date(2027, 1, 10)
    assert len(list(found.all("section"))) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_calendar_has_no_words_of_coaches(kind):
    text = body(kind).text
    assert not re.search(r"\b(load|VDOT|down week|PL\d\d|w\d\d-)", text)


@pytest.mark.parametrize("kind", KINDS)
def test_letters_are_as_large_as_they_can_be(kind):
    def sizes(text):
        plan = shown(text)
        return [fit(sheet, "km", kind, [plan.plan.name]) for sheet in sheets(plan, plan.weeks, kind)]

    assert {one.detail for one in sizes(HALF)} == {"all"}
    assert min(one.size for one in sizes(HALF)) >= 7
    assert {one.size for one in sizes(WALK_RUN)} <= set(SIZES[:2])
    full = sizes(FULL)
    assert min(one.size for one in full) < min(one.size for one in sizes(HALF))
    if kind == "month":
        assert {one.detail for one in full} == {"least"}
        assert "\u2026" in body(kind, FULL).text
        assert "\u2026" not in body(kind).text


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_plan_has_the_same_bytes(kind):
    plan = shown()
    once = page(plan, plan.weeks, kind)
    assert once == page(plan, plan.weeks, kind)
    assert once.isascii()


def test_hostile_words_stay_words():
    text = HALF.replace("Cruise intervals", '"<script>alert(1)</script>"')
    for kind in KINDS:
        plan = shown(text)
        assert "<script" not in page(plan, plan.weeks, kind)
