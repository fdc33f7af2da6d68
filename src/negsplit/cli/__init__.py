"""The ``negsplit`` command. A command's module is imported when it is called, not before."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from negsplit import __version__
from negsplit.cli import console, signals, streams
from negsplit.words import PRESET

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_COMMANDS = {
    "new": "Write a workout or a plan to start from, with comments.",
    "compile": "Compile workouts and plans to FIT files for the watch.",
    "show": "Show what the watch will do, step by step.",
    "plan": "Show a plan as a calendar, and change it.",
    "check": "Look for mistakes in workouts and plans, and hear what a coach would say.",
    "watch": "Find your watch, copy workouts to it, see what is on it.",
    "account": "Log in once, see who is logged in, log out.",
    "upload": "Put workouts into your account, on a day if you like.",
    "sync": "Put the weeks of a plan into your account's calendar.",
    "pull": "Write what your account's calendar holds into files.",
    "import": "Bring in workouts and plans of other programs.",
    "inspect": "Show what is in a workout or schedule FIT file.",
    "athlete": "Make your athlete file; show your paces and zones.",
    "schema": "Print a JSON Schema, so that your editor can help you type.",
    "completion": "Print the script that lets your shell complete commands and files.",
}
_MODULES = {"import": "importing"}
"""Of commands whose names are words of Python."""
_SHOWN = (".yaml", ".yml", ".fit")
"""Endings of files that are shown where no command says what to do with them."""
COMPLETE = "_NEGSPLIT_COMPLETE"
"""By this variable a shell asks for its completion script, and for completions."""


class _Commands(console.CommandGroup):
    """Knows its commands by name and one line of help alone."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(f"negsplit.cli.{_MODULES.get(cmd_name, cmd_name)}").command
        assert isinstance(command, click.Command)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        names = [CompletionItem(name, help=about) for name, about in _COMMANDS.items() if name.startswith(incomplete)]
        return names + click.Command.shell_complete(self, ctx, incomplete)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named; a file alone, or what comes with negsplit, is shown."""
        return super().resolve_command(ctx, ["show", *args] if args and _is_shown(args[0]) else args)

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


def _is_shown(word: str) -> bool:
    """Whether the first word is no command, but what is to be shown."""
    return word not in _COMMANDS and (word.startswith(PRESET) or word.lower().endswith(_SHOWN))


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\
    A first workout, in a file easy.workout.yaml:

    \b
      workout: Easy with strides
      steps:
        - warmup 10 min
        - 20 min @ RPE 3 -- you can still talk
        - 4x(20 s @ RPE 8, walk 60 s)
        - cooldown 5 min

    See it with `negsplit show easy.workout.yaml`, make a file for the watch with
    `negsplit compile easy.workout.yaml`, or copy it to a watch that is plugged in with
    `negsplit watch copy easy.workout.yaml`.
    """,
)
@click.version_option(__version__, message="negsplit %(version)s")
@console.color_option
def program() -> None:
    """Write running workouts in YAML and run them on a Garmin watch."""


def main() -> None:
    """Runs the command line and ends the process.

    0 done, 1 errors, 2 wrong usage, 75 to be asked again later, 130, 143 or 129 ended by SIGINT, SIGTERM or SIGHUP.
    """
    # A short run makes no cycles worth looking for: collecting costs a tenth of a cold start.
    gc.set_threshold(100_000)
    streams.begin()
    with signals.heeded():
        try:
            status = _run()
        except (click.Abort, KeyboardInterrupt) as error:
            status, words = signals.end(error)
            console.note(words)
    if why := streams.unsaid():
        console.note(f"error: cannot write to standard output: {why}")
    sys.exit(status or (1 if why else 0))


def _run() -> int:
    """Runs the command line; the status of its work, whether or not anybody heard of it."""
    if COMPLETE in os.environ:
        import_module("negsplit.cli.completion")
    try:
        status = program.main(prog_name="negsplit", complete_var=COMPLETE, standalone_mode=False)
    except SystemExit as end:  # so click ends completion
        status = end.code
    except click.ClickException as error:
        console.refuse(error)
        return error.exit_code
    except OSError as error:  # such as a working folder that is gone
        from negsplit.files.reasons import reason

        console.note(f"error: {reason(error)}")
        return 1
    return status if isinstance(status, int) else 0
