"""A compiled program as plain data: the JSON of ``show``. Its keys are stable."""

from __future__ import annotations

from typing import Any

from negsplit.estimate.estimate import Estimate, Figure
from negsplit.model import Lap
from negsplit.program.model import Band, Jump, Length, Program, ProgramStep, Zone
from negsplit.units import Amount, Distance, Duration


def program_data(program: Program, estimate: Estimate) -> dict[str, Any]:
    """Names and whole numbers only: milliseconds, centimetres, mm/s, bpm, W, spm; an estimate in s, m and points."""
    return {
        "name": program.name,
        "sport": program.sport.value,
        "notes": program.notes,
        "estimate": estimate_data(estimate),
        "steps": [_step(index, step) for index, step in enumerate(program.steps)],
    }


def estimate_data(estimate: Estimate) -> dict[str, Any]:
    """Seconds, metres, points of load, and seconds in zones; a range is the low and the high end.

    What cannot be told is null, and no zones then.
    """
    figures = {"seconds": estimate.time, "metres": estimate.distance, "load": estimate.load}
    zones = dict(zip(estimate.zone_names, estimate.zones, strict=False))
    return {
        **{name: _whole(figure.value) for name, figure in figures.items()},
        "zones": {name: _whole(figure.value) for name, figure in zones.items()},
        "partial": estimate.partial,
        "ranges": {
            **{name: _range(figure) for name, figure in figures.items()},
            "zones": {name: _range(figure) for name, figure in zones.items()},
        },
        "basis": {name: figure.basis for name, figure in figures.items()},
    }


def _range(figure: Figure) -> list[int] | None:
    if figure.low is None or figure.high is None:
        return None
    return [round(figure.low), round(figure.high)]


def _whole(number: float | None) -> int | None:
    return None if number is None else round(number)


def _step(index: int, step: ProgramStep | Jump) -> dict[str, Any]:
    if isinstance(step, Jump):
        until = {"times": step.until} if isinstance(step.until, int) else {"until": _amount(step.until)}
        return {"index": index, "kind": "repeat", "from": step.to, **until}
    written = step.written
    return {
        "index": index,
        "kind": "step",
        "intensity": step.intensity.value,
        "role": written.role.value if written else None,
        "name": step.name,
        "cue": step.cue,
        "length": _length(step.length),
        "target": _target(step.target),
        "second": _target(step.second),
        "effort": list(written.effort) if written and written.effort else None,
    }


def _length(length: Length) -> dict[str, Any]:
    if isinstance(length, Lap):
        return {"kind": "lap"}
    if isinstance(length, Distance | Duration):
        return _amount(length)
    return {"kind": f"heart rate {length.side}", "bpm": length.bpm}


def _amount(amount: Amount) -> dict[str, Any]:
    if isinstance(amount, Distance):
        return {"kind": "distance", "cm": amount.cm}
    return {"kind": "time", "ms": amount.ms}


def _target(target: Band | Zone | None) -> dict[str, Any] | None:
    if target is None:
        return None
    quantity = target.quantity.name.lower().replace("_", " ")
    if isinstance(target, Zone):
        return {"kind": quantity, "zone": target.number}
    return {"kind": quantity, "unit": target.quantity.value, "low": target.low, "high": target.high}
