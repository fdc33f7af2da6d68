"""``negsplit athlete init``: a conversation that becomes an athlete file."""

import contextlib
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from negsplit import read_athlete
from negsplit.cli.athlete.interview import Answers, Interview, athlete_text

SCHEMA = "negsplit-athlete.schema.json"
WHOLE = ["Anna", "5 km in 22:30", "2026-10-04", "188", "48", "170", "imperial"]


@pytest.fixture
def answer(cli):
    """Runs ``athlete init`` and answers its questions, one a line."""

    def run(*answers, options=()):
        done = cli("athlete", "init", *options, stdin="".join(f"{line}\n" for line in answers).encode())
        for line in answers:  # which click's double of a terminal shows on standard output before 8.4
            done = done._replace(out=done.out.removeprefix(f" {line}\n"))
        return done

    return run


def codes(run):
    """The codes of what is wrong; prompts stand before them on their lines."""
    return re.findall(r"(?:error|warning)\[(.+?)\]: ", run.err)


def document(path="athlete.yaml"):
    return yaml.load(Path(path).read_text(), yaml.BaseLoader)


# --- Asking --------------------------------------------------------------------------------------


def test_every_question_answered(answer, cli):
    run = answer(*WHOLE)
    assert run.status == 0
    assert document() == {
        "athlete": "Anna",
        "races": ["5 km in 22:30 on 2026-10-04"],
        "heart_rate": {"max": "188", "rest": "48", "threshold": "170"},
        "units": "imperial",
    }
    text = Path("athlete.yaml").read_text()
    assert text.startswith(f"# yaml-language-server: $schema=./{SCHEMA}\n# ")
    assert Path(SCHEMA).read_text() == cli("schema", "athlete").out
    jsonschema.validate(yaml.safe_load(text), json.loads(Path(SCHEMA).read_text()))
    assert cli("check", ".", "--strict").status == 0


def test_what_came_of_it_is_said_in_the_words_of_show(answer, cli):
    out = answer(*WHOLE).out
    shown = cli("athlete", "show").out.splitlines()
    assert out.startswith(f"athlete.yaml: written, with {SCHEMA} beside it for editors\n\nAnna\nVDOT 43.4, from 5 km")
    said = out.splitlines()[2:-2]
    rows = [" ".join(line.split()) for line in shown]
    assert [line for line in said if " ".join(line.split()) not in rows] == []
    assert {"easy", "marathon", "threshold", "5k", "Z1", "Z5"} <= {line.split()[0] for line in said if line}
    assert "Settings" not in said
    assert "`negsplit new tuesday-speed` writes your first workout" in out.splitlines()[-1]


def test_enter_alone_leaves_everything_out(answer):
    run = answer(*[""] * 8)
    assert run.status == 0
    assert document() == {"athlete": "Me", "units": "metric"}
    assert "a race result in athlete.yaml gives you paces" in run.out


def test_a_threshold_is_asked_for_where_there_is_no_race(answer):
    assert answer("", "", "4:40/km", *[""] * 4).status == 0
    assert document() == {"athlete": "Me", "threshold": "4:40/km", "units": "metric"}


def test_a_day_may_stand_in_the_answer(answer):
    for number, answers in enumerate((["5 km in 22:30 on 2026-10-04"], ["5 km in 22:30", "on 2026-10-04"])):
        folder = f"{number}"
        os.mkdir(folder)
        assert answer("", *answers, *[""] * 4, options=[folder]).status == 0
        assert document(f"{folder}/athlete.yaml")["races"] == ["5 km in 22:30 on 2026-10-04"]


@pytest.mark.parametrize(
    ("at", "wrong", "code"),
    [
        (0, "x" * 101, "too-long"),
        (1, "5 km at 22:30", "unexpected"),
        (1, "5 km in 22", "missing-unit"),
        (1, "5 km in 2:30", "unlikely-race"),
        (1, "none", "unknown-race"),
        (2, "tomorrow", "date"),
        (2, "2026-02-30", "date"),
        (3, "fast", "unexpected"),
        (3, "400", "out-of-bounds"),
        (4, "188", "heart-rate-order"),
        (5, "40", "heart-rate-order"),
        (6, "yards", "unknown-value"),
    ],
)
def test_what_is_not_understood_is_asked_again(answer, at, wrong, code):
    run = answer(*WHOLE[:at], wrong, *WHOLE[at:])
    assert (run.status, codes(run)) == (0, [code])
    assert f"error[{code}]: " in run.err
    assert not re.search(r":\d+: error\[", run.err), "an answer has no place in a file"
    assert document()["races"] == ["5 km in 22:30 on 2026-10-04"]
    assert document()["heart_rate"] == {"max": "188", "rest": "48", "threshold": "170"}
    questions = ["Your name", "A race result", "The day", "The highest", "at rest", "at threshold", "units"]
    assert [run.err.count(question) for question in questions] == [2 if number == at else 1 for number in range(7)]


