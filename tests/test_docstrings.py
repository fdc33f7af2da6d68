"""What docstrings owe a reader: the errors that a function raises, by name, and what the numbers of constants count."""

import ast
import builtins
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "negsplit"
TREES = {path.relative_to(SOURCE): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))}
BASES = {
    node.name: [ast.unparse(base).rpartition(".")[2] for base in node.bases]
    for tree in TREES.values()
    for node in ast.walk(tree)
    if isinstance(node, ast.ClassDef)
}
BUGS = {"AssertionError", "NotImplementedError"}


def kinds(name: str) -> set[str]:
    """An exception and what it is besides, as far as that says anything."""
    return {name, *(kind for base in BASES.get(name, ()) for kind in kinds(base))} - {"Exception"}


def raised(function: ast.FunctionDef) -> set[str]:
    """The exceptions of ours and of Python that it raises by name."""
    found = {node.exc for node in ast.walk(function) if isinstance(node, ast.Raise) and node.exc is not None}
    names = {ast.unparse(one.func if isinstance(one, ast.Call) else one).rpartition(".")[2] for one in found}
    return {name for name in names if name in BASES or hasattr(builtins, name)} - BUGS


def public(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef, str]]:
    """Functions and methods, with their docstring and that of their class."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node.name, node, ast.get_docstring(node) or ""
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for method in node.body:
                if isinstance(method, ast.FunctionDef) and not method.name.startswith("_"):
                    docs = (ast.get_docstring(method) or "", ast.get_docstring(node) or "")
                    yield f"{node.name}.{method.name}", method, "\n".join(docs)


DOCS: dict[str, str] = {}
"""All that is said of methods of a name: one without a docstring does what its protocol says."""
for _tree in TREES.values():
    for _name, _function, _docs in public(_tree):
        DOCS[_function.name] = DOCS.get(_function.name, "") + _docs


@pytest.mark.parametrize("path", [path for path in TREES if path.parts[0] != "cli"], ids=str)
def test_a_function_names_the_errors_that_it_raises(path):
    """Those that stand in its body. The command line's own end a command, and its help says what it does."""
    unsaid = {
        (name, error)
        for name, function, docs in public(TREES[path])
        for error in raised(function)
        if not any(kind in (docs if ast.get_docstring(function) else DOCS[function.name]) for kind in kinds(error))
    }
    assert not unsaid


def is_number(value: ast.expr) -> bool:
    """Whether a value is a number, an amount made of one, or several of these."""
    if isinstance(value, ast.Tuple):
        return any(map(is_number, value.elts))
    if isinstance(value, ast.BinOp):
        return is_number(value.left) or is_number(value.right)
    if isinstance(value, ast.Call):
        return ast.unparse(value.func) in {"Duration", "Distance", "Guess", "sure"}
    return isinstance(value, ast.Constant) and type(value.value) in (int, float)


def unexplained(tree: ast.Module) -> Iterator[str]:
    """Public constants that hold numbers, and that no docstring behind them or behind the next lines explains."""
    waiting: list[str] = []
    end = 0
    for node in tree.body:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and node.lineno == end + 1:
            waiting = []
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.lineno > end + 1:
            yield from waiting
            waiting = []
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None and is_number(node.value):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            names = target.elts if isinstance(target, ast.Tuple) else [target]
            waiting += [name for name in map(ast.unparse, names) if not name.startswith("_")]
        end = node.end_lineno or 0
    yield from waiting


@pytest.mark.parametrize("path", TREES, ids=str)
def test_a_number_says_what_it_counts(path):
    assert not list(unexplained(TREES[path]))
