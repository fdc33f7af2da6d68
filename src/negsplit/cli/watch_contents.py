"""What is on a watch, in words: its workouts, which are ours, its schedule, and what became of the last copy."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from negsplit.cli import console
from negsplit.formats.fit_reader import FitReadError, ScheduledWorkout, read_schedule
from negsplit.watch.attached import Watch
from negsplit.watch.door import shown
from negsplit.watch.inventory import Inventory, OnWatch, take_inventory
from negsplit.watch.ledger import Copied, Identity, Ledger
from negsplit.watch.removing import brought
from negsplit.watch.scheduling import KEY


def lines(watch: Watch, ledger: Ledger) -> list[str]:
    """Everything, a line each."""
    inventory = take_inventory(watch)
    known = brought(ledger)
    copied = [one for one in ledger.entries if one.key != KEY]
    run = max((one.run for one in copied), default=0)
    last = [one for one in copied if one.run == run]
    found = [watch.name]
    found += _workouts(f"kept in {shown(watch.workouts.kept or ())}", inventory.kept, known, last)
    if inventory.waiting:
        found += _workouts(
            f"waiting in {shown(watch.workouts.into or ())} to be imported", inventory.waiting, known, ()
        )
    found += _schedule(inventory)
    return [*found, *_last_copy(last, inventory)]


def _workouts(
    where: str, files: Sequence[OnWatch], known: Collection[Identity], last: Sequence[Copied]
) -> Iterator[str]:
    """One line a file; ours are marked, and those that were imported since the last copy."""
    yield f"  {console.count(len(files), 'file')} {where}"
    width = max((len(one.place[-1]) for one in files), default=0)
    new = {one.identity for one in last}
    for one in files:
        words = one.title or ("schedule" if one.is_schedule else "unnamed")
        if one.fault:
            words = f"cannot be read: {one.fault}"
        elif one.identity in new:
            words += " (ours, imported since the last copy)"
        elif one.identity in known:
            words += " (ours)"
        yield f"    {one.place[-1]:{width}}  {words}"


def _schedule(inventory: Inventory) -> Iterator[str]:
    """The days in the watch's schedule, and those that wait to be imported into it."""
    titles: dict[tuple[object, ...], str] = {
        tuple(one.identity): one.title for one in inventory.workouts if one.identity
    }
    waiting = [one for one in inventory.waiting if one.is_schedule]
    kept = [inventory.schedule] if inventory.schedule else []
    for one, what in [*((one, "the schedule") for one in kept), *((one, "a schedule that waits") for one in waiting)]:
        try:
            entries = [] if one.fault else read_schedule(one.data)
        except FitReadError as error:
            yield f"  {what} cannot be read: {error}"
            continue
        if one.fault:
            yield f"  {what} cannot be read: {one.fault}"
            continue
        yield f"  {console.count(len(entries), 'day')} in {what}"
        yield from (f"    {_entry(entry, titles)}" for entry in entries)


def _entry(entry: ScheduledWorkout, titles: Mapping[tuple[object, ...], str]) -> str:
    day = f"{entry.scheduled:%Y-%m-%d %H:%M}".removesuffix(" 00:00") if entry.scheduled else "no day"
    words = titles.get((entry.serial_number or 0, entry.time_created or 0)) or (
        "a course" if entry.type else "a workout that is not on the watch"
    )
    return f"{day}  {words}{', completed' if entry.completed else ''}"


def _last_copy(last: Sequence[Copied], inventory: Inventory) -> Iterator[str]:
    if not last:
        return
    kept = {one.identity for one in inventory.kept}
    waiting = {one.identity for one in inventory.waiting}
    imported = [one for one in last if one.identity in kept]
    still = [one for one in last if one.identity in waiting and one.identity not in kept]
    gone = [one for one in last if one.identity not in kept | waiting]
    parts = [f"{len(imported)} imported"] if imported else []
    parts += [f"{len(still)} waiting: unplug the watch to import"] if still else []
    parts += [f"{len(gone)} not there: {', '.join(one.name for one in gone)}"] if gone else []
    yield f"  of the last copy, {console.count(len(last), 'workout')}: {'; '.join(parts)}"
