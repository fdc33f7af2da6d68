"""How long and how far: figures of published tables, and a naive run through the steps."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit import Estimate, Jump, Program, compile_line, compile_text, read_athlete
from negsplit import ProgramStep as Written
from negsplit.athlete.paces import NO_RUNNER
from negsplit.estimate.estimate import estimate
from negsplit.estimate.reckoning import reckon
from negsplit.model import Lap, Role, Sport
from negsplit.program.model import Band, Intensity, Quantity
from negsplit.program.model import WrittenAs as Origin
from negsplit.units import Duration
from strategies.examples import examples
from strategies.running import executed

WORKOUTS = Path(__file__).parents[2] / "workouts"
VDOT_50 = "5 km in 19:56"
THRESHOLD = 1000 / 255.2
"""Threshold speed of VDOT 50 in m/s, as tables print it."""
EASY = (1000 / 334.0 + 1000 / 296.8) / 2


def about(line: str, athlete: str | None = VDOT_50) -> Estimate:
    result = compile_line(line, athlete=athlete)
    assert result.ok, result.diagnostics
    return result.workouts[0].estimate


def both(found: Estimate) -> tuple:
    return found.seconds, found.metres


def near(seconds: float, metres: float, rel: float = 2e-3) -> tuple:
    return pytest.approx(seconds, rel=rel), pytest.approx(metres, rel=rel)


# --- Published figures --------------------------------------------------------------------------

WORKED = "warmup 15 min @ easy, 6x(800 m @ interval, 2 min), cooldown 10 min @ easy"


def test_the_worked_workout():
    """VDOT 50: 55:47 and 11.55 km, with a jog after the last 800 m too."""
    found = about(WORKED)
    assert found.seconds == pytest.approx(55 * 60 + 47, abs=1)
    assert found.metres == pytest.approx(11_550, abs=10)
    assert not found.partial


def test_the_worked_workout_without_its_last_jog():
    text = f"workout: T\nlast_recovery: skip\nsteps: {WORKED}\n"
    [workout] = compile_text(text, athlete=VDOT_50).workouts
    jogged = 120 * 0.7 * THRESHOLD
    assert workout.estimate.seconds == pytest.approx(53 * 60 + 47, abs=1)
    assert workout.estimate.metres == pytest.approx(11_550 - jogged, abs=10)


THIRDS = "- progression: thirds\n    total: 12 km"
FAST_FINISH = (
    "- progression: fast finish\n    total: 90 min\n    base: easy\n    finish: 20 min\n    every: 5 min\n    to: half"
)
CUT_DOWN = "- progression: cut-down\n    total: 5 mi\n    every: 1 mi\n    from: easy\n    to: {}\n  - cooldown: 5 min"


RACES = {40: "24:06.2", 50: "19:56", 60: "17:02.8"}
"""5 km, to the tenth of a second nearest to each VDOT."""


@pytest.mark.parametrize(
    ("vdot", "steps", "seconds"),
    [
        (40, THIRDS, 3890),
        (50, THIRDS, 3239),
        (60, THIRDS, 2786),
        (40, CUT_DOWN.format("10k"), 2934),
        (50, CUT_DOWN.format("10k"), 2491),
        (60, CUT_DOWN.format("10k"), 2184),
        (40, CUT_DOWN.format("5k"), 2891),
        (50, CUT_DOWN.format("5k"), 2456),
        (60, CUT_DOWN.format("5k"), 2153),
    ],
)
def test_progressions_over_a_distance_take_the_time_of_their_tables(vdot, steps, seconds):
    [workout] = compile_text(f"workout: T\nsteps:\n  {steps}\n", athlete=f"5 km in {RACES[vdot]}").workouts
    assert workout.estimate.seconds == pytest.approx(seconds, abs=2)


@pytest.mark.parametrize(("vdot", "metres", "half"), [(40, 14_819, 315.4), (50, 17_740, 260.3), (60, 20_580, 222.2)])
def test_a_fast_finish_covers_the_distance_of_its_table(vdot, metres, half):
    """The table's last block runs from half-marathon pace down by 2 %; here that pace is its middle, 1 % faster."""
    [workout] = compile_text(f"workout: T\nsteps:\n  {FAST_FINISH}\n", athlete=f"5 km in {RACES[vdot]}").workouts
    assert workout.estimate.seconds == 5400
    assert workout.estimate.metres == pytest.approx(metres + 0.01 * 300 * 1000 / half, abs=5)


