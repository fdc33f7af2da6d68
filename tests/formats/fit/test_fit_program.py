"""What workout files mean: everything comes back, and what cannot be said is said to be left out."""

import pytest
from hypothesis import given, settings

from negsplit.formats.fit.program import to_program
from negsplit.formats.fit.read import read
from negsplit.formats.fit.write import encode
from negsplit.model import Lap, Sport, UntilHeartRate
from negsplit.program.model import Band, Intensity, Jump, Program, ProgramStep, Quantity, Zone
from negsplit.program.outline import DEEPEST, in_order
from negsplit.units import Distance, Duration
from strategies.examples import examples
from strategies.fit_bytes import file_id, fit, repeat, step, workout
from strategies.programs import programs


@given(programs())
@settings(max_examples=examples(80), deadline=None)
def test_what_is_written_comes_back(program):
    assert to_program(read(encode(program))) == (program, [])


def meaning(**values):
    """The one step of a file, and the notes on it."""
    program, notes = to_program(read(fit(file_id(), workout(1), step(0, **values))))
    (found,) = program.steps
    return found, [note.removeprefix("step 1: ") for note in notes]


def custom(kind, low, high, value=0):
    return {
        "target_type": kind,
        "target_value": value,
        "custom_target_value_low": low,
        "custom_target_value_high": high,
    }


@pytest.mark.parametrize(
    ("values", "length", "note"),
    [
        ({"duration_type": 5, "duration_value": None}, Lap(), None),
        ({"duration_type": 2, "duration_value": 220}, UntilHeartRate("below", 120), None),
        ({"duration_type": 3, "duration_value": 250}, UntilHeartRate("above", 150), None),
        ({"duration_type": 28}, Duration(600_000), "duration repetition time is read as time"),
        (
            {"duration_type": 2, "duration_value": 70},
            Lap(),
            "duration hr less than 70 % of the maximum is read as until the lap button",
        ),
        (
            {"duration_type": 4, "duration_value": 300},
            Lap(),
            "duration calories 300 is read as until the lap button",
        ),
        (
            {"duration_type": 77, "duration_value": 3},
            Lap(),
            "duration number 77 3 is read as until the lap button",
        ),
        (
            {"duration_value": None},
            Lap(),
            "duration time without a number is read as until the lap button",
        ),
        ({"duration_type": None}, Lap(), "no duration type; read as until the lap button"),
    ],
)
def test_durations(values, length, note):
    found, notes = meaning(**values)
    assert found.length == length
    assert notes == ([note] if note else [])


@pytest.mark.parametrize(
    ("values", "target", "note"),
    [
        ({"target_type": None}, None, None),
        ({"target_type": 255}, None, None),
        (custom(0, 3704, 4000), Band(Quantity.SPEED, 3704, 4000), None),
        (custom(1, 240, 250), Band(Quantity.HEART_RATE, 140, 150), None),
        (custom(3, 85, 90), Band(Quantity.CADENCE, 170, 180), None),
        (custom(4, 1250, 1270), Band(Quantity.POWER, 250, 270), None),
        (custom(1, 240, 250, value=None), Band(Quantity.HEART_RATE, 140, 150), None),
        (custom(1, 0, 0, value=3), Zone(Quantity.HEART_RATE, 3), None),
        ({"target_type": 4, "target_value": 7}, Zone(Quantity.POWER, 7), None),
        ({"target_type": 7, "target_value": 3}, Zone(Quantity.POWER, 3), "target power 3s is read as power"),
        (custom(12, 3000, 3100), Band(Quantity.SPEED, 3000, 3100), "target speed lap is read as speed"),
        (custom(0, 4000, 3704), Band(Quantity.SPEED, 3704, 4000), "speed 4000 to 3704 is read the other way round"),
        (custom(1, 233, 246, value=2), Zone(Quantity.HEART_RATE, 2), "the range 233 to 246 beside zone 2 is left out"),
        (custom(1, 70, 80), None, "heart rate 70 to 80, a share of the runner's own maximum, is left out"),
        (custom(4, 95, 1250), None, "power 95 to 1250, a share of the runner's own maximum, is left out"),
        (custom(0, 0, 3000), None, "speed 0 to 3000, which has no low end, is left out"),
        (custom(0, None, 3000), None, "target speed without a zone or a range is left out"),
        ({"target_type": 1, "target_value": 9}, None, "heart rate zone 9 is left out"),
        ({"target_type": 0, "target_value": 4}, None, "speed zone 4 is left out"),
        ({"target_type": 11, "target_value": 255}, None, "target swim stroke 255 is left out"),
        (custom(5, 4, 6), None, "target grade 4 to 6 is left out"),
        ({"target_type": 99, "target_value": 1}, None, "target number 99 1 is left out"),
    ],
)
def test_targets(values, target, note):
    found, notes = meaning(**values)
    assert found.target == target
    assert notes == ([note] if note else [])


def test_second_targets():
    found, notes = meaning(
        target_type=1,
        target_value=2,
        secondary_target_type=8,
        secondary_target_value=0,
        secondary_custom_target_value_low=1250,
        secondary_custom_target_value_high=1270,
    )
    assert (found.target, found.second) == (Zone(Quantity.HEART_RATE, 2), Band(Quantity.POWER, 250, 270))
    assert notes == ["target power 10s is read as power"]


