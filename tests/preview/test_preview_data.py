"""The JSON of a program: its keys are a promise."""

import json

import pytest
from hypothesis import given, settings

from negsplit.compile import runner_from_words
from negsplit.estimate.estimate import Estimate, Figure, estimate
from negsplit.model import Lap, Role, Sport, UntilHeartRate
from negsplit.preview.data import program_data
from negsplit.program.model import Band, Intensity, Jump, Program, ProgramStep, Quantity, WrittenAs, Zone
from negsplit.units import Distance, Duration
from strategies.examples import examples
from strategies.programs import programs

RUNNER = runner_from_words("5 km in 22:30")[0]
MISSING = Figure(None, None, None, "needs more")
UNKNOWN = Estimate(MISSING, MISSING, MISSING, ())


def data(*steps: ProgramStep | Jump):
    return program_data(Program("P", Sport.RUNNING, steps), UNKNOWN)["steps"]


def test_a_whole_program():
    written = WrittenAs(Role.WALK, effort=(3, 4))
    pace, power = Band(Quantity.SPEED, 3704, 4000), Zone(Quantity.POWER, 3)
    steps = (
        ProgramStep(Intensity.RECOVERY, Distance(40_000), pace, power, "Walk", "tall", written),
        ProgramStep(Intensity.ACTIVE, Duration(90_500)),
        Jump(0, 6),
    )
    program = Program("Name", Sport.TRACK_RUNNING, steps, "Notes")
    figures = Estimate(
        time=Figure(3600.4, 3500.5, 3700.6, "pace"),
        distance=Figure(9999.6, 9999.6, 9999.6, "as written"),
        load=Figure(74.2, 67.1, 82.0, "an hour"),
        zones=tuple(Figure(600.0 * n, 300.0 * n, 900.0 * n, "shares") for n in range(7)),
        guessed=True,
    )
    assert program_data(program, figures) == {
        "name": "Name",
        "sport": "track_running",
        "notes": "Notes",
        "estimate": {
            "seconds": 3600,
            "metres": 10_000,
            "load": 74,
            "zones": {"Z1": 0, "Z2": 600, "Z3": 1200, "Z4": 1800, "Z5a": 2400, "Z5b": 3000, "Z5c": 3600},
            "partial": True,
            "ranges": {
                "seconds": [3500, 3701],
                "metres": [10_000, 10_000],
                "load": [67, 82],
                "zones": {
                    "Z1": [0, 0],
                    "Z2": [300, 900],
                    "Z3": [600, 1800],
                    "Z4": [900, 2700],
                    "Z5a": [1200, 3600],
                    "Z5b": [1500, 4500],
                    "Z5c": [1800, 5400],
                },
            },
            "basis": {"seconds": "pace", "metres": "as written", "load": "an hour"},
        },
        "steps": [
            {
                "index": 0,
                "kind": "step",
                "intensity": "recovery",
                "role": "walk",
                "name": "Walk",
                "cue": "tall",
                "length": {"kind": "distance", "cm": 40_000},
                "target": {"kind": "speed", "unit": "mm/s", "low": 3704, "high": 4000},
                "second": {"kind": "power", "zone": 3},
                "effort": [3, 4],
            },
            {
                "index": 1,
                "kind": "step",
                "intensity": "active",
                "role": None,
                "name": "",
                "cue": "",
                "length": {"kind": "time", "ms": 90_500},
                "target": None,
                "second": None,
                "effort": None,
            },
            {"index": 2, "kind": "repeat", "from": 0, "times": 6},
        ],
    }


@pytest.mark.parametrize(
    ("length", "found"),
    [
        (Lap(), {"kind": "lap"}),
        (UntilHeartRate("below", 120), {"kind": "heart rate below", "bpm": 120}),
        (UntilHeartRate("above", 150), {"kind": "heart rate above", "bpm": 150}),
    ],
)
def test_lengths(length, found):
    assert data(ProgramStep(Intensity.ACTIVE, length))[0]["length"] == found


@pytest.mark.parametrize(
    ("target", "found"),
    [
        (Band(Quantity.HEART_RATE, 140, 150), {"kind": "heart rate", "unit": "bpm", "low": 140, "high": 150}),
        (Band(Quantity.POWER, 250, 270), {"kind": "power", "unit": "W", "low": 250, "high": 270}),
        (Band(Quantity.CADENCE, 170, 180), {"kind": "cadence", "unit": "spm", "low": 170, "high": 180}),
        (Zone(Quantity.HEART_RATE, 2), {"kind": "heart rate", "zone": 2}),
    ],
)
def test_targets(target, found):
    assert data(ProgramStep(Intensity.ACTIVE, Lap(), target))[0]["target"] == found


@pytest.mark.parametrize(
    ("until", "found"),
    [
        (Distance(1_000_000), {"until": {"kind": "distance", "cm": 1_000_000}}),
        (Duration(60_000), {"until": {"kind": "time", "ms": 60_000}}),
    ],
)
def test_repeats_until(until, found):
    assert (
        data(ProgramStep(Intensity.ACTIVE, Lap()), Jump(0, until))[1]
        == {"index": 1, "kind": "repeat", "from": 0} | found
    )


def test_an_unknown_length_is_null():
    found = program_data(Program("P", Sport.HIKING, ()), UNKNOWN)
    assert found["estimate"] == {
        "seconds": None,
        "metres": None,
        "load": None,
        "zones": {},
        "partial": False,
        "ranges": {"seconds": None, "metres": None, "load": None, "zones": {}},
        "basis": dict.fromkeys(("seconds", "metres", "load"), "needs more"),
    }


@settings(max_examples=examples(100), deadline=None)
@given(programs())
def test_any_program_is_plain_whole_data(program):
    found = program_data(program, estimate(program, RUNNER))
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert [step["index"] for step in found["steps"]] == list(range(len(program.steps)))

    def numbers(value):
        if isinstance(value, dict | list):
            for item in value.values() if isinstance(value, dict) else value:
                yield from numbers(item)
        elif isinstance(value, float):
            yield value

    assert not list(numbers(found))
