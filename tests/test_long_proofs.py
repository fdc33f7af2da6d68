"""What the long proofs (`make test-watch`, `test-faults`, `test-wpd`) name of the program is there.

They run too seldom to notice that a room has moved, and a fault that replaces what nobody calls proves nothing.
"""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parent
FILES = [path for folder in ("emulator", "faults", "wine") for path in sorted((TESTS / folder).rglob("*.py"))]
MISSING = object()
ON_WINDOWS = {"negsplit.watch.ways.portable_devices": None}
"""What only imports there."""


def imported(tree: ast.AST) -> Iterator[tuple[str, str, str]]:
    """Module, name, and what the name is called here, of every import of the program."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "negsplit":
            yield from ((str(node.module), one.name, one.asname or one.name) for one in node.names)


def found(module: str, name: str) -> Any:
    if module in ON_WINDOWS:
        return ON_WINDOWS[module]
    there = getattr(import_module(module), name, MISSING)
    return import_module(f"{module}.{name}") if there is MISSING and find_spec(f"{module}.{name}") else there


def replaced(tree: ast.AST, names: set[str]) -> Iterator[tuple[str, list[str]]]:
    """What is assigned to within what was imported: the name, and the attributes behind it."""
    for node in ast.walk(tree):
        for target in node.targets if isinstance(node, ast.Assign) else []:
            attributes: list[str] = []
            while isinstance(target, ast.Attribute):
                attributes.insert(0, target.attr)
                target = target.value
            if isinstance(target, ast.Name) and target.id in names and attributes:
                yield target.id, attributes


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TESTS)))
def test_all_that_is_named_is_there(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)] or [tree]
    for part in (tree, *functions):
        known = {called: found(module, name) for module, name, called in imported(part)}
        assert [name for name, value in known.items() if value is MISSING] == []
        for name, attributes in replaced(part, set(known)):
            value = known[name]
            for attribute in attributes:
                value = getattr(value, attribute, MISSING)
            assert value is not MISSING, f"{name}.{'.'.join(attributes)}"


def test_what_the_makefile_runs_is_there() -> None:
    """Such as the tests of `make test-plans`, which are those of `make test` with more runners."""
    named = re.findall(r"\btests/[\w/]+\.py\b", (TESTS.parent / "Makefile").read_text(encoding="utf-8"))
    assert "tests/desk/test_making.py" in named
    assert [one for one in named if not (TESTS.parent / one).exists()] == []
    assert "NEGSPLIT_RUNNERS" in (TESTS / "desk" / "test_making.py").read_text(encoding="utf-8")


def test_what_is_loaded_beforehand_is_there() -> None:
    tree = ast.parse((TESTS / "emulator" / "guest.py").read_text(encoding="utf-8"))
    [loaded] = [
        node.value for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "LOADED"
    ]
    names = [node.value for node in ast.walk(loaded) if isinstance(node, ast.Constant)]
    assert [name for name in names if find_spec(f"negsplit.{name}") is None] == []
    assert names
