"""What a reader of somebody else's files finds in them: workouts, the days they stand on, and what it could not read.

A reader never judges itself: whether a workout is exact is decided by compiling what was written of it
(:mod:`negsplit.foreign`). It says what it reads otherwise than the file has it, or leaves out, as ``differs`` and
``left-out``, and why it gives a workout up as ``refused``, each at its place in the file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Final, Literal, NamedTuple

from negsplit.diagnostics import Diagnostic, Span
from negsplit.formats.foreign_file import ForeignFile
from negsplit.frozen import dataclass
from negsplit.model import Item, Repeat, Units, Workout
from negsplit.program.model import Program


@dataclass(frozen=True, slots=True)
class Draft:
    """A workout as text of the language already, with ``questions`` in it for the runner to answer."""

    text: str
    questions: int = 0


@dataclass(frozen=True, slots=True)
class ForeignWorkout:
    """One workout of a file. ``meaning`` is None where it is refused, or of another ``sport`` than running.

    ``messages`` say what of it is read otherwise, left out, or why it is refused. ``place`` says what the file calls a
    step of a ``Program``, by its number from 0, such as ``step 7``, and where it stands: without it, a step has the
    number and the span that the program has for it. ``id`` is what an account knows it by, where that is not its name.
    """

    name: str
    meaning: Program | Workout | Draft | None
    messages: tuple[Diagnostic, ...] = ()
    span: Span | None = None
    sport: str = ""
    place: Callable[[int], tuple[str, Span | None]] | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class ForeignSession:
    """What stands on a day: a workout by its number in the file (from 0), or words."""

    kind: Literal["workout", "rest", "cross", "note", "race"]
    text: str = ""
    workout: int | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class ForeignDay:
    """The sessions of a date, or of a day of a week: the week from 1, the day from 0, which is Monday."""

    on: dt.date | tuple[int, int]
    sessions: tuple[ForeignSession, ...]


@dataclass(frozen=True, slots=True)
class ForeignPlan:
    """Days with sessions. Where they have no dates, weeks begin on ``week_starts`` (0 is Monday).

    ``ends_in_race`` says that the last session of all is the race.
    """

    name: str
    days: tuple[ForeignDay, ...]
    week_starts: int = 0
    ends_in_race: bool = False
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """All that a reader found; ``messages`` are about no workout in particular."""

    workouts: tuple[ForeignWorkout, ...]
    plan: ForeignPlan | None = None
    messages: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class ForeignOptions:
    """What a file does not say of itself.

    ``units`` are those of numbers without one, ``base`` names the pace that shares are of, ``ramps`` is into how many
    splits a change of pace is cut (0: it stays one step), ``dates`` says which number of ``3/4/2027`` is the day.
    """

    units: Units | None = None
    base: str = ""
    ramps: int = 0
    dates: Literal["day-first", "month-first"] | None = None


NO_OPTIONS = ForeignOptions()


class Reader(NamedTuple):
    """Reads one form of files.

    ``suffix`` is what they usually end in, and decides where the content could be of several forms. ``is_book`` says
    that several files are one work, such as the sheets of a workbook, ``is_for_watch`` that a file is what a watch
    runs, names of steps included, and is compared as such.
    """

    name: str
    about: str
    looks_like: Callable[[ForeignFile], bool]
    read: Callable[[Sequence[ForeignFile], ForeignOptions], Found]
    suffix: str
    is_book: bool = False
    is_for_watch: bool = False


MOST_WORKOUTS: Final = 1_000
"""Of a file or a book."""
MOST_STEPS: Final = 10_000
"""Of a workout, as many as the language runs (:data:`negsplit.expand.MAX_STEPS`)."""
MOST_MISTAKES: Final = 500
"""Behind so many the rest of a file is not read."""
MOST_PROPOSED: Final = 50
"""Names among which one is looked for that was meant: each takes a while."""
LONGEST_TEXT: Final = 4_000
"""Characters of a note or a cue."""


def steps_run(items: Iterable[Item]) -> int:
    """How many steps there are, each as often as it is run."""
    found = 0
    for item in items:
        times = item.times if isinstance(item, Repeat) and isinstance(item.times, int) else 1
        found += times * steps_run(item.steps) if isinstance(item, Repeat) else 1
    return found
