"""A plan of twelve weeks on the watch's days: imported, looked at, brought up to date, cleared up."""

from __future__ import annotations

import datetime as dt
import re
import time
from pathlib import Path

import fitdecode

from emulator.story import DESK, Story, expect
from negsplit.formats.fit.read import read_file_id
from strategies.fit_bytes import file_id, fit, step, workout
from watch.connects_plan import KEPT, put_on, records
from watch.stored import Number, as_stored, scheduled
from watch.watch_content import NEW_FILES, WORKOUTS

FIRST = dt.datetime(2026, 12, 1, 9)
"""A Tuesday, the second day of the plan; then the same day of its next week."""
LATER = FIRST + dt.timedelta(weeks=1)
SHOWN = 30
A_WEEK = 5
WEEKS = {"MTP": 7, "mounted volume": 12}
"""Of the plan that are copied: seven are more than a watch shows, too, and by MTP long lists are slow."""

PLAN = """\
plan: Long
id: long
start: 2026-11-30
weeks: 12
sessions:
  - {on: [mon, tue, wed, fri, sun], name: Run, steps: 20 min @ RPE 3}
"""


def seasons(story: Story) -> None:
    """Thirty of 59 days, imported with what belongs to them; nothing to do again; a week later the next thirty."""
    own = as_stored(fit(file_id(serial_number=1, time_created=1), workout(1, wkt_name="Their own"), step(0)))
    story.watch.add(f"{WORKOUTS}/A6DF5659.FIT", own)
    plan, weeks = _plan(), WEEKS[story.watch.way]
    copy = ("copy", plan, "--weeks", f"1-{weeks}", "--schedule", "--yes")
    every = weeks * A_WEEK
    _set_clock(FIRST)
    with story.plugged():
        said = story.negsplit(*copy)
    left = every - 1
    expect(f"{SHOWN} of {left} entries" in said, f"that {SHOWN} of {left} entries come in:\n{said}")
    expect(len(story.waiting()) == every + 1, f"every workout and a schedule, not {len(story.waiting())}")
    _expect_last(said, "SCHEDULE.FIT")
    _imported(story)
    with story.plugged():
        said = story.negsplit("contents")
        expect(said.count("(copied by negsplit, imported since)") == every, f"the plan's workouts for ours:\n{said}")
        expect("not on the watch" not in said, f"every day with its workout in:\n{said}")
        said = story.negsplit(*copy)
        expect("every day is already on the watch" in said, f"nothing to do in:\n{said}")
    expect(not story.waiting(), f"nothing copied again, not {[*story.waiting()]}")

    _set_clock(LATER)
    copy = ("copy", plan, "--weeks", f"1-{min(weeks + 1, 12)}", "--schedule", "--yes")
    with story.plugged():
        said = story.negsplit(*copy)
    expect(f", {A_WEEK + 1} past days left out" in said, f"that the week before is left out in:\n{said}")
    expect(len(story.waiting()) >= SHOWN + 1, f"{SHOWN} workouts and a schedule, not {len(story.waiting())}")
    _imported(story)
    with story.plugged():
        said = story.negsplit("contents")
        expect("not on the watch" not in said, f"every day with its workout in:\n{said}")
        story.negsplit("remove", "--yes")
    expect([*story.kept().values()] == [own], f"their own workout alone, not {[*story.kept()]}")


def _imported(story: Story) -> None:
    """The watch has taken in what waited, and each day has a workout at noon, found by its number."""
    story.takes_in()
    files = story.kept()
    numbers = {Number(one.serial_number, one.time_created) for one in map(read_file_id, files.values())}
    data = story.watch.files()[KEPT]
    entries = scheduled(data)
    expect(len(entries) == SHOWN, f"{SHOWN} days in the watch's schedule, not {len(entries)}")
    expect(set(entries) <= numbers, "a workout on the watch for each day")
    _expect_noon(data)
    if story.watch.layout == "mtp":
        below = [name for name in files if name.startswith("Schedule/")]
        expect(len(below) >= SHOWN, f"the plan's workouts in a folder of their own, not {len(below)} of them")
    story.say(f"{len(files)} workouts kept, {len(entries)} days")


# --- With a plan of Garmin Connect's ------------------------------------------------------------


def connects_plan(story: Story) -> None:
    """A plan that Garmin Connect has put there stays, to the bit, with the workouts that belong to it."""
    *theirs, before = put_on(story.watch, story.watch.layout, FIRST.date()).values()
    plan = _plan()
    _set_clock(FIRST)
    with story.plugged():
        said = story.negsplit("copy", plan, "--weeks", "1", "--schedule", "--yes")
    carried = said.count(", again, because the schedule needs it")
    expect(carried == len(theirs), f"{len(theirs)} carried along in:\n{said}")
    expect(", 1 past day left out" in said, f"that yesterday is left out in:\n{said}")
    _expect_last(said, "SCHEDULE.FIT")
    _expect_same(before, story.waiting()["SCHEDULE.FIT"], "the file that was brought")
    story.takes_in()
    after = story.watch.files()[KEPT]
    _expect_same(before, after, "the watch's schedule")
    _expect_noon(after)
    with story.plugged():
        said = story.negsplit("contents")
        expect("not on the watch" not in said, f"every day with its workout in:\n{said}")
        expect(not re.search(r"Coach .*\(ours", said), f"nothing of theirs for ours in:\n{said}")
        story.negsplit("remove", "--yes")
    expect(sorted(story.kept().values()) == sorted(theirs), f"their workouts alone, not {[*story.kept()]}")


def _expect_same(before: bytes, after: bytes, where: str) -> None:
    """Every message 137 and every entry that was there is there to the bit, with its definition."""
    now = records(after)
    lost = [number for number, *_ in set(records(before)) - set(now)]
    expect(not lost, f"in {where} each message as before, not {lost} otherwise")


# --- What both are told with --------------------------------------------------------------------


def _plan() -> Path:
    path = DESK / "long.plan.yaml"
    path.write_text(PLAN)
    return path


def _set_clock(now: dt.datetime) -> None:
    """The computer's own clock, which goes by UTC."""
    time.clock_settime(time.CLOCK_REALTIME, now.replace(tzinfo=dt.UTC).timestamp())


def _expect_noon(data: bytes) -> None:
    """All entries of a schedule are at noon, in the watch's local time."""
    with fitdecode.FitReader(data) as reader:
        found = [one for one in reader if isinstance(one, fitdecode.FitDataMessage) and one.global_mesg_num == 28]
    seconds = {field.raw_value % 86_400 for one in found for field in one.fields if field.def_num == 6}
    expect(seconds == {43_200}, f"every day at noon, not {seconds} seconds after midnight")


def _expect_last(said: str, name: str) -> None:
    brought = re.findall(rf"^{NEW_FILES}/(\S+): ", said, re.MULTILINE)
    expect(brought and brought[-1] == name, f"{name} after all that it names, not {brought}")
