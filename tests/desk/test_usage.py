"""What the desk refuses is wrong usage of the very command that asked for it."""

import pytest

from strategies.spring_plan import ATHLETE


@pytest.mark.parametrize(
    ("command", "arguments", "words"),
    [
        (
            "compile",
            ("spring.plan.yaml", "-o", "spring.svg"),
            "-o cannot end in `.svg` here",
        ),
        ("compile", ("spring.plan.yaml", "--weeks", "9"), "--weeks: "),
        ("plan show", ("spring.plan.yaml", "--weeks", "9"), "--weeks: "),
        ("new", ("",), "the name of the file to write is empty"),
        ("athlete init", ("me.workout.yaml",), "`me.workout.yaml` is what a workout file is called"),
        ("upload", ("spring.plan.yaml",), "`spring.plan.yaml` is a plan: `negsplit sync spring.plan.yaml`"),
    ],
)
def test_the_command_is_named_whose_help_says_what_there_is(plan, cli, state_folder, command, arguments, words):
    plan()
    athlete = ATHLETE if command in ("compile", "plan show") else ()
    run = cli(*command.split(), *arguments, *athlete)
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith(f"error: {words}")
    assert run.err.endswith(f"\n  help: `negsplit {command} --help` lists what there is\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("easy.workout.yaml", "--weeks", "1"), "--weeks is for plans, and no plan is named"),
        (("easy.workout.yaml", "--schedule"), "--schedule is for plans, and no plan or SCHEDULE.FIT is"),
    ],
)
def test_of_a_copy_to_the_watch_too(write, cli, watch, arguments, words):
    write("easy.workout.yaml")
    run = cli("watch", "copy", *arguments)
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith(f"error: {words}")
    assert run.err.endswith("\n  help: `negsplit watch copy --help` lists what there is\n")
