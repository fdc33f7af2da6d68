"""What intervals.icu made of a workout, beside what it was sent to mean.

The service answers every text with success and drops what it does not know, so that its own parse is the only proof.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from negsplit.diagnostics import Report
from negsplit.formats.intervals.doc import DocPart, DocRepeat, DocStep, DocTarget, of_json
from negsplit.formats.intervals.meaning import meant
from negsplit.formats.json_fields import Object
from negsplit.program.model import Program
from negsplit.units import Distance, Duration, shown

_NEAR_METRES: Final = 1.0
"""How far a distance may be off: miles may come back in whole metres."""


def differences(program: Program, lthr: int | None, workout_doc: Object) -> list[str]:
    """Where the service's parse says something else than the program, step by step; empty where it says the same.

    ``lthr`` is the threshold heart rate, in bpm, that the text was written with.

    :raises ValueError: for a program that cannot be sent.
    """
    parts = meant(program, lthr, Report())
    if parts is None:
        raise ValueError("this program cannot be said in workout text")
    return between(parts, of_json(workout_doc))


def between(meant_parts: tuple[DocPart, ...], came_back: tuple[DocPart, ...]) -> list[str]:
    """The same of two parses. Steps are numbered as they are written, from 1, those of a repeat once."""
    pairs = zip_longest(_flat(meant_parts), _flat(came_back))
    found: list[str] = []
    number = 0
    for wanted, got in pairs:
        number += isinstance(wanted if wanted is not None else got, DocStep)
        found += [f"step {number}: {said}" for said in _part(wanted, got)]
        if type(wanted) is not type(got):
            break  # what is behind stands against something else
    return found


def _flat(parts: tuple[DocPart, ...]) -> Iterator[DocStep | int]:
    """Every step, before those of a repeat how often they run, and behind them 0."""
    for part in parts:
        if isinstance(part, DocRepeat):
            yield part.times
            yield from _flat(part.steps)
            yield 0
        else:
            yield part


def _part(wanted: DocStep | int | None, got: DocStep | int | None) -> list[str]:
    if isinstance(wanted, DocStep) and isinstance(got, DocStep):
        return list(_step(wanted, got))
    return [] if wanted == got else [_otherwise(_shown(wanted), _shown(got))]


def _shown(part: DocStep | int | None) -> str:
    match part:
        case DocStep():
            return _length(part)
        case None:
            return "nothing"
        case 0:
            return "the end of a repeat"
    return f"a repeat of {part} times after it"


def _step(wanted: DocStep, got: DocStep) -> Iterator[str]:
    if not _is_as_long(wanted, got):
        lengths = _length(wanted), _length(got)
        yield _otherwise(
            *lengths if lengths[0] != lengths[1] else (_length(one, exactly=True) for one in (wanted, got))
        )
    if _targets(wanted) != _targets(got):
        yield _otherwise(_target_text(wanted), _target_text(got))
    if wanted.intensity != got.intensity:
        yield _otherwise(f"intensity {wanted.intensity or 'active'}", got.intensity or "active")
    if wanted.text != got.text:
        yield _otherwise(f"the cue `{wanted.text}`", f"`{got.text}`")


def _otherwise(wanted: str, got: str) -> str:
    return f"{wanted} was meant, {got} came back"


def _is_as_long(wanted: DocStep, got: DocStep) -> bool:
    if wanted.until_lap != got.until_lap or (wanted.metres is None) != (got.metres is None):
        return False
    if wanted.metres is not None and got.metres is not None:
        return abs(wanted.metres - got.metres) <= _NEAR_METRES
    return wanted.seconds == got.seconds


def _length(step: DocStep, *, exactly: bool = False) -> str:
    amount, text = "no amount", str if exactly else shown
    if step.metres is not None:
        amount = text(Distance(round(step.metres * 100)))
    elif step.seconds is not None:
        amount = text(Duration(round(step.seconds * 1000)))
    return f"until the lap button or {amount}" if step.until_lap else amount


def _targets(step: DocStep) -> object:
    """What is held, whichever end stands first; a ramp has a direction."""
    held = [(one.kind, one.units, *sorted((one.start, one.end))) for one in step.targets]
    return sorted(held), step.cadence and tuple(sorted(step.cadence)), step.ramp


def _target_text(step: DocStep) -> str:
    held = [_ends(one) for one in step.targets]
    if step.cadence:
        held.append(_ends(DocTarget("pace", "rpm", *step.cadence)).removeprefix("pace "))
    return ("ramp " if step.ramp else "") + (" and ".join(held) or "no target")


def _ends(target: DocTarget) -> str:
    ends = f"{target.start:g}" if target.start == target.end else f"{target.start:g} to {target.end:g}"
    return f"{target.kind} {ends} {target.units}"
