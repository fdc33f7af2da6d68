"""Programs back to workouts: the shortest text that compiles to the same, and a note on whatever cannot."""

from __future__ import annotations

import re
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from negsplit import compile_text, render
from negsplit.compile import device
from negsplit.document.write import write
from negsplit.formats.fit.program import to_program
from negsplit.formats.fit.read import FitReadError, read
from negsplit.lift import differences, lift
from negsplit.model import Lap, Sport, UntilHeartRate
from negsplit.program.device import devices
from negsplit.program.model import Band, Intensity, Jump, Program, ProgramStep, Quantity, Zone
from negsplit.program.outline import DEEPEST
from negsplit.units import Distance, Duration
from strategies.examples import examples
from strategies.models import workouts
from strategies.programs import programs

REAL = Path(__file__).parents[3] / "shared" / "data" / "fit"
ATHLETE = """\
athlete: Somebody
races: 5 km in 20:00
heart_rate: {max: 190, rest: 45, threshold: 172}
power: {critical: 290 W}
"""
GENERIC = device()
KM, MINUTE = Distance(100_000), Duration(60_000)
SPEED, HEART_RATE, POWER, CADENCE = Quantity
SLOW = [HealthCheck.filter_too_much, HealthCheck.too_slow]


def step(target: Any = None, second: Any = None, **more: Any) -> ProgramStep:
    """A kilometre of running, or what is given instead."""
    return ProgramStep(**{"intensity": Intensity.ACTIVE, "length": KM, "target": target, "second": second, **more})


def program(*steps: ProgramStep | Jump, **more: Any) -> Program:
    return Program(**{"name": "Test", "sport": Sport.RUNNING, "steps": steps, **more})


def lifted(*steps: ProgramStep | Jump, **more: Any) -> tuple[str, list[str]]:
    """The text of a program, without what every one of these has, and the notes but for that on missing names."""
    workout, notes = lift(program(*steps, **more), GENERIC)
    text = write(workout).removeprefix("workout: Test\n").removeprefix("steps:\n")
    return text, [note for note in notes if not note.startswith("names: ")]


def compiled(text: str, athlete: str | None = None) -> Program:
    """The program of a text that has no errors."""
    result = compile_text(text, athlete=athlete)
    assert result.workouts[0] is not None, "\n".join([text, *map(render, result.diagnostics)])
    return result.workouts[0].program


def comes_back(text: str, athlete: str | None = None) -> str:
    """A text from the program of another, which must compile to that program again."""
    first = compiled(text, athlete)
    workout, notes = lift(first, GENERIC)
    again = write(workout)
    assert notes == []
    assert compiled(again) == first, again
    return again


# --- Targets -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target",
    [
        "5:00/km",
        "5:03/km",
        "8:03/mi",
        "8.5 km/h",
        "12 km/h",
        "7.5 mph",
        "12.25 km/h",
        "11..12 km/h",
        "faster than 12 km/h",
        "slower than 8:00/mi",
        "7:30..7:30/mi",
        "5.148..5.284 m/s",
        "4:52.7/km",
        "5:35..5:30/km",
        "8:10..8:00/mi",
        "8.5..9.5 km/h",
        "5:00/km ± 3 %",
        "6:00/km ± 0.5 %",
        "faster than 4:30/km",
        "slower than 6:00/km",
        "HR 145",
        "HR 140..152",
        "HR < 150",
        "HR > 140",
        "HR 30",
        "watch Z2",
        "HR 145..145",
        "2000..2000 W",
        "180..180 spm",
        "5:07..5:07/km",
        "10..10 km/h",
        "power Z7",
        "250 W",
        "240..280 W",
        "1 W",
        "180 spm",
        "170..174 spm",
        "RPE 6",
        "RPE 3..4",
        "RPE 6 and HR 145",
        "5:00/km and 180 spm",
        "HR < 150 and 250 W",
    ],
)
def test_a_target_comes_back_as_it_was_written(target):
    assert comes_back(f"workout: Test\nsteps:\n  - run: 1 km @ {target}\n").endswith(f"- run: 1 km @ {target}\n")


