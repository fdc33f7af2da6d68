"""What is remarked on in a plan: plain data, whoever remarks, and which sessions and weeks a calendar marks for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from negsplit.diagnostics import Severity
from negsplit.frozen import dataclass
from negsplit.plan.totals import SessionTotals, WeekTotals

HEAD: Final = "What a coach would say"


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule found, what would satisfy it, and what the rule rests on.

    The ``message`` says where; the ``cure`` is empty where none is known to work. The ``weeks`` with these numbers and
    the sessions with these ``keys`` are marked; without either it is about the whole plan.
    """

    code: str
    severity: Severity
    message: str
    cure: str
    evidence: str
    keys: tuple[str, ...] = ()
    weeks: tuple[int, ...] = ()

    @property
    def reasons(self) -> str:
        """The cure, and what the rule rests on."""
        return "; ".join(filter(None, (self.cure, f"evidence: {self.evidence}")))


def codes_of(remarks: Iterable[Remark], session: SessionTotals) -> list[str]:
    """The codes that mark a session, each once."""
    return sorted({one.code for one in remarks if session.key in one.keys})


def codes_of_week(remarks: Iterable[Remark], week: WeekTotals) -> list[str]:
    """The codes that mark a week itself, each once."""
    return sorted({one.code for one in remarks if week.week.number in one.weeks})


def about(remarks: Iterable[Remark], weeks: Sequence[WeekTotals]) -> list[Remark]:
    """The remarks about some weeks or their sessions, and those about the whole plan."""
    numbers = {week.week.number for week in weeks}
    keys = {session.key for week in weeks for session in week.sessions}
    return [
        one
        for one in remarks
        if not (one.weeks or one.keys) or numbers.intersection(one.weeks) or keys.intersection(one.keys)
    ]
