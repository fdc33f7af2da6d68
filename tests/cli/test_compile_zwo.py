"""``negsplit compile --format zwo``, and ``import`` with what a file of Zwift does not say."""

from pathlib import Path

import pytest

from strategies.spring_plan import ATHLETE, PLAN

WORKOUT = "workout: Größe\nsteps: warmup 10 min @ 6:00/km, 2x(3 min @ 4:00/km, 1 min)\n"
WHO = ("--athlete", "threshold 4:30/km")


def test_a_workout_becomes_a_file_beside_its_source(write, cli):
    write("x.workout.yaml", WORKOUT)
    run = cli("compile", "x.workout.yaml", "--format", "zwo", *WHO)
    assert (run.status, run.codes) == (0, ["degraded"])
    assert run.out == "x.zwo: Größe, 3 steps and 1 repeat, about 18:00, 3.48 km, exact\n"
    for arguments in (("-o", "y.zwo"), ("-o", "y.zwo", "--device", "zwo"), ("-o", "y.zwo", "--zwo-pace", "10k")):
        assert cli("compile", "x.workout.yaml", *WHO, *arguments).status == 0
        assert Path("y.zwo").read_bytes() == Path("x.zwo").read_bytes()
    assert cli("compile", "x.workout.yaml", *WHO, "-o", "y.zwo", "--zwo-pace", "5k").status == 0
    assert 'pace="1"' in Path("y.zwo").read_text("utf-8")


def test_without_an_athlete_nothing_is_written(write, cli):
    write("x.workout.yaml", WORKOUT)
    run = cli("compile", "x.workout.yaml", "--format", "zwo")
    assert (run.status, run.codes) == (1, ["needs-athlete"])
    assert not Path("x.zwo").exists()


def test_only_a_workout_is_written_over(write, cli):
    write("x.workout.yaml", WORKOUT)
    write("x.zwo", "<notes/>")
    assert cli("compile", "x.workout.yaml", *WHO, "--format", "zwo").codes == ["degraded", "file-exists"]
    assert cli("compile", "x.workout.yaml", *WHO, "--format", "zwo", "--force").status == 0
    assert cli("compile", "x.workout.yaml", *WHO, "--format", "zwo").status == 0


def test_a_plan_becomes_a_folder_of_them(write, cli):
    write("spring.plan.yaml", PLAN)
    assert cli("compile", "spring.plan.yaml", "-o", "out", "--format", "zwo", *ATHLETE).status == 0
    assert sorted({path.suffix for path in Path("out").iterdir()}) == [".ics", ".json", ".zwo"]
    assert cli("compile", "spring.plan.yaml", "-o", "out", "--format", "zwo", *ATHLETE).status == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--format", "zwo", "-o", "x.fit"), "here, only in `.zwo`"),
        (("--format", "zwo", "--device", "connect"), "leave --device out"),
        (("--format", "fit", "--device", "zwo"), "`--format zwo`"),
        (("--format", "zwo", "--verify"), "`--format zwo` writes none"),
        (("--zwo-pace", "5k"), "`--zwo-pace` is for `--format zwo`"),
        (("--format", "zwo", "--zwo-pace", "800m"), "--zwo-pace takes mile"),
    ],
)
def test_options_that_do_not_agree(write, cli, arguments, words):
    write("x.workout.yaml", WORKOUT)
    run = cli("compile", "x.workout.yaml", *arguments)
    assert run.status == 2
    assert words in run.err


def test_what_a_file_does_not_say_is_asked_for(write, cli):
    write(
        "x.zwo",
        "<workout_file><name>X</name><sportType>run</sportType><durationType>time</durationType><workout>"
        '<Warmup Duration="600" PowerLow="0.6" PowerHigh="0.8"/></workout></workout_file>',
    )
    run = cli("import", "x.zwo")
    assert (run.status, run.codes) == (1, ["refused"])
    assert "--base threshold" in run.err
    assert "10 min @ 60..80 % mile" in cli("import", "x.zwo", "--base", "mile").out
    assert "10 min @ 60 % mile -> 80 % mile in 4" in cli("import", "x.zwo", "--base", "mile", "--ramps", "4").out
    assert cli("import", "x.zwo", "--ramps", "1").status == 2
