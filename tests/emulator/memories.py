"""What a watch stores files in: two memories, one that is write-protected, one that is full, one that holds much."""

from __future__ import annotations

import shutil
from pathlib import Path

from emulator.story import KEEPS, Story, expect
from emulator.watches import DiskWatch, MtpWatch
from strategies.fit_bytes import file_id, fit, step, workout
from watch.stored import as_stored
from watch.watch_content import FOLDERS, WORKOUTS

SOME = 60
"""Workouts that a watch keeps; with so many one copy once took 77 s, because each of them was read again."""


def two_storages(story: Story) -> None:
    """Another memory has folders of the same names and no manifest; nothing goes there."""
    assert isinstance(story.watch, MtpWatch)
    other = story.watch.add_storage()
    for folder in FOLDERS:
        (other / folder).mkdir(parents=True)
    files = story.workouts[:2]
    with story.plugged():
        said = story.negsplit("copy", *files, "--yes")
    story.expect_as_said(said, files)
    story.expect_waiting(files)
    strays = [path.name for path in other.rglob("*") if path.is_file()]
    shutil.rmtree(other / "GARMIN")
    expect(not strays, f"nothing in the other memory, not {strays}")


def write_protected(story: Story) -> None:
    """It is said, and nothing is there."""
    story.watch.write_protect()
    with story.plugged():
        said = story.negsplit("copy", *story.workouts[:2], "--yes", status=1)
    expect("error[watch-read-only]" in said, f"that nothing can be written in:\n{said}")
    story.expect_as_said(said, [])
    story.expect_waiting([])


def full(story: Story) -> None:
    """What has room is there whole, what has none is said, and no half stays."""
    files = story.workouts[:5]
    story.watch.fill(5_000)  # a workout takes 2048 or 4096 bytes
    with story.plugged():
        said = story.negsplit("copy", *files, "--yes", status=1)
    expect("error[watch-full]" in said, f"that there is no room left in:\n{said}")
    story.expect_as_said(said, files)
    there = len(story.waiting())
    expect(0 < there < len(files), f"some of {len(files)} files, not {there}")
    story.say(f"{there} of {len(files)} files had room")


def many(story: Story) -> None:
    """What was read once is not read again; of so many workouts none is a reason for a warning, on a drive of 200."""
    first, second, third, *_ = story.workouts
    for number in range(SOME):
        story.watch.add(f"{WORKOUTS}/{number:03}.FIT", _kept(number))
    size = sum(map(len, story.kept().values()))
    before = _copied(story, first)
    expect(before > size, f"all {size} bytes to be read at first, not {before}")
    after = _copied(story, second)
    expect(after < size / 2, f"less than half of {size} bytes to be read the second time, not {after}")
    story.say(f"{SOME} workouts kept, {size} bytes: a copy reads {before} bytes at first, then {after}")
    kept = KEEPS if isinstance(story.watch, DiskWatch) else SOME  # by MTP they take minutes to be read under emulation
    for number in range(SOME, kept):
        story.watch.add(f"{WORKOUTS}/{number:03}.FIT", _kept(number))
    _copied(story, third)
    with story.plugged():
        said = story.negsplit("contents")
    expect(f"{kept} files kept in" in said, f"{kept} files in:\n{said}")
    story.expect_waiting([first, second, third])


def _copied(story: Story, file: Path) -> int:
    """How many bytes the computer reads to copy a file to a watch that keeps more than some watches would."""
    with story.plugged():
        said = story.negsplit("copy", file, "--yes")
        expect("some watches keep" not in said, f"no warning of too many in:\n{said}")
        return story.watch.bytes_read()


def _kept(number: int) -> bytes:
    """A workout of eight steps, 2 kB as a watch stores it: more than the tables of a drive that are read each time."""
    steps = [step(index) for index in range(8)]
    known = file_id(serial_number=1000 + number, time_created=100)
    return as_stored(fit(known, workout(len(steps), wkt_name=f"Kept {number:03}"), *steps))
