"""What a picture is drawn from: every step where and as long as a naive run through the program has it."""

import math
from dataclasses import replace
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit import compile_line
from negsplit.athlete.paces import NO_RUNNER
from negsplit.compile import runner_from_words
from negsplit.estimate.estimate import estimate
from negsplit.estimate.profile import MOST_BARS, Bar, Profile, profile
from negsplit.model import Lap, Sport
from negsplit.program.device import devices
from negsplit.program.model import Band, Intensity, Jump, Program, ProgramStep, Quantity
from negsplit.units import Distance, Duration
from strategies.examples import examples
from strategies.programs import programs
from strategies.running import executed

RUNNER = runner_from_words("5 km in 22:30")[0]
PACE = Band(Quantity.SPEED, 2_500, 3_500)


def run(seconds: int, target: Band | None = PACE, intensity: Intensity = Intensity.ACTIVE) -> ProgramStep:
    return ProgramStep(intensity, Duration(seconds * 1000), target)


def of(*items: ProgramStep | Jump, runner=RUNNER) -> Profile:
    return profile(Program("P", Sport.RUNNING, items), runner)


def of_line(line: str, athlete: str | None = "5 km in 22:30") -> Profile:
    [workout] = compile_line(line, athlete=athlete, device=replace(devices()["generic"], nesting=3)).workouts
    return workout.profile


@st.composite
def short_programs(draw: st.DrawFn) -> Program:
    """Programs whose repeats count, few enough steps to be run one by one."""
    found = draw(programs(max_steps=12))
    items = [
        replace(one, until=2 + one.until % 3 if isinstance(one.until, int) else 2) if isinstance(one, Jump) else one
        for one in found.steps
    ]
    program = replace(found, steps=tuple(items))
    while len(list(islice(executed(program), MOST_BARS + 1))) > MOST_BARS:
        program = replace(program, steps=program.steps[:-1])
    return program


@settings(max_examples=examples(100))
@given(short_programs(), st.sampled_from([RUNNER, NO_RUNNER]))
def test_bars_are_the_steps_in_the_order_run_without_gaps(program, runner):
    steps = list(executed(program))
    found = profile(program, runner)
    assert [bar.step for bar in found.bars] == steps
    assert [program.steps[bar.index] for bar in found.bars] == steps
    now = 0.0
    for bar in found.bars:
        assert bar.start == pytest.approx(now)
        assert bar.seconds > 0
        assert 0 <= bar.low <= bar.effort <= bar.high < math.inf
        now += bar.seconds
    assert found.seconds == pytest.approx(now)
    for bar, step in zip(found.bars, steps, strict=True):
        if isinstance(step.length, Duration):
            assert bar.seconds == step.length.seconds
        speed = step.target if isinstance(step.target, Band) and step.target.quantity is Quantity.SPEED else None
        if isinstance(step.length, Distance) and speed and speed.low == speed.high:
            assert bar.seconds == pytest.approx(step.length.cm * 10 / speed.low)


@settings(max_examples=examples(60))
@given(short_programs())
def test_what_is_to_scale_is_as_long_as_the_estimate(program):
    found = profile(program, RUNNER)
    if found.to_scale:
        assert found.seconds == pytest.approx(estimate(program, RUNNER).seconds)


@settings(max_examples=examples(60))
@given(programs())
def test_any_program_has_a_profile(program):
    found = profile(program, NO_RUNNER)
    assert found.bars
    assert len(found.bars) <= MOST_BARS
    for one in found.brackets:
        assert one.seconds > 0
        assert one.start >= 0
        assert one.start + one.seconds <= found.seconds * (1 + 1e-9)


# --- Repeats ------------------------------------------------------------------------------------


def spans(found: Profile) -> list[tuple[float, float, int, int]]:
    return [(one.start, one.seconds, one.depth, one.rounds) for one in found.brackets]


def test_brackets_span_their_rounds_outermost_first():
    inner, outer = Jump(1, 3), Jump(1, 2)
    found = of(run(100), run(10), inner, run(50), outer, run(100))
    assert spans(found) == [(100, 160, 0, 2), (100, 30, 1, 3), (180, 30, 1, 3)]
    assert [one.times for one in found.brackets] == [2, 3, 3]
    assert [bar.index for bar in found.bars] == [0, 1, 1, 1, 3, 1, 1, 1, 3, 5]


def test_repeats_that_begin_together_nest():
    assert spans(of(run(10), Jump(0, 2), run(5), Jump(0, 3))) == [
        (0, 75, 0, 3), (0, 20, 1, 2), (25, 20, 1, 2), (50, 20, 1, 2)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("until", "rounds"),
    [
        (Duration(300_000), 5),
        (Duration(301_000), 6),
        (Distance(90_000), 5),  # 180 m a round
        (Distance(90_001), 6),
        (Duration(1), 1),
    ],
)
def test_a_repeat_until_an_amount_begins_rounds_until_it_is_done(until, rounds):
    found = of(run(60), Jump(0, until))
    assert len(found.bars) == found.brackets[0].rounds == rounds


