"""A program in the terminal: its steps as a table, and its totals."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from negsplit.diagnostics import visible
from negsplit.estimate.estimate import Estimate, Figure
from negsplit.frozen import dataclass
from negsplit.model import Lap, Role
from negsplit.program.captions import band_text, effort_text
from negsplit.program.model import Band, Intensity, Jump, Length, Program, ProgramStep, Quantity, Zone
from negsplit.program.outline import in_order
from negsplit.units import METRES_PER, Amount, Distance, Duration, PaceUnit, clock, shown

KINDS: Final = {
    Intensity.WARMUP: "Warm up",
    Intensity.ACTIVE: "Run",
    Intensity.RECOVERY: "Recover",
    Intensity.REST: "Rest",
    Intensity.COOLDOWN: "Cool down",
}
"""What each kind of step is called."""
_GAP: Final = "  "


def page(
    program: Program, unit: PaceUnit, width: int, *, numbered: bool = False, for_runner: bool = False
) -> list[str]:
    """Name, sport and notes, then the steps as a table; every line within ``width`` columns."""
    sport = program.sport.value.replace("_", " ")
    lines = wrapped(f"{program.name or '(no name)'} ({sport})", width)
    if program.notes:
        lines += wrapped(program.notes, width)
    return [*lines, "", *table(program, unit, width, numbered=numbered, for_runner=for_runner)]


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """A text in lines of at most ``width`` columns, anything hostile in it made visible."""
    return textwrap.wrap(visible(text), width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


# --- The table ---------------------------------------------------------------------------------


_DEEPEST = 4
"""Foreign files may nest repeats beyond any width; from here on they stand below one another."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One step in columns; the second target stands under the first, a repeat has a title alone."""

    indent: str
    title: str
    length: str = ""
    targets: tuple[str, ...] = ()
    cue: str = ""
    number: str = ""


def table(
    program: Program, unit: PaceUnit, width: int, *, numbered: bool = False, for_runner: bool = False
) -> list[str]:
    """Role, length, target and cue of each step; a repeat's body is indented under its count.

    A cue that does not fit beside its step stands under it. ``numbered`` puts a step's number in the file first,
    ``for_runner`` says whose pace a target is.
    """
    rows = [
        _row(depth, index, step, unit, numbered=numbered, for_runner=for_runner)
        for depth, index, step in in_order(program)
    ]
    steps = [row for row in rows if row.length]
    number = max((len(row.number) for row in rows), default=0)
    title = max((len(row.indent + row.title) for row in steps), default=0)
    length = max((len(row.length) for row in steps), default=0)
    target = max((len(text) for row in steps for text in row.targets), default=0)
    lines: list[str] = []
    for row in rows:
        margin = f"{row.number:>{number}}{_GAP}" if number else ""
        first, *more = row.targets or ("",)
        line = f"{margin}{row.indent + row.title:<{title}}{_GAP}{row.length:<{length}}{_GAP}{first:<{target}}"
        beside = bool(row.cue) and len(line) + len(_GAP) + len(row.cue) <= width
        lines.append(f"{line}{_GAP}{row.cue}" if beside else line.rstrip())
        under = " " * (len(margin) + title + len(_GAP) + length + len(_GAP))
        lines += [f"{under}{text}" for text in more]
        if row.cue and not beside:
            lines += wrapped(row.cue, width, " " * (len(margin) + len(row.indent) + 2 * len(_GAP)))
    return lines


def _row(depth: int, index: int, step: ProgramStep | Jump, unit: PaceUnit, *, numbered: bool, for_runner: bool) -> _Row:
    indent, number = _GAP * min(depth, _DEEPEST), str(index + 1) if numbered else ""
    if isinstance(step, Jump):
        return _Row(indent, times_text(step.until), number=number)
    targets, said = told(step, unit, for_runner=for_runner)
    return _Row(indent, role_text(step), step_length(step), targets, said, number)


# --- Words -------------------------------------------------------------------------------------


def role_text(step: ProgramStep) -> str:
    """The role as written, else what the watch shows."""
    role = step.written.role if step.written else None
    return role.value.capitalize() if role in (Role.WALK, Role.HIKE) else KINDS[step.intensity]


