"""What a step may begin with, and which shape it has by that."""

from __future__ import annotations

import re
from typing import Any, Final

from negsplit.phrase.names import CERTAIN
from negsplit.phrase.roles import ROLES, SHORT_FORMS
from negsplit.tree.nodes import Fields, Items, Node, Text

BY_STYLE: Final = {
    "thirds": "<parts>",
    "parts": "<parts>",
    "cut-down": "<cut-down>",
    "fast finish": "<fast finish>",
    "by feel": "<by feel>",
    "ramp": "<ramp>",
}
"""The shape of each progression."""
STYLES: Final = tuple(BY_STYLE)
FIRST_KEYS: Final = (*ROLES, "repeat", "progression", "walk_run", "ladder", "use")
"""What a step may begin with."""


_WORK: Final = frozenset(("work", "active"))
_WITH_TARGET: Final = frozenset(("interval", "intervals"))
"""What is a run if a target says how fast: ``interval`` alone may be the pace of that name."""
_PACES: Final = frozenset(word for word in CERTAIN if len(word) > 1)
_REPEATED: Final = re.compile(r"(?:repeat +(\d+)(?: *(?:[x×*]|times))?|(\d+) *(?:[x×*]|times))", re.IGNORECASE)


def plainly(node: Node) -> Node:
    """A step whose first key is another word, as the language writes it; any other node as it is.

    ``Warm up`` is ``warmup``, ``work`` is ``run``, ``easy`` a run at that pace, ``repeat 6`` or ``6x`` a repeat.
    """
    first = next(iter(node), None) if isinstance(node, Fields) else None
    if first is None or first in FIRST_KEYS or not isinstance(node, Fields):
        return node
    begins = _beginning(first, node)
    rest = {key: value for key, value in node.items() if key is not first}
    if begins is None or not begins.keys().isdisjoint(rest):
        return node
    made = Fields(node.span, flow=node.flow)
    made.update({Text.made(word, first.span): value for word, value in begins.items()})
    made.update(rest)
    return made


def _beginning(first: Text, node: Fields) -> dict[str, Node] | None:
    """What the first key and its value are, key by key; None where that is not certain."""
    value, word = node[first], " ".join(re.sub("[-_]", " ", first.lower()).split())
    dashed = word.replace(" ", "-")
    if found := _REPEATED.fullmatch(first):
        return _repeat(Text(found[1] or found[2], first.at(*found.span(1 if found[1] else 2))), value)
    if dashed in FIRST_KEYS:
        return {dashed: value}
    if dashed in SHORT_FORMS:
        return {SHORT_FORMS[dashed].value: value}
    if not isinstance(value, Text) or not value.strip():
        return None
    is_targeted = "at" in node or "@" in value
    if word in _WORK or (word in _WITH_TARGET and is_targeted):
        return {"run": value}
    pace = word.removesuffix(" run")
    return {"run": value, "at": Text.made(pace, first.span)} if pace in _PACES and not is_targeted else None


def _repeat(count: Text, value: Node) -> dict[str, Node] | None:
    """``repeat 6:`` with steps behind it, or with ``steps:`` below or beside it."""
    if isinstance(value, Fields):
        steps = value.value("steps")
        return None if steps is None else {"repeat": count, **{str(key): one for key, one in value.items()}}
    if isinstance(value, Items) or value.strip():
        return {"repeat": count, "steps": value}
    return {"repeat": count}


def style(text: str) -> str:
    """The canonical name of a progression's style: ``Cut down`` -> ``cut-down``."""
    words = " ".join(re.sub("[-_]", " ", text.lower()).split())
    return {"cut down": "cut-down", "cutdown": "cut-down", "fastfinish": "fast finish"}.get(words, words)


def tag(value: Any) -> str | None:
    """The name of a step's shape, by its first key; None where there is none of that name."""
    if isinstance(value, str):
        return "<line>"
    first = next(iter(value), None) if isinstance(value, dict) else None
    if first == "progression":
        named = value[first]
        return BY_STYLE.get(style(named)) if isinstance(named, str) else None
    if first in ROLES:
        return "<step>"
    return f"<{first}>" if first in FIRST_KEYS else None