@pytest.mark.parametrize(
    ("written", "shorter"),
    [
        ("4:55..5:05/km", "5:05..4:55/km"),
        ("5:00/km ± 5 s/km", "5:05..4:55/km"),
        ("5:00/km ± 0 %", "5:00..5:00/km"),
        ("140..150 bpm", "HR 145"),
        ("237..263 W", "250 W"),
        ("174..186 spm", "180 spm"),
        ("11.5..12.5 km/h", "5:13.1..4:48/km"),
        ("0.5..12 m/s", "0.5..12 m/s"),
    ],
)
def test_the_shortest_of_all_that_mean_the_same_is_written(written, shorter):
    text = comes_back(f"workout: Test\nsteps:\n  - run: 1 km @ {written}\n")
    assert text.endswith(f"- run: 1 km @ {shorter}\n")


def test_the_tolerance_of_most_single_paces_is_the_workouts():
    text = "workout: Test\ntolerance: 3 %\nsteps:\n  - 3x(1 km @ 4:30/km, 1 min @ 6:00/km)\n  - run: 2 km @ 5:00/km\n"
    assert comes_back(text) == text
    once = "workout: Test\nsteps:\n  - run: 1 km @ 4:30/km ± 3 %\n  - run: 1 km @ 5:00/km\n"
    assert comes_back(once) == once


@pytest.mark.parametrize(
    ("target", "text", "note"),
    [
        (Band(SPEED, 100, 3_000), "slower than 5:33.3/km", "the target 100..3000 mm/s is written as 500..3000 mm/s"),
        (Band(SPEED, 3_400, 3_267), "5:00/km", "the target 3400..3267 mm/s is written as 3267..3400 mm/s"),
        (Band(SPEED, 13_000, 14_000), "", "the target 13000..14000 mm/s is left out, it lies outside 500..12000"),
        (Band(HEART_RATE, 120, 250), "HR > 120", "the target 120..250 bpm is written as 120..220 bpm"),
        (Band(CADENCE, 171, 175), "170..176 spm", "the target 171..175 spm is written as 170..176 spm"),
        (Zone(HEART_RATE, 6), "", "heart rate zone 6 is left out, they are 1 to 5"),
        (Zone(POWER, 0), "", "power zone 0 is left out, they are 1 to 7"),
    ],
)
def test_a_target_beyond_the_language_is_noted(target, text, note):
    assert lifted(step(target)) == (f"  - run: 1 km{text and ' @ '}{text}\n", [f"step 1: {note}"])


def test_second_targets():
    heart_rate, cadence = Band(HEART_RATE, 140, 150), Band(CADENCE, 174, 186)
    text, notes = lifted(
        step(heart_rate, cadence), step(None, cadence), step(heart_rate, Zone(HEART_RATE, 3)), step(heart_rate)
    )
    assert text == "  - run: 1 km @ HR 145 and 180 spm\n  - run: 1 km @ 180 spm\n" + "  - run: 1 km @ HR 145\n" * 2
    assert notes == [
        "step 2: the second target is written as its only one",
        "step 3: the second target is left out, it is of the first one's kind",
    ]
    one = replace(GENERIC, second_target=False)
    assert lift(program(step(heart_rate, cadence)), one)[1][-1].endswith("is left out, `generic` holds one")


# --- Lengths -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("length", "text", "note"),
    [
        (Duration(500), "1 s", "0.5 s is written as 1 s, the least there is"),
        (Duration(90_000_000), "24 h", "25 h is written as 24 h, the most there is"),
        (Distance(0), "10 m", "0 m is written as 10 m, the least there is"),
        (Distance(2**32), "200 km", "42949.673 km is written as 200 km, the most there is"),
        (UntilHeartRate("below", 20), "until HR < 30", "until 20 bpm is written as until 30 bpm"),
        (Duration(3_723_004), "1:02:03.004", None),
        (Distance(160_934), "1 mi", None),
        (Distance(12_345), "123.45 m", None),
        (UntilHeartRate("above", 150), "until HR > 150", None),
        (Lap(), "lap -- x", None),
    ],
)
def test_lengths(length, text, note):
    cue = "x" if isinstance(length, Lap) else ""
    assert lifted(step(length=length, cue=cue)) == (f"  - run: {text}\n", [f"step 1: {note}"] if note else [])