def words_text(step: ProgramStep, unit: PaceUnit) -> str:
    """What is said beside the targets: the step's own name, then its cue.

    An effort, which a watch has no target for, begins the cue there; here it is shown already.
    """
    cue, effort = visible(step.cue).strip(), target_texts(step, unit)[0]
    said = "" if cue == effort else cue.removeprefix(f"{effort}. ")
    return ". ".join(filter(None, (visible(step.own_name), said)))


_DISTANCE: Final = re.compile(r"(?<![\d.:])(\d{1,6}(?:\.\d{1,3})?) ?(km|mi|m)(?![a-z])")


def step_length(step: ProgramStep) -> str:
    """How long a step is: a distance in the unit that it was written in, ``1000 m``; else as :func:`length_text`."""
    span = step.written.span if step.written else None
    if isinstance(step.length, Distance) and span is not None:
        for number, unit in _DISTANCE.findall(span.text):
            if Distance.of(Decimal(number), unit) == step.length:
                return f"{number} {unit}"
    return length_text(step.length)


def length_text(length: Length) -> str:
    """``4 km``, ``1:30``, ``lap button``, ``until HR < 120``."""
    if isinstance(length, Lap):
        return "lap button"
    if isinstance(length, Distance | Duration):
        return shown(length)
    return f"until HR {'<' if length.side == 'below' else '>'} {length.bpm}"


def target_texts(step: ProgramStep, unit: PaceUnit) -> tuple[str, ...]:
    """The targets in the runner's units, the slower end first; effort where that is all."""
    first, second = step.target, step.second
    if first and second:
        return target_text(first, unit), f"and {target_text(second, unit)}"
    if target := first or second:
        return (target_text(target, unit),)
    return (effort_text(step.written.effort) if step.written and step.written.effort else "open",)


def told(step: ProgramStep, unit: PaceUnit, *, for_runner: bool) -> tuple[tuple[str, ...], str]:
    """The targets of a step, and what is said beside them; ``for_runner`` that is first of all whose pace it is."""
    targets, said = target_texts(step, unit), words_text(step, unit)
    if not for_runner:
        return targets, said
    name = step.written.pace if step.written else ""
    whose = f"your {'half-marathon' if name == 'half' else name} pace" if name else ""
    return ("no target",) if targets == ("open",) else targets, ". ".join(filter(None, (whose, said)))


def target_text(target: Band | Zone, unit: PaceUnit) -> str:
    """``4:30-4:10/km``, ``140-150 bpm``, ``HR Z3``."""
    if isinstance(target, Zone):
        return f"{'HR' if target.quantity is Quantity.HEART_RATE else 'power'} Z{target.number}"
    text = band_text(target, unit)
    return f"{text}/{unit}" if target.quantity is Quantity.SPEED else text


def times_text(times: int | Amount) -> str:
    """``4 x``, ``repeat until 10 km``."""
    return f"{times} x" if isinstance(times, int) else f"repeat until {shown(times)}"


def estimate_text(estimate: Estimate, unit: PaceUnit) -> str:
    """``about 53:59, 12 km``; an open step or run is said, and so is what cannot be told."""
    parts = []
    if estimate.seconds is not None:
        parts.append(_clock(estimate.seconds))
    if estimate.metres is not None:
        parts.append(f"{_far(estimate.metres, unit)} {unit}")
    if not parts:
        return "until the lap button" if estimate.open_run else "length unknown"
    guessed = " with a guess for open steps" if estimate.guessed else ""
    return f"about {', '.join(parts)}{guessed}{' and an open run' if estimate.open_run else ''}"


def load_text(estimate: Estimate) -> str:
    """``about 74``; ``unknown``."""
    return "unknown" if estimate.load.value is None else f"about {estimate.load.value:.0f}"


def totals(program: Program, estimate: Estimate, unit: PaceUnit, *, for_runner: bool = False) -> str:
    """Sport, time, distance and load in one line; without load ``for_runner``."""
    parts = [program.sport.value.replace("_", " "), estimate_text(estimate, unit)]
    weighed = estimate.load.value is not None and not for_runner
    return ", ".join([*parts, f"load {load_text(estimate)}"] if weighed else parts)


def description(program: Program, estimate: Estimate, unit: PaceUnit, *, for_runner: bool = False) -> str:
    """The picture in words, for those who hear it."""
    return f"{totals(program, estimate, unit, for_runner=for_runner)}. {in_words(program, unit)}"


