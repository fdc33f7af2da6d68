"""``negsplit show``: the table, the data, and the language written out."""

import json
import os
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from negsplit.preview.palette import DARK_TERMINAL, LIGHT_TERMINAL

NESTED = """\
workout: Nested intervals
sport: track_running
notes: Comfortably hard; stop while it still feels controlled. Skip the last one when it does not any more.
steps:
  - warmup: 15 min @ easy -- settle in, keep the shoulders low and breathe through the nose until you feel warm all over
  - repeat: 4
    steps:
      - run: 1 mi @ threshold and 175..185 spm -- tall, relaxed
      - repeat: 3
        steps: 100 m @ mile -- quick, 50 m
      - recover: 1 min
  - run: until HR > 150 bpm
  - walk: 2 min
  - repeat: {until: 3 km}
    steps:
      - run: 300 m @ 12..13 km/h
      - rest: lap
  - run: 5 min @ RPE 6 -- strong
  - run: 5 min @ Z3
  - cooldown: 10 min @ HR 120..140
"""
ATHLETE = ("--athlete", "5 km in 22:30")
HERE = Path(__file__).parent


def test_a_nested_workout_as_a_table(write, cli, golden):
    write("nested.workout.yaml", NESTED)
    run = cli("show", "nested.workout.yaml", *ATHLETE)
    assert (run.status, run.err) == (0, "")
    golden(HERE / "nested.txt", run.out)


def test_the_table_follows_the_terminal(write, cli, golden, monkeypatch):
    write("nested.workout.yaml", NESTED)
    for columns in (60, 120):
        monkeypatch.setattr("negsplit.cli.console.width", lambda *_, columns=columns: columns)
        run = cli("show", "nested.workout.yaml", *ATHLETE)
        assert max(map(len, run.out.splitlines())) <= columns
        golden(HERE / f"nested-{columns}.txt", run.out)


def test_several_documents_are_shown_one_below_the_other(write, cli):
    write("x.workout.yaml", "workout: a\nsteps: 10 min\n---\nworkout: b\nsteps: 11 min @ 8:00/mi\n")
    write("athlete.yaml", "athlete: Me\nunits: imperial\n")
    first, second = cli("show", "x.workout.yaml").out.split("\n\n\n")
    assert first.startswith("a (running)\n\nRun  10 min  open\n\n")
    assert first.endswith(
        "\n\n1 step, exact, for Me\ntime      10:00, as written\n"
        "distance  unknown, needs a race result or a threshold pace\n"
        "load      about 11 (9-12), 100 is an hour at threshold effort\n"
        "zones     Z2 10:00 (0:00-10:00); shares of threshold effort"
    )
    assert second.startswith("b (running)\n\nRun  11 min  8:10-7:51/mi\n\n")
    assert "distance  about 1.38 mi (1.35-1.4), the middle of each pace range\n" in second


def test_data_for_programs(write, cli):
    write("x.workout.yaml", "workout: Größe\nsteps: 10 min @ RPE 3, 3x(400 m @ 4:00/km and 180 spm, rest)\n")
    run = cli("show", "x.workout.yaml", "--format", "json")
    assert run.status == 0
    data = json.loads(run.out)
    assert list(data) == ["workouts"]
    (workout,) = data["workouts"]
    assert list(workout) == ["name", "sport", "notes", "estimate", "steps", "fidelity", "degraded"]
    assert (workout["name"], workout["fidelity"]) == ("Groesse", "degraded")
    assert workout["degraded"] == ["the name is shown as `Groesse`"]
    assert [step["kind"] for step in workout["steps"]] == ["step", "step", "step", "repeat"]
    assert workout["steps"][3] == {"index": 3, "kind": "repeat", "from": 1, "times": 3}
    assert run.out.isascii()


def test_the_language_written_out_compiles_to_the_same(write, cli):
    write("x.workout.yaml", "workout: x\nsteps:\n  - progression: thirds\n    total: 12 km\n")
    write("many.workout.yaml", "workout: a\nsteps: 10 min\n---\nworkout: b\nsteps: walk 11 min\n")
    for name, count in (("x", 1), ("many", 2)):
        run = cli("show", f"{name}.workout.yaml", "--expand", *ATHLETE)
        assert run.status == 0
        assert "progression" not in run.out
        write(f"again/{name}.workout.yaml", run.out)
        assert cli("compile", f"{name}.workout.yaml", f"again/{name}.workout.yaml", *ATHLETE).status == 0
        for number in ("", "-2")[:count]:
            assert Path(f"{name}{number}.fit").read_bytes() == Path(f"again/{name}{number}.fit").read_bytes()