def test_a_run_by_feel_takes_its_hour():
    [workout] = compile_text("workout: T\nsteps:\n  - progression: by feel\n    total: 60 min\n").workouts
    assert (workout.estimate.seconds, workout.estimate.metres) == (3600, None)


# --- One step -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1 km @ 5:00/km", near(300, 1000)),
        ("10 min @ 5:00/km", near(600, 2000)),
        ("10 min @ 5:00..6:00/km", near(600, 600 * (1000 / 300 + 1000 / 360) / 2)),  # the middle of speed: 5:27.3
        ("1 km @ threshold", near(255.2, 1000)),
        ("10 min @ easy", near(600, 600 * EASY)),
        ("10 min", near(600, 600 * 0.81 * THRESHOLD)),
        ("warmup 10 min", near(600, 600 * 0.7 * THRESHOLD)),
        ("cooldown 10 min", near(600, 600 * 0.7 * THRESHOLD)),
        ("recover 2 min", near(120, 120 * 0.7 * THRESHOLD)),
        ("hike 1 h", near(3600, 5500)),
        ("walk 550 m", near(360, 550)),
        ("rest 3 min", near(180, 0)),
        ("rest 550 m", near(360, 550)),
        ("10 min @ RPE 7", near(600, 600 * THRESHOLD)),
        ("10 min @ RPE 3..4", near(600, 600 * (0.805 + 0.89) / 2 * THRESHOLD)),
        ("10 min @ RPE 9 and HR 160", near(600, 600 * 1.11 * THRESHOLD)),
        ("1 km @ faster than 5:00/km", near(300, 1000)),
        ("1 km @ slower than 6:00/km", near(360, 1000)),
        ("walk 10 min @ 10:00/km", near(600, 1000)),
    ],
)
def test_a_step_is_reckoned_at_the_middle_of_its_target_or_by_its_role(line, expected):
    found = about(line)
    assert (found.seconds, found.metres) == expected
    assert not found.partial


@pytest.mark.parametrize(
    ("target", "share"),
    [
        ("HR 150", 0.85),  # 88.2 % of 170
        ("HR < 150", 0.85),
        ("HR > 150", 0.85),
        ("HR 155..165", 0.915),  # 94.1 %
        ("HR 131", 0.75),  # 77 %
        ("94 % LTHR", 0.915),
        ("252..280 W", 0.95),
        ("90..100 % CP", 0.95),
    ],
)
def test_heart_rate_and_power_are_shares_of_threshold_speed(target, share):
    athlete = f"athlete: Me\nraces: {VDOT_50}\nheart_rate: {{threshold: 170}}\npower: {{critical: 280 W}}\n"
    found = about(f"10 min @ {target}", athlete)
    assert found.metres == pytest.approx(600 * share * THRESHOLD, rel=5e-3)


def test_without_a_threshold_heart_rate_it_is_nine_tenths_of_the_highest():
    athlete = f"athlete: Me\nraces: {VDOT_50}\nheart_rate: {{max: 200}}\n"
    assert about("10 min @ HR 159", athlete).metres == pytest.approx(600 * 0.85 * THRESHOLD, rel=5e-3)


def test_a_faster_heart_is_a_faster_runner():
    runner, _ = read_athlete("athlete: Me\nraces: 5 km in 20:00\nheart_rate: {threshold: 170}\n")
    targets = [Band(Quantity.HEART_RATE, bpm - 5, bpm + 5) for bpm in range(40, 215)]
    speeds = [reckon(Written(Intensity.ACTIVE, Lap(), target), runner).speed.middle for target in targets]
    assert speeds == sorted(speeds)
    assert 1 < speeds[0] < speeds[-1] < 8


def test_without_an_athlete_only_what_was_written_is_known():
    assert both(about("1 km", None)) == (None, 1000)
    assert both(about("10 min", None)) == (600, None)
    assert both(about("10 min @ 5:00/km", None)) == (600, pytest.approx(2000, rel=1e-3))
    assert about("walk 11 min, 550 m @ 5:00/km", None).metres == pytest.approx(1008.3 + 550, abs=1)
    assert both(about("10 min, 1 km", None)) == (None, None)
    assert both(about("6x(10 min, walk 1 min)", None)) == (3960, None)


# --- Ranges, load and zones ---------------------------------------------------------------------


def test_the_worked_workout_has_its_load():
    """74.2 points step by step; 72.1 and 78.7 are what averaging or smoothing the whole would give."""
    found = about(WORKED)
    assert found.load.value == pytest.approx(74.2, abs=0.05)
    assert found.load.low < 72.1
    assert found.load.high > 78.7
    assert found.load.basis == "100 is an hour at threshold pace 4:15/km"


