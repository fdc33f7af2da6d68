"""The lines of a source around a place, and how one of them would read with its value in quotes."""

from __future__ import annotations

import re
from typing import Final

from negsplit.diagnostics import Help, Source, Span

DOUBLE_QUOTES: Final = "double quotes"
_LONGEST_LINE: Final = 120
_LONGEST_WORD: Final = 40
_COMMENT: Final = re.compile(r"(?:^|\s)#(?=\s|$)")
_FLOW_END: Final = re.compile(r"[,\]}]")


def line_start(text: str, at: int) -> int:
    """The offset at which the line of ``at`` begins."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def line_end(text: str, at: int) -> int:
    """The offset at which the line of ``at`` ends, before its line break."""
    return min((end for end in (text.find("\n", at), text.find("\r", at)) if end >= 0), default=len(text))


def newline(text: str, at: int) -> str:
    """How the line of an offset ends, for a new line in its style."""
    end = line_end(text, at)
    return "\r\n" if text.startswith("\r\n", end) else "\n"


def same_line(text: str, one: int, other: int) -> bool:
    """Whether two offsets are in one line."""
    return line_start(text, one) == line_start(text, other)


def before(text: str, at: int) -> str:
    """What stands before an offset on its line."""
    return text[line_start(text, at) : at]


def line_above(text: str, at: int) -> tuple[int, str] | None:
    """Offset and text of the nearest line above that is neither blank nor a comment."""
    start = line_start(text, at)
    while start > 0:
        end = start - 1
        start = line_start(text, end)
        line = text[start:end].rstrip()
        if line and not line.lstrip().startswith("#"):
            return start, line
    return None


def indent(text: str, at: int) -> int:
    """The number of spaces that the line of ``at`` begins with."""
    line = text[line_start(text, at) : line_end(text, at)]
    return len(line) - len(line.lstrip(" "))


def nearest_level(text: str, at: int) -> tuple[int, int] | None:
    """The indentation used above that is nearest to the line at ``at``, and the number of a line that has it.

    For a list item it is one of other items, else one of keys and texts.
    """
    item = text.startswith("-", at)
    here = indent(text, at)
    levels: dict[int, int] = {}
    for number, line in enumerate(text[: line_start(text, at)].splitlines(), 1):
        inner = len(line) - len(line.lstrip(" -"))
        outer = len(line) - len(line.lstrip(" "))
        if item and outer < inner:
            levels[outer] = number
        elif not item and line[inner : inner + 1] not in ("", "#"):
            levels[inner] = number
    nearest = min(((abs(level - here), level, number) for level, number in levels.items()), default=None)
    return nearest[1:] if nearest else None


def value_end(text: str, start: int, *, flow: bool) -> int:
    """Where a value that begins at ``start`` was probably meant to end, on its line."""
    line = text[start : line_end(text, start)]
    for sign in (_COMMENT, _FLOW_END) if flow else (_COMMENT,):
        if found := sign.search(line):
            line = line[: found.start()]
    return start + len(line.rstrip())


def short(text: str) -> str:
    """A text of any length, fit for a message."""
    return text if len(text) <= _LONGEST_WORD else f"{text[: _LONGEST_WORD - 3]}..."


def indented_like(source: Source, at: int, level: tuple[int, int]) -> Help:
    """The cure that indents the line of ``at`` by so many spaces, like the line of that number."""
    column, number = level
    how = f"indent it by {spaces(column)}" if column else "begin it in the first column"
    start = line_start(source.text, at)
    return instead(f"{how}, like line {number}", source, start, start + indent(source.text, at), " " * column)


def spaces(count: int) -> str:
    """A number of spaces, in words."""
    return "1 space" if count == 1 else f"{count} spaces"


def line_with(text: str, start: int, end: int, written: str) -> str | None:
    """The line of ``start`` with other characters from ``start`` to ``end``, if it is fit to be shown."""
    first, last = line_start(text, start), line_end(text, end)
    if last - first > _LONGEST_LINE or not same_line(text, start, end):
        return None
    return (text[first:start] + written + text[end:last]).strip()


def quotes_around(source: Source, start: int, end: int, value: str | None = None) -> Help:
    """The cure that quotes what stands from ``start`` to ``end``, or ``value`` in its place."""
    text = source.text
    quoted = _quoted(text[start:end] if value is None else value)
    line = line_with(text, start, end, quoted)
    title = f"put the whole value in quotes: `{line}`" if line else "put the whole value in quotes"
    return instead(title, source, start, end, quoted)


def instead(title: str, source: Source, start: int, end: int, by: str, *, is_certain: bool = False) -> Help:
    """Other characters in the place of those from ``start`` to ``end``, as a cure that ``title`` says."""
    return Span(source, start, end).cure(title, source.text[start:end], by, is_certain=is_certain)


def quotes_for(text: str, at: int) -> str:
    """The quotes that a value on the line of ``at`` takes, in words: those that it has inside cannot be around it."""
    line = text[line_start(text, at) : line_end(text, at)]
    if '"' not in line:
        return DOUBLE_QUOTES
    return "single quotes, `'...'`" + (", and write each `'` in it twice" if "'" in line else "")


def _quoted(value: str) -> str:
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'
