"""``negsplit compile`` for a group: a folder a runner, in one process or in several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click

from negsplit.cli import console
from negsplit.cli.group.telling import report_for_whom
from negsplit.desk.group import Member, members
from negsplit.diagnostics import Diagnostic, has_errors
from negsplit.words import count

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from negsplit.desk.group_compile import GroupRun, MemberDone

_PATIENCE: Final = 10.0
"""Seconds in which a scheduler answers."""

jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="N",
    help="Compile for so many runners of a group at once.",
)
scheduler_option = click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Let a Dask cluster do that: tcp://HOST:PORT. Its workers need the same files in the same places.",
)


def compile_group(run: GroupRun, athletes: Sequence[str], jobs: int, scheduler: str | None, *, quiet: bool) -> None:
    """Compiles for everybody, says what came of each, and at the end what is wrong; ends the command where it is."""
    from negsplit.desk.group_compile import compile_for
    from negsplit.preview.group_text import summary
    from negsplit.spread import spread

    if scheduler is not None and jobs > 1:
        raise click.UsageError("use --jobs for this computer or --scheduler for a cluster, not both")
    found, problems = members(athletes)
    console.report(problems, quiet=quiet)
    if has_errors(problems):
        raise console.Failed
    if scheduler is not None:
        run, found = run.anywhere(), [one.anywhere() for one in found]
    done: list[MemberDone] = []
    try:
        with _executor(jobs, scheduler) as executor:
            results = spread(compile_for, run, found, executor, chunk=1)
            for one in _as_they_come(found, results, quiet=quiet):
                console.say_all((each for each in one.said if isinstance(each, str)), quiet=quiet)
                done.append(one)
    finally:
        report_for_whom([(one.name, _wrong(one)) for one in done], quiet=quiet)
        if done and (left := [one.name for one in found[len(done) :]]):
            of = f"{len(done)} of {count(len(found), 'runner')} done"
            console.note(f"{of}; not done, or not known: {', '.join(left)}")
    if not quiet:
        console.say("", *summary([one.row for one in done], console.width()))
    if unseen := [one.name for one in done if not one.failed and not (run.out / one.name).is_dir()]:
        message = f"the workers of the cluster have written for {', '.join(unseen)}, but not into `{run.out}` here"
        help = ("they need the same folders as this computer; `--jobs` compiles here",)
        console.report([Diagnostic("cluster", message, None, help)])
        raise console.Failed
    if failed := [one.name for one in done if one.failed]:
        console.note(f"{count(len(done) - len(failed), 'runner')} done, not all of it for {', '.join(failed)}")
        raise console.Failed


def _as_they_come(found: Sequence[Member], results: Iterator[MemberDone], *, quiet: bool) -> Iterator[MemberDone]:
    for _ in console.progress(found, quiet=quiet):
        yield next(results)


def _wrong(one: MemberDone) -> list[Diagnostic]:
    return [problem for each in one.said if not isinstance(each, str) for problem in each]


@contextmanager
def _executor(jobs: int, scheduler: str | None) -> Iterator[Executor | None]:
    """Who does the work; ends the command where there is no cluster at that address."""
    if scheduler is not None:
        with _cluster(scheduler) as executor:
            yield executor
    elif jobs > 1:
        from concurrent.futures import BrokenExecutor

        from negsplit.spread import Jobs

        try:
            with Jobs(jobs) as executor:
                yield executor
        except BrokenExecutor:
            help = ("the computer may be short of memory: `--jobs 1` needs the least",)
            console.report([Diagnostic("cluster", "a process that compiles was ended from outside twice", None, help)])
            raise console.Failed from None
    else:
        yield None


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    from concurrent.futures import BrokenExecutor

    try:
        from distributed import Client
    except ImportError:
        from negsplit.desk.installation import adding

        help = (f"install it with `{adding('dask')}`",)
        console.report([Diagnostic("cluster", "`--scheduler` needs Dask, which is not installed", None, help)])
        raise console.Failed from None
    try:
        client = Client(address, timeout=_PATIENCE)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError):
        help = ("start one with `dask scheduler`, which says its address: tcp://HOST:PORT",)
        console.report([Diagnostic("cluster", f"no Dask scheduler answers at `{address}`", None, help)])
        raise console.Failed from None
    try:
        with client:
            yield client.get_executor()  # type: ignore[no-untyped-call]
    except BrokenExecutor:
        help = ("look at what its workers and its scheduler say, then run the same command again",)
        console.report([Diagnostic("cluster", f"the cluster at `{address}` was lost", None, help)])
        raise console.Failed from None
