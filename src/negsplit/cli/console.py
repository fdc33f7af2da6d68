"""What the commands say: results on standard output, messages on standard error."""

from __future__ import annotations

from collections.abc import Iterable

import click

from negsplit.diagnostics import Diagnostic, Severity, render, visible

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


class Failed(click.exceptions.Exit):
    """Ends a command whose input has errors, after they were said."""

    def __init__(self) -> None:
        super().__init__(1)


def say(text: str) -> None:
    """A result, with anything hostile in it made visible."""
    click.echo("\n".join(visible(line) for line in text.split("\n")))


def note(text: str) -> None:
    """A message that is no diagnostic."""
    click.echo(visible(text), err=True)


def report(diagnostics: Iterable[Diagnostic], *, quiet: bool = False) -> None:
    """Diagnostics for people; ``quiet`` leaves out what is only information."""
    for diagnostic in diagnostics:
        if quiet and diagnostic.severity is Severity.INFO:
            continue
        head, _, rest = render(diagnostic).partition("\n")
        mark = f"{diagnostic.severity.value}[{diagnostic.code}]:"
        click.echo(head.replace(mark, click.style(mark, fg=_COLORS[diagnostic.severity], bold=True), 1), err=True)
        if rest:
            click.echo(rest, err=True)


def summary(errors: int, warnings: int) -> str:
    """``2 errors, 1 warning``."""
    parts = [_count(errors, "error")] if errors else []
    parts += [_count(warnings, "warning")] if warnings else []
    return ", ".join(parts) or "no errors"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
