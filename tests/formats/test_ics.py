"""Calendars, judged by the icalendar package and by the letters of RFC 5545."""

import dataclasses
import datetime as dt
import re
import unicodedata

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.formats.ics import Event, Revision, calendar, escaped, folded
from strategies.examples import examples

DAY = dt.date(2026, 12, 1)
RUN = Event(
    "plan-w01-tue@negsplit", DAY, "Thirds; 12 km, easy", "First.\nThen \\ more.", ("key", "a, b"), dt.time(6, 30), 3940
)
REST = Event("plan-w01-wed@negsplit", dt.date(2028, 2, 29), "Rest")
GONE = Event("plan-w02-wed@negsplit", dt.date(2028, 3, 7), "Cancelled: Rest", is_cancelled=True)
FIRST = Revision(0, dt.datetime(2026, 12, 1))
THIRD = Revision(2, dt.datetime(2026, 12, 1, 0, 0, 2))


def of(*events):
    """Events that are as new as each other."""
    return [(event, FIRST) for event in events]


def read(data):
    """A calendar as the icalendar package reads it."""
    (found,) = icalendar.Calendar.from_ical(data, multiple=True)
    assert not found.errors
    assert not [error for event in found.walk("VEVENT") for error in event.errors]
    return found


def events(data):
    return list(read(data).walk("VEVENT"))


def test_a_calendar_letter_by_letter():
    lines = calendar("My plan", [(RUN, FIRST), (REST, THIRD), (GONE, THIRD)]).decode().split("\r\n")
    assert lines == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//negsplit//negsplit//EN",
        "CALSCALE:GREGORIAN",
        "NAME:My plan",
        "X-WR-CALNAME:My plan",
        "BEGIN:VEVENT",
        "UID:plan-w01-tue@negsplit",
        "DTSTAMP:20261201T000000Z",
        "SEQUENCE:0",
        "DTSTART:20261201T063000",
        "DURATION:PT1H5M40S",
        r"SUMMARY:Thirds\; 12 km\, easy",
        r"DESCRIPTION:First.\nThen \\ more.",
        r"CATEGORIES:key,a\, b",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:plan-w01-wed@negsplit",
        "DTSTAMP:20261201T000002Z",
        "SEQUENCE:2",
        "DTSTART;VALUE=DATE:20280229",
        "DTEND;VALUE=DATE:20280301",
        "TRANSP:TRANSPARENT",
        "SUMMARY:Rest",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:plan-w02-wed@negsplit",
        "DTSTAMP:20261201T000002Z",
        "SEQUENCE:2",
        "STATUS:CANCELLED",
        "DTSTART;VALUE=DATE:20280307",
        "DTEND;VALUE=DATE:20280308",
        "TRANSP:TRANSPARENT",
        "SUMMARY:Cancelled: Rest",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_calendar_as_others_read_it():
    found = read(calendar("Größe", [(RUN, THIRD), (REST, FIRST), (GONE, FIRST)]))
    assert (found["VERSION"], found["X-WR-CALNAME"]) == ("2.0", "Größe")
    run, rest, gone = found.walk("VEVENT")
    assert run["UID"] == RUN.uid
    assert run["DTSTAMP"].dt == dt.datetime(2026, 12, 1, 0, 0, 2, tzinfo=dt.UTC)
    assert [event["SEQUENCE"] for event in (run, rest, gone)] == [2, 0, 0]
    assert [event.get("STATUS") for event in (run, rest, gone)] == [None, None, "CANCELLED"]
    assert run["DTSTART"].dt == dt.datetime(2026, 12, 1, 6, 30)
    assert run["DTSTART"].dt.tzinfo is None
    assert run["DURATION"].dt == dt.timedelta(seconds=3940)
    assert (run["SUMMARY"], run["DESCRIPTION"]) == (RUN.summary, RUN.description)
    assert run.categories == ["key", "a, b"]
    assert (rest["DTSTART"].dt, rest["DTEND"].dt) == (dt.date(2028, 2, 29), dt.date(2028, 3, 1))
    assert "DURATION" not in rest


