"""The values in a file of JSON or YAML, and where each of them stands in it.

JSON is read strictly: what other readers would understand in one way or another, or not at all, is refused where it
stands. Its places are found by reading again, and only those that a message asks for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from math import isfinite
from typing import Any, Final

from negsplit.diagnostics import Help, Report, Severity, Source, Span
from negsplit.formats.foreign_file import MOST_BYTES
from negsplit.frozen import dataclass
from negsplit.tree.nodes import Fields, Items, Node
from negsplit.tree.source import read
from negsplit.tree.source_lines import short

Path = tuple[str | int, ...]
"""Keys and indexes, from the top."""

DEEPEST: Final = 100
"""Objects and lists inside one another."""
MOST_DIGITS: Final = 20
"""Of a whole number: what any program counts has fewer."""

MOST_YAML_NODES: Final = 100_000
"""Texts, mappings and lists of a file of YAML: some hundreds of workouts."""

_READ: Final = json.JSONDecoder().raw_decode
"""A value that begins at an offset, and where it ends."""
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_STRING: Final = r'"[^"\\]*(?:\\.[^"\\]*)*"?'
_BRACKETS: Final = re.compile(rf"{_STRING}|[][{{}}]", re.DOTALL)
_TOKENS: Final = re.compile(rf"{_STRING}|[][{{}}:,]|[^][{{}}:,\s\"]+", re.DOTALL)
_ESCAPED_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")
_HALF: Final = re.compile("[\ud800-\udfff]")
_STRINGS: Final = re.compile(_STRING, re.DOTALL)
_WHOLE: Final = re.compile(r"-?(?:0|[1-9]\d*)")
_NUMBER: Final = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")
_WORDS: Final = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True, slots=True)
class Values:
    """What stands in a file, as dicts, lists, texts and numbers; ``span`` finds where, or what is nearest above."""

    top: Any
    span: Callable[[Path], Span]


def json_values(source: Source, report: Report) -> Values | None:
    """The values of JSON; None, with an error, where it is none, or says something twice or that no number is."""
    if (deep := _too_deep(source.text)) is not None:
        message = f"more than {DEEPEST} objects and lists are inside one another here"
        report.error("too-deep", message, Span(source, deep, deep + 1), "no workout is that deep: look where it begins")
        return None
    try:
        top = _DECODER.decode(source.text)
    except json.JSONDecodeError as error:
        _report_syntax(source, error.pos, report)
        return None
    except _UnsoundError:
        _report_unsound(source, report)
        return None
    if half := _half(source.text):
        message = "half a character is escaped here, which is no text"
        report.error("encoding", message, Span(source, *half), "export the file again, in UTF-8")
        return None
    return Values(top, _JsonPlaces(source).span)


def yaml_values(source: Source, report: Report) -> Values | None:
    """The values of YAML, several documents as a list; None, with errors, where it cannot be read."""
    nodes, found = read(source, most_bytes=MOST_BYTES, most_nodes=MOST_YAML_NODES)
    report.extend(found)
    if any(one.severity is Severity.ERROR for one in found):
        return None
    root: Node = nodes[0] if len(nodes) == 1 else _listed(source, nodes)
    return Values(_plain(root), lambda path: _node_at(root, path).span)


# --- JSON that is none ----------------------------------------------------------------------------


class _UnsoundError(ValueError):
    """Something in JSON that it can say, and that means nothing."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _UnsoundError
    return found


def _int(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise _UnsoundError
    return int(digits)


def _float(digits: str) -> float:
    found = float(digits)
    if not isfinite(found):
        raise _UnsoundError
    return found


def _constant(_word: str) -> float:
    raise _UnsoundError


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_once, parse_int=_int, parse_float=_float, parse_constant=_constant
)


def _too_deep(text: str) -> int | None:
    """Where more brackets are open than may be."""
    depth = 0
    for found in _BRACKETS.finditer(text):
        match text[found.start()]:
            case "[" | "{":
                depth += 1
                if depth > DEEPEST:
                    return found.start()
            case "]" | "}":
                depth -= 1
    return None


def _half(text: str) -> tuple[int, int] | None:
    """A string of sound JSON with a surrogate without its other half."""
    if not _ESCAPED_HALF.search(text):
        return None
    strings = (one for one in _STRINGS.finditer(text) if "\\" in one[0])
    return next((one.span() for one in strings if _HALF.search(_READ(one[0])[0])), None)