# --- Repeats -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "steps",
    [
        "  - 4x(1 km @ 4:30/km, 1 min)\n",
        "  - repeat: {until: 10 km}\n    steps: 1 km @ 4:30/km, 1 min\n",
        "  - 120x(1 min, 1 min)\n",
        "  - 100x(1 min, 1 min)\n",
        "  - 298x(1 min)\n",
        "  - repeat: 6\n    last_recovery: skip\n    steps: 1 km @ 4:30/km, 1 min\n  - 2x(1 min, walk 1 min)\n",
        "  - repeat: 100\n    last_recovery: skip\n    steps: 1 min, 1 min\n  - 2x(2 min, 1 min)\n",
        "  - repeat: 101\n    last_recovery: skip\n    steps: 1 min, 1 min\n  - 2x(2 min, 1 min)\n",
        "  - 2x(1 min, 2 min)\n  - 2x(1 min, 2 min)\n",
    ],
)
def test_a_repeat_comes_back_as_it_was_written(steps):
    text = f"workout: Test\nsteps:\n{steps}"
    assert comes_back(text) == text


def test_a_last_recovery_that_all_repeats_skip_is_the_workouts():
    text = "workout: Test\nlast_recovery: skip\nsteps:\n  - 6x(1 km @ 4:30/km, 1 min)\n  - 3x(1 min, walk 1 min)\n"
    assert comes_back(text) == text
    text = text.replace("- 3x(1 min, walk 1 min)", "repeat: 9\n    last_recovery: keep\n    steps: 1 min, walk 1 min")
    assert comes_back(text.replace("  repeat", "  - repeat")) == text.replace("last_recovery: skip\n", "", 1).replace(
        "  - 6x(1 km @ 4:30/km, 1 min)\n",
        "  - repeat: 6\n    last_recovery: skip\n    steps: 1 km @ 4:30/km, 1 min\n",
    ).replace("  repeat: 9\n    last_recovery: keep\n    steps: 1 min, walk 1 min", "  - 9x(1 min, walk 1 min)")


def test_repeats_inside_repeats_are_written_and_noted_where_the_watch_runs_none():
    recovery = step(intensity=Intensity.RECOVERY, length=MINUTE)
    steps = (step(), recovery, Jump(0, 3), replace(recovery, length=Duration(180_000)), Jump(0, 2))
    text, notes = lifted(*steps)
    assert text == "  - 2x(3x(1 km, 1 min), 3 min)\n"
    assert notes == ["step 5: `generic` runs no repeat inside a repeat this deep: compiled, it is written out"]
    deep = replace(GENERIC, nesting=2)
    assert [note for note in lift(program(*steps), deep)[1] if "names" not in note] == []


def test_a_last_repetition_with_a_repeat_in_it_is_folded_too():
    nested = replace(GENERIC, nesting=3)
    text = (
        "workout: Test\nlast_recovery: skip\nsteps:\n"
        "  - 5x(4x(1 min @ 4:00/km, 30 s), recover 3 min)\n  - cooldown: 5 min\n"
    )
    first = compile_text(text, device=nested).workouts[0]
    assert first is not None
    workout, notes = lift(first.program, nested)
    assert (write(workout), notes) == (text.replace("recover 3", "3"), [])


def test_a_repeat_that_ends_in_the_rest_of_a_split_one_can_still_skip_its_recovery():
    nested = replace(GENERIC, nesting=2)
    work, recovery = step(name="Run"), step(name="Recover", intensity=Intensity.RECOVERY, length=MINUTE)
    once = (work, recovery, Jump(0, 99), work)
    again = (work, recovery, Jump(6, 99), work)
    made = program(*once, recovery, Jump(0, 2), *again)
    workout, notes = lift(made, nested)
    result = compile_text(write(workout), device=nested).workouts[0]
    assert result is not None
    assert (result.program, notes) == (made, [])


@pytest.mark.parametrize(
    ("jump", "text", "note"),
    [
        (Jump(0, 1), "  - run: 1 km\n", "a repeat of 1 time is left out: its steps are run once"),
        (Jump(0, -5), "  - run: 1 km\n", "a repeat of -5 times is left out: its steps are run once"),
        (Jump(0, 120), "  - 120x(1 km)\n", "`generic` repeats 99 times at most: compiled, 120 are split"),
        (Jump(0, Duration(0)), None, "0 s is written as 1 s, the least there is"),
    ],
)
def test_a_repeat_beyond_the_language_is_noted(jump, text, note):
    text = text or "  - repeat: {until: 1 s}\n    steps: 1 km\n"
    assert lifted(step(), jump) == (text, [f"step 2: {note}"])


