"""What an athlete's numbers say about one runner: paces, heart rates, and where each comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from typing import Final, NamedTuple

from negsplit.athlete.pace_zones import PaceZones, pace_zones
from negsplit.athlete.races import distance_named, is_race, race_name
from negsplit.athlete.vdot import (
    BRIEFEST,
    RACE_METRES,
    SHORTEST,
    THRESHOLD_SHARE,
    race_speed,
    training_speed,
    vdot,
    vdot_of_threshold,
)
from negsplit.athlete.zones import ShareOf, Zones, derive_zones, heart_rate_share
from negsplit.diagnostics import Report
from negsplit.frozen import dataclass
from negsplit.model import AccountName, Athlete, HeartRates, Paces, Race, Units, Volume
from negsplit.targets import Target, Tolerance, folded_name
from negsplit.units import Duration, Pace, PaceUnit, Percent, Speed, clock

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

_EASY_SHARES: Final = (0.63, 0.73)
_INTERVAL_SHARE: Final = 0.975
_STEADY_SHARES: Final = (0.86, 0.92)
"""Of threshold speed; the others of VDOT, fitted to Daniels' printed paces (*Running Formula*, 3rd ed.)."""

_LOWEST_VDOT, _HIGHEST_VDOT = 10.0, 90.0
"""Around every runner: walking pace below, faster than the world records (about 86) above."""

_TABLE_SLOWS_BELOW: Final = 39.0
_WEEKS_THAT_COUNT: Final = 16


def canonical(name: str) -> str:
    """The one spelling of a pace's name: :func:`~negsplit.targets.folded_name`, no alias, one for each distance."""
    plain = folded_name(name)
    distance = distance_named(plain)
    return race_name(distance) if distance else ALIASES.get(plain, plain)


def spelled(name: str) -> str:
    """A pace's name for people: the language's own where it is one of those, else as written."""
    standard = canonical(name)
    return standard if _is_derived(standard) else _as_written(name)


def _is_derived(name: str) -> bool:
    """Whether the language has a pace of that spelling by itself."""
    return name in STANDARD_NAMES or distance_named(name) is not None


def _as_written(name: str) -> str:
    words = " ".join(name.lower().split())
    while words.endswith(" pace"):
        words = words.removesuffix(" pace")
    return words


def warn_of_meeting(name: str, other: str, target: Target, report: Report) -> None:
    """Says that an own name is another one, spelled otherwise: ``half-marathon`` is the half."""
    why = "`-`, `_` and a blank are the same in a name, and `pace` at its end is ignored"
    help = f"write `{other}` if that is meant, else give it another name"
    report.warning("duplicate-pace", f"`{name}` is the same pace as `{other}`", target.span, why, help)


def meets_standard(name: str) -> str:
    """The language's own pace that an own name stands for by its dashes alone; empty where it does not."""
    standard, folded = canonical(name), folded_name(name)
    meets = _is_derived(standard) or standard in (*SYNONYMS, VERY_EASY)
    return SYNONYMS.get(standard, standard) if meets and _as_written(name) != folded else ""


class KnownPace(NamedTuple):
    """A pace as unrounded speeds in m/s; equal ends are a point."""

    slow_mps: float
    fast_mps: float
    source: str


@dataclass(frozen=True, slots=True)
class Runner:
    """All that is known of one runner; what is not is None or absent.

    ``paces`` are derived, ``own`` the athlete's targets under their canonical names, which win over them;
    ``own_names`` says how these are written.
    ``race`` is the result that ``vdot`` comes from. ``sources`` says of everything but the paces where it
    comes from, under its name for people.
    """

    name: str
    vdot: float | None = None
    race: Race | None = None
    paces: Mapping[str, KnownPace] = field(default_factory=dict)
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
    sources: Mapping[str, str] = field(default_factory=dict)

    def speeds(self, name: str) -> tuple[float, float] | None:
        """Slow and fast edge of a derived pace in m/s, by its canonical name; of a race over any distance, too.

        Below 1200 m the equations are stretched: a race so short is run beyond what they describe.
        """
        if known := self.paces.get(name):
            return known.slow_mps, known.fast_mps
        distance = distance_named(name)
        if self.vdot is None or distance is None or not is_race(distance):
            return None
        mps = race_speed(distance.metres, self.vdot)
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


