"""The table of a program: aligned, whole, and within the terminal."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit import compile_line
from negsplit.compile import runner_from_words
from negsplit.estimate.estimate import Estimate, Figure
from negsplit.estimate.estimate import estimate as estimated
from negsplit.model import Lap, Role, Sport, UntilHeartRate
from negsplit.preview.text import (
    estimate_lines,
    estimate_text,
    length_text,
    load_text,
    page,
    role_text,
    step_length,
    steps_text,
    table,
    target_texts,
    times_text,
    words_text,
    wrapped,
)
from negsplit.program.model import Band, Intensity, Jump, Program, ProgramStep, Quantity, WrittenAs, Zone
from negsplit.program.outline import in_order
from negsplit.units import Distance, Duration
from strategies.examples import examples
from strategies.programs import programs

TEN = ProgramStep(Intensity.ACTIVE, Duration(600_000))
KM = ProgramStep(Intensity.RECOVERY, Distance(100_000))
PACE = Band(Quantity.SPEED, 3_704, 4_000)


def program(*steps: ProgramStep | Jump, name: str = "P", notes: str = "") -> Program:
    return Program(name, Sport.TRAIL_RUNNING, steps, notes)


@settings(max_examples=examples(60))
@given(programs(), st.sampled_from(["km", "mi"]))
def test_nobody_reads_centimetres_or_parts_of_a_second_of_a_pace(made, unit):
    for step in made.steps:
        texts = (
            [times_text(step.until)]
            if isinstance(step, Jump)
            else [length_text(step.length), *target_texts(step, unit)]
        )
        for text in texts:
            assert not re.search(r"\.[0-9]* m$|:[0-9]{2}\.", text), text


def test_columns_are_aligned_and_a_body_is_indented():
    steps = (
        ProgramStep(Intensity.WARMUP, Lap()),
        ProgramStep(Intensity.ACTIVE, Distance(40_000), PACE),
        KM,
        Jump(1, 6),
    )
    assert table(program(*steps), "km", 80) == [
        "Warm up    lap button  open",
        "6 x",
        "  Run      400 m       4:30-4:10/km",
        "  Recover  1 km        open",
    ]


def test_numbers_are_those_of_the_file():
    assert table(program(TEN, KM, Jump(0, 12), TEN), "km", 80, numbered=True) == [
        "3  12 x",
        "1    Run      10 min  open",
        "2    Recover  1 km    open",
        "4  Run        10 min  open",
    ]


def test_repeats_nest_and_begin_together():
    steps = (TEN, KM, Jump(0, 2), TEN, Jump(0, Distance(1_000_000)), KM)
    assert [(depth, index) for depth, index, _ in in_order(program(*steps))] == [
        (0, 4),
        (1, 2),
        (2, 0),
        (2, 1),
        (1, 3),
        (0, 5),
    ]
    assert table(program(*steps), "km", 80)[:2] == ["repeat until 10 km", "  2 x"]


def test_a_cue_stands_beside_its_step_where_it_fits_and_under_it_where_it_does_not():
    step = ProgramStep(Intensity.ACTIVE, Duration(600_000), PACE, cue="tall and relaxed all the way")
    beside = "Run  10 min  4:30-4:10/km  tall and relaxed all the way"
    assert table(program(step), "km", len(beside)) == [beside]
    assert table(program(step), "km", len(beside) - 1) == [
        "Run  10 min  4:30-4:10/km",
        "    tall and relaxed all the way",
    ]
    assert table(program(step), "km", 25)[1:] == ["    tall and relaxed all", "    the way"]


def test_a_second_target_stands_under_the_first():
    step = ProgramStep(Intensity.ACTIVE, Duration(600_000), PACE, Band(Quantity.CADENCE, 175, 185), cue="tall")
    assert table(program(step), "km", 80) == ["Run  10 min  4:30-4:10/km     tall", "             and 175-185 spm"]


@pytest.mark.parametrize(
    ("target", "unit", "text"),
    [
        (None, "km", "open"),
        (PACE, "km", "4:30-4:10/km"),
        (PACE, "mi", "7:14-6:42/mi"),
        (Band(Quantity.HEART_RATE, 140, 150), "mi", "140-150 bpm"),
        (Band(Quantity.POWER, 250, 270), "km", "250-270 W"),
        (Zone(Quantity.HEART_RATE, 3), "km", "HR Z3"),
        (Zone(Quantity.POWER, 7), "km", "power Z7"),
    ],
)
def test_targets(target, unit, text):
    assert target_texts(ProgramStep(Intensity.ACTIVE, Lap(), target), unit) == (text,)
    if target:
        assert target_texts(ProgramStep(Intensity.ACTIVE, Lap(), None, target), unit) == (text,)


def test_an_effort_that_is_shown_is_not_said_again_with_the_cue():
    """A watch has no target for it and begins the cue with it: `RPE 4. relaxed`."""
    effort = WrittenAs(Role.RUN, effort=(4, 4))
    for cue, said in (("RPE 4. relaxed", "relaxed"), ("RPE 4", ""), ("relaxed, RPE 4", "relaxed, RPE 4")):
        step = ProgramStep(Intensity.ACTIVE, Duration(600_000), cue=cue, written=effort)
        assert words_text(step, "km") == said


def test_effort_is_the_target_where_there_is_no_other():
    written = WrittenAs(Role.RUN, effort=(3, 4))
    bare = ProgramStep(Intensity.ACTIVE, Duration(60_000), cue="RPE 3-4", written=written)
    assert table(program(bare), "km", 80) == ["Run  1 min  RPE 3-4"], "not said twice"
    paced = ProgramStep(Intensity.ACTIVE, Duration(60_000), PACE, cue="RPE 3-4", written=written)
    assert table(program(paced), "km", 80) == ["Run  1 min  4:30-4:10/km  RPE 3-4"]


@pytest.mark.parametrize(
    ("role", "intensity", "text"),
    [
        (Role.WALK, Intensity.RECOVERY, "Walk"),
        (Role.HIKE, Intensity.ACTIVE, "Hike"),
        (Role.RECOVER, Intensity.RECOVERY, "Recover"),
        (None, Intensity.COOLDOWN, "Cool down"),
    ],
)
def test_roles(role, intensity, text):
    assert role_text(ProgramStep(intensity, Lap(), written=WrittenAs(role) if role else None)) == text


@pytest.mark.parametrize(
    ("cm", "text"),
    [
        (160_934, "1 mi"),
        (160_936, "1 mi"),  # the first split of six miles, which has the rounding of all
        (40_232, "0.25 mi"),
        (160_900, "1609 m"),
        (161_001, "1610 m"),
    ],
)
def test_a_split_of_miles_is_one_whatever_rounding_put_on_it(cm, text):
    step = ProgramStep(Intensity.ACTIVE, Distance(cm))
    assert table(program(step), "mi", 80) == [f"Run  {text}  open"]


def test_until_a_heart_rate():
    step = ProgramStep(Intensity.REST, UntilHeartRate("below", 120))
    assert table(program(step), "km", 80) == ["Rest  until HR < 120  open"]


def figure(value: float | None, low: float | None = None, high: float | None = None, basis: str = "why") -> Figure:
    return Figure(value, value if low is None else low, value if high is None else high, basis)


NO_LOAD = figure(None, basis="needs a race")


@pytest.mark.parametrize(
    ("seconds", "metres", "partial", "unit", "text"),
    [
        (3239.6, 12_000, False, "km", "about 54:00, 12 km"),
        (3239.6, 16_093.44, False, "mi", "about 54:00, 10 mi"),
        (60, None, False, "km", "about 1:00"),
        (None, 1234, False, "km", "about 1.23 km"),
        (None, None, False, "km", "length unknown"),
        (None, None, True, "km", "length unknown"),
        (4000, 10_000, True, "km", "about 1:06:40, 10 km with a guess for open steps"),
    ],
)
def test_estimates(seconds, metres, partial, unit, text):
    assert estimate_text(Estimate(figure(seconds), figure(metres), NO_LOAD, (), partial), unit) == text


def test_each_figure_has_its_range_and_what_it_rests_on():
    zones = [figure(0, 0, 600), figure(0), figure(1500, 0, 3000), figure(0.4), figure(60), figure(0), figure(0)]
    found = Estimate(figure(3582, 3546, 3620), figure(11_290, 10_970, 11_600), figure(82.4, 75, 89), tuple(zones))
    assert estimate_lines(found, "km", 80) == [
        "time      about 59:42 (59:06-1:00:20), why",
        "distance  about 11.29 km (10.97-11.6), why",
        "load      about 82 (75-89), why",
        "zones     Z3 25:00 (0:00-50:00), Z5a 1:00; why",
    ]
    assert estimate_lines(found, "mi", 80)[1] == "distance  about 7.02 mi (6.82-7.21), why"
    assert load_text(found) == "about 82"


def test_what_is_sure_has_no_range_and_what_is_unknown_says_why():
    found = Estimate(figure(3600, basis="as written"), figure(None, basis="needs a race"), NO_LOAD, ())
    assert estimate_lines(found, "km", 80) == [
        "time      1:00:00, as written",
        "distance  unknown, needs a race",
        "load      unknown, needs a race",
    ]
    assert load_text(found) == "unknown"


def test_estimates_stand_aligned_below_each_other():
    long = figure(3582, 3546, 3620, basis="the middle of each pace range, easy pace where none is given")
    lines = estimate_lines(Estimate(long, long, NO_LOAD, ()), "km", 50)
    assert all(len(line) <= 50 for line in lines)
    assert lines[0] == "time      about 59:42 (59:06-1:00:20), the middle"
    assert lines[1].startswith(" " * 10 + "of each pace range,")


@settings(max_examples=examples(50), deadline=None)
@given(programs(), st.integers(40, 120))
def test_any_estimate_keeps_within_the_width(found, width):
    lines = estimate_lines(estimated(found, runner_from_words("5 km in 22:30")[0]), "km", width)
    assert all(len(line) <= width for line in lines)
    assert [line.split()[0] for line in lines if line[0] != " "][:3] == ["time", "distance", "load"]


@pytest.mark.parametrize(
    ("steps", "text"),
    [
        ((TEN,), "1 step"),
        ((TEN, KM), "2 steps"),
        ((TEN, Jump(0, 2)), "1 step and 1 repeat"),
        ((TEN, Jump(0, 2), KM, KM, Jump(2, 3)), "3 steps and 2 repeats"),
        ((), "0 steps"),
    ],
)
def test_counts(steps, text):
    assert steps_text(program(*steps)) == text


def test_a_page_begins_with_name_sport_and_notes():
    lines = page(program(TEN, name="Long " * 20 + "name", notes="word " * 30), "km", 60)
    assert lines[0].startswith("Long Long")
    assert lines[1].endswith("name (trail running)")
    assert " ".join(lines[2:-2]) == " ".join(["word"] * 30)
    assert lines[-2:] == ["", "Run  10 min  open"]
    assert page(program(TEN, name=""), "km", 60)[0] == "(no name) (trail running)"


NASTY = st.text(st.characters(codec="utf-8"), max_size=150)


@settings(max_examples=examples(60), deadline=None)
@given(programs(), st.sampled_from([60, 80, 120]), st.booleans(), NASTY)
def test_any_program_is_shown_whole_within_the_width_and_harmlessly(found, width, numbered, text):
    first, *rest = found.steps
    steps = (replace(first, cue=text[:40]), *rest)
    named = Program(found.name + text, found.sport, steps, found.notes + text)
    lines = page(named, "km", width, numbered=numbered)
    assert all(len(line) <= width for line in lines)
    assert all(line == line.rstrip() for line in lines)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]", "".join(lines))
    shown = "".join("".join(lines).split())
    for step in rest:
        if isinstance(step, ProgramStep):
            assert "".join(step.cue.split()) in shown
    assert len(lines) >= len(found.steps)


@settings(max_examples=examples(200), deadline=None)
@given(NASTY, st.integers(10, 100))
def test_wrapping_loses_nothing_but_space(text, width):
    lines = wrapped(text, width, "  ")
    assert all(line.startswith("  ") and len(line) <= width for line in lines)
    printable = [char for char in text if char.isprintable() and not char.isspace()]
    shown = "".join(lines)
    assert all(char in shown for char in printable)


def test_a_distance_is_in_the_unit_that_it_was_written_in():
    line = "4x(1000 m @ 5k, 2 min), 2500m @ easy, 1.5 km, 0.5 mi, 3 mi @ 8:00/mi, 12 km @ easy -> 10k by 2 km"
    [workout] = compile_line(line, athlete="5 km in 22:30").workouts
    steps = [step for step in workout.program.steps if isinstance(step, ProgramStep)]
    assert [step_length(step) for step in steps][:6] == ["1000 m", "2 min", "2500 m", "1.5 km", "0.5 mi", "3 mi"]
    assert {step_length(step) for step in steps[6:]} == {"2 km"}
    assert step_length(ProgramStep(Intensity.ACTIVE, Distance(100_000))) == "1 km", "from a file that says centimetres"