def test_beyond_the_most_bars_one_round_is_as_wide_as_all_of_them():
    body = [run(60), run(30, None, Intensity.RECOVERY)]
    unfolded = of(*body, Jump(0, MOST_BARS // 2))
    assert len(unfolded.bars) == MOST_BARS
    folded = of(run(600), *body, Jump(1, MOST_BARS // 2), run(300))
    assert [bar.seconds for bar in folded.bars] == [600, 60 * 200, 30 * 200, 300]
    assert spans(folded) == [(600, 90 * 200, 0, 1)]
    assert folded.seconds == 900 + 90 * 200


def test_a_folded_repeat_in_a_repeat_is_as_wide_as_all_its_rounds():
    found = of(run(2), Jump(0, 99), run(10), Jump(0, 99))
    assert [bar.seconds for bar in found.bars] == [2 * 99 * 99, 10 * 99]
    assert spans(found) == [(0, 99 * (2 * 99 + 10), 0, 1), (0, 99 * 2 * 99, 1, 1)]


def test_deep_repeats_until_amounts_take_no_time():
    """Each level is reckoned once; twice each would be more than a lifetime."""
    jumps = [Jump(0, Distance(1_000_000 * 2**n)) for n in range(48)]
    assert of(run(60), *jumps).bars


# --- Bars ---------------------------------------------------------------------------------------


def test_effort_is_a_share_of_threshold_speed():
    mps = RUNNER.threshold_mps
    found = of(run(60))
    [bar] = found.bars
    assert (bar.low, bar.effort, bar.high) == pytest.approx((2.5 / mps, 3.0 / mps, 3.5 / mps))
    assert found.threshold_mps == found.mps == mps


def test_without_a_threshold_the_fastest_pace_is_the_measure():
    found = of(run(60), run(60, Band(Quantity.SPEED, 4_000, 4_400)), runner=NO_RUNNER)
    assert found.threshold_mps is None
    assert found.mps == pytest.approx(4.0)
    assert found.bars[0].high * found.mps == pytest.approx(3.5)
    assert found.bars[1].high == pytest.approx(1.1)
    assert of_line("10 min @ RPE 3", None).mps is None


def bars(line: str, athlete: str | None = "5 km in 22:30") -> tuple[Bar, ...]:
    return of_line(line, athlete).bars


def test_a_length_that_was_not_written_is_assumed():
    found = bars("warmup, 10 min, recover until HR < 120, cooldown lap")
    assert [(bar.seconds, bar.assumed) for bar in found] == [(600, True), (600, False), (90, True), (300, True)]


def test_standing_is_still_and_walking_is_not():
    found = bars("rest 1 min, walk 1 min, rest 100 m, recover 1 min")
    assert [bar.still for bar in found] == [True, False, False, False]
    assert found[0].high == 0


@pytest.mark.parametrize(
    ("line", "athlete", "to_scale"),
    [
        ("warmup, 5 km @ easy, rest lap", "5 km in 22:30", True),
        ("10 min @ RPE 3, 1 km @ 5:00/km", None, True),
        ("lap @ easy", "5 km in 22:30", False),
        ("1 km @ RPE 3", None, False),
    ],
)
def test_it_says_whether_it_is_to_scale(line, athlete, to_scale):
    assert of_line(line, athlete).to_scale is to_scale


@pytest.mark.parametrize("low", [0, 1])
@pytest.mark.parametrize("length", [Distance(100_000), Duration(60_000), Lap()])
@pytest.mark.parametrize("runner", [RUNNER, NO_RUNNER])
def test_speeds_of_nothing_in_foreign_files_are_no_fault(low, length, runner):
    for high in (low, 3_000):
        found = of(ProgramStep(Intensity.ACTIVE, length, Band(Quantity.SPEED, low, high)), Jump(0, 3), runner=runner)
        assert len(found.bars) == 3
        assert all(0 < bar.seconds < math.inf and 0 <= bar.low <= bar.high < math.inf for bar in found.bars)


# --- How hard -----------------------------------------------------------------------------------


PACES = "1 km @ easy, 1 km @ marathon, 1 km @ threshold, 1 km @ 5k, 1 km @ interval, 1 km @ repetition"
EFFORTS = ", ".join(f"1 km @ RPE {effort}" for effort in (2, 3, 5, 7, 8, 9))


@pytest.mark.parametrize(
    ("line", "levels"),
    [
        (PACES, "easy steady threshold interval interval repetition"),
        (EFFORTS, "recovery easy steady threshold interval repetition"),
        ("warmup 10 min, 10 min, recover 2 min, walk 2 min, hike 2 min", "recovery easy recovery recovery recovery"),
        ("hike 2 min @ RPE 6, walk 2 min @ RPE 2", "threshold recovery"),
    ],
)
@pytest.mark.parametrize("result", ["5 km in 14:00", "5 km in 22:30", "5 km in 38:00"])
def test_what_runners_call_a_pace_is_its_level(line, levels, result):
    """Daniels' names for paces, for fast and slow runners."""
    [workout] = compile_line(line, athlete=result).workouts
    assert [bar.level.value for bar in workout.profile.bars] == levels.split()


def test_a_last_round_without_its_recovery_is_a_round():
    rest = replace(run(50), intensity=Intensity.RECOVERY)
    whole = of(run(100), rest, Jump(0, 3), run(100), run(70))
    assert [(one.times, one.start, one.seconds, one.rounds, one.each) for one in whole.brackets] == [
        (4, 0, 550, 3, 150)
    ]  # fmt: skip
    assert [one.times for one in of(run(100), rest, Jump(0, 3), run(90)).brackets] == [3]
    assert [one.times for one in of(run(100), run(50), Jump(0, 3), run(100)).brackets] == [3]
    nested = of(run(20), Jump(0, 2), rest, Jump(0, 3), run(20), Jump(4, 2))
    assert [(one.times, one.depth) for one in nested.brackets] == [(4, 0), (2, 1), (2, 1), (2, 1), (2, 0)]
