"""Repeats inside one another, against a watch that runs the jumps one after the other."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hypothesis import given, settings

from negsplit.program.model import Jump, Program
from negsplit.program.outline import Group, Part, in_order, parts
from strategies.examples import examples
from strategies.programs import programs
from strategies.running import executed


def run(program: Program, among: Sequence[Part]) -> Iterator[int]:
    for part in among:
        if isinstance(part, Group):
            assert isinstance(part.jump.until, int)
            for _ in range(part.jump.until):
                yield from run(program, part.body)
        else:
            yield part


@given(programs(max_steps=12))
@settings(max_examples=examples(100))
def test_groups_run_the_steps_that_jumps_run(program: Program) -> None:
    few = [
        replace(step, until=2 + index % 2) if isinstance(step, Jump) else step
        for index, step in enumerate(program.steps)
    ]
    program = replace(program, steps=tuple(few))
    assert [program.steps[index] for index in run(program, parts(program.steps))] == list(executed(program))


@given(programs())
def test_every_step_and_repeat_stands_there_once_a_repeat_before_what_is_in_it(program: Program) -> None:
    found = list(in_order(program))
    assert sorted(index for _, index, _ in found) == list(range(len(program.steps)))
    assert all(program.steps[index] is step for _, index, step in found)
    for place, (depth, index, step) in enumerate(found):
        if isinstance(step, Jump):
            inside = [one for one in found[place + 1 :] if step.to <= one[1] < index]
            assert inside
            assert all(deeper > depth for deeper, _, _ in inside)
