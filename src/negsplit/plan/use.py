"""The plan that a plan begins with: ``use: preset:seed10``, or another plan's file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from negsplit.diagnostics import Report, has_errors
from negsplit.document import workouts
from negsplit.document.library import Library, LibraryFile, Refusal
from negsplit.document.params import Declared, Filling, Param, given, named_in, report_missing, report_unknown
from negsplit.document.reading import is_meant
from negsplit.document.shapes import PlanShape
from negsplit.tree.nodes import Fields, Node, Text
from negsplit.tree.source_lines import short
from negsplit.words import PRESET

_TAKEN: Final = (
    *("weeks", "weeks_after", "week_starts", "sessions", "down_weeks", "repeat_weeks"),
    *("paces", "blocks", "notes", "tolerance", "units", "lint"),
)
"""What a plan takes from the one that it uses, where it does not say it itself."""
_OF_ITS_RUNNER: Final = ("moves", "missed", "fitness", "follows")
"""What stays behind: it is about when and how the other plan was run."""
_MERGED: Final = ("paces", "blocks", "lint")
"""What has names of its own, each of which a plan may say itself."""


class WholePlan(NamedTuple):
    """A plan with what it takes from the one that it uses.

    ``taken_days`` are the single days of that one, None where it has none; ``params`` what the sessions may name.
    """

    node: Fields
    params: dict[str, Param]
    taken_days: Node | None = None


def with_the_other(node: Fields, library: Library, report: Report) -> WholePlan:
    """A plan with what it takes from the one that it uses."""
    filling = Filling(report)
    declared = filling.declared(node.value("params"))
    params = _values(declared, {}, None, report)
    use, with_ = node.value("use"), node.value("with")
    whole = WholePlan(node, params)
    if isinstance(use, Text) and use.strip():
        other = _other(use, library, report)
        if other is None:
            return whole
        for key in (one for one in _OF_ITS_RUNNER if one in other.node):
            message = f"`{key}` of `{short(use)}` does not count here"
            report.note("left-out", message, use.span, "write it into this plan if you mean it here too")
        theirs = filling.declared(other.node.value("params"))
        handed = _values(theirs, _handed(theirs, with_, use, report), use, report)
        params = {**other.params, **handed, **params}
        whole = WholePlan(_joined(node, other.node, use), params, other.node.value("days"))
    elif with_ is not None:
        key = next(key for key in node if key == "with")
        help = "add `use:`, or write `with` under a session"
        report.error("no-effect", "`with` gives values to the plan under `use:`, and there is none", key.span, help)
    _check_added(node, report)
    _check_used(declared, whole, report)
    return whole


def _check_added(node: Fields, report: Report) -> None:
    """Reports what is added to the sessions of a plan that is used where none is, or where these are not taken."""
    if "add" in node and ("sessions" in node or "use" not in node):
        key = next(key for key in node if key == "add")
        why = "has sessions of its own" if "sessions" in node else "uses none"
        message = f"`add` changes the sessions of a plan that is used, and this one {why}"
        report.error("no-effect", message, key.span, "write them under `sessions`")


def _joined(node: Fields, other: Fields, use: Text) -> Fields:
    taken = dict(_dates(node, other, use))
    for key, theirs in other.items():
        ours = node.value(key)
        if key in _TAKEN and ours is None:
            taken[key] = theirs
        elif key in _MERGED and isinstance(ours, Fields) and isinstance(theirs, Fields):
            taken[next(own for own in node if own == key)] = _merged(ours, theirs)
    return node.but(taken)


def _dates(node: Fields, other: Fields, use: Text) -> Iterator[tuple[Text, Node]]:
    """When it is: as the other says where this one does not; of the race another day alone changes nothing else.

    The days of a plan that comes with negsplit are examples: nobody means them.
    """
    ours, theirs = node.value("race"), other.value("race")
    if isinstance(ours, Text) and ours.strip() and isinstance(theirs, Fields):
        yield next(key for key in node if key == "race"), theirs.but({Text.made("on", ours.span): ours})
    elif "race" not in node and "start" not in node and not use.startswith(PRESET):
        yield from ((key, value) for key, value in other.items() if key in ("race", "start"))


def _merged(ours: Fields, theirs: Fields) -> Fields:
    """Theirs and ours by their names."""
    names = {_folded(key) for key in ours}
    both = Fields(ours.span, flow=ours.flow)
    both.update({key: value for key, value in theirs.items() if _folded(key) not in names})
    both.update(ours)
    return both


def _folded(key: str) -> str:
    return " ".join(key.lower().split())


def _handed(declared: Declared, written: object, use: Text, report: Report) -> dict[str, Param]:
    """The values given to the params of the plan that is used."""
    found: dict[str, Param] = {}
    values = written if isinstance(written, Fields) else {}
    for key, value in values.items():
        if key not in declared.params:
            report_unknown(use, key, declared.params, values, key.span, report)
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


def _check_used(declared: Declared, whole: WholePlan, report: Report) -> None:
    """Reports params of a plan that none of its sessions names, unless these cannot be read."""
    if is_meant(whole.node, "sessions", PlanShape):
        return
    places = [*(whole.node.value(key) for key in ("sessions", "add", "days")), whole.taken_days]
    named = named_in([one for one in places if one is not None])
    for key, default in declared.params.items():
        if key not in named and key.isidentifier() and default is not None:
            help = f"write `${key}` under `with` or in the steps of a session, or leave it out"
            report.error("unused-param", f"`{key}` is not used by any session", key.span, help)


def _other(use: Text, library: Library, report: Report) -> WholePlan | None:
    """The plan that is used; one that comes with negsplit, and begins with another of these, with what it takes."""
    file = library.open(use.span.source, str(use))
    if isinstance(file, Refusal):
        report.error("unknown-plan", file.message, use.span, *file.help)
        return None
    report.extend(file.diagnostics)
    node = file.nodes[0] if isinstance(file, LibraryFile) and len(file.nodes) == 1 else None
    if not isinstance(node, Fields) or workouts.kind_of(node) != "plan":
        if not has_errors(file.diagnostics):
            help = "a plan uses a file with one plan, which begins with `plan:`"
            report.error("not-a-plan", f"`{short(use)}` is not a plan", use.span, help)
        return None
    if "use" not in node:
        return WholePlan(node, {})
    whole = with_the_other(node, library, report) if use.startswith(PRESET) else None
    if whole is None or whole.taken_days is not None:
        help = "use that one, or write the sessions into this plan"
        report.error("too-deep", f"`{short(use)}` itself uses a plan", use.span, help)
        return None
    return whole
