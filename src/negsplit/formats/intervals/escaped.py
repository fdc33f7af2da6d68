"""A text in JSON, between its quotes: where each of its characters stands."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from negsplit.diagnostics import Span

_CHARACTER: Final = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|.", re.DOTALL)
"""Characters as they are written: two escapes are one beyond the first 65,536 (RFC 8259, section 7)."""


def within(whole: Span, first: int, last: int) -> Span:
    """Where some characters of a text stand, ``last`` not among them. ``whole`` is all of it, with its quotes."""
    end = whole.end - 1
    found = islice(_CHARACTER.finditer(whole.source.text, whole.start + 1, end), last + 1)
    edges = [*(one.start() for one in found), end]
    return Span(whole.source, edges[min(first, len(edges) - 1)], edges[min(last, len(edges) - 1)])
