"""Options that the commands which read workouts share."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

from negsplit.cli import console
from negsplit.cli.inputs import SUFFIXES
from negsplit.diagnostics import Diagnostic, Severity
from negsplit.lower import Device, devices
from negsplit.watch_models import UnknownDeviceError, choose

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def complete_yaml(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """YAML files, for a shell to complete; ``completion.py`` finds them."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file", suffixes=SUFFIXES)]


def complete_for_the_watch(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """YAML and FIT files."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file", suffixes=(*SUFFIXES, ".fit"))]


def complete_device(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of device profiles, and of watches where something is typed that no profile begins with."""
    from click.shell_completion import CompletionItem

    known = devices().values()
    found = [CompletionItem(one.name, help=one.about) for one in known if one.name.startswith(incomplete)]
    if found or not incomplete:
        return found
    from negsplit.watch_models import beginning_with

    return [CompletionItem(name) for name in beginning_with(incomplete)]


athlete_option = click.option(
    "--athlete",
    metavar="FILE_OR_TEXT",
    shell_complete=complete_yaml,
    help='An athlete file, or words: "5 km in 22:30", "threshold 4:40/km". Else the nearest athlete.yaml.',
)
device_option = click.option(
    "--device",
    default="generic",
    show_default=True,
    metavar="NAME",
    shell_complete=complete_device,
    help="The watch to compile for.",
)
library_option = click.option(
    "--library",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of workouts to `use`, besides the document's own folder or repository.",
)


weeks_option = click.option("--weeks", metavar="WEEKS", help="Some weeks of a plan alone: `3-4`, `2, 5, 9-11`.")


def chosen_weeks(words: str | None, last: int) -> Collection[int]:
    """The weeks named of a plan, all of them without words; wrong usage where it has no such weeks."""
    if words is None:
        return range(1, last + 1)
    from negsplit.diagnostics import Report, Source, Span
    from negsplit.dsl import plan_texts
    from negsplit.tree import Text

    report = Report()
    found = plan_texts.weeks([Text(words, Span(Source("--weeks", words), 0, len(words)))], last, report)
    if report.diagnostics or not found:
        why = [f"{one.message}; {'; '.join(one.help)}" for one in report.diagnostics] or ["write for example `3-4`"]
        raise click.BadParameter(why[0], click.get_current_context(), param_hint="--weeks")
    return found


def chosen_device(name: str) -> Device:
    """The profile named, with a line where it is not the watch's own; wrong usage where there is none."""
    context = click.get_current_context()
    try:
        found = choose(name)
    except UnknownDeviceError as error:
        raise click.BadParameter(str(error), context, param_hint="--device") from None
    if found.remark:
        remark = Diagnostic("device", found.remark, severity=Severity.INFO)
        console.report([remark], quiet=context.params.get("quiet", False))
    return found.device
