"""What an athlete's numbers say about one runner: paces, heart rates, and where each comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import lru_cache
from math import prod
from typing import Final, NamedTuple

from negsplit.athlete.pace_zones import PaceZones, pace_zones
from negsplit.athlete.predict import predicted
from negsplit.athlete.races import distance_named, is_race, race_name
from negsplit.athlete.results import Result, Results, Share, results_of, share_text
from negsplit.athlete.training import (
    EASY_SHARES,
    INTERVAL_SHARE,
    SLOWEST_EASY_MPS,
    STEADY_SHARES,
    THRESHOLD_SHARE,
    easy_speeds,
    interval_speed,
    is_walked,
    threshold_speed,
    vdot_of_threshold,
)
from negsplit.athlete.vdot import RACE_METRES, race_speed, training_speed
from negsplit.athlete.zones import ShareOf, Zones, derive_zones, heart_rate_share
from negsplit.diagnostics import Report
from negsplit.frozen import dataclass
from negsplit.model import AccountName, Athlete, HeartRates, History, Paces, Race, Units, Volume
from negsplit.targets import Effort, Target, Tolerance, folded_name
from negsplit.units import MARATHON, Pace, PaceUnit, Percent, Speed, clock, pace_text

STANDARD_NAMES: Final = (
    "easy",
    "steady",
    "marathon",
    "half",
    "10mi",
    "15k",
    "threshold",
    "10k",
    "5k",
    "interval",
    "3k",
    "mile",
    "repetition",
)
"""Every derived pace, about from slow to fast: their order changes a little with VDOT."""

ALIASES: Final[Mapping[str, str]] = {
    "e": "easy",
    "m": "marathon",
    "t": "threshold",
    "i": "interval",
    "r": "repetition",
    "mp": "marathon",
    "hm": "half",
    "half marathon": "half",
    "tempo": "threshold",
    "long": "easy",
}
SYNONYMS: Final[Mapping[str, str]] = {
    "moderate": "steady",
    "vo2max": "interval",
    "vo2 max": "interval",
    "lt": "threshold",
    "hmp": "half",
}
"""More names of derived paces, each only where nobody has a target of that name."""
VERY_EASY: Final = "very easy"
"""Slower than easy; so too only where nobody has a target of that name."""
AS_WRITTEN: Final = "as written"
"""The source of what the athlete's file says itself."""
EFFORTS: Final[Mapping[str, Effort]] = {"easy": Effort(3, 3), VERY_EASY: Effort(2, 2)}
"""Of runners whose easy pace would be a walk."""

_TABLE_SLOWS_BELOW: Final = 39.0
"""Of VDOT: where the printed marathon paces leave the equations."""


@lru_cache(maxsize=1_024)
def canonical(name: str) -> str:
    """The one spelling of a pace's name: :func:`~negsplit.targets.folded_name`, no alias, one for each distance."""
    plain = folded_name(name)
    distance = distance_named(plain)
    return race_name(distance) if distance else ALIASES.get(plain, plain)


@lru_cache(maxsize=1_024)
def short_for(name: str) -> str:
    """What a canonical name is short for where nobody has a target of that name: ``lt``, ``5k race``; else itself."""
    raced = canonical(name.removesuffix(" race")) if name.endswith(" race") else ""
    return raced if raced in RACE_METRES or distance_named(raced) else SYNONYMS.get(name, name)


@lru_cache(maxsize=1_024)
def spelled(name: str) -> str:
    """A pace's name for people: the language's own where it is one of those, else as written."""
    standard = canonical(name)
    return standard if is_derived(standard) else _as_written(name)


def is_derived(name: str) -> bool:
    """Whether the language has a pace of that spelling by itself."""
    return name in STANDARD_NAMES or distance_named(name) is not None


def _as_written(name: str) -> str:
    words = " ".join(name.lower().split())
    while words.endswith(" pace"):
        words = words.removesuffix(" pace")
    return words


def warn_of_meeting(name: str, other: str, target: Target, report: Report) -> None:
    """Says that an own name is another one, spelled otherwise: ``half-marathon`` is the half."""
    why = "`-`, `_` and a space mean the same in a name, and `pace` at the end is ignored"
    help = f"write `{other}` if you mean that, else choose another name"
    report.warning("duplicate-pace", f"`{name}` means the same pace as `{other}`", target.span, why, help)


def meets_standard(name: str) -> str:
    """The language's own pace that an own name stands for by its dashes alone; empty where it does not."""
    standard, folded = canonical(name), folded_name(name)
    meets = is_derived(standard) or standard in (*SYNONYMS, VERY_EASY)
    return SYNONYMS.get(standard, standard) if meets and _as_written(name) != folded else ""


class KnownPace(NamedTuple):
    """A pace as unrounded speeds in m/s; equal ends are a point."""

    slow_mps: float
    fast_mps: float
    source: str


