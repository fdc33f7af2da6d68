"""Takes back from a watch what was brought there: ours alone, and looked at again right before."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from negsplit.watch.attached import Watch
from negsplit.watch.door import shown
from negsplit.watch.errors import Refused
from negsplit.watch.inventory import Inventory, OnWatch, look_at
from negsplit.watch.ledger import Identity, Ledger


def ours(inventory: Inventory, ledger: Ledger) -> list[OnWatch]:
    """What is on the watch that negsplit brought, by number and time of creation, both.

    That is workouts, and schedules that wait to be imported. What the watch keeps as its schedule is its own.
    """
    known = brought(ledger)
    schedules = [one for one in inventory.waiting if one.is_schedule]
    return [one for one in (*inventory.workouts, *schedules) if one.identity in known]


def brought(ledger: Ledger) -> Collection[Identity]:
    """Everything that was ever brought to this watch and not taken back."""
    return {one.identity for one in ledger.entries}


def take_back(watch: Watch, listed: Sequence[OnWatch], ledger: Ledger) -> Iterator[OnWatch]:
    """Removes files that were listed, one after another; each as it is gone.

    :raises Refused: where another file stands there by now, or it is none of ours.
    :raises WatchError: where the watch does not let it go.
    """
    known = brought(ledger)
    for number, one in enumerate(listed, start=1):
        found = look_at(watch, one.place)
        if found.identity is None or found.identity != one.identity or found.identity not in known:
            raise Refused(f"`{shown(one.place)}` is no longer the file that was listed: it stays")
        watch.door.remove(one.place)
        if all(other.identity != one.identity for other in listed[number:]):  # the same file may be there twice
            ledger.forget([found.identity])
        yield one
