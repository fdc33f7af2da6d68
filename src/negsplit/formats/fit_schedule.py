"""Which workout file is for which day, as the bytes of a FIT schedule file (``SCHEDULE.FIT``)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple

from fit_tool.base_type import BaseType

from negsplit.formats.fit_packing import FileIdentity, Layout, Row, fit_file, records, serial_number
from negsplit.formats.fit_profile import EPOCH, FILE_TYPE_SCHEDULE, MessageNumber, ScheduleField
from negsplit.formats.fit_records import ENUM, U16, U32, U32Z, walk
from negsplit.formats.schedule_entry import ScheduleEntry

_WORKOUT: Final = 0
_NOT_COMPLETED: Final = 0

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


def encode_entries(entries: Sequence[ScheduleEntry]) -> bytes:
    """The FIT schedule file of some entries, in their order, created on the first one's day.

    Its serial number follows from those of the workouts: a plan that is moved keeps it. What is returned has
    been read back.

    :raises ValueError: where there is nothing to schedule.
    :raises struct.error: for a number that does not fit its field.
    """
    if not entries:
        raise ValueError("a schedule has at least one workout")
    rows = [_row(entry) for entry in entries]
    number = serial_number([(entry.serial_number or 0).to_bytes(4, "little") for entry in entries])
    created = EPOCH.date() + dt.timedelta(days=entries[0].day or 0)
    data = fit_file(FILE_TYPE_SCHEDULE, number, created, records(_SCHEDULE, rows))
    found, faults = walk(data, {MessageNumber.SCHEDULE: _READ_BACK})
    if faults or [one.values for one in found] != rows:
        raise AssertionError(f"a schedule cannot be read back: {'; '.join(faults) or 'its entries differ'}")
    return data


def _row(entry: ScheduleEntry) -> Row:
    return {field: value for field, value in zip(ScheduleField, entry, strict=True) if value is not None}
