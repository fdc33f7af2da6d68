"""Takes back from a watch what was brought there: ours alone, and looked at again right before."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from negsplit.watch.attached import Watch
from negsplit.watch.door import shown
from negsplit.watch.errors import Refused
from negsplit.watch.inventory import Inventory, OnWatch, look_at
from negsplit.watch.ledger import WatchFileIdentity, WatchLedger


def ours(inventory: Inventory, ledger: WatchLedger) -> list[OnWatch]:
    """What is on the watch that negsplit brought, by number and time of creation, both.

    That is workouts, and schedules that wait to be imported. What the watch keeps as its schedule is its own.
    """
    known = brought(ledger)
    schedules = [one for one in inventory.waiting if one.is_schedule]
    return [one for one in (*inventory.workouts, *schedules) if one.identity in known]


def brought(ledger: WatchLedger) -> Collection[WatchFileIdentity]:
    """Everything that was ever brought to this watch and not taken back; what was carried is somebody else's."""
    return {one.identity for one in ledger.entries if one.is_ours}


class Double(NamedTuple):
    """A second file, byte for byte the same as one that stays."""

    extra: OnWatch
    stays: OnWatch


def doubles(watch: Watch, inventory: Inventory, ledger: WatchLedger) -> list[Double]:
    """Files that the watch has twice because they were carried: a second one with the same bytes, read for this.

    :raises WatchError: where one cannot be read.
    """
    found: list[Double] = []
    for carried in (one.identity for one in ledger.entries if not one.is_ours):
        same = [one for one in inventory.kept if one.identity == carried]
        staying: list[OnWatch] = []
        for one in sorted(same, key=lambda one: not one.built_in) if len(same) > 1 else []:
            now = look_at(watch, one.place)
            first = next((other for other in staying if other.data == now.data), None)
            if first is None or one.built_in or now.identity != carried:
                staying.append(now)
            else:
                found.append(Double(now, first))
    return found


def take_double(watch: Watch, double: Double) -> None:
    """Removes the second of two files, both read again right before.

    :raises Refused: where they are no longer the same.
    :raises WatchError: where the watch does not let it go.
    """
    for one in double:
        if look_at(watch, one.place).data != double.stays.data:
            raise Refused(f"`{shown(one.place)}` is no longer the file that was listed, so it stays")
    watch.door.remove(double.extra.place)


def take_back(
    watch: Watch, listed: Sequence[OnWatch], ledger: WatchLedger, staying: Collection[WatchFileIdentity] = ()
) -> Iterator[OnWatch]:
    """Removes files that were listed, one after another; each as it is gone.

    What is in ``staying`` is there another time too, and goes on being known.

    :raises Refused: where another file stands there by now, or it is none of ours.
    :raises WatchError: where the watch does not let it go.
    """
    known = brought(ledger)
    for number, one in enumerate(listed, start=1):
        found = look_at(watch, one.place)
        if found.identity is None or found.identity != one.identity or found.identity not in known:
            raise Refused(f"`{shown(one.place)}` is no longer the file that was listed, so it stays")
        watch.door.remove(one.place)
        if found.identity not in {*(other.identity for other in listed[number:]), *staying}:
            ledger.forget([found.identity])
        yield one
