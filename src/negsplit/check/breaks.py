"""Days on which nothing could be run, and how much of what was run before them counts on the way back."""

from __future__ import annotations

import datetime as dt

from negsplit.frozen import dataclass
from negsplit.plan import returns
from negsplit.plan.model import Missed


@dataclass(frozen=True, slots=True)
class Breaks:
    """The days missed in a plan, in those before it and between them, in order."""

    missed: tuple[Missed, ...] = ()

    def touch(self, first: dt.date, last: dt.date, *, more_than: int = 0) -> bool:
        """Whether one of some days was missed, the last of them among them, in a break of more days than so many."""
        return any(one.first <= last and one.last >= first and one.days > more_than for one in self.missed)

    def share(self, day: dt.date, now: dt.date) -> float:
        """How much of what was run on a day counts on a later one: less behind a break, until all is taken up again."""
        since = [one for one in self.missed if day < one.first and one.last < now]
        return min((returns.share(one.days, (now - one.last).days) for one in since), default=1.0)

    def share_in_week(self, day: dt.date, first: dt.date) -> float:
        """The same on an average of seven days from the first."""
        if not self.missed:
            return 1.0
        return sum(self.share(day, first + dt.timedelta(days=number)) for number in range(7)) / 7

    def is_return(self, day: dt.date) -> bool:
        """Whether the way back from a break is not over on a day."""
        return self.share(dt.date.min, day) < 1

    def days_between(self, day: dt.date, now: dt.date) -> int:
        """Days from one to another, those left out that are missed between them."""
        return (now - day).days - sum(one.days for one in self.missed if day < one.first and one.last < now)

    def last_before(self, day: dt.date) -> dt.date | None:
        """The last day missed before a day."""
        return max((one.last for one in self.missed if one.last < day), default=None)
