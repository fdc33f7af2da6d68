"""Weeks to dates: what is on each day of a plan, with the values of its week."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from negsplit.diagnostics import Report
from negsplit.frozen import dataclass
from negsplit.plan.model import Plan, RaceDay, Session, WeeklySession
from negsplit.plan.values import Constant, Given, WeekByWeek, beginning, weekly
from negsplit.words import DAYS


@dataclass(frozen=True, slots=True)
class Week:
    """One week as it is run, from its ``first`` day: ``number`` is the plan's, ``again`` its earlier rounds."""

    number: int
    again: int
    first: dt.date
    is_down: bool


@dataclass(frozen=True, slots=True)
class Planned:
    """One session on its day, with what each of its parameters is there.

    ``key`` stays the same wherever the plan is moved to: ``w03-tue``, ``w03-tue-2``; ``w03r-tue`` when the
    week is done again.
    """

    key: str
    week: Week
    date: dt.date
    session: Session
    values: Mapping[str, Given]

    @property
    def label(self) -> str:
        """What begins the name of its workout: ``W03 Tue``; no other session of the plan has it."""
        week, _, day = self.key.partition("-")
        day, _, number = day.partition("-")
        return f"{week.capitalize()} {day.capitalize()}{number}"


def weeks_of(plan: Plan) -> tuple[Week, ...]:
    """The weeks in the order run, those done again among them; the race lies in the last."""
    numbers = [number for number in range(1, plan.weeks + 1) for _ in range(1 + plan.repeat_weeks.count(number))]
    first = _week_begin(plan.race.on, plan.week_starts) - dt.timedelta(weeks=len(numbers) - 1) if plan.race else None
    if first is None:
        assert plan.start is not None
        first = _week_begin(plan.start, plan.week_starts)
    seen: Counter[int] = Counter()
    weeks = []
    for index, number in enumerate(numbers):
        is_down = plan.down is not None and number in plan.down.weeks
        weeks.append(Week(number, seen[number], first + dt.timedelta(weeks=index), is_down))
        seen[number] += 1
    return tuple(weeks)


def _week_begin(day: dt.date, week_starts: int) -> dt.date:
    return day - dt.timedelta(days=(day.weekday() - week_starts) % 7)


def calendar(plan: Plan, report: Report) -> tuple[Planned, ...]:
    """Every session in the order of its day and time; those before the start and after the race are left out.

    A day's key counts its sessions as they are written, whenever they begin.
    """
    usual = _usual(plan, report)
    changes = _changes(plan, report)
    planned: list[Planned] = []
    for week in weeks_of(plan):
        for offset in range(7):
            date = week.first + dt.timedelta(days=offset)
            day = (week.number, date.weekday())
            own = next((changes[one] for one in (date, day) if one in changes), None)
            found = usual.get(day, []) if own is None else own
            if plan.race and date == plan.race.on:
                found = _on_race_day(plan.race, found, _key(week, date), report, is_own=own is not None)
            planned += sorted(_keyed(found, week, date), key=lambda one: one.session.time or dt.time())
    return tuple(_within(plan, planned, report))


_Found = tuple[Session, Mapping[str, Given]]


def _usual(plan: Plan, report: Report) -> dict[tuple[int, int], list[_Found]]:
    """What the entries give each day of each week."""
    found: dict[tuple[int, int], list[_Found]] = {}
    for entry in plan.entries:
        values = _values(entry, plan, report)
        for week in entry.weeks:
            if (given := values[week]) is not None:
                for day in entry.days:
                    found.setdefault((week, day), []).append((entry.session, given))
    return found


def _on_race_day(race: RaceDay, found: list[_Found], key: str, report: Report, *, is_own: bool) -> list[_Found]:
    """The race, alone but for notes; ``is_own`` says that the plan itself says what this single day holds."""
    if any(session.kind == "race" for session, _ in found):
        return found
    kept = [one for one in found if is_own or one[0].kind == "note"]
    for session, _ in [] if is_own else found:
        if session.kind != "note":
            report.note("left-out", f"{key} would be on the day of the race: it is left out", session.span)
    return [(Session("race", text=race.name or "Race", span=race.span), {}), *kept]


