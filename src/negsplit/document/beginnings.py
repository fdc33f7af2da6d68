"""What a step may begin with, and which shape it has by that."""

from __future__ import annotations

import re
from typing import Any, Final

from negsplit.phrase.roles import ROLES

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
