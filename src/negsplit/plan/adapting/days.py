"""What each run behind a break becomes: how far, how hard, or as it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from negsplit.frozen import dataclass
from negsplit.plan.adapting.guidance import (
    LEAP,
    LEAP_DAYS,
    LEAP_METRES,
    LEAP_SECONDS,
    LONG,
    SHORT,
    STEP,
    Phase,
    Return,
)
from negsplit.plan.adapting.loads import (
    LIGHTER,
    WEEKS,
    Gauge,
    gauge,
    has_strides,
    is_fast,
    trained,
    work_share,
)
from negsplit.plan.adapting.parts import part
from negsplit.plan.model import Missed
from negsplit.plan.totals import PlanTotals, SessionTotals, WeekTotals

Kind = Literal["easy", "strides", "walks", "fast", "rest"]
"""What a session becomes: an easy run, one with strides, a walk-run, a part of the same fast session, or nothing."""
INSTEAD_OF_FAST: Final = 0.75
"""How much of a fast session's distance or time is run easily instead."""
_CLOSE: Final = 1.02
"""A week or a run so little above its limit stays as it is."""


@dataclass(frozen=True, slots=True)
class Becomes:
    """What a session becomes, in metres or seconds; ``share`` is how much of a fast one is left."""

    was: SessionTotals
    kind: Kind
    amount: float
    share: float = 1.0
    by_effort: bool = False


class _Load(NamedTuple):
    """What a week comes to, and its longest run."""

    load: float
    longest: float


class Before:
    """What was run before a break: ``load`` is a usual week, ``highest`` the highest, ``longest`` the longest run,
    ``runs`` how many a week has.

    Where the break is at the beginning, the first whole week says what the plan counts on.
    """

    def __init__(self, plan: PlanTotals, missed: Missed, measure: Gauge) -> None:
        begin = plan.plan.start or plan.weeks[0].week.first
        whole = [week for week in plan.weeks if trained(plan, week) and begin <= week.week.first] or [*plan.weeks]
        before = [week for week in whole if week.last < missed.first] or whole[:1]
        weeks = [[*map(measure.of, trained(plan, week))] for week in before]
        sums = [*map(sum, weeks)]
        usual = [one for number, one in enumerate(sums) if one >= LIGHTER * max(sums[: number + 1])][-WEEKS:]
        self.load = sum(usual) / len(usual) if usual else 0.0
        self.highest = max(sums, default=0.0)
        self.longest = max((run for week in weeks for run in week), default=0.0)
        self.runs = round(sum(map(len, weeks)) / len(weeks)) if weeks else 0


