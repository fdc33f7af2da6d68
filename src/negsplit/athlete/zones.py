"""Heart-rate zones and shares of an athlete's heart rates, in beats per minute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from math import floor
from typing import Final, Literal, NamedTuple

from negsplit.diagnostics import Help, Report
from negsplit.limits import HIGHEST_BPM, LOWEST_BPM
from negsplit.model import HeartRates, ZoneSystem
from negsplit.units import Percent

ShareOf = Literal["max", "reserve", "threshold"]

_BASE: Final[dict[ZoneSystem, ShareOf]] = {
    "friel": "threshold",
    "garmin-max": "max",
    "garmin-hrr": "reserve",
    "garmin-lthr": "threshold",
}
"""What each system takes its shares of."""

_EDGES: Final[dict[ZoneSystem, tuple[int, ...]]] = {
    "friel": (65, 85, 90, 95, 100, 106),
    "garmin-max": (50, 60, 70, 80, 90, 100),
    "garmin-hrr": (50, 60, 70, 80, 90, 100),
    "garmin-lthr": (65, 80, 89, 95, 100, 115),
}
"""Per cent at which zones begin, and at which the last one ends.

Friel's zones for running (not cycling), his 5a and 5b taken together; Garmin's defaults, those of the
threshold heart rate as a fēnix 7 shows them.
"""

_CONTIGUOUS: Final[frozenset[ZoneSystem]] = frozenset({"friel", "garmin-lthr"})
"""Systems printed without shared bounds (85-89, 90-94): a zone ends one beat below the next."""

_OPEN_ENDS: Final[Mapping[ZoneSystem, Mapping[int, str]]] = {
    "friel": {
        1: "Friel gives no lower end; here it is 65 %",
        5: "Friel's 5a and 5b; 5c, above them, has no upper end",
    }
}
"""A watch takes two ends, so an open zone is given one."""

_NEEDS: Final[dict[ShareOf, tuple[str, ...]]] = {
    "max": ("max",),
    "reserve": ("max", "rest"),
    "threshold": ("threshold",),
}


class Zones(NamedTuple):
    """``bounds[0]`` is zone 1: its first and last beat per minute. ``source`` says where they come from.

    ``open_ends`` are zones that their author leaves open to one side, with what is done about it.
    """

    bounds: tuple[tuple[int, int], ...]
    source: str
    open_ends: Mapping[int, str] = {}


def heart_rate_share(rates: HeartRates, share: Percent, of: ShareOf) -> float | None:
    """A share of max, of the reserve above rest (Karvonen) or of threshold, in unrounded bpm.

    None where a number it takes is missing. Whole beats come out exact: there is one division, the last.
    """
    match of:
        case "max":
            base, span = 0, rates.max
        case "threshold":
            base, span = 0, rates.threshold
        case "reserve":
            if rates.max is None or rates.rest is None:
                return None
            base, span = rates.rest, rates.max - rates.rest
    return None if span is None else (base * 100_000 + share.thousandths * span) / 100_000


def default_system(rates: HeartRates) -> ZoneSystem | None:
    """The zones of an athlete who names none: by threshold, else by reserve, else by max."""
    systems: tuple[ZoneSystem, ...] = ("friel", "garmin-hrr", "garmin-max")
    return next((system for system in systems if not _missing(system, rates)), None)


def other_systems(rates: HeartRates) -> dict[ZoneSystem, Zones]:
    """An athlete's zones by each other system whose numbers are there."""
    found = {system: _zones(replace(rates, zones=system)) for system in _BASE if not _missing(system, rates)}
    mine = _zones(rates)
    return {system: zones for system, zones in found.items() if zones and (mine is None or zones.bounds != mine.bounds)}


def derive_zones(rates: HeartRates, report: Report) -> Zones | None:
    """An athlete's own zones; None where they are left to the watch and, with errors, where a heart rate is wrong."""
    part = Report()
    _check_rates(rates, part)
    if isinstance(rates.zones, tuple):
        _check_edges(rates.zones, rates, part)
    elif rates.zones is not None and rates.zones != "watch" and _missing(rates.zones, rates):
        _report_missing(rates.zones, rates, part)
    report.extend(part.diagnostics)
    return None if part.failed else _zones(rates)


