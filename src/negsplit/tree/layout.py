"""Plain data to YAML that looks written by hand: blocks, short lists on one line, quotes where they are needed.

What is laid out here, :mod:`negsplit.tree.source` reads as the same data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from negsplit.diagnostics import visible

WIDTH: Final = 80
"""Columns that a list, or a mapping of one key, may take to stand on one line."""

Fields: TypeAlias = "dict[str, Node]"
Node: TypeAlias = "str | tuple[str, ...] | list[str | Fields] | Fields"
"""A tuple may stand on one line; each item of a list has lines of its own."""

_SIGNS: Final = frozenset("-?:,[]{}#&*!|>'\"%@`")
"""What plain text does not begin with. YAML allows some of them before a letter; people would stumble."""
_FLOW_SIGNS: Final = ",[]{}?"
"""What plain text inside brackets does not contain."""


class Remark(str):
    """Among the items of a list: a comment on a line of its own."""

    __slots__ = ()


def document(fields: Fields) -> str:
    """A document, which ends with a line feed."""
    return "".join(f"{line}\n" for line in _pairs(fields, ""))


def on_one_line(node: Node) -> str:
    """A value as it stands behind a key, all on one line."""
    return scalar(node) if isinstance(node, str) else _in_brackets(node)


def _in_brackets(node: Node) -> str:
    match node:
        case str():
            return scalar(node, quoted=any(sign in node for sign in _FLOW_SIGNS))
        case dict():
            return f"{{{', '.join(f'{_in_brackets(key)}: {_in_brackets(value)}' for key, value in node.items())}}}"
        case _:
            return f"[{', '.join(map(_in_brackets, node))}]"


def is_plain(text: str) -> bool:
    """Whether a text is read as it stands, without quotes, as a value of its own or as an item of a list."""
    return (
        text.isprintable()
        and text == text.strip()
        and text[:1] not in {"", *_SIGNS}
        and not text.endswith(":")
        and ": " not in text
        and " #" not in text
        and text != "<<"
    )


def _pairs(fields: Fields, indent: str) -> Iterator[str]:
    for key, value in fields.items():
        yield from _pair(f"{indent}{scalar(key)}:", value, f"{indent}  ")


def _pair(key: str, value: Node, below: str) -> Iterator[str]:
    """A key, with its value on the same line where that reads well, else on lines ``below``."""
    flow = _flow(value)
    if isinstance(value, str) and _reads_as_lines(value):
        yield f"{key} |-"
        yield from (f"{below}{line}" if line else "" for line in value.split("\n"))
    elif isinstance(value, str):
        yield f"{key} {scalar(value)}"
    elif flow and len(f"{key} {flow}") <= WIDTH:
        yield f"{key} {flow}"
    else:
        yield key
        yield from _pairs(value, below) if isinstance(value, dict) else _items(value, below)


def _items(items: Iterable[str | Fields], indent: str) -> Iterator[str]:
    for item in items:
        if isinstance(item, Remark):
            yield f"{indent}# {visible(item)}".rstrip()
            continue
        if isinstance(item, str):
            yield f"{indent}- {scalar(item)}"
            continue
        lines = _pairs(item, f"{indent}  ")
        yield f"{indent}- {next(lines).lstrip()}"
        yield from lines


def _flow(value: Node) -> str:
    """Words in ``[ ]``, or a mapping of one word in ``{ }``; nothing where one would need quotes."""
    if isinstance(value, tuple):
        words, text = value, f"[{', '.join(value)}]"
    elif isinstance(value, dict) and len(value) == 1:
        [(key, word)] = value.items()
        if not isinstance(word, str):
            return ""
        words, text = (key, word), f"{{{key}: {word}}}"
    else:
        return ""
    return text if all(is_plain(word) and not any(sign in word for sign in _FLOW_SIGNS) for word in words) else ""


def scalar(text: str, *, quoted: bool = False) -> str:
    """A text as a key or a value: plain if it can be and need not be quoted, with escapes for what cannot be seen."""
    if is_plain(text) and not quoted:
        return text
    if not text.isprintable():
        return f'"{"".join(map(_escaped, text))}"'
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _escaped(char: str) -> str:
    """A character between double quotes; Python's escapes are YAML's too."""
    if char == '"':
        return '\\"'
    return char if char.isprintable() and char != "\\" else char.encode("unicode_escape").decode()


def _reads_as_lines(text: str) -> bool:
    """Whether several lines can stand as they are, indented."""
    lines = text.split("\n")
    return (
        len(lines) > 1 and text == text.strip() and all(line.isprintable() and line == line.rstrip() for line in lines)
    )
