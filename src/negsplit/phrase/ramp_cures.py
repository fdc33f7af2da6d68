"""What to write instead of a ramp at fault: other splits, two ramps, two steps; of each the first that can be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from negsplit.diagnostics import Help, Report
from negsplit.limits import NEAREST_SPLIT, SHORTEST_SPLIT
from negsplit.model import Gradual, Range, Splits, Total
from negsplit.phrase import targets
from negsplit.phrase.pieces import is_last
from negsplit.phrase.splits import difference
from negsplit.phrase.tokens import Cursor, PhraseError, Token
from negsplit.tree.nodes import Text
from negsplit.units import Amount, Distance, Duration, PaceShift, size

EXAMPLE: Final = "for example `15 km @ 4:50/km -> 3:20/km by 1 km`"
_ARROW: Final = re.compile(r"\s*(?:->|→|[–−]>)\s*")
_FAR_END: Final = re.compile(r"\s+(?=(?:by|in|and)\s)|\s*(?=±)")


class Head(NamedTuple):
    """What stands before the paces: its words, its total, and the splits that are usual for it.

    ``reads`` says whether paces and splits can be read behind it. It is missing where they are read for such a trial:
    then nothing is proposed. ``start`` and ``paces`` are where the step and its paces begin, -1 where that is unknown.
    """

    text: str
    total: Total
    usual: Amount
    reads: Callable[[Cursor, Head, str], bool] | None = None
    start: int = -1
    paces: int = -1


def working(cursor: Cursor, head: Head, cures: Iterable[str], say: str = "write") -> tuple[Help, ...]:
    """The first of the cures that can be read behind the ``@``, as the step that it makes."""
    reads = head.reads
    if reads is None:
        return ()
    found = next((one for one in cures if reads(cursor, head, one)), None)
    if found is None:
        return (EXAMPLE,)
    whole = f"{head.text} @ {found}"
    title = f"{say} `{whole}`"
    if head.start < 0:
        return (title,)
    end = end_of_paces(cursor, max(head.start, head.paces), with_targets=" and " in found)
    if head.paces < 0:
        return (cursor.cure(title, head.start, end, whole),)
    return (cursor.cure(title, head.paces, end, f" {found}"),)


def end_of_paces(cursor: Cursor, start: int, *, with_targets: bool) -> int:
    """Where the paces and splits end that begin at an offset; with what stands beside them, where that is wanted."""
    end = start
    for token in cursor.tokens:
        if token.start < start:
            continue
        if is_last(token) or token.text in ("--", '"') or (token.text == "and" and not with_targets):
            break
        end = token.end
    return end


def other_splits(head: Head, both: Gradual, written: str, splits: Splits | None) -> list[str]:
    """Other ways to cut the total, the likeliest first."""
    found = []
    whole = head.total.low if isinstance(head.total, Range) else head.total
    if isinstance(splits, Duration) and isinstance(whole, Distance):
        splits = PaceShift(splits.ms, "km")
    if isinstance(splits, PaceShift):
        for unit in dict.fromkeys((splits.unit, "km", "mi")):
            apart = difference(both, PaceShift(splits.ms, unit))
            if apart and apart.ms % 1_000 == 0:
                seconds = apart.ms // 1_000
                changes = [second for second in range(1, seconds + 1) if seconds % second == 0]
                changes.sort(key=lambda second: abs(second * 1_000 - splits.ms))
                found += [f"{written} by {second} s/{unit}" for second in changes]
    elif isinstance(splits, Duration | Distance):
        found += [
            f"{written} by {least}"
            for least in (SHORTEST_SPLIT, NEAREST_SPLIT)
            if type(least) is type(splits) and size(splits) < size(least)
        ]
    return [*found, f"{written} by {head.usual}", *(f"{written} in {count}" for count in (5, 4, 3, 2))]


def over_both_halves(cursor: Cursor, head: Head, first: Token) -> tuple[Help, ...]:
    """Instead of a way over three paces: two ramps, one after the other."""
    written = _ARROW.split(_written(cursor, first))
    reads = head.reads
    if reads is None or len(written) != 3:
        return (EXAMPLE,)
    one, other, last = written
    far = _FAR_END.split(last, maxsplit=1)[0]
    splits = last[len(far) :]
    half = _half(head)
    both = [f"{one} -> {other}{splits}", f"{other} -> {far}{splits}"]
    if not all(reads(cursor, head._replace(total=half), text) for text in both):
        return (EXAMPLE,)
    return (_one_after_the_other(cursor, head, first, both),)


def _one_after_the_other(cursor: Cursor, head: Head, first: Token, both: Iterable[str]) -> Help:
    """Two steps in the place of one, each over half of its total."""
    steps = ", ".join(f"{_role_words(head)}{_half(head)} @ {text}" for text in both)
    title, end = f"write one after the other: `{steps}`", end_of_paces(cursor, first.start, with_targets=True)
    return cursor.cure(title, head.start, end, steps) if head.start >= 0 else title


def _written(cursor: Cursor, first: Token) -> str:
    """The paces from a token on, and what stands beside them."""
    return str(cursor.text[first.start : end_of_paces(cursor, first.start, with_targets=True)])


def _half(head: Head) -> Amount:
    whole = head.total.low if isinstance(head.total, Range) else head.total
    return type(whole)(size(whole) // 2)


def _role_words(head: Head) -> str:
    """The role as it is written before the total, and a blank; nothing where none is."""
    return re.split(r"\d", head.text, maxsplit=1)[0]


def of_two_steps(cursor: Cursor, head: Head, first: Token) -> tuple[Help, ...]:
    """Instead of a ramp of heart rates, efforts or paces open to one side: two steps, one after the other."""
    if head.reads is None:
        return ()
    one, *others = _ARROW.split(_written(cursor, first))
    other = _FAR_END.split(others[0], maxsplit=1)[0] if others else ""
    word = re.match(r"[^\W\d_]+ ?", one)
    for far in (other, f"{word[0]}{other}" if word else ""):
        if all(_is_target(cursor, text) for text in (one, far)):
            return (_one_after_the_other(cursor, head, first, (one, far)),)
    return (EXAMPLE,)


def _is_target(cursor: Cursor, written: str) -> bool:
    trial = Cursor(Text.made(written, cursor.text.span), Report())
    try:
        targets.target(trial)
        trial.end()
    except PhraseError:
        return False
    return True
