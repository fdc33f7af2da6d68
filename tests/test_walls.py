"""The directions of imports, held over the syntax trees: who may know whom, and one room for each library."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "negsplit"

MODEL = {"units", "diagnostics", "targets", "model"}
KNOWS = {
    "frozen": set(),
    "units": set(),
    "diagnostics": set(),
    "targets": {"units", "diagnostics"},
    "model": {"units", "diagnostics", "targets"},
    "program": MODEL,
    "bounds": {"program"},
    "rule_codes": {"diagnostics"},
    "dsl": MODEL | {"plan", "rule_codes"},
    "athlete": MODEL,
    "expand": MODEL,
    "speeds": MODEL | {"athlete"},
    "resolve": MODEL | {"athlete", "program", "bounds", "speeds"},
    "captions": MODEL | {"athlete", "program", "bounds"},
    "lower": MODEL | {"program", "resolve", "captions"},
    "reckoning": MODEL | {"athlete", "program", "bounds"},
    "rounds": MODEL | {"athlete", "program", "reckoning"},
    "estimate": MODEL | {"athlete", "program", "reckoning"},
    "profile": MODEL | {"athlete", "program", "reckoning"},
    "lift": MODEL | {"program", "bounds", "captions", "athlete", "speeds", "resolve", "lower", "dsl", "expand"},
    "check": MODEL
    | {"athlete", "program", "bounds", "reckoning", "estimate", "profile", "compile", "compile_plan", "plan", "totals"},
    "formats": MODEL | {"program"},
    "plan": MODEL,
    "totals": MODEL | {"program", "reckoning", "estimate", "profile", "plan", "compile", "compile_plan"},
    "preview": MODEL | {"program", "captions", "estimate", "profile", "plan", "totals"},
    "files": set(),
    "state": {"files"},
    "watch": {"units", "diagnostics", "files", "state", "formats"},
    "account": {"units", "diagnostics", "program", "formats", "state"},
    "compile_plan": MODEL | {"athlete", "captions", "compile", "dsl", "lower", "plan"},
    "compile": MODEL
    | {"dsl", "athlete", "expand", "speeds", "resolve", "program", "lower", "rounds", "estimate", "profile"}
    | {"check", "formats"},
}
"""The rooms that each room may import, besides `frozen`. The command line and the package may import all of them."""

LIBRARIES = {
    "yaml": "dsl",
    "pydantic": "dsl",
    "pydantic_core": "dsl",
    "fit_tool": "formats",
    "fitdecode": "formats",
    "click": "cli",
    "platformdirs": "cli",
    "anyascii": "captions",
    "filelock": "state",
    "garminconnect": "account",
}

FILES = sorted(SOURCE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(SOURCE).with_suffix("").parts[0]


def imported(path: Path) -> set[str]:
    """Every module that a file names in an import, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports are absolute"
            found |= {f"negsplit.{alias.name}" for alias in node.names} if node.module == "negsplit" else {node.module}
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_room_knows_only_those_below_it(path):
    here = room(path)
    ours = {name.split(".")[1] for name in imported(path) if name.startswith("negsplit.")} - {here}
    if here not in ("cli", "__init__", "__main__"):
        assert ours - {"frozen"} <= KNOWS[here]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_each_library_is_imported_in_one_room(path):
    tops = {name.split(".")[0] for name in imported(path)} - {"negsplit"} - sys.stdlib_module_names
    assert {LIBRARIES.get(top) for top in tops} <= {room(path)}


HEAVY = {"fit_tool", "fitdecode", "garminconnect"}


def loaded(code: str, *arguments: str) -> set[str]:
    """The modules that a new Python has loaded after some code, which may end in SystemExit."""
    script = f"import sys\ntry:\n    {code}\nexcept SystemExit as end:\n    assert not end.code\nprint(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in run.stdout.split()}


@pytest.mark.parametrize("command", ["--help", "check"])
def test_help_and_check_start_without_the_fit_library(command, tmp_path):
    path = tmp_path / "x.workout.yaml"
    path.write_text("workout: T\nsteps: 3x(400 m @ 4:00/km, 1 min)\n", encoding="utf-8")
    modules = loaded("from negsplit.cli import main; main()", command, *([str(path)] if command == "check" else []))
    assert "negsplit" in modules
    assert not modules & HEAVY


def test_the_package_is_imported_at_once():
    assert not loaded("import negsplit") & (HEAVY | {"yaml", "pydantic", "click"})
