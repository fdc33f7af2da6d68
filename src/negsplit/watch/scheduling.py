"""The watch's schedule with more days in it, and the workouts that have to come with it.

A watch ties a day to a workout that it takes in together with the schedule, and perhaps to no other. So whatever the
new schedule names is brought with it, also what the watch has already.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from negsplit.formats.fit.profile import EPOCH, FILE_TYPE_SCHEDULE
from negsplit.formats.fit.read import FitReadError, read_whole_schedule
from negsplit.formats.fit.schedule import encode_entries
from negsplit.formats.fit.schedule_entry import FitRecord, ScheduleEntry, WatchSchedule, merge
from negsplit.frozen import dataclass
from negsplit.limits import ENTRIES_SHOWN
from negsplit.watch.attached import Watch
from negsplit.watch.copying import Errand, Parcel
from negsplit.watch.door import Names, shown
from negsplit.watch.errors import NotThere, Refused, Unusable
from negsplit.watch.inventory import Inventory, OnWatch, decoded, look_at
from negsplit.watch.ledger import WatchFileIdentity, WatchLedger
from negsplit.watch.removing import brought

FILE: Final = "SCHEDULE.FIT"
KEY: Final = "schedule"
"""What the ledger knows every schedule by."""


@dataclass(frozen=True, slots=True)
class NewSchedule:
    """The schedule to bring, None where the watch has it already, and those of ours that wait and are to go then.

    ``days`` is how many entries are new; of those that the watch had ``kept`` stay and ``dropped`` go: entries of
    earlier versions, and those that a new one puts at another time of the day. ``past`` are left out because their day
    is over or done, and ``later`` because a watch shows no more than :data:`ENTRIES_SHOWN`. ``named`` are all
    entries that are to be imported.
    """

    parcel: Parcel | None
    replaced: tuple[OnWatch, ...]
    named: tuple[ScheduleEntry, ...]
    days: int
    kept: int
    dropped: int
    past: int
    later: tuple[ScheduleEntry, ...]

    @property
    def again(self) -> dt.date | None:
        """The first day that is left out because there are too many; None where there is none."""
        day = self.later[0].day if self.later else None
        return None if day is None else EPOCH.date() + dt.timedelta(days=day)


def new_schedule(
    watch: Watch,
    inventory: Inventory,
    schedules: Sequence[WatchSchedule],
    superseded: Collection[WatchFileIdentity],
    ledger: WatchLedger,
    today: dt.date,
) -> NewSchedule:
    """The watch's schedule, and what waits to be imported into it, with those of others: from a day on.

    What the watch has marked as completed is not brought again.

    :raises Refused: where what is there is damaged, or somebody else's schedule waits.
    :raises Unusable: where the watch takes no schedules.
    """
    if why := _refusal(watch):
        raise Unusable(f"{watch.name} takes no schedule (FIT_TYPE_7): {why}", "copy without --schedule")
    waiting = tuple(_waiting(inventory, ledger))
    read = {one: _read(one) for one in (*([inventory.schedule] if inventory.schedule else ()), *waiting)}
    there, coming = _together(list(read.values())), _together(schedules)
    days = _Days(there.entries, coming.entries, superseded, today)
    whole = _together([there, coming])
    same = next((one for one in waiting if (read[one].entries, read[one].others) == (days.named, whole.others)), None)
    if same or not days.are_new:
        replaced = tuple(one for one in waiting if same and one is not same)
        named = days.named if same else ()
        return NewSchedule(None, replaced, named, 0, len(days.named), 0, days.past, days.later)
    data = encode_entries(days.named, whole.others, whole.protocol)
    identity = decoded((FILE,), data).identity
    assert identity is not None
    parcel = Parcel(FILE, data, identity, KEY, "WatchSchedule")
    new = len(days.named) - days.kept
    return NewSchedule(parcel, waiting, days.named, new, days.kept, days.dropped, days.past, days.later)


class _Days:
    """The entries that are there and those that are coming, in one row, as far as they are still to be run.

    ``named`` are as many as a watch shows, ``later`` the others. Of those that were there ``kept`` are among the named,
    and ``dropped`` among neither. ``past`` is how many are over or done. ``superseded`` workouts are named no more.
    """

    def __init__(
        self,
        there: Sequence[ScheduleEntry],
        coming: Sequence[ScheduleEntry],
        superseded: Collection[WatchFileIdentity],
        today: dt.date,
    ) -> None:
        done = {(one.file, one.day) for one in there if one.completed}
        wanted = [one for one in coming if _is_ahead(one, today) and (one.file, one.day) not in done]
        ahead = [one for one in there if _is_ahead(one, today)]
        merged = tuple(merge(ahead, wanted, drop=superseded))
        self.named, self.later = merged[:ENTRIES_SHOWN], merged[ENTRIES_SHOWN:]
        self.kept = len([one for one in ahead if one in self.named])
        self.dropped = len([one for one in ahead if one not in merged])
        self.past = len({(one.file, one.day) for one in (*there, *coming) if not _is_ahead(one, today)})
        self.are_new = bool(self.named) and self.named != tuple(ahead[:ENTRIES_SHOWN])
        """Whether there is anything to be named that is not named there, in this order."""


def _refusal(watch: Watch) -> str:
    """Why no schedule can be brought; nothing where one can."""
    named = [one for one in watch.device.locations if one.fit_type == FILE_TYPE_SCHEDULE]
    if astray := next((one.fault for one in named if one.fault), ""):
        return astray
    if watch.schedules.into is None:
        return watch.schedules.no_into
    same = watch.schedules.into == watch.workouts.into
    return "" if same else "its manifest names another folder for it than for workouts"


def _is_ahead(entry: ScheduleEntry, today: dt.date) -> bool:
    """Whether it is still to be run; what has no day may be."""
    return not entry.completed and (entry.day is None or entry.day >= (today - EPOCH.date()).days)


def _together(schedules: Sequence[WatchSchedule]) -> WatchSchedule:
    """Several in one; a message that more than one of them has stands there once."""
    entries: list[ScheduleEntry] = []
    others: list[FitRecord] = []
    for one in schedules:
        entries = merge(entries, one.entries) if entries else list(one.entries)
        known = frozenset(others)
        others += [record for record in one.others if record not in known]
    return WatchSchedule(tuple(entries), tuple(others), max((one.protocol for one in schedules), default=1))


# --- What comes with it ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Batch:
    """The workouts that are brought again with a schedule, and how many of its entries name one that nobody has."""

    parcels: tuple[Parcel, ...]
    astray: int


def batch(watch: Watch, inventory: Inventory, days: NewSchedule, work: Errand, ledger: WatchLedger) -> Batch:
    """Whatever a schedule names and neither is new nor waits: ours as compiled, else as the watch has it.

    :raises WatchError: where the watch goes away.
    """
    coming = {parcel.identity for parcel in work.new} | {one.identity for one in inventory.waiting}
    compiled = {parcel.identity: parcel for parcel, _ in work.there}
    ours = brought(ledger)
    named = [one for one in map(_workout, days.named) if one and one not in coming]
    found: dict[WatchFileIdentity, Parcel | None] = {}
    for identity in dict.fromkeys(named):
        parcel = compiled.get(identity) or _read_back(watch, inventory, identity, ledger)
        found[identity] = parcel and replace(parcel, carried=identity not in ours)
    astray = sum(found[identity] is None for identity in named)
    return Batch(tuple(parcel for parcel in found.values() if parcel), astray)


def _workout(entry: ScheduleEntry) -> WatchFileIdentity | None:
    """What an entry names; None for a course, which lies elsewhere, and for what has no number."""
    if entry.type or entry.serial_number is None or entry.time_created is None:
        return None
    return WatchFileIdentity(entry.serial_number, entry.time_created)


def _read_back(watch: Watch, inventory: Inventory, identity: WatchFileIdentity, ledger: WatchLedger) -> Parcel | None:
    """A workout that the watch keeps, byte for byte as it is there now; None where it keeps no such."""
    known = ledger.entry(identity)
    for one in (one for one in inventory.kept if one.identity == identity and one.is_workout):
        try:
            now = look_at(watch, one.place)
        except NotThere:
            continue
        if now.identity == identity and now.data is not None:
            key, title = (known.key, known.name) if known else ("", now.title)
            return Parcel(one.place[-1], now.data, identity, key, title)
    return None


# --- What is there -----------------------------------------------------------------------------


def _waiting(inventory: Inventory, ledger: WatchLedger) -> Iterator[OnWatch]:
    known = brought(ledger)
    for one in inventory.waiting:
        if one.is_schedule or one.place[-1].casefold() == FILE.casefold():
            if one.identity not in known:
                message = f"a schedule that negsplit did not put there waits in `{shown(one.place)}`"
                raise Refused(message, "unplug the watch so that it imports it, then copy again")
            yield one


def _read(one: OnWatch) -> WatchSchedule:
    try:
        if one.fault:
            raise Refused(*_unreadable(one.place, one.fault))
        return read_whole_schedule(one.data or b"")
    except FitReadError as error:
        raise Refused(*_unreadable(one.place, str(error))) from None


def _unreadable(place: Names, why: str) -> tuple[str, str]:
    message = f"the schedule on the watch, `{shown(place)}`, cannot be read whole: {why}"
    return message, "so that nothing is lost it stays as it is; copy without --schedule"
