"""What a watch does once it is unplugged: it takes in what waits, and keeps it in its own way.

The doubles of `make test` and the emulated watches of `make test-watch` import by this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Literal, Protocol

from negsplit.formats.fit.read import FitReadError, read, read_file_id
from watch.stored import Number, as_stored, schedule_as_kept, scheduled
from watch.watch_content import MANIFEST, NEW_FILES, SCHEDULE, WORKOUTS

STORED_AT_MOST = 25
"""Workouts, by a Forerunner 935; what comes in beyond them is gone without a word."""

Layout = Literal["drive", "mtp"]
"""How a watch keeps what it takes in: by date and time and with the schedule as it came, as a Forerunner 935; or by
title, what is scheduled in a folder of its own, and the schedule written anew, as a fenix 6X.
"""


class Storing(Protocol):
    """A watch from its own side, by places below its root."""

    def files(self) -> dict[str, bytes]: ...

    def add(self, path: str, data: bytes) -> None: ...

    def delete(self, path: str) -> None: ...


def unplug(watch: Storing, layout: Layout = "drive", most: int = STORED_AT_MOST) -> None:
    """The watch imports what waits."""
    before = watch.files()
    after = imported(before, layout, most)
    for path, data in before.items():
        if after.get(path) != data:
            watch.delete(path)
    for path, data in after.items():
        if before.get(path) != data:
            watch.add(path, data)


def imported(files: Mapping[str, bytes], layout: Layout = "drive", most: int = STORED_AT_MOST) -> dict[str, bytes]:
    """What is on a watch that keeps so many workouts once it has taken in what it can read; the rest stays.

    A workout that the watch has already stays the one file that it was, wherever it lies.
    """
    found = dict(files)
    new = {path: _kind(data) for path, data in sorted(files.items()) if _folder(path) == NEW_FILES.casefold()}
    batch = {_number(files[path]): found.pop(path) for path, kind in new.items() if kind == 5}
    schedules = [found.pop(path) for path, kind in new.items() if kind == 7]
    named = {one for data in schedules for one in scheduled(data)}
    kept = {
        _number(data): path
        for path, data in found.items()
        if _folder(path).startswith(WORKOUTS.casefold()) and _kind(data) == 5
    }
    names = _by_time(found)
    for number, data in batch.items():
        if number not in kept and len(kept) < most:
            kept[number] = next(names) if layout == "drive" else _titled(found, data, number in named)
        if number in kept:
            found[kept[number]] = as_stored(data)
    if schedules:
        there = [one for one in found if one.casefold() == f"{SCHEDULE}/SCHEDULE.FIT".casefold()]
        came = schedules[-1]
        taken = came if layout == "drive" else schedule_as_kept(came, unit(files), batch.__contains__)
        found[there[0] if there else f"{SCHEDULE}/SCHEDULE.FIT"] = taken
    return found


def unit(files: Mapping[str, bytes]) -> int:
    """The number of the unit, as its manifest says."""
    found = re.search(rb"<Id>(\d+)</Id>", files[MANIFEST])
    assert found
    return int(found[1])


def _number(data: bytes) -> Number:
    file_id = read_file_id(data)
    return Number(file_id.serial_number, file_id.time_created)


def _titled(taken: Mapping[str, bytes], data: bytes, is_scheduled: bool) -> str:
    """A file named by its title, as far as the watch's file system takes it; two that meet get a number."""
    title = re.sub(r'[\\/:*?"<>|]', "", read(data).name) or "Workout"
    folder = f"{WORKOUTS}/Schedule" if is_scheduled else WORKOUTS
    names = (f"{folder}/{title}{'' if number == 1 else f'({number})'}.fit" for number in count(1))
    return next(name for name in names if name not in taken)


def _by_time(taken: Mapping[str, bytes]) -> Iterator[str]:
    """Names by date and time, a second after the last: A is 2020, 6 June, 8 the 8th, I 18 h, then 43 min and on."""
    names = (f"{WORKOUTS}/A68I{second // 60}{second % 60:02}.FIT" for second in range(43 * 60 + 16, 60 * 60))
    return (name for name in names if name not in taken)


def _folder(path: str) -> str:
    """The folder of a FIT file, in small letters; nothing for other files and those that macOS hides beside them."""
    folder, _, name = path.casefold().rpartition("/")
    return folder if name.endswith(".fit") and not name.startswith(".") else ""


def _kind(data: bytes) -> int | None:
    try:
        return read_file_id(data).type
    except FitReadError:
        return None
