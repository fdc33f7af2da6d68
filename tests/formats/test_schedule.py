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
from negsplit.formats.fit_reader import FitReadError, read_entries, read_file_id, read_schedule
from negsplit.formats.fit_schedule import Scheduled, encode_entries, encode_schedule
from negsplit.formats.schedule_entry import ScheduleEntry, merge
from negsplit.model import Lap, Sport
from negsplit.program import Intensity, Program, Step
from strategies.fit_bytes import ENUM, SCHEDULE, UINT8, UINT16, UINT32, file_id, fit, message, schedule, workout
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


# --- Entries as they stand ------------------------------------------------------------------------

FULL = {
    "manufacturer": 15,
    "product": 22,
    "serial_number": 0xFFFFFFFF,
    "time_created": 0,
    "completed": 1,
    "type": 1,
    "scheduled_time": 1_165_017_601,
}


def schedule_file(*records):
    return fit(file_id(type=7, product=2691), *records)


def test_an_entry_is_read_with_all_it_holds():
    creator = message(49, {"software_version": (0, UINT16)}, {"software_version": 2100})
    data = schedule_file(creator, schedule(**FULL), schedule(), schedule(completed=2))
    first, empty, odd = read_entries(data)
    assert first == ScheduleEntry(**FULL) == ScheduleEntry(*FULL.values())
    assert empty == ScheduleEntry(*[None] * 7)
    assert odd == empty._replace(completed=2)
    assert (first.file, first.day) == ((0xFFFFFFFF, 0), 1_165_017_601 // 86_400)
    assert read_entries(encode_entries([first, empty, odd])) == (first, empty, odd)


def test_a_schedule_without_entries_is_one_too():
    with_number = message(0, {"type": (0, ENUM), "number": (5, UINT16)}, {"type": 7, "number": 1})
    assert read_entries(schedule_file()) == read_entries(fit(with_number)) == ()


FIELDS = SCHEDULE | {"index": (254, UINT16), "unknown": (77, UINT8), "text": (5, 7)}

LOST = {
    "a field that is not known": (message(28, FIELDS, {"completed": 0, "unknown": 1}), "found field 77"),
    "an index": (message(28, FIELDS, {"index": 3}), "found field 254"),
    "a workout": (workout(0), "expected schedule entries alone, found message 26"),
    "a message that nobody knows": (message(0xFF42, {"x": (0, ENUM)}, {"x": 1}), "found message 65346"),
    "another file": (file_id(type=7), "found message 0"),
    "who developed more": (message(207, {"index": (3, UINT8)}, {"index": 0}), "found message 207"),
    "developer's data": (
        bytes((0x60, 0, 0, 28, 0, 1, 6, 4, UINT32, 1, 0, 1, 0)) + b"\0" + bytes(4) + b"\7",
        "found developer's data or a time",
    ),
    "a text": (message(28, FIELDS, {"text": "no"}), "a whole number in field 5"),
    "a number 0 that is none": (
        message(28, SCHEDULE | {"serial_number": (2, UINT32)}, {"serial_number": 0}),
        "a number that fits field 2 of a schedule, found 0",
    ),
    "a manufacturer of four bytes": (
        message(28, SCHEDULE | {"manufacturer": (0, UINT32)}, {"manufacturer": 0xFFFF}),
        "a number that fits field 0 of a schedule, found 65535",
    ),
    "a product below zero": (
        message(28, {"product": (1, 0x83)}, {"product": b"\xfe\xff"}),
        "a number that fits field 1 of a schedule, found -2",
    ),
}


@pytest.mark.parametrize(("record", "told"), LOST.values(), ids=LOST.keys())
def test_what_would_be_lost_by_writing_again_is_refused(record, told):
    for data in (schedule_file(record), schedule_file(schedule(**FULL), record, schedule(**FULL))):
        with pytest.raises(FitReadError, match=told):
            read_entries(data)


def test_a_time_in_a_header_is_refused():
    compressed = b"\x85" + (6).to_bytes(4, "little")
    with pytest.raises(FitReadError, match="found developer's data or a time"):
        read_entries(schedule_file(schedule(scheduled_time=5), compressed))


def test_a_workout_is_no_schedule():
    with pytest.raises(FitReadError, match="expected file type 7"):
        read_entries(encode(small("T")))


U16S, U32S = st.none() | st.integers(0, 0xFFFE), st.none() | st.integers(0, 0xFFFFFFFE)
BYTES = st.none() | st.integers(0, 0xFE)
RAW = st.builds(ScheduleEntry, U16S, U16S, st.none() | st.integers(1, 0xFFFFFFFF), U32S, BYTES, BYTES, U32S)
DAYS = st.sampled_from([None, 0, 1, 86_399, 86_400, 86_401, 200_000])
ALIKE = st.builds(
    ScheduleEntry,
    st.sampled_from([1, None]),
    st.just(65534),
    st.sampled_from([1, 2, 3, None]),
    st.sampled_from([7, 8, None]),
    st.sampled_from([0, 1]),
    st.just(0),
    DAYS,
)
SCHEDULES = st.lists(RAW | ALIKE, max_size=8)
FILES = st.sets(st.tuples(st.integers(1, 3), st.sampled_from([7, 8])), max_size=2)


@given(SCHEDULES.filter(len))
def test_entries_are_written_as_they_stood(entries):
    data = encode_entries(entries)
    assert read_entries(data) == tuple(entries)
    found = official(data)["schedule_mesgs"]
    assert [one.get("serial_number") for one in found] == [one.serial_number for one in entries]
    file = read_file_id(data)
    assert (file.type, file.manufacturer, file.product) == (7, 1, 65534)
    assert file.time_created == (entries[0].scheduled_time or 0) // 86_400 * 86_400


@given(ENTRIES)
def test_there_is_one_writer(entries):
    assert encode_entries([one.entry for one in entries]) == encode_schedule(entries)
    assert [one.entry for one in entries] == list(read_entries(encode_schedule(entries)))


@given(SCHEDULES, SCHEDULES, FILES)
def test_a_merge_changes_nothing_of_what_stays(existing, new, drop):
    merged = merge(existing, new, drop)
    for one in existing:
        put_otherwise = any((one.file, one.day) == (other.file, other.day) for other in new)
        if one in new:
            assert merged.count(one) == existing.count(one)
        elif one.file in drop or put_otherwise:
            assert one not in merged
        else:
            assert merged.count(one) == existing.count(one)
    assert set(new) <= set(merged) <= set(existing) | set(new)
    times = [one.scheduled_time for one in merged]
    timed = [time for time in times if time is not None]
    assert times == sorted(timed) + [None] * (len(times) - len(timed))
    staying = [one for one in existing if one in merged]
    for time in set(times):
        order = [one for one in staying if one.scheduled_time == time]
        assert [one for one in merged if one.scheduled_time == time][: len(order)] == order


@given(SCHEDULES, SCHEDULES, FILES)
def test_merging_twice_is_merging_once(existing, new, drop):
    once = merge(existing, new, drop)
    assert merge(once, new, drop) == once
    assert merge(once, []) == once


def test_a_session_that_moves_on_its_day_is_not_there_twice():
    morning, evening, tomorrow = (entry(5, DAY + dt.timedelta(hours=hours)).entry for hours in (6, 18, 30))
    other = entry(6, DAY + dt.timedelta(hours=7)).entry
    assert merge([morning, other], [evening]) == [other, evening]
    assert merge([morning, other], [tomorrow]) == [morning, other, tomorrow]
    older = entry(5, DAY, time_created=7).entry
    assert merge([older], [morning]) == [older, morning]
    assert merge([older], [morning], drop=[(5, 7)]) == [morning]
    assert merge([other, morning], [other]) == [morning, other]
    assert merge([], []) == []


def test_an_old_schedule_of_another_writer_survives():
    theirs = schedule_file(schedule(**FULL), schedule(serial_number=9, scheduled_time=1))
    merged = encode_entries(merge(read_entries(theirs), [entry(5).entry]))
    assert set(read_entries(theirs)) < set(read_entries(merged))
    assert [one.serial_number for one in read_schedule(merged)] == [9, 5, 0xFFFFFFFF]
