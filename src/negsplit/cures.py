"""Cures tried out: each is put into the text where it would stand, and what does not cure is not shown."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Container, Iterable, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from negsplit.diagnostics import Diagnostic, Edit, Effect, Fix, Severity, Source, Span

MOST_READINGS: Final = 20
"""How often a text is read again to try its cures; those that are still untried then are not shown."""


def applied(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits made; every character outside them is as it was.

    :raises ValueError: where two of them overlap.
    """
    parts, done = [], 0
    for edit in sorted(edits, key=_place):
        if edit.span.start < done:
            raise ValueError("two edits of one text overlap")
        parts += [text[done : edit.span.start], edit.text]
        done = edit.span.end
    return "".join([*parts, text[done:]])


def apart(fixes: Iterable[Fix]) -> list[Fix]:
    """Those that can be made together, the first of each that touch one another."""
    taken: dict[int, list[tuple[int, int]]] = {}
    kept = []
    for fix in fixes:
        if all(_is_free(taken.get(id(edit.span.source), []), edit) for edit in fix.edits):
            for edit in fix.edits:
                insort(taken.setdefault(id(edit.span.source), []), _place(edit))
            kept.append(fix)
    return kept


def _is_free(taken: Sequence[tuple[int, int]], edit: Edit) -> bool:
    """Whether an edit touches none of some places, which are in order and do not overlap."""
    start, end = _place(edit)
    at = bisect_left(taken, (start, start))
    return not (taken[at - 1 : at] and taken[at - 1][1] >= start) and not (taken[at : at + 1] and taken[at][0] <= end)


Again = Callable[[Source], Iterable[Diagnostic]]
"""What is wrong, with another text in the place of the one of its name."""


def proved(found: Iterable[Diagnostic], again: Again) -> tuple[Diagnostic, ...]:
    """What was found in a text and in those that it uses, without the cures that fail where they would stand.

    A cure is one if its message is gone and no new error, nor another message of its code, touches what it wrote; what
    it only brings to light elsewhere was wrong before, and who runs it may still be unknown.
    """
    left = tuple(found)
    for source in _sources(left):
        left = _proved(left, source, again)
    return left


def _sources(found: Iterable[Diagnostic]) -> list[Source]:
    sources = (edit.span.source for one in found for fix in one.fixes for edit in fix.edits)
    return list({id(source): source for source in sources}.values())


def _proved(found: Sequence[Diagnostic], source: Source, again: Again) -> tuple[Diagnostic, ...]:
    """Without the cures of one of the texts that fail."""
    here = [_Cure(one, fix) for one in found for fix in one.fixes if _is_of(fix, source)]
    trial = _Trial(found, source, again)
    works: set[int] = set()
    while here and trial.readings < MOST_READINGS:
        together = _together(here)
        works.update(id(cure.fix) for cure in trial.working(together))
        tried = {id(cure.fix) for cure in together}
        here = [cure for cure in here if id(cure.fix) not in tried]
    return tuple(_only(one, source, works) for one in found)


class _Cure(NamedTuple):
    """A message and one of its cures."""

    message: Diagnostic
    fix: Fix


def _together(cures: Sequence[_Cure]) -> list[_Cure]:
    """Cures of different messages that can be made in one text."""
    firsts = {id(cure.message): cure for cure in reversed(cures)}
    kept = set(map(id, apart(cure.fix for cure in cures if firsts[id(cure.message)] is cure)))
    return [cure for cure in cures if id(cure.fix) in kept]


def _only(one: Diagnostic, source: Source, works: Container[int]) -> Diagnostic:
    for fix in one.fixes:
        if _is_of(fix, source) and id(fix) not in works:
            one = one.without(fix)
    return one


def _is_of(fix: Fix, source: Source) -> bool:
    return all(edit.span.source is source for edit in fix.edits)


class _Trial:
    """Tries cures of a source together, and where that fails in halves, so that many are as soon tried as one."""

    def __init__(self, found: Sequence[Diagnostic], source: Source, again: Again) -> None:
        self.found, self.source, self.again = found, source, again
        self.readings = 0

    def working(self, cures: Sequence[_Cure]) -> list[_Cure]:
        """Those that cure."""
        if self.readings == MOST_READINGS:
            return []
        if self._cure(cures):
            return list(cures)
        half = len(cures) // 2
        return [*self.working(cures[:half]), *self.working(cures[half:])] if half else []

    def _cure(self, cures: Sequence[_Cure]) -> bool:
        """Whether all these messages are gone with the cures made, and nothing as bad touches what they wrote.

        A message is the same where it says the same of the same place, wherever the edits have moved that.
        """
        self.readings += 1
        edits = sorted((edit for cure in cures for edit in cure.fix.edits), key=_place)
        changed = Source(self.source.name, applied(self.source.text, edits))
        left = {_said(one): one for one in self.again(changed)}
        moved = _Moved(edits)
        if any(said in left for cure in cures for said in self._moved(cure.message, moved)):
            return False
        before = {said for one in self.found for said in self._moved(one, moved)}
        has_warnings = any(cure.message.severity is Severity.WARNING for cure in cures)
        new = [one for said, one in left.items() if said not in before]
        new = [one for one in new if _is_wrong(one) or (has_warnings and one.severity is Severity.WARNING)]
        return not any(
            one.span is None or (one.span.source.name == changed.name and moved.touches(one.span)) for one in new
        )

    def _moved(self, one: Diagnostic, moved: _Moved) -> Iterable[object]:
        """A message at the places where it may be once a text is changed."""
        if one.span is None or one.span.source is not self.source:
            return (_said(one),)
        return (_said(one, at) for at in moved.places(one.span.start))


class _Moved:
    """Where the characters of a text are once edits, in their order, are made."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._starts = [edit.span.start for edit in edits]
        self._ends = [edit.span.end for edit in edits]
        self._shifts = [0, *accumulate(len(edit.text) - (edit.span.end - edit.span.start) for edit in edits)]
        self._written = [
            (edit.span.start + shift, edit.span.start + shift + len(edit.text))
            for edit, shift in zip(edits, self._shifts, strict=False)
        ]

    def places(self, offset: int) -> set[int]:
        """Before and behind what is inserted at an offset; the beginning of what stands in its place."""
        found = set()
        for done in (bisect_left(self._starts, offset), bisect_right(self._starts, offset)):
            is_inside = done and self._ends[done - 1] > offset
            found.add(self._written[done - 1][0] if is_inside else offset + self._shifts[done])
        return found

    def touches(self, span: Span) -> bool:
        """Whether a place in the changed text touches what was written there."""
        at = bisect_left(self._written, (span.start, -1))
        near = self._written[max(at - 1, 0) : bisect_right(self._written, (span.end, span.end))]
        return any(span.start <= end and start <= span.end for start, end in near)


def _is_wrong(one: Diagnostic) -> bool:
    """Whether it is an error of the text itself, and not only its runner that is missing."""
    return one.severity is Severity.ERROR and one.effect is not Effect.ASKS_RUNNER


def _said(one: Diagnostic, at: int | None = None) -> object:
    """What a message says, and of which place."""
    if one.span is None:
        return one.severity, one.code, one.message
    return one.severity, one.code, one.message, one.span.source.name, one.span.start if at is None else at


def _place(edit: Edit) -> tuple[int, int]:
    return edit.span.start, edit.span.end
