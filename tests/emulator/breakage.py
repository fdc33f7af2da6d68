"""Memory that wears out, and a cable that is out the moment the program has said what is on the watch."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from emulator.story import Story, expect
from emulator.watches import DiskWatch
from watch.watch_content import NEW_FILES

BROKEN = 2
"""Which of the files that are copied is not written as it was sent."""


def flipped(story: Story) -> None:
    """A byte of the second file is another one than was sent: the copy says so, removes it and ends."""
    files = story.workouts[:3]
    with _worn_out(), story.plugged():
        said = story.negsplit("copy", *files, "--yes", status=1)
    expect("is not what was written" in said, f"what is wrong with the file in:\n{said}")
    told = said.split("not on the watch: ")
    expect(
        len(told) == 2 and all(path.name in told[1] for path in files[1:]), f"two files not on the watch in:\n{said}"
    )
    story.expect_as_said(said, files[:1])
    story.expect_waiting(files[:1])
    with story.plugged():
        story.negsplit("copy", *files, "--yes")
    story.expect_waiting(files)


@contextmanager
def _worn_out() -> Iterator[None]:
    """What `flip.c` is told, under the program and under the responder alike."""
    os.environ["FLIP"] = str(BROKEN)
    try:
        yield
    finally:
        del os.environ["FLIP"]


def pulled_at_once(story: Story) -> None:
    """What the program says to be on the watch is there though nothing was unmounted and nothing written out."""
    if isinstance(story.watch, DiskWatch):
        story.watch.options = "rw"  # with what desktops ask for most of it is written sooner
    files = story.workouts[:3]
    story.watch.plug()
    said = story.negsplit("copy", *files, "--yes")
    story.watch.yank()
    story.expect_as_said(said, files)
    expect(len(story.waiting()) == len(files), f"{len(files)} files in {NEW_FILES}, not {[*story.waiting()]}")
    story.say(f"{len(files)} files are whole, the cable pulled at once")
    story.watch.plug()
    said = story.negsplit("remove", "--yes")
    story.watch.yank()
    expect(not story.waiting(), f"nothing waits once it was removed, not {[*story.waiting()]}")
