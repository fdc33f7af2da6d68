"""What is on a watch, in words: its workouts, which are ours, its schedule, and what became of the last copy."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from negsplit.cli import console
from negsplit.formats.fit.read import FitReadError, ScheduledWorkout, read_schedule
from negsplit.watch.attached import Folders, Watch
from negsplit.watch.door import Names, shown
from negsplit.watch.inventory import Inventory, OnWatch
from negsplit.watch.ledger import Copied, WatchFileIdentity, WatchLedger
from negsplit.watch.removing import brought
from negsplit.watch.scheduling import KEY


def lines(watch: Watch, inventory: Inventory, ledger: WatchLedger) -> list[str]:
    """Everything, a line each."""
    known = brought(ledger)
    copied = [one for one in ledger.entries if one.key != KEY and one.identity in known]
    run = max((one.run for one in copied), default=0)
    last = [one for one in copied if one.run == run]
    found = [watch.name, *_kept(watch.workouts, inventory, known, last)]
    if inventory.waiting:
        found += _workouts(watch.workouts.into or (), "waiting in {} to be imported", inventory.waiting, known, ())
    found += _schedule(watch.schedules, inventory)
    return [*found, *_last_copy(last, inventory)]


def _kept(
    folders: Folders, inventory: Inventory, known: Collection[WatchFileIdentity], last: Sequence[Copied]
) -> Iterator[str]:
    if folders.kept is None:
        yield f"  the workouts it keeps cannot be seen: {folders.no_kept}"
        return
    waiting = {one.identity for one in inventory.waiting}
    new = [one for one in last if one.identity not in waiting]
    yield from _workouts(folders.kept, "kept in {}", [one for one in inventory.kept if not one.built_in], known, new)
    if own := [one for one in inventory.kept if one.built_in]:
        yield from _workouts(folders.kept, "that came with the watch", own, (), ())


def _workouts(
    folder: Names, where: str, files: Sequence[OnWatch], known: Collection[WatchFileIdentity], new: Sequence[Copied]
) -> Iterator[str]:
    """One line a file, its place below the folder; ours are marked, and those that were imported since the last copy.

    Files that are the same workout stand together.
    """
    yield f"  {console.count(len(files), 'file')} {where.format(shown(folder))}"
    names = {one.place: shown(one.place[len(folder) :]) for one in files}
    width = max(map(len, names.values()), default=0)
    imported = {one.identity for one in new}
    for same in _by_identity(files):
        first = same[0]
        for one in same:
            words = one.title or ("schedule" if one.is_schedule else "unnamed")
            if one.fault:
                words = f"cannot be read: {one.fault}"
            elif one is not first:
                words += f" (the same as {names[first.place]})"
            elif one.identity in known:
                words += " (copied by negsplit, imported since)" if one.identity in imported else " (ours)"
            yield f"    {names[one.place]:{width}}  {words}"


def _by_identity(files: Sequence[OnWatch]) -> list[list[OnWatch]]:
    """Files that are told from others by nothing together; each that has no identity alone."""
    groups: dict[object, list[OnWatch]] = {}
    for one in files:
        groups.setdefault(one.identity or one.place, []).append(one)
    return list(groups.values())


def _schedule(folders: Folders, inventory: Inventory) -> Iterator[str]:
    """The days in the watch's schedule, and those that wait to be imported into it."""
    if folders.kept is None:
        yield f"  the schedule cannot be seen: {folders.no_kept}"
    titles: dict[tuple[object, ...], str] = {
        tuple(one.identity): one.title
        for one in (*inventory.kept, *inventory.waiting)
        if one.identity and one.is_workout
    }
    where = "among those that were looked at" if inventory.unread else "on the watch"
    waiting = [one for one in inventory.waiting if one.is_schedule]
    kept = [inventory.schedule] if inventory.schedule else []
    for one, what in [
        *((one, "the schedule") for one in kept),
        *((one, "a schedule that is waiting") for one in waiting),
    ]:
        try:
            entries = [] if one.fault else read_schedule(one.data or b"")
        except FitReadError as error:
            yield f"  {what} cannot be read: {error}"
            continue
        if one.fault:
            yield f"  {what} cannot be read: {one.fault}"
            continue
        yield f"  {console.count(len(entries), 'day')} in {what}"
        yield from (f"    {_entry(entry, titles, where)}" for entry in entries)


def _entry(entry: ScheduledWorkout, titles: Mapping[tuple[object, ...], str], where: str) -> str:
    """Noon, and midnight of older ones, stand for a day without a time."""
    day = f"{entry.scheduled:%Y-%m-%d %H:%M}" if entry.scheduled else "no day"
    day = day.removesuffix(" 12:00").removesuffix(" 00:00")
    words = titles.get((entry.serial_number or 0, entry.time_created or 0)) or (
        "a course" if entry.type else f"a workout that is not {where}"
    )
    return f"{day}  {words}{', completed' if entry.completed else ''}"


def _last_copy(last: Sequence[Copied], inventory: Inventory) -> Iterator[str]:
    if not last:
        return
    kept = {one.identity for one in inventory.kept}
    waiting = {one.identity for one in inventory.waiting}
    imported = [one for one in last if one.identity in kept and one.identity not in waiting]
    still = [one for one in last if one.identity in waiting]
    gone = [one for one in last if one.identity not in kept | waiting]
    missing = "not seen" if inventory.unread else "not there"
    parts = [f"{len(imported)} imported"] if imported else []
    parts += [f"{len(still)} waiting: unplug the watch to import"] if still else []
    parts += [f"{len(gone)} {missing}: {', '.join(one.name for one in gone)}"] if gone else []
    yield f"  of the last copy, {console.count(len(last), 'workout')}: {'; '.join(parts)}"
