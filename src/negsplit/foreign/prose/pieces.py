"""The lines of a workout in pieces, each the words of a step."""

from __future__ import annotations

from collections.abc import Iterator


def pieces(line: str) -> list[str]:
    """The words of each step of a line."""
    return [words for start, end in _between(line) if (words := line[start:end].strip())]


def piece_at(text: str, at: int) -> tuple[int, int]:
    """Where the words of the step begin and end that holds a character of some lines."""
    start, end = line_at(text, at)
    for first, last in _between(text[start:end]):
        if at <= start + last:
            return start + first, start + last
    return start, end


def line_at(text: str, at: int) -> tuple[int, int]:
    """Where the line begins and ends that holds a character."""
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def number_of_line(text: str, at: int) -> int:
    """Which line holds a character, from 0."""
    return text.count("\n", 0, at)


def without(text: str, start: int, end: int) -> str:
    """A text without a piece and one of the signs that part it from others."""
    if text[end : end + 1] in (",", ";"):
        return f"{text[:start]}{text[end + 1 :]}"
    before = text[:start].rstrip(" \t")
    return f"{before[:-1] if before[-1:] in (',', ';') else before}{text[end:]}"


def has_digit(text: str) -> bool:
    """Whether a text says how long or how often anything is."""
    return any(char.isdigit() for char in text)


def quoted(words: str) -> str:
    """Words for backquotes, which cannot hold any themselves."""
    return words.replace("`", "'")


def _between(line: str) -> Iterator[tuple[int, int]]:
    """The places between separators, but for those in parentheses and double quotes."""
    start, depth, in_quotes = 0, 0, False
    for at, char in enumerate(line):
        in_quotes ^= char == '"'
        if in_quotes:
            continue
        depth += {"(": 1, ")": -1}.get(char, 0)
        if char in ",;" and depth <= 0:
            yield start, at
            start = at + 1
    yield start, len(line)
