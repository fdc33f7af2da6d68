"""Where paths really lead: what is known of a folder is not looked up again for what lies in it, however deep."""

from __future__ import annotations

import os
from typing import Final

_NO_NAMES: Final = ("", os.curdir, os.pardir)


class RealPaths:
    """What ``os.path.realpath`` says of the paths of one run, during which nobody moves them."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def real(self, path: str) -> str:
        """The path without links; one look for each name behind a folder that is known."""
        if os.name != "posix":  # Windows has more than links: short names, junctions
            return os.path.realpath(path)
        names = []
        at = path
        while at not in self._known and os.path.basename(at) not in _NO_NAMES:
            names.append(os.path.basename(at))
            at = os.path.dirname(at)
        place = self._known.get(at) or os.path.realpath(at)
        for name in reversed(names):
            at = os.path.join(at, name)
            place = os.path.realpath(at) if os.path.islink(at) else os.path.join(place, name)
            self._known[at] = place
        return place
