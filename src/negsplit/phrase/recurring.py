"""Phrases that recur are read once: ``15 min @ easy`` stands in many workouts, and always means the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final, TypeAlias, TypeVar, cast

from negsplit.diagnostics import Report, Source, Span
from negsplit.tree.nodes import Text

T = TypeVar("T")

KEPT: Final = 1024
"""Phrases that are remembered, the latest ones."""
LONGEST: Final = 200
"""Characters of a text that is worth remembering."""

Rule: TypeAlias = Callable[[Text, Report], T]
"""Reads a whole text. What it finds must depend on the characters of the text, its style and nothing around it."""


def read(text: Text, report: Report, rule: Rule[T]) -> T:
    """What a rule finds in a text: from memory, where nothing is to be said of it."""
    if text.is_verbatim and len(text) <= LONGEST:
        found = _alone(rule, str(text), text.style)
        if found is not None:
            return cast("T", found(text.span))
    return rule(text, report)


@lru_cache(maxsize=KEPT)
def _alone(rule: Rule[Any], text: str, style: str) -> Callable[[Span], Any] | None:
    """What makes what is found in a text, wherever that stands; None where anything is said of it."""
    report, source = Report(), Source("", text)
    value = rule(Text(text, Span(source, 0, len(text)), style), report)
    if report.diagnostics or value is None:
        return None
    return _mould(value, source) or (lambda _: value)


def _mould(value: Any, source: Source) -> Callable[[Span], Any] | None:
    """What makes a value again for a text that begins elsewhere; None where it holds no place in its ``source``."""
    if isinstance(value, Span):
        if value.source is not source:
            return None
        start, end = value.start, value.end
        return lambda whole: Span(whole.source, whole.start + start, whole.start + end)
    if isinstance(value, tuple | list):
        parts = [_mould(one, source) for one in value]
        if not any(parts):
            return None
        make = getattr(value, "_make", type(value))
        pairs = list(zip(value, parts, strict=True))
        return lambda whole: make([part(whole) if part else one for one, part in pairs])
    if not dataclasses.is_dataclass(value):
        assert not (isinstance(value, Mapping) and value), "no phrase finds a mapping"
        return None
    cls: Any = type(value)
    held = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    moulds = [(name, mould) for name, one in held.items() if (mould := _mould(one, source))]
    if not moulds:
        return None

    def made(whole: Span) -> Any:
        return cls(**held | {name: mould(whole) for name, mould in moulds})

    return made
