"""A small plan with a bit of everything, and what stands in the folder that it is compiled to."""

from __future__ import annotations

import json
from pathlib import Path

import icalendar

ATHLETE = ("--athlete", "5 km in 22:30")
START = "start: 2026-11-30"
PLAN = """\
plan: Spring half
id: spring
start: 2026-11-30
weeks: 4
sessions:
  - on: tue
    time: 06:30
    name: Tempo
    notes: Hold back.
    tags: [key, fast]
    steps: ["warmup 10 min @ easy", "$n x(1 km @ threshold -- tall, 1 min)"]
    with: {n: 2 -> 5}
  - on: thu
    steps: run $total @ easy
    with: {total: 30 min -> 45 min}
  - weeks: 4
    on: sun
    race: Spring Half
    name: The race
    time: 10:00
  - on: mon
    rest: sleep
  - {weeks: 2, on: wed, cross: 45 min bike}
  - {weeks: 3, on: fri, note: Buy gels}
"""


def contents(folder: str | Path) -> dict[str, bytes]:
    """Every file of a folder, by name."""
    return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}


def workouts(folder: str | Path) -> list[str]:
    return [name for name in contents(folder) if name.endswith(".fit")]


def manifest(folder: str | Path = "spring") -> dict[str, object]:
    return json.loads((Path(folder) / "manifest.json").read_text(encoding="utf-8"))


def events(folder: str | Path = "spring") -> dict[str, icalendar.Event]:
    """The events of the calendar, by their UID."""
    (found,) = icalendar.Calendar.from_ical((Path(folder) / "plan.ics").read_bytes(), multiple=True)
    assert not found.errors
    return {str(event["UID"]): event for event in found.walk("VEVENT")}
