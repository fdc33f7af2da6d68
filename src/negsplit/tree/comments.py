"""Comments that say something to the language: text that YAML would drop behind a ``#``, and questions of a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from negsplit.diagnostics import Diagnostic, Help, Source, Span
from negsplit.tree.source_lines import instead, line_end, quotes_around, short, value_end

# A `$` too: `rep #$n` is text as much as `rep #3`.
_SUSPECT: Final = re.compile(r"#(?:[^\W_]|\$)")
ASKS: Final = "# ?"
"""What a comment begins with that asks the runner something."""
_QUESTION: Final = re.compile(r"#[ \t]*\?")
_COMMENT: Final = re.compile(r"(?<![^ \t\r\n\ufeff])#.*")


class WrittenScalar(NamedTuple):
    """A scalar or an alias (style ``*``) as it stands in the source, quotes included."""

    start: int
    end: int
    style: str
    flow: bool


def asks(text: str) -> bool:
    """Whether a text has any comment, or text, that may be a question."""
    return _QUESTION.search(text) is not None


def questions(source: Source, begin: int, end: int) -> Iterator[Span]:
    """The comments between two pieces of a document that ask something, each to the end of its line."""
    for found in _COMMENT.finditer(source.text, begin, end):
        if _QUESTION.match(found.group()):
            yield Span(source, found.start(), found.start() + len(found.group().rstrip()))


def suspicious(text: str) -> bool:
    """Whether a text has any comment, or text, that is worth a closer look."""
    return _SUSPECT.search(text) is not None


def swallowed(source: Source, last: WrittenScalar | None, begin: int, end: int) -> Iterator[Diagnostic]:
    """The comments between two pieces of a document that were meant as text.

    ``last`` is the scalar that ends at ``begin``, None if something else does. A comment on a line of its
    own is one, and so is one behind quotes or brackets, if a space parts them.
    """
    at = begin
    for line in source.text[begin:end].splitlines(keepends=True):
        before, sign, rest = line.partition("#")
        mark, behind = at + len(before), last if at == begin else None
        at += len(line)
        if not sign or not _SUSPECT.match(sign + rest):
            continue
        touched = source.text[mark - 1 : mark].strip("\ufeff \t\r\n")
        if behind and behind.style in ("", "*") and not before.strip():
            empty = behind.start == behind.end
            yield _lost(source, mark, mark if empty else behind.start, flow=behind.flow)
        elif touched in ("[", "{", ","):
            yield _lost(source, mark, mark, flow=True)
        elif touched:
            yield _lost(source, mark, None)


def _lost(source: Source, mark: int, start: int | None, *, flow: bool = False) -> Diagnostic:
    text = source.text
    comment = text[mark : line_end(text, mark)].rstrip()
    advice: Help = "put it inside the quotes or brackets"
    if start is not None:
        advice = quotes_around(source, start, value_end(text, mark, flow=flow))
    space = instead("if it is a comment, put a space after the `#`", source, mark + 1, mark + 1, " ")
    return Diagnostic.of(
        "comment",
        f"`{short(comment)}` would be lost: YAML reads it as a comment",
        Span(source, mark, mark + len(comment)),
        (advice, space),
    )
