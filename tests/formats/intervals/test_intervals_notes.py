"""Every note on a text, and every refusal of a program, as people read them: ``notes.txt`` has them word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from negsplit.diagnostics import Report, Source, render
from negsplit.formats.intervals.meaning import meant
from negsplit.formats.intervals.read import Settings, program
from negsplit.model import Sport
from negsplit.program.model import Band, Intensity, Jump, Program, ProgramStep, Quantity
from negsplit.units import Distance, Duration

EXPECTED = Path(__file__).with_name("notes.txt")
TEXT = """\
6x

- 10m
Main set 3x
- 4x
-10m
  - 400m Z2
- 5m 145 bpm
- 10m 5:43/km
- 10m 87-92% LTHR
- 10m 5:00 Pace
- 10m ramp 50-80w
- 10m intensity=other
- 10m 5:00/km Pace 200w Z2 HR
- 0s
"""
RUN = ProgramStep(Intensity.ACTIVE, Duration(600_000))
HEART_RATE = ProgramStep(Intensity.ACTIVE, Duration(600_000), Band(Quantity.HEART_RATE, 148, 156))


def test_notes_are_as_people_read_them(request: pytest.FixtureRequest) -> None:
    found = [*program(Source("x.txt", TEXT), "T", Sport.RUNNING, Settings())[1]]
    found += program(Source("x.txt", "Rest today."), "T")[1]
    for steps in ((RUN, Jump(0, 2), Jump(0, 3)), (RUN, Jump(0, Distance(1_000_000))), (HEART_RATE, HEART_RATE)):
        report = Report()
        assert meant(Program("T", Sport.RUNNING, steps), None, report) is None
        found += report.diagnostics
    said = "\n".join(map(render, found)) + "\n"
    if request.config.getoption("--update"):
        EXPECTED.write_text(said, encoding="utf-8")
    assert said == EXPECTED.read_text(encoding="utf-8")
