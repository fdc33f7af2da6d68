"""Keys and items set, added and taken out in a document's text: every character outside the edits stays.

Paths are keys from the top of a document on: ``("days", "week 7", "tue")``. What is written new stands in ``{ }`` or
``[ ]`` where its parent does, else on lines of its own, with the indentation and the line ends of the document.
Each edit is read again before it is handed back: it says what was meant and nothing else, or there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

from negsplit.diagnostics import Source, has_errors
from negsplit.tree.encoding import BOM
from negsplit.tree.layout import plain_or_quoted
from negsplit.tree.nodes import Fields, Items, Node, Text
from negsplit.tree.source import read
from negsplit.tree.source_lines import before, line_end, line_start

_USUAL_STEP: Final = 2
_COLON: Final = re.compile(r"[ \t\n]*:")
_SPACE: Final = re.compile(r"[ \t]*")
_ALIAS: Final = re.compile(r"[ \t\n]*\*[^ \t\n,\[\]{}]+")
_COMMENT_LINES: Final = re.compile(r"(?:\r?\n[ \t]*)*\r?\n( *)#[^\r\n]*")
_NEWLINE: Final = re.compile(r"\r\n|\r|\n")
_FLOW_SIGNS: Final = re.compile(r"[,\[\]{}?]")
"""What plain text inside brackets does not contain."""

Data = Any
"""What a text says, without where and how it is written: a ``str``, or a ``dict`` or ``list`` of such."""


class NoPlaceError(Exception):
    """Where an edit cannot be made so that all else says what it did; its text says why, in a runner's words."""


def put(text: str, path: Sequence[str], value: str) -> str:
    """The text with a value at a path, instead of what is there; ``value`` is YAML on one line.

    The same text where it says so already.

    :raises NoPlaceError: where a part of the path is no mapping, or what stands there is repeated elsewhere.
    """
    document = _Document(text)
    meant = _data(_alone(f"x: {value}")["x"])
    place = document.place(path)
    if place.node is not None and not _is_empty(place.node) and _data(place.node) == meant:
        return text
    expected = _with(document.data, path, meant)
    return document.changed(_put(document, place, value), expected)


def add(text: str, path: Sequence[str], item: str) -> str:
    """The text with one more item at the end of the list at a path; ``item`` is YAML on one line.

    :raises NoPlaceError: as :func:`put` does, and where something else than a list is there.
    """
    document = _Document(text)
    meant = _data(_alone(f"- {item}")[0])
    place = document.place(path)
    found = place.node if place.node is not None and not _is_empty(place.node) else None
    if found is None:
        expected = _with(document.data, path, [meant])
        return document.changed(_put(document, place, item, is_listed=True), expected)
    if not isinstance(found, Items):
        raise NoPlaceError(f"`{path[-1]}` is no list")
    expected = _with(document.data, path, [*_data(found), meant])
    return document.changed([_added(document, found, item)], expected)


def take_out(text: str, path: Sequence[str]) -> str:
    """The text without a key, and without the parents that it leaves empty; the same text where it is not there.

    :raises NoPlaceError: where nothing would be left of the document.
    """
    document = _Document(text)
    place = document.place(path)
    if place.node is None or place.left:
        return text
    parents = [*place.parents]
    keys = [*path]
    while len(parents[-1]) == 1:
        if len(parents) == 1:
            raise NoPlaceError(f"nothing would be left without `{keys[0]}`")
        parents.pop()
        keys.pop()
    expected = _without(document.data, keys)
    return document.changed([_taken_out(document, parents[-1], keys[-1])], expected)


# --- The document --------------------------------------------------------------------------------


class _Edit(NamedTuple):
    """Other text in the place of characters ``start`` to ``end``."""

    start: int
    end: int
    by: str


class _Place(NamedTuple):
    """As far as a path leads: the mappings on the way, what stands at its end if anything does, and the keys left.

    ``key`` is the last one found. What it has no value for yet counts as left.
    """

    parents: Sequence[Fields]
    key: Text | None
    node: Node | None
    left: Sequence[str]


