"""Cures tried out: each is put into the text where it would stand, and what does not cure is not shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from negsplit.diagnostics import Diagnostic, Edit, Fix, Severity, Source

MOST_TRIED: Final = 20
"""Cures of one text that are tried one by one, each with a reading of all of it; more are tried together."""
_MOST_READINGS: Final = 40
"""How often a text is read for that."""


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
    taken: list[Edit] = []
    kept = []
    for fix in fixes:
        if not any(_touch(edit, other) for edit in fix.edits for other in taken):
            taken += fix.edits
            kept.append(fix)
    return kept


def proved(
    found: Sequence[Diagnostic], source: Source, again: Callable[[Source], Iterable[Diagnostic]]
) -> tuple[Diagnostic, ...]:
    """What was found in a text, without the cures that fail where they would stand.

    ``again`` says what is wrong with another text in the place of ``source``. A cure is one if its message is gone and
    no new error touches what it wrote; what it only brings to light elsewhere was wrong before. Cures of other texts
    are kept: they are tried where those are read.
    """
    here = [(one, fix) for one in found for fix in one.fixes if all(edit.span.source is source for edit in fix.edits)]
    if not here:
        return tuple(found)
    trial = _Trial(found, source, again)
    if len(here) > MOST_TRIED:
        works = trial.those_that_cure(here)
        failed = [(one, fix) for one, fix in here if id(fix) not in works]
    else:
        failed = [(one, fix) for one, fix in here if not trial.cures([one], [fix])]
    return tuple(_without(one, [fix for other, fix in failed if other is one]) for one in found)


def _without(one: Diagnostic, fixes: Iterable[Fix]) -> Diagnostic:
    for fix in fixes:
        one = one.without(fix)
    return one


class _Trial(NamedTuple):
    found: Sequence[Diagnostic]
    source: Source
    again: Callable[[Source], Iterable[Diagnostic]]

    def those_that_cure(self, cures: Sequence[tuple[Diagnostic, Fix]]) -> set[int]:
        """The identities of those that work: many at once, and halves of them where some fail.

        Which still failed together when enough was tried counts as failed.
        """
        works: set[int] = set()
        waves: dict[int, list[tuple[Diagnostic, Fix]]] = {}
        for one, fix in cures:
            waves.setdefault(next(at for at, other in enumerate(one.fixes) if other is fix), []).append((one, fix))
        groups = [[pair for pair in wave if pair[1] in apart(fix for _, fix in wave)] for wave in waves.values()]
        for _ in range(_MOST_READINGS):
            if not groups:
                break
            group = groups.pop(0)
            if self.cures([one for one, _ in group], [fix for _, fix in group]):
                works.update(id(fix) for _, fix in group)
            elif len(group) > 1:
                groups += [group[: len(group) // 2], group[len(group) // 2 :]]
        return works

    def cures(self, diagnostics: Sequence[Diagnostic], fixes: Sequence[Fix]) -> bool:
        """Whether all these messages are gone with the fixes made, and none of the new errors touches them."""
        edits = sorted((edit for fix in fixes for edit in fix.edits), key=_place)
        changed = Source(self.source.name, applied(self.source.text, edits))
        left = list(self.again(changed))
        before, after = Counter(map(_words, self.found)), Counter(map(_words, left))
        if any(after[_words(one)] >= before[_words(one)] for one in diagnostics):
            return False
        places = list(_written(edits))
        return not any(
            one.severity is Severity.ERROR and after[_words(one)] > before[_words(one)] and _touches(one, places)
            for one in left
        )


def _written(edits: Iterable[Edit]) -> Iterator[tuple[int, int]]:
    """Where edits in order have written, in the text that they make."""
    shift = 0
    for edit in edits:
        start = edit.span.start + shift
        yield start, start + len(edit.text)
        shift += len(edit.text) - (edit.span.end - edit.span.start)


def _touches(one: Diagnostic, places: Iterable[tuple[int, int]]) -> bool:
    span = one.span
    return span is None or any(span.start <= end and start <= span.end for start, end in places)


def _touch(one: Edit, other: Edit) -> bool:
    a, b = one.span, other.span
    return a.source is b.source and a.start <= b.end and b.start <= a.end


def _words(one: Diagnostic) -> object:
    return one.severity, one.code, one.message


def _place(edit: Edit) -> tuple[int, int]:
    return edit.span.start, edit.span.end
