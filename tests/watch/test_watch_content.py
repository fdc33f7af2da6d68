"""The made-up watch is like those that were seen: its stored workouts read as real ones do, by two readers."""

import io
from pathlib import Path

import fitdecode
import pytest

from negsplit.formats.fit.read import read, read_entries, read_file_id
from negsplit.formats.fit.write import encode
from negsplit.model import Lap, Sport
from negsplit.program.model import Intensity, Program, ProgramStep
from strategies.fit_bytes import ENUM, STRING, UINT8, UINT16, UINT32, file_id, fit, message
from strategies.fit_bytes import SCHEDULE as FIELDS
from watch.importing import STORED_AT_MOST, imported
from watch.stored import Number, as_stored, schedule_as_kept, scheduled
from watch.watch_content import FOLDERS, NEW_FILES, SCHEDULE, WORKOUTS, device_xml, standard_content

SHARED = Path(__file__).parents[3] / "shared" / "data" / "fit-variants"


def program(name, count=2):
    return Program(
        name, Sport.RUNNING, (ProgramStep(Intensity.ACTIVE, Lap(), name="Run 5:06-4:54", cue="tall"),) * count
    )


@pytest.mark.parametrize("name", ["short", "fifteen letters", "sixteen letters!", "a name that is longer than that"])
def test_a_stored_workout_is_the_same_but_for_its_name(name):
    before, data = encode(program(name)), as_stored(encode(program(name)))
    written, stored = read(before), read(data)
    assert stored.name == name[:16]
    assert (stored.file_id, stored.sport, stored.num_valid_steps) == (written.file_id, 1, 2)
    assert stored.steps == written.steps
    with fitdecode.FitReader(io.BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE) as reader:
        frames = [
            frame.name
            for frame in reader
            if isinstance(frame, fitdecode.FitDefinitionMessage | fitdecode.FitDataMessage)
        ]
    assert frames == ["file_id"] * 2 + ["file_creator"] * 2 + ["workout"] * 2 + ["workout_step"] * 3
    assert b"prints with 1min" in data


def test_a_stored_workout_takes_as_many_bytes_as_on_a_real_watch():
    for count in (1, 3, 7):
        assert len(as_stored(encode(program("T", count)))) == 233 + 247 * count


def test_what_was_new_is_taken_in():
    content = standard_content()
    plan = {f"{NEW_FILES}/W01-{day}.fit": encode(program(f"W01 {day}")) for day in ("Tue", "Thu")}
    schedule = content[f"{SCHEDULE}/SCHEDULE.FIT"]
    halves = {f"{NEW_FILES}/half.fit": encode(program("half"))[:40], f"{NEW_FILES}/._W01-Tue.fit": b"Mac"}
    after = imported(content | plan | halves | {f"{NEW_FILES}/Schedule.fit": schedule + b""})
    assert {path: data for path, data in after.items() if path.startswith(NEW_FILES)} == halves
    assert content.items() <= after.items()
    new = {read(after[path]).name: read_file_id(after[path]) for path in after.keys() - content.keys() - halves.keys()}
    assert new == {read(data).name: read_file_id(data) for data in plan.values()}
    assert imported(after) == after


def test_beyond_what_the_watch_stores_nothing_is_said():
    plan = {f"{NEW_FILES}/{number:02}.fit": encode(program(f"{number:02}")) for number in range(30)}
    after = imported(standard_content() | plan)
    assert sum(path.startswith(WORKOUTS) for path in after) == STORED_AT_MOST
    assert not any(path.startswith(NEW_FILES) for path in after)


def test_the_standard_watch():
    content = standard_content()
    assert {path.rpartition("/")[0] for path in content} - {"GARMIN"} == set(FOLDERS) - {NEW_FILES}
    assert read_entries(content[f"{SCHEDULE}/SCHEDULE.FIT"]) == ()


# --- A schedule as a fenix 6X keeps it ----------------------------------------------------------

