"""A mail as workouts and, where it has days, a plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Final

from negsplit.codes import Code
from negsplit.diagnostics import Diagnostic, Severity, Span
from negsplit.foreign.prose import words
from negsplit.foreign.prose.drafting import drafted
from negsplit.foreign.prose.mail import Entry, Line, Mail, mail, part
from negsplit.foreign.prose.pieces import has_digit
from negsplit.formats.foreign import (
    ForeignDay,
    ForeignOptions,
    ForeignPlan,
    ForeignSession,
    ForeignWorkout,
    Found,
    Reader,
)
from negsplit.formats.foreign_file import ForeignFile
from negsplit.plan.model import Kind
from negsplit.plan.sessions import without_workout
from negsplit.words import DAYS_BY_LANGUAGE

MOST_CHARACTERS: Final = 24_000
"""Of a mail: a plan of half a year has fewer."""
_CLAUSE: Final = re.compile(r"[^.,;:!(–—]*")
_FIRST: Final = re.compile(r"[^\W\d_]+")
_NOT_ENGLISH: Final = frozenset(day for days in DAYS_BY_LANGUAGE[1:] for day in days)
_WORDS: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def _read(files: Sequence[ForeignFile], _options: ForeignOptions) -> Found:
    found = _Found()
    for file in files:
        source = file.source
        if len(source.text) > MOST_CHARACTERS:
            message = f"`{file.name}` has more than {MOST_CHARACTERS} characters, the most that are read as a mail"
            beyond = Span(source, MOST_CHARACTERS, MOST_CHARACTERS + 1)
            found.messages.append(Diagnostic("too-large", message, beyond, ("split it into several files",)))
            continue
        found.take(mail(source), PurePath(file.name).stem)
    return Found(tuple(found.workouts), found.plan, tuple(found.messages))


class _Found:
    """What was found so far."""

    def __init__(self) -> None:
        self.workouts: list[ForeignWorkout] = []
        self.messages: list[Diagnostic] = []
        self.plan: ForeignPlan | None = None

    def take(self, mail: Mail, name: str) -> None:
        """The workouts of a mail, and its plan."""
        self._other_language(mail)
        if not mail.has_days:
            before = len(self.workouts)
            for entry in mail.entries:
                self._alone(entry)
            if len(self.workouts) - before > 1 and sum(len(entry.lines) == 1 for entry in mail.entries) > 1:
                message = (
                    f"{len(self.workouts) - before} workouts here: each line is one, or lines that belong together"
                )
                self._note("differs", message, mail.entries[0].lines[0].span)
            for line in mail.words:
                self._note("left-out", f"`{line.text}` is in no workout", line.span)
            return
        days: dict[tuple[int, int], list[ForeignSession]] = {}
        for entry in mail.entries:
            sessions = list(self._sessions(entry))
            for on in entry.on:
                days.setdefault(on, []).extend(sessions)
        if mail.words:
            said = f"{len(mail.words)} {'line is' if len(mail.words) == 1 else 'lines are'} on no day"
            self._note("differs", f"{said}: read them in the notes of the plan", mail.words[0].span)
        notes = "\n".join(" ".join(line.text.split()) for line in mail.words)
        in_order = sorted(days, key=lambda on: (on[0], (on[1] - mail.week_starts) % 7))
        found = tuple(ForeignDay(on, tuple(days[on])) for on in in_order if days[on])
        self.plan = ForeignPlan(name, found, mail.week_starts, notes=notes)

    def _other_language(self, mail: Mail) -> None:
        """A note at the first day that is named in another language: no line of it is understood as meant."""
        for line in sorted((line for entry in mail.entries for line in entry.lines), key=lambda line: line.span.start):
            if (first := _FIRST.match(line.text)) and first[0].lower() in _NOT_ENGLISH:
                self._note("differs", f"`{first[0]}` is not English, and only English is understood", line.span)
                return

    def _note(self, code: Code, message: str, span: Span) -> None:
        self.messages.append(Diagnostic(code, message, span, severity=Severity.NOTE))

    def _alone(self, entry: Entry) -> None:
        if self._workout(entry.lines, ()) is None:
            for line in entry.lines:
                self._note("left-out", f"`{line.text}` is no workout", line.span)

    def _sessions(self, entry: Entry) -> Iterator[ForeignSession]:
        """What a day holds: a rest, something else than running, words, or a workout or two."""
        text = " ".join(" ".join(line.text for line in entry.lines).split())
        span = entry.lines[0].span if entry.lines else None
        if kind := _kind(text):
            is_bare = kind == "rest" and text.lower() in ("rest", "off")
            if kind == "rest" and has_digit(text):
                self._note("differs", f"`{text}` is a day of rest: its words are kept", entry.lines[0].span)
            yield ForeignSession(kind, "" if is_bare else text, span=span)
            return
        for lines, doubts in _halves(entry):
            number = self._workout(lines, doubts)
            if number is None and text:
                self._note(
                    "differs", f"`{text}` is no workout, or not all of it: it stands as a note", span or lines[0].span
                )
            if number is not None or text:
                yield ForeignSession("workout" if number is not None else "note", text, number, span)

    def _workout(self, lines: Sequence[Line], doubts: Sequence[str]) -> int | None:
        """The number of the workout that lines are; None where there is nothing to run in them."""
        made = drafted([line.text for line in lines], doubts)
        if made.draft is None:
            return None
        asked = [Diagnostic("draft", one.text, lines[one.line].span, severity=Severity.NOTE) for one in made.questions]
        self.workouts.append(ForeignWorkout(made.name, made.draft, tuple(asked), lines[0].span))
        return len(self.workouts) - 1


def _kind(text: str) -> Kind | None:
    """What a day is that has no workout."""
    first = (_CLAUSE.match(text) or [""])[0].strip()
    if not text:
        return None
    if first.lower() == "rest" and not has_digit(text):
        return "rest"
    for said in (text, first if not has_digit(text) else ""):
        if kind := without_workout(said):
            return kind
    if words.RACE.fullmatch(text.strip(" .!").lower()):
        return "race"
    named = {word.lower() for word in _WORDS.findall(text)}
    return "cross" if named & words.CROSS and not named & words.RUNNING else None


def _halves(entry: Entry) -> Iterator[tuple[list[Line], list[str]]]:
    """The runs of a day: in the morning and in the afternoon, or one."""
    halves: list[list[Line]] = [[]]
    for line in entry.lines:
        marks = list(words.HALF_DAY.finditer(line.text))
        ends = [*(found.start() for found in marks), len(line.text)]
        halves[-1].append(part(line, 0, ends[0]))
        for found, end in zip(marks, ends[1:], strict=True):
            halves.append([part(line, found.end(), end)])
    before, *runs = ([_trimmed(line) for line in half if line.text] for half in halves)
    if not runs:
        yield before, entry.doubts
        return
    if any(has_digit(line.text) for line in before):
        yield before, entry.doubts
        before = []
    said = " ".join(line.text for line in before)
    asks = [*entry.doubts, *([f"`{said}` stands before AM or PM: which run does it go for?"] if said else [])]
    for run in runs:
        if run:
            yield run, asks


def _trimmed(line: Line) -> Line:
    """A line without the sign that parted it from another run."""
    return part(line, 0, len(line.text.rstrip(" ,;/+&")))


READER: Final = Reader("text", "a coach's mail, as drafts", lambda _file: False, _read, ".txt")
