"""Workouts and athletes as people mean them, before any number of a runner is known.

Frozen dataclasses over :mod:`negsplit.units`, free of YAML and of pydantic, so that other formats can
feed them too. Spans never take part in equality: two texts that mean the same are equal.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from enum import Enum
from typing import Literal

from negsplit.diagnostics import Span
from negsplit.frozen import dataclass
from negsplit.targets import AtFault, PaceTarget, Spanned, Target, Tolerance
from negsplit.units import TIME_UNITS, Amount, Distance, Duration, Pace, PaceShift, Percent, Speed, clock


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
class Spelling(Spanned):
    """An amount as it was written, where that is also how people write another: ``1:15``, ``120m``, ``10M``."""

    text: str


@dataclass(frozen=True, slots=True)
class Aside(Spanned):
    """Targets in which a cue ends, ``relaxed @ easy``, and how they are written to be the step's."""

    targets: tuple[Target, ...]
    cure: str


@dataclass(frozen=True, slots=True)
class Spelled(Spanned):
    """What keeps the spelling of its length, where that leaves a doubt about it."""

    spelling: Spelling | None = field(default=None, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Step(Spelled):
    """One thing to do. ``tolerance`` widens its point paces and comes from its own key only; ``name`` is its own."""

    role: Role
    length: Length
    targets: tuple[Target, ...] = ()
    cue: str = ""
    tolerance: Tolerance | None = None
    name: str = ""
    origin: Origin | None = field(default=None, compare=False, repr=False, kw_only=True)
    aside: Aside | None = field(default=None, compare=False, repr=False, kw_only=True)


LastRecovery = Literal["keep", "skip"]


@dataclass(frozen=True, slots=True)
class Until:
    """``repeat: {until: 10 km}``."""

    amount: Total


@dataclass(frozen=True, slots=True)
class Keyed(Spanned):
    """What may be written under several keys; ``places`` are where the values of those stand that are there."""

    places: Mapping[str, Span] = field(default_factory=dict, compare=False, repr=False, kw_only=True)

    def place(self, *keys: str) -> Span | None:
        """Where the value of the first of some keys stands that is written, else where all of it begins."""
        found = next((self.places[key] for key in keys if key in self.places), None)
        if found is None or self.span is None or not self.span.notes:
            return found or self.span
        return found._replace(notes=tuple(dict.fromkeys((*self.span.notes, *found.notes))))


@dataclass(frozen=True, slots=True)
class Repeat(Keyed):
    """Steps to repeat; ``last_recovery`` is None where the text does not say."""

    times: int | CountRange | Until
    steps: tuple[Item, ...]
    last_recovery: LastRecovery | None = None


# --- Generators --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Measured(Keyed):
    """What has a total under a key; it keeps the spelling of that, as :class:`Spelled` does."""

    spelling: Spelling | None = field(default=None, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Parts(Measured):
    """``progression: thirds`` and ``parts``: equal parts of a total, one target each."""

    style: Literal["thirds", "parts"]
    total: Total
    paces: tuple[Target, ...]
    tolerance: Tolerance | None = None


@dataclass(frozen=True, slots=True)
class CutDown(Measured):
    """``progression: cut-down``: solved from both ends, or run forward with a single ``drop``."""

    total: Total
    every: Amount
    start: PaceTarget
    finish: PaceTarget | None = None
    drop: tuple[PaceShift, PaceShift] | None = None
    tolerance: Tolerance | None = None


@dataclass(frozen=True, slots=True)
class FastFinish(Measured):
    """``progression: fast finish``: a base, then blocks that close in on ``to``."""

    total: Total
    base: PaceTarget
    finish: Amount
    every: Amount
    to: PaceTarget
    tolerance: Tolerance | None = None


@dataclass(frozen=True, slots=True)
class ByFeel(Measured):
    """``progression: by feel``: open targets and a question asked again and again."""

    total: Total
    first: Amount
    ask_every: Amount
    cue: str


Splits = int | Amount | PaceShift
"""How a ramp is cut: into so many equal parts, into parts of a length, or by the change of pace from part to part.

Equal parts and parts of a length leave what does not divide to the first. A change is positive whichever way the
ramp goes; its parts are whole seconds, or tens of metres.
"""


@dataclass(frozen=True, slots=True)
class Ramp(Measured):
    """``15 km @ 4:50/km -> 3:20/km by 1 km``, ``progression: ramp``: linear in pace, both ends included.

    ``beside`` are the targets that every split holds besides its pace; ``cue`` and ``name`` are every split's.
    """

    total: Total
    splits: Splits
    start: PaceTarget
    finish: PaceTarget
    tolerance: Tolerance | None = None
    role: Role = Role.RUN
    beside: tuple[Target, ...] = ()
    cue: str = ""
    name: str = ""


Fit = Literal["nearest", "down", "up", "exact"]
"""How whole rounds of a walk-run fit its total."""


@dataclass(frozen=True, slots=True)
class WalkRun(Measured):
    """``walk_run``: two halves in the order run, for a total or a number of rounds; ``fit`` may be the default."""

    first: Step
    second: Step
    total: Total | None = None
    rounds: int | CountRange | None = None
    fit: Fit = "nearest"
    end_on: Role | None = None
    fit_is_given: bool = field(default=True, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Gradual:
    """``4:40/km -> 4:10/km``: from one to the other over the rungs of a ladder, linear in pace."""

    start: PaceTarget
    finish: PaceTarget


@dataclass(frozen=True, slots=True)
class Ladder(Keyed):
    """``ladder``: rungs with recoveries between them.

    ``at`` is empty (rungs carry their own), one target for all, one a rung, or gradual. ``recover`` is
    None (no recoveries), a share of the work just done, one step for all, or one a gap.
    """

    rungs: tuple[Step, ...]
    at: tuple[Target, ...] | Gradual = ()
    recover: Percent | tuple[Step, ...] | None = None
    last_recovery: LastRecovery = "skip"
    tolerance: Tolerance | None = None


@dataclass(frozen=True, slots=True)
class RunWith(Spanned):
    """``9 mi @ easy with 5x(600 m @ 5k, 90 s)``: a run of a total with a repeat in its middle.

    ``targets`` are those of what is run before the repeat and behind it; none is easy.
    """

    total: Total
    repeat: Repeat
    targets: tuple[Target, ...] = ()


Generator = Parts | CutDown | FastFinish | ByFeel | Ramp | WalkRun | Ladder | RunWith
Item = Step | Repeat | Generator | AtFault

Paces = Mapping[str, Target]
Units = Literal["metric", "imperial"]


@dataclass(frozen=True, slots=True)
class Claim(Spanned):
    """``adds_up_to: 9.0 mi``: what a workout is said to come to; its last digit, even a zero, says how exactly."""

    number: Decimal
    unit: str

    @property
    def amount(self) -> Amount:
        """The time or the distance, to 1 ms or 1 cm."""
        return (Duration if self.unit in TIME_UNITS else Distance).of(self.number, self.unit)

    @property
    def last_digit(self) -> Amount:
        """One of its last digit: 0.1 mi of ``9.0 mi``."""
        one = Decimal(1).scaleb(int(self.number.as_tuple().exponent))
        return (Duration if self.unit in TIME_UNITS else Distance).of(one, self.unit)

    def __str__(self) -> str:
        """As the language writes it: ``9.0 mi``, ``90 min``, ``1:05:30``."""
        if self.unit == "s" and self.number >= 60:
            return clock(int(self.number * 1000))
        return f"{self.number} {self.unit}"


@dataclass(frozen=True, slots=True)
class Workout(Spanned):
    """A whole workout document. ``id`` is what an account knows it by for good, empty where the text does not say."""

    name: str
    steps: tuple[Item, ...]
    sport: Sport = Sport.RUNNING
    notes: str = ""
    tags: tuple[str, ...] = ()
    paces: Paces = field(default_factory=dict)
    tolerance: Tolerance | None = None
    last_recovery: LastRecovery = "keep"
    lint: Mapping[str, str] = field(default_factory=dict)
    id: str = ""
    adds_up_to: Claim | None = None
    units: Units | None = None


# --- Athletes ----------------------------------------------------------------------------------


Condition = Literal["hot", "hilly", "windy", "sick", "training"]
"""What made a result slower than its runner could be."""
Break = Literal["ill", "injured", "away"]
"""Why nothing could be run."""


@dataclass(frozen=True, slots=True)
class Race(Spanned):
    """A result: distance, time, and its date if known; ``name`` is how the distance was written.

    One with a ``condition`` says that its runner is as good as that, not that the runner is no better.
    """

    distance: Distance
    time: Duration
    on: dt.date | None = None
    name: str = ""
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class History(Spanned):
    """What a runner has run lately: each of the last ``weeks``, the newest last, and the longest run of them.

    ``until`` is the last day of the newest week, None where that is not said; ``runs`` are those of a week.
    """

    weeks: tuple[Distance | Duration, ...]
    longest: Distance | Duration | None = None
    longest_on: dt.date | None = None
    runs: int | None = None
    until: dt.date | None = None


ZoneSystem = Literal["friel", "garmin-max", "garmin-hrr", "garmin-lthr"]
"""Zones that an athlete's heart rates give."""
Volume = Literal["low", "middle", "high"]
"""Which amount of a range an athlete runs."""
AccountName = Literal["garmin", "intervals"]
"""Whose account workouts are brought into: Garmin's, or that of intervals.icu."""


@dataclass(frozen=True, slots=True)
class HeartRates(Keyed):
    """An athlete's heart rates in beats per minute; ``zones`` a system, the watch's own, or n+1 edges for n zones."""

    max: int | None = None
    rest: int | None = None
    threshold: int | None = None
    zones: ZoneSystem | Literal["watch"] | tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Athlete(Spanned):
    """A runner's own numbers, as written."""

    name: str
    races: tuple[Race, ...] = ()
    threshold: Pace | Speed | None = None
    paces: Paces = field(default_factory=dict)
    heart_rate: HeartRates = HeartRates()
    pace_zones: tuple[Pace | Speed, ...] = ()
    """The edges between them, from slow to fast."""
    critical_power: int | None = None
    volume: Volume = "low"
    tolerance: Tolerance | None = None
    units: Units = "metric"
    account: AccountName | None = None
    history: History | None = None
