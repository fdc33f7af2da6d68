"""The reader on hand-made files, on what the writer writes, and on real ones from a watch."""

import contextlib
import datetime as dt
import re
from collections import Counter, defaultdict
from pathlib import Path

import fitdecode
import garmin_fit_sdk
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.formats.fit.program import remarks, to_program
from negsplit.formats.fit.read import (
    MAX_BYTES,
    FitReadError,
    FitStep,
    ScheduledWorkout,
    left_out_of_schedule,
    read,
    read_file_id,
    read_schedule,
)
from negsplit.formats.fit.write import encode
from strategies.examples import examples
from strategies.fit_bytes import (
    MEMO,
    SCHEDULE,
    STRING,
    UINT8,
    UINT16,
    file_id,
    fit,
    message,
    repeat,
    schedule,
    step,
    workout,
)
from strategies.programs import programs

REAL = Path(__file__).parents[3].parent / "shared" / "data" / "fit"
VARIANTS = REAL.with_name("fit-variants")
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
    "nothing": (b"", "byte 8: expected '.FIT', found 0 bytes in total"),
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
    "a course": (fit(file_id(type=6), workout(1), step(0)), "expected file type 5 (workout), found 6 (course)"),
    "neither a type nor a workout": (fit(file_id(type=None), step(0)), "expected a workout message, found none"),
    "another message before file_id": (fit(message(49, {}, {}), file_id()), "expected file_id first, found message 49"),
    "developer data alone": (fit(message(207, {}, {})), "expected file_id first, found no message"),
    "a text for a memo": (
        fit(file_id(), workout(0), message(145, {"data": (4, STRING)}, {"data": "ab"})),
        "expected bytes in field 4 of message 145, found 'ab'",
    ),
    "no file_id": (fit(workout(0)), "expected file_id first, found message 26"),
    "no message": (fit(), "expected file_id first, found no message"),
    "no workout": (fit(file_id()), "expected a workout message, found none"),
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


# --- What is not used is counted ---------------------------------------------------------------


def test_a_file_that_does_not_say_its_type_may_be_a_workout():
    nothing = dict.fromkeys(("type", "manufacturer", "product", "serial_number", "time_created"))
    found = read(fit(file_id(**nothing), workout(1), step(0)))
    assert len(found.steps) == 1
    assert remarks(found) == ["the file does not say that it is a workout"]
    with pytest.raises(FitReadError, match=r"expected file type 7 \(schedule\), found none"):
        read_schedule(fit(file_id(type=None), schedule()))


def test_messages_that_are_not_used_are_counted():
    strange = [message(number, {"a": (0, UINT8)}, {"a": 1}) for number in (137, 8, 137, 158)]
    found = read(fit(message(207, {}, {}), file_id(), *strange, workout(1), step(0), workout(9, wkt_name="Other")))
    assert (found.name, found.num_valid_steps) == ("Tempo", 1)
    assert found.left_out == ((8, 1), (26, 1), (137, 2), (158, 1), (207, 1))
    assert remarks(found)[0] == "1 message about heart-rate zones (8) left out"
    assert "2 messages of an unknown kind (137) left out" in remarks(found)


def test_the_software_that_wrote_a_file_is_known_and_not_left_out():
    found = read(fit(file_id(), message(49, {"v": (0, UINT16)}, {"v": 410}), workout(1), step(0)))
    assert (found.software, found.left_out) == (410, ())


def test_what_a_schedule_holds_besides_its_entries_is_counted():
    plan = message(137, {"name": (0, STRING)}, {"name": "Spring"})
    entry = message(28, SCHEDULE | {"unknown": (10, UINT8)}, {"serial_number": 5, "unknown": 0})
    data = fit(file_id(type=7), message(49, {"v": (0, UINT16)}, {"v": 26}), plan, entry, schedule(serial_number=6))
    assert left_out_of_schedule(data) == ((137, 1),)
    assert [entry.other for entry in read_schedule(data)] == [(10,), ()]


