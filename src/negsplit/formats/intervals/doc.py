"""What intervals.icu makes of a workout's text: its ``workout_doc``, as far as it says what to run.

The same form has what a program means (:mod:`~negsplit.formats.intervals.meaning`), what a text is read as
(:mod:`~negsplit.formats.intervals.parse`) and what the service answers with, so that any two can be compared.
Measured answers of the service are the source of every name and unit (``tests/formats/intervals/parses.csv``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from typing import Final, Literal

from negsplit.diagnostics import Span
from negsplit.formats.json_fields import Object, number, objects, text
from negsplit.frozen import dataclass
from negsplit.program.outline import DEEPEST

Kind = Literal["pace", "hr", "power"]
KINDS: Final[tuple[Kind, ...]] = ("pace", "hr", "power")
PRESS_LAP: Final = re.compile(r"press\s+lap", re.IGNORECASE)
"""The words that a step until the lap button has in its cue."""


@dataclass(frozen=True, slots=True)
class DocTarget:
    """What to hold: ``units`` as the service names them, equal ends for a single value, in the order written.

    ``secs/km`` and ``secs`` (of no stated distance), ``%pace``, ``pace_zone``; ``%hr``, ``%lthr``, ``hr_zone``; ``w``,
    ``%ftp``, ``power_zone``.
    """

    kind: Kind
    units: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class DocStep:
    """One step. Where it has ``metres``, how long it takes is the service's estimate and is not kept.

    ``cadence`` is in revolutions of one foot; ``intensity`` is empty where a step is simply run; ``until_lap`` ends
    it at the lap button, and ``text`` is its cue without the words that say so;
    ``span`` is its line, where it was read from a text.
    """

    seconds: float | None = None
    metres: float | None = None
    targets: tuple[DocTarget, ...] = ()
    cadence: tuple[float, float] | None = None
    text: str = ""
    intensity: str = ""
    until_lap: bool = False
    ramp: bool = False
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class DocRepeat:
    """Steps that run a number of ``times``."""

    times: int
    steps: tuple[DocPart, ...]


DocPart = DocStep | DocRepeat
_RUN: Final = frozenset(("active", "interval"))
"""Intensities that say no more than none."""


def steps_in(parts: tuple[DocPart, ...]) -> Iterator[DocStep]:
    """Every step in the order written, those of repeats once."""
    for part in parts:
        if isinstance(part, DocRepeat):
            yield from steps_in(part.steps)
        else:
            yield part


def of_json(workout_doc: Object) -> tuple[DocPart, ...]:
    """The steps of a ``workout_doc``; of repeats inside one another no more than are ever read."""
    return _parts(workout_doc, DEEPEST)


def _parts(within: Object, depth: int) -> tuple[DocPart, ...]:
    return tuple(_part(one, depth) for one in objects(within, "steps")) if depth else ()


def _part(step: Object, depth: int) -> DocPart:
    times = number(step, "reps")
    if times is not None:
        return DocRepeat(round(times), _parts(step, depth - 1))
    metres, until_lap = number(step, "distance") or None, step.get("until_lap_press") is True
    return DocStep(
        seconds=number(step, "duration") if metres is None else None,
        metres=metres,
        targets=tuple(filter(None, (_target(step, kind) for kind in KINDS))),
        cadence=_ends(step, "cadence"),
        text=spoken(text(step, "text"), until_lap=until_lap),
        intensity=_intensity(step),
        until_lap=until_lap,
        ramp=step.get("ramp") is True,
    )


def spoken(cue: str, *, until_lap: bool) -> str:
    """A cue in single spaces, without the words by which it says that the lap button ends its step."""
    return " ".join((PRESS_LAP.sub("", cue, count=1) if until_lap else cue).split())


def plain_intensity(word: str) -> str:
    """An intensity in small letters; empty for those that say no more than none."""
    return "" if word.lower() in _RUN else word.lower()


def _intensity(step: Object) -> str:
    for header in ("warmup", "cooldown"):
        if step.get(header) is True:
            return header
    return plain_intensity(text(step, "intensity"))


def _target(step: Object, kind: Kind) -> DocTarget | None:
    found, ends = step.get(kind), _ends(step, kind)
    units = text(found, "units") if isinstance(found, dict) else ""
    return None if ends is None else DocTarget(kind, units, *ends)


def _ends(step: Object, key: str) -> tuple[float, float] | None:
    found = step.get(key)
    if not isinstance(found, dict):
        return None
    value = number(found, "value")
    start, end = (number(found, one) for one in ("start", "end"))
    if start is not None and end is not None:
        return start, end
    return None if value is None else (value, value)
