"""A workout of a foreign file as text of the language, and how near that comes to what the file says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Final, Literal

from negsplit.athlete.paces import NO_RUNNER, Runner
from negsplit.compile import CompiledWorkout, compile_model, compile_text, device, runner_of
from negsplit.diagnostics import Diagnostic, Effect, Report, Severity, Span, has_errors
from negsplit.document.workouts import MAX_NAME, MAX_NOTES
from negsplit.document.write import write
from negsplit.formats.foreign import LONGEST_TEXT, MOST_STEPS, Draft, ForeignWorkout
from negsplit.frozen import dataclass
from negsplit.lift import differences, lift
from negsplit.lift.repeats import MAX_NESTING
from negsplit.model import Workout
from negsplit.phrase.phrases import MAX_COUNT
from negsplit.program.captions import cut, one_line
from negsplit.program.device import Device
from negsplit.program.model import Program, ProgramStep
from negsplit.units import PaceUnit

Verdict = Literal["exact", "degraded", "refused", "other sport"]

SOME_RUNNER: Final = """\
athlete: Somebody
races: 5 km in 22:30
heart_rate: {max: 188, rest: 48, threshold: 170}
power: {critical: 280 W}
"""
"""For whom a workout is compiled that names paces, shares or zones, to see whether it is what the file says: it is for
all or none.
"""
_UNNAMED: Final = "Workout"
_STEP: Final = re.compile(r"step (\d+): ")


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


@cache
def page() -> Device:
    """Where the language itself is compared, not what some watch makes of it.

    Texts are whole, repeats as deep and as many as anybody may write, and steps have no names beside their targets.
    """
    return replace(
        device(),
        name="the language",
        ascii=False,
        steps=MOST_STEPS,
        most_steps=MOST_STEPS,
        repeats=MAX_COUNT,
        nesting=MAX_NESTING,
        title=MAX_NAME,
        workout_name=MAX_NAME,
        notes=MAX_NOTES,
        cue=LONGEST_TEXT,
        step_name=0,
    )


def imported(found: ForeignWorkout, unit: PaceUnit = "km", *, on: Device | None = None, at: str = "") -> Imported:
    """Writes a workout, compiles what was written, and compares it with what was read, both as ``on`` has them.

    ``at`` is what messages begin with that have no place in a text.
    """
    result = _imported(found, unit, on or page())
    return replace(result, messages=tuple(_at(at, one) for one in result.messages)) if at else result


def _at(at: str, message: Diagnostic) -> Diagnostic:
    return message if message.span else replace(message, message=f"{at}: {message.message}")


def _imported(found: ForeignWorkout, unit: PaceUnit, on: Device) -> Imported:
    if found.meaning is None:
        verdict: Verdict = "other sport" if found.sport and not has_errors(found.messages) else "refused"
        return Imported(found.name, verdict, messages=found.messages, sport=found.sport)
    if isinstance(found.meaning, Draft):
        return _drafted(found, found.meaning, on)
    messages = list(found.messages)
    if isinstance(found.meaning, Program):
        program: Program | None = found.meaning if on.ascii else _in_lines(found.meaning)
        workout, notes = lift(found.meaning, on, unit)
        workout = replace(workout, id=found.id)
        messages += [_differs(found, found.meaning, note) for note in notes]
    else:
        workout, notes = _fitting(found.meaning, found.span, messages), []
        program = _compiled(workout, messages, unit, on)
    if program is None:
        return Imported(found.name, "refused", messages=tuple(messages))
    text = write(workout)
    compiled, more = _of_text(text, unit, on)
    if compiled is None:
        return Imported(found.name, "refused", messages=(*messages, *_placed(more, found.span)))
    said = {note.partition(":")[0] for note in notes}
    unsaid = [one for one in differences(program, compiled.program) if one.partition(":")[0] not in said]
    messages += [_differs(found, program, one) for one in unsaid]
    return _judged(found, text, messages, compiled)


def _fitting(workout: Workout, span: Span | None, messages: list[Diagnostic]) -> Workout:
    """With a name, and notes, that are no longer than the language takes; what is cut is said."""
    if not one_line(workout.name):
        message = f"name: the file has none; this is `{_UNNAMED}`"
        messages.append(Diagnostic("differs", message, span, severity=Severity.NOTE))
        workout = replace(workout, name=_UNNAMED)
    name, notes = cut(one_line(workout.name), MAX_NAME), cut(workout.notes.strip(), MAX_NOTES)
    for what, written, kept in (("name", workout.name, name), ("notes", workout.notes, notes)):
        if one_line(written) != one_line(kept):
            message = f"{what}: {len(written)} characters are cut to {len(kept)}"
            messages.append(Diagnostic("left-out", message, span, severity=Severity.NOTE))
    return replace(workout, name=name, notes=notes)


def _in_lines(program: Program) -> Program:
    """With each text in one line, as it is compiled: the language keeps lines of notes, no device does."""
    steps = tuple(
        replace(step, cue=one_line(step.cue)) if isinstance(step, ProgramStep) else step for step in program.steps
    )
    return replace(program, name=one_line(program.name), notes=one_line(program.notes), steps=steps)


def _judged(found: ForeignWorkout, text: str, messages: Sequence[Diagnostic], compiled: CompiledWorkout) -> Imported:
    is_asked = isinstance(found.meaning, Draft) and found.meaning.questions > 0
    return Imported(found.name, "degraded" if messages or is_asked else "exact", text, tuple(messages), compiled)


def _drafted(found: ForeignWorkout, draft: Draft, on: Device) -> Imported:
    compiled, more = _of_text(draft.text, "km", on)
    if compiled is None:
        return Imported(found.name, "refused", messages=(*found.messages, *_placed(more, found.span)))
    return _judged(found, draft.text, found.messages, compiled)


def _differs(found: ForeignWorkout, program: Program, note: str) -> Diagnostic:
    """A note that begins with its place, ``step 3: ...``, at that step in the file where it is known."""
    number = _STEP.match(note)
    if number is None:
        return Diagnostic("differs", note, found.span, severity=Severity.NOTE)
    index = int(number[1]) - 1
    if found.place is not None:
        name, span = found.place(index)
        note = f"{name}: {note[number.end() :]}"
    else:
        step = program.steps[index]
        written = step.written if isinstance(step, ProgramStep) else step
        span = written.span if written else None
    return Diagnostic("differs", note, span or found.span, severity=Severity.NOTE)


def _placed(messages: Iterable[Diagnostic], span: Span | None) -> list[Diagnostic]:
    """Errors of what was written, which nobody has seen, at the workout that it was written of."""
    return [replace(one, span=span, fixes=()) for one in messages if one.severity is Severity.ERROR]


def _runners(unit: PaceUnit) -> tuple[Runner, Runner]:
    units: Literal["metric", "imperial"] = "imperial" if unit == "mi" else "metric"
    some = runner_of(SOME_RUNNER, Report())
    assert some is not None
    return replace(NO_RUNNER, units=units), replace(some, units=units)


def _compiled(workout: Workout, messages: list[Diagnostic], unit: PaceUnit, on: Device) -> Program | None:
    """What a workout means: for nobody, or for somebody where it names paces; errors come to ``messages``."""
    for runner in _runners(unit):
        report = Report()
        compiled = compile_model(workout, runner, on, report)
        if compiled is not None or not _asks_for_runner(report.diagnostics):
            break
    if compiled is None:
        messages += [one for one in report.diagnostics if one.severity is Severity.ERROR]
        return None
    return compiled.program


def _of_text(text: str, unit: PaceUnit, on: Device) -> tuple[CompiledWorkout | None, tuple[Diagnostic, ...]]:
    for runner in _runners(unit):
        result = compile_text(text, athlete=runner, device=on)
        if result.workouts[:1] != (None,) or not _asks_for_runner(result.diagnostics):
            break
    return result.workouts[0] if result.workouts else None, result.diagnostics


def _asks_for_runner(messages: Iterable[Diagnostic]) -> bool:
    return any(one.effect is Effect.ASKS_RUNNER for one in messages)
