"""What a command about one plan makes of its file: the plan, or what is wrong with it and the end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from negsplit.cli import console
from negsplit.compile import Documents
from negsplit.desk.compiler import Compiled
from negsplit.diagnostics import Diagnostic, has_errors

if TYPE_CHECKING:
    from negsplit.plan.compile import CompiledPlan


def compiled_plan(found: Compiled, path: Path, *, notes: bool) -> tuple[CompiledPlan, int]:
    """The plan of a file, and how many notes were not said; says what is wrong, and ends where that is an error."""
    read = found.documents
    if read and read.kind != "plan" and not has_errors(read.diagnostics):
        console.report([_no_plan(read, path)])
        raise console.Failed
    said = found.diagnostics if notes else console.without_notes(found.diagnostics)
    console.report(said)
    if found.plan is None:
        raise console.Failed
    return found.plan, len(found.diagnostics) - len(said)


def _no_plan(found: Documents, path: Path) -> Diagnostic:
    span = found.nodes[0].span if found.nodes else None
    if found.kind is None:
        help = "a plan is a YAML file that begins with `plan: ...`, best named `*.plan.yaml`"
        return Diagnostic("not-a-plan", f"`{path}` is not a plan", span, (help,))
    kind = "a workout" if found.kind == "workout" else "an athlete"
    shows = "show" if found.kind == "workout" else "athlete show"
    help = f"`negsplit {shows} {path}` shows it; a plan begins with `plan: ...`"
    return Diagnostic("not-a-plan", f"`{path}` is {kind}, not a plan", span, (help,))
