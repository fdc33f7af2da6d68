"""What the lines of a mail are: weeks, days, tables of days, workouts, and words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Final, NamedTuple

from negsplit.diagnostics import Source, Span
from negsplit.foreign.prose import words
from negsplit.frozen import dataclass
from negsplit.words import DAYS

_DAY: Final = "|".join(sorted(words.WEEKDAYS, key=len, reverse=True))
_DAYS: Final = re.compile(
    rf"(?P<days>(?:{_DAY})\b\.?(?:\s*(?:[/,&+–-]|and|to)\s*(?:{_DAY})\b\.?)*)"
    r"(?P<date>[ \t,]*\(?\d{1,2}(?:(?:st|nd|rd|th)\b|[./]\d{1,2}(?:[./]\d{2,4})?\b)?\.?"
    r"(?:[ \t]*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?)?(?:[ \t,]*\d{4})?\)?"
    r"(?=[ \t]*(?:[:–—-][ \t]|:|$)))?"
    r"(?P<sign>[ \t]*(?:[:|\t–—-]|$)|[ \t]+)[ \t]*",
    re.IGNORECASE,
)
_ONE: Final = re.compile(rf"\b(?:{_DAY})\b", re.IGNORECASE)
_RANGE: Final = re.compile(r"\s*(?:[–-]|to)\s*", re.IGNORECASE)
_CELLS: Final = re.compile(r"\t|\s*\|\s*")
_FEWEST_DAYS: Final = 3
"""Days in the first row of a table."""
_WITHOUT_SIGN: Final = re.compile(r"\d|rest\b|off\b|easy\b|long\b|tempo\b|cross|xt\b|race\b|recovery\b", re.IGNORECASE)
"""What stands behind the name of a day and makes it one without a colon: `Mon Rest`."""
_GOES_ON: Final = re.compile(r"(?:[:,;+/]|\bthen|\bby|\bwith|\bof)\s*$", re.IGNORECASE)
_BELONGS: Final = re.compile(r"\s*(?:then|and|with|w/|\(|\+|repeat|followed|between)\b|\s*\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """Some words of a mail where they stand."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """The lines of a day, or of a workout on none. ``on`` are weeks from 1 and days from 0."""

    on: tuple[tuple[int, int], ...] = ()
    lines: list[Line] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


class Mail(NamedTuple):
    """The entries of a mail in order, the words that belong to none, and the first day of its weeks."""

    entries: tuple[Entry, ...]
    words: tuple[Line, ...]
    week_starts: int = 0

    @property
    def has_days(self) -> bool:
        return any(entry.on for entry in self.entries)


def lines_of(source: Source) -> list[Line]:
    """The lines of a text without what makes lists and quotations of them."""
    found, at = [], 0
    for whole in re.split(r"(?<=\n)|(?<=\r)(?!\n)", source.text):
        bullet = words.BULLET.match(whole)
        start = bullet.end() if bullet else 0
        text = whole[start:].strip()
        start += len(whole[start:]) - len(whole[start:].lstrip())
        found.append(Line(text, Span(source, at + start, at + start + len(text))))
        at += len(whole)
    return found


def mail(source: Source) -> Mail:
    """What the lines of a text are."""
    lines = lines_of(source)
    layout = _Layout()
    if any(map(_names_days, lines)):
        for line in lines:
            layout.take(line)
        return Mail(tuple(layout.entries), tuple(layout.words), layout.first_of_week())
    return Mail(*_without_days(lines))


def _names_days(line: Line) -> bool:
    week = words.WEEK.match(line.text)
    text = part(line, week.end()).text if week else line.text
    return bool(_days(text) or words.NUMBERED_DAY.match(text) or _header(text))


def _days(text: str) -> re.Match[str] | None:
    """The days that a line begins with, if it is about these."""
    found = _DAYS.match(text)
    if not found:
        return None
    return found if found["sign"].strip() or found["sign"] == "" or _WITHOUT_SIGN.match(text, found.end()) else None


def _header(text: str) -> dict[int, int]:
    """The day of each cell of the first row of a table; empty for any other line."""
    cells = [cell.strip(" *.").lower() for cell in _CELLS.split(text)]
    found = {at: words.WEEKDAYS[cell] for at, cell in enumerate(cells) if cell in words.WEEKDAYS}
    return found if len(found) >= _FEWEST_DAYS else {}


class _Layout:
    """Goes through the lines of a mail with days."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.words: list[Line] = []
        self.week, self.last = 1, -1
        self.week_starts = 0
        self.columns: dict[int, int] = {}
        self.is_open = False

    def first_of_week(self) -> int:
        """The day that weeks begin with: Monday, unless a day before the first that is named comes after it."""
        days = [day for entry in self.entries for _, day in entry.on]
        return self.week_starts if min(days, default=0) < self.week_starts else 0

    def take(self, line: Line) -> None:
        text = line.text
        if not text:
            self.is_open = self.is_open and not self.entries[-1].lines
        elif columns := _header(text):
            self.columns, self.is_open = columns, False
            self.week_starts = next(iter(columns.values()))
        elif self.columns and len(_CELLS.split(text)) > 1:
            self._row(line)
        elif found := words.WEEK.match(text):
            self._begin_week(found["number"])
            rest = part(line, found.end())
            if rest.text:
                self.take(rest) if _days(rest.text) else self.words.append(line)
        elif found := words.NUMBERED_DAY.match(text):
            day = int(found["number"]) - 1
            base = self.week - 1 if day < len(DAYS) else 0
            self._entry([(base + 1 + day // 7, day % 7)], part(line, found.end()))
        elif found := _days(text):
            self._on(found, line)
        elif self.is_open:
            self.entries[-1].lines.append(line)
        else:
            self.words.append(line)

    def _begin_week(self, word: str) -> None:
        number = words.number(word)
        if self.entries or (number and number > 1):
            self.week = number if number and number >= self.week else self.week + 1
        self.last, self.is_open = -1, False

    def _on(self, found: re.Match[str], line: Line) -> None:
        days = _named(found["days"])
        if not self.entries and days[0] >= 5:
            self.week_starts = days[0]
        first = (days[0] - self.week_starts) % 7
        doubts = [f"is {found['date'].strip(' ,()')} the day? The plan goes by weeks"] if found["date"] else []
        if first < self.last:
            self.week += 1
            doubts += ["is this a day of the week after those above it?"] if first else []
        self.last = first
        self._entry([(self.week, day) for day in days], part(line, found.end()), doubts)

    def _entry(self, on: Sequence[tuple[int, int]], line: Line, doubts: Sequence[str] = ()) -> None:
        self.entries.append(Entry(tuple(on), [line] if line.text else [], list(doubts)))
        self.is_open = True

    def _row(self, line: Line) -> None:
        """A week of a table: the day of each cell is that above it."""
        at, cells = 0, []
        for number, cell in enumerate(_CELLS.split(line.text)):
            start = line.text.find(cell, at)
            at = start + len(cell)
            cells.append((number, part(line, start, at)))
        if all(not cell.text.strip("-: ") for _, cell in cells):
            return
        before = next(iter(self.columns))
        self._begin_week(next((found for number, cell in cells if number < before and (found := cell.text)), ""))
        for number, cell in cells:
            if cell.text and number in self.columns:
                self._entry([(self.week, self.columns[number])], cell)
            elif cell.text and number > before:
                self.words.append(cell)
        self.is_open = False


def part(line: Line, start: int, end: int | None = None) -> Line:
    """Some characters of a line, without the space around them."""
    text = line.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    return Line(text, Span(line.span.source, line.span.start + start, line.span.start + start + len(text)))


def _named(text: str) -> list[int]:
    """`Tue/Thu`, `Mon-Wed`: the days of a week that are named."""
    days = [words.WEEKDAYS[found.group().lower()] for found in _ONE.finditer(text)]
    if len(days) == 2 and _RANGE.fullmatch(_ONE.sub("", text).replace(".", "")):
        return [(days[0] + more) % 7 for more in range((days[1] - days[0]) % 7 + 1)]
    return list(dict.fromkeys(days))


# --- Mails without days ------------------------------------------------------------------------


def _without_days(lines: Sequence[Line]) -> tuple[tuple[Entry, ...], tuple[Line, ...]]:
    """Workouts: each line one, or each paragraph where its lines belong together; the rest are words."""
    entries: list[Entry] = []
    others: list[Line] = []
    for paragraph in _paragraphs(lines):
        if not any(char.isdigit() for line in paragraph for char in line.text):
            others += paragraph
        elif _is_one(paragraph):
            entries.append(Entry(lines=list(paragraph)))
        else:
            entries += [Entry(lines=[line]) for line in paragraph]
    return tuple(entries), tuple(others)


def _paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    found: list[Line] = []
    for line in lines:
        if line.text:
            found.append(line)
        elif found:
            yield found
            found = []
    if found:
        yield found


def _is_one(lines: Sequence[Line]) -> bool:
    """Whether lines are parts of one workout: one is its warm-up or cool-down alone, or goes on in the next."""
    texts = [line.text for line in lines]
    ends = [text for text in texts if words.EASY_ENDS.search(text) and "," not in text and ";" not in text]
    return bool(len(texts) > 1 and ends) or any(map(_GOES_ON.search, texts[:-1])) or any(map(_BELONGS.match, texts[1:]))
