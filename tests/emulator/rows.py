"""What is done with which watch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from emulator.breakage import flipped, pulled_at_once
from emulator.everyday import everyday
from emulator.memories import full, many, two_storages, write_protected
from emulator.models import models
from emulator.seasons import connects_plan, seasons
from emulator.story import Story

MTP: Final = "MTP"
DRIVE: Final = "mounted volume"
BOTH: Final = (MTP, DRIVE)


class Row(NamedTuple):
    """A story, and the ways into a watch by which it is told."""

    tell: Callable[[Story], None]
    ways: tuple[str, ...] = BOTH

    @property
    def name(self) -> str:
        return self.tell.__name__


ROWS: Final = (
    Row(everyday),
    Row(flipped),
    Row(pulled_at_once),
    Row(models),
    Row(seasons),
    Row(connects_plan),
    Row(two_storages, (MTP,)),
    Row(write_protected),
    Row(full),
    Row(many),
)
