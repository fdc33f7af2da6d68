"""What the files of imported workouts and plans are called."""

from __future__ import annotations

from typing import Final

from negsplit.document.settings import from_name

WORKOUT: Final = ".workout.yaml"
PLAN: Final = ".plan.yaml"


class Paths:
    """Names for the files of one call: the same text under a name has one file, others never one."""

    def __init__(self) -> None:
        self._taken: dict[str, str] = {}

    def of(self, name: str, text: str, ending: str) -> str:
        """``easy.workout.yaml``; ``easy-2.workout.yaml`` where that is another text's."""
        stem, number = from_name(name) or ending.split(".")[1], 1
        while self._taken.setdefault(path := f"{stem if number == 1 else f'{stem}-{number}'}{ending}", text) != text:
            number += 1
        return path
