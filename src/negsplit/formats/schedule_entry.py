"""An entry of a watch's schedule with every value it holds, and how new entries join those that are there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

_DAY: Final = 86_400


class ScheduleEntry(NamedTuple):
    """A ``schedule`` message, raw and in the order of its fields; None is a field that is missing or invalid.

    The first four are those of the scheduled file's ``file_id``. ``time_created`` is in seconds since 1989-12-31
    00:00 UTC, ``scheduled_time`` since then in the watch's local time. ``type`` is 0 for workouts, 1 for courses.
    """

    manufacturer: int | None
    product: int | None
    serial_number: int | None
    time_created: int | None
    completed: int | None
    type: int | None
    scheduled_time: int | None

    @property
    def file(self) -> tuple[int | None, int | None]:
        """Serial number and time of creation, by which the watch finds the file."""
        return self.serial_number, self.time_created

    @property
    def day(self) -> int | None:
        """Days since 1989-12-31."""
        return None if self.scheduled_time is None else self.scheduled_time // _DAY


def merge(
    existing: Iterable[ScheduleEntry], new: Iterable[ScheduleEntry], drop: Collection[tuple[int, int]] = ()
) -> list[ScheduleEntry]:
    """A schedule with new entries, by time and else as they stood; those without a time come last.

    Existing entries stay as they are, but for those that a new one puts otherwise (the same file on the same day)
    and those of the files in ``drop``, each a serial number and a time of creation: files that were superseded.
    Merging twice is merging once.
    """
    joining = dict.fromkeys(new)
    put_otherwise = {(one.file, one.day) for one in joining}
    staying = [
        one for one in existing if one in joining or (one.file not in drop and (one.file, one.day) not in put_otherwise)
    ]
    added = joining.keys() - set(staying)
    return sorted([*staying, *(one for one in joining if one in added)], key=_time)


def _time(entry: ScheduleEntry) -> tuple[bool, int]:
    return entry.scheduled_time is None, entry.scheduled_time or 0
