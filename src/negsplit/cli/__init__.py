"""The ``negsplit`` command. A command's module is imported when it is called, not before."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from negsplit import __version__

_COMMANDS = {
    "compile": ("compile", "Compile workouts to FIT files for the watch."),
    "show": ("show", "Show what the watch will do, step by step."),
    "check": ("check", "Report what is wrong with workouts, writing nothing."),
    "inspect": ("inspect", "Decode a workout or schedule FIT file and explain it."),
    "athlete": ("athlete", "Show a runner's paces and zones and where they come from."),
    "schema": ("schema", "Print the JSON Schema of a kind of document, for editors."),
}
INTERRUPTED = 130


class _Commands(click.Group):
    """Knows its commands by name and one line of help alone."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(f"negsplit.cli.{_COMMANDS[cmd_name][0]}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from negsplit.diagnostics import did_you_mean, visible

            near = did_you_mean(args[0], _COMMANDS)
            hint = f"did you mean `{near}`?" if near else f"there are: {', '.join(_COMMANDS)}"
            if args[0].endswith((".yaml", ".yml")):
                hint = f"did you mean `negsplit compile {visible(args[0])}`?"
            raise click.UsageError(f"no command `{visible(args[0])}`; {hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in _COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="negsplit %(version)s")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Colours in messages (auto: on a terminal, unless NO_COLOR is set).",
)
@click.pass_context
def program(ctx: click.Context, color: str) -> None:
    """Write a running workout in YAML, run it on a Garmin watch."""
    ctx.color = {"always": True, "never": False}.get(color)
    if color == "auto" and os.environ.get("NO_COLOR"):
        ctx.color = False


def main() -> None:
    """Runs the command line and ends the process: 0 done, 1 errors, 2 wrong usage, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = program.main(prog_name="negsplit", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has seen enough; a second attempt to flush it must not complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)
