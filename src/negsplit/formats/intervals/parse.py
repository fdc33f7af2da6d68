"""A workout text of intervals.icu as the steps and repeats that the service forms of it.

A line that begins with ``- `` is a step. One without a dash directly above a step is a header: its ``6x`` repeats the
steps down to the next blank line, ``Warmup`` and ``Cooldown`` say what they are for. All else is prose.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, NamedTuple

from negsplit.diagnostics import Report, Severity, Source, Span
from negsplit.formats.intervals import line
from negsplit.formats.intervals.doc import DocPart, DocRepeat, DocStep

_STEP: Final = re.compile(r"\s*-\s+")
_TIMES: Final = re.compile(r"(?:^|\s)(?!0+x)(\d{1,4})x$", re.IGNORECASE | re.ASCII)
_LIKE_TIMES: Final = re.compile(r"\d\s*x$", re.IGNORECASE)
_KIND: Final = re.compile(r"(warmup|cooldown)\b", re.IGNORECASE)
_STRUCTURE: Final = frozenset(
    ("main", "main set", "main block", "set", "main workout", "workout", "repeat", "intervals")
)
"""Headings that say no more than that steps follow."""
_TIMES_AS_STEP: Final = re.compile(r"\s*-\s+\d+x\s*$", re.IGNORECASE)


class Parsed(NamedTuple):
    """The steps of a text, and its prose, one line a line."""

    parts: tuple[DocPart, ...]
    notes: str


def parse(source: Source, report: Report) -> Parsed:
    """What a text says; of what intervals.icu leaves out or takes otherwise than it looks, a note with its place."""
    reader = _Reader(source, report)
    lines = _lines(source)
    for before, one, after in zip([None, *lines], lines, [*lines[1:], None], strict=False):
        reader.line(before, one, after)
    reader.close()
    return Parsed(tuple(reader.parts), "\n".join(reader.prose))


def _lines(source: Source) -> list[Span]:
    """Every line without its end."""
    spans, start = [], 0
    for one in source.text.split("\n"):
        spans.append(Span(source, start, start + len(one.rstrip("\r"))))
        start += len(one) + 1
    return spans


class _Reader:
    """Reads line by line; what a header says holds until the next one or a blank line."""

    def __init__(self, source: Source, report: Report) -> None:
        self.source, self.report = source, report
        self.parts: list[DocPart] = []
        self.prose: list[str] = []
        self._open: list[DocStep] | None = None
        self._times, self._kind = 1, ""

    def line(self, before: Span | None, one: Span, after: Span | None) -> None:
        """The next line, between two others."""
        if dash := _STEP.match(one.text):
            self._step(one, dash.end())
        elif not one.text.strip():
            self.close()
        elif one.text.lstrip().startswith("-"):
            self._note("a step begins with a dash and a space", one)
            self.prose.append(one.text.strip())
        elif after is not None and _STEP.match(after.text):
            self._header(one, is_close=before is not None and bool(_STEP.match(before.text)))
        else:
            self._prose(one)

    def close(self) -> None:
        """Ends a block, and what its header said."""
        if self._open:
            self.parts.append(DocRepeat(self._times, tuple(self._open)))
        self._open, self._times, self._kind = None, 1, ""

    def _step(self, one: Span, behind: int) -> None:
        if one.text[:1].isspace():
            self._note("an indented step is one as any other: only a blank line ends a repeat", one)
        if _TIMES_AS_STEP.match(one.text):
            self._note("this repeats nothing: a repeat is `6x` above its steps, between blank lines", one)
        found = line.step(self.source, one.start + behind, one.end, self.report)
        if found is None:
            return
        found = replace(found, intensity=found.intensity or self._kind)
        (self.parts if self._open is None else self._open).append(found)

    def _header(self, one: Span, *, is_close: bool) -> None:
        self.close()
        words = one.text.strip()
        if times := _TIMES.search(words):
            self._open, self._times = [], int(times[1])
            if is_close:
                self._note("without a blank line above it intervals.icu may form no repeat here", one)
        if kind := _KIND.match(words):
            self._kind = kind[1].lower()
        label = _TIMES.sub("", words).strip()
        if _LIKE_TIMES.search(label):
            self._note("read as run once: a repeat is `6x`, in one word, of 1 to 9999 times", one)
        elif label and not kind and label.casefold() not in _STRUCTURE:
            self.report.note("differs", f"the heading `{label}` goes into the notes", one)
            self.prose.append(label)

    def _prose(self, one: Span) -> None:
        words = one.text.strip()
        if _TIMES.search(words):
            self._note("no step is directly below: intervals.icu repeats nothing here", one)
        self.prose.append(words)

    def _note(self, message: str, span: Span) -> None:
        self.report.warning("left-out", message, span)


def is_workout(text: str) -> bool:
    """Whether a text is a workout to the last word: there are steps, and nothing that would be left out."""
    report = Report()
    found = parse(Source("", text), report)
    return bool(found.parts) and not any(one.severity is Severity.WARNING for one in report.diagnostics)
