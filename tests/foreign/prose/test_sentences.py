"""Sentences of coaches as drafts: the steps of each are what people wrote down for it, or something is asked.

The sentences and their steps are in ``sentences.txt``, which says where they come from.
"""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from negsplit import compile_text
from negsplit.foreign.prose.drafting import drafted
from negsplit.foreign.verdict import SOME_RUNNER


class Case(NamedTuple):
    text: str
    steps: str
    asked: list[str]
    is_exact: bool


def _cases() -> list[Case]:
    blocks = Path(__file__).with_name("sentences.txt").read_text("utf-8").split("# nanreh", 1)[1].split("\n\n")[1:]
    cases = []
    for block in blocks:
        text, sign, rest = re.split(r"\n([=?]) \d+(?: redone)?\n", block.rstrip("\n"), maxsplit=1)
        lines = rest.split("\n")
        steps = "".join(f"{line}\n" for line in lines if not line.startswith("  ? "))
        cases.append(Case(text, steps, [line[4:] for line in lines if line.startswith("  ? ")], sign == "="))
    return cases


CASES = _cases()


def meaning(steps: str) -> object:
    """What an account keeps of steps, which is all that they are but for the names they are called by here."""
    result = compile_text(f"workout: W\nsteps:\n{steps}", athlete=SOME_RUNNER)
    assert result.workouts[0], [one.message for one in result.diagnostics]
    return result.workouts[0].connect()["workoutSegments"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:40])
def test_a_sentence_is_the_steps_that_were_meant_or_asks(case: Case) -> None:
    made = drafted([case.text])
    assert made.draft
    assert meaning(made.draft.text.partition("steps:\n")[2]) == meaning(case.steps)
    asked = [question.text for question in made.questions]
    assert bool(asked) != case.is_exact, asked
    assert [word for word in case.asked if not any(word in one for one in asked)] == [], asked


def test_what_is_asked_stands_above_its_step_below_the_line_of_the_mail() -> None:
    made = drafted(["10 min WU", "20 min tempo", "CD"])
    assert made.draft
    lines = made.draft.text.split("\n")
    assert lines[2:5] == ["  # 10 min WU", "  - warmup: 10 min", "  # 20 min tempo"]
    assert lines[5].startswith("  # ? `tempo`")
    assert lines[6:] == ["  - run: 20 min @ tempo", "  # CD", "  - cooldown", ""]


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        (["2 mi WU, 3 mi @ MP, 2 mi CD (9 mi)"], "78 % of 9 mi"),
        (["9 miles, consisting of:", "2 mi WU", "3 mi @ MP", "2 mi CD"], "78 % of 9 miles"),
        (["WU, 3 mi @ MP, CD", "(9 mi)"], "no telling"),
        (["LT 8 mi", "3 x 8 min LT w/ 3 min jog"], "added to it"),
        (["Recovery 3 mi"], "easy run"),
        (["rest, 30 min walk"], "day of rest"),
        (["4 mi", "4 mi"], "several runs"),
        (["10x(jog 1 min, walk 1 min)"], "the run"),
        (["Hills: 8 x 400 m @ 5k w/ 90 s jog"], "heading"),
        (["run 120m"], "metres"),
        (["Run 5K -- 30 to 40 min"], "30 to 40 min"),
    ],
)
def test_what_reads_well_and_may_be_meant_otherwise_is_asked(lines: list[str], word: str) -> None:
    made = drafted(lines)
    assert made.draft
    assert any(word in one.text for one in made.questions), made.questions


@pytest.mark.parametrize(
    "lines",
    [
        ["2 mi WU, 5 mi @ MP, 2 mi CD (9 mi)"],
        ["2 mi WU, 5 mi @ MP, 2 mi CD, total: 9.2 mi"],
        ["9 miles, consisting of:", "2 mi WU", "5 mi @ MP", "2 mi CD"],
        ["Main set: 4 x 1,200 m @ 5k w/ two min jog."],
        ["Run 60 seconds, walk 60 seconds. Repeat ten times"],
    ],
)
def test_what_is_certain_is_not_asked(lines: list[str]) -> None:
    made = drafted(lines)
    assert made.draft
    assert made.questions == ()
