"""How far targets reach. A band that ends at a bound was written with one edge, as ``HR < 150`` is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from negsplit.limits import (
    FASTEST_MPS,
    HIGHEST_BPM,
    HIGHEST_SPM,
    HIGHEST_WATTS,
    LOWEST_BPM,
    LOWEST_SPM,
    LOWEST_WATTS,
    SLOWEST_MPS,
)
from negsplit.program.model import Band, Quantity

BOUNDS: Final[Mapping[Quantity, tuple[int, int]]] = {
    Quantity.SPEED: (round(SLOWEST_MPS * 1000), round(FASTEST_MPS * 1000)),
    Quantity.HEART_RATE: (LOWEST_BPM, HIGHEST_BPM),
    Quantity.POWER: (LOWEST_WATTS, HIGHEST_WATTS),
    Quantity.CADENCE: (LOWEST_SPM, HIGHEST_SPM),
}
"""Lowest and highest of a quantity in its unit: mm/s, bpm, W, spm."""


def only_edge(band: Band) -> tuple[Literal["<", ">"], int] | None:
    """``("<", 150)`` for ``HR < 150``, ``(">", 3704)`` for ``faster than 4:30/km``; None for two edges, or none."""
    bottom, top = BOUNDS[band.quantity]
    if (band.low == bottom) == (band.high == top):
        return None
    return ("<", band.high) if band.low == bottom else (">", band.low)


def middle(band: Band) -> float:
    """Half-way between the edges, in their unit; the edge itself where there is only one."""
    edge = only_edge(band)
    return edge[1] if edge else (band.low + band.high) / 2
