"""Files compiled and written one after another: a fault stops nothing behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from negsplit.compile import CompiledWorkout, name_collisions
from negsplit.desk import outputs
from negsplit.desk.compiler import Compiler
from negsplit.desk.forms import OutputForm
from negsplit.desk.inputs import Input
from negsplit.diagnostics import Diagnostic, Span, has_errors
from negsplit.preview.text import estimate_text, steps_text

if TYPE_CHECKING:
    from negsplit.plan.compile import CompiledPlan
    from negsplit.plan.totals import PlanTotals

Said = str | Sequence[Diagnostic]
"""A line about what was written, or what is wrong."""


class Batch:
    """What comes of the files of one run, for one runner or for whoever is nearest to each.

    Each method does its work as what it has to say is drawn from it. ``failed`` says whether something is missing,
    ``seen`` how many files there was something to compile in, ``files`` and ``plans`` what was written. A plan that is
    ``alone`` has ``-o`` for itself. Nobody is told for whom it is where all of it is ``quiet``, or ``brief``: then a
    plan takes one line.
    """

    def __init__(
        self,
        compiler: Compiler,
        form: OutputForm,
        places: outputs.Places,
        weeks: str | None,
        *,
        alone: bool,
        force: bool,
        quiet: bool = False,
        brief: bool = False,
    ) -> None:
        self.compiler, self.form, self.places, self.weeks = compiler, form, places, weeks
        self.alone, self.force, self.quiet, self.brief = alone, force, quiet, brief
        self.failed = False
        self.seen = 0
        self.files: list[Path] = []
        self.plans: list[PlanTotals] = []
        self._who = ""
        self._names: list[tuple[str, Span | None]] = []

    def file(self, item: Input) -> Iterator[Said]:
        """What is in a file, compiled and written."""
        found = self.compiler.file(item, "workout", "plan")
        self.failed = self.failed or found.failed
        self.seen += found.taken
        yield from self._wrong(found.diagnostics)
        yield from self._workouts(item, found.workouts)
        if found.plan is not None:
            yield from self._plan(item, found.plan)

    def line(self, text: str) -> Iterator[Said]:
        """A workout typed on the command line, named after its file, or the folder it goes to."""
        source = self.places.typed()
        found = self.compiler.line(text, source.stem)
        self.failed = self.failed or found.failed
        self.seen += 1
        yield from self._wrong(found.diagnostics)
        yield from self._workouts(source, found.workouts)

    def end(self) -> Iterator[Said]:
        """What there is to say of all of them together."""
        yield from self._wrong(name_collisions(self._names))

    def _plan(self, source: Input, plan: CompiledPlan) -> Iterator[Said]:
        from negsplit.desk.plan_folder import PlanWriter
        from negsplit.preview.plan_summary import lines

        folders = PlanWriter(self.places, self.weeks, self.form, force=self.force)
        written, problems = folders.write(plan, source, alone=self.alone)
        yield from self._for_whom([one.workout for one in plan.sessions if one.workout])
        if written is not None:
            self.files += written.files
            self.plans.append(written.plan)
            if not self.quiet:
                yield from islice(lines(*written[:3]), 1 if self.brief else None)
        yield from self._wrong(problems)

    def _workouts(self, source: Input, workouts: Sequence[CompiledWorkout | None]) -> Iterator[Said]:
        for number, workout in enumerate(workouts, start=1):
            if workout is not None:
                yield from self._workout(self.places.place(source, number), source, workout)

    def _workout(self, path: Path, source: Input, workout: CompiledWorkout) -> Iterator[Said]:
        if fault := self.places.take(path, source.path) or self._write(path, self.form.encode(workout)):
            yield from self._wrong([fault])
            return
        self.files.append(path)
        self._names.append((workout.program.name, workout.expanded.span))
        yield from self._for_whom([workout])
        if not self.quiet:
            yield f"{path}: {summary(workout)}"

    def _write(self, path: Path, data: bytes) -> Diagnostic | None:
        return outputs.write_whole(path, data) if self.force else outputs.write_over(path, data, self.form.is_workout)

    def _for_whom(self, workouts: Sequence[CompiledWorkout]) -> Iterator[str]:
        """Once for each athlete whose file gave numbers; who was typed is known."""
        if self.quiet or self.brief:
            return
        runner = next((one.runner for one in workouts if one.runner.file), None)
        if runner and runner.file != self._who and any(one.needs_runner for one in workouts):
            yield f"for {runner.name}, from {runner.file}"
            self._who = runner.file

    def _wrong(self, found: Sequence[Diagnostic]) -> Iterator[Said]:
        self.failed = self.failed or has_errors(found)
        if found:
            yield found


def summary(workout: CompiledWorkout) -> str:
    """Name, steps, estimate and fidelity in one line."""
    program = workout.program
    fidelity = workout.fidelity
    if workout.degraded:
        fidelity += ": " + "; ".join(dict.fromkeys(one.message for one in workout.degraded))
    about = estimate_text(workout.estimate, workout.runner.pace_unit)
    return f"{program.name}, {steps_text(program)}, {about}, {fidelity}"
