"""The paces and efforts of some workouts as their runner needs them: what the watch shows, and how they feel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from negsplit.athlete.feel import feel_of_effort, feel_of_pace
from negsplit.athlete.paces import STANDARD_NAMES, VERY_EASY, canonical
from negsplit.model import Lap, UntilHeartRate
from negsplit.preview.text import target_texts, wrapped
from negsplit.program.captions import effort_text
from negsplit.program.model import Length, Program, ProgramStep
from negsplit.units import PaceUnit

HEAD: Final = "Your paces"
_ORDER: Final = (VERY_EASY, *STANDARD_NAMES)
_NARROWEST: Final = 24
"""Columns beside a pace that say how it feels; where there are fewer, that stands below."""
LATER: Final = ", later "

_ENDS: Final[Mapping[type[Length], str]] = {
    Lap: "lap button: the step ends when you press it",
    UntilHeartRate: "until HR: the step ends when your heart rate is there",
}

_RPE: Final = "RPE: how hard it feels, from 1 to 10; the watch has no number to hold"


class OwnPace(NamedTuple):
    """A pace or an effort: its name, what the watch shows, and how it feels; empty where nobody can tell.

    It has several numbers where it changes on the way.
    """

    name: str
    numbers: tuple[str, ...]
    feel: str

    @property
    def shown(self) -> str:
        """``5:00-4:50/km, later 4:55-4:45/km``."""
        return LATER.join(self.numbers)


def own_paces(programs: Iterable[Program], unit: PaceUnit) -> list[OwnPace]:
    """All that have a name, from slow to fast, then efforts. The programs are in the order of their days."""
    shown: dict[str, dict[str, None]] = {}
    efforts: set[tuple[int, int]] = set()
    for step in _steps(programs):
        written = step.written
        if written and written.pace:
            shown.setdefault(written.pace, {})[target_texts(step, unit)[0]] = None
        elif written and written.effort:
            efforts.add(written.effort)
    paces = [
        OwnPace(name, tuple(shown[name]), feel_of_pace(name).removeprefix(f"{name}: "))
        for name in sorted(shown, key=_place)
    ]
    return [*paces, *(OwnPace(effort_text(one), (), feel_of_effort(one)) for one in sorted(efforts))]


def _place(name: str) -> tuple[int, str]:
    pace = canonical(name)
    return (_ORDER.index(pace) if pace in _ORDER else len(_ORDER)), name


def on_the_watch(programs: Iterable[Program]) -> list[str]:
    """What the words mean that stand where a length or a pace would, in these workouts."""
    steps = list(_steps(programs))
    lengths = {type(step.length) for step in steps}
    by_effort = [_RPE] if any(step.written and step.written.effort for step in steps) else []
    return [*by_effort, *(words for kind, words in _ENDS.items() if kind in lengths)]


def _steps(programs: Iterable[Program]) -> Iterable[ProgramStep]:
    return (step for one in programs for step in one.steps if isinstance(step, ProgramStep))


def lines(programs: Sequence[Program], unit: PaceUnit, width: int) -> list[str]:
    """The paces of these workouts as a table of at most ``width`` columns, and what the watch shows besides."""
    rows = own_paces(programs, unit)
    name = max((len(one.name) for one in rows), default=0)
    shown = max((len(one.shown) for one in rows), default=0)
    found = ["", HEAD] if rows else []
    for one in rows:
        before = f"  {one.name:<{name}}  {one.shown:<{shown}}  "
        if width - len(before) < _NARROWEST:
            found += [*wrapped(f"{one.name}  {one.shown}", width, "  "), *wrapped(one.feel, width, "    ")]
        else:
            first, *more = wrapped(one.feel, width, " " * len(before)) or [""]
            found += [before + first.strip(), *more]
    notes = [line for words in on_the_watch(programs) for line in wrapped(words, width, "  ")]
    return [line.rstrip() for line in (*found, *notes)]
