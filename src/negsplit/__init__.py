"""Structured running workouts in YAML, compiled to FIT files for Garmin watches.

    >>> from negsplit import compile_text
    >>> result = compile_text("workout: Easy half hour\\nsteps: 30 min @ RPE 3")
    >>> result.ok, result.workouts[0].program.name
    (True, 'Easy half hour')
    >>> data = result.workouts[0].fit()

Nothing here touches the disk or the terminal. A user's mistake is a :class:`Diagnostic` in the result;
an exception is a bug, but for :class:`UnknownDeviceError`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from negsplit.athlete.paces import Runner
    from negsplit.compile import (
        CompiledWorkout,
        Result,
        compile_line,
        compile_text,
        read_athlete,
        runner_from_words,
    )
    from negsplit.diagnostics import Diagnostic, Severity, Source, Span, render
    from negsplit.estimate.estimate import Estimate
    from negsplit.foreign import ForeignResult, Imported, Schedule, read_foreign
    from negsplit.formats.foreign import ForeignOptions
    from negsplit.many import RunnerResult, WorkoutFile, compile_many
    from negsplit.plan.compile import CompiledPlan, CompiledSession, PlanResult, compile_plan_text
    from negsplit.program.model import Band, Intensity, Jump, Program, ProgramStep, Quantity, Zone
    from negsplit.program.watch_models import UnknownDeviceError

__version__ = "0.1.0"

_ROOMS = {
    "athlete.paces": ("Runner",),
    "compile": (
        "CompiledWorkout",
        "Result",
        "compile_line",
        "compile_text",
        "read_athlete",
        "runner_from_words",
    ),
    "many": ("RunnerResult", "WorkoutFile", "compile_many"),
    "plan.compile": ("CompiledPlan", "CompiledSession", "PlanResult", "compile_plan_text"),
    "diagnostics": ("Diagnostic", "Severity", "Source", "Span", "render"),
    "estimate.estimate": ("Estimate",),
    "foreign": ("ForeignResult", "Imported", "Schedule", "read_foreign"),
    "formats.foreign": ("ForeignOptions",),
    "program.watch_models": ("UnknownDeviceError",),
    "program.model": ("Band", "Intensity", "Jump", "Program", "Quantity", "ProgramStep", "Zone"),
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "Band",
    "CompiledPlan",
    "CompiledSession",
    "CompiledWorkout",
    "Diagnostic",
    "Estimate",
    "ForeignOptions",
    "ForeignResult",
    "Imported",
    "Intensity",
    "Jump",
    "PlanResult",
    "Program",
    "ProgramStep",
    "Quantity",
    "Result",
    "Runner",
    "RunnerResult",
    "Schedule",
    "Severity",
    "Source",
    "Span",
    "UnknownDeviceError",
    "WorkoutFile",
    "Zone",
    "__version__",
    "compile_line",
    "compile_many",
    "compile_plan_text",
    "compile_text",
    "read_athlete",
    "read_foreign",
    "render",
    "runner_from_words",
]


def __getattr__(name: str) -> object:
    """Imports a public name when it is first asked for, so that the command line starts at once."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"negsplit.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
