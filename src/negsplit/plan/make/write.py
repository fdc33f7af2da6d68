"""A plan that was put together, as the text of its file."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from negsplit.plan.make.phases import FINISHES
from negsplit.plan.make.schedule import Entry
from negsplit.plan.make.sessions import FINISH_COOL_DOWN, STRIDES, STRIDES_COOL_DOWN, THIRDS, Session, Sessions
from negsplit.plan.make.wish import Wish
from negsplit.plan.weeks import weeks_text
from negsplit.words import DAYS

_WIDTH: Final = 96
"""Columns of a list of values."""


def blocks(used: set[str], wish: Wish, sessions: Sessions) -> Iterator[str]:
    """The blocks that the sessions use, each said once."""
    gauge, cool_down = sessions.gauge, f"cooldown {sessions.cool_down} min"
    easy = gauge.target("easy")
    yield "blocks:"
    yield f"  easy: {{params: {{total: }}, steps: run $total @ {easy}}}"
    if "strides" in used:
        yield "  strides:"
        yield "    params: {total: }"
        yield f"    steps: run $total @ {easy}, {STRIDES}, cooldown {STRIDES_COOL_DOWN} min @ {easy}"
    if "thirds" in used:
        paces = ", ".join(map(gauge.target, THIRDS))
        yield "  thirds:"
        yield "    steps:"
        yield "      - progression: thirds"
        yield f"        total: {sessions.thirds_minutes} min"
        yield f"        paces: [{paces}]"
        yield f"      - {cool_down.replace(' ', ': ', 1)} @ {easy}"
    if "fast-finish" in used:
        yield f"  fast-finish:{'    # `total` is the easy part' if sessions.finishes_evenly(wish.kind) else ''}"
        yield "    params: {total: }"
        yield from _fast_finish(wish, sessions)


def _fast_finish(wish: Wish, sessions: Sessions) -> Iterator[str]:
    minutes, easy, fast = FINISHES[wish.kind], sessions.gauge.target("easy"), sessions.gauge.target(wish.kind)
    if sessions.finishes_evenly(wish.kind):
        cool_down = f"cooldown {FINISH_COOL_DOWN} min @ {easy}"
        yield f"    steps: run $total @ {easy}, run {minutes} min @ {fast}, {cool_down}"
        return
    yield "    steps:"
    yield "      - progression: fast finish"
    yield "        total: $total"
    yield f"        base: {easy}"
    yield f"        finish: {minutes} min"
    yield "        every: 5 min"
    yield f"        to: {fast}"
    yield f"      - cooldown: {FINISH_COOL_DOWN} min @ {easy}"


def sessions(entries: Sequence[Entry], down: Sequence[int]) -> Iterator[str]:
    """Entries of some days, those of equal shape as one; ``down`` are the numbers of the down weeks."""
    groups: dict[tuple[int, Session], list[Entry]] = {}
    for entry in entries:
        groups.setdefault((entry.day, _shape(entry.session)), []).append(entry)
    for (day, session), some in groups.items():
        yield f"  - weeks: {weeks_text([one.week for one in some])}"
        yield f"    on: {DAYS[day]}"
        if session.race:
            yield f"    race: {session.race}"
        yield f"    name: {session.name}"
        if session.tags:
            yield f"    tags: [{', '.join(session.tags)}]"
        if session.use:
            yield f"    use: {session.use}"
            if session.total:
                yield f"    with: {{total: {_total(some, down)}}}"
        else:
            yield f"    steps: {session.steps}"


def _shape(session: Session) -> Session:
    """A session without its length, where that is what a list says."""
    return replace(session, km=0.0, total="total" if session.total else "")


def _total(entries: Sequence[Entry], down: Sequence[int]) -> str:
    """One value where all are the same, else one a week; the last unit counts for all.

    A down week would cut what is one value.
    """
    totals = [one.session.total for one in entries]
    if len(set(totals)) == 1 and not any(one.week in down for one in entries):
        return totals[0]
    *counts, last = totals
    listed = f"[{', '.join([*(one.split()[0] for one in counts), last])}]"
    return textwrap.fill(listed, _WIDTH, subsequent_indent=" " * len("    with: {total: ["))
