"""The folder of a plan: written whole or not at all, and nobody else's file in it touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from negsplit.desk import file_names, outputs
from negsplit.desk import plan_manifest as manifest
from negsplit.desk.forms import OutputForm
from negsplit.desk.inputs import Input
from negsplit.desk.plan_events import plan_events
from negsplit.desk.plan_files import plan_files
from negsplit.desk.plan_manifest import Manifest, ManifestEntry, ManifestError
from negsplit.desk.plan_revisions import CalendarRecord, revised, told
from negsplit.desk.weeks import part_of
from negsplit.diagnostics import Diagnostic, Report, Severity
from negsplit.files.journal import is_open, process_of
from negsplit.files.reasons import reason
from negsplit.files.transaction import HeldFolder, at_work
from negsplit.files.work_file import PATIENCE, PREFIX, BusyError
from negsplit.formats.ics import calendar
from negsplit.frozen import dataclass
from negsplit.limits import ENTRIES_SHOWN, WORKOUTS_KEPT
from negsplit.plan.compile import CompiledPlan
from negsplit.plan.model import Plan
from negsplit.plan.totals import PlanTotals, totals
from negsplit.plan.weeks import first_day_of, weeks_of

_NAMED: Final = 3
"""Files that a message names before it counts."""
_NOTHING: Final = "nothing was written for this plan"


class Written(NamedTuple):
    """A plan as it stands in its folder, and how many files of the plan as it was before were removed.

    ``files`` are the weeks in hand: the workouts, the schedule and the calendar.
    """

    folder: Path
    plan: PlanTotals
    removed: int
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class PlanWriter:
    """Writes plans, or the ``weeks`` of them, into the folders of one run; with ``force`` over files of others too."""

    places: outputs.Places
    weeks: str | None
    form: OutputForm
    force: bool

    def write(self, plan: CompiledPlan, source: Input, *, alone: bool) -> tuple[Written | None, list[Diagnostic]]:
        """Writes all files of a plan, or none; with what is wrong, and what a watch cannot hold.

        A plan that is ``alone`` has ``-o`` for itself.
        """
        report = Report()
        part = part_of(plan, self.weeks, report, alone=alone)
        folder = self._folder(source, plan.plan.id, alone=alone)
        if fault := self.places.take(folder / file_names.MANIFEST, source.path):
            report.diagnostics.append(fault)
        if part is None or report.failed:
            return None, report.diagnostics
        summed = totals(part)
        lie = {one.planned.key: one.planned.week.number for one in plan.sessions}
        try:
            with at_work(folder, file_names.owns) as held:
                removed, names = self._write(held, summed, lie, report)
        except OSError as error:
            report.diagnostics.append(_unwritable(folder, error))
        if report.failed:
            return None, report.diagnostics
        limits = watch_limits(part) if self.form.is_for_watches else []
        files = tuple(folder / name for name in names)
        return Written(folder, summed, removed, files), [*report.diagnostics, *limits]

    def _write(
        self, held: HeldFolder, plan: PlanTotals, lie: Mapping[str, int], report: Report
    ) -> tuple[int, Sequence[str]]:
        """How many files of an older plan were taken away, and what was written: nothing where the report says why.

        In which weeks the sessions of the whole plan ``lie``, by their keys, tells what stays of other weeks, and what
        the calendar cancels.
        """
        older = _older(held.path, plan.plan, report, force=self.force)
        if report.failed:
            return 0, ()
        files = plan_files(plan, self.form)
        others = _others(older, plan, lie, held.path) if older and self.weeks is not None else []
        record, written = _calendar(plan, lie, older)
        contents = {**files.contents, file_names.CALENDAR: written}
        beside = tuple(name for name in (file_names.SCHEDULE, file_names.CALENDAR) if name in contents)
        listed = Manifest(plan.plan.id, plan.plan.name, (*files.entries, *others), beside, record)
        contents[file_names.MANIFEST] = listed.text().encode()
        ours = [*older.names, file_names.MANIFEST] if older else []
        strange = [name for name, data in contents.items() if name not in ours and held.strange(name, data)]
        if strange and not self.force:
            report.diagnostics.append(_not_ours(held.path, strange))
            return 0, ()
        gone = manifest.files_in(held.path, sorted(set(older.names) - set(listed.names))) if older else []
        held.write(contents, gone)
        return len(gone), [name for name in contents if name != file_names.MANIFEST]

    def _folder(self, source: Input, plan_id: str, *, alone: bool) -> Path:
        out = self.places.out
        if out is None:
            return source.path.with_name(plan_id)
        return out if alone else out / source.inside / plan_id


def _others(older: Manifest, plan: PlanTotals, lie: Mapping[str, int], folder: Path) -> list[ManifestEntry]:
    """The workouts of other weeks that an earlier run left: they stay as they are."""
    weeks = {one.week.number for one in plan.weeks}
    there = [entry for entry in older.entries if lie.get(entry.key, entry.week) not in weeks]
    names = manifest.files_in(folder, [entry.name for entry in there])
    return [entry for entry in there if entry.name in names]


def _calendar(plan: PlanTotals, keys: Collection[str], older: Manifest | None) -> tuple[CalendarRecord, bytes]:
    """The calendar of the weeks in hand, and what the next one is told from."""
    events, known = plan_events(plan), plan.plan
    record = revised(older.calendar if older else None, events, keys, first_day_of(known, weeks_of(known)))
    return record, calendar(known.name, told(known.id, record, events, keys), known.notes)


def _older(folder: Path, plan: Plan, report: Report, *, force: bool) -> Manifest | None:
    """What an earlier run wrote there; None where nothing is known of it."""
    place = folder / file_names.MANIFEST
    try:
        found = manifest.read(folder)
    except ManifestError as error:
        severity = Severity.WARNING if force else Severity.ERROR
        help = "no older file is removed" if force else "move it away, or overwrite it with `--force`"
        message = f"`{place}` is not a plan's manifest: {error}"
        report.diagnostics.append(Diagnostic("manifest", message, None, (help,), severity))
        return None
    except OSError as error:
        message = f"cannot read `{place}`: {reason(error)}"
        report.error("manifest", message, None, "it lists the plan's files, so nothing was written")
        return None
    if found and found.plan != plan.id:
        message = f"`{folder}` holds the plan `{found.plan}`, this is `{plan.id}`"
        report.error("other-plan", message, None, "name another folder with -o, or delete that one")
    return found


def _not_ours(folder: Path, names: Sequence[str]) -> Diagnostic:
    named = ", ".join(f"`{folder / name}`" for name in names[:_NAMED])
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    is_one = len(names) == 1
    message = f"{named}{more} {'is' if is_one else 'are'} already there, and no earlier compile of this plan wrote"
    help = f"move {'it' if is_one else 'them'} away, or overwrite {'it' if is_one else 'them'} with `--force`"
    return Diagnostic("file-exists", f"{message} {'it' if is_one else 'them'}", None, (help, _NOTHING))


def _unwritable(folder: Path, error: OSError) -> Diagnostic:
    """Why a plan's folder cannot be written, by the file in question."""
    if isinstance(error, BusyError):
        process = process_of(folder)
        who = f"another negsplit{f', process {process},' if process else ''} is writing into `{folder}`"
        return Diagnostic(
            "busy", f"{who}, and has been for {PATIENCE:.0f} seconds", None, ("try again when it is done",)
        )
    at = Path(error.filename) if isinstance(error.filename, str) else folder
    state = f"`{folder}` is incomplete now: fix that, and compile the plan again" if is_open(folder) else _NOTHING
    return outputs.unwritable(folder if at.name.startswith(PREFIX) else at, error, "", state)


def watch_limits(plan: CompiledPlan) -> list[Diagnostic]:
    """A warning where a plan has more workouts than some watches keep or show, and which weeks it has room for."""
    workouts = Counter(one.planned.week.number for one in plan.sessions if one.workout)
    count = sum(workouts.values())
    if count <= WORKOUTS_KEPT:
        return []
    numbers = sorted({week.number for week in plan.weeks})
    total, last = 0, numbers[0]
    for number in numbers:
        total += workouts[number]
        if total > WORKOUTS_KEPT:
            break
        last = number
    some = f"{numbers[0]}-{last}" if last > numbers[0] else f"{last}"
    shown = f" and show {ENTRIES_SHOWN} scheduled ones" if count > ENTRIES_SHOWN else ""
    message = f"these are {count} workouts, and some watches only keep {WORKOUTS_KEPT}{shown}"
    help = f"`--weeks {some}` compiles some of them; do the next weeks once these are run"
    return [Diagnostic("many-workouts", message, plan.plan.span, (help,), Severity.WARNING)]
