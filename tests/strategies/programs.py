"""Programs as lowering makes them, for property tests.

Bounds are those of the language and of the generic watch: 1 s to 24 h, 10 m to 200 km, at most 50 steps with
the repeats, names of 15 and cues of 199 printable ASCII characters, even cadences, blocks that nest.
"""

from __future__ import annotations

import string

from hypothesis import strategies as st

from negsplit.model import Lap, Sport, UntilHeartRate
from negsplit.program.model import Band, Intensity, Jump, Length, Program, ProgramStep, Quantity, Target, Zone
from negsplit.units import Amount, Distance, Duration

MAX_STEPS = 50

PRINTABLE = string.digits + string.ascii_letters + string.punctuation + " "

durations = st.integers(1_000, 86_400_000).map(Duration)
distances = st.integers(1_000, 20_000_000).map(Distance)
amounts: st.SearchStrategy[Amount] = durations | distances
lengths: st.SearchStrategy[Length] = st.one_of(
    amounts,
    st.just(Lap()),
    st.builds(UntilHeartRate, st.sampled_from(["below", "above"]), st.integers(30, 220)),
)


def texts(longest: int, *, shortest: int = 0) -> st.SearchStrategy[str]:
    """Printable ASCII."""
    return st.text(PRINTABLE, min_size=shortest, max_size=longest)


def _bands(quantity: Quantity, least: int, most: int, step: int = 1) -> st.SearchStrategy[Band]:
    ends = st.tuples(*[st.integers(least // step, most // step).map(lambda n: n * step)] * 2).map(sorted)
    return ends.map(lambda pair: Band(quantity, *pair))


bands = st.one_of(
    _bands(Quantity.SPEED, 500, 12_000),
    _bands(Quantity.HEART_RATE, 30, 220),
    _bands(Quantity.POWER, 1, 2_000),
    _bands(Quantity.CADENCE, 60, 300, step=2),
)
zones = st.builds(Zone, st.just(Quantity.HEART_RATE), st.integers(1, 5)) | st.builds(
    Zone, st.just(Quantity.POWER), st.integers(1, 7)
)
targets: st.SearchStrategy[Target] = st.none() | bands | zones


@st.composite
def steps(draw: st.DrawFn) -> ProgramStep:
    """One step; a second target only beside a first."""
    target = draw(targets)
    return ProgramStep(
        intensity=draw(st.sampled_from(Intensity)),
        length=draw(lengths),
        target=target,
        second=None if target is None else draw(targets),
        name=draw(texts(15)),
        cue=draw(texts(199)),
    )


@st.composite
def programs(draw: st.DrawFn, *, max_steps: int = MAX_STEPS) -> Program:
    """A whole workout: steps, and repeats that contain other repeats or stand beside them."""
    pool = draw(st.lists(steps(), min_size=1, max_size=6))
    items: list[ProgramStep | Jump] = [draw(st.sampled_from(pool))]
    starts = [0]
    for _ in range(draw(st.integers(0, max_steps - 1))):
        if draw(st.integers(0, 3)) == 0:
            to = draw(st.sampled_from(starts))
            items.append(Jump(to, draw(st.integers(2, 99) | amounts)))
            del starts[starts.index(to) + 1 :]
        else:
            starts.append(len(items))
            items.append(draw(st.sampled_from(pool)))
    return Program(
        name=draw(texts(254, shortest=1)),
        sport=draw(st.sampled_from(Sport)),
        steps=tuple(items),
        notes=draw(texts(254)),
    )


counted_programs = programs().flatmap(
    lambda program: st.lists(st.integers(2, 99), min_size=len(program.steps), max_size=len(program.steps)).map(
        lambda times: Program(
            program.name,
            program.sport,
            tuple(
                Jump(step.to, many) if isinstance(step, Jump) else step
                for step, many in zip(program.steps, times, strict=True)
            ),
            program.notes,
        )
    )
)
"""Programs whose repeats are all a number of times, as an account knows them."""
