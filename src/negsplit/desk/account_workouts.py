"""Workouts as what an account is to hold, with what is wrong with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from negsplit.account.marker import Key, key, looks_like_a_marker
from negsplit.account.wanted import Wanted
from negsplit.compile import CompiledWorkout
from negsplit.desk.compiler import Compiler
from negsplit.desk.inputs import Input, inputs, nothing_found
from negsplit.desk.usage import WrongUsageError
from negsplit.diagnostics import Report
from negsplit.program.captions import slug


def wanted(workout: CompiledWorkout, known_as: Key, day: dt.date | None, report: Report) -> Wanted:
    """A workout as it is asked for. An error where its notes could be taken for the mark that it is known by."""
    if looks_like_a_marker(workout.expanded.notes):
        message = "these notes hold a line that begins with `negsplit:`, by which workouts in the account are known"
        report.error("marker", message, workout.expanded.span, "begin that line with another word")
    return Wanted(known_as, day, workout.connect(), workout.program.name)


class AccountWorkouts:
    """The workouts in some files, by themselves: each is known by its ``id``, or by its name.

    ``wanted`` are those without a mistake. Of two that are known by the same, neither is the right one.
    """

    def __init__(self, compiler: Compiler, day: dt.date | None) -> None:
        self.compiler, self.day = compiler, day
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

    def _document(self, item: Input) -> bool:
        """Whether there was a workout in a file."""
        found = self.compiler.file(item, "workout")
        if found.kind == "plan":
            help = f"`negsplit sync {item.path}` brings it into the account"
            if item.named:
                raise WrongUsageError(f"`{item.path}` is a plan: {help}")
            self.report.note("passed-over", f"`{item.path}` is a plan", None, help)
        self.report.extend(found.diagnostics)
        for workout in found.workouts:
            if workout is not None:
                self._add(workout, item)
        return found.taken

    def _add(self, workout: CompiledWorkout, item: Input) -> None:
        known_as = key("", workout.expanded.id or slug(workout.program.name))
        if known_as in self._known:
            message = f"`{item.path}` and `{self._known[known_as]}` hold workouts that are both known as `{known_as}`"
            help = "give one of them another name, or an `id:` of its own"
            self.report.error("same-workout", message, workout.expanded.span, help)
            self.wanted = [one for one in self.wanted if one.key != known_as]
            return
        self._known[known_as] = str(item.path)
        asked = wanted(workout, known_as, self.day, self.report)
        if not looks_like_a_marker(workout.expanded.notes):
            self.wanted.append(asked)
