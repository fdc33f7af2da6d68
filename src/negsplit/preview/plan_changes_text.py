"""What the last result on the way of a plan changed, in the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from negsplit.plan.changes import Change
from negsplit.plan.totals import PlanTotals
from negsplit.preview import plan_words as words
from negsplit.preview.text import in_words, wrapped
from negsplit.words import count

_GAP: Final = "  "


def lines(plan: PlanTotals, changes: Sequence[Change], width: int) -> Iterator[str]:
    """The results, then each session that is run otherwise for the last of them, as it was and as it is."""
    yield from wrapped(plan.plan.name, width)
    for fitness in words.fitness_texts(plan):
        yield from wrapped(fitness, width)
    yield ""
    if not changes:
        yield "No workout changes."
        return
    yield f"{count(len(changes), 'workout')} changed"
    for session, before in changes:
        planned, now = session.planned, session.workout
        assert now is not None
        name = words.titled(planned, session.name)
        yield from wrapped(_GAP.join(filter(None, [planned.key, words.day_text(planned.date), name])), width)
        yield from wrapped(f"before: {in_words(before.program, plan.unit)}", width, _GAP * 2)
        yield from wrapped(f"now: {in_words(now.program, plan.unit)}", width, _GAP * 2)