@dataclass(frozen=True, slots=True)
class Runner:
    """All that is known of one runner; what is not is None or absent.

    ``paces`` are derived from ``results``; those in ``efforts`` are run by them, for a watch would hold a runner to a
    walk. ``own`` are the athlete's targets under their canonical names, which win over both; ``own_names`` says how
    these are written. ``sources`` says of everything but the paces where it comes from, under its name for people.
    ``file`` is the athlete's own, empty without one; ``athlete`` is what all of this was derived from.
    """

    name: str
    results: Results = field(default_factory=Results)
    paces: Mapping[str, KnownPace] = field(default_factory=dict)
    efforts: Mapping[str, Effort] = field(default_factory=dict)
    own: Paces = field(default_factory=dict)
    own_names: Mapping[str, str] = field(default_factory=dict)
    heart_rates: HeartRates = field(default_factory=HeartRates)
    zones: Zones | None = None
    pace_zones: PaceZones | None = None
    critical_power: int | None = None
    volume: Volume = "low"
    tolerance: Tolerance | None = None
    units: Units = "metric"
    account: AccountName | None = None
    history: History | None = None
    sources: Mapping[str, str] = field(default_factory=dict)
    file: str = field(default="", compare=False)
    athlete: Athlete | None = field(default=None, compare=False, repr=False)

    @property
    def vdot(self) -> float | None:
        """The best of the results that count: how fit this runner is."""
        return self.results.best.vdot if self.results.best else None

    @property
    def race(self) -> Race | None:
        """The race that :attr:`vdot` comes from; None for a threshold."""
        return self.results.best.race if self.results.best else None

    def speeds(self, name: str) -> tuple[float, float] | None:
        """Slow and fast edge of a derived pace in m/s, by its canonical name; of a race over any distance, too.

        Below 1200 m the equations are stretched: a race so short is run beyond what they describe.
        """
        if known := self.paces.get(name):
            return known.slow_mps, known.fast_mps
        distance = distance_named(name)
        if distance is None or not is_race(distance):
            return None
        nearest = self.results.nearest(distance.metres)
        if nearest is None:
            return None
        mps = race_speed(distance.metres, nearest.vdot)
        return mps, mps

    @property
    def threshold_mps(self) -> float | None:
        """Threshold speed in m/s."""
        return self.paces["threshold"].fast_mps if "threshold" in self.paces else None

    @property
    def pace_unit(self) -> PaceUnit:
        """What paces are printed per."""
        return "mi" if self.units == "imperial" else "km"

    @property
    def zone_count(self) -> int | None:
        """How many heart-rate zones the athlete has; None leaves them to the watch."""
        return len(self.zones.bounds) if self.zones else None

    def heart_rate_zone(self, number: int) -> tuple[int, int] | None:
        """First and last bpm of a zone from 1 to ``zone_count``; None leaves it to the watch.

        :raises ValueError: where the athlete's zones have no such number.
        """
        if self.zones is None:
            return None
        if not 1 <= number <= len(self.zones.bounds):
            raise ValueError(f"zone {number} of {len(self.zones.bounds)}")
        return self.zones.bounds[number - 1]

    def heart_rate_share(self, share: Percent, of: ShareOf) -> float | None:
        """A share of max, reserve or threshold in unrounded bpm; None where a number is missing."""
        return heart_rate_share(self.heart_rates, share, of)


NO_RUNNER: Final = Runner("")
"""Where no athlete is given at all."""


def derive(athlete: Athlete, report: Report, shares: Sequence[Share] = ()) -> Runner:
    """A runner's numbers from what an athlete wrote; what is unlikely or missing there is reported.

    ``shares`` say how much is left of results and of a threshold, but not of paces of the athlete's own.
    """
    results = results_of(athlete, report, shares)
    zones = derive_zones(athlete.heart_rate, report)
    own_names = _own_names(athlete.paces, report)
    paces = _paces(results, athlete, prod(one.ratio for one in shares)) if results.best else {}
    is_walker = results.best is not None and is_walked(results.best.vdot)
    return Runner(
        name=athlete.name,
        results=results,
        paces=paces,
        efforts=EFFORTS if is_walker and "easy" not in own_names else {},
        own={key: athlete.paces[name] for key, name in own_names.items()},
        own_names=own_names,
        heart_rates=athlete.heart_rate,
        zones=zones,
        pace_zones=pace_zones(athlete.pace_zones, paces["threshold"].fast_mps if paces else None),
        critical_power=athlete.critical_power,
        volume=athlete.volume,
        tolerance=athlete.tolerance,
        units=athlete.units,
        account=athlete.account,
        history=athlete.history,
        sources=_sources(athlete, results, zones),
        athlete=athlete,
    )


# --- Paces -------------------------------------------------------------------------------------


def _own_names(paces: Paces, report: Report) -> dict[str, str]:
    """Own names as written, by their canonical ones; two that are one are an error."""
    written: dict[str, str] = {}
    for name, target in paces.items():
        key = canonical(name)
        if key in written:
            report.error(
                "duplicate-pace",
                f"`{name}` and `{written[key]}` are two names for the same pace, {key}",
                target.span,
                "delete one of them, or give it another name",
            )
        elif standard := meets_standard(name):
            warn_of_meeting(name, standard, target, report)
        written.setdefault(key, name)
    return written


