"""Streams that take nothing: the work is done all the same, and only what nobody wanted to hear goes unsaid."""

import errno
import os
from pathlib import Path

import pytest

from system_words import system_says

pytestmark = [
    pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full"),
    pytest.mark.pure,  # what moves the clock of a process opens a file, which then is the stream that was closed
]

FULL = f"error: cannot write to standard output: {system_says(errno.ENOSPC)}\n"
CLOSED = "error: cannot write to standard output: it is closed\n"
TAKEN = {"one", "two", "three"}


@pytest.fixture
def three(write) -> Path:
    """A folder of three workouts, for a command that says a line of each."""
    for name in TAKEN:
        write(f"w/{name}.workout.yaml")
    return Path("w")


def compiled() -> set[str]:
    return {path.stem for path in Path("w").glob("*.fit") if path.stat().st_size}


@pytest.mark.parametrize(
    ("out", "err", "status", "said"),
    [
        ("gone", "heard", 0, ""),
        ("gone", "gone", 0, None),
        ("full", "heard", 1, FULL),
        ("closed", "heard", 1, CLOSED),
    ],
)
def test_what_must_be_written_is_written_whoever_listens(three, unheard, out, err, status, said):
    run = unheard("compile", three, out=out, err=err)
    assert run.status == status
    assert said is None or run.err == said
    assert compiled() == TAKEN


@pytest.mark.parametrize("err", ["gone", "full"])
def test_a_mistake_counts_though_nobody_is_told(three, write, unheard, err):
    write("w/bad.workout.yaml", "workout: Bad\nsteps: 10 parsecs\n")
    assert unheard("compile", three, out="gone", err=err).status == 1
    assert compiled() == TAKEN


def test_wrong_usage_counts_though_nobody_is_told(unheard):
    assert unheard("compil", out="full", err="closed").status == 2


@pytest.mark.parametrize("arguments", [["--version"], ["schema"], ["completion", "bash"]])
def test_output_that_is_full_is_said_whatever_was_printed(unheard, arguments):
    assert unheard(*arguments, out="full") == (1, "", FULL)


def test_no_file_takes_the_place_of_a_stream_that_is_closed(write, unheard, process):
    write("x.workout.yaml")
    assert process("compile", "x.workout.yaml", "-o", "usual.fit").status == 0
    assert unheard("compile", "x.workout.yaml", "-o", "x.fit", out="closed", err="closed", stdin=None).status == 1
    assert Path("x.fit").read_bytes() == Path("usual.fit").read_bytes()
    quiet = ("compile", "x.workout.yaml", "-o", "y.fit", "-q")
    assert unheard(*quiet, out="closed", err="closed", stdin=None).status == 0  # there was nothing to say
    assert Path("y.fit").read_bytes() == Path("usual.fit").read_bytes()


@pytest.mark.parametrize("err", ["gone", "closed"])
def test_where_no_question_is_heard_none_is_answered(unheard, err):
    run = unheard("athlete", "init", err=err, stdin=b"Anna\n5 km in 22:30\n" + 9 * b"\n")
    assert run.status == 1
    assert os.listdir() == []
