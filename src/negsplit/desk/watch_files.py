"""What is to be brought to a watch: workouts and plans compiled for it, and FIT files as they are."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from negsplit.compile import CompiledWorkout
from negsplit.desk.compiler import Compiler
from negsplit.desk.file_names import SCHEDULE
from negsplit.desk.forms import FIT, FIT_READ_BACK
from negsplit.desk.inputs import Input, inputs, nothing_found, unreadable
from negsplit.desk.usage import WrongUsageError
from negsplit.desk.weeks import part_of
from negsplit.diagnostics import Diagnostic, Report
from negsplit.files import journal
from negsplit.files.reading import read
from negsplit.formats.fit.packing import identity
from negsplit.formats.fit.read import read_entries, read_whole_schedule
from negsplit.formats.fit.schedule_entry import WatchSchedule
from negsplit.program.captions import ascii_text, slug
from negsplit.watch.copying import Parcel
from negsplit.watch.inventory import MAX_BYTES, decoded
from negsplit.watch.ledger import WatchFileIdentity

if TYPE_CHECKING:
    from negsplit.plan.compile import CompiledPlan

_LONGEST_STEM: Final = 40
"""Characters of a file's name on the watch, its ending aside."""
_UNFIT: Final = re.compile(r"[^A-Za-z0-9._-]+")


class WatchFiles:
    """The parcels of one run, the workouts that were compiled into them, and the schedules that go with them."""

    def __init__(self, compiler: Compiler, weeks: str | None, *, schedule: bool) -> None:
        self.compiler, self.weeks, self.with_schedule = compiler, weeks, schedule
        self.parcels: list[Parcel] = []
        self.workouts: dict[WatchFileIdentity, CompiledWorkout] = {}
        self.schedules: list[WatchSchedule] = []
        self.report = Report()
        self.has_plan = self.has_schedule = False

    def load(self, paths: Sequence[Path]) -> None:
        """Everything in the files and folders named; what is wrong with them is in the report.

        :raises WrongUsageError: for options that fit none of it.
        """
        files = [path for path in paths if path.suffix.lower() == FIT.extension and not os.path.isdir(path)]
        found, problems = inputs([path for path in paths if path not in files])
        self.report.extend(problems)
        for folder in dict.fromkeys(path.parent for path in files):
            if journal.is_open(folder):
                message = f"`{folder}` is incomplete: a plan is being compiled into it, or that was interrupted"
                self.report.error("unfinished", message, None, "compile the plan again, then copy")
        for path in files:
            self._fit_file(path)
        seen = [self._document(item, alone=len(found) == 1) for item in found]
        if self.report.failed:
            return
        if not files and not any(seen):
            self.report.extend([_nothing(paths)])
        elif self.weeks is not None and not self.has_plan:
            raise WrongUsageError("--weeks is for plans, and no plan is named")
        elif self.with_schedule and not (self.has_plan or self.has_schedule):
            raise WrongUsageError("--schedule is for plans, and no plan or SCHEDULE.FIT is named")

    def line(self, text: str) -> None:
        """A workout typed on the command line: its file is called like it."""
        found = self.compiler.line(text)
        self.report.extend(found.diagnostics)
        for workout in found.workouts:
            if workout is not None:
                name = slug(workout.program.name)
                self._compiled(name, workout.fit_read_back(), name, workout)

    def _document(self, item: Input, *, alone: bool) -> bool:
        """Whether there was something to bring in a file."""
        found = self.compiler.file(item, "workout", "plan")
        self.report.extend(found.diagnostics)
        self.has_plan = self.has_plan or found.kind == "plan"
        if found.plan is not None:
            self._plan(found.plan, alone=alone)
        for number, workout in enumerate(found.workouts, start=1):
            if workout is not None:
                data = workout.fit_read_back()
                self._compiled(item.stem_of(number), data, slug(workout.program.name), workout)
        return found.taken

    def _plan(self, plan: CompiledPlan, *, alone: bool) -> None:
        from negsplit.desk.plan_files import plan_files
        from negsplit.plan.totals import totals

        part = part_of(plan, self.weeks, self.report, alone=alone)
        if part is None:
            return
        made = plan_files(totals(part), FIT_READ_BACK)
        workouts = {one.planned.key: one.workout for one in part.sessions if one.workout}
        for entry in made.entries:
            key = f"{plan.plan.id}/{entry.key}"
            self._compiled(Path(entry.name).stem, made.contents[entry.name], key, workouts[entry.key])
        if self.with_schedule and SCHEDULE in made.contents:
            entries = read_entries(made.contents[SCHEDULE])
            self.schedules.append(
                WatchSchedule(tuple(replace(one, record=None) for one in entries))
            )  # all of it is known

    def _compiled(self, stem: str, data: bytes, key: str, workout: CompiledWorkout) -> None:
        written = identity(data)
        known = WatchFileIdentity(written.serial_number, written.time_created)
        self.workouts[known] = workout
        self._add(stem, data, known, key, workout.program.name)

    def _fit_file(self, path: Path) -> None:
        data = self._read(path)
        if data is None:
            return
        found = decoded((path.name,), data)
        if found.is_schedule and not found.fault:
            self._schedule_file(path, data)
        elif found.is_workout and found.identity and not found.fault:
            title = found.title or path.stem
            self._add(path.stem, data, found.identity, slug(title), title)
        else:
            why = found.fault or ("it is not a workout" if not found.is_workout else "it has no serial number")
            if found.fault and len(data) > MAX_BYTES:
                why = f"it has more than {MAX_BYTES} bytes"
            help = f"`negsplit inspect {path}` says more"
            self.report.error("not-a-workout-file", f"`{path}` is not a valid workout file: {why}", None, help)

    def _read(self, path: Path) -> bytes | None:
        """A file, or as much of it as shows that it is too large; None where the report says why not."""
        try:
            return read(path, MAX_BYTES)
        except OSError as error:
            self.report.extend([unreadable(path, error, (FIT.extension,))])
            return None

    def _schedule_file(self, path: Path, data: bytes) -> None:
        self.has_schedule = True
        if self.with_schedule:
            self.schedules.append(read_whole_schedule(data))
        else:
            self.report.note("passed-over", f"`{path}` is a schedule", None, "--schedule copies it to the watch too")

    def _add(self, stem: str, data: bytes, identity: WatchFileIdentity, key: str, title: str) -> None:
        self.parcels.append(Parcel(f"{_plain(stem)}{FIT.extension}", data, identity, key, title))


def _plain(stem: str) -> str:
    """A name that every watch's file system takes."""
    return _UNFIT.sub("-", ascii_text(stem)[0]).strip("-.")[:_LONGEST_STEM].rstrip("-.") or "workout"


def _nothing(paths: Sequence[Path]) -> Diagnostic:
    folders = (path for path in paths if os.path.isdir(path))
    fits = next((path for path in folders if any(path.glob("*.[fF][iI][tT]"))), None)
    nothing = nothing_found("workout or plan")
    if fits is None:
        return nothing
    help = [f"a folder stands for its YAML files; name the FIT files: `{fits}/*.fit`"]
    if (fits / SCHEDULE).exists():
        help.append(f"`{fits / SCHEDULE} --schedule` after them copies the days too")
    return Diagnostic(nothing.code, nothing.message, None, tuple(help))
