"""A plan's file after a break: adapted, and proved by compiling it before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from negsplit.compile import parse
from negsplit.desk.plan_edits import ChangesMoreError, Edited, OpenPlan, edited
from negsplit.diagnostics import Diagnostic, Severity, Source
from negsplit.model import Break
from negsplit.plan.adapt import Adapted, Refusal, adapt
from negsplit.plan.adapting.patch import patched
from negsplit.plan.adapting.shift import shifted
from negsplit.plan.compile import CompiledPlan
from negsplit.tree.changing import NoPlaceError
from negsplit.tree.encoding import BOM
from negsplit.tree.nodes import Fields


class AdaptedPlan(NamedTuple):
    """What was decided, and the file before and after; no edit where the break is in the plan already."""

    found: Adapted
    edited: Edited | None = None


def adapted(
    file: OpenPlan, first: dt.date, last: dt.date, why: Break, *, shift: bool
) -> tuple[AdaptedPlan | None, list[Diagnostic]]:
    """What days that were missed, both included, make of a plan; None, and why, where they make nothing of it.

    Nothing is written yet, and nothing before the first of them is otherwise.
    """
    try:
        text = shifted(file.plan, file.text, first, last) if shift else file.text
        if isinstance(text, Refusal):
            return None, [_refused(text)]
        plan, node = _compiled(file, text)
        found = adapt(plan, node, first, last, why)
        if isinstance(found, Refusal):
            return None, [_refused(found)]
        if found.is_there:
            return AdaptedPlan(found), []
        text = patched(text, found)
        after, _ = _compiled(file, text)
    except NoPlaceError as error:
        return None, [Diagnostic("refused", f"the break cannot be written into this plan: {error}")]
    keys = {key for one in (file.plan, after) for key in _keys_from(one, found.missed.first)}
    try:
        change, problems = edited(file, text, keys)
    except ChangesMoreError as error:
        help = "move them back to their own days first, or write `missed:` and the days behind it by hand"
        message = f"the break cannot be written without changing sessions before it: {error}"
        return None, [Diagnostic("refused", message, None, (help,))]
    return (AdaptedPlan(found, change), []) if change else (None, problems)


def _refused(why: Refusal) -> Diagnostic:
    return Diagnostic("date", why.message, None, (why.help,))


def _compiled(file: OpenPlan, text: str) -> tuple[CompiledPlan, Fields]:
    """A text of the file compiled, with its document.

    :raises NoPlaceError: where that has errors, with the first of them.
    """
    source = Source(str(file.path), text.removeprefix(BOM))
    found = file.compiler.instead(source).documents(parse(source), file.path, "plan")
    if found.plan is None or found.documents is None:
        raise NoPlaceError(next(one.message for one in found.diagnostics if one.severity is Severity.ERROR))
    node = found.documents.nodes[0]
    assert isinstance(node, Fields)
    return found.plan, node


def _keys_from(plan: CompiledPlan, first: dt.date) -> Iterator[str]:
    return (one.planned.key for one in (*plan.sessions, *plan.dropped) if one.planned.date >= first)
