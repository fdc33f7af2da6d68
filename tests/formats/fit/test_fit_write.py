"""The writer, judged by the bytes themselves and by two decoders that are not ours."""

import dataclasses
import datetime as dt
import struct

import fitdecode
import garmin_fit_sdk
import pytest
from hypothesis import given, settings

from negsplit.formats.fit.write import encode
from negsplit.model import Lap, Role, Sport, UntilHeartRate
from negsplit.program.model import Band, Intensity, Jump, Program, ProgramStep, Quantity, WrittenAs, Zone
from negsplit.units import Distance, Duration
from strategies.examples import examples
from strategies.programs import programs

SMALL = Program(
    "Repeats",
    Sport.RUNNING,
    (
        ProgramStep(Intensity.WARMUP, Lap(), name="Easy"),
        ProgramStep(Intensity.ACTIVE, Distance(100_000), Band(Quantity.SPEED, 3704, 4000), name="5k", cue="tall"),
        ProgramStep(Intensity.RECOVERY, Duration(90_000), Zone(Quantity.HEART_RATE, 2), name="Jog"),
        Jump(1, 5),
    ),
)
SMALL_BYTES = """
0e 10 9308 f9000000 2e464954 3d19
40 00 00 0000 05 000100 010284 020284 03048c 040486
00 05 0100 feff 1c2c2f6e 006db843
43 00 00 3100 02 000284 010102
03 1a00 00
41 00 00 1a00 04 080807 040100 05048c 060284
01 5265706561747300 01 20000000 0400
42 00 00 1b00 0a fe0284 000507 010100 020486 030100 040486 050486 060486 070100 080507
02 0000 4561737900 05 ffffffff 02 00000000 ffffffff ffffffff 02 0000000000
02 0100 356b000000 01 a0860100 00 00000000 780e0000 a00f0000 00 74616c6c00
02 0200 4a6f670000 00 905f0100 01 02000000 ffffffff ffffffff 04 0000000000
02 0300 0000000000 06 01000000 ff 05000000 ffffffff ffffffff ff 0000000000
42dd
"""

SPORTS = {
    Sport.RUNNING: {"sport": "running"},
    Sport.TRAIL_RUNNING: {"sport": "running", "sub_sport": "trail"},
    Sport.TRACK_RUNNING: {"sport": "running", "sub_sport": "track"},
    Sport.TREADMILL: {"sport": "running", "sub_sport": "treadmill"},
    Sport.WALKING: {"sport": "walking"},
    Sport.HIKING: {"sport": "hiking"},
}
PARENTS = {
    f"{prefix}{name}"
    for prefix in ("", "secondary_")
    for name in ("target_value", "custom_target_value_low", "custom_target_value_high")
} | {"duration_value"}
"""What the decoders show a second time under the names of sub-fields."""


def target_in_official_terms(target, prefix=""):
    """What the official profile calls the fields of a target, in its own units."""
    match target:
        case None:
            return {f"{prefix}target_type": "open"}
        case Zone(Quantity.HEART_RATE, number):
            return {f"{prefix}target_type": "heart_rate", f"{prefix}target_hr_zone": number}
        case Zone(Quantity.POWER, number):
            return {f"{prefix}target_type": "power", f"{prefix}target_power_zone": number}
        case Band(quantity, low, high):
            kind, zone, raw = {
                Quantity.SPEED: ("speed", "speed", lambda mm_per_s: mm_per_s / 1000),
                Quantity.HEART_RATE: ("heart_rate", "hr", lambda bpm: bpm + 100),
                Quantity.POWER: ("power", "power", lambda watts: watts + 1000),
                Quantity.CADENCE: ("cadence", "cadence", lambda spm: spm / 2),
            }[quantity]
            return {
                f"{prefix}target_type": kind,
                f"{prefix}target_{zone}_zone": 0,
                f"{prefix}custom_target_{kind}_low": raw(low),
                f"{prefix}custom_target_{kind}_high": raw(high),
            }


