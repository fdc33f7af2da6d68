"""What stands in an element of a Zwift workout file, in any case, and what of it nobody asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from negsplit.diagnostics import Report, Source, Span
from negsplit.formats.xml_tree import Element, span

_NUMBER: Final = re.compile(r"[+-]?(?:\d{1,9}(?:\.\d{0,17})?|\.\d{1,17})(?:e[+-]?\d{1,2})?", re.IGNORECASE | re.ASCII)
_LONGEST_SHOWN: Final = 40


class Leftovers:
    """What is in a file and means nothing here, by its name: each is said once, with how often it is there."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._found: dict[str, tuple[int, Span]] = {}

    def attribute(self, element: Element, name: str) -> None:
        self._add(f"`{_short(name)}` of `{_short(element.tag)}`", span(self._source, element, name))

    def element(self, element: Element) -> None:
        self._add(f"`{_short(element.tag)}`", span(self._source, element))

    def between(self, element: Element) -> None:
        """Words beside the elements in one, where no reader of the format looks for any."""
        beside = (element.text, *(child.tail for child in element))
        if said := " ".join(" ".join(filter(None, beside)).split()):
            self._add(f"`{_short(said)}` in `{_short(element.tag)}`", span(self._source, element))

    def _add(self, what: str, place: Span) -> None:
        count, first = self._found.get(what, (0, place))
        self._found[what] = count + 1, first

    def say(self, report: Report) -> None:
        """A note for each name, at the first of its places."""
        for what, (count, first) in self._found.items():
            times = f", {count} times" if count > 1 else ""
            report.note("left-out", f"{what} is left out{times}", first)


class Fields:
    """The attributes of one element. ``passed_over`` may be there and mean nothing on a watch."""

    def __init__(
        self, source: Source, element: Element, report: Report, passed_over: frozenset[str] = frozenset()
    ) -> None:
        self._source, self._element, self._report = source, element, report
        self._asked = set(passed_over)
        self._names: dict[str, str] = {}
        self._doubled: list[str] = []
        for name in element.attrib:
            if self._names.setdefault(name.lower(), name) != name:
                self._doubled.append(name)

    def span(self, name: str = "") -> Span:
        """Where an attribute stands, or the element."""
        return span(self._source, self._element, self._names.get(name.lower(), ""))

    def text(self, name: str) -> str:
        """The value of an attribute; empty where it is not there."""
        self._asked.add(name.lower())
        written = self._names.get(name.lower())
        return "" if written is None else self._element.attrib[written].strip()

    def number(self, name: str) -> Decimal | None:
        """The number that an attribute is; None where it is not there, or, with an error, no number."""
        text = self.text(name)
        return number(text, f"`{name}`", self.span(name), self._report) if text else None

    def leave(self, leftovers: Leftovers) -> None:
        """Says what was not asked for."""
        unasked = [name for key, name in self._names.items() if key not in self._asked and not key.startswith("xmlns")]
        for name in (*unasked, *self._doubled):
            leftovers.attribute(self._element, name)


def number(text: str, what: str, place: Span, report: Report) -> Decimal | None:
    """A finite decimal; None, with an error, for anything else."""
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    help = f"write `{text.replace(',', '.')}`" if re.fullmatch(r"\d{1,6},\d{1,6}", text) else "write a plain number"
    report.error("refused", f"{what} is no number: `{_short(text)}`", place, help)
    return None


def children(element: Element) -> Mapping[str, list[Element]]:
    """The elements in one, by their names in small letters."""
    found: dict[str, list[Element]] = {}
    for child in element:
        assert isinstance(child, Element)
        found.setdefault(child.tag.lower(), []).append(child)
    return found


def words(element: Element | None) -> str:
    """The text in an element, without what surrounds it."""
    return "" if element is None else "".join(element.itertext()).strip()


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."
