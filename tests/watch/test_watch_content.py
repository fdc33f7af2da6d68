"""The made-up watch is like those that were seen: its stored workouts read as real ones do, by two readers."""

import io

import fitdecode
import pytest

from negsplit.formats.fit import encode
from negsplit.formats.fit_reader import read, read_entries, read_file_id
from negsplit.model import Lap, Sport
from negsplit.program import Intensity, Program, Step
from watch.watch_content import (
    FOLDERS,
    NEW_FILES,
    SCHEDULE,
    STORED_AT_MOST,
    WORKOUTS,
    as_stored,
    imported,
    standard_content,
)


def program(name, count=2):
    return Program(name, Sport.RUNNING, (Step(Intensity.ACTIVE, Lap(), name="Run 5:06-4:54", cue="tall"),) * count)


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