def test_a_distance_run_faster_is_over_sooner():
    """6 km at 5:00 to 4:00/km: 30 minutes at threshold, or 24 at 1.25 of it."""
    load = about("6 km @ 5:00..4:00/km", "threshold 5:00/km").load
    assert (load.low, load.high) == (pytest.approx(50, rel=1e-3), pytest.approx(62.5, rel=1e-3))


def test_an_hour_at_threshold_is_a_hundred():
    assert about("1 h @ threshold").load.value == pytest.approx(100, rel=1e-3)


@pytest.mark.parametrize(
    ("line", "low", "high"),
    [
        ("10 km @ 5:00..6:00/km", 3000, 3600),
        ("1 h", 3600, 3600),
        ("5 km @ 5:00..6:00/km, 10 min", 2100, 2400),
        ("2x(5 km @ 5:00..6:00/km, rest 1 min)", 3120, 3720),
        ("warmup", 300, 1200),
    ],
)
def test_the_time_lies_between_the_edges_of_the_targets(line, low, high):
    found = about(line)
    assert (found.time.low, found.time.high) == near(low, high)
    assert found.time.low <= found.time.value <= found.time.high


def test_the_distance_lies_between_the_edges_of_the_targets():
    found = about("1 h @ 5:00..6:00/km, 5 km @ easy").distance
    assert (found.low, found.high) == near(15_000, 17_000)


def test_what_was_written_is_sure():
    assert about("10 km @ 5:00..6:00/km").distance.is_sure
    assert about("1 h @ RPE 3").time.is_sure
    assert not about("1 h @ RPE 3").distance.is_sure
    assert not about("10 km @ 5:00..6:00/km, lap").distance.is_sure


@pytest.mark.parametrize(
    ("line", "time", "distance"),
    [
        ("1 h @ easy", "as written", "the middle of each pace range"),
        ("10 km @ easy", "the middle of each pace range", "as written"),
        ("10 km, 1 h @ RPE 3", "easy pace where none is given", "pace estimated from effort"),
        ("10 km @ HR 140..150", "pace estimated from heart rate", "as written"),
        ("10 km @ 250 W", "pace estimated from power", "as written"),
        ("10 km @ Z2", "pace estimated from heart rate", "as written"),
        ("10 km @ power Z2", "Garmin's default zones", "as written"),
        ("walk 1 km, walk 10 min", "a brisk walk", "a brisk walk"),
        ("1 km @ easy, rest 1 min", "the middle of each pace range", "standing still"),
        ("cooldown", "typical lengths for open steps", "easy pace where none is given, typical lengths for open steps"),
        ("1 km @ easy, lap @ easy", "the middle of each pace range, open runs not counted",
         "the middle of each pace range, open runs not counted"),
    ],
)  # fmt: skip
def test_every_figure_says_what_it_rests_on(line, time, distance):
    athlete = f"athlete: Me\nraces: {VDOT_50}\nheart_rate: {{threshold: 170}}\npower: {{critical: 280 W}}\n"
    found = about(line, athlete)
    assert (found.time.basis, found.distance.basis) == (time, distance)


def test_the_rounds_until_a_distance_rest_on_the_pace():
    found = until("10 km", "10 min @ 5:00..6:00/km")
    assert found.time.basis == "the middle of each pace range"
    assert until("1 h", "10 min @ 5:00..6:00/km").time.basis == "as written"


def test_without_a_threshold_it_says_what_is_missing():
    found = about("10 min @ 5:00/km, 1 km", None)
    assert found.time.value is found.load.value is None
    assert found.zones == ()
    assert found.time.basis == found.load.basis == "needs a race result or a threshold pace"
    assert found.distance.value == pytest.approx(3000, rel=1e-3)


@pytest.mark.parametrize("line", ["10 min @ 5:00/km", "walk 10 min", "hike 2 h @ HR 100..130"])
def test_a_load_needs_a_threshold_where_the_speed_is_known(line):
    found = about(line, None)
    assert found.time.value is not None
    assert found.distance.value is not None
    assert (found.load.value, found.load.basis) == (None, "needs a race result or a threshold pace")


def test_rounds_of_open_runs_cannot_be_counted():
    text = "workout: T\nsteps:\n  - repeat: {until: 1 h}\n    steps: run lap, hike lap\n"
    [workout] = compile_text(text, athlete=VDOT_50).workouts
    assert workout.estimate.time.value == 3600
    assert workout.estimate.distance.basis == "nobody knows how many rounds of open runs there will be"
    assert workout.estimate.load.basis == workout.estimate.distance.basis


