"""The reader on hand-made files, on what the writer writes, and on real ones from a watch."""

import contextlib
import datetime as dt
from pathlib import Path

import garmin_fit_sdk
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.formats.fit import encode
from negsplit.formats.fit_program import to_program
from negsplit.formats.fit_reader import (
    MAX_BYTES,
    FitReadError,
    FitStep,
    ScheduledWorkout,
    read,
    read_file_id,
    read_schedule,
)
from strategies.examples import examples
from strategies.fit_bytes import STRING, UINT8, UINT16, file_id, fit, message, repeat, schedule, step, workout
from strategies.programs import programs

REAL = Path(__file__).parents[2].parent / "shared" / "data" / "fit"
NOTHING = dict.fromkeys(FitStep.__slots__) | {"name": "", "notes": "", "other": ()}


def test_reads_every_field():
    data = fit(
        file_id(),
        workout(1, wkt_description="Notes", sub_sport=3),
        step(
            0,
            wkt_step_name="Easy",
            notes="tall",
            intensity=2,
            duration_type=1,
            duration_value=100_000,
            target_type=0,
            custom_target_value_low=3704,
            custom_target_value_high=4000,
            secondary_target_type=3,
            secondary_target_value=0,
            secondary_custom_target_value_low=85,
            secondary_custom_target_value_high=90,
        ),
    )
    found = read(data)
    assert (found.name, found.sport, found.sub_sport, found.notes, found.num_valid_steps) == ("Tempo", 1, 3, "Notes", 1)
    assert found.steps == (FitStep(0, "Easy", "tall", 2, 1, 100_000, 0, 0, 3704, 4000, 3, 0, 85, 90),)
    file = found.file_id
    assert (file.type, file.manufacturer, file.product, file.serial_number) == (5, 1, 65534, 1234)
    assert file.created == dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def test_reads_what_watches_write():
    data = fit(
        file_id(order=">"),
        message(49, {"software_version": (0, UINT16)}, {"software_version": 1901}, ">"),
        workout(2, ">", wkt_name=b"7*1KM at LT pace", pool_length=2500),
        step(
            0,
            ">",
            wkt_step_name=b"Warm\0\xff\x80esidue\0\0\0\0",
            notes=b"\0" + b"\xfe" * 20,
            target_type=255,
            target_value=None,
            weight_display_unit=1,
            unknown_77=5,
        ),
        repeat(1, to=0, order=">", target_type=255, intensity=255),
        header=12,
        protocol=0x20,
    )
    found = read(data)
    assert found.name == "7*1KM at LT pace"
    assert found.other == (14,)
    first = {"index": 0, "name": "Warm", "intensity": 0, "duration_type": 0, "duration_value": 600_000, "other": (77,)}
    last = {"index": 1, "duration_type": 6, "duration_value": 0, "target_value": 3}
    assert found.steps == (FitStep(**NOTHING | first), FitStep(**NOTHING | last))


def test_missing_fields_are_none_and_empty():
    nothing = fit(message(0, {"type": (0, 0)}, {"type": 5}), message(26, {}, {}), message(27, {}, {}))
    found = read(nothing)
    assert (found.name, found.sport, found.notes, found.num_valid_steps) == ("", None, "", None)
    assert found.file_id.serial_number is found.file_id.created is None
    assert found.steps == (FitStep(**NOTHING),)


GOOD = fit(file_id(), workout(1), step(0))


DAMAGED = {
    "nothing": (b"", "byte 8: expected '.FIT', found 0 bytes in all"),
    "another format": (b"<?xml version='1.0'?>", "byte 8: expected '.FIT', found 'rsio'"),
    "a header of 13 bytes": (b"\x0d" + GOOD[1:], "byte 0: expected a header of 12 or 14 bytes, found 13"),
    "cut off": (GOOD[:40], "byte 39: expected 2 more bytes, found 1"),
    "half a checksum": (GOOD[:-1], f"byte {len(GOOD) - 2}: expected 2 more bytes, found 1"),
    "trailing bytes": (GOOD + bytes(3), f"byte {len(GOOD)}: expected the end of the file, found 3 more bytes"),
    "a changed header": (GOOD[:2] + b"\0" + GOOD[3:], "byte 12: expected checksum 0x"),
    "a changed checksum": (GOOD[:-2] + b"\1\2", f"byte {len(GOOD) - 2}: expected checksum 0x"),
    "too long": (
        GOOD + bytes(MAX_BYTES),
        f"byte {MAX_BYTES}: expected the end of the file, found {len(GOOD)} more bytes",
    ),
    "an activity": (fit(file_id(type=4)), "byte 35: expected file type 5 (workout), found 4 (activity)"),
    "no type": (fit(file_id(type=None)), "expected file type 5 (workout), found none"),
    "no file_id": (fit(workout(0)), "expected file_id first, found message 26"),
    "no message": (fit(), "expected file_id first, found no message"),
    "no workout": (fit(file_id()), "expected a workout message, found none"),
    "two workouts": (fit(file_id(), workout(0), workout(0)), "expected one workout, found another"),
    "a record nobody defined": (
        fit(file_id(), b"\x07\0"),
        "byte 49: expected a record that can be read, found one that makes no sense",
    ),
    "text for a number": (
        fit(file_id(), message(26, {"sport": (4, STRING)}, {"sport": "running"})),
        "expected a whole number in field 4 of message 26, found 'running'",
    ),
    "numbers for a text": (
        fit(file_id(), message(26, {"wkt_name": (8, UINT8)}, {"wkt_name": b"\1\2"})),
        "expected a text in field 8 of message 26, found (1, 2)",
    ),
    "a field twice": (
        fit(file_id(), message(26, {"a": (8, STRING), "b": (8, STRING)}, {"a": "one", "b": "two"})),
        "byte 49: expected field 8 of message 26 once, found it again",
    ),
}


