"""The colours of pictures, pages and drawings in the terminal, which the colour-blind can tell apart."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template
from typing import Final

from negsplit.plan.phases import Phase
from negsplit.program.model import Intensity

LIGHT: Final[Mapping[str, str]] = {
    "paper": "#fff",
    "ink": "#1b2430",
    "dim": "#57636f",
    "line": "#d8dee4",
    "soft": "#f3f6f8",
    "grid": "#e4e9ed",
    "axis": "#8b97a3",
    "warmup": "#a85a00",
    "active": "#0069a8",
    "recovery": "#b9c6d1",
    "rest": "#57636f",
    "cooldown": "#00745a",
}
DARK: Final[Mapping[str, str]] = {
    "paper": "#0d1117",
    "ink": "#f0f3f6",
    "dim": "#9aa7b4",
    "line": "#30363d",
    "soft": "#161c24",
    "grid": "#21282f",
    "axis": "#6b7783",
    "warmup": "#f0a648",
    "active": "#58b0f2",
    "recovery": "#4a5764",
    "rest": "#9aa7b4",
    "cooldown": "#3cc09a",
}
"""The same names on dark paper."""

TERMINAL: Final[Mapping[Intensity, int]] = {
    Intensity.WARMUP: 172,
    Intensity.ACTIVE: 32,
    Intensity.RECOVERY: 248,
    Intensity.REST: 240,
    Intensity.COOLDOWN: 36,
}
"""Of the 256, on light and on dark: orange, blue, greys and green."""
PHASES: Final[Mapping[Phase, tuple[str, bool]]] = {
    "base": ("cooldown", True),
    "build": ("active", True),
    "race-like": ("warmup", True),
    "taper": ("warmup", False),
    "down": ("rest", True),
    "recovery": ("cooldown", False),
    "break": ("rest", False),
}
"""The colour of a week by what it is for, and whether its bar is full; the word stands beside it, too."""
PHASES_IN_TERMINAL: Final[Mapping[str, int]] = {"cooldown": 36, "active": 32, "warmup": 172, "rest": 248}


def coloured(style: str, colours: Mapping[str, str]) -> str:
    """CSS with the colours that it names, as ``$ink``."""
    return Template(style).substitute(colours)
