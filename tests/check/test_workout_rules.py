"""What the rules for workouts hold to beyond their cases: sugar is nothing special, and what is exempt stays so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings

from negsplit import compile_text, render
from negsplit.check import check_workout
from negsplit.check.rules import every_rule
from negsplit.check.subject import WorkoutSubject
from negsplit.compile import CompiledWorkout
from negsplit.diagnostics import Severity
from negsplit.document.write import write
from strategies.examples import examples
from strategies.models import workouts
from work import at_most_calls

ROOT = Path(__file__).parents[2]
ATHLETE = """\
athlete: Somebody
races: 5 km in 20:00
heart_rate: {max: 190, rest: 45, threshold: 172}
power: {critical: 290 W}
"""
READY = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "workouts").glob("*.workout.yaml"))}
CASES = [
    pytest.param(case["workout"], id=f"{path.stem}: {case['name']}")
    for path in sorted((Path(__file__).parent / "cases").glob("S-*.yaml"))
    for case in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    if "workout" in case
]


def compiled(text: str, athlete: str | None = "5 km in 22:30") -> CompiledWorkout:
    result = compile_text(text, athlete=athlete, files=READY)
    [workout] = result.workouts
    assert workout is not None, "\n".join(map(render, result.diagnostics))
    return workout


def said(workout: CompiledWorkout) -> list[tuple[str, str, Severity]]:
    """All that the rules for sessions find, of every step and before anything is set aside.

    But for `S-FLOAT`: it asks for a word, `run`, that a text written again leaves out where it can.
    """
    subject = WorkoutSubject(workout)
    return [
        (rule.code, found.message, found.severity)
        for rule in every_rule().values()
        if rule.code.startswith("S-") and rule.code != "S-FLOAT"
        for found in rule.find(subject)
    ]


def codes(text: str, athlete: str | None = "5 km in 22:30") -> list[str]:
    return [found.code for found in check_workout(compiled(text, athlete)) if found.code.startswith("S-")]


# --- Sugar --------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [*CASES, *(pytest.param(text, id=name) for name, text in READY.items())])
def test_a_workout_is_judged_as_what_it_stands_for(text):
    for athlete in ("5 km in 19:57", "5 km in 30:40"):
        sugar = compiled(text, athlete)
        assert said(sugar) == said(compiled(write(sugar.expanded), athlete)), athlete


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(workouts())
def test_any_workout_is_judged_as_what_it_stands_for(workout):
    [sugar] = compile_text(write(workout), athlete=ATHLETE).workouts
    assume(sugar is not None)
    spelt_out = compiled(write(sugar.expanded), ATHLETE)
    one, other = WorkoutSubject(sugar), WorkoutSubject(spelt_out)
    # What wrote a step counts before what it looks like: two rounds of a progression are one to whoever wrote it so.
    assume((one.is_progression, one.is_walk_run) == (other.is_progression, other.is_walk_run))
    assert said(sugar) == said(spelt_out)


def test_a_rule_speaks_once_of_a_line_however_often_it_is_run():
    assert codes("workout: T\nsteps: warmup 10 min, 8x(20 s @ mile, walk 1 min), cooldown 5 min\n") == ["S-SHORTPACE"]
    assert (
        codes("workout: T\nsteps: warmup 10 min, 500x(20 s @ mile, 20 s), cooldown 5 min\n").count("S-SHORTPACE") == 1
    )


# --- What is exempt ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in READY if name.startswith(("walk-run", "galloway", "walk-breaks"))])
@pytest.mark.parametrize("athlete", [None, "5 km in 40:00", "5 km in 22:30", "5 km in 14:00"])
def test_walking_is_no_mistake(name, athlete):
    assert codes(READY[name], athlete) == []


def test_walks_between_intervals_do_not_make_a_walk_run():
    assert codes("workout: T\nsteps: 6x(400 m @ 5k, walk 2 min)\n") == ["S-COOL", "S-WARMUP"]
    assert codes("workout: T\nsteps: 6x(run 2 min @ RPE 4, walk 1 min)\n") == []


@pytest.mark.parametrize("name", READY)
def test_the_ready_workouts_are_clean_for_whom_they_are_written(name):
    assert codes(READY[name], (ROOT / "workouts" / "athlete.yaml").read_text(encoding="utf-8")) == []


def test_a_workout_sets_a_rule_aside():
    text = "workout: T\nsteps: 5x(1 km @ interval, 3 min), cooldown 10 min\n"
    assert codes(text) == ["S-WARMUP"]
    assert codes(text.replace("steps", "lint: {S-WARMUP: off}\nsteps")) == []


# --- Speeds, never names ---------------------------------------------------------------------------


def test_paces_of_ones_own_are_judged_by_their_speed():
    paces = "paces: {easy: 4:40/km, fast: 4:30/km, swift: 4:20/km}"
    named = f"workout: T\n{paces}\nsteps: 3 km @ easy, 3 km @ fast, 3 km @ swift\n"
    plain = "workout: T\nsteps: 3 km @ 4:40/km, 3 km @ 4:30/km, 3 km @ 4:20/km\n"
    assert codes(named) == codes(plain) != []


def test_what_is_not_known_is_not_judged():
    hard = "workout: T\nsteps: 20 min @ 4:00/km, 20 min @ 3:50/km, 20 min @ 3:40/km\n"
    assert codes(hard, None) == []
    assert "S-COOL" in codes(hard)
    assert codes("workout: T\nsteps: 20 min @ HR 170..180\n", "5 km in 22:30") == []
    assert codes("workout: T\nsteps: 20 min @ HR 170..180\n", ATHLETE) == ["S-COOL", "S-WARMUP"]


# --- Kinds --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("before", "is_one"), [("20 min", True), ("21 min", False), ("30 min", False)])
def test_a_walk_run_takes_turns_for_half_of_its_running(before, is_one):
    text = f"workout: T\nsteps: {before} @ easy, recover 1 min, 4x(5 min @ easy, walk 1 min)\n"
    assert WorkoutSubject(compiled(text)).is_walk_run is is_one


@pytest.mark.parametrize(
    ("item", "is_one"),
    [
        ("{progression: ramp, total: 20 min, in: 4, from: 5:00/km, to: 5:30/km}", True),  # slower from part to part
        ("{ladder: '1 min, 2 min, 3 min', at: 5k, recover: 1 min}", False),
        ("{walk_run: run 2 min / walk 1 min, total: 24 min}", False),
    ],
)
def test_what_a_progression_wrote_is_one_whichever_way_it_goes(item, is_one):
    assert WorkoutSubject(compiled(f"workout: T\nsteps:\n  - {item}\n")).is_progression is is_one


@pytest.mark.parametrize(("high", "said"), [(89, []), (90, ["W-EASY"])])
def test_easy_running_ends_behind_its_last_beat(high, said):
    athlete = "athlete: A\nheart_rate: {threshold: 100}\n"
    text = f"workout: T\ntags: walk-run\nsteps: 8x(run 2 min @ HR 75..{high}, walk 1 min)\n"
    assert [one.code for one in check_workout(compiled(text, athlete)) if one.code == "W-EASY"] == said


# --- What can be done ------------------------------------------------------------------------------

RACES = ("1 mi @ mile", "3 km @ 3k", "5 km @ 5k", "10 km @ 10k", "21.0975 km @ half", "42.195 km @ marathon")


@pytest.mark.parametrize("athlete", ["5 km in 15:00", "5 km in 22:30", "5 km in 38:00"])
@pytest.mark.parametrize("race", RACES)
def test_every_race_pace_can_be_held_over_its_race_and_not_twice_as_far(race, athlete):
    text = f"workout: T\nsteps: warmup 10 min, {race}, cooldown 10 min\n"
    assert "S-FEASIBLE" not in codes(text, athlete)
    if "marathon" not in race:  # beyond it the curve is extrapolated, and nearly flat
        assert "S-FEASIBLE" in codes(text.replace(race, f"{race}, {race}"), athlete)


@pytest.mark.parametrize(
    "line", ["30 min @ 10:30/km", "30 min @ 10:50..10:20/km", "40 min @ 114..129 % threshold", "8 km @ 5:00/mi"]
)
def test_what_was_meant_can_be_run(line):
    (said,) = [one for one in check_workout(compiled(f"workout: T\nsteps: {line}\n")) if one.code == "S-FEASIBLE"]
    meant = re.fullmatch(r"did you mean `(.+)`\?", said.help[0])
    assert meant
    length = line.split(" @ ")[0]
    assert "S-FEASIBLE" not in codes(f"workout: T\nsteps: {length} @ {meant[1]}\n")


def test_a_workout_of_hundreds_of_fast_runs_is_judged_quickly():
    workout = compiled("workout: T\nsteps: 390x(200 m @ mile)\n")
    with at_most_calls(2_000_000):
        assert "S-FEASIBLE" in [one.code for one in check_workout(workout)]
