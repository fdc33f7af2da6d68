"""What fit-tool, which had no part in writing a file, reads in it."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from conftest import examples
from negsplit import compile_text
from negsplit.compile import CompiledWorkout
from negsplit.formats.fit.second_reading import differences
from negsplit.formats.fit.write import encode
from negsplit.program.model import Jump, Program, ProgramStep
from strategies.programs import programs


@given(programs())
@settings(max_examples=examples(100))
def test_it_reads_every_step_as_the_program_has_it(program: Program) -> None:
    assert differences(encode(program), program) == []


def test_an_amount_that_is_what_a_name_holds_without_a_value_is_an_amount() -> None:
    [workout] = compile_text("workout: A\nsteps: 10 min @ HR 140..155, 10 min @ HR 155..160").workouts
    assert workout is not None
    assert workout.fit_read_back()


@given(programs(), programs(), st.data())
@settings(max_examples=examples(100))
def test_it_sees_one_step_that_is_another(program: Program, other: Program, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(program.steps) - 1))
    step = data.draw(st.sampled_from([one for one in other.steps if not isinstance(one, Jump)]))
    assume(step != program.steps[index])
    steps = (*program.steps[:index], step, *program.steps[index + 1 :])
    found = differences(encode(program), replace(program, steps=steps))
    assert found
    assert all(one.startswith(f"step {index + 1}: ") for one in found)


def test_it_sees_a_second_target_where_the_program_has_none() -> None:
    [workout] = compile_text("workout: A\nsteps: 10 min @ HR 140..155 and 170..180 spm").workouts
    assert workout is not None
    [step] = workout.program.steps
    assert isinstance(step, ProgramStep)
    assert step.second is not None
    found = differences(encode(workout.program), replace(workout.program, steps=(replace(step, second=None),)))
    assert found == ["step 1: secondary_target_type is read as 'CADENCE' instead of None"]


@given(programs())
@settings(max_examples=examples(30))
def test_it_sees_a_name_notes_or_a_sport_that_is_another(program: Program) -> None:
    data = encode(program)
    assert differences(data, replace(program, name=f"{program.name[:100]}x"))
    assert differences(data, replace(program, notes=f"{program.notes[:100]}x"))
    assert differences(data, replace(program, steps=(*program.steps, program.steps[-1])))


def test_a_workout_is_not_handed_over_that_is_read_otherwise(monkeypatch) -> None:
    [workout] = compile_text("workout: A\nsteps: 10 min @ 5:00/km").workouts
    assert isinstance(workout, CompiledWorkout)
    assert workout.fit_read_back() == workout.fit()
    other = encode(replace(workout.program, name="B"))
    monkeypatch.setattr(CompiledWorkout, "fit", lambda _self: other)
    with pytest.raises(AssertionError, match="'B'"):
        workout.fit_read_back()
