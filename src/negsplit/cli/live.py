"""``--live``: what is shown in the browser follows its files."""

from __future__ import annotations

import os
import sys
import time
import webbrowser
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final, NoReturn

import click

from negsplit.cli import console
from negsplit.cli.options import chosen_device
from negsplit.desk.compiler import Compiler
from negsplit.desk.inputs import Input, documents
from negsplit.diagnostics import listed
from negsplit.live.following import Follower
from negsplit.live.making import Made, made
from negsplit.live.page import event
from negsplit.live.server import Server
from negsplit.program.device import Device

_SCREENS: Final = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
"""The last of them says which browser somebody wants, also where there is no screen."""


def alone(path: Path | None, others: Mapping[str, object]) -> Path:
    """The file or folder to follow; ends the command where there is none, or an option that does not go with it."""
    if given := [name for name, value in others.items() if value]:
        raise click.UsageError(f"--live shows a file in your browser as you save it: leave out {listed(given, 'and')}")
    if path is None:
        raise click.UsageError("name a file or a folder for --live to follow")
    return path


def follow(
    path: Path,
    new_compiler: Callable[[Device], Compiler],
    device: str,
    weeks: str | None = None,
    *,
    notes: bool = False,
    quiet: bool,
) -> NoReturn:
    """Shows a workout, a plan or a folder of them in the browser until the command is interrupted."""
    profile = chosen_device(device)
    if not os.path.isdir(path):
        read, problems = documents(Input(path))
        if read is None:
            console.report(problems)
            raise console.Failed

    def make(document: Path) -> Made:
        return made(document, new_compiler(profile), weeks, notes=notes)

    chosen: SimpleQueue[str] = SimpleQueue()
    with Server(chosen.put) as server:
        follower = Follower(path, make, lambda view: server.publish(event(view, notes=notes)))
        pause = follower.look(time.monotonic())
        console.say(f"{path}: {server.address}")
        how = "the page in your browser" if is_opened(server.address) else "open it in a browser on this computer: it"
        if not quiet:
            console.say(f"{how} follows each save; Ctrl-C ends it")
        while True:
            with suppress(Empty):
                follower.choose(chosen.get(timeout=pause))
            pause = follower.look(time.monotonic())


def is_opened(address: str) -> bool:
    """Whether a browser was told to open it: where somebody sits before a screen."""
    is_seen = sys.platform in ("win32", "darwin") or any(map(os.environ.get, _SCREENS))
    return is_seen and sys.stdout is not None and sys.stdout.isatty() and webbrowser.open(address)
