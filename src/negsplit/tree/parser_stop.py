"""Where a YAML parser gave up, and what is said about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from negsplit.codes import Code
from negsplit.diagnostics import Diagnostic, Help, Source, Span
from negsplit.tree.comments import WrittenScalar
from negsplit.tree.source_lines import indented_like, instead, quotes_around, value_end

CLOSING: Final = {"[": "]", "{": "}"}
"""The brackets and what closes them."""
QUOTES: Final = ("'", '"')

_QUOTED: Final = re.compile(r"""'(?:[^']|'')*+'|"(?:[^"\\]|\\.)*+\"""", re.DOTALL)
_BRACKET: Final = re.compile(r"(?<![^\s,\[{])#.*|[\[\]{}]")


@dataclass(frozen=True)
class ParserStop:
    """Where the parser gave up, its words, and what it was reading.

    It stopped ``at`` an offset, in a construct that ``begun`` at another. ``last`` is the scalar it read
    last, if that ends at ``end``, where the tree ends; ``flows`` are where the open flow collections begin.
    """

    source: Source
    words: str
    at: int
    begun: int | None
    last: WrittenScalar | None
    end: int
    flows: list[int]

    @property
    def text(self) -> str:
        """All of the source."""
        return self.source.text

    @property
    def char(self) -> str:
        """The character it stopped at, empty at the end of the text."""
        return self.text[self.at : self.at + 1]

    @property
    def scanned(self) -> int:
        """Up to where the text is known not to be inside quotes."""
        quoted = self.begun is not None and self.text[self.begun : self.begun + 1] in QUOTES
        return self.begun if quoted and self.begun is not None else self.at

    @property
    def in_quotes(self) -> bool:
        """Whether it stopped inside the quotes in which what it read begins."""
        found = _QUOTED.match(self.text, self.begun, self.at) if self.begun is not None else None
        return self.begun is not None and self.text[self.begun : self.begun + 1] in QUOTES and found is None

    @property
    def brackets_ahead(self) -> int:
        """At most how many brackets it opened of which the tree knows nothing."""
        return sum(self.text.count(sign, self.end, self.scanned) for sign in CLOSING)

    @cached_property
    def bracket(self) -> int | None:
        """The innermost open bracket; the parser has read some that are not in the tree yet."""
        brackets = list(self.flows)
        for found in _BRACKET.finditer(self.text, self.end, self.scanned):
            if found.group() in CLOSING:
                brackets.append(found.start())
            elif brackets and found.group() in ("]", "}"):
                brackets.pop()
        return next((start for start in reversed(brackets) if self.text[start] in CLOSING), None)

    @property
    def flow(self) -> bool:
        """Whether the place is inside brackets, where commas end a text."""
        return self.bracket is not None

    def quotes_from(self, start: int) -> Help:
        """The cure that quotes the value that begins at an offset."""
        return quotes_around(self.source, start, value_end(self.text, start, flow=self.flow))

    def indented_like(self, level: tuple[int, int]) -> Help:
        """The cure that indents the line it stopped on like the one whose level that is."""
        return indented_like(self.source, self.at, level)

    def instead(self, title: str, start: int, end: int, by: str, *, is_certain: bool = False) -> Help:
        """Other characters in the place of those from ``start`` to ``end``, as a cure that ``title`` says."""
        return instead(title, self.source, start, end, by, is_certain=is_certain)


class Cause(NamedTuple):
    """Start and end of what is wrong, what is wrong with it, and what to write instead."""

    start: int
    end: int
    message: str
    help: tuple[Help, ...]
    code: Code = "yaml-syntax"

    def of(self, source: Source) -> Diagnostic:
        """The diagnostic, kept within the text."""
        start = min(self.start, len(source.text))
        span = Span(source, start, max(start, min(self.end, len(source.text))))
        return Diagnostic.of(self.code, self.message, span, self.help)
