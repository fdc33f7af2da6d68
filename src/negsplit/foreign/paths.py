"""What the files of imported workouts are called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from negsplit.document.settings import from_name
from negsplit.foreign.verdict import Imported

WORKOUT: Final = ".workout.yaml"
PLAN: Final = ".plan.yaml"


def paths(workouts: Iterable[Imported]) -> Iterator[str | None]:
    """A name for the file of each workout, None for one without text; the same text has one file, others never one."""
    taken: dict[str, str] = {}
    for one in workouts:
        yield _path(one, taken) if one.text else None


def _path(one: Imported, taken: dict[str, str]) -> str:
    stem, number = from_name(one.name) or "workout", 1
    while taken.setdefault(path := f"{stem if number == 1 else f'{stem}-{number}'}{WORKOUT}", one.text) != one.text:
        number += 1
    return path