@pytest.mark.parametrize(
    ("options", "ending"),
    [([], ".txt"), (["--format", "json"], ".json"), (["--format", "svg"], ".svg"), (["--expand"], ".yaml")],
)
def test_out_is_a_file_or_a_folder(write, cli, options, ending):
    write("x.workout.yaml")
    shown = cli("show", "x.workout.yaml", *options).out
    run = cli("show", "x.workout.yaml", *options, "-o", f"a/b{ending}")
    assert (run.status, run.out) == (0, f"a/b{ending}: x\n")
    assert Path(f"a/b{ending}").read_text() == shown
    assert cli("show", "x.workout.yaml", *options, "-o", "folder", "-q") == (0, "", "")
    assert Path(f"folder/x{ending}").read_text() == shown


@pytest.mark.parametrize("form", ["text", "json", "svg", "html"])
def test_the_file_to_write_says_the_form(write, cli, form):
    write("x.workout.yaml")
    ending = ".txt" if form == "text" else f".{form}"
    assert cli("show", "x.workout.yaml", "--format", form, "-o", f"asked{ending}").status == 0
    assert cli("show", "x.workout.yaml", "-o", f"meant{ending.upper()}").status == 0
    assert Path(f"meant{ending.upper()}").read_bytes() == Path(f"asked{ending}").read_bytes()


def test_a_folder_that_ends_like_a_form_is_a_folder(write, cli):
    write("x.workout.yaml")
    os.mkdir("pictures.svg")
    assert cli("show", "x.workout.yaml", "-o", "pictures.svg").out == f"{Path('pictures.svg/x.txt')}: x\n"


def test_a_source_is_never_written_over(write, cli):
    path = write("x.yaml")
    before = path.read_bytes()
    for out in (".", "x.yaml", "X.yaml"):
        run = cli("show", "x.yaml", "--expand", "-o", out)
        assert run.status == 1
        assert "would overwrite its own source" in run.err
    assert path.read_bytes() == before
    assert os.listdir() == ["x.yaml"]


def test_a_place_that_cannot_be_written_is_an_error(write, cli):
    write("x.workout.yaml")
    os.mkdir("x.txt")
    run = cli("show", "x.workout.yaml", "-o", ".")
    assert run.status == 1
    assert run.codes == ["unwritable"]


@pytest.mark.parametrize("options", [[], ["--format", "json"], ["--format", "svg"], ["--expand"], ["-o", "x.txt"]])
def test_a_workout_at_fault_is_not_shown(write, cli, options):
    write("x.workout.yaml", "workout: x\nsteps: 10 min\n---\nworkout: y\nsteps: 10\n")
    run = cli("show", "x.workout.yaml", *options)
    assert (run.status, run.out, run.codes) == (1, "", ["missing-unit"])
    assert os.listdir() == ["x.workout.yaml"]


def test_an_athlete_at_fault_keeps_nothing_else_from_being_said(write, cli):
    write("athlete.yaml", "athlete: Me\nraces: 5 km\n")
    write("x.workout.yaml", "workout: x\nsteps: 10\n")
    run = cli("show", "x.workout.yaml")
    assert (run.status, run.codes) == (1, ["incomplete", "missing-unit"])


def test_warnings_are_said_and_the_table_is_shown(write, cli):
    write("x.workout.yaml", "workout: x\nsteps: run 45 m\n")
    run = cli("show", "x.workout.yaml")
    assert (run.status, run.codes) == (0, ["metres"])
    assert "Run  45 m  open" in run.out


def test_a_folder_is_not_shown(write, cli):
    write("a/x.workout.yaml")
    run = cli("show", "a")
    assert run.status == 1
    assert "cannot read `a`: it is a folder" in run.err
    assert "name a file in it" in run.err


@pytest.mark.parametrize("options", [[], ["--format", "json"], ["--format", "svg"], ["--expand"]])
def test_hostile_text_is_harmless(write, cli, hostile_yaml, harmless, options):
    write("athlete.yaml", f"athlete: {hostile_yaml}\nraces: 5 km in 22:30\n")
    write(
        "x.workout.yaml",
        f"workout: {hostile_yaml}\nnotes: {hostile_yaml}\ntags: [{hostile_yaml}]\nlint: {{S-BAND: {hostile_yaml}}}\n"
        f"steps:\n  - run: 10 min @ easy\n    cue: {hostile_yaml}\n",
    )
    run = cli("show", "x.workout.yaml", *options)
    assert run.status == 0
    assert "forged" in run.out
    harmless(run.out + run.err)


