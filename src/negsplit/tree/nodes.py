"""The tree that a YAML document is read into: texts, mappings and lists that know where they stand.

They are a ``str``, a ``dict`` and a ``list``, so that anything which takes plain data takes them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Final, NamedTuple, Self

from negsplit.diagnostics import Help, Span

_BREAK: Final = r"(?:\r\n?|\n)"
_FOLD: Final = rf"(?P<fold>[ \t]*{_BREAK}[ \t\r\n]*)"
_TOKENS: Final = {
    "": re.compile(rf"{_FOLD}|."),
    "'": re.compile(rf"{_FOLD}|''|."),
    '"': re.compile(
        rf"{_FOLD}|(?P<join>\\{_BREAK}[ \t\r\n]*)|\\x[0-9a-fA-F]{{2}}|\\u[0-9a-fA-F]{{4}}|\\U[0-9a-fA-F]{{8}}|\\.|."
    ),
}
_BREAKS: Final = re.compile(_BREAK)
_WORD: Final = re.compile(r"[^ \t\r\n]+")

Places = list[tuple[int, int]]


class Text(str):
    """A scalar as YAML reads it, which knows the characters of the source it was read from.

    ``span`` covers the scalar without its quotes, or the content of a block; ``style`` is YAML's: empty
    for plain text, else ``'``, ``"``, ``|`` or ``>``.
    """

    __slots__ = ("_places", "span", "style")

    span: Span
    style: str
    _places: Places | None  # of each character, found when first asked for; empty if it has none of its own

    def __new__(cls, text: str, span: Span, style: str = "") -> Text:
        self = str.__new__(cls, text)
        self.span = span
        self.style = style
        self._places = None
        return self

    @classmethod
    def made(cls, text: str, span: Span, style: str = "") -> Self:
        """A text that does not stand in the source: each of its characters points to all of ``span``."""
        self = cls(text, span, style)
        self._places = []
        return self

    def __getnewargs__(self) -> tuple[str, Span, str]:  # type: ignore[override]
        return str(self), self.span, self.style

    @property
    def empty(self) -> bool:
        """Whether nothing was written; ``""`` is something."""
        return not self and not self.style

    @property
    def is_verbatim(self) -> bool:
        """Whether it stands in the source character for character: every escape and every fold makes it shorter."""
        span = self.span
        return self._places is None and span.end - span.start == len(self) and self.style not in ("|", ">")

    def at(self, start: int, end: int) -> Span:
        """The characters of the source that characters ``start`` to ``end`` of this text were read from."""
        whole, length = self.span, len(self)
        if not 0 <= start <= end <= length:
            start = min(max(start, 0), length)
            end = min(max(end, start), length)
        if self._places is None:
            if self.style not in ("|", ">") and whole.end - whole.start == length:
                # Every escape and every fold makes the text shorter than what was written.
                return Span(whole.source, whole.start + start, whole.start + end)
            self._places = _places(self)
        places = self._places
        if not places:
            return whole
        if start < end:
            return Span(whole.source, places[start][0], places[end - 1][1])
        point = places[start][0] if start < len(places) else places[-1][1]
        return Span(whole.source, point, point)

    def cure(self, title: str, start: int, end: int, by: str, *, is_certain: bool = False) -> Help:
        """Other words in the place of characters ``start`` to ``end``, as a cure that ``title`` says.

        The title alone where it is not known which characters of the source those were read from.
        """
        quoted = by.replace("'", "''") if self.style == "'" else _escaped(by) if self.style == '"' else by
        span = self.at(start, end)
        written = span.text if self.style == '"' and self._places else self[start:end]  # escapes are known by place
        return span.cure(title, written, quoted, is_certain=is_certain)

    def instead(self, title: str, by: str, *, is_certain: bool = False) -> Help:
        """Other words in the place of all of it, as a cure that ``title`` says."""
        return self.cure(title, 0, len(self), by, is_certain=is_certain)


class Gap(Text):
    """A text in the place of a step at fault; the model has :class:`~negsplit.targets.AtFault` there."""

    __slots__ = ()

    @classmethod
    def of(cls, span: Span) -> Gap:
        """One where the step stands; its words would be understood anywhere that a step may stand."""
        return cls.made("lap", span)


class Value(NamedTuple):
    """Characters ``start`` to ``end`` of a filled text, in the place of some of its template.

    ``note`` is for people: what stands there, and where it comes from. ``given`` is the text that it was read from.
    """

    start: int
    end: int
    written: tuple[int, int]
    note: str
    given: Text | None = None


class Filled(Text):
    """A text with values in the place of its params: what is said of a value points at the param, and has its note."""

    __slots__ = ("_template", "_values")

    _template: Text
    _values: tuple[Value, ...]

    @classmethod
    def of(cls, template: Text, text: str, values: Iterable[Value]) -> Filled:
        """``text`` is what ``template`` becomes with ``values``, in their order."""
        found = tuple(values)
        whole = template.span
        self = cls(text, Span(whole.source, whole.start, whole.end, _notes(found)), template.style)
        self._template, self._values = template, found
        return self

    def at(self, start: int, end: int) -> Span:
        start = min(max(start, 0), len(self))
        end = min(max(end, start), len(self))
        touched = self._touched(start, end)
        if start < end:
            first, last = self._written(start)[0], self._written(end - 1)[1]
        elif touched:
            first, last = touched[0].written
        else:
            first = last = self._written(start)[0]
        span = self._template.at(first, last)
        return Span(span.source, span.start, span.end, _notes(touched))

    def cure(self, title: str, start: int, end: int, by: str, *, is_certain: bool = False) -> Help:
        """As of any text; where all of it lies in the value of one param, where that was given in this source."""
        touched = self._touched(start, end)
        value = touched[0] if len(touched) == 1 else None
        given = value.given if value and value.start <= start <= end <= value.end else None
        if value is None or given is None or given.span.source is not self.span.source:
            return super().cure(title, start, end, by, is_certain=is_certain)
        return given.cure(title, start - value.start, end - value.start, by)

    def _touched(self, start: int, end: int) -> tuple[Value, ...]:
        """The values that these characters, or the one behind a point, are of."""
        values = self._values
        if start == end == len(self):
            return values[bisect_left(values, end, key=_end) :]
        return values[bisect_right(values, start, key=_end) : bisect_left(values, max(end, start + 1), key=_start)]

    def _written(self, index: int) -> tuple[int, int]:
        """The characters of the template that one of this text was made from."""
        at = bisect_right(self._values, index, key=_start)
        if at == 0:
            return index, index + 1
        value = self._values[at - 1]
        if index < value.end:
            return value.written
        shift = value.written[1] - value.end
        return index + shift, index + shift + 1


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


_start = attrgetter("start")
_end = attrgetter("end")


def _notes(values: Iterable[Value]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.note for value in values if value.note))


class Fields(dict[Text, "Node"]):
    """A mapping, in the order written; ``flow`` says that it stands in ``{ }`` or ``[ ]``."""

    __slots__ = ("flow", "span")

    def __init__(self, span: Span, *, flow: bool) -> None:
        self.span = span
        self.flow = flow

    def value(self, key: str) -> Node | None:
        """What stands behind a key; None where the key is not written."""
        return self.get(key)  # type: ignore[call-overload, no-any-return]

    def but(self, changed: Mapping[Text, Node]) -> Fields:
        """A copy in which some keys have other values."""
        copy = Fields(self.span, flow=self.flow)
        copy.update(self)
        copy.update(changed)
        return copy


class Items(list["Node"]):
    """A list; ``flow`` says that it stands in ``[ ]``."""

    __slots__ = ("flow", "span")

    def __init__(self, span: Span, *, flow: bool) -> None:
        self.span = span
        self.flow = flow


Node = Text | Fields | Items


def _places(text: Text) -> Places:
    """Start and end in the source of each character of a text, or nothing where they cannot be told."""
    raw = text.span.text
    pairs = _block(text, raw) if text.style in ("|", ">") else _flow(text.style, raw)
    places = [(text.span.start + start, text.span.start + end) for start, end in pairs]
    return places if len(places) == len(text) else []


def _flow(style: str, raw: str) -> Iterator[tuple[int, int]]:
    """Plain and quoted text: one character each, but for escapes and folded line ends.

    YAML 1.1, 9.1: one line break becomes a space; of several, all but the first are kept.
    """
    for token in _TOKENS.get(style, _TOKENS[""]).finditer(raw):
        breaks = len(_BREAKS.findall(token.group())) if token.lastgroup else 0
        count = 1 if token.lastgroup is None or (token.lastgroup == "fold" and breaks == 1) else breaks - 1
        for _ in range(count):
            yield token.span()


def _block(text: str, raw: str) -> Iterator[tuple[int, int]]:
    """Block text: its words stand in the source as they are, only the space between them differs."""
    written = _WORD.finditer(raw)
    if not text.strip(" \t\r\n"):
        return
    done, end = 0, 0
    for word in _WORD.finditer(text):
        found = next(written, None)
        if found is None or found.group() != word.group():
            return
        yield from _gap(word.start() - done, end, found.start())
        yield from ((at, at + 1) for at in range(*found.span()))
        done, end = word.end(), found.end()
    yield from _gap(len(text) - done, end, len(raw))


def _gap(count: int, start: int, end: int) -> Iterator[tuple[int, int]]:
    for index in range(count):
        at = min(start + index, max(end - 1, start))
        yield at, min(at + 1, max(end, start))
