"""Workouts of Zwift: runs, whose Power is a share of the speed of a pace.

There is no official description. What is known stands in h4l's count of the files that came with Zwift, and in what
QDomyos-Zwift and zwo-editor make of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import PurePath
from typing import Final

from negsplit.diagnostics import Diagnostic, Report, Source, Span, in_order
from negsplit.formats.foreign import ForeignOptions, ForeignWorkout, Found, Reader
from negsplit.formats.foreign_file import ForeignFile
from negsplit.formats.xml_tree import Element, XmlError, read_text, span
from negsplit.formats.zwo.blocks import Blocks, Unit
from negsplit.formats.zwo.fields import Fields, Leftovers, children, number, words
from negsplit.model import Workout

_ROOT: Final = re.compile(r"<(?:\w+:)?workout_file[\s/>]", re.IGNORECASE)
_SLOWEST, _FASTEST = 2_000, 80
"""Seconds a kilometre of a threshold."""
_READ: Final = ("name", "description", "sporttype", "durationtype", "thresholdsecperkm", "tags", "workout")
_OF_XML: Final = frozenset(("xsi:schemalocation", "xsi:nonamespaceschemalocation"))
_PASSED_OVER: Final = frozenset(
    ("author", "author_alias", "authoricon", "uniqueid", "uid", "entid", "overridehash", "legacyidhash")
)
"""Who made a workout, and what its maker's programs know it by."""


def _looks_like(file: ForeignFile) -> bool:
    return _ROOT.search(file.source.text) is not None


def _read(files: Sequence[ForeignFile], options: ForeignOptions) -> Found:
    workouts: list[ForeignWorkout] = []
    messages: list[Diagnostic] = []
    for file in files:
        report = Report()
        root = _tree(file, report)
        if root is None:
            messages += report.diagnostics
        else:
            workouts.append(_Reader(file, root, options, report).workout())
    return Found(tuple(workouts), messages=tuple(messages))


def _tree(file: ForeignFile, report: Report) -> Element | None:
    try:
        root = read_text(file.source)
    except XmlError as error:
        place = Span(file.source, error.at, error.at + 1)
        report.error(
            "refused",
            f"this file {error}",
            place,
            "is it a ZWO file? then write it again with the program that made it",
        )
        return None
    if root.tag.lower() == "workout_file":
        return root
    message = "this is no workout of Zwift: it does not begin with `workout_file`"
    report.error("refused", message, span(file.source, root), "take that element alone")
    return None


class _Reader:
    """One file."""

    def __init__(self, file: ForeignFile, root: Element, options: ForeignOptions, report: Report) -> None:
        self._file, self._root, self._options, self._report = file, root, options, report
        self._source: Source = file.source
        self._parts = children(root)
        self._leftovers = Leftovers(file.source)

    def workout(self) -> ForeignWorkout:
        """The workout; without a meaning where its sport is another, or, with errors, where it cannot be read."""
        name = " ".join(words(self._one("name")).split()) or PurePath(self._file.name).stem
        place = span(self._source, self._root)
        if sport := self._other_sport():
            return ForeignWorkout(name, None, tuple(self._report.diagnostics), place, sport)
        meaning = self._meaning(name, place)
        self._say_what_is_left()
        messages = tuple(in_order(self._report.diagnostics))
        return ForeignWorkout(name, None if self._report.failed else meaning, messages, place)

    def _one(self, name: str) -> Element | None:
        """The element of a name; of several the first, the others are left out."""
        found = self._parts.get(name, [])
        for other in found[1:]:
            self._leftovers.element(other)
        return found[0] if found else None

    def _other_sport(self) -> str:
        """The sport of a workout that is no run, which is said; else empty."""
        element = self._one("sporttype")
        sport = words(element).casefold()
        if sport.startswith("run"):
            return ""
        if sport:
            self._report.note("left-out", f"`sportType` is {sport[:40]}, and only runs are read", self._place(element))
        else:
            help = "if it is a run, add `<sportType>run</sportType>`"
            message = "without a `sportType` this is a workout for the bike, and only runs are read"
            self._report.note("left-out", message, self._place(element), help)
        return sport[:40] if sport not in ("", "bike") else "cycling"

    def _meaning(self, name: str, place: Span) -> Workout | None:
        unit, threshold = self._unit(), self._threshold()
        tags = self._tags()
        notes = words(self._one("description"))
        bodies = self._parts.get("workout", [])
        if len(bodies) != 1:
            message = f"this has {len(bodies)} elements `workout`, and one is read"
            help = "put each into a file of its own" if bodies else "add one with the blocks"
            self._report.error("refused", message, place, help)
            return None
        (body,) = bodies
        for element in (self._root, body):
            Fields(self._source, element, self._report, _OF_XML).leave(self._leftovers)
            self._leftovers.between(element)
        blocks = Blocks(self._source, unit, threshold, self._options, self._leftovers, self._report)
        steps = blocks.read(one for one in body if isinstance(one, Element))
        if not steps and not self._report.failed:
            self._report.error("refused", "there are no blocks in it", span(self._source, body), "add a `SteadyState`")
        return Workout(name, steps, notes=notes, tags=tags, span=place)

    def _unit(self) -> Unit:
        """What durations count. In a run they are metres where the file does not say (QDomyos-Zwift)."""
        element = self._one("durationtype")
        written = words(element).casefold()
        if written in ("time", "distance"):
            return "time" if written == "time" else "distance"
        if written:
            message = f"`durationType` is {written[:40]}, and only time and distance are known"
            self._report.error("refused", message, self._place(element), "write `time` or `distance`")
        else:
            message = "no `durationType`: durations are read as metres, as in other runs without one"
            help = "if they are seconds, add `<durationType>time</durationType>`"
            self._report.note("differs", message, self._place(element), help)
        return "distance"

    def _threshold(self) -> Decimal | None:
        element = self._one("thresholdsecperkm")
        written = words(element)
        if not written:
            return None
        found = number(written, "`thresholdSecPerKm`", self._place(element), self._report)
        if found is not None and found and not _FASTEST <= found <= _SLOWEST:
            message = f"`thresholdSecPerKm` is {found}, and nobody runs a kilometre in that many seconds"
            self._report.error("refused", message, self._place(element), f"it is from {_FASTEST} to {_SLOWEST}")
        return found or None

    def _tags(self) -> tuple[str, ...]:
        found = []
        element = self._one("tags")
        for tag in [] if element is None else element:
            assert isinstance(tag, Element)
            name = " ".join(tag.get("name", words(tag)).split())
            if name:
                found.append(name)
        return tuple(dict.fromkeys(found))

    def _say_what_is_left(self) -> None:
        for name, elements in self._parts.items():
            if name not in _READ and name not in _PASSED_OVER:
                for one in elements:
                    if words(one) or one.attrib or len(one):
                        self._leftovers.element(one)
        self._leftovers.say(self._report)

    def _place(self, element: Element | None) -> Span:
        return span(self._source, self._root if element is None else element)


READER: Final = Reader("zwo", "a run of Zwift", _looks_like, _read, ".zwo")