def test_repeats_too_deep_for_anybody_are_left_out():
    text, notes = lifted(step(), *[Jump(0, 2)] * DEEPEST)
    assert text == f"  - {'2x(' * 10}1 km{')' * 10}\n"
    assert notes[-1] == f"step {1 + DEEPEST}: repeats nest at most 10 deep: this one is left out"
    assert sum("repeats nest at most" in note for note in notes) == DEEPEST - 10


# --- Roles, names and cues -----------------------------------------------------------------------


@pytest.mark.parametrize("sport", ["running", "walking", "hiking"])
def test_every_role_comes_back(sport):
    roles = "".join(f"  - {role}: 1 km\n" for role in ("warmup", "run", "recover", "rest", "walk", "hike", "cooldown"))
    text = "workout: Test\n" + (f"sport: {sport}\n" if sport != "running" else "") + f"steps:\n{roles}"
    assert comes_back(text) == text


def test_a_name_of_a_pace_comes_back_as_an_own_pace():
    text = "workout: Test\nsteps:\n  - warmup 2 km @ easy\n  - run 1 km @ threshold and 180 spm\n  - run 1 km @ HR Z2\n"
    assert comes_back(text, "5 km in 22:30") == (
        "workout: Test\npaces:\n  easy: 6:13.8..5:32.6/km\n  threshold: 4:46.2/km\nsteps:\n"
        "  - warmup: 2 km @ easy\n  - run: 1 km @ threshold and 180 spm\n  - run: 1 km @ watch Z2\n"
    )


def test_a_name_for_two_paces_is_the_one_most_steps_have():
    fast, slow = Band(SPEED, 4_000, 4_200), Band(SPEED, 3_000, 3_100)
    text, notes = lifted(*(step(band, name="Run hilly") for band in (slow, fast, fast)))
    assert text.startswith("paces: {hilly: 4:10..3:58.1/km}\n")
    assert text.splitlines()[2] == '  - run: 1 km @ 3..3.1 m/s "Run hilly"'
    assert notes == []


def test_effort_is_read_from_name_and_cue():
    assert lifted(
        step(name="Run RPE 6", cue="RPE 6"),
        step(name="Run RPE 3-4", cue="RPE 3-4. tall, relaxed"),
        step(name="Run", cue="RPE 6"),
        step(name="Run RPE 11", cue="RPE 11"),
    ) == (
        "  - run: 1 km @ RPE 6\n  - run: 1 km @ RPE 3..4 -- tall, relaxed\n"
        '  - run: 1 km -- RPE 6\n  - run: 1 km "Run RPE 11" -- RPE 11\n',
        [],
    )


def test_names_that_are_not_ours_are_the_steps_own():
    assert lifted(
        step(name="Hill sprint"),
        step(name="Hill sprint", cue="drive"),
        step(name="Walking break", intensity=Intensity.RECOVERY),
        step(name="  "),
    ) == (
        '  - run: 1 km "Hill sprint"\n  - run: 1 km "Hill sprint" -- drive\n  - recover: 1 km "Walking break"\n'
        "  - run: 1 km\n",
        ["step 4: compiled, its name `  ` becomes `Run`"],
    )


@pytest.mark.parametrize("sport", ["running", "walking", "hiking"])
def test_steps_with_names_of_their_own_come_back(sport):
    first = "workout: Test\n" + (f"sport: {sport}\n" if sport != "running" else "")
    text = f'{first}steps:\n  - run: 20 s @ RPE 8 "High knees" -- up\n  - recover: 1 km "x, (y) -> z"\n'
    on_foot = {"walking": "walk", "hiking": "hike"}.get(sport, "run")
    assert comes_back(text) == text.replace("run:", f"{on_foot}:")
    text = f'{first}steps:\n  - walk: 20 s "Break"\n  - walk: 20 s "Break" -- tall\n'
    assert comes_back(text) == text.replace("walk:", f"{on_foot.replace('run', 'walk')}:")