def test_effort_alone_gives_a_load():
    """Effort is a share of threshold speed, whoever runs."""
    found = about("1 h @ RPE 7", None)
    assert found.load.value == pytest.approx(100, rel=1e-3)
    assert found.distance.value is None


@pytest.mark.parametrize(
    ("share", "zone"), [(70, 0), (80, 1), (90, 2), (96, 3), (100, 4), (105, 5), (115, 6)]
)  # between Friel's edges: 77.5, 87.7, 94.3, 99, 103.1, 111.1 % of threshold speed
def test_time_falls_into_the_pace_zone_of_its_speed(share, zone):
    found = about(f"30 min @ {share} % threshold")
    assert [figure.value for figure in found.zones] == [1800 if i == zone else 0 for i in range(7)]


def test_a_band_over_an_edge_may_lie_in_either_zone():
    low, high, *others = about("30 min @ 76..79 % threshold").zones
    assert [low.low, low.high, high.low, high.high] == [0, 1800, 0, 1800]
    assert {low.value, high.value} == {0, 1800}
    assert all(zone.value == zone.high == 0 for zone in others)


@pytest.mark.parametrize("number", [2, 3, 4])
def test_a_zone_of_pace_lies_in_its_zone(number):
    found = about(f"30 min @ Z{number} pace").zones
    assert [(zone.low, zone.value, zone.high) for zone in found] == [
        (1800, 1800, 1800) if at == number - 1 else (0, 0, 0) for at in range(7)
    ]


def test_the_zones_of_an_athlete_with_edges_of_their_own():
    athlete = "athlete: Me\nraces: 5 km in 19:56\npace_zones: [6:00/km, 5:00/km, 4:30/km]\n"
    found = about("10 min @ 6:30/km, 20 min @ 4:45/km, 5 min @ Z4 pace", athlete)
    assert found.zone_names == ("Z1", "Z2", "Z3", "Z4")
    assert [zone.value for zone in found.zones] == [600, 0, 1200, 300]


def test_the_zones_add_up_to_the_time_that_is_moved():
    found = about(WORKED + ", rest 3 min")
    assert sum(zone.value for zone in found.zones) == pytest.approx(found.time.value - 180)


# --- Open steps and repeats ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("warmup", 600),
        ("cooldown lap", 300),
        ("recover lap", 120),
        ("walk lap", 120),
        ("rest lap", 120),
        ("recover until HR < 120", 90),
        ("3x(400 m @ 4:10/km, lap)", 3 * (100 + 120)),
    ],
)
def test_open_steps_are_guessed_and_that_is_said(line, seconds):
    found = about(line)
    assert found.partial
    assert found.seconds == pytest.approx(seconds, rel=1e-3)


@pytest.mark.parametrize("line", ["lap", "run lap @ easy", "4x(run lap, run lap)"])
def test_nobody_can_tell_how_long_open_runs_are(line):
    found = about(line)
    assert (found.partial, found.open_run, found.guessed) == (True, True, False)
    assert (found.seconds, found.metres, found.load.value) == (None, None, None)
    assert found.time.basis == "it lasts until the lap button is pressed"


def test_beside_an_open_run_the_rest_is_counted():
    found = about("10 min @ 5:00/km, lap, cooldown lap")
    assert (found.open_run, found.guessed) == (True, True)
    assert found.seconds == pytest.approx(900, rel=1e-3)


def until(amount: str, body: str) -> Estimate:
    text = f"workout: T\nsteps:\n  - repeat: {{until: {amount}}}\n    steps: {body}\n"
    [workout] = compile_text(text).workouts
    return workout.estimate


@pytest.mark.parametrize(
    ("amount", "body", "seconds", "metres"),
    [
        ("10 km", "1 km @ 5:00/km, 1 km @ 6:00/km", 5 * 660, 10_000),
        ("9 km", "1 km @ 5:00/km, 1 km @ 6:00/km", 5 * 660, 10_000),  # begun rounds are run to their end
        ("45 min", "4 min @ 5:00/km, 1 min @ 10:00/km", 2700, 9 * 900),
        ("46 min", "4 min @ 5:00/km, 1 min @ 10:00/km", 3000, 9000),
        ("1 h", "lap, lap", 3600, None),
        ("45 min", "1 km, recover 1 km", 2700, None),
        ("10 km", "10 min, walk 1 min", None, 10_000),
    ],
)
def test_a_repeat_until_an_amount_runs_the_rounds_it_takes(amount, body, seconds, metres):
    found = until(amount, body)
    assert found.seconds == (seconds if seconds is None else pytest.approx(seconds, rel=2e-3))
    assert found.metres == (metres if metres is None else pytest.approx(metres, rel=2e-3))


