"""The texts that a Zwift workout shows in a block, as the cue of its step."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from negsplit.diagnostics import Report, Source, Span
from negsplit.formats.xml_tree import Element
from negsplit.formats.zwo.fields import Fields, Leftovers

LONGEST: Final = 199
"""Characters of several texts together; a watch keeps as many of a cue."""
_HOW_IT_LOOKS: Final = frozenset(("duration", "textscale", "y", "x", "font_size", "locindex"))
"""For how long, how large and where a text is shown, and its number among the translated ones."""


def is_text(element: Element) -> bool:
    """Whether an element shows words: ``textevent`` and ``TextNotification``, in any case."""
    return element.tag.lower() in ("textevent", "textnotification")


def cue(source: Source, element: Element, leftovers: Leftovers, report: Report, *, is_repeated: bool = False) -> str:
    """The texts of a block in the order in which they are shown; a note says what is shown at another time.

    A block that ``is_repeated`` shows each once, and its step in every round.
    """
    shown = sorted(_texts(source, element, leftovers, report), key=lambda one: one[0])
    if not shown:
        return ""
    (first, text, place), *others = shown
    kept = [text]
    for _, more, _ in others:
        if len(" / ".join([*kept, more])) > LONGEST:
            break
        kept.append(more)
    if others or first or is_repeated:
        count = "the texts of this block are" if others else "the text of this block is"
        when = " in every round" if is_repeated else " from its beginning on"
        report.note("differs", f"{count} the cue of its step,{when}", place)
    if lost := len(shown) - len(kept):
        report.note("left-out", f"{lost} of {len(shown)} texts are left out: a cue has {LONGEST} characters", place)
    return " / ".join(kept)


def _texts(source: Source, element: Element, leftovers: Leftovers, report: Report) -> list[tuple[Decimal, str, Span]]:
    found = []
    for child in element:
        assert isinstance(child, Element)
        if not is_text(child):
            continue
        fields = Fields(source, child, report, _HOW_IT_LOOKS)
        words = fields.text("message") or fields.text("text")
        offset = fields.number("timeoffset") or fields.number("distoffset") or Decimal(0)
        fields.leave(leftovers)
        if words:
            found.append((offset, " ".join(words.split()), fields.span()))
    return found
