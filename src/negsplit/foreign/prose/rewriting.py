"""Lines in other words, which the language may understand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from negsplit.cures import applied
from negsplit.foreign.prose import words
from negsplit.foreign.prose.language import MOST_CURES, answer, cure, reads, steps
from negsplit.foreign.prose.pieces import quoted

_MOST: Final = 24
"""Ways to write one line that are tried."""
_OPEN: Final = re.compile(r"\brun --")


class Rewritten(NamedTuple):
    """A line in other words, and what is to be asked of it."""

    line: str
    asks: tuple[str, ...] = ()


def rewritten(line: str) -> Rewritten:
    """The first way to write a line that the language understands, else one that a few cures make so, else itself."""
    tried = [Rewritten(line)]
    for rewrite in _REWRITES:
        known = {one.line for one in tried}
        for one in [Rewritten(new.line, (*old.asks, *new.asks)) for old in tried for new in rewrite(old.line)]:
            if reads(one.line):
                return one
            if one.line not in known and len(tried) < _MOST:
                tried.append(one)
    cured = (_cured(one) for one in tried[:0:-1])
    return next((one for one in cured if one is not None), tried[0])


def _cured(one: Rewritten) -> Rewritten | None:
    """A line with its errors cured, if few cures do and none leaves a step of it open."""
    line = one.line
    why: list[str] = []
    while errors := answer(line).errors:
        fix = cure(errors[0])
        if fix is None or len(why) == MOST_CURES:
            return None
        line = applied(line, fix.edits)
        why.append(errors[0].message)
    return None if _OPEN.search(line) else Rewritten(line, (*one.asks, meant(why, line)))


def meant(why: list[str], line: str) -> str:
    """What is asked of words that were cured."""
    return f"{'; '.join(dict.fromkeys(why))}: is `{quoted(line)}` meant?"


def _without_label(line: str) -> Iterator[Rewritten]:
    if found := words.LABEL.fullmatch(line):
        label, rest = found["label"].strip(), found["rest"]
        if label.lower() in words.HEADINGS:
            yield Rewritten(rest)
        else:
            yield Rewritten(f"{label} {rest}")
            yield Rewritten(rest, (f"`{quoted(label)}:` is read as a heading: does it say more?",))


def _without_manner(line: str) -> Iterator[Rewritten]:
    if found := words.MANNER.search(line):
        yield Rewritten(words.MANNER.sub("", line), (f"`{found['how']}` is left out: is it needed?",))


def _without_goal(line: str) -> Iterator[Rewritten]:
    if words.GOAL.search(line):
        yield Rewritten(words.GOAL.sub("", line), ("is the goal the pace that your races say?",))


def _per_unit(line: str) -> Iterator[Rewritten]:
    if words.OFFSET.search(line):
        unit, said = ("mi", "mile") if words.MILES.search(line) else ("km", "kilometre")
        yield Rewritten(words.OFFSET.sub(rf"\g<sign> \g<seconds> s/{unit}", line), (f"are these seconds per {said}?",))


def _joined(line: str) -> Iterator[Rewritten]:
    others = [joint.sub(", ", line) for joint in words.JOINTS]
    for joint in words.JOINTS:
        line = joint.sub(", ", line)
    yield from map(Rewritten, dict.fromkeys((*others, line)))


def _repeated(line: str) -> Iterator[Rewritten]:
    found = words.REPEAT.fullmatch(line)
    times = words.number(found["times"]) if found else None
    if found and times:
        is_pair = len(steps(found["what"])) == 2
        yield Rewritten(f"{times}x({found['what']})", () if is_pair else (f"is all of it run {times} times?",))


def _holding(line: str) -> Iterator[Rewritten]:
    if found := words.WITH.fullmatch(line):
        kind, total, what = found["kind"].strip(), found["total"], found["what"]
        asks = (f"`{quoted(kind)}` names the run: is what goes around it easy?",) if kind else ()
        yield Rewritten(f"{total} with {what if words.COUNTED.match(what) else f'1x({what})'}", asks)


def _named(line: str) -> Iterator[Rewritten]:
    if found := words.NAMED_AMOUNT.fullmatch(line):
        yield Rewritten(f"{found['words']} {found['amount']}")
        yield Rewritten(f"{found['amount']} -- {found['words']}", (f"at which pace is `{quoted(found['words'])}`?",))


_REWRITES: Final[tuple[Callable[[str], Iterator[Rewritten]], ...]] = (
    _without_label,
    _without_manner,
    _without_goal,
    _per_unit,
    _joined,
    _repeated,
    _holding,
    _named,
)
"""In this order, each on what those before it made."""
