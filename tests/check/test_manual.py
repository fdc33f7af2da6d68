"""The manual of the rules: whole, current, and with examples that are true."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from negsplit import codes, compile_text, render
from negsplit.check import Rule, check_workout
from negsplit.check.manual import explained, manual, page
from negsplit.check.rules import every_rule

ROOT = Path(__file__).parents[2]
RULES = list(every_rule().values())
KEYED = re.compile(r"(\w+): ")
ATHLETE = "athlete: A\nraces: 5 km in 22:30\npower: {critical: 280 W}\n"


class Example(NamedTuple):
    """An example of the manual as documents: a workout, and who runs it."""

    workout: str
    athlete: str


def documents(example: str) -> Iterator[Example]:
    """The documents that an example of the manual stands for, which in a line are those on the sides of an ``or``.

    What stands in backticks are lines of steps, each by itself, or keys: of the workout, of its runner, or of one step.
    An example of several lines is a workout, or one step.
    """
    if "\n" in example:
        is_step = not re.search("^steps:", example, re.MULTILINE)
        body = "steps:\n  - " + example.replace("\n", "\n    ") if is_step else example
        yield Example(f"workout: Example\n{body}\n", ATHLETE)
        return
    for alternative in example.split(", or "):
        pieces = re.findall(r"`([^`]+)`", alternative)
        pieces = [piece for piece in pieces if not piece.endswith(":")]  # a key that is only spoken of
        assert pieces, alternative
        keys = {piece: match[1] for piece in pieces if (match := KEYED.match(piece))}
        workout = "".join(f"{piece}\n" for piece, key in keys.items() if key in ("sport", "tags", "notes", "params"))
        athlete = "".join(f"{piece}\n" for piece, key in keys.items() if key in ("heart_rate",))
        step = [piece for piece in keys if f"{piece}\n" not in workout + athlete]
        lines = [json.dumps(piece) for piece in pieces if piece not in keys] + (
            [f"[{{{', '.join(step)}}}]"] if step else []
        )
        for line in lines:
            yield Example(f"workout: Example\n{workout}steps: {line}\n", ATHLETE + athlete)


EXAMPLES = [
    pytest.param(rule, one, fires, id=f"{rule.code} {'bad' if fires else 'good'} {number}")
    for rule in RULES
    if rule.subject == "workout"
    for fires, examples in ((True, page(rule).bad), (False, page(rule).good))
    for number, one in enumerate((one for example in examples for one in documents(example)), start=1)
]


def test_the_codes_that_documents_may_set_aside_are_those_of_the_rules() -> None:
    assert set(codes.RULES) == set(every_rule())
    assert len(codes.RULES) == len(set(codes.RULES))


def test_the_page_is_current() -> None:
    written = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == manual(RULES), "run `make docs`, then read the difference"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_page_is_whole(rule: Rule) -> None:
    about = page(rule)
    assert 3 < len(about.title.split()) < 30, "the first line says what the rule is about"
    assert about.paragraphs, "the page says why"
    assert about.bad
    assert about.good
    assert f"### {rule.code}\n" in manual(RULES)


@pytest.mark.parametrize(("rule", "example", "fires"), EXAMPLES)
def test_examples_are_true(rule: Rule, example: Example, fires: bool) -> None:
    result = compile_text(example.workout, athlete=example.athlete)
    assert result.ok, "\n".join(map(render, result.diagnostics))
    codes = [found.code for workout in result.workouts if workout for found in check_workout(workout)]
    assert (rule.code in codes) is fires, codes


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
@pytest.mark.parametrize("width", [60, 100])
def test_a_page_fits_the_terminal_and_says_all_of_it(rule: Rule, width: int) -> None:
    lines = explained(rule, width)
    about = page(rule)
    text = "\n".join(lines)
    assert lines[0].startswith(f"{rule.code}: ")
    assert " ".join(text.split()).startswith(f"{rule.code}: {about.title} {about.paragraphs[0]}")
    for example in (*about.bad, *about.good):
        assert " ".join(example.replace("`", "").split()) in " ".join(text.split())
    code_lines = {
        line.strip() for example in (*about.bad, *about.good) for line in example.replace("`", "").split("\n")
    }
    assert not [line for line in lines if len(line) > width and line.strip() not in code_lines]
    assert about.severity in lines[-1] or about.severity in lines[-2]
