"""What a repeat comes to before there is a program of it: the same as the estimate of a workout of that alone."""

import pytest

from negsplit import compile_line, compile_text
from negsplit.model import Repeat

ATHLETE = "5 km in 22:30"


def parts(line, athlete=ATHLETE):
    result = compile_line(line, athlete=athlete)
    assert result.ok, result.diagnostics
    before, held, behind = result.workouts[0].expanded.steps
    assert isinstance(held, Repeat)
    return before, held, behind


@pytest.mark.parametrize(
    "held",
    [
        "5x(600 m @ 5k, 90 s)",
        "5x(600 m @ 5k, walk 90 s)",
        "5x(600 m @ 5k, rest 90 s)",
        "2x(3x(400 m @ mile, 1 min), 3 min @ Z1)",
        "6x(3 min @ RPE 7, 400 m)",
        "3x(800 m in 3:30, 400 m)",
    ],
)
@pytest.mark.parametrize(("total", "at"), [("9 mi", "easy"), ("90 min", "steady")])
def test_a_repeat_takes_what_it_is_estimated_to(held, total, at):
    line = f"{total} @ {at} with {held}"
    before, _, behind = parts(line)
    whole, alone = (compile_line(one, athlete=ATHLETE).workouts[0].estimate for one in (line, held))
    if total.endswith("mi"):
        assert before.length.metres + behind.length.metres + alone.metres == pytest.approx(14_484.1, abs=0.51)
        assert whole.metres == pytest.approx(14_484.1, abs=0.51)
        assert behind.length.cm % 100 == 0 or alone.distance.is_sure
    else:
        assert before.length.seconds + behind.length.seconds + alone.seconds == pytest.approx(5400, abs=0.51)
        assert whole.seconds == pytest.approx(5400, abs=0.51)
        assert before.length.ms % 60_000 == 0


def test_a_recovery_that_is_skipped_takes_nothing():
    text = "workout: T\nlast_recovery: {}\nsteps: 9 mi with 5x(600 m @ 5k, 90 s)\n"
    keep, skip = (
        compile_text(text.format(last), athlete=ATHLETE).workouts[0].estimate.metres for last in ("keep", "skip")
    )
    assert keep == pytest.approx(skip, abs=1.1)


@pytest.mark.parametrize("athlete", [None, "athlete: A\npaces: {easy: 6:00/km, 5k: 4:30/km}"])
def test_without_a_threshold_a_jog_needs_a_pace(athlete):
    [error] = compile_line("9 mi @ 6:00/km with 5x(600 m @ 4:30/km, 90 s)", athlete=athlete).diagnostics
    assert (error.code, len(error.help)) == ("needs-athlete", 2)
    parts("9 mi @ 6:00/km with 5x(600 m @ 4:30/km, 90 s @ 7:00/km)", athlete)


def test_a_mistake_in_the_repeat_is_said_once_and_alone():
    [error] = compile_line("9 mi with 5x(600 m @ fast, 90 s)", athlete=ATHLETE).diagnostics
    assert error.code == "unknown-name"
