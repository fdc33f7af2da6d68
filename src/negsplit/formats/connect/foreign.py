"""Workouts of Garmin Connect in a file: one body, or a list of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from negsplit.diagnostics import Diagnostic, Severity
from negsplit.formats.connect.program import NotAWorkoutError, to_program
from negsplit.formats.foreign import ForeignOptions, ForeignWorkout, Found, Reader
from negsplit.formats.foreign_file import ForeignFile
from negsplit.formats.json_fields import Object, text


def _looks_like(file: ForeignFile) -> bool:
    return '"workoutSegments"' in file.source.text


def _read(files: Sequence[ForeignFile], _options: ForeignOptions) -> Found:
    bodies = [body for file in files for body in _bodies(json.loads(file.source.text))]
    return Found(tuple(map(_workout, bodies)))


def _bodies(top: Any) -> list[Object]:
    return top if isinstance(top, list) else [top]


def _workout(body: Object) -> ForeignWorkout:
    name = text(body, "workoutName")
    try:
        program, notes = to_program(body)
    except NotAWorkoutError as error:
        return ForeignWorkout(name, None, (Diagnostic("refused", str(error)),))
    messages = [Diagnostic("differs", f"{name}: {note}", severity=Severity.NOTE) for note in notes]
    return ForeignWorkout(name, program, tuple(messages))


READER: Final = Reader("connect", "workouts of Garmin Connect as JSON", _looks_like, _read)