def test_an_answer_at_fault_may_be_left_out(answer):
    assert codes(answer("", "5 km", "", "4:40", "", *[""] * 4)) == ["incomplete", "missing-unit"]
    assert document() == {"athlete": "Me", "units": "metric"}


def test_warnings_are_said_once(answer):
    assert codes(answer("", "1 km in 4:00", "", "188", *[""] * 3)) == ["short-race"]
    assert document()["races"] == ["1 km in 4:00"]


@pytest.mark.parametrize("given", range(7))
def test_the_end_of_input_leaves_nothing(answer, given):
    run = answer(*WHOLE[:given])
    assert (run.status, run.out.strip(), codes(run)) == (1, "", ["end-of-input"])
    assert os.listdir() == []


def test_text_that_is_not_utf_8_is_asked_again(cli):
    run = cli("athlete", "init", stdin=b"J\xfcrgen\nJurgen\n\n\n\n\n\n\n")
    assert (run.status, codes(run)) == (0, ["yaml-syntax"])
    assert document()["athlete"] == "Jurgen"


@pytest.mark.pure  # what moves the clock of a process opens a file, which then is the standard input
def test_without_a_standard_input(process):
    run = process("athlete", "init", preexec_fn=lambda: os.close(0))
    assert (run.status, codes(run)) == (1, ["end-of-input"])
    assert os.listdir() == []


def test_interrupted(desk):
    ours, theirs = pty.openpty()
    command = [
        sys.executable,
        "-c",
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from negsplit.cli import main; main()",
        "athlete",
        "init",
    ]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True) as process:
        os.close(theirs)
        try:
            wait_for(ours, b"Your name [Me]:")
            os.write(ours, b"Anna\n")
            wait_for(ours, b"22:30")
            assert interrupt(process) == 130
        finally:
            process.kill()
    os.close(ours)
    assert os.listdir() == []


def interrupt(process):
    """The status of a process that is interrupted; Python misses a signal that comes just before it reads."""
    for _ in range(10):
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.wait(timeout=3)
    return None


def wait_for(terminal, words):
    """Reads what a terminal shows until some words are there."""
    shown, end = b"", time.monotonic() + 30
    while words not in shown:
        assert select.select([terminal], [], [], max(end - time.monotonic(), 0))[0], shown
        shown += os.read(terminal, 65536)


# --- Options ---------------------------------------------------------------------------------------


def test_options_answer_without_questions(cli):
    options = ["--name", "Anna", "--race", "5 km in 22:30 on 2026-10-04", "--threshold", "4:45/km"]
    options += ["--max", "188", "--rest", "48 bpm", "--lthr", "170", "--units", "imperial"]
    run = cli("athlete", "init", *options)
    assert (run.status, run.err) == (0, "")
    assert document() == {
        "athlete": "Anna",
        "races": ["5 km in 22:30 on 2026-10-04"],
        "threshold": "4:45/km",
        "heart_rate": {"max": "188", "rest": "48 bpm", "threshold": "170"},
        "units": "imperial",
    }
    assert cli("athlete", "init", "--race", "half in 1:44:00", "b.athlete.yaml", "-q") == (0, "", "")
    assert document("b.athlete.yaml") == {"athlete": "Me", "races": ["half in 1:44:00"], "units": "metric"}


def test_empty_options_are_left_out(cli):
    assert cli("athlete", "init", "--name", "", "--race", " ", "--max", "190").status == 0
    assert document() == {"athlete": "Me", "heart_rate": {"max": "190"}, "units": "metric"}


def test_of_several_races_none_is_dropped_in_silence(cli):
    run = cli("athlete", "init", "--race", "5 km in 22:30", "--race", "half in 1:44:00")
    assert (run.status, run.out) == (2, "")
    assert "--race takes one result" in run.err
    assert os.listdir() == []


def test_options_at_fault_are_all_said_and_nothing_is_written(cli):
    run = cli("athlete", "init", "--race", "5 km at 22", "--max", "100", "--rest", "120", "--threshold", "4:40")
    assert (run.status, run.out) == (1, "")
    assert codes(run) == ["unexpected", "missing-unit", "heart-rate-order"]
    assert run.err.startswith("--race:1:6: error")
    assert os.listdir() == []
    assert cli("athlete", "init", "--units", "yards").status == 2


# --- Files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("named", [[], ["b.yaml"]])
def test_never_over_another_file_and_no_question_before(write, cli, answer, named):
    path = write(*named or ["athlete.yaml"], "mine")
    for run in (answer(*WHOLE, options=named), cli("athlete", "init", "--name", "A", *named)):
        assert (run.status, run.out, codes(run)) == (1, "", ["file-exists"])
        assert "Your name" not in run.err
    assert path.read_text() == "mine"


