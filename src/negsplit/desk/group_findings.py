"""What was found for a group: each thing once, with for whom it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from negsplit.diagnostics import Diagnostic, listed, said

_MOST_NAMED: Final = 5
"""Runners that a heading names before it counts."""


def for_whom(found: Sequence[tuple[str, Iterable[Diagnostic]]]) -> list[tuple[tuple[str, ...], list[Diagnostic]]]:
    """The names of runners, with what was found for just these: the widest circle first."""
    first: dict[object, Diagnostic] = {}
    whose: dict[object, list[str]] = {}
    for name, problems in found:
        for one in problems:
            key = said(one)
            first.setdefault(key, one)
            if name not in whose.setdefault(key, []):
                whose[key].append(name)
    together: dict[tuple[str, ...], list[Diagnostic]] = {}
    for key, names in whose.items():
        together.setdefault(tuple(names), []).append(first[key])
    return sorted(together.items(), key=lambda one: -len(one[0]))


def circle(names: Sequence[str], everybody: int) -> str:
    """``anna and ben``; ``all 12 runners``."""
    if len(names) == everybody > 2:
        return f"all {everybody} runners"
    if len(names) > _MOST_NAMED:
        return f"{', '.join(names[:_MOST_NAMED])} and {len(names) - _MOST_NAMED} more"
    return listed(names, "and")