class _Document:
    """The only document of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.read = re.sub(r"\r(?!\n)", "\n", text)
        self.root = _alone(self.read)
        if not isinstance(self.root, Fields):
            raise NoPlaceError("the file holds no keys")
        self.data = _data(self.root)
        newline = _NEWLINE.search(text)
        self.newline = newline.group() if newline else "\n"

    def place(self, path: Sequence[str]) -> _Place:
        parents, key, node = [self.root], None, self.root
        for index, name in enumerate(path):
            if not isinstance(node, Fields):
                if _is_empty(node):
                    return _Place(parents, key, node, path[index:])
                raise NoPlaceError(f"`{path[index - 1]}` has a value already, and no keys")
            if index:
                parents.append(node)
            if name not in node:
                return _Place(parents, None, None, path[index:])
            key = next(one for one in node if one == name)
            node = node[key]
        return _Place(parents, key, node, ())

    def changed(self, edits: Sequence[_Edit], expected: Data) -> str:
        """The text with edits, if it says then what is expected."""
        text = self.text
        for one in sorted(edits, reverse=True):
            text = text[: one.start] + one.by + text[one.end :]
        try:
            found = _data(_alone(text))
        except NoPlaceError:
            found = None
        if found != expected:
            raise NoPlaceError("something else in the file hangs on what is written there")
        return text

    def column(self, at: int) -> int:
        """How many characters stand on the line before an offset, besides a byte order mark."""
        return len(before(self.read, at).removeprefix(BOM))

    def step(self, kind: type[Fields | Items]) -> int:
        """How much further right the document begins a mapping, or a list, than the key that it belongs to."""
        steps = [
            (type(value), self.column(value.span.start) - self.column(parent.span.start))
            for parent in _mappings(self.root)
            for value in parent.values()
            if not isinstance(value, Text) and not value.flow and not parent.flow
        ]
        own = (step for one, step in steps if one is kind)
        return next(own, next((step for _, step in steps if step), _USUAL_STEP))

    def below(self, at: int, column: int) -> int:
        """The end of the line of an offset, or of the comments below that are indented deeper than a column."""
        end = line_end(self.read, at)
        while (comment := _COMMENT_LINES.match(self.read, end)) and len(comment[1]) > column:
            end = comment.end()
        return end

    def on_lines(self, at: int, column: int, lines: Sequence[str]) -> _Edit:
        """New lines below that of an offset and what belongs to it there."""
        below = self.below(at, column)
        return _Edit(below, below, "".join(f"{self.newline}{line}" for line in lines))

    def ends(self, key: Text) -> tuple[int, int]:
        """Where a key begins and ends, its quotes included."""
        quotes = int(bool(key.style))
        return key.span.start - quotes, key.span.end + quotes

    def colon(self, key: Text) -> int:
        """The offset behind the colon of a key, or behind the key where it has none."""
        end = self.ends(key)[1]
        colon = _COLON.match(self.read, end)
        return colon.end() if colon else end

    def value(self, key: Text, node: Node) -> tuple[int, int]:
        """Where the value of a key begins and ends, its quotes and brackets included."""
        colon = self.colon(key)
        if node.span.start < colon and not _is_empty(node):
            alias = _ALIAS.match(self.read, colon)
            return (alias.end() - len(alias.group().lstrip()), alias.end()) if alias else (colon, colon)
        if not isinstance(node, Text):
            return node.span.start, node.span.end
        if _is_empty(node):
            return colon, colon
        if node.style in ("|", ">"):
            return _after_space(self.read, colon), node.span.end
        return self.ends(node)


def _after_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _alone(text: str) -> Any:
    documents, problems = read(Source("", text))
    if has_errors(problems) or len(documents) != 1:
        raise NoPlaceError("the file cannot be read as one document")
    return documents[0]


def _mappings(node: Node) -> Iterator[Fields]:
    """A mapping and those in it, the outer ones first."""
    if isinstance(node, Fields):
        yield node
    if not isinstance(node, Text):
        for inner in node.values() if isinstance(node, Fields) else node:
            yield from _mappings(inner)


def _is_empty(node: Node) -> bool:
    return isinstance(node, Text) and node.empty


def _data(node: Node) -> Data:
    if isinstance(node, Fields):
        return {str(key): _data(value) for key, value in node.items()}
    return str(node) if isinstance(node, Text) else [_data(one) for one in node]


def _with(data: Data, path: Sequence[str], value: Data) -> Data:
    if not path:
        return value
    inner = data or {}
    return {**inner, path[0]: _with(inner.get(path[0]), path[1:], value)}


def _without(data: Data, path: Sequence[str]) -> Data:
    inner = {key: value for key, value in data.items() if key != path[0]}
    return inner if len(path) == 1 else {**data, path[0]: _without(data[path[0]], path[1:])}


# --- What is written -----------------------------------------------------------------------------


def _put(document: _Document, place: _Place, value: str, *, is_listed: bool = False) -> list[_Edit]:
    """The edits that put a value, or a list of it alone, where a path leads."""
    parent, key, node = place.parents[-1], place.key, place.node
    if key is None or node is None:
        return [_inserted(document, parent, place.left, value, is_listed=is_listed)]
    if parent.flow:
        return _replaced(document, key, node, _in_brackets(place.left, value, is_listed=is_listed))
    if not place.left and not is_listed:
        return _replaced(document, key, node, value)
    column = document.column(document.ends(key)[0])
    lines = _lines(document, ["", *place.left], value, column, is_listed=is_listed)[1:]
    return [document.on_lines(document.colon(key), column, lines)]


def _replaced(document: _Document, key: Text, node: Node, value: str) -> list[_Edit]:
    """Another value instead of that of a key; on the key's line, whatever stood below it."""
    colon, (start, end) = document.colon(key), document.value(key, node)
    if isinstance(node, Text) or node.flow:
        lead = "" if start > colon else " " if document.read[colon - 1] == ":" else ": "
        return [_Edit(start, end, lead + value)]
    return [_Edit(colon, colon, f" {value}"), _Edit(line_end(document.read, colon), line_end(document.read, end), "")]


