"""Texts that people write, as programs; the numbers of paces are 1000 m by the seconds written."""

import pytest

from negsplit.diagnostics import Severity, Source
from negsplit.formats.intervals.read import Settings, program
from negsplit.model import Lap, Sport
from negsplit.program.model import Band, Intensity, Jump, Program, ProgramStep, Quantity, Zone
from negsplit.units import Distance, Duration

RUN = ProgramStep(Intensity.ACTIVE, Duration(600_000))
KNOWN = Settings(lthr=170, max_hr=188, threshold_mps=4.0, ftp=300)


def read(text, settings=KNOWN):
    return program(Source("x.txt", text), "T", Sport.RUNNING, settings)


def test_a_whole_workout():
    found, notes = read(
        "Run tall.\n\n- 15m Z2 HR intensity=warmup\n\n5x\n- fast 0.8km 4:10-4:00/km Pace\n- Press lap 2m"
    )
    assert notes == ()
    assert found == Program(
        "T",
        Sport.RUNNING,
        (
            ProgramStep(Intensity.WARMUP, Duration(900_000), Zone(Quantity.HEART_RATE, 2)),
            ProgramStep(Intensity.ACTIVE, Distance(80_000), Band(Quantity.SPEED, 4000, 4167), cue="fast"),
            ProgramStep(Intensity.ACTIVE, Lap()),
            Jump(1, 5),
        ),
        "Run tall.",
    )


@pytest.mark.parametrize(
    ("target", "meant"),
    [
        ("5:00-4:10/km Pace", Band(Quantity.SPEED, 3333, 4000)),
        ("4:10-5:00/km pace", Band(Quantity.SPEED, 3333, 4000)),
        ("4:30-1:23/km Pace", Band(Quantity.SPEED, 3704, 12_000)),
        ("8:00/mi Pace", Band(Quantity.SPEED, 3353, 3353)),
        ("95-100% Pace", Band(Quantity.SPEED, 3800, 4000)),
        ("87-92% LTHR", Band(Quantity.HEART_RATE, 148, 156)),
        ("50-75% HR", Band(Quantity.HEART_RATE, 94, 141)),
        ("Z3 HR", Zone(Quantity.HEART_RATE, 3)),
        ("Z3", Zone(Quantity.POWER, 3)),
        ("75%", Band(Quantity.POWER, 225, 225)),
        ("220w", Band(Quantity.POWER, 220, 220)),
    ],
)
def test_targets(target, meant):
    found, notes = read(f"- 10m {target}")
    assert found.steps[0].target == meant
    assert [one.severity for one in notes] == ([Severity.NOTE] if target in ("Z3", "75%") else [])


def test_a_cadence_is_of_both_feet():
    found, _ = read("- 10m 5:00-4:10/km Pace 85-90rpm")
    assert found.steps[0].second == Band(Quantity.CADENCE, 170, 180)
    found, _ = read("- 10m 90-85rpm")
    assert found.steps[0].target == Band(Quantity.CADENCE, 170, 180)


@pytest.mark.parametrize(
    ("line", "words", "help"),
    [
        ("10m 87-92% LTHR", "%lthr is left out", "threshold heart rate of the runner"),
        ("10m 95-100% Pace", "%pace is left out", "threshold pace of the runner"),
        ("10m 5:00 Pace", "secs is left out", "write `/km` after it"),
        ("10m Z2 Pace", "pace_zone is left out", ""),
        ("10m Z1-Z3 HR", "hr_zone is left out", ""),
        ("10m 0:30/km Pace", "secs/km is left out", ""),
        ("10m ramp 50-80w", "a ramp is read as", ""),
        ("10m intensity=other", "`other` is read as active", ""),
        ("10m 5:00/km Pace 200w Z2 HR", "the others are left out", ""),
        ("0s", "until the lap button", ""),
        ("10m 5:00/km Pace 900rpm", "nobody runs at a cadence of 900 to 900 rpm", ""),
    ],
)
def test_what_a_program_cannot_hold_is_said_at_its_line(line, words, help):
    found, notes = read(f"- 5m\n- {line}", Settings())
    assert len(found.steps) == 2
    [note] = [one for one in notes if words in one.message]
    assert (note.span.line, note.span.text.strip()) == (2, line)
    assert help in " ".join(note.help)


@pytest.mark.parametrize("text", ["", "Rest today.", "- stretch", "6x", "0x\n\n"])
def test_a_text_without_a_step_is_an_error(text):
    found, notes = read(text)
    assert found is None
    assert notes[-1].code == "empty"
    assert notes[-1].severity is Severity.ERROR