@pytest.mark.parametrize("seconds", [1, 59, 60, 61, 3599, 3600, 3601, 3660, 86_399, 86_400, 100_000])
def test_how_long_it_takes(seconds):
    (event,) = events(calendar("x", of(Event("a@b", DAY, "x", time=dt.time(), seconds=seconds))))
    assert event["DURATION"].dt == dt.timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(40, "PT40S"), (60, "PT1M"), (3600, "PT1H"), (3601, "PT1H0M1S"), (5400, "PT1H30M"), (3940, "PT1H5M40S")],
)
def test_no_unit_between_two_others_is_left_out(seconds, written):
    data = calendar("x", of(Event("a@b", DAY, "x", time=dt.time(), seconds=seconds)))
    assert f"\r\nDURATION:{written}\r\n".encode() in data


def test_a_time_without_a_length_is_a_moment():
    (event,) = events(calendar("x", of(Event("a@b", DAY, "x", time=dt.time(23, 59)))))
    assert event["DTSTART"].dt == dt.datetime(2026, 12, 1, 23, 59)
    assert "DURATION" not in event
    assert "DTEND" not in event


def test_an_empty_calendar_can_be_read():
    assert events(calendar("x", [])) == []


OTHERS = {
    "uid": "other@negsplit",
    "day": DAY + dt.timedelta(days=7),
    "summary": "Thirds",
    "description": "First.",
    "categories": ("key",),
    "time": dt.time(6, 31),
    "seconds": 3941,
    "is_cancelled": True,
}


@pytest.mark.parametrize("name", [one.name for one in dataclasses.fields(Event)])
def test_the_digest_tells_each_change_but_which_event_it_is(name):
    other = dataclasses.replace(RUN, **{name: OTHERS[name]})
    assert (other.digest == RUN.digest) == (name == "uid")


HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from('\\;,:"\r\n\t\x00\x07\x0b\x0c\x1b\x7f\x85\u2028\u2029\u202e\u200b😀é한\ud800'),
        st.sampled_from("nNabc "),
    ),
    max_size=200,
)


def shown(text):
    """What must be read again: line ends are one, and what is no character of a text is written out."""
    text = re.sub(r"\r\n?", "\n", text).replace("\t", " ")
    return "".join(one if one == "\n" or not is_invisible(one) else written_out(one) for one in text)


def is_invisible(character):
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def written_out(character):
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


@settings(max_examples=examples(100))
@given(HOSTILE, HOSTILE, st.lists(HOSTILE.filter(str.strip), max_size=3))
def test_hostile_text_is_read_as_text(summary, description, categories):
    data = calendar(summary, of(Event("a@b", DAY, summary, description, tuple(categories)), REST))
    found = read(data)
    event, rest = found.walk("VEVENT")
    assert event["SUMMARY"] == shown(summary)
    for name in ("NAME", "X-WR-CALNAME"):  # which the package does not know, and leaves as they stand
        assert re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], found[name]) == shown(summary)
    assert event.get("DESCRIPTION", "") == shown(description)
    assert event.categories == [shown(one) for one in categories]
    assert rest["UID"] == REST.uid
    names = [line.partition(b":")[0].partition(b";")[0] for line in data.replace(b"\r\n ", b"").split(b"\r\n")]
    assert names.count(b"BEGIN") == names.count(b"END") == 3
    assert set(names) <= {
        *(
            b"BEGIN",
            b"END",
            b"VERSION",
            b"PRODID",
            b"CALSCALE",
            b"NAME",
            b"X-WR-CALNAME",
            b"UID",
            b"DTSTAMP",
            b"SEQUENCE",
        ),
        *(b"DTSTART", b"DTEND", b"TRANSP", b"SUMMARY", b"DESCRIPTION", b"CATEGORIES", b""),
    }


@given(HOSTILE)
def test_every_line_is_short_and_of_whole_characters(text):
    data = folded(f"SUMMARY:{escaped(text)}")
    assert data.endswith(b"\r\n")
    lines = data[:-2].split(b"\r\n")
    for line in lines:
        assert len(line) <= 75
        assert "\r" not in line.decode()
        assert "\n" not in line.decode()
    assert all(line.startswith(b" ") for line in lines[1:])
    assert b"".join([lines[0], *(line[1:] for line in lines[1:])]).decode() == f"SUMMARY:{escaped(text)}"
    assert all(len(line) > 75 - 4 for line in lines[:-1]), "lines are as long as they may be"


@pytest.mark.parametrize("length", range(60, 160))
def test_lines_break_at_seventy_five_octets(length):
    lines = folded("x" * length)[:-2].split(b"\r\n")
    assert [len(line) for line in lines[:-1]] == [75] * (len(lines) - 1)
    assert sum(map(len, lines)) - len(lines) + 1 == length