def _inserted(document: _Document, into: Fields, keys: Sequence[str], value: str, *, is_listed: bool) -> _Edit:
    """New keys, one inside the other, behind those of a mapping."""
    if not into.flow:
        column = document.column(into.span.start)
        return document.on_lines(into.span.end, column, _lines(document, keys, value, column, is_listed=is_listed))
    written = _in_brackets(keys, value, is_listed=is_listed)[1:-1]
    if not into:
        return _Edit(into.span.start + 1, into.span.start + 1, written)
    last = next(reversed(into))
    at = document.value(last, into[last])[1]
    return _Edit(at, at, f", {written}")


def _added(document: _Document, items: Items, item: str) -> _Edit:
    """One more item behind those of a list."""
    if not items.flow:
        column = document.column(items.span.start)
        return document.on_lines(items.span.end, column, [f"{' ' * column}- {item}"])
    written = _in_brackets((), item)
    if not items:
        return _Edit(items.span.start + 1, items.span.start + 1, written)
    last = items[-1]
    at = document.ends(last)[1] if isinstance(last, Text) else last.span.end
    return _Edit(at, at, f", {written}")


def _lines(document: _Document, keys: Sequence[str], value: str, column: int, *, is_listed: bool) -> list[str]:
    """Keys one inside the other, each on a line of its own, the first at a column."""
    columns = [column + index * document.step(Fields) for index in range(len(keys))]
    lines = [f"{' ' * at}{plain_or_quoted(key)}:" for at, key in zip(columns, keys, strict=True)]
    if is_listed:
        return [*lines, f"{' ' * (columns[-1] + document.step(Items))}- {value}"]
    return [*lines[:-1], f"{lines[-1]} {value}"]


def _in_brackets(keys: Sequence[str], value: str, *, is_listed: bool = False) -> str:
    """A value under keys, as it stands inside brackets."""
    node = _alone(f"x: {value}")["x"]
    is_cut = isinstance(node, Text) and not node.style and _FLOW_SIGNS.search(node)
    written = plain_or_quoted(str(node), quoted=True) if is_cut else value
    written = f"[{written}]" if is_listed else written
    for key in reversed(keys):
        written = f"{{{plain_or_quoted(key, quoted=bool(_FLOW_SIGNS.search(key)))}: {written}}}"
    return written


# --- What is taken out ---------------------------------------------------------------------------


def _taken_out(document: _Document, parent: Fields, name: str) -> _Edit:
    """The edit that takes a key, which is not the only one, out of its mapping."""
    if parent.flow:
        return _out_of_brackets(document, parent, name)
    key = next(one for one in parent if one == name)
    text = document.read
    start = line_start(text, key.span.start)
    end = line_end(text, document.value(key, parent[key])[1])
    if end < len(text):
        return _Edit(start, end + (2 if text.startswith("\r\n", end) else 1), "")
    return _Edit(start - (2 if text.endswith("\r\n", 0, start) else 1), end, "")


def _out_of_brackets(document: _Document, parent: Fields, name: str) -> _Edit:
    """With one comma beside it, and without what stands between it and its neighbour unless that is a comment."""
    extents = {str(key): (document.ends(key)[0], document.value(key, node)[1]) for key, node in parent.items()}
    start, end = extents[name]
    neighbours = list(pairwise(extents))
    left = next((one for one, other in neighbours if other == name), None)
    right = next((other for one, other in neighbours if one == name), None)
    if left is not None and "#" not in document.read[extents[left][1] : start]:
        return _Edit(extents[left][1], end, "")
    if right is not None and "#" not in document.read[end : extents[right][0]]:
        return _Edit(start, extents[right][0], "")
    comma = re.compile(r"[ \t\n\r]*,").match(document.read, end)
    return _Edit(start, comma.end() if comma else end, "")
