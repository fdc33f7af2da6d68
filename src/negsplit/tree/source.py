"""YAML text to a tree of plain text in which every piece knows where it stands.

The tree is built from the parser's event stream within fixed budgets: ``yaml.compose`` recurses in C
and crashes on deep nesting, and YAML 1.1 would read ``4:30`` as 270. What YAML refuses is put into
plain words by :mod:`negsplit.tree.errors`. The budgets are below every parser's own, and no message
depends on which parser reads, or on its version.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from negsplit.codes import Code
from negsplit.diagnostics import Diagnostic, Effect, Report, Severity, Source, Span, in_order
from negsplit.tree.comments import ASKS, WrittenScalar, asks, questions, suspicious, swallowed
from negsplit.tree.encoding import BOM, MAX_BYTES, load_bytes, refused
from negsplit.tree.errors import MAX_KEY, explain, long_key
from negsplit.tree.nodes import Fields, Items, Node, Text
from negsplit.tree.parser_stop import ParserStop
from negsplit.tree.source_lines import short
from negsplit.tree.value_errors import bad_escape, directive, no_break_space, undefined_alias

__all__ = ["MAX_BYTES", "MAX_DEPTH", "MAX_NODES", "Fields", "Items", "Node", "Text", "load_bytes", "read"]

MAX_DEPTH: Final = 64
"""Mappings and lists inside one another, aliases followed."""
MAX_NODES: Final = 20_000
"""Texts, mappings and lists of a file; what an alias stands for counts each time it is used."""

PATIENT: Final[Any] = yaml.SafeLoader
"""The parser in Python: slow, and without a limit to nesting."""
LOADER: Any = getattr(yaml, "CSafeLoader", PATIENT)
"""libyaml's parser where PyYAML was built with it. The other gives the same trees, but refuses tabs between words."""

_BEGINNINGS: Final = "a document begins with `workout:`, `plan:` or `athlete:`"
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SPACE: Final = " \t\r\n"
_PROPERTIES: Final = re.compile(r"(?:(?:&[0-9A-Za-z_-]+|![^ \t\r\n]*)[ \t\r\n]*(?:#[^\r\n]*[ \t\r\n]*)*)+")
_TAG: Final = re.compile(r"![^ \t\r\n]*")
_COLON: Final = re.compile(r"[ \t\r\n]*:")
_BLOCK_HEADER: Final = re.compile(r"[|>][^\r\n]*[ \t\r\n]*")
_UNREADABLE: Final = re.compile(r"^%.*|\\U[0-9a-fA-F]{8}", re.MULTILINE)


def read(
    source: Source, *, most_bytes: int = MAX_BYTES, most_nodes: int = MAX_NODES
) -> tuple[list[Node], list[Diagnostic]]:
    """One tree for each YAML document of a text, and everything that is wrong with it as YAML.

    Never raises. A syntax error or an exhausted budget ends the report, and only the documents before that
    one are given; after any other error the rest is read too, without the part that was refused.
    """
    if diagnostic := refused(source, most_bytes):
        return [], [diagnostic]
    try:
        reader = _Reader(source, most_nodes)
        reader.read(LOADER)
    except _TooFarAheadError:
        reader = _Reader(source, most_nodes)
        reader.read(PATIENT)
    return list(reader.documents), in_order(reader.report.diagnostics)


def _events(text: str, loader: Any) -> Iterator[Any]:
    """The parser's events. The pure Python parser fails on some numbers with errors of Python's own."""
    try:
        parser = loader(text)
        yield from iter(parser.get_event, None)
        parser.dispose()
    except (ValueError, OverflowError) as error:
        raise yaml.MarkedYAMLError(problem="found a number out of range") from error


class _TooFarAheadError(Exception):
    """Where a parser gave up, it had looked past more brackets than may be open, before it told of the first.

    To know whether a `[` begins a key, it looks for the colon as far as a key may be long, which is 1024
    characters. libyaml from 0.2.6 on takes no more than 1000 brackets and gives up before our budget is asked.
    """


