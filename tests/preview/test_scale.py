"""Marks on the axes of pictures."""

import pytest

from negsplit import compile_text
from negsplit.preview.scale import effort_ticks, scale


@pytest.mark.parametrize("gap", [0.05, 0.1, 0.12, 0.15, 0.2, 0.3])
def test_paces_are_marked_at_round_ones(gap):
    [workout] = compile_text("workout: T\nsteps: 10 min @ 6:00/km, 1 km @ 4:00/km", athlete="5 km in 22:30").workouts
    assert workout is not None
    marks = [tick.text.split(":") for tick in effort_ticks(workout.profile, scale(workout.profile), "km", gap)]
    seconds = [60 * int(minutes) + int(rest) for minutes, rest in marks]
    assert len(seconds) > 1
    assert all(one % 5 == 0 for one in seconds)
