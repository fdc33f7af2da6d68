"""The text of a plan that fits its runner: the way in to this folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from negsplit.athlete.paces import Runner
from negsplit.plan.make import comeback, first_5k, write
from negsplit.plan.make.days import Days, Role, days
from negsplit.plan.make.foreword import Foreword
from negsplit.plan.make.gauge import Gauge, gauge
from negsplit.plan.make.races import DISTANCES, distance_key, distance_words, race_day, race_lines, tune_up
from negsplit.plan.make.schedule import Entry, Schedule
from negsplit.plan.make.weeks import Season, season
from negsplit.plan.make.wish import Wish
from negsplit.plan.weeks import week_begin
from negsplit.tree.layout import scalar
from negsplit.units import clock
from negsplit.words import DAYS, LONG_DAYS

_NOTES: Final = "Keep easy days easy. Never run hard two days in a row. If you miss a day, let it go."
_GROUPS: Final[tuple[tuple[str, tuple[Role, ...]], ...]] = (
    ("the long run.", ("long",)),
    ("the fast day.", ("first",)),
    ("an easy run with strides, or a second fast session.", ("second",)),
    ("easy.", ("after", "middle", "eve")),
)
"""What the sessions are grouped by, in the order written."""


def plan_text(wish: Wish, runner: Runner) -> str:
    """A whole plan file for a wish and a runner. Pure: the same wish and runner give the same bytes.

    A race plan whose ``start`` is given ends with the race on the Sunday of its last week. Nothing is refused here, and
    no rule of a coach is asked.
    """
    match wish.kind:
        case "first-5k":
            return first_5k.text(wish)
        case "return":
            return comeback.text(wish, gauge(wish, runner))
    return "".join(f"{line}\n" for line in _Text(wish, runner).lines())


class _Text:
    def __init__(self, wish: Wish, runner: Runner) -> None:
        self.wish = wish
        self.race = race_day(wish) if wish.kind in DISTANCES else None
        self.gauge: Gauge = gauge(wish, runner)
        self.days: Days = days(wish, self.race.weekday() if self.race else None)
        first = _first_day(wish, self.race, self.days.week_starts)
        self.first = first
        self.season: Season = season(wish, self.gauge, first)
        self.schedule = Schedule(wish, self.gauge, self.days, self.season, first, self.race)

    def lines(self) -> Iterator[str]:
        entries = self.schedule.entries()
        used = {one.session.use for one in entries}
        yield from Foreword(self.wish, self.gauge, self.days, self.season, self.first, entries).lines()
        yield f"plan: {scalar(self.wish.title)}"
        yield f"notes: {_NOTES}"
        yield from self._dates()
        yield f"weeks: {self.wish.weeks}"
        if self.season.down:
            weeks = ", ".join(map(str, self.season.down))
            yield f"down_weeks: {{at: [{weeks}], cut: 25 %}}"
        yield from write.blocks(used, self.wish, self.schedule.sessions)
        yield "sessions:"
        for words, roles in _GROUPS:
            yield from self._group(words, roles, entries)
        if self.wish.tune_ups:
            yield "  # Races on the way."
            yield from write.sessions(self._tune_ups(), self.season.down)
        yield from self._race()

    def _dates(self) -> Iterator[str]:
        if self.race is None:
            yield f"start: {self.wish.start or self.first}"
            return
        goal = f", goal: {clock(self.wish.goal.ms)}" if self.wish.goal else ""
        yield f"race: {{on: {self.race}, distance: {distance_key(DISTANCES[self.wish.kind])}{goal}}}"
        if self.wish.start:
            yield f"start: {self.wish.start}"
        if self.days.week_starts:
            yield f"week_starts: {DAYS[self.days.week_starts]}"

    def _group(self, words: str, roles: Sequence[Role], entries: Sequence[Entry]) -> Iterator[str]:
        chosen = [day for day, role in self.days.roles.items() if role in roles]
        some = [one for day in chosen for one in entries if one.day == day]
        if some:
            names = [LONG_DAYS[day].capitalize() for day in chosen]
            yield f"  # {' and '.join(filter(None, [', '.join(names[:-1]), names[-1]]))}: {words}"
            yield from write.sessions(some, self.season.down)

    def _tune_ups(self) -> list[Entry]:
        return [
            Entry((one.on - self.first).days // 7 + 1, one.on.weekday(), tune_up(one.distance, self.gauge))
            for one in self.wish.tune_ups
        ]

    def _race(self) -> Iterator[str]:
        """The day of the race, which only ``days`` may say more of."""
        if self.race is None:
            return
        distance = distance_words(DISTANCES[self.wish.kind])
        yield "days:"
        yield f"  week {self.wish.weeks}:"
        yield f"    {DAYS[self.race.weekday()]}:"
        yield f"      race: {distance}"
        yield "      steps:"
        for line in race_lines(self.wish.kind, self.gauge, has_goal=self.wish.goal is not None):
            yield f"        - {line}"


def _first_day(wish: Wish, race: dt.date | None, week_starts: int) -> dt.date:
    """The first day of week 1; a plan without a race that is to end by a day ends with its week."""
    last = race or wish.race
    if last is not None:
        return week_begin(last, week_starts) - dt.timedelta(weeks=wish.weeks - 1)
    assert wish.start is not None
    return week_begin(wish.start, week_starts)
