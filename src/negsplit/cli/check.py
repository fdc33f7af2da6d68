"""``negsplit check``: what is wrong, with nothing written."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from negsplit.cli import console
from negsplit.cli.inputs import Athletes, Input, documents, inputs
from negsplit.cli.options import athlete_option, chosen_device, device_option, quiet_option
from negsplit.compile import Documents, athlete_of, compile_documents, parse
from negsplit.diagnostics import Diagnostic, Severity
from negsplit.dsl.source import load_bytes
from negsplit.lower import Device


@click.command("check", short_help="Report what is wrong with workouts, writing nothing.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--stdin", is_flag=True, help="Check what comes on standard input, as editors do.")
@click.option("--stdin-filename", default="<stdin>", metavar="NAME", help="What to call it, and where it lies.")
@athlete_option
@device_option
@quiet_option
def command(
    paths: tuple[Path, ...],
    form: str,
    strict: bool,
    stdin: bool,
    stdin_filename: str,
    athlete: str | None,
    device: str,
    quiet: bool,
) -> None:
    """Check workouts and athletes, and folders of them."""
    if bool(paths) == stdin:
        raise click.UsageError("name files or folders to check, or give --stdin")
    profile, athletes = chosen_device(device), Athletes(athlete)
    found: list[Diagnostic] = []
    checked = 0
    for path, read, problems in _stdin(stdin_filename) if stdin else _files(paths, quiet or form != "text"):
        found += problems
        if read is not None:
            checked += 1
            found += _check(path, read, athletes, profile)
    if not checked and not found:
        found.append(Diagnostic("nothing-found", "there is no workout, plan or athlete in what was named"))
    _print(found, form, quiet)
    errors = sum(one.severity is Severity.ERROR for one in found)
    warnings = sum(one.severity is Severity.WARNING for one in found)
    if form == "text" and not quiet:
        files = f"{checked} file" if checked == 1 else f"{checked} files"
        console.say(f"{files}: {console.summary(errors, warnings)}")
    if errors or athletes.failed or (strict and warnings):
        raise console.Failed


def _files(paths: tuple[Path, ...], quiet: bool) -> Iterable[tuple[Path, Documents | None, list[Diagnostic]]]:
    for item in inputs(paths):
        yield item.path, *documents(item, quiet=quiet)


def _stdin(name: str) -> Iterable[tuple[Path, Documents | None, list[Diagnostic]]]:
    source, problems = load_bytes(name, sys.stdin.buffer.read())
    yield Path(name), parse(source) if source else None, problems


def _check(path: Path, read: Documents, athletes: Athletes, device: Device) -> list[Diagnostic]:
    if read.kind == "athlete":
        return athlete_of(read)[1]
    runner = athletes.runner(path)
    return list(compile_documents(read, runner, device).diagnostics)


def _print(found: list[Diagnostic], form: str, quiet: bool) -> None:
    if form == "text":
        console.report(found, quiet=quiet)
    elif form == "json":
        click.echo(json.dumps({"diagnostics": [_data(one) for one in found]}, indent=2))
    else:
        for one in found:
            console.say(_github(one))


def _data(diagnostic: Diagnostic) -> dict[str, object]:
    span = diagnostic.span
    place: dict[str, object] = {"file": None, "line": None, "column": None, "end_line": None, "end_column": None}
    if span:
        line, column = span.source.position(span.start)
        end_line, end_column = span.source.position(max(span.end, span.start))
        place = {
            "file": span.source.name,
            "line": line,
            "column": column,
            "end_line": end_line,
            "end_column": end_column,
        }
    return {
        **place,
        "severity": diagnostic.severity.value,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "help": list(diagnostic.help),
    }


def _github(diagnostic: Diagnostic) -> str:
    """A workflow command; percent signs, line ends and, in properties, colons and commas are escaped."""
    level = {"error": "error", "warning": "warning", "info": "notice"}[diagnostic.severity.value]
    place = ""
    if span := diagnostic.span:
        place = f"file={_property(span.source.name)},line={span.line},col={span.column},"
    text = "\n".join([diagnostic.message, *diagnostic.help])
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{level} {place}title={_property(diagnostic.code)}::{escaped}"


def _property(text: str) -> str:
    for char, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")):
        text = text.replace(char, code)
    return text
