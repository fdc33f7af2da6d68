"""The drawing in the terminal: within its width, legible without colours, true to the profile."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit import compile_line
from negsplit.athlete.paces import NO_RUNNER
from negsplit.compile import runner_from_words
from negsplit.estimate.levels import LEVELS
from negsplit.estimate.profile import Profile, profile
from negsplit.model import Lap, Sport
from negsplit.preview.chart import CHARACTERS, NARROWEST, ROWS, chart
from negsplit.preview.palette import DARK_TERMINAL, LIGHT_TERMINAL
from negsplit.program.device import devices
from negsplit.program.model import Band, Intensity, Jump, Program, ProgramStep, Quantity
from negsplit.units import Duration
from strategies.examples import examples
from strategies.programs import programs

HERE = Path(__file__).parent
RUNNER = runner_from_words("5 km in 22:30")[0]
ESCAPE = re.compile("\x1b\\[[0-9;]*m")


def of_line(line: str, athlete: str | None = "5 km in 22:30") -> Profile:
    [workout] = compile_line(line, athlete=athlete, device=replace(devices()["generic"], nesting=3)).workouts
    return workout.profile


WORKOUTS = {
    "cruise": "warmup 15 min @ easy, 4x(1 mi @ threshold, 1 min), cooldown 10 min @ easy",
    "nested": "warmup 10 min, 3x(1 km @ 10k, 4x(100 m @ mile, rest 40 s), 3 min), cooldown lap",
    "strides": "40 min @ easy, 6x(20 s @ RPE 9, walk 1 min)",
    "fartlek": "warmup 15 min @ easy, 5x(lap @ RPE 8, recover lap), cooldown 10 min",
    "galloway": "walk 5 min, 45x(90 s @ 6:00/km, walk 30 s), walk 5 min",
    "long": "30 km @ easy",
}


@pytest.mark.parametrize("name", WORKOUTS)
def test_drawings(name, golden):
    found = of_line(WORKOUTS[name])
    lines = [*chart(found, "km", 80, colors=None), "", *chart(found, "mi", 64, colors=None, ascii=True)]
    golden(HERE / f"{name}.txt", "".join(f"{line}\n" for line in lines))


@settings(max_examples=examples(80))
@given(programs(), st.integers(40, 200), st.sampled_from([RUNNER, NO_RUNNER]), st.booleans())
def test_any_drawing_keeps_within_its_width(program, width, runner, ascii):
    found = profile(program, runner)
    plain = chart(found, "km", width, colors=None, ascii=ascii)
    assert bool(plain) is (width >= NARROWEST)
    assert all(len(line) <= width for line in plain)
    assert all(line == line.rstrip() for line in plain)
    assert "\x1b" not in "".join(plain)
    if ascii:
        assert "".join(plain).isascii()
    painted = chart(found, "km", width, colors=DARK_TERMINAL, ascii=ascii)
    bare = [ESCAPE.sub("", line) for line in painted]
    assert all(len(line) <= width for line in bare)
    assert [line for line in bare if line in plain] == plain, "the same but for colours and what they say"
    assert len(bare) == len(plain) + bool(plain)
    for line in painted:
        assert ESCAPE.findall(line)[-1:] in ([], ["\x1b[0m"]), "colours end with their line"


def test_a_narrow_window_has_none():
    found = of_line(WORKOUTS["cruise"])
    assert chart(found, "km", NARROWEST - 1, colors=None) == []
    assert chart(found, "km", NARROWEST, colors=None) != []
    assert chart(Profile((), (), None, True), "km", 80, colors=None) == []


def columns(lines: list[str]) -> list[int]:
    """How many eighths high each column is."""
    rows = [line.partition("│")[2] for line in lines if "│" in line]
    assert len(rows) == ROWS
    wide = max(map(len, rows))
    eighths = {sign: number for number, sign in enumerate(" ▁▂▃▄▅▆▇█")} | {"▒": 8, "░": 8}
    return [sum(eighths[row.ljust(wide)[at]] for row in rows) for at in range(wide)]


@settings(max_examples=examples(60))
@given(st.lists(st.tuples(st.integers(60, 900), st.integers(8, 20)), min_size=2, max_size=15))
def test_a_column_is_as_high_as_its_step_is_hard(made):
    made = [one for before, one in pairwise([(0, 0), *made]) if one[1] != before[1]]
    steps = [ProgramStep(Intensity.ACTIVE, Duration(s * 1000), Band(Quantity.SPEED, v * 250, v * 250)) for s, v in made]
    heights = columns(chart(profile(Program("P", Sport.RUNNING, tuple(steps)), RUNNER), "km", 100, colors=None))
    drawn = [after for before, after in pairwise([0, *heights]) if after != before]
    assert len(drawn) == len(made)
    (low, least), (high, most) = ((edge(v for _, v in made), edge(drawn)) for edge in (min, max))
    for (_, speed), height in zip(made, drawn, strict=True):
        share = (speed - low) / (high - low) if high > low else 0
        assert height == pytest.approx(least + share * (most - least), abs=1.01)


def test_columns_are_shared_by_time_and_no_step_goes_without():
    heights = columns(chart(of_line("30 min @ easy, 6x(20 s @ mile, 1 min), 30 min @ easy"), "km", 100, colors=None))
    highest = max(heights)
    assert [heights[n] == highest and heights[n - 1] != highest for n in range(1, len(heights))].count(True) == 6
    easy = heights.count(heights[0])
    assert 0.75 < easy / len(heights) < 0.9


def test_all_rounds_look_the_same():
    lines = chart(of_line("7x(3 min @ 5k, 2 min)"), "km", 97, colors=None)
    heights = columns(lines)
    assert len(heights) % 7 == 0
    wide = len(heights) // 7
    assert len({tuple(heights[at : at + wide]) for at in range(0, len(heights), wide)}) == 1


def test_a_crowd_is_drawn_as_one_round_and_that_is_said():
    lines = chart(of_line(WORKOUTS["galloway"]), "km", 80, colors=None)
    heights = columns(lines)
    changes = [a for a, b in pairwise(heights) if a != b]
    assert len(changes) <= 3
    assert [line.strip() for line in lines[-2:]] == ["░ walked", "one round stands for the whole repeat"]
    assert "45 x" in lines[0]


def test_a_bracket_stands_over_its_rounds():
    lines = chart(of_line("10 min @ easy, 4x(1 km @ 5k, 2 min), 10 min @ easy"), "km", 90, colors=None)
    left, right = lines[0].index("├"), lines[0].index("┤")
    assert "─ 4 x ─" in lines[0]
    top = next(line for line in lines[1:] if set(line) & set("▁▂▃▄▅▆▇█"))
    fast = [at for at, char in enumerate(top) if char in "▁▂▃▄▅▆▇█"]
    assert left == fast[0]
    assert fast[-1] < right <= fast[-1] + 10


def test_guessed_lengths_are_shaded():
    lines = chart(of_line("warmup lap, 5 km @ easy"), "km", 80, colors=None)
    assert "▒" in lines[ROWS - 2]
    assert "█" in lines[ROWS - 2]
    assert lines[-1].strip() == "▒ open: typical length"


def test_what_is_not_to_scale_has_no_times():
    lines = chart(of_line("5 km @ RPE 3, 10 min", None), "km", 80, colors=None)
    assert lines[-1].strip() == "time, not to scale: one length is unknown"
    assert not re.search(r"\d", "".join(lines))


@pytest.mark.parametrize("colors", [LIGHT_TERMINAL, DARK_TERMINAL])
def test_a_colour_says_how_hard_it_is_and_a_line_which(colors):
    line = (
        "warmup 10 min @ RPE 2, 10 min @ easy, 10 min @ marathon, 10 min @ threshold, 10 min @ interval, 10 min @ mile"
    )
    drawn = chart(of_line(line), "km", 100, colors=colors)
    levels = [level.value for level in LEVELS]
    assert re.findall(r"38;5;(\d+)m█\x1b\[0m (\w+)", drawn[-1]) == [(str(colors[one]), one) for one in levels]
    assert list(dict.fromkeys(re.findall(r"38;5;(\d+)m", drawn[ROWS - 1]))) == [str(colors[one]) for one in levels]


def test_what_is_walked_looks_otherwise():
    lines = chart(of_line("20 min @ easy, walk 20 min, hike 20 min @ RPE 6"), "km", 80)
    assert lines[-1].strip() == "░ walked"
    row = lines[ROWS - 2]
    assert row.count("█") == pytest.approx(row.count("░") / 2, abs=2)


def test_paces_are_in_the_runners_unit():
    found = of_line("30 min @ 5:00/km")
    labels = {unit: "".join(chart(found, unit, 80, colors=None)) for unit in ("km", "mi")}
    assert "5:00 │" in labels["km"]
    assert "8:00 │" in labels["mi"]


def test_it_says_what_it_needs_an_encoding_for():
    for line in WORKOUTS.values():
        drawn = "".join(chart(of_line(line), "km", 100, colors=None))
        assert {char for char in drawn if not char.isascii()} <= set(CHARACTERS)


def test_any_number_of_steps_can_be_drawn():
    many = [ProgramStep(Intensity.ACTIVE, Lap(), Band(Quantity.SPEED, 2_000 + n, 3_000)) for n in range(300)]
    lines = chart(profile(Program("P", Sport.RUNNING, (*many, Jump(0, 2))), RUNNER), "km", 60, colors=None)
    assert all(len(line) <= 60 for line in lines)
    assert len(columns(lines)) <= 60
