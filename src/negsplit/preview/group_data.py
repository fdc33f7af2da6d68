"""A group side by side: who each runner is, and what their plan comes to week by week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from negsplit.athlete.paces import Runner
from negsplit.diagnostics import Severity
from negsplit.frozen import dataclass
from negsplit.plan.totals import PlanTotals, WeekTotals
from negsplit.preview.plan_remarks import Remark, codes_of, codes_of_week
from negsplit.units import PaceUnit, pace_text

PACES: Final = ("easy", "threshold")
"""The paces by which a coach tells runners apart at a glance."""


@dataclass(frozen=True, slots=True)
class WeekCell:
    """One week of one runner: metres, points of load and seconds of hard running, None where that cannot be told.

    ``codes`` are those of a coach's rules that have something to say of it or of a session in it.
    """

    number: int
    first: dt.date
    metres: float | None
    load: float | None
    hard_seconds: float
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunnerRow:
    """One runner of a group.

    ``name`` is that of their folder, ``who`` what their file calls them. ``basis`` is the result that their paces come
    from, ``paces`` are those of :data:`PACES` that are known. ``errors`` and ``warnings`` are how many there were.
    """

    name: str
    who: str
    basis: str
    paces: Mapping[str, str]
    unit: PaceUnit
    weeks: tuple[WeekCell, ...]
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class GroupRemark:
    """What was found for some runners of a group: a mistake, or what a coach would say of the plan for them."""

    runners: tuple[str, ...]
    whose: str
    severity: Severity
    code: str
    message: str


def runner_row(
    name: str,
    runner: Runner,
    plans: Sequence[PlanTotals],
    errors: int,
    warnings: int,
    remarks: Sequence[Remark] = (),
) -> RunnerRow:
    """The row of a runner, with the weeks of all their plans."""
    weeks = tuple(_cell(week, remarks) for plan in plans for week in plan.weeks)
    paces = dict(_paces(runner))
    return RunnerRow(name, runner.name, _basis(runner), paces, runner.pace_unit, weeks, errors, warnings)


def _basis(runner: Runner) -> str:
    best = runner.results.best
    return f"{best.left}{best.basis}, VDOT {best.vdot:.1f}" if best else "no result"


def _paces(runner: Runner) -> Iterator[tuple[str, str]]:
    for name in PACES:
        if speeds := runner.speeds(name):
            yield name, "-".join(dict.fromkeys(pace_text(mps, runner.pace_unit) for mps in speeds))


def _cell(week: WeekTotals, remarks: Sequence[Remark]) -> WeekCell:
    found = week.totals
    sessions = [code for session in week.sessions for code in codes_of(remarks, session)]
    codes = tuple(sorted({*codes_of_week(remarks, week), *sessions}))
    return WeekCell(week.week.number, week.week.first, found.metres.value, found.load.value, found.hard_seconds, codes)


def group_data(title: str, rows: Sequence[RunnerRow], remarks: Sequence[GroupRemark] = ()) -> dict[str, object]:
    """A group as plain data, in metres, seconds and points; its keys are stable."""
    found = [
        {"code": one.code, "severity": one.severity.value, "message": one.message, "runners": list(one.runners)}
        for one in remarks
    ]
    return {"plan": title, "runners": [_data(row) for row in rows], "findings": found}


def _data(row: RunnerRow) -> dict[str, object]:
    weeks = [
        {
            "week": one.number,
            "from": one.first.isoformat(),
            "metres": one.metres and round(one.metres),
            "load": one.load and round(one.load, 1),
            "hard_seconds": round(one.hard_seconds),
            "rules": list(one.codes),
        }
        for one in row.weeks
    ]
    about = {"name": row.name, "runner": row.who, "basis": row.basis, "paces": dict(row.paces), "per": row.unit}
    return {**about, "errors": row.errors, "warnings": row.warnings, "weeks": weeks}
