"""Brings files to a watch so that each is there whole or not at all, and never twice.

A file goes into the folder from which the watch imports. Before it is sent the ledger says that it will be, after
it was read back that it was: whatever a pulled cable leaves behind is known for ours at the next copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import PurePosixPath

from negsplit.frozen import dataclass
from negsplit.watch.attached import Watch
from negsplit.watch.door import Names, is_leftover, shown
from negsplit.watch.errors import Gone, NotThere, Unusable, WatchError
from negsplit.watch.inventory import Inventory, OnWatch
from negsplit.watch.ledger import WatchFileIdentity, WatchLedger


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file to bring. ``key`` says which workout it is, whatever its version; ``file`` is the name it would like.

    One that is ``carried`` was on the watch before, and is not ours.
    """

    file: str
    data: bytes
    identity: WatchFileIdentity
    key: str
    title: str
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Errand:
    """What there is to do for some parcels.

    ``there`` need nothing done; ``older`` are earlier versions of what is brought, and ``superseded`` those of them
    that are still on the watch. ``count`` is how many workouts the watch has then, those included.
    """

    new: tuple[Parcel, ...]
    there: tuple[tuple[Parcel, OnWatch], ...]
    older: frozenset[WatchFileIdentity]
    superseded: tuple[OnWatch, ...]
    count: int


def errand(inventory: Inventory, parcels: Iterable[Parcel], ledger: WatchLedger) -> Errand:
    """Compares what is to be brought with what is on the watch."""
    new: dict[WatchFileIdentity, Parcel] = {}
    there: list[tuple[Parcel, OnWatch]] = []
    for parcel in parcels:
        if found := _found(parcel, inventory):
            there.append((parcel, found))
        else:
            new.setdefault(parcel.identity, parcel)
    asked = [*new.values(), *(parcel for parcel, _ in there)]
    keys = {parcel.key for parcel in asked}
    versions = {one.identity for one in ledger.entries if one.is_ours and one.key in keys}
    older = frozenset(versions - {parcel.identity for parcel in asked})
    return Errand(
        new=tuple(new.values()),
        there=tuple(there),
        older=older,
        superseded=tuple(one for one in inventory.workouts if one.identity in older),
        count=len(inventory.workouts) + len(new),
    )


def kept(inventory: Inventory) -> int:
    """How many workouts the watch keeps that did not come with it."""
    waiting = {one.place for one in inventory.waiting}
    return sum(one.place not in waiting for one in inventory.workouts)


def _found(parcel: Parcel, inventory: Inventory) -> OnWatch | None:
    """The same file on the watch: byte for byte where it waits, as the watch has written it anew where it is kept."""
    same = (one for one in inventory.waiting if one.data == parcel.data)
    kept = (one for one in inventory.kept if one.identity == parcel.identity)
    return next(same, None) or next(kept, None)


def sweep(watch: Watch, inventory: Inventory, ledger: WatchLedger) -> Inventory:
    """Removes the halves that copies which were cut off have left, and gives what is there then."""
    broken = tuple(_broken(watch, inventory, ledger))
    for place in broken:
        with suppress(NotThere):
            watch.door.remove(place)
    return inventory.without(broken)


def _broken(watch: Watch, inventory: Inventory, ledger: WatchLedger) -> Iterator[Names]:
    into = watch.workouts.into
    if into is None:
        return
    begun = {one.file.casefold() for one in ledger.entries if one.is_begun}
    yield from (one.place for one in inventory.waiting if one.fault and one.place[-1].casefold() in begun)
    left = (entry.name for entry in watch.door.list(into) if entry.kind == "file" and is_leftover(entry.name))
    yield from ((*into, name) for name in left)


def settle(inventory: Inventory, ledger: WatchLedger) -> None:
    """Confirms what an earlier copy brought whole before it was cut off."""
    there = {one.identity for one in (*inventory.kept, *inventory.waiting)}
    for one in ledger.entries:
        if one.is_begun and one.identity in there:
            ledger.confirm(one.identity)


# --- Delivering --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far it got. ``failed`` is the one at which it stopped, and ``error`` the reason; ``unknown`` where nobody
    can say how much of that one is on the watch."""

    delivered: tuple[Parcel, ...]
    failed: Parcel | None = None
    error: WatchError | None = None
    unknown: bool = False
    untried: tuple[Parcel, ...] = ()


def deliver(watch: Watch, parcels: Sequence[Parcel], ledger: WatchLedger) -> Iterator[Parcel | Delivery]:
    """Brings parcels in their order, stops at the first that fails; each as it is there, then how it ended.

    :raises StateError: where the ledger cannot be written; then nothing more is brought.
    """
    run = ledger.begin() if parcels else 0
    done: list[Parcel] = []
    there: list[str] = []
    for parcel in parcels:
        try:
            there = there or _names(watch)
            there.append(_bring(watch, parcel, there, ledger, run))
        except WatchError as error:
            entry = ledger.entry(parcel.identity)
            unknown = entry is not None and entry.is_begun
            yield Delivery(tuple(done), parcel, error, unknown, tuple(parcels[len(done) + 1 :]))
            return
        done.append(parcel)
        yield parcel
    yield Delivery(tuple(done))


def _names(watch: Watch) -> list[str]:
    """What is in the folder that files are brought into; asked for once, since a long list is slow."""
    return [entry.name for entry in watch.door.list(_into(watch))]


def _into(watch: Watch) -> Names:
    assert watch.workouts.into is not None, "a watch that takes no workouts is refused before"
    return watch.workouts.into


def _bring(watch: Watch, parcel: Parcel, there: Sequence[str], ledger: WatchLedger, run: int) -> str:
    """The name that it has got, which is none of those that are there."""
    folder = _into(watch)
    name = free_name(parcel.file, there)
    before, carried = ledger.entry(parcel.identity), parcel.carried
    ledger.note(parcel.identity, key=parcel.key, name=parcel.title, file=name, run=run, carried=carried)
    place = (*folder, name)
    try:
        watch.door.put(folder, name, parcel.data)
    except Gone:
        raise
    except WatchError:
        ledger.restore(parcel.identity, before)
        raise
    if fault := _difference(watch, place, parcel.data):
        watch.door.remove(place)  # where that fails too, the ledger goes on saying that half of it may be there
        ledger.restore(parcel.identity, before)
        raise fault
    ledger.confirm(parcel.identity)
    return name


def _difference(watch: Watch, place: Names, data: bytes) -> WatchError | None:
    """Why what was written is not seen to be there byte for byte."""
    try:
        if watch.door.read(place, len(data) + 1) == data:
            return None
    except Gone:
        raise
    except WatchError as error:
        return error
    message = f"what was read back from `{shown(place)}` is not what was written, so it was removed again"
    return Unusable(message, "try another cable or port; a full or worn-out watch can do this too")


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """The name, numbered where another file has it, in whatever case."""
    there = {name.casefold() for name in taken}
    stem, suffix = PurePosixPath(wanted).stem, PurePosixPath(wanted).suffix
    number, name = 1, wanted
    while name.casefold() in there:
        number += 1
        name = f"{stem}-{number}{suffix}"
    return name
