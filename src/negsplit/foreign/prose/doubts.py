"""What the language has no doubt of, but a mail leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from negsplit.foreign.prose import words
from negsplit.foreign.prose.language import answer, steps
from negsplit.foreign.prose.pieces import has_digit, number_of_line, quoted
from negsplit.model import Item, Repeat, Role, RunWith, Step
from negsplit.phrase.wording import length_text
from negsplit.targets import PaceTarget

_OFF: Final = 0.05
"""How far off a stated total may be: it is a round one."""
_TIME: Final = re.compile(r"\d\s*(?:min|h|s)", re.IGNORECASE)


def doubts(lines: Sequence[str], text: str) -> Iterator[tuple[int, str]]:
    """What is to be asked of the lines of a mail that are understood as ``text``, by the number of the line."""
    for number, line in enumerate(lines):
        if (found := words.DASHES.search(line)) and has_digit(line[found.end() :]):
            yield number, f"`{quoted(line[found.end() :].strip())}` stands as a cue: does it say how far or fast?"
    for number, line in enumerate(text.split("\n")):
        said = line.partition("--")[0].lower()
        yield from ((number, asked) for word, asked in words.DOUBTFUL.items() if re.search(rf"\b{word}\b", said))
    found_steps = steps(text)
    for one in found_steps:
        if _is(one, Role.WALK) and any(isinstance(at, PaceTarget) for at in one.targets):  # type: ignore[union-attr]
            line_number = number_of_line(text, one.span.start) if one.span else 0
            yield line_number, "this pace is one of running: is the walk meant to have it?"
    if 1 < len(found_steps) == len(lines) and all(_is(one, Role.RUN) for one in found_steps):
        yield 0, "are these the parts of one run, or several runs?"
    for one in found_steps:
        line_number = number_of_line(text, one.span.start) if one.span else 0
        if isinstance(one, Repeat) and _never_runs(one):
            yield line_number, "which of these steps is the run?"
        if isinstance(one, RunWith):
            yield line_number, f"how much of {length_text(one.total)} goes before the faster part? Half is written"
    if _is_head(found_steps, text):
        yield 0, "is what follows a part of this, or added to it?"
    if found_steps and _is(found_steps[0], Role.RECOVER):
        yield 0, "is this an easy run? As a recovery it has no pace: `run ... @ easy` has one"
    elif found_steps and _is(found_steps[0], Role.REST):
        yield 0, "is this a day of rest, or a rest before the run?"


def _is(item: Item, role: Role) -> bool:
    return isinstance(item, Step) and item.role is role


def _is_head(found: Sequence[Item], text: str) -> bool:
    """Whether the first line is one run, which may be the total of the repeats in others: `LT 8 mi`, `3 x 8 min LT`."""
    if len(found) < 2 or not _is(found[0], Role.RUN) or not any(isinstance(one, Repeat) for one in found[1:]):
        return False
    second = found[1].span
    return second is not None and number_of_line(text, second.start) > 0


def _never_runs(repeat: Repeat) -> bool:
    return all(isinstance(one, Step) and one.role.is_recovery for one in repeat.steps)


def missing(text: str, total: str) -> str:
    """What is to be asked of a total that is said of lines; nothing where they come to it."""
    ours, whole = answer(text).workout, answer(total).workout
    if ours is None:
        return ""
    if whole is None:
        return f"does this come to {total}?"
    found, said = ours.estimate, whole.estimate
    mine, theirs = (found.time, said.time) if _TIME.search(total) else (found.distance, said.distance)
    if found.partial or mine.value is None or not theirs.value:
        return f"there is no telling whether this comes to {total}"
    if abs(mine.value - theirs.value) > _OFF * theirs.value:
        return f"this comes to {round(100 * mine.value / theirs.value)} % of {total}: what is missing?"
    return ""