def _paces(results: Results, athlete: Athlete, left: float) -> dict[str, KnownPace]:
    """Every standard pace: races from the nearest result, training from the best; an own threshold also sets steady.

    Marathon pace is from the kilometres of a week too where these are known; ``left`` is the share of a threshold.
    """
    best, threshold = results.best, athlete.threshold
    assert best is not None
    known = {name: _raced(name, results) for name in RACE_METRES}
    known["marathon"] = _marathon(known["marathon"], results, athlete.history)
    known["repetition"] = _point(race_speed(RACE_METRES["mile"], best.vdot), f"mile pace, {best.predicts}")
    known["easy"] = _easy(best.vdot)
    known["interval"] = _trained(interval_speed(best.vdot), INTERVAL_SHARE, best.vdot, "3k")
    if threshold is None:
        known["threshold"] = _trained(threshold_speed(best.vdot), THRESHOLD_SHARE, best.vdot, "10k")
    else:
        known["threshold"] = _own_threshold(threshold, left)
    slow, fast = (share * known["threshold"].fast_mps for share in STEADY_SHARES)
    known["steady"] = KnownPace(slow, fast, f"{_per_cent(*STEADY_SHARES)} of threshold speed")
    return {name: known[name] for name in STANDARD_NAMES}


def _point(mps: float, source: str) -> KnownPace:
    return KnownPace(mps, mps, source)


def _raced(name: str, results: Results) -> KnownPace:
    result = results.nearest(RACE_METRES[name])
    assert result is not None
    return _point(
        race_speed(RACE_METRES[name], result.vdot),
        result.predicts + (_marathon_notes(result) if name == "marathon" else ""),
    )


def _marathon(alone: KnownPace, results: Results, history: History | None) -> KnownPace:
    """With both predictions where there are two: the one of VDOT ``alone`` is the faster one for most runners."""
    found = predicted(results, history)
    if found is None:
        return alone
    nearest = results.nearest(MARATHON.metres)
    assert nearest is not None
    usual = f"{pace_text(alone.fast_mps, 'km')}/km, {_time(alone.fast_mps)}, by VDOT {nearest.vdot:.1f}"
    mps = MARATHON.metres / found.seconds
    return _point(mps, f"{_time(mps)}, predicted from {found.basis}; without `history` {usual}")


def _time(mps: float) -> str:
    """What a marathon takes."""
    return clock(round(MARATHON.metres / mps) * 1000)


def _own_threshold(threshold: Pace | Speed, left: float) -> KnownPace:
    if left == 1:
        return _point(threshold.mps, AS_WRITTEN)
    mps = threshold_speed(vdot_of_threshold(threshold.mps) * left)
    return _point(mps, f"{share_text(left)} of the VDOT of your threshold {threshold}")


def _marathon_notes(result: Result) -> str:
    """Predictions from up to a half are 10 min too fast for half of all runners (Vickers & Vertosick 2016)."""
    notes = ""
    if result.race is None or result.race.distance.metres < RACE_METRES["half"]:
        notes += "; half of all runners take 10 min longer"
    if result.vdot < _TABLE_SLOWS_BELOW:
        notes += "; Daniels' table is 4 to 12 s/km slower below VDOT 39"
    return notes


def _trained(mps: float, share: float, vdot: float, race: str) -> KnownPace:
    source = f"{_per_cent(share)} of VDOT {vdot:.1f}"
    if mps == race_speed(RACE_METRES[race], vdot):
        source += f", no faster than its {race}"
    elif mps != training_speed(share, vdot):
        source += f", slowed towards {race}"
    return _point(mps, source)


def _easy(vdot: float) -> KnownPace:
    slow, fast = easy_speeds(vdot)
    source = f"{_per_cent(*EASY_SHARES)} of VDOT {vdot:.1f}"
    if is_walked(vdot):
        source = f"run and walk; {source} would be {_between(slow, fast)}, hardly a run"
    elif slow == SLOWEST_EASY_MPS:
        source += f", no slower than {pace_text(slow, 'km')}/km"
    return KnownPace(slow, fast, source)


def _between(slow_mps: float, fast_mps: float) -> str:
    return f"{pace_text(slow_mps, 'km')}-{pace_text(fast_mps, 'km')}/km"


def _per_cent(*shares: float) -> str:
    return "-".join(f"{100 * share:g}" for share in shares) + " %"


def _sources(athlete: Athlete, results: Results, zones: Zones | None) -> dict[str, str]:
    rates = athlete.heart_rate
    measured = {
        "max heart rate": rates.max,
        "rest heart rate": rates.rest,
        "threshold heart rate": rates.threshold,
        "critical power": athlete.critical_power,
    }
    sources = {"VDOT": results.source} if results.best else {}
    sources |= {name: AS_WRITTEN for name, value in measured.items() if value is not None}
    if zones:
        sources["zones"] = zones.source
    chosen = {
        "volume": athlete.volume != "low",
        "tolerance": athlete.tolerance is not None,
        "units": athlete.units != "metric",
    }
    if athlete.account is not None:
        chosen["account"] = True
    return sources | {name: AS_WRITTEN if differs else "the default" for name, differs in chosen.items()}
