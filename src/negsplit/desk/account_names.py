"""Whose account a document goes to where no command says so: the one that its athlete's file names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from negsplit.athlete.paces import Runner
from negsplit.desk.disk_library import DiskLibrary
from negsplit.desk.inputs import Input, documents, inputs
from negsplit.desk.runners import Runners
from negsplit.desk.usage import WrongUsageError
from negsplit.diagnostics import Diagnostic
from negsplit.model import AccountName

_USUAL: Final[AccountName] = "garmin"


def of_plan(path: Path, athlete: str | None, library: Path | None) -> AccountName:
    """The account for a plan; the usual one also where it or its athlete is at fault, which compiling it says."""
    read, _ = documents(Input(path))
    if read is None:
        return _USUAL
    runner, _ = Runners(athlete).for_plan(read, path, DiskLibrary(library).beside(path))
    return _named_by(runner)


def of_workouts(paths: Sequence[Path], athlete: str | None) -> AccountName:
    """The account for workouts in some files and folders, or for one that is typed here where none is named.

    :raises WrongUsageError: where their athletes name two.
    """
    runners = Runners(athlete)
    places = [item.path for item in inputs(paths)[0]] if paths else [None]
    found = {_named_by(runners.for_document(place)[0]) for place in places} or {_USUAL}
    if len(found) > 1:
        names = " and ".join(sorted(found))
        message = f"the athlete files of these workouts name different accounts, {names}: choose one with --account"
        raise WrongUsageError(message)
    return found.pop()


def of_folder() -> tuple[AccountName | None, list[Diagnostic]]:
    """The account of the athlete nearest to the working folder; None, with what is wrong, where nobody can tell."""
    runner, problems = Runners().for_document()
    return (None if runner is None else _named_by(runner)), problems


def _named_by(runner: Runner | None) -> AccountName:
    return (runner.account if runner is not None else None) or _USUAL
