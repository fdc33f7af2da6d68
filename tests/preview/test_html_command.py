"""``negsplit show --format html``: the page as it comes out of the program."""

import html
import json

import pytest
from click.testing import CliRunner

from negsplit.cli import program

LONG = "breathe " * 30


@pytest.fixture
def show(tmp_path, monkeypatch):
    """Writes a workout to the desk and shows it as a page."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NEGSPLIT_CONFIG_DIR", str(tmp_path / "nothing"))

    def run(text, *options):
        (tmp_path / "x.workout.yaml").write_text(text, encoding="utf-8")
        command = ["show", "x.workout.yaml", "--format", "html", *options]
        return CliRunner().invoke(program, command, prog_name="negsplit")

    return run


def test_a_page_goes_to_standard_output_a_file_or_a_folder(show, tmp_path):
    workout = "workout: W\nsteps: 10 min @ easy\n"
    runner = ("--athlete", "5 km in 22:30")
    printed = show(workout, *runner)
    assert (printed.exit_code, printed.stderr) == (0, "")
    assert printed.stdout.startswith("<!doctype html>\n")
    assert "Running, for 5 km in 22:30" in printed.stdout
    for out, place in (("a/w.html", "a/w.html"), ("b", "b/x.html")):
        run = show(workout, *runner, "-o", out)
        assert (run.exit_code, run.stdout) == (0, f"{place}: W\n")
        assert (tmp_path / place).read_bytes() == printed.stdout.encode()


def test_all_workouts_of_a_file_come_on_one_page(show, tmp_path):
    run = show("workout: A\nsteps: 10 min\n---\nworkout: B\nsteps: 11 min\n", "-o", "both.html")
    assert (run.exit_code, run.stdout) == (0, "both.html: A, B\n")
    assert (tmp_path / "both.html").read_text().count("<article>") == 2


def test_the_athlete_gives_name_and_units(show, tmp_path):
    (tmp_path / "athlete.yaml").write_text("athlete: Jörg\nunits: imperial\nraces: 5 km in 22:30\n", encoding="utf-8")
    run = show("workout: W\nsteps: 1 mi @ threshold\n")
    assert "Running, for Jörg" in html.unescape(run.stdout)
    assert "7:50-7:32/mi" in run.stdout
    assert run.stdout.isascii()


def test_what_the_watch_cannot_do_is_on_the_page(show):
    run = show(f"workout: W\nsteps:\n  - run: 10 min\n    cue: {LONG}\n")
    assert "error" not in run.stderr
    assert "<li>the cue has 239 characters, the watch keeps 199: it is cut</li>" in run.stdout


def test_a_workout_at_fault_has_no_page(show, tmp_path):
    run = show("workout: W\nsteps: 10\n", "-o", "w.html")
    assert run.exit_code == 1
    assert not (tmp_path / "w.html").exists()


def test_hostile_text_stays_text(show):
    script = json.dumps('<script>alert(1)</script>"\x1b\u202e')
    text = f"workout: {script}\nnotes: {script}\nsteps:\n  - run: 10 min\n    cue: {script}\n"
    run = show(text, "--athlete", "5 km in 22:30")
    assert run.exit_code == 0
    assert "<script" not in run.stdout
    assert html.unescape(run.stdout).count("<script>alert(1)") >= 5
    assert not set("\x1b\u202e") & set(html.unescape(run.stdout))
