"""Workouts and athletes as people mean them, before any number of a runner is known.

Frozen dataclasses over :mod:`negsplit.units`, free of YAML and of pydantic, so that other formats can
feed them too. Spans never take part in equality: two texts that mean the same are equal.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from enum import Enum
from typing import Literal

from negsplit.diagnostics import Span
from negsplit.frozen import dataclass
from negsplit.units import Amount, Distance, Duration, Pace, PaceShift, Percent, Speed


@dataclass(frozen=True, slots=True)
class Spanned:
    """Something that stands in a text; where takes no part in what it means."""

    span: Span | None = field(default=None, compare=False, repr=False, kw_only=True)


class Role(Enum):
    """What a step is for."""

    WARMUP = "warmup"
    RUN = "run"
    RECOVER = "recover"
    REST = "rest"
    WALK = "walk"
    HIKE = "hike"
    COOLDOWN = "cooldown"

    @property
    def is_recovery(self) -> bool:
        """Whether ``last_recovery: skip`` leaves it out after the last repetition."""
        return self in (Role.RECOVER, Role.REST, Role.WALK)


class Sport(Enum):
    """The sports a workout can be for."""

    RUNNING = "running"
    TRAIL_RUNNING = "trail_running"
    TRACK_RUNNING = "track_running"
    TREADMILL = "treadmill"
    WALKING = "walking"
    HIKING = "hiking"


# --- Paces -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Named(Spanned):
    """A pace (or an own target of any kind) by its name, in lower case: ``marathon``, ``park loop``."""

    name: str


@dataclass(frozen=True, slots=True)
class Shifted:
    """``marathon + 25..30 s/km``, ``10k - 5 s/km``, ``marathon + 10 %``: changes of pace, plus is slower.

    ``near`` and ``far`` are equal for a single change; both are signed.
    """

    base: Named
    near: PaceShift | Percent
    far: PaceShift | Percent


@dataclass(frozen=True, slots=True)
class Scaled:
    """``95..100 % threshold``: shares of a pace's *speed*."""

    base: Named
    low: Percent
    high: Percent


@dataclass(frozen=True, slots=True)
class Covering:
    """``800 m in 3:30``: the speed that covers a distance in a time, or in one between two."""

    distance: Distance
    shortest: Duration
    longest: Duration


PacePoint = Pace | Speed | Named | Shifted | Scaled | Covering


@dataclass(frozen=True, slots=True)
class Between:
    """From one pace to another, in either order."""

    one: PacePoint
    other: PacePoint


@dataclass(frozen=True, slots=True)
class OneSided:
    """``faster than 4:30/km``, ``slower than easy``."""

    side: Literal["faster", "slower"]
    than: PacePoint


Tolerance = Percent | PaceShift


@dataclass(frozen=True, slots=True)
class PaceTarget(Spanned):
    """A pace or speed to hold; ``tolerance`` is the ``± 5 s/km`` written after it."""

    pace: PacePoint | Between | OneSided
    tolerance: Tolerance | None = None


# --- The other targets -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenTarget(Spanned):
    """``open``: explicitly no target."""


@dataclass(frozen=True, slots=True)
class HeartRateTarget(Spanned):
    """Beats per minute. Equal ends are a point; an end left out is one-sided (``HR < 150``)."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class HeartRateZones(Spanned):
    """``Z2``, ``Z2..3``: zones from 1."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class HeartRateShare(Spanned):
    """``75..80 % HRmax``, ``60..70 % HRR``, ``85..89 % LTHR``. Equal ends are a point."""

    low: Percent
    high: Percent
    of: Literal["max", "reserve", "threshold"]


@dataclass(frozen=True, slots=True)
class PowerTarget(Spanned):
    """Watts. Equal ends are a point."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class PowerShare(Spanned):
    """``90..95 % CP``: shares of critical power. Equal ends are a point."""

    low: Percent
    high: Percent


@dataclass(frozen=True, slots=True)
class PowerZone(Spanned):
    """``power Z3``: always the watch's own zone, 1 to 7."""

    zone: int


@dataclass(frozen=True, slots=True)
class CadenceTarget(Spanned):
    """Steps per minute of both feet. Equal ends are a point."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Effort(Spanned):
    """``RPE 3..4``, 1 to 10: goes into name and cue, and occupies no slot on the watch."""

    low: int
    high: int


Target = (
    PaceTarget
    | OpenTarget
    | HeartRateTarget
    | HeartRateZones
    | HeartRateShare
    | PowerTarget
    | PowerShare
    | PowerZone
    | CadenceTarget
    | Effort
)


# --- Steps -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Range:
    """``6..8 mi``: the athlete's ``volume`` chooses. ``unit`` and ``decimals`` are as written.

    They are part of the meaning: the middle rounds down to what could have been written so.
    """

    low: Amount
    high: Amount
    unit: str
    decimals: int


@dataclass(frozen=True, slots=True)
class CountRange:
    """``repeat: 8..10``."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Lap:
    """Until the lap button is pressed."""


@dataclass(frozen=True, slots=True)
class UntilHeartRate:
    """Until the heart rate is below or above a number of beats per minute."""

    side: Literal["below", "above"]
    bpm: int


Total = Amount | Range
Length = Amount | Range | Lap | UntilHeartRate


