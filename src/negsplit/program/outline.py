"""How the repeats of a program lie inside one another: its jumps, read once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from negsplit.frozen import dataclass
from negsplit.program.model import Jump, Program, ProgramStep

DEEPEST: Final = 100
"""How many repeats may lie inside one another, so that whoever reads an outline may go down by calls.
Lowering writes none nearly as deep, and what reads foreign workouts takes none that lies deeper."""


@dataclass(frozen=True, slots=True)
class Group:
    """A repeat: what is in it, the jump that leads back to its first step, and where that stands in the program."""

    body: tuple[Part, ...]
    jump: Jump
    index: int


Part = int | Group
"""A step by its place in the program, or a repeat."""


def parts(steps: Sequence[ProgramStep | Jump]) -> tuple[Part, ...]:
    """The steps of a program, and the repeats around them.

    Each jump leads back to the first step of a block, as in every :class:`~negsplit.program.model.Program`.
    """
    found: list[Part] = []
    places: list[int] = []
    """The part that each step so far stands in."""
    for index, step in enumerate(steps):
        if isinstance(step, Jump):
            first = places[step.to]
            found[first:] = [Group(tuple(found[first:]), step, index)]
            places[step.to :] = [first] * (index + 1 - step.to)
        else:
            places.append(len(found))
            found.append(index)
    return tuple(found)


def inside_out(among: Sequence[Part]) -> Iterator[Group]:
    """The repeats, each behind those that are in it: the order of their jumps."""
    for part in among:
        if isinstance(part, Group):
            yield from inside_out(part.body)
            yield part


def in_order(program: Program) -> Iterator[tuple[int, int, ProgramStep | Jump]]:
    """How deep each step lies, its place, and the step, in order; a repeat comes before what is in it."""
    yield from _in_order(program, parts(program.steps), 0)


def _in_order(program: Program, among: Sequence[Part], depth: int) -> Iterator[tuple[int, int, ProgramStep | Jump]]:
    for part in among:
        if isinstance(part, Group):
            yield depth, part.index, part.jump
            yield from _in_order(program, part.body, depth + 1)
        else:
            yield depth, part, program.steps[part]
