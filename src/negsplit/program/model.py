"""The flat steps as a watch runs them: the one truth for encoders, checks and previews.

A repeat stands behind its body and jumps back to its first step: repeats lie beside or inside one another, at most
:data:`~negsplit.program.outline.DEEPEST` deep, and never cross. Everything is whole numbers in the
units FIT files use. Programs are hashable; what a step was written as takes no part in equality.
"""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from typing import Literal

from negsplit.diagnostics import Span
from negsplit.frozen import dataclass
from negsplit.model import Lap, Origin, Role, Sport, UntilHeartRate
from negsplit.units import Amount


class Intensity(Enum):
    """What the watch shows a step as."""

    ACTIVE = "active"
    REST = "rest"
    WARMUP = "warmup"
    COOLDOWN = "cooldown"
    RECOVERY = "recovery"


class Quantity(Enum):
    """What a target is measured in. The values name the unit of a :class:`Band`."""

    SPEED = "mm/s"
    HEART_RATE = "bpm"
    POWER = "W"
    CADENCE = "spm"


@dataclass(frozen=True, slots=True)
class Band:
    """A target between two whole numbers of the quantity's unit; ``low`` is always the slower end."""

    quantity: Quantity
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Zone:
    """One of the watch's own zones (heart rate 1-5, power 1-7)."""

    quantity: Literal[Quantity.HEART_RATE, Quantity.POWER]
    number: int


Target = Band | Zone | None
"""What to hold; None is open."""

Length = Amount | Lap | UntilHeartRate


@dataclass(frozen=True, slots=True)
class WrittenAs:
    """What a step was written as: its place, role and effort, the generator it came from, and its own name.

    ``pace`` is the name that is all of its pace, as it is spelled for people; empty where there is none.
    """

    role: Role
    span: Span | None = None
    effort: tuple[int, int] | None = None
    origin: Origin | None = None
    name: str = ""
    pace: str = ""


@dataclass(frozen=True, slots=True)
class ProgramStep:
    """One step. ``name`` is what fits a watch's step name; ``cue`` is its note."""

    intensity: Intensity
    length: Length
    target: Target = None
    second: Target = None
    name: str = ""
    cue: str = ""
    written: WrittenAs | None = field(default=None, compare=False, repr=False)

    @property
    def own_name(self) -> str:
        """The name that it was given, whole; empty where none was, or where its cue begins with it."""
        return self.written.name if self.written and self.name else ""


@dataclass(frozen=True, slots=True)
class Jump:
    """Back to step ``to``: a whole number of ``times`` the body runs in all, or until an amount is done."""

    to: int
    until: int | Amount
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Program:
    """A workout for one watch. ``steps`` counts jumps too, as FIT's ``num_valid_steps`` does."""

    name: str
    sport: Sport
    steps: tuple[ProgramStep | Jump, ...]
    notes: str = ""

    @property
    def span(self) -> Span | None:
        """Where the first of its steps is written, if that is known: the place of what is said of all of it."""
        return next((one.written.span for one in self.steps if isinstance(one, ProgramStep) and one.written), None)
