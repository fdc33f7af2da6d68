"""A plan's file after a break: read, adapted, proved by compiling it before and after, written whole."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from negsplit.compile import parse
from negsplit.desk.compiler import Compiled, Compiler
from negsplit.desk.fixing import Fixed
from negsplit.desk.inputs import unreadable
from negsplit.diagnostics import Diagnostic, Source, has_errors
from negsplit.files.reading import read
from negsplit.model import Break
from negsplit.plan.adapt import Adapted, Refusal, adapt
from negsplit.plan.adapting.patch import patched
from negsplit.plan.adapting.shift import shifted
from negsplit.plan.compile import CompiledPlan
from negsplit.tree.changing import NoPlaceError
from negsplit.tree.encoding import MAX_BYTES
from negsplit.tree.nodes import Fields


class AdaptedPlan(NamedTuple):
    """One plan before and after a break: as compiled, as text, and what was decided."""

    before: CompiledPlan
    after: CompiledPlan
    text: Fixed
    found: Adapted


def adapted(
    compiler: Compiler, path: Path, compiled: Compiled, first: dt.date, last: dt.date, why: Break, *, shift: bool
) -> AdaptedPlan | Diagnostic:
    """What days that were missed make of a plan that was compiled without errors; or why they make nothing of it.

    Nothing is written yet. What was on the days before keeps its keys and its bytes.
    """
    assert compiled.plan is not None
    try:
        text = read(path, MAX_BYTES).decode()
    except OSError as error:
        return unreadable(path, error)
    begun = text
    try:
        if shift:
            moved = shifted(compiled.plan, begun, first, last)
            if isinstance(moved, Refusal):
                return _refused(moved)
            begun = moved
        plan, node = _compiled(compiler, path, begun)
        found = adapt(plan, node, first, last, why)
        if isinstance(found, Refusal):
            return _refused(found)
        if found.is_there:
            return AdaptedPlan(compiled.plan, compiled.plan, Fixed(path, text, text, ()), found)
        changed = patched(begun, found)
        after, _ = _compiled(compiler, path, changed)
    except NoPlaceError as error:
        return Diagnostic("refused", f"the change has no place in `{path}`: {error}")
    _prove(compiled.plan, after, found.missed.first)
    return AdaptedPlan(compiled.plan, after, Fixed(path, text, changed, ()), found)


def _refused(why: Refusal) -> Diagnostic:
    return Diagnostic("date", why.message, None, (why.help,))


def _compiled(compiler: Compiler, path: Path, text: str) -> tuple[CompiledPlan, Fields]:
    """A text of the file compiled, with its document.

    :raises NoPlaceError: where that has errors, with the first of them.
    """
    source = Source(str(path), text.removeprefix("\ufeff"))
    found = compiler.instead(source).documents(parse(source), path, "plan")
    if found.plan is None or found.documents is None or has_errors(found.diagnostics):
        said = next((one.message for one in found.diagnostics if has_errors([one])), "it is no plan then")
        raise NoPlaceError(said)
    node = found.documents.nodes[0]
    assert isinstance(node, Fields)
    return found.plan, node


def _prove(before: CompiledPlan, after: CompiledPlan, first: dt.date) -> None:
    past, kept = (
        [(one.planned.key, one.planned.date, one.workout and one.workout.program) for one in plan.sessions]
        for plan in (before, after)
    )
    changed = [one[0] for one in set(past) ^ set(kept) if one[1] < first]
    assert not changed, f"adapting changes {', '.join(changed)} before the break"
