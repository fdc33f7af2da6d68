"""Lines as the service's own parser was seen to read them.

``parses.csv`` has what it answered with, measured by independent projects that its last column names; a text that the
source left out there is ``...``.
"""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from negsplit.diagnostics import Report, Source
from negsplit.formats.intervals import line
from negsplit.formats.intervals.doc import DocStep, of_json

with open(Path(__file__).with_name("parses.csv"), encoding="utf-8", newline="") as file:
    ROWS = [(row["line"], row["came_back"]) for row in csv.DictReader(file)]
MEANS_NOTHING = {
    "- 5m 145bpm",
    "- 5m 130-145bpm",
    "- 5m 145 bpm",
    "- 5m 145 HR",
    "- 20m 145 HR",
    "- 5m 130-145 HR",
    "- 10m 5:43/km",
    "- 400m",
    "- 400 m",
    "- 3-4h Z2",
    "- 25m Threshold Pace",
    "- 800m 5K Pace",
}
"""Those of which something is lost or taken otherwise than it looks."""


def read(text: str) -> tuple[DocStep | None, Report]:
    report = Report()
    return line.step(Source("x.txt", text), len("- "), len(text), report), report


@pytest.mark.parametrize(("text", "came_back"), ROWS, ids=[row[0] for row in ROWS])
def test_a_line_is_read_as_the_service_reads_it(text, came_back):
    found, report = read(text)
    assert any(one.severity.value == "warning" for one in report.diagnostics) == (text in MEANS_NOTHING)
    if not came_back.startswith("{"):
        assert found is None
        return
    [measured] = of_json({"steps": [json.JSONDecoder().raw_decode(came_back)[0]]})
    assert found is not None
    assert found == (replace(measured, text="") if measured.text == "..." else measured)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("- 400m", "400m", "`400m` is 400 minutes"),
        ("- easy 10m 145 HR", "145", "taken for seconds"),
        ("- 10m 5:43/km", "5:43/km", "`5:43/km` means nothing"),
        ("- 10m Z2", "Z2", "`Z2` is a zone of power"),
        ("- 10m 75-80%", "75-80%", "`75-80%` is a share of the threshold power"),
        ("- stride", "stride", "this is not a step"),
        ("- 10m 60% MMP 5m", "5m", "`5m` means nothing"),
        ("- 10m freeride", "freeride", "`freeride` is not read here"),
    ],
)
def test_a_note_says_its_place(text, place, words):
    _, report = read(text)
    note = report.diagnostics[0]
    assert words in note.message
    assert note.span is not None
    assert (note.span.text, note.span.column) == (place, text.index(place) + 1)


@pytest.mark.parametrize(
    ("text", "seconds", "metres"),
    [
        ("1h", 3600, None),
        ("1h2m30s", 3750, None),
        ("1m30", 90, None),
        ("5'", 300, None),
        ('30"', 30, None),
        ("1'30\"", 90, None),
        ("2KM", None, 2000),
        ("500mtr", None, 500),
        ("4.5mi", None, 7242.05),
        ("100yrd", None, 91.44),
    ],
)
def test_amounts_of_the_grammar(text, seconds, metres):
    found, report = read(f"- {text}")
    assert found is not None
    assert (found.seconds, found.metres, report.diagnostics) == (seconds, metres, [])


@pytest.mark.parametrize("text", ["5 min", "3-4h", "90", "m", "km", "1h 0.km", "12345678901234567890s", "٣m"])
def test_what_is_no_amount_makes_no_step_or_is_no_part_of_it(text):
    found, report = read(f"- {text}")
    assert found is None or found.seconds == 3600
    assert report.diagnostics
