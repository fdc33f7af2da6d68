"""What every pace comes to for one runner in one workout, in metres per second."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Final

from negsplit.athlete.pace_zones import PaceZones as Zones
from negsplit.athlete.paces import (
    ALIASES,
    STANDARD_NAMES,
    SYNONYMS,
    VERY_EASY,
    Runner,
    canonical,
    is_derived,
    meets_standard,
    short_for,
    warn_of_meeting,
)
from negsplit.athlete.races import distance_named, is_race
from negsplit.diagnostics import Effect, Help, Report, Span, meant
from negsplit.frozen import dataclass
from negsplit.limits import FASTEST_MPS, SHORTEST_RACE, SLOWEST_MPS
from negsplit.model import Paces
from negsplit.targets import (
    AtFault,
    Between,
    Covering,
    Effort,
    Named,
    OneSided,
    PacePoint,
    PaceTarget,
    PaceZones,
    Scaled,
    Shifted,
    Target,
    Tolerance,
    folded_name,
)
from negsplit.units import Pace, PaceShift, PaceUnit, Percent, Speed, pace_text

MAX_DEPTH: Final = 20
"""How deep own paces may stand on one another."""

_BOUNDS_IN_WORDS: Final = "paces must be between 33:20/km and 1:24/km, 1.8 and 43.2 km/h"
_LONGEST_SHOWN: Final = 40
_NO_SPEEDS: Final = {
    "lt": ("LT", "write `% threshold` of the speed, or `% LTHR` of the heart rate"),
    **dict.fromkeys(("vo2max", "vo2 max"), ("VO2max", "write `% interval` of the speed, or `% HRR` of the heart rate")),
}
"""Synonyms of paces that a share is not taken of: how they are written, and what may be meant."""


@dataclass(frozen=True, slots=True)
class SpeedBand:
    """Unrounded speeds in m/s; equal ends are a point."""

    slow: float
    fast: float

    @property
    def is_point(self) -> bool:
        return self.slow == self.fast


@dataclass(frozen=True, slots=True)
class _Own:
    """What an own name stands for once no name is left to follow; ``band`` is None for what is no pace."""

    target: Target
    band: SpeedBand | None
    depth: int


class SpeedBook:
    """The speeds of names, offsets and shares; mistakes go to ``report``.

    The athlete's own names win over the workout's, and those over the derived ones.
    """

    def __init__(self, runner: Runner, paces: Paces, report: Report) -> None:
        self.runner, self.report = runner, report
        self.unit: PaceUnit = runner.pace_unit
        self.own: Paces = {**self._by_name(paces), **runner.own}
        self._known: dict[str, _Own | None] = {}
        self._open: list[str] = []
        self._asked_for_athlete = False
        self._warn_of_meetings(paces)

    def _by_name(self, paces: Paces) -> Paces:
        found: dict[str, tuple[str, Target]] = {}
        for written, target in paces.items():
            first, _ = found.setdefault(canonical(written), (written, target))
            if first != written:
                message = f"`{written}` and `{first}` are two names for the same pace, {canonical(written)}"
                self.report.error("duplicate-pace", message, target.span, "leave one of them out")
        return {name: target for name, (_, target) in found.items()}

    def _warn_of_meetings(self, paces: Paces) -> None:
        """Says where names of the workout are others by their dashes alone."""
        for written, target in paces.items():
            name = canonical(written)
            theirs = self.runner.own_names.get(name, written)
            if folded_name(theirs) == name and theirs != written:
                warn_of_meeting(written, theirs, target, self.report)
            elif standard := meets_standard(written):
                warn_of_meeting(written, standard, target, self.report)

    def check(self, paces: Paces) -> None:
        """Reports what is wrong with own paces, used or not."""
        for written, target in paces.items():
            name = canonical(written)
            if self.own.get(name) is target:
                self._own(name)
            else:
                self._resolved(target)

    def knows(self, target: Target) -> bool:
        """Whether every name in a target is one of somebody's own or one of the language."""
        names = map(self._name, _names(target)) if isinstance(target, PaceTarget) else ()
        return all(name in self.own or name == VERY_EASY or is_derived(name) for name in names)

    def meaning(self, target: Target) -> Target | None:
        """What a target is run by: as :meth:`followed`, and by effort where `easy` would be a walk for this runner."""
        found = self.followed(target)
        if not self.runner.efforts or not isinstance(found, PaceTarget) or found.tolerance is not None:
            return found
        match found.pace:
            case Named(name):
                effort = self._effort(name)
            case OneSided("slower", Named(name)) if self._effort(name):
                effort = self._effort(VERY_EASY)
            case _:
                return found
        return replace(effort, span=target.span) if effort else found

    def _effort(self, written: str) -> Effort | None:
        name = self._name(written)
        return None if name in self.own else self.runner.efforts.get(name)

    def followed(self, target: Target) -> Target | None:
        """The target that an own name stands for, any other as it is; None, with a diagnostic, where it has no end.

        A ``±`` behind the name wins over the one it was given with.
        """
        name = self._alias(target)
        if name == VERY_EASY and name not in self.own and isinstance(target, PaceTarget):
            return replace(target, pace=OneSided("slower", Named("easy", span=target.span)))
        if name is None or name not in self.own:
            return target
        own = self._own(name)
        if own is None or not isinstance(target, PaceTarget) or target.tolerance is None:
            return own.target if own else None
        return replace(own.target, tolerance=target.tolerance) if isinstance(own.target, PaceTarget) else target

    def speeds(self, target: PaceTarget, span: Span | None = None) -> SpeedBand | None:
        """The speeds of a pace before it is widened, a one-sided one as its edge.

        None, with a diagnostic, where they cannot be known or are no runner's.
        """
        span = target.span or span
        found = self.followed(target)
        if found is None:
            return None
        if not isinstance(found, PaceTarget):
            self._report_no_pace(self._alias(target) or "this", found, span)
            return None
        return self.edges(found, span)

    def edges(self, followed: PaceTarget, span: Span | None) -> SpeedBand | None:
        """The speeds of a pace that is :meth:`followed` already; as :meth:`speeds` has them."""
        span = followed.span or span
        return self._bounded(self._edges(followed.pace, span), span)

    def pace_zones(self, target: PaceZones, span: Span | None) -> Zones | None:
        """The runner's zones of pace; None, with a diagnostic, where nothing gives any."""
        if self.runner.pace_zones is None:
            numbers = f"{target.low}" if target.low == target.high else f"{target.low}..{target.high}"
            self._ask_for_athlete(f"Z{numbers} pace", span)
        return self.runner.pace_zones

    # Own names.

    def _own(self, name: str) -> _Own | None:
        if name in self._known:
            return self._known[name]
        if name in self._open:
            circle = " -> ".join([*self._open[self._open.index(name) :], name])
            self.report.error(
                "cycle", f"`{name}` uses itself: {circle}", self.own[name].span, "write one of them as a number"
            )
            return None
        if len(self._open) >= MAX_DEPTH:
            self._report_depth(self.own[self._open[0]])
            return None
        self._open.append(name)
        self._known[name] = self._resolved(self.own[name])
        self._open.pop()
        return self._known[name]

    def _resolved(self, own: Target) -> _Own | None:
        if not isinstance(own, PaceTarget):
            return _Own(own, None, 1)
        below = [self._own(name) for name in map(self._name, _names(own)) if name in self.own]
        used = [one for one in below if one is not None]
        if len(used) < len(below):
            return None
        depth = 1 + max((one.depth for one in used), default=0)
        if depth > MAX_DEPTH:
            self._report_depth(own)
            return None
        target = self.followed(own)
        if not isinstance(target, PaceTarget):
            return _Own(target, None, depth) if target else None
        band = self._bounded(self._edges(target.pace, own.span), own.span)
        if band is None:
            return None
        if isinstance(target.pace, OneSided):
            return _Own(target, None, depth)
        return _Own(target, widened(band.slow, target.tolerance) if target.tolerance and band.is_point else band, depth)

    def _report_depth(self, own: Target) -> None:
        message = f"your own paces can build on one another at most {MAX_DEPTH} deep"
        self.report.error("too-deep", message, own.span, "write this one as a number")

    def _report_no_pace(self, name: str, means: Target, span: Span | None) -> None:
        message = f"`{name}` is {'one-sided' if isinstance(means, PaceTarget) else 'no pace'}: this has to be a pace"
        self.report.error("kind", message, span, "for example `easy`, `5:00/km`, `10k - 5 s/km`")

    def _name(self, written: str) -> str:
        """The name that counts for one that is written: its own, where somebody has it, before what it is short for."""
        name = canonical(written)
        return name if name in self.own else short_for(name)

    def _alias(self, target: Target) -> str | None:
        """The name that is all of a target, but for a ``±``."""
        if isinstance(target, PaceTarget) and isinstance(target.pace, Named):
            return self._name(target.pace.name)
        return None

    # Arithmetic.

    def _edges(self, pace: PacePoint | Between | OneSided, span: Span | None) -> SpeedBand | None:
        if isinstance(pace, OneSided):
            band = self._point(pace.than, span)
            edge = band and (band.fast if pace.side == "faster" else band.slow)
            return SpeedBand(edge, edge) if edge else None
        if isinstance(pace, Between):
            one, other = self._point(pace.one, span), self._point(pace.other, span)
            if one is None or other is None:
                return None
            return SpeedBand(min(one.slow, other.slow), max(one.fast, other.fast))
        return self._point(pace, span)

    def _point(self, point: PacePoint, span: Span | None) -> SpeedBand | None:
        match point:
            case Pace() | Speed():
                return SpeedBand(point.mps, point.mps)
            case Covering(distance, shortest, longest):
                return SpeedBand(distance.metres / longest.seconds, distance.metres / shortest.seconds)
            case Named():
                return self._named(point, span)
            case AtFault():
                return None
            case Scaled():
                return self._share(point, span)
            case Shifted(base, near, far):
                band = self._point(base, span)
                if band is None:
                    return None
                edges = [_shifted(speed, shift) for speed in (band.slow, band.fast) for shift in (near, far)]
                return SpeedBand(min(edges), max(edges))

    def _share(self, scaled: Scaled, span: Span | None) -> SpeedBand | None:
        """A share of a speed. Of these words it could be of the heart rate as well, or of what is breathed."""
        written = canonical(scaled.base.name)
        if written in _NO_SPEEDS and written not in self.own:
            word, help = _NO_SPEEDS[written]
            message = f"a percentage of `{word}` is not known"
            self.report.error("percentage", message, scaled.base.span or span, help)
            return None
        band = self._named(scaled.base, span)
        return band and SpeedBand(band.slow * scaled.low.ratio, band.fast * scaled.high.ratio)

    def _named(self, named: Named, span: Span | None) -> SpeedBand | None:
        name, span = self._name(named.name), named.span or span
        if name in self.own:
            own = self._own(name)
            if own and own.band is None:
                self._report_no_pace(name, own.target, span)
            return own.band if own else None
        if name == VERY_EASY:
            self._report_no_pace(name, PaceTarget(OneSided("slower", Named("easy"))), span)
            return None
        if known := self.runner.speeds(name):
            return SpeedBand(*known)
        distance = distance_named(name)
        if name in STANDARD_NAMES or (distance and is_race(distance)):
            self._ask_for_athlete(named.name, span)
        elif distance:
            message = f"`{_shown(named.name)}` is not a race: paces are known of 800 m to 50 km"
            help = "shorter than that is `repetition`" if distance < SHORTEST_RACE else "name it under `paces:`"
            self.report.error("unknown-name", message, span, help)
        else:
            message = f"`{_shown(named.name)}` is not a known pace"
            self.report.error("unknown-name", message, span, *self._what_was_meant(named.name, span))
        return None

    def _bounded(self, band: SpeedBand | None, span: Span | None) -> SpeedBand | None:
        if band is None or SLOWEST_MPS <= band.slow <= band.fast <= FASTEST_MPS:
            return band
        ends = dict.fromkeys(pace_text(speed, self.unit) for speed in (band.slow, band.fast))
        message = f"this comes to {'..'.join(ends)}/{self.unit}, which is not a running speed"
        self.report.error("out-of-bounds", message, span, _BOUNDS_IN_WORDS)
        return None

    # What to write instead.

    def _ask_for_athlete(self, written: str, span: Span | None) -> None:
        """Once a workout: one athlete is the cure of them all."""
        if self._asked_for_athlete:
            return
        self._asked_for_athlete = True
        if self.runner.name:
            missing = f"`{self.runner.name}` gives none"
            help = ["add `races:` or `threshold:` to the athlete file, or name the pace under `paces:`"]
        else:
            missing = "no athlete is given"
            help = [
                'try `--athlete "5 km in 22:30"`',
                "or write `athlete.yaml` beside the workout, with two lines: `athlete: Me` and `races: 5 km in 22:30`",
            ]
        self.report.error(
            "needs-athlete",
            f"`{written}` needs a race result or a threshold, {missing}",
            span,
            *help,
            effect=Effect.ASKS_RUNNER,
        )

    def _goal(self, name: str, written: str, span: Span | None) -> tuple[Help, ...]:
        """``goal MP`` is the goal of a plan's race, or the pace of that race today; ``goal`` may not be known yet."""
        race = short_for(canonical(name.removeprefix("goal").strip()))
        if span and span.text.casefold() == f"{written} pace":
            written = f"{written} pace"
        named = _instead(f"as you could race it today: `{race}`", written, race, span)
        if "goal" in self.own:
            return (_instead("the pace that the `goal` of the race gives: `goal`", written, "goal", span), named)
        unknown = f"open -- {written}"
        return (
            "in a plan, the `goal` of a race is the pace of that name; else name it under `paces:`",
            named if is_derived(race) else _instead(f"as a cue alone: `{unknown}`", written, unknown, span),
        )

    def _what_was_meant(self, written: str, span: Span | None) -> tuple[Help, ...]:
        known = {*STANDARD_NAMES, *self.own, *(word for word in (*ALIASES, *SYNONYMS, VERY_EASY) if len(word) > 2)}
        one, dash, other = written.partition("-")
        if dash and canonical(one) in known | {*ALIASES} and canonical(other) in known | {*ALIASES}:
            return (_instead(f"for a range, write `{one}..{other}`", written, f"{one}..{other}", span),)
        first, then, second = written.partition(" then ")
        if then and canonical(first) in known | {*ALIASES}:
            title = f"separate steps with a comma: `{first}, {_shown(second)}`"
            return (_instead(title, written, f"{first}, {second}", span),)
        if zone := re.fullmatch(r"pace z(?:one )?(\d)", written):
            return (_instead(f"write `Z{zone[1]} pace`", written, f"Z{zone[1]} pace", span),)
        if zone := re.fullmatch(r"watch (?:zone |hr z|z)(\d)", written):
            return (_instead(f"write `watch Z{zone[1]}`", written, f"watch Z{zone[1]}", span),)
        if folded_name(written).split()[0] == "goal":
            return self._goal(folded_name(written), written, span)
        words = written.split()
        longest = max(len(name.split()) for name in known)
        for count in range(min(longest, len(words) - 1), 0, -1):
            name = " ".join(words[:count])
            if canonical(name) in known:
                cue = " ".join(words[count:])
                title = f"a cue goes after `--`: `{name} -- {_shown(cue)}`"
                return (_instead(title, written, f"{name} -- {cue}", span),)
        if near := meant(written, known, span):
            return (near,)
        return (f"known: {', '.join(STANDARD_NAMES)}; name your own under `paces:`",)


