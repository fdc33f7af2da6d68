"""The rules on hand-made files: one case a way to break them, and none against what is right."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.formats.fit.verify import verify
from negsplit.formats.fit.write import encode
from strategies.examples import examples
from strategies.fit_bytes import STRING, UINT16, file_id, fit, message, repeat, step, workout
from strategies.programs import programs

RIGHT = {
    "simple": fit(file_id(), workout(2), step(0), step(1)),
    "repeat": fit(file_id(), workout(3), step(0), step(1), repeat(2, to=1)),
    "nested repeat": fit(
        file_id(), workout(5), step(0), step(1), repeat(2, to=1), repeat(3, to=0), step(4, wkt_step_name="Easy")
    ),
    "a repeat of a repeat": fit(file_id(), workout(3), step(0), repeat(1, to=0), repeat(2, to=0)),
    "repetition time": fit(file_id(), workout(1), step(0, duration_type=28, duration_value=30_000)),
    "lap button": fit(file_id(), workout(1), step(0, duration_type=5, duration_value=None)),
    "invalid duration value with lap button": fit(
        file_id(), workout(1), step(0, duration_type=5, duration_value=0xFFFFFFFF)
    ),
    "heart rate": fit(
        file_id(),
        workout(1),
        step(0, target_type=1, custom_target_value_low=240, custom_target_value_high=250),
    ),
    "zone": fit(file_id(), workout(1), step(0, target_type=1, target_value=5)),
    "until heart rate": fit(file_id(), workout(1), step(0, duration_type=2, duration_value=220)),
    "repeat until": fit(file_id(), workout(2), step(0), repeat(1, to=0, count=1_000_000, duration_type=8)),
    "two targets": fit(
        file_id(), workout(1), step(0, target_type=1, target_value=2, secondary_target_type=4, secondary_target_value=7)
    ),
    "a file_creator between": fit(
        file_id(), message(49, {"software_version": (0, UINT16)}, {"software_version": 1}), workout(1), step(0)
    ),
    "fifty steps": fit(file_id(), workout(50), *map(step, range(50))),
    "a long name": fit(file_id(), workout(1, wkt_name="n" * 254), step(0)),
    "trail": fit(file_id(), workout(1, sub_sport=3), step(0)),
}


def custom(kind: int, low: int | None, high: int | None, value: int | None = 0) -> bytes:
    target = {"custom_target_value_low": low, "custom_target_value_high": high}
    return fit(file_id(), workout(1), step(0, target_type=kind, target_value=value, **target))


WRONG = {
    # from the list of files that public decoders let pass
    "a count without the repeat": (fit(file_id(), workout(2), step(0), step(1), repeat(2, to=1)), "num_valid_steps 3"),
    "no workout": (fit(file_id(), step(0)), "one workout"),
    "no steps": (fit(file_id(), workout(0)), "at least one step"),
    "a count too big": (fit(file_id(), workout(9), step(0)), "num_valid_steps 1, found 9"),
    "a repeat out of range": (fit(file_id(), workout(2), step(0), repeat(1, to=7)), "before step 1, found 7"),
    "a repeat of itself": (fit(file_id(), workout(2), step(0), repeat(1, to=1)), "before step 1, found 1"),
    "a repeat count of 0": (fit(file_id(), workout(2), step(0), repeat(1, to=0, count=0)), "repetitions, found 0"),
    "no message_index": (fit(file_id(), workout(1), step(None)), "message_index 0, found none"),
    "message_index twice": (fit(file_id(), workout(2), step(0), step(0)), "message_index 1, found 0"),
    "a gap in message_index": (fit(file_id(), workout(2), step(0), step(2)), "message_index 1, found 2"),
    "steps before the workout": (fit(file_id(), step(0), workout(1)), "the workout before its steps"),
    "file_id not first": (fit(workout(1), file_id(), step(0)), "file_id first, found message 26"),
    "an activity": (fit(file_id(type=4), workout(1), step(0)), "file type 5 (workout), found 4"),
    "serial 0": (fit(file_id(serial_number=0), workout(1), step(0)), "serial number from 1"),
    "no time_created": (fit(file_id(time_created=None), workout(1), step(0)), "a time, found none"),
    "no serial": (fit(file_id(serial_number=None), workout(1), step(0)), "serial number from 1"),
    "no sport": (fit(file_id(), workout(1, sport=None), step(0)), "running (1)"),
    "no name": (fit(file_id(), workout(1, wkt_name=None), step(0)), "a name, found none"),
    "speed low above high": (custom(0, 4000, 3704), "at most the high end"),
    "speed in m/s": (custom(0, 3, 4), "500 to 12000 mm/s, found 3"),
    "heart rate in per cent": (custom(1, 85, 95), "130 to 320 bpm + 100, found 85"),
    "heart rate zone 9": (fit(file_id(), workout(1), step(0, target_type=1, target_value=9)), "a zone from 1 to 5"),
    "0 s": (fit(file_id(), workout(1), step(0, duration_value=0)), "1000 to 86400000 ms, found 0"),
    "an invalid duration": (fit(file_id(), workout(1), step(0, duration_value=0xFFFFFFFF)), "ms, found none"),
    "intensity 99": (fit(file_id(), workout(1), step(0, intensity=99)), "an intensity from 0 to 6, found 99"),
    "duration type 99": (fit(file_id(), workout(1), step(0, duration_type=99)), "a duration type of the profile"),
    "target type 99": (fit(file_id(), workout(1), step(0, target_type=99)), "a target type of the profile"),
    "a name beyond ASCII": (fit(file_id(), workout(1, wkt_name=b"Gr\xf6\xdfe\0"), step(0)), "printable ASCII"),
    "a name without NUL": (fit(file_id(), workout(1, wkt_name=b"Tempo"), step(0)), "nothing but NUL after it"),
    "251 steps": (fit(file_id(), workout(251), *map(step, range(251))), "at most 250 steps, found 251"),
    # more of the same rules
    "an empty name": (fit(file_id(), workout(1, wkt_name=b"\0\0"), step(0)), "a name"),
    "serial 0xFFFFFFFF": (fit(file_id(serial_number=0xFFFFFFFF), workout(1), step(0)), "serial number from 1"),
    "no manufacturer": (fit(file_id(manufacturer=None), workout(1), step(0)), "a manufacturer"),
    "no product": (fit(file_id(product=None), workout(1), step(0)), "a product"),
    "two file_ids": (fit(file_id(), file_id(), workout(1), step(0)), "one file_id, found another"),
    "two workouts": (fit(file_id(), workout(1), workout(1), step(0)), "one workout, found 2"),
    "cycling": (fit(file_id(), workout(1, sport=2), step(0)), "running (1)"),
    "road cycling for a run": (fit(file_id(), workout(1, sub_sport=7), step(0)), "a sub-sport of sport 1, found 7"),
    "a repeat count of 1": (fit(file_id(), workout(2), step(0), repeat(1, to=0, count=1)), "repetitions, found 1"),
    "a repeat without a count": (fit(file_id(), workout(2), step(0), repeat(1, to=0, count=None)), "found none"),
    "a repeat first": (fit(file_id(), workout(2), repeat(0, to=0), step(1)), "before step 0"),
    "crossing repeats": (
        fit(file_id(), workout(5), step(0), step(1), repeat(2, to=0), step(3), repeat(4, to=1)),
        "crosses no other repeat, found 1",
    ),
    "a repeat that starts at a repeat": (
        fit(file_id(), workout(4), step(0), repeat(1, to=0), step(2), repeat(3, to=1)),
        "crosses no other repeat, found 1",
    ),
    "repeat until 1 m": (fit(file_id(), workout(2), step(0), repeat(1, to=0, count=100, duration_type=8)), "cm, found"),
    "5 m": (fit(file_id(), workout(1), step(0, duration_type=1, duration_value=500)), "cm, found 500"),
    "until 20 bpm": (fit(file_id(), workout(1), step(0, duration_type=2, duration_value=120)), "bpm + 100, found 120"),
    "an amount and the lap button": (fit(file_id(), workout(1), step(0, duration_type=5)), "no amount"),
    "no target type": (fit(file_id(), workout(1), step(0, target_type=255)), "a target type of the profile"),
    "no intensity": (fit(file_id(), workout(1), step(0, intensity=None)), "an intensity"),
    "power without its offset": (custom(4, 250, 270), "1001 to 3000 W + 1000, found 250"),
    "cadence of both feet": (custom(3, 170, 180), "30 to 150 revolutions a minute, found 170"),
    "half a range": (custom(1, 240, None), "found none"),
    "a range and a zone": (custom(1, 240, 250, value=3), "target_value 0 beside a custom range"),
    "neither range nor zone": (custom(1, None, None), "or a custom range"),
    "a second target out of range": (
        fit(file_id(), workout(1), step(0, secondary_target_type=1, secondary_target_value=6)),
        "a zone from 1 to 5",
    ),
    "a second target without a type": (
        fit(file_id(), workout(1), step(0, secondary_custom_target_value_low=240)),
        "a target type of the profile",
    ),
    "rubbish after the NUL": (fit(file_id(), workout(1), step(0, notes=b"go\0residue")), "nothing but NUL after it"),
    "a step name of 16 bytes": (fit(file_id(), workout(1), step(0, wkt_step_name="n" * 16)), "at most 15 bytes"),
    "notes of 200 bytes": (fit(file_id(), workout(1), step(0, notes="n" * 200)), "at most 199 bytes"),
    "a line end in notes": (fit(file_id(), workout(1), step(0, notes="a\nb")), "printable ASCII"),
    "big-endian": (fit(file_id(order=">"), workout(1), step(0)), "a little-endian definition"),
    "protocol 2.0": (fit(file_id(), workout(1), step(0), protocol=0x20), "byte 1: expected protocol 1.0, found 2.0"),
    "a header of 12 bytes": (fit(file_id(), workout(1), step(0), header=12), "byte 0: expected a header of 14 bytes"),
    "a wrong size": (fit(file_id(), workout(1), step(0), size=5), "bytes of records, found 5"),
    "a sport of two bytes": (
        fit(file_id(), message(26, {"sport": (4, UINT16)}, {"sport": 1}), step(0)),
        "field 4 as type 0x00, found 2 bytes of 0x84",
    ),
    "a number as text": (
        fit(file_id(), workout(1), message(27, {"duration_type": (1, STRING)}, {"duration_type": "0"})),
        "field 1 as type 0x00",
    ),
    "a field twice": (
        fit(file_id(), message(26, {"a": (4, 0), "b": (4, 0)}, {"a": 1, "b": 1}), step(0)),
        "field 4 of message 26 once",
    ),
    "nothing": (b"", "a header and a checksum of 16 bytes, found 0"),
    "no record": (fit(), "a file_id, a workout and its steps"),
    "another file": (b"<?xml version='1.0'?>", "'.FIT'"),
    "a record nobody defined": (fit(file_id(), b"\x05\x00"), "a definition, or a record that has one"),
    "a definition cut off": (fit(file_id(), workout(1)[:9]), "a little-endian definition of"),
    "a record cut off": (fit(file_id()[:-3]), "a record of"),
}


@pytest.mark.parametrize("data", RIGHT.values(), ids=RIGHT.keys())
def test_keeps_quiet_about_a_file_that_is_right(data):
    assert verify(data) == []


@pytest.mark.parametrize(("data", "fault"), WRONG.values(), ids=WRONG.keys())
def test_finds_what_is_wrong(data, fault):
    faults = verify(data)
    assert any(fault in found for found in faults), faults
    assert all(found.startswith("byte ") for found in faults)


def test_every_flipped_bit_of_a_file_shows():
    data = fit(file_id(), workout(2), step(0, wkt_step_name="Easy"), repeat(1, to=0))
    for place in range(len(data)):
        for bit in range(8):
            mutated = bytearray(data)
            mutated[place] ^= 1 << bit
            assert verify(bytes(mutated)), f"byte {place}, bit {bit}"


def test_a_fault_names_the_byte_of_its_field():
    data = fit(file_id(), workout(1), step(0, intensity=99))
    (fault,) = verify(data)
    assert data[int(fault.removeprefix("byte ").partition(":")[0])] == 99


def test_limits_are_those_of_the_watch():
    data = fit(file_id(), workout(2), step(0, wkt_step_name="n" * 20, notes="n" * 240), step(1))
    assert len(verify(data)) == 2
    assert verify(data, max_step_name=20, max_notes=240) == []
    assert len(verify(data, max_steps=1, max_step_name=20, max_notes=240)) == 1


@given(programs())
@settings(max_examples=examples(60), deadline=None)
def test_keeps_quiet_about_what_the_writer_writes(program):
    assert verify(encode(program)) == []


@given(st.binary(max_size=200))
def test_never_raises_on_any_bytes(data):
    assert verify(data)
    assert verify(data[:8] + b".FIT" + data[12:])


@given(
    programs(max_steps=5), st.lists(st.tuples(st.integers(0), st.integers(1, 255)), min_size=1, max_size=4), st.data()
)
@settings(max_examples=examples(80), deadline=None)
def test_never_raises_on_a_damaged_file_whose_checksums_are_right(program, changes, data):
    body = bytearray(encode(program)[14:-2])
    for place, value in changes:
        body[place % len(body)] ^= value
    verify(fit(bytes(body)))
    verify(fit(bytes(body[: data.draw(st.integers(0, len(body)))])))