def _report_syntax(source: Source, at: int, report: Report) -> None:
    """Where JSON ends to be JSON, in words that no library's are."""
    text = source.text
    help: Help = "look at this place, or export the file again"
    before = text[:at].rstrip()
    if at >= len(text.rstrip()):
        message, help = "the file ends in the middle", "it is cut off: export it again"
    elif text[at] == "'":
        message, help = "JSON takes double quotes, not single ones", "write `\"` in the place of `'`"
    elif before.endswith(",") and text[at] in "]}":
        message, help = "nothing follows this comma", "delete the comma"
        at = len(before) - 1
    else:
        message = "this is not JSON from here on"
    report.error("refused", message, Span(source, at, min(at + 1, len(text))), help)


def _report_unsound(source: Source, report: Report) -> None:
    """The first thing in a text that the decoder gave up for; it is JSON up to there."""
    keys: list[dict[str, int] | None] = []
    last, is_key = "", False
    for found in _TOKENS.finditer(source.text):
        word, span = found[0], Span(source, *found.span())
        if word in "[{":
            keys.append({} if word == "{" else None)
            is_key = word == "{"
        elif word in "]}":
            keys.pop()
        elif word == ",":
            is_key = keys[-1] is not None
        elif word[0] == '"' and is_key and (known := keys[-1]) is not None:
            is_key, last = False, _READ(word)[0]
            if last in known:
                line = source.position(known[last])[0]
                report.error(
                    "duplicate-key", f"the key `{short(last)}` is here twice", span, f"the first is on line {line}"
                )
                return
            known[last] = span.start
        elif word[0] in "-0123456789NI" and (why := _no_number(word)):
            report.error("number", why, span, "write the number that is meant")
            return
    raise AssertionError("the decoder gave up for something else")


def _no_number(word: str) -> str:
    if word[-1] in "Ny":
        return f"`{short(word)}` is no number"
    if _WHOLE.fullmatch(word):
        return f"a whole number has {MOST_DIGITS} digits at most" if len(word) > MOST_DIGITS else ""
    return "" if isfinite(float(word)) else f"`{short(word)}` is too large for a number"


# --- Where values stand in JSON -------------------------------------------------------------------


class _JsonPlaces:
    """Finds places in a text that is sound JSON. What was read once is not read again."""

    def __init__(self, source: Source) -> None:
        self.source, self.text = source, source.text
        self._known: dict[int, dict[str | int, tuple[int, int]]] = {}
        """What is in the object or list at an offset: where each of its values begins and ends."""

    def span(self, path: Path) -> Span:
        """Where a value stands; where a part of its path is missing, that which it is missing from."""
        start = self._behind_space(0)
        end = len(self.text.rstrip())
        for step in path:
            found = self._inside(start).get(step)
            if found is None:
                break
            start, end = found
        return Span(self.source, start, end)

    def _inside(self, at: int) -> dict[str | int, tuple[int, int]]:
        if at not in self._known:
            self._known[at] = dict(self._members(at)) if self.text[at] in "[{" else {}
        return self._known[at]

    def _members(self, at: int) -> Iterable[tuple[str | int, tuple[int, int]]]:
        is_object, number = self.text[at] == "{", 0
        at = self._behind_space(at + 1)
        while self.text[at] not in "]}":
            key: str | int = number
            if is_object:
                key, at = _READ(self.text, at)
                at = self._behind_space(self._behind_space(at) + 1)
            _, end = _READ(self.text, at)
            yield key, (at, end)
            at, number = self._behind_space(end), number + 1
            if self.text[at] == ",":
                at = self._behind_space(at + 1)

    def _behind_space(self, at: int) -> int:
        found = _SPACE.match(self.text, at)
        assert found is not None
        return found.end()


# --- YAML -----------------------------------------------------------------------------------------


def _listed(source: Source, nodes: Iterable[Node]) -> Items:
    found = Items(Span(source, 0, len(source.text)), flow=False)
    found.extend(nodes)
    return found


def _plain(node: Node) -> Any:
    """A node as JSON has it: unquoted words and numbers are what they say."""
    if isinstance(node, Fields):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, Items):
        return [_plain(one) for one in node]
    if node.style:
        return str(node)
    if node.lower() in _WORDS:
        return _WORDS[node.lower()]
    if not _NUMBER.fullmatch(node) or len(node) > MOST_DIGITS + len("-.e+308"):
        return str(node)
    value = float(node)
    return int(node) if _WHOLE.fullmatch(node) else value if isfinite(value) else str(node)


def _node_at(node: Node, path: Path) -> Node:
    for step in path:
        found: Node | None = None
        if isinstance(node, Fields):
            found = node.value(str(step))
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node):
            found = node[step]
        if found is None:
            break
        node = found
    return node
