"""One disturbance of one subject, and what it broke."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from faults import promises
from faults.calls import Call, disorder, faults
from faults.forks import Forks
from faults.promises import Case
from faults.subjects import Subject
from faults.world import Ended, World, empty_world

Disturb = Callable[[World, tuple[str, ...], Call, str], Ended]
Record = Callable[[World, tuple[str, ...]], tuple[Ended, list[Call]]]


class Scenario(NamedTuple):
    """A call of a subject's run, and what happens at it."""

    subject: Subject
    call: Call
    fault: str

    @property
    def name(self) -> str:
        return f"{self.subject.name}/{self.call.name}-{self.call.number}-{self.fault}"


class Bench:
    """A subject ready to be disturbed as often as one likes: its world, and the calls of an undisturbed run."""

    def __init__(self, subject: Subject, folder: Path, forks: Forks, record: Record) -> None:
        self.subject = subject
        self._folder = folder
        folder.mkdir()
        self.world = empty_world(folder / "before")
        subject.before(self.world, lambda *asked: _done(forks.run(*asked)))
        forks.run(self.world.copy(folder / "first"), *subject.command)  # imports what the others then have
        self._after = self.world.copy(folder / "after")
        self.ended, self.calls = record(self._after, subject.command)
        self.case = Case(subject, self.world.snapshot(), self._after.snapshot())

    def undisturbed(self) -> list[str]:
        """What is broken where nothing disturbs."""
        return promises.of_undisturbed(self.case, self.ended)

    def disorder(self) -> list[str]:
        """What is wrong with the order of the calls."""
        return disorder(self.calls, self.subject.output)

    def scenarios(self, *, every: bool) -> Iterator[Scenario]:
        yield from (Scenario(self.subject, call, fault) for call, fault in faults(self.calls, every))

    def broken(self, scenario: Scenario, forks: Forks, disturb: Disturb) -> list[str]:
        """The promises that are broken, each with when it was: nothing is left of the world."""
        root = self._folder / scenario.name.partition("/")[2]
        world = self.world.copy(root)
        try:
            ended = disturb(world, self.subject.command, scenario.call, scenario.fault)
            disturbed = world.snapshot()
            first = promises.of_disturbed(self.case, disturbed, ended, scenario.call.kind, scenario.fault)
            further = forks.run(world, *self.subject.command)
            last = promises.of_further(self.case, world.snapshot(), further)
        finally:
            shutil.rmtree(root)
        return [*(f"after it: {words}" for words in first), *(f"after one run more: {words}" for words in last)]


def _done(ended: Ended) -> Ended:
    assert ended.status == 0, ended
    return ended
