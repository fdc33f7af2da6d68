"""Where two programs differ, in words."""

from __future__ import annotations

from collections.abc import Iterator

from negsplit.model import Lap, UntilHeartRate
from negsplit.program.captions import cut
from negsplit.program.model import Band, Intensity, Jump, Length, Program, ProgramStep, Target, Zone
from negsplit.units import Distance, Duration, shown_apart
from negsplit.units import shown as amount_shown

_LONGEST_SHOWN = 40


def differences(wanted: Program, compiled: Program) -> list[str]:
    """What a compiled program has otherwise than wanted, each begun with its place; a nameless step takes any name."""
    return list(_differences(wanted, compiled))


def _differences(wanted: Program, compiled: Program) -> Iterator[str]:
    if wanted.name != compiled.name:
        yield f"name: compiled, it is `{shown(compiled.name)}`"
    if wanted.sport is not compiled.sport:
        yield f"sport: compiled, it is {compiled.sport.value}"
    if wanted.notes != compiled.notes:
        yield f"notes: compiled, they are `{shown(compiled.notes)}`"
    if _layout(wanted) != _layout(compiled):
        counts = len(compiled.steps), len(wanted.steps)
        yield f"steps: compiled, the repeats are laid out otherwise, in {counts[0]} steps instead of {counts[1]}"
        return
    for number, (one, other) in enumerate(zip(wanted.steps, compiled.steps, strict=True), start=1):
        for what, before, after in _parts(one, other):
            if before != after and not (what == "name" and not before):
                was, now = _both(before, after)
                yield f"step {number}: compiled, its {what} is {now} instead of {was}"


def _layout(program: Program) -> list[int | None]:
    """Where each step jumps to; None for one that does not."""
    return [step.to if isinstance(step, Jump) else None for step in program.steps]


_Part = Length | Target | Intensity | int | str


def _parts(one: ProgramStep | Jump, other: ProgramStep | Jump) -> Iterator[tuple[str, _Part, _Part]]:
    match one, other:
        case ProgramStep(), ProgramStep():
            yield "intensity", one.intensity, other.intensity
            yield "length", one.length, other.length
            yield "target", one.target, other.target
            yield "second target", one.second, other.second
            yield "name", one.name, other.name
            yield "cue", one.cue, other.cue
        case Jump(), Jump():
            yield "count", one.until, other.until


def _both(before: _Part, after: _Part) -> tuple[str, str]:
    if isinstance(before, Duration | Distance) and isinstance(after, Duration | Distance):
        return shown_apart(before, after)
    return _words(before), _words(after)


def _words(part: _Part) -> str:
    match part:
        case None:
            return "open"
        case Band(quantity, low, high):
            return f"{low}..{high} {quantity.value}"
        case Zone():
            return zone_text(part)
        case Intensity():
            return part.value
        case Lap():
            return "until the lap button"
        case UntilHeartRate(side, bpm):
            return f"until the heart rate is {side} {bpm} bpm"
        case Duration() | Distance():
            return amount_shown(part)
        case int():
            return str(part)
        case str():
            return f"`{shown(part)}`"


def zone_text(zone: Zone) -> str:
    """``heart rate zone 2``."""
    return f"{zone.quantity.name.lower().replace('_', ' ')} zone {zone.number}"


def shown(text: str) -> str:
    """A text of any length, fit for a message."""
    return cut(text, _LONGEST_SHOWN)
