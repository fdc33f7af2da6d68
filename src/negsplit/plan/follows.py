"""The plan that was run before another: ``follows: base.plan.yaml``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple

from negsplit.diagnostics import Diagnostic, Report, Source, Span, has_errors
from negsplit.document import workouts
from negsplit.document.library import Library, LibraryFile, Refusal
from negsplit.tree.nodes import Fields, Text
from negsplit.tree.source_lines import short
from negsplit.words import PRESET

MOST_FOLLOWED: Final = 6
"""Plans that follow each other: years of running."""


class Follows(NamedTuple):
    """One link of a chain of plans: the ``path`` of the plan before, and where messages about the chain are told.

    That is the ``span`` of the first path, in the plan that was asked for. ``behind`` are the texts of the plans that
    come after it, the one asked for first.
    """

    path: Text
    span: Span
    behind: tuple[Source, ...]

    @property
    def who(self) -> str:
        """The plan that has the path."""
        return "this plan" if len(self.behind) == 1 else f"`{short(self.behind[-1].name)}`"

    def next(self, path: Text, source: Source) -> Follows:
        """The link behind, from the plan of a text on."""
        return Follows(path, self.span, (*self.behind, source))


def opened(link: Follows, library: Library, report: Report) -> Fields | None:
    """The document of the plan that a link leads to; None where there is none to be had, which is reported."""
    path = link.path
    if path.startswith(PRESET):
        help = "write a plan of your own that begins with `use:` and its `start`, and follow that"
        report.error("follows", f"nobody has run `{short(path)}`: its days are examples", link.span, help)
        return None
    file = library.open(path.span.source, str(path))
    if isinstance(file, Refusal):
        report.error("unknown-plan", file.message, link.span, *file.help)
        return None
    if has_errors(file.diagnostics):
        report_fault(link, file.diagnostics, report)
        return None
    return _plan(link, file, report)


def _plan(link: Follows, file: LibraryFile, report: Report) -> Fields | None:
    node = file.nodes[0] if len(file.nodes) == 1 else None
    if not isinstance(node, Fields) or workouts.kind_of(node) != "plan":
        help = "a plan follows a file with one plan, which begins with `plan:`"
        report.error("not-a-plan", f"`{short(link.path)}` is not a plan", link.span, help)
        return None
    if any(node.span.source.text == one.text for one in link.behind):
        help = "each plan names the one that was run before it, and the first names none"
        message = f"{link.who} follows `{short(link.path)}`, which comes after it"
        message = "this plan follows itself" if len(link.behind) == 1 else message
        report.error("follows", message, link.span, help)
        return None
    if len(link.behind) > MOST_FOLLOWED:
        message = f"more than {MOST_FOLLOWED} plans lie behind this one"
        report.error("too-deep", message, link.span, f"take `follows` out of {link.who}")
        return None
    return node


def report_fault(link: Follows, found: Sequence[Diagnostic], report: Report) -> None:
    """Says that the plan before is at fault, and what is wrong with it first."""
    first = next(one for one in found if has_errors([one]))
    place = f"{first.span.source.name}:{first.span.line}:{first.span.column}: " if first.span else ""
    message = f"`{short(link.path)}` has errors, so nobody can tell what was run in it"
    report.error("follows", message, link.span, f"{place}{first.message}")


def check_overlap(link: Follows, last: dt.date, first: dt.date, report: Report) -> None:
    """Reports a plan that begins on its ``first`` day before the one that it follows is over on its ``last``."""
    if last >= first:
        message = f"`{short(link.path)}` ends on {last}, and {link.who} begins on {first}"
        help = f"begin on {last + dt.timedelta(days=1)} or later, or follow the plan that was run before that day"
        report.error("follows", message, link.span, help)
