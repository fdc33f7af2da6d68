"""Schedule files, judged by two decoders that are not ours and by our reader."""

import datetime as dt
import io
from pathlib import Path

import fitdecode
import garmin_fit_sdk
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.formats.fit.packing import FileIdentity, begins, identity
from negsplit.formats.fit.read import FitReadError, read_entries, read_file_id, read_schedule, read_whole_schedule
from negsplit.formats.fit.schedule import Scheduled, encode_entries, encode_schedule
from negsplit.formats.fit.schedule_entry import ScheduleEntry, merge
from negsplit.formats.fit.write import encode
from negsplit.model import Lap, Sport
from negsplit.program.model import Intensity, Program, ProgramStep
from strategies.fit_bytes import ENUM, SCHEDULE, UINT8, UINT16, UINT32, crc, file_id, fit, message, schedule, workout
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
    return Program(name, Sport.RUNNING, (ProgramStep(Intensity.ACTIVE, Lap()),))


@settings(max_examples=30)
@given(programs())
def test_a_file_is_known_by_what_its_reader_says(program):
    data = encode(program)
    file_id = read_file_id(data)
    assert identity(data) == (file_id.manufacturer, file_id.product, file_id.serial_number, file_id.time_created)


def test_only_a_file_of_ours_is_known_at_its_place():
    with pytest.raises(ValueError, match="not written here"):
        identity(b"\x0e" + bytes(60))


def says_it_is(data, kind):
    try:
        return read_file_id(data).type == kind
    except FitReadError:
        return False