def test_a_name_that_cannot_be_written_in_a_line_has_a_key():
    text, notes = lifted(step(name='a "b": c', cue="d"))
    assert text == "  - run: 1 km\n    name: 'a \"b\": c'\n    cue: d\n"
    assert notes == []


@pytest.mark.parametrize("unit", ["km", "mi"])
@pytest.mark.parametrize("athlete", [None, "athlete: Me\nunits: imperial\nraces: 5 km in 22:30\n"])
@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("Run 8:10-7:51", "8:00/mi"),
        ("Run 5:06-4:54", "5:00/km"),
        ("Run 12 km/h", "12 km/h"),
        ("Run 7.5 mph", "7.5 mph"),
        ("Run 3.33 m/s", "3.33 m/s"),
    ],
)
def test_a_name_tells_the_unit_it_was_written_in_whoever_runs(name, target, unit, athlete):
    made = compiled(f"workout: Test\nsteps:\n  - run: 1 km @ {target}\n")
    assert [one.name for one in made.steps] == [name]
    workout, notes = lift(made, GENERIC, unit)
    assert notes == []
    assert write(workout).endswith(f"@ {target}\n")
    assert compiled(write(workout), athlete) == made


def test_a_tolerance_of_the_workout_changes_no_unit():
    text = "workout: Test\ntolerance: 3 %\nsteps:\n  - 3x(1 km @ 4:30/km, 1 min @ 8:00/mi)\n  - run: 2 km @ 12 km/h\n"
    assert comes_back(text) == text
    mixed = text.replace("tolerance: 3 %\n", "").replace("4:30/km", "4:30/km ± 3 %")
    assert comes_back(mixed) == mixed


def test_texts_that_compile_to_others_are_noted():
    long = "x" * 300
    text, notes = lifted(step(name="Run", cue=" Größe "), step(name="Run", cue=long), name=f"  {long}", notes="a\nb")
    assert text.startswith(f"workout: {'x' * 97}...\nnotes: |-\n  a\n  b\n")
    assert [note.partition(" becomes ")[0] for note in notes] == [
        f"name: compiled, `  {'x' * 35}...`",
        "notes: compiled, `a\nb`",
        "step 1: compiled, its cue ` Größe `",
        f"step 2: compiled, its cue `{'x' * 37}...`",
    ]
    assert f"-- {long}\n" in text


def test_missing_names_are_noted_once():
    workout, notes = lift(program(step(), step(), name=""), GENERIC)
    assert workout.name == "Workout"
    assert notes == [
        "name: the file has none; compiled, it is `Workout`",
        "names: 2 steps have none in the file; compiled, each has one",
    ]


# --- Whole programs ------------------------------------------------------------------------------


@settings(max_examples=examples(60), suppress_health_check=SLOW)
@given(workouts())
def test_what_lowering_makes_comes_back_without_a_note(workout):
    # Names that stand for no number are in the units of whoever made them, which no file tells.
    [made] = compile_text(write(replace(workout, units=None)), athlete=ATHLETE).workouts
    assume(made is not None)
    # Behind an effort, a cue of which nothing can be written leaves its full stop, which no text has.
    assume(
        not any(isinstance(one, ProgramStep) and re.fullmatch(r"RPE [0-9-]+\.", one.cue) for one in made.program.steps)
    )
    back, notes = lift(made.program, made.device)
    assert notes == []
    text = write(back)
    assert compiled(text) == made.program, text


numbers = st.sampled_from([-1, 0, 1, 2, 30, 31, 99, 100, 150, 220, 300, 500, 3_267, 3_400, 12_000, 65_535, 2**32 - 1])
words = st.sampled_from(
    ["", "Run", "Run easy", "Warm up", "Go", "RPE 6", "RPE 6. go", "Größe", "日", "\x1b[1m\n$a", " "]
)
targets = st.none() | st.builds(Zone, st.sampled_from([HEART_RATE, POWER]), numbers)
targets |= st.builds(Band, st.sampled_from(Quantity), numbers, numbers)
amounts = st.builds(Duration, numbers) | st.builds(Distance, numbers)
lengths = amounts | st.just(Lap()) | st.builds(UntilHeartRate, st.sampled_from(["below", "above"]), numbers)


