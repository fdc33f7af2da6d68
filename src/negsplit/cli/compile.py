"""``negsplit compile``: workouts and plans to FIT files, or to what an account takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from negsplit.cli import console
from negsplit.cli.options import (
    athlete_option,
    chosen_form,
    device_option,
    files_or_line,
    format_option,
    library_option,
    line_option,
    verify_option,
    weeks_option,
)
from negsplit.compile import CompiledWorkout, name_collisions
from negsplit.desk import outputs
from negsplit.desk.compiler import Compiler
from negsplit.desk.forms import ELSEWHERE, FIT, TREADMILL, ZWO, OutputForm
from negsplit.desk.inputs import Input, documents, inputs, nothing_found
from negsplit.desk.weeks import must_be_weeks
from negsplit.diagnostics import Diagnostic, Span, has_errors
from negsplit.files.reading import read
from negsplit.formats.zwo.paces import PACES
from negsplit.preview.text import estimate_text, steps_text

if TYPE_CHECKING:
    from negsplit.plan.compile import CompiledPlan

_LARGEST: Final = 1_000_000
"""Bytes of a file that are looked at to tell whether it is a workout; no workout comes near."""


@click.command("compile", cls=console.Command, short_help="Compile workouts and plans to FIT files for the watch.")
@click.argument("paths", nargs=-1, type=click.Path(readable=False, path_type=Path))
@line_option
@click.option(
    "-o",
    "out",
    type=click.Path(readable=False, path_type=Path),
    help="A .fit, .json, .txt or .zwo file, or a folder. Without it, beside the YAML file.",
)
@format_option
@click.option(
    "--zwo-pace",
    type=click.Choice(PACES),
    help="The pace of yours that a ZWO file counts speeds by.  [default: 10k]",
)
@verify_option
@weeks_option
@athlete_option
@device_option
@library_option
@click.option("--force", is_flag=True, help="Overwrite files that negsplit did not write.")
@console.quiet_option
@console.color_option
def command(
    paths: tuple[Path, ...],
    line: str | None,
    out: Path | None,
    form: str | None,
    zwo_pace: str | None,
    verify: bool,
    weeks: str | None,
    athlete: str | None,
    device: str,
    library: Path | None,
    force: bool,
    quiet: bool,
) -> None:
    """Compile workouts, plans, and folders of them, to FIT files that a Garmin watch runs.

    A plan becomes a folder: a file for each workout, SCHEDULE.FIT for the watch, plan.ics for the phone. With
    --format connect they are what a Garmin Connect account keeps, in JSON, with --format intervals the text of
    intervals.icu, with --format zwo what Zwift and QDomyos-Zwift run on a treadmill.

    \b
    negsplit compile thirds.workout.yaml
    negsplit compile half.plan.yaml --weeks 1-4
    negsplit compile workouts -o build --athlete "5 km in 22:30"
    negsplit compile -e "warmup 10 min, 6x(400 m @ 5k, 200 m), cooldown" -o w.fit
    """
    files_or_line(paths, line, "files or folders to compile")
    if line is not None and out is None:
        raise click.UsageError("-e needs a name for the file: -o w.fit")
    if line is not None and weeks is not None:
        raise click.UsageError("--weeks is for plans, and -e types a workout")
    if form is None and outputs.is_file(out, ZWO.extension):
        form = TREADMILL
    chosen, profile = chosen_form(form, device, verify=verify)
    if zwo_pace is not None:
        if chosen is not ZWO:
            raise click.UsageError(f"`--zwo-pace` is for `--format {TREADMILL}`")
        profile = replace(profile, base=zwo_pace)
    choices = [f"`{FIT.extension}`", *(f"`{one.extension}` with --format {name}" for name, one in ELSEWHERE.items())]
    places = outputs.Places(out, chosen.extension, choices if form is None and chosen.is_for_watches else ())
    must_be_weeks(weeks)  # said before there is a plan
    compiler = Compiler(profile, athlete, library, paths)
    job = _Job(compiler, chosen, places, weeks, quiet=quiet, force=force)
    if line is not None:
        job.line(line)
    else:
        job.files(paths)
    if job.failed:
        raise console.Failed


class _Job:
    """One run: goes on behind a fault, so that everything else is compiled."""

    def __init__(
        self,
        compiler: Compiler,
        form: OutputForm,
        places: outputs.Places,
        weeks: str | None,
        *,
        quiet: bool,
        force: bool,
    ) -> None:
        self.compiler, self.form, self.places, self.weeks = compiler, form, places, weeks
        self.quiet, self.force = quiet, force
        self.failed = False
        self.alone = False
        self.who = ""
        self.written: list[tuple[str, Span | None]] = []

    def files(self, paths: tuple[Path, ...]) -> None:
        """Everything in the files and folders named."""
        found, problems = inputs(paths)
        if outputs.is_file(self.places.out, self.form.extension) and (
            len(found) > 1 or any(not item.named for item in found)
        ):
            raise click.UsageError(f"-o names one file, `{self.places.out}`, for several workouts; name a folder")
        if self.weeks is not None and found and not any(map(_is_plan, found)):
            raise click.UsageError("--weeks is for plans, and no plan is named")
        self._say(problems)
        self.alone = len(found) == 1 and found[0].named
        seen = [self._file(item) for item in console.progress(found, quiet=self.quiet)]
        if not any(seen) and not self.failed:
            self._say([nothing_found("workout or plan")])
        self._say(name_collisions(self.written))

    def line(self, text: str) -> None:
        """A workout typed on the command line, named after its file, or the folder it goes to."""
        source = self.places.typed()
        found = self.compiler.line(text, source.stem)
        self._say(found.diagnostics)
        self.failed = self.failed or found.failed
        self._write(source, found.workouts)

    def _file(self, item: Input) -> bool:
        """Whether there was something to compile in a file."""
        found = self.compiler.file(item, "workout", "plan")
        if found.kind == "plan" and outputs.is_file(self.places.out, self.form.extension):
            raise click.UsageError(f"-o names one file, `{self.places.out}`, and a plan has many; name a folder")
        self._say(found.diagnostics)
        self.failed = self.failed or found.failed
        self._write(item, found.workouts)
        if found.plan is not None:
            self._write_plan(item, found.plan)
        return found.taken

    def _write_plan(self, source: Input, plan: CompiledPlan) -> None:
        from negsplit.cli.plan.summary import lines
        from negsplit.desk.plan_folder import PlanWriter

        folders = PlanWriter(self.places, self.weeks, self.form, force=self.force)
        written, problems = folders.write(plan, source, alone=self.alone)
        self._say_for_whom([one.workout for one in plan.sessions if one.workout])
        if written is not None and not self.quiet:
            console.say(*lines(*written))
        self._say(problems)

    def _write(self, source: Input, workouts: Sequence[CompiledWorkout | None]) -> None:
        for number, workout in enumerate(workouts, start=1):
            if workout is not None:
                self._write_workout(self.places.place(source, number), source, workout)

    def _write_workout(self, path: Path, source: Input, workout: CompiledWorkout) -> None:
        fault = self.places.take(path, source.path) or (None if self.force else _strange(path, self.form))
        if fault := fault or outputs.write_whole(path, self.form.encode(workout)):
            self._say([fault])
            return
        self.written.append((workout.program.name, workout.expanded.span))
        self._say_for_whom([workout])
        if not self.quiet:
            console.say(f"{path}: {summary(workout)}")

    def _say_for_whom(self, workouts: Sequence[CompiledWorkout]) -> None:
        """Once for each athlete whose file gave numbers; who was typed is known."""
        runner = next((one.runner for one in workouts if not self.quiet and one.runner.file), None)
        if runner and runner.file != self.who and any(one.needs_runner for one in workouts):
            console.say(f"for {runner.name}, from {runner.file}")
            self.who = runner.file

    def _say(self, diagnostics: Sequence[Diagnostic]) -> None:
        console.report(diagnostics, quiet=self.quiet)
        self.failed = self.failed or has_errors(diagnostics)


def _strange(path: Path, form: OutputForm) -> Diagnostic | None:
    """An error where a file stands in the place of a workout that is none."""
    try:
        if not path.is_file() or form.is_workout(read(path, _LARGEST)):
            return None
    except OSError as error:
        return outputs.unwritable(path, error)
    help = ("give another name with -o, or overwrite it with `--force`",)
    return Diagnostic("file-exists", f"`{path}` is already there, and is not a workout of this kind", None, help)


def summary(workout: CompiledWorkout) -> str:
    """Name, steps, estimate and fidelity in one line."""
    program = workout.program
    fidelity = workout.fidelity
    if workout.degraded:
        fidelity += ": " + "; ".join(dict.fromkeys(one.message for one in workout.degraded))
    about = estimate_text(workout.estimate, workout.runner.pace_unit)
    return f"{program.name}, {steps_text(program)}, {about}, {fidelity}"


def _is_plan(item: Input) -> bool:
    found, _ = documents(item)
    return found is not None and found.kind == "plan"
