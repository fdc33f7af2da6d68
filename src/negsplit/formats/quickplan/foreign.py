"""A table of weeks, one cell a day, as quick-plan (Scala), garmin-csv-plan (PHP) and others after them read it.

The form is that of the manuals and sources of github.com/mgifos/quick-plan, github.com/Raistlfiren/garmin-csv-plan and
github.com/tylerelias/garmin-connect-workout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import PurePath
from typing import Final

from negsplit.diagnostics import Diagnostic, Report, Severity, Span, did_you_mean, has_errors
from negsplit.formats.csv_cells import Cell, Row, rows
from negsplit.formats.foreign import (
    MOST_MISTAKES,
    MOST_WORKOUTS,
    ForeignDay,
    ForeignOptions,
    ForeignPlan,
    ForeignSession,
    ForeignWorkout,
    Found,
    Reader,
)
from negsplit.formats.foreign_file import ForeignFile
from negsplit.formats.quickplan.grid import Day, grid
from negsplit.formats.quickplan.workouts import (
    RUN,
    SPORTS,
    Mention,
    Part,
    Remark,
    holds_workout,
    names,
    parts,
)
from negsplit.model import Workout

_REST: Final = ("rest", "off", "day off", "rest day")
_WORKOUT: Final = re.compile(
    r'[,;\t]"[ \t]{0,8}(?:running|cycling|swimming|custom|workout)?:[^\r\n]{1,300}'
    r"[\r\n]\s{0,40}[-\u2010-\u2015]\s?\w{2,20}:",
    re.IGNORECASE,
)
"""A cell that begins with a line with sport and name above a step."""


def _looks_like(file: ForeignFile) -> bool:
    return _WORKOUT.search(file.source.text) is not None


def _read(files: Sequence[ForeignFile], options: ForeignOptions) -> Found:
    (file,) = files
    report = Report()
    table = rows(file.source, report)
    if report.failed:
        return Found((), messages=tuple(report.diagnostics))
    found = _Sheet(table, options, report).found(PurePath(file.name).stem)
    if found.workouts or found.plan:
        return found
    help = "a workout stands in one cell, between quotes: `running: Easy run`, and `- run: 5km` in the next line"
    report.error("refused", f"`{file.name}` is a table without a workout", None, help)
    return replace(found, messages=tuple(report.diagnostics))


class _Sheet:
    """The workouts of a table, each once, and the days that name them."""

    def __init__(self, table: Sequence[Row], options: ForeignOptions, report: Report) -> None:
        self.options, self.report = options, report
        self.workouts: list[ForeignWorkout] = []
        self.by_name: dict[str, int] = {}
        self.mistakes = 0
        self.grid = grid(table, {name for row in table for cell in row for name in names(cell) if name}, report)

    def found(self, name: str) -> Found:
        """All that is in the table; a plan where it has weeks."""
        held = [(day, self._held(day.cell, day.where)) for day in self.grid.days]
        for cell, where in self.grid.others:
            if holds_workout(cell.text):
                self._held(cell, where)
        days = [ForeignDay((day.week, day.weekday), tuple(self._sessions(day, parts))) for day, parts in held]
        has_days = any(day.sessions for day in days)
        plan = ForeignPlan(name, tuple(days), self.grid.week_starts) if has_days else None
        return Found(tuple(self.workouts), plan, tuple(self.report.diagnostics))

    def _held(self, cell: Cell, where: str) -> list[tuple[Part, int | None]]:
        """What stands in a cell, with the number of each workout; nothing behind more than anybody reads."""
        if self.mistakes > MOST_MISTAKES or len(self.workouts) > MOST_WORKOUTS:
            return []
        found = []
        for part in parts(cell, where, self.options):
            found.append((part, self._kept(part) if isinstance(part, ForeignWorkout) else None))
        if self.mistakes > MOST_MISTAKES:
            message = f"{where}: there are so many mistakes up to here that the rest was not read"
            self.report.error("too-many-mistakes", message, cell.span)
        return found

    def _kept(self, found: ForeignWorkout) -> int:
        """The number of a workout: that of an earlier one where both are the same."""
        number = self.by_name.get(found.name)
        before = None if number is None else self.workouts[number]
        if before is not None and number is not None and _is_sound(found):
            if not _is_sound(before):
                self.by_name[found.name] = len(self.workouts)
            elif (before.meaning, before.sport) == (found.meaning, found.sport):
                return number
            else:
                return self._kept(self._renamed(found))
        self.by_name.setdefault(found.name, len(self.workouts))
        self.workouts.append(found)
        self.mistakes += sum(one.severity is Severity.ERROR for one in found.messages)
        return len(self.workouts) - 1

    def _renamed(self, found: ForeignWorkout) -> ForeignWorkout:
        """One of other steps under a name that is taken."""
        base = found.name
        name = next(new for number in count(2) if (new := f"{base} ({number})") not in self.by_name)
        message = f"another workout with other steps is called `{base}`: this is `{name}`"
        note = Diagnostic("differs", message, found.span, severity=Severity.NOTE)
        meaning = replace(found.meaning, name=name) if isinstance(found.meaning, Workout) else None
        return replace(found, name=name, meaning=meaning, messages=(*found.messages, note))

    # --- Days ------------------------------------------------------------------------------------

    def _sessions(self, day: Day, held: Sequence[tuple[Part, int | None]]) -> Iterator[ForeignSession]:
        for part, number in held:
            match part:
                case ForeignWorkout():
                    assert number is not None
                    yield self._of_workout(number, part.span)
                case Mention():
                    yield from self._of_mention(day, part)
                case Remark():
                    yield from self._of_remark(day, part)

    def _of_workout(self, number: int, span: Span | None) -> ForeignSession:
        workout = self.workouts[number]
        if workout.sport:
            return ForeignSession("cross", workout.name or workout.sport, span=span)
        return ForeignSession("workout", workout.name, number, span)

    def _of_mention(self, day: Day, mention: Mention) -> Iterator[ForeignSession]:
        """A workout of the table by its name behind a sport, else one of another sport without steps."""
        span = mention.words.span
        if mention.name in self.by_name:
            yield self._of_workout(self.by_name[mention.name], span)
        elif mention.sport in SPORTS and mention.sport != RUN:
            number = self._kept(ForeignWorkout(mention.name, None, (), span, mention.sport))
            yield self._of_workout(number, span)
        else:
            message = f"{day.where}, line {mention.words.line}: `{mention.words.short}` has no steps"
            help = "write them below: `- run: 5km`"
            self.report.error("refused", message, span, help)

    def _of_remark(self, day: Day, remark: Remark) -> Iterator[ForeignSession]:
        """The names of workouts, each in a line; a day off; or a note."""
        text, span = remark.text, remark.words.span
        named = [line.strip() for line in text.splitlines() if line.strip()]
        if named and all(name in self.by_name for name in named):
            yield from (self._of_workout(self.by_name[name], span) for name in named)
        elif text.lower() in _REST:
            yield ForeignSession("rest", span=span)
        else:
            self._say_note(day, remark)
            yield ForeignSession("note", text, span=span)

    def _say_note(self, day: Day, remark: Remark) -> None:
        words = remark.words
        if remark.has_steps:
            message = f"{day.where}: steps without a name line; kept as a note"
            self.report.note("differs", message, words.span, "write a name above them: `running: Easy run`")
            return
        if remark.is_note:
            return
        message = f"{day.where}: `{words.short}` names no workout of this plan; kept as a note"
        near = did_you_mean(words.text, self.by_name)
        self.report.note("differs", message, words.span, *([f"did you mean `{near}`?"] if near else []))


def _is_sound(found: ForeignWorkout) -> bool:
    return not has_errors(found.messages)


READER: Final = Reader("quickplan", "weeks of quick-plan or garmin-csv-plan as CSV", _looks_like, _read, ".csv")
