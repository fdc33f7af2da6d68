"""Claims of what a workout adds up to, judged by sums done by hand."""

import pytest

from negsplit import compile_text

ATHLETE = "5 km in 22:30"


def said(claim: str, steps: str, athlete: str | None = ATHLETE) -> list[str]:
    result = compile_text(f"workout: T\nadds_up_to: {claim}\nsteps: {steps}\n", athlete=athlete)
    assert result.workouts[0] is not None, result.diagnostics
    assert {one.code for one in result.diagnostics} <= {"total"}
    assert all(one.span.text == claim for one in result.diagnostics)
    return [one.message for one in result.diagnostics]


@pytest.mark.parametrize(
    ("claim", "steps"),
    [
        ("12 km", "3 km, 6x(400 m @ 5k, 600 m), 3 km"),
        ("9 mi", "8.55 mi"),
        ("9 mi", "9.45 mi"),
        ("9.0 mi", "8.95 mi"),
        ("9.0 mi", "9.05 mi"),
        ("40 km", "40.5 km"),
        ("1 h", "57 min"),
        ("1 h", "63 min"),
        ("60 min", "59:30"),
        ("1:00:00", "60 min"),
        ("1 h 10 min", "70:29"),
        ("5 mi", "8 km"),
        # An estimate, of 5 km at a band of which the middle takes 29:20.
        ("28 min", "5 km @ easy"),
        ("30.8 min", "5 km @ easy"),
    ],
)
def test_what_is_near_enough(claim, steps):
    assert said(claim, steps) == []


@pytest.mark.parametrize(
    ("claim", "steps", "found"),
    [
        ("12 km", "3 km, 5x(400 m @ 5k, 600 m), 3 km", "11 km"),
        ("9 mi", "8.54 mi", "8.5 mi"),
        ("9 mi", "9.46 mi", "9.5 mi"),
        ("9.0 mi", "8.94 mi", "8.9 mi"),
        ("9.0 mi", "9.06 mi", "9.1 mi"),
        ("40 km", "40.51 km", "41 km"),
        ("1 h", "56:59", "0.95 h"),
        ("60 min", "59:29", "59 min"),
        ("1:00:00", "60 min, 1 s", "1:00:01"),
        ("27.8 min", "5 km @ easy", "about 29.3 min"),
        ("31 min", "5 km @ easy", "about 29 min"),
    ],
)
def test_what_is_not(claim, steps, found):
    assert said(claim, steps) == [f"this adds up to {found}, not {claim}"]


@pytest.mark.parametrize(
    ("claim", "steps"),
    [("9 mi", "8.54 mi"), ("12 km", "11.449 km"), ("1 h", "56:59"), ("45 min", "5 km @ easy"), ("90 s", "95 s")],
)
def test_what_is_proposed_holds(claim, steps):
    [warning] = compile_text(f"workout: T\nadds_up_to: {claim}\nsteps: {steps}\n", athlete=ATHLETE).diagnostics
    proposed = warning.help[0].partition("adds_up_to: ")[2].rstrip("`")
    assert proposed
    assert said(proposed, steps) == []


@pytest.mark.parametrize("steps", ["warmup, 9 mi", "9 mi, 2x(400 m, until HR < 120)", "lap"])
def test_of_open_steps_nobody_can_tell(steps):
    [message] = said("9 mi", steps)
    assert message.startswith("there is no telling whether this adds up to 9 mi")


def test_without_a_runner_nobody_can_tell_how_far_a_time_is():
    [message] = said("9 mi", "70 min", athlete=None)
    assert message.startswith("there is no telling whether this adds up to 9 mi")
    assert said("70 min", "70 min", athlete=None) == []


def test_a_claim_of_more_than_may_be_written_is_not_proposed():
    [warning] = compile_text("workout: T\nadds_up_to: 200 km\nsteps: 300x(1 km)\n").diagnostics
    assert warning.help == ("change its steps",)


def test_params_are_filled_in():
    text = "workout: T\nparams: {reps: 4, total: 5 km}\nadds_up_to: $total\nsteps: '1 km, ${reps}x(1 km)'\n"
    assert compile_text(text).diagnostics == ()
    [warning] = compile_text(text.replace("reps: 4", "reps: 6")).diagnostics
    assert warning.message == "this adds up to 7 km, not 5 km"
