"""Which workout file is for which day, as the bytes of a FIT schedule file (``SCHEDULE.FIT``)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple

from negsplit.formats.fit.frame import BaseType
from negsplit.formats.fit.packing import FileIdentity, Layout, Row, fit_file, records, renumbered, serial_number
from negsplit.formats.fit.profile import EPOCH, FILE_TYPE_SCHEDULE, MessageNumber, ScheduleField
from negsplit.formats.fit.records import ENUM, U16, U32, U32Z, Reader
from negsplit.formats.fit.schedule_entry import FitRecord, ScheduleEntry

NOON: Final = dt.time(12)
"""When a workout is scheduled that has a day and no time. Garmin Connect writes that, and midnight may be held for the
day before.
"""
_WORKOUT: Final = 0
_NOT_COMPLETED: Final = 0
_AS_READ: Final = 2
"""The local number of messages that are written as they were read."""

_SCHEDULE: Final = Layout(
    1,
    MessageNumber.SCHEDULE,
    (
        (ScheduleField.MANUFACTURER, BaseType.UINT16),
        (ScheduleField.PRODUCT, BaseType.UINT16),
        (ScheduleField.SERIAL_NUMBER, BaseType.UINT32Z),
        (ScheduleField.TIME_CREATED, BaseType.UINT32),
        (ScheduleField.COMPLETED, BaseType.ENUM),
        (ScheduleField.TYPE, BaseType.ENUM),
        (ScheduleField.SCHEDULED_TIME, BaseType.UINT32),
    ),
)
_READ_BACK: Final[dict[int, int]] = dict(zip(ScheduleField, (U16, U16, U32Z, U32, ENUM, ENUM, U32), strict=True))
_READER: Final = Reader({MessageNumber.SCHEDULE: _READ_BACK})


class Scheduled(NamedTuple):
    """A workout file and when it is to be run, in the watch's local time."""

    workout: FileIdentity
    when: dt.datetime

    @property
    def entry(self) -> ScheduleEntry:
        """What stands in the schedule; it is not completed."""
        return ScheduleEntry(
            *self.workout,
            completed=_NOT_COMPLETED,
            type=_WORKOUT,
            scheduled_time=int((self.when - EPOCH).total_seconds()),
        )


def encode_schedule(entries: Sequence[Scheduled]) -> bytes:
    """The FIT schedule file of some workouts; see :func:`encode_entries`."""
    return encode_entries([one.entry for one in entries])


def encode_entries(entries: Sequence[ScheduleEntry], others: Sequence[FitRecord] = (), protocol: int = 1) -> bytes:
    """The FIT schedule file of some entries, in their order, created on the first one's day.

    ``others`` are messages that go before them. They and the entries that were read from a file are written to the bit,
    ``protocol`` is what that file says it needs. The serial number follows from those of the workouts: a plan that
    is moved keeps it. What is returned has been read back.

    :raises ValueError: where there is nothing to schedule.
    :raises struct.error: for a number that does not fit its field.
    """
    if not entries:
        raise ValueError("a schedule has at least one workout")
    number = serial_number([(entry.serial_number or 0).to_bytes(4, "little") for entry in entries])
    created = EPOCH.date() + dt.timedelta(days=entries[0].day or 0)
    data = fit_file(FILE_TYPE_SCHEDULE, number, created, _content(entries, others), max(1, protocol))
    if fault := _difference(data, entries, others):
        raise AssertionError(f"a schedule cannot be read back: {fault}")
    return data


def _content(entries: Sequence[ScheduleEntry], others: Sequence[FitRecord]) -> list[bytes]:
    """Ours go by one local number; what was read by another, which is defined anew where the definition is another."""
    content: list[bytes] = []
    read_by, has_ours = b"", False
    for one in [*others, *(entry.record or entry for entry in entries)]:
        if isinstance(one, ScheduleEntry):
            content += records(_SCHEDULE, [_row(one)])[has_ours:]
            has_ours = True
        else:
            content += [renumbered(one.definition, _AS_READ)] if one.definition != read_by else []
            content.append(renumbered(one.data, _AS_READ))
            read_by = one.definition
    return content


def _difference(data: bytes, entries: Sequence[ScheduleEntry], others: Sequence[FitRecord]) -> str:
    """What is seen of a file that is not what it was made of; nothing where all is well."""
    if not others and all(entry.record is None for entry in entries):
        found, faults = _READER.walk(data)
        same = [one.values for one in found] == [_known(entry) for entry in entries]
        return "; ".join(faults) or ("" if same else "its entries differ")
    from negsplit.formats.fit.read import read_whole_schedule  # slow to import, and needed where one was read

    back = read_whole_schedule(data)
    records_now = [now.record if was.record else None for now, was in zip(back.entries, entries, strict=True)]
    same = back.entries == tuple(entries) and back.others == tuple(others)
    return "" if same and records_now == [entry.record for entry in entries] else "its messages differ"


def _row(entry: ScheduleEntry) -> Row:
    return [
        base.invalid if value is None else value
        for value, (_, base) in zip(entry.values, _SCHEDULE.fields, strict=True)
    ]


def _known(entry: ScheduleEntry) -> dict[int, int]:
    return {field: value for field, value in zip(ScheduleField, entry.values, strict=True) if value is not None}
