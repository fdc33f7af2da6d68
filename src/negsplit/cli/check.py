"""``negsplit check``: what is wrong, with nothing written."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from negsplit.cli import console
from negsplit.cli.options import (
    athlete_option,
    chosen_device,
    complete_code,
    device_option,
    files_or_line,
    library_option,
    line_option,
)
from negsplit.codes import CODES
from negsplit.compile import CompiledWorkout, name_collisions, parse
from negsplit.desk.compiler import Compiled, Compiler
from negsplit.desk.inputs import beginning, inputs, load, nothing_found
from negsplit.diagnostics import Diagnostic, Severity, Span, did_you_mean, in_order, once, visible

if TYPE_CHECKING:
    from negsplit.plan.compile import CompiledPlan

_STDIN: Final = "<stdin>"
_KINDS: Final = ("workout", "plan", "athlete")


@click.command(
    "check", cls=console.Command, short_help="Report what is wrong with workouts and plans, writing nothing."
)
@click.argument("paths", nargs=-1, type=click.Path(readable=False, path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For people, for programs, or for annotations in GitHub Actions.",
)
@line_option
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option(
    "--explain",
    metavar="CODE",
    shell_complete=complete_code,
    help="Print what a code in a message means; of a coach's rule what, why and examples.",
)
@click.option("--stdin", is_flag=True, help="Check what comes on standard input, as editors do.")
@click.option("--stdin-filename", metavar="NAME", help="What to call it, and where it lies.")
@athlete_option
@device_option
@library_option
@console.verbose_option
@console.quiet_option
@console.color_option
def command(
    paths: tuple[Path, ...],
    form: str,
    line: str | None,
    strict: bool,
    explain: str | None,
    stdin: bool,
    stdin_filename: str | None,
    athlete: str | None,
    device: str,
    library: Path | None,
    verbose: bool,
    quiet: bool,
) -> None:
    """Check workouts, plans and athletes, and folders of them: what is wrong, and what a coach would say.

    \b
    negsplit check easy.workout.yaml
    negsplit check workouts --strict --format github
    negsplit check --stdin --stdin-filename easy.workout.yaml < draft
    negsplit check --explain PL02

    Notes are true and good to know; -v shows them, and so does --format json.
    """
    if explain is not None:
        if stdin or paths or line is not None:
            raise click.UsageError("--explain prints a page of the manual and checks nothing; leave out the rest")
        _explain(explain)
        return
    if stdin and paths:
        raise click.UsageError(f"--stdin checks standard input, `{paths[0]}` names a file; choose one")
    if stdin and line is not None:
        raise click.UsageError("--stdin checks standard input, and -e types a workout; choose one")
    if not stdin:
        files_or_line(paths, line, "files or folders to check", otherwise=", or give --stdin or --explain")
    if stdin_filename is not None and not stdin:
        raise click.UsageError("--stdin-filename is the name of what comes with --stdin")
    job = _Job(Compiler(chosen_device(device), athlete, library, paths))
    if stdin:
        job.stdin(stdin_filename or _STDIN)
    elif line is not None:
        job.line(line)
    else:
        job.files(paths, quiet)
    found = once(job.found)
    shown = found if not quiet and (verbose or form == "json") else console.without_notes(found)
    _print(shown, form)
    errors = sum(one.severity is Severity.ERROR for one in found)
    warnings = sum(one.severity is Severity.WARNING for one in found)
    if form == "text" and not quiet:
        checked = console.count(job.checked, "file" if line is None else "workout")
        console.say(f"{checked}: {console.summary(errors, warnings)}")
    if form != "json" and not quiet and len(shown) < len(found):
        about = console.kept_back(len(found) - len(shown))
        console.say(about if form == "text" else f"::notice title=notes::{about}")
    if errors or (strict and warnings):
        raise console.Failed


def _explain(code: str) -> None:
    from negsplit import meanings
    from negsplit.check import manual
    from negsplit.check.rules import every_rule

    known = next((one for one in CODES if one.casefold() == code.strip().casefold()), None)
    if known is None:
        near = did_you_mean(code, CODES)
        meant = (
            f"did you mean `{near}`?" if near else "every message has its own in brackets, as in `error[missing-unit]`"
        )
        raise click.UsageError(f"there is no code `{code}`; {meant}")
    rule = next((one for one in every_rule().values() if one.code == known), None)
    width = console.width()
    console.say(*(manual.explained(rule, width) if rule else meanings.explained(known, width)))


class _Job:
    """One run: collects what is wrong with everything that was named."""

    def __init__(self, compiler: Compiler) -> None:
        self.compiler = compiler
        self.found: list[Diagnostic] = []
        self.checked = 0
        self.names: list[tuple[str, Span | None]] = []

    def files(self, paths: tuple[Path, ...], quiet: bool) -> None:
        """Everything in the files and folders named."""
        items, self.found = inputs(paths)
        for item in console.progress(items, quiet=quiet):
            self._check(self.compiler.file(item, *_KINDS))
        if not self.checked and not any(one.severity is Severity.ERROR for one in self.found):
            self.found.append(nothing_found("workout, plan or athlete"))
        self.found += name_collisions(self.names)

    def stdin(self, name: str) -> None:
        """What comes on standard input, as if it were the file ``name``."""
        source, problems = load(name, beginning(sys.stdin.buffer) if sys.stdin else b"")
        self.found += problems
        if source is not None:
            path = None if name == _STDIN else Path(name)
            self._check(self.compiler.documents(parse(source), path, *_KINDS))

    def line(self, text: str) -> None:
        """A workout typed on the command line."""
        self._check(self.compiler.line(text))

    def _check(self, compiled: Compiled) -> None:
        self.checked += compiled.taken
        if compiled.kind == "plan":
            self.found += in_order([*compiled.diagnostics, *_of_a_plan(compiled.plan)])
            return
        self.found += [*compiled.problems, *in_order([*compiled.of_passes, *_of_workouts(compiled.workouts)])]
        self.names += [(one.program.name, one.expanded.span) for one in compiled.workouts if one]


def _of_workouts(workouts: Sequence[CompiledWorkout | None]) -> Iterator[Diagnostic]:
    """What a coach would say."""
    if any(workouts):
        from negsplit.check import check_workout

        yield from (finding for one in workouts if one for finding in check_workout(one))


def _of_a_plan(plan: CompiledPlan | None) -> list[Diagnostic]:
    if plan is None:
        return []
    from negsplit.check import check_plan
    from negsplit.plan.totals import totals

    return check_plan(totals(plan))


def _print(found: list[Diagnostic], form: str) -> None:
    if form == "text":
        console.report(found)
    elif form == "json":
        click.echo(json.dumps({"diagnostics": [_data(one) for one in found]}, indent=2))
    else:
        for one in found:
            console.say(_github(one))


def _data(diagnostic: Diagnostic) -> dict[str, object]:
    """A diagnostic as plain data. Its keys are stable; a place that is unknown is null."""
    place: dict[str, object] = dict.fromkeys(("file", "line", "column", "end_line", "end_column"))
    if span := diagnostic.span:
        end_line, end_column = span.source.position(max(span.end, span.start))
        place |= {"file": span.source.name, "line": span.line, "column": span.column}
        place |= {"end_line": end_line, "end_column": end_column}
    return {
        **place,
        "severity": diagnostic.severity.value,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "help": list(diagnostic.help),
    }


def _github(diagnostic: Diagnostic) -> str:
    """A workflow command; percent signs, line ends and, in properties, colons and commas are escaped."""
    level = {"error": "error", "warning": "warning", "note": "notice"}[diagnostic.severity.value]
    place = ""
    if span := diagnostic.span:
        place = f"file={_property(span.source.name)},line={span.line},col={span.column},"
    text = "\n".join(visible(line) for line in (diagnostic.message, *diagnostic.help))
    return f"::{level} {place}title={_property(diagnostic.code)}::{_escaped(text)}"


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
