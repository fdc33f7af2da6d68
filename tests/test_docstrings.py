"""What docstrings owe a reader: the errors that a function raises, by name, and what the numbers of constants count."""

import ast
import builtins
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from syntax import FILES, SOURCE, nodes, tree, where

BUGS = {"AssertionError", "NotImplementedError"}


@cache
def bases() -> dict[str, list[str]]:
    """What each class is made of."""
    classes = (node for path in FILES for node in nodes(path) if isinstance(node, ast.ClassDef))
    return {one.name: [ast.unparse(base).rpartition(".")[2] for base in one.bases] for one in classes}


def kinds(name: str) -> set[str]:
    """An exception and what it is besides, as far as that says anything."""
    return {name, *(kind for base in bases().get(name, ()) for kind in kinds(base))} - {"Exception"}


def raised(function: ast.FunctionDef) -> set[str]:
    """The exceptions of ours and of Python that it raises by name."""
    found = {node.exc for node in ast.walk(function) if isinstance(node, ast.Raise) and node.exc is not None}
    names = {ast.unparse(one.func if isinstance(one, ast.Call) else one).rpartition(".")[2] for one in found}
    return {name for name in names if name in bases() or hasattr(builtins, name)} - BUGS


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


@cache
def all_docs() -> dict[str, str]:
    """All that is said of methods of a name: one without a docstring does what its protocol says."""
    found: dict[str, str] = defaultdict(str)
    for path in FILES:
        for _, function, docs in public(tree(path)):
            found[function.name] += docs
    return found


def unsaid(path: Path) -> set[tuple[str, str]]:
    """The functions of a file with the errors that they raise and do not name."""
    found = set()
    for name, function, docs in public(tree(path)):
        said = docs if ast.get_docstring(function) else all_docs()[function.name]
        found |= {(name, one) for one in raised(function) if not any(kind in said for kind in kinds(one))}
    return found


def test_a_function_names_the_errors_that_it_raises():
    """Those that stand in its body. The command line's own end a command, and its help says what it does."""
    assert where({path: unsaid(path) for path in FILES if not path.is_relative_to(SOURCE / "cli")}) == {}


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


def test_a_number_says_what_it_counts():
    assert where({path: list(unexplained(tree(path))) for path in FILES}) == {}
