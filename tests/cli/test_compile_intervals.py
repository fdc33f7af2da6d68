"""``negsplit compile --format intervals``: the workout text of intervals.icu."""

from __future__ import annotations

from pathlib import Path

import pytest

from strategies.spring_plan import ATHLETE, contents, manifest

WORKOUT = "workout: Größe\nsteps: warmup 10 min, 3x(400 m @ 4:00..3:50/km, 1 min)\n"
TEXT = "- 10m intensity=warmup\n\n3x\n- 0.4km 4:00-3:50/km Pace\n- 1m intensity=recovery\n"


def test_a_workout_becomes_a_text_beside_its_source(write, cli):
    write("x.workout.yaml", WORKOUT)
    run = cli("compile", "x.workout.yaml", "--format", "intervals")
    assert (run.status, run.err) == (0, "")
    assert run.out == "x.txt: Größe, 3 steps and 1 repeat, about 17:42, exact\n"
    assert Path("x.txt").read_text(encoding="utf-8") == TEXT
    assert cli("compile", "x.workout.yaml", "--device", "intervals", "-o", "y.txt").status == 0
    assert Path("y.txt").read_bytes() == Path("x.txt").read_bytes()


def test_a_heart_rate_without_a_threshold_writes_nothing(write, cli):
    write("x.workout.yaml", "workout: T\nsteps: 10 min @ HR 148..156\n")
    run = cli("compile", "x.workout.yaml", "--format", "intervals")
    assert (run.status, run.codes) == (1, ["unsupported"])
    assert not Path("x.txt").exists()
    write("athlete.yaml", "athlete: A\nraces: [5 km in 22:30]\nheart_rate: {threshold: 170}\n")
    run = cli("compile", "x.workout.yaml", "--format", "intervals")
    assert (run.status, run.codes) == (0, ["degraded"])
    assert Path("x.txt").read_text(encoding="utf-8") == "- 10m 87-92% LTHR\n"


def test_only_a_workout_s_text_is_written_over(write, cli):
    write("x.workout.yaml", WORKOUT)
    write("x.txt", "- milk\n- 10m of rope\n")
    assert cli("compile", "x.workout.yaml", "--format", "intervals").codes == ["file-exists"]
    assert cli("compile", "x.workout.yaml", "--format", "intervals", "--force").status == 0
    assert cli("compile", "x.workout.yaml", "--format", "intervals").status == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--format", "intervals", "-o", "x.fit"), "here, only in `.txt`"),
        (("--format", "intervals", "--device", "connect"), "leave --device out"),
        (("--format", "connect", "--device", "intervals"), "leave --device out"),
        (("--format", "fit", "--device", "intervals"), "`--format intervals`"),
        (("--format", "intervals", "--verify"), "`--format intervals` writes none"),
    ],
)
def test_options_that_do_not_agree(write, cli, arguments, words):
    write("x.workout.yaml", WORKOUT)
    run = cli("compile", "x.workout.yaml", *arguments)
    assert run.status == 2
    assert words in run.err


def test_a_plan_becomes_a_folder_of_texts_and_back(plan, cli):
    plan()
    assert cli("compile", "spring.plan.yaml", "--format", "intervals", "-q", *ATHLETE).status == 0
    names = list(contents("spring"))
    assert len([name for name in names if name.endswith(".txt")]) == 8
    assert names[0] == "2026-12-01-w01-tue.txt"
    assert [one["name"] for one in manifest()["files"]] == names[:8]
    assert {one["serial_number"] for one in manifest()["files"]} == {None}
    assert cli("compile", "spring.plan.yaml", "--format", "connect", "-q", *ATHLETE).status == 0
    assert not [name for name in contents("spring") if name.endswith(".txt")]