def step_in_official_terms(index, item):
    expected = {"message_index": index}
    match item:
        case Jump(to, Duration(ms)):
            return expected | {"duration_type": "repeat_until_time", "duration_step": to, "repeat_time": ms / 1000}
        case Jump(to, Distance(cm)):
            return expected | {
                "duration_type": "repeat_until_distance",
                "duration_step": to,
                "repeat_distance": cm / 100,
            }
        case Jump(to, count):
            return expected | {"duration_type": "repeat_until_steps_cmplt", "duration_step": to, "repeat_steps": count}
    match item.length:
        case Duration(ms):
            expected |= {"duration_type": "time", "duration_time": ms / 1000}
        case Distance(cm):
            expected |= {"duration_type": "distance", "duration_distance": cm / 100}
        case Lap():
            expected |= {"duration_type": "open"}
        case UntilHeartRate(side, bpm):
            kind = {"below": "hr_less_than", "above": "hr_greater_than"}[side]
            expected |= {"duration_type": kind, "duration_hr": bpm + 100}
    expected |= {"intensity": item.intensity.value} | target_in_official_terms(item.target)
    if item.second is not None:
        expected |= target_in_official_terms(item.second, "secondary_")
    texts = {"wkt_step_name": item.name, "notes": item.cue}
    return expected | {name: text for name, text in texts.items() if text}


def workout_in_official_terms(program):
    expected = {"wkt_name": program.name, "capabilities": "tcx", "num_valid_steps": len(program.steps)}
    return expected | SPORTS[program.sport] | ({"wkt_description": program.notes} if program.notes else {})


def official(data):
    """Messages by name, as Garmin's own decoder reads them."""
    assert garmin_fit_sdk.Decoder(garmin_fit_sdk.Stream.from_byte_array(bytearray(data))).check_integrity()
    messages, errors = garmin_fit_sdk.Decoder(garmin_fit_sdk.Stream.from_byte_array(bytearray(data))).read()
    assert errors == []
    return messages


def frames(data):
    strict = {"check_crc": fitdecode.CrcCheck.RAISE, "error_handling": fitdecode.ErrorHandling.RAISE}
    with fitdecode.FitReader(data, **strict) as reader:
        return list(reader)


def without(message, names):
    return {name: value for name, value in message.items() if name not in names}


def test_the_bytes_of_a_small_file():
    assert encode(SMALL).hex() == "".join(SMALL_BYTES.split())


@given(programs())
@settings(max_examples=examples(60), deadline=None)
def test_garmins_decoder_reads_what_the_program_says(program):
    messages = official(encode(program, created=dt.date(2026, 11, 30)))
    (file_id,) = messages.pop("file_id_mesgs")
    assert 1 <= file_id.pop("serial_number") <= 0xFFFFFFFE
    assert file_id == {
        "type": "workout",
        "manufacturer": "garmin",
        "product": 65534,
        "garmin_product": "connect",
        "time_created": dt.datetime(2026, 11, 30, tzinfo=dt.UTC),
    }
    assert messages.pop("file_creator_mesgs") == [{"software_version": 26, "hardware_version": 0}]
    assert messages.pop("workout_mesgs") == [workout_in_official_terms(program)]
    steps = [without(message, PARENTS) for message in messages.pop("workout_step_mesgs")]
    assert steps == [step_in_official_terms(index, item) for index, item in enumerate(program.steps)]
    assert messages == {}


@given(programs())
@settings(max_examples=examples(40), deadline=None)
def test_fitdecode_reads_what_the_program_says(program):
    messages = [frame for frame in frames(encode(program)) if frame.frame_type == fitdecode.FIT_FRAME_DATA]
    assert [message.name for message in messages[:3]] == ["file_id", "file_creator", "workout"]
    values = [{field.name: field.value for field in m.fields if field.value is not None} for m in messages]
    assert values[0]["time_created"] == dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    assert values[1] == {"software_version": 26, "hardware_version": 0}
    assert values[2] == workout_in_official_terms(program)
    steps = [without(message, PARENTS) for message in values[3:]]
    assert steps == [step_in_official_terms(index, item) for index, item in enumerate(program.steps)]


