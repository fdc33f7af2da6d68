"""An entry of a watch's schedule as it stands there, and how new entries join those that are there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import field
from typing import Final, NamedTuple

from negsplit.frozen import dataclass

_DAY: Final = 86_400

Value = int | None


class FitRecord(NamedTuple):
    """A message to the bit: its definition and its data, both as records whose headers name no local number (0)."""

    definition: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class ScheduleEntry:
    """A ``schedule`` message: its values in the order of their fields; None is a field that is missing or invalid.

    The first four are those of the scheduled file's ``file_id``. ``time_created`` is in seconds since 1989-12-31
    00:00 UTC, ``scheduled_time`` since then in the watch's local time. ``type`` is 0 for workouts, 1 for courses.
    ``record`` is the message as it was read, which may hold more than is known here; None where it was not read.
    """

    manufacturer: Value
    product: Value
    serial_number: Value
    time_created: Value
    completed: Value
    type: Value
    scheduled_time: Value
    record: FitRecord | None = field(default=None, compare=False, repr=False)

    @property
    def values(self) -> tuple[Value, Value, Value, Value, Value, Value, Value]:
        """All that is known of it."""
        whose = (self.manufacturer, self.product, self.serial_number, self.time_created)
        return (*whose, self.completed, self.type, self.scheduled_time)

    @property
    def file(self) -> tuple[Value, Value]:
        """Serial number and time of creation, by which the watch finds the file."""
        return self.serial_number, self.time_created

    @property
    def day(self) -> Value:
        """Days since 1989-12-31."""
        return None if self.scheduled_time is None else self.scheduled_time // _DAY


@dataclass(frozen=True, slots=True)
class WatchSchedule:
    """What stands in a schedule file. ``others`` are all messages but the entries and those that say who wrote it.

    ``protocol`` is the version of FIT that the file says it needs, 1 or 2.
    """

    entries: tuple[ScheduleEntry, ...]
    others: tuple[FitRecord, ...] = ()
    protocol: int = 1


def merge(
    existing: Iterable[ScheduleEntry], new: Iterable[ScheduleEntry], drop: Collection[tuple[int, int]] = ()
) -> list[ScheduleEntry]:
    """A schedule with new entries, by time and else as they stood; those without a time come last.

    Existing entries stay as they are, but for those that a new one puts at another time of their day, and those of the
    files in ``drop``, each a serial number and a time of creation: files that were superseded. Merging twice is
    merging once.
    """
    joining = {(one.file, one.scheduled_time): one for one in reversed(list(new))}
    put_otherwise = {(one.file, one.day) for one in joining.values()}
    staying = [
        one
        for one in existing
        if (one.file, one.scheduled_time) in joining
        or (one.file not in drop and (one.file, one.day) not in put_otherwise)
    ]
    there = {(one.file, one.scheduled_time) for one in staying}
    added = [one for key, one in reversed(joining.items()) if key not in there]
    return sorted([*staying, *added], key=_time)


def _time(entry: ScheduleEntry) -> tuple[bool, int]:
    return entry.scheduled_time is None, entry.scheduled_time or 0