def test_what_begins_as_ours_is_what_the_reader_says_however_it_is_damaged_or_cut():
    """The other way round it need not be: other programs begin their files otherwise."""
    workout_file = encode(small("x"))
    assert begins(workout_file, 5)
    assert begins(encode_schedule([entry()]), 7)
    damaged = (
        workout_file[:at] + bytes((workout_file[at] ^ bit,)) + workout_file[at + 1 :]
        for at in range(70)
        for bit in (1, 128)
    )
    cut = (workout_file[:size] for size in range(70))
    for data in (*damaged, *cut):
        assert [kind for kind in range(8) if begins(data, kind) and not says_it_is(data, kind)] == []


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
    assert [one.name for one in messages] == ["file_id", "file_creator", *["schedule"] * len(entries)]


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
    assert odd == ScheduleEntry(*[None] * 4, 2, None, None)
    assert (first.file, first.day) == ((0xFFFFFFFF, 0), 1_165_017_601 // 86_400)
    assert read_entries(encode_entries([first, empty, odd])) == (first, empty, odd)


def test_a_schedule_without_entries_is_one_too():
    with_number = message(0, {"type": (0, ENUM), "number": (5, UINT16)}, {"type": 7, "number": 1})
    assert read_entries(schedule_file()) == read_entries(fit(with_number)) == ()


FIELDS = SCHEDULE | {"plan": (7, UINT16), "seven": (77, UINT8), "nine": (9, ENUM), "text": (5, 7), "ten": (10, ENUM)}
PLAN = {"index": (254, UINT16), "name": (0, 7), "count": (7, UINT16)}
A_PLAN = message(137, PLAN, {"index": 1, "name": "Example", "count": 2}, order=">")
DEVELOPER = message(207, {"index": (3, UINT8)}, {"index": 0}) + message(
    206,
    {"index": (0, UINT8), "number": (1, UINT8), "base": (2, UINT8), "name": (3, 7)},
    {"index": 0, "number": 1, "base": 2, "name": "mood"},
)
"""Who developed the field 1, and what it is: a byte."""
AT_SIX = bytes((0x60, 0, 0, 28, 0, 1, 6, 4, UINT32, 1, 1, 1, 0)) + b"\0" + (6).to_bytes(4, "little") + b"\7"
"""An entry with a developer's field."""

STRANGE = {
    "fields that are not known": message(28, FIELDS, {"completed": 0, "scheduled_time": 6, "seven": 1, "ten": 1}),
    "big-endian": message(28, FIELDS, FULL | {"plan": 1, "nine": 255}, order=">"),
    "a workout": workout(0),
    "a message that nobody knows": message(0xFF42, {"x": (0, ENUM)}, {"x": 1}),
    "a plan of Garmin Connect's": A_PLAN,
    "developers' data": DEVELOPER + AT_SIX,
    "a text": message(28, FIELDS, {"text": "no", "scheduled_time": 9}),
    "a number 0 that is none": message(28, SCHEDULE | {"serial_number": (2, UINT32)}, {"serial_number": 0}),
    "a manufacturer of four bytes": message(28, SCHEDULE | {"manufacturer": (0, UINT32)}, {"manufacturer": 0xFFFF}),
    "a product below zero": message(28, {"product": (1, 0x83)}, {"product": b"\xfe\xff"}),
    "a serial number of eight bytes": message(28, {"serial_number": (2, 0x8F)}, {"serial_number": b"\1" * 8}),
    "a time in a header": schedule(scheduled_time=5) + b"\x85" + (6).to_bytes(4, "little"),
}


def messages_of(data, *without):
    """The messages behind file_id as fitdecode reads them: number, byte order, fields with sizes, types and bytes."""
    found = []
    with fitdecode.FitReader(io.BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE, keep_raw_chunks=True) as reader:
        for frame in reader:
            if isinstance(frame, fitdecode.FitDataMessage) and frame.global_mesg_num not in (0, 49, *without):
                known = frame.def_mesg
                fields = [(one.def_num, one.size, one.base_type.identifier) for one in known.field_defs]
                developers = [(one.dev_data_index, one.def_num, one.size) for one in known.dev_field_defs]
                content = (known.endian, fields, developers, frame.time_offset, frame.chunk.bytes[1:])
                found.append((frame.global_mesg_num, *content))
    return found


@pytest.mark.parametrize("strange", STRANGE.values(), ids=STRANGE.keys())
def test_what_is_not_known_is_written_to_the_bit(strange):
    """Judged by two decoders that are not ours, over the old file and the new one."""
    creator = message(49, {"software_version": (0, UINT16)}, {"software_version": 2100})
    old = bytearray(schedule_file(creator, schedule(**FULL), strange, schedule(**FULL)))
    old[1] = 0x20  # numbers of 64 bits and developers' data are of FIT 2.0
    old[12:14] = crc(old[:12]).to_bytes(2, "little")
    old[-2:] = crc(old[:-2]).to_bytes(2, "little")
    found = read_whole_schedule(bytes(old))
    new = encode_entries([*found.entries, entry(77).entry], found.others, found.protocol)
    before, after = messages_of(bytes(old)), messages_of(new)
    assert sorted(map(repr, after[:-1])) == sorted(map(repr, before))
    assert after[-1][0] == 28
    numbers = [one[0] for one in before if one[0] != 28]
    assert [one[0] for one in after] == [*numbers, *[28] * (len(after) - len(numbers))]
    assert new[1] == 0x20
    if strange is STRANGE["a time in a header"]:
        return  # Garmin's decoder reads none
    theirs, ours = official(bytes(old)), official(new)
    for name in theirs.keys() - {"file_id_mesgs", "file_creator_mesgs", "schedule_mesgs"}:
        assert ours[name] == theirs[name]
    assert ours["schedule_mesgs"][:-1] == theirs["schedule_mesgs"]


def test_a_second_file_in_a_file_is_damage():
    with pytest.raises(FitReadError, match="expected one file_id, found another"):
        read_entries(schedule_file(file_id(type=7)))


def test_one_definition_serves_all_that_were_read_by_it():
    data = schedule_file(
        message(28, FIELDS, {"ten": 1, "scheduled_time": 5}), message(28, FIELDS, {"ten": 2, "scheduled_time": 6})
    )
    again = encode_entries(read_entries(data))
    with fitdecode.FitReader(io.BytesIO(again)) as reader:
        kinds = [type(frame).__name__ for frame in reader]
    assert kinds.count("FitDefinitionMessage") == 3, "file_id, file_creator, and one for both entries"
    assert encode_entries(read_entries(again)) == again


REAL = Path(__file__).parents[4] / "shared" / "data"
REAL_SCHEDULES = ("fit/fr935_SCHEDULE.FIT", "fit-variants/fenix3_SCHEDULE_empty.FIT")
MADE = ("fit-variants/made_SCHEDULE_as_connect_sends.FIT", "fit-variants/made_SCHEDULE_as_fenix6x_keeps.FIT")


@pytest.mark.skipif(not REAL.is_dir(), reason="the schedules of watches are in ../shared, which is not here")
@pytest.mark.parametrize("name", [*REAL_SCHEDULES, *MADE])
def test_schedules_of_watches_are_carried_over(name):
    old = (REAL / name).read_bytes()
    found = read_whole_schedule(old)
    assert bool(found.entries) == bool(found.others) == (name in MADE)
    new = encode_entries([*found.entries, entry(77).entry], found.others, found.protocol)
    assert messages_of(new)[:-1] == messages_of(old)
    theirs, ours = official(old), official(new)
    assert ours["schedule_mesgs"][:-1] == theirs.get("schedule_mesgs", [])
    assert ours.get("137") == theirs.get("137")


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
        if any((one.file, one.scheduled_time) == (other.file, other.scheduled_time) for other in new):
            assert merged.count(one) >= existing.count(one)
        elif one.file in drop or put_otherwise:
            assert one not in merged
        else:
            assert merged.count(one) == existing.count(one)
    assert set(merged) <= set(existing) | set(new)
    assert {(one.file, one.scheduled_time) for one in new} <= {(one.file, one.scheduled_time) for one in merged}
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
