"""``negsplit watch``: the watch on the cable."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Final

import click

from negsplit.cli import console
from negsplit.cli.watch.connection import (
    Seen,
    chosen,
    diagnostic,
    everything,
    mount_option,
    not_all,
    remembered,
    told,
    watch_option,
)
from negsplit.diagnostics import Severity
from negsplit.watch.attached import Folders
from negsplit.watch.door import shown

_MB: Final = 1_000_000
_GB: Final = 1_000_000_000


class _Commands(console.CommandGroup):
    """Imports what compiles workouts only where something is copied."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return ["list", "copy", "contents", "remove"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in ("copy", "remove"):
            found = import_module(f"negsplit.cli.watch.{cmd_name}").command
            assert isinstance(found, click.Command)
            return found
        return super().get_command(ctx, cmd_name)


@click.group(
    "watch",
    cls=_Commands,
    short_help="Find your watch, copy workouts to it, see what is on it.",
)
@console.color_option
def command() -> None:
    """Find your watch, copy workouts to it, see what is on it."""


@command.command("list")
@mount_option
@console.quiet_option
@console.color_option
def list_watches(mount: Path | None, quiet: bool) -> None:  # noqa: ARG001
    """List watches that are plugged in, and if they take workouts.

    \b
    negsplit watch list
    negsplit watch list --mount /mnt/garmin
    """
    with told(), everything(mount) as (seen, hindrances):
        for one in seen:
            console.say(*_about(one))
        console.report(diagnostic(one.error) for one in seen if one.error)
        console.report(diagnostic(error, Severity.WARNING) for error in hindrances)
        if all(one.error for one in seen):
            raise console.Failed


def _about(one: Seen) -> list[str]:
    watch = one.watch
    if watch is None:
        return [f"{one.called}: cannot be read"]
    from negsplit.program.device import device_for
    from negsplit.program.watch_models import model_of

    device = watch.device
    facts = [f"software {device.software}"] if device.software else []
    model = model_of(device.part_number)
    is_news = model and model.casefold() != watch.name.casefold()
    facts += [f"part {device.part_number}{f' ({model})' if is_news else ''}"] if device.part_number else []
    lines = [one.called]
    lines += [f"  {', '.join(facts)}"] if facts else []
    free = watch.door.free()
    if free is not None:
        lines.append(f"  {free / _GB:.1f} GB free" if free >= _GB else f"  {free / _MB:.1f} MB free")
    if watch.refusal:
        return [*lines, f"  takes no workouts: {watch.refusal}"]
    lines.append(f"  workouts go to {shown(watch.workouts.into or ())}{_kept(watch.workouts)}")
    return [*lines, f"  compiled for `{device_for(device.part_number).name}`"]


def _kept(workouts: Folders) -> str:
    """Where they are kept then; or why that is not known."""
    return f", kept in {shown(workouts.kept)}" if workouts.kept is not None else f"; {workouts.no_kept}"


# --- Contents ----------------------------------------------------------------------------------


@command.command("contents", short_help="Show what is on the watch, and which of it negsplit copied.")
@watch_option
@mount_option
@console.quiet_option
@console.color_option
def contents(name: str | None, mount: Path | None, quiet: bool) -> None:  # noqa: ARG001
    """Show the workouts and the schedule on the watch, which of them negsplit copied, and what the watch imported.

    \b
    negsplit watch contents
    """
    from negsplit.cli.watch.contents import lines
    from negsplit.watch.inventory import take_inventory

    with chosen(name, mount) as watch, remembered(watch) as known:
        inventory = take_inventory(watch, known.memory)
        console.say(*lines(watch, inventory, known.ledger))
        if watch.workouts.kept is not None:  # else the first line says so
            console.report(not_all(inventory))