def derive(athlete: Athlete, report: Report) -> Runner:
    """A runner's numbers from what an athlete wrote; what is unlikely or missing there is reported."""
    threshold = _likely_threshold(athlete, report)
    fitness = _from_races(athlete.races, report)
    if fitness is None and threshold is not None:
        fitness = _from_threshold(threshold)
    zones = derive_zones(athlete.heart_rate, report)
    own_names = _own_names(athlete.paces, report)
    paces = _paces(fitness, threshold) if fitness else {}
    return Runner(
        name=athlete.name,
        vdot=fitness.vdot if fitness else None,
        race=fitness.race if fitness else None,
        paces=paces,
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
        sources=_sources(athlete, fitness, zones),
    )


# --- How fit -----------------------------------------------------------------------------------


class _Fitness(NamedTuple):
    """A VDOT, the result it stands on in a few words, and how that was chosen."""

    vdot: float
    basis: str
    source: str
    race: Race | None = None


def _from_threshold(threshold: Pace | Speed) -> _Fitness:
    basis = f"threshold {threshold}"
    return _Fitness(vdot_of_threshold(threshold.mps), basis, f"the VDOT whose {basis} is")


def _from_races(races: tuple[Race, ...], report: Report) -> _Fitness | None:
    """The best VDOT within 16 weeks of the newest race."""
    if len(races) > 1:
        _ask_for_dates(races, report)
    likely = [race for race in races if _is_likely(race, report)]
    if not likely:
        return None
    recent = _recent(likely)
    best = max(recent, key=lambda race: (_vdot(race), race.on or dt.date.min))
    source = f"from {_text(best)}" + (f" on {best.on}" if best.on else "")
    if len(recent) > 1:
        source += f", the best of {len(recent)} races within {_WEEKS_THAT_COUNT} weeks"
    if older := len(likely) - len(recent):
        source += f"; {older} older {'race' if older == 1 else 'races'} left out"
    return _Fitness(_vdot(best), _text(best), source, best)


def _recent(races: list[Race]) -> list[Race]:
    """Those within 16 weeks of the newest; all of them where a date is missing, which is an error already."""
    dates = [race.on for race in races if race.on]
    if len(dates) < len(races):
        return races
    newest, window = max(dates), dt.timedelta(weeks=_WEEKS_THAT_COUNT)
    return [race for race in races if race.on and newest - race.on <= window]


def _vdot(race: Race) -> float:
    return vdot(race.distance, race.time)


def _text(race: Race) -> str:
    return f"{race.name or race.distance} in {clock(race.time.ms)}"


# --- What is unlikely --------------------------------------------------------------------------


def _ask_for_dates(races: tuple[Race, ...], report: Report) -> None:
    for race in (race for race in races if race.on is None):
        report.error(
            "race-without-date",
            f"{_text(race)} has no date, and there are {len(races)} races to choose from",
            race.span,
            f"write its day: {_text(race)} on YYYY-MM-DD",
        )


def _is_human(value: float) -> bool:
    return _LOWEST_VDOT <= value <= _HIGHEST_VDOT


def _is_likely(race: Race, report: Report) -> bool:
    """Whether a race can be a runner's; if so, warns where the equations are stretched."""
    if not _is_human(_vdot(race)):
        report.error(
            "unlikely-race",
            f"{_text(race)} would be VDOT {_vdot(race):.0f}; runners are between 10 and 90",
            race.span,
            *_what_was_meant(race),
        )
        return False
    if race.distance < SHORTEST or race.time < BRIEFEST:
        report.warning(
            "short-race",
            f"{_text(race)} is too short to predict other paces from: they may be far off",
            race.span,
            "give a race of at least 1200 m and 3 min, best 3 km or more",
        )
    return True


