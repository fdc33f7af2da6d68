"""A workout in a FIT file, of a watch or of any program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from negsplit.diagnostics import Diagnostic, Severity
from negsplit.formats.fit.profile import FILE_TYPE_SCHEDULE
from negsplit.formats.fit.program import remarks, to_program
from negsplit.formats.fit.read import FitReadError, read, read_file_id
from negsplit.formats.foreign import ForeignOptions, ForeignWorkout, Found, Reader
from negsplit.formats.foreign_file import ForeignFile

_MARK: Final = b".FIT"
_MARK_AT: Final = 8


def _looks_like(file: ForeignFile) -> bool:
    return file.data.startswith(_MARK, _MARK_AT)


def _read(files: Sequence[ForeignFile], _options: ForeignOptions) -> Found:
    return Found(tuple(map(_workout, files)))


def _workout(file: ForeignFile) -> ForeignWorkout:
    try:
        if read_file_id(file.data).type == FILE_TYPE_SCHEDULE:
            return _refused(f"`{file.name}` is a schedule: only a workout can be written as YAML")
        found = read(file.data)
    except FitReadError as error:
        return _refused(f"`{file.name}` is not a valid workout or schedule file: {error}")
    program, notes = to_program(found)
    if not program.steps:
        return _refused(f"`{file.name}` has no steps: there is nothing to write")
    left_out = [Diagnostic("left-out", text, severity=Severity.WARNING) for text in remarks(found)]
    differs = [Diagnostic("differs", note, severity=Severity.NOTE) for note in notes]
    return ForeignWorkout(program.name, program, (*left_out, *differs))


def _refused(why: str) -> ForeignWorkout:
    return ForeignWorkout("", None, (Diagnostic("not-a-workout-file", why),))


READER: Final = Reader("fit", "a workout for a watch", _looks_like, _read, ".fit", is_for_watch=True)
