"""The small texts of a plan: weeks, days, times, and values from week to week."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsplit.diagnostics import Report, Source, Span
from negsplit.plan import texts, value_texts
from negsplit.plan.values import Constant, Growing, GrowthScale, GrowthValue, WeekByWeek
from negsplit.tree.nodes import Text


def text(written: str) -> Text:
    return Text(written, Span(Source("text", written), 0, len(written)))


def said(rule: Callable[[Report], Any]) -> tuple[Any, list[tuple[str, str]]]:
    """What comes of a rule, and the code and the characters at fault of each message."""
    report = Report()
    found = rule(report)
    return found, [(one.code, one.span.text if one.span else "") for one in report.diagnostics]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1-8", (1, 2, 3, 4, 5, 6, 7, 8)),
        ("3", (3,)),
        ("2, 5, 9-11", (2, 5, 9, 10, 11)),
        ("1-12 odd", (1, 3, 5, 7, 9, 11)),
        ("1-12 Even", (2, 4, 6, 8, 10, 12)),
        ("1..3, 6-9 odd", (1, 2, 3, 7, 9)),
        ("10 – 12", (10, 11, 12)),
        ("4, 2, 4", (2, 4)),
    ],
)
def test_weeks(written: str, expected: tuple[int, ...]) -> None:
    assert said(lambda report: texts.weeks([text(written)], 12, report)) == (expected, [])


def test_weeks_in_a_list() -> None:
    assert said(lambda report: texts.weeks([text("1-2"), text("5")], 12, report)) == ((1, 2, 5), [])


@pytest.mark.parametrize(
    ("written", "mistakes"),
    [
        ("1-13", [("weeks", "1-13")]),
        ("0", [("weeks", "0")]),
        ("8-1", [("weeks", "8-1")]),
        ("2, 5, x", [("weeks", "x")]),
        ("1,, 5", [("empty", "")]),
        ("1-4,", [("empty", "")]),
        ("2 odd", [("weeks", "2 odd")]),
        ("weeks 1-4", [("weeks", "weeks 1-4")]),
        ("1-4 weekly", [("weeks", "1-4 weekly")]),
        ("١", [("weeks", "١")]),
    ],
)
def test_weeks_that_there_are_not(written: str, mistakes: list[tuple[str, str]]) -> None:
    assert said(lambda report: texts.weeks([text(written)], 12, report))[1] == mistakes


@given(st.sets(st.integers(1, 104), min_size=1))
def test_weeks_are_read_back(weeks: set[int]) -> None:
    written = ", ".join(map(str, weeks))
    assert said(lambda report: texts.weeks([text(written)], 104, report)) == (tuple(sorted(weeks)), [])


def test_days_of_the_week() -> None:
    assert said(lambda report: texts.weekdays([text("tue"), text("Sunday")], report)) == ((1, 6), [])
    assert said(lambda report: texts.weekdays([text("sun, MON")], report)) == ((0, 6), [])
    assert said(lambda report: texts.weekdays([text("tue, thr, tuesday")], report))[1] == [
        ("weekday", "thr"),
        ("duplicate-day", "tuesday"),
    ]


@pytest.mark.parametrize(
    ("written", "help"),
    [
        ("tue thu", "write `[tue, thu]`"),
        ("Tue and Thursday", "write `[tue, thu]`"),
        ("tue/thu/sat", "write `[tue, thu, sat]`"),
        ("mon-fri", "write `[mon, tue, wed, thu, fri]`"),
        ("sat to mon", "write `[sat, sun, mon]`"),
        ("weekdays", "write `[mon, tue, wed, thu, fri]`"),
        ("tuesdays", "did you mean `tuesday`?"),
        ("tue and then", "the days are mon, tue, wed, thu, fri, sat, sun"),
    ],
)
def test_days_that_are_meant(written: str, help: str) -> None:
    report = Report()
    texts.weekdays([text(written)], report)
    assert [(one.code, one.help) for one in report.diagnostics] == [("weekday", (help,))]


def test_dates() -> None:
    assert said(lambda report: texts.date(text("2028-02-29"), report)) == (dt.date(2028, 2, 29), [])
    for written in ("2027-02-29", "30.11.2026", "2026-1-5", "1999-12-31", "2101-01-01", "tomorrow"):
        assert said(lambda report, written=written: texts.date(text(written), report)) == (None, [("date", written)])


def test_days_that_are_changed() -> None:
    assert said(lambda report: texts.changed_day(text("Week  12"), report)) == (12, [])
    assert said(lambda report: texts.changed_day(text("2027-01-05"), report)) == (dt.date(2027, 1, 5), [])
    assert said(lambda report: texts.changed_day(text("w6"), report)) == (None, [("day", "w6")])


def test_times() -> None:
    assert said(lambda report: texts.time_of_day(text("6:30"), report)) == (dt.time(6, 30), [])
    for written in ("24:00", "6.30", "6 am", "06:60"):
        assert said(lambda report, written=written: texts.time_of_day(text(written), report))[1] == [("time", written)]


# --- Values ----------------------------------------------------------------------------------------


def minutes(number: int) -> GrowthValue:
    return GrowthValue(Decimal(number * 60), GrowthScale.SECONDS)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("30 min", Constant("30 min", minutes(30))),
        ("90 mi", Constant("90 mi", GrowthValue(Decimal(90), GrowthScale.MILES))),
        ("5", Constant("5", GrowthValue(Decimal(5), GrowthScale.COUNT))),
        ("easy", Constant("easy", None)),
        ("6..8 mi", Constant("6..8 mi", None)),
        ("3x(1 km @ 5k, 1 min)", Constant("3x(1 km @ 5k, 1 min)", None)),
        ("2, 2, 1, 1 min", WeekByWeek(("2 min", "2 min", "1 min", "1 min"))),
        ("2min, 90 s, 1min", WeekByWeek(("2min", "90 s", "1min"))),
        ("5:30, 5:20, 5:10/km", WeekByWeek(("5:30/km", "5:20/km", "5:10/km"))),
        ("1:30, 2, 3 min", WeekByWeek(("1:30", "2 min", "3 min"))),
        ("90, 95, 100 %", WeekByWeek(("90 %", "95 %", "100 %"))),
        ("4, 5, 6", WeekByWeek(("4", "5", "6"))),
        ("2, None, 3 km", WeekByWeek(("2 km", None, "3 km"))),
        ("2, 3 km, none", WeekByWeek(("2 km", "3 km", None))),
        ("easy, steady", WeekByWeek(("easy", "steady"))),
        ("2x(1 km, 1 min), 3x(1 km, 1 min)", WeekByWeek(("2x(1 km, 1 min)", "3x(1 km, 1 min)"))),
        ("25 min -> 30 min", Growing(minutes(25), minutes(30))),
        ("25 → 30 min by 5", Growing(minutes(25), minutes(30), Decimal(300))),
        ("25 min -> 1 h BY 5 min", Growing(minutes(25), minutes(60), Decimal(300))),
        (
            "4 -> 10 by 2",
            Growing(
                GrowthValue(Decimal(4), GrowthScale.COUNT), GrowthValue(Decimal(10), GrowthScale.COUNT), Decimal(2)
            ),
        ),
        (
            "10 -> 16 km",
            Growing(GrowthValue(Decimal(10000), GrowthScale.METRES), GrowthValue(Decimal(16000), GrowthScale.METRES)),
        ),
        (
            "8 -> 5k",
            Growing(GrowthValue(Decimal(8000), GrowthScale.RACES), GrowthValue(Decimal(5000), GrowthScale.RACES)),
        ),
        (
            "3 -> 6.5 mi",
            Growing(GrowthValue(Decimal(3), GrowthScale.MILES), GrowthValue(Decimal("6.5"), GrowthScale.MILES)),
        ),
        ("6 km @ easy -> half by 1 km", Constant("6 km @ easy -> half by 1 km", None)),
        ("6 km @ 5 -> 4 min/km, 7 km @ 5k", WeekByWeek(("6 km @ 5 -> 4 min/km", "7 km @ 5k"))),
        ("25 min -- from 5 -> 10", Constant("25 min -- from 5 -> 10", None)),
        ("25 min -- a -> b, 30 min", WeekByWeek(("25 min -- a -> b", "30 min"))),
        ('20 s "1 -> 2"', Constant('20 s "1 -> 2"', None)),
        (
            '20" -> 30"',
            Growing(GrowthValue(Decimal(20), GrowthScale.SECONDS), GrowthValue(Decimal(30), GrowthScale.SECONDS)),
        ),
        (
            "5:30 -> 5:00/km by 5 s/km",
            Growing(
                GrowthValue(Decimal(330), GrowthScale.PACE_PER_KM),
                GrowthValue(Decimal(300), GrowthScale.PACE_PER_KM),
                Decimal(5),
            ),
        ),
        (
            "5:30 -> 5:00/km",
            Growing(
                GrowthValue(Decimal(330), GrowthScale.PACE_PER_KM), GrowthValue(Decimal(300), GrowthScale.PACE_PER_KM)
            ),
        ),
    ],
)
def test_values(written: str, expected: Any) -> None:
    assert said(lambda report: value_texts.value(text(written), report)) == (expected, [])


def test_values_in_a_list_of_their_own() -> None:
    found = said(lambda report: value_texts.value([text("1"), text("none"), text("2 min")], report))
    assert found == (WeekByWeek(("1 min", None, "2 min")), [])


@pytest.mark.parametrize(
    ("written", "mistakes"),
    [
        ("25 min -> 30 km", [("kind", "25 min -> 30 km")]),
        ("5 mi -> 8 km", [("kind", "5 mi -> 8 km")]),
        ("4 -> 30 min by 5 km", [("kind", "4 -> 30 min by 5 km")]),
        ("25 min ->", [("incomplete", "")]),
        ("-> 30 min", [("incomplete", "")]),
        ("25 min -> 30 min by", [("incomplete", "")]),
        ("4 -> 8 by 0", [("out-of-bounds", "0")]),
        ("5:75 -> 5:00/km", [("clock", "5:75")]),
        ("12 km/h -> 14 km/h", [("kind", "12 km/h"), ("kind", "14 km/h")]),
        ("easy -> threshold", [("kind", "easy -> threshold")]),
        ("5:00/km -> 10k - 5 s/km", [("kind", "5:00/km -> 10k - 5 s/km")]),
        ("25 min --> 30 min", [("kind", "25 min --> 30 min")]),
        ("5:30 -> 5:00/km by 5", [("missing-unit", "5")]),
        ("5:30 -> 5:00/km by 5 s/mi", [("kind", "5:30 -> 5:00/km by 5 s/mi")]),
        ("5:30 -> 5:00/km by 5..10 s/km", [("range", "5..10 s/km")]),
        ("5:30 -> 5:00/km by 0 s/km", [("out-of-bounds", "0 s/km")]),
        ("2, , 3 min", [("empty", "")]),
        ("2, 3 min,", [("empty", "")]),
        ("1" + ",1" * 2000, [("too-long", "1" + ",1" * 2000)]),
    ],
)
def test_values_at_fault(written: str, mistakes: list[tuple[str, str]]) -> None:
    assert said(lambda report: value_texts.value(text(written), report)) == (None, mistakes)


@given(st.text(alphabet="0123456789 ,->by minkm:/%()none.$", max_size=40))
def test_any_text_ends_in_a_value_or_a_message(written: str) -> None:
    found, mistakes = said(lambda report: value_texts.value(text(written), report))
    assert (found is None) == bool(mistakes)
    assert all(len(under) <= len(written) for _, under in mistakes)


def test_parts_know_their_places() -> None:
    report = Report()
    first, second = texts.listed(text("  tue ,  thu"), report)
    assert (str(first), first.span.start, str(second), second.span.start) == ("tue", 2, "thu", 9)
