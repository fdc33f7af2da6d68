"""The plan that was run before another: ``follows: base.plan.yaml``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from negsplit.diagnostics import Diagnostic, Report, Source, has_errors
from negsplit.document import workouts
from negsplit.document.library import PRESET, Library, LibraryFile, Refusal
from negsplit.tree.nodes import Fields, Text
from negsplit.tree.source_lines import short

MOST_FOLLOWED: Final = 6
"""Plans that follow each other: years of running."""


def opened(follows: Text, library: Library, behind: Sequence[Source], report: Report) -> Fields | None:
    """The document of the plan that one follows, which those ``behind`` follow one after the other."""
    if follows.startswith(PRESET):
        help = "write a plan of your own that begins with `use:` and its `start`, and follow that"
        message = f"nobody has run `{short(follows)}`: its days are examples"
        report.error("follows", message, follows.span, help)
        return None
    file = library.open(follows.span.source, str(follows))
    if isinstance(file, Refusal):
        report.error("unknown-plan", file.message, follows.span, *file.help)
        return None
    if has_errors(file.diagnostics):
        report_fault(follows, file.diagnostics, report)
        return None
    return _plan(follows, file, behind, report)


def _plan(follows: Text, file: LibraryFile, behind: Sequence[Source], report: Report) -> Fields | None:
    node = file.nodes[0] if len(file.nodes) == 1 else None
    if not isinstance(node, Fields) or workouts.kind_of(node) != "plan":
        help = "a plan follows a file with one plan, which begins with `plan:`"
        report.error("not-a-plan", f"`{short(follows)}` is not a plan", follows.span, help)
        return None
    if any(node.span.source.text == one.text for one in behind):
        whose = "itself" if len(behind) == 1 else "itself in the end"
        help = "name the plan that was run before this one, or leave `follows` out"
        report.error("follows", f"with `{short(follows)}` this plan follows {whose}", follows.span, help)
        return None
    if len(behind) > MOST_FOLLOWED:
        message = f"more than {MOST_FOLLOWED} plans follow each other"
        report.error("too-deep", message, follows.span, "leave `follows` out of the oldest of them")
        return None
    return node


def report_fault(follows: Text, found: Sequence[Diagnostic], report: Report) -> None:
    """Says that the plan before is at fault, and what is wrong with it first."""
    first = next(one for one in found if has_errors([one]))
    place = f"{first.span.source.name}:{first.span.line}:{first.span.column}: " if first.span else ""
    message = f"`{short(follows)}` has errors, so nobody can tell what was run in it"
    report.error("follows", message, follows.span, f"{place}{first.message}")


def check_overlap(follows: Text, last: dt.date, first: dt.date, report: Report) -> None:
    """Reports a plan that begins on its ``first`` day before the one that it follows is over on its ``last``."""
    if last >= first:
        message = f"`{short(follows)}` ends on {last}, and this plan begins on {first}"
        help = f"let this one begin on {last + dt.timedelta(days=1)} or later, or that one end earlier"
        report.error("follows", message, follows.span, help)
