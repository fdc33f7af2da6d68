"""One finding a rule and a plan: the worst place in words, then where else."""

from __future__ import annotations

from collections.abc import Sequence

from negsplit.check.plan_subject import weeks_text
from negsplit.check.rule import Finding
from negsplit.diagnostics import Severity


def grouped(findings: Sequence[Finding], weeks: dict[str, int]) -> Finding:
    """The worst of what one rule found, with the weeks of the others behind its words, and marks in all of them.

    Beside a warning notes are left out. ``weeks`` has the number of the week of each session's key.
    """
    is_warned = any(one.severity is Severity.WARNING for one in findings)
    some = [one for one in findings if one.severity is Severity.WARNING or not is_warned]
    worst = max(some, key=lambda one: one.weight)
    at, *_ = (*_weeks_of(worst, weeks), 0)
    numbers = sorted({number for one in some for number in _weeks_of(one, weeks)} - {at, *worst.weeks})
    also = f", also {weeks_text(numbers)}" if numbers else ""
    keys = tuple(dict.fromkeys(key for one in some for key in one.keys))
    marked = tuple(dict.fromkeys(number for one in some for number in one.weeks))
    return worst._replace(message=worst.message + also, keys=keys, weeks=marked)


def _weeks_of(finding: Finding, weeks: dict[str, int]) -> Sequence[int]:
    return finding.weeks or [weeks[key] for key in finding.keys]
