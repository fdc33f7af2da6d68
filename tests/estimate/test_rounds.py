"""Repeats until an amount, as the number of rounds that a watch would run."""

import pytest

from negsplit import compile_text
from negsplit.program.model import Jump


def counts(until: str, *body: str, athlete: str = "5 km in 22:30") -> list[int]:
    lines = "".join(f"      - {line}\n" for line in body)
    result = compile_text(
        f"workout: T\nsteps:\n  - repeat: {{until: {until}}}\n    steps:\n{lines}", device="connect", athlete=athlete
    )
    assert [one.code for one in result.diagnostics] == ["degraded"], result.diagnostics
    assert result.workouts[0].fidelity == "degraded"
    return [step.until for step in result.workouts[0].program.steps if isinstance(step, Jump)]


@pytest.mark.parametrize(
    ("until", "body", "rounds"),
    [
        ("10 km", ["1 km"], 10),
        ("10 km", ["900 m @ 5:00/km", "100 m"], 10),
        ("10 km", ["3 km @ 5:00/km"], 4),  # a round that is begun is run to its end
        ("10 km", ["20 km @ 5:00/km"], 1),
        ("30 min", ["1 min", "walk 1 min"], 15),
        ("31 min", ["1 min", "walk 1 min"], 16),
        ("10 km", ["4 min @ 4:00/km", "1 min @ 5:00/km"], 9),  # 1.2 km a round
        ("20 min", ["1 km @ 5:00/km"], 4),
    ],
)
def test_as_many_rounds_as_do_it(until, body, rounds):
    assert counts(until, *body) == [rounds]


def test_repeats_inside_count_as_often_as_they_run():
    assert counts("30 min", "3x(1 min, walk 1 min)", "4 min") == [3, 3]


@pytest.mark.parametrize(
    ("until", "body", "words"),
    [
        ("10 km", "lap @ RPE 3", "no telling how many"),
        ("10 km", "50 m @ 5:00/km", "200 rounds are too many (99 at most)"),
        ("10 km", "5 min @ RPE 3", "no telling how many"),
    ],
)
def test_what_cannot_be_counted_is_an_error(until, body, words):
    text = f"workout: T\nsteps:\n  - repeat: {{until: {until}}}\n    steps: [{body}]\n"
    (only,) = compile_text(text, device="connect").diagnostics
    assert only.code == "unsupported"
    assert words in only.message
    assert (only.span.line, bool(only.help)) == (3, True)
    assert compile_text(text).ok
