"""What an imported workout becomes for whoever runs it: the athlete that ``compile`` finds beside its file."""

from __future__ import annotations

from pathlib import Path

from negsplit.compile import CompiledWorkout, compile_text
from negsplit.desk.runners import Runners
from negsplit.lift import differences


def for_others(text: str, compiled: CompiledWorkout, path: Path, runners: Runners) -> list[str]:
    """What that athlete makes of a text otherwise than ``compiled``: zones and tolerances may be their own.

    Nothing where the text names paces, which are meant to be their own.
    """
    runner, _ = runners.for_document(path)
    if runner is None or runner == compiled.runner or compiled.needs_runner:
        return []
    other = compile_text(text, athlete=runner, device=compiled.device).workouts[0]
    who = f"for {runner.name}" if runner.name else "without an athlete"
    return [f"{who}, {one}" for one in differences(compiled.program, other.program)] if other else []
