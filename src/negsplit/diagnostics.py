"""What is wrong with a user's text, where it stands, and what to do about it.

A user's mistake is one of these values, never an exception. Every pass of the compiler takes what it works on and the
:class:`Report` that it adds to, and returns its output: None, or what is left of it, where that is at fault. Only what
begins the work has nobody's report yet and returns its diagnostics: the readers of bytes and texts (``load_bytes``,
``tree.source.read``, ``athlete_of``) beside their output, ``compile_text`` and the like within it. A look for one kind
of mistake (``refused``, ``name_collisions``, ``check_workout``) returns what it found, and nothing else.

What a pass must know of another's messages is an :class:`Effect` of theirs, or a node that stands for what is at
fault (:class:`~negsplit.targets.AtFault`); none asks for a code.

:func:`render` prints them for people; ``cli.check`` prints the other forms.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import Enum
from functools import cached_property
from typing import Literal, NamedTuple

from negsplit.codes import Code
from negsplit.frozen import dataclass


class Severity(Enum):
    """How much a diagnostic matters; only errors keep output from being written."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Effect(Enum):
    """What a message means to the passes behind the one that found it."""

    DEGRADES = "the watch runs something otherwise than written"
    ASKS_RUNNER = "something about the runner is the cure of all messages that ask for it"
    BEYOND_DEVICE = "this device cannot run a workout in which nothing else is wrong"
    IS_DRAFT = "questions are left in a text, so that it goes nowhere yet"
    GIVES_UP = "a workout came to a great many steps before it was given up"


class Source:
    """A text and the name it goes by in messages (a path, ``<command line>``, ``<text>``)."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(i + 1 for i, char in enumerate(self.text) if char == "\n")]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of a character offset."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of line ``number`` (from 1), without its line end."""
        start = self._line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start : len(self.text) if end < 0 else end].rstrip("\r")


class Span(NamedTuple):
    """Characters ``start`` to ``end`` (exclusive) of a source.

    ``notes`` say what stands there in the place of what is written; every message about the place has them.
    """

    source: Source
    start: int
    end: int
    notes: tuple[str, ...] = ()

    @property
    def line(self) -> int:
        """The line that it begins on, from 1."""
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        """The character of that line that it begins with, from 1."""
        return self.source.position(self.start)[1]

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    def cure(self, title: str, written: str, by: str, *, is_certain: bool = False) -> Help:
        """Other words in the place of what is written here, as a cure that ``title`` says.

        The title alone where something else stands here, but for capitals: a param whose value was read, an escape.
        """
        return Fix(title, (Edit(self, by),), is_certain) if self.text.casefold() == written.casefold() else title


@dataclass(frozen=True, slots=True)
class Edit:
    """New text in the place of a span; an empty span is a place to insert at."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A cure as data: what ``help`` says of it, and the edits that carry it out.

    ``is_certain`` says that nothing else can have been meant, so that ``check --fix`` may do it unasked.
    """

    title: str
    edits: tuple[Edit, ...]
    is_certain: bool = False

    def __str__(self) -> str:
        return self.title


Help = str | Fix
"""What is handed to a report: words, or a cure that says itself in words."""