@pytest.mark.parametrize(
    ("number", "intensity", "note"),
    [
        (4, Intensity.RECOVERY, None),
        (None, Intensity.ACTIVE, None),
        (5, Intensity.ACTIVE, "intensity 5 (interval) is read as active"),
        (9, Intensity.ACTIVE, "intensity 9 (unknown) is read as active"),
    ],
)
def test_intensities(number, intensity, note):
    found, notes = meaning(intensity=number)
    assert found.intensity is intensity
    assert notes == ([note] if note else [])


def test_fields_a_step_does_not_have():
    assert meaning(equipment=3, weight_display_unit=1, unknown_77=1)[1] == [
        "field equipment is left out",
        "field number 77 is left out",
    ]


@pytest.mark.parametrize(
    ("values", "sport", "note"),
    [
        ({"sport": 1, "sub_sport": 0}, Sport.RUNNING, None),
        ({"sport": 1, "sub_sport": 3}, Sport.TRAIL_RUNNING, None),
        ({"sport": 17}, Sport.HIKING, None),
        ({"sport": 11, "sub_sport": 27}, Sport.WALKING, "sub-sport 27 is left out; read as walking"),
        ({"sport": 2}, Sport.RUNNING, "sport 2 (cycling) is read as running"),
        ({"sport": 88, "sub_sport": 5}, Sport.RUNNING, "sport 88 (not on foot) is read as running"),
        ({"sport": None}, Sport.RUNNING, "no sport; read as running"),
        ({"pool_length": 2500}, Sport.RUNNING, "field pool length is left out"),
    ],
)
def test_workouts(values, sport, note):
    program, notes = to_program(read(fit(file_id(), workout(1, **values), step(0))))
    assert program.sport is sport
    assert notes == ([note] if note else [])


def repeats(*records, count=None):
    """What follows the first three steps of a file, and the notes on it."""
    steps = (step(0), step(1), step(2), *records)
    program, notes = to_program(read(fit(file_id(), workout(len(steps) if count is None else count), *steps)))
    assert all(isinstance(item, ProgramStep) for item in program.steps[:3])
    return program.steps[3:], notes


def test_repeats():
    assert repeats(repeat(3, to=1), repeat(4, to=0)) == ((Jump(1, 3), Jump(0, 3)), [])
    assert repeats(repeat(3, to=1, count=90_000, duration_type=7)) == ((Jump(1, Duration(90_000)),), [])
    assert repeats(repeat(3, to=1, count=90_000, duration_type=8)) == ((Jump(1, Distance(90_000)),), [])


@pytest.mark.parametrize(
    ("record", "note"),
    [
        (
            repeat(3, to=1, count=180, duration_type=11),
            "repeat until hr greater than 180 is left out; its steps are read once",
        ),
        (repeat(3, to=1, count=0), "repeat until steps cmplt 0 is left out; its steps are read once"),
        (
            repeat(3, to=1, count=None),
            "repeat until steps cmplt without a number is left out; its steps are read once",
        ),
        (repeat(3, to=7), "a repeat from index 7, where no block before it starts, is left out"),
        (repeat(3, to=3), "a repeat from index 3, where no block before it starts, is left out"),
        (repeat(3, to=None), "a repeat from index None, where no block before it starts, is left out"),
    ],
)
def test_repeats_that_cannot_be_said(record, note):
    assert repeats(record) == ((), [f"step 4: {note}"])


def test_a_repeat_left_out_moves_no_other():
    found, notes = repeats(repeat(3, to=1, count=300, duration_type=9), step(4), repeat(5, to=4), repeat(6, to=1))
    assert found[1:] == (Jump(3, 3), Jump(1, 3))
    assert notes == ["step 4: repeat until calories 300 is left out; its steps are read once"]


def test_crossing_repeats():
    found, notes = repeats(repeat(3, to=0), step(4), repeat(5, to=1))
    assert found[0] == Jump(0, 3)
    assert notes == ["step 6: a repeat from index 1, where no block before it starts, is left out"]


def test_repeats_deeper_than_any_reader_goes_are_left_out():
    found, notes = repeats(*[repeat(place, to=0) for place in range(3, 3 + DEEPEST + 2)])
    assert found == (Jump(0, 3),) * DEEPEST
    said = f"repeats nest at most {DEEPEST} deep: this one is left out"
    assert notes == [f"step {4 + DEEPEST}: {said}", f"step {5 + DEEPEST}: {said}"]
    assert (
        len(list(in_order(Program("T", Sport.RUNNING, (ProgramStep(Intensity.ACTIVE, Lap()), *found))))) == 1 + DEEPEST
    )


def test_the_text_of_a_repeat():
    assert repeats(repeat(3, to=1, wkt_step_name="Rep"))[1] == ["step 4: the text of a repeat, 'Rep', is left out"]


def test_steps_go_by_their_index():
    records = (step(1, wkt_step_name="second"), step(0, wkt_step_name="first"))
    program, notes = to_program(read(fit(file_id(), workout(2), *records)))
    assert [found.name for found in program.steps] == ["first", "second"]
    assert notes == []


@pytest.mark.parametrize("index", [None, 0])
def test_steps_without_an_index_of_their_own_go_as_they_stand(index):
    program, notes = to_program(read(fit(file_id(), workout(3), step(0), step(index), repeat(2, to=1))))
    assert program.steps[2] == Jump(1, 3)
    assert notes == ["not every step has an index of its own; read in the order of the file"]


def test_a_wrong_number_of_steps():
    assert repeats(repeat(3, to=1), count=3)[1] == ["the file says it holds 3 steps and holds 4"]
