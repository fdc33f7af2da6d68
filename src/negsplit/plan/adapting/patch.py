"""A break written into the text of a plan; every character outside the edits stays."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from negsplit.diagnostics import Source
from negsplit.plan.adapt import Adapted
from negsplit.plan.adapting.words import MARK
from negsplit.plan.model import Missed
from negsplit.tree.changing import NoPlaceError, add, put, take_out
from negsplit.tree.nodes import Fields, Items, Text
from negsplit.tree.source import read
from negsplit.tree.source_lines import line_start
from negsplit.units import plain

_OURS: Final = re.compile(rf"^[ \t]*# {MARK}[^\r\n]*\r?\n(?:[ \t]*#(?! {MARK})[^\r\n]*\r?\n)*\Z", re.MULTILINE)


def patched(text: str, found: Adapted) -> str:
    """The text of a plan with what a break makes of it.

    :raises NoPlaceError: where an edit has no place in the text.
    """
    if found.is_there:
        return text
    item, old = _item(found.missed), found.joined
    text = _replaced(text, "missed", str(old.first), item) if old else add(text, ("missed",), item)
    for path, value in found.edits:
        text = take_out(text, path) if value is None else put(text, path, value)
    text = _with_fitness(text, found)
    return _with_comment(text, found)


def _item(missed: Missed) -> str:
    return f"{{from: {missed.first}, to: {missed.last}, why: {missed.why}}}"


def _with_fitness(text: str, found: Adapted) -> str:
    if found.vdot is None:
        return text
    item = f"{{from: {found.back}, vdot: {plain(found.vdot * 100)} %}}"
    before = str(found.joined.last + dt.timedelta(days=1)) if found.joined else ""
    is_there = before and _node(text, "fitness", before) is not None
    return _replaced(text, "fitness", before, item) if is_there else add(text, ("fitness",), item)


def _node(text: str, key: str, begin: str) -> Fields | None:
    """The item of a list that says ``from: begin``."""
    documents, _ = read(Source("", text))
    items = documents[0].value(key) if documents and isinstance(documents[0], Fields) else None
    for one in items if isinstance(items, Items) else ():
        value = one.value("from") if isinstance(one, Fields) else None
        if isinstance(one, Fields) and isinstance(value, Text) and value.strip() == begin:
            return one
    return None


def _replaced(text: str, key: str, begin: str, item: str) -> str:
    node = _node(text, key, begin)
    if node is None or not node.flow:
        raise NoPlaceError(f"`{key}` has it on lines of its own; write it as `{item}`")
    return f"{text[: node.span.start]}{item}{text[node.span.end :]}"


def _with_comment(text: str, found: Adapted) -> str:
    """Above the line of the break, in the place of what was said there of a break that it grows out of."""
    node = _node(text, "missed", str(found.missed.first))
    assert node is not None
    at = line_start(text, node.span.start)
    above, line = text[:at], text[at:]
    if found.joined and (ours := _OURS.search(above)):
        above = above[: ours.start()]
    newline = "\r\n" if "\r\n" in text else "\n"
    indent = line[: len(line) - len(line.lstrip(" "))]
    return above + "".join(f"{indent}# {one}{newline}" for one in found.comment) + line