def together(title: str, *parts: Help) -> Help:
    """One cure of the edits of several, as ``title`` says; the title alone where one of them has none."""
    fixes = [one for one in parts if isinstance(one, Fix)]
    return Fix(title, tuple(edit for fix in fixes for edit in fix.edits)) if len(fixes) == len(parts) else title


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One message. ``code`` is stable, and documented in docs/codes.md; ``help`` says what to write instead.

    ``fixes`` are those of its helps that are edits; their titles are among ``help``.
    """

    code: Code
    message: str
    span: Span | None = None
    help: tuple[str, ...] = ()
    severity: Severity = Severity.ERROR
    effect: Effect | None = None
    fixes: tuple[Fix, ...] = ()

    @classmethod
    def of(
        cls, code: Code, message: str, span: Span | None, help: Iterable[Help], severity: Severity = Severity.ERROR
    ) -> Diagnostic:
        """One whose helps are words and cures, in the order in which they are read."""
        helps = tuple(help)
        return cls(
            code,
            message,
            span,
            tuple(map(str, helps)),
            severity,
            fixes=tuple(one for one in helps if isinstance(one, Fix)),
        )

    def without(self, fix: Fix) -> Diagnostic:
        """The same without a cure that does not cure, nor its words."""
        words = tuple(one for one in self.help if one != fix.title)
        return replace(self, help=words, fixes=tuple(one for one in self.fixes if one is not fix))


class Report:
    """Collects the diagnostics of one pass."""

    __slots__ = ("diagnostics",)

    def __init__(self, diagnostics: list[Diagnostic] | None = None) -> None:
        self.diagnostics = [] if diagnostics is None else diagnostics

    def error(self, code: Code, message: str, span: Span | None, *help: Help, effect: Effect | None = None) -> None:
        self._add(replace(Diagnostic.of(code, message, span, help), effect=effect))

    def warning(self, code: Code, message: str, span: Span | None, *help: Help) -> None:
        self._add(Diagnostic.of(code, message, span, help, Severity.WARNING))

    def note(self, code: Code, message: str, span: Span | None, *help: Help) -> None:
        self._add(Diagnostic.of(code, message, span, help, Severity.NOTE))

    def degraded(self, message: str, span: Span | None, *help: str) -> None:
        """A warning that the watch runs something otherwise than written."""
        self._add(degraded(message, span, *help))

    def unsupported(self, message: str, span: Span | None, *help: str) -> None:
        """An error that this device cannot run something; another may."""
        self._add(Diagnostic("unsupported", message, span, help, Severity.ERROR, Effect.BEYOND_DEVICE))

    def _add(self, found: Diagnostic) -> None:
        notes = found.span.notes if found.span else ()
        self.diagnostics.append(replace(found, help=(*notes, *found.help)) if notes else found)

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics.extend(diagnostics)

    @property
    def failed(self) -> bool:
        return has_errors(self.diagnostics)


def degraded(message: str, span: Span | None, *help: str) -> Diagnostic:
    """A warning that the watch runs something otherwise than written."""
    return Diagnostic("degraded", message, span, help, Severity.WARNING, Effect.DEGRADES)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def is_sound(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether no error is in what was written: all there are say that this device cannot run something."""
    return not has_errors(one for one in diagnostics if one.effect is not Effect.BEYOND_DEVICE)


