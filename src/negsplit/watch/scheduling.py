"""The watch's schedule with more days in it: everything that is there stays, or nothing is brought."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from negsplit.formats.fit_reader import FitReadError, read_entries
from negsplit.formats.fit_schedule import encode_entries
from negsplit.formats.schedule_entry import ScheduleEntry, merge
from negsplit.frozen import dataclass
from negsplit.watch.attached import Watch
from negsplit.watch.copying import Parcel
from negsplit.watch.door import Names, shown
from negsplit.watch.errors import Refused, Unusable
from negsplit.watch.inventory import Inventory, OnWatch, decoded
from negsplit.watch.ledger import Identity, Ledger
from negsplit.watch.removing import brought

FILE: Final = "SCHEDULE.FIT"
KEY: Final = "schedule"
"""What the ledger knows every schedule by."""


@dataclass(frozen=True, slots=True)
class NewSchedule:
    """The schedule to bring, None where the watch has it already, and those of ours that wait and are to go then.

    ``days`` is how many entries are new; of those that the watch had ``kept`` stay and ``dropped`` go: entries of
    earlier versions, and those that a new one puts at another time of the day.
    """

    parcel: Parcel | None
    replaced: tuple[OnWatch, ...]
    days: int
    kept: int
    dropped: int


def new_schedule(
    watch: Watch,
    inventory: Inventory,
    entries: Sequence[ScheduleEntry],
    superseded: Collection[Identity],
    ledger: Ledger,
) -> NewSchedule:
    """The watch's schedule, and what waits to be imported into it, with some entries more.

    What the watch has marked as completed is left as it is.

    :raises Refused: where what is there cannot be read whole, or somebody else's schedule waits.
    :raises Unusable: where the watch takes no schedules.
    """
    if watch.schedules.into is None or watch.schedules.into != watch.workouts.into:
        raise Unusable(f"{watch.name} takes no schedule (FIT_TYPE_7)", "copy without --schedule")
    waiting = tuple(_waiting(inventory, ledger))
    there: list[ScheduleEntry] = []
    for one in (inventory.schedule, *waiting):
        if one is not None:
            there = merge(there, _entries(one))
    done = {(one.file, one.day) for one in there if one.completed}
    coming = [one for one in entries if (one.file, one.day) not in done]
    merged = merge(there, coming, drop=superseded)
    data = encode_entries(merged)
    same = next((one for one in waiting if one.data == data), None)
    if same or merged == there:
        return NewSchedule(None, tuple(one for one in waiting if same and one is not same), 0, len(there), 0)
    identity = decoded((FILE,), data).identity
    assert identity is not None
    parcel = Parcel(FILE, data, identity, KEY, "Schedule")
    kept = len([one for one in there if one in merged])
    return NewSchedule(parcel, waiting, len(merged) - kept, kept, len(there) - kept)


def _waiting(inventory: Inventory, ledger: Ledger) -> Iterator[OnWatch]:
    known = brought(ledger)
    for one in inventory.waiting:
        if one.is_schedule or one.place[-1].casefold() == FILE.casefold():
            if one.identity not in known:
                message = f"a schedule that negsplit did not put there waits in `{shown(one.place)}`"
                raise Refused(message, "unplug the watch, so that it imports it, then copy again")
            yield one


def _entries(one: OnWatch) -> Sequence[ScheduleEntry]:
    try:
        if one.fault:
            raise Refused(*_unreadable(one.place, one.fault))
        return read_entries(one.data)
    except FitReadError as error:
        raise Refused(*_unreadable(one.place, str(error))) from None


def _unreadable(place: Names, why: str) -> tuple[str, str]:
    message = f"the schedule on the watch, `{shown(place)}`, cannot be read whole: {why}"
    return message, "nothing of it may be lost, so it stays as it is; copy without --schedule"
