"""The plan that a plan begins with: ``use: preset:seed10``, or another plan's file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from negsplit.diagnostics import Report
from negsplit.document import workouts
from negsplit.document.library import Library, LibraryFile, Refusal
from negsplit.document.params import Declared, Filling, Param, given, named_in, report_missing, report_unknown
from negsplit.document.reading import is_meant
from negsplit.document.shapes import PlanShape
from negsplit.tree.nodes import Fields, Text
from negsplit.tree.source_lines import short

_TAKEN: Final = (
    *("weeks", "week_starts", "sessions", "days", "down_weeks", "repeat_weeks"),
    *("paces", "blocks", "notes", "tolerance", "units", "lint"),
)
"""What a plan takes from the one that it uses, where it does not say it itself."""
_MERGED: Final = ("paces", "blocks", "lint", "days")
"""What has names of its own, each of which a plan may say itself."""


def with_the_other(node: Fields, library: Library, report: Report) -> tuple[Fields, dict[str, Param]]:
    """A plan with what it takes from the one that it uses, and the params that its sessions may name."""
    filling = Filling(report)
    declared = filling.declared(node.value("params"))
    params = _values(declared, {}, None, report)
    use, with_ = node.value("use"), node.value("with")
    whole = node
    if isinstance(use, Text) and use.strip():
        other = _other(use, library, report)
        if other is None:
            return node, params
        theirs = filling.declared(other.value("params"))
        params = {**_values(theirs, _handed(theirs, with_, use, report), use, report), **params}
        whole = _joined(node, other)
    elif with_ is not None:
        key = next(key for key in node if key == "with")
        help = "add `use:`, or write `with` under a session"
        report.error("no-effect", "`with` gives values to a plan that is used, and none is", key.span, help)
    _check_used(declared, whole, report)
    return whole, params


def _joined(node: Fields, other: Fields) -> Fields:
    taken = {}
    for key, theirs in other.items():
        ours = node.value(key)
        if key in _TAKEN and ours is None:
            taken[key] = theirs
        elif key in _MERGED and isinstance(ours, Fields) and isinstance(theirs, Fields):
            taken[next(own for own in node if own == key)] = _merged(ours, theirs)
    return node.but(taken)


def _merged(ours: Fields, theirs: Fields) -> Fields:
    """Theirs and ours by their names; where both say a week, its days."""
    names = {_folded(key): key for key in ours}
    both = Fields(ours.span, flow=ours.flow)
    for key, value in theirs.items():
        own = names.get(_folded(key))
        if own is None:
            both[key] = value
        elif own.lower().startswith("week") and isinstance(value, Fields) and isinstance(days := ours[own], Fields):
            both[own] = _merged(days, value)
    for key, value in ours.items():
        both.setdefault(key, value)
    return both


def _folded(key: str) -> str:
    return " ".join(key.lower().split())


def _handed(declared: Declared, written: object, use: Text, report: Report) -> dict[str, Param]:
    """The values given to the params of the plan that is used."""
    found: dict[str, Param] = {}
    for key, value in written.items() if isinstance(written, Fields) else ():
        if key not in declared.params:
            report_unknown(use, key, declared.params, key.span, report)
        elif isinstance(value, Text):
            found[str(key)] = given(value) if value.strip() else Param()  # the empty one is reported
    return found


def _values(declared: Declared, handed: Mapping[str, Param], use: Text | None, report: Report) -> dict[str, Param]:
    found: dict[str, Param] = {}
    for key, default in declared.params.items():
        param = handed.get(key, default)
        if param is None and use is None:
            report.error("missing-param", f"`{key}` has no value", key.span, f"write one: `{key}: 30 min`")
        elif param is None and use is not None:
            report_missing(use, key, report)
        found[str(key)] = param or Param()
    return found


def _check_used(declared: Declared, whole: Fields, report: Report) -> None:
    """Reports params of a plan that none of its sessions names, unless these cannot be read."""
    if is_meant(whole, "sessions", PlanShape):
        return
    named = named_in([one for key in ("sessions", "days") if (one := whole.value(key)) is not None])
    for key, default in declared.params.items():
        if key not in named and key.isidentifier() and default is not None:
            help = f"write `${key}` under `with` or in the steps of a session, or leave it out"
            report.error("unused-param", f"`{key}` is not used by any session", key.span, help)


def _other(use: Text, library: Library, report: Report) -> Fields | None:
    file = library.open(use.span.source, str(use))
    if isinstance(file, Refusal):
        report.error("unknown-plan", file.message, use.span, *file.help)
        return None
    report.extend(file.diagnostics)
    node = file.nodes[0] if isinstance(file, LibraryFile) and len(file.nodes) == 1 else None
    if not isinstance(node, Fields) or workouts.kind_of(node) != "plan":
        if not file.diagnostics:
            help = "a plan uses a file with one plan, which begins with `plan:`"
            report.error("not-a-plan", f"`{short(use)}` is no plan", use.span, help)
        return None
    if "use" in node:
        help = "use that one, or write the sessions into this plan"
        report.error("too-deep", f"`{short(use)}` uses a plan in its turn", use.span, help)
        return None
    return node
