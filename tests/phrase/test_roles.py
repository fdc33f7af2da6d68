"""Role words: each is a key, begins a line, and stands in the table of the language page and in the schema."""

import re
from pathlib import Path

import pytest

from negsplit.diagnostics import Report, Source
from negsplit.document import workouts
from negsplit.document.json_schema import json_schema
from negsplit.model import Role, Step
from negsplit.phrase.roles import ROLES
from negsplit.tree.source import read

ROOT = Path(__file__).parents[2]


def role_of(steps: str) -> Role:
    """The role of the one step that is written; nothing is said of it."""
    (node,), found = read(Source("w.yaml", f"workout: A\nsteps:\n  - {steps}\n"))
    report = Report(found)
    workout = workouts.workout(node, report)
    assert workout is not None
    assert report.diagnostics == []
    (step,) = workout.steps
    assert isinstance(step, Step)
    return step.role


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("warmup", Role.WARMUP),
        ("warm-up", Role.WARMUP),
        ("run", Role.RUN),
        ("recover", Role.RECOVER),
        ("recovery", Role.RECOVER),
        ("jog", Role.RECOVER),
        ("rest", Role.REST),
        ("walk", Role.WALK),
        ("hike", Role.HIKE),
        ("cooldown", Role.COOLDOWN),
        ("cool-down", Role.COOLDOWN),
    ],
)
def test_what_runners_write(word: str, role: Role) -> None:
    assert role_of(f"{word} 10 min") is role
    assert role_of(f"{word}: 10 min") is role


@pytest.mark.parametrize("word", ROLES)
def test_a_word_of_a_line_is_a_key_too(word: str) -> None:
    assert role_of(f"{word.capitalize()} 10 min") is role_of(f"{word}: 10 min")
    assert role_of(f"{word.replace('-', ' ')} 10 min") is role_of(f"{word}: 10 min")


def test_the_page_of_the_language_has_them_all() -> None:
    (row,) = re.findall(r"^\| role \|(.*)\|$", (ROOT / "docs" / "language.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(re.findall(r"`([^`]+)`", row)) == sorted(ROLES)


def test_editors_ask_for_one_of_them() -> None:
    step = json_schema("workout")["$defs"]["StepShape"]
    assert [one["required"] for one in step["oneOf"]] == [[word] for word in ROLES]
    assert set(ROLES) < set(step["properties"])