def _zones(rates: HeartRates) -> Zones | None:
    if rates.zones == "watch":
        return None
    if isinstance(rates.zones, tuple):
        return Zones(tuple(pairwise(rates.zones)), "edges as written")
    system = rates.zones or default_system(rates)
    if system is None:
        return None
    edges = [_edge(rates, percent, _BASE[system]) for percent in _EDGES[system]]
    gap = 1 if system in _CONTIGUOUS else 0
    bounds = [(low, high - gap) for low, high in pairwise(edges)]
    bounds[-1] = (edges[-2], edges[-1])
    numbers = " and ".join(f"{name} {getattr(rates, name)}" for name in _NEEDS[_BASE[system]])
    source = f"{system}{'' if rates.zones else ' by default'}, from {numbers}{_moved(rates)}"
    return Zones(tuple(bounds), source, _OPEN_ENDS.get(system, {}))


def _moved(rates: HeartRates) -> str:
    """From where the zones moved when the number was added that decides which they are by default."""
    without = {"threshold": replace(rates, threshold=None), "rest": replace(rates, rest=None)}
    for number, less in () if rates.zones else without.items():
        before = default_system(less)
        if before and before != default_system(rates):
            return f"; without {number} they would be {before}"
    return ""


def _edge(rates: HeartRates, percent: int, of: ShareOf) -> int:
    """The beat at which a zone begins, rounded half up as watches do."""
    bpm = heart_rate_share(rates, Percent(percent * 1000), of)
    assert bpm is not None, f"zones without a heart rate for {of}"
    return floor(bpm + 0.5)


def _missing(system: ZoneSystem, rates: HeartRates) -> list[str]:
    return [name for name in _NEEDS[_BASE[system]] if getattr(rates, name) is None]


def _check_rates(rates: HeartRates, report: Report) -> None:
    written = [(name, getattr(rates, name)) for name in ("rest", "threshold", "max")]
    known = [(name, bpm) for name, bpm in written if bpm is not None]
    for name, bpm in known:
        if not LOWEST_BPM <= bpm <= HIGHEST_BPM:
            report.error(
                "heart-rate-range",
                f"a {name} heart rate of {bpm} bpm is not between {LOWEST_BPM} and {HIGHEST_BPM}",
                rates.span,
                f"write {name} in beats per minute",
            )
    for (low_name, low), (high_name, high) in pairwise(known):
        if low >= high:
            report.error(
                "heart-rate-order",
                f"the {low_name} heart rate, {low} bpm, is not below the {high_name} heart rate, {high} bpm",
                rates.span,
                "write rest below threshold and threshold below max",
            )


def _check_edges(edges: tuple[int, ...], rates: HeartRates, report: Report) -> None:
    if len(edges) < 2:
        report.error(
            "zone-edges-few",
            f"{len(edges)} zone {'edge makes' if len(edges) == 1 else 'edges make'} no zone",
            rates.span,
            "write one edge more than zones: [120, 140, 155, 170] makes three",
        )
    for low, high in pairwise(edges):
        if low >= high:
            report.error(
                "zone-edges-order",
                f"the zone edges have to go up: {low} bpm is followed by {high}",
                rates.span,
                "write each edge above the one before it",
            )
    for bpm in edges:
        if not LOWEST_BPM <= bpm <= HIGHEST_BPM:
            report.error(
                "heart-rate-range",
                f"a zone edge of {bpm} bpm is not between {LOWEST_BPM} and {HIGHEST_BPM}",
                rates.span,
                "write the edges in beats per minute",
            )


def _report_missing(system: ZoneSystem, rates: HeartRates, report: Report) -> None:
    missing = _missing(system, rates)
    place = rates.place("zones")
    help: list[Help] = [f"add {' and '.join(f'`{name}:`' for name in missing)} in beats per minute under `heart_rate`"]
    if instead := default_system(rates):
        title = f"or write `zones: {instead}`, for which the numbers are there"
        help.append(place.cure(title, system, instead) if place else title)
    report.error(
        "zones-need-number",
        f"{system} zones need the {' and the '.join(missing)} heart rate, which the athlete file lacks",
        place,
        *help,
    )