def test_a_file_that_appears_during_the_questions_is_safe(monkeypatch, answer):
    hold = Interview.hold

    def slow(self):
        hold(self)
        Path("athlete.yaml").write_text("mine")

    monkeypatch.setattr(Interview, "hold", slow)
    assert codes(answer(*WHOLE)) == ["file-exists"]
    assert os.listdir() == ["athlete.yaml"]
    assert Path("athlete.yaml").read_text() == "mine"


def test_a_second_athlete_has_to_be_named(write, cli):
    write("me.athlete.yaml", "athlete: Me\n")
    run = cli("athlete", "init", "--name", "A")
    assert (run.status, codes(run)) == (1, ["file-exists"])
    assert "there is already an athlete file here: `me.athlete.yaml`" in run.err
    run = cli("athlete", "init", "you", "--race", "5 km in 22:30")
    assert run.status == 0
    assert (
        "you.athlete.yaml is one of several athlete files there: name it with `--athlete you.athlete.yaml`" in run.out
    )


@pytest.mark.parametrize(
    ("file", "path", "next"),
    [
        ("athlete.yaml", "athlete.yaml", "negsplit new tuesday-speed"),
        ("me", "me.athlete.yaml", "negsplit new tuesday-speed"),
        ("deep/me", "deep/me.athlete.yaml", "negsplit new deep/tuesday-speed"),
        ("me.yaml", "me.yaml", "name it with `--athlete me.yaml`"),
    ],
)
def test_where_it_goes(cli, file, path, next):
    run = cli("athlete", "init", file, "--race", "5 km in 22:30")
    assert run.status == 0
    assert next in run.out
    assert Path(path).is_file()
    assert Path(path).with_name(SCHEMA).is_file()
    assert cli("athlete", "show", path).out.startswith("Me\nVDOT 43.4")


@pytest.mark.parametrize("file", ["x.workout.yaml", "new/", "new/..", "x.plan.yml"])
def test_files_that_are_no_athlete_are_wrong_usage(cli, file):
    run = cli("athlete", "init", file, "--name", "A")
    assert (run.status, run.out) == (2, "")
    assert os.listdir() == []


def test_hostile_answers_are_harmless(answer, cli, hostile, harmless):
    run = cli("athlete", "init", "--name", hostile, "--race", hostile, "--max", hostile)
    assert run.status == 1
    harmless(run.err)
    run = cli("athlete", "init", "--name", "A\u202eB\nC")
    assert run.status == 0
    harmless(run.out)
    assert document()["athlete"] == "A\u202eB C"


# --- Reading back ------------------------------------------------------------------------------------


RATES = st.integers(40, 60), st.integers(130, 165), st.integers(170, 210)


@given(
    name=st.text(st.characters(codec="utf-8"), max_size=40),
    race=st.sampled_from(["", "5 km in 22:30", "half in 1:44:00 on 2026-10-04", "10k in 50'", "1 mi in 6:30"]),
    threshold=st.sampled_from(["", "4:40/km", "7:30/mi", "12.5 km/h"]),
    rates=st.tuples(*(st.one_of(st.just(""), rate.map(str), rate.map("{} bpm".format)) for rate in RATES)),
    units=st.sampled_from(["", "metric", "Imperial"]),
)
def test_any_athlete_reads_back_the_same(name, race, threshold, rates, units):
    interview = Interview()
    said = Answers(name, race, threshold, rates[2], rates[0], rates[1], units)
    for field, words in said._asdict().items():
        if words.strip() and not interview.take(field, words):
            assert field == "name", words
    if interview.runner is None:
        return
    text = athlete_text(interview.answers)
    runner, found = read_athlete(text)
    assert [one.code for one in found if one.code != "short-race"] == []
    for part in ("name", "vdot", "paces", "zones", "units", "sources"):
        assert getattr(runner, part) == getattr(interview.runner, part)
    assert runner.heart_rates.max == interview.runner.heart_rates.max
    assert yaml.safe_load(text)["athlete"] == " ".join(interview.answers.name.split())


def test_what_is_commented_out_can_be_used(answer):
    answer(*[""] * 8)
    text = Path("athlete.yaml").read_text()
    for line in ("# races:\n#   - ", "# threshold: ", "# heart_rate: "):
        assert line in text
    used = (
        text.replace("# races:\n#   - ", "races:\n  - ").replace("# threshold", "threshold").replace("# heart", "heart")
    )
    runner, found = read_athlete(used)
    assert not found
    assert runner.race.time.ms == 1_350_000
    assert runner.heart_rates.max == 188
