"""What was read of a text, made again where the same text stands elsewhere: files and plans repeat their phrases.

What is read of a text that stands in its source character for character depends on those characters alone, but for the
places that it names. Those are kept as offsets from where the text begins.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, Final, TypeVar

from negsplit.diagnostics import Report, Source, Span
from negsplit.tree.nodes import Text

T = TypeVar("T")

MOST: Final = 1_024
"""Readings that are remembered; then all are forgotten."""
LONGEST: Final = 200
"""Characters of a text whose reading is remembered."""

Made = Callable[[Source, int], Any]
"""Makes a value for a text that begins at an offset of a source."""
_PLACELESS: Final = frozenset((str, int, bool, Decimal, type(None)))
_readings: dict[Hashable, Made | None] = {}
"""How to make what was read; None for what has been read once."""


class _UnknownError(Exception):
    """A value may name places in a way that nobody knows of."""


def remembered(text: Text, report: Report, how: Hashable, read: Callable[[], T]) -> T:
    """What ``read`` gives for a text, which depends on its characters and on ``how`` it is read, and nothing else.

    Where it reports anything it is not remembered, so that everything is said again.
    """
    if type(text) is not Text or not text.is_verbatim or len(text) > LONGEST:
        return read()
    key, span = (how, str(text)), text.span
    if made := _readings.get(key):
        again: T = made(span.source, span.start)
        return again
    said = len(report.diagnostics)
    found = read()
    if len(report.diagnostics) == said:
        if len(_readings) >= MOST:
            _readings.clear()
        # Most texts are read once: only for what comes again is it worth the effort.
        _readings[key] = made_again(found, span) if key in _readings else None
    return found


def made_again(value: Any, whole: Span) -> Made | None:
    """How what was read of the text ``whole`` is made for another place; None where that is not known."""
    try:
        return _made(value, whole) or (lambda _, __: value)
    except _UnknownError:
        return None


def _made(value: Any, whole: Span) -> Made | None:
    """How a value is made for another place; None where it names none and is the same everywhere.

    :raises _UnknownError: for values of other kinds than phrases are read as.
    """
    kind = type(value)
    if kind in _PLACELESS or isinstance(value, Enum) or (kind is dict and not value):
        return None
    if kind is Span:
        return _span(value, whole)
    if isinstance(value, tuple | list):
        return _sequence(value, whole)
    if not is_dataclass(kind):
        raise _UnknownError
    content = {field.name: getattr(value, field.name) for field in fields(kind)}
    moving = [(name, made) for name, one in content.items() if (made := _made(one, whole))]

    def make(source: Source, at: int) -> Any:
        given = content.copy()
        for name, made in moving:
            given[name] = made(source, at)
        return kind(**given)

    return make if moving else None


def _span(span: Span, whole: Span) -> Made:
    if span.source is not whole.source or span.notes:
        raise _UnknownError
    start, end = span.start - whole.start, span.end - whole.start
    return lambda source, at: Span(source, at + start, at + end)


def _sequence(values: tuple[Any, ...] | list[Any], whole: Span) -> Made | None:
    kind = type(values)
    make: Callable[[Any], Any] = getattr(kind, "_make", kind)
    parts = [(one, _made(one, whole)) for one in values]
    if kind is not list and not any(made for _, made in parts):
        return None
    return lambda source, at: make([made(source, at) if made else one for one, made in parts])