@pytest.mark.parametrize(("data", "text"), DAMAGED.values(), ids=DAMAGED.keys())
def test_says_where_a_file_is_damaged_and_how(data, text):
    with pytest.raises(FitReadError) as error:
        read(data)
    assert text in str(error.value)
    assert str(error.value) == f"byte {error.value.offset}: expected {error.value.expected}, found {error.value.found}"


def test_every_shorter_file_is_an_error():
    for length in range(len(GOOD)):
        with pytest.raises(FitReadError):
            read(GOOD[:length])


Changes = st.lists(st.tuples(st.integers(0), st.integers(1, 255)), min_size=1, max_size=5)


@given(programs(max_steps=6), Changes, st.booleans())
@settings(max_examples=examples(150), deadline=None)
def test_a_damaged_file_raises_nothing_else(program, changes, repaired):
    data = bytearray(encode(program))
    for place, value in changes:
        data[place % len(data)] ^= value
    with contextlib.suppress(FitReadError):
        to_program(read(fit(bytes(data[14:-2])) if repaired else bytes(data)))


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_no_bytes_raise_anything_else(data):
    for damaged in (data, data[:8] + b".FIT" + data[12:], fit(data), fit(file_id(), data)):
        for reading in (read, read_schedule, read_file_id):
            with contextlib.suppress(FitReadError):
                reading(damaged)


def test_reads_a_schedule():
    seconds = (dt.datetime(2026, 12, 1, 6, 30) - dt.datetime(1989, 12, 31)).days * 86_400 + 6 * 3600 + 30 * 60
    data = fit(
        file_id(type=7),
        schedule(serial_number=5, time_created=1_136_160_000, completed=0, type=0, scheduled_time=seconds),
        schedule(serial_number=6, completed=1, type=1),
    )
    assert read_schedule(data) == [
        ScheduledWorkout(5, 1_136_160_000, dt.datetime(2026, 12, 1, 6, 30), completed=False, type=0),
        ScheduledWorkout(6, None, None, completed=True, type=1),
    ]
    assert read_schedule(fit(file_id(type=7))) == []
    with pytest.raises(FitReadError, match=r"expected file type 7 \(schedule\), found 5 \(workout\)"):
        read_schedule(GOOD)


def test_a_file_of_any_kind_says_what_it_is():
    recording = fit(file_id(type=4), bytes(MAX_BYTES))
    assert read_file_id(recording).type == 4
    with pytest.raises(FitReadError, match=r"found 4 \(activity\)"):
        read(recording)


def real_files(pattern):
    files = sorted(REAL.glob(pattern))
    if not files:
        pytest.skip("the sample files are not beside this checkout")
    return files


def in_official_terms(path):
    stream = garmin_fit_sdk.Stream.from_byte_array(bytearray(path.read_bytes()))
    messages, errors = garmin_fit_sdk.Decoder(stream).read(convert_types_to_strings=False)
    assert errors == []
    return messages


def first_text(value):
    return value[0] if isinstance(value, list) else value or ""


@pytest.mark.parametrize(("pattern", "count"), [("Workout*.fit", 4), ("fr935_[AGI]*.FIT", 18)])
def test_reads_real_files_as_garmins_decoder_does(pattern, count):
    files = real_files(pattern)
    assert len(files) == count
    for path in files:
        found, expected = read(path.read_bytes()), in_official_terms(path)
        (workout_message,) = expected["workout_mesgs"]
        assert found.name == first_text(workout_message.get("wkt_name"))
        assert (found.sport, found.sub_sport) == (workout_message.get("sport"), workout_message.get("sub_sport"))
        assert found.num_valid_steps == workout_message["num_valid_steps"]
        assert found.file_id.serial_number == expected["file_id_mesgs"][0].get("serial_number")
        steps = expected["workout_step_mesgs"]
        for field, official in {
            "index": "message_index",
            "intensity": "intensity",
            "duration_type": "duration_type",
            "duration_value": "duration_value",
            "target_type": "target_type",
            "target_value": "target_value",
            "custom_low": "custom_target_value_low",
            "custom_high": "custom_target_value_high",
        }.items():
            assert [getattr(s, field) for s in found.steps] == [s.get(official) for s in steps], (path.name, field)


def test_reads_a_real_schedule():
    (path,) = real_files("fr935_SCHEDULE.FIT")
    assert read_schedule(path.read_bytes()) == []
    assert read_file_id(path.read_bytes()).type == 7