def in_words(program: Program, unit: PaceUnit) -> str:
    """The steps in one line: ``Warm up 15 min, 4 x (Run 1 mi 4:52-4:41/km, Recover 1 min "Easy jog")``."""
    text, before = "", 0
    for depth, _, step in in_order(program):
        text += ")" * (before - depth) + (", " if text and not text.endswith("(") else "")
        before = depth
        if isinstance(step, Jump):
            text += f"{times_text(step.until)} ("
            before += 1
        else:
            targets = [target for target in target_texts(step, unit) if target != "open"]
            name = [f'"{visible(step.own_name)}"'] if step.own_name else []
            text += " ".join([role_text(step), step_length(step), *targets, *name])
    return text + ")" * before


def step_lines(program: Program, unit: PaceUnit) -> list[str]:
    """The steps in words, one a line, those of a repeat behind dashes, for where letters have any width."""
    lines = []
    for depth, _, step in in_order(program):
        if isinstance(step, Jump):
            text = times_text(step.until)
        else:
            targets = [target for target in target_texts(step, unit) if target != "open"]
            text = " ".join([role_text(step), step_length(step), *targets])
            words = words_text(step, unit)
            text += f" ({words})" if words else ""
        lines.append(f"{'- ' * depth}{text}")
    return lines


def estimate_lines(estimate: Estimate, unit: PaceUnit, width: int, *, for_runner: bool = False) -> list[str]:
    """Time, distance, load and pace zones: each with its range and what it rests on, within ``width`` columns.

    ``for_runner`` keeps time and distance, and does not say how they were reckoned.
    """
    rows = [
        ("time", _figure_text(estimate.time, _clock, for_runner=for_runner)),
        ("distance", _figure_text(estimate.distance, lambda metres: _far(metres, unit), unit, for_runner=for_runner)),
    ]
    if not for_runner:
        rows.append(("load", _figure_text(estimate.load, lambda points: f"{points:.0f}")))
        rows += [("zones", zones)] if (zones := _zones_text(estimate)) else []
    indent = max(len(name) for name, _ in rows) + len(_GAP)
    lines = []
    for name, text in rows:
        first, *more = textwrap.wrap(text, width - indent)
        lines += [f"{name:<{indent}}{first}", *(" " * indent + line for line in more)]
    return lines


def _figure_text(figure: Figure, write: Callable[[float], str], unit: str = "", *, for_runner: bool = False) -> str:
    """``about 59:42 (57:51-1:01:40), the middle of pace targets``; what is sure has no range."""
    if figure.value is None:
        return f"unknown, {figure.basis}"
    about = "" if figure.is_sure else "about "
    text = f"{about}{write(figure.value)}{f' {unit}' if unit else ''}{_between(figure, write)}"
    return text if for_runner else f"{text}, {figure.basis}"


def _between(figure: Figure, write: Callable[[float], str]) -> str:
    if figure.low is None or figure.high is None:
        return ""
    low, high = write(figure.low), write(figure.high)
    return "" if low == high else f" ({low}-{high})"


def _zones_text(estimate: Estimate) -> str:
    """The zones with time in them: ``Z1 24:03 (10:00-25:00), Z4 10:00; shares of threshold pace 4:15/km``."""
    parts = [
        f"{name} {_clock(zone.value)}{_between(zone, _clock)}"
        for name, zone in zip(estimate.zone_names, estimate.zones, strict=False)
        if zone.value is not None and zone.value >= 0.5
    ]
    return f"{', '.join(parts)}; {estimate.zones[0].basis}" if parts else ""


def _clock(seconds: float) -> str:
    return clock(round(seconds) * 1000)


def _far(metres: float, unit: PaceUnit) -> str:
    return f"{metres / METRES_PER[unit]:.2f}".rstrip("0").rstrip(".")


def steps_text(program: Program) -> str:
    """``1 step``, ``9 steps and 2 repeats``: a watch holds so many of both together."""
    repeats = sum(isinstance(step, Jump) for step in program.steps)
    steps = len(program.steps) - repeats
    text = f"{steps} step{'' if steps == 1 else 's'}"
    return f"{text} and {repeats} repeat{'' if repeats == 1 else 's'}" if repeats else text
