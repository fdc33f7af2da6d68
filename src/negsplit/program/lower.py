"""Resolved steps to a program that one watch runs, and what that watch cannot do of it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from negsplit.diagnostics import Diagnostic, Report, Span, degraded
from negsplit.frozen import dataclass
from negsplit.model import Range, Role, Sport, Until, Workout
from negsplit.program.captions import (
    GAITS,
    ascii_text,
    behind_effort,
    cut,
    effort_text,
    efforts_in,
    gait,
    is_plain,
    length,
    name_of,
    one_line,
    step_name,
)
from negsplit.program.device import MOST_STEPS, Device
from negsplit.program.model import Band, Intensity, Jump, Program, ProgramStep, Target, WrittenAs
from negsplit.program.resolve import Block, ResolvedItem, ResolvedStep
from negsplit.units import Amount, PaceUnit

_INTENSITY: Final = {
    Role.WARMUP: Intensity.WARMUP,
    Role.RUN: Intensity.ACTIVE,
    Role.HIKE: Intensity.ACTIVE,
    Role.RECOVER: Intensity.RECOVERY,
    Role.WALK: Intensity.RECOVERY,
    Role.REST: Intensity.REST,
    Role.COOLDOWN: Intensity.COOLDOWN,
}
_LONGEST_SHOWN: Final = 60
"""Characters of a text that a message quotes."""
_NO_NAME: Final = "Workout"


def title_cut(name: str, device: Device, span: Span | None) -> Diagnostic | None:
    """A warning where a watch shows a part of a workout's name alone; the file always holds it whole."""
    if len(name) <= device.title:
        return None
    message = f"`{device.name}` shows {device.title} characters of the name: `{name[: device.title]}`"
    return degraded(message, span, "put what tells it from others first")


@dataclass(frozen=True, slots=True)
class _Loop:
    body: tuple[_Piece, ...]
    until: int | Amount
    span: Span | None


_Piece = ResolvedStep | _Loop


class _CannotLoopError(Exception):
    """A repeat until an amount stands inside another, deeper than the device nests them."""

    def __init__(self, span: Span | None) -> None:
        super().__init__()
        self.span = span


def lower(
    workout: Workout, items: Sequence[ResolvedItem], device: Device, unit: PaceUnit, report: Report
) -> Program | None:
    """The program for a device; None, with an error, where the device cannot run it.

    What the device runs otherwise than written is reported as :meth:`~Report.degraded`.
    """
    try:
        pieces = _Loops(device).flat(tuple(items), device.nesting)
    except _CannotLoopError as error:
        message = f"`{device.name}` cannot run a repeat until an amount inside another"
        report.unsupported(message, error.span, "give one of the two a number of times")
        return None
    if not _holds(device, _count(pieces), workout.span, report):
        return None
    writer = _Writer(workout, device, unit, report)
    writer.write(pieces)
    return writer.program()


def _holds(device: Device, count: int, span: Span | None, report: Report) -> bool:
    """Whether a device, or a file, holds that many steps; a warning where some watches may not."""
    help = "make it two workouts, or use fewer different steps: a repeat of the same steps costs one step more"
    message = f"this takes {count} steps on the watch"
    if "steps" in device.measured and count > device.steps:
        report.unsupported(f"{message}, `{device.name}` was measured to hold {device.steps}", span, help)
        return False
    if count > device.most_steps:
        whose = "negsplit writes" if device.most_steps == MOST_STEPS else f"`{device.name}` takes"
        report.unsupported(f"{message}, {whose} {device.most_steps} at most", span, help)
        return False
    if count > device.steps:
        report.warning("many-steps", f"{message}: some watches refuse more than {device.steps}", span, help)
    return True


def _count(pieces: Sequence[_Piece]) -> int:
    return sum(_count(piece.body) + 1 if isinstance(piece, _Loop) else 1 for piece in pieces)


class _Loops:
    """Repeats to jumps: unrolled where that is cheaper or the watch nests no further."""

    def __init__(self, device: Device) -> None:
        self.device = device
        self._known: dict[tuple[int, int], tuple[_Piece, ...]] = {}

    def flat(self, items: tuple[ResolvedItem, ...], depth: int) -> tuple[_Piece, ...]:
        """The pieces of items, with at most ``depth`` repeats inside one another."""
        pieces: list[_Piece] = []
        for item in items:
            if isinstance(item, ResolvedStep):
                pieces.append(item)
            else:
                key = (id(item), depth)
                if key not in self._known:
                    self._known[key] = self._block(item, depth)
                pieces.extend(self._known[key])
        return tuple(pieces)

    def _block(self, block: Block, depth: int) -> tuple[_Piece, ...]:
        if isinstance(block.times, Until):
            if depth == 0:
                raise _CannotLoopError(block.span)
            return (_Loop(self.flat(block.body, depth - 1), _fixed(block.times), block.span),)
        skips = block.last_recovery == "skip"
        times = block.times - 1 if skips else block.times
        tail = _without_recovery(block.body) if skips else ()
        choices = []
        if depth > 0:
            with suppress(_CannotLoopError):
                choices.append(self._looped(block, times, depth) + self.flat(tail, depth))
        if not choices or _count(choices[0]) > times:
            choices.append(self.flat(block.body, depth) * times + self.flat(tail, depth))
        return min(choices, key=_count)

    def _looped(self, block: Block, times: int, depth: int) -> tuple[_Piece, ...]:
        """Runs of at most as many repetitions as the watch counts; a single one needs no jump."""
        pieces: tuple[_Piece, ...] = ()
        while times > 0:
            run = min(times, self.device.repeats)
            if run == 1:
                pieces += self.flat(block.body, depth)
            else:
                pieces += (_Loop(self.flat(block.body, depth - 1), run, block.span),)
            times -= run
        return pieces


