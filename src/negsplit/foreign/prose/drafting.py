"""A workout of a mail as a document with its questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

from negsplit.document.write import write
from negsplit.foreign.prose import words
from negsplit.foreign.prose.pieces import pieces
from negsplit.foreign.prose.reading import Question, Reading, read
from negsplit.formats.foreign import Draft
from negsplit.model import Workout
from negsplit.program.captions import cut
from negsplit.tree.comments import ASKS

_LONGEST_NAME: Final = 60
"""Characters of a name: watches show 15, and a file is named by it."""


class Drafted(NamedTuple):
    """A workout's name and document, and what is asked in it; no draft where there is nothing to run."""

    name: str
    draft: Draft | None
    questions: tuple[Question, ...]


def drafted(lines: Sequence[str], doubts: Sequence[str] = ()) -> Drafted:
    """The draft that is made of the lines of one workout, without the day they stand on; ``doubts`` are asked first."""
    reading = read(lines)
    questions = (*(Question(0, one) for one in doubts), *reading.questions)
    name = _name(lines)
    if not reading.steps:
        return Drafted(name, None, questions)
    text = write(Workout(name, reading.steps), _remarks(lines, reading, questions))
    return Drafted(name, Draft(text, len(questions)), questions)


def _name(lines: Sequence[str]) -> str:
    """The words of a mail for a workout, without its warm-up and cool-down."""
    found = [piece for line in lines for piece in pieces(words.TOTAL.sub("", " ".join(line.split())))]
    named = [one.rstrip(" :") for one in found if not words.EASY_ENDS.search(one)] or found
    return cut(", ".join(named), _LONGEST_NAME)


def _remarks(lines: Sequence[str], reading: Reading, questions: Sequence[Question]) -> dict[int, list[str]]:
    """Each line of a mail, and what is asked of it, above its first step, or above the next where it has none."""
    above: dict[int, list[str]] = defaultdict(list)
    for number, line in enumerate(lines):
        step = next((at for at, on in enumerate(reading.lines) if on >= number), len(reading.steps))
        above[step] += [" ".join(line.split())] if line.strip() else []
        above[step] += [f"{ASKS.removeprefix('# ')} {one.text}" for one in questions if one.line == number]
    return above
