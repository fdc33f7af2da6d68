"""What the steps of a plan are held to: its own paces and heart rates by name, or numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from negsplit.diagnostics import Report, Span, meant
from negsplit.formats.apsureda.times import PACES, SHARE, pace_of, shares
from negsplit.formats.foreign import MOST_PROPOSED
from negsplit.frozen import dataclass
from negsplit.targets import (
    Between,
    Covering,
    HeartRateTarget,
    HeartRateZones,
    Named,
    PaceTarget,
    Scaled,
    Shifted,
    Target,
)
from negsplit.units import Pace, PaceShift, Percent

BEATS: Final = re.compile(r"(\d{2,3})(?:\s*-\s*(\d{2,3}))?")
"""A heart rate, or the two ends of a range."""
_ZONE: Final = re.compile(r"(?:zone|z)[-_]?([1-5])", re.IGNORECASE)


class Margins(NamedTuple):
    """How far a single pace is widened, in milliseconds a kilometre."""

    faster: int
    slower: int


@dataclass(frozen=True, slots=True)
class Targets:
    """``values`` are by their names here, None for one that was refused; the file's names lead to these.

    Without ``margins`` a single pace is widened as usual.
    """

    values: Mapping[str, PaceTarget | HeartRateTarget | None]
    paces: Mapping[str, str]
    rates: Mapping[str, str]
    margins: Margins | None = None

    def pace(self, text: str, span: Span, report: Report) -> Target | None:
        """What stands behind ``@``; a heart rate's name too, as a fork has it."""
        if text not in self.paces and text in self.rates:
            return self.rate(text, span, report)
        found = read_pace(text, self.paces, span, report)
        if found is None or not self._are_known(base_names(found), text, span, report):
            return None
        return replace(self.widened(found), span=span)

    def rate(self, text: str, span: Span, report: Report) -> Target | None:
        """What stands behind ``@hr``: a name, beats, or one of the watch's own zones."""
        if name := self.rates.get(text):
            return PaceTarget(Named(name), span=span) if self._are_known([name], text, span, report) else None
        if zone := _ZONE.fullmatch(text):
            return HeartRateZones(int(zone[1]), int(zone[1]), watch=True, span=span)
        if found := BEATS.fullmatch(text):
            return replace(beats(int(found[1]), int(found[2] or found[1])), span=span)
        unknown(text, "heart rate", self.rates, span, report)
        return None

    def _are_known(self, names: Iterable[str], text: str, span: Span, report: Report) -> bool:
        if all(self.values[name] is not None for name in names):
            return True
        report.error("refused", f"`{text}` is not understood where `config` says what it is", span)
        return False

    # --- Margins: for a single pace only, and those of a share are shares of it as well ---

    def widened(self, target: PaceTarget) -> PaceTarget:
        """A target with the margins, but for those that are :meth:`usual`.

        :raises TypeError: for what has a share of them and is no single pace; nothing here makes one.
        """
        share = self._share(target)
        if share is None or self.margins is None or (share == 1 and self.margins.faster == self.margins.slower):
            return target
        slower, faster = round(self.margins.slower / share), round(self.margins.faster / share)
        if slower == faster:
            return replace(target, tolerance=PaceShift(slower, "km"))
        match target.pace:
            case (Named() | Scaled()) as base:
                return PaceTarget(Between(_moved(base, -faster), _moved(base, slower)))
            case Covering(distance, time):
                ms = round(time.ms * 100_000 / distance.cm)
            case Pace(ms):
                pass
            case _:
                raise TypeError(f"no single pace: {target}")
        return PaceTarget(Between(Pace(max(ms - faster, 1), "km"), Pace(ms + slower, "km")))

    def usual(self, targets: Iterable[Target]) -> PaceShift | None:
        """The margins as the tolerance of a workout with these targets; None where they are not alike, or of no use."""
        if self.margins is None or self.margins.faster != self.margins.slower:
            return None
        paces = [one for one in targets if isinstance(one, PaceTarget) and one.tolerance is None]
        return PaceShift(self.margins.faster, "km") if any(self._share(one) for one in paces) else None

    def _share(self, target: PaceTarget | HeartRateTarget | None) -> float | None:
        """Which share a target is of the single pace it comes from; None where that is a range, or the target is."""
        match target:
            case PaceTarget(Pace() | Covering()):
                return 1.0
            case PaceTarget(Named(name)):
                return self._share(self.values[name])
            case PaceTarget(Scaled(base, low, high)) if low == high:
                of = self._share(self.values[base.name])
                return None if of is None else of * low.ratio
        return None

    def is_range_of_single(self, target: Target) -> bool:
        """Whether a target is a range of shares of a single pace, to which garmin-planner adds the margins as well."""
        match target:
            case PaceTarget(Named(name)) if value := self.values[name]:
                return self.is_range_of_single(value)
            case PaceTarget(Scaled(base, low, high)):
                return low != high and bool(self._share(self.values[base.name]))
        return False

    def used(self, targets: Iterable[Target]) -> dict[str, Target]:
        """The named ones that some targets use, and those that these build on, in the order of the file."""
        left = [name for target in targets for name in base_names(target)]
        found: set[str] = set()
        while left:
            if (name := left.pop()) not in found:
                found.add(name)
                value = self.values[name]
                left += base_names(value) if value else ()
        return {name: value for name, value in self.values.items() if name in found and value is not None}


def _moved(base: Named | Scaled, ms: int) -> Named | Scaled | Shifted:
    shift = PaceShift(ms, "km")
    return Shifted(base, shift, shift) if ms else base


def read_pace(text: str, names: Mapping[str, str], span: Span, report: Report) -> PaceTarget | None:
    """A pace, a range, a name or a share of a name, as the file writes it; anything else is refused."""
    if found := PACES.fullmatch(text):
        ends = [pace_of(part, span, report) for part in found.groups() if part]
        if None in ends:
            return None
        one, *other = [end for end in ends if end]
        return PaceTarget(Between(one, other[0]) if other else one)
    found = SHARE.fullmatch(text)
    name = found[3] if found else text
    if name not in names:
        unknown(name, "pace", names, span, report)
        return None
    base = Named(names[name])
    if found is None:
        return PaceTarget(base)
    low, high = shares(found)
    if low < Percent(10_000):
        report.error("refused", f"`{text}` is no running pace", span, "write the share of its speed, such as `85%`")
        return None
    return PaceTarget(Scaled(base, low, high))


def beats(low: int, high: int) -> HeartRateTarget:
    """Beats a minute in either order; a single number is never widened there."""
    return HeartRateTarget(min(low, high), max(low, high), margin=0 if low == high else None)


def base_names(target: Target) -> list[str]:
    """The names that stand in a target."""
    return list(_names(target.pace)) if isinstance(target, PaceTarget) else []


def _names(pace: object) -> Iterator[str]:
    match pace:
        case Named(name):
            yield name
        case Scaled(base) | Shifted(base):
            yield from _names(base)
        case Between(one, other):
            yield from _names(one)
            yield from _names(other)


def unknown(name: str, kind: str, known: Iterable[str], span: Span, report: Report) -> None:
    """Refuses the name of something that the file does not have."""
    near = meant(name, [*known][:MOST_PROPOSED], None)
    report.error("refused", f"`{name}` is no {kind} of this file", span, near or f"add it to `config`: `{name}: ...`")