def is_draft(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether questions are left in what was written, or in a file that it uses."""
    return any(one.effect is Effect.IS_DRAFT for one in diagnostics)


def draft_refused(diagnostics: Iterable[Diagnostic], cure: str) -> tuple[Diagnostic, ...]:
    """What was found, where no draft may go: the questions that are left are an error, which ``cure`` lifts too."""
    return tuple(
        replace(one, severity=Severity.ERROR, help=(*one.help, cure)) if one.effect is Effect.IS_DRAFT else one
        for one in diagnostics
    )


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """As they stand in their files, each said once."""

    def place(d: Diagnostic) -> tuple[str, int]:
        return (d.span.source.name, d.span.start) if d.span else ("", -1)

    return sorted(once(diagnostics), key=place)


def once(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Without those that say the same of the same place: that another value stood there is no other mistake."""
    found: dict[object, Diagnostic] = {}
    for one in diagnostics:
        found.setdefault(said(one), one)
    return list(found.values())


def said(diagnostic: Diagnostic) -> object:
    """What tells a message from others: its words and its place, in whichever reading of a file it was found."""
    if diagnostic.span is None:
        return diagnostic
    span = diagnostic.span
    return diagnostic.severity, diagnostic.code, diagnostic.message, span.source.name, span.start, span.end


_SHORTEST_SLIP = 4
_SHORTEST_MEANT, _LONGEST_MEANT = 3, 100
"""Characters of a word that somebody may have misspelt. Two are half of any other word; comparing takes the square."""


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to ``word``, if one is near enough to propose."""
    import difflib

    if not _SHORTEST_MEANT <= len(word) <= _LONGEST_MEANT:
        return None
    folded = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def meant(word: str, known: Iterable[str], span: Span | None, sign: str = "") -> Help | None:
    """The known word that somebody meant who wrote ``word`` at ``span``, as a cure; None where none is near.

    It is certain where one slip of the finger makes the one of the other, and of no other known word. A ``sign`` is
    shown that stands before both.
    """
    names = tuple(known)
    near = did_you_mean(word, names)
    if near is None:
        return None
    title = f"did you mean `{sign}{near}`?"
    slips = [name for name in names if is_one_slip(word.casefold(), name.casefold())]
    return span.cure(title, word, near, is_certain=slips == [near]) if span else title


def is_one_slip(word: str, other: str) -> bool:
    """Whether one letter too much, too little or wrong, or two of them swapped, make one word of another.

    Short words are near too many others: of fewer than four letters none is.
    """
    if min(len(word), len(other)) < _SHORTEST_SLIP or abs(len(word) - len(other)) > 1:
        return False
    same = next((at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    a, b = word[same:], other[same:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def visible(text: str) -> str:
    """Makes control, bidirectional and other invisible characters of hostile text visible.

    Line ends, tabs, C0, C1, bidi and zero-width marks, surrogates and unassigned code points become
    ``\\x1b``-like escapes, so that a file's text can neither move the cursor nor reorder a line.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if _is_plain(char) else _escape(char) for char in text)


def _is_plain(char: str) -> bool:
    return char == " " or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _escape(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _width(text: str) -> int:
    """Terminal cells: wide East Asian characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


def _cells(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


_EXCERPT = 160


def render(diagnostic: Diagnostic) -> str:
    """``FILE:LINE:COLUMN: error[CODE]: message``, the source line with a caret, ``help:`` lines."""
    span = diagnostic.span
    head = f"{diagnostic.severity.value}[{diagnostic.code}]: {visible(diagnostic.message)}"
    lines = []
    if span is None:
        lines.append(head)
    else:
        line, column = span.source.position(span.start)
        lines.append(f"{visible(span.source.name)}:{line}:{column}: {head}")
        lines.extend(_excerpt(span, line, column))
    lines.extend(f"  help: {visible(text)}" for text in _in_one(diagnostic.help))
    return "\n".join(lines)


_ONE_TEXT = r"(write|or|did you mean) (`[^`]+`)(\??)"


def _in_one(helps: Iterable[str]) -> Iterator[str]:
    """Helps, those that only name one text each as a line of choices: ``write `10 min` or `10 s```."""
    said: tuple[str, str] | None = None
    texts: list[str] = []
    for help in (*helps, ""):
        found = re.fullmatch(_ONE_TEXT, help)
        if found and said and (found[1] == "or" or (found[1], found[3]) == said):
            texts.append(found[2])
            continue
        if said:
            yield f"{said[0]} {listed(texts, 'or')}{said[1]}"
        said = (found[1], found[3]) if found else None
        texts = [found[2]] if found else []
        if help and not found:
            yield help


def listed(texts: Iterable[str], joint: Literal["and", "or"]) -> str:
    """``a, b or c``; of one text that alone."""
    *front, last = texts
    return f"{', '.join(front)} {joint} {last}" if front else last


def _excerpt(span: Span, line: int, column: int) -> list[str]:
    text = span.source.line(line)
    start = column - 1
    end = min(start + max(span.end - span.start, 1), max(len(text), start + 1))
    cut = max(0, start - _EXCERPT // 2) if len(text) > _EXCERPT else 0
    shown = text[cut : cut + _EXCERPT]
    before = visible(text[cut:start].replace("\t", " "))
    under = visible(text[start : min(end, cut + _EXCERPT)].replace("\t", " "))
    mark = "^" * max(1, _width(under))
    return [f"  {visible(shown.replace(chr(9), ' '))}".rstrip(), f"  {' ' * _width(before)}{mark}"]