def encoded(*messages, developer_fields=None):
    """A file by Garmin's own encoder."""
    encoder = garmin_fit_sdk.Encoder(developer_fields)
    for number, values in messages:
        encoder.on_mesg(number, values)
    return encoder.close()


FILE_ID_MESSAGE = (0, {"type": "workout", "manufacturer": "garmin", "serial_number": 1234})
WORKOUT_MESSAGE = (26, {"wkt_name": "Tempo", "sport": "running", "num_valid_steps": 2, "wkt_description": "All of..."})


def step_message(index, **values):
    return (
        27,
        {"message_index": index, "duration_type": "open", "target_type": "open", "intensity": "active"} | values,
    )


def test_developer_data_before_file_id_and_developer_fields_in_steps_are_read_and_counted():
    about = {"developer_data_id_mesg": {"developer_data_index": 0}}
    about["field_description_mesg"] = {
        "developer_data_index": 0,
        "field_definition_number": 1,
        "fit_base_type_id": 2,
        "field_name": "rpe",
    }
    data = encoded(
        (207, about["developer_data_id_mesg"]),
        (206, about["field_description_mesg"]),
        FILE_ID_MESSAGE,
        WORKOUT_MESSAGE,
        step_message(0, developer_fields={0: 4}),
        step_message(1, developer_fields={0: 7}),
        developer_fields={0: about},
    )
    found = read(data)
    assert [step.index for step in found.steps] == [0, 1]
    assert found.developer_fields == 2
    assert "2 developer fields left out" in remarks(found)
    assert {number for number, _ in found.left_out} == {206, 207}
    assert read_file_id(data).serial_number == 1234


# --- Long texts --------------------------------------------------------------------------------


def memo(data, field=8, parent=0, message_number=27, part=0, place="data"):
    """A part of a text; by hand, because Garmin's encoder leaves out the field ``mesg_num``."""
    belongs = {"mesg_num": message_number, "parent_index": parent, "field_num": field}
    return message(145, MEMO, belongs | {"part_index": part, place: data})


def padded(text, size=79):
    return text.encode().ljust(size, b"\0")


def long_text(*memos):
    """A workout whose first step has a cut text, and what of it is said."""
    found = read(fit(file_id(), workout(2), step(0, notes="Start slow..."), step(1), *memos))
    return found, remarks(found)


def test_a_long_text_is_joined_wherever_its_parts_stand():
    whole = "Start slowly, then faster über den Hügel"
    cut = whole.encode().index(b"\xbc")  # in the middle of a letter
    parts = [whole.encode()[:cut], whole.encode()[cut:] + bytes(3)]
    head = workout(2, wkt_description="All of...")
    description = memo(padded("All of it, and more"), field=17, message_number=26)
    steps = step(0, notes="Start slow..."), step(1)
    for order in ((0, 1), (1, 0)):
        memos = [memo(parts[part], part=part) for part in order]
        for content in ([head, description, *steps, *memos], [*memos, description, head, *steps]):
            found = read(fit(file_id(), *content))
            assert (found.steps[0].notes, found.steps[1].notes) == (whole, "")
            assert found.notes == "All of it, and more"
            assert remarks(found) == []


def test_a_text_belongs_to_the_step_with_its_index_wherever_that_stands():
    found = read(fit(file_id(), workout(2), step(1), step(0, notes="One..."), memo(padded("One of two"))))
    assert [(one.index, one.notes) for one in found.steps] == [(1, ""), (0, "One of two")]


def test_the_older_field_of_a_memo_is_read_too():
    found, said = long_text(memo(b"Start slowly", place="memo"))
    assert (found.steps[0].notes, said) == ("Start slowly", [])


