"""Days, weeks and times of day in other forms, and what is left to the runner to say."""

import pytest

from negsplit.diagnostics import Fix, Help, Source, Span
from negsplit.document import dates
from negsplit.tree.nodes import Text


def text(written: str) -> Text:
    return Text(written, Span(Source("a", written), 0, len(written)))


def written(*helps: Help | None) -> list[tuple[str, bool]]:
    """What cures write, and whether nothing else can have been meant."""
    return [(one.edits[0].text, one.is_certain) for one in helps if isinstance(one, Fix)]


@pytest.mark.parametrize(
    ("day", "meant"),
    [
        ("2027-3-1", [("2027-03-01", True)]),
        ("2027/03/01", [("2027-03-01", True)]),
        ("2027.3.1", [("2027-03-01", True)]),
        ("1.3.2027", [("2027-03-01", False)]),
        ("13.3.2027", [("2027-03-13", False)]),
        ("3/13/2027", [("2027-03-13", True)]),
        ("13/3/2027", [("2027-03-13", True)]),
        ("3/3/2027", [("2027-03-03", True)]),
        ("3/1/2027", []),
        ("1 March 2027", [("2027-03-01", True)]),
        ("Sept. 1, 2027", [("2027-09-01", True)]),
        ("31 Feb 2027", []),
        ("1 Marching 2027", []),
        ("tomorrow", []),
    ],
)
def test_days(day: str, meant: list[tuple[str, bool]]) -> None:
    assert written(*dates.meant(text(day))) == meant
    assert written(*dates.meant(text(f"on {day}"), 3)) == meant


@pytest.mark.parametrize(
    ("time", "meant"),
    [
        ("6:30 am", "06:30"),
        ("06:30 a.m.", "06:30"),
        ("12 am", "00:00"),
        ("12:15pm", "12:15"),
        ("6.30 PM", "18:30"),
        ("18h30", "18:30"),
        ("18h", "18:00"),
    ],
)
def test_times_of_day(time: str, meant: str) -> None:
    assert written(dates.time_meant(text(time))) == [(meant, True)]


@pytest.mark.parametrize("time", ["6.30", "13 pm", "0 am", "25h", "6:75 am", "early"])
def test_no_times_of_day(time: str) -> None:
    assert dates.time_meant(text(time)) is None


def test_weeks() -> None:
    found = {week: written(*dates.week_meant(text(week))) for week in ("w6", "Week 06", "6", "six")}
    assert found == {"w6": [("week 6", True)], "Week 06": [("week 6", True)], "6": [("week 6", False)], "six": []}
