"""The Python files of the project as syntax trees, each parsed and walked once for all tests of a process."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
SOURCE: Final = ROOT / "src" / "negsplit"
FILES: Final = sorted(SOURCE.rglob("*.py"))
"""Those of the program."""


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree(path)))


def where(found: Mapping[Path, Any]) -> dict[str, Any]:
    """What was found, by the names of the files; those without anything are left out."""
    return {path.relative_to(ROOT).as_posix(): what for path, what in found.items() if what}