class Days:
    """Decides on the runs of one plan behind one break, in the order of their days."""

    def __init__(self, plan: PlanTotals, missed: Missed, days: int, way: Return) -> None:
        self.plan, self.missed, self.days, self.way = plan, missed, days, way
        self.gauge = gauge(plan)
        self.before = Before(plan, missed, self.gauge)
        self.begin = missed.last + dt.timedelta(days=1)
        self._found: dict[str, Becomes] = {}
        self._full_weeks = -1
        self._weeks = self._runs = self._fast = 0
        self._last_run = missed.last - dt.timedelta(days=1)

    def found(self) -> dict[str, Becomes]:
        """By their keys the sessions that change."""
        planned: list[_Load] = []
        adapted = [_Load(self.before.highest, self.before.longest)]
        for week in self.plan.weeks:
            runs = trained(self.plan, week)
            amounts = [*map(self.gauge.of, runs)]
            if week.last > self.missed.last and week.week.number <= self.plan.plan.weeks and runs:
                self._week(week, [one for one in runs if one.planned.date > self.missed.last], planned, adapted)
                left = [self._now(one) for one in runs if one.planned.date > self.missed.last]
                adapted.append(_Load(sum(left), max(left, default=0.0)))
            if week.week.number <= self.plan.plan.weeks:
                planned.append(_Load(sum(amounts), max(amounts, default=0.0)))
        if self.days > SHORT:
            self._without_leaps()
        return self._found

    def _without_leaps(self) -> None:
        """Shortens what is much longer than any run of the days before: the break may have been at the beginning."""
        slack = LEAP_METRES if self.gauge.in_metres else LEAP_SECONDS
        lately: list[tuple[dt.date, float]] = []
        for run in (one for week in self.plan.weeks for one in trained(self.plan, week)):
            date = run.planned.date
            if self.missed.first <= date <= self.missed.last:
                continue
            off = self.days if date > self.missed.last else 0
            within = [amount for on, amount in lately if (date - on).days - off * (on < self.missed.first) <= LEAP_DAYS]
            if date > self.missed.last and within and not run.is_race and not self._is_still_fast(run):
                most = max(within)
                most = max(most * LEAP, most + slack)
                if self._now(run) > most:
                    self._shorten(run, most)
            lately.append((date, self._now(run)))

    def _now(self, run: SessionTotals) -> float:
        found = self._found.get(run.key)
        return found.amount if found else self.gauge.of(run)

    def _week(
        self, week: WeekTotals, runs: Sequence[SessionTotals], planned: list[_Load], adapted: list[_Load]
    ) -> None:
        whole = sum(map(self.gauge.of, trained(self.plan, week)))
        longest = max(runs, key=self.gauge.of, default=None)
        behind = []
        for run in runs:
            phase = self.way.phase((run.planned.date - self.begin).days)
            if phase:
                self._keep(self._in_return(run, phase, whole, is_longest=run is longest))
            else:
                behind.append(run)
        if not behind:
            return
        self._weeks += 1
        highest = max((one.load for one in planned), default=0.0)
        is_lighter = week.week.is_down or whole < LIGHTER * highest
        if not is_lighter and len(behind) == len(runs) == len(trained(self.plan, week)):
            self._full_weeks += 1
        for run in behind:
            self._keep(self._fast_one(run))
        if self.days <= SHORT or self._is_race_week(week):
            return
        if is_lighter:
            far = max((one.longest for one in planned), default=0.0)
            most = whole / highest * max(one.load for one in adapted) if highest else whole
            longest_run = self._longest(week) / far * max(one.longest for one in adapted) if far else whole
        else:
            grown = 1 + STEP * max(self._full_weeks, 0)
            most, longest_run = grown * self.before.highest, grown * self.before.longest
        self._cut(runs, behind, most, longest_run, is_lighter=is_lighter)

    def _is_race_week(self, week: WeekTotals) -> bool:
        race = self.plan.plan.race
        return race is not None and week.week.first <= race.on <= week.last

    def _longest(self, week: WeekTotals) -> float:
        return max(map(self.gauge.of, trained(self.plan, week)), default=0.0)

    def _keep(self, one: Becomes | None) -> None:
        if one is not None:
            self._found[one.was.key] = one

    # --- In the return ---------------------------------------------------------------------------

    def _in_return(self, run: SessionTotals, phase: Phase, whole: float, *, is_longest: bool) -> Becomes | None:
        planned, fast = self.gauge.of(run), is_fast(run)
        if phase.every_other and (run.planned.date - self._last_run).days < 2:
            return Becomes(run, "rest", 0.0)
        self._last_run = run.planned.date
        self._runs += 1
        if fast and phase.keeps_one and not self._fast and not run.is_race:
            self._fast += 1
            return self._part(run)
        amount = planned * (INSTEAD_OF_FAST if fast else 1.0)
        if phase.load < 1:
            share = planned / whole if whole else 0.0
            amount = min(amount, phase.load * self.before.load * share, phase.load * self.before.longest)
        if phase.walks or self._runs <= self.way.short_runs:
            amount = min(amount, self.gauge.from_seconds(self.way.shortest.seconds))
        amount = max(amount, min(self.gauge.least, planned))
        strides = phase.strides and (fast or has_strides(run)) and not is_longest
        kind: Kind = "walks" if phase.walks else "strides" if strides else "easy"
        if kind == "easy" and amount == planned and not (fast or has_strides(run) or phase.by_effort):
            return None
        return Becomes(run, kind, amount, by_effort=phase.by_effort)

    # --- Behind it -------------------------------------------------------------------------------

    def _fast_one(self, run: SessionTotals) -> Becomes | None:
        """What becomes of a fast session: a part of the first, and in the first week back one is enough."""
        if not is_fast(run):
            return None
        planned = self.gauge.of(run)
        if (run.planned.date - self.begin).days < self.way.slow_days:
            return Becomes(run, "easy", planned * INSTEAD_OF_FAST)
        self._fast += 1
        if self._fast == 1:
            return None if run.is_race or self.way.fast == 1 else self._part(run)
        if self.days >= LONG and self._weeks == 1 and not run.is_race:
            return Becomes(run, "strides", planned * INSTEAD_OF_FAST)
        return None

    def _part(self, run: SessionTotals) -> Becomes:
        if part(run, self.way.fast) is None:
            return Becomes(run, "strides", self.gauge.of(run) * INSTEAD_OF_FAST)
        left = 1 - (1 - self.way.fast) * work_share(run)
        return Becomes(run, "fast", self.gauge.of(run) * left, self.way.fast)

    def _cut(
        self,
        runs: Sequence[SessionTotals],
        behind: Sequence[SessionTotals],
        most: float,
        longest: float,
        *,
        is_lighter: bool,
    ) -> None:
        """Makes the easy runs of a week so much shorter that the week, and each run, is no more than it may be."""
        for run in behind:
            if self._now(run) > longest * _CLOSE and not run.is_race and not (is_lighter and is_fast(run)):
                self._shorten(run, longest)
        whole = sum(map(self._now, runs))
        easy = [run for run in behind if not self._is_still_fast(run)]
        if whole > most * _CLOSE and easy:
            now = sum(map(self._now, easy))
            share = max(now - (whole - most), 0) / now
            for run in easy:
                self._shorten(run, max(share * self._now(run), min(self.gauge.least, self._now(run))))

    def _is_still_fast(self, run: SessionTotals) -> bool:
        found = self._found.get(run.key)
        return found.kind == "fast" if found else is_fast(run)

    def _shorten(self, run: SessionTotals, amount: float) -> None:
        found = self._found.get(run.key)
        kind: Kind = found.kind if found and found.kind != "fast" else "strides" if has_strides(run) else "easy"
        self._found[run.key] = Becomes(run, kind, amount)


def in_order(found: dict[str, Becomes], plan: PlanTotals) -> Iterator[Becomes]:
    """Those that change, in the order of their days."""
    return (found[one.key] for one in plan.sessions if one.key in found)