def without_crossing_jumps(steps: list[ProgramStep | Jump]) -> tuple[ProgramStep | Jump, ...]:
    """As readers of files leave them: each jump leads back to where a block starts."""
    kept: list[ProgramStep | Jump] = []
    starts: list[int] = []
    for one in steps:
        if isinstance(one, Jump) and one.to not in starts:
            continue
        starts = [start for start in starts if start <= one.to] if isinstance(one, Jump) else [*starts, len(kept)]
        kept.append(one)
    return tuple(kept)


wild = st.builds(
    Program,
    name=words,
    sport=st.sampled_from(Sport),
    steps=st.lists(
        st.builds(ProgramStep, st.sampled_from(Intensity), lengths, targets, targets, words, words)
        | st.builds(Jump, st.integers(-1, 8), numbers | amounts),
        min_size=1,
        max_size=12,
    )
    .map(without_crossing_jumps)
    .filter(bool),
    notes=words,
)
REFUSED = {"unsupported", "too-many-steps"}
"""What a watch cannot run however it is written: too many steps, or repeats until an amount inside others."""


@settings(max_examples=examples(150), suppress_health_check=SLOW)
@given(programs() | wild)
def test_foreign_programs_compile_to_the_same_or_a_note_says_where_not(made):
    assume(any(isinstance(one, ProgramStep) for one in made.steps))
    workout, notes = lift(made, GENERIC)
    text = write(workout)
    result = compile_text(text)
    if result.workouts[0] is None:
        assert {one.code for one in result.diagnostics if one.severity.value == "error"} <= REFUSED, text
        return
    again = result.workouts[0].program
    places = {note.partition(":")[0] for note in notes}
    for place in ("name", "notes"):
        assert getattr(made, place) == getattr(again, place) or place in places
    assert made.sport is again.sport
    if [type(one) for one in made.steps] != [type(one) for one in again.steps]:
        assert any("repeat" in note for note in notes), notes
        return
    for number, (one, other) in enumerate(zip(made.steps, again.steps, strict=True), start=1):
        is_named = isinstance(one, Jump) or one.name
        other = other if is_named else replace(other, name="")
        assert is_named or "names" in places
        assert one == other or f"step {number}" in places, (one, other, notes)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not beside the checkout")
def test_what_a_watch_holds_compiles_to_the_same_but_for_texts():
    count = 0
    for file in sorted(REAL.iterdir()):
        try:
            made, _ = to_program(read(file.read_bytes()))
        except FitReadError:
            assert "SCHEDULE" in file.name
            continue
        count += 1
        workout, notes = lift(made, GENERIC)
        again = compiled(write(workout))
        for one, other in zip(made.steps, again.steps, strict=True):
            assert isinstance(one, Jump) or (one.length, one.target) == (other.length, other.target)
        assert all(note.startswith(("name:", "names:")) or "compiled, its " in note for note in notes), notes
    assert count > 15


def test_differences_are_told_with_their_places():
    one = program(step(name="Run"), Jump(0, 3), step(), name="A", notes="n")
    two = program(step(Zone(HEART_RATE, 2), name="Run Z2", cue="x"), Jump(0, 4), step(name="Run"), name="B")
    assert differences(one, one) == []
    assert differences(one, replace(two, sport=Sport.HIKING)) == [
        "name: compiled, it is `B`",
        "sport: compiled, it is hiking",
        "notes: compiled, they are ``",
        "step 1: compiled, its target is heart rate zone 2 instead of open",
        "step 1: compiled, its name is `Run Z2` instead of `Run`",
        "step 1: compiled, its cue is `x` instead of ``",
        "step 2: compiled, its count is 4 instead of 3",
    ]
    assert differences(program(step()), program(step(), Jump(0, 2))) == [
        "steps: compiled, the repeats are laid out otherwise, in 2 steps instead of 1"
    ]


def test_every_watch_gives_its_own_programs_back():
    text = "workout: Test\nsteps:\n  - 120x(1 min, 1 min)\n"
    for profile in filter(attrgetter("step_name"), devices().values()):
        made = compile_text(text, device=profile).workouts[0]
        assert made is not None
        assert lift(made.program, profile)[1] == []