def _keyed(found: Sequence[_Found], week: Week, date: dt.date) -> Iterator[Planned]:
    for number, (session, values) in enumerate(found, start=1):
        key = _key(week, date) + (f"-{number}" if number > 1 else "")
        yield Planned(key, week, date, session, values)


def _key(week: Week, date: dt.date) -> str:
    again = "r" * min(week.again, 1) + (str(week.again) if week.again > 1 else "")
    return f"w{week.number:02}{again}-{DAYS[date.weekday()]}"


def _within(plan: Plan, planned: Sequence[Planned], report: Report) -> Iterator[Planned]:
    """The sessions from the start to the race."""
    first, last = plan.start, plan.race.on if plan.race else None
    for one in planned:
        if (first and one.date < first) or (last and one.date > last):
            when = f"before the plan starts on {first}" if first and one.date < first else f"after the race on {last}"
            report.note("left-out", f"{one.key} would be {when}: it is left out", one.session.span)
        else:
            yield one


# --- Values --------------------------------------------------------------------------------------


def _values(entry: WeeklySession, plan: Plan, report: Report) -> dict[int, dict[str, Given] | None]:
    """What each parameter is in each week of an entry; None where a list leaves the week out."""
    values: dict[int, dict[str, Given] | None] = {week: {} for week in entry.weeks}
    for name, value in entry.session.values.items():
        try:
            found = weekly(value, [_cut(plan, week, name) for week in entry.weeks])
        except ValueError as error:
            help = "write one value, or give the session more weeks"
            if isinstance(value, WeekByWeek):
                help = f"its weeks are {_in_words(entry.weeks)}; write one value a week, one for all, or `A -> B`"
            report.error("weeks", f"`{name}`: {error}", entry.session.places.get(name), help)
            found = [beginning(value)] * len(entry.weeks)
        for week, given in zip(entry.weeks, found, strict=True):
            known = values[week]
            values[week] = None if given is None or known is None else {**known, name: given}
    return values


def _cut(plan: Plan, week: int, name: str) -> Decimal | None:
    """The share that a parameter is cut by in a down week, which may be nothing; None in a building week."""
    down = plan.down
    if down is None or week not in down.weeks:
        return None
    return down.cut if down.cut and name in down.of else Decimal(0)


def _in_words(weeks: Sequence[int]) -> str:
    """``1-4, 6``."""
    runs: list[list[int]] = []
    for week in weeks:
        if runs and runs[-1][-1] == week - 1:
            runs[-1].append(week)
        else:
            runs.append([week])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _on_one_day(session: Session, report: Report) -> _Found:
    """A session of a single day: its values cannot change."""
    values: dict[str, Given] = {}
    for name, value in session.values.items():
        if not isinstance(value, Constant):
            message = f"`{name}` changes from week to week, and this is a single day"
            report.error("weeks", message, session.places.get(name), "write one value")
        if (first := beginning(value)) is not None:
            values[name] = first
    return session, values


def _changes(plan: Plan, report: Report) -> dict[dt.date | tuple[int, int], list[_Found]]:
    """What single days hold; a day that the plan does not have, or that is named twice, is an error."""
    weeks = weeks_of(plan)
    first, last = weeks[0].first, weeks[-1].first + dt.timedelta(days=6)
    once = {week.number: week.first for week in weeks if not plan.repeat_weeks.count(week.number)}
    seen: set[dt.date | tuple[int, int]] = set()
    found: dict[dt.date | tuple[int, int], list[_Found]] = {}
    for change in plan.changes:
        day = change.day
        found[day] = [_on_one_day(session, report) for session in change.sessions]
        date = day
        if isinstance(day, tuple) and day[0] in once:
            date = once[day[0]] + dt.timedelta(days=(day[1] - plan.week_starts) % 7)
        if isinstance(day, dt.date) and not first <= day <= last:
            report.error("out-of-bounds", f"{day} is not in the plan", change.span, f"it runs from {first} to {last}")
        elif isinstance(day, tuple) and not 1 <= day[0] <= plan.weeks:
            help = "the plan has 1 week" if plan.weeks == 1 else f"the plan has weeks 1 to {plan.weeks}"
            report.error("out-of-bounds", f"there is no week {day[0]}", change.span, help)
        elif date in seen:
            report.error("duplicate-key", "this day is named twice", change.span, "write its sessions as a list")
        seen.add(date)
    return found
