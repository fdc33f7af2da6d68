"""``negsplit compile``: workouts and plans to FIT files, or to what an account takes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from negsplit.cli import console
from negsplit.cli.group import compiling
from negsplit.cli.options import (
    athletes_option,
    chosen_form,
    device_option,
    files_or_line,
    format_option,
    library_option,
    line_option,
    verify_option,
    weeks_option,
)
from negsplit.desk import outputs
from negsplit.desk.batch import Batch
from negsplit.desk.compiler import Compiler
from negsplit.desk.forms import ELSEWHERE, FIT, TREADMILL, ZWO, OutputForm
from negsplit.desk.group import is_group
from negsplit.desk.inputs import Input, inputs, nothing_found, sort_of
from negsplit.desk.outputs import Places
from negsplit.desk.weeks import must_be_weeks
from negsplit.diagnostics import has_errors
from negsplit.formats.zwo.paces import PACES


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
@athletes_option
@device_option
@library_option
@click.option("--zip", "zipped", is_flag=True, help="Also make an archive for each runner of a group, to hand on.")
@compiling.jobs_option
@compiling.scheduler_option
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
    athletes: tuple[str, ...],
    device: str,
    library: Path | None,
    zipped: bool,
    jobs: int,
    scheduler: str | None,
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
    negsplit compile half.plan.yaml -o build --athlete runners --zip

    With several athletes, or a folder of athlete files, each runner gets a folder of their own below -o.
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
    items, problems = inputs(paths)
    _check_named(items, places, chosen, weeks)
    if is_group(athletes):
        if out is None or outputs.is_file(out, chosen.extension):
            raise click.UsageError("a group needs a folder, in which each runner gets one: -o build")
        from negsplit.desk.group_compile import GroupRun

        run = GroupRun(paths, line, profile, chosen, weeks, library, out, force, zipped)
        compiling.compile_group(run, athletes, jobs, scheduler, quiet=quiet)
        return
    if zipped or scheduler or jobs > 1:
        raise click.UsageError("--zip, --jobs and --scheduler are for a group: name several athletes, or a folder")
    athlete = athletes[0] if athletes else None
    compiler = Compiler(profile, athlete, library, paths)
    console.report(problems, quiet=quiet)
    alone = len(items) == 1 and items[0].named
    batch = Batch(compiler, chosen, places, weeks, alone=alone, force=force, quiet=quiet)
    if line is not None:
        console.say_all(batch.line(line), quiet=quiet)
    for item in console.progress(items, quiet=quiet):
        console.say_all(batch.file(item), quiet=quiet)
    console.say_all(batch.end(), quiet=quiet)
    failed = batch.failed or has_errors(problems)
    if not batch.seen and not failed:
        console.report([nothing_found("workout or plan")])
        raise console.Failed
    if failed:
        raise console.Failed


def _check_named(found: list[Input], places: Places, form: OutputForm, weeks: str | None) -> None:
    """Ends the command where -o or --weeks is not for the files named and those in the folders named."""
    if outputs.is_file(places.out, form.extension):
        if len(found) > 1 or any(not item.named for item in found):
            raise click.UsageError(f"-o names one file, `{places.out}`, for several workouts; name a folder")
        if any(map(_is_plan, found)):
            raise click.UsageError(f"-o names one file, `{places.out}`, and a plan has many; name a folder")
    if weeks is not None and found and not any(map(_is_plan, found)):
        raise click.UsageError("--weeks is for plans, and no plan is named")


def _is_plan(item: Input) -> bool:
    return sort_of(item.path) == "plan"