def _instead(title: str, written: str, by: str, span: Span | None) -> Help:
    return span.cure(title, written, by) if span else title


def widened(mps: float, tolerance: Tolerance) -> SpeedBand:
    """A point to a band: a percentage of speed, or seconds of pace, to each side as far as the bounds."""
    if isinstance(tolerance, Percent):
        slow, fast = mps * (1 - tolerance.ratio), mps * (1 + tolerance.ratio)
    else:
        slow, fast = (_slowed(mps, sign * tolerance.seconds_per_metre) for sign in (1, -1))
    return SpeedBand(max(slow, SLOWEST_MPS), min(fast, FASTEST_MPS))


def _shifted(mps: float, shift: PaceShift | Percent) -> float:
    return _slowed(mps, shift.ratio / mps if isinstance(shift, Percent) else shift.seconds_per_metre)


def _slowed(mps: float, seconds_per_metre: float) -> float:
    """A speed at another pace; infinite where no time is left."""
    pace = 1 / mps + seconds_per_metre
    return 1 / pace if pace > 0 else math.inf


def _names(target: PaceTarget) -> list[str]:
    """The names a pace is written with."""
    pace = target.pace
    points = (pace.one, pace.other) if isinstance(pace, Between) else (pace,)
    ends = [point.than if isinstance(point, OneSided) else point for point in points]
    unshifted = [end.base if isinstance(end, Shifted) else end for end in ends]
    bases = [end.base if isinstance(end, Scaled) else end for end in unshifted]
    return [base.name for base in bases if isinstance(base, Named)]


def _shown(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 3]}..."