@pytest.mark.parametrize(
    ("memos", "words"),
    [
        ([memo(padded("art of it"), part=1)], "part 1 of it is missing"),
        ([memo(padded("Start slow"), part=0), memo(padded("!"), part=2)], "part 2 of it is missing"),
        ([memo(padded("Start slow ")), memo(padded("Start slow "))], "part 1 of it is there twice"),
        ([memo(b"S\xff\xfeS")], "it is not UTF-8"),
    ],
)
def test_of_a_text_that_is_not_whole_the_beginning_stays_and_it_is_said(memos, words):
    found, said = long_text(*memos)
    assert found.steps[0].notes == "Start slow..."
    assert said == [f"the cue of step 1 goes on, but {words}; what is read of it is `Start slow...`"]


def test_a_text_that_is_not_the_beginning_of_the_long_one_stays_and_the_other_is_said():
    found, said = long_text(memo(padded("Slowly does it")))
    assert found.steps[0].notes == "Start slow..."
    assert said == ["the cue of step 1 is in the file twice; left out is `Slowly does it`"]


@pytest.mark.parametrize("stray", [{"parent": 7}, {"field": 3}, {"message_number": 19}, {"message_number": None}])
def test_a_long_text_that_belongs_to_nothing_is_said(stray):
    found, said = long_text(memo(padded("x"), **stray))
    assert found.steps[0].notes == "Start slow..."
    assert len(said) == 1
    assert said[0].startswith("a long text (145) for field ")
    assert said[0].endswith(", left out: `x`")


def test_a_text_cut_within_a_letter_is_still_the_beginning():
    beginning = "Hü".encode()[:2] + b"...\0"
    data = fit(file_id(), workout(1), step(0, notes=beginning), memo("Hügel".encode()))
    assert read(data).steps[0].notes == "Hügel"


# --- Real files --------------------------------------------------------------------------------


def real_files(pattern, folder=REAL):
    files = sorted(folder.glob(pattern))
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


@pytest.mark.parametrize(
    ("folder", "pattern", "count"),
    [(REAL, "Workout*.fit", 4), (REAL, "fr935_[AGI]*.FIT", 18), (VARIANTS, "[cfnst]*", 8)],
)
def test_reads_real_files_as_garmins_decoder_does(folder, pattern, count):
    files = [path for path in real_files(pattern, folder) if not re.search("SCHEDULE|course", path.name)]
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


def test_reads_real_files_to_the_last_message():
    """Whatever fitdecode finds in them is used, or counted."""
    for path in [*real_files("*.[fF]*"), *real_files("*.[fF]*", VARIANTS)]:
        data = path.read_bytes()
        if "course" in path.name:
            with pytest.raises(FitReadError, match=r"found 6 \(course\)"):
                read(data)
            continue
        with fitdecode.FitReader(data, processor=None) as reader:
            there = Counter(one.global_mesg_num for one in reader if isinstance(one, fitdecode.FitDataMessage))
        used = Counter({0: 1, 49: there[49], 145: there[145]})
        if "SCHEDULE" in path.name:
            used += Counter({28: len(read_schedule(data))})
            left_out = left_out_of_schedule(data)
        else:
            found = read(data)
            used += Counter({26: 1, 27: len(found.steps)})
            left_out = found.left_out
        assert used + Counter(dict(left_out)) == there, path.name


def test_no_character_of_the_long_texts_in_real_files_is_lost():
    for path in real_files("*memo*", VARIANTS):
        found, there = read(path.read_bytes()), in_official_terms(path)
        texts = {(26, 0, 17): found.notes} | {(27, step.index, 8): step.notes for step in found.steps}
        parts = sorted(there["memo_glob_mesgs"], key=lambda one: one["part_index"])
        joined = defaultdict(bytes)
        for part in parts:
            joined[part["mesg_num"], part["parent_index"], part["field_num"]] += bytes(one or 0 for one in part["data"])
        assert len(joined) >= 1
        for holder, data in joined.items():
            assert texts[holder] == data.rstrip(b"\0").decode(), path.name
            assert not texts[holder].endswith("...")
        assert remarks(found) == []
