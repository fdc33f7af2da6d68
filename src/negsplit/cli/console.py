"""What the commands say: results on standard output, messages on standard error, nothing hostile on either."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from typing import TYPE_CHECKING, Final, TypeVar

import click

from negsplit.cli import signals, streams
from negsplit.desk.usage import WrongUsageError
from negsplit.diagnostics import Diagnostic, Severity, did_you_mean, render, visible
from negsplit.words import count as count  # noqa: PLC0414  (said by every command)

if TYPE_CHECKING:
    from pathlib import Path

    from negsplit.preview.palette import Colors

_COLORS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
WIDTH_OF_FILES: Final = 100
"""Columns of what goes to a file or a pipe: the same everywhere."""
WRONG_USAGE: Final = 2
_NARROWEST: Final = 40
_PATIENCE: Final = 1.0
"""Seconds that a command works without saying how far it is."""
_BAR: Final = 30

_Item = TypeVar("_Item")


class Failed(click.exceptions.Exit):
    """Ends a command whose input has errors, after they were said."""

    def __init__(self) -> None:
        super().__init__(1)


class Command(click.Command):
    """Refuses an option that is given twice and takes one value: the last would win in silence."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        _give_once(self, ctx, args)
        return super().parse_args(ctx, args)


class CommandGroup(click.Group):
    """Says what there is where no command is named, or none that exists: that is wrong usage."""

    command_class = Command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), err=True)
            ctx.exit(WRONG_USAGE)
        _give_once(self, ctx, args)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise click.UsageError(f"there is no command `{args[0]}`; {_meant(args[0], known, self, ctx)}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Runs a command; what the desk refuses is wrong usage of that command."""
        try:
            return super().invoke(ctx)
        except WrongUsageError as error:
            name = ctx.invoked_subcommand or ""
            command = self.get_command(ctx, name)
            assert command is not None
            at = click.Context(command, parent=ctx, info_name=name)
            raise click.BadParameter(error.message, at, param_hint=error.option or None) from None


def _meant(word: str, known: Sequence[str], group: click.Group, ctx: click.Context) -> str:
    """What somebody probably wants who writes ``word`` where a command belongs: of this group, or of one beside it."""
    if near := did_you_mean(word, known):
        return f"did you mean `{near}`?"
    for name in known:
        inner = group.get_command(ctx, name)
        if isinstance(inner, click.Group) and word in inner.list_commands(ctx):
            return f"did you mean `{ctx.command_path} {name} {word}`?"
    above = ctx.parent
    if above and isinstance(above.command, click.Group) and word in above.command.list_commands(above):
        return f"did you mean `{above.command_path} {word}`?"
    return f"the commands are {', '.join(known)}"


# --- Options -----------------------------------------------------------------------------------


def _give_once(command: click.Command, ctx: click.Context, args: Sequence[str]) -> None:
    """Ends a command line that gives an option twice, where that takes one value.

    The words are read as if every such option took several, which tells all of them.
    """
    if ctx.resilient_parsing:
        return
    patient = copy(command)
    patient.params = [copy(one) for one in command.params]
    single = [one for one in patient.params if isinstance(one, click.Option) and not (one.multiple or one.is_flag)]
    for one in single:
        one.multiple = True
    given, _, _ = patient.make_parser(ctx).parse_args(list(args))
    for one in single:
        values = given.get(one.name or "") or ()
        if len(values) > 1:
            raise click.UsageError(_given_too_often(one, values), ctx)


def _given_too_often(option: click.Option, values: Sequence[str]) -> str:
    """``--athlete is given twice, `a` and `b`: give it once``, without the values that nobody may see."""
    from negsplit.tree.source_lines import short

    times = "twice" if len(values) == 2 else f"{len(values)} times"
    *front, last = (f"`{short(value)}`" for value in values)
    shown = "" if option.hide_input else f", {', '.join(front)} and {last}"
    return f"{max(option.opts, key=len)} is given {times}{shown}: give it once"


def _set_color(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value in ("always", "never"):
        ctx.color = value == "always"
    elif value == "auto" or ctx.parent is None:
        ctx.color = False if os.environ.get("NO_COLOR") else None


color_option = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    expose_value=False,
    callback=_set_color,
    help="Colours in messages and drawings. `auto` means on a terminal, unless NO_COLOR is set.",
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Only say what is wrong.")
verbose_option = click.option(
    "-v", "--verbose", is_flag=True, help="Show notes too: good to know, nothing you need to change."
)


# --- Saying ------------------------------------------------------------------------------------


def say(*lines: str) -> None:
    """Lines of a result. Control characters in them become visible, line ends too."""
    _erase_bar()
    click.echo("\n".join(visible(line) for line in lines))


def patch(lines: Sequence[str]) -> None:
    """Whole lines of a diff, as they are for the program that takes them; on a terminal as :func:`say` shows them."""
    if sys.stdout is not None and sys.stdout.isatty():
        if lines:
            say(*(line.rstrip("\r\n") for line in lines))
    else:
        click.echo("".join(lines).encode(), nl=False)


def draw(lines: Iterable[str]) -> None:
    """Lines of our own making, with colours in them where the output takes any.

    Nothing here is made visible: no text from a file may be among them.
    """
    _erase_bar()
    click.echo("\n".join(lines))


def colors() -> Colors | None:
    """Those of drawings: for light paper where the terminal says so, as rxvt, Konsole and iTerm2 do, else for dark.

    None where the output takes none.
    """
    from negsplit.preview.palette import DARK_TERMINAL, LIGHT_TERMINAL

    wanted = click.get_current_context().color
    if not (sys.stdout.isatty() if wanted is None and sys.stdout is not None else wanted):
        return None
    background = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT_TERMINAL if background in ("7", "15") else DARK_TERMINAL


def can_write(characters: str) -> bool:
    """Whether the encoding of standard output has these characters."""
    try:
        characters.encode(getattr(sys.stdout, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def note(text: str) -> None:
    """A message that is no diagnostic."""
    _erase_bar()
    click.echo(visible(text), err=True)


def report(diagnostics: Iterable[Diagnostic], *, quiet: bool = False) -> None:
    """Diagnostics for people; ``quiet`` leaves out notes."""
    for diagnostic in without_notes(diagnostics) if quiet else diagnostics:
        head, _, rest = render(diagnostic).partition("\n")
        mark = f"{diagnostic.severity.value}[{diagnostic.code}]:"
        _erase_bar()
        click.echo(head.replace(mark, click.style(mark, fg=_COLORS[diagnostic.severity], bold=True), 1), err=True)
        if rest:
            click.echo(rest, err=True)


def say_all(found: Iterable[str | Sequence[Diagnostic]], *, quiet: bool = False) -> None:
    """Lines and messages as they come; ``quiet`` leaves out the lines and the notes."""
    for one in found:
        if not isinstance(one, str):
            report(one, quiet=quiet)
        elif not quiet:
            say(one)


def without_notes(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Errors and warnings alone."""
    return [one for one in diagnostics if one.severity is not Severity.NOTE]


def kept_back(notes: int) -> str:
    """``7 notes: -v shows them``: nothing is left out in silence."""
    return f"{count(notes, 'note')}: -v shows {'it' if notes == 1 else 'them'}"


def refuse(error: click.ClickException) -> None:
    """Says what is wrong with the command line, and where its help is."""
    from negsplit.cli import refusals

    note(f"error: {refusals.words(error)}")
    if isinstance(error, click.UsageError) and error.ctx:
        note(f"  help: `{error.ctx.command_path} --help` lists what there is")


def _columns() -> int:
    """Of the terminal."""
    from shutil import get_terminal_size  # with it come all the ways to compress a file

    return get_terminal_size().columns


def width(out: Path | None = None) -> int:
    """Columns of the terminal; what goes to a file or a pipe is the same everywhere."""
    if out is not None or not sys.stdout or not sys.stdout.isatty():
        return WIDTH_OF_FILES
    return max(_NARROWEST, _columns())


# --- Progress ----------------------------------------------------------------------------------


class _Bar:
    """Whether the terminal's last line is a progress bar; whatever is said erases it first."""

    drawn = False


def progress(items: Sequence[_Item], *, quiet: bool = False) -> Iterator[_Item]:
    """The items, with a bar on the terminal that says how far it is once that takes longer than a second."""
    shows = not quiet and sys.stderr is not None and sys.stderr.isatty()
    started = time.monotonic()
    try:
        for done, item in enumerate(items):
            if shows and time.monotonic() - started > _PATIENCE:
                words = f" {done} of {len(items)}"
                bar = min(_BAR, _columns() - len(words) - len("[] "))
                filled = "#" * (bar * done // len(items))
                sys.stderr.write(f"\r\x1b[K[{filled:.<{max(bar, 0)}}]{words}")
                sys.stderr.flush()
                _Bar.drawn = True
            yield item
    finally:
        _erase_bar()


def meanwhile(words: str, *, quiet: bool = False) -> None:
    """Says on a terminal what takes its time now; whatever is said next takes its place."""
    if not quiet and sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{visible(words)} ...")
        sys.stderr.flush()
        _Bar.drawn = True


def _erase_bar() -> None:
    if _Bar.drawn:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
        _Bar.drawn = False


# --- Asking ------------------------------------------------------------------------------------


def is_asked() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin is not None and sys.stdin.isatty() and streams.is_heard()


def confirmed(question: str) -> bool:
    """Whether somebody says yes; no answer is none, and where nobody can be asked there is none."""
    return answer(f"{question} [y/N] ").strip().casefold() in ("y", "yes")


def answer(question: str) -> str:
    """The line that is typed behind a question; empty where nobody answers, or standard error takes no question.

    :raises signals.Ended: where the terminal is closed.
    """
    _erase_bar()
    click.echo(visible(question), nl=False, err=True)
    words = _line() if sys.stdin and streams.is_heard() else ""
    if not words.endswith("\n"):
        signals.end_with_terminal(sys.stdin)
        click.echo(err=True)
    return words.rstrip("\r\n")


def _line() -> str:
    try:
        return sys.stdin.readline()
    except OSError:  # a terminal that is closed, or that another program has
        return ""
