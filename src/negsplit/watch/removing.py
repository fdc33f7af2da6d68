"""Takes back from a watch what was brought there: ours alone, and looked at again right before."""

from __future__ import annotations

from collections.abc import Collection

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


def take_back(watch: Watch, listed: OnWatch, ledger: Ledger) -> None:
    """Removes one file that was listed.

    :raises Refused: where another file stands there by now, or it is none of ours.
    :raises WatchError: where the watch does not let it go.
    """
    found = look_at(watch, listed.place)
    if found.identity is None or found.identity != listed.identity or found.identity not in brought(ledger):
        raise Refused(f"`{shown(listed.place)}` is no longer the file that was listed: it stays")
    watch.door.remove(listed.place)
    ledger.forget([found.identity])