def test_hostile_text_is_written_out_as_itself(write, cli, hostile_yaml):
    write("x.workout.yaml", f"workout: {hostile_yaml}\nsteps:\n  - run: 10 min\n    cue: {hostile_yaml}\n")
    shown = cli("show", "x.workout.yaml", "--expand").out
    assert cli("show", "x.workout.yaml", "--expand", "-o", "y.yaml").status == 0
    assert Path("y.yaml").read_text() == shown
    assert cli("show", "y.yaml", "--expand").out == shown
    assert cli("show", "y.yaml").out == cli("show", "x.workout.yaml").out


# --- Drawings and pictures ----------------------------------------------------------------------

INTERVALS = "workout: Intervals\nsteps: warmup 10 min @ easy, 4x(1 km @ 5k, 2 min), cooldown 10 min @ easy\n"


def test_the_drawing_stands_between_the_table_and_the_totals(write, cli):
    write("x.workout.yaml", INTERVALS)
    table, drawing, totals = (
        cli("show", "x.workout.yaml", *ATHLETE).out.removeprefix("Intervals (running)\n\n").split("\n\n")
    )
    assert table.startswith("Warm up")
    assert "├" in drawing
    assert "4 x" in drawing
    assert "█" in drawing
    assert [line.split()[0] for line in totals.splitlines() if line[0] != " "] == [
        "4",
        "time",
        "distance",
        "load",
        "zones",
    ]


def test_colours_only_where_they_are_wanted(write, cli, monkeypatch):
    write("x.workout.yaml", INTERVALS)
    plain = cli("show", "x.workout.yaml", *ATHLETE).out
    painted = cli("show", "x.workout.yaml", *ATHLETE, "--color", "always").out
    assert "\x1b" not in plain
    assert "\x1b[38;5;" in painted
    said = "       █ recovery  █ easy  █ interval\n"
    assert re.sub("\x1b\\[[0-9;]*m", "", painted).replace(said, "") == plain
    assert cli("show", "x.workout.yaml", *ATHLETE, "--color", "never").out == plain
    cli("show", "x.workout.yaml", *ATHLETE, "--color", "always", "-o", "x.txt", "-q")
    assert Path("x.txt").read_text() == plain
    monkeypatch.setenv("NO_COLOR", "1")
    assert cli("show", "x.workout.yaml", *ATHLETE).out == plain


def test_colours_are_those_for_light_paper_where_the_terminal_says_that_it_is(write, cli, monkeypatch):
    """rxvt, Konsole and iTerm2 say it in COLORFGBG, foreground and background as numbers of the first sixteen."""
    write("x.workout.yaml", INTERVALS)
    found = {}
    for said in (None, "15;0", "0;15", "0;default;7", "default"):
        monkeypatch.setenv("COLORFGBG", said) if said else monkeypatch.delenv("COLORFGBG", raising=False)
        painted = cli("show", "x.workout.yaml", *ATHLETE, "--color", "always").out
        found[said] = {*re.findall("38;5;([0-9]+)m", painted)}
    dark, light = (
        {str(colors[one]) for one in ("recovery", "easy", "interval")} for colors in (DARK_TERMINAL, LIGHT_TERMINAL)
    )
    assert found == {None: dark, "15;0": dark, "0;15": light, "0;default;7": light, "default": dark}


def test_a_narrow_terminal_gets_no_drawing(write, cli, monkeypatch):
    write("x.workout.yaml", INTERVALS)
    monkeypatch.setattr("negsplit.cli.console.width", lambda *_: 50)
    out = cli("show", "x.workout.yaml", *ATHLETE).out
    assert "█" not in out
    assert max(map(len, out.splitlines())) <= 50
    assert "\ntime " in out


