"""What a YAML language server underlines in workouts, plans and athletes, as many editors do.

``make test-editors`` installs the server into ``build/`` with npm and runs this; without node or the server it skips.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from document.language_server import underlined
from negsplit.document.json_schema import json_schema

ROOT = Path(__file__).parents[2]
SERVER = (
    ROOT / "build" / "yaml-language-server" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
)
WRONG = {
    "key.workout.yaml": ("workout: A\nstep: 1 km\n", ["1", "2"]),
    "list.workout.yaml": ("workout: A\nsteps: []\n", ["2"]),
    "claim.plan.yaml": ("plan: A\nweeks: 1\nsessions: [{on: tue, steps: 1 km,\n  adds_up_to: [1 km]}]\n", ["4"]),
    "number.athlete.yaml": ("athlete: A\nheart_rate: {max: [188]}\n", ["2"]),
}
"""Texts with mistakes that a schema can see, and the lines where an editor must show them."""


def named(text: str, number: int) -> str:
    """A name that says what a text is, by its first key."""
    found = re.search(r"^(workout|plan|athlete):", text, re.MULTILINE)
    assert found
    return f"{number}.{found[1]}.yaml"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    if not shutil.which("node"):
        pytest.skip("there is no node, which runs the YAML language server")
    if not SERVER.exists():
        pytest.skip("the YAML language server is not in build/: `make test-editors`")
    from document.test_schema import DOCUMENTS, KINDS, shown

    right = [*DOCUMENTS, *(one.values[0] for one in shown())]
    texts = {named(text, number): text for number, text in enumerate(right)}
    texts |= {name: text for name, (text, _) in WRONG.items()}
    schemas = {f".{kind}.yaml": json_schema(kind) for kind in KINDS}
    return underlined(SERVER, tmp_path_factory.mktemp("editor"), schemas, texts)


def test_nothing_is_underlined_in_what_is_right(found: dict[str, list[str]]) -> None:
    assert {name: said for name, said in found.items() if said and name not in WRONG} == {}
    assert len(found) > 120


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_underlined_where_it_stands(found: dict[str, list[str]], name: str) -> None:
    assert sorted({said.partition(":")[0] for said in found[name]}) == WRONG[name][1]