@pytest.mark.parametrize(
    ("amount", "body", "time", "distance"),
    [
        # 1000 m in 5 to 6 minutes: the fifth round may be begun just before 45 minutes.
        ("45 min", "1 km @ 5:00..6:00/km", (2700, 2700 + 360), (8_000, 9_000)),
        ("10 km", "10 min @ 5:00..6:00/km", (3000, 3600 + 600), (10_000, 12_000)),
    ],
)
def test_a_repeat_until_an_amount_ends_within_a_round_behind_it(amount, body, time, distance):
    found = until(amount, body)
    assert time[0] <= found.time.low <= found.time.value <= found.time.high <= time[1] + 1
    assert distance[0] - 5 <= found.distance.low <= found.distance.value <= found.distance.high <= distance[1] + 10


def test_steps_around_and_inside_repeats_are_counted_where_they_stand():
    found = about("1 km @ 5:00/km, 3x(1 km @ 5:00/km, walk 55 m), 2x(1 km @ 5:00/km, 3x(rest 10 s), walk 55 m)")
    assert found.metres == pytest.approx(6_000 + 5 * 55)
    assert found.seconds == pytest.approx(6 * 300 + 5 * 36 + 6 * 10, rel=1e-3)


written = st.builds(
    lambda seconds, mps: Written(
        Intensity.ACTIVE, Duration(seconds * 1000), Band(Quantity.SPEED, mps, mps), written=Origin(Role.RUN)
    ),
    st.integers(1, 600),
    st.integers(1_000, 6_000),
)


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """Steps with jumps whose bodies contain one another or stand side by side."""
    items: list[Written | Jump] = []
    starts: list[int] = []
    for _ in range(draw(st.integers(1, 14))):
        if starts and draw(st.booleans()):
            to = draw(st.sampled_from(starts))
            items.append(Jump(to, draw(st.integers(2, 4))))
            del starts[starts.index(to) + 1 :]
        else:
            starts.append(len(items))
            items.append(draw(written))
    if len([item for item in items if isinstance(item, Jump)]) > 5:
        items = [item for item in items if isinstance(item, Written)]
    return Program("T", Sport.RUNNING, tuple(items))


@settings(max_examples=examples(150), deadline=None)
@given(programs())
def test_the_estimate_is_what_running_every_step_comes_to(program):
    steps = list(executed(program))
    found = estimate(program, NO_RUNNER)
    assert found.seconds == pytest.approx(sum(step.length.ms for step in steps) / 1000)
    assert found.metres == pytest.approx(sum(step.length.ms * step.target.low for step in steps) / 1e6)


# --- Slow runners -------------------------------------------------------------------------------

WALKER = "5 km in 45:00"
"""9:00/km in a race; easy pace would be 11:41-10:32/km."""


def test_nobody_runs_slower_than_a_walk():
    """5.5 km/h: 80 % of this runner's threshold would be 11:39/km, a jog 13:23/km."""
    assert about("60 min @ easy", WALKER).metres == pytest.approx(5_500, abs=1)
    assert about("recover 60 min", WALKER).metres == pytest.approx(5_500, abs=1)
    assert about("60 min @ RPE 7", WALKER).metres == pytest.approx(3_600 / 0.5625, rel=2e-3), "9:22/km"


OF_NO_RUNNER = {"trail-run-hike.workout.yaml", "treadmill-cruise.workout.yaml", "yasso-800s.workout.yaml"}
"""One whose steps end with the lap button, and two with speeds in figures."""
READY = {path.name: path.read_text(encoding="utf-8") for path in sorted(WORKOUTS.glob("*.workout.yaml"))}


@pytest.mark.parametrize("name", READY)
def test_every_ready_workout_is_one_for_a_walker_too(name):
    """From this runner's race over a mile (8:29/km) to a stroll with standing rests."""
    result = compile_text(READY[name], athlete=WALKER, files=READY)
    assert result.ok, result.diagnostics
    for workout in result.workouts:
        found = workout.estimate
        if name not in OF_NO_RUNNER:
            assert 8 * 60 < 1000 * found.seconds / found.metres < 13 * 60
