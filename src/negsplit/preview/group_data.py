"""A group side by side: who each runner is, and what their plan comes to week by week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from negsplit.athlete.paces import Runner
from negsplit.diagnostics import Severity
from negsplit.frozen import dataclass
from negsplit.plan.totals import PlanTotals, WeekTotals
from negsplit.preview.plan_remarks import Remark, codes_of, codes_of_week
from negsplit.units import METRES_PER, PaceUnit, pace_text

PACES: Final = ("easy", "threshold")
"""The paces by which a coach tells runners apart at a glance."""


@dataclass(frozen=True, slots=True)
class WeekCell:
    """One week of one runner: seconds, metres, points of load and seconds of hard running, None where that is unknown.

    ``codes`` are those of a coach's rules that have something to say of it or of a session in it.
    """

    number: int
    first: dt.date
    is_down: bool
    seconds: float | None
    metres: float | None
    load: float | None
    hard_seconds: float
    codes: tuple[str, ...]

    @property
    def monday(self) -> dt.date:
        """That of the calendar week that holds most of its days, by which runners stand side by side."""
        middle = self.first + dt.timedelta(days=3)
        return middle - dt.timedelta(days=middle.weekday())


@dataclass(frozen=True, slots=True)
class RunnerRow:
    """One runner of a group.

    ``name`` is that of their folder, ``who`` what their file calls them. ``basis`` is the result that their paces come
    from, with its VDOT and its day, each None or empty where there is none. ``speeds`` are slow and fast edge, in m/s,
    of those of :data:`PACES` that are known. ``errors`` and ``warnings`` are how many there were. ``own_plan`` is the
    file of a plan of their own, empty for the plan of all.
    """

    name: str
    who: str
    basis: str
    vdot: float | None
    result_on: dt.date | None
    speeds: Mapping[str, tuple[float, float]]
    unit: PaceUnit
    weeks: tuple[WeekCell, ...]
    errors: int
    warnings: int
    own_plan: str = ""

    def paces(self, unit: PaceUnit) -> dict[str, str]:
        """The paces that are known, in minutes per unit: ``6:01-5:21``."""
        return {
            name: "-".join(dict.fromkeys(pace_text(mps, unit) for mps in edges)) for name, edges in self.speeds.items()
        }

    @property
    def mean_metres(self) -> float | None:
        """Of the weeks whose distance is known."""
        return _mean([one.metres for one in self.weeks])

    @property
    def mean_seconds(self) -> float | None:
        """Of the weeks whose time is known."""
        return _mean([one.seconds for one in self.weeks])


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
    own_plan: str = "",
) -> RunnerRow:
    """The row of a runner, with the weeks of all their plans."""
    weeks = tuple(_cell(week, remarks) for plan in plans for week in plan.weeks)
    speeds = {name: found for name in PACES if (found := runner.speeds(name))}
    best, race, unit = runner.results.best, runner.race, runner.pace_unit
    basis = f"{best.left}{best.basis}" if best else ""
    on = race.on if race else None
    return RunnerRow(name, runner.name, basis, runner.vdot, on, speeds, unit, weeks, errors, warnings, own_plan)


def common_unit(rows: Sequence[RunnerRow]) -> PaceUnit:
    """The unit of all that stands side by side: kilometres, unless all run in miles."""
    return "mi" if rows and all(row.unit == "mi" for row in rows) else "km"


def calendar_weeks(rows: Sequence[RunnerRow]) -> dict[dt.date, int | None]:
    """The Mondays of all weeks in order, with the week that this is of the plan of all: None where it has none."""
    numbers: dict[dt.date, int | None] = {one.monday: None for row in rows for one in row.weeks}
    numbers |= {one.monday: one.number for row in rows if not row.own_plan for one in row.weeks}
    return dict(sorted(numbers.items()))


def measures(rows: Sequence[RunnerRow]) -> Iterator[tuple[str, Callable[[WeekCell], float | None]]]:
    """What is shown of the weeks of these runners, and how much it is."""
    unit = common_unit(rows)
    yield f"Distance, {unit}", lambda one: None if one.metres is None else one.metres / METRES_PER[unit]
    yield "Load, points", lambda one: one.load
    yield "Hard, minutes", lambda one: one.hard_seconds / 60


def _mean(amounts: Sequence[float | None]) -> float | None:
    known = [one for one in amounts if one is not None]
    return sum(known) / len(known) if known else None


def _cell(week: WeekTotals, remarks: Sequence[Remark]) -> WeekCell:
    found = week.totals
    sessions = [code for session in week.sessions for code in codes_of(remarks, session)]
    codes = tuple(sorted({*codes_of_week(remarks, week), *sessions}))
    about = week.week
    sums = (found.seconds.value, found.metres.value, found.load.value, found.hard_seconds)
    return WeekCell(about.number, about.first, about.is_down, *sums, codes)


def group_data(title: str, rows: Sequence[RunnerRow], remarks: Sequence[GroupRemark] = ()) -> dict[str, object]:
    """A group as plain data, in metres, seconds and points; its keys are stable."""
    found = [
        {"code": one.code, "severity": one.severity.value, "message": one.message, "runners": list(one.runners)}
        for one in remarks
    ]
    return {"plan": title, "unit": common_unit(rows), "runners": [_data(row) for row in rows], "findings": found}


def _data(row: RunnerRow) -> dict[str, object]:
    weeks = [
        {
            "week": one.number,
            "monday": one.monday.isoformat(),
            "from": one.first.isoformat(),
            "down": one.is_down,
            "seconds": _rounded(one.seconds),
            "metres": _rounded(one.metres),
            "load": _rounded(one.load, 1),
            "hard_seconds": round(one.hard_seconds),
            "rules": list(one.codes),
        }
        for one in row.weeks
    ]
    about = {
        "name": row.name,
        "runner": row.who,
        "basis": row.basis or None,
        "vdot": _rounded(row.vdot, 1),
        "result_on": row.result_on and row.result_on.isoformat(),
        "paces": row.paces(row.unit),
        "per": row.unit,
        "own_plan": row.own_plan or None,
        "errors": row.errors,
        "warnings": row.warnings,
    }
    mean = {"seconds": _rounded(row.mean_seconds), "metres": _rounded(row.mean_metres)}
    return {**about, "mean_week": mean, "weeks": weeks}


def _rounded(amount: float | None, places: int | None = None) -> float | None:
    return amount if amount is None else round(amount, places)
