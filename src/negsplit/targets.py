"""What a step may hold, as people write it, before any number of a runner is known.

Spans never take part in equality: two texts that mean the same are equal.
"""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from negsplit.diagnostics import Span
from negsplit.frozen import dataclass
from negsplit.units import Distance, Duration, Pace, PaceShift, Percent, Speed


@dataclass(frozen=True, slots=True)
class Spanned:
    """Something that stands in a text; where takes no part in what it means."""

    span: Span | None = field(default=None, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class AtFault(Spanned):
    """Stands for a step or a pace that could not be read, so that the rest is still checked.

    Why is reported already: nothing more is said of it, nor of what cannot be judged without it.
    """


# --- Paces -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Named(Spanned):
    """A pace (or an own target of any kind) by its name, in lower case: ``marathon``, ``park loop``."""

    name: str


def folded_name(name: str) -> str:
    """What tells the name of a pace from others: lower case, ``-`` and ``_`` as blanks, without a trailing ``pace``."""
    words = name.lower().replace("-", " ").replace("_", " ").split()
    while len(words) > 1 and words[-1] == "pace":
        words.pop()
    return " ".join(words)


@dataclass(frozen=True, slots=True)
class Shifted:
    """``marathon + 25..30 s/km``, ``10k - 5 s/km``, ``marathon + 10 %``: changes of pace, plus is slower.

    Of a share they are in seconds: ``95 % of 5k + 5 s/km``. ``near`` and ``far`` are equal for a single change; both
    are signed.
    """

    base: Named | Scaled
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


PacePoint = Pace | Speed | Named | Shifted | Scaled | Covering | AtFault


@dataclass(frozen=True, slots=True)
class Between:
    """From one pace to another, in either order; the same twice is one value, which nothing widens."""

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


def figures(target: Target) -> tuple[Pace | Speed, ...]:
    """The numbers that a pace is written in, one or two; none where a name or anything else stands in it."""
    if not isinstance(target, PaceTarget):
        return ()
    match target.pace:
        case Pace() | Speed() as point:
            return (point,)
        case Between((Pace() | Speed()) as one, (Pace() | Speed()) as other):
            return one, other
        case OneSided(_, (Pace() | Speed()) as point):
            return (point,)
        case _:
            return ()


# --- The other targets -------------------------------------------------------------------------

Margin = int | Percent
"""How far a single number is widened to each side: in its own unit, or a share of it.

Where ends are equal they are one number, which is widened as usual for None; ``120..120`` has 0.
"""


@dataclass(frozen=True, slots=True)
class OpenTarget(Spanned):
    """``open``: explicitly no target."""


@dataclass(frozen=True, slots=True)
class HeartRateTarget(Spanned):
    """Beats per minute. Equal ends are one number; an end left out is one-sided (``HR < 150``)."""

    low: int | None
    high: int | None
    margin: Margin | None = None


@dataclass(frozen=True, slots=True)
class HeartRateZones(Spanned):
    """``Z2``, ``Z2..3``: zones from 1; ``watch`` leaves one to the watch, ``watch Z2``.

    ``plain`` says that nothing stands with it, not ``HR`` either: it could have been meant as a zone of pace.
    """

    low: int
    high: int
    watch: bool = False
    plain: bool = field(default=True, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class PaceZones(Spanned):
    """``Z2 pace``, ``Z2..3 pace``: zones from 1."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class HeartRateShare(Spanned):
    """``75..80 % HRmax``, ``60..70 % HRR``, ``85..89 % LTHR``. Equal ends are one number."""

    low: Percent
    high: Percent
    of: Literal["max", "reserve", "threshold"]
    margin: Margin | None = None


@dataclass(frozen=True, slots=True)
class PowerTarget(Spanned):
    """Watts. Equal ends are one number."""

    low: int
    high: int
    margin: Margin | None = None


@dataclass(frozen=True, slots=True)
class PowerShare(Spanned):
    """``90..95 % CP``: shares of critical power. Equal ends are one number."""

    low: Percent
    high: Percent
    margin: Margin | None = None


@dataclass(frozen=True, slots=True)
class PowerZone(Spanned):
    """``power Z3``: always the watch's own zone, 1 to 7."""

    zone: int


@dataclass(frozen=True, slots=True)
class CadenceTarget(Spanned):
    """Steps per minute of both feet. Equal ends are one number."""

    low: int
    high: int
    margin: Margin | None = None


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
    | PaceZones
    | HeartRateShare
    | PowerTarget
    | PowerShare
    | PowerZone
    | CadenceTarget
    | Effort
)
