"""``negsplit compile``: workouts and plans to FIT files, or to the JSON of an account."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import click

from negsplit.cli import console, plans
from negsplit.cli.forms import Form, chosen_form, format_option, verify_option
from negsplit.cli.options import athlete_option, device_option, library_option, weeks_option
from negsplit.compile import CompiledWorkout, Documents, Result, compile_documents, compile_line, name_collisions
from negsplit.desk import outputs
from negsplit.desk.inputs import Input, documents, inputs, nothing_found
from negsplit.desk.library import Library
from negsplit.desk.runners import Runners
from negsplit.diagnostics import Diagnostic, Span, has_errors, said
from negsplit.files.reading import read
from negsplit.preview.text import estimate_text, steps_text

_LARGEST: Final = 1_000_000
"""Bytes of a file that are looked at to tell whether it is a workout; no workout comes near."""


@click.command("compile", short_help="Compile workouts and plans to FIT files for the watch.")
@click.argument("paths", nargs=-1, type=click.Path(readable=False, path_type=Path))
@click.option("-e", "line", metavar="TEXT", help="Compile a workout typed here, in the one-line form; needs -o.")
@click.option(
    "-o",
    "out",
    type=click.Path(readable=False, path_type=Path),
    help="A .fit or .json file, or a folder; else beside the source.",
)
@format_option
@verify_option
@weeks_option
@athlete_option
@device_option
@library_option
@click.option("--force", is_flag=True, help="Write over files that no compile wrote.")
@console.quiet_option
@console.color_option
def command(
    paths: tuple[Path, ...],
    line: str | None,
    out: Path | None,
    form: str | None,
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
    --format connect they are what a Garmin Connect account keeps, in JSON.

    \b
    negsplit compile thirds.workout.yaml
    negsplit compile half.plan.yaml --weeks 1-4
    negsplit compile workouts -o build --athlete "5 km in 22:30"
    negsplit compile -e "warmup 10 min, 6x(400 m @ 5k, 200 m), cooldown" -o w.fit
    """
    if line is not None and paths:
        raise click.UsageError(f"-e types a workout, `{paths[0]}` names a file; text with spaces goes in quotes")
    if line is None and not paths:
        raise click.UsageError("name files or folders to compile, or type a workout with -e")
    if line is not None and out is None:
        raise click.UsageError("-e needs a file to write: -o w.fit")
    if line is not None and weeks is not None:
        raise click.UsageError("--weeks chooses weeks of a plan, and -e types a workout")
    chosen, profile = chosen_form(form, device, verify=verify)
    desk = plans.Desk(profile, Runners(athlete), Library(library, tuple(filter(os.path.isdir, paths))))
    job = _Job(desk, chosen, outputs.Places(out, chosen.extension), weeks, quiet=quiet, force=force)
    if line is not None and out is not None:
        job.line(line, out)
    else:
        job.files(paths)
    if job.failed:
        raise console.Failed


class _Job:
    """One run: goes on behind a fault, so that everything else is compiled."""

    def __init__(
        self, desk: plans.Desk, form: Form, places: outputs.Places, weeks: str | None, *, quiet: bool, force: bool
    ) -> None:
        self.desk, self.form, self.places, self.weeks = desk, form, places, weeks
        self.quiet, self.force = quiet, force
        self.plans = plans.Writer(places, weeks, form, quiet=quiet, force=force)
        self.failed = False
        self.alone = False
        self.said: set[object] = set()
        self.written: list[tuple[str, Span | None]] = []

    def files(self, paths: tuple[Path, ...]) -> None:
        """Everything in the files and folders named."""
        found, problems = inputs(paths)
        if outputs.is_file(self.places.out, self.form.extension) and (
            len(found) > 1 or any(not item.named for item in found)
        ):
            raise click.UsageError(f"-o names one file, `{self.places.out}`, for several workouts; name a folder")
        if self.weeks is not None and found and not any(map(_is_plan, found)):
            raise click.UsageError("--weeks chooses weeks of a plan, and no plan is named")
        self._say(problems)
        self.alone = len(found) == 1 and found[0].named
        seen = [self._file(item) for item in console.progress(found, quiet=self.quiet)]
        if not any(seen) and not self.failed:
            self._say([nothing_found("workout or plan")])
        self._say(name_collisions(self.written))

    def line(self, text: str, out: Path) -> None:
        """A workout typed on the command line, named after its file, or the folder it goes to."""
        runner, problems = self.desk.athletes.runner()
        self._say(problems)
        if runner is None:
            self.failed = True
            return
        title = out.stem if outputs.is_file(out, self.form.extension) else out.resolve().name or "workout"
        result = compile_line(text, title=title, athlete=runner, device=self.desk.device)
        self._finish(Input(Path(f"{title}.workout.yaml")), result)

    def _file(self, item: Input) -> bool:
        """Whether there was something to compile in a file."""
        found, problems = documents(item)
        self._say(problems)
        if found is None or (found.kind == "athlete" and not item.named):
            return False
        if found.kind == "plan":
            self._plan(item, found)
            return True
        runner, problems = self.desk.athletes.runner(item.path)
        self._say(problems)
        self.failed = self.failed or runner is None
        self._finish(item, compile_documents(found, runner, self.desk.device, self.desk.library.beside(item.path)))
        return True

    def _plan(self, item: Input, read: Documents) -> None:
        if outputs.is_file(self.places.out, self.form.extension):
            raise click.UsageError(f"-o names one file, `{self.places.out}`, and a plan has many; name a folder")
        result = plans.compiled(read, item.path, self.desk)
        self._say(result.diagnostics)
        self.failed = self.failed or result.plan is None
        if result.plan is not None:
            self._say(self.plans.write(result.plan, item, alone=self.alone))

    def _finish(self, source: Input, result: Result) -> None:
        self._say(result.diagnostics)
        for number, workout in enumerate(result.workouts, start=1):
            if workout is not None:
                self._write(self.places.place(source, number), source, workout)

    def _write(self, path: Path, source: Input, workout: CompiledWorkout) -> None:
        fault = self.places.take(path, source.path) or (None if self.force else _strange(path, self.form))
        if fault := fault or outputs.write_whole(path, self.form.encode(workout)):
            self._say([fault])
            return
        self.written.append((workout.program.name, workout.expanded.span))
        if not self.quiet:
            console.say(f"{path}: {summary(workout)}")

    def _say(self, diagnostics: Iterable[Diagnostic]) -> None:
        found = list(diagnostics)
        console.report([one for one in found if one.span is None or said(one) not in self.said], quiet=self.quiet)
        self.said.update(map(said, found))  # what is wrong with a file is said once, however many workouts use it
        self.failed = self.failed or has_errors(found)


def _strange(path: Path, form: Form) -> Diagnostic | None:
    """An error where a file stands in the place of a workout that is none."""
    try:
        if not path.is_file() or form.is_workout(read(path, _LARGEST)):
            return None
    except OSError as error:
        return outputs.unwritable(path, error)
    help = ("give another name with -o, or write over it with `--force`",)
    return Diagnostic("file-exists", f"`{path}` is there already, and is no workout in this form", None, help)


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
