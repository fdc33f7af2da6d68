"""From a file to what is shown of it: the page that ``show`` writes, and what ``check`` says."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from negsplit.desk import coach, pages
from negsplit.desk.compiler import Compiled, Compiler
from negsplit.desk.inputs import Input
from negsplit.desk.usage import WrongUsageError
from negsplit.diagnostics import Diagnostic, Severity, render

if TYPE_CHECKING:
    from negsplit.check import Marked
    from negsplit.document.workouts import Kind

_KINDS: Final[tuple[Kind, ...]] = ("workout", "plan")


class Message(NamedTuple):
    """A diagnostic as it is printed, with its caret."""

    severity: Severity
    text: str


class Made(NamedTuple):
    """What came of a file: an HTML page, or None where something is wrong; and all that went into it."""

    page: str | None
    messages: tuple[Message, ...]
    looked_at: frozenset[Path] = frozenset()


def made(path: Path, compiler: Compiler, weeks: str | None = None, *, notes: bool = False) -> Made:
    """What comes of a workout or a plan, of that the ``weeks`` named; ``notes`` of a coach are on its page too.

    The compiler must be new: one that has read a file already does not look at it again.
    """
    compiled = compiler.file(Input(path), *_KINDS)
    found = coach.remarks(compiled, compiler, path, *_KINDS)
    said = coach.beside(compiled, coach.said(found))
    page = None
    if not compiled.failed:
        try:
            page = _page(compiled, found, weeks, notes=notes)
        except WrongUsageError as error:
            said.append(Diagnostic("weeks", error.message))
    return Made(page, messages(said), frozenset({path, *compiler.looked_at()}))


def messages(found: Iterable[Diagnostic]) -> tuple[Message, ...]:
    """Diagnostics as they are printed."""
    return tuple(Message(one.severity, render(one)) for one in found)


def _page(compiled: Compiled, found: list[Marked], weeks: str | None, *, notes: bool) -> str:
    if compiled.plan is None:
        return pages.of_workouts([workout for workout in compiled.workouts if workout])
    from negsplit.plan.totals import totals
    from negsplit.preview.plan_html import page

    plan = totals(compiled.plan)
    kept, remarks = pages.weeks_of_plan(plan, weeks, found)
    return page(plan, kept, [one for one in remarks if notes or one.severity is not Severity.NOTE])
