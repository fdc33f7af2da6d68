"""A program in the terminal: its steps as a table, and its totals."""

from __future__ import annotations

from collections.abc import Iterator

from negsplit.captions import band_text
from negsplit.estimate import Estimate
from negsplit.model import Lap, Role
from negsplit.program import Band, Intensity, Jump, Length, Program, Quantity, Step, Zone
from negsplit.units import Distance, Duration, PaceUnit, clock

_WORDS = {
    Intensity.WARMUP: "Warm up",
    Intensity.ACTIVE: "Run",
    Intensity.RECOVERY: "Recover",
    Intensity.REST: "Rest",
    Intensity.COOLDOWN: "Cool down",
}


def table(program: Program, unit: PaceUnit) -> str:
    """One line a step: number, role, length, target, cue; a repeat's body is indented under its count."""
    lines = []
    for depth, index, step in outline(program):
        indent = "   " * depth
        if isinstance(step, Jump):
            lines.append(f"    {indent}{times_text(step)}")
            continue
        cells = [f"{role_text(step):<10}", f"{length_text(step.length):<16}", target_text(step, unit)]
        line = f"{index + 1:>3} {indent}{''.join(cells[:2])}{cells[2]}"
        if step.cue:
            line = f"{line:<{44 + len(indent)}}  {step.cue}"
        lines.append(line.rstrip())
    return "\n".join(lines)


def outline(program: Program) -> Iterator[tuple[int, int, Step | Jump]]:
    """Steps in order with how deep they are nested and their index; a jump comes before its body."""
    opened: dict[int, list[tuple[int, Jump]]] = {}
    for index, step in enumerate(program.steps):
        if isinstance(step, Jump):
            opened.setdefault(step.to, []).insert(0, (index, step))
    depth = 0
    for index, step in enumerate(program.steps):
        if isinstance(step, Jump):
            depth -= 1
            continue
        for at, jump in opened.get(index, ()):
            yield depth, at, jump
            depth += 1
        yield depth, index, step


def role_text(step: Step) -> str:
    """The role as written, else what the watch shows."""
    role = step.written.role if step.written else None
    return role.value.capitalize() if role in (Role.WALK, Role.HIKE) else _WORDS[step.intensity]


def length_text(length: Length) -> str:
    """``4 km``, ``1:30``, ``lap button``, ``until HR < 120``."""
    if isinstance(length, Lap):
        return "lap button"
    if isinstance(length, Distance | Duration):
        return str(length)
    return f"until HR {'<' if length.side == 'below' else '>'} {length.bpm}"


def target_text(step: Step, unit: PaceUnit) -> str:
    """The targets in the runner's units, the slower end first; effort where that is all."""
    texts = [_one_target(target, unit) for target in (step.target, step.second) if target]
    if not texts and step.written and step.written.effort:
        low, high = step.written.effort
        return f"RPE {low}" if low == high else f"RPE {low}-{high}"
    return " and ".join(texts) or "open"


def _one_target(target: Band | Zone, unit: PaceUnit) -> str:
    if isinstance(target, Zone):
        return f"{'HR' if target.quantity is Quantity.HEART_RATE else 'power'} Z{target.number}"
    text = band_text(target, unit)
    return f"{text} /{unit}" if target.quantity is Quantity.SPEED else text


def times_text(jump: Jump) -> str:
    """``4 x``, ``until 10 km:``."""
    return f"{jump.until} x" if isinstance(jump.until, int) else f"until {jump.until}:"


def estimate_text(estimate: Estimate, unit: PaceUnit) -> str:
    """``53:59, 12 km``; an open step is said, and so is what cannot be told."""
    parts = []
    if estimate.seconds is not None:
        parts.append(clock(round(estimate.seconds) * 1000))
    if estimate.metres is not None:
        per = 1000 if unit == "km" else 1609.344
        parts.append(f"{estimate.metres / per:.2f}".rstrip("0").rstrip(".") + f" {unit}")
    about = f"about {', '.join(parts)}" if parts else "length unknown"
    return f"{about} with open steps guessed" if estimate.partial and parts else about


def steps_text(program: Program) -> str:
    """``1 step``, ``9 steps``: as many as the watch holds, repeats included."""
    count = len(program.steps)
    return f"{count} step" if count == 1 else f"{count} steps"
