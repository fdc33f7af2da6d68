"""What is probably meant otherwise than it is read.

By what a step is for: ``1:15 @ easy`` is 75 seconds and ``run 120m`` is 120 metres, where nobody runs so little;
``10M`` is metres too. And ``30 min -- relaxed @ easy`` has no target: all behind the dashes is a cue.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from negsplit.athlete.paces import VERY_EASY, canonical, short_for
from negsplit.athlete.speeds import SpeedBook
from negsplit.codes import Code
from negsplit.diagnostics import Diagnostic, Help, Report, Span
from negsplit.model import (
    ByFeel,
    CutDown,
    FastFinish,
    Item,
    Ladder,
    Parts,
    Ramp,
    Range,
    Repeat,
    Role,
    RunWith,
    Step,
    WalkRun,
)
from negsplit.targets import AtFault, Effort, HeartRateZones, Named, PaceTarget, PaceZones, Target
from negsplit.units import Distance, Duration

_EASY: Final = frozenset(("easy", "steady", VERY_EASY))
_LASTING: Final = _EASY | {"marathon", "half", "threshold"}
"""Paces that nobody holds for a few metres, not even in a repeat."""
_EASIEST_ZONE, _EASIEST_EFFORT = 2, 4
"""The zones and the RPE up to which a target is an easy one (a judgement)."""

_SHORTEST_EASY: Final = Duration(300_000)
_SHORTEST_AROUND: Final = Duration(120_000)
"""Below these an easy run, and a warm-up or a cool-down, are written as hours and minutes (a judgement)."""
_NEAREST_EASY, _NEAREST_ONCE, _NEAREST_AGAIN = Distance(30_000), Distance(10_000), Distance(2_000)
"""Metres below which an easy run, another step, and a step of a repeat were meant as something else (a judgement)."""
_MOST_MILES: Final = 50
"""More than these are no miles of one run (a judgement)."""
_CLOCK: Final = re.compile(r"(\d+):(\d\d)")
_METRES: Final = re.compile(r"\s*[mM]\b")

Measured = Step | Ramp | Parts | CutDown | FastFinish | ByFeel | WalkRun
"""What keeps how its length is written."""


class Doubt(NamedTuple):
    """A warning with both meanings of what stands at ``span``; of a runner who knows each name in the ``targets``."""

    span: Span | None
    warning: Diagnostic
    targets: tuple[Target, ...] = ()


def doubts(items: Sequence[Item]) -> tuple[Doubt, ...]:
    """What was probably meant otherwise in the steps of a workout."""
    walk = _Doubts()
    walk.look_at(items)
    return tuple(walk.found)


def warn_of(found: Sequence[Doubt], book: SpeedBook, report: Report) -> None:
    """Warns of doubts; what a param or a block says several times is warned of once."""
    told: set[Span | None] = set()
    for span, warning, targets in found:
        if span not in told and all(map(book.knows, targets)):
            told.add(span)
            report.extend([warning])


class _Doubts:
    """A walk over steps."""

    def __init__(self) -> None:
        self.found: list[Doubt] = []

    def look_at(self, items: Sequence[Item]) -> None:
        """The items of a whole workout."""
        for index, item in enumerate(items):
            if isinstance(item, Parts | CutDown | FastFinish | ByFeel | WalkRun):
                self._ask_for_hours(item, _SHORTEST_EASY)
                self._ask_for_unit(item, _NEAREST_EASY)
            if isinstance(item, Step | Ramp):
                self._once(item, items[index - 1] if index else None, items[index + 1 : index + 2])
            else:
                self._again(item)

    def _once(self, step: Step | Ramp, before: Item | None, behind: Sequence[Item]) -> None:
        """A step that is run once; those around it may make it an interval, or the float behind one."""
        self._ask_for_target(step)
        around = (*([before] if before else ()), *behind)
        is_run, is_ends = step.role is Role.RUN, step.role in (Role.WARMUP, Role.COOLDOWN)
        floats = _is_work(before) or isinstance(before, AtFault)
        if is_ends or (is_run and (not around or (_holds(step, _EASY) and not floats))):
            self._ask_for_hours(step, _SHORTEST_AROUND if is_ends else _SHORTEST_EASY)
        is_bare = not _targets(step) and not any(map(_is_recovery, around)) and not any(map(_is_short, around))
        lasts = is_run and not floats and (is_bare or _holds(step, _LASTING))
        self._ask_for_unit(step, _NEAREST_EASY if lasts else _NEAREST_ONCE)

    def _again(self, item: Item) -> None:
        """What is run again and again: seconds are usual there, and so are metres."""
        match item:
            case Repeat(steps=steps) | RunWith(repeat=Repeat(steps=steps)) | Ladder(rungs=steps):
                for step in steps:
                    self._again(step)
            case WalkRun(first, second):
                self._again(first)
                self._again(second)
            case Step() | Ramp():
                self._ask_for_target(item)
                lasts = item.role is Role.RUN and _holds(item, _LASTING - _EASY)
                self._ask_for_unit(item, _NEAREST_ONCE if lasts else _NEAREST_AGAIN)

    def _ask_for_hours(self, item: Measured, least: Duration) -> None:
        """Warns of a clock time below ``least``."""
        low, spelling = _low(item), item.spelling
        if isinstance(low, Duration) and low < least and spelling:
            seconds = _as_seconds(spelling.text)
            message = f"`{spelling.text}` is {seconds} seconds"
            help = f"write `{_as_hours(spelling.text)}` for hours and minutes, or `{seconds} s` for seconds"
            self._doubt("clock", message, spelling.span, help)

    def _ask_for_unit(self, item: Measured, nearest: Distance) -> None:
        """Warns of metres below ``nearest``."""
        low, spelling = _low(item), item.spelling
        if isinstance(low, Distance) and low < nearest and spelling:
            number = _METRES.sub("", spelling.text)
            is_mile = spelling.text.endswith("M") and low.metres <= _MOST_MILES
            miles = f"`{number} mi` for miles, " if is_mile else ""
            help = f"write {miles}`{number} min` for minutes, or `{number} metres` for metres"
            self._doubt("metres", f"`{spelling.text}` is {number} metres", spelling.span, help)

    def _ask_for_target(self, step: Step | Ramp) -> None:
        """Warns of a cue that ends in a target."""
        aside = step.aside if isinstance(step, Step) else None
        if aside and aside.span:
            written = " ".join(aside.span.text.split())
            message = f"`{written}` is part of the cue, and the step has no target"
            help = "if it is only a note, write `at` for `@`"
            self._doubt("target-first", message, aside.span, aside.cure, help, targets=aside.targets)

    def _doubt(
        self, code: Code, message: str, span: Span | None, *help: Help, targets: tuple[Target, ...] = ()
    ) -> None:
        report = Report()
        report.warning(code, message, span, *help)
        self.found += (Doubt(span, warning, targets) for warning in report.diagnostics)


def _targets(step: Step | Ramp) -> tuple[Target, ...]:
    return step.targets if isinstance(step, Step) else (step.start, step.finish, *step.beside)


def _holds(step: Step | Ramp, names: frozenset[str]) -> bool:
    """Whether one of its targets is a pace of these names, or as easy as any target is."""
    return any(_is_one_of(target, names) for target in _targets(step))


def _is_one_of(target: Target, names: frozenset[str]) -> bool:
    match target:
        case PaceTarget(Named(name)):
            return short_for(canonical(name)) in names
        case HeartRateZones(_, high) | PaceZones(_, high):
            return high <= _EASIEST_ZONE
        case Effort(_, high):
            return high <= _EASIEST_EFFORT
        case _:
            return False


def _is_work(item: Item | None) -> bool:
    """Whether it is a run at a target that is not easy."""
    return isinstance(item, Step | Ramp) and item.role is Role.RUN and bool(_targets(item)) and not _holds(item, _EASY)


def _is_recovery(item: Item) -> bool:
    return isinstance(item, Step) and item.role.is_recovery


def _is_short(item: Item) -> bool:
    """Whether it is a few metres without a target, one interval of several."""
    low = _low(item) if isinstance(item, Step) and not item.targets else None
    return isinstance(low, Distance) and low < _NEAREST_EASY


def _low(item: Measured) -> object:
    """The amount, or the lower end of its range."""
    length = item.length if isinstance(item, Step) else item.total
    return length.low if isinstance(length, Range) else length


def _as_hours(clock: str) -> str:
    """``1:15`` -> ``1:15:00``, ``1:00..1:30`` -> ``1:00:00..1:30:00``."""
    return _CLOCK.sub(r"\g<0>:00", clock)


def _as_seconds(clock: str) -> str:
    """``1:15`` -> ``75``, ``1:00..1:30`` -> ``60..90``."""
    return _CLOCK.sub(lambda found: str(int(found[1]) * 60 + int(found[2])), clock)
