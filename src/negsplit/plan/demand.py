"""What a plan asks of its runner at the start."""

from __future__ import annotations

from negsplit.frozen import dataclass
from negsplit.plan.before import Before, RunBefore, WeekBefore
from negsplit.plan.model import Plan
from negsplit.plan.totals import PlanTotals, Sum, Totals, WeekTotals


@dataclass(frozen=True, slots=True)
class Demand:
    """What a runner should be used to, counted in metres or in seconds: the amounts of one ``week``.

    ``before`` is what was run before the plan.
    """

    week: WeekTotals
    in_metres: bool
    before: Before

    @property
    def most_before(self) -> float | None:
        """The most that is known of a week before the plan."""
        return max(filter(None, map(self._of, self.before.weeks)), default=None)

    @property
    def longest_before(self) -> float | None:
        """The longest run that is known of these weeks."""
        runs = [one.longest for one in self.before.weeks if one.longest]
        return max(filter(None, map(self._of, runs)), default=None)

    def _of(self, one: WeekBefore | RunBefore) -> float | None:
        return one.metres if self.in_metres else one.seconds

    @property
    def totals(self) -> Totals:
        """Of that week."""
        return self.week.totals


def demand(plan: PlanTotals) -> Demand | None:
    """A plan counts on about what its first full week has; None where that is not known of any.

    A full week begins no earlier than the plan, is no down week, has no day that was missed, and all that is run in it
    has a length. A plan with much walking is counted in time, and so is one that has more times than distances.
    """
    in_metres = is_in_metres(plan)
    full = (week for week in plan.weeks if _is_full(week, plan) and known(week.totals, in_metres=in_metres))
    week = next(full, None)
    return Demand(week, in_metres, plan.before) if week else None


def is_in_metres(*plans: PlanTotals) -> bool:
    """Whether as many of their runs have a distance as have a time, and less than a tenth of them is walked."""
    runs = [one for plan in plans for one in plan.sessions if one.is_run]
    far, timed = sum(one.metres is not None for one in runs), sum(one.seconds is not None for one in runs)
    return far >= timed and not any(plan.whole.walks for plan in plans)


def amount(totals: Totals, *, in_metres: bool) -> Sum:
    """Metres or seconds."""
    return totals.metres if in_metres else totals.seconds


def known(totals: Totals, *, in_metres: bool) -> float | None:
    """The same, where it is of something and nothing is missing."""
    found = amount(totals, in_metres=in_metres)
    return None if found.missing else found.value or None


def missed_days(week: WeekTotals, plan: Plan) -> int:
    """How many days of a week were missed."""
    spans = [(max(one.first, week.week.first), min(one.last, week.last)) for one in plan.missed]
    return sum((last - first).days + 1 for first, last in spans if first <= last)


def _is_full(week: WeekTotals, plan: PlanTotals) -> bool:
    is_whole = week.week.first >= plan.first_day and not missed_days(week, plan.plan)
    return is_whole and not week.week.is_down and week.totals.sessions > 0
