"""Texts inside ``[ ]`` and ``{ }``, which a comma ends."""

from __future__ import annotations

from negsplit.diagnostics import Span
from negsplit.tree.source_lines import quotes_for


def is_before_comma(span: Span) -> bool:
    """Whether a sign of YAML's that ends a text inside brackets stands behind it."""
    return span.source.text[span.end : span.end + 1] in (",", "]", "}")


def comma_ends(span: Span) -> str:
    """What to do about the rest of a text that a comma has cut off."""
    quotes = quotes_for(span.source.text, span.start)
    return f"inside `[ ]` and `{{ }}` a comma ends the text: put the whole text in {quotes}"


def is_before_comment(span: Span) -> bool:
    """Whether a ``#`` stands behind it on its line, which is no part of it."""
    return span.source.text[span.end :].partition("\n")[0].lstrip().startswith("#")


def comment_ends(span: Span) -> str:
    """What to do about the rest of a text that was read as a comment."""
    return f"` #` begins a comment: put the whole text in {quotes_for(span.source.text, span.start)}"
