"""Workout text of intervals.icu in a file: by itself, or in the events of its calendar as JSON.

A text by itself says neither its name nor its sport: it is a run, called like its file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import PurePath
from typing import Final

from negsplit.diagnostics import Diagnostic, Report, Severity, Span, in_order
from negsplit.formats.foreign import MOST_STEPS, ForeignOptions, ForeignWorkout, Found, Reader
from negsplit.formats.foreign_file import ForeignFile
from negsplit.formats.intervals import line
from negsplit.formats.intervals.calendar import has_events, of_json
from negsplit.formats.intervals.parse import parse
from negsplit.formats.intervals.workout import items
from negsplit.model import Workout

_OTHERS: Final = re.compile(r"(?:workout|plan|athlete|steps|config|workouts)\s*:", re.IGNORECASE)
"""Lines that begin so belong to YAML of ours, or of another program's."""
_STEP: Final = re.compile(r"[ \t]*-[ \t]+(?!\S+:(?:\s|$))")
_JSON: Final = re.compile(r"\s*[\[{]\s*[\[{\"]")
_STEPS: Final = re.compile(r"^[ \t]*-[ \t]", re.MULTILINE)
_LINES: Final = 2_000
"""Looked through: far more than any workout has before its first step."""
_MOST_LINES: Final = 2 * MOST_STEPS
"""A heading for each step, which nobody writes."""


def _looks_like(file: ForeignFile) -> bool:
    return has_events(file) or _is_text(file)


def _is_text(file: ForeignFile) -> bool:
    """Whether a line is a step, and none is another language's. ``- run: 2km`` is."""
    lines = list(islice(file.source.text.split("\n"), _LINES))
    if any(map(_OTHERS.match, lines)):
        return False
    words = (one.split() for one in lines if _STEP.match(one))
    return any(any(map(line.is_amount, one[1:])) and "@" not in one for one in words)


def _read(files: Sequence[ForeignFile], options: ForeignOptions) -> Found:
    (file,) = files
    return of_json(file, options) if _JSON.match(file.source.text) else Found((_workout(file, options),))


def _workout(file: ForeignFile, options: ForeignOptions) -> ForeignWorkout:
    name, report = PurePath(file.name).name.partition(".")[0], Report()
    if (beyond := next(islice(_STEPS.finditer(file.source.text), MOST_STEPS, None), None)) is not None:
        message = f"a workout has {MOST_STEPS} steps at most"
        report.error("refused", message, Span(file.source, *beyond.span()), "split it")
        return ForeignWorkout(name, None, tuple(report.diagnostics))
    if file.source.text.count("\n") > _MOST_LINES:
        report.error("too-large", f"a text has {_MOST_LINES} lines at most", None, "split it")
        return ForeignWorkout(name, None, tuple(report.diagnostics))
    found = parse(file.source, report)
    steps = items(found.parts, options.units, options.ramps, report)
    if not found.parts:
        help = "a step is a line such as `- 10m 5:30-5:10/km Pace`"
        report.error("refused", "this text has no steps", None, help)
    said = tuple(map(as_note, in_order(report.diagnostics)))
    return ForeignWorkout(name, None if report.failed else Workout(name, steps, notes=found.notes), said)


def as_note(said: Diagnostic) -> Diagnostic:
    """What is said of a text: it is read all the same, so nothing warns."""
    return said if said.severity is Severity.ERROR else replace(said, severity=Severity.NOTE)


READER: Final = Reader("intervals", "workout text of intervals.icu, or its events as JSON", _looks_like, _read, ".txt")