class _FatalError(Exception):
    """Ends the reading of a file with its last diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not been read yet, nor its span; ``size`` and ``height`` are those so far."""

    node: Fields | Items
    start: int
    anchor: str | None = None
    size: int = 1
    height: int = 1
    key: Text | None = None
    refused: bool = False
    keys: dict[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Anchored:
    """What an alias stands for. Its size is known, so that a bomb of aliases is never walked."""

    node: Node
    size: int
    height: int


class _Reader:
    """Builds the trees of one source, event by event, with a stack of its own."""

    def __init__(self, source: Source, most_nodes: int) -> None:
        self.source, self.most_nodes = source, most_nodes
        self.text = source.text
        self.shift = int(self.text.startswith(BOM))  # parsers drop the mark before they count
        self.report = Report()
        self.all = Span(source, 0, len(self.text))
        self.documents = Items(self.all, flow=False)
        self.finished = 0  # how many documents have another one behind them
        self.opening = (0, 0)  # the `---` of the current one
        self.open = [_Open(self.documents, 0)]
        self.anchors: dict[str, _Anchored | None] = {}  # None: the node that bears the anchor is still open
        self.nodes = 0
        self.last: WrittenScalar | None = None  # what ends at `end`, if it is a scalar or an alias
        self.end = self.shift  # how far the source has gone into the tree
        self.suspicious = suspicious(self.text)
        self.asks = asks(self.text)
        self.has_remarks = self.suspicious or self.asks
        self.questions: list[Span] = []
        self.swallowed = -1  # where the last comment begins that swallowed text

    def read(self, loader: Any) -> None:
        """Reads all of the source.

        :raises _TooFarAheadError: never with :data:`PATIENT`.
        """
        try:
            for event in _events(self.text[self.shift :], loader):
                if take := _TAKEN.get(type(event)):
                    take(self, event, event.start_mark.index + self.shift, event.end_mark.index + self.shift)
            self._comments(len(self.text))
            self._draft()
        except _FatalError as fatal:
            self.report.diagnostics.append(fatal.diagnostic)
            del self.documents[self.finished :]
        except yaml.YAMLError as error:
            stop = self._halted(error)
            if loader is not PATIENT and len(self.open) - 1 + stop.brackets_ahead > MAX_DEPTH:
                raise _TooFarAheadError from None
            self._explain(stop)
            del self.documents[self.finished :]
        if not self.documents and not self.report.failed:
            self._error("empty-document", "nothing is written here", 0, 0, _BEGINNINGS)

    def _document(self, _: Any, start: int, end: int) -> None:
        self._comments(start)
        self.last, self.end = None, start
        self.anchors.clear()
        self.finished = len(self.documents)
        self.opening = (start, end)
        if self.text.startswith("%", start):
            raise _FatalError(directive(self.source, start))

    def _scalar(self, event: Any, start: int, end: int) -> None:
        value, style, anchor = event.value, event.style or "", event.anchor
        if anchor or event.tag:
            start = self._properties(event, start, end)
        elif not value and not style:
            start = end = self._nothing(end)
        self._count(1, start, end)
        self._comments(start)
        text = Text(value, self._content(style, start, end) if style else Span(self.source, start, end), style)
        if style == '"' and not value.isascii() and (half := _SURROGATE.search(value)):
            raise _FatalError(bad_escape(self.source, text.at(*half.span()).start))
        if anchor:
            self.anchors[anchor] = _Anchored(text, 1, 0)
        self._read_to(start, text.span.end if style in ("|", ">") else end, style)
        self._place(text, text.span)

    def _nothing(self, mark: int) -> int:
        """Where a value that was left out would stand: right behind the colon or dash."""
        frame = self.open[-1]
        if frame.key is None or not frame.node.flow:
            return mark
        colon = _COLON.match(self.text, self.end)
        return colon.end() if colon and colon.end() <= mark else min(self.end, mark)

    def _content(self, style: str, start: int, end: int) -> Span:
        """A scalar without its quotes, or a block without its header and the blank lines behind it."""
        if style in ("'", '"'):
            return Span(self.source, start + 1, end - 1)
        if style in ("|", ">"):
            end = start + len(self.text[start:end].rstrip(_SPACE))
            header = _BLOCK_HEADER.match(self.text, start, end)
            if header and header.end() < end:
                start = header.end()
        return Span(self.source, start, end)

    def _begin(self, event: Any, start: int, end: int) -> None:
        if event.anchor or event.tag:
            start = self._properties(event, start, end)
        if len(self.open) > MAX_DEPTH:
            message = f"more than {MAX_DEPTH} levels inside one another"
            raise self._fatal("too-deep", message, start, end, "nest less deeply")
        self._count(1, start, end)
        kind = Fields if type(event) is yaml.MappingStartEvent else Items
        self.open.append(_Open(kind(self.all, flow=bool(event.flow_style)), start, event.anchor))
        if event.anchor:
            self.anchors[event.anchor] = None

    def _finish(self, _: Any, __: int, end: int) -> None:
        frame = self.open.pop()
        node, start = frame.node, frame.start
        if node.flow and self.text[start] in "[{":
            self._comments(end - 1)
            self.last, self.end = None, end
        node.span = Span(self.source, start, max(start, self.end))
        if frame.anchor:
            self.anchors[frame.anchor] = _Anchored(node, frame.size, frame.height)
        self._place(node, node.span, frame.size, frame.height)

    def _alias(self, event: Any, start: int, end: int) -> None:
        name = event.anchor
        self._comments(start)
        if name not in self.anchors:
            flow = self.open[-1].node.flow
            raise _FatalError(undefined_alias(self.source, start, end, sorted(self.anchors), flow=flow))
        target = self.anchors[name]
        if target is None:
            message = f"`*{name}` is inside what it repeats"
            raise self._fatal("alias-cycle", message, start, end, "write this part out")
        self._count(target.size, start, end)
        if len(self.open) - 1 + target.height > MAX_DEPTH:
            message = f"with `*{name}` more than {MAX_DEPTH} levels are inside one another"
            raise self._fatal("too-deep", message, start, end, "nest less deeply")
        self._read_to(start, end, "*")
        self._place(target.node, Span(self.source, start, end), target.size, target.height)

    def _properties(self, event: Any, start: int, end: int) -> int:
        """Checks the anchor and the tag of a node; gives the place where the node itself begins."""
        found = _PROPERTIES.match(self.text, start, end)
        begin = found.end() if found else start
        if event.tag is not None:
            tag = _TAG.search(self.text, start, begin)
            message = "tags are not part of this language: every value is text"
            cure = "delete the tag; text that begins with `!` goes in quotes"
            self._error("tag", message, *(tag.span() if tag else (start, end)), cure)
        if event.anchor in self.anchors:
            message = f"the anchor `&{event.anchor}` is defined twice"
            self._error("duplicate-anchor", message, start, begin, "give each anchor a name of its own")
        return begin

    def _place(self, node: Node, span: Span, size: int = 1, height: int = 0) -> None:
        """Puts a node where it belongs: into the list, or into the mapping as key or as value."""
        frame = self.open[-1]
        frame.size += size
        if height >= frame.height:
            frame.height = height + 1
        into = frame.node
        if isinstance(into, Items):
            if into is self.documents and isinstance(node, Text) and node.empty:
                self._error("empty-document", "nothing follows this `---`", *self.opening, _BEGINNINGS)
            else:
                into.append(node)
        elif frame.key is None:
            self._key(frame, node, span)
        else:
            if not frame.refused:
                into[frame.key] = node
            frame.key = None

    def _key(self, frame: _Open, node: Node, span: Span) -> None:
        """Takes the key of the next value, or refuses the pair."""
        key = node if isinstance(node, Text) else Text.made("", span)
        if key.span is not span:  # an alias: what is wrong with the key is wrong there
            key = Text.made(key, span, key.style)
        frame.key, frame.refused = key, True
        if not isinstance(node, Text):
            cure = "text that begins with `[` or `{` goes in quotes"
            self._error("key-type", "a key is a word, not a list or a mapping", span.start, span.end, cure)
        elif node.empty:
            self._error("empty-key", "the key before this colon is missing", span.start, span.end, "write `key: value`")
        elif key.startswith("\xa0") and not key.style:
            self.report.diagnostics.append(no_break_space(self.source, span.start))
        elif node == "<<" and not node.style:
            cure = "write the keys out here"
            self._error("merge-key", "`<<` does not merge mappings in this language", span.start, span.end, cure)
        elif len(key) > MAX_KEY:
            self.report.diagnostics.append(long_key(key.span.start, key.span.end).of(self.source))
        elif (first := frame.keys.setdefault(key, key)) is not key:
            cure = f"the first `{short(key)}` is on line {first.span.line}; keep one of them"
            self._error("duplicate-key", f"the key `{short(key)}` is here twice", span.start, span.end, cure)
        else:
            frame.refused = False

    def _read_to(self, start: int, end: int, style: str) -> None:
        self.last, self.end = WrittenScalar(start, end, style, self.open[-1].node.flow), end

    def _comments(self, upto: int) -> None:
        """Looks for comments that ask, or swallowed text, between what was read last and an offset."""
        if not self.has_remarks:
            return
        if self.asks:
            self.questions += questions(self.source, self.end, upto)
        if self.suspicious:
            for lost in swallowed(self.source, self.last, self.end, upto):
                self.report.diagnostics.append(lost)
                self.swallowed = lost.span.start if lost.span else self.swallowed

    def _draft(self) -> None:
        """Tells of the questions that are left."""
        if self.questions:
            count = len(self.questions)
            message = f"{count} {'question is' if count == 1 else 'questions are'} left in this draft"
            help = f"answer each in the steps below it, then delete its `{ASKS}` line"
            draft = Diagnostic("draft", message, self.questions[0], (help,), Severity.WARNING, Effect.IS_DRAFT)
            self.report.diagnostics.append(draft)

    def _halted(self, error: yaml.YAMLError) -> ParserStop:
        mark, begun = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
        if mark is None:
            found = _UNREADABLE.search(self.text, self.end)
            at = found.start() if found else self.end
        else:
            at = min(mark.index + self.shift, len(self.text))
        return ParserStop(
            self.source,
            f"{getattr(error, 'context', None) or ''} {getattr(error, 'problem', None) or error}",
            at,
            begun.index + self.shift if begun else None,
            self.last,
            self.end,
            [frame.start for frame in self.open if frame.node.flow],
        )

    def _explain(self, stop: ParserStop) -> None:
        """Explains a syntax error, unless a comment that swallowed text is its likely cause."""
        self._comments(stop.scanned)
        diagnostic = explain(stop)
        start = diagnostic.span.start if diagnostic.span else 0
        if self.swallowed < start:
            self.report.diagnostics.append(diagnostic)

    def _count(self, nodes: int, start: int, end: int) -> None:
        self.nodes += nodes
        if self.nodes > self.most_nodes:
            message = f"more than {self.most_nodes} keys, values and lists"
            raise self._fatal("too-many-nodes", message, start, end, "split it into several files")

    def _fatal(self, code: Code, message: str, start: int, end: int, *help: str) -> _FatalError:
        return _FatalError(Diagnostic(code, message, Span(self.source, start, end), help))

    def _error(self, code: Code, message: str, start: int, end: int, *help: str) -> None:
        self.report.error(code, message, Span(self.source, start, end), *help)


_TAKEN: Final[dict[type, Callable[[_Reader, Any, int, int], None]]] = {
    yaml.DocumentStartEvent: _Reader._document,
    yaml.ScalarEvent: _Reader._scalar,
    yaml.AliasEvent: _Reader._alias,
    yaml.MappingStartEvent: _Reader._begin,
    yaml.SequenceStartEvent: _Reader._begin,
    yaml.MappingEndEvent: _Reader._finish,
    yaml.SequenceEndEvent: _Reader._finish,
}
"""What is done with each kind of event; with others nothing."""