PLAN = {"index": (254, UINT16), "name": (0, STRING), "first": (1, UINT32), "count": (7, UINT8)}
ENTRY = FIELDS | {"ten": (10, ENUM), "plan": (7, UINT16)}
ENTRY.pop("completed")


def entry(number, **values):
    known = {"manufacturer": 1, "product": 65534, "serial_number": number, "time_created": 9, "type": 0}
    return message(28, ENTRY, {**known, "scheduled_time": 1_172_923_200 + number % 60, **values}, ">")


def fields(data, number):
    with fitdecode.FitReader(data, check_crc=fitdecode.CrcCheck.RAISE) as reader:
        return [
            (frame.def_mesg.endian, {one.def_num: one.raw_value for one in frame.fields})
            for frame in reader
            if isinstance(frame, fitdecode.FitDataMessage) and frame.global_mesg_num == number
        ]


def test_a_schedule_is_written_anew_and_names_what_came_with_it():
    """Big-endian, as Garmin Connect sends it; one entry of ours, without what Connect adds."""
    plan = message(137, PLAN, {"index": 1, "name": "Spring", "first": 1_172_923_200, "count": 2}, ">")
    sent = fit(file_id(">", type=7, serial_number=1), plan, entry(7, plan=1, ten=3), entry(8, plan=1), entry(9))
    kept = schedule_as_kept(sent, 3_900_000_017, {Number(7, 9), Number(9, 9)}.__contains__)
    assert fields(kept, 0) == [("<", {0: 7, 1: 1, 2: 3291, 3: 3_900_000_017, 4: None, 5: None})]
    assert fields(kept, 137) == [("<", {254: 0, 0: "Spring", 1: 1_172_923_200, 7: 2})]
    known = {0: 1, 1: 65534, 3: 9, 4: None, 5: 0, 7: 0, 9: None}
    assert fields(kept, 28) == [
        ("<", {**known, 2: 7, 6: 1_172_923_207, 10: 3}),
        ("<", {**known, 2: 9, 6: 1_172_923_209, 10: None}),
    ]
    assert scheduled(kept) == [Number(7, 9), Number(9, 9)]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the files as Connect sends and a fenix keeps them are not here")
def test_a_schedule_is_written_anew_byte_for_byte_as_it_was_read_from_a_fenix():
    sent = (SHARED / "made_SCHEDULE_as_connect_sends.FIT").read_bytes()
    kept = (SHARED / "made_SCHEDULE_as_fenix6x_keeps.FIT").read_bytes()
    assert schedule_as_kept(sent, 3_000_000_102, lambda _: True) == kept


def test_a_drive_keeps_the_schedule_that_came_and_a_watch_by_mtp_what_came_with_it():
    workouts = {f"{NEW_FILES}/{name}.fit": encode(program(name)) for name in ("Tue", "Thu")}
    tuesday, thursday = (read_file_id(data) for data in workouts.values())
    named = [entry(one.serial_number, time_created=one.time_created) for one in (tuesday, thursday)]
    sent = fit(file_id(type=7), *named, entry(1))
    content = standard_content() | {"GARMIN/GarminDevice.xml": device_xml(unit="3900000099")}
    waiting = content | workouts | {f"{NEW_FILES}/SCHEDULE.FIT": sent}
    assert imported(waiting)[f"{SCHEDULE}/SCHEDULE.FIT"] == sent
    after = imported(waiting, "mtp")
    kept = after[f"{SCHEDULE}/SCHEDULE.FIT"]
    assert read_file_id(kept).serial_number == 3_900_000_099
    assert scheduled(kept) == [Number(one.serial_number, one.time_created) for one in (tuesday, thursday)]
    assert after.keys() - content.keys() == {
        f"{WORKOUTS}/Schedule/Tue.fit",
        f"{WORKOUTS}/Schedule/Thu.fit",
    }
