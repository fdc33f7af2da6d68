"""A Program as the workout text of intervals.icu.

Amounts are hours, minutes and seconds, or kilometres and miles: ``400m`` would be 400 minutes. Paces are absolute and
end in ``Pace``, the slower end first; heart rates are shares of the threshold heart rate. Blank lines stand around a
repeat and nowhere else, for the service forms none without them.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from negsplit.diagnostics import Report
from negsplit.formats.intervals.doc import DocPart, DocRepeat, DocStep, DocTarget
from negsplit.formats.intervals.event import TYPES, target
from negsplit.formats.intervals.meaning import meant, prose
from negsplit.program.model import Program
from negsplit.units import Distance, clock, plain

_MILES: Final = re.compile(r"[\d.]+ mi")


def text(program: Program, lthr: int | None = None) -> str:
    """The text of a workout, which ends in a newline. Its name and sport stand beside it in the account.

    ``lthr`` is the threshold heart rate of the account, in bpm.

    :raises ValueError: for what :func:`~negsplit.formats.intervals.meaning.meant` reports as an error.
    """
    return _text(program, _said(program, lthr))


def event(program: Program, lthr: int | None = None) -> dict[str, str]:
    """What an event in the calendar says of a workout, with its ``category``, ``type`` and ``target``.

    :raises ValueError: as :func:`text` does.
    """
    parts = _said(program, lthr)
    about = {"category": "WORKOUT", "name": program.name, "type": TYPES[program.sport], "target": target(parts)}
    return about | {"description": _text(program, parts)}


def _said(program: Program, lthr: int | None) -> tuple[DocPart, ...]:
    report = Report()
    parts = meant(program, lthr, report)
    if parts is None:
        raise ValueError("; ".join(one.message for one in report.diagnostics))
    return parts


def _text(program: Program, parts: tuple[DocPart, ...]) -> str:
    return "\n\n".join(filter(None, (prose(program.notes), *_blocks(parts)))) + "\n"


def _blocks(parts: tuple[DocPart, ...]) -> list[str]:
    blocks: list[list[str]] = []
    is_open = False
    for part in parts:
        if isinstance(part, DocRepeat):
            blocks.append([f"{part.times}x", *(line(step) for step in part.steps if isinstance(step, DocStep))])
            is_open = False
        else:
            if not is_open:
                blocks.append([])
            blocks[-1].append(line(part))
            is_open = True
    return ["\n".join(block) for block in blocks]


def line(step: DocStep) -> str:
    """The line of one step."""
    words = ["-", "Press lap" if step.until_lap else "", step.text, _amount(step)]
    words += [_target(held) for held in step.targets]
    if step.cadence:
        words.append(f"{_ends(*step.cadence)}rpm")
    if step.intensity:
        words.append(f"intensity={step.intensity}")
    return " ".join(filter(None, words))


def _amount(step: DocStep) -> str:
    if step.metres is not None:
        distance = Distance(round(step.metres * 100))
        if _MILES.fullmatch(str(distance)):
            return str(distance).replace(" ", "")
        return f"{plain(Decimal(distance.cm) / 100_000)}km"
    minutes, seconds = divmod(round(step.seconds or 0), 60)
    hours, minutes = divmod(minutes, 60)
    return "".join(f"{count}{unit}" for count, unit in ((hours, "h"), (minutes, "m"), (seconds, "s")) if count)


def _target(held: DocTarget) -> str:
    match held.units:
        case "secs/km":
            ends = dict.fromkeys(clock(round(end) * 1000) for end in (held.start, held.end))
            return f"{'-'.join(ends)}/km Pace"
        case "%lthr":
            return f"{_ends(held.start, held.end)}% LTHR"
        case "hr_zone":
            return f"Z{held.start:g} HR"
        case "power_zone":
            return f"Z{held.start:g}"
        case "w":
            return f"{_ends(held.start, held.end)}w"
        case other:
            raise ValueError(f"no program means a target in {other}")


def _ends(start: float, end: float) -> str:
    return f"{start:g}" if start == end else f"{start:g}-{end:g}"
