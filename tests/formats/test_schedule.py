"""Schedule files, judged by two decoders that are not ours and by our reader."""

import datetime as dt
import io

import fitdecode
import garmin_fit_sdk
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.formats.fit import encode
from negsplit.formats.fit_packing import FileIdentity, identity
from negsplit.formats.fit_reader import read_file_id, read_schedule
from negsplit.formats.fit_schedule import Scheduled, encode_schedule
from negsplit.model import Lap, Sport
from negsplit.program import Intensity, Program, Step
from strategies.programs import programs

FIT_EPOCH = dt.datetime(1989, 12, 31, tzinfo=dt.UTC)
DAY = dt.datetime(2026, 12, 1)


def entry(serial_number=5, when=DAY, time_created=1_164_844_800):
    return Scheduled(FileIdentity(1, 65534, serial_number, time_created), when)


def official(data):
    """Messages by name, as Garmin's own decoder reads them."""
    stream = garmin_fit_sdk.Stream.from_byte_array(bytearray(data))
    assert garmin_fit_sdk.Decoder(stream).check_integrity()
    stream.reset()
    messages, errors = garmin_fit_sdk.Decoder(stream).read()
    assert not errors
    return messages


def test_a_schedule_as_garmins_decoder_reads_it():
    data = encode_schedule([entry(5), entry(0xFFFFFFFE, dt.datetime(2026, 12, 3, 6, 30), 1_165_017_600)])
    messages = official(data)
    (file_id,) = messages["file_id_mesgs"]
    assert file_id["type"] == "schedules"
    assert file_id["time_created"] == dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    assert file_id["serial_number"]
    first, second = messages["schedule_mesgs"]
    assert first == {
        "manufacturer": "garmin",
        "product": 65534,
        "garmin_product": "connect",
        "serial_number": 5,
        "time_created": FIT_EPOCH + dt.timedelta(seconds=1_164_844_800),
        "completed": False,
        "type": "workout",
        "scheduled_time": (dt.datetime(2026, 12, 1, tzinfo=dt.UTC) - FIT_EPOCH).total_seconds(),
    }
    assert second["serial_number"] == 0xFFFFFFFE
    expected = (dt.datetime(2026, 12, 3, 6, 30, tzinfo=dt.UTC) - FIT_EPOCH).total_seconds()
    assert second["scheduled_time"] == expected


def test_each_entry_names_the_file_of_its_workout():
    days = [dt.date(2026, 12, 1), dt.date(2028, 2, 29)]
    programs_ = [small("W01 Tue"), small("W01 Thu")]
    files = [encode(program, created=day) for program, day in zip(programs_, days, strict=True)]
    entries = [
        Scheduled(identity(data), dt.datetime.combine(day, dt.time())) for data, day in zip(files, days, strict=True)
    ]
    found = read_schedule(encode_schedule(entries))
    for one, data, day in zip(found, files, days, strict=True):
        file_id = read_file_id(data)
        assert (one.serial_number, one.time_created) == (file_id.serial_number, file_id.time_created)
        assert one.scheduled == dt.datetime(day.year, day.month, day.day)
        assert file_id.created.date() == day
    assert found[0].serial_number != found[1].serial_number


def small(name):
    return Program(name, Sport.RUNNING, (Step(Intensity.ACTIVE, Lap()),))


@settings(max_examples=30)
@given(programs())
def test_a_file_is_known_by_what_its_reader_says(program):
    data = encode(program)
    file_id = read_file_id(data)
    assert identity(data) == (file_id.manufacturer, file_id.product, file_id.serial_number, file_id.time_created)


def test_only_a_file_of_ours_is_known_at_its_place():
    with pytest.raises(ValueError, match="not written here"):
        identity(b"\x0e" + bytes(60))


ENTRIES = st.lists(
    st.builds(
        entry,
        st.integers(1, 0xFFFFFFFE),
        st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2100, 12, 31)).map(lambda when: when.replace(microsecond=0)),
        st.integers(0, 0xFFFFFFFE),
    ),
    min_size=1,
    max_size=60,
)


@given(ENTRIES)
def test_what_is_written_is_read_again(entries):
    data = encode_schedule(entries)
    assert data == encode_schedule(entries)
    found = read_schedule(data)
    assert [(one.serial_number, one.time_created, one.scheduled) for one in found] == [
        (one.workout.serial_number, one.workout.time_created, one.when) for one in entries
    ]
    assert not any(one.completed or one.type for one in found)
    with fitdecode.FitReader(io.BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE) as reader:
        messages = [frame for frame in reader if isinstance(frame, fitdecode.FitDataMessage)]
    assert [one.name for one in messages] == ["file_id", *["schedule"] * len(entries)]


def test_a_plan_that_moves_keeps_the_schedules_serial_number():
    here = [entry(5), entry(6, DAY + dt.timedelta(days=2))]
    there = [entry(one.workout.serial_number, one.when + dt.timedelta(weeks=9), 7) for one in here]
    numbers = [read_file_id(encode_schedule(entries)).serial_number for entries in (here, there, here[:1])]
    assert numbers[0] == numbers[1] != numbers[2]


def test_there_is_something_to_schedule():
    with pytest.raises(ValueError, match="at least one"):
        encode_schedule([])
