"""The days of a mail: how people name them, in lines, lists and tables.

The forms are those of training plans and blogs: `Mon Rest`, `Tues - 3 mi`, `Sat/Sun`, tables of weeks.
"""

import pytest

from negsplit.diagnostics import Source
from negsplit.foreign.prose.mail import mail


def entries(text: str) -> list[tuple[tuple[tuple[int, int], ...], list[str]]]:
    return [(entry.on, [line.text for line in entry.lines]) for entry in mail(Source("mail", text)).entries]


@pytest.mark.parametrize(
    ("line", "on", "text"),
    [
        ("Tue: 5 mi", [1], "5 mi"),
        ("Tuesday - 5 mi", [1], "5 mi"),
        ("Tues 5 mi", [1], "5 mi"),
        ("* Thur. – 5 mi", [3], "5 mi"),
        ("> Wed-6 mi", [2], "6 mi"),
        ("Sat/Sun: 5 mi", [5, 6], "5 mi"),
        ("Mon, Wed & Fri: 5 mi", [0, 2, 4], "5 mi"),
        ("Mon-Wed: 5 mi", [0, 1, 2], "5 mi"),
        ("Mon Rest", [0], "Rest"),
        ("Tuesday 10th July 2012: 5 mi", [1], "5 mi"),
        ("Day 3: 5 mi", [2], "5 mi"),
        ("Week 1: Fri: 5 mi", [4], "5 mi"),
    ],
)
def test_a_line_begins_with_its_days(line: str, on: list[int], text: str) -> None:
    assert entries(line) == [(tuple((1, day) for day in on), [text])]


def test_words_are_no_day_without_a_sign() -> None:
    found = mail(Source("mail", "Sunday was great!\nTue: 5 mi\nSee you\n\nSun is out\n"))
    assert [line.text for line in found.words] == ["Sunday was great!", "Sun is out"]
    assert [[line.text for line in entry.lines] for entry in found.entries] == [["5 mi", "See you"]]


def test_weeks_are_named_or_begin_where_the_days_do_again() -> None:
    text = "Week 1\nTue: 1 mi\nSun: 2 mi\nWeek Three\nTue: 3 mi\nTue: 4 mi\nMon: 5 mi"
    assert [on for on, _ in entries(text)] == [((1, 1),), ((1, 6),), ((3, 1),), ((3, 1),), ((4, 0),)]


def test_a_day_that_goes_back_is_asked_about() -> None:
    found = mail(Source("mail", "Thu: 1 mi\nTue: 2 mi")).entries
    assert [(entry.on, bool(entry.doubts)) for entry in found] == [(((1, 3),), False), (((2, 1),), True)]


def test_weeks_begin_on_the_sunday_that_a_mail_begins_with() -> None:
    found = mail(Source("mail", "Sun: 10 mi\nMon: off\nSun: 12 mi"))
    assert found.week_starts == 6
    assert [entry.on for entry in found.entries] == [((1, 6),), ((1, 0),), ((2, 6),)]


def test_a_weekend_alone_is_at_the_end_of_its_week() -> None:
    found = mail(Source("mail", "Sat: 5 mi\nSun: 12 mi\nSat: 6 mi"))
    assert found.week_starts == 0
    assert [entry.on for entry in found.entries] == [((1, 5),), ((1, 6),), ((2, 5),)]


@pytest.mark.parametrize("sign", ["\t", " | "])
def test_a_table_has_a_row_a_week(sign: str) -> None:
    rows = [["Week", "Mon", "Tue", "Wed"], ["1", "Rest", "5 km", ""], ["3", "6 km", "", "7 km"]]
    text = "\n".join(sign.join(row) for row in rows)
    assert entries(text) == [
        (((1, 0),), ["Rest"]),
        (((1, 1),), ["5 km"]),
        (((3, 0),), ["6 km"]),
        (((3, 2),), ["7 km"]),
    ]


def test_without_days_lines_are_workouts_unless_they_belong_together() -> None:
    assert [lines for _, lines in entries("30 min easy\n5 mi tempo\n")] == [["30 min easy"], ["5 mi tempo"]]
    together = ["2 mi WU", "6 x 800 m @ 5k w/ 400 m jog", "2 mi CD"]
    assert [lines for _, lines in entries("Hello!\n\n" + "\n".join(f"- {line}" for line in together))] == [together]


def test_lines_know_where_they_stand() -> None:
    [entry] = mail(Source("mail", "Hi\r\n\r\n  - Tue: 5 mi\r\n")).entries
    assert (entry.lines[0].span.line, entry.lines[0].span.column, entry.lines[0].span.text) == (3, 10, "5 mi")
