"""The colours of pictures, pages and drawings in the terminal.

A colour says how hard a stretch is. From recovery to repetition the lightness goes one way, by 8 L* or more each time,
also as the colour-blind see it and in greyscale, and each stands out 3:1 from the paper; the tests measure it.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Template
from typing import Final

from negsplit.plan.phases import Phase

LIGHT: Final[Mapping[str, str]] = {
    "paper": "#ffffff",
    "ink": "#1b2430",
    "dim": "#57636f",
    "line": "#d8dee4",
    "soft": "#f3f6f8",
    "grid": "#e4e9ed",
    "axis": "#8b97a3",
    "remark": "#a85a00",
    "recovery": "#8695a5",
    "easy": "#507fa7",
    "steady": "#574dd5",
    "threshold": "#850f75",
    "interval": "#691407",
    "repetition": "#460021",
    "on_light": "#0b0f14",
    "on_dark": "#ffffff",
}
DARK: Final[Mapping[str, str]] = {
    "paper": "#0d1117",
    "ink": "#f0f3f6",
    "dim": "#9aa7b4",
    "line": "#30363d",
    "soft": "#161c24",
    "grid": "#21282f",
    "axis": "#6b7783",
    "remark": "#f0a648",
    "recovery": "#566575",
    "easy": "#4c7ec5",
    "steady": "#aa87ee",
    "threshold": "#e8a5c8",
    "interval": "#fdcd96",
    "repetition": "#fff4b7",
    "on_light": "#0b0f14",
    "on_dark": "#ffffff",
}
"""The same names on dark paper; words on a colour are ``on_light`` or ``on_dark``."""

Colors = Mapping[str, int]
"""Numbers of the 256 of a terminal, by the names above."""

LIGHT_TERMINAL: Final[Colors] = {
    "recovery": 246,
    "easy": 243,
    "steady": 92,
    "threshold": 89,
    "interval": 52,
    "repetition": 232,
    "dim": 243,
}
DARK_TERMINAL: Final[Colors] = {
    "recovery": 242,
    "easy": 67,
    "steady": 141,
    "threshold": 182,
    "interval": 223,
    "repetition": 229,
    "dim": 245,
}
"""The nearest to those of a page that keep their distance from one another."""

PHASES: Final[Mapping[Phase, tuple[str, bool]]] = {
    "base": ("easy", True),
    "build": ("threshold", True),
    "race-like": ("interval", True),
    "taper": ("interval", False),
    "down": ("recovery", True),
    "recovery": ("easy", False),
    "break": ("recovery", False),
}
"""The colour of a week by what it is for, and whether its bar is full; the word stands beside it, too."""


def painted(text: str, color: int) -> str:
    """A text in one of the 256 colours of a terminal."""
    return f"\x1b[38;5;{color}m{text}\x1b[0m"


def coloured(style: str, colours: Mapping[str, str]) -> str:
    """CSS with the colours that it names, as ``$ink``."""
    return Template(style).substitute(colours)