def _fixed(until: Until) -> Amount:
    if isinstance(until.amount, Range):
        raise TypeError(f"not expanded: {until!r}")
    return until.amount


def _without_recovery(body: tuple[ResolvedItem, ...]) -> tuple[ResolvedItem, ...]:
    end = len(body)
    while end and isinstance(last := body[end - 1], ResolvedStep) and last.written.role.is_recovery:
        end -= 1
    return body[:end]


class _Writer:
    """Writes pieces as flat steps, with names and cues that fit the device."""

    def __init__(self, workout: Workout, device: Device, unit: PaceUnit, report: Report) -> None:
        self.workout, self.device, self.unit, self.report = workout, device, unit, report
        self.steps: list[ProgramStep | Jump] = []
        self._written: dict[int, ProgramStep] = {}

    def write(self, pieces: Sequence[_Piece]) -> None:
        """Appends the pieces; a loop becomes its body and a jump back."""
        for piece in pieces:
            if isinstance(piece, _Loop):
                first = len(self.steps)
                self.write(piece.body)
                self.steps.append(Jump(first, piece.until, piece.span))
            else:
                if id(piece) not in self._written:
                    self._written[id(piece)] = self._step(piece)
                self.steps.append(self._written[id(piece)])

    def program(self) -> Program:
        """The whole program."""
        workout, device = self.workout, self.device
        name = self._text(workout.name, device.workout_name, "name", workout.span, _NO_NAME)
        notes = self._text(workout.notes, device.notes, "text under `notes:`", workout.span)
        if instead := device.sports.get(workout.sport.value):
            sport = workout.sport.value.replace("_", " ")
            message = f"`{device.name}` has no sport {sport}, it keeps this as {instead}"
            self.report.degraded(message, workout.span)
        return Program(name, workout.sport, tuple(self.steps), notes)

    def _step(self, resolved: ResolvedStep) -> ProgramStep:
        step, device = resolved.written, self.device
        second = resolved.second
        if second and not device.second_target:
            message = f"`{device.name}` holds one target a step, the second is left out"
            self.report.degraded(message, step.span)
            second = None
        if second and not self._seen(resolved.target, second):
            message = f"unproven: nobody has shown that `{device.name}` keeps these two targets of one step"
            self.report.degraded(message, step.span, "look at the step in Garmin Connect before you run it")
        if isinstance(step.length, Range):
            raise TypeError(f"not expanded: {step!r}")
        pace = next(filter(None, map(name_of, step.targets)), "")
        return ProgramStep(
            self._intensity(step.role),
            step.length,
            resolved.target,
            second,
            self._name(resolved),
            self._text(self._cue(resolved), device.cue, "cue", step.span),
            WrittenAs(step.role, step.span, resolved.effort, step.origin, step.name, pace),
        )

    def _name(self, resolved: ResolvedStep) -> str:
        """Its own name, else one made of its role and target; none where the device has no names of steps."""
        step, limit = resolved.written, self.device.step_name
        if not limit:
            return ""
        made = step_name(step.role, step.targets, resolved.target, resolved.effort, self.unit, limit)
        return self._text(step.name, limit, "name of the step", step.span, made) if step.name else made

    def _seen(self, first: Target, second: Target) -> bool:
        """Whether a pair of targets is known to be kept. A zone of the watch's own is no band of numbers."""
        seen = self.device.second_seen
        if seen is None:
            return True
        return isinstance(first, Band) and isinstance(second, Band) and (first.quantity, second.quantity) in seen

    def _cue(self, resolved: ResolvedStep) -> str:
        """The cue behind what nothing else would show: the effort, the name where steps have none, the walk else."""
        role, cue, name = resolved.written.role, resolved.written.cue, resolved.written.name
        if self.device.step_name:
            said = [gait(role, self.workout.sport)] if name else []
        else:
            said = [name, GAITS.get(role, "")]
        said = [words for words in said if words]
        if resolved.effort:
            cue = behind_effort(resolved.effort, cue)
            if resolved.effort not in efforts_in("; ".join([*said, cue])):
                said.append(effort_text(resolved.effort))
        if not said:
            return cue
        return f"{', '.join(said)}. {cue}" if self._plain(cue)[0] else ", ".join(said)

    def _intensity(self, role: Role) -> Intensity:
        if role is Role.WALK and self.workout.sport in (Sport.WALKING, Sport.HIKING):
            return Intensity.ACTIVE
        return _INTENSITY[role]

    def _text(self, text: str, limit: int, what: str, span: Span | None, instead: str = "") -> str:
        if not text:
            return cut(instead, limit)
        plain, whole = self._plain(text)
        plain = plain or instead
        if self.device.ascii and not is_plain(text):
            shown = f"is shown as `{cut(plain, _LONGEST_SHOWN)}`" if plain else "is not shown"
            message = f"the {what} {shown}: it cannot be written whole in ASCII" if not whole else f"the {what} {shown}"
            help = "ASCII is all that watches are known to show: write it in plain Latin letters"
            self.report.degraded(message, span, help)
        if length(plain) <= limit:
            return plain
        keeper = "the watch" if self.device.ascii else f"`{self.device.name}`"
        message = f"the {what} has {length(plain)} characters, {keeper} keeps {limit}: it is cut"
        self.report.degraded(message, span, "make it shorter")
        return cut(plain, limit)

    def _plain(self, text: str) -> tuple[str, bool]:
        """A text as the device shows it, and whether that is all of it."""
        return ascii_text(text) if self.device.ascii else (one_line(text), True)
