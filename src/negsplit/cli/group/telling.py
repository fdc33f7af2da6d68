"""What is wrong in a group: once, with for whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from negsplit.cli import console
from negsplit.desk.group_findings import circle, for_whom
from negsplit.diagnostics import Diagnostic


def report_for_whom(found: Sequence[tuple[str, Iterable[Diagnostic]]], *, quiet: bool) -> None:
    """Reports what was found for each runner, what is the same for several once, under a heading that says for whom."""
    for names, problems in for_whom(found):
        shown = console.without_notes(problems) if quiet else problems
        if shown:
            console.note(f"for {circle(names, len(found))}:")
            console.report(shown)
