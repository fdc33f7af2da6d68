"""``negsplit compile``: workouts to FIT files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from negsplit.cli import console, outputs
from negsplit.cli.athletes import Athletes
from negsplit.cli.inputs import Input, documents, inputs, nothing_found
from negsplit.cli.library import Library
from negsplit.cli.options import athlete_option, chosen_device, device_option, library_option
from negsplit.compile import CompiledWorkout, Result, compile_documents, compile_line, name_collisions
from negsplit.diagnostics import Diagnostic, Span, has_errors, said
from negsplit.lower import Device
from negsplit.preview.text import estimate_text, steps_text

_EXTENSION = ".fit"


@click.command("compile", short_help="Compile workouts to FIT files for the watch.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("-e", "line", metavar="TEXT", help="Compile a workout typed here, in the one-line form; needs -o.")
@click.option("-o", "out", type=click.Path(path_type=Path), help="A .fit file, or a folder; else beside the source.")
@athlete_option
@device_option
@library_option
@console.quiet_option
@console.color_option
def command(
    paths: tuple[Path, ...],
    line: str | None,
    out: Path | None,
    athlete: str | None,
    device: str,
    library: Path | None,
    quiet: bool,
) -> None:
    """Compile workouts, and folders of them, to FIT files that a Garmin watch runs.

    \b
    negsplit compile thirds.workout.yaml
    negsplit compile workouts -o build --athlete "5 km in 22:30"
    negsplit compile -e "warmup 10 min, 6x(400 m @ 5k, 200 m), cooldown" -o w.fit
    """
    if line is not None and paths:
        raise click.UsageError(f"-e types a workout, `{paths[0]}` names a file; text with spaces goes in quotes")
    if line is None and not paths:
        raise click.UsageError("name files or folders to compile, or type a workout with -e")
    if line is not None and out is None:
        raise click.UsageError("-e needs a file to write: -o w.fit")
    job = _Job(chosen_device(device), Athletes(athlete), Library(library), outputs.Places(out, _EXTENSION), quiet)
    if line is not None and out is not None:
        job.line(line, out)
    else:
        job.files(paths)
    if job.failed:
        raise console.Failed


class _Job:
    """One run: goes on behind a fault, so that everything else is compiled."""

    def __init__(
        self, device: Device, athletes: Athletes, library: Library, places: outputs.Places, quiet: bool
    ) -> None:
        self.device, self.athletes, self.library, self.places, self.quiet = device, athletes, library, places, quiet
        self.failed = False
        self.said: set[object] = set()
        self.written: list[tuple[str, Span | None]] = []

    def files(self, paths: tuple[Path, ...]) -> None:
        """Everything in the files and folders named."""
        found, problems = inputs(paths)
        if outputs.is_file(self.places.out, _EXTENSION) and (len(found) > 1 or any(not item.named for item in found)):
            raise click.UsageError(f"-o names one file, `{self.places.out}`, for several workouts; name a folder")
        self._say(problems)
        seen = [self._file(item) for item in console.progress(found, quiet=self.quiet)]
        if not any(seen) and not self.failed:
            self._say([nothing_found("workout")])
        self._say(name_collisions(self.written))

    def line(self, text: str, out: Path) -> None:
        """A workout typed on the command line, named after its file, or the folder it goes to."""
        runner, problems = self.athletes.runner()
        self._say(problems)
        if runner is None:
            self.failed = True
            return
        title = out.stem if outputs.is_file(out, _EXTENSION) else out.resolve().name or "workout"
        result = compile_line(text, title=title, athlete=runner, device=self.device)
        self._finish(Input(Path(f"{title}.workout.yaml")), result)

    def _file(self, item: Input) -> bool:
        """Whether there was something to compile in a file."""
        found, problems = documents(item)
        self._say(problems)
        if found is None or (found.kind == "athlete" and not item.named):
            return False
        runner, problems = self.athletes.runner(item.path)
        self._say(problems)
        self.failed = self.failed or runner is None
        self._finish(item, compile_documents(found, runner, self.device, self.library.beside(item.path)))
        return True

    def _finish(self, source: Input, result: Result) -> None:
        self._say(result.diagnostics)
        for number, workout in enumerate(result.workouts, start=1):
            if workout is not None:
                self._write(self.places.place(source, number), source, workout)

    def _write(self, path: Path, source: Input, workout: CompiledWorkout) -> None:
        fault = self.places.take(path, source.path) or outputs.write_whole(path, workout.fit())
        if fault:
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


def summary(workout: CompiledWorkout) -> str:
    """Name, steps, estimate and fidelity in one line."""
    program = workout.program
    fidelity = workout.fidelity
    if workout.degraded:
        fidelity += ": " + "; ".join(dict.fromkeys(one.message for one in workout.degraded))
    about = estimate_text(workout.estimate, workout.runner.pace_unit)
    return f"{program.name}, {steps_text(program)}, {about}, {fidelity}"
