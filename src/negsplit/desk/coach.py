"""What a coach would say of a file, with every cure tried in it, whichever command asks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from negsplit.compile import parse
from negsplit.cures import proved
from negsplit.desk.compiler import Compiled, Compiler
from negsplit.diagnostics import Diagnostic, Fix, Severity, Source, in_order

if TYPE_CHECKING:
    from negsplit.check import Marked
    from negsplit.document.workouts import Kind
    from negsplit.preview.plan_remarks import Remark


def remarks(compiled: Compiled, compiler: Compiler, path: Path | None, *kinds: Kind) -> list[Marked]:
    """What the rules found in what came of a file, or of a line, without those cures that do not satisfy them.

    ``compiler`` made it of what lies at ``path`` as one of the ``kinds``.
    """
    found = _found(compiled)
    if not any(isinstance(one.finding.cure, Fix) for one in found):
        return found

    def again(source: Source) -> list[Diagnostic]:
        other, read = compiler.instead(source), compiled.documents
        if read is None:
            changed = other.line(source.text)
        else:
            changed = other.documents(parse(source) if source.name == read.source.name else read, path, *kinds)
        return [*changed.diagnostics, *said(_found(changed))]

    works = {id(fix) for one in proved(said(found), again) for fix in one.fixes}
    return [one if _is_kept(one, works) else _without_cure(one) for one in found]


def said(found: list[Marked]) -> list[Diagnostic]:
    """As it is printed."""
    from negsplit.check import diagnostic

    return [diagnostic(one.rule, one.finding) for one in found]


def beside(compiled: Compiled, rules: Iterable[Diagnostic]) -> list[Diagnostic]:
    """All that is to be said of a file, with what a coach says where it stands."""
    if compiled.kind == "plan":
        return in_order([*compiled.diagnostics, *rules])
    return [*compiled.problems, *in_order([*compiled.of_passes, *rules])]


def plan_remarks(found: list[Marked]) -> list[Remark]:
    """As a calendar of a plan marks it, warnings first."""
    from negsplit.preview.plan_remarks import Remark

    remarks = []
    for rule, one in found:
        keys, weeks = tuple(dict.fromkeys(one.keys)), tuple(dict.fromkeys(one.weeks))
        cure = str(one.cure or "")
        remarks.append(Remark(rule.code, one.severity, one.message, cure, rule.evidence.value, keys, weeks))
    return sorted(remarks, key=lambda one: (one.severity is Severity.NOTE, one.code))


def _found(compiled: Compiled) -> list[Marked]:
    if compiled.plan is not None:
        from negsplit.check import plan_findings
        from negsplit.plan.totals import totals

        return plan_findings(totals(compiled.plan))
    if not any(compiled.workouts):
        return []
    from negsplit.check import workout_findings

    return [finding for one in compiled.workouts if one for finding in workout_findings(one)]


def _is_kept(one: Marked, works: set[int]) -> bool:
    return not isinstance(one.finding.cure, Fix) or id(one.finding.cure) in works


def _without_cure(one: Marked) -> Marked:
    return one._replace(finding=one.finding._replace(cure=None))