@dataclass(frozen=True, slots=True)
class Origin:
    """The generator a step was expanded from, and which of its parts it is (from 1)."""

    generator: str
    part: int
    parts: int


@dataclass(frozen=True, slots=True)
class Step(Spanned):
    """One thing to do. ``tolerance`` widens its point paces and comes from its own key only."""

    role: Role
    length: Length
    targets: tuple[Target, ...] = ()
    cue: str = ""
    tolerance: Tolerance | None = None
    origin: Origin | None = field(default=None, compare=False, repr=False, kw_only=True)


LastRecovery = Literal["keep", "skip"]


@dataclass(frozen=True, slots=True)
class Until:
    """``repeat: {until: 10 km}``."""

    amount: Total


@dataclass(frozen=True, slots=True)
class Repeat(Spanned):
    """Steps to repeat; ``last_recovery`` is None where the text does not say."""

    times: int | CountRange | Until
    steps: tuple[Item, ...]
    last_recovery: LastRecovery | None = None


# --- Generators --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Parts(Spanned):
    """``progression: thirds`` and ``parts``: equal parts of a total, one target each."""

    style: Literal["thirds", "parts"]
    total: Total
    paces: tuple[Target, ...]
    tolerance: Tolerance | None = None


@dataclass(frozen=True, slots=True)
class CutDown(Spanned):
    """``progression: cut-down``: solved from both ends, or run forward with a single ``drop``."""

    total: Total
    every: Amount
    start: PaceTarget
    finish: PaceTarget | None = None
    drop: tuple[PaceShift, PaceShift] | None = None
    tolerance: Tolerance | None = None


@dataclass(frozen=True, slots=True)
class FastFinish(Spanned):
    """``progression: fast finish``: a base, then blocks that close in on ``to``."""

    total: Total
    base: PaceTarget
    finish: Amount
    every: Amount
    to: PaceTarget
    tolerance: Tolerance | None = None


@dataclass(frozen=True, slots=True)
class ByFeel(Spanned):
    """``progression: by feel``: open targets and a question asked again and again."""

    total: Total
    first: Amount
    ask_every: Amount
    cue: str


@dataclass(frozen=True, slots=True)
class Ramp(Spanned):
    """``progression: ramp``: n equal parts, linear in pace, both ends included."""

    total: Total
    parts: int
    start: PaceTarget
    finish: PaceTarget
    tolerance: Tolerance | None = None


@dataclass(frozen=True, slots=True)
class WalkRun(Spanned):
    """``walk_run``: two halves in the order run, for a total or a number of rounds."""

    first: Step
    second: Step
    total: Total | None = None
    rounds: int | CountRange | None = None
    fit: Literal["nearest", "down", "up", "exact"] = "nearest"
    end_on: Role | None = None


@dataclass(frozen=True, slots=True)
class Gradual:
    """``4:40/km -> 4:10/km``: from one to the other over the rungs of a ladder, linear in pace."""

    start: PaceTarget
    finish: PaceTarget


@dataclass(frozen=True, slots=True)
class Ladder(Spanned):
    """``ladder``: rungs with recoveries between them.

    ``at`` is empty (rungs carry their own), one target for all, one a rung, or gradual. ``recover`` is
    None (no recoveries), a share of the work just done, one step for all, or one a gap.
    """

    rungs: tuple[Step, ...]
    at: tuple[Target, ...] | Gradual = ()
    recover: Percent | tuple[Step, ...] | None = None
    last_recovery: LastRecovery = "skip"
    tolerance: Tolerance | None = None


Generator = Parts | CutDown | FastFinish | ByFeel | Ramp | WalkRun | Ladder
Item = Step | Repeat | Generator

Paces = Mapping[str, Target]


@dataclass(frozen=True, slots=True)
class Workout(Spanned):
    """A whole workout document."""

    name: str
    steps: tuple[Item, ...]
    sport: Sport = Sport.RUNNING
    notes: str = ""
    tags: tuple[str, ...] = ()
    paces: Paces = field(default_factory=dict)
    tolerance: Tolerance | None = None
    last_recovery: LastRecovery = "keep"
    lint: Mapping[str, str] = field(default_factory=dict)


# --- Athletes ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Race(Spanned):
    """A result: distance, time, and its date if known; ``name`` is how the distance was written."""

    distance: Distance
    time: Duration
    on: dt.date | None = None
    name: str = ""


ZoneSystem = Literal["friel", "garmin-max", "garmin-hrr", "garmin-lthr"]


@dataclass(frozen=True, slots=True)
class HeartRates(Spanned):
    """An athlete's heart rates in beats per minute; ``zones`` a system or n+1 edges for n zones."""

    max: int | None = None
    rest: int | None = None
    threshold: int | None = None
    zones: ZoneSystem | tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Athlete(Spanned):
    """A runner's own numbers, as written."""

    name: str
    races: tuple[Race, ...] = ()
    threshold: Pace | Speed | None = None
    paces: Paces = field(default_factory=dict)
    heart_rate: HeartRates = HeartRates()
    critical_power: int | None = None
    volume: Literal["low", "middle", "high"] = "low"
    tolerance: Tolerance | None = None
    units: Literal["metric", "imperial"] = "metric"
