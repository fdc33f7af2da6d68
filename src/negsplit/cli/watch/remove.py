"""``negsplit watch remove``: takes back what was copied, and nothing else."""

from __future__ import annotations

from pathlib import Path

import click

from negsplit.cli import console
from negsplit.cli.watch.connection import (
    chosen,
    experimental_option,
    mount_option,
    not_all,
    remembered,
    tells_which,
    tried,
    watch_option,
    yes_option,
)
from negsplit.diagnostics import Diagnostic
from negsplit.watch.door import shown
from negsplit.watch.errors import WatchError
from negsplit.watch.inventory import OnWatch, take_inventory
from negsplit.watch.removing import doubles, ours, take_back, take_double


@click.command("remove", cls=console.Command, short_help="Remove workouts that negsplit copied, and nothing else.")
@click.argument("names", nargs=-1)
@watch_option
@mount_option
@experimental_option
@yes_option
@console.quiet_option
@console.color_option
def command(
    names: tuple[str, ...], name: str | None, mount: Path | None, experimental: bool, yes: bool, quiet: bool
) -> None:
    """Remove workouts that negsplit copied to the watch: all of them, or those named.

    They are listed first, and each is looked at again right before it goes. What came from elsewhere stays.

    \b
    negsplit watch remove
    negsplit watch remove "Thirds 12k" A68I4316.FIT
    """
    with chosen(name, mount) as watch, remembered(watch) as (ledger, memory):
        tried(watch, "removing", experimental=experimental)
        tells_which(watch, "delete the file on the watch, or in the file manager")
        inventory = take_inventory(watch, memory)
        console.report(not_all(inventory))
        twice = {one.extra: one for one in doubles(watch, inventory, ledger)}
        listed = _named([*ours(inventory, ledger), *twice], names)
        if not listed:
            if not quiet:
                console.say(f"{watch.name}: nothing on it was copied by negsplit")
            return
        for one in listed if not (quiet and yes) else ():
            what = f", the same as {shown(twice[one].stays.place)}" if one in twice else ""
            console.say(f"{shown(one.place)}: {one.title or 'schedule'}{what}")
        count = console.count(len(listed), "file")
        if not yes and not console.confirmed(f"Remove {'it' if len(listed) == 1 else f'these {count}'}?"):
            console.note("nothing was removed; --yes removes without asking")
            raise console.Failed
        gone = 0
        try:
            for _ in take_back(watch, [one for one in listed if one not in twice], ledger):
                gone += 1
            for one in listed:
                if one in twice:
                    take_double(watch, twice[one])
                    gone += 1
        except WatchError:
            console.note(f"{gone} of {count} removed")
            raise
        if not quiet:
            console.say(f"{watch.name}: {count} removed")


def _named(found: list[OnWatch], names: tuple[str, ...]) -> list[OnWatch]:
    """Those with one of the names, their own or their file's; all without any."""
    if not names:
        return found
    fits = {
        name: [one for one in found if name.casefold() in (one.title.casefold(), one.place[-1].casefold())]
        for name in names
    }
    missing = [name for name, some in fits.items() if not some]
    if missing:
        message = f"negsplit copied nothing called `{missing[0]}`"
        help = "`negsplit watch contents` lists what is on the watch, and which of it negsplit copied"
        console.report([Diagnostic("no-such-workout", message, None, (help,))])
        raise console.Failed
    return list(dict.fromkeys(one for some in fits.values() for one in some))
