"""``negsplit check``: what is wrong, with nothing written."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from negsplit.cli import console
from negsplit.cli.group.telling import report_for_whom
from negsplit.cli.options import (
    athletes_option,
    chosen_device,
    complete_code,
    device_option,
    files_or_line,
    library_option,
    line_option,
)
from negsplit.codes import CODES
from negsplit.compile import name_collisions, parse
from negsplit.desk import coach
from negsplit.desk.compiler import Compiled, Compiler
from negsplit.desk.group import Member, counted, folders_of, is_group, members, plan_of
from negsplit.desk.group_findings import circle, for_whom
from negsplit.desk.inputs import Input, beginning, inputs, load, nothing_found, sort_of, unreadable
from negsplit.desk.outputs import unwritable
from negsplit.desk.presets import is_preset
from negsplit.diagnostics import (
    Diagnostic,
    Fix,
    Severity,
    Source,
    Span,
    did_you_mean,
    has_errors,
    once,
    visible,
)
from negsplit.files.reading import read
from negsplit.tree.encoding import MAX_BYTES
from negsplit.words import summary

if TYPE_CHECKING:
    from negsplit.desk.fixing import Fixed

_STDIN: Final = "<stdin>"
_MOST_ROUNDS: Final = 3
"""A file that is mended may bring mistakes of others to light: workouts are read once their athlete can be."""
_KINDS: Final = ("workout", "plan", "athlete")


@click.command(
    "check", cls=console.Command, short_help="Look for mistakes in workouts and plans, and hear what a coach would say."
)
@click.argument("paths", nargs=-1, type=click.Path(readable=False, path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For people, for programs, or as annotations in GitHub Actions.",
)
@line_option
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option("--fix", is_flag=True, help="Fix what can only be meant one way, and report the rest.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option(
    "--explain",
    metavar="CODE",
    shell_complete=complete_code,
    help="Print what a code in a message means; of a coach's rule what, why and examples.",
)
@click.option("--stdin", is_flag=True, help="Check what comes in on standard input, as editors do.")
@click.option("--stdin-filename", metavar="NAME", help="What to call standard input, and where it would be.")
@athletes_option
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
    fix: bool,
    diff: bool,
    explain: str | None,
    stdin: bool,
    stdin_filename: str | None,
    athletes: tuple[str, ...],
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
    negsplit check week.plan.yaml --diff
    negsplit check half.plan.yaml --athlete runners
    negsplit check --explain PL02

    Notes are true and good to know; -v shows them, and so does --format json.
    """
    if explain is not None:
        if stdin or paths or line is not None or fix or diff:
            raise click.UsageError("--explain only prints a page of the manual: leave out the rest")
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
    if stdin and (fix or diff):
        raise click.UsageError("--fix and --diff are for files; `--format json` gives the cures of --stdin")
    if diff and form != "text":
        raise click.UsageError("--diff is for people; `--format json` gives each diagnostic with its cures")
    if is_group(athletes):
        if fix or diff or stdin or line is not None:
            raise click.UsageError("a group is checked with files alone: leave out --fix, --diff, --stdin and -e")
        group = Compiler(chosen_device(device), None, library, folders_of(paths))
        _check_group(group, athletes, paths, form, strict=strict, notes=verbose or form == "json", quiet=quiet)
        return
    compiler = partial(Compiler, chosen_device(device), next(iter(athletes), None), library, paths)
    job = _Job(compiler)
    if stdin:
        job.stdin(stdin_filename or _STDIN)
    elif line is not None:
        job.line(line)
    else:
        job.files(paths, quiet)
    if diff:
        console.patch([line for one in job.fixed() for line in one.diff()])
    elif fix:
        for _ in range(_MOST_ROUNDS):
            if not _written(job.fixed(), quiet=quiet or form != "text"):
                break
            job = _Job(compiler)
            job.files(paths, quiet=True)
    found = once(job.found)
    shown = found if not quiet and (verbose or form == "json") else console.without_notes(found)
    _print(shown, form)
    errors = sum(one.severity is Severity.ERROR for one in found)
    warnings = sum(one.severity is Severity.WARNING for one in found)
    if form == "text" and not quiet and not diff:
        checked = console.count(job.checked, "file" if line is None else "workout")
        console.say(f"{checked}: {summary(errors, warnings)}")
    if form != "json" and not quiet and len(shown) < len(found):
        about = console.kept_back(len(found) - len(shown))
        console.say(about if form == "text" else f"::notice title=notes::{about}")
    if errors or (strict and warnings):
        raise console.Failed


def _written(fixed: list[Fixed], *, quiet: bool) -> bool:
    """Writes what was mended and says so; whether there was anything."""
    for one in fixed:
        try:
            one.write()
        except OSError as error:
            console.report([unwritable(one.path, error)])
            raise console.Failed from error
        if not quiet:
            for fix in one.fixes:
                edits = ", ".join(f"`{edit.span.text}` -> `{edit.text}`" for edit in fix.edits)
                console.say(f"{one.path}:{fix.edits[0].span.line}: {edits}")
    return bool(fixed)


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


