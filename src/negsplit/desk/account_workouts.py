"""Workouts as what an account is to hold, with what is wrong with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from negsplit.account.marker import Key, key, looks_like_a_marker
from negsplit.account.wanted import Wanted
from negsplit.compile import CompiledWorkout
from negsplit.desk.compiler import Compiler
from negsplit.desk.inputs import Input, inputs, nothing_found
from negsplit.desk.usage import WrongUsageError
from negsplit.diagnostics import Report, Span
from negsplit.program.captions import slug
from negsplit.program.model import Band, ProgramStep, Quantity

ALL_SET: Final[Mapping[str, str]] = {}


def wanted(
    workout: CompiledWorkout,
    known_as: Key,
    day: dt.date | None,
    report: Report,
    unset: Mapping[str, str] = ALL_SET,
) -> Wanted | None:
    """A workout as it is asked for; None, with an error, where the account cannot have it.

    Its notes could be taken for the mark that it is known by; or it goes by what is ``unset`` in the account.
    """
    if is_taken_for_a_mark(workout.expanded.notes, workout.expanded.span, report):
        return None
    if not workout.device.text:
        return Wanted(known_as, day, workout.connect(), workout.program.name)
    body = workout.intervals_event()
    if (missing := unset.get(body["target"])) is not None:
        message = f"`{workout.program.name}` is left out: the account has no {missing}"
        report.unsupported(message, workout.expanded.span, "set it on https://intervals.icu/settings")
        return None
    _say_whose_threshold(workout, report)
    return Wanted(known_as, day, body, workout.program.name, workout.intervals_misread)


def is_taken_for_a_mark(notes: str, span: Span | None, report: Report) -> bool:
    """Whether notes could be taken for the mark that something in the account is known by; then it is reported."""
    if found := looks_like_a_marker(notes):
        message = (
            "these notes have a line that begins with `negsplit:`, which marks negsplit's own workouts in the account"
        )
        report.error("marker", message, span, "begin that line with some other word")
    return found


def _say_whose_threshold(workout: CompiledWorkout, report: Report) -> None:
    """That heart rates are shares of another threshold than the athlete's own, once for all workouts."""
    own, used = workout.runner.heart_rates.threshold, workout.device.lthr
    steps = [one for one in workout.program.steps if isinstance(one, ProgramStep)]
    held = [one for step in steps for one in (step.target, step.second) if isinstance(one, Band)]
    if own is None or own == used or all(one.quantity is not Quantity.HEART_RATE for one in held):
        return
    message = (
        f"your threshold heart rate is {used} bpm in the account and {own} in the athlete file; the account's counts"
    )
    if all(one.message != message for one in report.diagnostics):
        report.degraded(message, None, "make them agree, on https://intervals.icu/settings or in the athlete file")


class AccountWorkouts:
    """The workouts in some files, by themselves: each is known by its ``id``, or by its name.

    ``wanted`` are those without a mistake. Of two that are known by the same, neither is the right one.
    """

    def __init__(self, compiler: Compiler, day: dt.date | None, unset: Mapping[str, str] = ALL_SET) -> None:
        self.compiler, self.day, self.unset = compiler, day, unset
        self.report = Report()
        self.wanted: list[Wanted] = []
        self._known: dict[Key, str] = {}

    def load(self, paths: Sequence[Path]) -> None:
        """Everything in the files and folders named.

        :raises WrongUsageError: for a plan that is named.
        """
        found, problems = inputs(paths)
        self.report.extend(problems)
        seen = [self._document(item) for item in found]
        if not any(seen) and not self.report.failed:
            self.report.extend([nothing_found("workout")])

    def line(self, text: str) -> None:
        """A workout typed on the command line."""
        found = self.compiler.line(text)
        self.report.extend(found.diagnostics)
        for workout in found.workouts:
            if workout is not None:
                self._add(workout, Path())

    def _document(self, item: Input) -> bool:
        """Whether there was a workout in a file."""
        found = self.compiler.file(item, "workout")
        if found.kind == "plan":
            help = f"`negsplit sync {item.path}` puts it into the account"
            if item.named:
                raise WrongUsageError(f"`{item.path}` is a plan: {help}")
            self.report.note("passed-over", f"`{item.path}` is a plan", None, help)
        self.report.extend(found.diagnostics)
        for workout in found.workouts:
            if workout is not None:
                self._add(workout, item.path)
        return found.taken

    def _add(self, workout: CompiledWorkout, source: Path) -> None:
        known_as = key("", workout.expanded.id or slug(workout.program.name))
        if known_as in self._known:
            message = f"`{source}` and `{self._known[known_as]}` hold workouts that are both called `{known_as}`"
            help = "give one of them another name, or its own `id:`"
            self.report.error("same-workout", message, workout.expanded.span, help)
            self.wanted = [one for one in self.wanted if one.key != known_as]
            return
        self._known[known_as] = str(source)
        asked = wanted(workout, known_as, self.day, self.report, self.unset)
        if asked is not None:
            self.wanted.append(asked)
