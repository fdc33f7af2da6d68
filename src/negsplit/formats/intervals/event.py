"""What an event of intervals.icu says of a workout beside its text: its kind of sport, and what it goes by."""

from __future__ import annotations

from typing import Final

from negsplit.formats.intervals.doc import DocPart, Kind, steps_in
from negsplit.model import Sport

RUN: Final = "Run"
TYPES: Final[dict[Sport, str]] = {
    Sport.RUNNING: RUN,
    Sport.TRACK_RUNNING: RUN,
    Sport.TRAIL_RUNNING: "TrailRun",
    Sport.TREADMILL: "VirtualRun",
    Sport.WALKING: "Walk",
    Sport.HIKING: "Hike",
}
"""``type`` of an event, out of the service's own list; it has none for the track."""

_TARGETS: Final[dict[Kind, str]] = {"pace": "PACE", "hr": "HR", "power": "POWER"}


def kinds(parts: tuple[DocPart, ...]) -> tuple[Kind, ...]:
    """The kinds of first targets of steps, each once, in the order met."""
    return tuple(dict.fromkeys(step.targets[0].kind for step in steps_in(parts) if step.targets))


def target(parts: tuple[DocPart, ...]) -> str:
    """``target`` of an event: what its steps go by first, else that the service is to choose."""
    found = kinds(parts)
    return _TARGETS[found[0]] if found else "AUTO"