def _check_group(
    group: Compiler,
    athletes: tuple[str, ...],
    paths: tuple[Path, ...],
    form: str,
    *,
    strict: bool,
    notes: bool,
    quiet: bool,
) -> None:
    """Checks everything for each runner of a group, and says each thing once, with for whom."""
    runners, problems = members(athletes)
    console.report(problems, quiet=quiet)
    if has_errors(problems):
        raise console.Failed
    found = []
    for member in console.progress(runners, quiet=quiet):
        job = _Job(partial(group.for_runner, member.athlete), member)
        job.files(paths, quiet=True)
        found.append((member.name, once(job.found)))
    whose = for_whom(found)
    errors, warnings = counted([one for _, problems in whose for one in problems])
    if form == "text":
        report_for_whom(found, quiet=quiet or not notes)
        if not quiet:
            console.say(f"{console.count(len(runners), 'runner')}: {summary(errors, warnings)}")
    elif form == "json":
        _say_json([{**_data(one), "runners": list(names)} for names, problems in whose for one in problems])
    else:
        for names, problems in whose:
            words = f"for {circle(names, len(runners))}"
            _print([replace(one, help=(*one.help, words)) for one in console.without_notes(problems)], form)
    if errors or (strict and warnings):
        raise console.Failed


class _Job:
    """One run: collects what is wrong with everything that was named, for a member of a group or for whoever it is."""

    def __init__(self, compiler: Callable[[], Compiler], member: Member | None = None) -> None:
        self.new_compiler, self.compiler, self.member = compiler, compiler(), member
        self.items: list[Input] = []
        self.found: list[Diagnostic] = []
        self.checked = 0
        self.names: list[tuple[str, Span | None]] = []

    def files(self, paths: tuple[Path, ...], quiet: bool) -> None:
        """Everything in the files and folders named."""
        self.items, self.found = inputs(paths)
        for item in map(self._own, console.progress(self.items, quiet=quiet)):
            self._check(self.compiler.file(item, *_KINDS), item.path)
        if not self.checked and not any(one.severity is Severity.ERROR for one in self.found):
            self.found.append(nothing_found("workout, plan or athlete"))
        self.found += name_collisions(self.names)

    def _own(self, item: Input) -> Input:
        """A member's own plan in the place of the group's."""
        if self.member is None or sort_of(item.path) != "plan":
            return item
        path, note = plan_of(self.member, item.path)
        self.found += [note] if note else []
        return item if path == item.path else Input(path)

    def stdin(self, name: str) -> None:
        """What comes on standard input, as if it were the file ``name``."""
        source, problems = load(name, beginning(sys.stdin.buffer) if sys.stdin else b"")
        self.found += problems
        if source is not None:
            path = None if name == _STDIN else Path(name)
            self._check(self.compiler.documents(parse(source), path, *_KINDS), path)

    def line(self, text: str) -> None:
        """A workout typed on the command line."""
        self._check(self.compiler.line(text), None)

    def fixed(self) -> list[Fixed]:
        """The files in which something was found whose cure is certain, as they are and as they would be.

        Each reading of one is done by a compiler of its own, which has said nothing yet.

        :raises Failed: where one can no longer be read, which is reported.
        """
        from negsplit.desk.fixing import fixed

        curable = {edit.span.source.name for one in self.found for fix in one.fixes for edit in fix.edits}
        changed = []
        for path in (item.path for item in self.items if str(item.path) in curable and not is_preset(item.path)):

            def check(source: Source, path: Path = path) -> list[Diagnostic]:
                job = _Job(self.new_compiler)
                job._check(job.compiler.documents(parse(source), path, *_KINDS), path)
                return job.found

            try:
                data = read(path, MAX_BYTES)
            except OSError as error:  # it was there when it was checked
                console.report([unreadable(path, error)])
                raise console.Failed from error
            changed.append(fixed(path, data, check))
        return [one for one in changed if one.fixes]

    def _check(self, compiled: Compiled, path: Path | None) -> None:
        self.checked += compiled.taken
        rules = coach.said(coach.remarks(compiled, self.compiler, path, *_KINDS))
        self.found += coach.beside(compiled, rules)
        self.names += [(one.program.name, one.expanded.span) for one in compiled.workouts if one]


def _print(found: list[Diagnostic], form: str) -> None:
    if form == "text":
        console.report(found)
    elif form == "json":
        _say_json([_data(one) for one in found])
    else:
        for one in found:
            console.say(_github(one))


def _say_json(found: list[dict[str, object]]) -> None:
    import json

    click.echo(json.dumps({"diagnostics": found}, indent=2))


def _data(diagnostic: Diagnostic) -> dict[str, object]:
    """A diagnostic as plain data. Its keys are stable; a place that is unknown is null."""
    return {
        **_position(diagnostic.span),
        "severity": diagnostic.severity.value,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "help": list(diagnostic.help),
        "fixes": [_fix(fix) for fix in diagnostic.fixes],
    }


def _fix(fix: Fix) -> dict[str, object]:
    edits = [{**_position(edit.span), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "certain": fix.is_certain, "edits": edits}


def _position(span: Span | None) -> dict[str, object]:
    """A place; all null where it is unknown."""
    if span is None:
        return dict.fromkeys(("file", "line", "column", "end_line", "end_column"))
    end_line, end_column = span.source.position(max(span.end, span.start))
    begin = {"file": span.source.name, "line": span.line, "column": span.column}
    return {**begin, "end_line": end_line, "end_column": end_column}


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
