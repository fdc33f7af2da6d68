"""Pace zones: what lies between edges of threshold pace, or between an athlete's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from negsplit.units import Pace, Speed

FRIEL_NAMES: Final = ("Z1", "Z2", "Z3", "Z4", "Z5a", "Z5b", "Z5c")
FRIEL_SHARES: Final = tuple(1 / pace for pace in (1.29, 1.14, 1.06, 1.01, 0.97, 0.90))
"""Friel's zones for running, and the edges between them as shares of threshold speed, slowest first.

He prints whole per cent of threshold pace with gaps between them (zone 2 114-129, zone 3 106-113); a zone begins
here where the one before ends.
"""


class PaceZones(NamedTuple):
    """``edges`` in m/s stand between neighbours of ``names``, slowest first: the first and the last zone are open.

    ``source`` says where they come from.
    """

    names: tuple[str, ...]
    edges: tuple[float, ...]
    source: str

    @property
    def last(self) -> int:
        """The number of the last zone: of Friel's, 5a to 5c are one."""
        return _number(self.names[-1])

    def speeds(self, low: int, high: int) -> tuple[float | None, float | None]:
        """The slow and the fast edge in m/s of zones from one number to another; None for an open end.

        :raises ValueError: for a number that there is not.
        """
        numbers = [_number(name) for name in self.names]
        first, last = numbers.index(low), len(numbers) - 1 - numbers[::-1].index(high)
        return self._between(first, last)

    def parts(self, number: int) -> dict[str, tuple[float | None, float | None]]:
        """The slow and the fast edge in m/s of each part of a zone, by name: Friel's fifth has three, others none."""
        places = [place for place, name in enumerate(self.names) if _number(name) == number]
        return {self.names[place]: self._between(place, place) for place in places} if len(places) > 1 else {}

    def _between(self, first: int, last: int) -> tuple[float | None, float | None]:
        return (self.edges[first - 1] if first else None), (self.edges[last] if last < len(self.edges) else None)


def _number(name: str) -> int:
    return int(name.strip("Zabc"))


def pace_zones(own: Sequence[Pace | Speed], threshold_mps: float | None) -> PaceZones | None:
    """An athlete's own zones between edges from slow to fast, else Friel's of threshold speed; None without either."""
    if own:
        names = tuple(f"Z{number}" for number in range(1, len(own) + 2))
        return PaceZones(names, tuple(edge.mps for edge in own), "edges as written")
    if threshold_mps is None:
        return None
    return PaceZones(FRIEL_NAMES, tuple(share * threshold_mps for share in FRIEL_SHARES), "Friel's, of threshold pace")
