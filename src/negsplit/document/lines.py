"""Whole lines of a document, moved or left out."""

from __future__ import annotations

import re

from negsplit.diagnostics import Edit, Fix, Help, Span
from negsplit.tree.nodes import Fields, Text
from negsplit.tree.source_lines import before, line_end, line_start, newline


def moved_up(title: str, node: Fields, key: Text) -> Help:
    """The cure that makes a key the first of its mapping; words alone where its value takes more than its line."""
    first, line = next(iter(node)), _line_of(node, key)
    if line is None or node.flow or first.span.source is not line.source:
        return title
    source, indent = line.source, " " * (first.span.column - 1)
    end = newline(source.text, first.span.start)
    top = Span(source, first.span.start, first.span.start)
    written = source.text[key.span.start : line_end(source.text, key.span.start)]
    return Fix(title, (Edit(top, f"{written}{end}{indent}"), Edit(line, "")))


def left_out(title: str, value: Text) -> Help:
    """The cure that takes out a value and its key; words alone where they share their lines with others."""
    source = value.span.source
    start, end = line_start(source.text, value.span.start), line_end(source.text, value.span.start)
    alone = (
        re.fullmatch(r" *\w+: +", source.text[start : value.span.start])
        and value.span.text == value
        and value.span.end == end
    )
    if not alone:
        return title
    return Fix(title, (Edit(Span(source, start, min(end + len(newline(source.text, end)), len(source.text))), ""),))


def _line_of(node: Fields, key: Text) -> Span | None:
    """The line, with its end, that a key has for itself and its value."""
    value, span = node[key], key.span
    text = span.source.text
    if not isinstance(value, Text) or value.span.source is not span.source or before(text, span.start).strip():
        return None
    end = line_end(text, span.start)
    if not (span.end <= value.span.start and value.span.end <= end):
        return None
    return Span(span.source, line_start(text, span.start), min(end + len(newline(text, end)), len(text)))
