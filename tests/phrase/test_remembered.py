"""What is remembered of phrases changes nothing: it is what would be read again, with every place in its text."""

import re
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsplit.diagnostics import Report, Source, Span
from negsplit.phrase import amounts, names, paces, phrases, remembered, targets
from negsplit.tree.nodes import Text

ROOT = Path(__file__).parents[2]
FILES = [*sorted((ROOT / "workouts").glob("*.yaml")), *sorted((ROOT / "tests" / "invalid").glob("*.yaml"))]
VALUE = re.compile(r"^[ -]*(?:[a-z_]+: +)?(.*\S)", re.MULTILINE)
WRITTEN = sorted(
    {
        *(found[1] for path in FILES for found in VALUE.finditer(path.read_text(encoding="utf-8", errors="replace"))),
        *Path(__file__).with_name("as_written.txt").read_text(encoding="utf-8").splitlines(),
    }
    - {""}
)
PIECES = [
    "15 min",
    "1 km",
    "400 m",
    "400",
    "6x(",
    "3 x",
    ")",
    ",",
    "@ easy",
    "@ 5k",
    "@ 10k - 5 s/km",
    "@ 95 % of 5k",
    "@ HR 140..150",
    "@ Z2",
    "@ 4:30..4:40/km",
    "± 2 %",
    "-- steady",
    '-- "tall, light"',
    '"High knees"',
    "run",
    "rest",
    "walk",
    "jog",
    "easy",
    "with",
    "and",
    "then",
    "90 s",
    "2:30",
    "lap",
    "uphill",
    "in 3:30",
    "until HR < 120",
    "4:50/km -> 4:20/km",
    "by 1 km",
    "/",
    "$n",
    "1,5",
]
LINES = st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join) | st.sampled_from(WRITTEN)

WAYS = {
    "phrase": phrases.phrase,
    "entries": phrases.entries,
    "group": lambda text, report: phrases.entries(text, report, in_group=True),
    "halves": phrases.halves,
    "rungs": phrases.rungs,
    "rung": phrases.rung,
    "recovery": phrases.recovery,
    "targets": lambda text, report: phrases.parse(text, report, targets.targets),
    "total": lambda text, report: phrases.parse(text, report, amounts.spelled_total),
    "claim": lambda text, report: phrases.parse(text, report, amounts.claim),
    "count": lambda text, report: phrases.parse(text, report, phrases.count),
    "tolerance": lambda text, report: phrases.parse(text, report, paces.tolerance),
    "name": lambda text, report: phrases.parse(text, report, names.own_name),
}


@pytest.fixture(autouse=True)
def _nothing_remembered():
    remembered._readings.clear()


def text_at(words: str, before: str, style: str = "") -> Text:
    source = Source("written", f"{before}{words} # and no more")
    return Text(words, Span(source, len(before), len(before) + len(words)), style)


def content(value: object, source: Source) -> object:
    """All of a value, and what equality leaves out: the kinds of its parts and their places in a source."""
    if isinstance(value, Span):
        assert value.source is source
        return Span, value.start, value.end, value.notes
    if is_dataclass(value):
        return type(value), [content(getattr(value, field.name), source) for field in fields(value)]
    if isinstance(value, tuple | list):
        return type(value), [content(one, source) for one in value]
    return type(value), value


def outcome(way: str, text: Text) -> object:
    report = Report()
    return content([WAYS[way](text, report), report.diagnostics], text.span.source)


@given(LINES, st.sampled_from(sorted(WAYS)), st.sampled_from(["", "'", '"', "|"]))
def test_what_is_remembered_is_what_is_read_at_the_place_of_each_text(words, way, style):
    places = [text_at(words, before, style) for before in ("- run: ", "", "[5 min, ", "x" * 300)]
    fresh = []
    for text in places:
        remembered._readings.clear()
        fresh.append(outcome(way, text))
    remembered._readings.clear()
    for _ in range(3):
        assert [outcome(way, text) for text in places] == fresh


@pytest.mark.parametrize("way", ["phrase", "entries"])
def test_what_is_read_a_third_time_is_made_and_not_read(way, monkeypatch):
    words = "4x(400 m @ 5k, 1 min)" if way == "entries" else "1 km @ 10k - 5 s/km -- steady"
    text = text_at(words, "- ")
    first = [outcome(way, text) for _ in range(2)]
    monkeypatch.setattr(phrases, "Cursor", None)
    assert [outcome(way, text) for _ in range(2)] == first


def test_a_list_of_what_is_remembered_is_the_callers_own():
    for _ in range(4):
        found = phrases.entries(text_at("lap", ""), Report())
        assert len(found) == 1
        found.clear()


def test_only_texts_that_stand_in_the_source_as_they_are_read_are_remembered():
    span = Span(Source("written", '"15 min \\x40 easy"'), 1, 16)
    for text in (Text.made("15 min @ easy", span), Text("15 min @ easy", span, '"'), text_at("9 min", "", "|")):
        for _ in range(3):
            assert phrases.phrase(text, Report()) or phrases.entries(text, Report())
    phrases.entries(text_at("9 min", "", "|"), Report())
    assert not [how for how, words in remembered._readings if words == "15 min @ easy"]


def test_what_is_at_fault_is_said_each_time():
    said = []
    for _ in range(4):
        report = Report()
        phrases.phrase(text_at("15 min @ HR 20", "- "), report)
        said.append([(one.code, one.span.start) for one in report.diagnostics])
    assert said == [[("out-of-bounds", 11)]] * 4


def test_what_is_remembered_has_an_end():
    for number in range(2 * remembered.MOST + 10):
        phrases.phrase(text_at(f"{number + 1} min", ""), Report())
        assert len(remembered._readings) <= remembered.MOST
    phrases.phrase(text_at(f"15 min -- {'x' * remembered.LONGEST}", ""), Report())
    assert max(len(words) for _, words in remembered._readings) <= remembered.LONGEST


def test_what_names_places_in_another_text_is_read_each_time():
    """The target that a cue ends in, ``relaxed @ easy``, is read from the cure, which stands in no file."""
    found = [
        phrases.phrase(text_at("10 min -- relaxed @ easy", before), Report()) for before in ("", "- ", "", "- run: ")
    ]
    for one in found:
        assert one is not None
        assert one.aside is not None
        assert one.aside.targets[0].span.text == "10 min @ easy -- relaxed"
        assert one.aside.span.text == "@ easy"
    assert [one.aside.span.start for one in found] == [18, 20, 18, 25]
