"""XML as elements that know their place, read so that no file can do harm.

A document type, which is what entity bombs are made of, is refused before anything in it is read; elements are counted,
and how deep they lie. Names of elements are without the prefix of their namespace, attributes as they are written.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element as PlainElement
from xml.etree.ElementTree import TreeBuilder
from xml.parsers import expat

from negsplit.diagnostics import Source, Span

MAX_DEPTH: Final = 32
"""Elements inside one another; workouts and what watches say of themselves nest six."""
MAX_ELEMENTS: Final = 100_000
"""Of a file: a workout has some dozens."""

_ENCODINGS: Final = frozenset(("", "utf-8", "utf-16", "us-ascii", "iso-8859-1"))
"""Those that expat reads by itself; the others would be looked up among Python's codecs."""


class XmlError(ValueError):
    """What a file has that is not read. ``line`` is counted from 1, ``at`` is an offset in bytes."""

    def __init__(self, what: str, line: int, at: int) -> None:
        super().__init__(what)
        self.line, self.at = line, at


class Element(PlainElement):
    """An element that begins ``at`` an offset: of bytes, or of characters where a text was read."""

    at: int = 0


def read_bytes(data: bytes) -> Element:
    """The root of a file in an encoding that it names, and that expat knows.

    :raises XmlError: for what is no XML, or breaks the limits of this module.
    """
    return _Reader(None).read(data)


def read_text(source: Source) -> Element:
    """The root of a text, whatever encoding it once was in.

    :raises XmlError: as :func:`read_bytes` does, with offsets in characters.
    """
    data = source.text.encode()
    places = _Places(data)
    try:
        root = _Reader("utf-8").read(data)
    except XmlError as error:
        raise XmlError(str(error), error.line, min(places.of(error.at), len(source.text))) from None
    for element in root.iter():
        assert isinstance(element, Element)
        element.at = places.of(element.at)
    return root


def span(source: Source, element: PlainElement, attribute: str = "") -> Span:
    """Where the tag of an element stands in the text that it was read of, or one of its attributes."""
    at = element.at if isinstance(element, Element) else 0
    name = re.compile(r"<[^\s/>]*").match(source.text, at)
    end = name.end() if name else at
    while attribute and (found := _ATTRIBUTE.match(source.text, end)):
        if found[1] == attribute:
            return Span(source, found.start(1), found.end())
        end = found.end()
    return Span(source, at, name.end() if name else at)


_ATTRIBUTE: Final = re.compile(r"\s+([^\s=]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')")


class _Places:
    """Offsets of bytes in UTF-8 as offsets of characters, asked for from the first to the last."""

    def __init__(self, data: bytes) -> None:
        self._data, self._is_ascii = data, data.isascii()
        self._byte = self._character = 0

    def of(self, byte: int) -> int:
        if self._is_ascii:
            return byte
        if byte < self._byte:
            self._byte = self._character = 0
        self._character += len(self._data[self._byte : byte].decode(errors="ignore"))
        self._byte = byte
        return self._character


class _Reader:
    """One file; ``encoding`` is what it is in, whatever it says itself."""

    def __init__(self, encoding: str | None) -> None:
        self._builder = TreeBuilder(element_factory=Element)
        self._parser = expat.ParserCreate(encoding)
        self._is_known = encoding is not None
        self._depth = self._count = 0
        self._parser.XmlDeclHandler = self._declaration
        self._parser.StartDoctypeDeclHandler = self._document_type
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._builder.data

    def read(self, data: bytes) -> Element:
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            message = f"is not XML: it cannot be read beyond line {error.lineno}"
            raise XmlError(message, error.lineno, max(0, self._parser.ErrorByteIndex)) from None
        root = self._builder.close()
        assert isinstance(root, Element)
        return root

    def _refused(self, what: str) -> XmlError:
        return XmlError(what, self._parser.CurrentLineNumber, self._parser.CurrentByteIndex)

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if not self._is_known and (encoding or "").lower() not in _ENCODINGS:
            raise self._refused("is in an encoding that is not read")

    def _document_type(self, *_: object) -> None:
        raise self._refused("holds a document type, which is not read")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > MAX_DEPTH:
            raise self._refused(f"is nested deeper than {MAX_DEPTH} elements")
        if self._count > MAX_ELEMENTS:
            raise self._refused(f"has more than {MAX_ELEMENTS} elements")
        element = self._builder.start(_local(name), attributes)
        assert isinstance(element, Element)
        element.at = self._parser.CurrentByteIndex

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._builder.end(_local(name))


def _local(name: str) -> str:
    return name.rpartition(":")[2]
