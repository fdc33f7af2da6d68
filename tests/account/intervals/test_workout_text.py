"""The double's parser makes of a text what the service was seen to make of it.

The pairs were captured by independent projects; the file is not ours to distribute, so it stands outside.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from account.intervals.double.workout_text import parse

CAPTURED = Path(__file__).parents[4] / "shared" / "data" / "intervals" / "parses.csv"


def rows() -> list[tuple[str, str]]:
    if not CAPTURED.is_file():
        return []
    with CAPTURED.open(encoding="utf-8", newline="") as file:
        return [(row["line"], row["came_back"]) for row in csv.DictReader(file)]


@pytest.mark.skipif(not CAPTURED.is_file(), reason="the captured parses are not here")
def test_every_captured_line_is_parsed_as_the_service_did():
    differ = [(line, came_back, parse(line)) for line, came_back in rows() if not agrees(line, came_back)]
    assert differ == []
    assert len(rows()) == 31


def agrees(line: str, came_back: str) -> bool:
    steps = parse(line if line.startswith("-") else f"- {line}")["steps"]
    if came_back == "(no step)":
        return steps == []
    (found,) = steps
    if came_back == "(no duration)":
        return "duration" not in found and "distance" not in found
    reported, _ = json.JSONDecoder().raw_decode(came_back)  # one row gives a second reading behind the first
    if reported.get("text") == "...":
        del reported["text"]
    if "distance" in reported and "duration" not in reported:
        found.pop("duration")
    return {key: found.get(key) for key in reported} == reported and targets(found) == targets(reported)


def targets(step: dict[str, Any]) -> set[str]:
    return {"pace", "hr", "power", "cadence", "ramp"} & step.keys()


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("4x\n- 400m\n- 1m", [{"reps": 4, "steps": [{"duration": 24000}, {"duration": 60}]}]),
        ("Main set 2x\n- 1m\n\n- 2m", [{"reps": 2, "steps": [{"duration": 60}]}, {"duration": 120}]),
        ("- 5m\n6x\n- 1m", [{"duration": 300}, {"duration": 60}]),
        ("6x\n\n- 1m", [{"duration": 60}]),
        ("- 4x\n  - 1m", [{"duration": 60}]),
        ("Warmup\n- 10m\n\n- 1m", [{"duration": 600, "warmup": True}, {"duration": 60}]),
        ("ÉCHAUFFEMENT\n- 10m", [{"duration": 600}]),
        ("- Press lap", []),
        ("- 5 min", []),
        ("- RPE 8 5m", [{"duration": 300, "text": "RPE 8"}]),
        ("- from 5m back 1m", [{"duration": 300, "text": "from"}]),
        ("- 1h2m30s", [{"duration": 3750}]),
        ("- 1'30\"", [{"duration": 90}]),
        ("- 1m30", [{"duration": 90}]),
        ("words only\n\n[negsplit:half/w01-tue#1a2b3c4d@5f3a]", []),
    ],
)
def test_what_the_guide_and_reports_say_of_blocks(text, steps):
    assert parse(text)["steps"] == steps


def test_the_totals_are_those_of_the_captured_document():
    """4 x (400 minutes, 1 minute), as somebody who meant metres got it: 96240 s and no distance."""
    found = parse("4x\n- 400m\n- 1m")
    assert (found["duration"], found["distance"]) == (96240, 0)
