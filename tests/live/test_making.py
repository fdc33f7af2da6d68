"""What comes of a file: the page that ``show -o`` writes, the messages that ``check`` prints, and all that went in."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from negsplit.cli import program
from negsplit.desk.compiler import Compiler
from negsplit.diagnostics import Severity
from negsplit.live.making import made
from negsplit.program.device import devices

ATHLETE = "athlete: Anna\nraces: [5 km in 22:30]\n"
WORKOUT = (
    "workout: Cruise\nsteps:\n  - warmup 15 min @ easy\n  - 4x(1 mi @ threshold, 1 min)\n  - cooldown 10 min @ easy\n"
)
PLAN = """\
plan: Spring
start: 2027-03-01
weeks: 3
sessions:
  - {on: tue, use: cruise.workout.yaml}
  - {on: sun, steps: run $total @ easy, with: {total: 40 min -> 90 min}}
"""


def make(path, athlete=None, weeks=None, **options):
    return made(Path(path), Compiler(devices()["generic"], athlete), weeks, **options)


def command(*arguments):
    result = CliRunner().invoke(program, list(map(str, arguments)), prog_name="negsplit")
    return result.exit_code, result.output


@pytest.fixture(autouse=True)
def files(desk):
    (desk / "athlete.yaml").write_text(ATHLETE)
    (desk / "cruise.workout.yaml").write_text(WORKOUT)
    (desk / "spring.plan.yaml").write_text(PLAN)


@pytest.mark.parametrize("words", [["show", "cruise.workout.yaml"], ["plan", "show", "spring.plan.yaml"]])
def test_the_page_is_the_one_that_the_command_writes(desk, words):
    assert command(*words, "-o", "page.html", "-q") == (0, "")
    assert make(words[-1]).page == (desk / "page.html").read_text()


def test_weeks_and_notes_are_those_of_the_command(desk):
    for arguments, options in ((["--weeks", "2-3"], {"weeks": "2-3"}), (["-v"], {"notes": True})):
        command("plan", "show", "spring.plan.yaml", "-o", "page.html", *arguments)
        assert make("spring.plan.yaml", **options).page == (desk / "page.html").read_text()
        (desk / "page.html").unlink()


def test_weeks_that_a_plan_has_no_more_are_a_mistake_in_it():
    found = make("spring.plan.yaml", weeks="3-4")
    assert found.page is None
    assert found.messages[-1].text.startswith("error[weeks]: ")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("cruise.workout.yaml", WORKOUT.replace("threshold", "treshold").replace("15 min", "15")),
        ("cruise.workout.yaml", WORKOUT.replace("  - warmup 15 min @ easy\n", "")),
        ("cruise.workout.yaml", WORKOUT.replace("easy", "esy") + "---\n" + WORKOUT),
        ("cruise.workout.yaml", ""),
        ("cruise.workout.yaml", "workout: [\n"),
        ("athlete.yaml", "athlete: Anna\nraces: [5 km in 2:30]\n"),
        ("spring.plan.yaml", PLAN.replace("cruise.", "cruse.")),
        ("spring.plan.yaml", PLAN.replace("weeks: 3", "weeks: 6").replace("90 min", "4 h")),
    ],
)
def test_the_messages_are_those_of_check(desk, path, text):
    (desk / path).write_text(text)
    shown = "spring.plan.yaml" if path == "spring.plan.yaml" else "cruise.workout.yaml"
    found = make(shown)
    status, printed = command("check", shown, "-v")
    assert "".join(f"{one.text}\n" for one in found.messages) == printed.rpartition("1 file: ")[0] != ""
    assert (found.page is None) == bool(status) == any(one.severity is Severity.ERROR for one in found.messages)


def test_a_file_that_is_away_is_a_mistake():
    found = make("nothing.workout.yaml")
    assert found.page is None
    assert found.messages[0].text.startswith("error[unreadable]: ")


def followed(found):
    """The names of the files and folders in the desk, and of those above the folder named."""
    here = Path.cwd()
    return {os.path.relpath(here / one, here) for one in found.looked_at if (here / one).is_relative_to(here)}


def test_a_workout_is_followed_with_its_athlete_and_with_those_it_uses(desk):
    (desk / "main.workout.yaml").write_text(
        "workout: Main\nsteps: [use: cruise.workout.yaml, use: away.workout.yaml]\n"
    )
    wanted = {"main.workout.yaml", "cruise.workout.yaml", "away.workout.yaml", "athlete.yaml", "."}
    assert followed(make("main.workout.yaml")) == wanted


def test_a_plan_is_followed_with_its_athlete_even_one_that_is_not_there(desk):
    (desk / "spring.plan.yaml").write_text(PLAN + "athlete: runners/anna.athlete.yaml\n")
    wanted = {"spring.plan.yaml", "cruise.workout.yaml", "runners/anna.athlete.yaml"}
    assert followed(make("spring.plan.yaml")) == wanted
    (desk / "runners").mkdir()
    (desk / "runners" / "anna.athlete.yaml").write_text(ATHLETE)
    assert followed(make("spring.plan.yaml")) == wanted


def test_the_folders_above_are_followed_where_an_athlete_may_come_to_be(desk, tmp_path):
    (desk / "athlete.yaml").unlink()
    looked_at = {os.path.realpath(one) for one in make("cruise.workout.yaml").looked_at}
    assert looked_at == {*map(str, (desk, desk / "cruise.workout.yaml", tmp_path, tmp_path / "configuration"))}


def test_an_athlete_that_is_named_is_followed_and_no_other():
    Path("me.yaml").write_text(ATHLETE)
    assert followed(make("cruise.workout.yaml", "me.yaml")) == {"cruise.workout.yaml", "me.yaml"}
    assert followed(make("cruise.workout.yaml", "5 km in 20:00")) == {"cruise.workout.yaml"}


def test_a_library_is_followed_where_a_file_of_it_may_come_to_be(desk):
    (desk / "library").mkdir()
    (desk / "main.workout.yaml").write_text("workout: Main\nsteps: [use: a.workout.yaml]\n")
    compiler = Compiler(devices()["generic"], "5 km in 20:00", desk / "library")
    assert followed(made(Path("main.workout.yaml"), compiler)) == {
        "main.workout.yaml",
        "a.workout.yaml",
        "library/a.workout.yaml",
    }