@given(programs())
@settings(max_examples=20, deadline=None)
def test_one_definition_a_message_type(program):
    definitions = [f for f in frames(encode(program)) if f.frame_type == fitdecode.FIT_FRAME_DEFINITION]
    assert [(d.local_mesg_num, d.name, d.endian) for d in definitions] == [
        (0, "file_id", "<"),
        (3, "file_creator", "<"),
        (1, "workout", "<"),
        (2, "workout_step", "<"),
    ]


def test_a_field_is_as_long_as_its_longest_text_and_absent_without_one():
    def sizes(program):
        definitions = [f for f in frames(encode(program)) if f.frame_type == fitdecode.FIT_FRAME_DEFINITION]
        return {d.name: {field.name: field.size for field in d.field_defs} for d in definitions}

    bare = sizes(Program("N", Sport.RUNNING, (ProgramStep(Intensity.ACTIVE, Lap()),)))
    assert bare["workout"]["wkt_name"] == 2
    assert not {"wkt_description", "sub_sport"} & bare["workout"].keys()
    assert not {"wkt_step_name", "notes", "secondary_target_type"} & bare["workout_step"].keys()
    steps = (
        ProgramStep(Intensity.ACTIVE, Lap(), name="Easy", cue="tall, relaxed"),
        ProgramStep(Intensity.ACTIVE, Lap(), Zone(Quantity.HEART_RATE, 1), Zone(Quantity.POWER, 2), name="Threshold"),
    )
    full = sizes(Program("Name", Sport.TREADMILL, steps, "Notes"))
    assert full["workout"]["wkt_name"] == full["workout"]["wkt_description"] - 1 == 5
    assert full["workout_step"]["wkt_step_name"] == 10
    assert full["workout_step"]["notes"] == 14
    assert full["workout_step"]["secondary_custom_target_value_high"] == 4


def serial_number(program):
    return official(encode(program))["file_id_mesgs"][0]["serial_number"]


def test_the_serial_number_follows_from_content_and_name():
    programs = [
        SMALL,
        dataclasses.replace(SMALL, name="Repeats 2"),
        dataclasses.replace(SMALL, sport=Sport.WALKING),
        dataclasses.replace(SMALL, notes="x"),
        dataclasses.replace(SMALL, steps=SMALL.steps[:3]),
    ]
    assert len({serial_number(program) for program in programs}) == len(programs)


def test_only_the_time_and_the_checksum_follow_from_the_day():
    one, other = (encode(SMALL, created=dt.date(2026, 11, day)) for day in (29, 30))
    time = one.index(bytes.fromhex("1c2c2f6e")) + 4
    assert one[:time] == other[:time]
    assert one[time + 4 : -2] == other[time + 4 : -2]
    assert struct.unpack_from("<I", other, time)[0] - struct.unpack_from("<I", one, time)[0] == 86_400


@given(programs(max_steps=10))
@settings(max_examples=20, deadline=None)
def test_the_same_program_is_the_same_bytes_whatever_it_was_written_as(program):
    written = tuple(
        step if isinstance(step, Jump) else dataclasses.replace(step, written=WrittenAs(Role.RUN))
        for step in program.steps
    )
    assert encode(dataclasses.replace(program, steps=written)) == encode(program)


@pytest.mark.parametrize(
    "program",
    [
        dataclasses.replace(SMALL, name="n" * 255),
        dataclasses.replace(SMALL, notes="n" * 255),
        dataclasses.replace(SMALL, name="Größe"),
        dataclasses.replace(SMALL, steps=(ProgramStep(Intensity.ACTIVE, Lap(), Band(Quantity.CADENCE, 170, 181)),)),
    ],
    ids=["long name", "long notes", "name beyond ASCII", "odd cadence"],
)
def test_what_no_lowered_program_holds_is_a_bug(program):
    with pytest.raises(ValueError, match=r"255 bytes|ascii|181 spm is odd"):
        encode(program)


def test_a_number_beyond_its_field_is_a_bug():
    with pytest.raises(struct.error):
        encode(dataclasses.replace(SMALL, steps=(ProgramStep(Intensity.ACTIVE, Duration(2**32)),)))
