"""A workout of a foreign file as text of the language, and how near that comes to what the file says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, Literal

from negsplit.athlete.paces import NO_RUNNER, Runner
from negsplit.compile import CompiledWorkout, compile_model, compile_text, device, runner_from_words
from negsplit.diagnostics import Diagnostic, Effect, Report, Severity, Span
from negsplit.document.write import write
from negsplit.formats.foreign import Draft, ForeignWorkout
from negsplit.frozen import dataclass
from negsplit.lift import differences, lift
from negsplit.model import Workout
from negsplit.program.model import Program
from negsplit.units import PaceUnit

Verdict = Literal["exact", "degraded", "refused", "other sport"]

SOME_RUNNER: Final = "5 km in 22:30"
"""For whom a workout is compiled that names paces, to see whether it is what the file says: it is for all or none."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one workout: ``text`` is a whole document, empty where none was written.

    ``messages`` name every difference between the file and what was written.
    """

    name: str
    verdict: Verdict
    text: str = ""
    messages: tuple[Diagnostic, ...] = ()
    compiled: CompiledWorkout | None = None
    sport: str = ""


def imported(found: ForeignWorkout, unit: PaceUnit = "km") -> Imported:
    """Writes a workout, compiles what was written, and compares it with what was read."""
    if found.meaning is None:
        verdict: Verdict = "other sport" if found.sport and not _has_errors(found.messages) else "refused"
        return Imported(found.name, verdict, messages=found.messages, sport=found.sport)
    if isinstance(found.meaning, Draft):
        return _drafted(found, found.meaning)
    messages = list(found.messages)
    if isinstance(found.meaning, Program):
        program: Program | None = found.meaning
        workout, notes = lift(found.meaning, device(), unit)
        messages += [_differs(note, found.span) for note in notes]
    else:
        workout, notes = found.meaning, []
        program = _compiled(found.meaning, messages, unit)
    if program is None:
        return Imported(found.name, "refused", messages=tuple(messages))
    text = write(workout)
    compiled, more = _of_text(text, unit)
    if compiled is None:
        return Imported(found.name, "refused", messages=(*messages, *_placed(more, found.span)))
    said = {note.partition(":")[0] for note in notes}
    unsaid = [one for one in differences(program, compiled.program) if one.partition(":")[0] not in said]
    messages += [_differs(one, found.span) for one in unsaid]
    return _judged(found, text, messages, compiled)


def _judged(found: ForeignWorkout, text: str, messages: Sequence[Diagnostic], compiled: CompiledWorkout) -> Imported:
    return Imported(found.name, "degraded" if messages else "exact", text, tuple(messages), compiled)


def _drafted(found: ForeignWorkout, draft: Draft) -> Imported:
    compiled, more = _of_text(draft.text, "km")
    if compiled is None:
        return Imported(found.name, "refused", messages=(*found.messages, *_placed(more, found.span)))
    return _judged(found, draft.text, found.messages, compiled)


def _has_errors(messages: Iterable[Diagnostic]) -> bool:
    return any(one.severity is Severity.ERROR for one in messages)


def _differs(note: str, span: Span | None) -> Diagnostic:
    return Diagnostic("differs", note, span, severity=Severity.NOTE)


def _placed(messages: Iterable[Diagnostic], span: Span | None) -> list[Diagnostic]:
    """Errors of what was written, which nobody has seen, at the workout that it was written of."""
    return [replace(one, span=span, fixes=()) for one in messages if one.severity is Severity.ERROR]


def _runners(unit: PaceUnit) -> tuple[Runner, Runner]:
    units: Literal["metric", "imperial"] = "imperial" if unit == "mi" else "metric"
    some, _ = runner_from_words(SOME_RUNNER)
    assert some is not None
    return replace(NO_RUNNER, units=units), replace(some, units=units)


def _compiled(workout: Workout, messages: list[Diagnostic], unit: PaceUnit) -> Program | None:
    """What a workout means: for nobody, or for somebody where it names paces; errors come to ``messages``."""
    for runner in _runners(unit):
        report = Report()
        compiled = compile_model(workout, runner, device(), report)
        if compiled is not None or not _asks_for_runner(report.diagnostics):
            break
    if compiled is None:
        messages += [one for one in report.diagnostics if one.severity is Severity.ERROR]
        return None
    return compiled.program


def _of_text(text: str, unit: PaceUnit) -> tuple[CompiledWorkout | None, tuple[Diagnostic, ...]]:
    for runner in _runners(unit):
        result = compile_text(text, athlete=runner)
        if result.workouts[:1] != (None,) or not _asks_for_runner(result.diagnostics):
            break
    return result.workouts[0] if result.workouts else None, result.diagnostics


def _asks_for_runner(messages: Iterable[Diagnostic]) -> bool:
    return any(one.effect is Effect.ASKS_RUNNER for one in messages)
