"""The steps in the lines of one workout: as the language reads them, cured where it cannot, left open where nothing
helps. Whatever is not certain is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from negsplit.cures import applied
from negsplit.diagnostics import Diagnostic
from negsplit.foreign.prose import words
from negsplit.foreign.prose.doubts import doubts, missing
from negsplit.foreign.prose.language import MOST_CURES, answer, cure, left_open, reads, steps
from negsplit.foreign.prose.pieces import has_digit, line_at, number_of_line, piece_at, pieces, quoted, without
from negsplit.foreign.prose.rewriting import meant, rewritten
from negsplit.model import Item
from negsplit.phrase.roles import ROLES, SHORT_FORMS

LONGEST_WORKOUT: Final = 1_000
"""Of the lines of one workout; what is longer is a letter."""
_MOST_ROUNDS: Final = 20
_ROLE_WORDS: Final = frozenset((*ROLES, *SHORT_FORMS, "warm", "cool"))
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-/][^\W\d_]+)*")


class Question(NamedTuple):
    """What the runner is to answer, and the line that it is about, from 0."""

    line: int
    text: str


class Reading(NamedTuple):
    """The steps of a workout with the line that each is on, and what is asked."""

    steps: tuple[Item, ...]
    lines: tuple[int, ...]
    questions: tuple[Question, ...]


def read(lines: Sequence[str]) -> Reading:
    """Reads the lines of one workout."""
    work = _Work()
    if sum(map(len, lines)) > LONGEST_WORKOUT:
        text = work.gave_up(lines)
    else:
        text = work.cured([work.understood(number, line) for number, line in enumerate(lines)])
    work.doubt(lines, text)
    found = steps(text)
    at = tuple(number_of_line(text, one.span.start) if one.span else 0 for one in found)
    return Reading(found, at, tuple(sorted(work.questions, key=lambda one: one.line)))


class _Work:
    """One reading, and what is asked on the way."""

    def __init__(self) -> None:
        self.questions: list[Question] = []
        self.totals: list[tuple[int, str]] = []
        self.cures: list[Question] = []
        self.opened: set[int] = set()

    def ask(self, line: int, text: str) -> None:
        if Question(line, text) not in self.questions:
            self.questions.append(Question(line, text))

    def understood(self, number: int, line: str) -> str:
        """A line in words that the language understands, if there are such; totals are put aside."""
        line = words.plain(line)
        if reads(line) or not has_digit(line):
            return line
        if (found := words.TOTAL.search(line)) and (has_digit(line[: found.start()]) or not found.start()):
            self.totals.append((number, found["bare"] or found["said"] or found["behind"]))
            line = line[: found.start()].rstrip(" ,;/")
        elif found := words.HEAD.fullmatch(line):
            self.totals.append((number, found["total"]))
            line = ""
        if not line.strip() or reads(line):
            return line
        other = rewritten(line)
        for asked in other.asks:
            self.ask(number, asked)
        return other.line

    def cured(self, lines: Sequence[str]) -> str:
        """Lines without errors: each is cured, or what it is in is left open."""
        text = "\n".join(lines)
        for _ in range(_MOST_ROUNDS):
            errors = answer(text).errors
            if not errors:
                self._ask_of_cures(lines, text.split("\n"))
                return text
            for error in _first_of_lines(text, errors):
                text = self._without(text, error, lines)
        return self.gave_up(lines)

    def _ask_of_cures(self, before: Sequence[str], after: Sequence[str]) -> None:
        """One question a line, whatever was cured in it."""
        for number in sorted({one.line for one in self.cures}):
            old = set(pieces(before[number]))
            new = [piece for piece in pieces(after[number]) if piece not in old]
            self.ask(number, meant([one.text for one in self.cures if one.line == number], ", ".join(new)))

    def _without(self, text: str, error: Diagnostic, lines: Sequence[str]) -> str:
        """A text without an error: cured, or with its piece left open, or left out if that says nothing to run."""
        start, end = piece_at(text, min(error.span.start, len(text)) if error.span else 0)
        piece, number = text[start:end].strip(), number_of_line(text, start)
        if not has_digit(piece) and not _begins_with_role(piece):
            self.ask(number, f"`{quoted(piece)}` is no step: what does it say of the others?")
            return without(text, start, end)
        tries = sum(one.line == number for one in self.cures)
        fix = cure(error)
        if fix and tries < MOST_CURES:
            if not fix.is_certain:
                self.cures.append(Question(number, error.message))
            return applied(text, fix.edits)
        if tries < MOST_CURES and piece in lines[number]:
            self.ask(number, f"{error.message}: what is `{quoted(piece)}`?")
        else:
            self.cures = [one for one in self.cures if one.line != number]
            self.ask(number, "what of this is a step?")
            (start, end), piece = line_at(text, start), lines[number]
        self.opened.add(number)
        return f"{text[:start]}{' ' * (text[:start][-1:] in (',', ';'))}{left_open(piece)}{text[end:]}"

    def gave_up(self, lines: Sequence[str]) -> str:
        """Every line with a number in it as a step of its own, left open; no text where even that is too much."""
        self.cures, self.opened = [], set(range(len(lines)))
        for number, line in enumerate(lines):
            if line.strip():
                self.ask(number, "what of this is a step?")
        text = "\n".join(left_open(line) if has_digit(line) else "" for line in lines)
        return "" if answer(text).errors else text

    def doubt(self, lines: Sequence[str], text: str) -> None:
        """Asks what the language only warns of, what it does not doubt, and whether totals are right."""
        for one in answer(text).found:
            number = number_of_line(text, one.span.start) if one.span else 0
            if number not in self.opened:
                self.ask(number, one.message)
        for number, asked in doubts(lines, text):
            self.ask(number, asked)
        for number, total in self.totals:
            if asked := missing(text, total):
                self.ask(number, asked)


def _begins_with_role(piece: str) -> bool:
    first = _WORD.match(piece)
    return first is not None and first.group().lower() in _ROLE_WORDS


def _first_of_lines(text: str, errors: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The first error of each line, the last line first, so that a cure moves none of the others."""
    firsts: dict[int, Diagnostic] = {}
    for error in errors:
        firsts.setdefault(number_of_line(text, error.span.start) if error.span else 0, error)
    return [firsts[line] for line in sorted(firsts, reverse=True)]