def _what_was_meant(race: Race) -> list[str]:
    """Hours and minutes are easily written as minutes and seconds, and the other way round."""
    for ms in (race.time.ms * 60, race.time.ms // 60):
        meant = Race(race.distance, Duration(ms), name=race.name)
        if ms and _is_human(_vdot(meant)):
            return [f"did you mean {_text(meant)}? times are m:ss or h:mm:ss"]
    help = ["it looks like a typing mistake: check the distance, and the time as m:ss or h:mm:ss"]
    if _vdot(race) < _LOWEST_VDOT:
        help.append("the paces of a walk can be written under `paces:`, as in easy: 11:00/km")
    return help


def _likely_threshold(athlete: Athlete, report: Report) -> Pace | Speed | None:
    threshold = athlete.threshold
    if threshold is None or _is_human(vdot_of_threshold(threshold.mps)):
        return threshold
    report.error(
        "unlikely-threshold",
        f"threshold {threshold} would be VDOT {vdot_of_threshold(threshold.mps):.0f}; runners are between 10 and 90",
        athlete.span,
        "write the pace you could race at for an hour, as in 4:40/km",
    )
    return None


# --- Paces -------------------------------------------------------------------------------------


def _own_names(paces: Paces, report: Report) -> dict[str, str]:
    """Own names as written, by their canonical ones; two that are one are an error."""
    written: dict[str, str] = {}
    for name, target in paces.items():
        key = canonical(name)
        if key in written:
            report.error(
                "duplicate-pace",
                f"`{name}` and `{written[key]}` are two names of one pace, {key}",
                target.span,
                "leave one of them out, or give it another name",
            )
        elif standard := meets_standard(name):
            warn_of_meeting(name, standard, target, report)
        written.setdefault(key, name)
    return written


def _paces(fitness: _Fitness, threshold: Pace | Speed | None) -> dict[str, KnownPace]:
    """Every standard pace; an athlete's own threshold also sets steady."""
    predicted = f"predicted from {fitness.basis} (VDOT {fitness.vdot:.1f})"
    known = {name: _raced(name, fitness, predicted) for name in RACE_METRES}
    mile = known["mile"]
    known["repetition"] = KnownPace(mile.slow_mps, mile.fast_mps, f"mile pace, {predicted}")
    known["easy"] = _trained(_EASY_SHARES, fitness.vdot)
    known["interval"] = _trained((_INTERVAL_SHARE, _INTERVAL_SHARE), fitness.vdot)
    if threshold is None:
        known["threshold"] = _trained((THRESHOLD_SHARE, THRESHOLD_SHARE), fitness.vdot)
    else:
        known["threshold"] = KnownPace(threshold.mps, threshold.mps, "as written")
    slow, fast = (share * known["threshold"].fast_mps for share in _STEADY_SHARES)
    known["steady"] = KnownPace(slow, fast, f"{_per_cent(_STEADY_SHARES)} of threshold speed")
    return {name: known[name] for name in STANDARD_NAMES}


def _raced(name: str, fitness: _Fitness, predicted: str) -> KnownPace:
    mps = race_speed(RACE_METRES[name], fitness.vdot)
    return KnownPace(mps, mps, predicted + (_marathon_notes(fitness) if name == "marathon" else ""))


def _marathon_notes(fitness: _Fitness) -> str:
    """Predictions from up to a half are 10 min too fast for half of all runners (Vickers & Vertosick 2016)."""
    notes = ""
    if fitness.race is None or fitness.race.distance.metres < RACE_METRES["half"]:
        notes += ", extrapolated; may be 10 min optimistic"
    if fitness.vdot < _TABLE_SLOWS_BELOW:
        notes += "; Daniels' table is 4 to 12 s/km slower below VDOT 39"
    return notes


def _trained(shares: tuple[float, float], vdot: float) -> KnownPace:
    slow, fast = (training_speed(share, vdot) for share in shares)
    return KnownPace(slow, fast, f"{_per_cent(shares)} of VDOT {vdot:.1f}")


def _per_cent(shares: tuple[float, float]) -> str:
    return "-".join(dict.fromkeys(f"{100 * share:g}" for share in shares)) + " %"


def _sources(athlete: Athlete, fitness: _Fitness | None, zones: Zones | None) -> dict[str, str]:
    rates = athlete.heart_rate
    measured = {
        "max heart rate": rates.max,
        "rest heart rate": rates.rest,
        "threshold heart rate": rates.threshold,
        "critical power": athlete.critical_power,
    }
    sources = {"VDOT": fitness.source} if fitness else {}
    sources |= {name: "as written" for name, value in measured.items() if value is not None}
    if zones:
        sources["zones"] = zones.source
    chosen = {
        "volume": athlete.volume != "low",
        "tolerance": athlete.tolerance is not None,
        "units": athlete.units != "metric",
    }
    if athlete.account is not None:
        chosen["account"] = True
    return sources | {name: "as written" if differs else "the default" for name, differs in chosen.items()}
