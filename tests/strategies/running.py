"""A watch in a few lines: the steps of a program in the order in which they are run."""

from __future__ import annotations

from collections.abc import Iterator

from negsplit.program.model import Program, ProgramStep


def executed(program: Program) -> Iterator[ProgramStep]:
    """Every step as often as it is run; all jumps are to a number of times."""
    left: dict[int, int] = {}
    index = 0
    while index < len(program.steps):
        step = program.steps[index]
        if isinstance(step, ProgramStep):
            yield step
            index += 1
            continue
        assert isinstance(step.until, int)
        left[index] = left.get(index, step.until) - 1
        if left[index]:
            index = step.to
        else:
            del left[index]
            index += 1
