"""``negsplit watch copy``: workouts, plans and FIT files onto the watch, each whole or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

import click

from negsplit import clock
from negsplit.cli import console
from negsplit.cli.options import (
    athlete_option,
    chosen_form,
    complete_device,
    complete_for_the_watch,
    draft_option,
    files_or_line,
    library_option,
    line_option,
    weeks_option,
)
from negsplit.cli.watch.connection import (
    Remembered,
    chosen,
    diagnostic,
    experimental_option,
    mount_option,
    not_all,
    remembered,
    takes_workouts,
    tells_which,
    tried,
    watch_option,
)
from negsplit.compile import name_collisions
from negsplit.desk.batch import summary
from negsplit.desk.compiler import Compiler
from negsplit.desk.watch_files import WatchFiles
from negsplit.diagnostics import Diagnostic, Severity
from negsplit.limits import ENTRIES_SHOWN, WORKOUTS_KEPT
from negsplit.program.device import device_for
from negsplit.state import StateError
from negsplit.watch.attached import Watch
from negsplit.watch.copying import Delivery, Errand, Parcel, deliver, errand, kept, settle, sweep
from negsplit.watch.door import shown
from negsplit.watch.ejecting import eject
from negsplit.watch.errors import WatchError
from negsplit.watch.inventory import Inventory, OnWatch, take_inventory
from negsplit.watch.ledger import WatchFileIdentity
from negsplit.watch.removing import take_back
from negsplit.watch.scheduling import KEY, Batch, NewSchedule, batch, new_schedule


@click.command("copy", cls=console.Command, short_help="Copy workouts, plans and FIT files to the watch.")
@click.argument(
    "paths",
    nargs=-1,
    type=click.Path(readable=False, path_type=Path),
    shell_complete=complete_for_the_watch,
)
@line_option
@weeks_option
@click.option("--schedule", is_flag=True, help="Also put a plan's workouts on their days in the watch's calendar.")
@click.option("--eject", "ejects", is_flag=True, help="Eject the watch when everything is copied.")
@watch_option
@mount_option
@experimental_option
@click.option("-y", "--yes", is_flag=True, help="Do not ask: copy even if it is too many, and remove older versions.")
@draft_option
@athlete_option
@click.option(
    "--device",
    metavar="NAME",
    shell_complete=complete_device,
    help="The watch to compile for. Without it, the one that is plugged in.",
)
@library_option
@console.quiet_option
@console.color_option
def command(
    paths: tuple[Path, ...],
    line: str | None,
    weeks: str | None,
    schedule: bool,
    ejects: bool,
    name: str | None,
    mount: Path | None,
    experimental: bool,
    yes: bool,
    draft: bool,
    athlete: str | None,
    device: str | None,
    library: Path | None,
    quiet: bool,
) -> None:
    """Copy workouts to the watch that is plugged in: compiled for it, read back and compared byte for byte.

    What is on the watch already is copied again only where a schedule needs it. Nothing of yours is written over.

    \b
    negsplit watch copy workouts/thirds-12k.workout.yaml
    negsplit watch copy half.plan.yaml --weeks 3-4 --schedule --eject
    negsplit watch copy build/*.fit
    negsplit watch copy -e "warmup 10 min, 6x(400 m @ 5k, 200 m), cooldown 10 min"
    """
    files_or_line(paths, line, "files or folders to copy")
    if line is not None and (schedule or weeks is not None):
        raise click.UsageError("--weeks and --schedule are for a plan, and -e types a workout")
    with chosen(name, mount) as watch:
        takes_workouts(watch)
        tried(watch, "copying", experimental=experimental)
        if schedule:
            tells_which(watch, "copy without --schedule")
        profile = chosen_form("fit", device, verify=True)[1] if device else device_for(watch.device.part_number)
        files = WatchFiles(Compiler(profile, athlete, library, paths, drafts=draft), weeks, schedule=schedule)
        if line is None:
            files.load(paths)
        else:
            files.line(line)
        console.report(files.report.diagnostics, quiet=quiet)
        if files.report.failed:
            console.note("nothing was copied")
            raise console.Failed
        with remembered(watch) as known:
            waits = _Copy(watch, files, known, quiet=quiet, yes=yes).run()
        if ejects:
            watch.close()  # an open door is what keeps the system from letting go
            _eject(watch)
        if not quiet:
            console.say(f"{watch.name}: {_next(waits=waits, ejected=ejects, together=schedule)}")


def _eject(watch: Watch) -> None:
    try:
        eject(watch.place)
    except WatchError as error:
        console.report([diagnostic(error)])
        console.note(f"{watch.name}: everything is copied; it imports the workouts once it is ejected and unplugged")
        raise console.Failed from None


def _next(*, waits: bool, ejected: bool, together: bool) -> str:
    """What is left for the runner to do."""
    if not waits:
        return "there was nothing to do" + (", it is ejected" if ejected else "")
    done = "ejected; unplug it" if ejected else "eject it (`--eject` does that) and unplug it"
    return f"{done} now: the watch imports them in one go" if together else f"{done}, then it imports the workouts"


class _Copy:
    """One run: compares, says what it will come to, brings, offers to clear up."""

    def __init__(self, watch: Watch, files: WatchFiles, known: Remembered, *, quiet: bool, yes: bool) -> None:
        self.watch, self.files, self.ledger, self.quiet, self.yes = watch, files, known.ledger, quiet, yes
        self.memory = known.memory

    def run(self) -> bool:
        """Whether anything waits for the watch to import it; ends the command where not everything is on it."""
        inventory = sweep(self.watch, take_inventory(self.watch, self.memory), self.ledger)
        console.report(not_all(inventory))
        work = errand(inventory, self.files.parcels, self.ledger)
        days = self._days(inventory, work)
        with_them = batch(self.watch, inventory, days, work, self.ledger) if days else Batch((), 0)
        self._warn(inventory, work, with_them, days)
        settle(inventory, self.ledger)
        again = {parcel.identity for parcel in with_them.parcels}
        for parcel, found in work.there:
            if parcel.identity not in again:
                self._say(f"{shown(found.place)}: {parcel.title}, already on the watch")
        parcels = [*work.new, *with_them.parcels, *([days.parcel] if days and days.parcel else [])]
        self._bring(parcels, days, again)
        if days:
            self._replace(days)
        self._clear_up(work.superseded)
        return bool(parcels) or any(found in inventory.waiting for _, found in work.there)

    def _bring(self, parcels: Sequence[Parcel], days: NewSchedule | None, again: Collection[WatchFileIdentity]) -> None:
        done = 0
        try:
            for step in deliver(self.watch, parcels, self.ledger):
                if isinstance(step, Parcel):
                    done += 1
                    self._say(self._line(step, days, again))
                elif step.error is not None:
                    console.report(_cut_off(step))
                    raise console.Failed
        except (KeyboardInterrupt, StateError):
            console.note(f"{done} of {console.count(len(parcels), 'file')} copied; the next copy carries on from there")
            raise

    def _days(self, inventory: Inventory, work: Errand) -> NewSchedule | None:
        if not any(one.entries for one in self.files.schedules):
            return None
        found = new_schedule(self.watch, inventory, self.files.schedules, work.older, self.ledger, clock.today())
        if found.parcel is None:
            there = "every day is already on the watch" if found.kept else "there are no days from today on"
            self._say(f"schedule: {there}{_past(found)}")
        return found

    def _warn(self, inventory: Inventory, work: Errand, with_them: Batch, days: NewSchedule | None) -> None:
        """What the watch would do without a word: drop what is too many, merge what is called alike, show a part."""
        console.report(_of_the_schedule(days, with_them, seen="on the watch" if not inventory.unread else "seen there"))
        if not (work.new or with_them.parcels):
            return
        workouts = work.count - (len(work.superseded) if self.yes else 0)
        self.ledger.saw(kept(inventory))
        # What was counted on this watch once says more than what others keep.
        too_many = workouts > WORKOUTS_KEPT >= self.ledger.most_kept
        found = list(_too_many(workouts, 0 if self.yes else len(work.superseded))) if too_many else []
        gone = {one.place for one in work.superseded}
        there = [(one.title, None) for one in inventory.workouts if one.title and one.place not in gone]
        found += name_collisions(((new.title, None) for new in work.new), there)
        console.report(found)
        if too_many and not self.yes and console.is_asked() and not console.confirmed("Copy them anyway?"):
            console.note("nothing was copied")
            raise console.Failed

    def _line(self, parcel: Parcel, days: NewSchedule | None, again: Collection[WatchFileIdentity]) -> str:
        folder = shown(self.watch.workouts.into or ())
        if parcel.key == KEY and days:
            kept = f", {console.count(days.kept, 'entry', 'entries')} already on the watch kept" if days.kept else ""
            gone = f", {console.count(days.dropped, 'entry', 'entries')} replaced" if days.dropped else ""
            return f"{folder}/{parcel.file}: {console.count(days.days, 'day')}{kept}{gone}{_past(days)}"
        if parcel.identity in again:
            return f"{folder}/{parcel.file}: {parcel.title}, again, because the schedule needs it"
        workout = self.files.workouts.get(parcel.identity)
        return f"{folder}/{parcel.file}: {summary(workout) if workout else parcel.title}"

    def _replace(self, days: NewSchedule) -> None:
        """What is in the schedules of ours that waited is in the newest."""
        current = days.parcel.identity if days.parcel else None
        for _ in take_back(self.watch, days.replaced, self.ledger, [current] if current else ()):
            pass
        stale = [one.identity for one in self.ledger.entries if one.key == KEY and current and one.identity != current]
        if stale:
            self.ledger.forget(stale)

    def _clear_up(self, superseded: Iterable[OnWatch]) -> None:
        older = list(superseded)
        if not older:
            return
        if not (self.quiet and self.yes):
            console.note(f"older versions of these workouts are on {self.watch.name}:")
            for one in older:
                console.note(f"  {shown(one.place)}: {one.title}")
        if self.yes or (console.is_asked() and console.confirmed("Remove them?")):
            for one in take_back(self.watch, older, self.ledger):
                self._say(f"{shown(one.place)}: removed")
        else:
            console.note("  they stay; `negsplit watch remove` lists and removes them")

    def _say(self, line: str) -> None:
        if not self.quiet:
            console.say(line)


def _past(days: NewSchedule) -> str:
    return f", {console.count(days.past, 'past day')} left out" if days.past else ""


def _of_the_schedule(days: NewSchedule | None, with_them: Batch, seen: str) -> Iterator[Diagnostic]:
    """What of the schedule will not be seen on the watch."""
    if days and days.later:
        again = f"; copy again from {days.again} on" if days.again else ""
        message = f"{ENTRIES_SHOWN} of {ENTRIES_SHOWN + len(days.later)} entries: watches show {ENTRIES_SHOWN}{again}"
        yield Diagnostic("watch-schedule", message, None, (), Severity.WARNING)
    if with_them.astray:
        names = "entry names a workout that is" if with_them.astray == 1 else "entries name workouts that are"
        message = f"{with_them.astray} {names} not {seen}"
        help = "they stay in the schedule, but the watch shows them empty or not at all"
        yield Diagnostic("watch-schedule", message, None, (help,), Severity.WARNING)


def _too_many(workouts: int, older: int) -> Iterator[Diagnostic]:
    """A warning that so many workouts, some of them older versions of others, may be too many for the watch."""
    message = f"some watches keep only {WORKOUTS_KEPT} workouts and silently drop the rest; this would make {workouts}"
    help = ["`negsplit watch remove` makes room; `--weeks` copies part of a plan"]
    if older:
        help.insert(
            0,
            f"{older} of them {'is an older version' if older == 1 else 'are older versions'}, "
            "which can be removed right after the copy (--yes does so without asking)",
        )
    yield Diagnostic("watch-overflow", message, None, tuple(help), Severity.WARNING)


def _cut_off(ended: Delivery) -> list[Diagnostic]:
    """What is on the watch, what is not, and what nobody can say."""
    assert ended.error is not None
    assert ended.failed is not None
    there = ", ".join(one.file for one in ended.delivered)
    missing = [one.file for one in ended.untried]
    help = [f"on the watch: {there}" if there else "on the watch: nothing of this"]
    if ended.unknown:
        help.append(f"in doubt until the next copy sorts it out: {ended.failed.file}")
    else:
        missing.insert(0, ended.failed.file)
    if missing:
        help.append(f"not on the watch: {', '.join(missing)}")
    one = diagnostic(ended.error)
    return [Diagnostic(one.code, one.message, None, (*help, *one.help))]