def test_an_output_without_blocks_gets_ascii(write, process):
    write("x.workout.yaml", INTERVALS)
    run = process("show", "x.workout.yaml", *ATHLETE, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (run.status, run.err) == (0, "")
    assert run.out.isascii()
    assert "####" in run.out
    assert "\\u" not in run.out


def test_a_picture(write, cli):
    write("x.workout.yaml", INTERVALS)
    run = cli("show", "x.workout.yaml", "--format", "svg", *ATHLETE)
    assert run.status == 0
    root = ElementTree.fromstring(run.out)
    assert root.find("{http://www.w3.org/2000/svg}title").text == "Intervals"
    assert cli("show", "x.workout.yaml", "--format", "svg", *ATHLETE, "-o", "x.svg").out == "x.svg: Intervals\n"
    assert Path("x.svg").read_text() == run.out


def test_each_of_several_workouts_has_a_picture_of_its_own(write, cli):
    write("x.workout.yaml", "workout: a\nsteps: 10 min\n---\nworkout: b\nsteps: 11 min\n")
    run = cli("show", "x.workout.yaml", "--format", "svg", "-o", "p.svg")
    assert (run.status, run.out) == (0, "p.svg: a\np-2.svg: b\n")
    assert [ElementTree.parse(name).getroot()[0].text for name in ("p.svg", "p-2.svg")] == ["a", "b"]
    assert cli("show", "x.workout.yaml", "--format", "svg", "-o", "folder", "-q").status == 0
    assert sorted(os.listdir("folder")) == ["x-2.svg", "x.svg"]
    run = cli("show", "x.workout.yaml", "--format", "svg")
    assert (run.status, run.out, run.codes) == (1, "", ["several-workouts"])
    assert "-o" in run.err


def test_of_several_pictures_one_fault_is_said(write, cli):
    write("x.workout.yaml", "workout: a\nsteps: 10 min\n---\nworkout: b\nsteps: 11 min\n")
    os.mkdir("p-2.svg")
    run = cli("show", "x.workout.yaml", "--format", "svg", "-o", "p.svg")
    assert (run.status, run.codes) == (1, ["unwritable"])
    assert os.path.isdir("p-2.svg")


# --- What other commands show ------------------------------------------------------------------


@pytest.fixture
def sorts(write, plan, cli):
    """A file of each sort, one of each under a name that does not say it, with the command that shows it."""
    text = plan().read_text()
    write("x.workout.yaml")
    write("me.athlete.yaml", "athlete: Me\nraces: 5 km in 22:30\n")
    cli("compile", "x.workout.yaml", "-q")
    write("unnamed", b"\xef\xbb\xbf# weeks\n\n" + text.encode())
    write("watch/1.bin", Path("x.fit").read_bytes())
    write("broken.fit", "nothing of the sort")


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("spring.plan.yaml", "plan show"),
        ("unnamed --weeks 1 -v", "plan show"),
        ("--weeks 1-2 --format json spring.plan.yaml", "plan show"),
        ("spring.plan.yaml --expand", "plan show"),
        ("spring.plan.yaml --format svg", "plan show"),
        ("spring.plan.yaml -h", "plan show"),
        ("x.fit", "inspect"),
        ("--miles x.fit -q", "inspect"),
        ("watch/1.bin --as-yaml", "inspect"),
        ("broken.fit", "inspect"),
        ("missing.FIT", "inspect"),
        ("me.athlete.yaml", "athlete show"),
    ],
)
def test_what_is_no_workout_is_shown_by_the_command_for_it(sorts, cli, words, instead):
    run = cli("show", *words.split())
    assert run == cli(*instead.split(), *words.split())
    if words.endswith(".yaml"):
        assert cli(*words.split()) == run or words.startswith("-")


def test_what_options_name_is_not_what_is_shown(sorts, cli):
    run = cli("show", "x.workout.yaml", "--athlete", "me.athlete.yaml", "-o", "page.html")
    assert (run.status, run.out) == (0, "page.html: x\n")
    assert ", for Me" in cli("show", "--athlete=me.athlete.yaml", "x.workout.yaml").out


def test_a_file_alone_is_shown(sorts, cli):
    assert cli("x.workout.yaml") == cli("show", "x.workout.yaml")
    assert cli("x.fit", "--miles") == cli("inspect", "x.fit", "--miles")
    assert cli("preset:strides") == cli("show", "preset:strides")
    assert cli("missing.yml").err.startswith("error[unreadable]: cannot read `missing.yml`")


# --- Typed on the command line -----------------------------------------------------------------


def test_a_workout_in_words_is_shown_and_called_by_what_it_says(cli):
    words = "warmup 10 min, 2x(3 min @ RPE 8,  1 min), rest 3 min, 400 m @ 5k, cooldown 5 min"
    run = cli("show", "-e", words, *ATHLETE)
    assert (run.status, run.err) == (0, "")
    assert run.out.startswith("2x(3 min @ RPE 8, 1 min), rest 3 min, 400 m @ 5k (running)\n\nWarm up")
    assert cli("show", "-e", "warmup 10 min").out.startswith("warmup 10 min (running)\n")
    assert cli("show", "-e", words, *ATHLETE, "-o", "tuesday.svg").out == "tuesday.svg: tuesday\n"
    assert cli("show", "-e", "10 min, 5 parsecs").err.startswith("<command line>:1:11: error[unknown-unit]")


def test_a_workout_in_words_is_for_the_nearest_athlete(write, cli):
    write("athlete.yaml", "athlete: Me\nraces: 5 km in 22:30\n")
    assert ", for Me" in cli("show", "-e", "10 min @ easy").out
    write("athlete.yaml", "athlete: Me\nraces: 5 km in 2:30\n")
    run = cli("show", "-e", "10 min @ easy")
    assert (run.status, run.out) == (1, "")
    assert run.err.startswith("athlete.yaml:2:")
