"""``negsplit watch copy``: workouts, plans and FIT files onto the watch, each whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from negsplit.cli import console, plans
from negsplit.cli.athletes import Athletes
from negsplit.cli.cargo import Cargo
from negsplit.cli.forms import chosen_form
from negsplit.cli.library import Library
from negsplit.cli.options import (
    athlete_option,
    complete_device,
    complete_for_the_watch,
    library_option,
    weeks_option,
)
from negsplit.cli.watches import (
    chosen,
    diagnostic,
    mount_option,
    remembered,
    takes_workouts,
    watch_option,
    yes_option,
)
from negsplit.compile import name_collisions
from negsplit.diagnostics import Diagnostic, Severity
from negsplit.lower import device_for
from negsplit.watch.attached import Watch
from negsplit.watch.copying import STORES, Delivery, Errand, Parcel, deliver, errand, settle, sweep
from negsplit.watch.door import shown
from negsplit.watch.ejecting import eject
from negsplit.watch.inventory import Inventory, OnWatch, take_inventory
from negsplit.watch.ledger import Ledger
from negsplit.watch.removing import take_back
from negsplit.watch.scheduling import KEY, NewSchedule, new_schedule


@click.command("copy", short_help="Copy workouts, plans and FIT files to the watch.")
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), shell_complete=complete_for_the_watch
)
@weeks_option
@click.option("--schedule", is_flag=True, help="Put a plan's workouts on their days in the watch's calendar too.")
@click.option("--eject", "ejects", is_flag=True, help="Eject the watch when everything is on it.")
@watch_option
@mount_option
@yes_option
@athlete_option
@click.option(
    "--device",
    metavar="NAME",
    shell_complete=complete_device,
    help="The watch to compile for; else the profile of the one attached.",
)
@library_option
@console.quiet_option
@console.color_option
def command(
    paths: tuple[Path, ...],
    weeks: str | None,
    schedule: bool,
    ejects: bool,
    name: str | None,
    mount: Path | None,
    yes: bool,
    athlete: str | None,
    device: str | None,
    library: Path | None,
    quiet: bool,
) -> None:
    """Copy workouts to the watch on the cable: compiled for it, read back and compared byte for byte.

    What is on the watch already is not copied again. Nothing of yours on the watch is written over.

    \b
    negsplit watch copy workouts/thirds-12k.workout.yaml
    negsplit watch copy half.plan.yaml --weeks 3-4 --schedule --eject
    negsplit watch copy build/*.fit
    """
    with chosen(name, mount) as watch:
        takes_workouts(watch)
        profile = chosen_form("fit", device)[1] if device else device_for(watch.device.part_number)
        desk = plans.Desk(profile, Athletes(athlete), Library(library, tuple(filter(os.path.isdir, paths))))
        cargo = Cargo(desk, weeks, schedule=schedule)
        cargo.load(paths)
        console.report(cargo.report.diagnostics, quiet=quiet)
        if cargo.report.failed:
            console.note("nothing was copied")
            raise console.Failed
        with remembered(watch) as ledger:
            waits = _Copy(watch, cargo, ledger, quiet=quiet, yes=yes).run()
        if ejects:
            watch.close()  # an open door is what keeps the system from letting go
            eject(watch.place)
        if not quiet:
            console.say(f"{watch.name}: {_next(waits=waits, ejected=ejects)}")


def _next(*, waits: bool, ejected: bool) -> str:
    """What is left for the runner to do."""
    if not waits:
        return "there was nothing to do" + (", it is ejected" if ejected else "")
    done = "ejected; unplug it" if ejected else "eject it (`--eject` does that), then unplug it"
    return f"{done}: the watch imports then"


class _Copy:
    """One run: compares, says what it will come to, brings, offers to clear up."""

    def __init__(self, watch: Watch, cargo: Cargo, ledger: Ledger, *, quiet: bool, yes: bool) -> None:
        self.watch, self.cargo, self.ledger, self.quiet, self.yes = watch, cargo, ledger, quiet, yes

    def run(self) -> bool:
        """Whether anything waits for the watch to import it; ends the command where not everything is on it."""
        inventory = take_inventory(self.watch)
        work = errand(self.watch, inventory, self.cargo.parcels, self.ledger)
        days = self._days(inventory, work)
        self._warn(inventory, work)
        sweep(self.watch, work.broken)
        settle(work, self.ledger)
        for parcel, found in work.there:
            self._say(f"{shown(found.place)}: {parcel.title}, on the watch already")
        parcels = [*work.new, *([days.parcel] if days and days.parcel else [])]
        for step in deliver(self.watch, parcels, self.ledger):
            if isinstance(step, Parcel):
                self._say(self._line(step, days))
            elif step.error is not None:
                console.report(_cut_off(step))
                raise console.Failed
        if days:
            self._replace(days)
        self._clear_up(work.superseded)
        return bool(parcels) or any(found in inventory.waiting for _, found in work.there)

    def _days(self, inventory: Inventory, work: Errand) -> NewSchedule | None:
        if not self.cargo.scheduled:
            return None
        found = new_schedule(self.watch, inventory, self.cargo.scheduled, work.older, self.ledger)
        if found.parcel is None:
            self._say("schedule: every day is on the watch already")
        return found

    def _warn(self, inventory: Inventory, work: Errand) -> None:
        """What the watch would do without a word: drop what is too many, merge what is called alike."""
        if not work.new:
            return
        found = list(_too_many(work))
        gone = {one.place for one in work.superseded}
        names = [(one.title, None) for one in inventory.workouts if one.title and one.place not in gone]
        told = set(name_collisions(names))
        found += [one for one in name_collisions([*names, *((new.title, None) for new in work.new)]) if one not in told]
        console.report(found)
        if work.overflow and not self.yes and console.is_asked() and not console.confirmed("Copy them all the same?"):
            console.note("nothing was copied")
            raise console.Failed

    def _line(self, parcel: Parcel, days: NewSchedule | None) -> str:
        folder = shown(self.watch.workouts.into or ())
        if parcel.key == KEY and days:
            kept = f", {console.count(days.kept, 'entry', 'entries')} of the watch kept" if days.kept else ""
            return f"{folder}/{parcel.file}: {console.count(days.days, 'day')}{kept}"
        return f"{folder}/{parcel.file}: {self.cargo.about[parcel.identity]}"

    def _replace(self, days: NewSchedule) -> None:
        """The schedules of ours that waited are in the new one."""
        for one in days.replaced if days.parcel else ():
            take_back(self.watch, one, self.ledger)
        current = days.parcel.identity if days.parcel else None
        stale = [one.identity for one in self.ledger.entries if one.key == KEY and current and one.identity != current]
        if stale:
            self.ledger.forget(stale)

    def _clear_up(self, superseded: Iterable[OnWatch]) -> None:
        older = list(superseded)
        if not older:
            return
        console.note(f"older versions of what was copied are on {self.watch.name}:")
        for one in older:
            console.note(f"  {shown(one.place)}: {one.title.strip()}")
        if self.yes or (console.is_asked() and console.confirmed("Remove them?")):
            for one in older:
                take_back(self.watch, one, self.ledger)
                self._say(f"{shown(one.place)}: removed")
        else:
            console.note("  they stay; `negsplit watch remove` lists them and removes them")

    def _say(self, line: str) -> None:
        if not self.quiet:
            console.say(line)


def _too_many(work: Errand) -> Iterator[Diagnostic]:
    if work.count < STORES:
        return
    message = f"with these there are {work.count} workouts on the watch, and it keeps about {STORES}"
    message += f": {work.overflow} would be dropped without a word" if work.overflow else ""
    help = "`negsplit watch remove` makes room; `--weeks` copies a part of a plan"
    yield Diagnostic("watch-overflow", message, None, (help,), Severity.WARNING)


def _cut_off(ended: Delivery) -> list[Diagnostic]:
    """What is on the watch, what is not, and what nobody can say."""
    assert ended.error is not None
    assert ended.failed is not None
    there = ", ".join(one.file for one in ended.delivered)
    missing = [one.file for one in ended.untried]
    help = [f"on the watch: {there}" if there else "on the watch: nothing of this"]
    if ended.unknown:
        help.append(f"not known, and put right by the next copy: {ended.failed.file}")
    else:
        missing.insert(0, ended.failed.file)
    if missing:
        help.append(f"not on the watch: {', '.join(missing)}")
    one = diagnostic(ended.error)
    return [Diagnostic(one.code, one.message, None, (*help, *one.help))]
